/** Every message of the validator, with its place. The lines are written as the command line prints them. */
import fc from 'fast-check';
import { messages as globMessages } from '../../src/model/messages.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { messages } from '../../src/policy/messages.ts';
import { builtInText, presets, problemsOf } from './built-in.ts';

const long = 'x'.repeat(201);

/** A policy file (after `extends: healthvault` unless it says otherwise) -> what is wrong with it. */
const CASES: readonly (readonly [file: string, problems: readonly string[]])[] = [
  // Syntax and shape
  ['', ['1:1 policy-not-a-map: A policy is a map of keys such as extends, watch and rules; found nothing.']],
  ['- a', ['1:1 policy-not-a-map: A policy is a map of keys such as extends, watch and rules; found a list.']],
  ['text', ['1:1 policy-not-a-map: A policy is a map of keys such as extends, watch and rules; found a single value.']],
  ['extends: nhs', ['1:10 policy-unknown-preset: There is no built-in policy "nhs". Expected one of: healthvault.']],
  [
    'extends: healthvalt',
    [
      '1:10 policy-unknown-preset: There is no built-in policy "healthvalt". Expected one of: healthvault. Did you mean healthvault?',
    ],
  ],
  [
    `extends: acme/policies/go-live.yml@${'a'.repeat(40)}`,
    [
      '1:10 policy-shared-unread: The policy "acme/policies/go-live.yml@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." of another repository is not read here.',
    ],
  ],
  [
    'extends: acme/policies/go-live.yml@main',
    [
      '1:10 policy-shared-unpinned: "acme/policies/go-live.yml@main" does not name a policy of another repository at a full commit.',
    ],
  ],
  [
    'name: own',
    ['title', 'categories', 'steps', 'rules', 'watch'].map(
      (key) => `1:1 policy-missing-key: A policy without extends needs the key ${key}.`,
    ),
  ],
  // Plain documents
  ...(
    [
      ['one: { pointer: "/a/*/b", type: text }', 'bad-pointer'],
      ['one: { pointer: "/a/*/b", type: set }', null],
      ['"one.*": { pointer: /a, type: any }', 'bad-pointer'],
      ['"one.*": { pointer: "/*/*", type: any }', 'bad-pointer'],
      ['"one.*": { pointer: "/a/*", type: set }', 'bad-pointer'],
      ['"one.*": { pointer: "/a/*", type: any }', null],
    ] as const
  ).map(
    ([setting, problem]) =>
      [
        `+documents:\n  - files: [a.json]\n    format: json\n    settings:\n      ${setting}`,
        problem === null
          ? []
          : [
              `6:${setting.indexOf('pointer: ') + 16} policy-bad-pointer: The pointer "${/pointer: "?([^",]+)/.exec(setting)?.[1]}" does not fit: a star needs type set; an id that ends in .* needs a pointer that ends in its only star, and another type than set.`,
            ],
      ] as const,
  ),
  [
    '+documents:\n  - files: [a.json]\n    format: json\n    settings:\n      one: { pointer: /a, type: text, grants: true }',
    ['6:47 policy-grants-no-set: "one" is not a set, so it cannot grant element by element.'],
  ],
  // A part that the schema does not allow is left out, and the rest is checked
  [
    '+labls: {}\nwatch: ["/abs"]\nlead-times: { none: { min: 9, max: 5, unit: weeks }, certificate: { min: x } }\nrules:\n  mine: { when: { settings: name }, category: configuration, reason: x }\n  other: { when: { setting: name }, category: configuraton, reason: x, before: mine }',
    [
      '2:1 policy-unknown-key: There is no key "labls" here. Did you mean labels?',
      '3:9 policy-bad-glob: The glob "/abs" is refused: paths are relative to the root of the repository; leave out what is before the first name.',
      '4:36 policy-lead-time-order: The longest time, 5, is shorter than the shortest, 9.',
      '4:74 policy-wrong-type: Found "x", expected a whole number.',
      '6:19 policy-unknown-key: There is no key "settings" here. Did you mean setting?',
      '7:47 policy-unknown-name: There is no category "configuraton". Expected one of: secret, unknown, new-application, master-child, signup-workflow, extra-review, certificate, configuration, governance, deployment, none, consent-widening. Did you mean configuration?',
    ],
  ],
  ...(
    [
      ['one: { type: text }', ['1 policy-missing-key: settings one needs the key path.']],
      [
        'one: { path: $.a, pointer: /a, type: text }',
        ['28 policy-path-twice: "one" has a path and a pointer. Keep one of them.'],
      ],
      [
        'one: { path: "$.a[", type: text }',
        ['14 policy-bad-path: The path "$.a[" is refused: it is not a JSONPath as RFC 9535 describes it.'],
      ],
      [
        'one: { path: $..a..b, type: set }',
        [
          '14 policy-bad-path: The path "$..a..b" is refused: it searches all levels (..) more than once or within a filter, which could take long.',
        ],
      ],
      [
        'one: { path: "$[?match(@.b, \'x\')]", type: set }',
        [
          `14 policy-bad-path: The path "$[?match(@.b, 'x')]" is refused: it uses a regular expression (match, search), which could take long.`,
        ],
      ],
      ['one: { path: "$.a[*]", type: set, value: name, split: "|", grants: true, absent: all }', []],
      ['one: { path: $.a, type: keys, absent: none }', []],
      [
        'one: { path: $.a, type: text, key: k, value: v, split: "|", absent: all }',
        [
          '36 policy-key-no-family: "one" has a key, so it stands for several settings and its id must end in .*',
          '56 policy-split-no-set: "one" is not a set, so there is nothing to split its text into.',
          '69 policy-absent-no-set: "one" is not a set at one place, so its absence means nothing special.',
        ],
      ],
      [
        'one: { path: $.a, type: text, value: "$.x[" }',
        [
          '38 policy-bad-path: The path "$.x[" is refused: it is not a JSONPath as RFC 9535 describes it.',
          '38 policy-value-no-entries: "one" has a value, which is for entries with a key, and for the elements of a set.',
        ],
      ],
      ['"one.*": { path: "$.a[*].b", key: k, value: v, type: set, grants: true }', []],
      ['"one.*": { path: "$.a[*]", type: any }', []],
    ] as const
  ).map(
    ([setting, problems]) =>
      [
        `+documents:\n  - files: [a.json]\n    format: json\n    settings:\n      ${setting}`,
        problems.map((problem) => problem.replace(/^\d+/, (column) => `6:${Number(column) + 6}`)),
      ] as const,
  ),
  // Keys and values
  [
    '+approver:\n  default: { role: write }',
    ['2:1 policy-unknown-key: There is no key "approver" here. Did you mean approvers?'],
  ],
  [
    '+approvers: { default: { roles: write } }',
    [
      '2:25 policy-unknown-key: There is no key "roles" here. Expected one of: role, users, teams, codeowners, approvals, by, not-author. Did you mean role?',
    ],
  ],
  [
    '+rules:\n  text-changed:\n    when:\n      - { settings: name }',
    ['5:11 policy-unknown-key: There is no key "settings" here. Did you mean setting?'],
  ],
  ['+watch: src/**', ['2:8 policy-wrong-type: Found "src/**", expected a list.']],
  ['+watch:', ['2:1 policy-wrong-type: Found nothing, expected a list.']],
  ['+labels: [a]', ['2:9 policy-wrong-type: Found a list, expected a map.']],
  [
    '+lead-times: { configuration: { min: two, max: 3, unit: weeks } }',
    ['2:37 policy-wrong-type: Found "two", expected a whole number.'],
  ],
  [
    '+rules: { text-changed: { when: 3 } }',
    ['2:32 policy-wrong-type: Found the number 3, expected a map or a list or a text.'],
  ],
  [
    '+rules: { text-changed: { when: everything } }',
    ['2:32 policy-wrong-value: Found "everything", expected one of: anything.'],
  ],
  [
    '+approvers: { default: { role: writer } }',
    [
      '2:31 policy-wrong-value: Found "writer", expected one of: read, triage, write, maintain, admin. Did you mean write?',
    ],
  ],
  [
    '+approvers: { default: { not-author: 0 } }',
    ['2:37 policy-wrong-type: Found the number 0, expected true or false.'],
  ],
  [
    '+rules: { text-changed: { when: [{ kind: [added, changed] }] } }',
    ['2:49 policy-wrong-value: Found "changed", expected one of: added, removed, modified.'],
  ],
  [
    '+consent-widening: certificate',
    ['2:19 policy-wrong-value: Found "certificate", expected one of: signup-workflow, configuration.'],
  ],
  [
    '+labels: { configuration: "" }',
    ['2:26 policy-wrong-form: Found "", expected a GitHub label of 2 to 50 characters without commas.'],
  ],
  [
    '+rules: { Text_Changed: { reason: x } }',
    [
      '2:10 policy-wrong-form: Found "Text_Changed", expected an id of lower case letters, digits and hyphens, such as action-url-changed.',
    ],
  ],
  [
    '+approvers: { default: { teams: [go-live] } }',
    ['2:33 policy-wrong-form: Found "go-live", expected a team as organization/team.'],
  ],
  [
    '+lead-times: { configuration: { min: -1, max: 900, unit: weeks } }',
    [
      '2:37 policy-out-of-range: Found the number -1, expected a number of at least 0.',
      '2:46 policy-out-of-range: Found the number 900, expected a number of at most 365.',
    ],
  ],
  ['+rules: { text-changed: { when: [] } }', ['2:32 policy-empty: Found nothing, expected at least one entry.']],
  ['+rules: { text-changed: {} }', ['2:24 policy-empty: Found nothing, expected at least one entry.']],
  [
    '+break-glass: { label: go-live/emergency }',
    ['approvers', 'expires-after-hours'].map((key) => `2:1 policy-missing-key: break-glass needs the key ${key}.`),
  ],
  // Names
  [
    '+labels: { configurations: a/b }',
    [
      '2:11 policy-unknown-name: There is no category "configurations". Expected one of: secret, unknown, new-application, master-child, signup-workflow, extra-review, certificate, configuration, governance, deployment, none. Did you mean configuration?',
    ],
  ],
  [
    '+approvers: { go-live/workflow-aproved: { role: admin } }',
    [
      expect.stringMatching(
        /^2:14 policy-unknown-name: There is no label "go-live\/workflow-aproved"\. .* Did you mean go-live\/workflow-approved\?$/,
      ),
    ],
  ],
  [
    '+rules: { action-url-change: { category: signup-workflow } }',
    ['when', 'reason'].map(
      (key) =>
        `2:10 policy-missing-key: The new rule action-url-change needs the key ${key}. Did you mean action-url-changed?`,
    ),
  ],
  [
    '+rules: { text-changed: { category: sign-up-workflow } }',
    [
      expect.stringMatching(
        /^2:36 policy-unknown-name: There is no category "sign-up-workflow"\. .* Did you mean signup-workflow\?$/,
      ),
    ],
  ],
  [
    '+rules: { text-changed: { steps: { add: [send-certificates] } } }',
    [
      expect.stringMatching(
        /^2:41 policy-unknown-name: There is no step "send-certificates"\. .* Did you mean send-certificate\?$/,
      ),
    ],
  ],
  [
    '+rules: { text-changed: { sources: [R99] } }',
    [expect.stringMatching(/^2:36 policy-unknown-name: There is no citation "R99"\./)],
  ],
  [
    '+steps: { request-review: { contact: go-live } }',
    [expect.stringMatching(/^2:37 policy-unknown-name: There is no contact "go-live"\./)],
  ],
  [
    '+rules: { text-changed: { when: { setting: [name, acton-url] } } }',
    ['2:50 policy-unknown-setting: No setting has an id like "acton-url". Did you mean action-url?'],
  ],
  [
    '+steps: { send-certificate: { evidence: { settings: [public-key] } } }',
    ['2:53 policy-unknown-setting: No setting has an id like "public-key". Did you mean public-keys?'],
  ],
  [
    '+rules: { text-changed: { when: { type: Blood presure } } }',
    [
      '2:40 policy-unknown-type: "Blood presure" is neither the name of a published data type nor a GUID. Did you mean Blood pressure?',
    ],
  ],
  [
    '+categories: { consent-widening: { title: A, blocks: never, questions: { configuration: no, workflow: no } } }',
    [
      '2:15 policy-reserved-name: "consent-widening" is reserved for the switch of that name and cannot name a category.',
    ],
  ],
  [
    '+rules: { text-changed: { before: unresolved } }',
    ['2:34 policy-before-order: "text-changed" is not new in this policy, so its place cannot be changed with before.'],
  ],
  // Globs
  [
    `+watch: [${long}]`,
    [`2:9 policy-wrong-form: Found "${long.slice(0, 60)}...", expected a glob of 1 to 200 characters.`],
  ],
  [
    '+ignore: [ok/**, /src/**]',
    [
      '2:17 policy-bad-glob: The glob "/src/**" is refused: paths are relative to the root of the repository; leave out what is before the first name.',
    ],
  ],
  [
    '+ignore: [src/]',
    ['2:10 policy-bad-glob: The glob "src/" is refused: it names a folder; to mean all files in it, end with /**.'],
  ],
  [
    '+ignore: ["!src/a"]',
    [
      '2:10 policy-bad-glob: The glob "!src/a" is refused: it begins with an exclamation mark; list what to leave out under ignore.',
    ],
  ],
  [
    '+workflow: ["src/+(a|b)"]',
    ['2:12 policy-bad-glob: The glob "src/+(a|b)" is refused: groups in parentheses are not known; use {a,b}.'],
  ],
  [
    '+sweep: { marks: { a: { title: A, patterns: ["*a*b*c*dd*"] } } }',
    [
      '2:45 policy-line-pattern: "*a*b*c*dd*" is not a valid pattern of a mark: it has more than 2 stars between other characters.',
    ],
  ],
  [
    '+sweep: { names: ["{a,b", "<guid>", "!*"] }',
    [
      '2:18 policy-line-pattern: "{a,b" is not a valid pattern of a mark: braces must be closed and cannot be in each other.',
      '2:26 policy-line-pattern: "<guid>" is not a valid pattern of a mark: it has fewer than two letters or digits that are fixed, so nearly every line would match.',
      '2:36 policy-line-pattern: "!*" is not a valid pattern of a mark: it has fewer than two letters or digits that are fixed, so nearly every line would match.',
    ],
  ],
  ["+workflow: ['src\\a']", ['2:12 policy-bad-glob: The glob "src\\a" is refused: folders are separated by /.']],
  [
    "+workflow: ['{a,{b,c}}']",
    ['2:12 policy-bad-glob: The glob "{a,{b,c}}" is refused: braces must be closed and cannot be in each other.'],
  ],
  [
    `+workflow: ['${'{a,b}'.repeat(7)}']`,
    [`2:12 policy-bad-glob: The glob "${'{a,b}'.repeat(7)}" is refused: its braces stand for more than 64 texts.`],
  ],
  [
    "+documents: [{ files: ['a/[bc].json'], format: json, settings: { a: { pointer: /a, type: set } } }]",
    [
      '2:23 policy-bad-glob: The glob "a/[bc].json" is refused: the files of a document are named with *, ?, ** as a whole name and {a,b} only; write ? for a bracket, a parenthesis, | or ".',
    ],
  ],
  [
    '+rules: { text-changed: { when: { file: src/ } } }',
    ['2:40 policy-bad-glob: The glob "src/" is refused: it names a folder; to mean all files in it, end with /**.'],
  ],
  // What must never pass unseen
  [
    '+rules: { unreadable: { enforcement: advisory } }',
    ['2:24 policy-guard: The rule "unreadable" guards what must never pass unseen, so it cannot be advisory.'],
  ],
  [
    '+rules: { unreadable: { category: none } }',
    [
      '2:24 policy-guard: The rule "unreadable" guards what must never pass unseen, so its category must block at least as firmly as the built-in one.',
    ],
  ],
  [
    '+rules: { secret-found: { category: unknown } }',
    [
      '2:26 policy-guard: The rule "secret-found" guards what must never pass unseen, so its category must block at least as firmly as the built-in one.',
    ],
  ],
  [
    '+rules: { secret-found: { when: { setting: policy } } }',
    [
      '2:26 policy-guard: The rule "secret-found" guards what must never pass unseen, so its condition cannot be changed.',
    ],
  ],
  [
    '+rules: { mine: { before: source-code-changed, when: anything, category: none, reason: x } }',
    [
      '2:26 policy-guard: The rule "source-code-changed" guards what must never pass unseen, so no new rule can come before it.',
    ],
  ],
  [
    '+categories: { secret: { blocks: until-label, label: a/b } }',
    [
      '2:15 policy-category-loosened: The category "secret" blocks for good, and a policy cannot change that. A false alarm is excluded by ignore.',
    ],
  ],
  [
    '+categories: { governance: { blocks: always } }',
    ['2:15 policy-label-impossible: The category "governance" blocks for good, so it cannot have a label.'],
  ],
  [
    '+labels: { none: a/b }',
    ['2:11 policy-label-impossible: The category "none" never blocks, so it cannot have a label.'],
  ],
  [
    '+labels: { secret: a/b }',
    ['2:11 policy-label-impossible: The category "secret" blocks for good, so it cannot have a label.'],
  ],
  [
    '+categories: { deployment: { blocks: until-label } }',
    ['2:15 policy-label-missing: The category "deployment" blocks until a label clears it, so it needs a label.'],
  ],
  [
    '+categories: { none: { blocks: until-label, label: a/b } }',
    [
      '2:1 policy-nothing-category: Exactly one category must have nothing: true, block never and have no label; found none.',
    ],
  ],
  [
    '+break-glass: { label: GO-LIVE/policy-approved, approvers: { role: admin }, expires-after-hours: 1 }',
    [
      '2:23 policy-label-twice: The label "GO-LIVE/policy-approved" already clears the category governance; the emergency label must be one of its own.',
    ],
  ],
  [
    '+labels: { governance: default }',
    [
      '2:11 policy-label-default: "default" cannot be a label: under approvers it stands for every label that is not named.',
    ],
  ],
  [
    '+break-glass: { label: SOS, approvers: { role: admin }, expires-after-hours: 24 }\nsteps: { review-policy: { evidence: { labels: [sos] } } }\napprovers: { Sos: { role: read } }',
    [
      '3:47 policy-label-evidence: The label "SOS" is evidence for the step review-policy; the emergency label must be one of its own.',
      '4:14 policy-approver-emergency: "Sos" is the emergency label, whose approvers are set under break-glass.',
    ],
  ],
  [
    '+approvers: { default: { role: admin }, DEFAULT: { role: read } }',
    [
      '2:40 policy-approver-twice: "DEFAULT" and "default" are the same name, because case does not count, so the approvers are set twice.',
    ],
  ],
  [
    '+steps: { await-push: { omitted-with: [coordinate-push] }, coordinate-push: { omitted-with: [await-push] }, review-policy: { omitted-with: [await-push] } }',
    ['await-push', 'coordinate-push', 'review-policy'].map(
      (id, index) =>
        `2:${[38, 92, 139][index]} policy-omitted-circle: The omitted-with of the step "${id}" leads into a circle, in which steps leave each other out.`,
    ),
  ],
  [
    '+rules: { mine: { when: { setting: name }, category: none, reason: x, before: mine } }',
    ['2:78 policy-before-circle: "mine" cannot be placed: its before leads back to itself.'],
  ],
  [
    "+watch: ['a**', '{1..3}', 'a ']",
    [
      '2:9 policy-bad-glob: The glob "a**" is refused: two stars are a whole name between slashes; write **/*.yml for the files of every folder.',
      '2:16 policy-bad-glob: The glob "{1..3}" is refused: braces list at least two texts separated by commas, such as {1,2,3}; there are no ranges.',
      '2:26 policy-bad-glob: The glob "a " is refused: it begins or ends with a space, or a text in its braces does, and no path matches that.',
    ],
  ],
  [
    '+contacts: { desk: { name: Desk, mail: one%40example.com@example.com } }',
    ['2:39 policy-wrong-form: Found "one%40example.com@example.com", expected a mail address.'],
  ],
  [
    '+rules: { anything-else: { enforcement: advisory } }',
    [
      '2:10 policy-no-catch-all: The last rule must be the one for everything that no other rule meets: when: anything, and a category that blocks.',
      '2:27 policy-guard: The rule "anything-else" guards what must never pass unseen, so it cannot be advisory.',
    ],
  ],
  // Times
  [
    '+lead-times: { configuration: { min: 5, max: 3, unit: business-days } }',
    ['2:45 policy-lead-time-order: The longest time, 3, is shorter than the shortest, 5.'],
  ],
  ["+holidays: { add: ['2027-02-29'] }", ['2:19 policy-bad-date: "2027-02-29" is not a day of the calendar.']],
  [
    "+holidays: { add: ['29.2.2028'] }",
    [`2:19 policy-wrong-form: Found "29.2.2028", expected a date such as '2026-11-27', in quotes.`],
  ],
  [
    "+office: { time-zone: Europe/Atlantis, opens: '09:00', closes: '17:00' }",
    ['2:22 policy-bad-time-zone: "Europe/Atlantis" is not a known time zone.'],
  ],
  [
    "+office: { time-zone: UTC, opens: '17:00', closes: '09:00' }",
    ['2:51 policy-office-hours: The office closes at 09:00, before it opens at 17:00.'],
  ],
  ...['{ min: 1 }', '{ unit: weeks }', '{ sources: [R8] }'].map(
    (time) =>
      [
        `+lead-times: { certificate: ${time} }`,
        ['2:15 policy-lead-time-form: A lead time needs a number with its unit, or words.'],
      ] as const,
  ),
  ['+slot-notice: { words: a while before }', ['2:1 policy-missing-key: slot-notice needs the key min.']],
  [
    "+categories: { certificate: { questions: { configuration: 'no', x: 'no' } } }",
    [
      '2:30 policy-unanswered-question: The category certificate does not answer exactly the key questions of the policy: configuration, workflow.',
    ],
  ],
  // Conditions on values and days
  [
    '+rules: { a: { when: { setting: name, value: { below: 1.10 } }, category: none, reason: x } }',
    ['2:54 policy-bound-kind: "1.10" can be a number or a version, or is neither.'],
  ],
  [
    '+rules: { a: { when: { setting: name, value: { below: x, as: date } }, category: none, reason: x } }',
    ['2:54 policy-bound-form: "x" is not a valid date.'],
  ],
  [
    "+rules: { a: { when: { setting: name, from: '2027-01-02', until: '2027-01-01' }, category: none, reason: x } }",
    ['2:65 policy-day-order: until (2027-01-01) is before from (2027-01-02).'],
  ],
];

