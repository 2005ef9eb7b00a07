/** Scenarios that cannot be run: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

const scenarioProblems = {
  title: '/scenario.yml needs a title; covers, labels, now and expect are optional.',
  both: ': expect in scenario.yml and expected/answer.json exclude each other.',
  json: ': expected/answer.json is no JSON.',
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
};
