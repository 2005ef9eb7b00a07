/** Every message of the validator, with its place. The lines are written as the command line prints them. */
import fc from 'fast-check';
import { messages as globMessages } from '../../src/model/messages.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { messages } from '../../src/policy/messages.ts';
import { buildAnyText } from '../support/any-text.ts';
import { builtInText, presets, problemsOf } from './built-in.ts';

const long = 'x'.repeat(201);

/** A policy file (after `extends: healthvault` unless it says otherwise) -> what is wrong with it. */
const CASES: readonly (readonly [file: string, problems: readonly string[]])[] = [
  // Syntax and shape
  ['', ['1:1 policy-not-a-map: Found nothing, expected a map of keys such as extends, watch and rules.']],
  ['- a', ['1:1 policy-not-a-map: Found a list, expected a map of keys such as extends, watch and rules.']],
  ['text', ['1:1 policy-not-a-map: Found a single value, expected a map of keys such as extends, watch and rules.']],
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
      '1:10 policy-shared-unread: "acme/policies/go-live.yml@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." is a policy of another repository, which the gate does not read here. Remove it from extends.',
    ],
  ],
  [
    'extends: acme/policies/go-live.yml@main',
    [
      '1:10 policy-shared-unpinned: "acme/policies/go-live.yml@main" does not name a policy of another repository with a full commit SHA. Write owner/repository/path@commit.',
    ],
  ],
  [
    'name: own',
    ['title', 'categories', 'steps', 'rules', 'watch'].map(
      (key) => `1:1 policy-missing-key: A policy without extends lacks the key ${key}. Add it.`,
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
              `6:${setting.indexOf('pointer: ') + 16} policy-bad-pointer: The pointer "${/pointer: "?([^",]+)/.exec(setting)?.[1]}" does not match the type of its setting. Write type: set for a star, or for an id that ends in .* a pointer that ends in its only star.`,
            ],
      ] as const,
  ),
  [
    '+documents:\n  - files: [a.json]\n    format: json\n    settings:\n      one: { pointer: /a, type: text, grants: true }',
    ['6:47 policy-grants-no-set: "one" has grants, but is not a set. Add type: set.'],
  ],
  // A part that the schema does not allow is left out, and the rest is checked
  [
    '+labls: {}\nwatch: ["/abs"]\nlead-times: { none: { min: 9, max: 5, unit: weeks }, certificate: { min: x } }\nrules:\n  mine: { when: { settings: name }, category: configuration, reason: x }\n  other: { when: { setting: name }, category: configuraton, reason: x, before: mine }',
    [
      '2:1 policy-unknown-key: There is no key "labls" here. Did you mean labels?',
      '3:9 policy-bad-glob: The glob "/abs" is not valid: paths are relative to the root of the repository. Begin with the first name.',
      '4:36 policy-lead-time-order: max (5) is less than min (9). Swap them.',
      '4:74 policy-wrong-type: Found "x", expected a whole number.',
      '6:19 policy-unknown-key: There is no key "settings" here. Did you mean setting?',
      '7:47 policy-unknown-name: There is no category "configuraton". Expected one of: secret, unknown, new-application, master-child, signup-workflow, extra-review, certificate, configuration, governance, deployment, none, consent-widening. Did you mean configuration?',
    ],
  ],
  ...(
    [
      ['one: { type: text }', ['1 policy-missing-key: settings one lacks the key path. Add it.']],
      [
        'one: { path: $.a, pointer: /a, type: text }',
        ['28 policy-path-twice: "one" has a path and a pointer. Keep one of them.'],
      ],
      [
        'one: { path: "$.a[", type: text }',
        ['14 policy-bad-path: The path "$.a[" is not valid: it is not a JSONPath of RFC 9535.'],
      ],
      [
        'one: { path: $..a..b, type: set }',
        [
          '14 policy-bad-path: The path "$..a..b" is not valid: it contains .. more than once or in a filter, which could take long.',
        ],
      ],
      [
        'one: { path: "$[?match(@.b, \'x\')]", type: set }',
        [
          `14 policy-bad-path: The path "$[?match(@.b, 'x')]" is not valid: it contains a regular expression (match, search), which could take long.`,
        ],
      ],
      ['one: { path: "$.a[*]", type: set, value: name, split: "|", grants: true, absent: all }', []],
      ['one: { path: $.a, type: keys, absent: none }', []],
      [
        'one: { path: $.a, type: text, key: k, value: v, split: "|", absent: all }',
        [
          '36 policy-key-no-family: "one" has a key, so each entry is a setting. End its id with .*',
          '56 policy-split-no-set: "one" has split, but is not a set. Add type: set.',
          '69 policy-absent-no-set: "one" has absent, but is not a set at one place. Remove absent.',
        ],
      ],
      [
        'one: { path: $.a, type: text, value: "$.x[" }',
        [
          '38 policy-bad-path: The path "$.x[" is not valid: it is not a JSONPath of RFC 9535.',
          '38 policy-value-no-entries: "one" has a value, but neither a key nor type: set. Remove value, or add one of them.',
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
  ['+rules: { text-changed: { when: [] } }', ['2:32 policy-empty: Found an empty list, expected at least one entry.']],
  ['+rules: { text-changed: {} }', ['2:24 policy-empty: Found an empty list, expected at least one entry.']],
  [
    '+break-glass: { label: go-live/emergency }',
    ['approvers', 'expires-after-hours'].map(
      (key) => `2:1 policy-missing-key: break-glass lacks the key ${key}. Add it.`,
    ),
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
        `2:10 policy-missing-key: The new rule action-url-change lacks the key ${key}. Add it. Did you mean action-url-changed?`,
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
    [
      '2:50 policy-unknown-setting: No setting has an id that matches "acton-url". Run go-live-gate explain for the list. Did you mean action-url?',
    ],
  ],
  [
    '+steps: { send-certificate: { evidence: { settings: [public-key] } } }',
    [
      '2:53 policy-unknown-setting: No setting has an id that matches "public-key". Run go-live-gate explain for the list. Did you mean public-keys?',
    ],
  ],
  [
    '+rules: { text-changed: { when: { type: Blood presure } } }',
    [
      '2:40 policy-unknown-type: "Blood presure" is not the name of a published data type or a GUID. Did you mean Blood pressure?',
    ],
  ],
  [
    '+categories: { consent-widening: { title: A, blocks: never, questions: { configuration: no, workflow: no } } }',
    ['2:15 policy-reserved-name: "consent-widening" is reserved and cannot be the id of a category. Use another id.'],
  ],
  [
    '+rules: { text-changed: { before: unresolved } }',
    [
      '2:34 policy-before-order: "text-changed" is a rule of the extended policy, so before cannot move it. Remove before.',
    ],
  ],
  // Globs
  [
    `+watch: [${long}]`,
    [`2:9 policy-wrong-form: Found "${long.slice(0, 60)}...", expected a glob of 1 to 200 characters.`],
  ],
  [
    '+ignore: [ok/**, /src/**]',
    [
      '2:17 policy-bad-glob: The glob "/src/**" is not valid: paths are relative to the root of the repository. Begin with the first name.',
    ],
  ],
  [
    '+ignore: [src/]',
    ['2:10 policy-bad-glob: The glob "src/" is not valid: it names a folder. End with /** to match all files in it.'],
  ],
  [
    '+ignore: ["!src/a"]',
    [
      '2:10 policy-bad-glob: The glob "!src/a" is not valid: it begins with an exclamation mark. List paths to exclude under ignore.',
    ],
  ],
  [
    '+workflow: ["src/+(a|b)"]',
    ['2:12 policy-bad-glob: The glob "src/+(a|b)" is not valid: groups in parentheses are not supported. Use {a,b}.'],
  ],
  [
    '+sweep: { marks: { a: { title: A, patterns: ["*a*b*c*dd*"] } } }',
    [
      '2:45 policy-line-pattern: The pattern "*a*b*c*dd*" of a mark is not valid: it has more than 2 stars between other characters. Write several patterns.',
    ],
  ],
  [
    '+sweep: { names: ["{a,b", "<guid>", "!*"] }',
    [
      '2:18 policy-line-pattern: The pattern "{a,b" of a mark is not valid: its braces are not closed, or are nested. Close them, and write {a,b} without inner braces.',
      '2:26 policy-line-pattern: The pattern "<guid>" of a mark is not valid: it has fewer than two fixed letters or digits, so nearly every line would match. Add letters.',
      '2:36 policy-line-pattern: The pattern "!*" of a mark is not valid: it has fewer than two fixed letters or digits, so nearly every line would match. Add letters.',
    ],
  ],
  [
    "+workflow: ['src\\a']",
    ['2:12 policy-bad-glob: The glob "src\\a" is not valid: it contains a backslash. Separate folders by /.'],
  ],
  [
    "+workflow: ['{a,{b,c}}']",
    [
      '2:12 policy-bad-glob: The glob "{a,{b,c}}" is not valid: its braces are not closed, or are nested. Close them, and write {a,b} without inner braces.',
    ],
  ],
  [
    `+workflow: ['${'{a,b}'.repeat(7)}']`,
    [
      `2:12 policy-bad-glob: The glob "${'{a,b}'.repeat(7)}" is not valid: its braces expand to more than 64 patterns. Write several globs.`,
    ],
  ],
  [
    "+documents: [{ files: ['a/[bc].json'], format: json, settings: { a: { pointer: /a, type: set } } }]",
    [
      '2:23 policy-bad-glob: The glob "a/[bc].json" is not valid: the files of a document allow only *, ?, ** as a whole name and {a,b}. Write ? for a bracket, a parenthesis, | or ".',
    ],
  ],
  [
    '+rules: { text-changed: { when: { file: src/ } } }',
    ['2:40 policy-bad-glob: The glob "src/" is not valid: it names a folder. End with /** to match all files in it.'],
  ],
  // What must never pass unseen
  [
    '+rules: { unreadable: { enforcement: advisory } }',
    ['2:24 policy-guard: The rule "unreadable" is a guard, so it cannot be advisory. Remove enforcement.'],
  ],
  [
    '+rules: { unreadable: { category: none } }',
    [
      '2:24 policy-guard: The rule "unreadable" is a guard, so its category cannot be less strict than the built-in category. Use a stricter one.',
    ],
  ],
  [
    '+rules: { secret-found: { category: unknown } }',
    [
      '2:26 policy-guard: The rule "secret-found" is a guard, so its category cannot be less strict than the built-in category. Use a stricter one.',
    ],
  ],
  [
    '+rules: { secret-found: { when: { setting: policy } } }',
    ['2:26 policy-guard: The rule "secret-found" is a guard, so its condition cannot be changed. Remove when.'],
  ],
  [
    '+rules: { mine: { before: source-code-changed, when: anything, category: none, reason: x } }',
    [
      '2:26 policy-guard: The rule "source-code-changed" is a guard, so no new rule can come before it. Use another before.',
    ],
  ],
  [
    '+categories: { secret: { blocks: until-label, label: a/b } }',
    [
      '2:15 policy-category-loosened: The category "secret" always blocks, and a policy cannot loosen it. Exclude a false alarm with ignore.',
    ],
  ],
  [
    '+categories: { governance: { blocks: always } }',
    [
      '2:15 policy-label-impossible: The category "governance" always blocks, so it cannot have a label. Remove the label.',
    ],
  ],
  [
    '+labels: { none: a/b }',
    ['2:11 policy-label-impossible: The category "none" never blocks, so it cannot have a label. Remove the label.'],
  ],
  [
    '+labels: { secret: a/b }',
    ['2:11 policy-label-impossible: The category "secret" always blocks, so it cannot have a label. Remove the label.'],
  ],
  [
    '+categories: { deployment: { blocks: until-label } }',
    [
      '2:15 policy-label-missing: The category "deployment" blocks until a label approves it, but has no label. Add one.',
    ],
  ],
  [
    '+categories: { none: { blocks: until-label, label: a/b } }',
    [
      '2:1 policy-nothing-category: Found none, expected exactly one category with nothing: true that never blocks and has no label.',
    ],
  ],
  [
    '+break-glass: { label: GO-LIVE/policy-approved, approvers: { role: admin }, expires-after-hours: 1 }',
    [
      '2:23 policy-label-twice: The emergency label "GO-LIVE/policy-approved" is already the label of the category governance. Use another label.',
    ],
  ],
  [
    '+labels: { governance: default }',
    [
      '2:11 policy-label-default: "default" cannot be a label, because under approvers it means all labels that are not listed. Use another label.',
    ],
  ],
  [
    '+break-glass: { label: SOS, approvers: { role: admin }, expires-after-hours: 24 }\nsteps: { review-policy: { evidence: { labels: [sos] } } }\napprovers: { Sos: { role: read } }',
    [
      '3:47 policy-label-evidence: The emergency label "SOS" is already evidence for the step review-policy. Use another label.',
      '4:14 policy-approver-emergency: "Sos" is the emergency label. Set its approvers under break-glass.',
    ],
  ],
  [
    '+approvers: { default: { role: admin }, DEFAULT: { role: read } }',
    [
      '2:40 policy-approver-twice: "DEFAULT" and "default" are the same label, because GitHub ignores case, so its approvers are set twice. Remove one.',
    ],
  ],
  [
    '+steps: { await-push: { omitted-with: [coordinate-push] }, coordinate-push: { omitted-with: [await-push] }, review-policy: { omitted-with: [await-push] } }',
    ['await-push', 'coordinate-push', 'review-policy'].map(
      (id, index) =>
        `2:${[38, 92, 139][index]} policy-omitted-circle: The omitted-with of the step "${id}" is part of a circle of steps that omit each other. Remove one entry.`,
    ),
  ],
  [
    '+rules: { mine: { when: { setting: name }, category: none, reason: x, before: mine } }',
    ['2:78 policy-before-circle: The before of "mine" leads back to the entry itself. Remove it.'],
  ],
  [
    "+watch: ['a**', '{1..3}', 'a ']",
    [
      '2:9 policy-bad-glob: The glob "a**" is not valid: two stars are only valid as a whole name between slashes. Write **/*.yml for the files of every folder.',
      '2:16 policy-bad-glob: The glob "{1..3}" is not valid: its braces do not contain at least two texts separated by commas. Write {1,2,3}, because ranges are not supported.',
      '2:26 policy-bad-glob: The glob "a " is not valid: it, or a text in its braces, begins or ends with a space, so it matches no path. Remove the space.',
    ],
  ],
  [
    '+contacts: { desk: { name: Desk, mail: one%40example.com@example.com } }',
    ['2:39 policy-wrong-form: Found "one%40example.com@example.com", expected a mail address.'],
  ],
  [
    '+rules: { anything-else: { enforcement: advisory } }',
    [
      '2:10 policy-no-catch-all: The last rule does not match every change that no other rule matches. Write when: anything and a category that blocks.',
      '2:27 policy-guard: The rule "anything-else" is a guard, so it cannot be advisory. Remove enforcement.',
    ],
  ],
  // Times
  [
    '+lead-times: { configuration: { min: 5, max: 3, unit: business-days } }',
    ['2:45 policy-lead-time-order: max (3) is less than min (5). Swap them.'],
  ],
  [
    "+holidays: { add: ['2027-02-29'] }",
    ['2:19 policy-bad-date: "2027-02-29" is not a valid day. Use a form like 2026-11-27.'],
  ],
  [
    "+holidays: { add: ['29.2.2028'] }",
    [`2:19 policy-wrong-form: Found "29.2.2028", expected a date such as '2026-11-27', in quotes.`],
  ],
  [
    "+office: { time-zone: Europe/Atlantis, opens: '09:00', closes: '17:00' }",
    ['2:22 policy-bad-time-zone: "Europe/Atlantis" is not a known time zone. Use a name like America/Los_Angeles.'],
  ],
  [
    "+office: { time-zone: UTC, opens: '17:00', closes: '09:00' }",
    ['2:51 policy-office-hours: closes (09:00) is before opens (17:00). Swap them.'],
  ],
  ...['{ min: 1 }', '{ unit: weeks }', '{ sources: [R8] }'].map(
    (time) =>
      [
        `+lead-times: { certificate: ${time} }`,
        ['2:15 policy-lead-time-form: This lead time has no number with its unit and no words. Write one of them.'],
      ] as const,
  ),
  ['+slot-notice: { words: a while before }', ['2:1 policy-missing-key: slot-notice lacks the key min. Add it.']],
  [
    "+categories: { certificate: { questions: { configuration: 'no', x: 'no' } } }",
    [
      '2:30 policy-unanswered-question: The category certificate does not answer the key questions of the policy. Answer exactly these: configuration, workflow.',
    ],
  ],
  // Conditions on values and days
  [
    '+rules: { a: { when: { setting: name, value: { below: 1.10 } }, category: none, reason: x } }',
    ['2:54 policy-bound-kind: "1.10" is not clearly a number or a version. Add as: number or as: version.'],
  ],
  [
    '+rules: { a: { when: { setting: name, value: { below: x, as: date } }, category: none, reason: x } }',
    ['2:54 policy-bound-form: "x" is not a valid date.'],
  ],
  [
    "+rules: { a: { when: { setting: name, from: '2027-01-02', until: '2027-01-01' }, category: none, reason: x } }",
    ['2:65 policy-day-order: until (2027-01-01) is before from (2027-01-02). Swap them.'],
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
    text: buildAnyText(),
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
    '1:1 policy-too-large: The policy has 1000001 characters, and the gate reads at most 1000000. Remove everything that is not a policy.',
  ]);
  const labels = Array.from({ length: 20_000 }, (_, index) => `  category-${index}: a/b`).join('\n');
  expect(problemsOf(`extends: healthvault\nlabels:\n${labels}`)).toHaveLength(50);
});
