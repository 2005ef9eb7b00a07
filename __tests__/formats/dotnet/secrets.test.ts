/** Secrets in .NET configuration: by the names of keys, by what is in a value, in addresses, and wherever they are written. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of builds are what is tested.
import type { ConfigDocument } from '../../../src/model/document.ts';
import { APP, add, transform as located, documents as readDocuments, config as withEntries } from './dotnet-support.ts';

const config = (body: string): string => withEntries(APP + body);
const documents = (text: string, transform?: string): readonly ConfigDocument[] =>
  readDocuments('Web.config', {
    'Web.config': text,
    ...(transform === undefined ? {} : { 'Web.Azure.config': transform }),
  });

/** What the secrets of all parts are, and that no word of them is in the documents. */
function secrets(text: string, transform?: string): readonly string[] {
  const found = documents(text, transform);
  expect(JSON.stringify(found)).not.toContain('hunter2');
  return found.flatMap(({ settings }) =>
    settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.what] : [])),
  );
}

test.each([
  ['ApplicationCertificatePassword', "password of the application's certificate (ApplicationCertificatePassword)"],
  ['HV_CookieEncryptionKey', "key that encrypts the application's cookies (CookieEncryptionKey)"],
  ['HV_CertPass', 'secret in the setting certpass'],
  ['HV_ApiKey', 'secret in the setting apikey'],
  ['WCPage_Credential', 'secret in the setting credential'],
  ['HV_Token', 'secret in the setting token'],
  ['SmtpPassword', 'secret in the setting SmtpPassword'],
])('%s is a secret by its name', (key, what) => expect(secrets(config(add(key, 'hunter2')))).toEqual([what]));

test.each(['HV_Tokens', 'HV_PublicKey', 'HV_Bypass', 'WCPage_ActionPrivacy', 'MinPasswordLength'])(
  '%s is not a secret',
  (key) => {
    expect(documents(config(add(key, 'x')))[0]?.settings.map(({ id }) => id)).not.toContain('secret');
  },
);

test.each(['hunter2', 'hunter2${env}', '${PW:hunter2}', '__a__hunter2', ' hunter2 '])('%j is a literal', (value) => {
  expect(secrets(config(add('ApplicationCertificatePassword', value)))).toHaveLength(1);
});

describe('a private key in a value', () => {
  const PFX = 'MIIKCQIBAzCCCc8GCSqGSIb3DQEHAaCCCcAEggm8MIIJuDCC';
  test.each([
    ['a store as base64', 'HV_ApplicationCertificate', PFX],
    [
      'PEM',
      'AppCertSubject',
      '-----BEGIN RSA PRIVATE KEY-----MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn-----END RSA PRIVATE KEY-----',
    ],
    ['PEM in another kind of setting', 'HV_IsMRA', '-----BEGIN PRIVATE KEY-----'],
  ])('is found as %s', (_title, key, value) => {
    const [document] = documents(config(add(key, value)));
    expect(document?.settings.map(({ id }) => id)).toEqual(['app-id', 'secret']);
    expect(JSON.stringify(document)).not.toContain(value.slice(0, 30));
  });
});

