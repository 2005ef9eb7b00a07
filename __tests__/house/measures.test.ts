/** The measures of the tests themselves: what coverage counts, where it finds it, and how mutants are added up. */
import { countsAt } from '../../scripts/coverage/counts.ts';
import { findPoints } from '../../scripts/coverage/points.ts';
import { listMappings } from '../../scripts/coverage/source-map.ts';
import reasons from '../../scripts/mutation/reasons.json' with { type: 'json' };
import { findReason, listSurvivors, writeScore, writeSurvivors } from '../../scripts/mutation/report.ts';
import { readProjectFile } from './markdown.ts';

describe('the points of a source', () => {
  const lines = (text: string) => findPoints('a.ts', text).statements.map(({ line }) => line);
  const branches = (text: string) =>
    findPoints('a.ts', text).branches.map(({ point, without }) => {
      const of = ({ start, end }: { readonly start: number; readonly end: number }) => text.slice(start, end);
      return without === null ? of(point) : `past ${of(without)}`;
    });

  test('include statements, but not types, imports and blocks', () => {
    const text =
      "import { a } from './a.ts';\ntype T = string;\nconst b: T = a,\n  c = 1;\nfunction f(): void {\n  {\n    b();\n  }\n}\n";
    expect(lines(text)).toEqual([3, 4, 7]);
  });

  test('include the body of a short function', () => {
    expect(lines('const f = (a: number) =>\n  a + 1;\n')).toEqual([1, 2]);
  });

  test.each([
    ['if (a) b();', ['b();', 'past b();']],
    ['if (a) b();\nelse c();', ['b();', 'c();']],
    ['x = a ? b : (c);', ['b', 'c']],
    ['x = a && b && (c ?? d);', ['a', 'b', 'c', 'd']],
    ['switch (a) { case 1: case 2: b(); break; default: c(); }', ['b();', 'c();']],
    ['x = a?.b; type T = A extends B ? C : D;', []],
    ["x = '\u{1F600}é' || y;", ["'\u{1F600}é'", 'y']],
  ])('include %s', (text, expected) => expect(branches(text).sort()).toEqual([...expected].sort()));

  test('are refused for a text that is not a program', () => expect(() => findPoints('a.ts', 'if (')).toThrow());
});

test('the innermost range around a place has its count', () => {
  const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });
  const functions = [
    { ranges: [range(0, 100, 1)] },
    { ranges: [range(60, 80, 0)] },
    { ranges: [range(10, 50, 5), range(20, 30, 2), range(30, 40, 0)] },
  ];
  expect(countsAt(functions, [0, 10, 20, 29, 30, 39, 40, 50, 60, 80, 100])).toEqual([1, 5, 2, 2, 0, 0, 5, 1, 0, 1, 0]);
});

test('a source map has the source of each place', () => {
  // Written by hand: line 1 of the bundle maps column 4 to 0:2; line 3 maps column 0 to 1:1 and column 16 to 1:0 of the source.
  const map = { sources: ['a.ts'], mappings: 'IAAE;;AACD,gBAAD' };
  expect(listMappings(map, '1234567\n\n0123456789012345678\n', ['abcdef\nghi\n'])).toEqual([
    [
      { original: 2, generated: 4 },
      { original: 7, generated: 25 },
      { original: 8, generated: 9 },
    ],
  ]);
  expect(listMappings(map, '', [null])).toEqual([[]]);
});

describe('mutants', () => {
  const mutant = (status: string, line: number, column = 1) => ({
    mutatorName: 'ConditionalExpression',
    replacement: 'true',
    status,
    location: { start: { line, column }, end: { line, column: column + 1 } },
  });
  const report = {
    files: {
      'src/b.ts': { source: 'x', mutants: [mutant('NoCoverage', 1)] },
      'src/a.ts': {
        source: 'ab\ncd',
        mutants: [
          mutant('Survived', 2, 2),
          mutant('Survived', 1),
          mutant('Killed', 1),
          mutant('Timeout', 1),
          mutant('RuntimeError', 1),
        ],
      },
    },
  };

  test('that are not programs do not count for the score', () => {
    expect(writeScore('a', report)).toEqual({ row: '| a | 5 | 2 | 2 | 1 | 40.0 |', score: 40 });
    expect(writeScore('a', { files: {} }).score).toBe(0);
  });

  test('that survive are listed by file and place, with their reasons', () => {
    const survivors = listSurvivors(report);
    expect(survivors).toEqual([
      { file: 'src/a.ts', line: 1, original: 'a', replacement: 'true' },
      { file: 'src/a.ts', line: 2, original: 'd', replacement: 'true' },
      { file: 'src/b.ts', line: 1, original: 'x', replacement: 'true' },
    ]);
    const known = [
      { file: 'src/a.ts', original: 'd', replacement: 'true', why: 'Only speed.' },
      { file: 'src/a.ts', original: 'd', why: 'Never told.' },
      { file: 'src/b.ts', original: 'x', why: 'Equivalent.' },
      { file: 'src/b.ts', original: 'x', replacement: 'false', why: 'Another one.' },
    ];
    expect(writeSurvivors(survivors, known)).toEqual([
      '#### `src/a.ts`',
      '',
      '- Only speed. line 2, `` d `` as `` true ``.',
      '- **No reason given.** line 1, `` a `` as `` true ``.',
      '',
      '#### `src/b.ts`',
      '',
      '- Equivalent. line 1, `` x `` as `` true ``.',
      '',
    ]);
    expect(survivors.map((one) => findReason(one, known))).toEqual([null, 'Only speed.', 'Equivalent.']);
  });

  test('have reasons about texts that exist in their files', () => {
    for (const { file, original, why } of reasons as readonly { file: string; original: string; why: string }[]) {
      expect({ file, original, there: readProjectFile(file).includes(original) }).toMatchObject({ there: true });
      expect(why).toMatch(/^[A-Z].*\.$/);
    }
  });
});
