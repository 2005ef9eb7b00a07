/** What a label attests: the required steps of its categories that come before the merge. */
import type { Policy } from '../../src/model/policy.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { category, finding, input, POLICY, pullRequest, step } from './sample.ts';

const policy = (more: Partial<Policy> = {}): Policy => ({
  ...POLICY,
  categories: [
    category('signup-workflow', { attests: 'The walkthrough is there.', steps: ['ask', 'meet', 'push', 'tidy'] }),
    category('configuration', { attests: 'It is reviewed.', steps: ['ask', 'push', 'perhaps'] }),
    category('silent', { steps: ['ask'] }),
    ...POLICY.categories.filter(({ blocks }) => blocks === 'never'),
  ],
  steps: [
    step('ask'),
    step('perhaps', { required: false }),
    step('meet', { phase: 'review' }),
    step('push', { phase: 'push' }),
    step('tidy', { phase: 'after-push' }),
  ],
  ...more,
});

const plan = (of: readonly string[], labels: readonly string[], more: Partial<Policy> = {}) =>
  makePlan(input({ policy: policy(more), findings: of.map((id) => finding(id)), pullRequest: pullRequest(labels) }));
const shown = (...given: Parameters<typeof plan>) =>
  plan(...given).steps.map(({ id, phase, state, attested }) => [id, phase, state, attested?.label ?? null].join(' '));

test('a missing label attests nothing', () => {
  expect(shown(['configuration'], [])).toEqual([
    'ask before-review open ',
    'perhaps before-review open ',
    'push after-merge open ',
  ]);
});

test('the label attests the required steps before the merge, and no other ones', () => {
  const report = plan(['configuration'], ['go-live/configuration']);
  expect(report.verdict).toBe('passed');
  expect(report.steps[0]).toMatchObject({
    state: 'done',
    attested: { label: 'go-live/configuration', by: 'octo-reviewer', at: '2026-11-23T13:00:00Z' },
    evidence: 'octo-reviewer added go-live/configuration',
  });
  expect(shown(['configuration'], ['go-live/configuration'])).toEqual([
    'ask before-review done go-live/configuration',
    'perhaps before-review open ',
    'push after-merge open ',
  ]);
  expect(report.clearance.configuration?.attests).toBe('It is reviewed.');
});

test('a step of two categories needs both labels', () => {
  const both = ['signup-workflow', 'configuration'];
  expect(shown(both, ['go-live/configuration'])[0]).toBe('ask before-review open ');
  expect(shown(both, ['go-live/configuration', 'go-live/signup-workflow'])).toEqual([
    'ask before-review done go-live/configuration',
    'perhaps before-review open ',
    'meet review done go-live/signup-workflow',
    'push after-merge open ',
    'tidy after-merge open ',
  ]);
});

test('with a merge after the push, the label attests the push', () => {
  const more = { merge: 'after-push' } as const;
  expect(shown(['configuration'], ['go-live/configuration'], more)).toContain('push review done go-live/configuration');
  expect(plan(['configuration'], [], more).clearance.configuration?.attests).toBe(
    'It is reviewed. The change is in production.',
  );
  expect(plan(['configuration'], [], more).policy.merge).toBe('after-push');
});

test('a label without attests in the policy attests nothing', () => {
  expect(shown(['silent'], ['go-live/silent'])).toEqual(['ask before-review open ']);
});

test('enforced steps are closed one by one, and only those before the merge block', () => {
  const enforced = { requiredSteps: 'enforced' } as const;
  expect(shown(['configuration'], ['go-live/configuration'], enforced)[0]).toBe('ask before-review open ');
  expect(plan(['configuration'], ['go-live/configuration'], enforced).verdict).toBe('blocked');
  const steps = policy().steps.map((one) => ({ ...one, phase: 'push' }) as const);
  expect(plan(['configuration'], ['go-live/configuration'], { ...enforced, steps }).verdict).toBe('passed');
});

test('a step is listed if one of its files changes, without being required', () => {
  const steps = [...policy().steps, step('entry', { phase: 'review', whenFiles: ['directory/**'] })];
  const made = (changedPaths: readonly string[]) =>
    makePlan(input({ policy: policy({ steps }), findings: [], changedPaths })).steps;
  expect(made(['src/a.ts'])).toEqual([]);
  expect(made(['directory/b.png', 'directory/a.md'])).toMatchObject([
    { id: 'entry', required: false, state: 'open', because: 'directory/a.md changes' },
  ]);
});

test('steps that are not needed are listed unless one of their categories or steps is', () => {
  const notNeeded = [
    { id: 'a', text: 'No a.', sources: ['R5'], unless: ['signup-workflow'] },
    { id: 'b', text: 'No b.', sources: [], unless: ['perhaps'] },
  ];
  const said = (of: readonly string[]) => plan(of, [], { notNeeded }).notNeeded?.map(({ text }) => text);
  expect([said(['silent']), said(['configuration']), said(['signup-workflow'])]).toEqual([
    ['No a.', 'No b.'],
    ['No a.'],
    ['No b.'],
  ]);
  expect(makePlan(input({ policy: policy({ notNeeded }), files: [] }))).not.toHaveProperty('notNeeded');
});
