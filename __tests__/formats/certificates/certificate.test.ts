import fc from 'fast-check';
import { diffFile } from '../../../src/diff/file.ts';
import { certificate } from '../../../src/formats/certificates/certificate.ts';
import { keyStore } from '../../../src/formats/certificates/key-store.ts';
import type { ConfigDocument, ReadResult } from '../../../src/model/document.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';
import { OTHER_CERTIFICATE_HEX, SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const der = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const pem = (label: string, bytes: Uint8Array, width = 64) =>
  `-----BEGIN ${label}-----\n${base64(bytes)
    .match(new RegExp(`.{1,${width}}`, 'g'))
    ?.join('\n')}\n-----END ${label}-----\n`;
const SAMPLE = der(SAMPLE_CERTIFICATE_HEX);
const OTHER = der(OTHER_CERTIFICATE_HEX);
const KEY = Uint8Array.from([0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x03]);
const KEY_PEM = pem('RSA PRIVATE KEY', KEY);

/** What the list of formats answers: the first of the two readers that takes the file. */
function read(path: string, content: string | Uint8Array): ReadResult {
  const first = readWith(certificate, path, content);
  if (first.kind === 'documents') return first;
  const second = readWith(keyStore, path, content);
  return second.kind === 'documents' ? second : first;
}
const document = (path: string, content: string | Uint8Array): ConfigDocument => getOnlyDocument(read(path, content));
const items = ({ settings }: ConfigDocument) =>
  settings.flatMap(({ value }) => (value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : []));

test.each([
  ['a/b.cer', true],
  ['A.CRT', true],
  ['a.der', true],
  ['a.pem', true],
  ['a.pfx', false],
  ['a.cer.txt', false],
])('the path %s is claimed is %s', (path, expected) =>
  expect(
    certificate.matchesPath(path, { gateFiles: { policy: '', workflow: null, action: null }, plainDocuments: [] }),
  ).toBe(expected),
);

describe('one certificate has the same value in', () => {
  const [thumbprint] = items(document('a.cer', SAMPLE));
  test.each<[string, string | Uint8Array]>([
    ['PEM', pem('CERTIFICATE', SAMPLE)],
    ['PEM with CRLF', pem('CERTIFICATE', SAMPLE).replaceAll('\n', '\r\n')],
    ['PEM in long lines', pem('X509 CERTIFICATE', SAMPLE, 5000)],
    ['PEM with attributes', `Bag Attributes\n  friendlyName: x\n${pem('CERTIFICATE', SAMPLE)}`],
    ['PEM with a byte order mark', `\ufeff${pem('CERTIFICATE', SAMPLE)}`],
    ['hexadecimal', SAMPLE_CERTIFICATE_HEX],
    ['spaced upper-case hexadecimal', `${SAMPLE_CERTIFICATE_HEX.toUpperCase().match(/../g)?.join(' ')}\n`],
    ['hexadecimal with colons', SAMPLE_CERTIFICATE_HEX.match(/../g)?.join(':') ?? ''],
    ['base64', base64(SAMPLE)],
    ['twice', pem('CERTIFICATE', SAMPLE).repeat(2)],
  ])('%s', (_name, content) => {
    const found = document('a.cer', content);
    expect(items(found)).toEqual([thumbprint]);
    expect(diffFile([document('a.cer', SAMPLE)], [found])).toEqual([]);
  });
});

test('the properties of a certificate are shown', () => {
  const found = document('certs/a.cer', SAMPLE);
  expect(found).toEqual({
    file: 'certs/a.cer',
    part: null,
    format: 'certificate',
    role: 'certificate',
    completeness: 'complete',
    environment: 'unknown',
    settings: [{ id: 'certificate', value: expect.anything(), at: { file: 'certs/a.cer', line: 1, column: 1 } }],
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
  });
  expect(JSON.stringify(found.settings)).toMatch(/WildcatApp-Sample, valid 2026-11-22 to 2036-11-19, RSA 2048/);
});

test('a short key is reported', () => {
  expect(document('a.cer', OTHER).lints).toEqual([
    {
      id: 'certificate-key-size',
      severity: 'advice',
      message:
        'The key of CN=WildcatApp-Other has 1024 bits, and 2048 are recommended. Use a longer key for the next certificate.',
      source: 'ACC-certs',
      at: { file: 'a.cer', line: 1, column: 1 },
    },
  ]);
});

test('a bundle is a set, and a renewed certificate is one added and one removed', () => {
  const both = document('a.pem', pem('CERTIFICATE', SAMPLE) + pem('CERTIFICATE', OTHER));
  expect(items(both)).toHaveLength(2);
  expect(items(document('a.pem', pem('CERTIFICATE', OTHER) + pem('CERTIFICATE', SAMPLE))).sort()).toEqual(
    items(both).toSorted(),
  );
  const changes = diffFile([document('a.cer', SAMPLE)], [document('a.cer', OTHER)]);
  expect(changes.map(({ setting, kind, traits }) => `${kind} ${setting} ${traits}`).sort()).toEqual([
    'added certificate ',
    'removed certificate ',
  ]);
  const settings = both.settings[0]?.value;
  expect(settings?.kind === 'set' && settings.items[1]?.at.line).toBeGreaterThan(1);
});

test.each([
  ['certs/ppe/a.cer', 'ppe'],
  ['a-PPE.cer', 'ppe'],
  ['certs/a_ppe_1.cer', 'ppe'],
  ['apps/a.cer', 'unknown'],
  ['appe/a.cer', 'unknown'],
  ['certs/test/dev.cer', 'unknown'],
])('%s is %s', (path, environment) => {
  expect(document(path, SAMPLE).environment).toBe(environment);
  expect(document(path, KEY).environment).toBe(environment);
});

describe('a private key', () => {
  test('beside a certificate is one secret without a value', () => {
    const found = document('a.pem', pem('CERTIFICATE', SAMPLE) + KEY_PEM);
    expect(found.role).toBe('certificate');
    expect(found.settings.map(({ id }) => id)).toEqual(['certificate', 'secret']);
    expect(JSON.stringify(found)).not.toContain(base64(KEY));
    const renewed = document('a.pem', `mine\n${pem('CERTIFICATE', OTHER)}${KEY_PEM}`);
    expect(renewed.settings[0]?.at.line).toBe(2);
    expect(renewed.settings[1]?.value).toEqual(found.settings[1]?.value);
    expect(renewed.settings[1]?.value).toMatchObject({ what: expect.stringContaining('(RSA PRIVATE KEY)') });
    const changes = diffFile([document('a.pem', pem('CERTIFICATE', SAMPLE))], [found]);
    expect(changes).toMatchObject([{ setting: 'secret', kind: 'added', location: { line: expect.any(Number) } }]);
    expect(diffFile([found], [found])).toEqual([]);
  });

  const PKCS8 = Uint8Array.from([0x30, 0x08, 0x02, 0x01, 0x00, 0x30, 0x03, 0x06, 0x01, 0x00]);
  const EC = Uint8Array.from([0x30, 0x06, 0x02, 0x01, 0x01, 0x04, 0x01, 0x00]);
  const ENCRYPTED = Uint8Array.from([
    0x30, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d,
  ]);
  test.each<[string, string, string | Uint8Array]>([
    ['PEM', 'a.pem', KEY_PEM],
    ['PEM, encrypted', 'a.pem', pem('ENCRYPTED PRIVATE KEY', ENCRYPTED)],
    ['PEM with parameters', 'a.pem', pem('EC PARAMETERS', KEY) + pem('EC PRIVATE KEY', EC)],
    ['PEM, never closed', 'a.pem', '-----BEGIN PRIVATE KEY-----\nAAAA'],
    ['PEM under the name of a certificate', 'a.cer', KEY_PEM],
    ['PEM beside something unknown', 'a.pem', `-----BEGIN THING-----\nAA==\n-----END THING-----\n${KEY_PEM}`],
    ['PKCS#1', 'a.der', KEY],
    ['PKCS#8', 'a.der', PKCS8],
    ['SEC1', 'a.der', EC],
    ['PKCS#8, encrypted', 'a.der', ENCRYPTED],
    ['base64 without lines', 'a.pem', base64(PKCS8)],
    ['hexadecimal', 'a.pem', '30 06 02 01 00 02 01 03'],
    ['a Java store', 'a.jks', Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0])],
    ['a Java store under another name', 'a.cer', Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0])],
    ['PKCS#12', 'A.PFX', Uint8Array.from([0x30, 0x05, 0x02, 0x01, 0x03, 0x30, 0x00])],
    ['an empty store', 'a.p12', ''],
    ['a store by name', 'release.keystore', 'whatever'],
  ])('is found as %s', (_name, path, content) => {
    const found = document(path, content);
    expect(found).toMatchObject({
      role: 'key-store',
      format: 'key-store',
      settings: [],
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(diffFile([], [found])).toMatchObject([{ setting: 'secret', kind: 'added', before: null, after: null }]);
    expect(diffFile([found], [])).toMatchObject([{ setting: 'secret', kind: 'removed', before: null, after: null }]);
  });

  test.each<[string, string | Uint8Array]>([
    ['PEM', KEY_PEM],
    ['DER', KEY],
    ['base64', base64(PKCS8)],
    ['hexadecimal', '30 06 02 01 00 02 01 03'],
  ])('alone in %s is not a broken certificate', (_name, content) =>
    expect(readWith(certificate, 'a.pem', content)).toEqual({ kind: 'not-configuration' }),
  );

  test('does not change with line ends, but with another key', () => {
    const base = document('a.pem', KEY_PEM);
    expect(diffFile([base], [document('a.pem', KEY_PEM.replaceAll('\n', '\r\n'))])).toEqual([]);
    expect(diffFile([base], [document('a.pem', pem('RSA PRIVATE KEY', Uint8Array.from([...KEY, 1])))])).toMatchObject([
      { setting: 'secret', kind: 'modified' },
    ]);
  });
});

