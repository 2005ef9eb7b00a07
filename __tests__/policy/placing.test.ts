/** The position of new rules and categories: the first rule that matches decides, so the order is the meaning. */
import type { Change } from '../../src/model/change.ts';
import { classifyChange } from '../../src/policy/match.ts';
import { expectEach, GUARDED, over, policyOf, problemsIn, problemsOver, SMALL } from './small-policies.ts';

const CHANGE: Change = {
  file: 'a.json',
  setting: 'name',
  kind: 'modified',
  effect: 'neutral',
  before: null,
  after: null,
  location: null,
  traits: [],
  document: { format: 'plain', role: 'registered', environment: 'none', part: null, state: 'existing' },
};

const rule = (id: string, before?: string): string =>
  `  ${id}: { when: { setting: name }, category: ask, reason: x${before === undefined ? '' : `, before: ${before}`} }`;
const rules = (...lines: readonly string[]): string => `rules:\n${lines.join('\n')}`;
const orderOf = (text: string): string =>
  over(GUARDED, text)
    .rules.map(({ id }) => id)
    .join(' ');

test('new rules are placed after the guards at the top, in their order, or before a named rule', () => {
  expectEach(
    [
      ['', 'first second third fourth fifth last'],
      [rules(rule('a')), 'first second third a fourth fifth last'],
      [rules(rule('a'), rule('b'), rule('c')), 'first second third a b c fourth fifth last'],
      [rules(rule('a', 'last'), rule('b')), 'first second third b fourth fifth a last'],
      [rules(rule('a', 'fourth')), 'first second third a fourth fifth last'],
      [rules(rule('a', 'fourth'), rule('b')), 'first second third b a fourth fifth last'],
      [rules(rule('a'), rule('b', 'a')), 'first second third b a fourth fifth last'],
      [rules(rule('a'), rule('b', 'a'), rule('c'), rule('d')), 'first second third b a c d fourth fifth last'],
      [rules(rule('a', 'b'), rule('b', 'last')), 'first second third fourth fifth a b last'],
      [rules(rule('a', 'c'), rule('b', 'a'), rule('c')), 'first second third b a c fourth fifth last'],
      [rules(rule('a', 'fifth'), rule('b', 'fifth')), 'first second third fourth a b fifth last'],
      [
        rules(rule('a'), '  fourth: { category: other }\n  last: { note: Look. }', rule('b')),
        'first second third a b fourth fifth last',
      ],
    ],
    orderOf,
  );
});

test('a policy without extends has its rules in their order, or before a named one', () => {
  const head = SMALL.slice(0, SMALL.indexOf('rules:')).replace('review', 'ask');
  const last = '  last: { when: anything, category: ask, reason: x }';
  expectEach(
    [
      [rules(rule('a'), rule('b'), last), 'a b last'],
      [rules(rule('a'), last, rule('b', 'last'), rule('c', 'a')), 'c a b last'],
    ],
    (text) =>
      policyOf(`${head}${text}`)
        .rules.map(({ id }) => id)
        .join(' '),
  );
});

test('a rule of a policy without extends cannot be placed before a missing one', () => {
  const two = SMALL.replace('  rest:', '  first: { when: { setting: name }, category: review, reason: x }\n  rest:');
  const unknown = (found: string, hint: string): string =>
    `11:35 policy-unknown-name: There is no rule "${found}". Expected one of: first, rest.${hint}`;
  expectEach<readonly string[]>(
    [
      ['before: firts', [unknown('firts', ' Did you mean first?')]],
      ['before: nowhere', [unknown('nowhere', '')]],
    ],
    (before) => problemsIn(two.replace('anything, ', `anything, ${before}, `)),
  );
});

test('no rule is placed before any guard if every rule is one', () => {
  const onlyGuards = { ...GUARDED, rules: GUARDED.rules.filter((one) => one.guard) };
  expectEach<readonly string[]>(
    [
      [
        rules(rule('a')),
        [
          '3:3 policy-no-catch-all: The last rule does not match every change that no other rule matches. Write when: anything and a category that blocks.',
        ],
      ],
      [
        rules(rule('a', 'last')),
        ['3:67 policy-guard: The rule "last" is a guard, so no new rule can come before it. Use another before.'],
      ],
    ],
    (text) => problemsOver(onlyGuards, text),
  );
});

