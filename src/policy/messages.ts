/** What can be wrong with a policy file, and how conditions are worded. */
import { defineMessage } from '../model/messages.ts';
import type { Condition } from '../model/policy.ts';
import { quoteExcerpt } from '../syntax/schema-problems.ts';

/** Problems of a policy file; the last ones are reasons within others. */
export const messages = {
  syntax: defineMessage(
    'policy-syntax',
    ({ reason }: { reason: string }) => reason,
    'Not valid YAML or JSON. The reason is one of those under [Text, XML, YAML and JSON](#text-xml-yaml-and-json).',
  ),
  tooLarge: defineMessage(
    'policy-too-large',
    ({ found, limit }: { found: number; limit: number }) =>
      `The policy has ${found} characters; more than ${limit} are not read.`,
    'The policy is longer than any policy that people read. Remove everything that is not a policy.',
  ),
  notAMap: defineMessage(
    'policy-not-a-map',
    ({ found }: { found: string }) => `A policy is a map of keys such as extends, watch and rules; found ${found}.`,
    'Start the file with keys such as `extends: healthvault`.',
  ),
  unknownKey: defineMessage(
    'policy-unknown-key',
    ({ found, allowed }: { found: string; allowed: string }) => `There is no key ${found} here.${allowed}`,
    'The key is not known at this place. The message names the one that is likely meant, or lists those that are known.',
  ),
  missingKey: defineMessage(
    'policy-missing-key',
    ({ what, expected }: { what: string; expected: string }) => `${what} needs the key ${expected}.`,
    'Add the key that the message names.',
  ),
  wrongType: defineMessage(
    'policy-wrong-type',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected ${expected}.`,
    'The value is of another kind than expected (a text instead of a list, for example).',
  ),
  wrongValue: defineMessage(
    'policy-wrong-value',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected one of: ${expected}.`,
    'Take one of the values that the message lists.',
  ),
  wrongForm: defineMessage(
    'policy-wrong-form',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected ${expected}.`,
    'The text does not have the form that the message describes.',
  ),
  outOfRange: defineMessage(
    'policy-out-of-range',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected a number of ${expected}.`,
    'The number is outside of what is allowed.',
  ),
  empty: defineMessage(
    'policy-empty',
    'Found nothing, expected at least one entry.',
    'The list needs at least one entry, or leave the key out.',
  ),
  unansweredQuestion: defineMessage(
    'policy-unanswered-question',
    ({ found, expected }: { found: string; expected: string }) =>
      `The category ${found} does not answer exactly the key questions of the policy: ${expected}.`,
    'Each category answers each question of the policy under `questions`, and no other. Without `questions` in the policy they are `configuration` and `workflow`.',
  ),
  unknownPreset: defineMessage(
    'policy-unknown-preset',
    ({ found, expected }: { found: string; expected: string }) =>
      `There is no built-in policy ${quoteExcerpt(found)}. Expected one of: ${expected}.`,
    '`extends` names no built-in policy.',
  ),
  sharedUnpinned: defineMessage(
    'policy-shared-unpinned',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} does not name a policy of another repository at a full commit.`,
    'Write `owner/repository/path@commit` with all 40 characters of the commit. A branch or a tag can move.',
  ),
  sharedUnread: defineMessage(
    'policy-shared-unread',
    ({ found }: { found: string }) => `The policy ${quoteExcerpt(found)} of another repository is not read here.`,
    'A policy that is built in, or tested in memory, cannot extend a policy of another repository.',
  ),
  unknownName: defineMessage(
    'policy-unknown-name',
    ({ kind, found, expected }: { kind: string; found: string; expected: string }) =>
      `There is no ${kind} ${quoteExcerpt(found)}. Expected one of: ${expected}.`,
    'A category, step, contact or source that is not defined. Fix the name, or define it.',
  ),
  unknownSetting: defineMessage(
    'policy-unknown-setting',
    ({ found }: { found: string }) => `No setting has an id like ${quoteExcerpt(found)}.`,
    "No setting has such an id. [The policy's page](policy.md) and `go-live-gate explain` list them.",
  ),
  unknownType: defineMessage(
    'policy-unknown-type',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is neither the name of a published data type nor a GUID.`,
    'Write the published name or the GUID of a data type.',
  ),
  listTwice: defineMessage(
    'policy-list-twice',
    ({ found }: { found: string }) =>
      `The list ${quoteExcerpt(found)} belongs to the policy that this one extends, whose rules depend on it.`,
    'Give the list another name. Write a rule of your own for the values that you want to evaluate differently.',
  ),
  boundKind: defineMessage(
    'policy-bound-kind',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} can be a number or a version, or is neither.`,
    'Add `as: number` or `as: version`, or write a whole number, a version such as 2.10.0, or a date.',
  ),
  boundForm: defineMessage(
    'policy-bound-form',
    ({ found, kind }: { found: string; kind: string }) => `${quoteExcerpt(found)} is not a valid ${kind}.`,
    'Write a number such as 36, a version such as 2.10.0, or a date such as 2026-08-31.',
  ),
  dayOrder: defineMessage(
    'policy-day-order',
    ({ from, until }: { from: string; until: string }) => `until (${until}) is before from (${from}).`,
    '`from` is the first day of the condition and `until` the last.',
  ),
  reservedName: defineMessage(
    'policy-reserved-name',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is reserved for the switch of that name and cannot name a category.`,
    'Give the category another name.',
  ),
  badGlob: defineMessage(
    'policy-bad-glob',
    ({ found, reason }: { found: string; reason: string }) => `The glob ${quoteExcerpt(found)} is refused: ${reason}`,
    'The pattern is refused; the reason is one of the `glob-` entries below.',
  ),
  badLinePattern: defineMessage(
    'policy-line-pattern',
    ({ found, reason }: { found: string; reason: string }) => `"${found}" is not a valid pattern of a mark: ${reason}`,
    'The pattern of a mark is refused. The reason is one of the `glob-` and `line-pattern-` entries below.',
  ),

  guard: defineMessage(
    'policy-guard',
    ({ found, reason }: { found: string; reason: string }) =>
      `The rule ${quoteExcerpt(found)} guards what must never pass unseen, so ${reason}`,
    'The rule guards what must never pass unseen; the reason is one of the `guard-` entries below.',
  ),
  categoryLoosened: defineMessage(
    'policy-category-loosened',
    ({ found }: { found: string }) =>
      `The category ${quoteExcerpt(found)} blocks for good, and a policy cannot change that. A false alarm is excluded by ignore.`,
    'What blocks for good cannot be loosened. Exclude a false alarm by `ignore`.',
  ),
  labelImpossible: defineMessage(
    'policy-label-impossible',
    ({ found, reason }: { found: string; reason: string }) =>
      `The category ${quoteExcerpt(found)} ${reason}, so it cannot have a label.`,
    'A category that never blocks, or blocks for good, has no label. Remove the label.',
  ),
  labelMissing: defineMessage(
    'policy-label-missing',
    ({ found }: { found: string }) =>
      `The category ${quoteExcerpt(found)} blocks until a label clears it, so it needs a label.`,
    'A category that blocks until a label needs one.',
  ),
  labelTwice: defineMessage(
    'policy-label-twice',
    ({ found, other }: { found: string; other: string }) =>
      `The label ${quoteExcerpt(found)} already clears the category ${other}; the emergency label must be one of its own.`,
    "The emergency label must differ from every category's label.",
  ),
  labelEvidence: defineMessage(
    'policy-label-evidence',
    ({ found, other }: { found: string; other: string }) =>
      `The label ${quoteExcerpt(found)} is evidence for the step ${other}; the emergency label must be one of its own.`,
    'The emergency label must differ from every label that closes a step.',
  ),
  labelDefault: defineMessage(
    'policy-label-default',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} cannot be a label: under approvers it stands for every label that is not named.`,
    'Give the label another name; `default` is taken, in any case.',
  ),
  approverTwice: defineMessage(
    'policy-approver-twice',
    ({ found, other }: { found: string; other: string }) =>
      `${quoteExcerpt(found)} and ${quoteExcerpt(other)} are the same name, because case does not count, so the approvers are set twice.`,
    'GitHub compares label names without regard to case. Keep one of the two entries.',
  ),
  approverEmergency: defineMessage(
    'policy-approver-emergency',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is the emergency label, whose approvers are set under break-glass.`,
    'Move the approvers of the emergency label to `break-glass`, `approvers`.',
  ),
  omittedCircle: defineMessage(
    'policy-omitted-circle',
    ({ found }: { found: string }) =>
      `The omitted-with of the step ${quoteExcerpt(found)} leads into a circle, in which steps leave each other out.`,
    'Steps that leave each other out are never in the checklist. Remove one entry of `omitted-with` from the circle.',
  ),
  beforeCircle: defineMessage(
    'policy-before-circle',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} cannot be placed: its before leads back to itself.`,
    '`before` names the entry itself, or entries name each other. Remove one of them.',
  ),
  noCatchAll: defineMessage(
    'policy-no-catch-all',
    'The last rule must be the one for everything that no other rule meets: when: anything, and a category that blocks.',
    'Let the last rule be `when: anything` with a category that blocks, or use `extends`.',
  ),
  nothingCategory: defineMessage(
    'policy-nothing-category',
    ({ found }: { found: string }) =>
      `Exactly one category must have nothing: true, block never and have no label; found ${found}.`,
    'Exactly one category has `nothing: true`.',
  ),
  leadTimeForm: defineMessage(
    'policy-lead-time-form',
    'A lead time needs a number with its unit, or words.',
    'Write `min`, `max` or both, with `unit`. Where no number is published, write `words` only.',
  ),
  leadTimeOrder: defineMessage(
    'policy-lead-time-order',
    ({ max, min }: { max: number; min: number }) => `The longest time, ${max}, is shorter than the shortest, ${min}.`,
    'Swap `min` and `max`.',
  ),
  badDate: defineMessage(
    'policy-bad-date',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is not a day of the calendar.`,
    'Write a real day as `2026-11-27`.',
  ),
  badTimeZone: defineMessage(
    'policy-bad-time-zone',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is not a known time zone.`,
    'Write a name of the time-zone database: `America/Los_Angeles`.',
  ),
  officeHours: defineMessage(
    'policy-office-hours',
    ({ closes, opens }: { closes: string; opens: string }) =>
      `The office closes at ${closes}, before it opens at ${opens}.`,
    'Let the office open before it closes.',
  ),
  beforeOrder: defineMessage(
    'policy-before-order',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is not new in this policy, so its place cannot be changed with before.`,
    '`before` places new rules only. Remove it from a built-in one.',
  ),
  badPointer: defineMessage(
    'policy-bad-pointer',
    ({ found }: { found: string }) =>
      `The pointer ${quoteExcerpt(found)} does not fit: a star needs type set; an id that ends in .* needs a pointer that ends in its only star, and another type than set.`,
    'A star in a pointer finds several values: give the setting `type: set`. A family (an id that ends in `.*`) needs a pointer that ends in its only star, and one of the other types.',
  ),
  badPath: defineMessage(
    'policy-bad-path',
    ({ found, reason }: { found: string; reason: string }) => `The path ${quoteExcerpt(found)} is refused: ${reason}`,
    'Write a JSONPath as RFC 9535 describes it, such as `$.content_scripts[*].matches`, without regular expressions and with one `..` at most.',
  ),
  pathTwice: defineMessage(
    'policy-path-twice',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} has a path and a pointer. Keep one of them.`,
    '`path` and `pointer` say the same in two notations. Keep `path`.',
  ),
  keyNoFamily: defineMessage(
    'policy-key-no-family',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} has a key, so it stands for several settings and its id must end in .*`,
    'Let the id of a setting with `key` end in `.*`: each entry is a setting of its own.',
  ),
  valueNoEntries: defineMessage(
    'policy-value-no-entries',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} has a value, which is for entries with a key, and for the elements of a set.`,
    'Remove `value`, let the path lead to it, or give the setting `key` or `type: set`.',
  ),
  splitNoSet: defineMessage(
    'policy-split-no-set',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is not a set, so there is nothing to split its text into.`,
    'Give the setting `type: set`, or remove `split`.',
  ),
  absentNoSet: defineMessage(
    'policy-absent-no-set',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is not a set at one place, so its absence means nothing special.`,
    '`absent` says what a set means that is not there. Remove it from other settings.',
  ),
  grantsNoSet: defineMessage(
    'policy-grants-no-set',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is not a set, so it cannot grant element by element.`,
    '`grants: true` says that the elements of a set are rights. Take it out, or make the setting a set.',
  ),
  guardWhen: defineMessage('guard-when', 'its condition cannot be changed.', "Leave a guard's `when` as it is."),
  guardAdvisory: defineMessage('guard-advisory', 'it cannot be advisory.', 'A guard cannot be advisory.'),
  guardCategory: defineMessage(
    'guard-category',
    'its category must block at least as firmly as the built-in one.',
    "A guard's category must block at least as firmly as the built-in one.",
  ),
  guardPassed: defineMessage(
    'guard-passed',
    'no new rule can come before it.',
    'New rules come after the guards. Choose another `before`.',
  ),
};

