// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import { clientSettings } from '../../../src/formats/dotnet/client-settings.ts';
import type { ConfigDocument, ReadResult } from '../../../src/model/document.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readContext, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const read = (content: string | Uint8Array, path = 'App/ClientSettings.xml'): ReadResult =>
  readWith(clientSettings, path, content);
const documentsOf = (content: string): readonly ConfigDocument[] => {
  const result = read(content);
  return result.kind === 'documents' ? result.documents : [];
};
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((character) => [character.charCodeAt(0), 0])]);

describe('an XML file', () => {
  const inner = `<masterAppId>${ID}</masterAppId>`;
  const wrapped = `<HVSettings><clientSettings>${inner}</clientSettings></HVSettings>`;

  test.each<[string, string, string | Uint8Array]>([
    ['the root in another case', 'ClientSettings.xml', `<ClientSettings>${inner}</ClientSettings>`],
    ['inside of another element', 'ClientSettings.xml', wrapped],
    ['inside of another element in another file', 'HVSettings.xml', wrapped],
    ['in two-byte characters', 'HVSettings.xml', utf16(wrapped)],
    ['deep inside of other elements', 'a/settings.xml', `<a><b/><c>${wrapped}</c></a>`],
    ['by HealthVault’s name alone', 'a.xml', `<clientSettings note="HealthVault"><x/></clientSettings>`],
  ])('is read with %s', (_, path, content) => {
    expect(getOnlyDocument(read(content, path))).toMatchObject({ file: path, part: null, format: 'client-settings' });
  });

  test.each<[string, string, string | Uint8Array]>([
    ['a file with that name without HealthVault', 'ClientSettings.xml', '<Settings><Server/></Settings>'],
    ['the same root, in another case', 'ClientSettings.xml', '<ClientSettings><Server/></ClientSettings>'],
    ['such a root in another file', 'settings.xml', '<clientSettings><Server/></clientSettings>'],
    ['the names in another file without elements', 'settings.xml', '<a>healthvault <b>clientSettings</b></a>'],
    ['the names in comments', 'settings.xml', '<!-- healthvault <clientSettings> --><a/>'],
    ['another element with the same beginning', 'settings.xml', '<a b="healthvault"><clientSettingsOf/></a>'],
    ['a broken file with another name', 'settings.xml', '<a>healthvault clientSettings'],
    ['a broken file in a folder with that name', 'ClientSettings/a.xml', '<a>healthvault'],
  ])('is ignored with %s', (_, path, content) => {
    expect(read(content, path)).toEqual({ kind: 'not-configuration' });
  });

  test.each<[string, string, string, string, object | null]>([
    ['another root', 'ClientSettings.xml', `\n<x>${inner}</x>`, 'client-settings-root', { line: 2, column: 1 }],
    ['two roots', 'x.xml', `<x>${wrapped}${wrapped}</x>`, 'client-settings-root', { line: 1, column: 1 }],
    ['broken XML in a file with another name', 'x.xml', wrapped.slice(0, -1), 'xml-not-well-formed', { line: 1 }],
  ])('is unreadable with %s', (_, path, content, id, at) => {
    expect(read(content, path)).toMatchObject({ kind: 'unreadable', problem: { id, at } });
  });

  test('is decoded with its declared encoding', () => {
    const declared = `<?xml version="1.0" encoding="iso-8859-1"?><clientSettings><appName>\xe9</appName></clientSettings>`;
    const latin1 = Uint8Array.from([...declared].map((character) => character.charCodeAt(0)));
    expect(getOnlyDocument(read(latin1)).settings).toMatchObject([{ value: { meaning: 'é' } }]);
  });

  test('is unreadable with an explanation', () => {
    expect(read(`<x>${inner}</x>`)).toMatchObject({
      problem: {
        message: 'The file mentions HealthVault, but does not contain exactly one <clientSettings>. Keep one.',
      },
    });
    expect(clientSettings.matchesPath('ClientSettings.xml.bak', readContext())).toBe(false);
  });
});

test('the document has the role of a client', () => {
  expect(getOnlyDocument(read('<clientSettings/>'))).toEqual({
    file: 'App/ClientSettings.xml',
    part: null,
    format: 'client-settings',
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [],
    defaults: { 'client.multi-instance': 'false' },
    notExpressible: [],
    lints: [],
    digest: null,
  });
});

