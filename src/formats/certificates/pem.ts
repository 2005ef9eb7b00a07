/** PEM files and DER bytes, recognized by their outer form. */
import type { Position } from '../../model/source.ts';
import { createPositionFinder } from '../../syntax/positions.ts';

/** One `BEGIN`/`END` block. `body` is the text between them without white space, or null if the block has no end. */
export interface PemBlock {
  readonly label: string;
  readonly body: string | null;
  readonly at: Position;
  /** Offsets of the block. A block without an end extends to the next block or to the end of the text. */
  readonly start: number;
  readonly end: number;
}

/** The blocks of a PEM text, in order. Text around them (bag attributes, comments) is skipped. */
export function parsePemBlocks(text: string): readonly PemBlock[] {
  const findPosition = createPositionFinder(text);
  const blocks: PemBlock[] = [];
  const begin = /-----BEGIN ([A-Z0-9 ]{1,60})-----/g;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const label = match[1] ?? '';
    const start = begin.lastIndex;
    const next = text.indexOf('-----BEGIN ', start);
    const own = text.slice(start, next < 0 ? text.length : next);
    const closing = `-----END ${label}-----`;
    const length = own.indexOf(closing);
    const body = length < 0 ? null : own.slice(0, length).replace(/\s+/g, '');
    const end = start + (length < 0 ? own.length : length + closing.length);
    blocks.push({ label, body, at: findPosition(match.index), start: match.index, end });
  }
  return blocks;
}

/** Whether a block contains a certificate. */
export function isCertificateLabel(label: string): boolean {
  return /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label);
}

/** Whether a block contains a private key, of any kind and of any tool. */
export function isPrivateKeyLabel(label: string): boolean {
  return /\bPRIVATE KEY\b/.test(label);
}

/** The first bytes of JKS, JCEKS and PVK, and of the RSA and DSS key blobs of Windows (`.snk` is one). */
const KEY_MAGIC = /^(?:feedfeed|cececece|1ef1b5b0|0702000000(?:22|24|a4)0000(?:52534132|44535332))/;
/** A Bouncy Castle store begins with its version and a salt of 20 bytes. */
const BKS_MAGIC = /^0000000[12]00000014/;

/**
 * Whether bytes have the outer form of a key or key store: PKCS#1, PKCS#8, SEC1 and PKCS#12 in DER, stores of Java and
 * Bouncy Castle, keys of Windows.
 */
export function isKeyMaterial(bytes: Uint8Array): boolean {
  const magic = toHexadecimal(bytes.subarray(0, 12));
  if (KEY_MAGIC.test(magic) || BKS_MAGIC.test(magic)) return true;
  const content = readSequence(bytes);
  if (content === null) return false;
  const [tag, length, version] = content;
  // A key begins with a small version number: 0 (PKCS#1, PKCS#8), 1 (SEC1, PKCS#8 v2), 3 (PKCS#12).
  if (tag === 0x02 && length === 1) return version === 0 || version === 1 || version === 3;
  if (tag !== 0x30) return false;
  const algorithm = toHexadecimal(content.subarray(4, 12));
  // An encrypted PKCS#8 key names PKCS#5 or PKCS#12.
  return algorithm === '2a864886f70d0105' || algorithm === '2a864886f70d010c';
}

function toHexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The content of the outermost DER SEQUENCE, or null when the bytes do not begin with one. */
function readSequence(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x30) return null;
  const length = bytes[1] ?? 0;
  return bytes.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f));
}

/** Decodes base64 of either padding, or null for any other text. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
  } catch {
    return null; // a length or a padding that base64 never has
  }
}

/** The bytes of a text without PEM lines: hexadecimal with any spaces and colons between the digits, or base64. */
export function decodePlainText(text: string): Uint8Array | null {
  const plain = text.replace(/[\s:]+/g, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(plain)) {
    return Uint8Array.from(plain.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  return decodeBase64(text.replace(/\s+/g, ''));
}
