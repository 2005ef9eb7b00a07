/** Problems of a policy file, and the wording of conditions. */
import { defineMessage } from '../model/messages.ts';
import type { Condition } from '../model/policy.ts';
import { quoteExcerpt } from '../syntax/schema-problems.ts';

/** Problems of a policy file. The last ones are reasons within others. */
export const messages = {
  syntax: defineMessage(
    'policy-syntax',
    ({ reason }: { reason: string }) => reason,
    'Fix the YAML or JSON. [Text, XML, YAML and JSON](#text-xml-yaml-and-json) explains the reason.',
  ),
  tooLarge: defineMessage(
    'policy-too-large',
    ({ found, limit }: { found: number; limit: number }) =>
      `The policy has ${found} characters, and the gate reads at most ${limit}. Remove everything that is not a policy.`,
    'Remove everything that is not a policy.',
  ),
  notAMap: defineMessage(
    'policy-not-a-map',
    ({ found }: { found: string }) => `Found ${found}, expected a map of keys such as extends, watch and rules.`,
    'Start the file with keys such as `extends: healthvault`.',
  ),
  unknownKey: defineMessage(
    'policy-unknown-key',
    ({ found, allowed }: { found: string; allowed: string }) => `There is no key ${found} here.${allowed}`,
    'Use a key that the message suggests or lists.',
  ),
  missingKey: defineMessage(
    'policy-missing-key',
    ({ what, expected }: { what: string; expected: string }) => `${what} lacks the key ${expected}. Add it.`,
    'Add the key that the message names.',
  ),
  wrongType: defineMessage(
    'policy-wrong-type',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected ${expected}.`,
    'Write a value of the expected kind, for example a list instead of a text.',
  ),
  wrongValue: defineMessage(
    'policy-wrong-value',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected one of: ${expected}.`,
    'Use one of the values that the message lists.',
  ),
  wrongForm: defineMessage(
    'policy-wrong-form',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected ${expected}.`,
    'Write a text of the form that the message describes.',
  ),
  outOfRange: defineMessage(
    'policy-out-of-range',
    ({ found, expected }: { found: string; expected: string }) => `Found ${found}, expected a number of ${expected}.`,
    'Write a number within the limits in the message.',
  ),
  empty: defineMessage(
    'policy-empty',
    'Found an empty list, expected at least one entry.',
    'Add an entry, or remove the key.',
  ),
  unansweredQuestion: defineMessage(
    'policy-unanswered-question',
    ({ found, expected }: { found: string; expected: string }) =>
      `The category ${found} does not answer the key questions of the policy. Answer exactly these: ${expected}.`,
    'Answer each question of the policy in each category, and no other question. Without `questions` in the policy, the questions are `configuration` and `workflow`.',
  ),
  unknownPreset: defineMessage(
    'policy-unknown-preset',
    ({ found, expected }: { found: string; expected: string }) =>
      `There is no built-in policy ${quoteExcerpt(found)}. Expected one of: ${expected}.`,
    'Use the name of a built-in policy in `extends`.',
  ),
  sharedUnpinned: defineMessage(
    'policy-shared-unpinned',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} does not name a policy of another repository with a full commit SHA. Write owner/repository/path@commit.`,
    'Write `owner/repository/path@commit` with all 40 characters of the commit, because a branch or a tag can move.',
  ),
  sharedUnread: defineMessage(
    'policy-shared-unread',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is a policy of another repository, which the gate does not read here. Remove it from extends.`,
    'A built-in policy, or a policy that is tested in memory, cannot extend a policy of another repository. Remove it from `extends`.',
  ),
  unknownName: defineMessage(
    'policy-unknown-name',
    ({ kind, found, expected }: { kind: string; found: string; expected: string }) =>
      `There is no ${kind} ${quoteExcerpt(found)}. Expected one of: ${expected}.`,
    'Correct the name, or define the category, step, contact or source.',
  ),
  unknownSetting: defineMessage(
    'policy-unknown-setting',
    ({ found }: { found: string }) =>
      `No setting has an id that matches ${quoteExcerpt(found)}. Run go-live-gate explain for the list.`,
    'Use an id from [the page on policies](policy.md) or from `go-live-gate explain`.',
  ),
  unknownType: defineMessage(
    'policy-unknown-type',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is not the name of a published data type or a GUID.`,
    'Write the published name or the GUID of a data type.',
  ),
  listTwice: defineMessage(
    'policy-list-twice',
    ({ found }: { found: string }) =>
      `The extended policy already has a list ${quoteExcerpt(found)}, and its rules depend on it. Use another name.`,
    'Use another name for the list, and add a rule for the values that need another category.',
  ),
  boundKind: defineMessage(
    'policy-bound-kind',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is not clearly a number or a version. Add as: number or as: version.`,
    'Add `as: number` or `as: version`, or write a whole number, a version such as 2.10.0, or a date.',
  ),
  boundForm: defineMessage(
    'policy-bound-form',
    ({ found, kind }: { found: string; kind: string }) => `${quoteExcerpt(found)} is not a valid ${kind}.`,
    'Write a number such as 36, a version such as 2.10.0, or a date such as 2026-08-31.',
  ),
  dayOrder: defineMessage(
    'policy-day-order',
    ({ from, until }: { from: string; until: string }) => `until (${until}) is before from (${from}). Swap them.`,
    'Swap `from`, the first day of the condition, and `until`, the last day.',
  ),
  reservedName: defineMessage(
    'policy-reserved-name',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is reserved and cannot be the id of a category. Use another id.`,
    'Use another id for the category.',
  ),
  badGlob: defineMessage(
    'policy-bad-glob',
    ({ found, reason }: { found: string; reason: string }) => `The glob ${quoteExcerpt(found)} is not valid: ${reason}`,
    'Fix the glob. The reason is one of the `glob-` entries below.',
  ),
  badLinePattern: defineMessage(
    'policy-line-pattern',
    ({ found, reason }: { found: string; reason: string }) =>
      `The pattern "${found}" of a mark is not valid: ${reason}`,
    'Fix the pattern. The reason is one of the `glob-` and `line-pattern-` entries below.',
  ),

  guard: defineMessage(
    'policy-guard',
    ({ found, reason }: { found: string; reason: string }) =>
      `The rule ${quoteExcerpt(found)} is a guard, so ${reason}`,
    'A guard is a rule for changes that must always be seen. The reason is one of the `guard-` entries below.',
  ),
  categoryLoosened: defineMessage(
    'policy-category-loosened',
    ({ found }: { found: string }) =>
      `The category ${quoteExcerpt(found)} always blocks, and a policy cannot loosen it. Exclude a false alarm with ignore.`,
    'Remove the change to the category. Exclude a false alarm with `ignore`.',
  ),
  labelImpossible: defineMessage(
    'policy-label-impossible',
    ({ found, reason }: { found: string; reason: string }) =>
      `The category ${quoteExcerpt(found)} ${reason}, so it cannot have a label. Remove the label.`,
    'Remove the label. A category that never or always blocks has no label.',
  ),
  labelMissing: defineMessage(
    'policy-label-missing',
    ({ found }: { found: string }) =>
      `The category ${quoteExcerpt(found)} blocks until a label approves it, but has no label. Add one.`,
    'Add `label` to the category.',
  ),
  labelTwice: defineMessage(
    'policy-label-twice',
    ({ found, other }: { found: string; other: string }) =>
      `The emergency label ${quoteExcerpt(found)} is already the label of the category ${other}. Use another label.`,
    'Use an emergency label that is not the label of a category.',
  ),
  labelEvidence: defineMessage(
    'policy-label-evidence',
    ({ found, other }: { found: string; other: string }) =>
      `The emergency label ${quoteExcerpt(found)} is already evidence for the step ${other}. Use another label.`,
    'Use an emergency label that is not evidence for a step.',
  ),
  labelDefault: defineMessage(
    'policy-label-default',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} cannot be a label, because under approvers it means all labels that are not listed. Use another label.`,
    'Use another label. `default` is reserved in upper and lower case.',
  ),
  approverTwice: defineMessage(
    'policy-approver-twice',
    ({ found, other }: { found: string; other: string }) =>
      `${quoteExcerpt(found)} and ${quoteExcerpt(other)} are the same label, because GitHub ignores case, so its approvers are set twice. Remove one.`,
    'GitHub ignores the case of labels. Remove one of the two entries.',
  ),
  approverEmergency: defineMessage(
    'policy-approver-emergency',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is the emergency label. Set its approvers under break-glass.`,
    'Move the approvers of the emergency label to `break-glass`, `approvers`.',
  ),
  omittedCircle: defineMessage(
    'policy-omitted-circle',
    ({ found }: { found: string }) =>
      `The omitted-with of the step ${quoteExcerpt(found)} is part of a circle of steps that omit each other. Remove one entry.`,
    'Remove one entry of `omitted-with` from the circle. Steps that omit each other are never in the checklist.',
  ),
  beforeCircle: defineMessage(
    'policy-before-circle',
    ({ found }: { found: string }) => `The before of ${quoteExcerpt(found)} leads back to the entry itself. Remove it.`,
    'Remove one `before` of the entries that name each other.',
  ),
  noCatchAll: defineMessage(
    'policy-no-catch-all',
    'The last rule does not match every change that no other rule matches. Write when: anything and a category that blocks.',
    'Add a last rule with `when: anything` and a category that blocks, or use `extends`.',
  ),
  nothingCategory: defineMessage(
    'policy-nothing-category',
    ({ found }: { found: string }) =>
      `Found ${found}, expected exactly one category with nothing: true that never blocks and has no label.`,
    'Set `nothing: true` in exactly one category. It never blocks and has no label.',
  ),
  leadTimeForm: defineMessage(
    'policy-lead-time-form',
    'This lead time has no number with its unit and no words. Write one of them.',
    'Write `min`, `max` or both, with `unit`. If no number is published, write only `words`.',
  ),
  leadTimeOrder: defineMessage(
    'policy-lead-time-order',
    ({ max, min }: { max: number; min: number }) => `max (${max}) is less than min (${min}). Swap them.`,
    'Swap `min` and `max`.',
  ),
  badDate: defineMessage(
    'policy-bad-date',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} is not a valid day. Use a form like 2026-11-27.`,
    'Write a day of the calendar, such as `2026-11-27`.',
  ),
  badTimeZone: defineMessage(
    'policy-bad-time-zone',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is not a known time zone. Use a name like America/Los_Angeles.`,
    'Use a name of the time-zone database, such as `America/Los_Angeles`.',
  ),
  officeHours: defineMessage(
    'policy-office-hours',
    ({ closes, opens }: { closes: string; opens: string }) =>
      `closes (${closes}) is before opens (${opens}). Swap them.`,
    'Swap `opens` and `closes`.',
  ),
  beforeOrder: defineMessage(
    'policy-before-order',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} is a rule of the extended policy, so before cannot move it. Remove before.`,
    'Remove `before` from the rule. It applies only to new rules.',
  ),
  badPointer: defineMessage(
    'policy-bad-pointer',
    ({ found }: { found: string }) =>
      `The pointer ${quoteExcerpt(found)} does not match the type of its setting. Write type: set for a star, or for an id that ends in .* a pointer that ends in its only star.`,
    'A star in a pointer finds several values, so set `type: set`. For an id that ends in `.*`, write a pointer that ends in its only star, and another type.',
  ),
  badPath: defineMessage(
    'policy-bad-path',
    ({ found, reason }: { found: string; reason: string }) => `The path ${quoteExcerpt(found)} is not valid: ${reason}`,
    'Write a JSONPath of RFC 9535, such as `$.content_scripts[*].matches`, without regular expressions and with at most one `..`.',
  ),
  pathTwice: defineMessage(
    'policy-path-twice',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} has a path and a pointer. Keep one of them.`,
    'Keep `path`. `pointer` is another notation for the same place.',
  ),
  keyNoFamily: defineMessage(
    'policy-key-no-family',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} has a key, so each entry is a setting. End its id with .*`,
    'End the id of a setting with `key` in `.*`, because each entry is a separate setting.',
  ),
  valueNoEntries: defineMessage(
    'policy-value-no-entries',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} has a value, but neither a key nor type: set. Remove value, or add one of them.`,
    'Remove `value` and extend the path, or add `key` or `type: set`.',
  ),
  splitNoSet: defineMessage(
    'policy-split-no-set',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} has split, but is not a set. Add type: set.`,
    'Add `type: set`, or remove `split`.',
  ),
  absentNoSet: defineMessage(
    'policy-absent-no-set',
    ({ found }: { found: string }) =>
      `${quoteExcerpt(found)} has absent, but is not a set at one place. Remove absent.`,
    'Remove `absent`. It is the meaning of a missing set.',
  ),
  grantsNoSet: defineMessage(
    'policy-grants-no-set',
    ({ found }: { found: string }) => `${quoteExcerpt(found)} has grants, but is not a set. Add type: set.`,
    'Add `type: set`, or remove `grants: true`, which means that the elements of a set are rights.',
  ),
  guardWhen: defineMessage(
    'guard-when',
    'its condition cannot be changed. Remove when.',
    'Remove `when` from the guard.',
  ),
  guardAdvisory: defineMessage(
    'guard-advisory',
    'it cannot be advisory. Remove enforcement.',
    'Remove `enforcement: advisory` from the guard.',
  ),
  guardCategory: defineMessage(
    'guard-category',
    'its category cannot be less strict than the built-in category. Use a stricter one.',
    'Use the built-in category of the guard, or a stricter one.',
  ),
  guardPassed: defineMessage(
    'guard-passed',
    'no new rule can come before it. Use another before.',
    'Use another `before`. New rules come after the guards.',
  ),
};

/** The wording of conditions and suggestions. None of it is an error. */
export const words = {
  didYouMean: (word: string) => ` Did you mean ${word}?`,
  paths: {
    syntax: 'it is not a JSONPath of RFC 9535.',
    descendants: 'it contains .. more than once or in a filter, which could take long.',
    function: 'it contains a regular expression (match, search), which could take long.',
  },
  blocks: { never: 'never blocks', always: 'always blocks' },
  anything: 'any change that no earlier rule matches',
  conditions: {
    setting: (list) => `the setting is ${list}`,
    kind: (list) => `the change is ${list}`,
    effect: (list) => `the effect is ${list}`,
    channel: (list) => `the access is ${list}`,
    requirement: (list) => `the access is ${list}`,
    permission: (list) => `the permission is ${list}`,
    type: (list) => `the data type is ${list}`,
    environment: (list) => `the environment is ${list}`,
    format: (list) => `the format is ${list}`,
    role: (list) => `the document is ${list}`,
    state: (list) => `the document's state is ${list}`,
    trait: (list) => `it has the trait ${list}`,
    withoutTrait: (list) => `it does not have the trait ${list}`,
    before: (list) => `the value at base is ${list}`,
    after: (list) => `the value at head is ${list}`,
    value: (tests) => `the changed value ${tests}`,
    file: (list) => `the path is ${list}`,
    given: (list) => list,
    unless: (list) => `unless ${list}`,
    from: (day) => `the day is ${day} or later`,
    until: (day) => `the day is ${day} or earlier`,
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