test('every kind of element is read at its place', () => {
  const documents = documentsOf(`<?xml version="1.0"?>
<clientSettings xmlns="urn:x" xmlns:y="urn:y" token="hunter0" mode="live">
  <debug>true</debug>
  <MASTERAPPID>${ID}</MASTERAPPID>
  <isMultiInstanceAware y:note="x">0</isMultiInstanceAware>
  <serviceUrl>https://shared.example/</serviceUrl>
  <name>of the application</name>
  <appData>
    <user role="x">me</user>
    <password>hunter2</password>
  </appData>
  <environment proxy="p">
    <name>PPE</name>
    <shellUrl>https://u:hunter1@account.healthvault-ppe.com</shellUrl>
    <serviceUrl>https://platform.healthvault-ppe.com/platform/wildcat.ashx</serviceUrl>
    <masterAppID>${OTHER}</masterAppID>
    <appData>x</appData>
  </environment>
  <Environment>
    <shellUrl><a>https://account.healthvault.com</a></shellUrl>
  </Environment>
</clientSettings>`);
  expectSettings(documents, [
    '# the file (mixed)',
    `4:3 app-id ${ID}`,
    '15:5 client.endpoints.platform https://platform.healthvault-ppe.com/platform',
    '14:5 client.endpoints.shell https://account.healthvault-ppe.com',
    '5:3 client.multi-instance false',
    '2:63 client.runtime.@mode live',
    '3:3 client.runtime.debug true',
    '13:5 client.runtime.default-environment PPE',
    '12:16 client.runtime.environment.@proxy p',
    '17:5 client.runtime.environment.appData x',
    '7:3 client.runtime.name of the application',
    /^8:3 document \? appData = \{\.\.\.\} \(\w{12}\), environment.masterAppID = 05a059c9-/,
    '14:5 secret shellUrl',
    '2:47 secret @token',
    '10:5 secret appData.password',
    '2:1 document ? (elements in another order)',
    '# without a name (unknown)',
    `4:3 app-id ${ID}`,
    '6:3 client.endpoints.platform https://shared.example',
    /^20:5 client.endpoints.shell \? \{\.\.\.\} \(\w{12}\)$/,
    '5:3 client.multi-instance false',
    '2:63 client.runtime.@mode live',
    '3:3 client.runtime.debug true',
    '13:5 client.runtime.default-environment PPE',
    '7:3 client.runtime.name of the application',
    /^8:3 document \? appData = \{\.\.\.\} \(\w{12}\)$/,
    '2:47 secret @token',
    '10:5 secret appData.password',
  ]);
  expect(JSON.stringify(documents)).not.toContain('hunter');
});

describe('the content of an element', () => {
  const meaningOf = (xml: string): string => {
    const { value } = getSetting(getOnlyDocument(read(`<clientSettings>${xml}</clientSettings>`)), 'document');
    return 'meaning' in value ? value.meaning : '';
  };
  const one = meaningOf('<appData><a b="1">x y</a></appData>');

  test.each([
    ['spaces and namespaces', '<appData xmlns="v" xmlns:n="u">\n <a b=" 1 ">x\n  y </a>\n</appData>', true],
    ['another text', '<appData><a b="1">x z</a></appData>', false],
    ['the same letters', '<appData><a b="1">xy</a></appData>', false],
    ['another attribute', '<appData><a b="2">x y</a></appData>', false],
    ['another name', '<appData><c b="1">x y</c></appData>', false],
    ['a text beside', '<appData>t<a b="1">x y</a></appData>', false],
    ['another element', '<appData><a b="1">x y</a><d/></appData>', false],
    ['another nesting', '<appData><a b="1"/><a>x y</a></appData>', false],
  ])('with %s is equal is %s', (_, xml, equal) => {
    expect(meaningOf(xml) === one).toBe(equal);
  });
});

test('has separate names and places from the attributes', () => {
  const xml = `<clientSettings mode="live"><appData pin="hunter1"><password>hunter2</password></appData></clientSettings>`;
  expectSettings(read(xml), [
    '1:17 client.runtime.@mode live',
    /^1:29 document \? appData = /,
    '1:38 secret appData.@pin',
    '1:52 secret appData.password',
  ]);
});

