/** Finds private keys within any text, as PEM, as base64 or as hexadecimal digits. */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import {
  decodeBase64,
  decodePlainText,
  isKeyMaterial,
  isPrivateKeyLabel,
  parsePemBlocks,
} from '../certificates/pem.ts';
import { messages, words } from './messages.ts';

/** A key in a text. */
export interface KeyText {
  /** PEM's label, or how the key is written. */
  readonly label: string;
  /** The characters of the key without wrapping, so equal keys have equal bodies. */
  readonly body: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

/** A shorter piece is only a mention of a key, for example in a comparison or a comment. */
const SHORTEST = 24;
/** Number of first characters that identify a key. */
const BEGINNING = 48;

const BREAK = '(?:\\s|\\\\[nrt])+';
const PIECE = `[A-Za-z0-9+/]{${SHORTEST},}`;
const HAS_PIECE = new RegExp(PIECE);
const BEGINS_WITH_PIECE = new RegExp(`^(?:${BREAK})?${PIECE}`);

/** Base64 in one piece or in lines. The last line may be short. A key begins like DER, a store or PEM. */
const BASE64 = `(?:M[A-P][A-Za-z0-9+/]{2}|/u3\\+|zs7O|LS0t)[A-Za-z0-9+/]{${SHORTEST - 4},}(?:${BREAK}${PIECE})*(?:${BREAK}[A-Za-z0-9+/]+)?={0,2}`;
const HEXADECIMAL = `(?:30|[Ff][Ee]|[Cc][Ee]|2[Dd])(?:[\\s:-]*[0-9A-Fa-f]{2}){${SHORTEST - 1},}`;

/** The private part of a key in a notation of its own. */
const NOTATIONS: readonly (readonly [label: string, notation: RegExp])[] = [
  ['JSON Web Key', /\\?"d\\?"\s{0,9}:\s{0,9}\\?"([\w-]{40,20000})/g],
  ['RSA key in XML', /<(?:D|InverseQ)>\s{0,99}([A-Za-z0-9+/]{40,20000})/g],
  ['PuTTY', /Private-Lines: \d{1,3}\s{1,9}((?:[A-Za-z0-9+/]{24,80}={0,2}\s{0,9}){1,300})/g],
];
/** A text of this length under the name `d` is a key, regardless of its surroundings. */
const CERTAIN_KEY = 100;

/** Most texts do not match this form and need no further search. */
const MAY_CONTAIN_KEY = new RegExp(
  `PRIVATE KEY(?: BLOCK)?-----|${BASE64}|${HEXADECIMAL}|${NOTATIONS.map(([, { source }]) => source).join('|')}`,
);

/** Every private key and key store in a text, in order. */
export function findPrivateKeys(text: string): readonly KeyText[] {
  if (text.length < SHORTEST || !MAY_CONTAIN_KEY.test(text)) return [];
  const found = [...findPemKeys(text), ...findKeysInNotation(text)];
  // Two forms must not match the same text. Both lists are in order, so one pass is enough.
  const add = (label: string, pattern: string, findBeginning: (written: string) => Uint8Array | null): void => {
    const taken = [...found].sort((a, b) => a.start - b.start);
    let next = 0;
    for (const { 0: written, index: start } of text.matchAll(new RegExp(pattern, 'g'))) {
      const end = start + written.length;
      while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
      const isTaken = (taken[next]?.start ?? Number.POSITIVE_INFINITY) < end;
      if (!isTaken && isKey(findBeginning(written))) found.push({ label, body: unwrap(written), start, end });
    }
  };
  add('hexadecimal', HEXADECIMAL, (written) => decodePlainText(unwrap(written).slice(0, BEGINNING)));
  add('base64', BASE64, (written) => {
    const piece = written.slice(0, BEGINNING).split(/[\s\\=]/, 1)[0] ?? '';
    return decodeBase64(piece.slice(0, piece.length - (piece.length % 4)));
  });
  return found.sort((a, b) => a.start - b.start);
}

function findKeysInNotation(text: string): readonly KeyText[] {
  const isJsonWebKey = text.includes('kty');
  return NOTATIONS.flatMap(([label, notation]) =>
    [...text.matchAll(notation)].flatMap(({ 0: written, 1: body = '', index: start }) => {
      if (label === 'JSON Web Key' && !isJsonWebKey && body.length < CERTAIN_KEY) return [];
      return [{ label, body: unwrap(body), start, end: start + written.length }];
    }),
  );
}

/** A key as a setting. */
export function buildKeySecret({ label, body }: Pick<KeyText, 'label' | 'body'>, at: Place): Setting {
  const what = messages.privateKey({ label }).message;
  return { id: 'secret', value: { kind: 'secret', meaning: computeSha256(body), what }, at };
}

/** A text to show, without the private keys in it. */
export function hidePrivateKeys(text: string): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of findPrivateKeys(text)) {
    shown += text.slice(from, start) + words.hiddenKey;
    from = end;
  }
  return shown + text.slice(from);
}

/** A block without an end is a truncated key or only a mention. */
function findPemKeys(text: string): KeyText[] {
  return parsePemBlocks(text).flatMap(({ label, body, start, end }) => {
    const content = body ?? text.slice(start + `-----BEGIN ${label}-----`.length, end);
    const containsKey = (body === null ? BEGINS_WITH_PIECE : HAS_PIECE).test(content);
    return isPrivateKeyLabel(label) && containsKey ? [{ label, body: unwrap(content), start, end }] : [];
  });
}

/** Removes spaces, escaped line ends, and a language's marks between lines. */
function unwrap(text: string): string {
  return text.replace(/\\[nrt]|[^A-Za-z0-9+/=]/g, '');
}

function isKey(bytes: Uint8Array | null): boolean {
  return bytes !== null && (isKeyMaterial(bytes) || isPemText(bytes));
}

/** PEM that was encoded once more. */
function isPemText(bytes: Uint8Array): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIV/.test(String.fromCharCode(...bytes));
}
