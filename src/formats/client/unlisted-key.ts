/**
 * Keys that no document of HealthVault lists, the same for every reader. One that spells a known setting otherwise is that
 * setting; one whose name or value may be an application, an address or a part of the sign-up is for a person to judge;
 * any other only says how the application runs.
 */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import shapes from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { Setting, SettingValue } from '../../model/document.ts';
import { findHealthVaultHost } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { isSecretName, secretValue, withoutCredentials } from '../secrets/secrets.ts';
import { applicationIdValue } from './application-id.ts';
import { addressSecrets, endpointValue, runtimeValue, switchValue } from './values.ts';

/** A key, and what stands behind it. */
export interface UnlistedKey {
  /** As written. */
  readonly key: string;
  /** Where spellings of a key are one, the one that stands for all; the last part of `client.runtime.<id>`. */
  readonly id?: string;
  readonly text: string;
  /** Other texts that it may come to, where a build or a profile decides: compared with it, never shown. */
  readonly others?: readonly string[];
  /** True: nobody can tell what it means, whatever its name and its value are. */
  readonly isOpen?: boolean;
  /** Set where a list or a map stands in place of a text: what it holds. Nobody can tell what that means. */
  readonly inner?: readonly InnerText[];
  readonly at: Place;
}

/** A text within a list or a map. */
export interface InnerText {
  /** Names on the way to it, numbers of lists among them. */
  readonly path: readonly string[];
  readonly text: string;
  readonly at: Place;
}

/**
 * The settings of a document: those by listed keys, and what the other keys come to beside them. A listed key counts before
 * another spelling of it; what nobody can tell is one `document` setting, as in every format.
 */
export function withUnlisted(
  listed: readonly Setting[],
  unlisted: readonly UnlistedKey[],
  cryptography: Cryptography,
): readonly Setting[] {
  const settings = [...listed];
  const said = new Map(listed.map((setting) => [setting.id, setting]));
  const open: UnlistedKey[] = [];
  for (const one of [...unlisted].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    settings.push(...secretsOf(one, cryptography));
    if (isSecretName(one.key) || isNothing(one)) continue;
    const setting = settingOf(one, cryptography);
    if (setting === null || !agrees(setting, said.get(setting.id))) open.push(one);
    else if (!said.has(setting.id)) {
      said.set(setting.id, setting);
      settings.push(setting);
    }
  }
  return [...settings, ...openSettings(open, cryptography)];
}

/** A list or a map in the place of a listed key's value: nobody can tell what it means. Its passwords are secrets all the same. */
export function structuredValue(
  key: string,
  inner: readonly InnerText[],
  at: Place,
  cryptography: Cryptography,
): { readonly value: Extract<SettingValue, { kind: 'unresolved' }>; readonly secrets: readonly Setting[] } {
  const one: UnlistedKey = { key, text: '', inner, at };
  const meaning = digestOf(saidBy(one), cryptography);
  const reason = shapes['value-structured'];
  const value = { kind: 'unresolved', meaning, shown: shownOf(one, cryptography), reason } as const;
  return { value, secrets: secretsOf(one, cryptography) };
}

/** Whether a key that no document lists spells a known setting otherwise, or is named like one. */
export function isTellingName(key: string): boolean {
  return usualSetting(key) !== null || TELLING_NAME.test(wordsOf(key));
}

/** An empty text says nothing, an application id's aside: there it is a placeholder. */
function isNothing({ key, text, inner }: UnlistedKey): boolean {
  return inner === undefined && text.trim() === '' && usualSetting(key)?.id !== 'app-id';
}

function settingOf(one: UnlistedKey, cryptography: Cryptography): Setting | null {
  const { key, id = key, text, others = [], at } = one;
  if (one.isOpen || one.inner !== undefined) return null;
  const usual = usualSetting(key);
  if (usual === null && (TELLING_NAME.test(wordsOf(key)) || [text, ...others].some(isTellingText))) return null;
  const value = usual === null ? runtimeValue(text) : usual.value(text);
  const setting = usual === null ? `client.runtime.${id}` : usual.id;
  return { id: setting, value: withOthers(value, others, cryptography), at };
}

/** A value that may come to other texts as well: all of them are compared, by a digest, since only one is shown. */
export function withOthers<Value extends SettingValue>(
  value: Value,
  others: readonly string[],
  cryptography: Cryptography,
): Value {
  if (others.length === 0 || !('meaning' in value)) return value;
  return { ...value, meaning: digestOf([value.meaning, ...others], cryptography) };
}

function agrees({ value }: Setting, former: Setting | undefined): boolean {
  return (
    former === undefined || JSON.stringify({ ...value, shown: '' }) === JSON.stringify({ ...former.value, shown: '' })
  );
}

