import fc from 'fast-check';
import type { Holidays } from '../../src/model/policy.ts';
import { isWeekend, parseDay, writeIsoDate } from '../../src/plan/dates.ts';
import { addBusinessDays, createCalendar, findBusinessDay, listObservedHolidays } from '../../src/plan/holidays.ts';

const federal: Holidays = { calendar: 'us-federal', add: [], remove: [] };
const day = (text: string) => parseDay(text) ?? Number.NaN;

// Written by hand from the calendars of these years, not computed.
const OBSERVED: Readonly<Record<number, readonly string[]>> = {
  2020: [
    '2020-01-01',
    '2020-01-20',
    '2020-02-17',
    '2020-05-25',
    '2020-07-03',
    '2020-09-07',
    '2020-10-12',
    '2020-11-11',
    '2020-11-26',
    '2020-12-25',
  ],
  2026: [
    '2026-01-01',
    '2026-01-19',
    '2026-02-16',
    '2026-05-25',
    '2026-06-19',
    '2026-07-03',
    '2026-09-07',
    '2026-10-12',
    '2026-11-11',
    '2026-11-26',
    '2026-12-25',
  ],
  2027: [
    '2027-01-01',
    '2027-01-18',
    '2027-02-15',
    '2027-05-31',
    '2027-06-18',
    '2027-07-05',
    '2027-09-06',
    '2027-10-11',
    '2027-11-11',
    '2027-11-25',
    '2027-12-24',
  ],
  2028: [
    '2027-12-31',
    '2028-01-17',
    '2028-02-21',
    '2028-05-29',
    '2028-06-19',
    '2028-07-04',
    '2028-09-04',
    '2028-10-09',
    '2028-11-10',
    '2028-11-23',
    '2028-12-25',
  ],
};

test.each(Object.entries(OBSERVED))('the federal holidays of %s are right', (year, expected) => {
  expect(listObservedHolidays(Number(year)).map((holiday) => writeIsoDate(holiday.day))).toEqual(expected);
});

test('a holiday that is observed the year before is on that day', () => {
  const calendar = createCalendar(federal);
  expect(calendar.findHoliday(day('2027-12-31'))).toBe("New Year's Day");
  expect(calendar.findHoliday(day('2028-01-03'))).toBeNull();
});

describe('the added and removed days of the policy', () => {
  const calendar = createCalendar({
    calendar: 'us-federal',
    add: ['2026-11-27', '2026-10-12'],
    remove: ['2026-10-12', '2026-07-04', '2027-06-18'],
  });
  test.each([
    ['an added day', '2026-11-27', false],
    ['a day both removed and added', '2026-10-12', false],
    ['the observed day of a holiday removed by its date in law', '2026-07-03', true],
    ['a holiday removed by its observed date', '2027-06-18', true],
    ['a holiday left alone', '2026-11-26', false],
  ])('include %s', (_, date, business) => {
    expect(calendar.isBusinessDay(day(date))).toBe(business);
  });

  test('are the only holidays without a calendar', () => {
    const bare = createCalendar({ calendar: 'none', add: ['2026-11-27'], remove: [] });
    expect(bare.isBusinessDay(day('2026-11-26'))).toBe(true);
    expect(bare.isBusinessDay(day('2026-11-27'))).toBe(false);
  });
});

// Start, business days, expected: counted by hand on a wall calendar.
test.each([
  ['a plain week', '2026-11-16', 2, '2026-11-18'],
  ['over a weekend', '2026-11-19', 2, '2026-11-23'],
  ['from a Saturday', '2026-11-21', 1, '2026-11-23'],
  ['over Thanksgiving', '2026-11-25', 2, '2026-11-30'],
  ['over Independence Day, observed on the Friday', '2026-07-01', 2, '2026-07-06'],
  ['over Juneteenth 2027, observed on the Friday', '2027-06-17', 1, '2027-06-21'],
  ['over Independence Day 2027, observed on the Monday', '2027-07-02', 1, '2027-07-06'],
  ['over Christmas 2027 and the New Year of 2028', '2027-12-23', 5, '2028-01-03'],
  ['over the end of 2026', '2026-12-30', 2, '2027-01-04'],
  ['over Veterans Day 2028, observed on the Friday', '2028-11-09', 1, '2028-11-13'],
  ['over the leap day', '2028-02-28', 2, '2028-03-01'],
  ['none, on a business day', '2026-11-23', 0, '2026-11-23'],
  ['none, on a Sunday', '2026-11-22', 0, '2026-11-23'],
])('business days are counted over %s', (_, start, count, expected) => {
  expect(writeIsoDate(addBusinessDays(day(start), count, createCalendar(federal)))).toBe(expected);
});

describe('business days', () => {
  const start = fc.integer({ min: day('2021-01-01'), max: day('2060-12-31') });
  const dates = fc.array(fc.integer({ min: day('2026-01-01'), max: day('2028-12-31') }).map(writeIsoDate), {
    maxLength: 12,
  });
  const holidays = fc.record({
    calendar: fc.constantFrom('us-federal' as const, 'none' as const),
    add: dates,
    remove: dates,
  });
  const count = fc.integer({ min: 0, max: 30 });

  test('are never a weekend or a holiday', () => {
    fc.assert(
      fc.property(start, count, holidays, (from, n, policy) => {
        const calendar = createCalendar(policy);
        const end = addBusinessDays(from, n, calendar);
        expect(isWeekend(end)).toBe(false);
        expect(policy.add).not.toContain(writeIsoDate(end));
        expect(calendar.findHoliday(end)).toBeNull();
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  test('never end earlier with a later start or more days', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 10 }), count, holidays, (from, later, n, policy) => {
        const calendar = createCalendar(policy);
        const end = addBusinessDays(from, n, calendar);
        expect(addBusinessDays(from + later, n, calendar)).toBeGreaterThanOrEqual(end);
        expect(addBusinessDays(from, n + 1, calendar)).toBeGreaterThanOrEqual(end);
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });

  test('between two days are exactly the requested number', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 30 }), holidays, (from, n, policy) => {
        const calendar = createCalendar(policy);
        const end = addBusinessDays(from, n, calendar);
        let counted = 0;
        for (let on = from + 1; on <= end; on += 1) counted += calendar.isBusinessDay(on) ? 1 : 0;
        expect(counted).toBe(n);
        expect(findBusinessDay(end, calendar)).toBe(end);
      }),
      { seed: 20261125, numRuns: 300 },
    );
  });
});
