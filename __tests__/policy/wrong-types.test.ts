/** Values of the wrong kind, wherever a policy can contain one: each is named as what it is, and nothing throws. */
import { readPolicy } from '../../src/policy/load.ts';
import { presets } from './built-in.ts';

function problemsIn(line: string): readonly string[] {
  const result = readPolicy(`extends: healthvault\n${line}\n`, 'p.yml', presets);
  return 'problems' in result ? result.problems.map(({ id, message }) => `${id}: ${message}`) : [];
}

const WRONG: readonly (readonly [kind: string, written: string])[] = [
  ['a map', '{ a: b }'],
  ['a list', '[a]'],
  ['nothing', 'null'],
  ['the truth value true', 'true'],
  ['the number 3', '3'],
  ['"text"', 'text'],
];

test.each([
  ['consent-widening', [0, 1, 2, 3, 4, 5]],
  ['required-steps', [0, 1, 2, 3, 4, 5]],
  ['watch', [0, 2, 3, 4, 5]],
  ['ignore', [0, 2, 3, 4, 5]],
  ['workflow', [0, 2, 3, 4, 5]],
  ['labels', [1, 2, 3, 4, 5]],
  ['approvers', [1, 2, 3, 4, 5]],
  ['lead-times', [1, 2, 3, 4, 5]],
  ['holidays', [1, 2, 3, 4, 5]],
  ['rules', [1, 2, 3, 4, 5]],
  ['break-glass', [1, 2, 3, 4, 5]],
] as const)('%s names the value that it found', (key, wrong) => {
  for (const index of wrong) {
    const [kind, written] = WRONG[index] ?? ['', ''];
    const found = problemsIn(`${key}: ${written}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).toContain(kind);
  }
});

test.each([
  ['labels: { configuration: [a] }'],
  ['approvers: { default: [a] }'],
  ['approvers: { default: { role: [write] } }'],
  ['approvers: { default: { role: { a: b } } }'],
  ['lead-times: { configuration: { min: 0.5, max: 3, unit: business-days } }'],
  ['lead-times: { configuration: { min: -1, max: 3, unit: business-days } }'],
  ['lead-times: { configuration: { min: 1, max: 100000, unit: business-days } }'],
  ['lead-times: { configuration: { min: one, max: 3, unit: business-days } }'],
  ['lead-times: { configuration: { min: 1, max: 3, unit: [weeks] } }'],
  ['holidays: { add: [2026-13-45] }'],
  ['holidays: { add: {} }'],
  ['holidays: { calendar: [us-federal] }'],
  ['watch: [[a]]'],
  ['watch: [3]'],
  ['watch: [""]'],
  ['rules: { action-url-changed: [a] }'],
  ['rules: { action-url-changed: { category: [a] } }'],
  ['rules: { action-url-changed: { reason: "" } }'],
  ['rules: { action-url-changed: { when: a } }'],
  ['rules: { action-url-changed: { when: [] } }'],
  ['rules: { "not an id": { category: configuration } }'],
  ['rules: { quite-new: { category: configuration } }'],
  ['categories: { "Not An Id": { title: x } }'],
  ['"a/b~c": 1'],
])('%s is rejected in a sentence', (line) => {
  const found = problemsIn(line);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toMatch(/^[a-z-]+: [A-Z"].*[.?]$/s);
});
