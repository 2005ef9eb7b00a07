/**
 * Spring's `application.yml` and `application.properties`, as far as they name HealthVault (`openmhealth.shim.healthvault`,
 * or `healthvault` at the top). Profiles are parts of the file.
 */
import type { ConfigDocument, ParseProblem, Setting } from '../model/document.ts';
import { environmentOf, hostOf, placeOfHost } from '../model/environment.ts';
import type { Cryptography, Position, SourceFile } from '../model/source.ts';
import { type PropertyEntry, parseProperties } from '../syntax/properties.ts';
import { decodeText } from '../syntax/text.ts';
import { parseYamlDocuments, type YamlNode } from '../syntax/yaml.ts';
import { applicationIdValue } from './application-id-value.ts';
import type { Format } from './format.ts';
import { baseName } from './yaml-file.ts';

const NAME = /^application(?:-(.+))?\.(ya?ml|properties)$/i;
/** Spring reads `client-id`, `clientId` and `CLIENT_ID` as one key, so keys are compared without case and marks. */
const OURS = /^(?:openmhealth\.shim\.)?healthvault\.(.+)$/;
const PROFILE_KEYS: ReadonlySet<string> = new Set(['spring.profiles', 'spring.config.activate.onprofile']);
const SECRET_KEY = /secret|password|passwd|privatekey|token/;

export const spring: Format = {
  id: 'spring',
  claims: (path) => NAME.test(baseName(path)),
  read(file, context) {
    const read = documentsIn(file);
    if ('problem' in read)
      return read.ours ? { kind: 'unreadable', problem: read.problem } : { kind: 'not-configuration' };
    const profile = NAME.exec(baseName(file.path))?.[1] ?? null;
    const documents = read.documents.flatMap((properties, index) => {
      const document = documentOf(file.path, properties, index, profile, context.cryptography);
      return document === null ? [] : [document];
    });
    return documents.length === 0
      ? { kind: 'not-configuration' }
      : { kind: 'documents', documents: withOwnNames(documents) };
  },
};

/** One `a.b.c = text`. */
interface Property {
  /** Lower case, without dashes and underscores. */
  readonly key: string;
  /** The last part as written. */
  readonly name: string;
  readonly text: string;
  readonly at: Position;
}

/** The documents of a file; `ours` tells whether one that cannot be read names HealthVault. */
function documentsIn(
  file: SourceFile,
):
  | { readonly documents: readonly (readonly Property[])[] }
  | { readonly problem: ParseProblem; readonly ours: boolean } {
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) {
    const raw = new TextDecoder('latin1').decode(file.bytes).replaceAll('\0', '');
    return { problem: decoded.problem, ours: /healthvault/i.test(raw) };
  }
  const ours = /healthvault/i.test(decoded.text);
  if (!ours) return { documents: [] };
  if (/\.properties$/i.test(file.path)) {
    const parsed = parseProperties(decoded.text);
    if ('problem' in parsed) return { problem: parsed.problem, ours };
    return { documents: separated(parsed.entries, decoded.text) };
  }
  const parsed = parseYamlDocuments(decoded.text, { mergeKeys: true });
  if ('problem' in parsed) return { problem: parsed.problem, ours };
  return { documents: parsed.roots.map((root) => [...flattened(root, [])]) };
}

/** Since Spring Boot 2.4 a comment `#---` begins another document of a properties file. */
function separated(entries: readonly PropertyEntry[], text: string): readonly (readonly Property[])[] {
  const marks = text.split('\n').flatMap((line, index) => (/^[#!]---\s*$/.test(line) ? [index + 1] : []));
  return [0, ...marks].map((from, index) => {
    const to = marks[index] ?? Number.POSITIVE_INFINITY;
    return entries
      .filter(({ at }) => at.line > from && at.line < to)
      .map(({ key, value, valueAt }) => property(key.split('.'), value, valueAt));
  });
}

function* flattened(node: YamlNode, path: readonly string[]): Generator<Property> {
  if (node.kind === 'map') {
    for (const one of node.entries) yield* flattened(one.value, [...path, ...one.key.split('.')]);
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* flattened(item, [...path, String(index)]);
  } else yield property(path, node.value === null ? '' : node.text, node.at);
}

function property(path: readonly string[], text: string, at: Position): Property {
  const key = path.map((part) => part.trim().toLowerCase().replace(/[-_]/g, '')).join('.');
  return { key, name: (path.at(-1) ?? '').trim(), text, at };
}

function documentOf(
  file: string,
  properties: readonly Property[],
  index: number,
  fileProfile: string | null,
  cryptography: Cryptography,
): ConfigDocument | null {
  // The last of equal keys counts, as in Java's properties.
  const ours = new Map<string, Property>();
  for (const one of properties) {
    const own = OURS.exec(one.key)?.[1];
    if (own !== undefined) ours.set(own, one);
  }
  if (ours.size === 0) return null;
  const profiles = properties
    .filter(({ key }) => PROFILE_KEYS.has(key.replace(/\.\d+$/, '')))
    .map(({ text }) => text.trim());
  const part = [...(fileProfile === null ? [] : [fileProfile]), ...profiles].join(', ');
  const settings = [...ours].flatMap(([key, one]) => settingOf(key, one, file, cryptography) ?? []);
  const endpoints = [...ours.values()].map(({ text }) => text).filter(isHealthVaultAddress);
  return {
    file,
    part: part === '' ? (index === 0 ? null : `document ${index + 1}`) : part,
    format: 'spring',
    role: 'client',
    completeness: 'complete',
    environment: environmentOf(endpoints),
    settings,
    defaults: {},
    silentOn: [],
    lints: [],
    digest: null,
  };
}

function settingOf(
  key: string,
  { name, text, at: position }: Property,
  file: string,
  cryptography: Cryptography,
): Setting | null {
  const at = { file, ...position };
  if (SECRET_KEY.test(key)) {
    if (text.trim() === '' || /^\$\{[^{}:]*:?\}$/.test(text.trim())) return null;
    const meaning = cryptography.sha256(new TextEncoder().encode(text));
    return { id: 'secret', value: { kind: 'secret', meaning, what: name }, at };
  }
  if (key === 'clientid') return { id: 'app-id', value: applicationIdValue(text), at };
  return { id: `client.runtime.${key}`, value: { kind: 'text', meaning: text.trim(), shown: text.trim() }, at };
}

function isHealthVaultAddress(text: string): boolean {
  const host = hostOf(text);
  return host !== null && placeOfHost(host) !== null;
}

/** Two documents for one profile would be compared as one: each gets a name of its own, by its number among them. */
function withOwnNames(documents: readonly ConfigDocument[]): readonly ConfigDocument[] {
  const seen = new Map<string | null, number>();
  return documents.map((document) => {
    const count = (seen.get(document.part) ?? 0) + 1;
    seen.set(document.part, count);
    return count === 1 ? document : { ...document, part: `${document.part ?? 'document'} (${count})` };
  });
}
