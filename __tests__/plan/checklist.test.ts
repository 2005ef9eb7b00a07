import type { Finding } from '../../src/model/finding.ts';
import type { Policy, Step } from '../../src/model/policy.ts';
import type { PullRequestState } from '../../src/model/pull-request.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { AUTHOR, account, finding, input, POLICY, pullRequest, REVIEWER, rights } from './sample.ts';

const steps = (findings: readonly Finding[], more: Partial<PlanInput> = {}) =>
  makePlan(input({ findings, ...more })).steps;
const ids = (findings: readonly Finding[], more: Partial<PlanInput> = {}) => steps(findings, more).map(({ id }) => id);
const only = (id: string, findings: readonly Finding[], more: Partial<PlanInput> = {}) =>
  steps(findings, more).find((one) => one.id === id);

describe('the steps', () => {
  test.each([
    [
      'those of one category, in the order of the policy',
      [finding('configuration')],
      ['finalize-configuration', 'request-review', 'await-push', 'confirm-walkthrough'],
    ],
    [
      'the union of two categories',
      [finding('configuration'), finding('certificate')],
      ['finalize-configuration', 'request-review', 'send-certificate', 'await-push', 'confirm-walkthrough'],
    ],
    [
      'those of an additional category',
      [finding('certificate', { also: ['governance'] })],
      ['request-review', 'send-certificate', 'await-push', 'review-policy'],
    ],
    [
      'without a step that another one excludes',
      [finding('configuration'), finding('signup-workflow')],
      ['finalize-configuration', 'update-walkthrough', 'request-review', 'integration-review', 'await-push'],
    ],
    [
      'without a step that a rule excludes',
      [finding('certificate', { rule: { withoutSteps: ['send-certificate'] } })],
      ['request-review', 'await-push'],
    ],
    [
      'with one that another finding of the category still requires',
      [finding('certificate', { rule: { withoutSteps: ['send-certificate'] } }), finding('certificate')],
      ['request-review', 'send-certificate', 'await-push'],
    ],
    ['with one that a rule adds', [finding('deployment', { rule: { addSteps: ['extra'] } })], ['extra']],
    ['none without a category', [finding('none')], []],
  ])('are %s', (_, findings, expected) => {
    expect(ids(findings)).toEqual(expected);
  });

  test('of an advisory finding are optional', () => {
    const advisory = finding('certificate', { rule: { enforcement: 'advisory', addSteps: ['extra'] } });
    expect(steps([advisory, finding('configuration')]).map(({ id, required }) => [id, required])).toEqual([
      ['finalize-configuration', true],
      ['request-review', true],
      ['send-certificate', false],
      ['await-push', true],
      ['confirm-walkthrough', false],
      ['extra', false],
    ]);
  });

  test('have contact, document and sources from the policy', () => {
    const [, walkthrough, request] = steps([finding('signup-workflow')]);
    expect(walkthrough).toMatchObject({ document: { title: 'Walkthrough', url: 'https://docs.example/walkthrough' } });
    expect(request?.contact).toEqual({ name: 'Go-live team', mail: 'golive@team.example' });
  });
});

describe('evidence', () => {
  const walkthrough = (changedPaths: readonly string[], more: Partial<PlanInput> = {}) =>
    only('update-walkthrough', [finding('signup-workflow')], { changedPaths, ...more });

  test.each([
    ['a document that changed', ['docs/Walkthrough-v2.DOCX'], 'docs/Walkthrough-v2.DOCX also changes'],
    [
      'a hidden folder at the root, the first by name',
      ['z/walkthrough.md', '.docs/my walkthrough.md'],
      '.docs/my walkthrough.md also changes',
    ],
  ])('in %s closes the step', (_, paths, evidence) => {
    expect(walkthrough(paths)).toMatchObject({ state: 'done', evidence });
  });

  test.each([
    ['another file', ['docs/walkthrough.png', 'walkthrough/readme.txt'], {}],
    ['a removed document', ['docs/walkthrough.md'], { removedPaths: ['docs/walkthrough.md'] }],
    [
      'a removed watched file',
      ['walkthrough.md'],
      { files: [{ path: 'walkthrough.md', status: 'removed' as const, format: 'plain' }] },
    ],
  ])('in %s does not close the step', (_, paths, more) => {
    expect(walkthrough(paths, more)).toMatchObject({ state: 'open' });
    expect(walkthrough(paths, more)).not.toHaveProperty('evidence');
  });

  test.each([
    ['closed if it changed', 'public-keys', 'modified', 'done'],
    ['closed if a localized one changed', 'public-keys@de-DE', 'added', 'done'],
    ['open if it was removed', 'public-keys', 'removed', 'open'],
    ['open for another one', 'certificate', 'added', 'open'],
  ] as const)('for a setting is %s', (_, setting, kind, state) => {
    expect(only('send-certificate', [finding('certificate', { change: { setting, kind } })])?.state).toBe(state);
  });

  test('in an unread setting closes nothing', () => {
    const { document } = finding('certificate').change;
    const change = { setting: 'public-keys', document: { ...document, state: 'unreadable' as const } };
    expect(only('send-certificate', [finding('certificate', { change })])?.state).toBe('open');
  });

  const sent = (state: PullRequestState) => {
    const report = makePlan(input({ findings: [finding('certificate')], pullRequest: state }));
    return { step: report.steps.find(({ id }) => id === 'send-certificate'), rejected: report.labels.rejected };
  };
  test('in a label that counts closes the step', () => {
    expect(sent(pullRequest(['certificate-sent'])).step).toMatchObject({
      state: 'done',
      evidence: 'octo-reviewer added certificate-sent',
    });
  });
  test('in a label of the author does not close the step, with the reason', () => {
    const labelEvents = [{ label: 'certificate-sent', actor: AUTHOR, at: '2026-11-23T13:00:00Z' }];
    const { step, rejected } = sent(pullRequest(['certificate-sent'], { labelEvents }));
    expect(step?.state).toBe('open');
    expect(rejected).toEqual([expect.objectContaining({ label: 'certificate-sent', by: 'octo-author' })]);
  });
  test('in a label on the command line closes the step', () => {
    const step = only('send-certificate', [finding('certificate')], {
      pullRequest: null,
      commandLineLabels: ['certificate-sent'],
    });
    expect(step?.state).toBe('done');
  });
});

