import { toCertificateItem } from '../../../src/formats/certificates/certificate-value.ts';
import { OTHER_CERTIFICATE_HEX, SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';
import { makePublicKey, makeUnsignedCertificate } from '../../support/self-signed.ts';

const at = { file: 'a.xml', line: 3, column: 4 };
const item = (hex: string) => toCertificateItem(Uint8Array.from(Buffer.from(hex, 'hex')), at);

test('two certificates are distinguished by their thumbprints', () => {
  const sample = item(SAMPLE_CERTIFICATE_HEX);
  expect(sample).toMatchObject({ at, meaning: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(sample.shown).toContain(sample.meaning.slice(0, 12));
  expect(sample.shown).not.toContain(sample.meaning);
  expect(item(OTHER_CERTIFICATE_HEX).meaning).not.toBe(sample.meaning);
  expect(item(OTHER_CERTIFICATE_HEX).shown).toContain('RSA 1024');
});

test('a key without a number of bits is shown by its type', () => {
  const { shown } = toCertificateItem(makeUnsignedCertificate(makePublicKey('EC'), 'a'), at);
  expect(shown).toContain('CN=a, valid 2020-01-01 to 2099-12-31, EC, thumbprint');
});

test('bytes without a certificate are reported', () => {
  expect(item('abcd').shown).toMatch(/^2 bytes that are not a readable certificate/);
});
