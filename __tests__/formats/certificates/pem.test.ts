import { certificate } from '../../../src/formats/certificates/certificate.ts';
import {
  decodeBase64,
  decodePlainText,
  isCertificateLabel,
  isKeyMaterial,
  parsePemBlocks,
} from '../../../src/formats/certificates/pem.ts';
import { findPrivateKeys } from '../../../src/formats/secrets/key-text.ts';
import { readContext } from '../../support/read-context.ts';

const KEY = '-----BEGIN PRIVATE KEY-----';
const END = '-----END PRIVATE KEY-----';

test.each<[title: string, text: string, blocks: readonly (readonly [body: string | null, written: string])[]]>([
  ['one with lines', `a ${KEY}\n AA\r\n\r\nBB\n${END} b`, [['AABB', `${KEY}\n AA\r\n\r\nBB\n${END}`]]],
  ['an empty one', `${KEY}${END} b`, [['', `${KEY}${END}`]]],
  ['one that is never closed', `a ${KEY}AA `, [[null, `${KEY}AA `]]],
  [
    'one that ends where the next begins',
    `${KEY}A${KEY}B${END}`,
    [
      [null, `${KEY}A`],
      ['B', `${KEY}B${END}`],
    ],
  ],
])('blocks are found with %s', (_title, text, blocks) => {
  expect(parsePemBlocks(text).map(({ body, start, end }) => [body, text.slice(start, end)])).toEqual(blocks);
});

test.each([
  ['CERTIFICATE', true],
  ['X509 CERTIFICATE', true],
  ['TRUSTED CERTIFICATE', true],
  ['ATTRIBUTE CERTIFICATE', false],
  ['CERTIFICATE REQUEST', false],
])('a block %s contains a certificate (%s)', (label, is) => expect(isCertificateLabel(label)).toBe(is));

describe('key material', () => {
  test.each<[title: string, hex: string]>([
    ['Java store', 'feedfeed'],
    ['JCEKS store', 'cececece'],
    ['PKCS#1 key', '3006 020100 020103'],
    ['PKCS#1 key with a long length', '308180 020100'],
    ['PKCS#1 key with a longer length', '30820200 020100'],
    ['SEC1 key', '3006 020101 040100'],
    ['PKCS#12 store', '3005 020103 3000'],
    ['key encrypted by PKCS#5', '300f 300d 06092a864886f70d01050d'],
    ['key encrypted by PKCS#12', '300f 300d 060a2a864886f70d010c01'],
  ])('is recognized as a %s', (_title, hex) =>
    expect(isKeyMaterial(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(true),
  );

  test.each<[title: string, hex: string]>([
    ['nothing', ''],
    ['the beginning of a sequence', '30'],
    ['an empty sequence', '3000'],
    ['a truncated version', '30030201'],
    ['a set of a version', '3106 020100 020103'],
    ['a long number', '3004 02020001'],
    ['another version', '3006 020102 020103'],
    ['a text in place of the version', '3006 040100 020103'],
    ['an algorithm in a set', '300f 310d 06092a864886f70d01050d'],
    ['a public key', '300f 300d 06092a864886f70d010101'],
  ])('is not recognized as %s', (_title, hex) =>
    expect(isKeyMaterial(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(false),
  );
});

test.each<[text: string, hex: string | null]>([
  ['AAEC', '000102'],
  ['AAE=', '0001'],
  ['AAE', '0001'],
  ['AA==', '00'],
  ['', null],
  ['AAECA', null],
  ['AAEC=', null],
  ['AA=E', null],
  [' AAEC', null],
  ['AAEC ', null],
  ['AA EC', null],
])('base64 "%s" is %s', (text, hex) => {
  const bytes = decodeBase64(text);
  expect(bytes === null ? null : Buffer.from(bytes).toString('hex')).toBe(hex);
});

test.each<[title: string, text: string, hex: string | null]>([
  ['hexadecimal', ' 00:0A\n 0b  ', '000a0b'],
  ['base64 in lines', 'AAEC\r\n\r\nAwQF\n', '000102030405'],
  ['base64 that ends like hexadecimal', 'zz00', 'cf3d34'],
  ['base64 that begins like hexadecimal', '00zz', 'd34cf3'],
  ['an odd number of digits', 'abc', '69b7'],
  ['words', 'no key', null],
])('the bytes of a text are found in %s', (_title, text, hex) => {
  const bytes = decodePlainText(text);
  expect(bytes === null ? null : Buffer.from(bytes).toString('hex')).toBe(hex);
});

test.each(['-----BEGIN RSA PRIVATE KEY-----\n', '-----BEGIN CERTIFICATE-----\nMIIB\n', '-----BEGIN '])(
  'a long sequence of %j without an end takes time in proportion to its length',
  (block) => {
    const bytes = new TextEncoder().encode(block.repeat(400_000 / block.length));
    const start = performance.now();
    certificate.read({ path: 'a.pem', bytes }, readContext());
    findPrivateKeys(new TextDecoder().decode(bytes));
    expect(performance.now() - start).toBeLessThan(4000);
  },
);
