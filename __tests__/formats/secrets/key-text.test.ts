import { findPrivateKeys, hidePrivateKeys } from '../../../src/formats/secrets/key-text.ts';
import { KEY_BASE64, KEY_BODY, KEY_DER, KEY_HEX, KEY_PEM, wrapText } from '../../support/fake-keys.ts';
import { SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const CERTIFICATE_BASE64 = Buffer.from(SAMPLE_CERTIFICATE_HEX, 'hex').toString('base64');
const base64 = (...bytes: readonly (number | string)[]) =>
  Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part])))).toString(
    'base64',
  );
const FILLER = 'not a key of anybody, only a text that is long enough';

test.each<[title: string, text: string, label: string, body: string, shown: string]>([
  ['PEM', `a ${KEY_PEM} b`, 'RSA PRIVATE KEY', KEY_BODY, 'a (private key, not shown) b'],
  ['PEM in one line', KEY_PEM.replaceAll('\n', ' '), 'RSA PRIVATE KEY', KEY_BODY, '(private key, not shown)'],
  ['PEM with escapes', KEY_PEM.replaceAll('\n', '\\n'), 'RSA PRIVATE KEY', KEY_BODY, '(private key, not shown)'],
  [
    'PEM with other escapes',
    KEY_PEM.replaceAll('\n', '\\r\\n\\t'),
    'RSA PRIVATE KEY',
    KEY_BODY,
    '(private key, not shown)',
  ],
  [
    'PEM in parts of a program',
    `"-----BEGIN EC PRIVATE KEY-----" "${KEY_BODY}" "${KEY_BODY}" "-----END EC PRIVATE KEY-----"`,
    'EC PRIVATE KEY',
    `${KEY_BODY}${KEY_BODY}`,
    '"(private key, not shown)"',
  ],
  ['truncated PEM', KEY_PEM.slice(0, 58), 'RSA PRIVATE KEY', KEY_BODY.slice(0, 26), '(private key, not shown)'],
  ['base64', `key=${KEY_BASE64}; x`, 'base64', KEY_BASE64, 'key=(private key, not shown); x'],
  [
    'base64 in lines with a short one at the end',
    `< ${wrapText(KEY_BASE64, 64)} >`,
    'base64',
    KEY_BASE64,
    '< (private key, not shown) >',
  ],
  ['base64 with escapes', wrapText(KEY_BASE64, 76, '\\n'), 'base64', KEY_BASE64, '(private key, not shown)'],
  ['truncated base64', `"${KEY_BASE64.slice(0, 31)}"`, 'base64', KEY_BASE64.slice(0, 31), '"(private key, not shown)"'],
  ['PEM in base64', base64(KEY_PEM), 'base64', base64(KEY_PEM), '(private key, not shown)'],
  ['hexadecimal', `0x${KEY_HEX}.`, 'hexadecimal', KEY_HEX, '0x(private key, not shown).'],
  ['upper case', KEY_HEX.toUpperCase(), 'hexadecimal', KEY_HEX.toUpperCase(), '(private key, not shown)'],
  ['hexadecimal with colons', `[${wrapText(KEY_HEX, 2, ':')}]`, 'hexadecimal', KEY_HEX, '[(private key, not shown)]'],
  [
    'hexadecimal with spaces and lines',
    wrapText(wrapText(KEY_HEX, 2, ' '), 48),
    'hexadecimal',
    KEY_HEX,
    '(private key, not shown)',
  ],
  [
    'a Java key store',
    base64(0xfe, 0xed, 0xfe, 0xed, FILLER),
    'base64',
    base64(0xfe, 0xed, 0xfe, 0xed, FILLER),
    '(private key, not shown)',
  ],
  [
    'PKCS#12',
    base64(0x30, 0x82, 9, 9, 2, 1, 3, FILLER),
    'base64',
    base64(0x30, 0x82, 9, 9, 2, 1, 3, FILLER),
    '(private key, not shown)',
  ],
  [
    'a JSON Web Key',
    `{"kty":"EC","d": "${KEY_BODY}-${KEY_BODY}_"}`,
    'JSON Web Key',
    `${KEY_BODY}${KEY_BODY}`,
    '{"kty":"EC",(private key, not shown)"}',
  ],
  [
    'a long JSON Web Key in a text without its other parts',
    `"{\\"d\\":\\"${KEY_BODY.repeat(4)}\\"}"`,
    'JSON Web Key',
    KEY_BODY.repeat(4),
    '"{(private key, not shown)\\"}"',
  ],
  [
    'an RSA key in XML',
    `<RSAKeyValue><D>${KEY_BODY.repeat(4)}</D></RSAKeyValue>`,
    'RSA key in XML',
    KEY_BODY.repeat(4),
    '<RSAKeyValue>(private key, not shown)</D></RSAKeyValue>',
  ],
  [
    'a key of PuTTY',
    `PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n${KEY_BODY}\n${KEY_BODY}\n`,
    'PuTTY',
    `${KEY_BODY}${KEY_BODY}`,
    'PuTTY-User-Key-File-3: ssh-rsa\n(private key, not shown)',
  ],
  [
    'a key of PGP',
    `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${KEY_BODY}\n-----END PGP PRIVATE KEY BLOCK-----`,
    'PGP PRIVATE KEY BLOCK',
    KEY_BODY,
    '(private key, not shown)',
  ],
])('%s is a key', (_title, text, label, body, shown) => {
  expect(findPrivateKeys(text)).toEqual([expect.objectContaining({ label, body })]);
  expect(hidePrivateKeys(text)).toBe(shown);
});

