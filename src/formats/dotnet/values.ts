/** Effective `appSettings` entries to settings: what each text means, and which texts are secrets. */
import sentences from '../../../data/messages/formats-dotnet.json' with { type: 'json' };
import type { SetItem, Setting, SettingValue } from '../../model/document.ts';
import { endpointMeaning } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { applicationIdValue, isBuildPlaceholder } from '../client/application-id.ts';
import { keysIn } from '../secrets/key-text.ts';
import { passwordsInAddresses, secretValue, withoutCredentials } from '../secrets/secrets.ts';
import { type DotnetKey, dotnetKey } from './keys.ts';

/** One `add` element as written. `at` is where the value stands. */
export interface AppSetting {
  readonly key: string;
  readonly value: string;
  readonly at: Place;
}

/** An entry that the SDK reads. */
export interface KnownSetting extends AppSetting {
  readonly known: DotnetKey;
}

/** Those of the entries that are HealthVault's. */
export function knownSettings(entries: readonly AppSetting[]): readonly KnownSetting[] {
  return entries.flatMap((entry) => {
    const known = dotnetKey(entry.key);
    return known === null ? [] : [{ ...entry, known }];
  });
}

/** Whether any of the entries is HealthVault's for certain. */
export function namesOurs(entries: readonly AppSetting[]): boolean {
  return knownSettings(entries).some(({ known }) => known.telling);
}

/** The settings that effective entries amount to. An empty text is the default, so it is no setting. */
export function settingsOf(entries: readonly KnownSetting[]): readonly Setting[] {
  const groups = new Map<string, KnownSetting[]>();
  for (const entry of entries) {
    if (entry.known.kind === 'secret') continue;
    groups.set(entry.known.setting, [...(groups.get(entry.known.setting) ?? []), entry]);
  }
  const application = groups.get('app-id')?.map(({ value }) => applicationIdValue(value));
  return [...groups].flatMap(([id, group]) => {
    if (id === 'client.certificate') return certificateSetting(group, application ?? []);
    const valued = group.flatMap((entry) => {
      const value = settingValue(entry);
      return value === null ? [] : [{ entry, value }];
    });
    const [first] = valued;
    if (first === undefined) return [];
    const same = valued.every(({ value }) => meaningOf(value) === meaningOf(first.value));
    return [{ id, value: same ? first.value : conflict(valued), at: first.entry.at }];
  });
}

/** Literal secrets among all entries that a file holds, effective or not; each once. */
export function secretsOf(entries: readonly KnownSetting[], cryptography: Cryptography): readonly Setting[] {
  const found = new Map<string, Setting>();
  for (const { known, value, at } of entries) {
    const isSecret = known.kind === 'secret' || isPrivateKey(value);
    const texts = isSecret ? [value.trim()] : addressPasswords(value);
    const what = fill(sentences[isSecret ? secretSentence(known) : 'dotnet-secret-address'], { key: known.name });
    for (const text of texts) {
      const secret = secretValue(text, what, cryptography);
      if (secret?.kind !== 'secret') continue;
      const identity = `${what}\n${secret.meaning}`;
      if (!found.has(identity)) found.set(identity, { id: 'secret', value: secret, at });
    }
  }
  return [...found.values()];
}

/** Endpoint texts, for the environment. */
export function endpointsOf(entries: readonly KnownSetting[]): readonly string[] {
  return entries
    .filter(({ known, value }) => known.kind === 'endpoint' && value.trim() !== '')
    .map(({ value }) => value);
}

/** A boolean as .NET and people write it, or null. */
export function booleanOf(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}

function addressPasswords(value: string): readonly string[] {
  return [...new Set([value, ...parts(value)].flatMap(passwordsInAddresses))];
}

function secretSentence({ name }: DotnetKey) {
  if (name === 'ApplicationCertificatePassword') return 'dotnet-secret-certificate-password';
  return name === 'CookieEncryptionKey' ? 'dotnet-secret-cookie-key' : 'dotnet-secret-other';
}

