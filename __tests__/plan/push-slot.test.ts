import fc from 'fast-check';
import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import { isWeekend, parseDay } from '../../src/plan/dates.ts';
import { createCalendar } from '../../src/plan/holidays.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { finding, input, POLICY, pullRequest } from './sample.ts';

// Monday 23 November 2026, 10:00 Pacific; Thanksgiving is the Thursday.
const NOW = '2026-11-23T18:00:00Z';
const CONFIGURATION = [finding('configuration')];

const slot = (description: string, findings: readonly Finding[] = CONFIGURATION, now = NOW, policy: Policy = POLICY) =>
  makePlan(input({ findings, now, policy, pullRequest: pullRequest([], { description }) })).pushSlot;

test.each([
  ['well ahead', '2026-12-15 10:00', /Request the review today/],
  ['without a time', '2026-12-15', /Request the review today/],
  ['at the opening', '2026-12-15 09:00', /Request the review today/],
  ['in the last minute', '2026-12-15 16:59', /Request the review today/],
  ['on the last day of the lead time', '2026-11-27 10:00', /Request the review today/],
  ['on its first day only', '2026-11-25 10:00', /only if the review is quick; 2026-11-27 or later is safe/],
])('a slot is possible %s', (_, wanted, advice) => {
  const answer = slot(`Go-live: ${wanted}`);
  expect(answer).toMatchObject({ wanted, possible: true });
  expect(answer?.advice).toMatch(advice);
});

