/** Values of Django settings by their keys, whole documents, and files of other products. */
import { diffFile } from '../../../src/diff/file.ts';
import { djangoSettings } from '../../../src/formats/django/settings.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const PRINT = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const read = (text: string | Uint8Array) => readWith(djangoSettings, 'conf/settings.py', text);
const document = (text: string) => getOnlyDocument(read(text));
const values = (text: string) =>
  document(text).settings.map(({ id, value }) => {
    if (value.kind === 'set') return `${id} {${value.items.map(({ shown }) => shown)}}`;
    return `${id} ${'meaning' in value && value.meaning} ${'shown' in value && value.shown}`;
  });

test('a whole document is read', () =>
  expect(document(`HEALTHVAULT_APP_ID = '${ID}'\nHEALTHVAULT_THUMBPRINT = '${PRINT.toUpperCase()}'\n`)).toEqual({
    file: 'conf/settings.py',
    part: null,
    format: 'django-settings',
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [
      {
        id: 'app-id',
        value: { kind: 'text', meaning: ID, shown: ID },
        at: { file: 'conf/settings.py', line: 1, column: 22 },
      },
      {
        id: 'certificate',
        value: {
          kind: 'set',
          items: [
            { meaning: PRINT, shown: `thumbprint ${PRINT}`, at: { file: 'conf/settings.py', line: 2, column: 26 } },
          ],
        },
        at: { file: 'conf/settings.py', line: 2, column: 26 },
      },
    ],
    defaults: {
      'client.action-targets.healthvault_authorize_redirect': '/',
      'client.action-targets.healthvault_deauthorize_redirect': '/',
      'client.action-targets.healthvault_denied_redirect': '/',
      'client.runtime.HEALTHVAULT_ERROR_TEMPLATE': 'healthvaultapp/error.html',
    },
    notExpressible: [],
    lints: [],
    digest: null,
  }));

test.each([
  ["HV_APPID = 'x'", 0],
  ["HV_APPID = 'x'\nHEALTHVAULT_X = 1", 4],
])('defaults of %j are those of its library', (text, count) =>
  expect(Object.keys(document(text).defaults)).toHaveLength(count),
);

test.each<[string, string[]]>([
  ["HV_APPID = 'your id'", ['app-id placeholder your id']],
  ["SODA_MASTER_APPID = 'your id'", ['app-id placeholder your id']],
  [
    "HEALTHVAULT_SHELL_SERVER = 'Account.healthvault.com/'",
    ['client.endpoints.shell https://account.healthvault.com Account.healthvault.com/'],
  ],
  ["HEALTHVAULT_SERVER = '  '", []],
  ["HEALTHVAULT_THUMBPRINT = ''", []],
  ['HEALTHVAULT_IN_DEVELOPMENT = True', ['client.runtime.HEALTHVAULT_IN_DEVELOPMENT True True']],
  ['HEALTHVAULT_IN_DEVELOPMENT = False', ['client.runtime.HEALTHVAULT_IN_DEVELOPMENT False False']],
  ["HEALTHVAULT_ERROR_TEMPLATE = ' x '", ['client.runtime.HEALTHVAULT_ERROR_TEMPLATE x x']],
  ["HEALTHVAULT_DENIED_REDIRECT = '/no'", ['client.action-targets.healthvault_denied_redirect /no /no']],
  ["HEALTHVAULT_COLUMNS = '3'", ['client.runtime.HEALTHVAULT_COLUMNS 3 3']],
  ["HV_APPID = ''\nHEALTHVAULT_App = 1\nMY_HEALTHVAULT_ID = 2", ['app-id placeholder (empty)']],
  ["HEALTHVAULT_APPLICATION_ID = '9ca84d74-1473-471d-940f-2699cb7198df'", [`app-id ${ID} ${ID}`]],
])('%s has the expected settings', (text, expected) => expect(values(text)).toEqual(expected));

test('a list of pages is not a page', () => {
  const [setting] = document("HEALTHVAULT_REDIRECT_SITES = 'a.example'").settings;
  expect(setting).toMatchObject({
    id: 'document',
    value: { kind: 'unresolved', shown: 'HEALTHVAULT_REDIRECT_SITES = a.example' },
  });
});

