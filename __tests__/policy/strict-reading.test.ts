/** The strict reading (`consent-widening: signup-workflow`) classifies access changes as version 1.0.0 did, where it was the default. */
import { join } from 'node:path';
import { buildAnswer, readScenarios, runScenario } from '../../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { projectFile, teamPolicy } from './built-in.ts';

const expected: Readonly<Record<string, readonly string[]>> = JSON.parse(
  projectFile('__tests__/policy/access-changes-1.0.0.json'),
);
const strict = teamPolicy('consent-widening: signup-workflow');
const presets = await readBuiltInPolicies();
const scenarios = await readScenarios(join(import.meta.dirname, '..', 'scenarios'));

test.each(Object.entries(expected))('the strict reading is right for %s', async (name, lines) => {
  const scenario = scenarios.find((one) => one.name === name);
  expect(scenario).toBeDefined();
  if (scenario === undefined) return;
  const { changes } = buildAnswer(await runScenario(scenario, strict, presets));
  expect(changes.filter((line) => /\| access\.(?:online|offline) \[/.test(line))).toEqual(lines);
});

test('the reading is shown, with the sentence of the guide', async () => {
  const scenario = scenarios.find(({ name }) => name === 'manifest/required-type-added');
  if (scenario === undefined) throw new Error('the scenario is gone');
  const [byLetter, strictly] = [
    await runScenario(scenario, null, presets),
    await runScenario(scenario, strict, presets),
  ];
  expect(byLetter.questions).toEqual({ configuration: 'yes', workflow: 'unknown' });
  expect(byLetter.because.workflow).toContain('Users will be asked for consent again');
  expect(byLetter.steps.map(({ id }) => id)).toContain('confirm-walkthrough');
  expect(byLetter.reading).toMatch(/^The guide names data types and authorization rules as configuration/);
  expect(strictly.questions).toEqual({ configuration: 'yes', workflow: 'yes' });
  expect(strictly.reading).toMatch(/stricter than the guide \[advice\]\. The guide names .* \[R3, R8\]\.$/);
});
