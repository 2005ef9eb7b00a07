/** Instants and spans at their edges: what is one and what only looks like it, what touches and what leaves a gap. */
import {
  coversDates,
  type Dates,
  isOverlapping,
  parseDateBound,
  resolveDates,
  subtractDates,
  uniteDates,
  writeDates,
} from '../../src/diff/dates.ts';
import type { DateRange } from '../../src/model/document.ts';
import { useTimeZone } from '../support/time-zone.ts';

const [DAY, HOUR, MINUTE] = [86_400_000, 3_600_000, 60_000];
const range = (from: string | null, to: string | null): DateRange => ({ from, to });
const OPEN = Number.POSITIVE_INFINITY;

describe('an instant', () => {
  test.each([
    ['  1970-01-02\n', DAY],
    ['1970-01-01T05:30:15Z', 5 * HOUR + 30 * MINUTE + 15_000],
    ['1970-01-01 05:30:15Z', 5 * HOUR + 30 * MINUTE + 15_000],
    ['1970-01-01T05:30:15+05:30', 15_000],
    ['1970-01-01T00:00:15-05:30', 5 * HOUR + 30 * MINUTE + 15_000],
    ['1970-01-01T05:30+05:30', 0],
    ['1970-01-02Z', DAY],
    ['1970-01-02+01:00', 23 * HOUR],
    ['1970-01-01T24:00:00Z', DAY],
    ['1970-01-01T00:00:00.125Z', 125],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1972-02-29', 789 * DAY],
    ['1969-12-31T23:59:59', -1000],
  ])('can be %j', (text, instant) => expect(parseDateBound(text)).toBe(instant));

  test.each([
    'x1970-01-01',
    'since 1970-01-01',
    '1970-01-01 1970-01-01',
    '1970-01-01x',
    '1970-01-01 noon',
    '11970-01-01',
    '1970-1-01',
    '1970-01-1',
    '1970-01-011',
    '1970-00-01',
    '1970-01-00',
    '1970-01-32',
    '1970-04-31',
    '1971-02-29',
    '1970-01-01T',
    '1970-01-01T05',
    '1970-01-01T5:30',
    '1970-01-01T25:00:00Z',
    '1970-01-01T23:60:00Z',
    '1970-01-01T23:59:60Z',
    '1970-01-01T23:59:1Z',
    '1970-01-01T23:59:59.Z',
    '1970-01-01T23:59:59 .5Z',
    '1970-01-01T23:59:59+1:00',
    '1970-01-01T23:59:59+0100',
    '1970-01-01T23:59:59 UTC',
    '1970-01-01T23:59:59ZZ',
  ])('cannot be %j', (text) => expect(parseDateBound(text)).toBeNull());
});

describe('an instant without a zone', () => {
  useTimeZone('Asia/Kolkata');

  test('is UTC in any local time zone', () => {
    expect(parseDateBound('1970-01-01T05:30:00')).toBe(5 * HOUR + 30 * MINUTE);
    expect(parseDateBound('1970-01-02')).toBe(DAY);
  });
});

