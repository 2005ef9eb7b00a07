/**
 * A scenario: a folder with `base/`, `head/` and `scenario.yml` (title, coverage, labels, time, expectation), or with the whole
 * answer in `expected/answer.json`. This project and teams test policies with scenarios.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareRevisions } from '../../git/compare.ts';
import { UsageError } from '../../model/errors.ts';
import { DEFAULT_POLICY_PATH, describeTime, type Policy } from '../../model/policy.ts';
import type { Report, ReportChange } from '../../model/report.ts';
import type { ChosenPolicy } from '../../review/choose-policy.ts';
import { reviewRevisions } from '../../review/review.ts';
import { parseYaml, plainValue } from '../../syntax/yaml/yaml.ts';
import { chooseLocalPolicy, readTeamPolicy, readTextFile } from '../local-files.ts';
import { messages } from './messages.ts';

/** The content of `scenario.yml`. */
export interface Scenario {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  /** R-numbers that the scenario shows. */
  readonly covers: readonly string[];
  readonly labels: readonly string[];
  /** ISO 8601, UTC. */
  readonly now: string;
  /** The expected answer; null if the scenario does not contain one. */
  readonly expected: Expected | null;
}

/** A part of an answer, its changes at least. */
export type Expected = Partial<ScenarioAnswer> & Pick<ScenarioAnswer, 'changes'>;

/** The expected answer of a scenario: the parts of a report that a policy decides, short enough to be reviewed by eye. */
export interface ScenarioAnswer {
  readonly verdict: string;
  readonly questions: Readonly<Record<string, string>>;
  readonly categories: readonly string[];
  readonly leadTime: string | null;
  readonly earliestGoLive: string | null;
  readonly labels: { readonly required: readonly string[]; readonly missing: readonly string[] };
  readonly steps: readonly string[];
  /** One line for each change: rule, place, setting, kind, effect, values. */
  readonly changes: readonly string[];
  readonly problems: readonly string[];
}

/** The default time of a scenario: a Monday morning without holidays around it, Pacific time. */
const DEFAULT_NOW = '2026-11-02T18:00:00Z';

/**
 * Reads the scenarios below a folder, by path: `manifest/reformatted`. Folders without a `scenario.yml` are families.
 * @throws UsageError if there is none, or one is not readable.
 */
export async function readScenarios(folder: string): Promise<readonly Scenario[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) throw new UsageError(messages.noScenarios({ folder, exists: false }));
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const scenarios = (await Promise.all(names.sort().map((name) => readFamily(join(folder, name), name)))).flat();
  if (scenarios.length === 0) throw new UsageError(messages.noScenarios({ folder, exists: true }));
  return scenarios;
}

/** A scenario, or all scenarios of a family. The sides of a scenario are not searched. */
async function readFamily(folder: string, name: string): Promise<readonly Scenario[]> {
  const text = await readTextFile(join(folder, 'scenario.yml'));
  if (text !== null) return [await readScenario(text, folder, name)];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return (await Promise.all(names.sort().map((inner) => readFamily(join(folder, inner), `${name}/${inner}`)))).flat();
}

async function readScenario(text: string, folder: string, name: string): Promise<Scenario> {
  const parsed = parseYaml(text);
  const data = 'root' in parsed ? plainValue(parsed.root) : null;
  if (!isRecord(data) || typeof data.title !== 'string') {
    throw new UsageError(messages.badScenario({ folder, problem: 'title' }));
  }
  const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    name,
    folder,
    title: data.title,
    covers: list(data.covers),
    labels: list(data.labels),
    now: typeof data.now === 'string' ? data.now : DEFAULT_NOW,
    expected: await readExpected(data.expect, folder),
  };
}

