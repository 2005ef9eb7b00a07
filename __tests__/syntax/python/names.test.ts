/** Which names a statement gives a value to, and what values depend on. */

import { readPythonNames, trackDependencies } from '../../../src/syntax/python/names.ts';
import { parsePython } from '../../../src/syntax/python/python.ts';

function codeOf(text: string) {
  const parsed = parsePython(text);
  if ('problem' in parsed) throw new Error(parsed.problem.id);
  return parsed.statements.map(readPythonNames);
}

function names(text: string): string {
  const { plain, others, value } = codeOf(text)[0] ?? { plain: [], others: [], value: [] };
  const given = plain.length === 0 ? '' : `${plain.join(' ')} = ${value.map((token) => token.text).join(' ')}`;
  return [given, others.join(' ')].filter((part) => part !== '').join(' and ');
}

test.each<[string, string]>([
  ['A = 1', 'A = 1'],
  ['A: str = 1', 'A = 1'],
  ['A: Dict[str, int] = {1: 2}', 'A = { 1 : 2 }'],
  ['A = B = C', 'A B = C'],
  ['A = B, C = 1, 2', 'A = 1 , 2 and B C'],
  ['(A) = 1', 'A'],
  ['A[1] = B = 2', 'B = 2 and A'],
  ['a.B = 1', 'a B'],
  ['A += 1', 'A'],
  ['A //= B', 'A'],
  ['A = f(b=1)', 'A = f ( b = 1 )'],
  ['A = {1: 2}', 'A = { 1 : 2 }'],
  ['A == 1', ''],
  ['f(A=1)', ''],
  ['A = B == C', 'A = B == C'],
  ['A = B != C <= D >= E', 'A = B != C <= D >= E'],
  ['A: str', ''],
  ['print(A)', ''],
  ['f(A := 1)', 'A'],
  ['B = (A := 1)', 'B = ( A := 1 ) and A'],
  ['import a', 'a'],
  ['import a.b', 'a'],
  ['import a.b as c, d', 'c d'],
  ['from a import b', 'b'],
  ['from .a.b import c as d, e', 'd e'],
  ['from a import (b,\n  c as d,)', 'b d'],
  ['from . import *', '*'],
  ['del A, b[C]', 'A b C'],
  ['global A', 'A'],
  ['nonlocal A', 'A'],
  ['def f(A): B = 1', 'f'],
  ['class A(B): C = 1', 'A'],
  ['async def f(): pass', 'f'],
  ['for A, B in C: pass', 'A B'],
  ['async for A in B: pass', 'A'],
  ['with a as B, c as (D, E): pass', 'B c as D E'],
  ['with (a as B, c as D): pass', 'B c as D'],
  ['async with a as B: pass', 'B'],
  ['with a: pass', ''],
  ['except E: pass', ''],
  ['except (E, F) as A: pass', 'A'],
  ["A['('] = B = 1", 'B = 1 and A'],
  ["A = '='", 'A = ='],
  ['A = [lambda b=1: b]', 'A = [ lambda b = 1 : b ]'],
  ['A = {1: lambda b=1: b}', 'A = { 1 : lambda b = 1 : b }'],
  ['A = {1: (2)}; B = 1', 'A = { 1 : ( 2 ) }'],
  ['A >>= 1', 'A'],
  ['A <<= 1', 'A'],
  ['{A} = [B] = 1', 'A B'],
  ['A[1], B{2} = 1', 'A B'],
  ['except E as A: pass', 'A'],
  ['case A if b: pass', 'A if b'],
  ['if A: pass', ''],
  ['if A := b: pass', 'A'],
  ['while A: pass', ''],
])('the names of %s are found', (text, expected) => expect(names(text)).toBe(expected));

/** What the last statement depends on, without levels. */
const hangsOn = (text: string) => {
  const code = codeOf(text);
  return trackDependencies(code)(code.slice(-1)).split('\n');
};

