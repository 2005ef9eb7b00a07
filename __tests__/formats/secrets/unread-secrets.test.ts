/** Secrets in files that cannot be read: every notation, and what only looks like one. */

import { findUnreadSecrets } from '../../../src/formats/secrets/unread-secrets.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import { KEY_HEX, KEY_PEM } from '../../support/fake-keys.ts';
import { toBytes } from '../../support/read-context.ts';

const digestOf = (text: string) => computeSha256(toBytes(text));

/** `place name` of each secret whose value is `hunter2`; any other value shows as it is not. */
function secretsIn(text: string | Uint8Array, value = 'hunter2'): readonly string[] {
  return findUnreadSecrets({ path: 'a/x.config', bytes: toBytes(text) }).map((setting) => {
    if (setting.value.kind !== 'secret') throw new Error('no secret');
    expect(setting).toMatchObject({ id: 'secret', at: { file: 'a/x.config' } });
    const { meaning, what } = setting.value;
    return `${setting.at.line}:${setting.at.column} ${what}${meaning === digestOf(value) ? '' : ' (another value)'}`;
  });
}

test.each<[title: string, text: string, secrets: readonly string[]]>([
  ['in an entry of .NET', '<a>\n <add key="CertPassword" value="hunter2"/>', ['2:12 CertPassword']],
  ['with other quotes and spaces', `<add key = 'CertPassword'\n  value = 'hunter2' />`, ['1:13 CertPassword']],
  ['with other text in between', '<add key="CertPassword" x="y" value="hunter2"/>', ['1:11 CertPassword']],
  ['in an element', '<appData><password>hunter2</password>', ['1:11 password']],
  ['in an element with attributes', '<password kind="plain">\n hunter2\n</password>', ['1:2 password']],
  ['in a property list', '<key>HVPassword</key>\n<string>hunter2</string>', ['1:6 HVPassword']],
  ['in an attribute', '<appData password="hunter2">', ['1:10 password']],
  ['in an attribute with other quotes', "<appData x='1' api-key='hunter2'>", ['1:16 api-key']],
  ['JSON', '{"a": 1, "cert_pass": "hunter2"', ['1:11 cert_pass']],
  ['in JSON with lines', '{\n  "cert_pass": "hunter2",\n  x', ['2:4 cert_pass']],
  ['YAML', 'a: 1\n  cert_pass: hunter2\n', ['2:3 cert_pass']],
  ['in YAML with quotes and a comment', "cert_pass: 'hunter2' # change it", ['1:1 cert_pass']],
  ['in YAML with a comment', 'cert_pass: hunter2   # change it', ['1:1 cert_pass']],
  ['in YAML with an adjacent comment', 'credential: hunter2 # change it', ['1:1 credential']],
  ['in YAML with braces, a comment and Windows line ends', 'x: {pin: hunter2 # mine\r\n}', ['1:5 pin']],
  ['in a YAML list', '- cert_pass: hunter2', ['1:3 cert_pass']],
  ['in YAML with braces', 'proxy: {user: me, password: hunter2}', ['1:19 password']],
  ['in YAML with braces and quotes', `proxy: {password: "hunter2", 'pin': 'hunter2'}`, ['1:9 password', '1:31 pin']],
  ['properties', '\tkeystore.password=hunter2\r\na=b', ['1:2 keystore.password']],
  ['Python', 'APP_SECRET = "hunter2"  # ours', ['1:1 APP_SECRET']],
  ['in a shell script', 'export HV_TOKEN=hunter2;', ['1:8 HV_TOKEN']],
  ['as a number', 'pin: 1234', ['1:1 pin (another value)']],
  ['on two lines', 'a_password: hunter2\nb_password: hunter2\n', ['1:1 a_password', '2:1 b_password']],
  ['as a private key', `x: ${KEY_HEX}`, ['1:4 private key in the text (hexadecimal) (another value)']],
  [
    'once for a private key with the name of one',
    `private_key: "${KEY_PEM.replaceAll('\n', '\\n')}"`,
    ['1:15 private key in the text (RSA PRIVATE KEY) (another value)'],
  ],
])('a secret in an unread file is found %s', (_title, text, secrets) => expect(secretsIn(text)).toEqual(secrets));

