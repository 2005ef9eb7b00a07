/**
 * Bytes to text, for every format. Configuration arrives as UTF-8 with or without a byte order mark, as UTF-16 from
 * Visual Studio, and XML may declare an older encoding. Anything that does not decode cleanly is a problem, never a guess.
 */
import type { ParseProblem } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import { messages } from './messages.ts';

/** The text of a file without a byte order mark, or the problem with it. */
export type Decoded = { readonly text: string } | { readonly problem: ParseProblem };

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252' | 'us-ascii';

const DECLARED: Readonly<Record<string, Encoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'windows-1252': 'windows-1252',
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
};

/**
 * Decodes a file. `xml` follows the declared encoding as well. `plain` is UTF-8 unless the bytes show UTF-16. A byte
 * order mark wins over a declaration. NUL, invalid bytes and unknown encodings are problems.
 */
export function decodeText(bytes: Uint8Array, kind: 'xml' | 'plain'): Decoded {
  const marked = findByteOrderMark(bytes) ?? findUtf16Pattern(bytes);
  if (marked !== null) return decode(bytes, marked);
  const name = kind === 'xml' ? findDeclaredEncoding(bytes) : null;
  if (name === null) return decode(bytes, 'utf-8');
  const key = name.toLowerCase();
  const encoding = Object.hasOwn(DECLARED, key) ? DECLARED[key] : undefined;
  if (encoding === undefined) return refuseText(messages.textEncodingUnknown({ encoding: name.slice(0, 40) }));
  // A declaration that is readable byte by byte is not UTF-16, even if it says so (.NET and libxml2 refuse it as well).
  if (encoding.startsWith('utf-16')) return refuseText(messages.textEncodingMismatch({ encoding: name }));
  return decode(bytes, encoding as Encoding);
}

/** The ASCII characters of a text in an unknown encoding, of one byte or two each: enough to look for words. */
export function decodeRoughly(bytes: Uint8Array): string {
  const plain = bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes;
  return new TextDecoder('windows-1252').decode(plain);
}

function findByteOrderMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** In UTF-16 without a mark, every other byte of the opening characters is NUL. */
function findUtf16Pattern(bytes: Uint8Array): Encoding | null {
  if (bytes.length < 4) return null;
  const [a, b, c, d] = [bytes[0] !== 0, bytes[1] !== 0, bytes[2] !== 0, bytes[3] !== 0];
  if (a && !b && c && !d) return 'utf-16le';
  if (!a && b && !c && d) return 'utf-16be';
  return null;
}

function findDeclaredEncoding(bytes: Uint8Array): string | null {
  const start = decodeLatin1(bytes.subarray(0, 256));
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']/.exec(start)?.[1] ?? null;
}

function decode(bytes: Uint8Array, encoding: Encoding): Decoded {
  const text = decodeAs(bytes, encoding);
  if (text === null) return refuseText(messages.textInvalidBytes({ encoding: encoding.toUpperCase() }));
  return text.includes('\0') ? refuseText(messages.textNul()) : { text };
}

function decodeAs(bytes: Uint8Array, encoding: Encoding): string | null {
  // The web's `iso-8859-1` and `us-ascii` labels mean windows-1252, so these two are decoded here.
  if (encoding === 'iso-8859-1') return decodeLatin1(bytes);
  if (encoding === 'us-ascii') return bytes.some((byte) => byte > 0x7f) ? null : decodeLatin1(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

function refuseText(what: Message): Decoded {
  return { problem: { ...what, at: null } };
}
