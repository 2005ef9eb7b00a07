import fc from 'fast-check';
import { diffFile } from '../../../src/diff/file.ts';
import { djangoSettings } from '../../../src/formats/django/settings.ts';
import { expectSettings } from '../../support/expect-settings.ts';
import { getOnlyDocument, getSetting, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const PRINT = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const read = (text: string) => readWith(djangoSettings, 'site/settings.py', text);
const document = (text: string) => getOnlyDocument(read(text));

test.each([
  ['settings.py', true],
  ['a/Settings_production.py', true],
  ['settings/base.py', true],
  ['local_settings.py', true],
  ['a/settings/live/keys.py', false],
  ['a/views.py', false],
])('claims %s (%s)', (path, expected) =>
  expect(
    djangoSettings.matchesPath(path, { gateFiles: { policy: '', workflow: null, action: null }, plainDocuments: [] }),
  ).toBe(expected),
);

describe('a key', () => {
  test.each<[string, string[]]>([
    [`HEALTHVAULT_APP_ID = '${ID}'`, [`app-id ${ID}`]],
    [`HV_APPID\t\t=  "{${ID.toUpperCase()}}"  # ours`, [`app-id ${ID}`]],
    [`SODA_MASTER_APPID = ('9ca84d74-1473-'\n  '471d-940f-2699cb7198df')`, [`app-id ${ID}`]],
    [`HEALTHVAULT_APP_ID: str = '${ID}'`, [`app-id ${ID}`]],
    ["HEALTHVAULT_APP_ID = 'your id here'", ['app-id placeholder']],
    ['HEALTHVAULT_APP_ID = None', ['app-id placeholder']],
    [
      "HEALTHVAULT_SERVER = 'platform.healthvault-ppe.com'",
      ['client.endpoints.platform https://platform.healthvault-ppe.com'],
    ],
    [
      "HV_SERVICE_SERVER = 'https://platform.healthvault-ppe.com/platform/wildcat.ashx'",
      ['client.endpoints.platform https://platform.healthvault-ppe.com/platform'],
    ],
    ["HV_SHELL_URL = 'https://account.healthvault.com/'", ['client.endpoints.shell https://account.healthvault.com']],
    ["APP_ACTION_URL = 'https://App.example/action'", ['action-url https://app.example/action']],
    [`APP_THUMBPRINT = '\\u200e${PRINT.toUpperCase()}'`, [`certificate {${PRINT}}`]],
    [`HEALTHVAULT_THUMBPRINT = '${PRINT.match(/../g)?.join(':')}'`, [`certificate {${PRINT}}`]],
    ["HEALTHVAULT_THUMBPRINT = 'soon'", ['certificate ? 4 characters']],
    ["HEALTHVAULT_AUTHORIZE_REDIRECT = '/in'", ['client.action-targets.healthvault_authorize_redirect /in']],
    ["HEALTHVAULT_ERROR_TEMPLATE = 'x.html'", ['client.runtime.HEALTHVAULT_ERROR_TEMPLATE x.html']],
    ['HEALTHVAULT_IN_DEVELOPMENT = DEBUG', ['client.runtime.HEALTHVAULT_IN_DEVELOPMENT ? DEBUG']],
    ["HEALTHVAULT_APP_ID = os.environ['HV_ID']", ["app-id ? os.environ['HV_ID']"]],
    [`HEALTHVAULT_APP_ID = '%s' % x`, ['app-id ? … % x']],
    ['HEALTHVAULT_SERVER = None', []],
    [`HEALTHVAULT_APP_ID = 'x'\nHEALTHVAULT_APP_ID = '${ID}'`, [`app-id ${ID}`]],
    [`HEALTHVAULT_APP_ID = '${ID}'\nHV_APPID = '${ID}'`, [`app-id ${ID}`]],
  ])('is read from %j', (text, expected) => expectSettings(document(text), expected));

  test('that is set in a condition is not certain', () => {
    const text = `HEALTHVAULT_APP_ID = '${ID}'\nif DEBUG:\n    HEALTHVAULT_APP_ID = 'x'\n`;
    expectSettings(document(text), [`app-id ? ${ID}; x`]);
    expectSettings(document(`if DEBUG: HEALTHVAULT_APP_ID = '${ID}'`), [`app-id ? ${ID}`]);
    expectSettings(document(`HV_X, HEALTHVAULT_SERVER = 'a', 'b'`), [
      'client.endpoints.platform ? HV_X, HEALTHVAULT_SERVER = …, …',
      'document ? HV_X = HV_X, HEALTHVAULT_SERVER = …, …',
    ]);
    expectSettings(document("HEALTHVAULT_APP_ID = 'x'\nHEALTHVAULT_APP_ID += 'y'"), [/^app-id \?/]);
    expectSettings(document("HEALTHVAULT_APP_ID = 'x'\ndel HEALTHVAULT_APP_ID"), [/^app-id \?/]);
  });

  test('with different values in two libraries needs a person', () => {
    const [setting] = document(
      `HEALTHVAULT_APP_ID = '${ID}'\nHV_APPID = '34998e3c-ba6e-49da-bd57-55c0817491e0'`,
    ).settings;
    expect(setting?.value).toMatchObject({
      kind: 'unresolved',
      reason: expect.stringContaining('HEALTHVAULT_APP_ID, HV_APPID'),
    });
  });

  test('has the environment of the hosts', () => {
    const hosts = (platform: string, shell: string) => `HV_SERVICE_SERVER = '${platform}'\nHV_SHELL_URL = '${shell}'`;
    expect(document(hosts('platform.healthvault-ppe.com', 'https://account.healthvault-ppe.com')).environment).toBe(
      'ppe',
    );
    expect(document(hosts('platform.healthvault.com', 'https://account.healthvault-ppe.com')).environment).toBe(
      'mixed',
    );
    expect(document(`HV_APPID = '${ID}'`).environment).toBe('none');
  });

  test('has the place of its value', () => {
    expect(getSetting(document(`# settings\nHEALTHVAULT_APP_ID = '${ID}'`), 'app-id').at).toEqual({
      file: 'site/settings.py',
      line: 2,
      column: 22,
    });
  });

  test('with a default of the Django library is not a change', () => {
    const base = document(`HEALTHVAULT_APP_ID = '${ID}'`);
    const head = document(`HEALTHVAULT_APP_ID = '${ID}'\nHEALTHVAULT_DENIED_REDIRECT = '/'`);
    expect(diffFile([base], [head])).toEqual([]);
  });
});

describe('a key or secret', () => {
  const number = `0x${'b7'.repeat(128)}`;
  test.each<[string, RegExp[]]>([
    [`APP_PRIVATE_KEY = ${number}`, [/^secret /]],
    [`HEALTHVAULT_PRIVATE_KEY = ${number}L`, [/^secret /]],
    [`HEALTHVAULT_PRIVATE_KEY = """-----BEGIN RSA PRIVATE KEY-----\nAAAA\n"""`, [/^secret /]],
    [`if x:\n  APP_PRIVATE_KEY = ${number}`, [/^secret /]],
    [`HEALTHVAULT_PRIVATE_KEY = int('${'b7'.repeat(128)}', 16)`, [/^secret /]],
    ["HEALTHVAULT_KEY_PASSWORD = 'hunter2'", [/^secret /]],
    ['HEALTHVAULT_PRIVATE_KEY = None', []],
    ['HEALTHVAULT_PRIVATE_KEY = 0', []],
    ["HEALTHVAULT_PRIVATE_KEY = ''", []],
    ["HEALTHVAULT_PRIVATE_KEY = os.environ['K']", []],
    ["HEALTHVAULT_PRIVATE_KEY = '%KEY%'", []],
  ])('is found in %j', (text, expected) => expectSettings(document(text), expected));

  test('is never in the answer of a reader', () => {
    const planted = 'c0ffee'.repeat(40);
    for (const line of [
      `APP_PRIVATE_KEY = 0x${planted}`,
      `HEALTHVAULT_PRIVATE_KEY = '${planted}'`,
      `HEALTHVAULT_NOTE = '${planted}'`,
      `HEALTHVAULT_NOTE = load('${planted}')`,
      `if x: APP_PRIVATE_KEY = 0x${planted}`,
      `HV_APPID = 'x'\nAPP_PRIVATE_KEY, HV_B = 0x${planted}, 2`,
    ]) {
      const result = read(line);
      expect(JSON.stringify(result)).not.toContain('c0ffeec0ffee');
      expect(getOnlyDocument(result).settings.some(({ id }) => id === 'secret')).toBe(true);
    }
  });

  test('that is public is a number in any base', () => {
    const key = (digits: string) => getSetting(document(`APP_PUBLIC_KEY = ${digits}`), 'client.certificate').value;
    expect(key(number)).toEqual(key(String(BigInt(number))));
    expect(key(number)).toMatchObject({ kind: 'content', shown: expect.stringContaining('1024 bits') });
    expect(key(`${number}1`)).not.toEqual(key(number));
  });
});

describe('another or broken file', () => {
  test.each([
    '',
    "DEBUG = True\nSECRET_KEY = 'x'",
    '# HEALTHVAULT_APP_ID = 1',
    "X = '''\nHEALTHVAULT_APP_ID = 1\n'''",
    'HV_DISK = 3',
    'A = (',
  ])('is ignored with %j', (text) => expect(read(text)).toEqual({ kind: 'not-configuration' }));

  test.each([
    ["HEALTHVAULT_APP_ID = 'x\n", 'python-text-open', 1, 22],
    ['HV_APPID = 1\nX = [', 'python-bracket-open', 2, 5],
  ])('is unreadable with %j', (text, id, line, column) =>
    expect(read(text)).toMatchObject({ kind: 'unreadable', problem: { id, at: { line, column } } }),
  );

  test('can contain bytes that are not text', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode("HEALTHVAULT_APP_ID = '"), 0xff, 0x27]);
    expect(readWith(djangoSettings, 'settings.py', bytes).kind).toBe('unreadable');
    expect(readWith(djangoSettings, 'settings.py', new Uint8Array([0xff, 0x27])).kind).toBe('not-configuration');
  });

  test('gets an answer with any text', () => {
    const piece = fc.constantFrom(
      'HV_APPID',
      ' = ',
      "'",
      '"""',
      '(',
      ')',
      '\n',
      '\\',
      '#',
      ';',
      'if x:',
      '0x1f',
      ',',
      '+',
      'é',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(['documents', 'unreadable', 'not-configuration']).toContain(read(pieces.join('')).kind);
      }),
      { numRuns: 500 },
    );
  });

  test('with one key a hundred thousand times is read in time', () =>
    expectSettings(document("HEALTHVAULT_X = 'a'\n".repeat(100_000)), ['client.runtime.HEALTHVAULT_X a']));

  test('with one long number is read in time', () => {
    const text = `${'# comment\n'.repeat(100_000)}APP_PUBLIC_KEY = ${'7'.repeat(1_000_000)}\nHEALTHVAULT_NOTE = ${'('.repeat(50_000)}1${')'.repeat(50_000)}\n`;
    expect(read(text).kind).toBe('documents');
  });
});
