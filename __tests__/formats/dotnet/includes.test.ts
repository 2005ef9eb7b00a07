/** Which configurations a file is part of, whatever it is called and wherever it lies. */
import { dotnetConfig } from '../../../src/formats/dotnet/config.ts';
import { findConfigurationsIncluding, isUnrelatedSection } from '../../../src/formats/dotnet/includes.ts';
import type { Tree } from '../../../src/model/source.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';
import { readContext } from '../../support/read-context.ts';

const XDT = 'xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform"';
const config = (attributes: string): string => `<configuration><appSettings ${attributes}/></configuration>`;
const section = (attributes = ''): string => `<appSettings ${attributes}/>`;
const utf16 = (text: string): Uint8Array => {
  const units = Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
  return Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8]));
};

type Files = Readonly<Record<string, string | Uint8Array>>;

test.each<[title: string, path: string, files: Files, owners: readonly string[]]>([
  ['with any extension', 'hv.settings', { 'Web.config': config('file="hv.settings"') }, ['Web.config']],
  ['without an extension', 'cfg/live', { 'Web.config': config('configSource="cfg\\live"') }, ['Web.config']],
  [
    'in another section of an application',
    'u.inc',
    { 'a.config': '<configuration><appSettingsUser file="u.inc"/></configuration>' },
    ['a.config'],
  ],
  [
    'beside the folder of the owner',
    'shared/a.inc',
    { 'web/Web.config': config('file="..\\shared\\a.inc"') },
    ['web/Web.config'],
  ],
  ['far below the owner', 'a/b/c/d.inc', { 'Web.config': config('file="a/b/./c/d.inc"') }, ['Web.config']],
  ['in another case', 'Cfg/HV.Settings', { 'web.CONFIG': config('file="cfg\\hv.settings"') }, ['web.CONFIG']],
  [
    'among several',
    's.inc',
    { 'b.config': config('file="s.inc"'), 'a.config': config('file="s.inc"'), 'c.config': config('file="t.inc"') },
    ['a.config', 'b.config'],
  ],
  [
    'below a location',
    's.inc',
    { 'a.config': `<configuration><location path="x"><appSettings file="s.inc"/></location></configuration>` },
    ['a.config'],
  ],
  ['in UTF-16', 's.inc', { 'a.config': utf16(config('file="s.inc"')) }, ['a.config']],
  [
    'by a transform, as part of its base',
    's.inc',
    {
      'Web.config': config(''),
      'Web.Live.config': `<configuration ${XDT}><appSettings file="s.inc" xdt:Transform="SetAttributes"/></configuration>`,
    },
    ['Web.config'],
  ],
  [
    'by a transform without a base',
    's.inc',
    {
      'Web.Live.config': `<configuration ${XDT}><appSettings file="s.inc" xdt:Transform="SetAttributes"/></configuration>`,
    },
    ['Web.Live.config'],
  ],
  [
    'through others with any name, as part of the configuration at the top',
    'c/three.inc',
    {
      'a/Web.config': config('configSource="..\\b\\one.inc"'),
      'b/One.inc': section('file="..\\c\\two.inc"'),
      'c/two.inc': section('file="three.inc"'),
    },
    ['a/Web.config'],
  ],
  [
    'by a section that is not included, as part of that section',
    's.inc',
    { 'one.config': section('file="s.inc"') },
    ['one.config'],
  ],
  [
    'by a section that is not included, and by another one',
    's.inc',
    { 'one.config': section('file="s.inc"'), 'two.config': config('file="s.inc"') },
    ['one.config', 'two.config'],
  ],
  [
    'by a configuration that others include without effect',
    's.inc',
    { 'a.config': config('file="s.inc"'), 'b.config': config('file="a.config"') },
    ['a.config'],
  ],
  [
    'by transforms, in the order of their bases',
    's.inc',
    {
      'B.Live.config': `<configuration ${XDT}><appSettings file="s.inc" xdt:Transform="SetAttributes"/></configuration>`,
      'b.config': config(''),
      'a.config': config('file="s.inc"'),
    },
    ['a.config', 'b.config'],
  ],
  ['with spaces around the sign', 's.inc', { 'a.config': config('file = "s.inc"') }, ['a.config']],
  ['by two attributes', 's.inc', { 'a.config': config('file="t.inc" configSource="s.inc"') }, ['a.config']],
  [
    'by a file with a similar name to a list of packages',
    's.inc',
    { 'packages.config.live.config': config('file="s.inc"') },
    ['packages.config.live.config'],
  ],
  ['by no file', 's.inc', { 'a.config': config('file="t.inc"'), 's.inc': section() }, []],
  [
    'not by a mention in a comment',
    's.inc',
    { 'a.config': '<configuration><!-- <appSettings file="s.inc"/> --></configuration>' },
    [],
  ],
  ['not by an include that leaves the repository', 's.inc', { 'a.config': config('file="..\\s.inc"') }, []],
  [
    'not by an attribute of another element',
    's.inc',
    { 'a.config': '<configuration><other file="s.inc"/></configuration>' },
    [],
  ],
  ['not by a file that is not a configuration', 's.inc', { 'a.xml': config('file="s.inc"') }, []],
  ['not by XML without an end', 's.inc', { 'a.config': '<configuration><appSettings file="s.inc">' }, []],
  [
    'not by lists of packages',
    's.inc',
    { 'packages.config': config('file="s.inc"'), 'x/NuGet.config': config('file="s.inc"') },
    [],
  ],
  ['not by files with similar names', 's.inc', { 'mypackages.config': config('file="s.inc"') }, ['mypackages.config']],
])('an include %s is found', (_title, path, files, owners) => {
  expect(findConfigurationsIncluding(path, createMemoryTree('head', files))).toEqual(owners);
});

