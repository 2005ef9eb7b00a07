/** The words of Python code. */
import { readPythonLiteral, tokenizePython } from '../../../src/syntax/python/tokens.ts';

const words = (code: string) =>
  tokenizePython(code).map(({ kind, text, computed }) => `${computed ? 'computed ' : ''}${kind} ${text}`);

test.each<[string, string[]]>([
  ['A = 1', ['name A', 'mark =', 'number 1']],
  ['größe_2=b', ['name größe_2', 'mark =', 'name b']],
  [
    'a==b!=c<=d>=e:=f',
    ['name a', 'mark ==', 'name b', 'mark !=', 'name c', 'mark <=', 'name d', 'mark >=', 'name e', 'mark :=', 'name f'],
  ],
  ['a+=b', ['name a', 'mark +=', 'name b']],
  ['a**=b//=c', ['name a', 'mark **=', 'name b', 'mark //=', 'name c']],
  ['a>>=b<<=c', ['name a', 'mark >>=', 'name b', 'mark <<=', 'name c']],
  ['a @= b ^ c', ['name a', 'mark @=', 'name b', 'mark ^', 'name c']],
  ['a.b[c](d)', ['name a', 'mark .', 'name b', 'mark [', 'name c', 'mark ]', 'mark (', 'name d', 'mark )']],
  [
    '1.5 12a 1_0 0x1F 0o7 7L 0xFFl -3 0o17_7 1_2L',
    [
      'mark 1.5',
      'mark 12a',
      'number 10',
      'number 0x1F',
      'number 0o7',
      'number 7',
      'number 0xFF',
      'number -3',
      'number 0o177',
      'number 12',
    ],
  ],
  ['0b11 0xg 0o8 09', ['mark 0b11', 'mark 0xg', 'mark 0o8', 'number 09']],
  ["f'a{b}' F\"c\" rf'd'", ['computed text a{b}', 'computed text c', 'computed text d']],
  ["u'a' b'b' rb'c' 'd'", ['text a', 'text b', 'text c', 'text d']],
  ["'''a'b\n''' \"\"\"c\"\"\"", ["text a'b\n", 'text c']],
  ["for'x'", ['name for', 'text x']],
  ['', []],
  [' \n\t', []],
])('%j has the expected tokens', (code, expected) => expect(words(code)).toEqual(expected));

test.each<[string, string]>([
  ["'a\\\nb'", 'ab'],
  ["'a\\\r\nb'", 'ab'],
  ["'a\\\rb'", 'ab'],
  ["'\\a\\b\\f\\v\\r'", '\u0007\b\f\v\r'],
  ["'\\U0001F600'", '\u{1F600}'],
  ["'\\UFFFFFFFF'", '\\UFFFFFFFF'],
  ["'\\U0010FFFF'", '\u{10FFFF}'],
  ["'\\1012'", 'A2'],
  ["'\\x4'", '\\x4'],
  ["R'\\n'", '\\n'],
  ["'\\\\n'", '\\n'],
  ["'it\\'s \\\"it\\\"'", 'it\'s "it"'],
  ['"""a\\"""b"""', 'a"""b'],
])('the value of %s is right', (code, text) => expect(tokenizePython(code)[0]?.text).toBe(text));

test('words have their places, with prefixes and quotes', () => {
  const code = "A = rb'x' 12";
  expect(tokenizePython(code).map(({ at, end }) => code.slice(at, end))).toEqual(['A', '=', "rb'x'", '12']);
});

test('a text without an end includes the rest', () => expect(words("A 'b c")).toEqual(['name A', 'text b c']));

test.each([
  "f'a'",
  '1.5',
  "'a' 'b' 1",
  'True False',
  "'a' + + 'b'",
  "1 + 'a'",
  '[1]',
  "'a' - 'b'",
  '1 2',
  'A',
  'None None',
  ")'a'(",
  '',
  '()',
  "'a' + 'b' +",
])('%s is not a literal', (code) => expect(readPythonLiteral(tokenizePython(code))).toBeNull());

test.each<[string, unknown]>([
  ["(('a' + 'b') 'c')", { kind: 'text', text: 'abc' }],
  ['-5', { kind: 'number', digits: '-5' }],
  ['(None)', { kind: 'word', word: 'None' }],
])('%s is a literal', (code, literal) => expect(readPythonLiteral(tokenizePython(code))).toEqual(literal));

test('a long number before a point is read in time', () => {
  expect(tokenizePython(`${'1'.repeat(1_000_000)}.`)).toHaveLength(1);
});
