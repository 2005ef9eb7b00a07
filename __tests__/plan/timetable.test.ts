import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { days, finding, input, POLICY, weeks } from './sample.ts';

const plan = (findings: readonly Finding[], now = '2026-11-23T18:00:00Z', policy: Policy = POLICY) =>
  makePlan(input({ findings, now, policy }));

const dates = (report: ReturnType<typeof plan>) => [report.earliestGoLive?.from, report.earliestGoLive?.to];

// Two to three business days, counted by hand for requests at the given instants (2026 to 2028).
test.each([
  ['a Monday', '2026-11-16T18:00:00Z', '2026-11-18', '2026-11-19'],
  ['a Friday', '2026-11-13T18:00:00Z', '2026-11-17', '2026-11-18'],
  ['a Saturday', '2026-11-14T18:00:00Z', '2026-11-17', '2026-11-18'],
  ['a Sunday', '2026-11-15T18:00:00Z', '2026-11-17', '2026-11-18'],
  ['the week of Thanksgiving', '2026-11-24T18:00:00Z', '2026-11-27', '2026-11-30'],
  ['Thanksgiving itself', '2026-11-26T18:00:00Z', '2026-11-30', '2026-12-01'],
  [
    'a day before Independence Day 2026 (Saturday, observed on Friday)',
    '2026-07-01T18:00:00Z',
    '2026-07-06',
    '2026-07-07',
  ],
  ['a day before Juneteenth 2027 (Saturday, observed on Friday)', '2027-06-16T18:00:00Z', '2027-06-21', '2027-06-22'],
  ['a day before Christmas 2027 (Saturday, observed on Friday)', '2027-12-22T18:00:00Z', '2027-12-27', '2027-12-28'],
  [
    'a day before New Year 2028 (Saturday, observed on Friday 31 December)',
    '2027-12-29T18:00:00Z',
    '2028-01-03',
    '2028-01-04',
  ],
  ['a day before New Year 2027 (a Friday)', '2026-12-30T18:00:00Z', '2027-01-04', '2027-01-05'],
  ['the leap day of 2028', '2028-02-28T18:00:00Z', '2028-03-01', '2028-03-02'],
  ['the Saturday night before clocks go forward', '2026-03-08T07:59:00Z', '2026-03-10', '2026-03-11'],
  ['the day when clocks go forward', '2026-03-08T20:00:00Z', '2026-03-10', '2026-03-11'],
  ['the Friday before, over the change', '2026-03-06T20:00:00Z', '2026-03-10', '2026-03-11'],
  ['the Friday before clocks go back', '2026-10-30T20:00:00Z', '2026-11-03', '2026-11-04'],
  ['the day when clocks go back', '2026-11-01T20:00:00Z', '2026-11-03', '2026-11-04'],
  ['one minute before Pacific midnight', '2026-11-17T07:59:00Z', '2026-11-18', '2026-11-19'],
  ['at Pacific midnight', '2026-11-17T08:00:00Z', '2026-11-19', '2026-11-20'],
  ['one minute before midnight in summer time', '2027-08-03T06:59:00Z', '2027-08-04', '2027-08-05'],
  ['at midnight in summer time', '2027-08-03T07:00:00Z', '2027-08-05', '2027-08-06'],
])('two to three business days are counted from %s', (_, now, from, to) => {
  expect(dates(plan([finding('configuration')], now))).toEqual([from, to]);
});

test.each([
  ['an ordinary Monday', '2026-11-23T18:00:00Z', '2026-12-07'],
  ['a Saturday to the next business day', '2026-11-21T18:00:00Z', '2026-12-07'],
  ['a day before the end of a year', '2026-12-21T18:00:00Z', '2027-01-04'],
  ['a day before clocks go forward', '2027-03-08T18:00:00Z', '2027-03-22'],
  ['a holiday to the next business day', '2026-11-12T18:00:00Z', '2026-11-27'],
])('two weeks are 14 days from %s', (_, now, expected) => {
  expect(dates(plan([finding('signup-workflow')], now))).toEqual([expected, expected]);
});

