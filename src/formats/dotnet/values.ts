/** Converts effective `appSettings` entries to settings, and finds secrets. */
import type { SetItem, Setting, SettingValue } from '../../model/document.ts';
import { normalizeEndpoint } from '../../model/environment.ts';
import { groupBy } from '../../model/lists.ts';
import type { Place } from '../../model/source.ts';
import { isBuildPlaceholder, readApplicationId } from '../client/application-id.ts';
import { addUnlistedKeys, type UnlistedKey } from '../client/unlisted-key.ts';
import { findPrivateKeys } from '../secrets/key-text.ts';
import { buildSecret, containsSecret, findEmbeddedPasswords, removeCredentials } from '../secrets/secrets.ts';
import { type DotnetKey, findDotnetKey } from './keys.ts';
import { messages, words } from './messages.ts';

/** One `add` element as written. `at` is the place of the value. */
export interface AppSetting {
  readonly key: string;
  readonly value: string;
  readonly at: Place;
}

/** An entry that the SDK reads. */
export interface KnownSetting extends AppSetting {
  readonly known: DotnetKey;
}

/** The entries with HealthVault's keys. */
export function selectKnownSettings(entries: readonly AppSetting[]): readonly KnownSetting[] {
  return entries.flatMap((entry) => {
    const known = findDotnetKey(entry.key);
    return known === null ? [] : [{ ...entry, known }];
  });
}

/**
 * The settings from effective entries and other mentions of HealthVault. An empty text means the default, so it is not
 * a setting.
 */
export function buildSettings(
  entries: readonly KnownSetting[],
  mentions: readonly UnlistedKey[] = [],
): readonly Setting[] {
  const groups = groupBy(
    entries.filter(({ known: { kind } }) => kind !== 'secret' && kind !== 'unlisted' && kind !== 'lookalike'),
    ({ known: { setting } }) => setting,
  );
  const unlisted = entries.filter(({ known: { kind } }) => kind === 'unlisted' || kind === 'lookalike');
  return addUnlistedKeys(buildListed(groups), [...unlisted.map(readUnlisted), ...mentions]);
}

/** A key that may be another spelling of a setting. Passwords in it are found with those of all entries. */
function readUnlisted({ key, value, known: { kind, name }, at }: KnownSetting): UnlistedKey {
  const text = isPrivateKey(value) ? '' : hideCredentials(value);
  if (kind === 'lookalike') return { key, text, isOpen: true, at };
  return { key, id: name, text, at };
}

function buildListed(groups: ReadonlyMap<string, readonly KnownSetting[]>): readonly Setting[] {
  const application = groups.get('app-id')?.map(({ value }) => readApplicationId(value));
  return [...groups].flatMap(([id, group]) => {
    if (id === 'client.certificate') return buildCertificate(group, application ?? []);
    const valued = group.flatMap((entry) => {
      const value = readValue(entry);
      return value === null ? [] : [{ entry, value }];
    });
    const [first] = valued;
    if (first === undefined) return [];
    const isSame = valued.every(({ value }) => getComparedText(value) === getComparedText(first.value));
    return [{ id, value: isSame ? first.value : buildConflict(valued), at: first.entry.at }];
  });
}

