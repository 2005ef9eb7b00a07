/** Errors in scenarios and histories, with their fixes; and the texts of a replay. */
import { defineMessage } from '../../model/messages.ts';
import type { ReplayTotals } from './replay.ts';

const scenarioProblems = {
  title:
    '/scenario.yml has no title or an unknown key. Write title, and if you need them covers, labels, now and expect.',
  both: ' has both expect in scenario.yml and expected/answer.json. Keep one of them.',
  json: '/expected/answer.json is not valid JSON. Fix it.',
  changes: ' expects no list of changes. Write one line for each change.',
};

/** Errors of the command. */
export const messages = {
  badScenario: defineMessage(
    'bad-scenario',
    ({ folder, problem }: { folder: string; problem: keyof typeof scenarioProblems }) =>
      `${folder}${scenarioProblems[problem]}`,
    'Fix the file that the message names. `scenario.yml` has a `title`, and its `expect` has one line for each change.',
  ),
  noScenarios: defineMessage(
    'no-scenarios',
    ({ folder, exists }: { folder: string; exists: boolean }) =>
      exists
        ? `There is no scenario in ${folder}. Add a folder with scenario.yml, base and head.`
        : `There is no folder ${folder}. Correct the path.`,
    'Pass a folder that contains scenarios. A scenario is a folder with `scenario.yml`, `base` and `head`.',
  ),
  noCommits: defineMessage(
    'no-commits',
    ({ repository }: { repository: string }) =>
      `No commit in the history of ${repository} matches --since and --paths. Widen them, or fetch the full history.`,
    '`policy replay` needs a commit with one parent. Widen `--since` and `--paths`. In a shallow clone, run `git fetch --unshallow` first.',
  ),
  notCompared: defineMessage(
    'commit-not-compared',
    ({ commit }: { commit: string }) => `git could not compare ${commit} with its parent. Fetch the full history.`,
    'The clone lacks objects of the commit. Fetch the full history (`git fetch --refetch`), then run again.',
  ),
  badLimit: defineMessage(
    'bad-limit',
    ({ text }: { text: string }) => `"${text}" is not a valid number of commits. Use a whole number above 0.`,
    'Pass a whole number above 0 to `--limit`.',
  ),
};

/** The output of the command. */
export const words = {
  created: ({ file, page }: { file: string; page: string }) =>
    `Wrote ${file}. Every change to a watched file blocks until a rule decides it.\n` +
    `Next: name the files of your platform in it, then run go-live-gate policy check ${file}. See ${page}.\n`,
  verdicts: { passed: 'passed', blocked: 'blocked', error: 'undecided' },
  totals: ({ commits, withChange, blocked, passed, undecided, unknown, sweepOnly }: ReplayTotals) =>
    `${commits} commits, ${withChange} with a change: ${blocked} blocked, ${passed} passed, ${undecided} undecided. ` +
    `Blocked as unknown: ${unknown}. Blocked only because of a mark in a file that no reader claims: ${sweepOnly}.`,
  differing: (count: number, all: number) => `${count} of ${all} commits have different answers.`,
  times: (median: string, slowest: readonly string[]) => `Median ${median}. Slowest: ${slowest.join(', ')}.`,
  milliseconds: (duration: number) => `${duration.toFixed(1)} ms`,
};
