/** Paths and conditions of transforms: what is understood, what it selects, and what is refused. */
import {
  BudgetSpent,
  filterNodes,
  MAX_EXPRESSION_LENGTH,
  parseCondition,
  parsePath,
  selectNodes,
} from '../../../../src/formats/dotnet/xdt/path.ts';
import { placeIn, thaw, type XdtNode } from '../../../../src/formats/dotnet/xdt/tree.ts';
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
  const root = thaw(placeIn('a.config', parsed.root), null);
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
const keyOf = (node: XdtNode): string => node.attributes.find(({ name }) => name === 'key')?.value ?? node.name;

test.each([
  ['/configuration/a', ['one']],
  ['//a', ['one', 'two', 'three']],
  ['/configuration//a', ['one', 'two', 'three']],
  ['a', ['one']],
  ['./b/a', ['two', 'three']],
  ['b/../a', ['one']],
  ['*', ['one', 'b', 'four', 'c']],
  ['b/a[1]', ['two']],
  ['//a[1]', ['one', 'two']],
  ['//a[last()]', ['one', 'three']],
  ['//a[position() = 2]', ['three']],
  ["//a[@key = 'two']", ['two']],
  ["//a[@key != 'two']", ['one', 'three']],
  ["//a['two' = @key]", ['two']],
  ['//a[@n = 3]', ['three']],
  ['//a[@* = 2]', ['two']],
  ["//a[@key='one' or @key='three']", ['one', 'three']],
  ["//a[@key='one' and @n=1]", ['one']],
  ["//a[@key='one' and @n=2]", []],
  ["//a[(@key='one' or @n=2) and not(@key='two')]", ['one']],
  ["//a[contains(@key, 'e')][starts-with(@key, 't')]", ['three']],
  ["//a[translate(@key, 'OT', 'ot') = 'one']", ['one']],
  ["//a[translate('ABC', 'ABC', 'ab') = 'ab']", ['one', 'two', 'three']],
  ["//a[normalize-space(.) = 'a b']", ['two']],
  ["*[local-name() = 'a']", ['one', 'four']],
  ["*[name() = 'x:a']", ['four']],
  ['//a[not(@key)]', []],
  ["//a[not(@none) = not('')]", ['one', 'two', 'three']],
  ["//a[contains(@none, '')]", ['one', 'two', 'three']],
  ["//a[contains(1, '1')]", ['one', 'two', 'three']],
  ["//a['']", []],
  ['//a[0]', []],
  ['//a[not(0)]', ['one', 'two', 'three']],
  [' b / a ', ['two', 'three']],
  ['//a[@key = "two"]', ['two']],
  ['//a[@n = 03.00]', ['three']],
  ['//a[3 = @n]', ['three']],
  ['//a[not(h2)]', ['one', 'two', 'three']],
  ["//a[@key='one' or @n]", ['one', 'two', 'three']],
  ["//a[not(@none) = 'x']", ['one', 'two', 'three']],
  ["//a['x' = not(@none)]", ['one', 'two', 'three']],
  ["//a[not(@key='two') = @none]", ['two']],
  ["//a[not(@none) != not('')]", []],
  ["//b['03' = a/@n]", ['b']],
  ["//b[contains(a/@n, '3')]", []],
  ["//a[normalize-space(@none) = '']", ['one', 'two', 'three']],
  ['//a[not(1)]', []],
  ['..', ['#document']],
  ['../..', []],
  ['none//a', []],
])('%s', (text, expected) => {
  const path = parsePath(text);
  expect(path).not.toBeNull();
  if (path !== null) expect(selectNodes(path, root, budget()).map(keyOf)).toEqual(expected);
});

test('a path may end in an attribute', () => {
  expect(parsePath('/configuration/a/@key')).toMatchObject({ absolute: true, attribute: 'key' });
  expect(parsePath('//b/@*')).toMatchObject({ attribute: '*' });
  expect(parsePath('@key')).toMatchObject({ absolute: false, attribute: 'key', steps: [] });
  expect(parsePath('/@key')).toMatchObject({ absolute: true, attribute: 'key', steps: [] });
});

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
  "@'key'",
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
  'a[count(b) = 1]',
  'a[toString()]',
  'a[contains(b)]',
  'a[position(1)]',
  'a[contains(b, c]',
  "a[@key='x]",
  'a[(1]',
  'a[= 1]',
  '$a',
  `a[@key='${'x'.repeat(MAX_EXPRESSION_LENGTH)}']`,
])('%j is refused', (text) => expect(parsePath(text)).toBeNull());

test.each([
  ["@key = 'one'", ['one']],
  ['2', ['two']],
  ["@key = 'none'", []],
])('the condition %s', (text, expected) => {
  const condition = parseCondition(text);
  const nodes = selectNodes(parsePath('//a') ?? { absolute: true, steps: [], attribute: null }, root, budget());
  expect(condition === null ? null : filterNodes(condition, nodes, budget()).map(keyOf)).toEqual(expected);
});

test('an expression may be as long as the limit', () => {
  const text = "a[@key='']";
  const longest = text.replace("''", `'${'x'.repeat(MAX_EXPRESSION_LENGTH - text.length)}'`);
  expect(parsePath(longest)).not.toBeNull();
  expect(parsePath(longest.replace('x', 'xx'))).toBeNull();
});

test.each(['', '@key =', '@key = 1 2', 'and'])('the condition %j is refused or a name', (text) => {
  const condition = parseCondition(text);
  expect(condition === null || condition.kind === 'path').toBe(true);
});

test.each([
  ['a', 5],
  ['//a', 23],
  ['b[2]', 6],
  ['b[a/@n = a/@n]', 16],
])('%s looks at %i nodes', (text, nodes) => {
  const path = parsePath(text) ?? { absolute: true, steps: [], attribute: null };
  expect(selectNodes(path, root, { left: nodes })).toBeDefined();
  expect(() => selectNodes(path, root, { left: nodes - 1 })).toThrow(BudgetSpent);
});

test('a search that is too long ends', () => {
  const path = parsePath('//*[//* = //*]');
  expect(path).not.toBeNull();
  if (path !== null) expect(() => selectNodes(path, root, { left: 50 })).toThrow();
});
