/** Advice on certificates by the day on which they begin and end. */
import type { Change } from '../../src/model/change.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { finding, input } from './sample.ts';

// Monday 23 November 2026. Two to three business days end on 25 to 27 November.
const problems = (id: string, more: Partial<Change>) =>
  makePlan(input({ findings: [finding(id, { change: { setting: 'public-keys', ...more } })] })).problems;
const valid = (from: string, to: string) => ({ after: `CN=a, valid ${from} to ${to}, RSA 2048` });
const PLACE = { severity: 'advice', file: 'app/manifest.xml', line: 3, column: 5 };

const EXPIRED = (on: string) => [
  { id: 'certificate-expired', ...PLACE, message: `This certificate expired on ${on}.` },
];
const EARLY = (on: string) => [
  {
    id: 'certificate-not-yet-valid',
    ...PLACE,
    message: `This certificate is valid from ${on} on, which is after the earliest go-live.`,
  },
];
const LATE = (on: string) => [
  {
    id: 'certificate-expires-before-go-live',
    ...PLACE,
    message: `This certificate ends on ${on}, before the change could be live.`,
  },
];

describe('a certificate with a go-live until the 27th', () => {
  test.each([
    ['ended yesterday', valid('2024-01-01', '2026-11-22'), EXPIRED('2026-11-22')],
    ['ends today', valid('2024-01-01', '2026-11-23'), LATE('2026-11-23')],
    ['ends on the last day', valid('2024-01-01', '2026-11-27'), LATE('2026-11-27')],
    ['ends the day after', valid('2024-01-01', '2026-11-28'), []],
    ['begins on the last day', valid('2026-11-27', '2028-01-01'), []],
    ['begins the day after', valid('2026-11-28', '2028-01-01'), EARLY('2026-11-28')],
    ['begins on an invalid day', valid('2026-13-01', '2020-01-01'), []],
    ['ends on an invalid day', valid('2027-01-01', '2027-02-29'), []],
    ['has other words', { after: 'invalid 2020-01-01 to 2021-01-01' }, []],
    ['has a longer number', { after: 'valid 2020-01-01 to 2021-01-019' }, []],
    ['has only a detail', { after: null, detail: 'Is valid 2020-01-01 to 2021-01-01.' }, EXPIRED('2021-01-01')],
    ['has no dates', { after: null }, []],
    [
      'has dates in its value and in its detail',
      { after: 'valid 2020-01-01 to 2021-01-01', detail: 'valid 2020-01-01 to 2022-01-01' },
      [...EXPIRED('2021-01-01'), ...EXPIRED('2022-01-01')],
    ],
    [
      'is one of two in a value',
      { after: 'valid 2020-01-01 to 2021-01-01; valid 2020-01-01 to 2022-01-01' },
      [...EXPIRED('2021-01-01'), ...EXPIRED('2022-01-01')],
    ],
  ])('is reported as expected when it %s', (_, more, expected) => {
    expect(problems('certificate', more)).toStrictEqual(expected);
  });
});

describe('a certificate without a go-live', () => {
  test.each([
    ['ended yesterday', valid('2024-01-01', '2026-11-22'), EXPIRED('2026-11-22')],
    ['ends today', valid('2024-01-01', '2026-11-23'), []],
    ['begins today', valid('2026-11-23', '2028-01-01'), []],
    ['begins tomorrow', valid('2026-11-24', '2028-01-01'), EARLY('2026-11-24')],
  ])('is reported as expected when it %s', (_, more, expected) => {
    expect(problems('deployment', more)).toStrictEqual(expected);
  });
});

test.each(['public-keys', 'certificate', 'client.certificate'])('the setting %s contains certificates', (setting) => {
  expect(problems('certificate', { setting, ...valid('2020-01-01', '2021-01-01') })).toHaveLength(1);
});

test.each([
  ['another setting', { setting: 'public-key' }],
  ['a removed certificate', { kind: 'removed' as const }],
])('%s gets no advice', (_, more) => {
  expect(problems('certificate', { ...valid('2020-01-01', '2021-01-01'), ...more })).toStrictEqual([]);
});

test.each([
  ['at the base', { location: { side: 'base' as const, line: 3, column: 5 } }],
  ['nowhere', { location: null }],
])('a certificate with its place %s is reported with its file only', (_, more) => {
  expect(problems('certificate', { ...valid('2020-01-01', '2021-01-01'), ...more })).toStrictEqual([
    {
      id: 'certificate-expired',
      severity: 'advice',
      file: 'app/manifest.xml',
      message: 'This certificate expired on 2021-01-01.',
    },
  ]);
});
