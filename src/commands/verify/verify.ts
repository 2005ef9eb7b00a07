/** `verify`: recomputes a report from its commits, without a network, and prints the differences. */
import { isAbsolute, resolve } from 'node:path';
import { readBuiltInPolicies } from '../../gate/built-in-policies.ts';
import { CommitFiles } from '../../git/commit.ts';
import { compareRevisions } from '../../git/compare.ts';
import { runGit } from '../../git/run.ts';
import { PlatformError, UsageError } from '../../model/errors.ts';
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import type { Report } from '../../model/report.ts';
import { makeVisible } from '../../render/escape.ts';
import { type ChosenPolicy, choosePolicy } from '../../review/choose-policy.ts';
import { reviewRevisions } from '../../review/review.ts';
import { type Command, getOptionValue } from '../command.ts';
import { chooseLocalPolicy, readNamedFile, readPolicyFile } from '../local-files.ts';
import { messages as commandMessages, usage } from '../messages.ts';
import { listReportDifferences } from './differences.ts';
import { messages } from './messages.ts';
import { type Claim, readClaim } from './report.ts';

/** More lines than this add no information. */
const MAX_LINES = 50;

/** The `verify` command: exit 0 equal, 1 differs, 2 no report, 3 the commits are missing. */
export const verify: Command = {
  name: 'verify',
  options: [
    { name: 'repo', value: '<folder>', text: 'folder of the repository; default: the current folder' },
    { name: 'policy', value: '<file>', text: 'policy, if the report names one that is not in a commit' },
  ],
  async run(given, terminal) {
    const [file, ...rest] = given.operands;
    if (file === undefined || rest.length > 0) throw new UsageError(commandMessages.wrongOption(usage.verify));
    const claim = readClaim(await readNamedFile(file, messages.reportNotFound({ file })), file);
    const made = await recompute(
      claim,
      resolve(getOptionValue(given, 'repo') ?? '.'),
      getOptionValue(given, 'policy') ?? null,
    );
    const differences = listReportDifferences(claim, made);
    const range = `${claim.evaluation.base.slice(0, 12)}..${claim.evaluation.head.slice(0, 12)}`;
    if (differences.length > 0) {
      terminal.writeOut(`${file} differs from the report that ${range} gives:\n`);
      for (const line of differences.slice(0, MAX_LINES)) terminal.writeOut(`  ${line}\n`);
      if (differences.length > MAX_LINES) terminal.writeOut(`  and ${differences.length - MAX_LINES} more\n`);
      return 1;
    }
    terminal.writeOut(
      `${file} equals the report that ${range} gives under the policy ${makeVisible(claim.policy.source)}:\n`,
    );
    terminal.writeOut('  same policy digest, fingerprint, categories, changes, questions and required labels\n');
    for (const { label, by, at, fingerprint } of claim.accepted) {
      const bound = fingerprint === null ? 'without a fingerprint' : 'for this fingerprint';
      terminal.writeOut(
        `  ${makeVisible(label)}: by ${makeVisible(by)} at ${makeVisible(at)}, ${bound} (from the report, not recomputed)\n`,
      );
    }
    return 0;
  },
};

async function recompute(claim: Claim, repository: string, policyFile: string | null): Promise<Report> {
  const { base, head, at, mode } = claim.evaluation;
  await requireCommit(repository, base, 'base');
  await requireCommit(repository, head, 'head');
  const comparison = await compareRevisions(
    repository,
    { kind: 'commit', commit: base, name: base },
    { kind: 'commit', commit: head, name: head },
  );
  try {
    const source = parsePolicySource(claim.policy.source);
    // No commit shows which workflow file ran the gate. A workflow that the report counts as the gate's own is treated as such.
    const workflow = claim.governance.find((path) => /^\.github\/workflows\//.test(path)) ?? null;
    const { report } = await reviewRevisions({
      ...comparison,
      policy: await findPolicy(repository, claim.policy.source, source, policyFile),
      gateFiles: { policy: source?.path ?? DEFAULT_POLICY_PATH, workflow, action: null },
      pullRequest: null,
      now: at,
      mode,
    });
    return report;
  } finally {
    comparison.release();
  }
}

async function requireCommit(repository: string, commit: string, role: 'base' | 'head' | 'policy'): Promise<void> {
  const { ok } = await runGit(repository, ['cat-file', '-e', `${commit}^{commit}`]);
  if (!ok) throw new PlatformError(messages.commitMissing({ commit, role, repository }));
}

/** The source of a policy. */
interface PolicySource {
  readonly path: string;
  /** Null: from no commit. */
  readonly commit: string | null;
}

/** Reads `path@commit`, or a path alone. Null: the built-in policy. */
function parsePolicySource(source: string): PolicySource | null {
  if (source === 'built-in') return null;
  const match = /^(.+)@([0-9a-f]{40}|[0-9a-f]{64})$/s.exec(source);
  const path = match?.[1] ?? source;
  const inside = !isAbsolute(path) && !path.split(/[\\/]/).includes('..');
  return { path: inside ? path.replace(/^\.\//, '') : DEFAULT_POLICY_PATH, commit: match?.[2] ?? null };
}

async function findPolicy(
  repository: string,
  name: string,
  source: PolicySource | null,
  file: string | null,
): Promise<ChosenPolicy> {
  const presets = await readBuiltInPolicies();
  if (file !== null) return readPolicyFile(file, presets);
  if (source === null) return choosePolicy(null, DEFAULT_POLICY_PATH, presets);
  const { path, commit } = source;
  if (commit === null) throw new UsageError(messages.reportPolicyUnnamed({ source: makeVisible(name) }));
  await requireCommit(repository, commit, 'policy');
  const files = new CommitFiles(repository);
  const found = await files
    .openCommit(commit)
    .readFiles([path])
    .finally(() => files.close());
  const content = found.get(path) ?? null;
  if (content === null || content.bytes === undefined) {
    throw new PlatformError(
      messages.reportPolicyMissing({ source: makeVisible(name), commit, path: makeVisible(path) }),
    );
  }
  return { ...(await chooseLocalPolicy(content, path, presets)), source: name };
}
