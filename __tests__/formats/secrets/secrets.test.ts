import {
  buildSecret,
  findEmbeddedPasswords,
  isSecretName,
  isWholePlaceholder,
  joinEmbeddedPasswords,
  mayContainSecret,
  removeCredentials,
} from '../../../src/formats/secrets/secrets.ts';
import { computeSha256 } from '../../../src/model/digest.ts';

test.each([
  ...[
    'password',
    'ApplicationCertificatePassword',
    'keystore.password',
    'keystore.pass',
    'truststore.pwd',
    'cert_pass',
  ],
  ...['HV_CERT_PASS', 'HV_CertPass', 'HV_ApiKey', 'api-key', 'api key', 'HVToken', 'proxy.token', 'HEALTHVAULT_TOKEN'],
  ...['APP_PRIVATE_KEY', 'privateKey', 'client-secret', 'secretAccess', 'pin', 'HV_Credential', 'user-credentials'],
  ...[
    'api_key_',
    'api__key',
    'my-key-api-key',
    'WCPage_CookieEncryptionKey',
    'passphrase',
    'PASSWD',
    'accountKey',
    'token',
  ],
  // What keytool, openssl and everybody else call them, in one word.
  ...['storepass', 'keypass', 'CERTPASS', 'pfxpass', 'certpwd', 'pfxpwd', 'userpwd', 'dbPwd', 'passcode', 'HVKeypass'],
  ...[
    'privKey',
    'sharedKey',
    'hmacKey',
    'symmetricKey',
    'masterKey',
    'validationKey',
    'AccountKey',
    'kennwort',
    'db_pw',
  ],
])('%s contains a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  ...['bypass', 'passive', 'compass', 'spin', 'shipping', 'tokens', 'token-ttl-seconds', 'persistent-tokens', 'key'],
  ...['publicKeyToken', 'encompass', 'trespass', 'monkey', 'hockey', 'PrimaryKeyName', 'keystore', 'passenger'],
  ...['public-key', 'keystore.keyname', 'keystore.filename', 'app.id', 'thumbprint', 'AppCertSubject', ''],
])('%j contains no secret', (name) => expect(isSecretName(name)).toBe(false));

test.each([
  ...['${hv.password}', '#{Password}', '#{Password}#', '$(Password)', '__PASSWORD__', '{{ password }}', '%PASSWORD%'],
  ...['<%= ENV.fetch(:password) %>', '<% password %>', ' ${x} '],
])('%j is filled in by a build', (text) => expect(isWholePlaceholder(text)).toBe(true));

test.each([
  ...[
    'hunter2',
    'hunter2${env}',
    '${env}hunter2',
    '${PW:hunter2}',
    '${PW:-hunter2}',
    'Tr0ub__four__dor',
    'my__Real__pass',
  ],
  ...['__a__b__', '%hunter2', '100%', '{{a}}{{b}}', "<%= 'hunter2' %>", '<%= "hunter2" %>', '${}', '', '$(a)b'],
])('%j is a literal', (text) => expect(isWholePlaceholder(text)).toBe(false));

test('a literal is a secret by its digest', () => {
  expect(buildSecret('a1', 'password')).toEqual({
    kind: 'secret',
    meaning: computeSha256('a1'),
    what: 'password',
  });
  for (const text of ['', '${x}']) expect(buildSecret(text, 'password')).toBeNull();
});

test.each([
  ['https://u:hunter2@account.healthvault.com/x', 'hunter2', 'https://account.healthvault.com/x'],
  ['https://:hunter2@account.healthvault.com', 'hunter2', 'https://account.healthvault.com'],
  ['https://u:hunter2@x@account.healthvault.com', 'hunter2@x', 'https://account.healthvault.com'],
  ['https://u@account.healthvault.com', null, 'https://account.healthvault.com'],
  ['https://account.healthvault.com/a:b@c', null, 'https://account.healthvault.com/a:b@c'],
  ['https://account.healthvault.com:443/', null, 'https://account.healthvault.com:443/'],
  [' https://u:hunter2@account.healthvault.com', 'hunter2', ' https://account.healthvault.com'],
  ['https://account.healthvault.com/x://a:b@c', null, 'https://account.healthvault.com/x://a:b@c'],
  ['Proxy=https://u:hunter2@proxy.example;x', 'hunter2', 'Proxy=https://proxy.example;x'],
  ['jdbc:sql://u:hunter2@db.example', 'hunter2', 'jdbc:sql://db.example'],
  [
    'https://u:a@a.example https://v:${b}@b.example https://w:c@c.example',
    'a\nc',
    'https://a.example https://b.example https://c.example',
  ],
  ['https://u:a@a.example https://v:b@b.example', 'a\nb', 'https://a.example https://b.example'],
  ['HTTPS://u:hunter2@a.example HTTP://v@b.example', 'hunter2', 'HTTPS://a.example HTTP://b.example'],
  ['account.healthvault.com', null, 'account.healthvault.com'],
])('the address %s is shown without its password', (address, password, shown) => {
  expect(joinEmbeddedPasswords(address)).toBe(password);
  expect(removeCredentials(address)).toBe(shown);
});

