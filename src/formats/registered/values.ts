/**
 * The compared values of a registered configuration, with one function per kind of setting. The platform's XML and the
 * application manifest share them.
 */

import { computeSha256 } from '../../model/digest.ts';
import type { Permission, SetItem, Setting, SettingValue } from '../../model/document.ts';
import { parseGuid } from '../../model/guid.ts';
import type { Place } from '../../model/source.ts';
import { parseWebAddress } from '../../model/web-address.ts';
import { buildSecret, joinEmbeddedPasswords, removeCredentials } from '../secrets/secrets.ts';
import { readImageHeader } from './image-header.ts';
import { words } from './messages.ts';

export const PERMISSIONS: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];

/** The meaning of absent settings in a complete registered configuration. */
export const PLATFORM_DEFAULTS: Readonly<Record<string, string>> = {
  'restrict-users': 'false',
  'persistent-tokens': 'disabled',
  'app-type': 'web',
};

/** A text for people. Runs of white space count as one space, as on the consent page. */
export function toTextValue(text: string): SettingValue {
  const plain = text.trim().replace(/\s+/g, ' ');
  return { kind: 'text', meaning: plain, shown: plain };
}

export function toFlagValue(flag: boolean): SettingValue {
  return { kind: 'text', meaning: String(flag), shown: String(flag) };
}

/**
 * An address with scheme and host in any case, without default port and without a user with a password. Other text is
 * kept as written.
 */
export function toAddressValue(text: string): SettingValue {
  const written = joinEmbeddedPasswords(text) === null ? text.trim() : removeCredentials(text.trim());
  return { kind: 'text', meaning: parseWebAddress(written)?.href ?? written, shown: written };
}

/** The action URL, and a password in it as a secret. */
export function buildAddressSettings(text: string, at: Place): readonly Setting[] {
  const password = joinEmbeddedPasswords(text) ?? '';
  const secret = buildSecret(password, words.addressPassword);
  const address: Setting = { id: 'action-url', value: toAddressValue(text), at };
  return secret === null ? [address] : [address, { id: 'secret', value: secret, at }];
}

/** `web`, `soda`, `master` or `child`, in any case. */
export function toAppTypeValue(text: string): SettingValue {
  return { kind: 'text', meaning: text.trim().toLowerCase(), shown: text.trim() };
}

/** "Keep me signed in". The lifetime counts only if it is enabled. */
export function toPersistentTokensValue(enabled: boolean, seconds: number | null): SettingValue {
  const text = !enabled ? 'disabled' : seconds === null ? 'enabled' : `enabled, ${seconds} s`;
  return { kind: 'text', meaning: text, shown: text };
}

export function toBulkExtractionValue(onboarded: boolean, permissionRequired: boolean): SettingValue {
  const text = `${onboarded ? 'onboarded' : 'not onboarded'}, permission ${permissionRequired ? 'required' : 'not required'}`;
  return { kind: 'text', meaning: text, shown: text };
}

/** The client service token is half a secret. It is compared by digest and shown by its first characters. */
export function toClientTokenValue(text: string): SettingValue {
  const token = parseGuid(text) ?? text.trim();
  return { kind: 'text', meaning: computeSha256(token), shown: `${token.slice(0, 4)}…` };
}

/** The most that children may be given. An empty ceiling counts too. Only a master application has a ceiling. */
export function toCeilingValue(items: readonly SetItem[], at: Place): SettingValue {
  return toSetValue(items.length > 0 ? items : [{ meaning: '', shown: words.nothing, at }]);
}

/** Elements with equal meaning count once, at the first one's place. */
export function toSetValue(items: readonly SetItem[]): SettingValue {
  const byMeaning = new Map<string, SetItem>();
  for (const item of items) if (!byMeaning.has(item.meaning)) byMeaning.set(item.meaning, item);
  return { kind: 'set', items: [...byMeaning.values()] };
}

/** Set elements that compare as written, white space aside (Meaningful Use sources, instance ids). */
export function toPlainItem(text: string, at: Place): SetItem {
  const plain = text.trim().replace(/\s+/g, ' ');
  return { meaning: plain, shown: plain, at };
}

/** Set elements that compare without regard to case (method names). */
export function toCaselessItem(text: string, at: Place): SetItem {
  return { meaning: text.trim().toLowerCase(), shown: text.trim(), at };
}

/** All instances, or all locations. */
export function createAllItem(at: Place): SetItem {
  return { meaning: 'all', shown: 'all', at };
}

/** The platform's schema remark spells HIPAA `hippa`. Both are the same attribute. */
export function toAttributeItem(text: string, at: Place): SetItem {
  const item = toCaselessItem(text, at);
  return item.meaning === 'hippa' ? { ...item, meaning: 'hipaa' } : item;
}