test.each<[string, string, string[]]>([
  ['itself', 'A = "x"', ['0 A = "x"']],
  ['a name and the name in its value', 'A = 1\nB = A\nC = 2\nD = B', ['0 A = 1', '0 B = A', '0 D = B']],
  ['a name in a text', "A = 1\nD = f'{A}'", ['0 A = 1', '0 D = f"{A}"']],
  ['a name that a text contains', "A = 1\nD = globals()['A']", ['0 A = 1', '0 D = globals ( ) [ "A" ]']],
  ['not on an attribute', 'A = 1\nb = 2\nD = b.A', ['0 b = 2', '0 D = b . A']],
  ['values of a map', 'A = {}\nA["x"] = 1\nD = A["y"]', ['0 A = { }', '0 A [ "x" ] = 1', '0 D = A [ "y" ]']],
  [
    'calls that can change it',
    'A = {}\nA.update(x=1)\nprint(B)\nD = A',
    ['0 A = { }', '0 A . update ( x = 1 )', '0 D = A'],
  ],
  ['one name of an import', 'import json, os as o\nD = o.environ', ['0 import os as o', '0 D = o . environ']],
  ['where a name comes from', 'from a import (B, C as E)\nD = E', ['0 import a C as E', '0 D = E']],
  ['two imports of a name', 'import b as A\nimport a as A\nD = A', ['0 import b as A', '0 import a as A', '0 D = A']],
  ['conditions', 'X = 1\nif X:\n  Y = 2\n  D = 1', ['0 X = 1', '0 if X :', '1 D = 1']],
  [
    'branches before',
    'if x:\n  Y = 2\nelif y:\n  Y = 3\nelse:\n  D = 1',
    ['0 if x :', '0 elif y :', '0 else :', '1 D = 1'],
  ],
  [
    'the body of a try',
    'try:\n  import a\n  if b:\n    c()\nexcept E:\n  D = 1',
    ['0 try :', '1 import a', '1 if b :', '2 c ( )', '0 except E :', '1 D = 1'],
  ],
  ['not on content beside it in the try', 'try:\n  import a\n  D = 1', ['0 try :', '1 D = 1']],
  [
    'the body of a function',
    'def f():\n  x = 1\n  if x:\n    return 2\ny = 1\nD = f()',
    ['0 def f ( ) :', '1 x = 1', '1 if x :', '2 return 2', '0 D = f ( )'],
  ],
  ['not on the class around it', 'class A:\n  B = 1\n  D = 2', ['0 class A :', '1 D = 2']],
  ['the body of a class', 'class A:\n  B = 1\nD = A.B', ['0 class A :', '1 B = 1', '0 D = A . B']],
  [
    'the body of a separate function',
    'async def f():\n  return 1\nD = f()',
    ['0 async def f ( ) :', '1 return 1', '0 D = f ( )'],
  ],
  [
    'the arguments of a function',
    'B = 1\ndef f(x=B): return x\nD = f()',
    ['0 B = 1', '0 def f ( x = B ) :', '1 return x', '0 D = f ( )'],
  ],
  ['the value that it is added to', 'A = 1\nB = 2\nA += B', ['0 A = 1', '0 B = 2', '0 A += B']],
  ['not on a text without a word', "D = f('1')", ['0 D = f ( "1" )']],
  [
    'two names of one import',
    'import a as x, b as y\nD = x + y',
    ['0 import b as y', '0 import a as x', '0 D = x + y'],
  ],
  ['a loop', 'L = [1]\nfor A in L:\n  B = 1\nD = A', ['0 L = [ 1 ]', '0 for A in L :', '0 D = A']],
  ['a name that is assigned twice', 'A = 1\nif x:\n  A = 2\nD = A', ['0 A = 1', '0 if x :', '1 A = 2', '0 D = A']],
  ['names in a circle', 'A = B\nB = A\nD = A', ['0 A = B', '0 B = A', '0 D = A']],
])('a value depends on %s', (_name, text, expected) => expect(hangsOn(text)).toEqual(expected));

test('quotes, layout and comments are not a change', () => {
  expect(hangsOn("A = 'x' # a\nD   =  f( A )")).toEqual(hangsOn('# b\nA = "x"\nD = f(A)'));
  expect(hangsOn("D = f'x'")).not.toEqual(hangsOn("D = 'x'"));
});

test('a class by itself depends on its body', () => {
  const code = codeOf('class A:\n  if x: B = 1\nC = 2');
  expect(trackDependencies(code)(code.slice(0, 1))).toBe('0 class A :\n1 if x :\n2 B = 1');
});

test('several statements are combined, each line once and in order', () => {
  const code = codeOf('B = 1\nA = B\nC = B');
  expect(trackDependencies(code)(code.slice(1)).split('\n')).toEqual(['0 B = 1', '0 A = B', '0 C = B']);
});

test('after many searches everything is included, so that the search ends', () => {
  const code = codeOf('X = 1\nA = B');
  const search = trackDependencies(code);
  const found = Array.from({ length: 21 }, () => search(code.slice(-1)));
  expect(new Set(found.slice(0, 20))).toEqual(new Set(['0 A = B']));
  expect(found[20]).toBe('0 X = 1\n0 A = B');
});

test('one statement of very many words is read in time', () => {
  const [code] = codeOf(`with ${'a as b, '.repeat(10_000)}c: pass`);
  expect(code?.others).toHaveLength(30_000 - 1);
});

test('a name that is used and assigned a hundred thousand times is read in time', () => {
  const code = codeOf(`def f():\n${'  A = A\n'.repeat(10_000)}D = f() + A`);
  expect(trackDependencies(code)(code.slice(-1)).split('\n')).toHaveLength(10_002);
});
