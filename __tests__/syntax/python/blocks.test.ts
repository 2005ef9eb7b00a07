/** Statements of Python with the blocks that they are in. */
import { parsePython } from '../../../src/syntax/python/python.ts';

/** Each statement with the code of its header, and of the branch before. */
function blocks(text: string): readonly string[] {
  const parsed = parsePython(text);
  if ('problem' in parsed) throw new Error(parsed.problem.id);
  const { statements } = parsed;
  return statements.map(({ code, parent, after, depth, index, nested }, place) => {
    expect(index).toBe(place);
    expect(nested).toBe(depth > 0);
    const of = parent === null ? '' : ` in ${statements[parent]?.code}`;
    return `${depth} ${code}${of}${after === null ? '' : ` after ${statements[after]?.code}`}`;
  });
}

test.each<[string, string, string[]]>([
  ['a block', 'if x:\n  A = 1\n  B = 2\nC = 3', ['0 if x:', '1 A = 1 in if x:', '1 B = 2 in if x:', '0 C = 3']],
  ['one line', 'if x: A = 1; B = 2\nC = 3', ['0 if x:', '1 A = 1 in if x:', '1 B = 2 in if x:', '0 C = 3']],
  [
    'branches',
    'if x: A = 1\nelif y:\n  A = 2\nelse:\n  A = 3\nB = 1',
    [
      '0 if x:',
      '1 A = 1 in if x:',
      '0 elif y: after if x:',
      '1 A = 2 in elif y:',
      '0 else: after elif y:',
      '1 A = 3 in else:',
      '0 B = 1',
    ],
  ],
  [
    'tries',
    'try:\n  A = 1\nexcept E as e:\n  A = 2\nfinally:\n  B = 1',
    [
      '0 try:',
      '1 A = 1 in try:',
      '0 except E as e: after try:',
      '1 A = 2 in except E as e:',
      '0 finally: after except E as e:',
      '1 B = 1 in finally:',
    ],
  ],
  [
    'deeper blocks that end together',
    'class A:\n  def f(self):\n    if x:\n      B = 1\nelse:\n  C = 1',
    [
      '0 class A:',
      '1 def f(self): in class A:',
      '2 if x: in def f(self):',
      '3 B = 1 in if x:',
      '0 else: after class A:',
      '1 C = 1 in else:',
    ],
  ],
  [
    'an inner block and then another branch of the outer one',
    'if x:\n  for y in z:\n    A = 1\nelse:\n  B = 1',
    ['0 if x:', '1 for y in z: in if x:', '2 A = 1 in for y in z:', '0 else: after if x:', '1 B = 1 in else:'],
  ],
  [
    'a branch with more indentation than its block, which has none before it',
    'if x:\n    A = 1\n  else:\n    B = 1',
    ['0 if x:', '1 A = 1 in if x:', '1 else: in if x:', '2 B = 1 in else:'],
  ],
  [
    'tabs',
    'if x:\n\tif y:\n\t\tA = 1\n\tB = 1',
    ['0 if x:', '1 if y: in if x:', '2 A = 1 in if y:', '1 B = 1 in if x:'],
  ],
  ['a tab as eight spaces', 'if x:\n        A = 1\n\tB = 1', ['0 if x:', '1 A = 1 in if x:', '1 B = 1 in if x:']],
  [
    'match statements',
    'match x:\n  case 1: A = 1\n  case _:\n    A = 2',
    [
      '0 match x:',
      '1 case 1: in match x:',
      '2 A = 1 in case 1:',
      '1 case _: in match x: after case 1:',
      '2 A = 2 in case _:',
    ],
  ],
  [
    'colons in brackets',
    'if x[1:2] == {1: 2}:\n  A = 1',
    ['0 if x[1:2] == {1: 2}:', '1 A = 1 in if x[1:2] == {1: 2}:'],
  ],
  ['a value that is assigned in an expression', 'if x := f():\n  A = 1', ['0 if x := f():', '1 A = 1 in if x := f():']],
  ['types, which are not blocks', 'A: int = 1\niffy: int = 2', ['0 A: int = 1', '0 iffy: int = 2']],
  [
    'words for blocks',
    'async with a as b: pass\nwhile True: pass',
    ['0 async with a as b:', '1 pass in async with a as b:', '0 while True:', '1 pass in while True:'],
  ],
  [
    'empty lines and comments, which do not end a block',
    'if x:\n\n# a\n  A = 1\n\n  B = 1',
    ['0 if x:', '1 A = 1 in if x:', '1 B = 1 in if x:'],
  ],
  ['a header over two lines', 'if (x\n    and y):\n  A = 1', ['0 if (x\n    and y):', '1 A = 1 in if (x\n    and y):']],
  ['line ends of old systems', 'if x: # a\r  A = 1\rB = \\\r  1\r', ['0 if x:', '1 A = 1 in if x:', '0 B =  \r  1']],
])('the blocks of %s are read', (_name, text, expected) => expect(blocks(text)).toEqual(expected));

test('a line with more indentation without a header is nested', () => {
  const parsed = parsePython('A = 1\n  B = 2\nC = 3');
  const found = 'statements' in parsed ? parsed.statements.map(({ code, nested, depth }) => [code, nested, depth]) : [];
  expect(found).toEqual([
    ['A = 1', false, 0],
    ['B = 2', true, 0],
    ['C = 3', false, 0],
  ]);
});

test.each(["A = 'x\rB = 'y'", "A = 'x\r\nB = 'y'", "A = 'x\nB = 'y'", 'A = "x\nB = "y"', 'A = "x\rB = "y"'])(
  '%j ends in a text',
  (text) =>
    expect(parsePython(text)).toMatchObject({ problem: { id: 'python-text-open', at: { line: 1, column: 5 } } }),
);

test('comments inside of brackets are spaces, and places remain', () => {
  const parsed = parsePython("A = [ # 'one\n  'two', # three]\n]\nB = 1");
  if ('problem' in parsed) throw new Error(parsed.problem.id);
  const [list, next] = parsed.statements;
  expect(list?.code).toBe("A = [       \n  'two',         \n]");
  expect(list?.toPosition(list.code.indexOf("'two'"))).toEqual({ line: 2, column: 3 });
  expect(next?.at).toEqual({ line: 4, column: 1 });
});

test('ten thousand nested blocks are read in time', () => {
  const parsed = parsePython(`${'if x: '.repeat(10_000)}A = 1`);
  expect('statements' in parsed && parsed.statements.at(-1)).toMatchObject({ code: 'A = 1', depth: 10_000 });
});
