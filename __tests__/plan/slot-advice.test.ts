/** What is answered to a wanted push slot, word for word. */
import type { Policy } from '../../src/model/policy.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { days, finding, input, POLICY, pullRequest, weeks } from './sample.ts';

// Monday 23 November 2026, 10:00 Pacific; Thanksgiving is the Thursday. Two to three business days end on 25 to 27 November.
const MONDAY = '2026-11-23T18:00:00Z';
const POSSIBLE = 'Request the review today.';
const PAST = 'The slot has passed.';
const HOURS = 'Pushes happen between 09:00 and 17:00 (America/Los_Angeles).';
const move = (to: string) => `Ask for ${to} (America/Los_Angeles) or later.`;
const tight = (sure: string) => `The slot can be had only if the review is quick; ${sure} or later is safe.`;

interface Asked {
  readonly id?: string;
  readonly now?: string;
  readonly policy?: Policy;
}

const slot = (wanted: string, { id = 'configuration', now = MONDAY, policy = POLICY }: Asked = {}) =>
  makePlan(
    input({
      findings: [finding(id)],
      now,
      policy,
      pullRequest: pullRequest([], { description: `Go-live: ${wanted}` }),
    }),
  ).pushSlot;

const FREE: Policy = {
  ...POLICY,
  slotNotice: null,
  categories: POLICY.categories.map((one) => ({ ...one, leadTime: null })),
};
const notice = (slotNotice: Policy['slotNotice']): Policy => ({ ...POLICY, slotNotice });

test.each<[string, string, Asked, string]>([
  ['on the last day of the lead time', '2026-11-27 10:00', {}, POSSIBLE],
  ['on a day before the end', '2026-11-25 10:00', {}, tight('2026-11-27')],
  ['without an hour', '2026-12-15', {}, POSSIBLE],
  [
    'when nothing is pushed',
    '2026-11-28 03:00',
    { id: 'deployment' },
    'Nothing in this change waits for a push by Microsoft, so no slot is needed.',
  ],
  [
    'with unpublished waits',
    '2026-12-15 10:00',
    { id: 'master-child' },
    `${POSSIBLE} Waits without a published time come on top: addendum.`,
  ],
  [
    'when the notice ends later than the lead time',
    '2026-11-30 10:00',
    { policy: notice(days(4, 6)) },
    tight('2026-12-02'),
  ],
  [
    'when the notice starts earlier than the lead time',
    '2026-11-25 10:00',
    { policy: notice(days(1, 1)) },
    tight('2026-11-27'),
  ],
  ['when no notice is required', '2026-11-25 10:00', { policy: notice(null) }, tight('2026-11-27')],
  ['later today without a wait', '2026-11-23 10:01', { policy: FREE }, POSSIBLE],
  ['at some time today without a wait', '2026-11-23', { policy: FREE }, POSSIBLE],
  [
    'at some time today, a minute before the office closes',
    '2026-11-23',
    { policy: FREE, now: '2026-11-24T00:59:00Z' },
    POSSIBLE,
  ],
  [
    'weeks that end on a holiday: the next day is safe',
    '2026-11-20 10:00',
    { policy: notice(weeks(1, 2)), now: '2026-11-12T18:00:00Z' },
    tight('2026-11-27'),
  ],
])('a slot is possible %s', (_, wanted, asked, advice) => {
  expect(slot(wanted, asked)).toStrictEqual({ wanted, possible: true, advice });
});

