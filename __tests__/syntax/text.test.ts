import { decodeText } from '../../src/syntax/text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, order: 'le' | 'be', mark: boolean): Uint8Array => {
  const units = [...(mark ? '\ufeff' : ''), ...text].join('');
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < units.length; index += 1)
    view.setUint16(index * 2, units.charCodeAt(index), order === 'le');
  return bytes;
};
const declared = (encoding: string, rest = '<a/>'): string => `<?xml version="1.0" encoding="${encoding}"?>${rest}`;

describe('decoding a text', () => {
  test.each([
    ['UTF-8', utf8('<a>é😀</a>'), '<a>é😀</a>'],
    ['UTF-8 with a mark', utf8('\ufeff<a/>'), '<a/>'],
    ['UTF-16 LE with a mark', utf16('<a>é😀</a>', 'le', true), '<a>é😀</a>'],
    ['UTF-16 BE with a mark', utf16('<a>é</a>', 'be', true), '<a>é</a>'],
    ['UTF-16 LE without a mark', utf16('<a/>', 'le', false), '<a/>'],
    ['UTF-16 BE without a mark', utf16('<a/>', 'be', false), '<a/>'],
    ['a mark before a declaration', utf16(declared('utf-8'), 'le', true), declared('utf-8')],
    [
      'Latin 1, as declared',
      Uint8Array.of(...utf8(declared('ISO-8859-1', '')), 0xe9, 0x80),
      `${declared('ISO-8859-1', '')}é\u0080`,
    ],
    [
      'Windows 1252, as declared',
      Uint8Array.of(...utf8(declared('windows-1252', '')), 0x80),
      `${declared('windows-1252', '')}€`,
    ],
    [
      'single quotes',
      utf8(`<?xml version='1.0' encoding='us-ascii'?><a/>`),
      `<?xml version='1.0' encoding='us-ascii'?><a/>`,
    ],
    ['nothing', new Uint8Array(), ''],
  ])('reads %s', (_name, bytes, text) => {
    expect(decodeText(bytes, 'xml')).toEqual({ text });
  });

  test.each([
    ['invalid UTF-8', Uint8Array.of(0x3c, 0xff, 0x3e), 'text-invalid-bytes'],
    ['a truncated UTF-8 character', Uint8Array.of(0x61, 0xc3), 'text-invalid-bytes'],
    ['half a UTF-16 unit', Uint8Array.of(0xff, 0xfe, 0x61), 'text-invalid-bytes'],
    ['a lone surrogate', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8), 'text-invalid-bytes'],
    ['NUL', utf8('a\0b'), 'text-nul'],
    ['an unknown encoding', utf8(declared('ebcdic-x')), 'text-encoding-unknown'],
    ['an encoding called constructor', utf8(declared('constructor')), 'text-encoding-unknown'],
    ['invalid UTF-16', utf8(declared('utf-16')), 'text-encoding-mismatch'],
    ['invalid ASCII', Uint8Array.of(...utf8(declared('us-ascii')), 0xe9), 'text-invalid-bytes'],
  ])('rejects %s', (_name, bytes, id) => {
    expect(decodeText(bytes, 'xml')).toMatchObject({ problem: { id, at: null } });
  });

  test('ignores a declaration in plain text', () => {
    expect(decodeText(utf8(declared('utf-16')), 'plain')).toEqual({ text: declared('utf-16') });
  });

  test('reads a long Latin 1 file completely', () => {
    const start = utf8(declared('iso-8859-1', ''));
    const bytes = new Uint8Array(start.length + 100_000).fill(0xe9);
    bytes.set(start);
    const decoded = decodeText(bytes, 'xml');
    expect('text' in decoded && decoded.text.length).toBe(bytes.length);
  });
});
