/** A replay as text: a line for each commit, then tables. The same history gives the same text, unless times are requested. */
import { makeVisible, shorten } from '../../render/escape.ts';
import type { ChosenPolicy } from '../../review/choose-policy.ts';
import { words } from './messages.ts';
import { countAnswers, type ReplayAnswer, type ReplayCount, type ReplayedCommit } from './replay.ts';

/** The output in addition to verdict, categories and rules. */
export interface ReplayTextOptions {
  readonly verbose: boolean;
  readonly times: boolean;
}

const SUBJECT_CHARACTERS = 72;
const VALUE_CHARACTERS = 200;
const SLOWEST = 5;

/** A commit under one policy: one line, and with `verbose` one more for each change. */
export function renderCommit(commit: ReplayedCommit, options: ReplayTextOptions): string {
  return commit.answers
    .map(
      (answer) =>
        `${renderVerdict(answer)} ${nameCommit(commit)} ${renderAnswer(answer, options)} ${renderSubject(commit)}\n${renderChanges(answer, options)}`,
    )
    .join('');
}

/** A commit under several policies: one line, then the answer of each policy. */
export function renderComparison(
  commit: ReplayedCommit,
  policies: readonly ChosenPolicy[],
  options: ReplayTextOptions,
): string {
  const lines = commit.answers.map(
    (answer, index) =>
      `  ${renderVerdict(answer)} ${policies[index]?.source}: ${renderAnswer(answer, options)}\n${renderChanges(answer, options)}`,
  );
  return `${nameCommit(commit)} ${renderSubject(commit)}\n${lines.join('')}`;
}

function nameCommit({ commit, date }: ReplayedCommit): string {
  return `${date.slice(0, 10)} ${commit.slice(0, 12)}`;
}

function renderSubject({ subject }: ReplayedCommit): string {
  return `"${makeVisible(shorten(subject, SUBJECT_CHARACTERS))}"`;
}

function renderVerdict({ verdict }: ReplayAnswer): string {
  return words.verdicts[verdict].padEnd(9);
}

function renderAnswer(
  { categories, changes, failure, milliseconds }: ReplayAnswer,
  { times }: ReplayTextOptions,
): string {
  const rules = [...new Set(changes.map(({ rule }) => rule))];
  const parts = [
    failure ?? (categories.join(', ') || '-'),
    ...(rules.length === 0 ? [] : [`(${rules.join(', ')})`]),
    ...(times ? [words.milliseconds(milliseconds)] : []),
  ];
  return parts.join(' ');
}

function renderChanges({ changes }: ReplayAnswer, { verbose }: ReplayTextOptions): string {
  const showValue = (text: string | null) => (text === null ? '-' : makeVisible(shorten(text, VALUE_CHARACTERS)));
  const lines = changes.map(
    ({ rule, file, setting, before, after, detail }) =>
      `    ${rule} | ${makeVisible(file)} | ${makeVisible(setting)} | ${showValue(before)} => ${showValue(after)}${detail === undefined ? '' : ` | ${showValue(detail)}`}\n`,
  );
  return verbose ? lines.join('') : '';
}

/** The figures of one policy. */
export function renderTotals(answers: readonly ReplayAnswer[], policy: ChosenPolicy): string {
  const totals = countAnswers(answers, policy);
  return [
    `\n${policy.source}: ${words.totals(totals)}\n`,
    renderTable('category', totals.categories),
    renderTable('rule', totals.rules),
  ].join('');
}

function renderTable(head: string, counts: readonly ReplayCount[]): string {
  if (counts.length === 0) return '';
  const width = Math.max(head.length, ...counts.map(({ id }) => id.length));
  const rows = counts.map(({ id, commits }) => `${id.padEnd(width)} ${String(commits).padStart(8)}\n`);
  return `\n${head.padEnd(width)}  commits\n${rows.join('')}`;
}

/** The median and the slowest commits, all policies together. */
export function renderTimes(commits: readonly ReplayedCommit[]): string {
  const times = commits
    .map(({ commit, answers }) => ({
      commit,
      milliseconds: answers.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    }))
    .sort((one, other) => other.milliseconds - one.milliseconds);
  const median = words.milliseconds(times[Math.floor(times.length / 2)]?.milliseconds ?? 0);
  const slowest = times
    .slice(0, SLOWEST)
    .map(({ commit, milliseconds }) => `${commit.slice(0, 12)} ${words.milliseconds(milliseconds)}`);
  return `\n${words.times(median, slowest)}\n`;
}
