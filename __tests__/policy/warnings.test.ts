/** What `policy check` warns of: legal, dangerous, or not what it seems. */
import { readPolicy } from '../../src/policy/load.ts';
import { messages } from '../../src/policy/warnings/messages.ts';
import { presets, projectFile } from './built-in.ts';
import { SMALL } from './small-policies.ts';

function warningsOf(text: string): readonly string[] {
  const result = readPolicy(text, 'own.yml', presets);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.findWarnings({ hasTeamToken: false }).map(({ id, place }) => `${place.line}:${place.column} ${id}`);
}

const GUARDS = `
  secret: { guard: true, when: { setting: secret, kind: added }, category: review, reason: x }
  unreadable: { guard: true, when: { state: unreadable }, category: review, reason: x }
  gate: { guard: true, when: { role: governance }, category: review, reason: x }
  removed: { guard: true, when: { setting: document, kind: removed }, category: review, reason: x }
`;
const OWN = SMALL.replace('watch: []', "watch: ['a.json']")
  .replace(/steps:\n.*\n/, 'steps: {}\n#\n')
  .replace('rules:\n', `rules:${GUARDS}`);
const declare = (settings: string, more = ''): string =>
  `documents:\n  - { files: [a.json], format: json${more}, settings: { "all.*": { path: $.*, type: any }, ${settings} } }`;

/** A policy (after `extends: healthvault`, or in place of a part of one that stands for itself) -> what is warned of. */
const CASES: readonly (readonly [text: string, warnings: readonly string[]])[] = [
  ['watch: [src/**/*.json]', []],
  [
    'lists: { a: [x], b: [y], c: [z] }\nrules: { mine: { when: { setting: name, value: { in: a }, unless: { setting: logo.large, in: [b] } }, category: unknown, reason: x } }',
    ['2:26 warn-unused'],
  ],
  [
    'rules: { mine: { when: { setting: "*" }, category: none, reason: x } }',
    ['2:10 warn-nothing-blocks', '2:10 warn-shadows'],
  ],
  ['rules: { mine: { when: { setting: "*", file: src/** }, category: none, reason: x } }', []],
  ["ignore: ['**']", ['2:10 warn-ignores-everything']],
  ["ignore: ['**/*']", ['2:10 warn-ignores-everything']],
  ['watch: [A.json]\nignore: [a.json]', ['2:9 warn-ignores-watched']],
  ['labels: { certificate: go-live/Configuration-approved }', ['2:11 warn-label-shared']],
  ['approvers: { default: { not-author: false } }', ['2:37 warn-self-approval']],
  ['approvers: { default: { role: read } }', ['2:31 warn-low-role']],
  ['approvers: { default: { users: [] } }', ['2:14 warn-no-approvers']],
  ['approvers: { default: { users: [], codeowners: true } }', []],
  ['approvers: { default: { role: write, codeowners: true } }', ['2:50 warn-owners-included']],
  ['approvers: { default: { role: maintain, codeowners: true } }', []],
  ['approvers: { default: { users: [ada], approvals: 2 } }', ['2:50 warn-too-few-approvers']],
  ['approvers: { default: { users: [ada, tim], approvals: 2 } }', []],
  ['approvers: { default: { users: [ada], role: admin, approvals: 2 } }', []],
  ['approvers: { default: { users: [ada], codeowners: true, approvals: 2 } }', []],
  ['approvers: { default: { users: [], teams: [a/b] } }', ['2:44 warn-no-team-token']],
  [
    'break-glass: { label: sos, approvers: { role: triage, not-author: false }, expires-after-hours: 1 }',
    ['2:47 warn-low-role', '2:67 warn-self-approval'],
  ],
  ['lead-times: { configuration: { min: 0, max: 0, unit: weeks } }', ['2:30 warn-lead-time-zero']],
  ['categories: { secret: { steps: [] } }', ['2:32 warn-no-steps']],
  ['rules: { secret-found: { steps: { without: [remove-secret, rotate-key] } } }', ['2:44 warn-no-steps']],
  ['rules: { secret-found: { steps: { without: [remove-secret] } } }', []],
  [
    'rules:\n  one: { when: { setting: na* }, category: none, reason: x }\n  two: { when: { setting: name, kind: added }, category: unknown, reason: x }',
    ['4:3 warn-dead-rule'],
  ],
  [
    'rules:\n  one: { when: { setting: name, kind: added }, category: none, reason: x }\n  two: { when: { setting: na* }, category: unknown, reason: x }',
    [],
  ],
  [
    'documents:\n  - { files: [a.json], format: json, settings: { level: { pointer: /level, type: text } } }',
    ['3:48 warn-no-family'],
  ],
  ['documents:\n  - { files: [a.json], format: json, settings: { "all.*": { pointer: /*, type: any } } }', []],
  [declare('a: { path: $.a, type: text }, b: { pointer: /a, type: any }'), ['3:115 warn-same-place']],
  [declare('a: { path: $.a, type: set }, b: { path: "$.a[*]", type: set }'), ['3:114 warn-same-place']],
  [declare('a: { path: $.a, type: set }, b: { path: $.a, type: keys }, c: { path: "$.a[?@.x]", type: set }'), []],
  [
    declare('a: { path: $.a, type: text }').replace(/\n(.*)$/, '\n$1\n$1'),
    ['4:50 warn-read-twice', '4:85 warn-read-twice'],
  ],
  [
    `${declare('a: { path: $.a, type: text }')}\n  - { files: [A.json], requires: [$.x], format: json, settings: { "all.*": { path: $.*, type: any } } }`,
    [],
  ],
  ['documents:\n  - { files: [a.xml], format: xml, settings: { "all.*": { path: $.root.*, type: any } } }', []],
  [
    'documents:\n  - { files: [a.xml], format: xml, settings: { "all.*": { path: $.*, type: any } } }',
    ['3:46 warn-no-family'],
  ],
  [
    'rules: { mine: { when: { setting: name, kind: added, before: x }, category: unknown, reason: x } }',
    ['2:24 warn-impossible-rule'],
  ],
  [
    'rules: { mine: { when: [{ setting: name, kind: removed, after: x }, { setting: name }], category: unknown, reason: x } }',
    [],
  ],
  [
    `${declare('a: { path: $.a, type: set }')}\nrules: { mine: { when: { setting: a, effect: widens }, category: unknown, reason: x } }`,
    ['4:24 warn-impossible-rule'],
  ],
  [
    `${declare('a: { path: $.a, type: set, grants: true }')}\nrules: { mine: { when: { setting: a, effect: widens }, category: unknown, reason: x } }`,
    [],
  ],
  ["watch: ['src/[ab].json']\nworkflow: [src/signup]", ['2:9 warn-glob-brackets', '3:12 warn-glob-name']],
];

