/** `hv-application.properties` of the Java SDK, Maven's placeholders filled in from the poms of the same revision. */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { getBaseName } from '../../model/paths.ts';
import type { Place } from '../../model/source.ts';
import { decodeProperties, type PropertyEntry, parseProperties } from '../../syntax/properties.ts';
import { isBuildPlaceholder, readApplicationId } from '../client/application-id.ts';
import { createClientDocument } from '../client/client-document.ts';
import { addAlternatives, addUnlistedKeys, type UnlistedKey } from '../client/unlisted-key.ts';
import {
  findEmbeddedSecrets,
  readBoolean,
  readEndpoint,
  readPlainText,
  sortById,
  type WrittenValue,
} from '../client/values.ts';
import type { Format, ReadContext } from '../format.ts';
import { buildSecret, isSecretName, removeCredentials } from '../secrets/secrets.ts';
import { HV_PROPERTIES, type Resolution, resolveMaven } from './maven.ts';
import { getResourceName } from './resource-name.ts';

const ID = 'java-properties';

const KEYS: Readonly<Record<string, { readonly setting: string; readonly read: (text: string) => SettingValue }>> = {
  'app.id': { setting: 'app-id', read: readApplicationId },
  'app.isMultiInstanceAware': { setting: 'client.multi-instance', read: readJavaBoolean },
  'shell.url': { setting: 'client.endpoints.shell', read: readEndpoint },
  'healthvault.url': { setting: 'client.endpoints.platform', read: readEndpoint },
  'target.auth.redirect': { setting: 'client.action-targets.auth.redirect', read: readPlainText },
  'target.auth.actionqs': { setting: 'client.action-targets.auth.actionqs', read: readPlainText },
};

/** Two keys locate the certificate. They are one setting. */
const CERTIFICATE_KEYS = ['keystore.filename', 'keystore.keyname'];

