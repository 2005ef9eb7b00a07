// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import { clientSettings } from '../../../src/formats/dotnet/client-settings.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';
import { corpusIsThere, readCorpusFile } from '../../support/corpus.ts';
import { getOnlyDocument, getSetting, readContext, readWith, serializeMeaning } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const read = (content: string | Uint8Array) => readWith(clientSettings, 'App/ClientSettings.xml', content);
const documentsOf = (content: string | Uint8Array): readonly ConfigDocument[] => {
  const result = read(content);
  return result.kind === 'documents' ? result.documents : [];
};
const environment = (name: string, host: string): string =>
  `<environment><name>${name}</name><serviceUrl>https://platform.${host}/platform/wildcat.ashx</serviceUrl><shellUrl>https://account.${host}/</shellUrl></environment>`;
const PPE = environment('PPE', 'healthvault-ppe.com');
const US = environment('US', 'healthvault.com');
const settings = (inner: string): string => `<clientSettings><masterAppID>${ID}</masterAppID>${inner}</clientSettings>`;

test.each([
  ['ClientSettings.xml', true],
  ['a/clientsettings.XML', true],
  ['a/ClientSettings-Production.xml', true],
  ['a/HVSettings.xml', true],
  ['a/ClientSettings.json', false],
])('claims %s (%s)', (path, claimed) => {
  expect(clientSettings.matchesPath(path, readContext())).toBe(claimed);
});

test('another root is not a configuration, and broken XML is unreadable', () => {
  expect(read('<settings/>')).toEqual({ kind: 'not-configuration' });
  expect(read('<clientSettings>')).toMatchObject({ kind: 'unreadable', problem: { id: 'xml-not-well-formed' } });
  expect(read(Uint8Array.of(0xff))).toMatchObject({ kind: 'unreadable', problem: { id: 'text-invalid-bytes' } });
});

test('the first environment is the default, and the others are parts', () => {
  const [main, part] = documentsOf(settings(PPE + US));
  expect(main).toMatchObject({
    part: null,
    role: 'client',
    completeness: 'complete',
    environment: 'mixed',
    defaults: { 'client.multi-instance': 'false' },
  });
  expect(main?.settings.map(({ id }) => id)).toEqual([
    'app-id',
    'client.endpoints.platform',
    'client.endpoints.shell',
    'client.runtime.default-environment',
  ]);
  expect(part).toMatchObject({ part: 'US', environment: 'production', defaults: {} });
  expect(part === undefined ? [] : getSetting(part, 'client.endpoints.platform').value).toMatchObject({
    meaning: 'https://platform.healthvault.com/platform',
  });
});

test('the order of environments is part of the meaning', () => {
  const [first] = documentsOf(settings(PPE + US));
  const [second] = documentsOf(settings(US + PPE));
  expect(first && serializeMeaning(first)).not.toBe(second && serializeMeaning(second));
});

test('only pre-production environments make a pre-production file', () => {
  expect(documentsOf(settings(PPE + environment('EU', 'healthvault-ppe.co.uk')))[0]?.environment).toBe('ppe');
});

test('the older form has its endpoints at the top', () => {
  const document = getOnlyDocument(
    read(
      settings(
        '<serviceUrl>https://platform.healthvault.com/platform/</serviceUrl><shellUrl>https://account.healthvault.com</shellUrl>',
      ),
    ),
  );
  expect(document).toMatchObject({ part: null, environment: 'production' });
});

test.each([
  ['masterAppID', '<masterAppID>${APP}</masterAppID>', 'app-id', 'unresolved'],
  ['isMultiInstanceAware', '<isMultiInstanceAware>YES</isMultiInstanceAware>', 'client.multi-instance', 'text'],
  [
    'isMultiInstanceAware wrong',
    '<isMultiInstanceAware>perhaps</isMultiInstanceAware>',
    'client.multi-instance',
    'unresolved',
  ],
  ['an endpoint of the build', '<serviceUrl>$(HV_URL)</serviceUrl>', 'client.endpoints.platform', 'unresolved'],
  ['anything else', '<httpTimeout>30</httpTimeout>', 'client.runtime.httpTimeout', 'text'],
  ['nested data', '<appData><x>1</x></appData>', 'document', 'unresolved'],
  ['a repeated element', '<country>US</country><country>UK</country>', 'document', 'unresolved'],
  ['a password', '<proxyPassword>hunter2</proxyPassword>', 'secret', 'secret'],
])('the setting %s is read', (_name, xml, id, kind) => {
  const document = getOnlyDocument(read(`<clientSettings>${xml}</clientSettings>`));
  expect(getSetting(document, id).value.kind).toBe(kind);
  expect(JSON.stringify(document)).not.toContain('hunter2');
});

test('environments with the same name remain separate', () => {
  expect(documentsOf(settings(PPE + US + US)).map(({ part }) => part)).toEqual([null, 'US', 'US (2)']);
});

(corpusIsThere ? test : test.skip)('the public sample', () => {
  const documents = documentsOf(readCorpusFile('ios/sdkfeatures/ClientSettings.xml'));
  expect(documents.map(({ part, environment }) => [part, environment])).toEqual([
    [null, 'ppe'],
    ['Global PPE', 'ppe'],
  ]);
  expect(documents[0] && getSetting(documents[0], 'app-id')).toMatchObject({
    value: { meaning: '708995a6-4fba-42de-97a8-5feb54e944e8' },
    at: { line: 6, column: 2 },
  });
});
