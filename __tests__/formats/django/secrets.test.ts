/** Private keys and passwords in settings of Django: in expressions, behind names, in dictionaries and addresses. */
import { djangoSettings } from '../../../src/formats/django/settings.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const OURS = "HV_APPID = '9ca84d74-1473-471d-940f-2699cb7198df'\n";
const DER = '308204bd020100300d06092a864886f70d010101050004'; // the beginning of a PKCS#8 key
const BASE64 = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj';

/** What the lines below the application id come to: secrets with their places, anything else with what is shown. */
function found(text: string): readonly string[] {
  const result = readWith(djangoSettings, 'settings.py', OURS + text);
  for (const planted of ['hunter2', '8f3a11', DER, BASE64]) expect(JSON.stringify(result)).not.toContain(planted);
  return getOnlyDocument(result)
    .settings.filter(({ id }) => id !== 'app-id')
    .map(({ id, value, at }) => {
      if (value.kind === 'secret') return `${id} ${at.line}:${at.column} ${value.what}`;
      return `${id} ${value.kind === 'text' || value.kind === 'unresolved' ? value.shown : value.kind}`;
    });
}

const PASSWORD = 'HEALTHVAULT_CERT_PASSWORD = ';
const IS_PASSWORD = 'secret in the setting HEALTHVAULT_CERT_PASSWORD';
const KEY = 'HEALTHVAULT_PRIVATE_KEY = ';
const IS_KEY = 'private key of the application (HEALTHVAULT_PRIVATE_KEY)';

