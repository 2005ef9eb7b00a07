/** `check`: the whole review of local changes. */
import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { nodeCryptography } from '../cryptography.ts';
import { gather, revisionPair } from '../gather.ts';
import { type Comparison, compare, resolveRevision } from '../git/compare.ts';
import { packagedPolicies } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { pathsOf, review } from '../review.ts';
import { type ChosenPolicy, choosePolicy, DEFAULT_POLICY_PATH, readPresets } from '../team-policy.ts';
import { type Command, type Given, optionValue, optionValues, type Terminal } from './command.ts';
import { outputFormats, renderAs } from './output-formats.ts';

/** The `check` command. */
export const check: Command = {
  name: 'check',
  operands: '',
  summary: 'reviews local changes: what changed in meaning, which go-live steps and labels that asks for',
  options: [
    { name: 'base', value: '<ref or folder>', text: 'what to compare with (a git ref or a folder); required' },
    { name: 'head', value: '<ref or folder>', text: 'what to review; default: the working tree' },
    { name: 'repo', value: '<folder>', text: 'the repository; default: the current folder' },
    {
      name: 'policy',
      value: '<file>',
      text: `the policy; default: ${DEFAULT_POLICY_PATH} of the base, else the built-in one`,
    },
    { name: 'label', value: '<name>', multiple: true, text: 'a label to count as present (several times)' },
    { name: 'now', value: '<ISO time>', text: 'the time to count dates from; default: now' },
    { name: 'format', value: outputFormats.join('|'), text: 'how to print the answer; default: text' },
    { name: 'output', value: '<file>', text: 'where to write the answer; default: standard output' },
    { name: 'quiet', text: 'no progress on standard error' },
  ],
  async run(given, terminal) {
    const format = optionValue(given, 'format') ?? 'text';
    if (!outputFormats.includes(format)) {
      throw new UsageError(
        'unknown-format',
        `There is no format "${format}". Use one of: ${outputFormats.join(', ')}.`,
      );
    }
    const report = await reviewLocally(given, terminal);
    const output = optionValue(given, 'output');
    const text = await renderAs(
      format,
      report,
      output === undefined ? terminal : { ...terminal, width: null, colour: false },
    );
    if (output === undefined) terminal.out(text);
    else await writeFile(output, text);
    return exitCodeOf(report);
  },
};

/** The exit code of a report: 0 passed, 1 blocked, 3 could not decide. */
export function exitCodeOf(report: Report): number {
  return report.verdict === 'passed' ? 0 : report.verdict === 'blocked' ? 1 : 3;
}

/** Compares, gathers and reviews as the options say. @throws UsageError for wrong use or policy. */
export async function reviewLocally(given: Given, terminal: Terminal): Promise<Report> {
  const baseName = optionValue(given, 'base');
  if (baseName === undefined) throw new UsageError('no-base', 'Say what to compare with: --base <git ref or folder>.');
  const repository = resolve(optionValue(given, 'repo') ?? '.');
  const headName = optionValue(given, 'head');
  const now = timeOf(optionValue(given, 'now') ?? terminal.now());
  const base = await resolveRevision(repository, baseName);
  const head = headName === undefined ? null : await resolveRevision(repository, headName);
  const comparison = await compare(repository, base, head);
  const policyOption = optionValue(given, 'policy');
  const chosen = await policyFor(comparison, policyOption);
  const examination = await gather({
    changedFiles: comparison.changedFiles,
    revisions: revisionPair(comparison.base, comparison.head),
    policy: chosen.policy,
    gateFiles: { policy: policyPathIn(repository, policyOption), workflow: null, action: null },
    cryptography: nodeCryptography,
  });
  return review({
    examination,
    policy: chosen.policy,
    policySource: chosen,
    ...pathsOf(comparison.changedFiles),
    pullRequest: null,
    commandLineLabels: optionValues(given, 'label'),
    now,
    mode: 'enforce',
    revisions: comparison.revisions,
    cryptography: nodeCryptography,
  });
}

function timeOf(text: string): string {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new UsageError('bad-time', `"${text}" is no ISO 8601 time. Write it like 2026-12-01T09:00:00Z.`);
  }
  return time.toISOString();
}

/** A policy file that lies inside the repository is the gate's own file there. */
function policyPathIn(repository: string, option: string | undefined): string {
  if (option === undefined) return DEFAULT_POLICY_PATH;
  const path = relative(repository, resolve(option)).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? DEFAULT_POLICY_PATH : path;
}

async function policyFor(comparison: Comparison, option: string | undefined): Promise<ChosenPolicy> {
  const presets = readPresets(await packagedPolicies());
  if (option !== undefined) {
    const text = await readFile(option, 'utf8').catch(() => null);
    if (text === null) throw new UsageError('policy-not-found', `There is no readable policy file at ${option}.`);
    return choosePolicy(text, option, option, presets, nodeCryptography);
  }
  const file = (await comparison.policySource.files([DEFAULT_POLICY_PATH])).get(DEFAULT_POLICY_PATH) ?? null;
  if (file !== null && file.bytes === undefined) {
    throw new UsageError('policy-unreadable', `The policy cannot be read. ${file.unavailable}`, {
      file: DEFAULT_POLICY_PATH,
    });
  }
  const source = `${DEFAULT_POLICY_PATH}@${comparison.revisions.base ?? 'base folder'}`;
  return choosePolicy(
    file === null ? null : decode(file.bytes),
    DEFAULT_POLICY_PATH,
    source,
    presets,
    nodeCryptography,
  );
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