describe('includes in a circle', () => {
  const circle = { 'b.config': section('file="a.config"'), 'a.config': section('file="b.config"') };

  test('are part of the first of them, which is a document', () => {
    const tree = createMemoryTree('head', circle);
    expect(findConfigurationsIncluding('a.config', tree)).toEqual([]);
    expect(findConfigurationsIncluding('b.config', tree)).toEqual(['a.config']);
  });

  test('are part of a configuration that includes any of them', () => {
    const tree = createMemoryTree('head', { ...circle, 'z/Web.config': config('file="..\\b.config"') });
    expect(findConfigurationsIncluding('a.config', tree)).toEqual(['z/Web.config']);
  });

  test('have the files that they include as parts, and one that includes itself is a document', () => {
    const tree = createMemoryTree('head', { 'x.config': section('file="x.config" configSource="a.inc"') });
    expect(findConfigurationsIncluding('a.inc', tree)).toEqual(['x.config']);
    expect(findConfigurationsIncluding('x.config', tree)).toEqual([]);
  });
});

test('a section is part of a configuration in any folder', () => {
  const files = { 'web/Web.config': config('file="..\\shared\\a.config"'), 'shared/a.config': section() };
  const bytes = new TextEncoder().encode(files['shared/a.config']);
  expect(dotnetConfig.read({ path: 'shared/a.config', bytes }, readContext(files))).toEqual({
    kind: 'part-of',
    owners: ['web/Web.config'],
  });
});

describe('the lookup of the revision fetches', () => {
  function recorded(tree: Tree): { readonly tree: Tree; readonly asked: string[] } {
    const asked: string[] = [];
    const file = (path: string) => {
      asked.push(path);
      return tree.readFile(path);
    };
    return { asked, tree: { ...tree, readFile: file } };
  }

  test('the configurations and their includes', () => {
    const files = {
      'Web.config': config('file="s.inc"'),
      's.inc': section('file="t.inc"'),
      'packages.config': '<packages/>',
      'logo.png': 'x',
      'Web.config.bak': config('file="t.inc"'),
      't.inc': section(),
    };
    const { tree, asked } = recorded(createMemoryTree('head', files));
    expect(findConfigurationsIncluding('t.inc', tree)).toEqual(['Web.config']);
    expect(asked).toEqual(['Web.config', 's.inc', 't.inc']);
  });

  test('each file once for any number of lookups', () => {
    const whole = createMemoryTree('head', { 'Web.config': config('file="s.inc"'), 's.inc': section() });
    const paths = whole.listPaths();
    const { tree, asked } = recorded({ ...whole, listPaths: () => paths });
    for (const path of ['s.inc', 'S.INC', 't.inc']) findConfigurationsIncluding(path, tree);
    expect(asked).toEqual(['Web.config', 's.inc']);
  });

  test('again while a file is not there yet', () => {
    const whole = createMemoryTree('head', { 'Web.config': config('file="s.inc"') });
    const paths = whole.listPaths();
    let there = false;
    const tree: Tree = {
      ...whole,
      listPaths: () => paths,
      readFile: (path) => (there ? whole.readFile(path) : null),
      computeOnce: (key, make) => (there ? whole.computeOnce(key, make) : make()),
    };
    expect(findConfigurationsIncluding('s.inc', tree)).toEqual([]);
    there = true;
    expect(findConfigurationsIncluding('s.inc', tree)).toEqual(['Web.config']);
  });

  test('a missing configuration only once, without includes', () => {
    const paths = ['Web.config'];
    const asked: string[] = [];
    const file = (path: string) => {
      asked.push(path);
      return { unavailable: 'too large', id: '1' };
    };
    const tree: Tree = {
      ...createMemoryTree('head', {}),
      listFolder: () => paths,
      listPaths: () => paths,
      readFile: file,
    };
    expect([findConfigurationsIncluding('s.inc', tree), findConfigurationsIncluding('s.inc', tree)]).toEqual([[], []]);
    expect(asked).toEqual(['Web.config']);
  });

  test('two files with the same content separately', () => {
    const bytes = new TextEncoder().encode(config('file="s.inc"'));
    const tree = createMemoryTree('head', { 'a/Web.config': bytes, 'b/Web.config': bytes });
    expect(findConfigurationsIncluding('b/s.inc', tree)).toEqual(['b/Web.config']);
    expect(findConfigurationsIncluding('a/s.inc', tree)).toEqual(['a/Web.config']);
  });
});

test.each<[path: string, content: string | Uint8Array, expected: boolean]>([
  ['settings.py', section(), true],
  ['a.pem', `\ufeff<?xml version="1.0"?>\n<!-- us -->\n<appSettingsUser/>`, true],
  ['a.cs', utf16(section()), true],
  ['a.cs', `// ${section()}`, false],
  ['a.cs', '<b/>', false],
  ['a.cs', 'x<appSettings/>', false],
  ['a.config.py', section(), true],
  ['a.config', section(), false],
  ['a.XML', section(), false],
  ['b.cs', '', false],
])('%s contains a section of another kind is %j', (path, content, expected) => {
  expect(isUnrelatedSection(path, createMemoryTree('head', { [path]: content }))).toBe(expected);
  expect(isUnrelatedSection('gone.py', createMemoryTree('head', {}))).toBe(false);
});
