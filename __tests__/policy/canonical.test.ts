import { writeCanonicalPolicy } from '../../src/policy/canonical.ts';
import { builtIn, teamPolicy } from './built-in.ts';

test('the notation of the file does not matter, with its comments, layout, quotes and order of keys', () => {
  const one = teamPolicy(`
# comment
labels: { configuration: a/b, unknown: c/d }
approvers: { a/b: { role: maintain, users: [x] }, default: { role: write } }
rules: { text-changed: { reason: 'Why', note: So } }`);
  const two = teamPolicy(`
approvers:
  default: { role: write }
  A/B: { users: ["x"], role: maintain, not-author: true }
rules:
  text-changed:
    note: So
    reason: "Why"
labels:
  unknown: c/d
  configuration: a/b
`);
  expect(writeCanonicalPolicy(two)).toBe(writeCanonicalPolicy(one));
});

test.each([
  'consent-widening: signup-workflow',
  "ignore: ['a/**']",
  'approvers: { default: { role: admin } }',
  'lead-times: { configuration: { min: 2, max: 4, unit: business-days } }',
  'rules: { text-changed: { enforcement: advisory } }',
  "holidays: { add: ['2026-11-27'] }",
])('the content matters in %s', (text) => {
  expect(writeCanonicalPolicy(teamPolicy(text))).not.toBe(writeCanonicalPolicy(builtIn));
});

test('a file with only extends is the built-in policy', () => {
  expect(writeCanonicalPolicy(teamPolicy(''))).toBe(writeCanonicalPolicy(builtIn));
});

test('keys are sorted at every depth', () => {
  const keys = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(keys);
    else if (typeof value === 'object' && value !== null) {
      expect(Object.keys(value)).toEqual(Object.keys(value).toSorted());
      Object.values(value).forEach(keys);
    }
  };
  keys(JSON.parse(writeCanonicalPolicy(builtIn)));
});