/** Passwords by the names on the way to them, and those in addresses. */
function secretsOf({ key, text, inner, at }: UnlistedKey, cryptography: Cryptography): readonly Setting[] {
  const texts: readonly InnerText[] = inner ?? [{ path: [], text, at }];
  return texts.flatMap((one): readonly Setting[] => {
    const what = [key, ...one.path].join('.');
    if (!isSecretPath([key, ...one.path])) return addressSecrets(what, one.text, one.at, cryptography);
    const value = secretValue(one.text.trim(), what, cryptography);
    return value === null ? [] : [{ id: 'secret', value, at: one.at }];
  });
}

function isSecretPath(path: readonly string[]): boolean {
  return path.some(isSecretName);
}

/** Most keys that are shown of those that nobody can tell. */
const MOST_SHOWN = 5;
/** Longest value that is shown of each, in characters. */
const MOST_CHARACTERS = 100;

/** All that cannot be told, as one setting: an approval covers it together. */
function openSettings(open: readonly UnlistedKey[], cryptography: Cryptography): readonly Setting[] {
  const first = open[0];
  if (first === undefined) return [];
  const named = open.slice(0, MOST_SHOWN);
  const rest = open.length - named.length;
  const more = rest > 0 ? [fill(sentences['shown-more'], { count: rest })] : [];
  const shown = [...named.map((one) => `${one.key} = ${shownOf(one, cryptography)}`), ...more].join(', ');
  const reason = fill(sentences['key-unlisted'], { keys: [...named.map(({ key }) => key), ...more].join(', ') });
  const meaning = digestOf(open.map(saidBy), cryptography);
  return [{ id: 'document', value: { kind: 'unresolved', meaning, shown, reason }, at: first.at }];
}

/** What is compared of a key; passwords are compared as secrets. */
function saidBy({ key, id = key, text, others = [], inner }: UnlistedKey): readonly unknown[] {
  if (inner === undefined) return [id, text.trim(), others];
  return [id, ...inner.map(({ path, text: own }) => [path, isSecretPath([key, ...path]) ? '' : own.trim()])];
}

function shownOf(one: UnlistedKey, cryptography: Cryptography): string {
  if (one.inner !== undefined) return `{...} (${digestOf(saidBy(one), cryptography).slice(0, 12)})`;
  const plain = withoutCredentials(one.text.trim());
  return plain.length > MOST_CHARACTERS ? `${plain.slice(0, MOST_CHARACTERS)}…` : plain;
}

function digestOf(value: unknown, cryptography: Cryptography): string {
  return cryptography.sha256(new TextEncoder().encode(JSON.stringify(value)));
}

interface UsualSetting {
  readonly id: string;
  readonly value: (text: string) => SettingValue;
}

/** Names that can only mean one thing, as letters alone, without `is` and the library's prefix. */
const USUAL: ReadonlyMap<string, UsualSetting> = new Map(
  Object.entries({
    'app-id': ['appid', 'applicationid', 'masterappid', 'masterapplicationid'],
    'client.endpoints.platform': ['platformurl', 'serviceurl', 'healthserviceurl'],
    'client.endpoints.shell': ['shellurl'],
    'client.endpoints.rest': ['resturl', 'resthealthserviceurl'],
    'client.multi-instance': ['multiinstance', 'multiinstanceaware'],
    'client.multi-record': ['mra', 'multirecord', 'multirecordapp'],
    'client.signup-code': ['signupcoderequired'],
  }).flatMap(([id, names]) => names.map((name) => [name, { id, value: valueReader(id) }] as const)),
);

function valueReader(id: string): (text: string) => SettingValue {
  if (id === 'app-id') return applicationIdValue;
  return id.startsWith('client.endpoints.') ? endpointValue : switchValue;
}

/** By the whole name, or by its last part (`app.isMRA`). */
function usualSetting(key: string): UsualSetting | null {
  return USUAL.get(lettersOf(key)) ?? USUAL.get(lettersOf(key.slice(key.lastIndexOf('.') + 1))) ?? null;
}

function lettersOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:m?hv|healthvault)?(?:is)?/, '');
}

/** Names of what a review is about: the application, its sign-up and consent, its pages, its certificate. */
const TELLING_NAME =
  /app(?:lication)? ?ids?(?: |$)|master ?ids?(?: |$)|\b(?:hv)?mra\b|multi ?(?:record|instance)|sign ?up|\baction|redirect|thumb ?print/;

/** A name as words in lower case, parted by single blanks; one may stand at either end. */
function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, ' ');
}

/** Whether a text holds what may be an application id, or the name of a HealthVault host. */
export function isTellingText(text: string): boolean {
  if (/(?:^|[^0-9a-f])[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-f])/i.test(text)) return true;
  return (text.match(/[a-z0-9.-]+/gi) ?? []).some((word) => findHealthVaultHost(word.replace(/^[.-]+/, '')) !== null);
}
