/** The meaning of literals in Python settings, and the value of a setting with several keys. */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting, SettingValue } from '../../model/document.ts';
import { groupBy } from '../../model/lists.ts';
import type { PythonLiteral } from '../../syntax/python/tokens.ts';
import { toThumbprintValue } from '../certificates/thumbprint.ts';
import { readApplicationId } from '../client/application-id.ts';
import { readEndpoint, readPlainText } from '../client/values.ts';
import { toAddressValue } from '../registered/values.ts';
import { findPrivateKeys } from '../secrets/key-text.ts';
import type { Assignment } from './assignments.ts';
import { looksLikeKey } from './literals.ts';
import { messages, words } from './messages.ts';
import { removeLogin, toLiteralText } from './secrets.ts';

/**
 * The meaning of an assignment's literal, or null. `None` and an empty text are not values. A missing application id is
 * a placeholder. A private key is a secret, not a value.
 */
export function toLiteralValue({ key, known: { kind }, literal, at }: Assignment): SettingValue | null {
  if (literal === null) return null;
  const text = removeLogin(toLiteralText(literal));
  if (kind === 'application-id') return readApplicationId(text);
  if (text.trim() === '') return null;
  if (kind === 'public-key') return findPrivateKeys(text).length > 0 ? null : toPublicKeyValue(literal, text);
  if (looksLikeKey(text)) return null;
  if (kind === 'endpoint') return readEndpoint(text);
  if (kind === 'action-url') return toAddressValue(text);
  return kind === 'thumbprint' ? toThumbprintValue(key, text, at) : readPlainText(text);
}

/** Digits of the longest number that is converted: RSA of 32,768 bits. */
const MAX_DIGITS = 10_000;

/** A public key is compared as a number, so its base does not matter. */
function toPublicKeyValue(literal: PythonLiteral, text: string): SettingValue {
  const plain = literal.kind === 'number' && text.length <= MAX_DIGITS ? parseNumber(text) : null;
  const canonical = plain === null ? text.replace(/\s/g, '') : plain.toString(16);
  const meaning = computeSha256(new TextEncoder().encode(canonical));
  const bits = plain === null ? canonical.length * 4 : plain.toString(2).length;
  return { kind: 'content', meaning, shown: words.publicKey(bits, meaning) };
}

function parseNumber(digits: string): bigint | null {
  const octal = /^0\d/.test(digits) ? `0o${digits}` : digits; // Python 2
  try {
    return BigInt(octal);
  } catch {
    return null; // a negative hexadecimal number, or an octal one with an 8
  }
}

/** A setting, and the key that states it. */
export interface KeySetting extends Setting {
  readonly key: string;
}

/** Keys of two libraries may set the same thing. If their values differ, a person must review them. */
export function mergeById(settings: readonly KeySetting[]): readonly Setting[] {
  return [...groupBy(settings, ({ id }) => id).values()].flatMap((same): readonly Setting[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { id, at } = first;
    const meanings = same.map(({ value }) => JSON.stringify({ ...value, shown: '', at: '', items: listItems(value) }));
    if (new Set(meanings).size === 1) return [{ id, value: first.value, at }];
    const shown = same.map(({ key, value }) => `${key} ${getShownText(value)}`).join('; ');
    const { message: reason } = messages.several({ keys: same.map(({ key }) => key).join(', ') });
    const meaning = computeSha256(new TextEncoder().encode(meanings.join('\n')));
    return [{ id, value: { kind: 'unresolved', meaning, shown, reason }, at }];
  });
}

function listItems(value: SettingValue): readonly string[] {
  return value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : [];
}

/** A value for people, without confidential parts. */
export function getShownText(value: SettingValue | null): string {
  if (value?.kind === 'set') return value.items.map(({ shown }) => shown).join(', ');
  return value?.kind === 'text' || value?.kind === 'content' || value?.kind === 'unresolved' ? value.shown : '';
}