test.each<[string, string[]]>([
  [`${PASSWORD}'hunter2'`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}'my__Real__hunter2'`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}'hunter2\${env}'`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}'hun' 'ter2'`, [`secret 2:29 ${IS_PASSWORD}`]],
  ["HEALTHVAULT_API_KEY = 'hunter2'", ['secret 2:23 private key of the application (HEALTHVAULT_API_KEY)']],
  ["HV_TOKEN = 'hunter2'", ['secret 2:12 secret in the setting HV_TOKEN']],
  [`${PASSWORD}'\${password}'`, []],
  [`${PASSWORD}''`, []],
  [`${PASSWORD}None`, []],
  [`${PASSWORD}'  '`, []],
  [`${PASSWORD}'000'`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`if x: ${KEY}None`, []],
  [`${KEY}0o0`, []],
  [`${KEY}-0`, []],
  [`${PASSWORD}False`, []],
  [`${KEY}0x0`, []],
  [`${KEY}000`, []],
  [`${KEY}0x8f3a11`, [`secret 2:27 ${IS_KEY}`]],
  [`${KEY}0o7`, [`secret 2:27 ${IS_KEY}`]],
  [`${KEY}0x8f3a110`, [`secret 2:27 ${IS_KEY}`]],
  ["HEALTHVAULT_SECRET_REDIRECT = 'hunter2'", ['secret 2:31 secret in the setting HEALTHVAULT_SECRET_REDIRECT']],
  [`A = ${KEY}'hunter2'`, [`secret 2:31 ${IS_KEY}`]],
  [`${KEY}: 'hunter2'`, [`secret 2:29 ${IS_KEY}`]],
])('the literal %s is read', (text, expected) => expect(found(text)).toEqual(expected));

test.each<[string, string[]]>([
  [`${PASSWORD}os.environ.get('HV_PW', 'hunter2')`, [`secret 2:53 ${IS_PASSWORD}`]],
  [`${PASSWORD}config('HV_PW', default='hunter2')`, [`secret 2:53 ${IS_PASSWORD}`]],
  [`${PASSWORD}os.environ.get('HV_PW') or 'hunter2'`, [`secret 2:56 ${IS_PASSWORD}`]],
  [`${PASSWORD}'hunter2' if True else ''`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}f'hunter2{x}'`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}'hunter2'.encode('utf-8')`, [`secret 2:29 ${IS_PASSWORD}`]],
  [`${PASSWORD}decrypt(('hunter2'))`, [`secret 2:38 ${IS_PASSWORD}`]],
  [`${PASSWORD}['hunter2'][0]`, [`secret 2:30 ${IS_PASSWORD}`]],
  [`${PASSWORD}{'live': 'hunter2'}[ENV]`, [`secret 2:38 ${IS_PASSWORD}`]],
  [`${PASSWORD}open('x', 'r').read() + 'hunter2'`, [`secret 2:53 ${IS_PASSWORD}`]],
  [`${KEY}load_key('${BASE64}')`, [`secret 2:36 ${IS_KEY}`]],
  [`${KEY}int('8f3a11', 16)`, [`secret 2:31 ${IS_KEY}`]],
  [`${KEY}pow(12345, x)`, [`secret 2:31 ${IS_KEY}`]],
  [`if x: ${KEY}'hunter2'`, [`secret 2:33 ${IS_KEY}`]],
  [`A, HEALTHVAULT_TOKEN = 1, 'hunter2'`, ['secret 2:27 secret in the setting HEALTHVAULT_TOKEN']],
  [`${KEY}f(x.getter('hunter2'))`, [`secret 2:38 ${IS_KEY}`]],
  [`${KEY}opener('hunter2')`, [`secret 2:34 ${IS_KEY}`]],
  [`${KEY}a.stripper('hunter2')`, [`secret 2:38 ${IS_KEY}`]],
  [`${KEY}f('/' 'hunter2')`, [`secret 2:33 ${IS_KEY}`]],
  [`${KEY}open({1: 2}).read() + 'hunter2'`, [`secret 2:49 ${IS_KEY}`]],
  [`${KEY}open([1]).read() + 'hunter2'`, [`secret 2:46 ${IS_KEY}`]],
  [`${KEY}os.environ.get(x, a + 'hunter2')`, [`secret 2:49 ${IS_KEY}`]],
  [`${KEY}os.environ.get(x, 'hunter2') + open(y)`, [`secret 2:45 ${IS_KEY}`]],
  [`${KEY}open(decrypt('hunter2'))`, [`secret 2:40 ${IS_KEY}`]],
  [`${KEY}os.environ.get('K')('hunter2')`, [`secret 2:47 ${IS_KEY}`]],
  [`${KEY}a or 'abc'`, [`secret 2:32 ${IS_KEY}`]],
  [`${KEY}'%hunter2' % a`, [`secret 2:27 ${IS_KEY}`]],
  [`${KEY}f(password='hunter2')`, [`secret 2:38 ${IS_KEY}`]],
])('the expression %s is read', (text, expected) => expect(found(text)).toEqual(expected));

test.each<[string, string[]]>([
  [`_PW = 'hunter2'\n${PASSWORD}_PW`, [`secret 2:7 ${IS_PASSWORD}`]],
  [`${PASSWORD}_PW\n_PW = _B or f(x)\n_B: str = 'hunter2'`, [`secret 4:11 ${IS_PASSWORD}`]],
  [
    `_PW = 'hunter2'\n_PW = 'hunter2-b'\n${PASSWORD}str(_PW)`,
    [`secret 2:7 ${IS_PASSWORD}`, `secret 3:7 ${IS_PASSWORD}`],
  ],
  [`_PW = 'hunter2'\n${PASSWORD}_PW\nHEALTHVAULT_TOKEN = _PW`, ['secret 2:7 secret in the setting HEALTHVAULT_TOKEN']],
  [`_A = _B\n_B = _A\n${PASSWORD}_A`, ['document _A']],
  [`BASE = '/srv/hv'\n${KEY}open(BASE + '/app.key').read()`, ["document open(BASE + '/app.key').read()"]],
  [`NAME = 'the name'\n${PASSWORD}os.environ[NAME]`, ['document os.environ[NAME]']],
  [`a = 'the name'\n${PASSWORD}x.a`, ['document x.a']],
  [`f = 'the name'\n${PASSWORD}f(x)`, ['document f(x)']],
  [`f = 'the name'\n${PASSWORD}f[x]`, ['document f[x]']],
  [
    `_A = f(_PW)\n_PW = 'hunter2'\nHEALTHVAULT = {'password': _A, 'b': _B}\n_B = 'the name'`,
    ['secret 3:7 secret in the setting HEALTHVAULT', 'document HEALTHVAULT = {…: _A, …: _B}'],
  ],
  [`a = 'the name'\n${PASSWORD}a.b`, ['document a.b']],
  [`a = 'the name'\n${PASSWORD}f(a=x)`, ['document f(a=x)']],
])('the value with the names in %s is read', (text, expected) => expect(found(text)).toEqual(expected));

test.each([
  "os.environ['HV_KEY']",
  `os.environ['${'K'.repeat(106)}']`,
  'os.environ["K"]',
  "os . environ . get ( 'K' )",
  "os.environ.get('K', None)",
  "os.environ.get('K',None)",
  "os.environ.get('K', '')",
  "os.getenv('K')",
  'getenv(\'K\', "")',
  "env('K')",
  "env.str('K')",
  "config('K')",
  "int(os.environ['K'], 16)",
  "int(env('K'))",
  "int(os.environ['K'],16)",
  "int ( os.environ['K'] ,  16 )",
  "env . str ('K')",
  'environ["K"]',
  "os.environ.get('K' , None )",
])('%s reveals no secret', (code) => expect(found(KEY + code)).toEqual([]));

test.each<readonly [code: string, shown: string]>([
  ["os.environ['K'] + suffix", "os.environ['K'] + suffix"],
  ["decrypt(os.environ['K'])", "decrypt(os.environ['K'])"],
  ["os.environ['K'].replace('\\\\n', '\\n')", "os.environ['K'].replace('\\\\n', '\\n')"],
  ["os.environ['K' + x]", "os.environ['K' + x]"],
  ['load_key()', 'load_key()'],
  ["myint(os.environ['K'])", "myint(os.environ['K'])"],
  ["my.env('K')", "my.env('K')"],
  ["env('K') + a", "env('K') + a"],
  ["get('live')", "get('live')"],
  ["open((a, 'app.key'))", "open((a, 'app.key'))"],
  ["open(['the', 'key'])", "open(['the', 'key'])"],
  ["f.read_bytes('app.key')", "f.read_bytes('app.key')"],
  ["f.read('app.key')", "f.read('app.key')"],
  ["a.strip('abc')", "a.strip('abc')"],
  ["a.lstrip('abc')", "a.lstrip('abc')"],
  ["a.split('abc')", "a.split('abc')"],
  ["a.rsplit('abc')", "a.rsplit('abc')"],
  ["client.secret(Version=x, SecretId='hv/key')", "client.secret(Version=x, SecretId='hv/key')"],
  ["KEY if ENV in ('live', 'test') else None", "KEY if ENV in ('live', 'test') else None"],
  ["KEY if ENV is not 'live' else None", "KEY if ENV is not 'live' else None"],
  ["'%d%5.2f%%' % a", '… % a'],
  [`os.environ['${'K'.repeat(120)}']`, `os.environ['${'K'.repeat(108)}…`],
  [
    "open(os.path.join(BASE, 'keys', 'app.key'), 'rb').read()",
    "open(os.path.join(BASE, 'keys', 'app.key'), 'rb').read()",
  ],
  ["Path('keys/app.key').read_text(encoding='utf-8')", "Path('keys/app.key').read_text(encoding='utf-8')"],
  ["(BASE / 'keys' / 'app.key').read_text()", "(BASE / 'keys' / 'app.key').read_text()"],
  ["key_from_file('keys/app.key')", "key_from_file('keys/app.key')"],
  ["vault.read('hv/key')['data']", "vault.read('hv/key')['data']"],
  ["client.get_secret_value(SecretId='hv/key')", "client.get_secret_value(SecretId='hv/key')"],
  ["KEYS['live']", "KEYS['live']"],
  ["KEYS['live']['key']", "KEYS['live']['key']"],
  ["KEYS.get('live')", "KEYS.get('live')"],
  ...['==', '!=', '<', '>', '<=', '>=', 'is'].map((mark) => {
    const code = `KEY if ENV ${mark} 'live' else None`;
    return [code, code] as const;
  }),
  ["KEY if 'live' in ENV else None", "KEY if 'live' in ENV else None"],
  ["'-----BEGIN RSA PRIVATE KEY-----' + KEY", '… + KEY'],
  ["'{}-{name}'.format(a, b)", '….format(a, b)'],
  ["'%s %(name)s' % a", '… % a'],
  ["a or 'no'", 'a or …'],
  ['int(a, 16)', 'int(a, …)'],
  ['f(1234)', 'f(…)'],
])('the fetched value %s is not a secret and needs a person', (code, shown) =>
  expect(found(KEY + code)).toEqual([`document ${shown}`]),
);

