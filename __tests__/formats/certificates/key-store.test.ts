import { keyStore } from '../../../src/formats/certificates/key-store.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import { KEY_PEM } from '../../support/fake-keys.ts';
import { getOnlyDocument, readContext, readWith, toBytes } from '../../support/read-context.ts';

test.each([
  ['a.pfx', true],
  ['a.P12', true],
  ['a/b.jks', true],
  ['release.keystore', true],
  ['a.pem', true],
  ['A.CER', true],
  ['a.pfx.md', false],
  ['a.pem.md', false],
  ['a.txt', false],
])('claims %s (%s)', (path, is) => expect(keyStore.matchesPath(path, readContext())).toBe(is));

test.each([
  ['words', 'no key here'],
  ['another base64 text', 'AAECAwQF'],
  ['another block', '-----BEGIN PUBLIC KEY-----\nAAEC\n-----END PUBLIC KEY-----'],
  ['bytes', Uint8Array.of(0xff, 1, 2)],
])('%s with the name of a certificate is ignored', (_title, content) => {
  expect(readWith(keyStore, 'a.pem', content)).toEqual({ kind: 'not-configuration' });
});

test('a key store is reported without its content', () => {
  expect(getOnlyDocument(readWith(keyStore, 'ppe/a.jks', 'whatever'))).toEqual({
    file: 'ppe/a.jks',
    part: null,
    format: 'key-store',
    role: 'key-store',
    completeness: 'complete',
    environment: 'ppe',
    settings: [],
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: computeSha256(toBytes('whatever')),
  });
});

test('every key of a file counts, and the text around them does not', () => {
  const digestOf = (text: string) => getOnlyDocument(readWith(keyStore, 'a.pem', text)).digest;
  expect(digestOf(`# mine\n${KEY_PEM}\n`)).toBe(digestOf(KEY_PEM));
  expect(digestOf(`${KEY_PEM}\n${KEY_PEM}`)).not.toBe(digestOf(KEY_PEM));
});