describe('a file without a certificate', () => {
  test.each(['CERTIFICATE REQUEST', 'PUBLIC KEY', 'DH PARAMETERS'])('with %s is ignored', (label) =>
    expect(read('a.pem', pem(label, Uint8Array.from([1, 2, 3]))).kind).toBe('not-configuration'),
  );

  const NONE = 'This is not a certificate in DER, PEM or hexadecimal. Export it again.';
  const broken = (label: string) =>
    `The block ${label} of this PEM file is not a readable certificate. Export it again.`;
  test.each<[string, string | Uint8Array, string, string]>([
    ['empty', '', 'certificate-unreadable', NONE],
    ['words', 'no certificate', 'certificate-unreadable', NONE],
    ['another base64 text', 'AAEC', 'certificate-unreadable', NONE],
    ['bytes', Uint8Array.from([0xff, 1, 2]), 'certificate-unreadable', NONE],
    ['truncated DER', SAMPLE.subarray(0, 100), 'certificate-unreadable', NONE],
    [
      'a broken block',
      '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----',
      'certificate-block-unreadable',
      broken('CERTIFICATE'),
    ],
    [
      'a truncated block',
      pem('X509 CERTIFICATE', SAMPLE.subarray(0, 100)),
      'certificate-block-unreadable',
      broken('X509 CERTIFICATE'),
    ],
    ['a block of another kind', pem('PKCS7', SAMPLE), 'certificate-block-unreadable', broken('PKCS7')],
    [
      'a block named like the end of another kind',
      pem('DSA PUBLIC KEY', SAMPLE),
      'certificate-block-unreadable',
      broken('DSA PUBLIC KEY'),
    ],
    [
      'a block named like the beginning of another kind',
      pem('PUBLIC KEY RING', SAMPLE),
      'certificate-block-unreadable',
      broken('PUBLIC KEY RING'),
    ],
    [
      'a block that is not closed',
      '\n-----BEGIN CERTIFICATE-----\nAAAA',
      'certificate-block-open',
      'The block CERTIFICATE of this PEM file is not closed. Add its END line.',
    ],
  ])('with %s cannot be read', (_name, content, id, message) =>
    expect(read('a.cer', content)).toMatchObject({ kind: 'unreadable', problem: { id, message } }),
  );

  test('has the place of the broken block', () =>
    expect(read('a.cer', '\n  -----BEGIN CERTIFICATE-----\nAAAA')).toMatchObject({
      problem: { at: { line: 2, column: 3 } },
    }));

  test('with only opening lines is read in time', () =>
    expect(read('a.pem', '-----BEGIN CERTIFICATE-----\n'.repeat(100_000)).kind).toBe('unreadable'));

  test('with any bytes gets an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('a.cer', 'a.pem', 'a.jks'), (bytes, path) => {
        expect(['documents', 'unreadable', 'not-configuration']).toContain(read(path, bytes).kind);
      }),
    );
    const cut = fc.tuple(fc.nat(SAMPLE.length), fc.nat(255));
    fc.assert(
      fc.property(cut, ([at, byte]) => {
        const bytes = Uint8Array.from(SAMPLE);
        bytes[at] = byte;
        expect(['documents', 'unreadable', 'not-configuration']).toContain(read('a.der', bytes).kind);
      }),
    );
  });
});