test.each<[text: string, shown: string, passwords: readonly string[]]>([
  ['Server=x;User Id=sa;Password=my pass&1;Encrypt=true', 'Server=x;User Id=sa;Password=…;Encrypt=true', ['my pass&1']],
  ['Persist Security Info=True;Pwd="a;b"', 'Persist Security Info=True;Pwd="…"', ['a;b']],
  ['Pwd = {a;b}; x=y', 'Pwd = {…}; x=y', ['a;b']],
  ['AccountName=a;AccountKey=aGVsbG8==;x=y', 'AccountName=a;AccountKey=…;x=y', ['aGVsbG8==']],
  ['jdbc:sqlserver://h;user=sa;password=pw9', 'jdbc:sqlserver://h;user=sa;password=…', ['pw9']],
  ['jdbc:oracle:thin:u/pw9@//h:1521/x', 'jdbc:oracle:thin:u/…@//h:1521/x', ['pw9']],
  ['https://h/?user=x&password=pw9&b=c', 'https://h/?user=x&password=…&b=c', ['pw9']],
  ['https://x.blob.example/a?sv=1&sig=Zm9v', 'https://x.blob.example/a?sv=1&sig=…', ['Zm9v']],
  ['keytool -storepass pw8 -keypass "pw 9" -v', 'keytool -storepass … -keypass "…" -v', ['pw8', 'pw 9']],
  ['openssl rsa -passin pass:pw9', 'openssl rsa -passin pass:…', ['pw9']],
  ['curl -u me:pw9 https://x.example', 'curl -u me:… https://x.example', ['pw9']],
  ['msbuild /p:Password=pw9 /t:x', 'msbuild /p:Password=… /t:x', ['pw9']],
  ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer …', ['abcdefghijkl']],
  ['{"user": "a", "password": "pw9"}', '{"user": "a", "password": "…"}', ['pw9']],
  ['Password="never closed', 'Password="…', ['never closed']],
  ['Password=${pw};Server=x', 'Password=${pw};Server=x', ['${pw}']],
])('%s is shown without its passwords', (text, shown, passwords) => {
  expect(removeCredentials(text)).toBe(shown);
  expect(findEmbeddedPasswords(text)).toEqual(passwords);
});

test.each([
  'Server=x;Integrated Security=SSPI',
  'Password: at least 8',
  'requirePassword=true',
  'the pin is on the wall',
  '',
])('%j does not contain a password', (text) => expect(removeCredentials(text)).toBe(text));

test.each([
  'true',
  '30',
  '30s',
  '1.2.3',
  '2026-01-31',
  'de',
  'de-DE',
  '/page.aspx',
  '~/a/b.html',
  'C:\\certs\\app.pfx',
  'INFO',
])('%j cannot be a password', (text) => expect(mayContainSecret(text)).toBe(false));
test.each(['https://a.example/app/', 'Json, Debug; 20', '9ca84d74-1473-471d-940f-2699cb7198df', '${x}', ''])(
  '%j with a harmless name cannot be a password',
  (text) => expect(mayContainSecret(text.replace('Json', 'true'))).toBe(false),
);
test.each([
  'hunter2',
  'horse',
  'correct horse',
  '1234567890',
  'https://hooks.example/T00/B00/x9',
  'a.b',
  'true, hunter2',
  'x'.repeat(64),
])('%j can be a password', (text) => expect(mayContainSecret(text)).toBe(true));

test.each([
  'password="',
  'a b c d=',
  'a=;',
  '-pass ',
  'x://a:',
  'x://a:b@',
  '{"a":',
  'bearer ',
  'eyJaaaaaaaaa.',
  '/a.',
  'a@',
])('a long sequence of %j takes time in proportion to its length', (piece) => {
  const start = performance.now();
  removeCredentials(piece.repeat(100_000));
  mayContainSecret(piece.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(2000);
});
