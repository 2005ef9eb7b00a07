/** `hv-application.properties` of the Java SDK, Maven's placeholders filled in from the poms of the same revision. */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { baseName } from '../../model/paths.ts';
import type { Cryptography, Place, SourceFile } from '../../model/source.ts';
import { type PropertyEntry, parseProperties } from '../../syntax/properties.ts';
import { decodeText } from '../../syntax/text.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { clientDocument } from '../client/client-document.ts';
import { type UnlistedKey, withOthers, withUnlisted } from '../client/unlisted-key.ts';
import {
  addressSecrets,
  endpointValue,
  plainValue,
  sortedById,
  switchValue,
  type WrittenValue,
} from '../client/values.ts';
import type { Format, ReadContext } from '../format.ts';
import { isSecretName, secretValue, withoutCredentials } from '../secrets/secrets.ts';
import { HV_PROPERTIES, type Resolution, resolveMaven } from './maven.ts';

const ID = 'java-properties';

const KEYS: Readonly<Record<string, { readonly setting: string; readonly value: (text: string) => SettingValue }>> = {
  'app.id': { setting: 'app-id', value: applicationIdValue },
  'app.isMultiInstanceAware': { setting: 'client.multi-instance', value: switchValue },
  'shell.url': { setting: 'client.endpoints.shell', value: endpointValue },
  'healthvault.url': { setting: 'client.endpoints.platform', value: endpointValue },
  'target.auth.redirect': { setting: 'client.action-targets.auth.redirect', value: plainValue },
  'target.auth.actionqs': { setting: 'client.action-targets.auth.actionqs', value: plainValue },
};

/** Where the certificate is found: two keys, one setting. */
const CERTIFICATE_KEYS = ['keystore.filename', 'keystore.keyname'];