test.each<[string, string, Asked, string]>([
  [
    'before the lead time',
    '2026-11-24 10:00',
    {},
    `The lead time ends on 2026-11-25 at the earliest. ${move('2026-11-25 10:00')}`,
  ],
  [
    'before the lead time, without an hour',
    '2026-11-24',
    {},
    `The lead time ends on 2026-11-25 at the earliest. ${move('2026-11-25 09:00')}`,
  ],
  [
    'on a holiday',
    '2026-11-26 10:00',
    {},
    `Nothing is pushed on a holiday (Thanksgiving Day). ${move('2026-11-27 10:00')}`,
  ],
  [
    'on a weekend at night',
    '2026-12-12 23:00',
    {},
    `Nothing is pushed on weekends. ${HOURS} ${move('2026-12-14 09:00')}`,
  ],
  [
    'on a weekend that the policy adds as a holiday',
    '2026-12-12',
    { policy: { ...POLICY, holidays: { calendar: 'none', add: ['2026-12-12'], remove: [] } } },
    `Nothing is pushed on weekends. ${move('2026-12-14 09:00')}`,
  ],
  ['in the past, at night', '2026-11-20 20:00', {}, `${PAST} ${HOURS} ${move('2026-11-25 09:00')}`],
  [
    'before the change is classified',
    '2026-12-15 10:00',
    { id: 'unknown' },
    'Whether this change needs a push is not known before it is classified.',
  ],
  [
    'with unpublished waits',
    '2026-11-30 10:00',
    { id: 'master-child' },
    `The lead time ends on 2026-12-07 at the earliest. ${move('2026-12-07 10:00')} Waits without a published time come on top: addendum.`,
  ],
  [
    'with too short a notice of so many days',
    '2026-11-25 10:00',
    { policy: notice({ ...days(5, 5), sources: ['R8', 'R9'] }) },
    `A push must be asked for 5 business days before (R8, R9), so 2026-12-01 is the first day. ${move('2026-12-01 10:00')}`,
  ],
  [
    'with too short a notice of some weeks',
    '2026-12-03 10:00',
    { policy: notice({ ...weeks(2, 3), sources: ['R9'] }) },
    `A push must be asked for 2 to 3 weeks before (R9), so 2026-12-07 is the first day. ${move('2026-12-07 10:00')}`,
  ],
  ['at this minute', '2026-11-23 10:00', { policy: FREE }, `${PAST} ${move('2026-11-24 10:00')}`],
  ['earlier today', '2026-11-23 09:59', { policy: FREE }, `${PAST} ${move('2026-11-24 09:59')}`],
  [
    'at some time today, after the office has closed',
    '2026-11-23',
    { policy: FREE, now: '2026-11-24T01:00:00Z' },
    `${PAST} ${move('2026-11-24 09:00')}`,
  ],
  [
    'before the office opens today',
    '2026-11-23 08:30',
    { policy: FREE, now: '2026-11-23T16:00:00Z' },
    `${HOURS} ${move('2026-11-23 09:00')}`,
  ],
  [
    'before the office opened at this minute',
    '2026-11-23 08:30',
    { policy: FREE, now: '2026-11-23T17:00:00Z' },
    `${PAST} ${HOURS} ${move('2026-11-24 09:00')}`,
  ],
  [
    'early tomorrow, whatever happens today',
    '2026-11-24 08:30',
    { policy: FREE },
    `${HOURS} ${move('2026-11-24 09:00')}`,
  ],
])('a slot is not possible %s', (_, wanted, asked, advice) => {
  expect(slot(wanted, asked)).toStrictEqual({ wanted, possible: false, advice });
});

test('two waits are named in one sentence', () => {
  const findings = [finding('configuration', { rule: { unpublished: ['a committee', 'a signature'] } })];
  const description = 'Go-live: 2026-12-15 10:00';
  expect(makePlan(input({ findings, pullRequest: pullRequest([], { description }) })).pushSlot?.advice).toBe(
    `${POSSIBLE} Waits without a published time come on top: a committee, a signature.`,
  );
});

test.each([
  ['2026-12-15 9:05', '2026-12-15 09:05'],
  ['2026-12-15, 10:00', '2026-12-15 10:00'],
  ['2026-12-15T10:00', '2026-12-15 10:00'],
  ['2026-12-15 10:00.', '2026-12-15 10:00'],
  ['2026-12-15.', '2026-12-15'],
  ['2026-12-15 10:00PT', '2026-12-15 10:00'],
  ['2026-12-15 10:00 PST', '2026-12-15 10:00'],
  ['2026-12-15 10:00 pdt', '2026-12-15 10:00'],
  ['2026-12-15 10:00 Pacific', '2026-12-15 10:00'],
  ['2026-12-15 10:00 Pacific time.', '2026-12-15 10:00'],
  ['2026-12-15 Pacific', '2026-12-15'],
])('the slot %s is valid', (text, wanted) => {
  expect(slot(text)).toStrictEqual({ wanted, possible: true, advice: POSSIBLE });
});

test.each([
  'on 2026-12-15',
  '2026-12-15 10:00 or later',
  '2026-12-15 at 10:00',
  '2026-12-15  10:00 CET',
  '2026-12-15 10:00 Pacific Standard',
  '2026-12-15;10:00',
  '2026-12-15 10',
  '2026-12-15 100:00',
  '2026-12-15 24:00',
  '2026-13-15 10:00',
  '12026-12-15',
  '2026-12-155',
])('the slot %s is not valid', (text) => {
  expect(slot(text)).toStrictEqual({
    wanted: text.replace('  ', ' '),
    possible: false,
    advice:
      'The line was not understood. Write it as "Go-live: 2026-12-15 10:00": year-month-day and, if you like, the hour ' +
      '(America/Los_Angeles).',
  });
});