/** Java SDK configuration. */
export const javaProperties: Format = {
  id: ID,
  matchesPath: (path) => getBaseName(path).toLowerCase() === HV_PROPERTIES,
  getLoadedName: getResourceName,
  read(file, context): ReadResult {
    const decoded = decodeProperties(file.bytes);
    const parsed = 'problem' in decoded ? decoded : parseProperties(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    return { kind: 'documents', documents: [buildDocument(parsed.entries, file.path, context)] };
  },
};

/** Parses as `Boolean.parseBoolean`: true is the word in any case with nothing around it. Any other text is false. */
function readJavaBoolean(text: string): SettingValue {
  if (isBuildPlaceholder(text)) return readBoolean(text);
  return {
    kind: 'text',
    meaning: String(text.toLowerCase() === 'true'),
    shown: text === text.trim() ? text : JSON.stringify(text),
  };
}

/** An entry with its evaluated value. */
interface ResolvedEntry {
  readonly entry: PropertyEntry;
  readonly resolution: Resolution;
  readonly at: Place;
}

function buildDocument(entries: readonly PropertyEntry[], file: string, { tree }: ReadContext): ConfigDocument {
  const all = entries.map((entry): ResolvedEntry => {
    const resolution = resolveMaven(entry.value, file, tree);
    const own: Place = { file, ...entry.valueAt };
    return { entry, resolution, at: (resolution.kind === 'resolved' ? resolution.at : null) ?? own };
  });
  // The last of equal keys counts, but every password is a secret.
  const byKey = new Map(all.map((one) => [one.entry.key, one]));
  const effective = [...byKey.values()];
  const listed = [...effective.flatMap(readListed), ...readCertificate(byKey), ...all.flatMap(findSecrets)];
  const settings = sortById(addUnlistedKeys(listed, effective.flatMap(listUnlisted)));
  return createClientDocument({ file, format: ID, settings, defaults: { 'client.multi-instance': 'false' } });
}

/** The setting that a key of the Java SDK sets, or null. */
export function findJavaKey(key: string): string | null {
  if (CERTIFICATE_KEYS.includes(key)) return 'client.certificate';
  return (Object.hasOwn(KEYS, key) ? KEYS[key]?.setting : null) ?? null;
}

function isListed(key: string): boolean {
  return Object.hasOwn(KEYS, key) || CERTIFICATE_KEYS.includes(key);
}

function readListed({ entry, resolution, at }: ResolvedEntry): readonly Setting[] {
  const known = Object.hasOwn(KEYS, entry.key) ? KEYS[entry.key] : undefined;
  if (known === undefined) return [];
  const { setting: id, read } = known;
  if (resolution.kind === 'unresolved') return [{ id, value: buildUnresolvedValue(entry.value, resolution), at }];
  // Java reads a missing value as empty. An empty application id is a placeholder.
  const isMissing = resolution.text.trim() === '' && id !== 'app-id';
  return isMissing ? [] : [{ id, value: read(resolution.text), at }];
}

function listUnlisted({ entry: { key, value }, resolution, at }: ResolvedEntry): readonly UnlistedKey[] {
  if (isListed(key) || isSecretName(key)) return [];
  if (resolution.kind === 'resolved') return [{ key, text: resolution.text, at }];
  return [{ key, text: value, others: listOtherCandidates(value, resolution), at }];
}

/**
 * Passwords by the name of the key, and passwords in addresses. Literals count everywhere, also in a profile of the
 * pom. Placeholders and empty values reveal nothing.
 */
function findSecrets({ entry: { key }, resolution, at }: ResolvedEntry): readonly Setting[] {
  const isSecret = isSecretName(key);
  if (!isSecret && !isListed(key) && resolution.kind === 'resolved') return []; // found with the other unlisted keys
  const candidates = resolution.kind === 'resolved' ? [{ text: resolution.text, at }] : resolution.candidates;
  return candidates.flatMap((candidate): readonly Setting[] => {
    const place = candidate.at ?? at;
    if (!isSecret) return findEmbeddedSecrets(key, candidate.text, place);
    const value = /^@[A-Za-z][\w.-]*@$/.test(candidate.text) ? null : buildSecret(candidate.text, key);
    return value === null ? [] : [{ id: 'secret', value, at: place }];
  });
}

function readCertificate(byKey: ReadonlyMap<string, ResolvedEntry>): readonly Setting[] {
  const found = CERTIFICATE_KEYS.flatMap((key) => byKey.get(key) ?? []).filter(
    ({ entry }) => entry.value.trim() !== '',
  );
  const [first] = found;
  if (first === undefined) return [];
  const parts = found.map(({ entry, resolution }) => {
    const value =
      resolution.kind === 'resolved' ? readPlainText(resolution.text) : buildUnresolvedValue(entry.value, resolution);
    return { name: entry.key.slice('keystore.'.length), value };
  });
  const meaning = parts.map(({ name, value }) => `${name} ${value.meaning}`).join(', ');
  const shown = parts.map(({ name, value }) => `${name} ${value.shown}`).join(', ');
  const [open] = parts.flatMap(({ value }) => (value.kind === 'unresolved' ? [value] : []));
  const value: SettingValue =
    open === undefined
      ? { kind: 'text', meaning, shown }
      : addAlternatives({ kind: 'unresolved', meaning: shown, shown, reason: open.reason }, [meaning]);
  return [{ id: 'client.certificate', value, at: first.at }];
}

type Unresolved = Extract<Resolution, { kind: 'unresolved' }>;

/** All candidates are part of the meaning. Another value in a profile is a change, though this file does not show it. */
function buildUnresolvedValue(written: string, resolution: Unresolved): WrittenValue {
  const shown = removeCredentials(written.trim());
  const value: WrittenValue = { kind: 'unresolved', meaning: shown, shown, reason: resolution.reason };
  return addAlternatives(value, listOtherCandidates(written, resolution));
}

function listOtherCandidates(written: string, { candidates }: Unresolved): readonly string[] {
  return candidates.flatMap(({ text, under }) => (text === written ? [] : [`${under}: ${text}`]));
}
