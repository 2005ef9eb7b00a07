/** When a label counts: which of its events is the last, since when the change was, and what becomes of former approvals. */
import type { Policy } from '../../src/model/policy.ts';
import type { LabelEvent, PullRequestState } from '../../src/model/pull-request.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { AUTHOR, category, FINGERPRINT, finding, input, POLICY, pullRequest, REVIEWER } from './sample.ts';

const LABEL = 'go-live/configuration';
const WRITE = 'Approvers: users with write access or higher; not the authors of this change.';

const labels = (state: PullRequestState | null, more: Partial<Parameters<typeof input>[0]> = {}) =>
  makePlan(input({ findings: [finding('configuration')], pullRequest: state, ...more })).labels;

const event = (actor: LabelEvent['actor'], at: string | null, label = LABEL): LabelEvent => ({ label, actor, at });
const events = (...labelEvents: readonly LabelEvent[]) => pullRequest([LABEL], { labelEvents });

describe('the last event of a label decides', () => {
  const ONE = '2026-11-23T13:00:00Z';
  const TWO = '2026-11-23T13:00:01Z';
  test.each([
    ['the reviewer after the author', [event(AUTHOR, ONE), event(REVIEWER, TWO)], true],
    ['the reviewer after the author, listed in the other order', [event(REVIEWER, TWO), event(AUTHOR, ONE)], true],
    ['the author after the reviewer', [event(REVIEWER, ONE), event(AUTHOR, TWO)], false],
    ['the author after the reviewer, listed in the other order', [event(AUTHOR, TWO), event(REVIEWER, ONE)], false],
    ['the author between two of the reviewer', [event(REVIEWER, ONE), event(AUTHOR, TWO), event(REVIEWER, ONE)], false],
    ['within one second the later in the list: the reviewer', [event(AUTHOR, ONE), event(REVIEWER, ONE)], true],
    ['within one second the later in the list: the author', [event(REVIEWER, ONE), event(AUTHOR, ONE)], false],
    [
      'the later one by time, not by text',
      [event(AUTHOR, '2026-11-23T14:30:00+01:00'), event(REVIEWER, '2026-11-23T13:40:00Z')],
      true,
    ],
    ['another case of the label', [event(REVIEWER, ONE), event(AUTHOR, TWO, LABEL.toUpperCase())], false],
    ['the label only, not another one', [event(REVIEWER, ONE), event(AUTHOR, TWO, 'go-live/configurations')], true],
    ['the label only, not another one without a time', [event(AUTHOR, null, 'other'), event(REVIEWER, ONE)], true],
  ])('for %s', (_, of, counts) => {
    expect(labels(events(...of)).accepted.map(({ by }) => by)).toStrictEqual(counts ? ['octo-reviewer'] : []);
  });

  const UNSAID = `GitHub's timeline does not say who added this label and when. Remove it and add it again. ${WRITE}`;
  test.each([
    ['no event', [], {}],
    ['only events of another label', [event(REVIEWER, ONE, 'other')], {}],
    ['nobody', [event(null, ONE)], { at: ONE }],
    ['no time', [event(REVIEWER, null)], { by: 'octo-reviewer' }],
    ['neither', [event(null, null)], {}],
    ['a broken time', [event(REVIEWER, 'soon')], { by: 'octo-reviewer', at: 'soon' }],
    ['an event without a time beside a valid one', [event(REVIEWER, ONE), event(AUTHOR, null)], { by: 'octo-author' }],
    ['an event without a time before a valid one', [event(AUTHOR, null), event(REVIEWER, ONE)], { by: 'octo-author' }],
    ['a broken time beside a valid one', [event(AUTHOR, '-'), event(REVIEWER, ONE)], { by: 'octo-author', at: '-' }],
    ['a broken time after a valid one', [event(REVIEWER, ONE), event(AUTHOR, '-')], { by: 'octo-author', at: '-' }],
    ['a valid event without a user after one of the reviewer', [event(REVIEWER, ONE), event(null, TWO)], { at: TWO }],
  ])('and %s proves nothing', (_, of, origin) => {
    expect(labels(events(...of))).toStrictEqual({
      required: [LABEL],
      missing: [LABEL],
      accepted: [],
      rejected: [{ label: LABEL, ...origin, reason: UNSAID }],
      approvers: { [LABEL]: 'users with write access or higher; not the authors of this change' },
    });
  });
});