/** A null `name` means the whole family. */
export function toVocabularyItem(family: string, name: string | null, at: Place): SetItem {
  const text = `${family.trim()}/${name === null ? '*' : name.trim()}`;
  return { meaning: text, shown: text, at };
}

export function toLocationItem(country: string, province: string | null, at: Place): SetItem {
  const text = province === null ? country.trim() : `${country.trim()}/${province.trim()}`;
  return { meaning: text.toLowerCase(), shown: text, at };
}

/**
 * An IPv4 prefix in canonical form. `192.0.2.7/24` is the network `192.0.2.0/24`, and a bare address is a `/32`. Null
 * if the text is not an IPv4 address or prefix (the platform takes no other: R39, valid-ip-prefixes).
 */
export function toIpPrefixItem(text: string, at: Place): SetItem | null {
  // A leading zero makes a number octal for .NET's `IPAddress.Parse`, but not for other parsers.
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(0|[1-9]\d?))?$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const bytes = match.slice(1, 5).map(Number);
  const bits = match[5] === undefined ? 32 : Number(match[5]);
  if (bits > 32 || bytes.some((byte) => byte > 255)) return null;
  const network = bytes.map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return { meaning: `${network.join('.')}/${bits}`, shown: text.trim(), at };
}

/** A logo, compared by its bytes. A content type other than the image's own is part of the meaning. */
export function toLogoValue(bytes: Uint8Array, contentType: string | null): SettingValue {
  const image = readImageHeader(bytes);
  const declared = parseMediaType(contentType);
  const isOther = declared !== null && declared !== image?.type;
  const size = image === null ? words.bytes({ bytes: bytes.length }) : words.image({ ...image, bytes: bytes.length });
  const meaning = digestContent(bytes, isOther ? declared : null);
  return { kind: 'content', meaning, shown: isOther ? `${declared}, ${size}` : size };
}

/** A statement (privacy, terms, success message), compared by its bytes. An absent type means `text/plain`. */
export function toStatementValue(bytes: Uint8Array, contentType: string | null): SettingValue {
  const declared = parseMediaType(contentType) ?? 'text/plain';
  const text = declared.startsWith('text/') && bytes.includes(CARRIAGE_RETURN) ? withLineFeeds(bytes) : bytes;
  const meaning = digestContent(text, declared === 'text/plain' ? null : declared);
  return { kind: 'content', meaning, shown: `${declared}, ${words.bytes({ bytes: bytes.length })}` };
}

const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;

/** Line ends of a text have no meaning, because a file can have CRLF and the platform's copy LF. */
function withLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== CARRIAGE_RETURN || bytes[index + 1] !== LINE_FEED);
}

function parseMediaType(text: string | null): string | null {
  const type = (text ?? '').replace(/;.*/s, '').trim().toLowerCase();
  if (type === '') return null;
  return type === 'image/jpg' || type === 'image/pjpeg' ? 'image/jpeg' : type === 'image/x-png' ? 'image/png' : type;
}

function digestContent(bytes: Uint8Array, type: string | null): string {
  return type === null ? computeSha256(bytes) : computeSha256(`${type} ${computeSha256(bytes)}`);
}

/** Permission words of one rule, `All` written out, each once, in a fixed order. Null for a word of another case or kind. */
export function parsePermissions(words: readonly string[]): readonly Permission[] | null {
  const found = new Set<string>(words.includes('All') ? PERMISSIONS : []);
  for (const word of words) {
    if (word !== 'All' && !PERMISSIONS.some((permission) => permission === word)) return null;
    found.add(word);
  }
  return PERMISSIONS.filter((permission) => found.has(permission));
}

/**
 * A date or time as an ISO 8601 instant in UTC without empty milliseconds (`2010-01-01T00:00:00Z`). A time without a
 * zone is UTC. Null for any other text.
 */
export function parsePlatformTime(text: string): string | null {
  const match = /^(\d{4}-\d{2}-(\d{2}))(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})?)?$/i.exec(text.trim());
  if (match === null) return null;
  const [, day = '', dayOfMonth, time, zone = 'Z'] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // JavaScript engines roll over the 30th of February. The platform rejects it.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(dayOfMonth)) return null;
  if (time === undefined) return `${day}T00:00:00Z`;
  const milliseconds = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** A culture tag in its usual case (`de-DE`). Any other text stays as it is. '' is the default culture. */
export function parseCulture(tag: string): string {
  const written = tag.trim();
  if (written === '') return '';
  try {
    return Intl.getCanonicalLocales(written)[0] ?? written;
  } catch {
    return written;
  }
}
