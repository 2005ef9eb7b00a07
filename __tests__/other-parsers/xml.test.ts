/** The XML reader against libxml2, over the XML of all scenarios and of the corpus, whole and damaged: well-formedness and values. */
import * as fc from 'fast-check';
import { decodeText } from '../../src/syntax/text.ts';
import { parseXml, type XmlElement } from '../../src/syntax/xml.ts';
import { mutate, mutations } from '../fuzz/support/mutation.ts';
import { readSeeds } from '../fuzz/support/seeds.ts';
import { addBody, ELEMENTS, updateBody } from '../support/platform-fixture.ts';
import { isNamespace, type PlainElement, readCanonical } from './support/canonical.ts';
import { canonicalForms, opinions } from './support/libxml2.ts';

/** Damaged files; the same for the same seed. */
const DAMAGED = 1500;
const SEED = 20_261_123;

/** What the reader refuses by design though it is well-formed. Anything else that only one of the two refuses fails. */
const BY_DESIGN: ReadonlySet<string> = new Set([
  'xml-doctype-declarations', // entities and default attributes could change what a file says
  'xml-version', // XML 1.1
  'xml-too-deep', // more than 256 levels
  'text-encoding-mismatch', // declared UTF-16, written otherwise
  'text-encoding-unknown',
]);

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Corners of the language that no scenario covers. */
const CORNERS: Readonly<Record<string, string>> = {
  'cdata.xml': '<a>x<![CDATA[<b>&amp;]]>y<!-- z --><c/> w</a>',
  'references.xml': '<a b="&#65;&#x42;&lt;&gt;&quot;&apos;&amp;">&#x1F600;&#10;</a>',
  'attribute-space.xml': '<a b=" x\ty\nz  &#9;&#10;&#13; "/>',
  'lines.xml': '<a b="1\r\n2\r3">\r\n1\r2\n</a>\r\n',
  'instructions.xml': '<?a b?><!-- c --><d><?e?>x<?f ?>y</d><?g h?><!-- i -->',
  'doctype.xml':
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist/>',
  'subset.xml': '<!DOCTYPE a [<!ELEMENT a ANY>]><a/>',
  'quotes.xml': `<a b='"' c="'"/>`,
  'space.xml': '<a\n  b = "1"\tc\n=\n"2"  ></a  >',
  'entity.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  'unknown-entity.xml': '<a>&nbsp;</a>',
  'twice.xml': '<a b="1" b="2"/>',
  'less-in-value.xml': '<a b="<"/>',
  'cdata-end.xml': '<a>]]></a>',
  'comment-dashes.xml': '<a><!-- -- --></a>',
  'late-declaration.xml': ' <?xml version="1.0"?><a/>',
  'control.xml': '<a>\u0001</a>',
  'control-reference.xml': '<a>&#1;</a>',
  'name.xml': '<1a/>',
  'instruction-name.xml': '<?a?b?><c/>',
  'version.xml': '<?xml version="1.1"?><a/>',
  'mark.xml': '\ufeff<?xml version="1.0"?><a b="\u00e4"/>',
};

function inputs(): Readonly<Record<string, Uint8Array>> {
  const seeds = readSeeds().filter(({ path }) => /\.(?:xml|config|plist)$/i.test(path));
  const whole = seeds.map(({ files, path }, index) => [`whole-${index}.xml`, files[path] ?? new Uint8Array()]);
  const damage = fc.record({ seed: fc.constantFrom(...seeds), other: fc.constantFrom(...seeds), done: mutations });
  const damaged = fc.sample(damage, { seed: SEED, numRuns: DAMAGED }).map(({ seed, other, done }, index) => {
    const few = done.slice(0, 1 + (index % 2)); // much damage leaves nothing to agree on
    const bytes = mutate(seed.files[seed.path] ?? new Uint8Array(), few, other.files[other.path] ?? new Uint8Array());
    return [`damaged-${index}.xml`, bytes];
  });
  const corners = Object.entries(CORNERS).map(([name, text]) => [name, encode(text)]);
  const fixtures = [addBody(), updateBody(ELEMENTS), updateBody({})].map((text, index) => [
    `fixture-${index}.xml`,
    encode(text),
  ]);
  return Object.fromEntries([...whole, ...damaged, ...corners, ...fixtures]) as Record<string, Uint8Array>;
}

function plain(element: XmlElement): PlainElement {
  const attributes = element.attributes
    .filter(({ name }) => !isNamespace(name))
    .map(({ name, value }) => [name, value]);
  return {
    name: element.name,
    attributes: Object.fromEntries(attributes),
    text: element.text,
    children: element.children.map(plain),
  };
}

const files = inputs();
const judged = await opinions(files);
const read = new Map(
  Object.entries(files).map(([name, bytes]) => {
    const decoded = decodeText(bytes, 'xml');
    return [name, 'problem' in decoded ? decoded : parseXml(decoded.text)] as const;
  }),
);

test('the same files are well-formed, except for those rejected by design', () => {
  const disagreements = [...read].flatMap(([name, result]) => {
    const objection = judged.get(name)?.objection ?? null;
    if ('root' in result) {
      if (objection === null || isUnmarkedUtf16(files[name] ?? new Uint8Array())) return [];
      return [`${name}: only libxml2 refuses: ${objection}`];
    }
    if (objection !== null || BY_DESIGN.has(result.problem.id)) return [];
    return [`${name}: only the reader refuses: ${result.problem.id} ${result.problem.message}`];
  });
  expect(disagreements).toEqual([]);
  const refused = [...read.values()].filter((result) => 'problem' in result).length;
  expect(refused).toBeGreaterThan(200);
  expect(read.size - refused).toBeGreaterThan(400);
});

/** UTF-16 without a mark and a declaration: .NET, which reads these files, takes it; libxml2 does not. */
function isUnmarkedUtf16([first, second]: Uint8Array): boolean {
  return (first === 0) !== (second === 0);
}

test.each(Object.keys(CORNERS))('a special case of XML is %s', (name) => {
  const result = read.get(name);
  const refusedByDesign = result !== undefined && 'problem' in result && BY_DESIGN.has(result.problem.id);
  const wellFormed = result !== undefined && 'root' in result;
  expect(refusedByDesign || wellFormed === (judged.get(name)?.objection === null)).toBe(true);
});

test('every element, attribute and text of a well-formed file is the same in libxml2', async () => {
  const wellFormed = [...read].flatMap(([name, result]) =>
    'root' in result && judged.get(name)?.canonical === true ? [[name, result.root] as const] : [],
  );
  const contents = Object.fromEntries(wellFormed.map(([name]) => [name, files[name] ?? new Uint8Array()]));
  const forms = await canonicalForms(contents);
  for (const [name, root] of wellFormed) {
    const form = forms.get(name);
    if (form !== undefined) expect([name, plain(root)]).toEqual([name, readCanonical(form)]);
  }
  expect(forms.size).toBeGreaterThan(wellFormed.length * 0.98);
});
