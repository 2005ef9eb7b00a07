/** What the schema objects to, in sentences: which keys a map may have, and what a value may be, wherever it is. */
import { expectEach, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './small-policies.ts';

const LEAD_TIME = 'min, max, unit, words, sources';
const CONDITION =
  'setting, kind, effect, channel, requirement, permission, type, environment, format, role, state, trait, without-trait, before, after, value, file, given, unless, from, until';
const APPROVER = 'role, users, teams, codeowners, approvals, by, not-author';

/** A map with a key that it cannot have -> those that it can. */
const UNKNOWN_KEYS = [
  ['approvers: { a/b~c: { xyz: 1 } }', APPROVER],
  ['lead-times: { review: { min: 1, max: 1, unit: weeks, xyz: 1 } }', LEAD_TIME],
  ['holidays: { xyz: [] }', 'calendar, add, remove'],
  ["office: { time-zone: UTC, opens: '09:00', closes: '17:00', xyz: 1 }", 'time-zone, opens, closes'],
  ['slot-notice: { min: 1, max: 1, unit: weeks, xyz: 1 }', LEAD_TIME],
  [
    'break-glass: { label: sos, approvers: { role: admin }, expires-after-hours: 1, xyz: 1 }',
    'label, approvers, expires-after-hours',
  ],
  ['break-glass: { label: sos, approvers: { role: admin, xyz: 1 }, expires-after-hours: 1 }', APPROVER],
  ['contacts: { desk: { name: Desk, xyz: 1 } }', 'name, mail'],
  [
    'categories: { review: { xyz: 1 } }',
    'title, label, attests, blocks, lead-time, unpublished, steps, questions, nothing, before',
  ],
  ['categories: { review: { lead-time: { min: 1, max: 1, unit: weeks, xyz: 1 } } }', LEAD_TIME],
  [
    'steps: { look: { xyz: 1 } }',
    'title, text, who, phase, required, contact, document, sources, evidence, request, attachments, omitted-with, when-files',
  ],
  ["steps: { look: { document: { title: T, url: 'https://a.b', xyz: 1 } } }", 'title, url'],
  ['steps: { look: { evidence: { xyz: [] } } }', 'files, settings, labels'],
  [
    'rules: { rest: { xyz: 1 } }',
    'when, category, also, about, workflow-unknown, reason, note, sources, steps, lead-time, unpublished, enforcement, guard, before',
  ],
  ['rules: { rest: { when: { xyz: 1 } } }', CONDITION],
  ['rules: { rest: { when: [{ kind: added }, { kind: added, xyz: 1 }] } }', CONDITION],
  ['rules: { rest: { steps: { xyz: [] } } }', 'add, without'],
  ['rules: { rest: { lead-time: { min: 1, max: 1, unit: weeks, xyz: 1 } } }', LEAD_TIME],
  ['citations: { S1: { text: T, documents: [S1], xyz: 1 } }', 'text, documents'],
  ['publications: { S1: { title: T, xyz: 1 } }', 'title, url'],
  [
    'questions: { configuration: { text: T, yes: Y, no: N, xyz: 1 }, workflow: { text: T, yes: Y, no: N } }',
    'text, yes, no',
  ],
  [
    'questions: { configuration: { text: T, yes: Y, no: N }, workflow: { text: T, yes: Y, no: N, xyz: 1 } }',
    'text, yes, no',
  ],
  [
    'documents: [{ files: [a], format: json, settings: { a: { pointer: /a, type: set } }, xyz: 1 }]',
    'files, format, namespaces, requires, otherwise, parts, settings',
  ],
  [
    'documents: [{ files: [a], format: json, settings: { a: { pointer: /a, type: set, xyz: 1 } } }]',
    'pointer, path, type, key, value, split, grants, absent',
  ],
] as const;

test('an unknown key is reported with the known ones', () => {
  expectEach<readonly string[]>(
    UNKNOWN_KEYS.map(([text, known]) => [
      text,
      [`2:${text.indexOf('xyz') + 1} policy-unknown-key: There is no key "xyz" here. Expected one of: ${known}.`],
    ]),
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

const wrong = (id: string, place: string, found: string, expected: string): string =>
  `${place} policy-wrong-${id}: Found ${found}, expected ${id === 'value' ? 'one of: ' : ''}${expected}.`;

const ID = 'an id of lower case letters, digits and hyphens, such as action-url-changed';
const VALUE = 'a text or a number or true or false or a list';

test('a value with another type is reported', () => {
  expectEach<readonly string[]>(
    [
      ['watch: { a: b }', [wrong('type', '2:8', 'a map', 'a list')]],
      ['watch: [[a]]', [wrong('type', '2:9', 'a list', 'a text')]],
      ['holidays: 3.5', [wrong('type', '2:11', 'the number 3.5', 'a map')]],
      ['rules: { rest: { when: 3 } }', [wrong('type', '2:24', 'the number 3', 'a map or a list or a text')]],
      ['rules: { rest: { guard: "true" } }', [wrong('type', '2:25', '"true"', 'true or false')]],
      ['rules: { rest: { guard: ~ } }', [wrong('type', '2:25', 'nothing', 'true or false')]],
      ['labels: { review: true }', [wrong('type', '2:19', 'the truth value true', 'a text')]],
      ['slot-notice: { min: 1.5, max: 2, unit: weeks }', [wrong('type', '2:21', 'the number 1.5', 'a whole number')]],
      ['rules: { rest: { when: { before: { a: b } } } }', [wrong('type', '2:34', 'a map', VALUE)]],
      [
        'rules: { rest: { when: { after: [a, [b]] } } }',
        [wrong('type', '2:37', 'a list', 'a text or a number or true or false')],
      ],
      ['rules: { rest: { when: { kind: 1 } } }', [wrong('type', '2:32', 'the number 1', 'a text or a list')]],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a word outside of the allowed ones is reported', () => {
  expectEach<readonly string[]>(
    [
      [
        'required-steps: enforce',
        [`${wrong('value', '2:17', '"enforce"', 'advisory, enforced')} Did you mean enforced?`],
      ],
      ['required-steps: [enforced]', [wrong('value', '2:17', 'a list', 'advisory, enforced')]],
      ['required-steps: { enforced: true }', [wrong('value', '2:17', 'a map', 'advisory, enforced')]],
      ['required-steps: 7', [wrong('value', '2:17', 'the number 7', 'advisory, enforced')]],
      [
        'rules: { rest: { when: { state: [first, last] } } }',
        [wrong('value', '2:41', '"last"', 'first, existing, removed, unreadable')],
      ],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a text with another form is reported', () => {
  expectEach<readonly string[]>(
    [
      ['labels: { Review: a/b }', [wrong('form', '2:11', '"Review"', ID)]],
      [
        'labels: { review: a, Review: b/c }',
        [
          wrong('form', '2:19', '"a"', 'a GitHub label of 2 to 50 characters without commas'),
          wrong('form', '2:22', '"Review"', ID),
        ],
      ],
      ['rules: { rest: { category: 4 } }', [wrong('type', '2:28', 'the number 4', 'a text')]],
      ['rules: { rest: { category: A } }', [wrong('form', '2:28', '"A"', ID)]],
      [
        'citations: { 1a: { text: T, documents: [] } }',
        [wrong('form', '2:14', '"1a"', 'the id of a citation or publication, such as R3')],
      ],
      [
        'documents: [{ files: [a], format: json, settings: { A: { pointer: a, type: set } } }]',
        [
          wrong('form', '2:53', '"A"', 'a setting id such as permissions.host, or other.*'),
          wrong('form', '2:67', '"a"', 'a JSON pointer such as /permissions'),
        ],
      ],
      [
        "office: { time-zone: UTC, opens: '9:00', closes: '17:00' }",
        [wrong('form', '2:34', '"9:00"', "a time of day such as '09:00', in quotes")],
      ],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a number out of range is reported at both ends', () => {
  expectEach<readonly string[]>(
    [
      [
        'slot-notice: { min: -1, max: 366, unit: weeks }',
        [
          '2:21 policy-out-of-range: Found the number -1, expected a number of at least 0.',
          '2:30 policy-out-of-range: Found the number 366, expected a number of at most 365.',
        ],
      ],
      ['slot-notice: { min: 0, max: 365, unit: weeks }', []],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a missing value is reported', () => {
  expectEach<readonly string[]>(
    [
      ['rules: { rest: { steps: {} } }', ['2:25 policy-empty: Found an empty list, expected at least one entry.']],
      [
        'documents: [{ files: [], format: json, settings: {} }]',
        [
          '2:22 policy-empty: Found an empty list, expected at least one entry.',
          '2:50 policy-empty: Found an empty list, expected at least one entry.',
        ],
      ],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

const needs = (place: string, what: string, key: string): string =>
  `${place} policy-missing-key: ${what} lacks the key ${key}. Add it.`;

test('a missing key is reported', () => {
  expectEach<readonly string[]>(
    [
      ['office: { opens: "09:00" }', ['time-zone', 'closes'].map((key) => needs('2:1', 'office', key))],
      ['documents: [{ files: [a], format: json }]', [needs('2:13', 'documents 0', 'settings')]],
      [
        'documents:\n  - files: [a]\n    format: json\n    settings: { a: { type: set } }',
        [needs('5:17', 'settings a', 'path')],
      ],
      [
        'categories: { more: { label: m/m } }',
        ['title', 'blocks', 'questions'].map((key) => needs('2:15', 'categories more', key)),
      ],
      ['steps: { more: { required: true } }', ['title', 'text', 'who'].map((key) => needs('2:10', 'steps more', key))],
      [
        'rules: { more: { note: x } }',
        ['when', 'category', 'reason'].map((key) => needs('2:10', 'The new rule more', key)),
      ],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a policy without extends needs its parts, with all their keys', () => {
  const parts = ['title', 'categories', 'steps', 'rules', 'watch'];
  expect(problemsIn('\nname: small\n')).toEqual(parts.map((key) => needs('2:1', 'A policy without extends', key)));
  const bare = SMALL.replace(', text: Look at it., who: reviewer', '').replace(', questions: ', ', unpublished: []} #');
  expect(problemsIn(bare)).toEqual([
    needs('5:3', 'categories review', 'questions'),
    ...['text', 'who'].map((key) => needs('8:3', 'steps look', key)),
  ]);
});
