/**
 * Spring's `application.yml` and `application.properties`, as far as they name HealthVault (`openmhealth.shim.healthvault`,
 * or `healthvault` at the top). Profiles are parts of the file. A value may be named (`${hv.id}`) and stand in the same
 * file or in one beside it, and a switch elsewhere may choose between profiles: both count.
 */
import type { ConfigDocument, ParseProblem, Setting } from '../../model/document.ts';
import { determineEnvironment, findHealthVaultHost, parseHost } from '../../model/environment.ts';
import { baseName } from '../../model/paths.ts';
import type { Cryptography, Position, SourceFile, Tree } from '../../model/source.ts';
import { type PropertyEntry, parseProperties } from '../../syntax/properties.ts';
import { decodeText } from '../../syntax/text.ts';
import { parseYamlDocuments, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { clientDocument, withUniqueParts } from '../client/client-document.ts';
import { type UnlistedKey, withUnlisted } from '../client/unlisted-key.ts';
import { endpointsOf } from '../client/values.ts';
import type { Format } from '../format.ts';
import { rawText } from '../secrets/raw-text.ts';
import { isSecretName } from '../secrets/secrets.ts';

/** Whatever the policy's glob `application*` finds; the content decides. */
const NAME = /^application.*\.(?:ya?ml|properties)$/i;
const PROFILE = /^application-(.+)\./i;
/** Spring reads `client-id`, `clientId` and `CLIENT_ID` as one key, so keys are compared without case and marks. */
const OURS = /^(?:openmhealth\.shim\.)?healthvault\.(.+)/;
const PROFILE_KEYS: ReadonlySet<string> = new Set(['spring.profiles', 'spring.config.activate.onprofile']);
/** Keys that choose which profiles count. */
const SWITCH = /^spring\.profiles\.(?:active|include|default|group)(?:\.|$)/;

export const spring: Format = {
  id: 'spring',
  looksBeside: true,
  claims: (path) => NAME.test(baseName(path)),
  read(file, { tree, cryptography }) {
    const read = documentsIn(file);
    if ('problem' in read)
      return read.ours ? { kind: 'unreadable', problem: read.problem } : { kind: 'not-configuration' };
    const all = [...read.documents, ...documentsBeside(file.path, tree)];
    const named = namesUsedIn(all);
    const hasProfiles = all.some(({ profile, ours }) => profile !== '' && ours.size > 0);
    const decides = (key: string): boolean => named.has(key) || (hasProfiles && SWITCH.test(key));
    const base = read.documents.filter(({ profile }) => profile === '');
    const used = new Set<Property>();
    const drafts = read.documents.map((properties) => draftOf(properties, base, used, file.path));
    const documents = drafts.flatMap((draft, index) => {
      const others = [...draft.all.values()].filter((one) => !used.has(one) && !OURS.test(one.key) && decides(one.key));
      return documentOf(draft, others, index, { file: file.path, cryptography }) ?? [];
    });
    return documents.length === 0
      ? { kind: 'not-configuration' }
      : { kind: 'documents', documents: withUniqueParts(documents) };
  },
};

/** One `a.b.c = text`. */
interface Property {
  /** Lower case, without dashes and underscores. */
  readonly key: string;
  /** As written. */
  readonly written: string;
  readonly text: string;
  readonly at: Position;
}

/** One document of a file: the last of equal keys counts, as in Java's properties. */
interface Properties {
  /** Of the file's name and its own keys; '' for none. */
  readonly profile: string;
  readonly all: ReadonlyMap<string, Property>;
  /** Those that name HealthVault, by what follows its name. */
  readonly ours: ReadonlyMap<string, Property>;
}

type Read =
  | { readonly documents: readonly Properties[] }
  /** `ours` tells whether a file that cannot be read names HealthVault. */
  | { readonly problem: ParseProblem; readonly ours: boolean };

/** Files that stand beside several changed ones are parsed once. */
const known = new WeakMap<Uint8Array, Read>();

function documentsIn(file: SourceFile): Read {
  const earlier = known.get(file.bytes);
  if (earlier !== undefined) return earlier;
  const decoded = decodeText(file.bytes, 'plain');
  const parsed = 'problem' in decoded ? decoded : propertiesIn(file.path, decoded.text);
  const profile = PROFILE.exec(baseName(file.path))?.[1] ?? null;
  const read: Read =
    'problem' in parsed
      ? { problem: parsed.problem, ours: /health[-_]?vault/i.test(rawText(file.bytes)) }
      : { documents: parsed.documents.map((properties) => propertiesOf(properties, profile)) };
  known.set(file.bytes, read);
  return read;
}

function propertiesIn(
  path: string,
  text: string,
): { readonly documents: readonly (readonly Property[])[] } | { readonly problem: ParseProblem } {
  if (/\.properties$/i.test(path)) {
    const parsed = parseProperties(text);
    return 'problem' in parsed ? parsed : { documents: separated(parsed.entries, text) };
  }
  const parsed = parseYamlDocuments(text, { mergeKeys: true });
  return 'problem' in parsed ? parsed : { documents: parsed.roots.map((root) => [...flattened(root, [])]) };
}

/** Since Spring Boot 2.4 a comment `#---` begins another document of a properties file. */
function separated(entries: readonly PropertyEntry[], text: string): readonly (readonly Property[])[] {
  const marks = text.split('\n').flatMap((line, index) => (/^[#!]---\s*$/.test(line) ? [index + 1] : []));
  return [0, ...marks].map((from, index) => {
    const to = marks[index] ?? Number.POSITIVE_INFINITY;
    return entries
      .filter(({ at }) => at.line > from && at.line < to)
      .map(({ key, value, valueAt }) => property([key], value, valueAt));
  });
}

function* flattened(node: YamlNode, path: readonly string[]): Generator<Property> {
  if (node.kind === 'map') {
    for (const one of node.entries) yield* flattened(one.value, [...path, one.key]);
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* flattened(item, [...path, String(index)]);
  } else yield property(path, node.value === null ? '' : node.text, node.at);
}

/** `a[b]` is `a.b`. */
function property(path: readonly string[], text: string, at: Position): Property {
  const written = path
    .join('.')
    .replace(/\.?\[([^[\]]*)\]/g, '.$1')
    .replace(/^\./, '');
  return { key: relaxed(written), written, text, at };
}

function relaxed(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

function propertiesOf(properties: readonly Property[], fileProfile: string | null): Properties {
  const all = new Map(properties.map((one) => [one.key, one]));
  const ours = new Map<string, Property>();
  for (const one of all.values()) {
    const own = OURS.exec(one.key)?.[1];
    if (own !== undefined) ours.set(own, one);
  }
  const profiles = [...all.values()].filter(({ key }) => PROFILE_KEYS.has(key.replace(/\.\d+$/, '')));
  const profile = [...(fileProfile === null ? [] : [fileProfile]), ...profiles.map(({ text }) => text.trim())];
  return { profile: profile.join(', '), all, ours };
}

/** The documents of the files of the same folder, which Spring would read together. */
function documentsBeside(path: string, tree: Tree): readonly Properties[] {
  const folder = path.slice(0, path.length - baseName(path).length);
  return tree.folder(folder.replace(/\/$/, '')).flatMap((name) => {
    const other = `${folder}${name}`;
    const bytes = NAME.test(name) ? tree.file(other)?.bytes : undefined;
    const read = bytes === undefined ? null : documentsIn({ path: other, bytes });
    return read === null || 'problem' in read ? [] : read.documents;
  });
}

/** Keys that HealthVault's settings name in place of a value, and those that these name in turn. */
function namesUsedIn(documents: readonly Properties[]): ReadonlySet<string> {
  const found = new Set<string>();
  const left = documents.flatMap(({ ours }) => [...ours.values()].map(({ text }) => text));
  for (let text = left.pop(); text !== undefined; text = left.pop()) {
    for (const name of namesIn(text)) {
      if (found.has(name)) continue;
      found.add(name);
      left.push(...documents.flatMap(({ all }) => all.get(name)?.text ?? []));
    }
  }
  return found;
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^${}:]+)/g)].map(([, name = '']) => relaxed(name));
}

/** What a document says of HealthVault. */
interface Draft extends Properties {
  readonly listed: readonly Setting[];
  readonly unlisted: readonly UnlistedKey[];
  /** The values, with the names in them filled in. */
  readonly texts: readonly string[];
}

/** Values are named in the same document, or in one for every profile; those that are found go to `used`. */
function draftOf(document: Properties, base: readonly Properties[], used: Set<Property>, file: string): Draft {
  const find = (name: string): Property | undefined => {
    return [document, ...base].flatMap(({ all }) => all.get(name) ?? [])[0];
  };
  const read = [...document.ours].map(([id, one]) => {
    const { text, position } = filledIn(one, find, used);
    const key = ownName(one, id);
    // An empty default (`${SECRET:}`) gives nothing away.
    const given = isSecretName(key) ? text.replace(/^\$\{[^{}:]*:\}$/, '') : text;
    return { key, id, text: given, at: { file, ...position } };
  });
  const listed = read.filter(({ id }) => id === 'clientid');
  return {
    ...document,
    listed: listed.map(({ text, at }) => ({ id: 'app-id', value: applicationIdValue(text), at })),
    unlisted: read.filter(({ id }) => id !== 'clientid'),
    texts: read.map(({ text }) => text),
  };
}

interface Reading {
  readonly file: string;
  readonly cryptography: Cryptography;
}

/** `others`: what else decides what HealthVault's settings come to, here or in a file beside this one. */
function documentOf(
  { profile, listed, unlisted, texts }: Draft,
  others: readonly Property[],
  index: number,
  { file, cryptography }: Reading,
): ConfigDocument | null {
  const open = others.map(({ key: id, written: key, text, at }) => ({
    key,
    id,
    text,
    isOpen: true,
    at: { file, ...at },
  }));
  if (listed.length + unlisted.length + open.length === 0) return null;
  const settings = withUnlisted(listed, [...unlisted, ...open], cryptography);
  return clientDocument({
    file,
    part: profile === '' ? (index === 0 ? null : `document ${index + 1}`) : profile,
    format: 'spring',
    environment: determineEnvironment([...endpointsOf(settings), ...texts.filter(isHealthVaultAddress)]),
    settings,
  });
}

/** The part of a key behind HealthVault's name, as written. */
function ownName({ written }: Property, id: string): string {
  return written.split('.').slice(-id.split('.').length).join('.');
}

/** Names of names: deeper than anybody reads. */
const DEPTH = 10;
/** Characters that are filled in, in all; a text that grows beyond is no value. */
const MOST_CHARACTERS = 10_000;

/** A value with the names in it filled in, as far as the file says; where one name is all of it, the place of that one. */
function filledIn(
  { text, at }: Property,
  find: (name: string) => Property | undefined,
  used: Set<Property>,
): { readonly text: string; readonly position: Position } {
  let filled = text.trim();
  let position = at;
  let left = MOST_CHARACTERS;
  for (let round = 0; round < DEPTH; round += 1) {
    const before = filled;
    filled = before.replace(/\$\{([^${}:]+)(?::[^${}]*)?\}/g, (placeholder, name: string) => {
      const found = find(relaxed(name));
      left -= found?.text.length ?? 0;
      if (found === undefined || left < 0) return placeholder;
      used.add(found);
      if (placeholder === before) position = found.at;
      return found.text.trim();
    });
    if (filled === before) break;
  }
  return { text: filled, position };
}

function isHealthVaultAddress(text: string): boolean {
  const host = parseHost(text);
  return host !== null && findHealthVaultHost(host) !== null;
}
