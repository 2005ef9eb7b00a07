/** What a team may not loosen, on both sides of the line: guards, categories that always block, the last rule. */
import { expectEach, GUARDED, over, problemsIn, problemsOver, SMALL } from './small-policies.ts';

const REASONS = {
  when: 'its condition cannot be changed. Remove when',
  advisory: 'it cannot be advisory. Remove enforcement',
  category: 'its category cannot be less strict than the built-in category. Use a stricter one',
  passed: 'no new rule can come before it. Use another before',
} as const;
const guard = (place: string, id: string, reason: keyof typeof REASONS): string =>
  `${place} policy-guard: The rule "${id}" is a guard, so ${REASONS[reason]}.`;
const loosened = (place: string, id: string): string =>
  `${place} policy-category-loosened: The category "${id}" always blocks, and a policy cannot loosen it. Exclude a false alarm with ignore.`;
const noCatchAll = (place: string): string =>
  `${place} policy-no-catch-all: The last rule does not match every change that no other rule matches. Write when: anything and a category that blocks.`;
const label = (place: string, id: string, how: string): string =>
  `${place} policy-label-impossible: The category "${id}" ${how}, so it cannot have a label. Remove the label.`;

test('a guard keeps its condition, remains required, and leads to a category that blocks as strictly', () => {
  expectEach<readonly string[]>(
    [
      ['rules: { second: { reason: Mine., note: Look., also: [quiet], steps: { add: [look] } } }', []],
      ['rules: { second: { enforcement: required, guard: true } }', []],
      ['rules: { second: { when: { state: removed } } }', [guard('2:20', 'second', 'when')]],
      ['rules: { second: { enforcement: advisory } }', [guard('2:20', 'second', 'advisory')]],
      ['rules: { second: { guard: false } }', [guard('2:18', 'second', 'advisory')]],
      ['rules: { second: { category: other } }', []],
      ['rules: { second: { category: stop } }', []],
      ['rules: { second: { category: quiet } }', [guard('2:20', 'second', 'category')]],
      ['rules: { first: { category: stop } }', []],
      ['rules: { first: { category: other } }', [guard('2:19', 'first', 'category')]],
      ['rules: { first: { category: quiet } }', [guard('2:19', 'first', 'category')]],
      ['rules: { fifth: { category: none } }', []],
      [
        'rules: { second: { when: { state: removed }, category: quiet, guard: false } }',
        [guard('2:18', 'second', 'advisory'), guard('2:20', 'second', 'when'), guard('2:46', 'second', 'category')],
      ],
      // No guard
      ['rules: { fourth: { when: { setting: name }, category: quiet, enforcement: advisory, guard: false } }', []],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

test('the category of a guard blocks as strictly as before', () => {
  expectEach<readonly string[]>(
    [
      ['categories: { other: { blocks: always } }', [label('2:15', 'other', 'always blocks')]],
      [
        'categories: { ask: { blocks: never } }',
        [
          noCatchAll('1:1'),
          label('2:15', 'ask', 'never blocks'),
          ...['second', 'third', 'last'].map((id) => guard('2:22', id, 'category')),
        ],
      ],
      [
        'categories: { ask: { blocks: never } }\nrules: { third: { category: other }, last: { category: other } }',
        [label('2:15', 'ask', 'never blocks'), guard('2:22', 'second', 'category')],
      ],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

test('a category that always blocks remains one', () => {
  expectEach<readonly string[]>(
    [
      ['categories: { stop: { title: Halt } }', []],
      ['categories: { stop: { blocks: always } }', []],
      ['categories: { stop: { blocks: until-label, label: s/s } }', [loosened('2:15', 'stop')]],
      ['categories: { stop: { blocks: never } }', [loosened('2:15', 'stop')]],
      ["categories: { more: { title: M, blocks: never, questions: { configuration: 'no', workflow: 'no' } } }", []],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

const mine = (before: string): string =>
  `rules: { mine: { when: { setting: name }, category: quiet, reason: x, before: ${before} } }`;

test('no new rule comes before the guards at the top', () => {
  expectEach<readonly string[]>(
    [
      [mine('first'), [guard('2:79', 'first', 'passed')]],
      [mine('second'), [guard('2:79', 'second', 'passed')]],
      [mine('third'), [guard('2:79', 'third', 'passed')]],
      [mine('fourth'), []],
      [mine('fifth'), []],
      [mine('last'), []],
    ],
    (text) => problemsOver(GUARDED, text),
  );
});

test('a policy without extends can place its guards anywhere', () => {
  const guards = ['before: rest', 'note: x'].map(
    (more, index) =>
      `  mine-${index}: { guard: true, when: { setting: name }, category: review, reason: x, ${more} }\n`,
  );
  expect(problemsIn(`${SMALL}${guards[0]}`)).toEqual([]);
  expect(problemsIn(SMALL.replace('  rest:', `${guards.reverse().join('')}  rest:`))).toEqual([]);
});

test('the last rule matches everything, is required, and leads to a category that blocks', () => {
  expectEach<readonly string[]>(
    [
      ['{ when: anything, category: review, reason: x }', []],
      ['{ when: anything, category: quiet, reason: x }', [noCatchAll('10:3')]],
      ['{ when: { kind: added }, category: review, reason: x }', [noCatchAll('10:3')]],
      ['{ when: [{ kind: added }, { kind: removed }], category: review, reason: x }', [noCatchAll('10:3')]],
      ['{ when: anything, category: review, reason: x, enforcement: advisory }', [noCatchAll('10:3')]],
      [
        '{ when: anything, category: revue, reason: x }',
        [
          noCatchAll('10:3'),
          '10:37 policy-unknown-name: There is no category "revue". Expected one of: review, quiet.',
        ],
      ],
    ],
    (rule) => problemsIn(SMALL.replace(/ {2}rest: .*/, `  rest: ${rule}`)),
  );
  expect(problemsIn(SMALL.replace('when: anything, ', ''))).toEqual([
    '10:3 policy-missing-key: The new rule rest lacks the key when. Add it.',
    noCatchAll('10:3'),
  ]);
  expect(problemsIn(SMALL.replace(/rules:\n.*\n/, 'rules: {}\n'))).toEqual([noCatchAll('9:1')]);
});

test('a guard that a team keeps remains one', () => {
  const rules = over(GUARDED, 'rules: { second: { reason: Mine. }, fourth: { guard: true } }').rules;
  expect(rules.map(({ id, guard: kept }) => [id, kept])).toEqual([
    ['first', true],
    ['second', true],
    ['third', true],
    ['fourth', true],
    ['fifth', true],
    ['last', true],
  ]);
});