describe('spans', () => {
  test.each<[string, DateRange[], string]>([
    ['that touch are one', [range(null, '2009-12-31T23:59:59.999Z'), range('2010-01-01', null)], 'all dates'],
    [
      'that leave a gap are two',
      [range(null, '2009-12-31T23:59:59Z'), range('2010-01-01', null)],
      'all dates except after 2009-12-31T23:59:59Z before 2010-01-01',
    ],
    [
      'are in order',
      [range('2014-01-01', '2015-01-01'), range('2010-01-01', '2011-01-01'), range('2012-01-01', '2013-01-01')],
      'from 2010-01-01 to 2011-01-01 and from 2012-01-01 to 2013-01-01 and from 2014-01-01 to 2015-01-01',
    ],
    [
      'inside of others are left out',
      [range('2010-01-01', '2015-01-01'), range('2011-01-01', '2012-01-01')],
      'from 2010-01-01 to 2015-01-01',
    ],
    [
      'that start together end with the later one',
      [range('2010-01-01', '2011-01-01'), range('2010-01-01', '2015-01-01')],
      'from 2010-01-01 to 2015-01-01',
    ],
    ['that end before they start are empty', [range('2010-01-01T00:00:00.001Z', '2010-01-01')], 'no dates'],
    ['of one instant are one', [range('2010-01-01', '2010-01-01')], 'from 2010-01-01 to 2010-01-01'],
    ['can start at an hour', [range('2010-01-01T06:00:00Z', null)], 'from 2010-01-01T06:00:00Z'],
    ['can end at a part of a second', [range(null, '2010-01-01T06:00:00.250Z')], 'before 2010-01-01T06:00:00.251Z'],
    ['before 1970', [range(null, '1960-01-01')], 'to 1960-01-01'],
    ['can be unlimited at both ends', [range(null, '2010-01-01'), range(null, '2012-01-01')], 'to 2012-01-01'],
    ['without a start can end at an unknown date', [range(null, 'soon')], 'all dates'],
    ['with a start can end at an unknown date', [range('2010-01-01', 'soon')], 'from 2010-01-01'],
  ])('%s', (_name, ranges, words) => expect(writeDates(resolveDates(ranges, 'covers'))).toBe(words));

  test.each<[DateRange, string]>([
    [range(null, '2010-01-01'), 'to 2010-01-01'],
    [range('2010-01-01', null), 'from 2010-01-01'],
    [range(null, null), 'all dates'],
    [range(null, 'soon'), 'no dates'],
    [range('soon', null), 'no dates'],
    [range('2010-01-01', 'soon'), 'no dates'],
    [range('soon', '2010-01-01'), 'no dates'],
  ])('of an exception are right for %j', (one, words) =>
    expect(writeDates(resolveDates([one], 'covers-nothing'))).toBe(words),
  );
});

describe('the difference of', () => {
  test.each<[Dates, Dates, Dates]>([
    [[0, 10], [], [0, 10]],
    [[], [0, 10], []],
    [[0, 10], [0, 10], []],
    [
      [0, 10],
      [0, 5],
      [5, 10],
    ],
    [
      [0, 10],
      [5, 10],
      [0, 5],
    ],
    [
      [0, 10],
      [2, 4, 6, 8],
      [0, 2, 4, 6, 8, 10],
    ],
    [
      [0, 10],
      [10, 20],
      [0, 10],
    ],
    [
      [10, 20],
      [0, 10],
      [10, 20],
    ],
    [
      [0, 10, 20, 30],
      [5, 25],
      [0, 5, 25, 30],
    ],
    [
      [0, 10, 20, 30],
      [10, 20],
      [0, 10, 20, 30],
    ],
    [
      [0, 2, 4, 6, 8, 10],
      [0, 2, 8, 10],
      [4, 6],
    ],
    [
      [5, 6],
      [0, 1, 2, 3, 7, 8],
      [5, 6],
    ],
    [
      [-OPEN, OPEN],
      [-OPEN, 0],
      [0, OPEN],
    ],
    [
      [-OPEN, OPEN],
      [0, OPEN],
      [-OPEN, 0],
    ],
    [[-OPEN, OPEN], [-OPEN, OPEN], []],
    [
      [-OPEN, 0],
      [-5, 5],
      [-OPEN, -5],
    ],
  ])('%j and %j is %j', (set, taken, left) => {
    expect(subtractDates(set, taken)).toEqual(left);
    expect(coversDates(taken, set)).toBe(left.length === 0);
    expect(isOverlapping(set, taken)).toBe(JSON.stringify(left) !== JSON.stringify(set));
  });
});

test('the union of no spans is empty, touching spans are one, and 0 is a valid instant', () => {
  expect(uniteDates([])).toEqual([]);
  expect(uniteDates([[], [0, 1]])).toEqual([0, 1]);
  expect(
    uniteDates([
      [-1, 0],
      [0, 1],
      [2, 3],
    ]),
  ).toEqual([-1, 1, 2, 3]);
  expect(
    uniteDates([
      [2, 3, 8, 9],
      [-OPEN, 1],
      [-OPEN, 0],
      [4, OPEN],
    ]),
  ).toEqual([-OPEN, 1, 2, 3, 4, OPEN]);
});
