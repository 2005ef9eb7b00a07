import { parsePython } from '../../../src/syntax/python/python.ts';
import { readPythonLiteral, tokenizePython } from '../../../src/syntax/python/tokens.ts';

const literal = (code: string) => readPythonLiteral(tokenizePython(code));

function codes(text: string): readonly string[] {
  const parsed = parsePython(text);
  if ('problem' in parsed) throw new Error(parsed.problem.id);
  return parsed.statements.map(({ code, nested, at }) => `${at.line}:${at.column}${nested ? ' nested' : ''} ${code}`);
}

describe('statements', () => {
  test.each<[string, string, string[]]>([
    ['lines', 'A = 1\n\nB = 2\n', ['1:1 A = 1', '3:1 B = 2']],
    ['comments', '# A = 1\nB = 2 # C = 3', ['2:1 B = 2']],
    ['a comment sign in a text', "A = '# no comment'", ["1:1 A = '# no comment'"]],
    ['docstrings', '"""\nA = 1\n"""\nB = 2', ['1:1 """\nA = 1\n"""', '4:1 B = 2']],
    ['brackets that continue', 'A = (1,\n  2)\nB = 3', ['1:1 A = (1,\n  2)', '3:1 B = 3']],
    ['a backslash that continues', 'A = \\\n  1\nB = 2', ['1:1 A =  \n  1', '3:1 B = 2']],
    ['semicolons', 'A = 1; B = 2', ['1:1 A = 1', '1:8 B = 2']],
    ['indented', 'if x:\n    A = 1\nB = 2', ['1:1 if x:', '2:5 nested A = 1', '3:1 B = 2']],
    ['after a colon', 'if x: A = 1; B = 2\nC = 3', ['1:1 if x:', '1:7 nested A = 1', '1:14 nested B = 2', '2:1 C = 3']],
    ['CRLF', 'A = 1\r\nB = 2\r\n', ['1:1 A = 1', '2:1 B = 2']],
    ['an escaped quote', "A = 'it\\'s'\nB = 2", ["1:1 A = 'it\\'s'", '2:1 B = 2']],
    ['nothing', '\n  \n# x\n', []],
  ])('are split at %s', (_name, text, expected) => expect(codes(text)).toEqual(expected));

  test.each([
    ["A = 'x\nB = 1", 'python-text-open', 1, 5],
    ['A = 1\nB = """x', 'python-text-open', 2, 5],
    ['A = (1\nB = 2', 'python-bracket-open', 1, 5],
  ])('are open at the end of %j', (text, id, line, column) =>
    expect(parsePython(text)).toMatchObject({ problem: { id, at: { line, column } } }),
  );

  test('have offsets that are places in the file', () => {
    const parsed = parsePython('X = 1\nKEY = (\n  "v")');
    const statement = 'statements' in parsed ? parsed.statements[1] : undefined;
    expect(statement?.toPosition(statement.code.indexOf('"v"'))).toEqual({ line: 3, column: 3 });
  });
});

describe('literals', () => {
  test.each<[string, string]>([
    ["'a'", 'a'],
    ['"a"', 'a'],
    ["'''a\nb'''", 'a\nb'],
    ["r'a\\n'", 'a\\n'],
    ["u'a'", 'a'],
    ["'a\\n\\t\\x41\\u0042\\103\\\\\\''", "a\n\tABC\\'"],
    ["'a\\q'", 'a\\q'],
    ["'a' 'b'", 'ab'],
    ["('a'\n 'b')", 'ab'],
    ['\'a\' + "b"', 'ab'],
    ["''", ''],
  ])('include the text %j', (code, text) => expect(literal(code)).toEqual({ kind: 'text', text }));

  test.each([
    ['12', '12'],
    ['0xAB', '0xAB'],
    ['1_000', '1000'],
    ['0x1FL', '0x1F'],
    ['(7)', '7'],
  ])('include the number %s', (code, digits) => expect(literal(code)).toEqual({ kind: 'number', digits }));

  test.each(['True', 'False', 'None'])('include %s', (word) => expect(literal(word)).toEqual({ kind: 'word', word }));

  test.each([
    "os.environ['A']",
    "f'{x}'",
    "'a' % x",
    "'a'.strip()",
    '1 + 2',
    "'a' +",
    "+ 'a'",
    "('a'",
    "'a')",
    "('a',)",
    "['a']",
    '1.5',
    '12a',
    'DEBUG',
    'Nonesuch',
    '',
  ])('do not include %s', (code) => expect(literal(code)).toBeNull());
});