test.each<[string, string[]]>([
  [
    "HEALTHVAULT_SETTINGS = {'private_key': 'hunter2', 'app': 'x'}",
    ['secret 2:40 secret in the setting HEALTHVAULT_SETTINGS', 'document HEALTHVAULT_SETTINGS = {…: …, …: …}'],
  ],
  [
    "HEALTHVAULT = dict(password='hunter2', b=[1, 2])",
    ['secret 2:29 secret in the setting HEALTHVAULT', 'document HEALTHVAULT = dict(password=…, b=[…, …])'],
  ],
  [
    "HEALTHVAULT = {'password': {'live': ['hunter2']}}",
    ['secret 2:38 secret in the setting HEALTHVAULT', 'document HEALTHVAULT = {…: {…: […]}}'],
  ],
  ["HEALTHVAULT = {'password': os.environ['P'], 'b': 'c'}", ["document HEALTHVAULT = {…: os.environ['P'], …: …}"]],
  ["HEALTHVAULT = {'password': '%PW%'}", ['document HEALTHVAULT = {…: …}']],
  [
    "HEALTHVAULT['password'] = 'hunter2'",
    ['secret 2:27 secret in the setting HEALTHVAULT', "document HEALTHVAULT = HEALTHVAULT['password'] = …"],
  ],
  [
    "globals()['HEALTHVAULT_PRIVATE_KEY'] = 'hunter2'",
    ['secret 2:40 secret in the setting HEALTHVAULT_PRIVATE_KEY', "document globals()['HEALTHVAULT_PRIVATE_KEY'] = …"],
  ],
  [
    "setup(HEALTHVAULT_TOKEN='hunter2')",
    ['secret 2:25 secret in the setting HEALTHVAULT_TOKEN', 'document setup(HEALTHVAULT_TOKEN=…)'],
  ],
  [
    "setup(HEALTHVAULT_SERVER='https://u:hunter2@x.example')",
    ['secret 2:26 secret in the setting HEALTHVAULT_SERVER', 'document setup(HEALTHVAULT_SERVER=…)'],
  ],
  ["setup(HEALTHVAULT_APP_ID=x, password='mine')", ['document setup(HEALTHVAULT_APP_ID=x, password=…)']],
  [`exec('k = "${BASE64}"')`, ['secret 2:6 private key of the application (settings.py)', 'document exec(…)']],
])('%s is searched for secrets', (text, expected) => expect(found(text)).toEqual(expected));