function settingValue({ key, value, known, at }: KnownSetting): SettingValue | null {
  const written = shownText(value);
  if (isPrivateKey(value)) return null;
  if (known.kind === 'application-id') return applicationIdValue(value);
  if (written === '') return null;
  if (known.reviewed && isPlaceholder(written)) {
    return unresolved(written, written, fill(sentences['dotnet-placeholder'], { key }));
  }
  switch (known.kind) {
    case 'endpoint':
      return { kind: 'text', meaning: endpointMeaning(written), shown: written };
    case 'boolean': {
      const flag = booleanOf(written);
      if (flag !== null) return text(String(flag));
      return known.reviewed
        ? unresolved(written, written, fill(sentences['dotnet-not-boolean'], { key }))
        : text(written);
    }
    case 'number':
      return text(/^[+-]?\d+$/.test(written) ? String(BigInt(written)) : written);
    case 'types':
      return { kind: 'set', items: typeItems(written, at) };
    case 'hosts':
      return text(parts(written.toLowerCase()).sort().join(', '));
    default:
      return text(written);
  }
}

/** The way in which the application finds its certificate; the SDK's defaults are left out. */
function certificateSetting(group: readonly KnownSetting[], application: readonly SettingValue[]): readonly Setting[] {
  const items = new Map<string, SetItem>();
  for (const { known, value, at } of group) {
    const written = shownText(value);
    if (written === '' || isPrivateKey(value)) continue;
    const item = certificateItem(known, written, application);
    if (item !== null && !items.has(item.meaning)) items.set(item.meaning, { ...item, at });
  }
  const [first] = items.values();
  if (first === undefined) return [];
  return [{ id: 'client.certificate', value: { kind: 'set', items: [...items.values()] }, at: first.at }];
}

function certificateItem(
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

function typeItems(written: string, at: Place): readonly SetItem[] {
  return [...new Set(parts(written))].map((name) => ({ meaning: name, shown: name, at }));
}

function conflict(valued: readonly { readonly entry: KnownSetting; readonly value: SettingValue }[]): SettingValue {
  const [one, other] = valued;
  const keys = { first: one?.entry.key ?? '', second: other?.entry.key ?? '' };
  const meaning = valued.map(({ entry, value }) => `${entry.key.toLowerCase()}=${meaningOf(value)}`).sort();
  const shown = valued.map(({ entry, value }) => `${entry.key}=${shownOf(value)}`).sort();
  if (one?.entry.known.reviewed === false)
    return { kind: 'text', meaning: meaning.join('; '), shown: shown.join('; ') };
  return unresolved(meaning.join('; '), shown.join('; '), fill(sentences['dotnet-two-families'], keys));
}

/** What is compared of a value, as one text. */
export function meaningOf(value: SettingValue): string {
  if (value.kind === 'set') return JSON.stringify(value.items.map(({ meaning }) => meaning).sort());
  return value.kind === 'access' ? '' : value.meaning;
}

function shownOf(value: SettingValue): string {
  if (value.kind === 'set') return value.items.map(({ shown }) => shown).join(', ');
  return 'shown' in value ? value.shown : '';
}

function parts(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function text(meaning: string): SettingValue {
  return { kind: 'text', meaning, shown: meaning };
}

function unresolved(meaning: string, shown: string, reason: string): SettingValue {
  return { kind: 'unresolved', meaning, shown, reason };
}

function isPlaceholder(written: string): boolean {
  return isBuildPlaceholder(written) || /%[A-Za-z_]\w{2,}%/.test(written);
}

/** As PEM, in whatever shape, or as the bytes of a key or a key store in text. */
function isPrivateKey(value: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value) || keysIn(value).length > 0;
}

/** A value without what gives access to an address: that is a secret beside it. Lists of addresses have one in each part. */
function shownText(value: string): string {
  return withoutCredentials(value).split(',').map(withoutCredentials).join(',').trim();
}
