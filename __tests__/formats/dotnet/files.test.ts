/** The files of one .NET configuration: which is whose, what is asked for, and what becomes of files that cannot be had. */
import { dotnetConfig } from '../../../src/formats/dotnet/config.ts';
import { findFile } from '../../../src/formats/dotnet/files.ts';
import type { ConfigDocument, ReadResult, Setting } from '../../../src/model/document.ts';
import type { FileContent, Tree } from '../../../src/model/source.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';
import { readContext, toBytes } from '../../support/read-context.ts';
import { APP, config, type Files, listParts, MRA, transform, XDT } from './dotnet-support.ts';

const set = (body: string): string => transform(body.replaceAll('/>', ' xdt:Transform="Insert"/>'));

/** A revision that keeps a log of the files it was asked for. Folders come in the order of `files`. */
function revision(files: Files, withheld: Readonly<Record<string, FileContent | null>> = {}) {
  const asked: string[] = [];
  const names = [...Object.keys(files), ...Object.keys(withheld)];
  const tree: Tree = {
    ...createMemoryTree('head', files),
    listFolder: (path) =>
      names.flatMap((name) => {
        const inner = path === '' ? name : name.startsWith(`${path}/`) ? name.slice(path.length + 1) : '/';
        return inner.includes('/') ? [] : [inner];
      }),
    readFile(path) {
      asked.push(path);
      return path in withheld ? (withheld[path] ?? null) : createMemoryTree('head', files).readFile(path);
    },
  };
  const read = (path: string): ReadResult =>
    dotnetConfig.read({ path, bytes: toBytes(files[path] ?? '') }, { ...readContext(), tree });
  const documents = (path: string): readonly ConfigDocument[] => {
    const result = read(path);
    if (result.kind !== 'documents') throw new Error(JSON.stringify(result));
    return result.documents;
  };
  return { tree, asked, read, documents };
}

function findUnresolvedSetting(document: ConfigDocument | undefined): Setting | undefined {
  return document?.settings.find(({ id }) => id === 'document');
}

test('files beside a configuration are fetched with it', () => expect(dotnetConfig.needsSiblings).toBe(true));

describe('a file is meant', () => {
  const { tree } = revision({ 'b/Web.config': '', 'b/WEB.config': '', 'b/web.Config': '', 'app.CONFIG': '' });
  test.each([
    ['b/Web.config', 'b/Web.config'],
    ['b/web.Config', 'b/web.Config'],
    ['b/web.config', 'b/WEB.config'],
    ['App.config', 'app.CONFIG'],
    ['B/web.config', null],
    ['b/web.configs', null],
    ['web.config', null],
  ])('by %s as %s', (path, found) => expect(findFile(path, tree)).toBe(found));

  test('by an include with spaces, dots and empty steps', () => {
    const include = 'file=" .\\\\cfg//../cfg\\s.inc "';
    const { documents } = revision({
      'Web.config': config(APP, include),
      'cfg/s.inc': `<appSettings>${MRA}</appSettings>`,
    });
    expect(documents('Web.config')[0]?.settings.map(({ id }) => id)).toEqual(['app-id', 'client.multi-record']);
  });
});