const SHELL = 'HEALTHVAULT_SHELL_SERVER = ';
const IS_SHELL = 'secret in the setting HEALTHVAULT_SHELL_SERVER';
test.each<[string, string[]]>([
  [
    `${SHELL}'https://u:hunter2@account.healthvault.com'`,
    ['client.endpoints.shell https://account.healthvault.com', `secret 2:28 ${IS_SHELL}`],
  ],
  [
    `${SHELL}'u:hunter2@account.healthvault.com'`,
    ['client.endpoints.shell account.healthvault.com', `secret 2:28 ${IS_SHELL}`],
  ],
  [`${SHELL}'https://u@account.healthvault.com'`, ['client.endpoints.shell https://account.healthvault.com']],
  [
    `${SHELL}'fabrikam:hunter2@account.healthvault.com'`,
    ['client.endpoints.shell account.healthvault.com', `secret 2:28 ${IS_SHELL}`],
  ],
  [`${SHELL}'account.healthvault.com'`, ['client.endpoints.shell account.healthvault.com']],
  [`${SHELL}'account.healthvault.com:443/@a.b'`, ['client.endpoints.shell account.healthvault.com:443/@a.b']],
  [
    `${SHELL}f('https://u:hunter2@account.healthvault.com')`,
    ['client.endpoints.shell f(…)', `secret 2:30 ${IS_SHELL}`],
  ],
  [
    "APP_ACTION_URL = 'https://u:hunter2@app.example/a'",
    ['action-url https://app.example/a', 'secret 2:18 secret in the setting APP_ACTION_URL'],
  ],
  [
    "HEALTHVAULT_ERROR_TEMPLATE = 'https://u:hunter2@app.example/a'",
    [
      'client.runtime.HEALTHVAULT_ERROR_TEMPLATE https://app.example/a',
      'secret 2:30 secret in the setting HEALTHVAULT_ERROR_TEMPLATE',
    ],
  ],
  [
    "HEALTHVAULT_ERROR_TEMPLATE = 'a/u:mine@app.example'",
    ['client.runtime.HEALTHVAULT_ERROR_TEMPLATE a/u:mine@app.example'],
  ],
  ["HEALTHVAULT_ERROR_TEMPLATE = 'u:mine@app'", ['client.runtime.HEALTHVAULT_ERROR_TEMPLATE u:mine@app']],
  [
    "HEALTHVAULT_PROXY = 'https://u:hunter2@app.example/a'",
    ['secret 2:21 secret in the setting HEALTHVAULT_PROXY', 'client.runtime.HEALTHVAULT_PROXY https://app.example/a'],
  ],
])('the address %s is searched for secrets', (text, expected) => expect(found(text)).toEqual(expected));