const category = (id: string, rest: string): string =>
  `  ${id}: { title: T, questions: { configuration: 'no', workflow: 'no' }, ${rest} }`;
const BLOCKS = 'blocks: until-label, label: l/l';
const categories = (...lines: readonly string[]): string => `categories:\n${lines.join('\n')}`;

test('new categories are placed before those that never block, or before a named one', () => {
  expectEach(
    [
      [categories(category('a', BLOCKS)), 'stop ask other a quiet none'],
      [categories(category('a', BLOCKS), category('b', BLOCKS)), 'stop ask other a b quiet none'],
      [categories(category('a', 'blocks: never')), 'stop ask other a quiet none'],
      [categories(category('a', `${BLOCKS}, before: ask`)), 'stop a ask other quiet none'],
      [categories(category('a', `${BLOCKS}, before: stop`)), 'a stop ask other quiet none'],
      [categories(category('a', `${BLOCKS}, before: none`)), 'stop ask other quiet a none'],
      [categories(category('a', `${BLOCKS}, before: b`), category('b', BLOCKS)), 'stop ask other a b quiet none'],
      [categories(category('a', BLOCKS), category('b', `${BLOCKS}, before: a`)), 'stop ask other b a quiet none'],
    ],
    (text) =>
      over(GUARDED, text)
        .categories.map(({ id }) => id)
        .join(' '),
  );
});

test('a policy without extends has its categories in their order', () => {
  const more = `${category('late', BLOCKS)}\n${category('later', `${BLOCKS}, before: quiet`)}`;
  const ids = policyOf(SMALL.replace('steps:', `${more}\nsteps:`)).categories.map(({ id }) => id);
  expect(ids).toEqual(['review', 'later', 'quiet', 'late']);
});

test('existing entries keep their places', () => {
  const stays = (place: string, id: string): readonly string[] => [
    `${place} policy-before-order: "${id}" is a rule of the extended policy, so before cannot move it. Remove before.`,
  ];
  expectEach(
    [
      ['categories: { ask: { before: stop } }', stays('2:30', 'ask')],
      ['rules: { fourth: { before: last } }', stays('2:28', 'fourth')],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

test('entries that wait for each other cannot be placed', () => {
  const circle = (place: string, id: string): string =>
    `${place} policy-before-circle: The before of "${id}" leads back to the entry itself. Remove it.`;
  expectEach<readonly string[]>(
    [
      [rules(rule('a', 'a')), [circle('3:67', 'a')]],
      [
        rules(rule('a', 'b'), rule('b', 'a'), rule('c', 'b')),
        [circle('3:67', 'a'), circle('4:67', 'b'), circle('5:67', 'c')],
      ],
      [categories(category('a', `${BLOCKS}, before: a`)), [circle('3:111', 'a')]],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

const changed = (text: string, change: Partial<Change>): string => {
  const found = { ...CHANGE, ...change };
  return classifyChange(over(MIDDLE, text), found).rule.id;
};
/** The guard in the middle, behind an open rule, is about removed settings. */
const MIDDLE = {
  ...GUARDED,
  rules: GUARDED.rules.map((one) => (one.id === 'fifth' ? { ...one, when: [{ kind: ['removed' as const] }] } : one)),
};

test('guards decide before any rule of a team, in every place', () => {
  const all = '  mine: { when: { setting: [name, description, methods] }, category: quiet, reason: x }';
  const opened = '  fourth: { when: { setting: [name, description] } }';
  expect(changed('', { setting: 'description', kind: 'removed' })).toBe('fifth');
  expect(changed(rules(all), { setting: 'description', kind: 'removed' })).toBe('fifth');
  expect(changed(rules(opened), { setting: 'description', kind: 'removed' })).toBe('fifth');
  expect(changed(rules(opened), { setting: 'description', kind: 'added' })).toBe('fourth');
  expect(changed(rules(all), { setting: 'description', kind: 'added' })).toBe('mine');
  // An open rule of the policy itself comes before its guard, and a team's rule before that.
  expect(changed('', { setting: 'name', kind: 'removed' })).toBe('fourth');
  expect(changed(rules(all), { setting: 'name', kind: 'removed' })).toBe('mine');
  // A guard with another category stays a guard.
  expect(changed(rules(all, '  fifth: { category: stop }'), { setting: 'methods', kind: 'removed' })).toBe('fifth');
});