/** Parses as `Boolean.Parse`: either word in any case, with spaces and NULs around it. .NET throws for anything else. */
export function parseNetBoolean(text: string): boolean | null {
  const word = text.replace(/^[\s\0]+|[\s\0]+$/g, '').toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** Literal secrets among all values in a file, effective or not, for any reader. Each appears once. */
export function findSecretsInSections(entries: readonly AppSetting[]): readonly Setting[] {
  const found = new Map<string, Setting>();
  for (const { key, value, at } of entries) {
    const known = findDotnetKey(key);
    const isSecret = known?.kind === 'secret' || isPrivateKey(value) || (known === null && containsSecret(key, value));
    const texts = isSecret ? [value.trim()] : listEmbeddedPasswords(value);
    const what = isSecret ? nameSecret(known?.name ?? key) : words.addressPassword(known?.name ?? key);
    for (const text of texts) {
      const secret = buildSecret(text, what);
      if (secret?.kind !== 'secret') continue;
      const identity = `${what}\n${secret.meaning}`;
      if (!found.has(identity)) found.set(identity, { id: 'secret', value: secret, at });
    }
  }
  return [...found.values()];
}

/** Endpoint texts, for the environment. */
export function listEndpoints(entries: readonly KnownSetting[]): readonly string[] {
  return entries
    .filter(({ known, value }) => known.kind === 'endpoint' && value.trim() !== '')
    .map(({ value }) => value);
}

function listEmbeddedPasswords(value: string): readonly string[] {
  return [...new Set([value, ...splitList(value)].flatMap(findEmbeddedPasswords))];
}

function nameSecret(name: string): string {
  if (name === 'ApplicationCertificatePassword') return words.certificatePassword(name);
  return name === 'CookieEncryptionKey' ? words.cookieKey(name) : words.secretSetting(name);
}

function readValue({ key, value, known, at }: KnownSetting): SettingValue | null {
  const written = hideCredentials(value);
  if (isPrivateKey(value)) return null;
  if (known.kind === 'application-id') return readApplicationId(value);
  if (written === '') return null;
  if (known.isReviewed && isPlaceholder(written)) {
    return toUnresolvedValue(written, written, messages.placeholder({ key }).message);
  }
  switch (known.kind) {
    case 'endpoint':
      return { kind: 'text', meaning: normalizeEndpoint(written), shown: written };
    case 'boolean': {
      const flag = parseNetBoolean(value);
      if (flag !== null) return toTextValue(String(flag));
      return known.isReviewed
        ? toUnresolvedValue(written, written, messages.notBoolean({ key }).message)
        : toTextValue(written);
    }
    case 'number':
      return toTextValue(/^[+-]?\d+$/.test(written) ? String(BigInt(written)) : written);
    case 'types':
      return { kind: 'set', items: buildTypeItems(written, at) };
    case 'hosts':
      return toTextValue(splitList(written.toLowerCase()).sort().join(', '));
    default:
      return toTextValue(written);
  }
}

/** The way in which the application finds its certificate. The SDK's defaults are left out. */
function buildCertificate(group: readonly KnownSetting[], application: readonly SettingValue[]): readonly Setting[] {
  const items = new Map<string, SetItem>();
  for (const { known, value, at } of group) {
    const written = hideCredentials(value);
    if (written === '' || isPrivateKey(value)) continue;
    const item = buildCertificateItem(known, written, application);
    if (item !== null && !items.has(item.meaning)) items.set(item.meaning, { ...item, at });
  }
  const [first] = items.values();
  if (first === undefined) return [];
  return [{ id: 'client.certificate', value: { kind: 'set', items: [...items.values()] }, at: first.at }];
}

function buildCertificateItem(
  known: DotnetKey,
  written: string,
  application: readonly SettingValue[],
): Pick<SetItem, 'meaning' | 'shown'> | null {
  if (known.kind === 'certificate-file') {
    const shown = written.replace(/([\\/](?:users|home|documents and settings)[\\/])[^\\/]+/i, '$1…');
    return { meaning: `file: ${written.replaceAll('\\', '/').toLowerCase()}`, shown: `file: ${shown}` };
  }
  if (known.kind === 'certificate-subject') {
    const subject = written.replace(/^cn=\s*/i, '');
    const usual = application.some(
      (value) => value.kind === 'text' && subject.toLowerCase() === `wildcatapp-${value.meaning}`,
    );
    return usual ? null : { meaning: `subject: ${subject}`, shown: `subject: ${subject}` };
  }
  const store = STORES.get(written.toLowerCase()) ?? written;
  return store === 'LocalMachine' ? null : { meaning: `store: ${store}`, shown: `store: ${store}` };
}

/** .NET's `StoreLocation`, by name and by number. */
const STORES: ReadonlyMap<string, string> = new Map([
  ['1', 'CurrentUser'],
  ['currentuser', 'CurrentUser'],
  ['2', 'LocalMachine'],
  ['localmachine', 'LocalMachine'],
]);

function buildTypeItems(written: string, at: Place): readonly SetItem[] {
  return [...new Set(splitList(written))].map((name) => ({ meaning: name, shown: name, at }));
}

function buildConflict(
  valued: readonly { readonly entry: KnownSetting; readonly value: SettingValue }[],
): SettingValue {
  const [one, other] = valued;
  const keys = { first: one?.entry.key ?? '', second: other?.entry.key ?? '' };
  const meaning = valued.map(({ entry, value }) => `${entry.key.toLowerCase()}=${getComparedText(value)}`).sort();
  const shown = valued.map(({ entry, value }) => `${entry.key}=${getShownText(value)}`).sort();
  if (one?.entry.known.isReviewed === false)
    return { kind: 'text', meaning: meaning.join('; '), shown: shown.join('; ') };
  return toUnresolvedValue(meaning.join('; '), shown.join('; '), messages.twoFamilies(keys).message);
}

/** The compared meaning of a value, as one text. */
export function getComparedText(value: SettingValue): string {
  if (value.kind === 'set') return JSON.stringify(value.items.map(({ meaning }) => meaning).sort());
  return value.kind === 'access' ? '' : value.meaning;
}

function getShownText(value: SettingValue): string {
  if (value.kind === 'set') return value.items.map(({ shown }) => shown).join(', ');
  return 'shown' in value ? value.shown : '';
}

function splitList(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toTextValue(meaning: string): SettingValue {
  return { kind: 'text', meaning, shown: meaning };
}

function toUnresolvedValue(meaning: string, shown: string, reason: string): SettingValue {
  return { kind: 'unresolved', meaning, shown, reason };
}

function isPlaceholder(written: string): boolean {
  return isBuildPlaceholder(written) || /%[A-Za-z_]\w{2,}%/.test(written);
}

/** Whether a value is a key as PEM in any shape, or the bytes of a key or key store as text. */
function isPrivateKey(value: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value) || findPrivateKeys(value).length > 0;
}

/** A value without its passwords, which are separate secrets. In a list of addresses, each part may have one. */
function hideCredentials(value: string): string {
  return removeCredentials(value).split(',').map(removeCredentials).join(',').trim();
}