test.each([
  ['before the lead time', '2026-11-24 10:00', /lead time ends on 2026-11-25.*Ask for 2026-11-25 10:00/],
  ['in the past', '2026-11-20 10:00', /has passed.*2026-11-25 10:00/],
  ['an hour ago', '2026-11-23 09:00', /has passed.*2026-11-25 09:00/],
  ['on Thanksgiving', '2026-11-26 10:00', /holiday \(Thanksgiving Day\).*2026-11-27 10:00/],
  ['on a Saturday', '2026-12-12 10:00', /weekends.*2026-12-14 10:00/],
  ['on an observed holiday at the end of a year', '2027-12-31 10:00', /New Year's Day.*2028-01-03 10:00/],
  ['before office hours', '2026-12-15 08:59', /between 09:00 and 17:00.*2026-12-15 09:00/],
  ['when the office closes', '2026-12-15 17:00', /between 09:00 and 17:00.*2026-12-15 09:00/],
  ['at night on a Sunday', '2026-12-13 23:00', /weekends.*between 09:00.*2026-12-14 09:00/],
])('a slot is not possible %s', (_, wanted, advice) => {
  const answer = slot(`Go-live: ${wanted}`);
  expect(answer).toMatchObject({ wanted, possible: false });
  expect(answer?.advice).toMatch(advice);
});

test.each(['tomorrow', '15.12.2026', '2026-02-30', '2026-12-15 25:00', '2026-12-15 10 am', '12/15/2026 10:00'])(
  'a slot cannot be read from %s',
  (text) => {
    const answer = slot(`Go-live: ${text}`);
    expect(answer).toMatchObject({ wanted: text, possible: false });
    expect(answer?.advice).toMatch(/Write it as "Go-live: 2026-12-15 10:00".*America\/Los_Angeles/);
  },
);

test("a time in another zone than the office's is rejected", () => {
  const berlin = { ...POLICY, office: { ...POLICY.office, timeZone: 'Europe/Berlin' } };
  const answer = slot('Go-live: 2026-12-15 10:00 PT', CONFIGURATION, NOW, berlin);
  expect(answer).toMatchObject({ wanted: '2026-12-15 10:00 PT', possible: false });
  expect(answer?.advice).toMatch(/Europe\/Berlin/);
  expect(slot('Go-live: 2026-12-15 10:00', CONFIGURATION, NOW, berlin)).toMatchObject({ possible: true });
});

test.each([
  ['any case', 'GO-LIVE: 2026-12-15 10:00'],
  ['between other lines', 'Why\r\n\r\ngo-live:2026-12-15 10:00\r\nMore'],
  ['emphasized in a list', '- **Go-live:** 2026-12-15 10:00'],
  ['with the zone', 'Go-live: 2026-12-15 10:00 PT'],
  ['as ISO 8601', 'Go-live: 2026-12-15T10:00'],
  ['after an empty line of a template', 'Go-live:\nGo-live: 2026-12-15 10:00'],
  ['beside a comment', '<!-- Go-live: 2020-01-01 -->\nGo-live: 2026-12-15 10:00'],
])('the line of the slot is found with %s', (_, description) => {
  expect(slot(description)).toMatchObject({ wanted: '2026-12-15 10:00', possible: true });
});

test.each([
  ['nothing', ''],
  ['an unfilled template', 'Go-live:   \n'],
  ['a comment', 'Hello <!--\nGo-live: 2026-12-15 10:00\n-->'],
  ['an open comment', '<!-- Go-live:\nGo-live: 2026-12-15 10:00'],
  ['the middle of a line', 'We want Go-live: 2026-12-15 10:00'],
])('no slot is requested with %s', (_, description) => {
  expect(slot(description)).toBeUndefined();
});

test('the text of the slot becomes one short plain line', () => {
  const wanted = slot(`Go-live: soon\u202Eneht \u0007${'x'.repeat(500)}`)?.wanted ?? '';
  expect(wanted).toMatch(/^soonneht x+…$/);
  expect(wanted.length).toBeLessThanOrEqual(60);
});

test('a change without a push needs no slot', () => {
  expect(slot('Go-live: 2026-11-28', [finding('deployment')])).toMatchObject({
    possible: true,
    advice: expect.stringMatching(/no slot is needed/),
  });
});

test('an unknown change gets no promised slot', () => {
  expect(slot('Go-live: 2026-12-15', [finding('unknown')])).toMatchObject({ possible: false });
});

test('unpublished waits are named', () => {
  expect(slot('Go-live: 2026-12-15 10:00', [finding('master-child')])?.advice).toMatch(
    /without a published time come on top: addendum/,
  );
});

test('two weeks count too', () => {
  expect(slot('Go-live: 2026-12-04 10:00', [finding('signup-workflow')])?.advice).toMatch(
    /ends on 2026-12-07.*Ask for 2026-12-07 10:00/,
  );
});

test("the office's notice counts if it is longer than the lead time", () => {
  const policy: Policy = { ...POLICY, slotNotice: { min: 5, max: 6, unit: 'business-days', sources: ['R9'] } };
  expect(slot('Go-live: 2026-11-27 10:00', CONFIGURATION, NOW, policy)?.advice).toMatch(
    /asked for 5 to 6 business days before \(R9\), so 2026-12-01 is the first day\. Ask for 2026-12-01 10:00/,
  );
});

test('without a lead time and notice today is possible until the office closes', () => {
  const categories = POLICY.categories.map((one) => ({ ...one, leadTime: null }));
  const policy: Policy = { ...POLICY, slotNotice: null, categories };
  expect(slot('Go-live: 2026-11-23 11:00', CONFIGURATION, NOW, policy)).toMatchObject({ possible: true });
  expect(slot('Go-live: 2026-11-23 09:30', CONFIGURATION, NOW, policy)?.advice).toMatch(/Ask for 2026-11-24 09:30/);
  expect(slot('Go-live: 2026-11-23', CONFIGURATION, '2026-11-24T01:30:00Z', policy)?.advice).toMatch(/has passed/);
});

test('a proposed slot is possible', () => {
  const calendar = createCalendar(POLICY.holidays);
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) }),
      fc.integer({ min: -10, max: 60 }),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('configuration', 'signup-workflow', 'new-application'),
      (now, offset, hour, id) => {
        const at = new Date(now).toISOString();
        const date = new Date(now + offset * 86_400_000).toISOString().slice(0, 10);
        const first = slot(`Go-live: ${date} ${String(hour).padStart(2, '0')}:00`, [finding(id)], at);
        const next = /Ask for (\S+ \S+) /.exec(first?.advice ?? '')?.[1];
        expect(next === undefined).toBe(first?.possible);
        if (next === undefined) return;
        expect(slot(`Go-live: ${next}`, [finding(id)], at)).toMatchObject({ wanted: next, possible: true });
        const day = parseDay(next.slice(0, 10)) ?? Number.NaN;
        expect([isWeekend(day), calendar.findHoliday(day)]).toEqual([false, null]);
      },
    ),
    { seed: 9, numRuns: 300 },
  );
});
