/** The order of what the report lists: decided by the facts alone, never by the order in which they came in. */
import type { Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Problem, ReportFile } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { change, finding, input } from './sample.ts';

const at = (line: number, column: number): Partial<Change> => ({ location: { side: 'head', line, column } });
const part = (of: string | null): Partial<Change> => ({ document: { ...change().document, part: of } });
const access = (more: Partial<NonNullable<Change['access']>>): Partial<Change> => ({
  access: { channel: 'online', requirement: 'optional', typeId: 'b', permission: 'Read', ...more },
});
const of = (more: Partial<Change>) => finding('configuration', { change: more });

/** The first is before the second, whichever came in first. */
const PAIRS: readonly [string, Finding, Finding][] = [
  ['the more demanding category in any file', finding('certificate', { change: { file: 'z' } }), of({ file: 'a' })],
  ['the file', of({ file: 'Z.xml', ...at(9, 9) }), of({ file: 'a.xml', ...at(1, 1) })],
  ['a file before one with a longer name', of({ file: 'a' }), of({ file: 'a.xml' })],
  ['a change without a part', of({ ...part(null), ...at(9, 9) }), of({ ...part('Debug'), ...at(1, 1) })],
  ['the part', of({ ...part('Debug'), ...at(9, 9) }), of({ ...part('Release'), ...at(1, 1) })],
  ['a change without a place', of({ location: null, setting: 'z' }), of({ ...at(1, 1), setting: 'a' })],
  ['the line, as a number', of({ ...at(9, 8), setting: 'z' }), of({ ...at(10, 1), setting: 'a' })],
  ['the column, as a number', of({ ...at(3, 9), setting: 'z' }), of({ ...at(3, 10), setting: 'a' })],
  ['the setting', of({ setting: 'action-url', kind: 'removed' }), of({ setting: 'name', kind: 'added' })],
  ['the kind', of({ kind: 'added', effect: 'widens' }), of({ kind: 'removed', effect: 'narrows' })],
  ['a change without access', of({ effect: 'widens' }), of({ effect: 'narrows', ...access({ typeId: '*' }) })],
  ['the data type', of(access({ typeId: '*', permission: 'Delete' })), of(access({ typeId: 'b', permission: 'Read' }))],
  ['reading before creating', of(access({ requirement: 'required' })), of(access({ permission: 'Create' }))],
  ['creating before updating', of(access({ permission: 'Create' })), of(access({ permission: 'Update' }))],
  ['updating before deleting', of(access({ permission: 'Update' })), of(access({ permission: 'Delete' }))],
  [
    'optional before required',
    of({ effect: 'widens', ...access({}) }),
    of({ effect: 'narrows', ...access({ requirement: 'required' }) }),
  ],
  ['the effect', of({ effect: 'narrows', before: 'z' }), of({ effect: 'widens', before: 'a' })],
  ['no value at the base', of({ before: null, after: 'z' }), of({ before: 'A', after: 'a' })],
  ['the value at the base', of({ before: 'a', after: 'z' }), of({ before: 'b', after: 'a' })],
  ['no value at the head', of({ after: null }), of({ after: 'A' })],
  ['the value at the head', of({ after: 'a' }), of({ after: 'b' })],
  ['the rule', finding('configuration', { rule: { id: 'a' } }), finding('configuration', { rule: { id: 'b' } })],
];

test.each(PAIRS)('changes are sorted so that %s comes first', (_, first, second) => {
  const told = (findings: readonly Finding[]) =>
    makePlan(input({ findings })).changes.map(
      ({ rule, category, file, part: within, location, setting, kind, effect, access: to, before, after }) => [
        rule,
        category,
        file,
        within,
        location,
        setting,
        kind,
        effect,
        to,
        before,
        after,
      ],
    );
  const expected = [first, second].map(({ rule, category, change: one }) => [
    rule.id,
    category,
    one.file,
    one.document.part ?? undefined,
    one.location,
    one.setting,
    one.kind,
    one.effect,
    one.access,
    one.before,
    one.after,
  ]);
  expect(told([first, second])).toStrictEqual(expected);
  expect(told([second, first])).toStrictEqual(expected);
});

const problem = (more: Partial<Problem>): Problem => ({ id: 'm', severity: 'advice', message: 'M.', ...more });
const PROBLEMS: readonly [string, Problem, Problem][] = [
  [
    'a failure before a refusal',
    problem({ severity: 'error', file: 'z' }),
    problem({ severity: 'refused', file: 'a' }),
  ],
  [
    'a refusal before an unreadable file',
    problem({ severity: 'refused', file: 'z' }),
    problem({ severity: 'unreadable', file: 'a' }),
  ],
  ['an unreadable file before advice', problem({ severity: 'unreadable', file: 'z' }), problem({ file: 'a' })],
  ['no file before a file', problem({ id: 'z' }), problem({ file: 'A', id: 'a' })],
  ['the file', problem({ file: 'a', line: 9 }), problem({ file: 'b', line: 1 })],
  ['no line first', problem({ file: 'a', id: 'z' }), problem({ file: 'a', line: 1, id: 'a' })],
  ['the line, as a number', problem({ line: 9, column: 2 }), problem({ line: 10, column: 1 })],
  ['no column first', problem({ line: 1, id: 'z' }), problem({ line: 1, column: 1, id: 'a' })],
  ['the column, as a number', problem({ line: 1, column: 9, id: 'z' }), problem({ line: 1, column: 10, id: 'a' })],
  ['the id', problem({ id: 'a', message: 'Z.' }), problem({ id: 'b', message: 'A.' })],
  ['the message', problem({ message: 'A.' }), problem({ message: 'B.' })],
];

test.each(PROBLEMS)('problems are sorted with %s', (_, first, second) => {
  const told = (problems: readonly Problem[]) => makePlan(input({ problems })).problems;
  expect(told([first, second])).toStrictEqual([first, second]);
  expect(told([second, first, second, first])).toStrictEqual([first, second]);
});

test('problems that differ in any part are all listed', () => {
  const one = problem({ file: 'a', line: 1, column: 1 });
  const others = [
    { severity: 'refused' as const },
    { id: 'n' },
    { file: 'b' },
    { line: 2 },
    { column: 2 },
    { message: 'N.' },
  ];
  const problems = [one, ...others.map((more) => ({ ...one, ...more }))];
  expect(makePlan(input({ problems })).problems).toHaveLength(7);
});

test('files are sorted by path', () => {
  const file = (path: string, status: ReportFile['status'], format: string): ReportFile => ({ path, status, format });
  const sorted = [
    file('B', 'removed', 'x'),
    file('a', 'added', 'y'),
    file('a', 'modified', 'x'),
    file('a', 'modified', 'y'),
    file('a/b', 'added', 'x'),
  ];
  for (const files of [sorted, sorted.toReversed()]) {
    expect(makePlan(input({ files })).files).toStrictEqual(sorted);
  }
});
