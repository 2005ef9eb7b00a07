import { propertyList } from '../../../src/formats/apple/property-list.ts';
import type { ConfigDocument, ReadResult } from '../../../src/model/document.ts';
import { listSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const read = (content: string | Uint8Array): ReadResult => readWith(propertyList, 'App/Info.plist', content);
const key = (name: string, value: string): string => `<key>${name}</key>${value}`;
const text = (name: string, value: string): string => key(name, `<string>${value}</string>`);
const dict = (...entries: readonly string[]): string => `<dict>${entries.join('')}</dict>`;
const plist = (...entries: readonly string[]): string => `<plist version="1.0">${dict(...entries)}</plist>`;
const parts = (result: ReadResult): readonly string[] =>
  result.kind === 'documents'
    ? result.documents.map((document) => `${document.part}: ${listSettings(document).join(', ')}`)
    : [result.kind];
const wide = (content: string): Uint8Array =>
  Uint8Array.from([...content].flatMap((character) => [character.charCodeAt(0), 0]));

describe('the dictionary of HealthVault', () => {
  test.each([
    ['HealthVaultAppId', ID, `app-id ${ID}`],
    ['HVMasterAppId', ID, `app-id ${ID}`],
    ['HV_APP_ID', ID, `app-id ${ID}`],
    ['MHVAppId', ID, `app-id ${ID}`],
    [' MasterAppId ', ID, `app-id ${ID}`],
    ['HVRedirectPage', '/in', 'document ? HVRedirectPage = /in'],
    ['health_vault_note', 'x', 'client.runtime.health_vault_note x'],
    ['MyHealthVaultNote', 'x', 'client.runtime.MyHealthVaultNote x'],
    [
      'HEALTH_VAULT_PLATFORM_URL',
      'https://platform.healthvault.com/',
      'client.endpoints.platform https://platform.healthvault.com',
    ],
    [
      'HEALTH_VAULT_SHELL_URL',
      'https://account.healthvault.com',
      'client.endpoints.shell https://account.healthvault.com',
    ],
  ])('is recognized by %s', (name, value, setting) => {
    expect(listSettings(getOnlyDocument(read(plist(text('CFBundleName', 'x'), text(name, value)))))).toEqual([setting]);
  });

  test.each([
    ['HVACActionMode', 'x'],
    ['HVTimeout', '5'],
    ['HV', 'x'],
    ['XHVMasterAppId', ID],
    ['account.healthvault.com', 'x'],
    ['com.healthvault', 'x'],
    ['healthvault.com', 'x'],
    ['appId', ID],
    ['HealthVaultNote', ''],
  ])('is not recognized by %s', (name, value) => {
    expect(read(plist(text(name, value)))).toEqual({ kind: 'not-configuration' });
  });

  test('is never outside of a dictionary', () => {
    expect(read(`<plist>${text('MasterAppId', ID)}</plist>`)).toEqual({ kind: 'not-configuration' });
  });

  test.each(['MyHealthVault', 'HealthVaults'])(
    "with %s in place of HealthVault's name is an unrecognized key",
    (name) => {
      expect(parts(read(plist(key(name, dict(text('a', 'x'))))))).toEqual([
        expect.stringMatching(new RegExp(`^null: document \\? ${name} = `)),
      ]);
    },
  );

  test('is never empty', () => {
    expect(parts(read(plist(text('MasterAppId', ID), key('HealthVault', dict()))))).toEqual([
      expect.stringMatching(/^null: app-id /),
    ]);
  });

  test("with HealthVault's name has any content, but not that of its parent", () => {
    const content = plist(
      text('HVTimeout', '5'),
      key(
        'HealthVault',
        dict(text('AppId', ID), text('shellUrl', 'https://account.healthvault.com'), text('note', 'x')),
      ),
    );
    expect(parts(read(content))).toEqual([
      `null: app-id ${ID}, client.endpoints.shell https://account.healthvault.com, client.runtime.note x`,
    ]);
    expect(parts(read(plist(key('health_vault', dict(text('a', 'x'))))))).toEqual(['null: client.runtime.a x']);
    expect(read(plist(key('HealthVault', dict())))).toEqual({ kind: 'not-configuration' });
    expect(read(plist(key('HealthVault', `<array>${dict(text('note', 'x'))}</array>`)))).toMatchObject({
      documents: [{ settings: [{ id: 'document' }] }],
    });
    expect(read(plist(key('Hv', dict(text('AppId', ID)))))).toEqual({ kind: 'not-configuration' });
  });

  test('can appear several times, each with its path and only once', () => {
    const content = plist(
      text('MasterAppId', ID),
      key('HVServers', `<array>${dict(text('HVShellUrl', 'https://a.example'))}<string>x</string></array>`),
      key('HealthVault', dict(text('note', 'x'), key('HVMore', dict(text('isMultiRecordApp', 'yes'))))),
      key('HealthVault', dict(text('note', 'y'))),
    );
    expect(parts(read(content))).toEqual([
      expect.stringMatching(new RegExp(`^top: app-id ${ID}, document \\? HVServers = \\{\\.\\.\\.\\} \\(\\w{12}\\)$`)),
      'HVServers[0]: client.endpoints.shell https://a.example',
      'HealthVault: client.runtime.note x',
      'HealthVault.HVMore: client.multi-record true',
      'HealthVault (2): client.runtime.note y',
    ]);
  });

  test.each<[string, string | Uint8Array]>([
    ['binary, with the name', Uint8Array.from([...'bplist00 HealthVaultAppId'].map((one) => one.charCodeAt(0)))],
    [
      'binary, with the name in two bytes each',
      Uint8Array.from([...new TextEncoder().encode('bplist00'), ...wide('health_vault')]),
    ],
    ['old, with the name', '{ HealthVaultAppId = x; }'],
  ])('is unreadable when the file is %s', (_, content) => {
    expect(read(content)).toMatchObject({ kind: 'unreadable' });
  });
});

test('the document has the role of a client', () => {
  expect(getOnlyDocument(read(plist(text('HVCount', '5'), key('masterAppId', '<string/>'))))).toEqual({
    file: 'App/Info.plist',
    part: null,
    format: 'property-list',
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [
      {
        id: 'app-id',
        value: { kind: 'text', meaning: 'placeholder', shown: '(empty)' },
        at: { file: 'App/Info.plist', line: 1, column: 86 },
      },
      {
        id: 'client.runtime.HVCount',
        value: { kind: 'text', meaning: '5', shown: '5' },
        at: { file: 'App/Info.plist', line: 1, column: 46 },
      },
    ],
    defaults: { 'client.multi-instance': 'false', 'client.multi-record': 'false' },
    notExpressible: [],
    lints: [],
    digest: null,
  });
});

test('the declared encoding is used', () => {
  const declared = `<?xml version="1.0" encoding="iso-8859-1"?>${plist(text('HVNote', '\xe9'), text('MasterAppId', ID))}`;
  const latin1 = Uint8Array.from([...declared].map((character) => character.charCodeAt(0)));
  expect(listSettings(getOnlyDocument(read(latin1)))).toContain('client.runtime.HVNote é');
});

test('a binary list is reported as binary', () => {
  expect(read(new TextEncoder().encode('bplist00 HealthVaultAppId'))).toMatchObject({
    problem: { id: 'property-list-binary', message: expect.stringContaining('Save it as XML') },
  });
});

describe('the value of a key', () => {
  test('is a text with any type', () => {
    const content = plist(
      text('MasterAppId', ID),
      key('isMultiRecordApp', '<true/>'),
      key('HVCount', '<integer>5</integer>'),
      key('HVIsLive', '<false/>'),
      text('XHVCount', '5'),
      text('CFBundleName', 'x'),
      text('rest-url', 'x'),
      text('RestUrl', 'https://data.microsofthealth.net/'),
      text('ServiceUrl', '$(URL)'),
      text('restVersion', '1.0'),
    );
    expect(listSettings(getOnlyDocument(read(content)))).toEqual([
      `app-id ${ID}`,
      'client.endpoints.platform ? $(URL)',
      'client.endpoints.rest https://data.microsofthealth.net',
      'client.multi-record true',
      'client.runtime.HVCount 5',
      'client.runtime.HVIsLive false',
      'client.runtime.restVersion 1.0',
    ]);
  });

  test('can be a list or a dictionary, which is unrecognized, with its passwords as secrets', () => {
    const proxy = (host: string, password: string): ConfigDocument => {
      const inner = dict(text('password', password), key('hosts', `<array><string>${host}</string></array>`));
      return getOnlyDocument(read(plist(text('MasterAppId', ID), key('HVProxy', inner))));
    };
    const one = proxy('a', 'hunter2');
    expect(listSettings(one)).toEqual([
      `app-id ${ID}`,
      expect.stringMatching(/^document \? HVProxy = \{\.\.\.\} \(\w{12}\)$/),
      'secret HVProxy.password',
    ]);
    expect(getSetting(one, 'secret').at).toEqual({ file: 'App/Info.plist', line: 1, column: 146 });
    expect(getSetting(proxy('a', 'hunter3'), 'document').value).toEqual(getSetting(one, 'document').value);
    expect(getSetting(proxy('b', 'hunter2'), 'document').value).not.toEqual(getSetting(one, 'document').value);
    expect(JSON.stringify(one)).not.toContain('hunter2');
  });

  test('has the same meaning in any order of keys, but not of a list', () => {
    const meaningOf = (inner: string): unknown =>
      getSetting(getOnlyDocument(read(plist(text('MasterAppId', ID), key('HVMore', inner)))), 'document').value;
    const [a, b] = [text('a', '1'), text('b', '2')];
    expect(meaningOf(dict(a, b))).toEqual(meaningOf(dict(b, a)));
    expect(meaningOf('<array><string>1</string><string>2</string></array>')).not.toEqual(
      meaningOf('<array><string>2</string><string>1</string></array>'),
    );
    expect(meaningOf(dict(key('a', '<true/>')))).not.toEqual(meaningOf(dict(key('a', '<false/>'))));
  });

  test('is unresolved in place of a documented value, with its passwords', () => {
    const content = plist(key('MasterAppId', dict(text('password', 'hunter2'))), key('ShellUrl', '<array/>'));
    const document = getOnlyDocument(read(content));
    expect(getSetting(document, 'app-id').value).toMatchObject({ kind: 'unresolved' });
    expect(getSetting(document, 'client.endpoints.shell').value).toMatchObject({ kind: 'unresolved' });
    expect(getSetting(document, 'secret').value).toMatchObject({ what: 'MasterAppId.password' });
    expect(document.environment).toBe('unknown');
  });

  test.each([
    ['HEALTH_VAULT_MASTER_APPLICATION_ID', 'app-id'],
    ['HEALTH_VAULT_PLATFORM_URL', 'client.endpoints.platform'],
    ['HEALTH_VAULT_SHELL_URL', 'client.endpoints.shell'],
  ])('in place of %s is unresolved as %s', (name, id) => {
    expect(getOnlyDocument(read(plist(key(name, dict(text('a', 'x')))))).settings).toMatchObject([
      { id, value: { kind: 'unresolved' } },
    ]);
  });

  test('can be an address with a password', () => {
    const document = getOnlyDocument(
      read(plist(text('MasterAppId', ID), text('ShellUrl', 'https://u:hunter2@account.healthvault.com'))),
    );
    expect(listSettings(document).slice(1)).toEqual([
      'client.endpoints.shell https://account.healthvault.com',
      'secret ShellUrl',
    ]);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });
});

describe('one setting with two documented keys', () => {
  const twice = (a: string, b: string): ConfigDocument =>
    getOnlyDocument(read(plist(text('MasterAppId', a), text('MasterApplicationId', b))));

  test('is clear if both have the same value', () => {
    expect(listSettings(twice(ID, ID.toUpperCase()))).toEqual([`app-id ${ID}`]);
  });

  test('is unresolved if they differ, and every value counts', () => {
    const { value } = getSetting(twice(ID, OTHER), 'app-id');
    expect(value).toMatchObject({
      kind: 'unresolved',
      shown: 'app-id',
      reason: 'app-id appears twice, and it is not known which one counts. Keep one.',
      meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(getSetting(twice(ID, ''), 'app-id').value).not.toEqual(value);
    expect(getSetting(twice('', OTHER), 'app-id').value).not.toEqual(value);
  });
});

test('every place is that of the value', () => {
  const content = `<plist>\n<dict>\n<key>MasterAppId</key>\n <string>${ID}</string>\n<key>HVTimeout</key>\n  <string>5</string></dict></plist>`;
  expect(getOnlyDocument(read(content)).settings.map(({ at }) => at)).toEqual([
    { file: 'App/Info.plist', line: 4, column: 2 },
    { file: 'App/Info.plist', line: 6, column: 3 },
  ]);
});

test('a key without a value, and a value without a key, are ignored', () => {
  expect(
    listSettings(
      getOnlyDocument(
        read(`<plist><dict><string>x</string>${text('MasterAppId', ID)}<key>HVLast</key></dict></plist>`),
      ),
    ),
  ).toEqual([`app-id ${ID}`]);
});
