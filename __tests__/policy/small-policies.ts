/** Policies that stand for themselves, where the built-in ones would hide what a case is about. */
import type { Policy, Rule } from '../../src/model/policy.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { makeCategory, makeRule, makeStep } from '../support/policy-parts.ts';

/** As little as a policy may say. */
export const SMALL = `name: small
title: Small
watch: []
categories:
  review: { title: Review, label: ok, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  quiet: { title: Quiet, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps:
  look: { title: Look, text: Look at it., who: reviewer }
rules:
  rest: { when: anything, category: review, reason: Nobody knows. }
`;

export const SMALL_MEANS: Policy = {
  name: 'small',
  title: 'Small',
  categories: [
    makeCategory({
      id: 'review',
      title: 'Review',
      label: 'ok',
    }),
    makeCategory({
      id: 'quiet',
      title: 'Quiet',
      label: null,
      blocks: 'never',
      questions: { configuration: 'no', workflow: 'no' },
      nothing: true,
    }),
  ],
  steps: [
    makeStep({
      id: 'look',
      title: 'Look',
      text: 'Look at it.',
      who: 'reviewer',
    }),
  ],
  rules: [
    makeRule({
      id: 'rest',
      category: 'review',
      reason: 'Nobody knows.',
    }),
  ],
  citations: [],
  contacts: [],
  watch: [],
  unrecognized: 'unknown',
  ignore: [],
  workflow: [],
  approvers: { default: { role: 'write', users: [], teams: [], notAuthor: true } },
  consentWidening: 'configuration',
  consentReadings: {},
  requiredSteps: 'advisory',
  merge: 'after-review',
  holidays: { calendar: 'us-federal', add: [], remove: [] },
  office: { timeZone: 'UTC', opens: '09:00', closes: '17:00' },
  slotNotice: null,
  notNeeded: [],
  breakGlass: null,
  documents: [],
  questions: {
    configuration: {
      text: 'Does anything change that is reviewed?',
      yes: '{names}.',
      no: 'Nothing changes that is reviewed.',
    },
    workflow: {
      text: 'Does anything change for users?',
      yes: 'The policy says that users meet {names}.',
      no: 'No change that the policy knows concerns users.',
    },
  },
  isStandalone: true,
};

const [REVIEW, QUIET] = SMALL_MEANS.categories as [Policy['categories'][0], Policy['categories'][0]];
const [REST] = SMALL_MEANS.rules as [Rule];

/** Three guards at the top, an open rule, a guard below it, and one that catches everything. */
export const GUARDED: Policy = {
  ...SMALL_MEANS,
  categories: [
    { ...REVIEW, id: 'stop', label: null, blocks: 'always' },
    { ...REVIEW, id: 'ask', label: 'ask/ok' },
    { ...REVIEW, id: 'other', label: 'other/ok' },
    { ...QUIET, id: 'quiet', nothing: false },
    { ...QUIET, id: 'none' },
  ],
  rules: [
    { ...REST, id: 'first', guard: true, when: [{ setting: ['secret'] }], category: 'stop' },
    { ...REST, id: 'second', guard: true, when: [{ state: ['unreadable'] }], category: 'ask' },
    { ...REST, id: 'third', guard: true, when: [{ state: ['removed'] }], category: 'ask' },
    { ...REST, id: 'fourth', when: [{ setting: ['name'] }], category: 'ask' },
    { ...REST, id: 'fifth', guard: true, when: [{ setting: ['secret'] }], category: 'quiet' },
    { ...REST, id: 'last', guard: true, category: 'ask' },
  ],
};

/** A valid policy. @throws with its problems when it is none. */
export function policyOf(text: string, presets: ReadonlyMap<string, Policy> = new Map()): Policy {
  const result = readPolicy(text, 'own.yml', presets);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.policy;
}

/** What a file says over a policy. */
export function over(base: Policy, text: string): Policy {
  return policyOf(`extends: base\n${text}`, new Map([['base', base]]));
}

/** The problems of a file as `line:column id: message`, nothing when it is valid. */
export function problemsIn(text: string, presets: ReadonlyMap<string, Policy> = new Map()): readonly string[] {
  const result = readPolicy(text, 'own.yml', presets);
  if ('policy' in result) return [];
  return result.problems.map(({ id, message, place }) => `${place.line}:${place.column} ${id}: ${message}`);
}

/** The problems of a file over a policy; what the case says is from line 2 on. */
export function problemsOver(base: Policy, text: string): readonly string[] {
  return problemsIn(`extends: base\n${text}`, new Map([['base', base]]));
}

/** For each row of a table: what was found must be what the row says; a row that fails shows its text. */
export function expectEach<Found>(
  rows: readonly (readonly [text: string, expected: Found])[],
  find: (text: string) => Found,
): void {
  expect(rows.map(([text]) => [text, find(text)])).toEqual(rows);
}