describe('a tick', () => {
  const ticked = (by: ReturnType<typeof account> | null, at: string | null, more: Partial<PullRequestState> = {}) =>
    only('finalize-configuration', [finding('configuration')], {
      pullRequest: pullRequest([], { ticks: [{ step: 'finalize-configuration', by, at }], ...more }),
    });
  const later = '2026-11-23T13:00:00Z';

  test('by an approver closes the step', () => {
    expect(ticked(REVIEWER, later)).toMatchObject({
      state: 'done',
      evidence: 'octo-reviewer ticked it on 2026-11-23T13:00:00Z',
      tick: { by: 'octo-reviewer', at: later, counts: true },
    });
  });

  test.each([
    ['the author', AUTHOR, later, {}],
    ['a user without the role', REVIEWER, later, { rights: { 'octo-reviewer': rights('triage') } }],
    ['a bot', account('robot', 9, true), later, { rights: { robot: rights('admin') } }],
    ['a time before the change was shown', REVIEWER, '2026-11-23T11:00:00Z', {}],
    [
      'another version of the change',
      REVIEWER,
      later,
      { lastEvaluation: { fingerprint: 'b'.repeat(64), since: '2026-11-23T12:00:00Z', status: 's' } },
    ],
    ['any time before the change was shown', REVIEWER, later, { lastEvaluation: null }],
    ['an unknown user', null, later, {}],
  ])('by or at %s is a claim', (of, by, at, more) => {
    const step = ticked(by, at, more);
    expect(step?.state).toBe('open');
    const current = /before|another/.test(of) ? {} : { current: true };
    expect(step?.tick).toEqual({ by: by?.login ?? 'unknown', at, counts: false, ...current });
  });

  test('at an unknown time is ignored', () => {
    expect(ticked(REVIEWER, null)).not.toHaveProperty('tick');
  });
});

describe('an enforced step', () => {
  const policy: Policy = {
    ...POLICY,
    requiredSteps: 'enforced',
    categories: POLICY.categories.map((one) =>
      one.id === 'configuration' ? { ...one, steps: ['finalize-configuration', 'confirm-walkthrough'] } : one,
    ),
  };
  const verdict = (ticks: PullRequestState['ticks'], findings = [finding('configuration')], of: Policy = policy) =>
    makePlan(input({ findings, policy: of, pullRequest: pullRequest(['go-live/configuration'], { ticks }) })).verdict;
  const tick = (step: string, by = REVIEWER) => ({ step, by, at: '2026-11-23T13:00:00Z' });

  test('blocks if it is open and required, and opens with a tick that counts', () => {
    expect(verdict([])).toBe('blocked');
    expect(verdict([tick('confirm-walkthrough')])).toBe('blocked');
    expect(verdict([tick('finalize-configuration', AUTHOR)])).toBe('blocked');
    expect(verdict([tick('finalize-configuration')])).toBe('passed');
  });
  test('blocks nothing with advisory findings and advisory policies', () => {
    expect(verdict([], [finding('configuration', { rule: { enforcement: 'advisory' } })])).toBe('passed');
    expect(verdict([], undefined, POLICY)).toBe('passed');
  });
});

test('patterns match anywhere in a large change at once', () => {
  const changedPaths = Array.from({ length: 5000 }, (_, index) => `src/${index}.cs`);
  const step: Step | undefined = POLICY.steps.find(({ id }) => id === 'update-walkthrough');
  expect(step?.evidence.files).toHaveLength(1);
  expect(
    only('update-walkthrough', [finding('signup-workflow')], { changedPaths: [...changedPaths, 'a/walkthrough.md'] })
      ?.state,
  ).toBe('done');
});