/** Java SDK configuration. */
export const javaProperties: Format = {
  id: ID,
  claims: (path) => baseName(path).toLowerCase() === HV_PROPERTIES,
  read(file: SourceFile, context: ReadContext): ReadResult {
    const decoded = textOf(file.bytes);
    const parsed = 'problem' in decoded ? decoded : parseProperties(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    return { kind: 'documents', documents: [documentOf(parsed.entries, file.path, context)] };
  },
};

/** Java itself reads ISO 8859-1; editors write UTF-8. Bytes that are no UTF-8 are the former. */
function textOf(bytes: Uint8Array): ReturnType<typeof decodeText> {
  const decoded = decodeText(bytes, 'plain');
  if (!('problem' in decoded) || bytes.includes(0)) return decoded;
  return { text: new TextDecoder('windows-1252').decode(bytes) };
}

/** An entry with what its value comes to. */
interface Resolved {
  readonly entry: PropertyEntry;
  readonly resolution: Resolution;
  readonly at: Place;
}

function documentOf(entries: readonly PropertyEntry[], file: string, context: ReadContext): ConfigDocument {
  const all = entries.map((entry): Resolved => {
    const resolution = resolveMaven(entry.value, file, context.tree);
    const own: Place = { file, ...entry.valueAt };
    return { entry, resolution, at: (resolution.kind === 'resolved' ? resolution.at : null) ?? own };
  });
  // The last of equal keys counts, but a password is there whether it counts or not.
  const byKey = new Map(all.map((one) => [one.entry.key, one]));
  const counting = [...byKey.values()];
  const listed = [
    ...counting.flatMap((one) => listedSettings(one, context.cryptography)),
    ...certificateOf(byKey, context.cryptography),
    ...all.flatMap((one) => secretsOf(one, context.cryptography)),
  ];
  const settings = sortedById(withUnlisted(listed, counting.flatMap(unlistedKeys), context.cryptography));
  return clientDocument({ file, format: ID, settings, defaults: { 'client.multi-instance': 'false' } });
}

function isListed(key: string): boolean {
  return Object.hasOwn(KEYS, key) || CERTIFICATE_KEYS.includes(key);
}

function listedSettings({ entry, resolution, at }: Resolved, cryptography: Cryptography): readonly Setting[] {
  const known = Object.hasOwn(KEYS, entry.key) ? KEYS[entry.key] : undefined;
  if (known === undefined) return [];
  const { setting: id, value } = known;
  if (resolution.kind === 'unresolved')
    return [{ id, value: unresolvedValue(entry.value, resolution, cryptography), at }];
  // An empty value is what Java reads for a missing one, an application id aside: there it is a placeholder.
  const empty = resolution.text.trim() === '' && id !== 'app-id';
  return empty ? [] : [{ id, value: value(resolution.text), at }];
}

function unlistedKeys({ entry, resolution, at }: Resolved): readonly UnlistedKey[] {
  const { key, value } = entry;
  if (isListed(key) || isSecretName(key)) return [];
  if (resolution.kind === 'resolved') return [{ key, text: resolution.text, at }];
  return [{ key, text: value, others: othersOf(value, resolution), at }];
}

/**
 * Passwords by the name of the key, and those in addresses. Literals count wherever they stand, a profile of the pom
 * included; placeholders and empty values give nothing away.
 */
function secretsOf({ entry: { key }, resolution, at }: Resolved, cryptography: Cryptography): readonly Setting[] {
  const isSecret = isSecretName(key);
  if (!isSecret && !isListed(key) && resolution.kind === 'resolved') return []; // looked at with the other unlisted keys
  const candidates = resolution.kind === 'resolved' ? [{ text: resolution.text, at }] : resolution.candidates;
  return candidates.flatMap((candidate): readonly Setting[] => {
    const place = candidate.at ?? at;
    if (!isSecret) return addressSecrets(key, candidate.text, place, cryptography);
    const value = /^@[A-Za-z][\w.-]*@$/.test(candidate.text) ? null : secretValue(candidate.text, key, cryptography);
    return value === null ? [] : [{ id: 'secret', value, at: place }];
  });
}

function certificateOf(byKey: ReadonlyMap<string, Resolved>, cryptography: Cryptography): readonly Setting[] {
  const found = CERTIFICATE_KEYS.flatMap((key) => {
    const resolved = byKey.get(key);
    return resolved === undefined || resolved.entry.value.trim() === '' ? [] : [{ key, resolved }];
  });
  const first = found[0];
  if (first === undefined) return [];
  const at = first.resolved.at;
  const parts = found.map(({ key, resolved: { entry, resolution } }) => {
    const value =
      resolution.kind === 'resolved'
        ? plainValue(resolution.text)
        : unresolvedValue(entry.value, resolution, cryptography);
    return { name: key.slice('keystore.'.length), value };
  });
  const meaning = parts.map(({ name, value }) => `${name} ${value.meaning}`).join(', ');
  const shown = parts.map(({ name, value }) => `${name} ${value.shown}`).join(', ');
  const [open] = parts.flatMap(({ value }) => (value.kind === 'unresolved' ? [value] : []));
  if (open === undefined) return [{ id: 'client.certificate', value: { kind: 'text', meaning, shown }, at }];
  const value: SettingValue = { kind: 'unresolved', meaning: shown, shown, reason: open.reason };
  return [{ id: 'client.certificate', value: withOthers(value, [meaning], cryptography), at }];
}

type Unresolved = Extract<Resolution, { kind: 'unresolved' }>;

/** What it may come to is part of the meaning: another value in a profile is a change, though this file shows none. */
function unresolvedValue(written: string, resolution: Unresolved, cryptography: Cryptography): WrittenValue {
  const shown = withoutCredentials(written.trim());
  const value: WrittenValue = { kind: 'unresolved', meaning: shown, shown, reason: resolution.reason };
  return withOthers(value, othersOf(written, resolution), cryptography);
}

function othersOf(written: string, { candidates }: Unresolved): readonly string[] {
  return candidates.flatMap(({ text, under }) => (text === written ? [] : [`${under}: ${text}`]));
}
