/** The files that a manifest names: found in any case, followed without an ending, searched for keys. */

import { applicationManifest, listManifestsReferencing } from '../../../src/formats/manifest/manifest.ts';
import { isFollowedKind } from '../../../src/formats/manifest/referenced-file.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { Tree } from '../../../src/model/source.ts';
import { KEY_BASE64, KEY_BODY, KEY_HEX, KEY_PEM } from '../../support/fake-keys.ts';
import { createMemoryTree } from '../../support/memory-tree.ts';
import { getOnlyDocument, getSetting, readContext, toBytes } from '../../support/read-context.ts';
import { SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const PATH = 'app/healthvault.app.yml';
type Files = Readonly<Record<string, string>>;

function documentOf(keys: string, files: Files, tree: Tree = createMemoryTree('head', { ...files, [PATH]: keys })) {
  const bytes = toBytes(`healthvault: 1\n${keys}\n`);
  return getOnlyDocument(applicationManifest.read({ path: PATH, bytes }, { ...readContext(), tree }));
}

const digestOf = (text: string) => computeSha256(toBytes(text));

describe('the case of a name', () => {
  test.each<[title: string, written: string, files: Files, content: string]>([
    ['in the file', 'Terms.TXT', { 'app/terms.txt': 'near' }, 'near'],
    ['in a folder', 'Legal/Terms.txt', { 'app/legal/terms.txt': 'near' }, 'near'],
    ['from the root', '/legal/terms.txt', { 'Legal/TERMS.txt': 'far' }, 'far'],
    [
      'when a file with the same case comes first',
      'terms.txt',
      { 'app/Terms.txt': 'other', 'app/terms.txt': 'same' },
      'same',
    ],
    [
      'when a file with the same case from the root comes first',
      'terms.txt',
      { 'app/Terms.txt': 'other', 'terms.txt': 'same' },
      'same',
    ],
    ['with a leading slash for the root', '/legal/t.txt', { 'app/legal/t.txt': 'near', 'legal/t.txt': 'far' }, 'far'],
    ['with white space around it', '" TERMS "', { 'app/terms': 'near' }, 'near'],
    ['when the same folder comes first', 'terms.txt', { 'app/Terms.txt': 'near', 'Terms.txt': 'far' }, 'near'],
  ])('does not matter %s', (_title, written, files, content) => {
    const { value } = getSetting(documentOf(`terms-of-use: ${written}`, files), 'terms-of-use');
    expect(value).toMatchObject({ kind: 'content', meaning: digestOf(content) });
  });

  test('does not find a file that does not exist', () => {
    const { value } = getSetting(documentOf('terms-of-use: terms.txt', { 'app/term.txt': '' }), 'terms-of-use');
    expect(value).toMatchObject({ kind: 'unresolved', meaning: 'file terms.txt' });
  });

  test('needs the list of all files only when the exact file is missing', () => {
    const asked: string[] = [];
    const known = createMemoryTree('head', { [PATH]: '', 'app/terms.txt': 'x' });
    const tree = (answers: boolean): Tree => ({
      ...known,
      readFile: (path) => (answers ? known.readFile(path) : null),
      listFolder: (path) => (answers ? known.listFolder(path) : []),
      listPaths: () => {
        asked.push('paths');
        return known.listPaths();
      },
    });
    documentOf('terms-of-use: terms.txt', {}, tree(false));
    documentOf('terms-of-use: terms.txt', {}, tree(true));
    expect(asked).toEqual([]);
    documentOf('terms-of-use: none.txt', {}, tree(true));
    expect(asked).toEqual(['paths']);
  });

  test('links a change of a file to the manifests that write it in another case', () => {
    const context = readContext({ [PATH]: 'healthvault: 1\nlogo: {large: Assets/Logo.PNG}\n' });
    expect(listManifestsReferencing('app/assets/logo.png', context)).toEqual([PATH]);
    expect(listManifestsReferencing('ASSETS/LOGO.PNG', context)).toEqual([PATH]);
    expect(listManifestsReferencing('app/assets/logo2.png', context)).toEqual([]);
  });
});

test.each([
  'logo: {large: f.txt}',
  'logo: {small: f.txt}',
  'privacy-statement: f.txt',
  'terms-of-use: {de-DE: f.txt}',
  'success-message: f.txt',
  'public-keys: [f.txt]',
])('a change of a file is a change to the manifest with %s', (keys) => {
  expect(listManifestsReferencing('app/f.txt', readContext({ [PATH]: `healthvault: 1\n${keys}` }))).toEqual([PATH]);
});

test('manifests that name a file come in order, and other or unreadable files name none', () => {
  const keys = 'terms-of-use: /f.txt';
  const known = createMemoryTree('head', {
    'b/healthvault.app.yml': keys,
    'a/healthvault.app.yml': keys,
    'a/notes.yml': keys,
    'lists/healthvault.app.yml': 'terms-of-use: [/f.txt]\npublic-keys: /f.txt',
  });
  const paths = ['gone/healthvault.app.yml', 'large/healthvault.app.yml', ...[...known.listPaths()].reverse()];
  const file: Tree['readFile'] = (path) =>
    path.startsWith('large/') ? { unavailable: 'It is too large.', id: '1' } : known.readFile(path);
  const tree: Tree = { ...known, readFile: file, listPaths: () => paths };
  expect(listManifestsReferencing('f.txt', { ...readContext(), tree })).toEqual([
    'a/healthvault.app.yml',
    'b/healthvault.app.yml',
  ]);
});

test('a file that cannot be read makes its setting unknown, with the reason', () => {
  const tree: Tree = {
    ...createMemoryTree('head', {}),
    readFile: () => ({ unavailable: 'It is too large.', id: '1' }),
  };
  expect(getSetting(documentOf('terms-of-use: t.txt', {}, tree), 'terms-of-use').value).toMatchObject({
    kind: 'unresolved',
    reason: 'The gate could not read the file "t.txt": It is too large.',
  });
});

test.each<[path: string, followed: boolean]>([
  ['legal/TERMS', true],
  ['TERMS', true],
  ['legal\\TERMS ', true],
  ['v1.2/TERMS', true],
  ['terms.txt', true],
  ['key.hex', true],
  ...'a.png a.gif a.jpg a.JPEG a.bmp a.svg a.webp a.ico a.tif a.tiff a.htm a.HTML a.xhtml a.md a.markdown a.rtf a.pdf'
    .split(' ')
    .map((path): [string, boolean] => [path, true]),
  ['terms.docx', true],
  ['a.png.exe', true],
  ['.terms', true],
  ['a.cer', true],
  ['a.pem', true],
  ['a.cs ', false],
  ['a.xml', false],
  ['legal/', false],
])('a change of %j is looked up is %s', (path, followed) => {
  expect(isFollowedKind(path)).toBe(followed);
});

test('a statement in a file without an extension is plain text', () => {
  const { value } = getSetting(documentOf('terms-of-use: TERMS', { 'app/TERMS': 'Be kind.' }), 'terms-of-use');
  expect(value).toEqual({ kind: 'content', meaning: digestOf('Be kind.'), shown: 'text/plain, 8 bytes' });
});

test.each([
  ['t.html', 'text/html, 2 bytes'],
  ['t.HTM', 'text/html, 2 bytes'],
  ['t.html.txt', 'text/plain, 2 bytes'],
])('a statement in %s is %s', (name, shown) => {
  const { value } = getSetting(documentOf(`terms-of-use: ${name}`, { [`app/${name}`]: 'Hi' }), 'terms-of-use');
  expect(value).toMatchObject({ kind: 'content', shown });
});

describe('a private key in a referenced file', () => {
  const secretsOf = (keys: string, files: Files) =>
    documentOf(keys, files).settings.flatMap(({ value, at }) =>
      value.kind === 'secret' ? [`${at.file}:${at.line}:${at.column} ${value.what}`] : [],
    );

  test.each<[title: string, keys: string, files: Files, secrets: readonly string[]]>([
    [
      'in a statement',
      'privacy-statement: p.txt',
      { 'app/p.txt': `We keep it.\n${KEY_PEM}` },
      ['app/p.txt:2:1 private key in the text (RSA PRIVATE KEY)'],
    ],
    [
      'in each language',
      'success-message: {default: a, de-DE: b.html}',
      { 'app/a': KEY_BASE64, 'app/b.html': `<p>${KEY_HEX}` },
      ['app/a:1:1 private key in the text (base64)', 'app/b.html:1:4 private key in the text (hexadecimal)'],
    ],
    [
      'in place of a public key',
      'public-keys: [k.hex]',
      { 'app/k.hex': KEY_HEX },
      ['app/k.hex:1:1 private key in the text (hexadecimal)'],
    ],
    ['beside a certificate, which is checked separately', 'public-keys: [k.pem]', { 'app/k.pem': KEY_PEM }, []],
    ['in place of a certificate', 'public-keys: [k.hex]', { 'app/k.hex': SAMPLE_CERTIFICATE_HEX }, []],
    ['only if there is a file', 'terms-of-use: t.txt', {}, []],
  ])('is found %s', (_title, keys, files, secrets) => expect(secretsOf(keys, files)).toEqual(secrets));

  test('is not shown', () => {
    const document = documentOf('public-keys: [k.hex]', { 'app/k.hex': KEY_PEM });
    expect(JSON.stringify(document)).not.toContain(KEY_BODY);
    expect(getSetting(document, 'public-keys').value).toMatchObject({ kind: 'unresolved' });
  });
});

describe('a ceiling', () => {
  const ceilings = (text: string) =>
    documentOf(`ceilings: ${text}`, {}).settings.map(({ id, value, at }) => {
      const items = value.kind === 'set' ? value.items.map(({ meaning, shown }) => `${meaning}=${shown}`) : [];
      return `${id} ${at.line}:${at.column} ${items.join(' ')}`;
    });

  test('counts even when it is empty', () => {
    expect(ceilings('{methods: [], vocabularies: [], meaningful-use-sources: []}')).toEqual([
      'ceilings.methods 2:12 =(nothing)',
      'ceilings.vocabularies 2:25 =(nothing)',
      'ceilings.meaningful-use-sources 2:43 =(nothing)',
    ]);
    expect(ceilings('{methods: [GetThings]}')).toEqual(['ceilings.methods 2:12 getthings=GetThings']);
    expect(ceilings('{}')).toEqual([]);
  });

  test('is the only empty list that counts', () => {
    expect(documentOf('methods: []\nvocabularies: []', {}).settings).toEqual([]);
  });
});

test('a password in the action URL is a secret, and the address is shown without it', () => {
  const { settings } = documentOf('action-url: https://gate:hunter2@fabrikam.example/a', {});
  const at = { file: PATH, line: 2, column: 13 };
  const meaning = digestOf('hunter2');
  const address = 'https://fabrikam.example/a';
  expect(settings).toEqual([
    { id: 'action-url', value: { kind: 'text', meaning: address, shown: address }, at },
    { id: 'secret', value: { kind: 'secret', meaning, what: 'password in the action URL' }, at },
  ]);
});
