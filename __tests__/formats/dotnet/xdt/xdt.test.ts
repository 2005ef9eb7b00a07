/** The transform engine: every transform with every locator, places of the result, and what it refuses. */

import { type PlacedElement, toPlacedElement } from '../../../../src/formats/dotnet/xdt/tree.ts';
import { applyTransform, type XdtResult } from '../../../../src/formats/dotnet/xdt/xdt.ts';
import { parseXml } from '../../../../src/syntax/xml.ts';

function tree(file: string, text: string): PlacedElement {
  const parsed = parseXml(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return toPlacedElement(file, parsed.root);
}

function written({ name, attributes, children }: PlacedElement): string {
  const opened = [name, ...attributes.map((attribute) => `${attribute.name}="${attribute.value}"`)].join(' ');
  return children.length === 0 ? `<${opened}/>` : `<${opened}>${children.map(written).join('')}</${name}>`;
}

const BASE = `<configuration>
  <appSettings>
    <add key="a" value="1"/>
    <add key="b" value="2" role="x"/>
    <add key="b" value="3"/>
  </appSettings>
  <other><add key="a" value="9"/></other>
</configuration>`;

const transform = (body: string, root = ''): string =>
  `<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"${root}>${body}</configuration>`;
const inSettings = (body: string): string => transform(`<appSettings>${body}</appSettings>`);

function apply(text: string, base = BASE): XdtResult {
  return applyTransform(tree('Web.config', base), tree('Web.Release.config', text));
}

/** The application's settings of a result, one `key=value` each (other attributes after it). */
function settings({ root }: XdtResult): string {
  const section = root.children.find(({ name }) => name === 'appSettings');
  const entries = (section?.children ?? []).map(({ name, attributes }) =>
    [
      ...(name === 'add' ? [] : [name]),
      ...attributes.map(({ name: label, value }) => (label === 'key' ? value : `${label}:${value}`)),
    ].join(' '),
  );
  return section === undefined ? '(none)' : entries.join(', ');
}

const UNCHANGED = 'a value:1, b value:2 role:x, b value:3';

describe('transforms and locators', () => {
  const cases: readonly (readonly [name: string, body: string, expected: string])[] = [
    ['no transform at all', '<add key="a" value="8"/>', UNCHANGED],
    [
      'SetAttributes, Match',
      '<add key="a" value="8" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>',
      'a value:8, b value:2 role:x, b value:3',
    ],
    [
      'SetAttributes changes every match',
      '<add key="b" value="8" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>',
      'a value:1, b value:8 role:x, b value:8',
    ],
    [
      'SetAttributes(list) leaves the rest',
      '<add key="b" value="8" role="y" xdt:Transform="SetAttributes(role)" xdt:Locator="Match(key)"/>',
      'a value:1, b value:2 role:y, b value:3 role:y',
    ],
    [
      'SetAttributes(list of two)',
      '<add key="a" value="8" role="y" xdt:Transform="SetAttributes( value , role )" xdt:Locator="Match(key)"/>',
      'a value:8 role:y, b value:2 role:x, b value:3',
    ],
    [
      'SetAttributes without locator takes all of the name',
      '<add value="8" xdt:Transform="SetAttributes"/>',
      'a value:8, b value:8 role:x, b value:8',
    ],
    [
      'Match of two attributes',
      '<add key="b" role="x" value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="Match(key, role)"/>',
      'a value:1, b value:8 role:x, b value:3',
    ],
    [
      'Match minds the name of the attribute',
      '<add key="1" value="8" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>',
      UNCHANGED,
    ],
    [
      'SetAttributes(list with a gap) is not an empty list',
      '<add value="8" role="y" xdt:Transform="SetAttributes(, role)"/>',
      'a value:1 role:y, b value:2 role:y, b value:3 role:y',
    ],
    [
      'SetAttributes(*)',
      '<add key="a" value="8" role="y" xdt:Transform="SetAttributes(*)" xdt:Locator="Match(key)"/>',
      'a value:8 role:y, b value:2 role:x, b value:3',
    ],
    ['Match minds case', '<add key="A" value="8" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>', UNCHANGED],
    [
      'RemoveAttributes(list)',
      '<add key="b" xdt:Transform="RemoveAttributes(role)" xdt:Locator="Match(key)"/>',
      'a value:1, b value:2, b value:3',
    ],
    [
      'RemoveAttributes changes every match',
      '<add key="b" xdt:Transform="RemoveAttributes(value)" xdt:Locator="Match(key)"/>',
      'a value:1, b role:x, b',
    ],
    [
      'RemoveAttributes(*)',
      '<add key="a" xdt:Transform="RemoveAttributes(*)" xdt:Locator="Match(key)"/>',
      ', b value:2 role:x, b value:3',
    ],
    [
      'RemoveAttributes of all',
      '<add key="a" xdt:Transform="RemoveAttributes" xdt:Locator="Match(key)"/>',
      ', b value:2 role:x, b value:3',
    ],
    [
      'Replace takes the first match',
      '<add key="b" value="8" xdt:Transform="Replace" xdt:Locator="Match(key)"/>',
      'a value:1, b value:8, b value:3',
    ],
    [
      'Remove takes the first match',
      '<add key="b" xdt:Transform="Remove" xdt:Locator="Match(key)"/>',
      'a value:1, b value:3',
    ],
    ['RemoveAll takes every match', '<add key="b" xdt:Transform="RemoveAll" xdt:Locator="Match(key)"/>', 'a value:1'],
    ['RemoveAll without locator', '<add xdt:Transform="RemoveAll"/>', ''],
    ['Remove of nothing', '<add key="z" xdt:Transform="Remove" xdt:Locator="Match(key)"/>', UNCHANGED],
    ['Insert', '<add key="c" value="8" xdt:Transform="Insert"/>', `${UNCHANGED}, c value:8`],
    ['Insert with spaces', '<add key="c" value="8" xdt:Transform=" Insert ( ) "/>', `${UNCHANGED}, c value:8`],
    [
      'Insert without the declaration of a namespace',
      '<add xmlns="" key="c" value="8" xdt:Transform="Insert"/>',
      `${UNCHANGED}, c value:8`,
    ],
    ['the content of an element of the transform', '<xdt:Import><add xdt:Transform="Insert"/></xdt:Import>', UNCHANGED],
    ['a broken locator that nothing asks for', '<add xdt:Locator="Nearest(key)"><a/></add>', UNCHANGED],
    [
      'Insert does not look whether it is there',
      '<add key="a" value="8" xdt:Transform="Insert()"/>',
      `${UNCHANGED}, a value:8`,
    ],
    [
      'InsertIfMissing, missing',
      '<add key="c" value="8" xdt:Transform="InsertIfMissing" xdt:Locator="Match(key)"/>',
      `${UNCHANGED}, c value:8`,
    ],
    [
      'InsertIfMissing, there',
      '<add key="a" value="8" xdt:Transform="InsertIfMissing" xdt:Locator="Match(key)"/>',
      UNCHANGED,
    ],
    [
      'InsertBefore, absolute',
      `<add key="c" value="8" xdt:Transform="InsertBefore(/configuration/appSettings/add[@key='b'])"/>`,
      'a value:1, c value:8, b value:2 role:x, b value:3',
    ],
    [
      'InsertAfter, relative to the parent',
      `<add key="c" value="8" xdt:Transform="InsertAfter(add[@key='a'])"/>`,
      'a value:1, c value:8, b value:2 role:x, b value:3',
    ],
    [
      'InsertAfter, last',
      `<add key="c" value="8" xdt:Transform="InsertAfter(add[last()])"/>`,
      `${UNCHANGED}, c value:8`,
    ],
    [
      'Condition',
      `<add value="8" xdt:Transform="SetAttributes" xdt:Locator="Condition(@key='b' and @role='x')"/>`,
      'a value:1, b value:8 role:x, b value:3',
    ],
    [
      'Condition with a comma in quotes',
      `<add value="8" xdt:Transform="SetAttributes" xdt:Locator="Condition(@key='a' or @key='c, d')"/>`,
      'a value:8, b value:2 role:x, b value:3',
    ],
    [
      'Condition with a comma in double quotes',
      '<add value="8" xdt:Transform="SetAttributes" xdt:Locator=\'Condition(@key="a" or @key="c, d")\'/>',
      'a value:8, b value:2 role:x, b value:3',
    ],
    [
      'Condition with or',
      `<add value="8" xdt:Transform="SetAttributes" xdt:Locator="Condition(@key='a' or @role)"/>`,
      'a value:8, b value:8 role:x, b value:3',
    ],
    [
      'Condition with not',
      `<add xdt:Transform="RemoveAll" xdt:Locator="Condition(not(@role) and @value!='1')"/>`,
      'a value:1, b value:2 role:x',
    ],
    [
      'Condition by position',
      '<add value="8" xdt:Transform="SetAttributes" xdt:Locator="Condition(2)"/>',
      'a value:1, b value:8 role:x, b value:3',
    ],
    [
      'Condition by functions',
      `<add value="8" xdt:Transform="SetAttributes" xdt:Locator="Condition(starts-with(@key, 'a') or contains(@role,'x'))"/>`,
      'a value:8, b value:8 role:x, b value:3',
    ],
    [
      'XPath, absolute',
      `<add value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(/configuration/appSettings/add[@key='a'])"/>`,
      'a value:8, b value:2 role:x, b value:3',
    ],
    [
      'XPath, anywhere',
      `<add value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(//appSettings/add[1])"/>`,
      'a value:8, b value:2 role:x, b value:3',
    ],
    [
      'XPath, any name and up',
      `<add value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(/*/other/../appSettings/*[@role])"/>`,
      'a value:1, b value:8 role:x, b value:3',
    ],
    [
      'XPath, relative to the element',
      '<add value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(.)"/>',
      'a value:8, b value:8 role:x, b value:8',
    ],
    [
      'Replace with XPath',
      `<add key="n" value="8" xdt:Transform="Replace" xdt:Locator="XPath(/configuration/appSettings/add[@role='x'])"/>`,
      'a value:1, n value:8, b value:3',
    ],
    [
      'several in order',
      '<add key="c" value="8" xdt:Transform="Insert"/><add key="c" value="9" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>',
      `${UNCHANGED}, c value:9`,
    ],
  ];

  test.each(cases)('%s', (_name, body, expected) => {
    const result = apply(inSettings(body));
    expect(settings(result)).toBe(expected);
    expect(result.problems).toEqual([]);
    expect(written(result.root)).toContain('<other><add key="a" value="9"/></other>');
  });
});

describe('transforms of sections', () => {
  const cases: readonly (readonly [name: string, body: string, expected: string])[] = [
    ['Replace', '<appSettings xdt:Transform="Replace"><add key="n" value="8"/></appSettings>', 'n value:8'],
    ['Remove', '<appSettings xdt:Transform="Remove"/>', '(none)'],
    ['RemoveAll', '<appSettings xdt:Transform="RemoveAll"/>', '(none)'],
    [
      'a child is transformed as well',
      '<appSettings file="x.config" xdt:Transform="SetAttributes(file)"><add key="a" xdt:Transform="Remove" xdt:Locator="Match(key)"/></appSettings>',
      'b value:2 role:x, b value:3',
    ],
    [
      'located by Condition',
      `<appSettings xdt:Locator="Condition(add[@key='a'])"><add key="c" value="8" xdt:Transform="Insert"/></appSettings>`,
      `${UNCHANGED}, c value:8`,
    ],
    [
      'located elsewhere by XPath',
      '<x xdt:Locator="XPath(/configuration/appSettings)"><add key="c" value="8" xdt:Transform="Insert"/></x>',
      `${UNCHANGED}, c value:8`,
    ],
    [
      'Insert elsewhere by XPath',
      '<other><add key="c" value="8" xdt:Transform="Insert" xdt:Locator="XPath(/configuration/appSettings)"/></other>',
      `${UNCHANGED}, c value:8`,
    ],
    [
      'Insert of a second section',
      '<appSettings xdt:Transform="Insert"><add key="n" value="8"/></appSettings>',
      UNCHANGED,
    ],
    ['another namespace is another element', '<appSettings xmlns="urn:else" xdt:Transform="Remove"/>', UNCHANGED],
  ];

  test.each(cases)('%s', (_name, body, expected) => {
    const result = apply(transform(body));
    expect(settings(result)).toBe(expected);
    expect(result.problems).toEqual([]);
  });

  test('can replace the root', () => {
    const result = apply(transform('<appSettings><add key="n" value="8"/></appSettings>', ' xdt:Transform="Replace"'));
    expect(written(result.root)).toBe(
      '<configuration><appSettings><add key="n" value="8"/></appSettings></configuration>',
    );
  });

  test.each([
    ['located from itself', 'a="1" xdt:Transform="SetAttributes" xdt:Locator="XPath(.)"', '<configuration a="1"/>'],
    [
      'with a condition on the document',
      `a="1" xdt:Transform="SetAttributes" xdt:Locator="Condition(not(../@a) and .. = '')"`,
      '<configuration a="1"/>',
    ],
    ['whose document is removed', 'xdt:Transform="Remove" xdt:Locator="XPath(..)"', '<configuration/>'],
    ['whose document is replaced', 'a="1" xdt:Transform="Replace" xdt:Locator="XPath(..)"', '<configuration/>'],
  ])('can have a root %s', (_name, attributes, expected) => {
    const { root, problems } = apply(transform('', ` ${attributes}`), '<configuration/>');
    expect(written(root)).toBe(expected);
    expect(problems).toEqual([]);
  });

  test('can have an element with another prefix', () => {
    const base = '<configuration xmlns:o="urn:o"><o:a/><o:b/></configuration>';
    const { root } = apply(transform('<o:a xdt:Transform="Remove"/>', ' xmlns:o="urn:o"'), base);
    expect(root.children.map(({ name }) => name)).toEqual(['o:b']);
  });

  test('apply to elements below a declaration without a name', () => {
    const declared = ' xmlns:="http://schemas.microsoft.com/XML-Document-Transform"';
    const { problems } = apply(transform('<appSettings><add xdt:Transform="Insert"/></appSettings>', declared));
    expect(problems).toEqual([expect.objectContaining({ id: 'xdt-no-parent' })]);
  });

  test('leave none of their attributes in the result, at any depth and with any prefix', () => {
    const text = `<configuration xmlns:t="http://schemas.microsoft.com/XML-Document-Transform">
      <t:Import path="x.dll" namespace="X"/>
      <extra t:Transform="Insert"><t:Import/><inner t:Locator="Match(a)" a="1"/></extra></configuration>`;
    const { root, problems } = apply(text, '<configuration/>');
    expect(written(root)).toBe('<configuration><extra><inner a="1"/></extra></configuration>');
    expect(problems).toEqual([]);
  });
});

describe('an unknown step', () => {
  const cases: readonly (readonly [name: string, body: string, id: string, named: string])[] = [
    ['an unknown transform', '<add xdt:Transform="EncryptValue(key)"/>', 'xdt-transform', 'EncryptValue(key)'],
    ['a transform in another case', '<add xdt:Transform="replace"/>', 'xdt-transform', 'replace'],
    ['a transform that is not a name', '<add xdt:Transform="Set Attributes"/>', 'xdt-transform', 'Set Attributes'],
    ['a transform after a word', '<add xdt:Transform="Not Remove"/>', 'xdt-transform', 'Not Remove'],
    ['a transform before a word', '<add xdt:Transform="Remove all"/>', 'xdt-transform', 'Remove all'],
    [
      'an inherited property in place of a transform',
      '<add xdt:Transform="constructor"/>',
      'xdt-transform',
      'constructor',
    ],
    ['an unknown locator', '<add xdt:Transform="Remove" xdt:Locator="Nearest(key)"/>', 'xdt-locator', 'Nearest(key)'],
    [
      'a locator that is not a name',
      '<add xdt:Transform="Remove" xdt:Locator="Match key"/>',
      'xdt-locator',
      'Match key',
    ],
    [
      'a broken locator above a transform',
      '<x xdt:Locator="Nearest(key)"><a/><add xdt:Transform="Remove"/></x>',
      'xdt-locator',
      'Nearest(key)',
    ],
    ['Match without an attribute', '<add xdt:Transform="Remove" xdt:Locator="Match()"/>', 'xdt-locator', 'Match()'],
    [
      'a second condition',
      '<add xdt:Transform="Remove" xdt:Locator="Condition(@key, @role)"/>',
      'xdt-locator',
      'Condition(@key, @role)',
    ],
    ['a second path', '<add xdt:Transform="Remove" xdt:Locator="XPath(//add, .)"/>', 'xdt-locator', 'XPath(//add, .)'],
    [
      'a condition beyond XPath',
      '<add xdt:Transform="Remove" xdt:Locator="Condition(@key &gt; 1)"/>',
      'xdt-locator',
      'Condition(@key > 1)',
    ],
    [
      'a condition with a function that is not supported',
      `<add xdt:Transform="Remove" xdt:Locator="Condition(translate(@key,'ab','AB')='A')"/>`,
      'xdt-locator',
      `Condition(translate(@key,'ab','AB')='A')`,
    ],
    [
      'a path with an axis',
      '<add xdt:Transform="Remove" xdt:Locator="XPath(/configuration/child::appSettings)"/>',
      'xdt-locator',
      'XPath(/configuration/child::appSettings)',
    ],
    [
      'a path to an attribute',
      '<add xdt:Transform="Remove" xdt:Locator="XPath(//add/@key)"/>',
      'xdt-locator',
      'XPath(//add/@key)',
    ],
    [
      'an unclosed predicate',
      `<add xdt:Transform="Remove" xdt:Locator="XPath(//add[@key='a')"/>`,
      'xdt-locator',
      `XPath(//add[@key='a')`,
    ],
    [
      'Match of a missing attribute',
      '<add key="a" xdt:Transform="Remove" xdt:Locator="Match(name)"/>',
      'xdt-match-attribute',
      'Match(name)',
    ],
    [
      'Match of a value with a quote',
      `<add key="it's" xdt:Transform="Remove" xdt:Locator="Match(key)"/>`,
      'xdt-locator',
      'Match(key)',
    ],
    [
      'Match of two values, one with a quote',
      `<add key="it's" role="x" xdt:Transform="Remove" xdt:Locator="Match(key, role)"/>`,
      'xdt-locator',
      'Match(key, role)',
    ],
    ['Replace with an argument', '<add xdt:Transform="Replace(key)"/>', 'xdt-arguments', 'Replace(key)'],
    ['Remove with an argument', '<add xdt:Transform="Remove(key)"/>', 'xdt-arguments', 'Remove(key)'],
    [
      'InsertBefore with two paths',
      `<add xdt:Transform="InsertBefore(add[@key=')' or not(@role)], add)"/>`,
      'xdt-arguments',
      `InsertBefore(add[@key=')' or not(@role)], add)`,
    ],
    [
      'InsertBefore an axis',
      '<add xdt:Transform="InsertBefore(child::add)"/>',
      'xdt-transform',
      'InsertBefore(child::add)',
    ],
    [
      'InsertBefore an attribute',
      '<add xdt:Transform="InsertBefore(add/@key)"/>',
      'xdt-transform',
      'InsertBefore(add/@key)',
    ],
    [
      'InsertBefore the root',
      '<add xdt:Transform="InsertBefore(/configuration)"/>',
      'xdt-no-parent',
      'InsertBefore(/configuration)',
    ],
    ['InsertAfter the document', '<add xdt:Transform="InsertAfter(../..)"/>', 'xdt-no-parent', 'InsertAfter(../..)'],
    ['InsertAfter without a path', '<add xdt:Transform="InsertAfter"/>', 'xdt-arguments', 'InsertAfter'],
    [
      'InsertBefore a missing element',
      `<add xdt:Transform="InsertBefore(add[@key='z'])"/>`,
      'xdt-no-sibling',
      `InsertBefore(add[@key='z'])`,
    ],
  ];

  test.each(cases)('%s', (_name, body, id, named) => {
    const result = apply(inSettings(body));
    expect(result.problems).toEqual([expect.objectContaining({ id, named })]);
    expect(result.problems[0]?.at.file).toBe('Web.Release.config');
    expect(settings(result)).toBe(UNCHANGED);
  });

  test('inserts into a section that does not exist', () => {
    const result = apply(inSettings('<add key="a" value="1" xdt:Transform="Insert"/>'), '<configuration/>');
    expect(result.problems).toEqual([
      expect.objectContaining({ id: 'xdt-no-parent', trail: ['configuration', 'appSettings', 'add'] }),
    ]);
  });

  test.each([
    ['Insert', 'xdt:Transform="Insert"'],
    ['Insert with XPath', 'xdt:Transform="Insert" xdt:Locator="XPath(..)"'],
  ])('has no place for a second root with %s', (_name, attributes) => {
    const result = apply(transform('', ` ${attributes}`));
    expect(result.problems).toEqual([expect.objectContaining({ id: 'xdt-no-parent', named: expect.anything() })]);
    expect(settings(result)).toBe(UNCHANGED);
  });

  test.each([
    ['xdt:Transform="Nothing"', false],
    ['xdt:Transform="Set Attributes"', false],
    ['xdt:Transform="Nothing" xdt:Locator="XPath(//add)"', true],
    ['xdt:Transform="Set Attributes" xdt:Locator="XPath(//add)"', true],
    ['xdt:Transform="Remove" xdt:Locator="XPath(//child::add)"', true],
    ['xdt:Transform="Remove" xdt:Locator=" XPath(//child::add)"', true],
    ['xdt:Transform="Remove" xdt:Locator="Condition( XPath(a))"', false],
  ])('%s can affect the whole file is %j', (attributes, anywhere) => {
    expect(apply(inSettings(`<add ${attributes}/>`)).problems).toEqual([expect.objectContaining({ anywhere })]);
  });

  test('with a path from the root without its slash is applied as documented, and reported', () => {
    const result = apply(
      inSettings(
        `<add value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="XPath(configuration/appSettings/add[@key='a'])"/>`,
      ),
    );
    expect(settings(result)).toBe('a value:8, b value:2 role:x, b value:3');
    expect(result.problems).toEqual([expect.objectContaining({ id: 'xdt-relative-path', anywhere: true })]);
  });

  test('is reported once for each element, with any other errors', () => {
    const child = '<add key="c" value="8" xdt:Transform="Insert"/>';
    const located = `<x xdt:Locator="XPath(configuration/appSettings)">${child}${child}</x>`;
    const { problems } = apply(transform(`<y xdt:Transform="Nothing"/>${located}${located}`));
    expect(problems.map(({ id }) => id)).toEqual(['xdt-transform', 'xdt-relative-path', 'xdt-relative-path']);
  });

  test('with a relative path without a match finds nothing', () => {
    const { problems, missed } = apply(inSettings('<add xdt:Transform="RemoveAll" xdt:Locator="XPath(none)"/>'));
    expect(problems).toEqual([]);
    expect(missed).toHaveLength(1);
  });

  test('removes the root', () => {
    expect(apply(transform('', ' xdt:Transform="Remove"')).problems).toEqual([
      expect.objectContaining({ id: 'xdt-no-root', named: 'Remove', anywhere: true }),
    ]);
  });

  test('needs too much work, or has deep nesting of a condition', () => {
    const many = `<configuration><appSettings>${'<add key="k"/>'.repeat(500)}</appSettings></configuration>`;
    const steps = '<add key="z" xdt:Transform="Remove" xdt:Locator="Match(key)"/>'.repeat(100);
    const result = applyTransform(tree('a', many), tree('b', inSettings(steps)), { left: 10_000 });
    expect(result.problems).toEqual([
      expect.objectContaining({ id: 'xdt-too-much-work', named: 'xdt:Transform', anywhere: true }),
    ]);
    const nested = `${'('.repeat(400)}@key${')'.repeat(400)}`;
    expect(apply(inSettings(`<add xdt:Transform="Remove" xdt:Locator="Condition(${nested})"/>`)).problems).toEqual([]);
    const tooLong = `${'('.repeat(4000)}@key${')'.repeat(4000)}`;
    expect(
      apply(inSettings(`<add xdt:Transform="Remove" xdt:Locator="Condition(${tooLong})"/>`)).problems,
    ).toHaveLength(1);
  });

  test.each([
    [9, []],
    [8, ['xdt-too-much-work']],
  ])('visits nine nodes with a limit of %i', (budget, expected) => {
    const steps = inSettings('<add key="a" xdt:Transform="Remove" xdt:Locator="Match(key)"/>');
    const { problems } = applyTransform(tree('a', BASE), tree('b', steps), { left: budget });
    expect(problems.map(({ id }) => id)).toEqual(expected);
  });

  test('does not stop the other steps', () => {
    const result = apply(inSettings('<add xdt:Transform="Nothing"/><add key="c" value="8" xdt:Transform="Insert"/>'));
    expect(settings(result)).toBe(`${UNCHANGED}, c value:8`);
    expect(result.problems).toHaveLength(1);
  });
});

test('a step without a match is reported and is not a problem', () => {
  const result = apply(inSettings('<add key="z" value="8" xdt:Transform="SetAttributes" xdt:Locator="Match(key)"/>'));
  expect(result.missed.map(({ attributes }) => attributes[0]?.value)).toEqual(['z']);
  expect(result.problems).toEqual([]);
  expect(apply(inSettings('<add value="8" xdt:Transform="SetAttributes"/>')).missed).toEqual([]);
});

test('every value keeps the file and the place where it is written', () => {
  const { root } = apply(`<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <appSettings>
    <add key="a" value="8" xdt:Transform="SetAttributes(value)" xdt:Locator="Match(key)"/>
    <add key="c" value="9" xdt:Transform="Insert"/>
  </appSettings>
</configuration>`);
  const entries = root.children[0]?.children ?? [];
  const places = entries.map(({ at, attributes }) => [
    at.file,
    at.line,
    ...attributes.map(({ valueAt }) => `${valueAt.file}:${valueAt.line}:${valueAt.column}`),
  ]);
  expect(places).toEqual([
    ['Web.config', 3, 'Web.config:3:15', 'Web.Release.config:3:25'],
    ['Web.config', 4, 'Web.config:4:15', 'Web.config:4:25', 'Web.config:4:34'],
    ['Web.config', 5, 'Web.config:5:15', 'Web.config:5:25'],
    ['Web.Release.config', 4, 'Web.Release.config:4:15', 'Web.Release.config:4:25'],
  ]);
});

test('both trees remain unchanged', () => {
  const base = tree('a', BASE);
  const steps = tree('b', inSettings('<add xdt:Transform="RemoveAll"/><add key="c" xdt:Transform="Insert"/>'));
  const before = JSON.stringify([base, steps]);
  applyTransform(base, steps);
  expect(JSON.stringify([base, steps])).toBe(before);
});
