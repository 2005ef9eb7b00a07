import type { ApproverRule, Policy } from '../../src/model/policy.ts';
import type { PullRequestState } from '../../src/model/pull-request.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { AUTHOR, account, FINGERPRINT, finding, input, POLICY, pullRequest, REVIEWER, rights } from './sample.ts';

const LABEL = 'go-live/configuration';
const CONFIGURATION = [finding('configuration')];

const plan = (state: PullRequestState | null, policy: Policy = POLICY, more = {}) =>
  makePlan(input({ findings: CONFIGURATION, pullRequest: state, policy, ...more }));

const byActor = (actor: ReturnType<typeof account> | null, more: Partial<PullRequestState> = {}) =>
  pullRequest([LABEL], { labelEvents: [{ label: LABEL, actor, at: '2026-11-23T13:00:00Z' }], ...more });

const withRule = (rule: Partial<ApproverRule>): Policy => ({
  ...POLICY,
  approvers: { ...POLICY.approvers, [LABEL]: { role: null, users: [], teams: [], notAuthor: true, ...rule } },
});

test('a label by an approver after the change was shown clears the category and is recorded', () => {
  const report = plan(pullRequest([LABEL]));
  expect(report.verdict).toBe('passed');
  expect(report.labels).toEqual({
    required: [LABEL],
    missing: [],
    accepted: [
      { label: LABEL, by: 'octo-reviewer', at: '2026-11-23T13:00:00Z', fingerprint: FINGERPRINT, status: 'status/1' },
    ],
    rejected: [],
    approvers: { [LABEL]: 'users with write access or higher; not the authors of this change' },
  });
});

test('a change without a label does not pass', () => {
  const report = plan(pullRequest());
  expect(report.verdict).toBe('blocked');
  expect(report.labels).toMatchObject({ missing: [LABEL], accepted: [], rejected: [] });
});

const old = { fingerprint: 'b'.repeat(64), since: '2026-11-20T12:00:00Z', status: 'status/0' };
const lastEvaluation = (since: string) => ({ fingerprint: FINGERPRINT, since, status: 'status/1' });
const acme = { teams: ['acme/go-live'] };