test('is more than a text with an attribute', () => {
  const document = getOnlyDocument(read('<clientSettings><note lang="de">x</note><plain>y</plain></clientSettings>'));
  expect(document.settings.map(({ id }) => id)).toEqual(['client.runtime.plain', 'document', 'document']);
});

test('environments have their names without spaces, and all secrets between them are found', () => {
  const address = (name: string, password: string): string => `<${name}>https://u:${password}@x.example</${name}>`;
  const environment = (name: string): string =>
    `<environment><name> ${name} </name>${address('shellUrl', 'hunter2')}</environment>`;
  const documents = documentsOf(
    `<clientSettings>${address('serviceUrl', 'hunter1')}${environment('A')}${environment('B')}</clientSettings>`,
  );
  expect(documents.map(({ part }) => part)).toEqual([null, 'B']);
  for (const { settings } of documents) {
    const secrets = settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.what] : []));
    expect(secrets).toEqual(['serviceUrl', 'shellUrl']);
  }
});

describe('a documented name', () => {
  const inner = (xml: string): ConfigDocument => getOnlyDocument(read(`<clientSettings>${xml}</clientSettings>`));

  test('that appears twice is unresolved, with any values', () => {
    const twice = (a: string, b: string): ConfigDocument =>
      inner(`<serviceUrl>https://${a}</serviceUrl><ServiceUrl password="hunter2">https://${b}</ServiceUrl>`);
    const { value } = getSetting(twice('a', 'b'), 'client.endpoints.platform');
    expect(value).toMatchObject({
      kind: 'unresolved',
      shown: 'client.endpoints.platform',
      reason: 'client.endpoints.platform appears twice, and it is not known which one counts. Keep one.',
    });
    expect(getSetting(twice('a', 'c'), 'client.endpoints.platform').value).not.toEqual(value);
    expect(getSetting(twice('a', 'b'), 'secret').value).toMatchObject({ what: 'serviceUrl.@password' });
  });

  test('of the application counts inside of an environment if it appears nowhere else', () => {
    const xml = `<environment><isMultiInstanceAware>1</isMultiInstanceAware></environment>`;
    expectSettings(inner(xml), ['1:30 client.multi-instance true', '1:17 client.runtime.default-environment ']);
  });

  test.each([
    ['masterAppID', 'app-id'],
    ['isMultiInstanceAware', 'client.multi-instance'],
    ['serviceUrl', 'client.endpoints.platform'],
  ])('%s with elements in it is %s and unresolved', (name, id) => {
    expectSettings(inner(`<${name}><a>1</a></${name}>`), [new RegExp(`^1:17 ${id} \\? \\{\\.\\.\\.\\} `)]);
  });

  test('that a build fills in is unresolved', () => {
    expect(getSetting(inner('<shellUrl>${SHELL}</shellUrl>'), 'client.endpoints.shell').value.kind).toBe('unresolved');
  });
});

describe('the order in which the library reads', () => {
  const isOpen = (content: string) =>
    getOnlyDocument(read(`<clientSettings>${content}</clientSettings>`)).settings.some(({ id }) => id === 'document');
  const APP = `<masterAppID>${ID}</masterAppID>`;
  const environment = (content: string) => `<environment>${content}</environment>`;

  test.each([
    `${APP}<appName>a</appName>${environment('<name>a</name><serviceUrl>https://a.example</serviceUrl>')}<country>US</country>`,
    `<debug>true</debug>${APP}<isMultiInstanceAware>true</isMultiInstanceAware><appData>x</appData>`,
    `<isMultiInstanceAware>true</isMultiInstanceAware>${APP}`,
  ])('reaches the end of %s', (content) => expect(isOpen(content)).toBe(false));

  test.each([
    `<appName>a</appName>${APP}`,
    `<other>a</other>${APP}`,
    `<masterAppId>${ID}</masterAppId>`,
    `${APP}${environment('<shellUrl>https://a.example</shellUrl><serviceUrl>https://b.example</serviceUrl>')}`,
    `${APP}<country>US</country>${environment('<name>a</name>')}`,
  ])('does not reach the end of %s', (content) => expect(isOpen(content)).toBe(true));
});