test.each<[string, string[]]>([
  [`HEALTHVAULT_THUMBPRINT = '${BASE64}'`, ['secret 2:26 private key of the application (HEALTHVAULT_THUMBPRINT)']],
  ["HEALTHVAULT_THUMBPRINT = 'abcd'", ['certificate 4 characters']],
  ["HEALTHVAULT_THUMBPRINT = '%PRINT%'", ['certificate %PRINT%']],
  [
    `HEALTHVAULT_PUBLIC_KEY = '${DER}${'ab'.repeat(90)}'`,
    ['secret 2:26 private key of the application (HEALTHVAULT_PUBLIC_KEY)'],
  ],
  [
    `HEALTHVAULT_PUBLIC_KEY = 0x${DER}${'ab'.repeat(90)}`,
    ['secret 2:26 private key of the application (HEALTHVAULT_PUBLIC_KEY)'],
  ],
  [`HEALTHVAULT_PUBLIC_KEY = '${'ab'.repeat(90)}'`, ['client.certificate content']],
  [`HEALTHVAULT_NOTE = 'x ${BASE64}'`, ['secret 2:20 private key of the application (HEALTHVAULT_NOTE)']],
  [
    `HEALTHVAULT_SERVER = '${'8f3a11'.repeat(17)}'`,
    ['secret 2:22 private key of the application (HEALTHVAULT_SERVER)'],
  ],
  [`HEALTHVAULT_NOTE = '${'ab'.repeat(49)}'`, ['client.runtime.HEALTHVAULT_NOTE (98 characters)']],
  [
    `HEALTHVAULT_SERVER = KEYS['${BASE64}']`,
    ['client.endpoints.platform KEYS[…]', 'secret 2:27 private key of the application (HEALTHVAULT_SERVER)'],
  ],
])('keys in other places are found in %s', (text, expected) => expect(found(text)).toEqual(expected));

test('each fetched key needs a person', () =>
  expect(found(`${KEY}f()\nAPP_PRIVATE_KEY = g()\n${PASSWORD}h()`)).toEqual([
    'document f()',
    'document g()',
    'document h()',
  ]));

test('a secret is found through a hundred names, and more names need a person', () => {
  const chain = (length: number) => {
    const names = Array.from({ length }, (_, index) => `A${index} = A${index + 1}\n`).join('');
    return found(`${names}A${length} = 'hunter2'\n${PASSWORD}A0`);
  };
  expect(chain(99)).toEqual([`secret 101:7 ${IS_PASSWORD}`]);
  expect(chain(100)).toEqual(['document A0']);
});

test('only the first twenty values of a name are checked', () => {
  const text = Array.from({ length: 21 }, (_, index) => `_PW = 'hunter2-${index}'\n`).join('');
  expect(found(`${text}${PASSWORD}_PW`)).toHaveLength(20);
});

test('another secret is a change, and the same one with other quotes is not', () => {
  const meaning = (text: string) => {
    const { settings } = getOnlyDocument(readWith(djangoSettings, 'settings.py', OURS + text));
    return settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.meaning] : []));
  };
  expect(meaning(`${PASSWORD}'one'`)).toEqual(meaning(`${PASSWORD}"o" "ne"`));
  expect(meaning(`${PASSWORD}'one'`)).not.toEqual(meaning(`${PASSWORD}'two'`));
});

test.each([
  [
    'a long chain of names',
    `${Array.from({ length: 5_000 }, (_, index) => `A${index} = A${index + 1}\n`).join('')}${PASSWORD}A0`,
  ],
  ['a name that is assigned very often', `${"A = f('x')\n".repeat(5_000)}${`${PASSWORD}A\n`.repeat(20)}`],
  ['nested brackets', `HEALTHVAULT = ${"{'a': (1, ".repeat(5_000)}${')}'.repeat(5_000)}`],
])('%s is read in time', (_name, text) => expect(found(text).length).toBeGreaterThan(0));
