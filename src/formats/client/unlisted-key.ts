/**
 * Keys that no HealthVault document lists. Every reader treats them alike. Another spelling of a known setting is that
 * setting. If the name or value may concern an application id, an address or the sign-up, the key cannot be determined.
 * Any other key only configures how the application runs.
 */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting, SettingValue } from '../../model/document.ts';
import { findHealthVaultHost } from '../../model/environment.ts';
import type { Place, Position } from '../../model/source.ts';
import { buildSecret, isSecretName, mayContainSecret, splitWords } from '../secrets/secrets.ts';
import { readApplicationId } from './application-id.ts';
import { messages, words } from './messages.ts';
import { findEmbeddedSecrets, readBoolean, readEndpoint, readRuntimeText, type WrittenValue } from './values.ts';

/** A key and its value. */
export interface UnlistedKey {
  /** As written. */
  readonly key: string;
  /** Represents all spellings of a key. It is the last part of `client.runtime.<id>`. */
  readonly id?: string;
  readonly text: string;
  /** Other texts that it may evaluate to if a build or a profile decides. They are compared but never shown. */
  readonly others?: readonly string[];
  /** True if its meaning cannot be determined, regardless of its name and value. */
  readonly isOpen?: boolean;
  /** True if the reader has removed confidential parts from the text. */
  readonly isRedacted?: boolean;
  /** The content of a list or map in place of a text. Its meaning cannot be determined. */
  readonly inner?: readonly InnerText[];
  readonly at: Place;
}

/** A text within a list or a map. */
export interface InnerText {
  /** Names on the path to it, including list indexes. */
  readonly path: readonly string[];
  readonly text: string;
  readonly at: Place;
}

/** The texts within a value. `look` returns the text of a node, or its child nodes by name. The path leads to the node. */
export function collectTexts<Node extends { readonly at: Position }>(
  node: Node,
  file: string,
  readTextOrNodes: (node: Node, path: readonly string[]) => string | readonly (readonly [name: string, node: Node])[],
  path: readonly string[] = [],
): readonly InnerText[] {
  const content = readTextOrNodes(node, path);
  if (typeof content === 'string') return [{ path, text: content, at: { file, ...node.at } }];
  return content.flatMap(([name, one]) => collectTexts(one, file, readTextOrNodes, [...path, name]));
}

/**
 * The settings from the listed keys and the other keys of a document. A listed key takes precedence over another
 * spelling of it. Undetermined keys are one `document` setting, as in every format.
 */
export function addUnlistedKeys(listed: readonly Setting[], unlisted: readonly UnlistedKey[]): readonly Setting[] {
  const settings = [...listed];
  const known = new Map(listed.map((setting) => [setting.id, setting]));
  const open: UnlistedKey[] = [];
  for (const one of [...unlisted].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    settings.push(...findSecrets(one));
    if (isSecretName(one.key) || isEmpty(one)) continue;
    const setting = readSetting(one);
    if (setting === null || !hasSameMeaning(setting, known.get(setting.id))) open.push(one);
    else if (!known.has(setting.id)) {
      known.set(setting.id, setting);
      settings.push(setting);
    }
  }
  return [...settings, ...describeOpenKeys(open)];
}

/** A list or a map in place of a listed key's value. Its meaning cannot be determined. Its passwords are secrets. */
export function readStructure(
  key: string,
  inner: readonly InnerText[],
  at: Place,
): { readonly value: Extract<SettingValue, { kind: 'unresolved' }>; readonly secrets: readonly Setting[] } {
  const one: UnlistedKey = { key, text: '', inner, at };
  const meaning = digestJson(listComparedParts(one));
  const reason = messages.structured().message;
  const value = { kind: 'unresolved', meaning, shown: describeValue(one), reason } as const;
  return { value, secrets: findSecrets(one) };
}

/** Whether an unlisted key is another spelling of a known setting or has a similar name. */
export function resemblesSettingName(key: string): boolean {
  return findKnownSetting(key) !== null || SENSITIVE_NAME.test(splitWords(key));
}

/** Whether a key has HealthVault's name or a library's prefix (`HVAppId`, `MHVConfiguration`). */
export function hasHealthVaultName(key: string): boolean {
  if (/health[-_]?vault/i.test(key) || /^M?HV(?:[_.:-].|[A-Z][a-z])/.test(key)) return true;
  return /^m?hv/i.test(key) && findKnownSetting(key) !== null;
}

/** An empty text is not a setting. An empty application id is a placeholder. */
function isEmpty({ key, text, inner }: UnlistedKey): boolean {
  return inner === undefined && text.trim() === '' && findKnownSetting(key)?.id !== 'app-id';
}

function readSetting(one: UnlistedKey): Setting | null {
  const { key, id = key, text, others = [], at } = one;
  if (one.isOpen || one.inner !== undefined) return null;
  const similar = findKnownSetting(key);
  if (similar === null && (SENSITIVE_NAME.test(splitWords(key)) || [text, ...others].some(mentionsIdOrHost)))
    return null;
  const value =
    similar !== null ? similar.readValue(text) : one.isRedacted ? readRuntimeText(text) : readUnlistedText(text);
  const setting = similar === null ? `client.runtime.${id}` : similar.id;
  return { id: setting, value: addAlternatives(value, others), at };
}

/** Adds the other texts that a value may evaluate to. A digest covers all of them, because only one is shown. */
export function addAlternatives<Value extends SettingValue>(value: Value, others: readonly string[]): Value {
  if (others.length === 0 || !('meaning' in value)) return value;
  return { ...value, meaning: digestJson([value.meaning, ...others]) };
}

function hasSameMeaning({ value }: Setting, former: Setting | undefined): boolean {
  return (
    former === undefined || JSON.stringify({ ...value, shown: '' }) === JSON.stringify({ ...former.value, shown: '' })
  );
}