test.each<[title: string, text: string, value: string]>([
  ['entities of XML', '<add key="CertPassword" value="a&amp;b&lt;c&gt;d&quot;e&apos;f"/>', 'a&b<c>d"e\'f'],
  ['an unknown entity', '<add key="CertPassword" value="a&nbsp;b"/>', 'a&nbsp;b'],
  ['spaces inside', 'cert_pass: correct horse', 'correct horse'],
  ['a comma at the end of a line', 'cert_pass: horse,', 'horse'],
  ['a semicolon before spaces', 'cert_pass: horse; ', 'horse'],
  ['commas inside', 'cert_pass: a,b;c', 'a,b;c'],
  ['spaces at the end of a line', 'cert_pass: horse  ', 'horse'],
  ['a value that starts like null', 'cert_pass: nilhorse', 'nilhorse'],
  ['a value in quotes', 'cert_pass: "horse # battery;"', 'horse # battery;'],
  ['a placeholder with a default', 'cert_pass: ${X:hunter2}', '${X:hunter2}'],
  ['Ruby with a literal', "cert_pass: <%= 'horse' %>", "<%= 'horse' %>"],
])('the value is compared as its reader does with %s', (_title, text, value) => {
  expect(secretsIn(text, value)).toEqual([expect.stringMatching(/^\d+:\d+ \w+$/)]);
});

test('a password inside of the value of any name is a secret', () => {
  const text =
    '<add name="db" connectionString="Server=x; User Id=me; Password=hunter2;"/>\nrun: keytool -storepass horse9';
  expect(secretsIn(text, 'hunter2')).toEqual(['1:16 connectionString', '2:1 run (another value)']);
});

test.each<[title: string, text: string]>([
  ['nothing', ''],
  ['another name', '<add key="Theme" value="hunter2"/><b>hunter2</b>{"a": "hunter2"}\nc: hunter2\nd = hunter2'],
  ['a comment', '# cert_pass: hunter2\n; password=hunter2\n// password: hunter2'],
  ['a name inside of a text', 'the password: hunter2'],
  ['a connection string without a password', '<add name="db" connectionString="Server=x; Integrated Security=SSPI;"/>'],
  ['a name without a value', 'cert_pass:\ncert_pass: ""\n<password></password>\n<add key="CertPassword" value=""/>'],
  ['null and switches', 'password: null\npassword: ~\npassword: None\npassword: nil\npassword: true\npassword: FALSE'],
  ['a nested block', 'password: |\npassword: >-\npassword: |2+'],
  ['a list or map', 'password: [a, b]\npassword: {a: b}'],
  ['a placeholder', 'password: ${pw}\n<add key="CertPassword" value="#{pw}#"/>'],
  ['a lookup', 'PASSWORD = os.environ["PW"]\nPASSWORD = getenv("PW")\ncert_pass: <%= ENV["CERT_PASS"] %>'],
  [
    'a lookup of Ruby in another spelling',
    'password: <%=ENV["P"]%>\npassword: <%=  ENV["P"] %>\npassword: <% ENV["P"] %>',
  ],
  [
    'a membership provider',
    '<add passwordFormat="Hashed" minRequiredPasswordLength="6" passwordStrengthRegularExpression="x" />',
  ],
  ['a public key token', '<assemblyIdentity name="A" publicKeyToken="31bf3856ad364e35"/>'],
  ['a name that is too long', `${'x'.repeat(100)}password: hunter2`],
  ['an entry that spans others', '<add key="CertPassword"/><add value="hunter2"/>'],
])('a file has no secret with %s', (_title, text) => expect(secretsIn(text)).toEqual([]));

test('secrets are found in UTF-16 and in bytes that are not text', () => {
  const text = 'é\ncert_pass: hunter2\n';
  expect(secretsIn(new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual(['2:1 cert_pass']);
  expect(secretsIn(new Uint8Array(Buffer.from(text, 'latin1')))).toEqual(['2:1 cert_pass']);
});