describe('the longest lead time', () => {
  const policy = (configuration: ReturnType<typeof days>): Policy => ({
    ...POLICY,
    categories: POLICY.categories.map((one) =>
      one.id === 'configuration' ? { ...one, leadTime: configuration } : one,
    ),
  });
  const both = [finding('configuration'), finding('signup-workflow')];

  test('is two weeks before three business days', () => {
    expect(plan(both).leadTime).toEqual({ min: 2, max: 2, unit: 'weeks', sources: ['R10'] });
  });
  test('is twelve business days before two weeks', () => {
    const report = plan(both, undefined, policy(days(3, 12)));
    expect(report.leadTime).toMatchObject({ max: 12, unit: 'business-days' });
    // The two weeks of the other track have to pass all the same.
    expect(dates(report)).toEqual(['2026-12-07', '2026-12-10']);
  });
  test('is ten business days before two weeks only with holidays', () => {
    expect(plan(both, '2026-11-20T18:00:00Z', policy(days(10, 10))).leadTime?.unit).toBe('business-days');
    expect(plan(both, '2026-08-03T18:00:00Z', policy(days(10, 10))).leadTime?.unit).toBe('weeks');
  });
  test('includes that of an additional category', () => {
    expect(plan([finding('certificate', { also: ['signup-workflow'] })]).leadTime?.unit).toBe('weeks');
  });
  test('is that of the rule in place of its category', () => {
    const report = plan([finding('signup-workflow', { rule: { leadTime: days(5, 5) } })]);
    expect(report.leadTime).toEqual({ min: 5, max: 5, unit: 'business-days', sources: ['R8'] });
  });
  test('includes the other findings of the category', () => {
    const report = plan([finding('signup-workflow', { rule: { leadTime: days(1, 1) } }), finding('signup-workflow')]);
    expect(report.leadTime).toMatchObject({ max: 2, unit: 'weeks' });
  });
  test('includes the additional category of the finding', () => {
    const report = plan([finding('signup-workflow', { also: ['configuration'], rule: { leadTime: days(1, 1) } })]);
    expect(report.leadTime).toMatchObject({ max: 3, unit: 'business-days' });
  });
  test('can be longer for a rule than for its category', () => {
    expect(plan([finding('configuration', { rule: { leadTime: weeks(6, 8) } })]).leadTime).toMatchObject({
      max: 8,
      unit: 'weeks',
    });
  });
});

test.each(['secret', 'unknown', 'governance', 'deployment', 'none'])('%s alone has no lead time', (id) => {
  const report = plan([finding(id)]);
  expect([report.leadTime, report.earliestGoLive]).toEqual([null, null]);
});

describe('unpublished waits', () => {
  test('are named beside the lead time, each once', () => {
    const again = finding('master-child', { rule: { unpublished: ['addendum', 'extra review'] } });
    expect(plan([again, finding('master-child')]).leadTime).toMatchObject({
      max: 2,
      unit: 'weeks',
      unpublished: ['addendum', 'extra review'],
    });
  });
  test('are advice if there is no lead time', () => {
    const report = plan([finding('unknown', { rule: { unpublished: ['a committee'] } })]);
    expect(report.leadTime).toBeNull();
    expect(report.problems).toEqual([
      expect.objectContaining({ id: 'wait-unpublished', message: expect.stringContaining('a committee') }),
    ]);
  });
});

describe('the calendar sentence', () => {
  const calendar = (report: ReturnType<typeof plan>) => report.earliestGoLive?.calendar ?? '';

  test('names the holidays, the added and removed days of the policy, and those on the way', () => {
    const policy: Policy = {
      ...POLICY,
      holidays: { calendar: 'us-federal', add: ['2026-11-27'], remove: ['2026-10-12'] },
    };
    const report = plan([finding('configuration')], '2026-11-24T18:00:00Z', policy);
    expect(dates(report)).toEqual(['2026-11-30', '2026-12-01']);
    expect(calendar(report)).toBe(
      'Business days after 2026-11-24 (America/Los_Angeles). Weekends and holidays do not count (US federal holidays, ' +
        'also 2026-11-27, but not 2026-10-12). Holidays in this time: 2026-11-26 Thanksgiving Day, 2026-11-27 holiday of the policy.',
    );
  });
  test('says when weeks end on a day that is not a business day', () => {
    expect(calendar(plan([finding('signup-workflow')], '2026-11-12T18:00:00Z'))).toMatch(
      /Weeks of 7 calendar days.*2026-11-26 is not a business day, so the next one counts: 2026-11-27\./,
    );
    expect(calendar(plan([finding('signup-workflow')]))).not.toMatch(/not a business day/);
  });
  test('says that no holidays are left out if the policy has none', () => {
    const policy: Policy = { ...POLICY, holidays: { calendar: 'none', add: [], remove: [] } };
    expect(calendar(plan([finding('configuration')], '2026-11-24T18:00:00Z', policy))).toMatch(
      /the policy names no holidays\)\.$/,
    );
  });
});

test('another office counts in its time zone', () => {
  const policy: Policy = { ...POLICY, office: { ...POLICY.office, timeZone: 'Asia/Tokyo' } };
  expect(dates(plan([finding('configuration')], '2026-11-16T18:00:00Z', policy))).toEqual(['2026-11-19', '2026-11-20']);
});

test.each(['2026-11-23', 'today', '2026-11-23T10:00:00'])('an invalid time is wrong use with %s', (now) => {
  expect(() => plan([], now)).toThrow(expect.objectContaining({ id: 'now-not-an-instant', exitCode: 2 }));
});
