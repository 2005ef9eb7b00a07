import fc from 'fast-check';
import {
  getWeekday,
  parseClock,
  parseDay,
  parseInstant,
  toLocalTime,
  writeClock,
  writeIsoDate,
} from '../../src/plan/dates.ts';

const PACIFIC = 'America/Los_Angeles';

describe('the local time', () => {
  test.each([
    ['the last minute of a winter day', '2026-11-24T07:59:00Z', '2026-11-23', '23:59'],
    ['midnight of a winter day', '2026-11-24T08:00:00Z', '2026-11-24', '00:00'],
    ['the last minute of a summer day', '2026-07-01T06:59:59Z', '2026-06-30', '23:59'],
    ['midnight of a summer day', '2026-07-01T07:00:00Z', '2026-07-01', '00:00'],
    ['before clocks go forward', '2026-03-08T09:59:00Z', '2026-03-08', '01:59'],
    ['after clocks went forward', '2026-03-08T10:00:00Z', '2026-03-08', '03:00'],
    ['the night after, first midnight in summer time', '2026-03-09T07:00:00Z', '2026-03-09', '00:00'],
    ['the first 01:30 of the long day', '2026-11-01T08:30:00Z', '2026-11-01', '01:30'],
    ['the second 01:30 of the long day', '2026-11-01T09:30:00Z', '2026-11-01', '01:30'],
    ['the night after, first midnight in winter time', '2026-11-02T08:00:00Z', '2026-11-02', '00:00'],
    ['the end of a year', '2027-01-01T07:59:00Z', '2026-12-31', '23:59'],
    ['the start of a year', '2027-01-01T08:00:00Z', '2027-01-01', '00:00'],
  ])('is right for %s', (_, instant, day, clock) => {
    const local = toLocalTime(parseInstant(instant) ?? Number.NaN, PACIFIC);
    expect([writeIsoDate(local.day), writeClock(local.minutes)]).toEqual([day, clock]);
  });
});

test.each(['2027-02-29', '2026-13-01', '2026-00-10', '2026-11-31', '26-11-01', '2026-11-1', '', 'x'])(
  '%p is not a day',
  (text) => {
    expect(parseDay(text)).toBeNull();
  },
);

test.each(['2026-11-23', '2026-11-23T10:00', '2026-11-23 10:00Z', '2026-13-23T10:00Z', 'now', ''])(
  '%p is not an instant',
  (text) => {
    expect(parseInstant(text)).toBeNull();
  },
);

test('an offset is part of an instant', () => {
  expect(parseInstant('2026-11-23T10:00:00-08:00')).toBe(parseInstant('2026-11-23T18:00:00.000Z'));
});

test.each([
  ['9:00', 540],
  ['00:00', 0],
  ['23:59', 1439],
  ['24:00', null],
  ['12:60', null],
  ['noon', null],
])('the time of day %p is checked', (text, minutes) => {
  expect(parseClock(text)).toBe(minutes);
});

test('days and their names agree with the calendar', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      const text = date.toISOString().slice(0, 10);
      const day = parseDay(text) ?? Number.NaN;
      expect(writeIsoDate(day)).toBe(text);
      expect(getWeekday(day)).toBe(date.getUTCDay());
    }),
    { seed: 4 },
  );
});
