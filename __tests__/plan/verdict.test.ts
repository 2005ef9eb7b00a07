import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { PullRequestState } from '../../src/model/pull-request.ts';
import type { Problem } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import {
  AUTHOR,
  change,
  EMERGENCY_LABEL,
  FINGERPRINT,
  finding,
  input,
  POLICY,
  POLICY_WITH_BREAK_GLASS,
  pullRequest,
  REVIEWER,
  rights,
} from './sample.ts';

const problem = (severity: Problem['severity'], file?: string): Problem => ({
  id: 'sample',
  severity,
  message: 'Sample.',
  ...(file === undefined ? {} : { file }),
});

const ALL = POLICY.categories.flatMap(({ label }) => (label === null ? [] : [label]));
const unreadable = { document: { ...change().document, state: 'unreadable' as const } };

const verdict = (
  findings: readonly Finding[],
  problems: readonly Problem[] = [],
  state = pullRequest(ALL),
  policy = POLICY,
) => makePlan(input({ findings, problems, pullRequest: state, policy })).verdict;

describe('with every label', () => {
  test.each([
    ['configuration passes', [finding('configuration')], [], 'passed'],
    ['a secret never passes', [finding('secret')], [], 'blocked'],
    ['a secret among others never passes', [finding('configuration'), finding('secret')], [], 'blocked'],
    ['advice blocks nothing', [finding('configuration')], [problem('advice')], 'passed'],
    ['a refusal blocks', [finding('configuration')], [problem('refused', 'app/manifest.xml')], 'blocked'],
    ['a failure is an error', [finding('configuration')], [problem('error')], 'error'],
    ['a failure is an error beside a secret', [finding('secret')], [problem('error')], 'error'],
    [
      'an unreadable file is cleared like its finding',
      [finding('unknown', { change: unreadable })],
      [problem('unreadable', 'app/manifest.xml')],
      'passed',
    ],
    [
      'an unreadable file without a finding blocks',
      [finding('configuration')],
      [problem('unreadable', 'other.xml')],
      'blocked',
    ],
    [
      'an unreadable file with a finding that only informs blocks',
      [finding('deployment')],
      [problem('unreadable', 'app/manifest.xml')],
      'blocked',
    ],
    ['a problem without a file blocks', [], [problem('unreadable')], 'blocked'],
    [
      'an advisory finding on the file is enough',
      [finding('unknown', { rule: { enforcement: 'advisory' } })],
      [problem('unreadable', 'app/manifest.xml')],
      'passed',
    ],
  ])('%s', (_, findings, problems, expected) => {
    expect(verdict(findings, problems)).toBe(expected);
  });
});

describe('without any label', () => {
  test.each(POLICY.categories.map(({ id, blocks }) => [id, blocks === 'never' ? 'passed' : 'blocked']))(
    '%s has the verdict %s',
    (id, expected) => {
      expect(verdict([finding(id)], [], pullRequest())).toBe(expected);
    },
  );
  test.each(POLICY.categories.map(({ id }) => [id]))('%s by an advisory rule passes and requires no label', (id) => {
    const advisory = finding(id, { rule: { enforcement: 'advisory' } });
    const report = makePlan(input({ findings: [advisory] }));
    expect(report).toMatchObject({ verdict: 'passed', categories: [id], labels: { required: [] } });
    expect(report.changes[0]?.enforcement).toBe('advisory');
  });
  test('every category requires its label, in the order of the policy', () => {
    const findings = [finding('certificate'), finding('signup-workflow', { also: ['configuration'] })];
    expect(makePlan(input({ findings })).labels.required).toEqual([
      'go-live/signup-workflow',
      'go-live/certificate',
      'go-live/configuration',
    ]);
  });
  test('a category without a label remains blocked', () => {
    const categories = POLICY.categories.map((one) => (one.id === 'configuration' ? { ...one, label: null } : one));
    expect(verdict([finding('configuration')], [], pullRequest(ALL), { ...POLICY, categories })).toBe('blocked');
  });
});

test.each(['enforce', 'report'] as const)('mode %s has the same verdict', (mode) => {
  const report = makePlan(input({ findings: [finding('configuration')], mode }));
  expect(report).toMatchObject({ verdict: 'blocked', evaluation: { mode } });
});

