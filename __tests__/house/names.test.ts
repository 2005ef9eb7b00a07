/** The check of names: which declarations of a source it sees, and what it finds in them. */
import { listDeclarations } from '../../scripts/language/declarations.ts';
import { findNameProblem, splitName } from '../../scripts/language/names.ts';

describe('the declarations of a source', () => {
  const list = (text: string) =>
    listDeclarations('a.ts', text).map(({ name, isFunction }) => name + (isFunction ? '()' : ''));

  test.each([
    [
      'functions and their parameters',
      'export async function a(b: string, ...c: string[]): void {}',
      ['a()', 'b', 'c'],
    ],
    ['functions as values', 'const a = () => 1, b = function () {}, c = 2;', ['a()', 'b()', 'c']],
    ['functions by their type', 'function a(b: (c: string) => void) {}', ['a()', 'b()', 'c']],
    [
      'types with their members',
      'interface A<B> { c: B; d(e: B): void; readonly f: () => B }',
      ['A', 'B', 'c', 'd()', 'e', 'f()'],
    ],
    ['aliases', 'type A = { b: string };', ['A', 'b']],
    [
      'classes with their members',
      'class A { #b = 1; c = () => 2; constructor(d: A) {} #e() {} get f() { return 1; } }',
      ['A', 'b', 'c()', 'd', 'e()', 'f'],
    ],
    ['new names in patterns', 'const [a, { b: c, d, ...e }] = f;', ['a', 'c', 'e']],
    ['errors that are caught', 'try {} catch (a) {}', ['a']],
    ['nothing that only uses a name', "import { a } from 'b'; a.c({ d: 1, e: () => 2 });", []],
  ])('are %s', (_what, text, expected) => expect(list(text)).toEqual(expected));

  test('have the line of their name', () =>
    expect(listDeclarations('a.ts', 'const a = 1;\n\nfunction\n  b() {}\n').map(({ line }) => line)).toEqual([1, 4]));
});

test.each([
  ['parseXmlTree', ['parse', 'xml', 'tree']],
  ['XMLTree', ['xml', 'tree']],
  ['MAX_TREE_BYTES', ['max', 'tree', 'bytes']],
  ['scripts/xml-tree', ['scripts', 'xml', 'tree']],
  ['toUtf16', ['to', 'utf', '16']],
])('the words of %s', (name, words) => expect(splitName(name)).toEqual(words));

describe('a name', () => {
  test.each([
    ['a function without a verb', 'documentText', true, 'a verb'],
    ['a function that ends in "Of"', 'findHostOf', true, 'instead of "Of"'],
    ['a value that ends in "Of"', 'positionOf', false, 'instead of "Of"'],
    ['a word that the glossary replaces', 'JUDGES', false, 'third-party checks'],
    ['a word in the middle', 'isToldTwice', true, 'reported'],
    ['a file with such a word', 'src/model/utils', false, 'what it does'],
  ])('is not %s', (_what, name, isFunction, use) => expect(findNameProblem({ name, isFunction })).toContain(use));

  test.each([
    ['parseDocument', true],
    ['isWatched', true],
    ['toText', true],
    ['documentText', false],
    ['indexOfText', false],
    ['holdings', false],
  ])('may be %s', (name, isFunction) => expect(findNameProblem({ name, isFunction })).toBeNull());
});