describe('a public key', () => {
  const key = (value: string) => values(`HEALTHVAULT_PUBLIC_KEY = ${value}`);
  // Digests by sha256sum of the number in hexadecimal digits, or of the text without spaces.
  test.each<[string, string, string]>([
    ['255', 'FF', 'public key, 8 bits, digest'],
    ['0xFF', 'FF', 'public key, 8 bits, digest'],
    ['0377', 'FF', 'public key, 8 bits, digest'],
    ['0o377', 'FF', 'public key, 8 bits, digest'],
    ['256', '100', 'public key, 9 bits, digest'],
    ["'0xFF'", '0xFF', 'public key, 16 bits, digest'],
    ["'a  b\\n c'", 'abc', 'public key, 12 bits, digest'],
    ['-0xFF', '-0xFF', 'public key, 20 bits, digest'],
    ['09', '09', 'public key, 8 bits, digest'],
  ])('is the number %s', (written, digested, shown) => {
    const [found = ''] = key(written);
    expect(found).toBe(`client.certificate ${DIGESTS[digested]} ${shown} ${DIGESTS[digested]?.slice(0, 12)}…`);
  });

  test('with a very long number is compared as it is written', () => {
    expect(key(`1${'0'.repeat(10_000)}`)[0]).toContain('public key, 40004 bits');
    expect(key(`1${'0'.repeat(9_999)}`)[0]).toContain('public key, 33216 bits');
    expect(key(`1_${'0'.repeat(10_000)}`)).toEqual(key(`1${'0'.repeat(10_000)}`));
  });
});

const DIGESTS: Readonly<Record<string, string>> = {
  FF: '05a9bf223fedf80a9d0da5f73f5c191a665bf4a0a4a3e608f2f9e7d5ff23959c',
  '100': 'ad57366865126e55649ecb23ae1d48887544976efea46a48eb5d85a6eeb4d306',
  '0xFF': '7312237f78910fec86c8950c37a4f595bc7fb3a2613730575104caa696cf7f7d',
  abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  '-0xFF': '04829ecb3348890c1865ea8f75f1a2c8b42746baea8d9a786323440353bac2a6',
  '09': '3514acf61732f662da19625f7fe781c3e483f2dce8506012f3bb393f5003e105',
};

describe('two libraries in one file', () => {
  const one = (text: string) => document(text).settings[0];
  const OTHER = '4d4fa54f2591f90936d88f40623298c89dc97f21';

  test('can have the same certificate in another spelling', () =>
    expect(values(`HEALTHVAULT_THUMBPRINT = '${PRINT}'\nAPP_THUMBPRINT = '${PRINT.toUpperCase()}'`)).toEqual([
      `certificate {thumbprint ${PRINT}}`,
    ]));

  test('can have two certificates', () =>
    expect(one(`HEALTHVAULT_THUMBPRINT = '${PRINT}'\nAPP_THUMBPRINT = '${OTHER}'`)).toMatchObject({
      id: 'certificate',
      value: {
        kind: 'unresolved',
        shown: `HEALTHVAULT_THUMBPRINT thumbprint ${PRINT}; APP_THUMBPRINT thumbprint ${OTHER}`,
      },
    }));

  test('can have two public keys', () =>
    expect(one('HEALTHVAULT_PUBLIC_KEY = 255\nAPP_PUBLIC_KEY = 256')).toMatchObject({
      value: {
        shown: expect.stringMatching(/^HEALTHVAULT_PUBLIC_KEY public key, 8 .*; APP_PUBLIC_KEY public key, 9 /),
      },
    }));

  test('can disagree in another way than before', () => {
    const text = (id: string) => `HEALTHVAULT_APP_ID = '${ID}'\nHV_APPID = '${id}'`;
    const [was, is] = ['34998e3c-ba6e-49da-bd57-55c0817491e0', '05a059c9-c309-46af-9b86-b06d42510550'];
    const changes = diffFile([document(text(was))], [document(text(is))]);
    expect(changes).toMatchObject([
      { setting: 'app-id', effect: 'unknown', after: `HEALTHVAULT_APP_ID ${ID}; HV_APPID ${is}` },
    ]);
  });
});

test.each(['settings.pyc', 'settings.py.txt', 'a/settings/local.pyi'])('%s is ignored', (path) =>
  expect(
    djangoSettings.matchesPath(path, { gateFiles: { policy: '', workflow: null, action: null }, plainDocuments: [] }),
  ).toBe(false),
);

test.each([
  'DEBUG = (',
  "SECRET_KEY = 'x",
  'MY_HEALTHVAULT_APP_ID = 1',
  'HEALTHVAULTS = 1',
  'HV_APPIDS = 1',
  '# HEALTHVAULT_APP_ID\nDEBUG = 1',
])('%j is ignored', (text) => expect(read(text)).toEqual({ kind: 'not-configuration' }));

test("bytes that are not text are ignored without HealthVault's name", () =>
  expect(read(new Uint8Array([...new TextEncoder().encode("DEBUG = '"), 0xff, 0x27])).kind).toBe('not-configuration'));