describe('break-glass', () => {
  const policy = POLICY_WITH_BREAK_GLASS;
  const reason = 'Break-glass: sign-in is down for everyone';
  const state = (more: Partial<PullRequestState> = {}) =>
    pullRequest([EMERGENCY_LABEL], { description: reason, ...more });
  const plan = (findings: readonly Finding[], of = state(), more = {}) =>
    makePlan(input({ findings, pullRequest: of, policy, ...more }));

  test('lets a change pass that labels would clear, and names user, reason and end', () => {
    const report = plan([finding('signup-workflow'), finding('unknown')]);
    expect(report.verdict).toBe('passed');
    expect(report.breakGlass).toEqual({
      label: EMERGENCY_LABEL,
      by: 'octo-reviewer',
      at: '2026-11-23T13:00:00Z',
      until: '2026-11-23T19:00:00Z',
      reason: 'sign-in is down for everyone',
    });
    expect(report.labels.missing).toHaveLength(2);
  });

  test('lets a refused change and open steps pass', () => {
    const enforced: Policy = { ...policy, requiredSteps: 'enforced' };
    expect(
      plan([finding('configuration')], state(), { policy: enforced, problems: [problem('refused')] }).verdict,
    ).toBe('passed');
  });

  test.each([
    ['a secret', [finding('configuration'), finding('secret')], []],
    ['an unreadable policy', [finding('governance', { change: { setting: 'policy', ...unreadable } })], []],
    [
      'a policy that a problem calls unreadable',
      [finding('governance', { change: { setting: 'policy', file: 'p.yml' } })],
      [problem('unreadable', 'p.yml')],
    ],
  ])('never clears %s', (_, findings, problems) => {
    const report = plan(findings, state(), { problems });
    expect(report.verdict).toBe('blocked');
    expect(report).not.toHaveProperty('breakGlass');
  });

  test('never turns a failure into a pass', () => {
    expect(plan([finding('configuration')], state(), { problems: [problem('error')] }).verdict).toBe('error');
  });

  test('clears a readable change to the policy', () => {
    expect(plan([finding('governance', { change: { setting: 'policy' } })]).verdict).toBe('passed');
  });

  const event = (actor: typeof REVIEWER, at: string) => [{ label: EMERGENCY_LABEL, actor, at }];
  test.each([
    ['without a reason', state({ description: 'Urgent!' }), /no line that says why/],
    ['with an empty reason', state({ description: 'Break-glass:  ' }), /no line that says why/],
    ['with a hidden reason', state({ description: `<!-- ${reason} -->` }), /no line that says why/],
    [
      'after its hours',
      state({
        labelEvents: event(REVIEWER, '2026-11-23T12:00:00Z'),
        lastEvaluation: { fingerprint: FINGERPRINT, since: '2026-11-23T11:00:00Z', status: 's' },
      }),
      /expired after 6 hours/,
    ],
    ['by the author', state({ labelEvents: event(AUTHOR, '2026-11-23T13:00:00Z') }), /is an author/],
    [
      'by an administrator who is not named',
      state({
        labelEvents: event({ login: 'boss', id: 5, bot: false }, '2026-11-23T13:00:00Z'),
        rights: { boss: rights('admin') },
      }),
      /cannot approve/,
    ],
    [
      'for another change',
      state({ lastEvaluation: { fingerprint: 'b'.repeat(64), since: '2026-11-23T12:00:00Z', status: 's' } }),
      /earlier version of this change/,
    ],
    ['before the change was shown', state({ lastEvaluation: null }), /before the gate had published/],
  ])('does not count %s', (_, of, why) => {
    const report = plan([finding('configuration')], of);
    expect(report.verdict).toBe('blocked');
    expect(report.labels.rejected).toEqual([
      expect.objectContaining({ label: EMERGENCY_LABEL, reason: expect.stringMatching(why) }),
    ]);
    expect(report).not.toHaveProperty('breakGlass');
  });

  test('counts until the last second', () => {
    expect(plan([finding('configuration')], state(), { now: '2026-11-23T18:59:59Z' }).verdict).toBe('passed');
    expect(plan([finding('configuration')], state(), { now: '2026-11-23T19:00:00Z' }).verdict).toBe('blocked');
  });

  test('is not listed when it was not needed', () => {
    expect(plan([finding('deployment')])).not.toHaveProperty('breakGlass');
  });

  test('does nothing without the policy, nor on the command line', () => {
    expect(plan([finding('configuration')], state(), { policy: POLICY }).verdict).toBe('blocked');
    const local = { policy, pullRequest: null, commandLineLabels: [EMERGENCY_LABEL] };
    expect(makePlan(input({ findings: [finding('configuration')], ...local })).verdict).toBe('blocked');
  });

  test('has its reason as one plain line', () => {
    const report = plan([finding('configuration')], state({ description: `${reason}\u202E\u0000 \t now` }));
    expect(report.breakGlass?.reason).toBe('sign-in is down for everyone now');
  });
});
