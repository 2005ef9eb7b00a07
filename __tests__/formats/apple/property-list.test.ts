import fc from 'fast-check';
import { propertyList } from '../../../src/formats/apple/property-list.ts';
import { getOnlyDocument, getSetting, readContext, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';
const plist = (inner: string): string => `${HEAD}<plist version="1.0"><dict>${inner}</dict></plist>`;
const key = (name: string, value: string): string => `<key>${name}</key><string>${value}</string>`;
const read = (content: string | Uint8Array) => readWith(propertyList, 'Info.plist', content);
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

test('claims property lists in any case', () => {
  expect(propertyList.matchesPath('a/Info.PLIST', readContext())).toBe(true);
  expect(propertyList.matchesPath('a/Info.plist.xml', readContext())).toBe(false);
});

test.each([
  ['an Info.plist', plist(key('CFBundleName', 'App') + key('ServiceUrl', 'https://x.example'))],
  ['names only in values', plist(key('note', 'masterAppID'))],
  ['names only in comments', plist('<!-- <key>masterAppID</key> -->')],
  ['another root', `<dict>${key('masterAppID', ID)}</dict>`],
  ['an empty file', ''],
  ['the old form', '{ CFBundleName = App; }'],
  ['binary without HealthVault', ascii('bplist00CFBundleName')],
])('%s is not a configuration', (_name, content) => {
  expect(read(content)).toEqual({ kind: 'not-configuration' });
});

test.each([
  ['binary', ascii('bplist00 masterApplicationId'), 'property-list-binary'],
  ['the old form', '{ masterAppID = x; }', 'xml-not-well-formed'],
  ['cut', plist(key('masterAppID', ID)).slice(0, -5), 'xml-not-well-formed'],
  ['with entities', `<!DOCTYPE plist [<!ENTITY k "x">]><plist/>`, 'xml-doctype-declarations'],
])('%s is unreadable', (_name, content, id) => {
  expect(read(content)).toMatchObject({ kind: 'unreadable', problem: { id } });
});

test('keys of the library of 2017 are read', () => {
  const document = getOnlyDocument(
    read(
      plist(
        `${key('masterApplicationId', ID)}${key('defaultHealthVaultUrl', 'https://platform.healthvault.com/platform/')}
${key('defaultShellUrl', 'https://account.healthvault.com')}${key('restHealthVaultUrl', 'https://data.microsofthealth.net')}
<key>isMultiInstanceAware</key><false/><key>isMultiRecordApp</key><true/>${key('restVersion', '1.0')}${key('CFBundleName', 'x')}`,
      ),
    ),
  );
  expect(document).toMatchObject({
    part: null,
    role: 'client',
    environment: 'production',
    defaults: { 'client.multi-instance': 'true' },
  });
  expect(document.settings.map(({ id, value }) => [id, value.kind === 'text' ? value.meaning : value.kind])).toEqual([
    ['app-id', ID],
    ['client.endpoints.platform', 'https://platform.healthvault.com/platform'],
    ['client.endpoints.rest', 'https://data.microsofthealth.net'],
    ['client.endpoints.shell', 'https://account.healthvault.com'],
    ['client.multi-instance', 'false'],
    ['client.multi-record', 'true'],
    ['client.runtime.restVersion', '1.0'],
  ]);
  expect(getSetting(document, 'client.endpoints.shell').at.line).toBe(4);
});

test('the older library has one instance by default', () => {
  expect(getOnlyDocument(read(plist(key('masterAppID', ID)))).defaults['client.multi-instance']).toBe('false');
});

test('settings in nested dictionaries are parts when there are several', () => {
  const inner = (id: string): string => `<dict>${key('HEALTH_VAULT_MASTER_APPLICATION_ID', id)}</dict>`;
  expect(getOnlyDocument(read(plist(`<key>HealthVault</key>${inner(ID)}`))).part).toBeNull();
  const result = read(plist(`<key>A</key>${inner(ID)}<key>B</key><array>${inner('')}</array>`));
  expect(result.kind === 'documents' && result.documents.map(({ part }) => part)).toEqual(['A', 'B[0]']);
});

test('a setting with two different values is unresolved', () => {
  const document = getOnlyDocument(read(plist(key('masterAppID', ID) + key('masterApplicationId', ''))));
  expect(getSetting(document, 'app-id').value.kind).toBe('unresolved');
});

test('a password beside them is a secret, and is not shown', () => {
  const document = getOnlyDocument(read(plist(key('masterAppID', ID) + key('HVCertificatePassword', 'hunter2'))));
  expect(getSetting(document, 'secret').value).toMatchObject({ kind: 'secret', what: 'HVCertificatePassword' });
  expect(JSON.stringify(document)).not.toContain('hunter2');
});

test('random bytes never cause an exception', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof read(bytes).kind === 'string'));
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => read(Uint8Array.of(...ascii('bplist00'), ...bytes)).kind !== 'documents'),
  );
});
