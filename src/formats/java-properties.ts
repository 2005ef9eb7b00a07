/** `hv-application.properties` of the Java SDK, Maven's placeholders filled in from the poms of the same revision. */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import type { Cryptography, Place, SourceFile } from '../model/source.ts';
import { type PropertyEntry, parseProperties } from '../syntax/properties.ts';
import { decodeText } from '../syntax/text.ts';
import { applicationIdValue, isBuildPlaceholder } from './application-id-value.ts';
import {
  endpointsOf,
  endpointValue,
  isSecretKey,
  plainValue,
  secretValue,
  switchValue,
  type WrittenValue,
} from './client-values.ts';
import type { Format, ReadContext } from './format.ts';
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
  claims: (path) => path.slice(path.lastIndexOf('/') + 1).toLowerCase() === HV_PROPERTIES,
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
  if (!('problem' in decoded) || decoded.problem.id !== 'text-invalid-bytes' || bytes.includes(0)) return decoded;
  return { text: new TextDecoder('windows-1252').decode(bytes) };
}

/** An entry with what its value comes to. */
interface Resolved {
  readonly entry: PropertyEntry;
  readonly resolution: Resolution;
  readonly at: Place;
}

function documentOf(entries: readonly PropertyEntry[], file: string, context: ReadContext): ConfigDocument {
  const byKey = new Map<string, Resolved>();
  for (const entry of entries) {
    const resolution = resolveMaven(entry.value, file, context.tree);
    const own: Place = { file, ...entry.valueAt };
    byKey.set(entry.key, { entry, resolution, at: (resolution.kind === 'resolved' ? resolution.at : null) ?? own });
  }
  const settings = [...byKey.values()].flatMap((resolved) => settingsOf(resolved, context.cryptography));
  const certificate = certificateOf(byKey);
  if (certificate !== null) settings.push(certificate);
  settings.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    file,
    part: null,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment: environmentOf(endpointsOf(settings)),
    settings,
    defaults: { 'client.multi-instance': 'false' },
    silentOn: [],
    lints: [],
    digest: null,
  };
}

function settingsOf({ entry, resolution, at }: Resolved, cryptography: Cryptography): readonly Setting[] {
  const { key } = entry;
  if (CERTIFICATE_KEYS.includes(key)) return [];
  if (isSecretKey(key)) return secretsOf(key, resolution, at, cryptography);
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  const id = known?.setting ?? `client.runtime.${key}`;
  if (resolution.kind === 'unresolved') return [{ id, value: unresolvedValue(entry.value, resolution), at }];
  const value = (known?.value ?? plainValue)(resolution.text);
  // An empty value is what Java reads for a missing one, an application id aside: there it is a placeholder.
  const empty = resolution.text.trim() === '' && id !== 'app-id';
  return empty ? [] : [{ id, value, at }];
}

/** Literals count wherever they stand, a profile of the pom included; placeholders and empty values give nothing away. */
function secretsOf(key: string, resolution: Resolution, at: Place, cryptography: Cryptography): readonly Setting[] {
  const candidates = resolution.kind === 'resolved' ? [{ text: resolution.text, at }] : resolution.candidates;
  return candidates.flatMap((candidate) => {
    const value = isBuildPlaceholder(candidate.text) ? null : secretValue(candidate.text, key, cryptography);
    return value === null ? [] : [{ id: 'secret', value, at: candidate.at ?? at }];
  });
}

function certificateOf(byKey: ReadonlyMap<string, Resolved>): Setting | null {
  const found = CERTIFICATE_KEYS.flatMap((key) => {
    const resolved = byKey.get(key);
    return resolved === undefined || resolved.entry.value.trim() === '' ? [] : [{ key, resolved }];
  });
  const first = found[0];
  if (first === undefined) return null;
  const at = first.resolved.at;
  const parts = found.map(({ key, resolved: { entry, resolution } }) => {
    const value =
      resolution.kind === 'resolved' ? plainValue(resolution.text) : unresolvedValue(entry.value, resolution);
    return { name: key.slice('keystore.'.length), value };
  });
  const open = parts.find(({ value }) => value.kind === 'unresolved');
  const meaning = parts.map(({ name, value }) => `${name} ${value.meaning}`).join(', ');
  const shown = parts.map(({ name, value }) => `${name} ${value.shown}`).join(', ');
  if (open?.value.kind !== 'unresolved')
    return { id: 'client.certificate', value: { kind: 'text', meaning, shown }, at };
  return { id: 'client.certificate', value: { kind: 'unresolved', meaning, shown, reason: open.value.reason }, at };
}

/** What it may come to is part of the meaning: another value in a profile is a change, though this file shows none. */
function unresolvedValue(written: string, resolution: Extract<Resolution, { kind: 'unresolved' }>): WrittenValue {
  const others = resolution.candidates.flatMap(({ text }) => (text === written.trim() ? [] : [text]));
  const meaning = [written.trim(), ...others].join('\n');
  return { kind: 'unresolved', meaning, shown: written.trim(), reason: resolution.reason };
}