const REJECTED: readonly [string, PullRequestState, Policy, RegExp, boolean][] = [
  ['the pull request author', byActor(AUTHOR), POLICY, /octo-author added it and is an author/, false],
  [
    'an author by id under another login',
    byActor(account('renamed', 1)),
    POLICY,
    /renamed added it and is an author/,
    false,
  ],
  ['an author in another case', byActor(account('Octo-Author', 99)), POLICY, /is an author/, false],
  ['an author who is named as approver', byActor(AUTHOR), withRule({ users: ['octo-author'] }), /is an author/, false],
  [
    'a bot with write access',
    byActor(account('robot', 3, true), { rights: { robot: rights('admin') } }),
    POLICY,
    /robot is a bot/,
    false,
  ],
  ['a deleted account', byActor(account('ghost', 10_137)), POLICY, /account that added it does not exist/, false],
  [
    'a deleted account by its id',
    byActor(account('deleted', 10_137)),
    POLICY,
    /account that added it does not exist/,
    false,
  ],
  ['an unknown user', byActor(null), POLICY, /does not say who/, false],
  ['no event at all', pullRequest([LABEL], { labelEvents: [] }), POLICY, /does not say who/, false],
  [
    'a removal after it was added',
    pullRequest([LABEL], {
      labelEvents: [{ label: LABEL, actor: REVIEWER, at: '2026-11-23T13:00:00Z', removed: true }],
    }),
    POLICY,
    /does not say who/,
    false,
  ],
  [
    'an event without a time',
    pullRequest([LABEL], { labelEvents: [{ label: LABEL, actor: REVIEWER, at: null }] }),
    POLICY,
    /does not say who/,
    false,
  ],
  [
    'an event with a broken time',
    pullRequest([LABEL], { labelEvents: [{ label: LABEL, actor: REVIEWER, at: 'yesterday' }] }),
    POLICY,
    /does not say who/,
    false,
  ],
  [
    'triage only',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('triage') } }),
    POLICY,
    /repository role triage/,
    false,
  ],
  [
    'no longer a collaborator',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('none') } }),
    POLICY,
    /repository role none/,
    false,
  ],
  [
    'rights unknown',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('unknown') } }),
    POLICY,
    /did not say which rights/,
    false,
  ],
  ['rights not asked', byActor(REVIEWER, { rights: {} }), POLICY, /did not say which rights/, false],
  [
    'write where maintain is required',
    byActor(REVIEWER),
    withRule({ role: 'maintain' }),
    /repository role write.*maintain access or higher/,
    false,
  ],
  ['not one of the users', byActor(REVIEWER), withRule({ users: ['octocat'] }), /cannot approve.*@octocat/, false],
  [
    'not in the team',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('admin', { teams: { 'acme/go-live': false } }) } }),
    withRule(acme),
    /members of acme\/go-live/,
    false,
  ],
  [
    'a team that was not read',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('admin') } }),
    withRule(acme),
    /team-token is missing/,
    false,
  ],
  [
    'a team that cannot be read',
    byActor(REVIEWER, {
      rights: {
        'octo-reviewer': rights('admin', { unansweredTeams: { 'acme/go-live': 'the token lacks read:org.' } }),
      },
    }),
    withRule(acme),
    /acme\/go-live: the token lacks read:org/,
    false,
  ],
  ['a rule without approvers', byActor(REVIEWER), withRule({}), /none, because the policy names no approver/, false],
  [
    'before the first evaluation',
    pullRequest([LABEL], { lastEvaluation: null }),
    POLICY,
    /before the gate had published.*add it again/,
    false,
  ],
  [
    'a label for another version of the change',
    pullRequest([LABEL], { lastEvaluation: old }),
    POLICY,
    /earlier version of this change/,
    true,
  ],
  [
    'before the change was shown',
    pullRequest([LABEL], { lastEvaluation: lastEvaluation('2026-11-23T14:00:00Z') }),
    POLICY,
    /before the gate had published/,
    true,
  ],
  [
    'in the same second',
    pullRequest([LABEL], { lastEvaluation: lastEvaluation('2026-11-23T13:00:00Z') }),
    POLICY,
    /before the gate had published/,
    true,
  ],
  [
    'in the same second, with milliseconds',
    pullRequest([LABEL], {
      lastEvaluation: lastEvaluation('2026-11-23T13:00:00.100Z'),
      labelEvents: [{ label: LABEL, actor: REVIEWER, at: '2026-11-23T13:00:00.900Z' }],
    }),
    POLICY,
    /before the gate had published/,
    true,
  ],
  [
    'a broken time of the evaluation',
    pullRequest([LABEL], { lastEvaluation: lastEvaluation('') }),
    POLICY,
    /before the gate had published/,
    true,
  ],
  ['a stale label by the author', byActor(AUTHOR, { lastEvaluation: old }), POLICY, /is an author/, false],
];

test.each(REJECTED)('a label does not count (%s)', (_, state, policy, reason, dropped) => {
  const report = plan(state, policy);
  expect(report.verdict).toBe('blocked');
  expect(report.labels.missing).toEqual([LABEL]);
  expect(report.labels.accepted).toEqual([]);
  expect(report.labels.rejected).toHaveLength(1);
  const [rejected] = report.labels.rejected;
  expect(rejected?.reason).toMatch(reason);
  expect(rejected?.reason).toMatch(/Approvers: /);
  expect(rejected?.dropped === true).toBe(dropped);
});