/** How conditions and suggestions are worded; none of it is an error. */
export const words = {
  didYouMean: (word: string) => ` Did you mean ${word}?`,
  paths: {
    syntax: 'it is not a JSONPath as RFC 9535 describes it.',
    descendants: 'it searches all levels (..) more than once or within a filter, which could take long.',
    function: 'it uses a regular expression (match, search), which could take long.',
  },
  blocks: { never: 'never blocks', always: 'blocks for good' },
  anything: 'any change that no rule before it meets',
  conditions: {
    setting: (list) => `the setting is ${list}`,
    kind: (list) => `it is ${list}`,
    effect: (list) => `what it grants: ${list}`,
    channel: (list) => `the access is ${list}`,
    requirement: (list) => `the access is ${list}`,
    permission: (list) => `the permission is ${list}`,
    type: (list) => `the data type is ${list}`,
    environment: (list) => `the file talks to ${list}`,
    format: (list) => `the format is ${list}`,
    role: (list) => `the document is ${list}`,
    state: (list) => `the document's state is ${list}`,
    trait: (list) => `it is known of it: ${list}`,
    withoutTrait: (list) => `it is not known of it: ${list}`,
    before: (list) => `the value before is ${list}`,
    after: (list) => `the value after is ${list}`,
    value: (tests) => `the changed value ${tests}`,
    file: (list) => `the path is ${list}`,
    given: (list) => list,
    unless: (list) => `unless ${list}`,
    from: (day) => `it is ${day} or later`,
    until: (day) => `it is ${day} or earlier`,
  } satisfies Record<keyof Condition, (list: string) => string>,
  tests: {
    is: (globs: string) => `is ${globs}`,
    in: (lists: string) => `is in the list ${lists}`,
    below: (bound: string) => `is below ${bound}`,
    atLeast: (bound: string) => `is at least ${bound}`,
    covers: {
      value: 'contains the changed value',
      'match-pattern': 'has a match pattern that covers the changed value',
      host: 'has a host that covers the changed value',
    },
    any: 'has a value',
  },
  circumstance: (setting: string, tests: string, place: string) => `${setting} ${tests} ${place}`,
  places: {
    base: { document: 'at base', 'pull-request': 'at base in any document' },
    head: { document: 'at head', 'pull-request': 'at head in any document' },
  },
};
