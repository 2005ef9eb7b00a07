/** Times as people and GitHub write them, the names of holidays, and which of several lead times counts. */
import type { Finding } from '../../src/model/finding.ts';
import type { Holidays, LeadTime, Policy } from '../../src/model/policy.ts';
import { parseClock, parseDay, parseInstant, parseSecond, writeIsoDate } from '../../src/plan/dates.ts';
import { createCalendar, listHolidaysBetween, listObservedHolidays } from '../../src/plan/holidays.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { category, days, finding, input, POLICY, weeks } from './sample.ts';

const day = (text: string) => parseDay(text) ?? Number.NaN;

test.each(['x2026-11-01', '2026-11-01x', '2026-11-01 ', '12026-11-01', '2026-11-011', '2026/11/01', '2026-1-001'])(
  '%p is not a day',
  (text) => {
    expect(parseDay(text)).toBeNull();
  },
);

test.each([
  ['2026-11-23T18:00Z', 1_795_456_800],
  ['2026-11-23T18:00:07Z', 1_795_456_807],
  ['2026-11-23T18:00:07.999Z', 1_795_456_807],
  ['2026-11-23T10:00:07-08:00', 1_795_456_807],
  ['2026-11-23T23:30+05:30', 1_795_456_800],
  ['1970-01-01T00:00:00Z', 0],
])('%s is an instant, in whole seconds %i', (text, seconds) => {
  expect(parseSecond(text)).toBe(seconds);
  expect(Math.floor((parseInstant(text) ?? Number.NaN) / 1000)).toBe(seconds);
});

test.each([
  '+002026-11-23T18:00:00Z',
  '2026-11-23T18:00:00Z ',
  ' 2026-11-23T18:00:00Z',
  '2026-02-30T18:00:00Z',
  '2026-11-31T18:00:00Z',
  '2026-11-23T25:00:00Z',
  '2026-11-23T18:00:00.Z',
  '2026-11-23T18Z',
  '2026-11-23T18:00:00+0100',
  '2026-11-23T18:00:00',
])('%p is not an instant', (text) => {
  expect(parseInstant(text)).toBeNull();
  expect(parseSecond(text)).toBeNaN();
});

test.each([null, undefined, ''])('a missing time (%p) is neither before nor after any other', (none) => {
  expect(parseSecond(none)).toBeNaN();
});

test.each(['at 9:00', '9:00 pm', '109:00', '9:000', '9:0', '9'])('%p is not a time of day', (text) => {
  expect(parseClock(text)).toBeNull();
});

describe('holidays', () => {
  const federal = (more: Partial<Holidays> = {}): Holidays => ({
    calendar: 'us-federal',
    add: [],
    remove: [],
    ...more,
  });

  test('have the names in the law', () => {
    expect(listObservedHolidays(2026).map(({ day: on, name }) => `${writeIsoDate(on)} ${name}`)).toStrictEqual([
      "2026-01-01 New Year's Day",
      '2026-01-19 Birthday of Martin Luther King, Jr.',
      "2026-02-16 Washington's Birthday",
      '2026-05-25 Memorial Day',
      '2026-06-19 Juneteenth',
      '2026-07-03 Independence Day',
      '2026-09-07 Labor Day',
      '2026-10-12 Columbus Day',
      '2026-11-11 Veterans Day',
      '2026-11-26 Thanksgiving Day',
      '2026-12-25 Christmas Day',
    ]);
  });

  test('include Juneteenth from 2021 on, when it was a Saturday', () => {
    const names = (year: number) => listObservedHolidays(year).map(({ name }) => name);
    expect(names(2020)).not.toContain('Juneteenth');
    expect(createCalendar(federal()).findHoliday(day('2021-06-18'))).toBe('Juneteenth');
    expect(createCalendar(federal()).findHoliday(day('2020-06-19'))).toBeNull();
  });

  test('are observed on business days only, also if the policy adds one on a weekend', () => {
    const calendar = createCalendar(federal({ add: ['2026-11-28', '2026-11-30'] }));
    expect(['2026-07-04', '2026-11-28', '2026-11-29'].map((one) => calendar.findHoliday(day(one)))).toStrictEqual([
      null,
      null,
      null,
    ]);
    expect(calendar.findHoliday(day('2026-11-30'))).toBe('holiday of the policy');
  });

  test.each([
    ['2026-07-03', ['2026-07-04'], null],
    ['2026-07-03', ['2026-07-03'], null],
    ['2026-07-03', ['2026-07-05'], 'Independence Day'],
    ['2027-12-31', ['2028-01-01'], null],
    ['2027-12-31', ['2027-12-31'], null],
    ['2027-12-31', ['2027-01-01'], "New Year's Day"],
  ])('in %s, with %j removed, are %p', (on, remove, name) => {
    expect(createCalendar(federal({ remove })).findHoliday(day(on))).toBe(name);
  });

  test('between two days include both', () => {
    const between = (from: string, to: string) =>
      listHolidaysBetween(day(from), day(to), createCalendar(federal())).map(({ name }) => name);
    expect(between('2026-11-11', '2026-11-26')).toStrictEqual(['Veterans Day', 'Thanksgiving Day']);
    expect(between('2026-11-12', '2026-11-25')).toStrictEqual([]);
    expect(between('2026-11-26', '2026-11-26')).toStrictEqual(['Thanksgiving Day']);
  });
});

