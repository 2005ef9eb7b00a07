/** The built-in policy through the plan: what the documents promise for each category. */
import { readFileSync } from 'node:fs';
import type { Policy } from '../../src/model/policy.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { finding, input, NOW } from './sample.ts';

function builtIn(): Policy {
  const file = new URL('../../policies/healthvault.yml', import.meta.url);
  const read = readPolicy(readFileSync(file, 'utf8'), 'policies/healthvault.yml', new Map());
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.policy;
}

const POLICY = builtIn();

// Monday 23 November 2026; Thanksgiving on the Thursday is left out of business days.
test.each([
  ['secret', null, null, [], 'unknown', 'no'],
  ['unknown', null, null, ['go-live/manually-classified'], 'unknown', 'unknown'],
  ['new-application', '2026-12-07', '2026-12-21', ['go-live/new-application-approved'], 'yes', 'yes'],
  ['master-child', '2026-11-25', '2026-11-27', ['go-live/addendum-on-file'], 'yes', 'no'],
  ['signup-workflow', '2026-12-07', '2026-12-07', ['go-live/workflow-approved'], 'yes', 'yes'],
  ['extra-review', '2026-11-25', '2026-11-27', ['go-live/extra-review-approved'], 'yes', 'no'],
  ['certificate', '2026-11-25', '2026-11-27', ['go-live/certificate-approved'], 'yes', 'no'],
  ['configuration', '2026-11-25', '2026-11-27', ['go-live/configuration-approved'], 'yes', 'no'],
  ['governance', null, null, ['go-live/policy-approved'], 'no', 'no'],
  ['deployment', null, null, [], 'no', 'no'],
  ['none', null, null, [], 'no', 'no'],
])('the category %s has its expected plan', (id, from, to, required, configuration, workflow) => {
  const report = makePlan(input({ findings: [finding(id)], policy: POLICY, now: NOW }));
  expect(report.categories).toEqual([id]);
  expect([report.earliestGoLive?.from ?? null, report.earliestGoLive?.to ?? null]).toEqual([from, to]);
  expect(report.labels.required).toEqual(required);
  expect(report.questions).toEqual({ configuration, workflow });
  expect(report.verdict).toBe(id === 'deployment' || id === 'none' ? 'passed' : 'blocked');
  for (const { sources } of report.steps) {
    for (const source of sources) expect(report.citations).toHaveProperty([source]);
  }
});

test('the addendum and the extra review are named without dates (R17, R40)', () => {
  const waits = (id: string) => makePlan(input({ findings: [finding(id)], policy: POLICY })).leadTime?.unpublished;
  expect([waits('master-child'), waits('extra-review'), waits('configuration')]).toEqual([
    ['master-child addendum'],
    ['extra review'],
    undefined,
  ]);
});

test('the steps of sign-up replace the step to confirm the walkthrough (R6)', () => {
  const steps = (...ids: string[]) =>
    makePlan(input({ findings: ids.map((id) => finding(id)), policy: POLICY })).steps.map(({ id }) => id);
  expect(steps('configuration')).toContain('confirm-walkthrough');
  expect(steps('configuration', 'signup-workflow')).not.toContain('confirm-walkthrough');
  expect(steps('configuration', 'signup-workflow')).toContain('update-walkthrough');
});
