// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import fc from 'fast-check';
import { javaProperties } from '../../../src/formats/java/hv-properties.ts';
import { corpusIsThere, readCorpusFile } from '../../support/corpus.ts';
import { getOnlyDocument, getSetting, readContext, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const PATH = 'app/src/main/resources/hv-application.properties';
const documentOf = (text: string | Uint8Array, files: Record<string, string> = {}) =>
  getOnlyDocument(readWith(javaProperties, PATH, text, files));
const pom = (properties: string, profiles = '', parent = ''): string =>
  `<project>${parent}<properties>${properties}</properties><profiles>${profiles}</profiles></project>`;
const profile = (properties: string): string => `<profile><properties>${properties}</properties></profile>`;

test.each([
  [PATH, true],
  ['HV-Application.Properties', true],
  ['application.properties', false],
  ['x-hv-application.properties', false],
])('claims %s (%s)', (path, claimed) => {
  expect(javaProperties.matchesPath(path, readContext())).toBe(claimed);
});

test.each([
  ['app.id', `app.id=${ID.toUpperCase()}`, 'app-id', ID],
  ['an empty id', 'app.id', 'app-id', 'placeholder'],
  ['the last of duplicates', `app.id=\napp.id=${ID}`, 'app-id', ID],
  [
    'the shell',
    'shell.url=https\\://account.healthvault.com/',
    'client.endpoints.shell',
    'https://account.healthvault.com',
  ],
  [
    'the platform',
    'healthvault.url : https://platform.healthvault.com/platform/wildcat.ashx',
    'client.endpoints.platform',
    'https://platform.healthvault.com/platform',
  ],
  ['instances', 'app.isMultiInstanceAware true', 'client.multi-instance', 'true'],
  ['the return path', 'target.auth.redirect=/auth', 'client.action-targets.auth.redirect', '/auth'],
  ['its query', 'target.auth.actionqs=/', 'client.action-targets.auth.actionqs', '/'],
  ['time-outs', 'transport.timeout.read=0', 'client.runtime.transport.timeout.read', '0'],
  ['the certificate', 'keystore.keyname=k\nkeystore.filename=/f', 'client.certificate', 'filename /f, keyname k'],
])('the entry for %s is read', (_name, text, id, meaning) => {
  expect(getSetting(documentOf(text), id).value).toMatchObject({ kind: 'text', meaning });
});

test('a document is complete, with its default', () => {
  expect(documentOf('# nothing')).toMatchObject({
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [],
    defaults: { 'client.multi-instance': 'false' },
  });
});

test('the hosts determine the environment', () => {
  expect(documentOf('shell.url=https://account.healthvault-ppe.com').environment).toBe('ppe');
  expect(documentOf('shell.url=${shell}').environment).toBe('unknown');
});

test('a malformed escape makes the file unreadable, as in Java', () => {
  expect(readWith(javaProperties, PATH, 'a=1\nb=\\u00')).toMatchObject({
    kind: 'unreadable',
    problem: { id: 'properties-escape', at: { line: 2, column: 3 } },
  });
});

test('bytes that are not UTF-8 are Latin 1', () => {
  expect(getSetting(documentOf(Uint8Array.of(0x61, 0x3d, 0xe9)), 'client.runtime.a').value).toMatchObject({
    meaning: 'é',
  });
});

describe('a secret', () => {
  test('is a literal password, and its value is not shown', () => {
    const document = documentOf('keystore.password=hunter2');
    expect(getSetting(document, 'secret').value).toMatchObject({
      kind: 'secret',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test.each([
    'keystore.password=',
    'keystore.password=${env.PASSWORD}',
    'keystore.password=#{secret}',
    '# keystore.password=x',
  ])('is not %s', (text) => {
    expect(documentOf(text).settings).toEqual([]);
  });

  test('that the pom fills in has its place in the pom', () => {
    const document = documentOf('keystore.password=${pw}', { 'pom.xml': pom('<x/>', profile('<pw>hunter2</pw>')) });
    expect(getSetting(document, 'secret')).toMatchObject({
      value: { what: 'keystore.password' },
      at: { file: 'pom.xml' },
    });
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });
});

describe('a Maven placeholder', () => {
  const shell = (files: Record<string, string>) =>
    getSetting(documentOf('shell.url=${hv.shell}', files), 'client.endpoints.shell');
  const url = 'https://account.healthvault.com';

  test('is filled in from the nearest pom, with its place', () => {
    const files = {
      'app/pom.xml': `<project>\n<properties>\n  <hv.shell>${url}</hv.shell></properties></project>`,
      'pom.xml': pom('<hv.shell>https://other.example</hv.shell>'),
    };
    expect(shell(files)).toMatchObject({
      value: { kind: 'text', meaning: url },
      at: { file: 'app/pom.xml', line: 3, column: 3 },
    });
  });

  test('is searched for in the next folder with a pom, and in its named parent', () => {
    expect(shell({ 'pom.xml': pom(`<hv.shell>${url}</hv.shell>`) }).value).toMatchObject({ meaning: url });
    const files = { 'app/pom.xml': pom('', '', '<parent/>'), 'pom.xml': pom(`<hv.shell>${url}</hv.shell>`) };
    expect(shell(files).value).toMatchObject({ meaning: url });
    const moved = {
      'app/pom.xml': pom('', '', '<parent><relativePath>../build</relativePath></parent>'),
      'build/pom.xml': pom(`<hv.shell>${url}</hv.shell>`),
    };
    expect(shell(moved).value).toMatchObject({ meaning: url });
  });

  test('can be inside of a value, in another one, and written as @name@', () => {
    const files = { 'pom.xml': pom('<host>account.${domain}</host><domain>healthvault.com</domain>') };
    for (const written of ['https://${host}', 'https://@host@']) {
      expect(getSetting(documentOf(`shell.url=${written}`, files), 'client.endpoints.shell').value).toMatchObject({
        kind: 'text',
        meaning: url,
      });
    }
  });

  test.each<[string, Record<string, string>]>([
    ['there is no pom', {}],
    ['the pom does not define it', { 'pom.xml': pom('') }],
    ['the pom cannot be read', { 'pom.xml': '<project>' }],
    [
      'profiles differ',
      { 'pom.xml': pom(`<hv.shell>${url}</hv.shell>`, profile('<hv.shell>https://x.example</hv.shell>')) },
    ],
    ['it refers to itself', { 'pom.xml': pom('<hv.shell>${hv.shell}</hv.shell>') }],
    ['it grows without end', { 'pom.xml': pom('<hv.shell>${hv.shell}${hv.shell}</hv.shell>') }],
    [
      'the parent is outside',
      { 'app/pom.xml': pom('', '', '<parent><relativePath>../../../pom.xml</relativePath></parent>') },
    ],
  ])('is unresolved when %s', (_name, files) => {
    expect(shell(files).value).toMatchObject({ kind: 'unresolved', shown: '${hv.shell}' });
  });

  test('is clear when profiles agree', () => {
    expect(
      shell({ 'pom.xml': pom(`<hv.shell>${url}</hv.shell>`, profile(`<hv.shell>${url}</hv.shell>`)) }).value.kind,
    ).toBe('text');
  });

  test('has another meaning with another value in a profile', () => {
    const withProfile = (value: string) =>
      shell({ 'pom.xml': pom(`<hv.shell>${url}</hv.shell>`, profile(`<hv.shell>${value}</hv.shell>`)) }).value;
    expect(withProfile('https://a.example')).not.toEqual(withProfile('https://b.example'));
  });

  test('is unresolved as a whole for a certificate', () => {
    expect(
      getSetting(documentOf('keystore.filename=${f}\nkeystore.keyname=k'), 'client.certificate').value,
    ).toMatchObject({ kind: 'unresolved', shown: 'filename ${f}, keyname k' });
  });
});

test('random bytes never cause an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) =>
      ['documents', 'unreadable'].includes(readWith(javaProperties, PATH, bytes).kind),
    ),
  );
});

describe('public samples', () => {
  const real = corpusIsThere ? test : test.skip;
  real('plain values', () => {
    const document = documentOf(readCorpusFile('java/ui-jaxb/src/main/resources/hv-application.properties'));
    expect(document.environment).toBe('ppe');
    expect(getSetting(document, 'client.endpoints.shell').value).toMatchObject({
      meaning: 'https://account.healthvault-ppe.co.uk',
    });
    expect(getSetting(document, 'secret').at.line).toBe(14);
  });
  real('placeholders without their pom', () => {
    const document = documentOf(readCorpusFile('java/fhh-maven-filtered/src/main/resources/hv-application.properties'));
    expect(getSetting(document, 'app-id').value.kind).toBe('unresolved');
    expect(document.settings.some(({ id }) => id === 'secret')).toBe(false);
  });
});