const textOf = (file: string): string => (file.startsWith('+') ? `extends: healthvault\n${file.slice(1)}` : file);

test.each(CASES)('the problems of %j are reported', (file, problems) => {
  expect(problemsOf(textOf(file))).toEqual(problems);
});

test('a syntax error is reported with its place, in the words of the YAML reader', () => {
  expect(problemsOf('extends: healthvault\nwatch: [a')).toEqual([expect.stringMatching(/^[23]:\d+ policy-syntax: ./)]);
  expect(problemsOf('extends: healthvault\nextends: b')).toEqual([
    expect.stringMatching(/^2:1 policy-syntax: .*extends/),
  ]);
});

/** These have a test of their own. */
const ALONE = new Set(['policy-syntax', 'policy-too-large', 'policy-list-twice']);

test('every sentence of the validator appears in a case of the table', () => {
  const lines = CASES.flatMap(([file]) => problemsOf(textOf(file))).join('\n');
  const { globTooLong: _, ...globs } = globMessages;
  const reasons = [
    ...Object.values(globs).flatMap((kind) => (kind.id.startsWith('glob-') ? [kind({ limit: 64 } as never)] : [])),
    ...[messages.guardWhen(), messages.guardAdvisory(), messages.guardCategory(), messages.guardPassed()],
  ];
  const ids = Object.values(messages).flatMap(({ id }) => (id.startsWith('policy-') && !ALONE.has(id) ? [id] : []));
  expect(ids.filter((id) => !lines.includes(` ${id}: `))).toEqual([]);
  expect(reasons.filter(({ message }) => !lines.includes(message))).toEqual([]);
  expect([ids.length, reasons.length]).toEqual([48, 15]);
});