const ACCEPTED: readonly [string, PullRequestState, Policy][] = [
  ['one second later', pullRequest([LABEL], { lastEvaluation: lastEvaluation('2026-11-23T12:59:59Z') }), POLICY],
  ['a named user without any role', byActor(REVIEWER, { rights: {} }), withRule({ users: ['Octo-Reviewer'] })],
  ['a named bot', byActor(account('robot[bot]', 3, true)), withRule({ users: ['robot[bot]'] })],
  [
    'members of the team',
    byActor(REVIEWER, { rights: { 'octo-reviewer': rights('read', { teams: { 'acme/go-live': true } }) } }),
    withRule(acme),
  ],
  ['enough role although the team was not read', byActor(REVIEWER), withRule({ ...acme, role: 'write' })],
  ['an author where the policy allows it', byActor(AUTHOR), withRule({ role: 'write', notAuthor: false })],
  ['a label in another case', { ...pullRequest([LABEL]), labels: [LABEL.toUpperCase()] }, POLICY],
  [
    'a label that was added again after it was refused',
    pullRequest([LABEL], {
      labelEvents: [
        { label: LABEL, actor: REVIEWER, at: '2026-11-23T13:00:00Z' },
        { label: LABEL, actor: AUTHOR, at: '2026-11-23T12:30:00Z' },
      ],
    }),
    POLICY,
  ],
];

test.each(ACCEPTED)('a label counts (%s)', (_, state, policy) => {
  const report = plan(state, policy);
  expect(report.labels.rejected).toEqual([]);
  expect(report.verdict).toBe('passed');
});

test('an event for a label that has been removed does not count', () => {
  const report = plan(pullRequest([LABEL], { labels: [] }));
  expect(report.labels).toMatchObject({ missing: [LABEL], accepted: [], rejected: [] });
});

describe('a label that is no longer required', () => {
  const former = 'go-live/signup-workflow';
  const event = (at: string) => [{ label: former, actor: REVIEWER, at }];
  test.each([
    [
      'was valid for the earlier version, and is removed',
      pullRequest([former], { lastEvaluation: old, labelEvents: event('2026-11-21T00:00:00Z') }),
      true,
    ],
    [
      'was already stale, and is left alone',
      pullRequest([former], { lastEvaluation: old, labelEvents: event('2026-11-19T00:00:00Z') }),
      false,
    ],
    ['is for the unchanged change, and is left alone', pullRequest([former]), false],
    ['has no earlier version, and is left alone', pullRequest([former], { lastEvaluation: null }), false],
    [
      'was added by the author, and is left alone',
      pullRequest([former], {
        lastEvaluation: old,
        labelEvents: [{ label: former, actor: AUTHOR, at: '2026-11-21T00:00:00Z' }],
      }),
      false,
    ],
  ])('is handled when it %s', (_, state, dropped) => {
    const rejected = plan(state).labels.rejected.filter(({ label }) => label === former);
    expect(rejected.map((one) => one.dropped)).toEqual(dropped ? [true] : []);
  });
});

test('labels on the command line count without a user', () => {
  const report = plan(null, POLICY, { commandLineLabels: [LABEL, 'other'] });
  expect(report.verdict).toBe('passed');
  expect(report.labels.accepted).toEqual([{ label: LABEL, by: 'command line', at: '2026-11-23T18:00:00Z' }]);
  expect(report.evaluation.provenance).toBe('none');
  expect(plan(null).labels.missing).toEqual([LABEL]);
});

test('labels on the command line prove nothing on a pull request', () => {
  expect(plan(pullRequest(), POLICY, { commandLineLabels: [LABEL] }).verdict).toBe('blocked');
});

test('authors that GitHub does not know are counted, not named', () => {
  const report = plan(pullRequest([LABEL], { unknownAuthors: ['Jo Doe <jo@private.example>', 'x'] }));
  expect(report.verdict).toBe('passed');
  expect(report.problems).toEqual([expect.objectContaining({ id: 'author-without-account', severity: 'advice' })]);
  expect(JSON.stringify(report)).not.toMatch(/private\.example|Jo Doe/);
});

test('the approvers of each label are shown in words', () => {
  const policy = withRule({ role: 'admin', users: ['octocat'], teams: ['acme/go-live'], notAuthor: false });
  expect(plan(pullRequest(), policy).labels.approvers).toEqual({
    [LABEL]: 'users with admin access, or @octocat, or members of acme/go-live',
  });
});