describe('transforms of a base', () => {
  test('have its name before theirs, in order', () => {
    const files = {
      'w/Web.config': config(APP),
      'w/Web.Zulu.config': set(MRA),
      'w/web.Alpha.CONFIG': set(MRA),
      'w/Web.Mike.config': set(MRA),
    };
    expect(listParts(revision(files).documents('w/Web.config'))).toEqual([null, 'Mike', 'Zulu', 'Alpha']);
  });

  test('can have config twice in their name', () => {
    const files = { 'configs.config': config(APP), 'configs.Live.config': set(MRA) };
    expect(listParts(revision(files).documents('configs.config'))).toEqual([null, 'Live']);
  });

  test('are the only files that are fetched', () => {
    const files = {
      'w/Web.config': config(APP),
      'w/Web.Live.config': set(MRA),
      'w/Web.Live.config.bak': set(MRA),
      'w/Web.Live.xml': set(MRA),
      'w/App.Live.config': set(MRA),
      'w/packages.config': '',
    };
    const { documents, asked } = revision(files);
    expect(listParts(documents('w/Web.config'))).toEqual([null, 'Live']);
    expect(new Set(asked)).toEqual(new Set(['w/Web.config', 'w/Web.Live.config']));
  });

  test('never include the base that declares the namespace', () => {
    const text = config(APP).replace('<configuration', `<configuration ${XDT}`);
    expect(listParts(revision({ 'Web.config': text, 'Web.Live.config': set(MRA) }).documents('Web.config'))).toEqual([
      null,
      'Live',
    ]);
  });

  test('belong to a base that cannot be read', () => {
    const files = { 'Web.config': '<configuration>', 'Web.Live.config': set(MRA) };
    expect(revision(files).read('Web.Live.config')).toEqual({ kind: 'part-of', owners: ['Web.config'] });
  });

  test('belong to the next shorter name if the longer one is a transform too', () => {
    const files = { 'Web.config': config(APP), 'Web.A.config': set(MRA), 'Web.A.B.config': set(MRA) };
    expect(revision(files).read('Web.A.B.config')).toEqual({ kind: 'part-of', owners: ['Web.config'] });
  });

  test('have no base without a name', () => {
    const files = { config: config(APP), 'Web.Live.config': set(MRA) };
    expect(findUnresolvedSetting(revision(files).documents('Web.Live.config')[0])?.value).toMatchObject({
      reason:
        'The transform changes HealthVault settings of Web.config, which does not exist. Commit it, or remove the transform.',
    });
  });

  test('that cannot be parsed are recognized by the namespace in the text', () => {
    const files = (text: string) => ({ 'Web.config': config(APP), 'Web.Live.config': text });
    expect(listParts(revision(files('<a xdt:x')).documents('Web.config'))).toEqual([null, 'Live']);
    expect(
      listParts(
        revision(files('<a xmlns:t="http://schemas.microsoft.com/XML-Document-Transform"')).documents('Web.config'),
      ),
    ).toEqual([null, 'Live']);
    expect(listParts(revision(files('<a')).documents('Web.config'))).toEqual([null]);
  });
});

test('a configuration with a transform only in a comment is not a transform', () => {
  const files = { 'Web.config': config(APP), 'Web.Live.config': config(`${APP}<!-- xdt:Transform -->`) };
  expect(listParts(revision(files).documents('Web.config'))).toEqual([null]);
});

describe('an included section with its own transforms', () => {
  const owner = { 'Web.config': config(APP, 'file="s.config"'), 's.config': '<appSettings/>' };
  test.each([
    [
      'that change HealthVault settings',
      `<appSettings ${XDT}><add key="HV_IsMRA" value="true" xdt:Transform="Insert"/></appSettings>`,
      'not-configuration',
    ],
    [
      'that change other settings',
      `<appSettings ${XDT}><add key="Theme" value="a" xdt:Transform="Insert"/></appSettings>`,
      'part-of',
    ],
    ['that cannot be read', `<appSettings ${XDT}><xdt:`, 'not-configuration'],
  ])('has transforms %s', (_title, text, kind) => {
    const result = revision({ ...owner, 's.Live.config': text }).read('s.config');
    expect(result.kind === 'part-of').toBe(kind === 'part-of');
  });
});

