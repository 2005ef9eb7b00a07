/** Elements that know their namespace, and attributes by their prefix. */
import { findPrefixedAttribute, type PlacedElement, toPlacedElement } from '../../../../src/formats/dotnet/xdt/tree.ts';
import { parseXml } from '../../../../src/syntax/xml.ts';

function tree(text: string): PlacedElement {
  const parsed = parseXml(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return toPlacedElement('a.config', parsed.root);
}

test.each([
  ['<a Transform="plain" o:Locator="l" o:Transform="t"/>', 't'],
  ['<a Transform="plain"/>', null],
  ['<a o:Locator="l"/>', null],
])('the attribute has a prefix in %s', (text, expected) => {
  expect(findPrefixedAttribute(tree(text), 'Transform')?.value ?? null).toBe(expected);
});

test('only a declaration gives a prefix its namespace', () => {
  const { children } = tree('<a xmlns:o="urn:o" p="urn:p"><o:b/><p:b/><b xmlns="urn:d"/><toString:b/></a>');
  expect(children.map(({ namespace }) => namespace)).toEqual(['urn:o', null, 'urn:d', null]);
});