describe('the calendar sentence', () => {
  const sentence = (id: string, now: string, holidays: Partial<Holidays> = {}) => {
    const policy: Policy = { ...POLICY, holidays: { ...POLICY.holidays, ...holidays } };
    return makePlan(input({ findings: [finding(id)], now, policy })).earliestGoLive?.calendar;
  };
  const BUSINESS = 'Weekends and holidays do not count (US federal holidays';

  test('lists the added and removed days of the policy in order', () => {
    const holidays = { add: ['2026-12-31', '2026-11-30'], remove: ['2026-11-11', '2026-10-12'] };
    expect(sentence('configuration', '2026-12-01T18:00:00Z', holidays)).toBe(
      `Business days after 2026-12-01 (America/Los_Angeles). ${BUSINESS}, also 2026-11-30, 2026-12-31, ` +
        'but not 2026-10-12, 2026-11-11).',
    );
  });
  test.each([
    ['on the day of the request', '2026-11-26T18:00:00Z', '2026-11-26', ''],
    ['on the day before', '2026-11-27T18:00:00Z', '2026-11-27', ''],
    ['on the day after', '2026-11-25T18:00:00Z', '2026-11-25', ' Holidays in this time: 2026-11-26 Thanksgiving Day.'],
  ])('names a holiday only on the way %s', (_, now, start, way) => {
    expect(sentence('configuration', now)).toBe(
      `Business days after ${start} (America/Los_Angeles). ${BUSINESS}).${way}`,
    );
  });
  test('of weeks names the next business day', () => {
    const head = 'Weeks of 7 calendar days after 2026-11-12 (America/Los_Angeles). Weekends and holidays count. ';
    expect(sentence('signup-workflow', '2026-11-12T18:00:00Z')).toBe(
      `${head}No push happens on holidays (US federal holidays). ` +
        '2026-11-26 is not a business day, so the next one counts: 2026-11-27.',
    );
    expect(sentence('signup-workflow', '2026-11-12T18:00:00Z', { calendar: 'none' })).toBe(
      `${head}No push happens on holidays (the policy names no holidays).`,
    );
  });
});

describe('the lead time that counts is', () => {
  // Requests on Monday 7 December 2026: ten business days end on the 21st as two weeks do, four weeks on 4 January 2027.
  const plan = (...leadTimes: readonly LeadTime[]) => {
    const categories = leadTimes.map((leadTime, index) => category(`c${index}`, { leadTime }));
    const findings: readonly Finding[] = categories.map(({ id }) => finding(id));
    const report = makePlan(input({ findings, policy: { ...POLICY, categories }, now: '2026-12-07T18:00:00Z' }));
    const { leadTime, earliestGoLive } = report;
    return [leadTime?.min, leadTime?.max, leadTime?.unit, earliestGoLive?.from, earliestGoLive?.to];
  };
  const WEEKS = [2, 2, 'weeks', '2026-12-21', '2026-12-21'];

  test.each([
    ['the later end, when first', [weeks(2, 4), days(12, 12)], [2, 4, 'weeks', '2026-12-23', '2027-01-04']],
    ['the later end, when last', [days(12, 12), weeks(2, 4)], [2, 4, 'weeks', '2026-12-23', '2027-01-04']],
    ['the later start with equal ends, when first', [weeks(2, 2), days(8, 10)], WEEKS],
    ['the later start with equal ends, when last', [days(8, 10), weeks(2, 2)], WEEKS],
    ['the first of equal ones', [weeks(2, 2), days(10, 10)], WEEKS],
    [
      'the first of equal ones, in the other order',
      [days(10, 10), weeks(2, 2)],
      [10, 10, 'business-days', '2026-12-21', '2026-12-21'],
    ],
    ['the last of three', [days(1, 2), weeks(1, 1), weeks(2, 2)], WEEKS],
    ['the middle of three', [days(1, 2), weeks(2, 2), weeks(1, 1)], WEEKS],
  ])('%s', (_, leadTimes, expected) => {
    expect(plan(...leadTimes)).toStrictEqual(expected);
  });
});
