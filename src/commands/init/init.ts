/** `init`: writes the workflow and a commented policy into a repository, and prints the next steps. */
import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import packageFile from '../../../package.json' with { type: 'json' };
import { readBuiltInPolicies } from '../../gate/built-in-policies.ts';
import { openFolder } from '../../git/folder.ts';
import { findOwnCommit } from '../../git/packaged-files.ts';
import { runGit } from '../../git/run.ts';
import { UsageError } from '../../model/errors.ts';
import { buildTroubleshootingAddress } from '../../model/messages.ts';
import { asksReviews } from '../../model/policy.ts';
import { makeVisible } from '../../render/escape.ts';
import { choosePolicy, type PolicyFileAt } from '../../review/choose-policy.ts';

import { type Command, getOptionValue, type Terminal } from '../command.ts';
import { readDefaultPolicy, readTeamPolicy, readTextFile, writeNamedFile } from '../local-files.ts';
import { detect, listPaths } from './detect.ts';
import {
  type Detected,
  nameSetup,
  type SetupNames,
  writeDefaultAction,
  writePlatformPolicy,
  writePolicy,
  writeWorkflow,
} from './files.ts';
import { messages } from './messages.ts';
import { findFittingPolicies } from './platforms.ts';

/** More files than this are counted instead of listed. */
const MAX_LISTED = 20;

/** The `init` command. */
export const init: Command = {
  name: 'init',
  options: [
    { name: 'repo', value: '<folder>', text: 'folder of the repository; default: the current folder' },
    {
      name: 'action',
      value: '<owner/name@ref>',
      text: `action; default: ${writeDefaultAction(packageFile.version, null)}, pinned to its commit if that is known`,
    },
    {
      name: 'policy',
      value: '<name>',
      text: 'built-in policy to extend; default: the one that matches the files of the repository',
    },
    { name: 'dry-run', text: 'prints the files without writing them' },
    { name: 'force', text: 'overwrites existing files' },
  ],
  async run(given, terminal) {
    const action = getOptionValue(given, 'action') ?? writeDefaultAction(packageFile.version, await findOwnCommit());
    if (!/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w.][\w./-]*$/.test(action)) {
      throw new UsageError(messages.initBadAction({ found: action }));
    }
    const root = await findRoot(resolve(getOptionValue(given, 'repo') ?? '.'), terminal);
    const { policy, status, text } = await proposePolicy(root, getOptionValue(given, 'policy'), terminal);
    const names = nameSetup(policy, status);
    const mode = given.values['dry-run'] === true ? 'dry-run' : given.values.force === true ? 'force' : 'careful';
    const current = await readTeamPolicy(root);
    const reviews = mode !== 'force' && (await countsReviews(current));
    await writeProposal(root, names.workflowPath, writeWorkflow(action, 'report', reviews, names), mode, terminal);
    await writeProposal(root, current.path, text, mode, terminal);
    if (mode !== 'dry-run') printNextSteps(action, names, terminal);
    return 0;
  },
};

/** Whether reviews count under the existing policy. */
async function countsReviews({ path, content }: PolicyFileAt): Promise<boolean> {
  try {
    return asksReviews((await choosePolicy(content, path, await readBuiltInPolicies())).policy);
  } catch (error) {
    if (error instanceof UsageError) return false; // `policy check` reports its problems
    throw error;
  }
}

/** The policy to extend, and the team's file. @throws UsageError for an unknown name, or if several policies fit */
async function proposePolicy(
  root: string,
  named: string | undefined,
  terminal: Terminal,
): Promise<{ readonly policy: string; readonly status?: string | undefined; readonly text: string }> {
  const presets = await readBuiltInPolicies();
  const known = [...presets.keys()];
  if (named !== undefined && !presets.has(named))
    throw new UsageError(messages.initUnknownPolicy({ found: named, known: known.join(', ') }));
  const paths = await listPaths(root);
  const detected = await detect(root, paths, await readDefaultPolicy());
  const { isHealthVault } = detected;
  const fitting = await findFittingPolicies(openFolder(root), paths, new Set(known));
  const [first, second] = fitting;
  if (named === undefined && !isHealthVault && second !== undefined)
    throw new UsageError(messages.initSeveralPolicies({ fitting: fitting.map(({ policy }) => policy).join(', ') }));
  const policy = named ?? (isHealthVault ? undefined : first?.policy) ?? 'healthvault';
  if (policy === 'healthvault') {
    printDetected(detected, terminal);
    return { policy, text: writePolicy(detected) };
  }
  printFitting(policy, fitting.find((one) => one.policy === policy)?.files ?? [], terminal);
  const label = presets.get(policy)?.categories.find((one) => one.label !== null)?.label ?? '';
  return { policy, status: presets.get(policy)?.words?.status, text: writePlatformPolicy(policy, label) };
}

