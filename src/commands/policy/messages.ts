/** Scenarios and histories that cannot be run: why, and what to do; and the words of a replay. */
import { defineMessage } from '../../model/messages.ts';
import type { ReplayTotals } from './replay.ts';

const scenarioProblems = {
  title: '/scenario.yml needs a title; covers, labels, now and expect are optional.',
  both: ': expect in scenario.yml and expected/answer.json exclude each other.',
  json: ': expected/answer.json is not JSON.',
  changes: ': what is expected needs a list of changes, one line for each.',
};

/** Errors of the command. */
export const messages = {
  badScenario: defineMessage(
    'bad-scenario',
    ({ folder, problem }: { folder: string; problem: keyof typeof scenarioProblems }) =>
      `${folder}${scenarioProblems[problem]}`,
    '`scenario.yml` of a scenario folder is not of the expected form. The message names the key.',
  ),
  noScenarios: defineMessage(
    'no-scenarios',
    ({ folder, exists }: { folder: string; exists: boolean }) =>
      exists
        ? `There is no scenario in ${folder}. Each scenario is a folder with scenario.yml, base and head.`
        : `There is no folder ${folder}.`,
    '`policy test` found no scenario in the folder. A scenario is a folder with `scenario.yml`, `base` and `head`.',
  ),
  noCommits: defineMessage(
    'no-commits',
    ({ repository }: { repository: string }) =>
      `No commit of the history of ${repository} matches. Check --since and --paths, or fetch the full history.`,
    '`policy replay` found no commit with one parent. Widen `--since` and `--paths`. In a shallow clone run `git fetch --unshallow` first.',
  ),
  notCompared: defineMessage(
    'commit-not-compared',
    ({ commit }: { commit: string }) => `git could not compare ${commit} with its parent. Fetch the full history.`,
    'Objects of the commit are missing from the clone. Fetch the full history (`git fetch --refetch`), then run again.',
  ),
  badLimit: defineMessage(
    'bad-limit',
    ({ text }: { text: string }) => `"${text}" is not a valid number of commits. Use a whole number above 0.`,
    '`--limit` takes a whole number above 0.',
  ),
};

/** What the command prints. */
export const words = {
  created: ({ file, page }: { file: string; page: string }) =>
    `Wrote ${file}. Every change to a watched file blocks until rules decide it.\n` +
    `Next: name the files of your platform in it, then run go-live-gate policy check ${file}. See ${page}.\n`,
  verdicts: { passed: 'passed', blocked: 'blocked', error: 'undecided' },
  totals: ({ commits, withChange, blocked, passed, undecided, unknown, sweepOnly }: ReplayTotals) =>
    `${commits} commits, ${withChange} with a change: ${blocked} blocked, ${passed} passed, ${undecided} undecided. ` +
    `Blocked as unknown: ${unknown}. Blocked only because of a mark in a file that no reader claims: ${sweepOnly}.`,
  differing: (count: number, all: number) => `${count} of ${all} commits have different answers.`,
  times: (median: string, slowest: readonly string[]) => `Median ${median}. Slowest: ${slowest.join(', ')}.`,
  milliseconds: (duration: number) => `${duration.toFixed(1)} ms`,
};