describe('a file that cannot be fetched', () => {
  const large = (id: string): FileContent => ({ unavailable: 'It is too large.', id });

  test('as an include is reported with the reason, and its content is bound by what is known', () => {
    const of = (id: string) => {
      const files = { 'Web.config': config(APP, 'file="s.inc"') };
      return findUnresolvedSetting(revision(files, { 's.inc': large(id) }).documents('Web.config')[0])?.value;
    };
    expect(of('1')).toMatchObject({
      kind: 'unresolved',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
      shown: 's.inc',
      reason: 'The settings continue in s.inc, which the gate cannot read: It is too large.',
    });
    expect(of('1')).toEqual(of('1'));
    expect(of('1')).not.toEqual(of('2'));
  });

  test("as a transform can be one of HealthVault's", () => {
    const of = (id: string) => {
      const { documents } = revision({ 'Web.config': config(APP) }, { 'Web.Azure.config': large(id) });
      return findUnresolvedSetting(documents('Web.config')[1]);
    };
    expect(of('1')).toEqual({
      id: 'document',
      at: { file: 'Web.Azure.config', line: 1, column: 1 },
      value: {
        kind: 'unresolved',
        meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
        shown: 'Web.Azure.config',
        reason: 'The gate cannot read the transform Web.Azure.config: It is too large.',
      },
    });
    expect(of('1')?.value).not.toEqual(of('2')?.value);
  });

  test.each([large('1'), null])('as a base still has its transforms as parts (%j)', (base) => {
    const { read } = revision({ 'Web.Live.config': set(MRA) }, { 'Web.config': base });
    expect(read('Web.Live.config')).toEqual({ kind: 'part-of', owners: ['Web.config'] });
  });

  test('is ignored when only the folder lists its name', () => {
    const { documents } = revision(
      { 'Web.config': config(APP, 'file="s.inc"') },
      { 's.inc': null, 'Web.Live.config': null },
    );
    const found = documents('Web.config');
    expect(listParts(found)).toEqual([null]);
    expect(findUnresolvedSetting(found[0])?.value).toMatchObject({ meaning: 'dotnet-include-missing: s.inc' });
  });

  test('as a transform with bytes that are not text has its place at the start', () => {
    const bytes = new Uint8Array([...toBytes(`<configuration ${XDT}>`), 0xff]);
    const found = findUnresolvedSetting(
      revision({ 'Web.config': config(APP), 'Web.Azure.config': bytes }).documents('Web.config')[1],
    );
    expect(found?.at).toEqual({ file: 'Web.Azure.config', line: 1, column: 1 });
    const broken = `<configuration ${XDT}>\n<appSettings`;
    const at = findUnresolvedSetting(
      revision({ 'Web.config': config(APP), 'Web.Azure.config': broken }).documents('Web.config')[1],
    )?.at;
    expect(at).toMatchObject({ file: 'Web.Azure.config', line: 2 });
  });
});

describe('another or unreadable file', () => {
  const utf16 = (text: string): Uint8Array =>
    Uint8Array.from(
      Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0)).flatMap((unit) => [unit & 0xff, unit >> 8]),
    );
  test.each<[title: string, path: string, text: string | Uint8Array, expected: string]>([
    ['a whole configuration of another kind of file', 'Web.config.xml', config(APP), 'not-configuration'],
    ['a broken file', 'Web.config.xml', '<configuration>', 'not-configuration'],
    ['broken XML with a key and no section', 'a.xml', `<x>${APP}`, 'not-configuration'],
    ['a broken section without a key', 'a.xml', '<appSettings><add/>', 'not-configuration'],
    ['a broken section with a key', 'a.xml', `<appSettings>${APP}`, 'xml-not-well-formed'],
    ['broken XML after spaces', 'a.config', ' \n<configuration>', 'xml-not-well-formed'],
    ['broken XML in UTF-16', 'a.config', utf16('<configuration>'), 'xml-not-well-formed'],
    ['words before a bracket', 'a.config', 'a < b', 'not-configuration'],
    ['words with a key', 'a.config', 'ShellUrl=x', 'dotnet-not-xml'],
  ])('is ignored or reported for %s', (_title, path, text, expected) => {
    const result = revision({ [path]: text }).read(path);
    expect(result.kind === 'unreadable' ? result.problem.id : result.kind).toBe(expected);
    if (expected === 'dotnet-not-xml' && result.kind === 'unreadable') {
      expect(result.problem.message).toBe('The file contains HealthVault settings, but is not XML. Fix it.');
    }
  });

  test('with only a declared namespace is a configuration', () => {
    const text = config(APP).replace('<configuration', `<configuration ${XDT}`);
    expect(
      revision({ 'Web.Live.config': text })
        .documents('Web.Live.config')[0]
        ?.settings.map(({ id }) => id),
    ).toEqual(['app-id']);
  });
});

