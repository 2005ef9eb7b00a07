/** Approving reviews: when they count as the label, how many people are needed, and what is said where they do not. */
import type { ApproverRule } from '../../src/model/policy.ts';
import type { ApprovingReview, PullRequestState } from '../../src/model/pull-request.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { describeStatus } from '../../src/render/status.ts';
import { AUTHOR, account, FINGERPRINT, finding, input, POLICY, pullRequest, REVIEWER, rights } from './sample.ts';

const LABEL = 'go-live/configuration';
const OTHER = account('octo-other', 3);
const AT = '2026-11-23T13:00:00Z';

const review = (by = REVIEWER, more: Partial<ApprovingReview> = {}): ApprovingReview => ({
  by,
  at: AT,
  isCurrent: true,
  ...more,
});

function decide(rule: Partial<ApproverRule>, state: Partial<PullRequestState>, labels: readonly string[] = []) {
  const known = { 'octo-reviewer': rights('write'), 'octo-other': rights('write'), 'octo-author': rights('admin') };
  const report = makePlan(
    input({
      findings: [finding('configuration')],
      pullRequest: pullRequest(labels, { rights: known, ...state }),
      policy: {
        ...POLICY,
        approvers: { default: { role: 'write', users: [], teams: [], notAuthor: true, ...rule } },
      },
    }),
  );
  const { accepted, rejected, missing } = report.labels;
  return { people: accepted.map(({ by }) => by), rejected, missing, status: describeStatus(report) };
}

const only = (approvingReviews: readonly ApprovingReview[]) => ({ approvingReviews });

test('a review counts as the label only if the rule says so', () => {
  expect(decide({ by: 'review' }, only([review()]))).toMatchObject({ people: ['octo-reviewer'], missing: [] });
  expect(decide({}, only([review()]))).toMatchObject({ people: [], rejected: [], missing: [LABEL] });
  expect(decide({ by: 'review' }, {}, [LABEL]).people).toEqual(['octo-reviewer']);
});

test.each<[string, Partial<PullRequestState>]>([
  ['of another head or base', only([review(REVIEWER, { isCurrent: false })])],
  ['before the change was shown', only([review(REVIEWER, { at: '2026-11-23T12:00:00Z' })])],
  ['at no known time', only([review(REVIEWER, { at: '' })])],
  [
    'of another change',
    { ...only([review()]), lastEvaluation: { fingerprint: 'b', since: '2026-11-23T12:00:00Z', status: '' } },
  ],
  ['without an evaluation before it', { ...only([review()]), lastEvaluation: null }],
  [
    'after an evaluation without a time',
    { ...only([review()]), lastEvaluation: { fingerprint: FINGERPRINT, since: '', status: '' } },
  ],
])('a review %s must be repeated', (_, state) => {
  const { people, rejected, status } = decide({ by: 'review' }, state);
  expect([people, status]).toEqual([[], `Blocked: further approvals are needed: ${LABEL}.`]);
  expect(rejected).toMatchObject([
    { by: 'octo-reviewer', pending: true, reason: expect.stringContaining('Approve again.') },
  ]);
});

test.each<[string, Partial<PullRequestState>]>([
  ['an author', only([review(AUTHOR)])],
  ['a user without the role', only([review(account('octo-reader', 9))])],
  ['a bot', only([review(account('octo-bot[bot]', 8, true))])],
  ['the account of deleted users', only([review(account('ghost', 10_137))])],
  ['a user who pushed', { ...only([review()]), pushers: [2] }],
])('a review by %s is not reported', (_, state) => {
  expect(decide({ by: 'review' }, state)).toMatchObject({ people: [], rejected: [], missing: [LABEL] });
});

describe('two approvals', () => {
  const two = { approvals: 2 } as const;

  test('are the label and a review by another user', () => {
    expect(decide(two, only([review(OTHER)]), [LABEL])).toMatchObject({ people: ['octo-reviewer', 'octo-other'] });
  });

  test.each<[string, readonly ApprovingReview[]]>([
    ['no other user', []],
    ['the same user', [review()]],
    ['the same user in another spelling', [review(account('Octo-Reviewer', 2))]],
  ])('are not the label and a review by %s', (_, reviews) => {
    const { people, rejected, missing, status } = decide(two, only(reviews), [LABEL]);
    expect([people, missing, status]).toEqual([[], [LABEL], `Blocked: further approvals are needed: ${LABEL}.`]);
    expect(rejected).toMatchObject([{ by: 'octo-reviewer', pending: true }]);
    expect(rejected[0]?.reason).toContain('1 of 2 approvals: octo-reviewer.');
  });

  test('are not two reviews without the label, unless reviews count as it', () => {
    const reviews = only([review(), review(OTHER)]);
    expect(decide(two, reviews)).toMatchObject({ people: [], rejected: [], missing: [LABEL] });
    expect(decide({ ...two, by: 'review' }, reviews).people).toEqual(['octo-reviewer', 'octo-other']);
  });

  test('do not include a label that does not count, which is removed if it is stale', () => {
    const late = { labelEvents: [{ label: LABEL, actor: REVIEWER, at: '2026-11-23T11:00:00Z' }] };
    const both = { ...late, ...only([review(), review(OTHER)]) };
    expect(decide(two, both, [LABEL])).toMatchObject({ people: [], rejected: [{ dropped: true }] });
    const byReview = decide({ ...two, by: 'review' }, both, [LABEL]);
    expect(byReview).toMatchObject({
      people: ['octo-reviewer', 'octo-other'],
      rejected: [{ dropped: true }],
      missing: [],
    });
  });
});