/** Passwords found by the names on the path to them, and passwords in addresses. */
function findSecrets({ key, text, inner, at }: UnlistedKey): readonly Setting[] {
  const texts: readonly InnerText[] = inner ?? [{ path: [], text, at }];
  return texts.flatMap((one): readonly Setting[] => {
    const what = [key, ...one.path].join('.');
    if (!isSecretPath([key, ...one.path])) return findEmbeddedSecrets(what, one.text, one.at);
    const value = buildSecret(one.text.trim(), what);
    return value === null ? [] : [{ id: 'secret', value, at: one.at }];
  });
}

function isSecretPath(path: readonly string[]): boolean {
  return path.some(isSecretName);
}

/** Most undetermined keys that are shown. */
const MAX_SHOWN = 5;
/** Longest value that is shown of each, in characters. */
const MAX_CHARACTERS = 100;

/** All keys without a determined meaning as one setting, so one approval covers them together. */
function describeOpenKeys(open: readonly UnlistedKey[]): readonly Setting[] {
  const first = open[0];
  if (first === undefined) return [];
  const named = open.slice(0, MAX_SHOWN);
  const rest = open.length - named.length;
  const more = rest > 0 ? [words.more(rest)] : [];
  const shown = [...named.map((one) => `${one.key} = ${describeValue(one)}`), ...more].join(', ');
  const reason = messages.unlistedKeys({ keys: [...named.map(({ key }) => key), ...more].join(', ') }).message;
  const meaning = digestJson(open.map(listComparedParts));
  return [{ id: 'document', value: { kind: 'unresolved', meaning, shown, reason }, at: first.at }];
}

/** The compared meaning of a key. Passwords are compared as secrets. */
function listComparedParts({ key, id = key, text, others = [], inner }: UnlistedKey): readonly unknown[] {
  if (inner === undefined) return [id, text.trim(), others];
  return [id, ...inner.map(({ path, text: own }) => [path, isSecretPath([key, ...path]) ? '' : own.trim()])];
}

function describeValue(one: UnlistedKey): string {
  if (one.inner !== undefined) return `{...} (${digestJson(listComparedParts(one)).slice(0, 12)})`;
  const isClear = one.isRedacted || SENSITIVE_NAME.test(splitWords(one.key)) || mentionsIdOrHost(one.text);
  const { shown } = isClear ? readRuntimeText(one.text) : readUnlistedText(one.text);
  return shown.length > MAX_CHARACTERS ? `${shown.slice(0, MAX_CHARACTERS)}…` : shown;
}

/** A text under an unknown name may be a password. It is shown only if it cannot be one. */
function readUnlistedText(text: string): WrittenValue {
  const { meaning, shown, ...value } = readRuntimeText(text);
  if (!mayContainSecret(shown) || findHealthVaultHost(shown) !== null) return { ...value, meaning, shown };
  // Reports print texts that look like a digest.
  const compared = /^[0-9a-f]{64}$/i.test(meaning) ? `hidden ${computeSha256(meaning)}` : meaning;
  return { ...value, meaning: compared, shown: words.hidden(shown.length) };
}

function digestJson(value: unknown): string {
  return computeSha256(JSON.stringify(value));
}

interface KnownSetting {
  readonly id: string;
  readonly readValue: (text: string) => SettingValue;
}

/** Unambiguous names, as letters only, without `is` and the library's prefix. */
const KNOWN_NAMES: ReadonlyMap<string, KnownSetting> = new Map(
  Object.entries({
    'app-id': ['appid', 'applicationid', 'masterappid', 'masterapplicationid'],
    'client.endpoints.platform': ['platformurl', 'serviceurl', 'healthserviceurl'],
    'client.endpoints.shell': ['shellurl'],
    'client.endpoints.rest': ['resturl', 'resthealthserviceurl'],
    'client.multi-instance': ['multiinstance', 'multiinstanceaware'],
    'client.multi-record': ['mra', 'multirecord', 'multirecordapp'],
    'client.signup-code': ['signupcoderequired'],
  }).flatMap(([id, names]) => names.map((name) => [name, { id, readValue: findValueReader(id) }] as const)),
);

function findValueReader(id: string): (text: string) => SettingValue {
  if (id === 'app-id') return readApplicationId;
  return id.startsWith('client.endpoints.') ? readEndpoint : readBoolean;
}

/** Finds it by the whole name or by its last part (`app.isMRA`). */
function findKnownSetting(key: string): KnownSetting | null {
  return (
    KNOWN_NAMES.get(normalizeName(key)) ?? KNOWN_NAMES.get(normalizeName(key.slice(key.lastIndexOf('.') + 1))) ?? null
  );
}

function normalizeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9\u0080-\uffff]/g, '')
    .replace(/^(?:m?hv|healthvault|wcpage)?(?:is)?/, '');
}

/** Names that concern a review: the application, its sign-up and consent, its pages, its certificate. */
const SENSITIVE_NAME =
  /app(?:lication)? ?ids?(?: |$)|master ?ids?(?: |$)|\b(?:hv)?mra\b|multi ?(?:record|instance)|sign ?up|\baction|redirect|thumb ?print/;

/** Whether a text contains a possible application id or the name of a HealthVault host. */
export function mentionsIdOrHost(text: string): boolean {
  if (/(?:^|[^0-9a-f])[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}(?![0-9a-f])/i.test(text)) return true;
  return mentionsHost(text);
}

/** Whether a text contains the name of a HealthVault host. */
export function mentionsHost(text: string): boolean {
  return (text.match(/[a-z0-9.-]+/gi) ?? []).some((word) => findHealthVaultHost(word.replace(/^[.-]+/, '')) !== null);
}