/** From `scenario.yml` or from `expected/answer.json`, never from both. */
async function readExpected(written: unknown, folder: string): Promise<Expected | null> {
  const text = await readTextFile(join(folder, 'expected', 'answer.json'));
  if (text === null && written === undefined) return null;
  if (text !== null && written !== undefined) throw new UsageError(messages.badScenario({ folder, problem: 'both' }));
  const expected = text === null ? written : parseAnswer(text);
  if (expected === undefined) throw new UsageError(messages.badScenario({ folder, problem: 'json' }));
  if (!isRecord(expected) || !Array.isArray(expected.changes))
    throw new UsageError(messages.badScenario({ folder, problem: 'changes' }));
  return expected as unknown as Expected;
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // named by the caller
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The scenario's own policy: the one in its base, else the built-in one. @throws UsageError if it is invalid */
export async function readOwnPolicy(scenario: Scenario, presets: ReadonlyMap<string, Policy>): Promise<ChosenPolicy> {
  const { path, content } = await readTeamPolicy(join(scenario.folder, 'base'));
  return chooseLocalPolicy(content, path, presets);
}

/** Reviews a scenario under a policy; null: its own (`base/.github/go-live.yml`), or the built-in one. */
export async function runScenario(
  scenario: Scenario,
  policy: Policy | null,
  presets: ReadonlyMap<string, Policy>,
): Promise<Report> {
  const openRevisionFolder = (name: string) => ({ kind: 'folder', root: join(scenario.folder, name) }) as const;
  const comparison = await compareRevisions(scenario.folder, openRevisionFolder('base'), openRevisionFolder('head'));
  const own = await readOwnPolicy(scenario, presets);
  const { report } = await reviewRevisions({
    ...comparison,
    policy: policy === null ? own : { ...own, policy },
    gateFiles: { policy: DEFAULT_POLICY_PATH, workflow: null, action: null },
    pullRequest: null,
    labels: scenario.labels,
    now: scenario.now,
    mode: 'enforce',
  });
  return report;
}

function describeWait(leadTime: NonNullable<Report['leadTime']>): string {
  const { min, max, unit } = leadTime;
  return min === undefined || max === undefined ? describeTime(leadTime) : `${min}-${max} ${unit}`;
}

/** The part of a report that a scenario expects. */
export function buildAnswer(report: Report): ScenarioAnswer {
  const { leadTime, earliestGoLive } = report;
  const unpublished = leadTime?.unpublished ?? [];
  const wait = leadTime && describeWait(leadTime);
  return {
    verdict: report.verdict,
    questions: report.questions,
    categories: report.categories,
    leadTime: wait === null ? null : [wait, ...unpublished.map((name) => `unpublished: ${name}`)].join(', '),
    earliestGoLive:
      earliestGoLive === null
        ? null
        : `${earliestGoLive.from} ${earliestGoLive.to === undefined ? 'or later' : `to ${earliestGoLive.to}`}`,
    labels: { required: report.labels.required, missing: report.labels.missing },
    steps: report.steps.map((step) => `${step.id}: ${step.required ? '' : 'optional, '}${step.state}`),
    changes: report.changes.map(renderChange),
    problems: report.problems.map(({ id, severity, file, line }) =>
      [severity, id, ...(file === undefined ? [] : [`${file}:${line ?? 0}`])].join(' '),
    ),
  };
}

function renderChange(change: ReportChange): string {
  const { access, location } = change;
  const place =
    location === null ? change.file : `${change.file}:${location.line}:${location.column} (${location.side})`;
  const tuple =
    access === undefined
      ? ''
      : ` [${access.channel} ${access.requirement} ${access.permission} ${access.typeName ?? access.typeId}]`;
  const also = change.also === undefined || change.also.length === 0 ? '' : ` +${change.also.join('+')}`;
  const values = `${change.before ?? '-'} => ${change.after ?? '-'}`;
  return `${change.category}${also} ${change.rule} | ${place} | ${change.setting}${tuple} ${change.kind} ${change.effect} | ${values}`;
}

/** The lines that differ between two answers, `-` expected and `+` found; empty if they agree. */
export function compareAnswers(expected: Partial<ScenarioAnswer>, found: ScenarioAnswer): readonly string[] {
  const keys = Object.keys(expected) as readonly (keyof ScenarioAnswer)[];
  const asked = Object.fromEntries(keys.map((key) => [key, found[key]]));
  const toLines = (answer: unknown) => JSON.stringify(answer, null, 1).split('\n');
  const [before, after] = [toLines(expected), toLines(asked)];
  const [old, now] = [new Set(before), new Set(after)];
  const removedLines = before.filter((line) => !now.has(line)).map((line) => `- ${line.trim()}`);
  const addedLines = after.filter((line) => !old.has(line)).map((line) => `+ ${line.trim()}`);
  const reordered = removedLines.length + addedLines.length === 0 && before.join('\n') !== after.join('\n');
  return reordered ? ['~ the same entries in another order'] : [...removedLines, ...addedLines];
}
