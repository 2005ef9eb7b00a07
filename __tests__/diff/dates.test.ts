import fc from 'fast-check';
import {
  ALL_DATES,
  coversDates,
  isOverlapping,
  isSameDates,
  NO_DATES,
  parseDateBound,
  resolveDates,
  subtractDates,
  uniteDates,
  writeDates,
} from '../../src/diff/dates.ts';

describe('an instant', () => {
  test.each([
    ['1970-01-01', 0],
    ['1970-01-02T00:00:00Z', 86_400_000],
    ['1970-01-01T00:00:00', 0],
    ['1970-01-01T02:30:00+02:00', 1_800_000],
    ['1969-12-31T23:00:00-01:00', 0],
    ['1970-01-01T00:00:00.25Z', 250],
    ['1970-01-01T00:01', 60_000],
    ['0001-01-01', Date.parse('0001-01-01T00:00:00Z')],
  ])('%s is %d', (text, instant) => expect(parseDateBound(text)).toBe(instant));

  test.each(['', 'soon', '2010', '2010-13-01', '2010-02-30', '01/02/2010'])('cannot be %j', (text) =>
    expect(parseDateBound(text)).toBeNull(),
  );
});

describe('a date range', () => {
  const range = (from: string | null, to: string | null) => ({ from, to });
  test.each([
    [[], 'all dates'],
    [[range(null, null)], 'all dates'],
    [[range('2010-01-01', null)], 'from 2010-01-01'],
    [[range(null, '2010-01-01')], 'to 2010-01-01'],
    [[range('2010-01-01', '2010-12-31T12:00:00Z')], 'from 2010-01-01 to 2010-12-31T12:00:00Z'],
    [[range('2010-01-01', '2011-01-01'), range('2010-06-01', '2012-01-01')], 'from 2010-01-01 to 2012-01-01'],
    [[range(null, '2010-01-01'), range('2010-01-01', null)], 'all dates'],
    [[range('2015-01-01', null), range(null, '2010-01-01')], 'all dates except after 2010-01-01 before 2015-01-01'],
    [[range('2012-01-01', '2010-01-01')], 'no dates'],
    [[range('2010-01-01', '2010-01-01')], 'from 2010-01-01 to 2010-01-01'],
  ])('%j reads %s', (ranges, words) => expect(writeDates(resolveDates(ranges, 'covers'))).toBe(words));

  test('with an unclear bound never narrows access', () => {
    expect(resolveDates([range('soon', '2010-01-01')], 'covers')).toEqual(
      resolveDates([range(null, '2010-01-01')], 'covers'),
    );
    expect(resolveDates([range('soon', null)], 'covers-nothing')).toEqual(NO_DATES);
  });

  test('of an exception ends just before it', () => {
    const excepted = resolveDates([range('2010-01-01', '2010-12-31')], 'covers');
    expect(writeDates(subtractDates(ALL_DATES, excepted))).toBe('all dates except from 2010-01-01 to 2010-12-31');
    expect(writeDates(subtractDates(ALL_DATES, resolveDates([range('2010-01-01', null)], 'covers')))).toBe(
      'before 2010-01-01',
    );
    expect(writeDates(subtractDates(ALL_DATES, resolveDates([range(null, '2010-01-01')], 'covers')))).toBe(
      'after 2010-01-01',
    );
  });
});

describe('set algebra agrees with a check of every instant for', () => {
  const instants = fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { maxLength: 8 });
  const setOf = (list: readonly number[]) => uniteDates(list.map((instant) => [instant, instant + 1]));
  const members = (dates: readonly number[]) =>
    Array.from({ length: 22 }, (_, instant) => instant).filter((instant) =>
      isOverlapping(dates, [instant, instant + 1]),
    );

  test('union, difference, inclusion and overlap', () => {
    fc.assert(
      fc.property(instants, instants, (left, right) => {
        const [a, b] = [new Set(left), new Set(right)];
        const [x, y] = [setOf(left), setOf(right)];
        expect(members(x)).toEqual([...a].sort((p, q) => p - q));
        expect(members(uniteDates([x, y]))).toEqual([...new Set([...a, ...b])].sort((p, q) => p - q));
        expect(members(subtractDates(x, y))).toEqual([...a].filter((one) => !b.has(one)).sort((p, q) => p - q));
        expect(coversDates(x, y)).toBe([...b].every((one) => a.has(one)));
        expect(isOverlapping(x, y)).toBe([...a].some((one) => b.has(one)));
        expect(isSameDates(x, y)).toBe(a.size === b.size && [...a].every((one) => b.has(one)));
      }),
    );
  });
});
