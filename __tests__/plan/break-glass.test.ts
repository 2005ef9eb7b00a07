/** The emergency way through: what it takes, what it never clears, and the reason why it does not count. */
import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { PullRequestState } from '../../src/model/pull-request.ts';
import type { Problem } from '../../src/model/report.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import {
  AUTHOR,
  category,
  change,
  EMERGENCY_LABEL,
  FINGERPRINT,
  finding,
  input,
  POLICY,
  POLICY_WITH_BREAK_GLASS,
  pullRequest,
  REVIEWER,
} from './sample.ts';

const BY = 'Approvers: @octo-reviewer; not the authors of this change.';
const policy = POLICY_WITH_BREAK_GLASS;
const description = 'Break-glass: sign-in is down';
const state = (more: Partial<PullRequestState> = {}) => pullRequest([EMERGENCY_LABEL], { description, ...more });
const plan = (findings: readonly Finding[], pull: PullRequestState | null = state(), more: Partial<PlanInput> = {}) =>
  makePlan(input({ findings, pullRequest: pull, policy, ...more }));

const CONFIGURATION = [finding('configuration')];
const HELD = {
  label: EMERGENCY_LABEL,
  by: 'octo-reviewer',
  at: '2026-11-23T13:00:00Z',
  until: '2026-11-23T19:00:00Z',
  reason: 'sign-in is down',
};

describe('break-glass is not used', () => {
  test.each<[string, PullRequestState | null, Partial<PlanInput>]>([
    ['no label at all', state({ labels: [] }), {}],
    ['a label with a similar name', state({ labels: ['go-live/emergencies'] }), {}],
    ['a label that the policy does not name', state(), { policy: POLICY }],
    ['a label on the command line', null, { commandLineLabels: [EMERGENCY_LABEL] }],
  ])('with %s', (_, pull, more) => {
    const report = plan(CONFIGURATION, pull, more);
    expect(report.verdict).toBe('blocked');
    expect(report).not.toHaveProperty('breakGlass');
    expect(report.labels.missing).toStrictEqual(['go-live/configuration']);
    expect(report.labels.rejected).toStrictEqual([]);
  });
});

describe('break-glass clears', () => {
  const unreadable = { document: { ...change().document, state: 'unreadable' as const } };
  const problem = (severity: Problem['severity'], file = 'app/manifest.xml'): Problem => ({
    id: 'sample',
    severity,
    file,
    message: 'Sample.',
  });
  const ofPolicy = finding('governance', { change: { setting: 'policy', file: '.github/go-live.yml' } });

  test.each<[string, readonly Finding[], readonly Problem[]]>([
    ['a missing label', CONFIGURATION, []],
    ['an unreadable file other than the policy', [finding('unknown', { change: unreadable })], []],
    ['an unreadable file without a finding', CONFIGURATION, [problem('unreadable', 'other.xml')]],
    ['a changed policy with advice', [ofPolicy], [problem('advice', '.github/go-live.yml')]],
    ['a changed policy with a refusal', [ofPolicy], [problem('refused', '.github/go-live.yml')]],
    ['a changed policy beside another unreadable file', [ofPolicy], [problem('unreadable')]],
    [
      'a changed policy beside a problem without a file',
      [ofPolicy],
      [{ id: 'x', severity: 'unreadable', message: 'X.' }],
    ],
  ])('%s, and the report says so', (_, findings, problems) => {
    const report = plan(findings, state(), { problems });
    expect(report.verdict).toBe('passed');
    expect(report.breakGlass).toStrictEqual(HELD);
    expect(report.labels.rejected).toStrictEqual([]);
  });

  const locked: Policy = { ...policy, categories: [category('locked', { label: null }), ...POLICY.categories] };
  test.each<[string, readonly Finding[], readonly Problem[], 'blocked' | 'error']>([
    ['a failure', CONFIGURATION, [problem('error')], 'error'],
    ['a secret', [finding('secret')], [], 'blocked'],
    [
      'one secret that blocks beside one that only informs',
      [finding('secret', { rule: { enforcement: 'advisory' } }), finding('secret')],
      [],
      'blocked',
    ],
    ['a category whose label is missing in the policy', [finding('locked')], [], 'blocked'],
    ['an unreadable policy', [{ ...ofPolicy, change: { ...ofPolicy.change, ...unreadable } }], [], 'blocked'],
    ['a policy that a problem calls unreadable', [ofPolicy], [problem('unreadable', '.github/go-live.yml')], 'blocked'],
    [
      'the policy among several unreadable files',
      [ofPolicy, ...CONFIGURATION],
      [problem('unreadable'), problem('unreadable', '.github/go-live.yml')],
      'blocked',
    ],
  ])('never %s', (_, findings, problems, verdict) => {
    const report = plan(findings, state(), { problems, policy: locked });
    expect(report.verdict).toBe(verdict);
    expect(report).not.toHaveProperty('breakGlass');
  });
});

