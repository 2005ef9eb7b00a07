import {
  buildSecret,
  isSecretName,
  isWholePlaceholder,
  joinAddressPasswords,
  removeCredentials,
} from '../../../src/formats/secrets/secrets.ts';
import { sha256 } from '../../../src/model/digest.ts';

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
])('%s holds a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  ...['bypass', 'passive', 'compass', 'spin', 'shipping', 'tokens', 'token-ttl-seconds', 'persistent-tokens', 'key'],
  ...['public-key', 'keystore.keyname', 'keystore.filename', 'app.id', 'thumbprint', 'AppCertSubject', ''],
])('%j holds none', (name) => expect(isSecretName(name)).toBe(false));

test.each([
  ...['${hv.password}', '#{Password}', '#{Password}#', '$(Password)', '__PASSWORD__', '{{ password }}', '%PASSWORD%'],
  ...['<%= ENV.fetch(:password) %>', '<% password %>', ' ${x} '],
])('%j is put in by a build', (text) => expect(isWholePlaceholder(text)).toBe(true));

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
    meaning: sha256('a1'),
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
])('%s', (address, password, shown) => {
  expect(joinAddressPasswords(address)).toBe(password);
  expect(removeCredentials(address)).toBe(shown);
});
