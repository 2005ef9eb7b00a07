/** `check`: the whole review of local changes. */
import { isAbsolute, relative, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import packageFile from '../../package.json' with { type: 'json' };
import { readBuiltInPolicies } from '../gate/built-in-policies.ts';
import { type Comparison, compareRevisions, findDefaultBase } from '../git/compare.ts';
import { UsageError } from '../model/errors.ts';
import { buildTroubleshootingAddress, DOCUMENTATION } from '../model/messages.ts';
import { findNearestWord } from '../model/nearest.ts';
import { joinPath } from '../model/paths.ts';
import { DEFAULT_POLICY_PATH, findAlternatePolicyPath, type Policy } from '../model/policy.ts';
import { type Report, toExitCode } from '../model/report.ts';
import {
  loadRenderer,
  type OutputContext,
  type OutputFormat,
  outputFormats,
  type Renderer,
} from '../render/formats.ts';
import { type ChosenPolicy, choosePolicyFile, findMisnamedPolicy } from '../review/choose-policy.ts';
import type { reviewRevisions } from '../review/review.ts';
import { type Command, type Given, getOptionValue, listOptionValues, type Terminal } from './command.ts';
import { chooseLocalPolicy, readPolicyFile, warnOfMisnamedPolicy, writeNamedFile } from './local-files.ts';
import { messages } from './messages.ts';
import { listPolicyLabels } from './policy-labels.ts';

/** The `check` command. */
export const check: Command = {
  name: 'check',
  options: [
    {
      name: 'base',
      value: '<ref or folder>',
      text: 'base of the comparison, a git ref or a folder; default: the upstream branch',
    },
    { name: 'head', value: '<ref or folder>', text: 'head of the comparison; default: the working tree' },
    { name: 'repo', value: '<folder>', text: 'folder of the repository; default: the current folder' },
    {
      name: 'policy',
      value: '<file>',
      text: `policy; default: ${DEFAULT_POLICY_PATH} of the base, else the built-in policy`,
    },
    { name: 'label', value: '<name>', multiple: true, text: 'label that counts as added; can be repeated' },
    { name: 'now', value: '<ISO time>', text: 'time from which dates are computed; default: now' },
    { name: 'format', value: outputFormats.join('|'), text: 'format of the output; default: text' },
    { name: 'output', value: '<file>', text: 'file for the output; default: standard output' },
    { name: 'brief', text: 'verdict, next action and one line for each category; for text only' },
    { name: 'verbose', text: 'also key questions, notes, full steps and every changed file' },
    { name: 'why', value: '<path>', text: 'prints only how this changed file was treated, and why' },
    { name: 'quiet', text: 'prints no progress to standard error' },
  ],
  async run(given, terminal) {
    const format = parseFormat(getOptionValue(given, 'format') ?? 'text');
    const stopAnnouncement = announceLongWork(terminal, given.values.quiet === true);
    const now = parseTime(getOptionValue(given, 'now') ?? terminal.now());
    const opening = openComparison(given, terminal); // starts git
    const loading = loadReview(format);
    loading.catch(() => {}); // it is awaited once the comparison is open
    const report = await reviewLocally(given, terminal, { opening, loading, now }).finally(stopAnnouncement);
    const output = getOptionValue(given, 'output');
    const why = getOptionValue(given, 'why');
    const context = createOutputContext(report, given, output === undefined ? terminal : null);
    const { render } = await loading;
    const text =
      why === undefined ? render(report, context) : (await import('../render/examined.ts')).renderWhy(report, why);
    if (output === undefined) terminal.writeOut(text);
    else await writeNamedFile(output, text);
    return toExitCode(report);
  },
};

function parseFormat(name: string): OutputFormat {
  const format = outputFormats.find((known) => known === name);
  if (format !== undefined) return format;
  throw new UsageError(messages.unknownFormat({ name, known: outputFormats.join(', ') }));
}

/** Columns if the output is not a terminal. */
const DEFAULT_WIDTH = 100;

/** A comment without a pull request has no links. A file has no colors. */
function createOutputContext(report: Report, given: Given, terminal: Terminal | null): OutputContext {
  const { base, head } = report.evaluation;
  const { version } = packageFile;
  return {
    text: {
      width: terminal?.width ?? DEFAULT_WIDTH,
      color: terminal?.color ?? false,
      brief: given.values.brief === true,
      verbose: given.values.verbose === true,
    },
    markdown: { marker: '', repository: null, base, head, documentation: DOCUMENTATION, version, pullRequest: null },
  };
}

/** Announces long work once, on a terminal only, so that it does not seem to hang. Returns the function that ends this. */
function announceLongWork(terminal: Terminal, quiet: boolean): () => void {
  if (quiet || !terminal.progress) return () => {};
  const timer = setTimeout(() => terminal.writeError('go-live-gate: reading and comparing changed files ...\n'), 1000);
  timer.unref();
  return () => clearTimeout(timer);
}

/** Names labels that the policy does not know. A misspelled label would otherwise have no effect and cause no warning. */
function warnOfUnknownLabels(labels: readonly string[], { policy }: ChosenPolicy, terminal: Terminal): void {
  const known = listPolicyLabels(policy).map(({ name }) => name);
  for (const label of labels) {
    if (known.some((name) => name.toLowerCase() === label.toLowerCase())) continue;
    const { id, message } = messages.unknownLabel({ label, nearest: findNearestWord(label, known) });
    terminal.writeError(`go-live-gate: ${message}\n  (${id}) ${buildTroubleshootingAddress(id)}\n`);
  }
}

/** What a check needs as soon as the changed files are known. */
interface Loaded {
  readonly render: Renderer;
  readonly presets: ReadonlyMap<string, Policy>;
  readonly review: typeof reviewRevisions;
}

/** Loads most of the program while git runs. Between two parts, git's answers are received and the next commands started. */
async function loadReview(format: OutputFormat): Promise<Loaded> {
  const render = await loadRenderer(format);
  await receiveAnswers();
  const presets = await readBuiltInPolicies();
  await receiveAnswers();
  await import('../formats/formats.ts');
  await receiveAnswers();
  const { reviewRevisions } = await import('../review/review.ts');
  return { render, presets, review: reviewRevisions };
}

/** The end of a process is up to three events, each in a turn of the event loop. */
async function receiveAnswers(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

/** Compares as the options say. @throws UsageError for wrong use. */
async function openComparison(given: Given, terminal: Terminal): Promise<Comparison> {
  const repository = findRepository(given);
  const baseOption = getOptionValue(given, 'base');
  const base = baseOption ?? (await findDefaultBase(repository));
  if (base === null) throw new UsageError(messages.noBase());
  const comparison = await compareRevisions(repository, base, getOptionValue(given, 'head') ?? null);
  if (baseOption === undefined) {
    const ancestor = comparison.commits.base?.slice(0, 12);
    terminal.writeError(
      `go-live-gate: compared with ${base} (common ancestor ${ancestor}), because --base is not given\n`,
    );
  }
  return comparison;
}

function findRepository(given: Given): string {
  return resolve(getOptionValue(given, 'repo') ?? '.');
}

/** A check that waits for git. */
interface Started {
  readonly opening: Promise<Comparison>;
  readonly loading: Promise<Loaded>;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Reviews as the options say. @throws UsageError for wrong use or policy. */
async function reviewLocally(given: Given, terminal: Terminal, { opening, loading, now }: Started): Promise<Report> {
  const comparison = await opening;
  try {
    const { presets, review } = await loading;
    const policyOption = getOptionValue(given, 'policy');
    const policy = await findPolicy(comparison, policyOption, { presets, terminal });
    const labels = listOptionValues(given, 'label');
    warnOfUnknownLabels(labels, policy, terminal);
    const { report } = await review({
      ...comparison,
      policy,
      gateFiles: { policy: findPolicyPath(findRepository(given), policyOption), workflow: null, action: null },
      pullRequest: null,
      labels,
      now,
      mode: 'enforce',
    });
    return report;
  } finally {
    comparison.release();
  }
}

function parseTime(text: string): string {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime()))
    throw new UsageError(messages.badTime({ text }));
  return time.toISOString();
}

/** A policy file inside the repository is the gate's own file there. */
function findPolicyPath(repository: string, option: string | undefined): string {
  if (option === undefined) return DEFAULT_POLICY_PATH;
  const path = relative(repository, resolve(option)).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? DEFAULT_POLICY_PATH : path;
}

async function findPolicy(
  { policySource, policyCommit }: Comparison,
  option: string | undefined,
  { presets, terminal }: { readonly presets: ReadonlyMap<string, Policy>; readonly terminal: Terminal },
): Promise<ChosenPolicy> {
  if (option !== undefined) return readPolicyFile(option, presets);
  const alternatePath = findAlternatePolicyPath(DEFAULT_POLICY_PATH) ?? '';
  const files = await policySource.readFiles([DEFAULT_POLICY_PATH, alternatePath]);
  const found = choosePolicyFile(
    DEFAULT_POLICY_PATH,
    files.get(DEFAULT_POLICY_PATH) ?? null,
    files.get(alternatePath) ?? null,
  );
  if (found.content === null) {
    const names = await policySource.listFolders(['.github', '']);
    const paths = [...names].flatMap(([folder, files]) => files.map((name) => joinPath(folder, name)));
    warnOfMisnamedPolicy(findMisnamedPolicy(paths), terminal);
  }
  return chooseLocalPolicy(found.content, found.path, presets, policyCommit ?? 'base folder');
}