test('problems are in the order of the file, each once', () => {
  const found = problemsOf(
    textOf('+labels: { a: b/c, b: d/e }\nignore: [/x]\nrules: { text-changed: { category: a } }'),
  );
  expect(found.map((line) => line.split(' ')[0])).toEqual(['2:11', '2:19', '3:10', '4:36']);
});

test('a damaged policy is rejected or read without an exception, and its values remain on one line', () => {
  const lines = builtInText.split('\n');
  const edit = fc.record({
    line: fc.nat(lines.length - 1),
    how: fc.constantFrom('drop', 'indent', 'cut', 'replace'),
    text: fc.string({ unit: 'binary' }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const broken = [...lines];
      for (const { line, how, text } of edits) {
        const old = broken[line] ?? '';
        broken[line] =
          how === 'drop' ? '' : how === 'indent' ? `  ${old}` : how === 'cut' ? old.slice(0, old.length / 2) : text;
      }
      const result = readPolicy(broken.join('\n'), 'x.yml', presets);
      if ('problems' in result) {
        expect(result.problems.length).toBeGreaterThan(0);
        for (const problem of result.problems) expect(problem.place.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

test('a long list of mistakes is shortened', () => {
  const rules = Array.from(
    { length: 200 },
    (_, index) => `  rule-${index}: { category: x, reason: x, when: anything }`,
  ).join('\n');
  expect(problemsOf(`extends: healthvault\nrules:\n${rules}`)).toHaveLength(50);
});

test('a huge policy is rejected before it is read, and one full of mistakes is not checked to its end', () => {
  expect(problemsOf('#'.repeat(1_000_001))).toEqual([
    '1:1 policy-too-large: The policy has 1000001 characters; more than 1000000 are not read.',
  ]);
  const labels = Array.from({ length: 20_000 }, (_, index) => `  category-${index}: a/b`).join('\n');
  expect(problemsOf(`extends: healthvault\nlabels:\n${labels}`)).toHaveLength(50);
});