/** The top of the working tree. GitHub finds workflows only there. @throws UsageError */
async function findRoot(folder: string, terminal: Terminal): Promise<string> {
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(messages.initNoFolder({ folder }));
  const answer = await runGit(folder, ['rev-parse', '--show-toplevel']).catch(() => null);
  const top = answer?.ok === true ? answer.stdout.toString('utf8').replace(/\r?\n$/, '') : '';
  if (top !== '') return top;
  const { id, message } = messages.initNoRepository({ folder });
  terminal.writeError(`go-live-gate: ${message}\n  (${id}) ${buildTroubleshootingAddress(id)}\n`);
  return folder;
}

async function writeProposal(
  root: string,
  path: string,
  text: string,
  mode: 'dry-run' | 'force' | 'careful',
  { writeOut: out }: Terminal,
): Promise<void> {
  const place = join(root, path);
  const current = await readTextFile(place);
  if (current === text) {
    out(`${path}: unchanged\n`);
    return;
  }
  if (mode === 'dry-run') {
    out(`${path}: ${current === null ? 'to write' : 'exists, to overwrite with --force'}\n\n${text}\n`);
    return;
  }
  // An unreadable file or a broken link exists too.
  const exists = await lstat(place).then(
    () => true,
    () => false,
  );
  if (exists && mode !== 'force') {
    out(`${path}: exists, not changed (--force overwrites it)\n`);
    return;
  }
  await mkdir(dirname(place), { recursive: true }).catch(() => {}); // the write reports the failure
  await writeNamedFile(place, text, mode === 'force' ? 'w' : 'wx');
  out(`${path}: ${current === null ? 'written' : 'overwritten'}\n`);
}

function printDetected({ watched, unwatched, naming, workflow }: Detected, { writeOut: out }: Terminal): void {
  const lines = [
    ...watched.map(({ path, format }) => `  ${makeVisible(path)} (${format})`),
    ...unwatched.map((path) => `  ${makeVisible(path)} (proposed as watch)`),
    ...naming.map((path) => `  ${makeVisible(path)} (names a HealthVault server, proposed as watch)`),
  ];
  out(lines.length === 0 ? 'No HealthVault configuration was found.\n' : 'HealthVault configuration:\n');
  for (const line of lines.slice(0, MAX_LISTED)) out(`${line}\n`);
  if (lines.length > MAX_LISTED) out(`  and ${lines.length - MAX_LISTED} more\n`);
  if (workflow.length > 0) out('Pages and code of sign-up and consent, found by name:\n');
  for (const path of workflow) out(`  ${makeVisible(path)} (proposed as workflow)\n`);
  out('\n');
}

function printFitting(policy: string, files: readonly string[], { writeOut: out }: Terminal): void {
  out(files.length === 0 ? `Policy: ${policy}\n` : `Policy: ${policy}, because of these files:\n`);
  for (const path of files.slice(0, MAX_LISTED)) out(`  ${makeVisible(path)}\n`);
  if (files.length > MAX_LISTED) out(`  and ${files.length - MAX_LISTED} more\n`);
  out('\n');
}

function printNextSteps(action: string, { workflowPath, status }: SetupNames, { writeOut: out }: Terminal): void {
  const pin = /@[0-9a-f]{40}$/i.test(action) ? [] : [`Pin the action in ${workflowPath} by its full commit SHA.`];
  const steps = [
    ...pin,
    'Read and check the policy (go-live-gate policy check), commit both files and merge them into the default branch.',
    'Create the labels: GITHUB_TOKEN=... go-live-gate labels --repo owner/name (needs issues: write).',
    'Open a pull request and read the report. The gate blocks no merge while the workflow contains mode: report. Remove that line after the trial.',
    `Require the status "${status}" in a ruleset of the branch, with GitHub Actions as its expected source.`,
    'List the ways past the gate that remain: GITHUB_TOKEN=... go-live-gate doctor --repo owner/name.',
  ];
  out('\nNext:\n');
  for (const [index, step] of steps.entries()) out(`  ${index + 1}. ${step}\n`);
}
