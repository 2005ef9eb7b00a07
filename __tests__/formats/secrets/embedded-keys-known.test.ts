/** A key that a reader has made a secret of is reported once, however it is written. Any other key is reported as well. */

import { certificate } from '../../../src/formats/certificates/certificate.ts';
import { keyStore } from '../../../src/formats/certificates/key-store.ts';
import { addEmbeddedKeys } from '../../../src/formats/secrets/embedded-keys.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { Setting } from '../../../src/model/document.ts';
import { EMPTY_DOCUMENT } from '../../support/empty-document.ts';
import { KEY_BASE64, KEY_BODY, KEY_HEX, KEY_PEM } from '../../support/fake-keys.ts';
import { getOnlyDocument, readWith, toBytes } from '../../support/read-context.ts';
import { SAMPLE_CERTIFICATE_HEX } from '../../support/sample-certificates.ts';

const secret = (text: string): Setting => ({
  id: 'secret',
  value: { kind: 'secret', meaning: computeSha256(toBytes(text)), what: 'known' },
  at: { file: 'a.yml', line: 1, column: 1 },
});

function found(text: string | Uint8Array, settings: readonly Setting[] = []): readonly string[] {
  const file = { path: 'a.yml', bytes: toBytes(text) };
  const [document] = addEmbeddedKeys(file, [{ ...EMPTY_DOCUMENT, settings }]);
  return (document?.settings ?? []).flatMap(({ value, at }) =>
    value.kind === 'secret' ? [`${at.line}:${at.column} ${value.what}`] : [],
  );
}

const indented = KEY_PEM.replaceAll('\n', '\n    ');
const lines = KEY_PEM.split('\n');

test.each<[title: string, written: string, value: string]>([
  ['as it is', `key = '''${KEY_PEM}'''`, KEY_PEM],
  ['with other line ends', `key = '''${KEY_PEM.replaceAll('\n', '\r\n')}'''`, KEY_PEM],
  ['with indentation that is part of it', `key = '''${indented}'''`, indented],
  ['with indentation that is not', `key: |-\n    ${indented}\n`, KEY_PEM],
  ['with the end of the last line', `key: |\n    ${indented}\n`, `${KEY_PEM}\n`],
  ['with escapes', `{"key": "${lines.join('\\n')}"}`, KEY_PEM],
  ['with an escape at its end', `{"key": "${lines.join('\\n')}\\n"}`, `${KEY_PEM}\n`],
  ['as an attribute of XML', `<a key="${KEY_PEM}"/>`, lines.join(' ')],
  ['by its characters', `<key>${KEY_HEX.replace(/(.{64})/g, '$1\n')}</key>`, KEY_HEX],
  ['in base64', `key=${KEY_BASE64}`, KEY_BASE64],
])('a known key is reported once %s', (_title, written, value) => {
  expect(found(written, [secret(value)])).toEqual(['1:1 known']);
  expect(found(written)).toHaveLength(1);
});

test('another secret on the same line is another one', () => {
  const text = `{"password": "hunter2", "key": "${KEY_BASE64}"}`;
  expect(found(text, [secret('hunter2')])).toEqual(['1:1 known', '1:33 private key in the text (base64)']);
});

test('a key is known only if it is a secret', () => {
  const meaning = computeSha256(toBytes(KEY_BASE64));
  const value = { kind: 'content', meaning, shown: 'a' } as const;
  expect(found(`key=${KEY_BASE64}`, [{ id: 'x', value, at: { file: 'a.yml', line: 1, column: 1 } }])).toHaveLength(1);
});

test.each<[title: string, bytes: Uint8Array, place: string]>([
  ['UTF-8', new Uint8Array(Buffer.from(`é é ${KEY_BASE64}`)), '1:5'],
  ['UTF-16', new Uint8Array(Buffer.from(`\ufeffé é ${KEY_BASE64}`, 'utf16le')), '1:5'],
  ['bytes that are not text', new Uint8Array(Buffer.from(`\n\xe9 ${KEY_BASE64}`, 'latin1')), '2:3'],
  ['half of a UTF-16 unit', new Uint8Array(Buffer.from(`\ufeff\n${KEY_BASE64}`, 'utf16le')).slice(0, -1), '2:1'],
])('a known key is found in %s', (_title, bytes, place) => {
  expect(found(bytes)).toEqual([`${place} private key in the text (base64)`]);
});

test('certificate files and key stores search for keys themselves', () => {
  const der = Buffer.from(SAMPLE_CERTIFICATE_HEX, 'hex').toString('base64');
  const pem = `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n${KEY_PEM}\n`;
  for (const [format, path, text] of [
    [certificate, 'a.pem', pem],
    [certificate, 'a.pem', pem.slice(0, -31)],
    [keyStore, 'a.jks', KEY_PEM],
  ] as const) {
    const document = getOnlyDocument(readWith(format, path, text));
    const file = { path, bytes: toBytes(text) };
    expect(addEmbeddedKeys(file, [document])).toEqual([document]);
    expect(JSON.stringify(document)).not.toContain(KEY_BODY);
  }
});

test('the first document has the keys of the file, and the others do not change', () => {
  const other = { ...EMPTY_DOCUMENT, part: 'live' };
  const file = { path: 'a.yml', bytes: toBytes(KEY_PEM) };
  const [first, second] = addEmbeddedKeys(file, [EMPTY_DOCUMENT, other]);
  expect(first?.settings).toHaveLength(1);
  expect(second).toEqual(other);
});