test.each([
  ['nothing', ''],
  ['words', 'Draws your weight over time, and asks for nothing else of you.'],
  ['a certificate in hexadecimal', SAMPLE_CERTIFICATE_HEX],
  ['a certificate in base64', CERTIFICATE_BASE64],
  ['a certificate in PEM', `-----BEGIN CERTIFICATE-----\n${CERTIFICATE_BASE64}\n-----END CERTIFICATE-----`],
  ['a public key in PEM', KEY_PEM.replaceAll('RSA PRIVATE', 'PUBLIC')],
  ['a digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['a GUID', '9ca84d74-1473-471d-940f-2699cb7198df'],
  ['a mention', 'compare with -----BEGIN RSA PRIVATE KEY----- and -----END RSA PRIVATE KEY-----, then stop'],
  ['a mention before a path', '-----BEGIN RSA PRIVATE KEY----- is in /usr/share/fabrikam/clinic/keys/production'],
  ['another text in base64', base64('-----BEGIN CERTIFICATE----- and so on, and so forth')],
  ['the beginning of a key that is too short', KEY_BASE64.slice(0, 23)],
  ['the same beginning in hexadecimal', KEY_HEX.slice(0, 46)],
  ['a public key as JSON Web Key', `{"kty":"EC","x":"${KEY_BODY.repeat(4)}"}`],
  ['a path of a picture', '{"kty": 1, "d":"M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z"}'],
  ['a digest named d', `{"d":"${KEY_BODY.repeat(2)}"}`],
  ['a public key in XML', `<RSAKeyValue><Modulus>${KEY_BODY.repeat(4)}</Modulus></RSAKeyValue>`],
  ['a long path', '/src/main/java/com/fabrikam/clinic/weight/charts/Axis'],
])('%s is not a key', (_title, text) => {
  expect(findPrivateKeys(text)).toEqual([]);
  expect(hidePrivateKeys(text)).toBe(text);
});

test('each of several keys is found, in order, and the text between them remains', () => {
  const text = `one ${KEY_HEX}, two ${KEY_PEM}, three ${KEY_BASE64}, done`;
  expect(findPrivateKeys(text).map(({ label }) => label)).toEqual(['hexadecimal', 'RSA PRIVATE KEY', 'base64']);
  expect(findPrivateKeys(text).map(({ start, end }) => text.slice(start, end))).toEqual([KEY_HEX, KEY_PEM, KEY_BASE64]);
  const hidden = '(private key, not shown)';
  expect(hidePrivateKeys(text)).toBe(`one ${hidden}, two ${hidden}, three ${hidden}, done`);
});

test('adjacent keys are two', () => {
  expect(findPrivateKeys(`${KEY_HEX}${KEY_BASE64}`).map(({ label }) => label)).toEqual(['hexadecimal', 'base64']);
  expect(findPrivateKeys(`${KEY_BASE64}${KEY_HEX}`).map(({ label }) => label)).toEqual(['base64', 'hexadecimal']);
});

test('48 digits start a key, and so does base64 from 24 characters on', () => {
  expect(findPrivateKeys(KEY_HEX.slice(0, 48))).toHaveLength(1);
  for (const length of [24, 25, 26, 27, 28, 29]) expect(findPrivateKeys(KEY_BASE64.slice(0, length))).toHaveLength(1);
});

test('only the start of a long number that is not a key is checked', () => {
  expect(findPrivateKeys('30'.repeat(200_000))).toEqual([]);
  expect(findPrivateKeys('MAAA'.repeat(100_000))).toEqual([]);
});

test('digits in a block are not a second key', () => {
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${wrapText(KEY_BASE64, 64)}\n-----END RSA PRIVATE KEY-----`;
  expect(findPrivateKeys(pem)).toEqual([{ label: 'RSA PRIVATE KEY', body: KEY_BASE64, start: 0, end: pem.length }]);
  expect(KEY_DER.length).toBeGreaterThan(100);
});