test.each<[string, readonly Finding[], Partial<PullRequestState>]>([
  ['nothing blocks', [finding('deployment')], {}],
  ['there is no change', [], {}],
  [
    'every label is there',
    CONFIGURATION,
    {
      labels: [EMERGENCY_LABEL, 'go-live/configuration'],
      labelEvents: [EMERGENCY_LABEL, 'go-live/configuration'].map((label) => ({
        label,
        actor: REVIEWER,
        at: '2026-11-23T13:00:00Z',
      })),
    },
  ],
])('break-glass remains complete when %s', (_, findings, more) => {
  const report = plan(findings, state(more));
  expect(report.verdict).toBe('passed');
  expect(report).not.toHaveProperty('breakGlass');
  expect(report.labels.rejected).toStrictEqual([]);
});

describe('break-glass is refused with a reason', () => {
  const put = (actor: typeof REVIEWER, at: string) => ({ labelEvents: [{ label: EMERGENCY_LABEL, actor, at }] });
  const at = '2026-11-23T13:00:00Z';
  test.each<[string, Partial<PullRequestState>, Partial<PlanInput>, object]>([
    [
      'without a reason',
      { description: 'Break-glass' },
      {},
      {
        by: 'octo-reviewer',
        at,
        reason: `The description has no line that says why: "Break-glass: the reason". ${BY}`,
      },
    ],
    [
      'in the second in which it expires',
      {},
      { now: '2026-11-23T19:00:00Z' },
      { by: 'octo-reviewer', at, reason: `It expired after 6 hours. ${BY}` },
    ],
    [
      'by an author',
      put(AUTHOR, at),
      {},
      { by: 'octo-author', at, reason: `octo-author added it and is an author of this change. ${BY}` },
    ],
    [
      'for an earlier version, and it is removed',
      { lastEvaluation: { fingerprint: 'b'.repeat(64), since: '2026-11-23T12:00:00Z', status: 's' } },
      {},
      {
        by: 'octo-reviewer',
        at,
        reason: `octo-reviewer added it for an earlier version of this change. ${BY}`,
        dropped: true,
      },
    ],
    [
      'without a history',
      { labelEvents: [] },
      {},
      {
        reason: `GitHub's timeline does not say who added this label and when. Remove it and add it again. ${BY}`,
      },
    ],
  ])('%s', (_, pull, more, rejected) => {
    const report = plan(CONFIGURATION, state(pull), more);
    expect(report.verdict).toBe('blocked');
    expect(report).not.toHaveProperty('breakGlass');
    expect(report.labels.rejected).toStrictEqual([{ label: EMERGENCY_LABEL, ...rejected }]);
  });
});

test.each([
  ['whole hours', '2026-11-23T13:00:00Z', '2026-11-23T19:00:00Z'],
  ['over midnight', '2026-11-23T17:59:59Z', '2026-11-23T23:59:59Z'],
  ['an offset, shown in UTC', '2026-11-23T08:30:00-05:00', '2026-11-23T19:30:00Z'],
  ['parts of a second, which are not shown', '2026-11-23T13:00:00.250Z', '2026-11-23T19:00:00Z'],
])('break-glass expires hours after it was added with %s', (_, at, until) => {
  const pull = state({ labelEvents: [{ label: EMERGENCY_LABEL, actor: REVIEWER, at }] });
  expect(plan(CONFIGURATION, pull).breakGlass).toStrictEqual({ ...HELD, at, until });
});

test('break-glass for the present version is not older than it', () => {
  const stood = (since: string) => state({ lastEvaluation: { fingerprint: FINGERPRINT, since, status: 's' } });
  expect(plan(CONFIGURATION, stood('2026-11-23T12:59:59Z')).verdict).toBe('passed');
  expect(plan(CONFIGURATION, stood('2026-11-23T13:00:00Z')).verdict).toBe('blocked');
});