describe('a step that cannot be followed is reported', () => {
  test.each([
    ['at the root', '', ' xdt:Transform="Zip"', true],
    ['under a location', '<location path="a"><x xdt:Transform="Zip"/></location>', '', true],
    ['in a section', '<appSettings><x xdt:Transform="Zip"/></appSettings>', '', true],
    ['under the root', '<other xdt:Transform="Zip"/>', '', false],
    ['elsewhere', '<other><appSettings><x xdt:Transform="Zip"/></appSettings></other>', '', false],
  ])('%s', (_title, inner, attributes, isTold) => {
    const text = `<configuration ${XDT}${attributes}>${inner}</configuration>`;
    const found = revision({ 'Web.config': config(APP), 'Web.Azure.config': text }).documents('Web.config');
    expect(listParts(found)).toEqual(isTold ? [null, 'Azure'] : [null]);
  });

  test('in a section by itself', () => {
    const text = `<appSettings ${XDT}><x xdt:Transform="Zip"/></appSettings>`;
    const found = revision({ 's.config': `<appSettings>${APP}</appSettings>`, 's.Azure.config': text }).documents(
      's.config',
    );
    expect(listParts(found)).toEqual([null, 'Azure']);
  });
});

test('a transform with the same settings and other advice is a document', () => {
  const live = '<add key="ShellUrl" value="https://account.healthvault.com/"/>';
  const other = `<configuration ${XDT}><appSettings><add key="HV_SSLForSecure" xdt:Transform="Remove" xdt:Locator="Match(key)"/><add key="WCPage_SSLForSecure" value="false" xdt:Transform="Insert"/></appSettings></configuration>`;
  const files = {
    'Web.config': config(`${live}<add key="HV_SSLForSecure" value="false"/>`),
    'Web.Azure.config': other,
  };
  const [base, part] = revision(files).documents('Web.config');
  expect(base?.settings.map(({ value }) => value)).toEqual(part?.settings.map(({ value }) => value));
  expect([base?.lints[0]?.message, part?.lints[0]?.message]).toEqual([
    'HV_SSLForSecure is off outside pre-production, so pages and cookies are not encrypted. Remove the key.',
    'WCPage_SSLForSecure is off outside pre-production, so pages and cookies are not encrypted. Remove the key.',
  ]);
});

test('settings with one id are in the order of their places', () => {
  const secret = (name: string, value: string) => `<add key="HV_${name}Password" value="${value}"/>`;
  const files = {
    'b.config': config(
      `${secret('A', '1')}${secret('B', '2')}\n${secret('C', '3')}`,
      'file="c.inc" configSource="a.inc"',
    ),
    'a.inc': `<appSettings>\n\n\n${secret('D', '4')}</appSettings>`,
    'c.inc': `<appSettings>${secret('E', '5')}</appSettings>`,
  };
  const { settings } = revision(files).documents('b.config')[0] ?? { settings: [] };
  expect(settings.map(({ at }) => `${at.file}:${at.line}:${at.column}`)).toEqual([
    'a.inc:4:32',
    'b.config:1:94',
    'b.config:1:129',
    'b.config:2:32',
    'c.inc:1:45',
  ]);
});

test.each(['', '\n'])('settings with one id from a transform are in the order in which it writes them (%j)', (gap) => {
  const transform = `<configuration ${XDT}><appSettings><add key="HV_APassword" value="1" xdt:Transform="Insert"/>${gap}<add key="HV_BPassword" value="2" xdt:Transform="InsertBefore(/configuration/appSettings/add[1])"/></appSettings></configuration>`;
  const [, part] = revision({ 'Web.config': config(APP), 'Web.Azure.config': transform }).documents('Web.config');
  expect(part?.settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.what] : []))).toEqual([
    'secret in the setting apassword',
    'secret in the setting bpassword',
  ]);
});