test.each(CASES)('%s has the warnings %j', (text, warnings) => {
  expect(warningsOf(`extends: healthvault\n${text}`)).toEqual(warnings);
});

const OWN_CASES: readonly (readonly [text: string, warnings: readonly string[]])[] = [
  [OWN, []],
  [SMALL, ['3:1 warn-watches-nothing', '8:3 warn-unused', '9:1 warn-guard-missing']],
  [
    OWN.replace(
      '  quiet:',
      "  other: { title: Other, blocks: never, questions: { configuration: 'no', workflow: 'no' } }\n  quiet:",
    ),
    ['6:3 warn-unused'],
  ],
  [
    OWN.replace('steps: {}\n#', 'steps:\n  look: { title: Look, text: Look at it., who: reviewer, when-files: [a] }'),
    [],
  ],
  [`${OWN}${declare('a: { path: $.a, type: text }')}`, []],
  [
    `${OWN}  quiet: { when: { setting: a }, category: quiet, reason: x }\n${declare('a: { path: $.a, type: text }')}`.replace(
      /( {2}rest:.*\n)( {2}quiet:.*\n)/,
      '$2$1',
    ),
    ['9:1 warn-guard-missing'],
  ],
  [OWN.replace(/ {2}gate:.*\n/, ''), ['9:1 warn-guard-missing']],
  [
    OWN.replace(
      '  removed:',
      '  empty: { when: { setting: document, unless: { setting: "*", at: base } }, category: quiet, reason: x }\n  removed:',
    ),
    [],
  ],
  [
    OWN.replace('role: governance }, category: review', 'role: governance }, category: quiet'),
    ['9:1 warn-guard-missing'],
  ],
  [
    OWN.replace('category: review, reason: x }', 'category: review, reason: x, enforcement: advisory }'),
    ['9:1 warn-guard-missing', '10:3 warn-advisory-guard'],
  ],
];

test.each(OWN_CASES)('a policy without extends has the warnings of case %#', (text, warnings) => {
  expect([...new Set(warningsOf(text))]).toEqual(warnings);
});

test('every warning has a case', () => {
  const shown = [...CASES.map(([text]) => `extends: healthvault\n${text}`), ...OWN_CASES.map(([text]) => text)].flatMap(
    warningsOf,
  );
  const missing = Object.values(messages).filter(({ id }) => !shown.some((line) => line.endsWith(` ${id}`)));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

test.each(['healthvault', 'browser-extension'])('the policy %s has no warnings', (name) => {
  expect(warningsOf(projectFile(`policies/${name}.yml`))).toEqual([]);
});
