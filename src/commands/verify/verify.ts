/** `verify`: makes a report's classification anew at the commits it names, without a network, and says what differs. */
import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import messages from '../../../data/messages/commands.json' with { type: 'json' };
import { commitSource } from '../../git/commit.ts';
import { compareRevisions } from '../../git/compare.ts';
import { packagedPolicies } from '../../git/packaged-files.ts';
import { runGit } from '../../git/run.ts';
import { PlatformError, UsageError } from '../../model/errors.ts';
import { fill } from '../../model/messages.ts';
import type { Report } from '../../model/report.ts';
import { visible } from '../../render/escape.ts';
import { type ChosenPolicy, choosePolicy, DEFAULT_POLICY_PATH, readPresets } from '../../review/choose-policy.ts';
import { reviewRevisions } from '../../review/review.ts';
import { type Command, optionValue } from '../command.ts';
import { differencesOf } from './differences.ts';
import { type Claim, readClaim } from './report.ts';

/** More lines than this tell nothing new. */
const MAX_LINES = 50;

/** The `verify` command: exit 0 equal, 1 differs, 2 no report, 3 the commits are not there. */
export const verify: Command = {
  name: 'verify',
  operands: '<report.json>',
  summary: 'recomputes a report at its commits, offline, and names what differs',
  options: [
    { name: 'repo', value: '<folder>', text: 'the repository; default: the current folder' },
    { name: 'policy', value: '<file>', text: 'the policy, where the report names one that is in no commit' },
  ],
  async run(given, terminal) {
    const [file, ...rest] = given.operands;
    if (file === undefined || rest.length > 0) throw new UsageError('wrong-option', messages['verify-usage']);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) throw new UsageError('report-not-found', fill(messages['report-not-found'], { file }));
    const claim = readClaim(text, file);
    const made = await recompute(
      claim,
      resolve(optionValue(given, 'repo') ?? '.'),
      optionValue(given, 'policy') ?? null,
    );
    const differences = differencesOf(claim, made);
    const range = `${claim.evaluation.base.slice(0, 12)}..${claim.evaluation.head.slice(0, 12)}`;
    if (differences.length > 0) {
      terminal.out(`${file} is not what ${range} says:\n`);
      for (const line of differences.slice(0, MAX_LINES)) terminal.out(`  ${line}\n`);
      if (differences.length > MAX_LINES) terminal.out(`  and ${differences.length - MAX_LINES} more\n`);
      return 1;
    }
    terminal.out(`${file} is what ${range} says, recomputed under the policy ${visible(claim.policy.source)}:\n`);
    terminal.out('  the same policy digest, fingerprint, categories, changes, questions and required labels\n');
    for (const { label, by, at, fingerprint } of claim.accepted) {
      const bound = fingerprint === null ? 'bound to no fingerprint' : 'for this fingerprint';
      terminal.out(`  ${visible(label)}: by ${visible(by)} at ${visible(at)}, ${bound} (as the report says)\n`);
    }
    return 0;
  },
};

async function recompute(claim: Claim, repository: string, policyFile: string | null): Promise<Report> {
  const { base, head, at, mode } = claim.evaluation;
  for (const [role, commit] of [
    ['base', base],
    ['head', head],
  ] as const) {
    const known = await runGit(repository, ['cat-file', '-e', `${commit}^{commit}`]);
    if (!known.ok) {
      throw new PlatformError('commit-missing', fill(messages['commit-missing'], { commit, role, repository }));
    }
  }
  const comparison = await compareRevisions(
    repository,
    { kind: 'commit', commit: base, name: base },
    { kind: 'commit', commit: head, name: head },
  );
  const source = sourceOf(claim.policy.source);
  // Which file ran the gate is in no commit; a workflow that the report counts as the gate's own is looked at as such.
  const workflow = claim.governance.find((path) => /^\.github\/workflows\//.test(path)) ?? null;
  const { report } = await reviewRevisions({
    ...comparison,
    policy: await policyFor(repository, claim.policy.source, source, policyFile),
    gateFiles: { policy: source?.path ?? DEFAULT_POLICY_PATH, workflow, action: null },
    pullRequest: null,
    now: at,
    mode,
  });
  return report;
}

/** `path@commit`, or a path alone; null for the built-in policy. */
function sourceOf(source: string): { readonly path: string; readonly commit: string | null } | null {
  if (source === 'built-in') return null;
  const match = /^(.+)@([0-9a-f]{40}|[0-9a-f]{64})$/s.exec(source);
  const path = match?.[1] ?? source;
  const inside = !isAbsolute(path) && !path.split(/[\\/]/).includes('..');
  return { path: inside ? path.replace(/^\.\//, '') : DEFAULT_POLICY_PATH, commit: match?.[2] ?? null };
}

async function policyFor(
  repository: string,
  name: string,
  source: ReturnType<typeof sourceOf>,
  file: string | null,
): Promise<ChosenPolicy> {
  const presets = readPresets(await packagedPolicies());
  if (file !== null) {
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) throw new UsageError('policy-not-found', fill(messages['policy-not-found'], { file }));
    return choosePolicy(text, file, presets);
  }
  if (source === null) return choosePolicy(null, DEFAULT_POLICY_PATH, presets);
  if (source.commit === null) {
    const message = fill(messages['report-policy-unnamed'], { source: visible(name) });
    throw new UsageError('report-policy-unnamed', message);
  }
  const { path, commit } = source;
  const known = await runGit(repository, ['cat-file', '-e', `${commit}^{commit}`]);
  if (!known.ok) {
    throw new PlatformError('commit-missing', fill(messages['commit-missing'], { commit, role: 'policy', repository }));
  }
  const content = (await commitSource(repository, commit).files([path])).get(path) ?? null;
  if (content === null || content.bytes === undefined) {
    const values = { source: visible(name), commit, path: visible(path) };
    throw new PlatformError('report-policy-missing', fill(messages['report-policy-missing'], values));
  }
  return { ...choosePolicy(content, path, presets), source: name };
}
