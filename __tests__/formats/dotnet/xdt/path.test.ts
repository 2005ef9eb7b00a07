/** Paths and conditions of transforms: what is understood, what it selects, and what is refused. */
import {
  MAX_EXPRESSION_LENGTH,
  parsePath,
  parsePredicate,
  selectNodes,
  type XdtPath,
} from '../../../../src/formats/dotnet/xdt/path.ts';
import { toMutableNode, toPlacedElement, type XdtNode } from '../../../../src/formats/dotnet/xdt/tree.ts';
import { Refusal } from '../../../../src/syntax/refusal.ts';
import { parseXml } from '../../../../src/syntax/xml.ts';

const TEXT = `<configuration>
  <a key="one" n="1">first</a>
  <b><a key="two" n="2"> a   b </a><a key="three" n="03">third</a></b>
  <x:a xmlns:x="urn:x" key="four"/>
  <c/>
</configuration>`;

/** The document above a root, as transforms see it. */
function documentNode(): XdtNode {
  const parsed = parseXml(TEXT);
  if (!('root' in parsed)) throw new Error('the sample is no XML');
  const root = toMutableNode(toPlacedElement('a.config', parsed.root), null);
  const top: XdtNode = {
    ...root,
    name: '#document',
    local: '#document',
    text: '',
    attributes: [],
    children: [root],
    parent: null,
  };
  root.parent = top;
  return top;
}

const document = documentNode();
const root = document.children[0] as XdtNode;
const budget = () => ({ left: 10_000 });
function parsed(text: string): XdtPath {
  const path = parsePath(text);
  if (path === null) throw new Error(`${text} is refused`);
  return path;
}

const keyOf = (node: XdtNode): string => node.attributes.find(({ name }) => name === 'key')?.value ?? node.name;

test.each([
  ['/configuration/a', ['one']],
  ['//a', ['one', 'two', 'three']],
  ['/configuration//a', ['one', 'two', 'three']],
  ['a', ['one']],
  ['./b/a', ['two', 'three']],
  ['b/../a', ['one']],
  ['.//a', ['one', 'two', 'three']],
  ['*', ['one', 'b', 'four', 'c']],
  ['b/a[1]', ['two']],
  ['//a[1]', ['one', 'two']],
  ['//a[last()]', ['one', 'three']],
  ['//a[0]', []],
  ['b/a[02]', ['three']],
  ["b/a[@n = '2'][1]", ['two']],
  ["b/a[@n = '03'][2]", []],
  ["//a[@key = 'two']", ['two']],
  ['//a[@key = "two"]', ['two']],
  ["//a[@key != 'two']", ['one', 'three']],
  ["//a[@none != 'two']", []],
  ["//a[@key='one' or @key='three']", ['one', 'three']],
  ["//a[@key='one' or @n]", ['one', 'two', 'three']],
  ["//a[@key='one' and @n='1']", ['one']],
  ["//a[@key='one' and @n='2']", []],
  ["//a[@key='one' or @key='two' and @n='1']", ['one']],
  ["//a[(@key='one' or @n='2') and not(@key='two')]", ['one']],
  ["//a[contains(@key, 'e')][starts-with(@key, 't')]", ['three']],
  ["//a[starts-with(@key, 'wo')]", []],
  ["//a[contains(@none, '')]", ['one', 'two', 'three']],
  ["//b[contains(a/@n, '3')]", []],
  ["//b[a/@n = '03']", ['b']],
  ["//b[a[@n = '03']]", ['b']],
  ["//a[. = 'first']", ['one']],
  ["/*[a = 'first']/c", ['c']],
  ["//a[../@key = 'one']", []],
  ['//a[not(@key)]', []],
  ['//a[not(h2)]', ['one', 'two', 'three']],
  ['//a[/configuration/c][2]', ['three']],
  [' b / a ', ['two', 'three']],
  ['..', ['#document']],
  ['../..', []],
  ['none//a', []],
])('the path %s is evaluated', (text, expected) =>
  expect(selectNodes(parsed(text), root, budget()).map(keyOf)).toEqual(expected),
);

test.each([
  '',
  '/',
  '//',
  'a/',
  'a//',
  'a//.',
  '///a',
  'a//..',
  '//@key',
  '@key',
  'a/@key',
  'a[//@key]',
  'a[@*]',
  "a[@'key']",
  'a b',
  'a[',
  'a[1',
  'a[]',
  'a[1]]',
  'x:a',
  'child::a',
  'text()',
  'a|b',
  'a[@n < 2]',
  'a[1 + 1]',
  'a[1.5]',
  'a[1 or @n]',
  'a[@n = 1]',
  'a[@n = @key]',
  "a['1' = @n]",
  "a['1']",
  "a[not(@n) = '1']",
  'a[position() = 1]',
  'a[last() = 1]',
  "*[local-name() = 'a']",
  "a[translate(@key, 'O', 'o') = 'one']",
  "a[normalize-space(.) = 'a']",
  'a[count(b) = 1]',
  'a[toString()]',
  'a[contains(b)]',
  'a[contains(b, c)]',
  "a[contains('b', 'c')]",
  "a[contains(b, 'c']",
  "a[contains(b 'c')]",
  'a[last(1)]',
  'a[not()]',
  "a[@key='x]",
  'a[(1]',
  'a[= 1]',
  '$a',
  `a[@key='${'x'.repeat(MAX_EXPRESSION_LENGTH)}']`,
])('the path %j is rejected', (text) => expect(parsePath(text)).toBeNull());

test.each([
  ["@key = 'one'", ['one']],
  ['2', ['two']],
  ['last()', ['three']],
  ["@key = 'none'", []],
  ['and', []],
])('the condition %s is evaluated', (text, expected) => {
  const predicate = parsePredicate(text);
  expect(predicate?.(selectNodes(parsed('//a'), root, budget()), budget()).map(keyOf)).toEqual(expected);
});

test('an expression can be as long as the limit', () => {
  const text = "a[@key='']";
  const longest = text.replace("''", `'${'x'.repeat(MAX_EXPRESSION_LENGTH - text.length)}'`);
  expect(parsePath(longest)).not.toBeNull();
  expect(parsePath(longest.replace('x', 'xx'))).toBeNull();
});

test.each(['', '@key =', "@key = '1' 2", '[1]', '1]'])('the condition %j is rejected', (text) => {
  expect(parsePredicate(text)).toBeNull();
});

test.each([
  ['a', 5],
  ['//a', 23],
  ['b[2]', 5],
  ['b[a]', 9],
  ["b[a/@n = '2']", 9],
])('the path %s visits %i nodes', (text, nodes) => {
  expect(selectNodes(parsed(text), root, { left: nodes })).toBeDefined();
  expect(() => selectNodes(parsed(text), root, { left: nodes - 1 })).toThrow(Refusal);
});

test('a long search stops at the limit', () => {
  expect(() => selectNodes(parsed('//*[//*[//*]]'), root, { left: 50 })).toThrow(Refusal);
});