describe('a password in an address', () => {
  const shown = (text: string) =>
    documents(text)[0]?.settings.flatMap(({ id, value }) =>
      'shown' in value && id !== 'app-id' ? [`${id} ${value.shown}`] : [],
    );

  test.each([
    ['ShellUrl', 'https://u:hunter2@a.example/x', 'client.endpoints.shell https://a.example/x', 'ShellUrl'],
    ['HV_ActionHome', 'https://u:hunter2@a.example', 'client.action-targets.Home https://a.example', 'ActionHome'],
    [
      'NonProductionActionUrlRedirectOverride',
      'http://u:hunter2@a.example',
      'client.runtime.NonProductionActionUrlRedirectOverride http://a.example',
      'NonProductionActionUrlRedirectOverride',
    ],
    [
      'HV_AllowedRedirectSites',
      'https://a.example, https://u:hunter2@b.example',
      'client.runtime.AllowedRedirectSites https://a.example, https://b.example',
      'AllowedRedirectSites',
    ],
    ['HV_Proxy', 'https://u:hunter2,x@a.example', 'client.runtime.proxy https://a.example', 'proxy'],
    [
      'RestHealthServiceUrl',
      'https://u:hunter2@#{Host}/',
      'client.endpoints.rest https://#{Host}/',
      'RestHealthServiceUrl',
    ],
  ])('is found in %s = %s', (key, value, setting, name) => {
    const text = config(add(key, value));
    expect(secrets(text)).toEqual([`password in the address of ${name}`]);
    expect(shown(text)).toEqual([setting]);
  });

  test('is found in place of the file of a certificate', () => {
    const text = config(add('ApplicationCertificateFilename', 'https://u:hunter2@a.example/c.pfx'));
    expect(secrets(text)).toHaveLength(1);
    expect(documents(text)[0]?.settings[1]?.value).toMatchObject({
      items: [{ meaning: 'file: https://a.example/c.pfx', shown: 'file: https://a.example/c.pfx' }],
    });
  });

  test.each(['https://u@a.example', 'https://${User}:${Password}@a.example', 'https://a.example/u:x@y'])(
    'is not found in %s',
    (value) => {
      expect(secrets(config(add('ShellUrl', value)))).toEqual([]);
    },
  );

  test('is one secret, once', () => {
    const list = 'https://u:hunter2@a.example,https://v:hunter2@b.example,https://v:hunter23@b.example';
    expect(secrets(config(add('HV_AllowedRedirectSites', list)))).toHaveLength(2);
    const twice = add('ShellUrl', 'https://u:hunter2@a.example') + add('ShellUrl', 'https://u:hunter2@b.example');
    expect(secrets(config(twice))).toHaveLength(1);
  });
});

test('a secret that is written twice has its first place', () => {
  const twice = config(`\n${add('HV_Password', 'hunter2')}\n${add('WCPage_Password', 'hunter2')}`);
  expect(documents(twice)[0]?.settings.flatMap(({ id, at }) => (id === 'secret' ? [at.line] : []))).toEqual([2]);
});

describe('a secret is found', () => {
  test('as text of the entry', () => {
    const text = config('<add key="ApplicationCertificatePassword">\n hunter2 </add>');
    expect(secrets(text)).toHaveLength(1);
    const [, document, secret] = documents(text)[0]?.settings ?? [];
    expect([document?.id, secret?.id]).toEqual(['document', 'secret']);
    expect(secret?.at).toEqual(document?.at);
    expect(secrets(config('<add key="ApplicationCertificatePassword"></add>'))).toEqual([]);
  });

  const at = (locator: string, value = 'hunter2'): string =>
    located(`\n<add value="${value}" xdt:Transform="SetAttributes(value)" xdt:Locator="${locator}"/>`);

  test.each([
    [`Condition(@key='ApplicationCertificatePassword')`, 1],
    [`XPath(/configuration/appSettings/add[@key='HV_Password'])`, 1],
    [`Condition(@key='SmtpServer')`, 0],
    [`Condition(@key='HV_IsMRA')`, 0],
    [`Condition(@key='HV_Password' or @key='HV_ApiKey')`, 2],
  ])('with the locator %s for any base', (locator, count) => {
    expect(secrets(config(''), at(locator, count === 0 ? 'x' : 'hunter2'))).toHaveLength(count);
  });

  test('not with an unknown locator', () => {
    const plain = located(`<add Locator="Condition(@key='HV_Password')" value="x" xdt:Transform="Insert"/>`);
    expect(secrets(config(''), plain)).toEqual([]);
    const other = located(`<add xdt:Transform="HV_Password" value="x"/>`);
    expect(secrets(config(''), other)).toEqual([]);
  });

  test('not without a locator, which is unresolved', () => {
    expect(secrets(config(''), located('<add value="x" xdt:Transform="Insert"/>'))).toEqual([]);
  });

  test('at the place where its value is written', () => {
    const [, part] = documents(config(''), at(`Condition(@key='HV_Password')`));
    expect(part?.settings.find(({ id }) => id === 'secret')?.at).toEqual({
      file: 'Web.Azure.config',
      line: 2,
      column: 13,
    });
  });
});