describe('a label with the wrong time', () => {
  const stood = (since: string, fingerprint = FINGERPRINT) => ({ fingerprint, since, status: 'status/1' });
  test.each([
    [
      'before the first evaluation',
      null,
      {
        reason: `octo-reviewer added it before the gate had published this change. Remove it and add it again. ${WRITE}`,
      },
    ],
    [
      'for another state of the change',
      stood('2026-11-23T12:00:00Z', 'b'.repeat(64)),
      {
        reason: `octo-reviewer added it for an earlier version of this change. ${WRITE}`,
        dropped: true,
      },
    ],
    [
      'in the second in which the change was shown',
      stood('2026-11-23T13:00:00Z'),
      {
        reason: `octo-reviewer added it before the gate had published this change (2026-11-23T13:00:00Z). ${WRITE}`,
        dropped: true,
      },
    ],
  ])('is reported when it was added %s', (_, lastEvaluation, more) => {
    expect(labels(pullRequest([LABEL], { lastEvaluation })).rejected).toStrictEqual([
      { label: LABEL, by: 'octo-reviewer', at: '2026-11-23T13:00:00Z', ...more },
    ]);
  });
});

describe('a label that is no longer required', () => {
  const FORMER = 'go-live/signup-workflow';
  const lastEvaluation = { fingerprint: 'b'.repeat(64), since: '2026-11-20T12:00:00Z', status: 'status/0' };
  const put = (at: string | null, more: Partial<PullRequestState> = {}, actor: LabelEvent['actor'] = REVIEWER) =>
    pullRequest([FORMER], { lastEvaluation, labelEvents: [event(actor, at, FORMER)], ...more });
  const MOVED = `octo-reviewer added it for an earlier version of this change. ${WRITE}`;

  test('is removed if it was valid for the earlier version', () => {
    expect(labels(put('2026-11-20T12:00:01Z')).rejected).toStrictEqual([
      { label: FORMER, by: 'octo-reviewer', at: '2026-11-20T12:00:01Z', reason: MOVED, dropped: true },
    ]);
  });

  test.each<[string, PullRequestState]>([
    ['of the second in which the earlier version was shown', put('2026-11-20T12:00:00Z')],
    ['of a time before that', put('2026-11-19T12:00:00Z')],
    ['of the author', put('2026-11-21T00:00:00Z', {}, AUTHOR)],
    ['without a time', put(null)],
    [
      'with a broken time of the evaluation',
      put('2026-11-21T00:00:00Z', { lastEvaluation: { ...lastEvaluation, since: '' } }),
    ],
    ['removed', put('2026-11-21T00:00:00Z', { labels: [] })],
    ['without an earlier version', put('2026-11-21T00:00:00Z', { lastEvaluation: null })],
    [
      'before the unchanged change',
      put('2026-11-20T11:00:00Z', { lastEvaluation: { ...lastEvaluation, fingerprint: FINGERPRINT } }),
    ],
    [
      'after the unchanged change',
      put('2026-11-21T00:00:00Z', { lastEvaluation: { ...lastEvaluation, fingerprint: FINGERPRINT } }),
    ],
  ])('is left alone if it is %s', (_, state) => {
    expect(labels(state).rejected).toStrictEqual([]);
  });

  test('is reported once if two categories share it, and never if one of them requires it', () => {
    const twin = category('twin', { label: FORMER });
    const policy: Policy = { ...POLICY, categories: [twin, ...POLICY.categories] };
    const state = put('2026-11-21T00:00:00Z');
    expect(labels(state, { policy }).rejected.map(({ label }) => label)).toStrictEqual([FORMER]);
    const asked = labels(state, { policy, findings: [finding('twin')] });
    expect(asked).toMatchObject({ required: [FORMER], missing: [FORMER] });
    expect(asked.rejected.map(({ label }) => label)).toStrictEqual([FORMER]);
  });
});

test('a label on the command line counts in any case, and a missing one is only missing', () => {
  expect(labels(null, { commandLineLabels: ['GO-LIVE/Configuration'] })).toStrictEqual({
    required: [LABEL],
    missing: [],
    accepted: [{ label: LABEL, by: 'command line', at: '2026-11-23T18:00:00Z' }],
    rejected: [],
    approvers: { [LABEL]: 'users with write access or higher; not the authors of this change' },
  });
  expect(labels(null, { commandLineLabels: ['go-live/certificate', 'go-live/configurations'] })).toStrictEqual({
    required: [LABEL],
    missing: [LABEL],
    accepted: [],
    rejected: [],
    approvers: { [LABEL]: 'users with write access or higher; not the authors of this change' },
  });
});
