import { type ElementShape, findUnexpected } from '../../../src/formats/platform-xml/shape.ts';
import { parseXml, readLanguage, writeCanonicalXml, type XmlElement } from '../../../src/syntax/xml.ts';

const SHAPE: ElementShape = {
  attributes: ['xml:lang'],
  children: {
    one: {},
    many: { occurs: 'often' },
    name: { attributes: ['xml:lang'], occurs: 'by-culture' },
    box: { children: { one: {} } },
    closed: { checkedByReader: true },
  },
};

function rootOf(xml: string): XmlElement {
  const parsed = parseXml(xml);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.root;
}
const unexpected = (xml: string) => findUnexpected(rootOf(xml), SHAPE);

test.each<[title: string, xml: string]>([
  ['every element that the shape contains', '<a><one>t</one><many/><many/><box> <one/> </box></a>'],
  ['one text per language', '<a><name/><name xml:lang="de"/><name xml:lang="fr"/></a>'],
  ['a default namespace', '<a xmlns="u"><one xmlns="u"/></a>'],
  ['a namespace with a prefix', '<a xmlns:p="u"><p:one xmlns:p="u"/></a>'],
  ['attributes for a validator', '<a xsi:schemaLocation="u a.xsd"><one xsi:nil="true"/></a>'],
  ['an attribute of the shape', '<a xml:lang="de"/>'],
  ['content that its reader checks', '<a><closed x="1">t<y/></closed></a>'],
])('no content is unexpected with %s', (_title, xml) => expect(unexpected(xml)).toEqual([]));

test.each<[title: string, xml: string, what: string]>([
  ['an attribute of an element with others', '<a mode="2"/>', 'mode="…"'],
  ['an attribute of an element without attributes', '<a><one p:mode="2"/></a>', 'p:mode="…"'],
  ['a language without its prefix', '<a lang="de"/>', 'lang="…"'],
  ['a language of another namespace', '<a p:lang="de"/>', 'p:lang="…"'],
  ['an attribute that the schemas do not give every element', '<a xsi:lang="de"/>', 'xsi:lang="…"'],
  ['text between elements', '<a><box>t<one/></box></a>', 'text in <box>'],
  ['an element', '<a><p:two/></a>', '<p:two>'],
  ['an element within a text', '<a><one><b/></one></a>', '<b>'],
  ['an element with a name like constructor', '<a><constructor/></a>', '<constructor>'],
  ['a second element', '<a><one/><p:one/></a>', 'a second <p:one>'],
  ['a second element in another language', '<a><box/><box xsi:nil="true"/></a>', 'a second <box>'],
  ['a second text in a language', '<a><name xml:lang="de-DE"/><name xml:lang="de-de"/></a>', 'a second <name>'],
])('%s is unexpected', (_title, xml, what) => expect(unexpected(xml).map((one) => one.what)).toEqual([what]));

test.each<[title: string, xml: string, meaning: string, texts: readonly string[]]>([
  ['an attribute', '<a>\n<one  mode=" 2\t"/></a>', '["one","mode","2"]', ['2:7 mode=2']],
  ['text', '<a><box>\n t\n\n u <one/></box></a>', '["box","t u"]', ['1:4 box=t\n\n u']],
  [
    'an element',
    '<a><two b=" 1 " p:a="2"> t\n u<c/></two></a>',
    '(two b="1" p:a="2" "t u" (c ""))',
    ['1:4 two=t\n u', '1:12 b=1', '1:22 a=2', '2:3 c='],
  ],
])('%s that is unexpected is reported with its kind and every text in it', (_title, xml, meaning, texts) => {
  const [item] = unexpected(xml);
  expect(item?.meaning).toBe(meaning);
  expect(item?.texts.map(({ name, text, at }) => `${at.line}:${at.column} ${name}=${text}`)).toEqual(texts);
});

test.each<[title: string, xml: string, is: string]>([
  ['prefixes', '<p:a xmlns="u" xmlns:p="v"><p:b/></p:a>', '({v}a "" ({v}b ""))'],
  ['the order of attributes', '<a c="1" b="2"/>', '(a b="2" c="1" "")'],
  ['white space', '<a b=" 1 ">\n t \n u\n</a>', '(a b="1" "t u")'],
])('the meaning of an element does not depend on %s', (_title, xml, is) =>
  expect(writeCanonicalXml(rootOf(xml))).toBe(is),
);

test.each([
  ['<a/>', ''],
  ['<a x="1"/>', ''],
  ['<a x="1" xml:lang=" de-DE "/>', 'de-DE'],
])('the language of %s is read', (xml, is) => expect(readLanguage(rootOf(xml))).toBe(is));
