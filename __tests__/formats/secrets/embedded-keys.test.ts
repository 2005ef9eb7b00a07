import { djangoSettings } from '../../../src/formats/django/settings.ts';
import type { Format } from '../../../src/formats/format.ts';
import { addEmbeddedKeys } from '../../../src/formats/secrets/embedded-keys.ts';
import { sourceCode } from '../../../src/formats/source-code.ts';
import { readWith, toBytes } from '../../support/read-context.ts';

const BODY = 'FAKEFAKEnotARealKeyFAKEFAKE';
const key = (label = 'RSA PRIVATE KEY', body = BODY) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
const APP = "HEALTHVAULT_APP_ID = '7c0e4a52-3b1d-4f6e-9a88-51d2c7be0914'\n";

function secretsIn(format: Format, path: string, text: string): readonly string[] {
  const result = readWith(format, path, text);
  if (result.kind !== 'documents') throw new Error(`no documents: ${result.kind}`);
  const documents = addEmbeddedKeys({ path, bytes: toBytes(text) }, result.documents);
  expect(JSON.stringify(documents.map(({ settings }) => settings))).not.toContain(BODY);
  return documents.flatMap(({ settings }) =>
    settings.flatMap(({ value, at }) => (value.kind === 'secret' ? [`${at.line}:${at.column} ${value.what}`] : [])),
  );
}

test.each<[title: string, text: string, secrets: readonly string[]]>([
  ['with any name', `${APP}KEY = '''${key()}'''\n`, ['2:10 private key in the text (RSA PRIVATE KEY)']],
  [
    'of any kind',
    `${APP}A = '''${key('ENCRYPTED PRIVATE KEY')}'''\n`,
    ['2:8 private key in the text (ENCRYPTED PRIVATE KEY)'],
  ],
  [
    'twice for two keys',
    `${APP}A = '''${key()}\n${key('EC PRIVATE KEY', `${BODY}2`)}'''\n`,
    ['2:8 private key in the text (RSA PRIVATE KEY)', '5:1 private key in the text (EC PRIVATE KEY)'],
  ],
  ['in a comment', `${APP}# ${key().replaceAll('\n', '\n# ')}\n`, ['2:3 private key in the text (RSA PRIVATE KEY)']],
  [
    'once if its reader finds it too',
    `${APP}HEALTHVAULT_PRIVATE_KEY = '''${key()}'''\n`,
    ['2:27 private key of the application (HEALTHVAULT_PRIVATE_KEY)'],
  ],
  ['unless it is public', `${APP}A = '''${key('PUBLIC KEY')}'''\n`, []],
  [
    'unless it is only mentioned',
    `${APP}A = '-----BEGIN RSA PRIVATE KEY-----'\nB = '-----END RSA PRIVATE KEY-----'\n`,
    [],
  ],
  ['unless its block never ends', `${APP}A = '-----BEGIN RSA PRIVATE KEY-----'\n`, []],
])('a key is found %s', (_title, text, secrets) =>
  expect(secretsIn(djangoSettings, 'settings.py', text)).toEqual(secrets),
);

test('a key is found in program source that sets up HealthVault', () => {
  const text = `var c = new HealthVaultConfiguration();\nvar k = @"${key()}";\n`;
  expect(secretsIn(sourceCode, 'App.cs', text)).toEqual(['2:11 private key in the text (RSA PRIVATE KEY)']);
});

test('a key with other line breaks is the same key', () => {
  const meaningOf = (text: string) => {
    const result = readWith(djangoSettings, 'settings.py', text);
    const documents = result.kind === 'documents' ? result.documents : [];
    const found = addEmbeddedKeys({ path: 'settings.py', bytes: toBytes(text) }, documents);
    return found.flatMap(({ settings }) =>
      settings.flatMap(({ value }) => (value.kind === 'secret' ? [value.meaning] : [])),
    );
  };
  const long = `${BODY}${BODY}`;
  expect(meaningOf(`${APP}K = '''${key('RSA PRIVATE KEY', long)}'''\n`)).toEqual(
    meaningOf(`${APP}\n\nK = '''${key('RSA PRIVATE KEY', `${BODY}\n${BODY}`)}'''\n`),
  );
});
