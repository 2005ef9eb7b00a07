/**
 * Spring's `application.yml` and `application.properties`, as far as they name HealthVault
 * (`openmhealth.shim.healthvault`, or `healthvault` at the top). Profiles are parts of the file. A value may be a name
 * (`${hv.id}`) from the same file or a sibling. A switch elsewhere may choose between profiles. Both count.
 */
import { identifyContent } from '../../model/digest.ts';
import type { ConfigDocument, ParseProblem, Setting } from '../../model/document.ts';
import { determineEnvironment, findHealthVaultHost, parseHost } from '../../model/environment.ts';
import { getBaseName, getFolder, joinPath, resolvePath } from '../../model/paths.ts';
import type { Position, SourceFile, Tree } from '../../model/source.ts';
import { decodeProperties, type PropertyEntry, parseProperties } from '../../syntax/properties.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { parseYamlDocuments, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { readApplicationId } from '../client/application-id.ts';
import { createClientDocument, withUniqueParts } from '../client/client-document.ts';
import { addUnlistedKeys, type UnlistedKey } from '../client/unlisted-key.ts';
import { findEndpoints } from '../client/values.ts';
import type { Format } from '../format.ts';
import { isSecretName } from '../secrets/secrets.ts';
import { getResourceName } from './resource-name.ts';

/** The file names of the policy's glob. The content decides. `bootstrap` is read before `application`. */
const NAME = /^(?:application|bootstrap).*\.(?:ya?ml|properties)$/i;
const PROFILE = /^(?:application|bootstrap)-(.+)\./i;
/** Spring reads `client-id`, `clientId` and `CLIENT_ID` as one key, so keys are compared without case and marks. */
const HEALTHVAULT_KEY = /^(?:openmhealth\.shim\.)?healthvault\.(.+)/;
const PROFILE_KEYS: ReadonlySet<string> = new Set([
  ...['spring.profiles', 'spring.config.activate.onprofile', 'spring.config.activate.oncloudplatform'],
]);
/** Keys that choose the active profiles and the cloud platform. */
const SWITCH = /^spring\.(?:profiles\.(?:active|include|default|group)|main\.cloudplatform)(?:\.|$)/;
/** Keys that import other files. Imported values take precedence over those in the importing file. */
const IMPORT =
  /^spring\.(?:config\.(?:import|location|additionallocation|name)|cloud\.bootstrap\.(?:name|location))(?:\.|$)/;

export const spring: Format = {
  id: 'spring',
  needsSiblings: true,
  matchesPath: (path) => NAME.test(getBaseName(path)),
  getLoadedName: (path) =>
    getResourceName(path)
      .replace(/^config\//, '')
      .replace(/\.yaml$/, '.yml'),
  read(file, { tree }) {
    const read = readDocuments(file, tree);
    if ('problem' in read)
      return read.healthVaultKeys ? { kind: 'unreadable', problem: read.problem } : { kind: 'not-configuration' };
    const all = [...read.documents, ...readSiblings(file.path, tree)];
    const named = findNamesUsed(all);
    const hasProfiles = all.some(({ profile, healthVaultKeys }) => profile !== '' && healthVaultKeys.size > 0);
    const hasHealthVaultKey = all.some(({ healthVaultKeys }) => healthVaultKeys.size > 0);
    const decides = (key: string): boolean =>
      named.has(key) || (hasProfiles && SWITCH.test(key)) || (hasHealthVaultKey && IMPORT.test(key));
    const base = read.documents.filter(({ profile }) => profile === '');
    const drafts = read.documents.map((document) => fillIn(document, base, file.path));
    const used = new Set(drafts.flatMap((draft) => draft.used));
    const imported = listImports(read.documents, file.path).flatMap((path) => readImported(path, tree, named));
    const documents = drafts.flatMap((draft, index) => {
      const own = [...draft.all.values()].filter(
        (one) => !used.has(one) && !HEALTHVAULT_KEY.test(one.key) && decides(one.key),
      );
      const others = own.map((one) => describeOpen(one, file.path));
      return buildDocument(draft, index === 0 ? [...others, ...imported] : others, index, file.path) ?? [];
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

/** One document of a file. The last of equal keys counts, as in Java's properties. */
interface Properties {
  /** The profile in the file's name and its own keys, or ''. */
  readonly profile: string;
  readonly all: ReadonlyMap<string, Property>;
  /** The properties that name HealthVault, by the rest of the key. */
  readonly healthVaultKeys: ReadonlyMap<string, Property>;
}

type Read =
  | { readonly documents: readonly Properties[] }
  /** `healthVaultKeys`: whether an unreadable file names HealthVault. */
  | { readonly problem: ParseProblem; readonly healthVaultKeys: boolean };

/** Siblings of several changed files are parsed once. */
function readDocuments({ path, bytes }: SourceFile, tree: Tree): Read {
  return tree.computeOnce(`spring:${path}`, (): Read => {
    const decoded = /\.properties$/i.test(path) ? decodeProperties(bytes) : decodeText(bytes, 'plain');
    const parsed = 'problem' in decoded ? decoded : parseDocuments(path, decoded.text);
    if ('problem' in parsed)
      return { problem: parsed.problem, healthVaultKeys: /health[-_]?vault/i.test(decodeRoughly(bytes)) };
    const profile = PROFILE.exec(getBaseName(path))?.[1] ?? null;
    return { documents: parsed.documents.map((properties) => collectProperties(properties, profile)) };
  });
}

function parseDocuments(
  path: string,
  text: string,
): { readonly documents: readonly (readonly Property[])[] } | { readonly problem: ParseProblem } {
  if (/\.properties$/i.test(path)) {
    const parsed = parseProperties(text);
    return 'problem' in parsed ? parsed : { documents: splitDocuments(parsed.entries, text) };
  }
  const parsed = parseYamlDocuments(text, { mergeKeys: 'own-first' });
  return 'problem' in parsed ? parsed : { documents: parsed.roots.map((root) => [...flatten(root, [])]) };
}

/** Since Spring Boot 2.4 a comment `#---` begins another document of a properties file. */
function splitDocuments(entries: readonly PropertyEntry[], text: string): readonly (readonly Property[])[] {
  const marks = text.split('\n').flatMap((line, index) => (/^[#!]---\s*$/.test(line) ? [index + 1] : []));
  return [0, ...marks].map((from, index) => {
    const to = marks[index] ?? Number.POSITIVE_INFINITY;
    return entries
      .filter(({ at }) => at.line > from && at.line < to)
      .map(({ key, value, valueAt }) => createProperty([key], value, valueAt));
  });
}

function* flatten(node: YamlNode, path: readonly string[]): Generator<Property> {
  if (node.kind === 'map') {
    for (const one of node.entries) yield* flatten(one.value, [...path, one.key]);
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* flatten(item, [...path, String(index)]);
  } else yield createProperty(path, node.value === null ? '' : node.text, node.at);
}

/** `a[b]` is `a.b`. */
function createProperty(path: readonly string[], text: string, at: Position): Property {
  const written = path
    .join('.')
    .replace(/\.?\[([^[\]]*)\]/g, '.$1')
    .replace(/^\./, '');
  return { key: toRelaxedKey(written), written, text, at };
}

function toRelaxedKey(key: string): string {
  return key.toLowerCase().replace(/[-_]/g, '');
}

function collectProperties(properties: readonly Property[], fileProfile: string | null): Properties {
  const all = new Map(properties.map((one) => [one.key, one]));
  const healthVaultKeys = new Map<string, Property>();
  for (const one of all.values()) {
    const own = HEALTHVAULT_KEY.exec(one.key)?.[1];
    if (own !== undefined) healthVaultKeys.set(own, one);
  }
  const profiles = [...all.values()].filter(({ key }) => PROFILE_KEYS.has(key.replace(/\.\d+$/, '')));
  const profile = [...(fileProfile === null ? [] : [fileProfile]), ...profiles.map(({ text }) => text.trim())];
  return { profile: profile.join(', '), all, healthVaultKeys };
}

/** The documents of the files of the same folder, which Spring would read together. */
function readSiblings(path: string, tree: Tree): readonly Properties[] {
  const folder = getFolder(path);
  return tree.listFolder(folder).flatMap((name) => {
    const sibling = joinPath(folder, name);
    const bytes = NAME.test(name) ? tree.readFile(sibling)?.bytes : undefined;
    const read = bytes === undefined ? null : readDocuments({ path: sibling, bytes }, tree);
    return read === null || 'problem' in read ? [] : read.documents;
  });
}

/** Keys that HealthVault's settings refer to, directly or through other keys. */
function findNamesUsed(documents: readonly Properties[]): ReadonlySet<string> {
  const found = new Set<string>();
  const left = documents.flatMap(({ healthVaultKeys }) => [...healthVaultKeys.values()].map(({ text }) => text));
  for (let text = left.pop(); text !== undefined; text = left.pop()) {
    for (const [, written = ''] of text.matchAll(/\$\{([^${}:]+)/g)) {
      const name = toRelaxedKey(written);
      if (found.has(name)) continue;
      found.add(name);
      left.push(...documents.flatMap(({ all }) => all.get(name)?.text ?? []));
    }
  }
  return found;
}

/** The HealthVault settings of a document, with the names in their values filled in. */
interface Draft extends Properties {
  readonly listed: readonly Setting[];
  readonly unlisted: readonly UnlistedKey[];
  readonly texts: readonly string[];
  /** The properties that were filled in. */
  readonly used: readonly Property[];
}

/** A named value is in the same document or in one for every profile. */
function fillIn(document: Properties, base: readonly Properties[], file: string): Draft {
  const find = (name: string): Property | undefined => [document, ...base].flatMap(({ all }) => all.get(name) ?? [])[0];
  const read = [...document.healthVaultKeys].map(([id, one]) => {
    const { text, position, used } = resolveNames(one, find);
    // The part of the key after HealthVault's name, as written.
    const key = one.written.split('.').slice(-id.split('.').length).join('.');
    // An empty default (`${SECRET:}`) reveals nothing.
    const given = isSecretName(key) ? text.replace(/^\$\{[^{}:]*:\}$/, '') : text;
    return { key, id, text: given, at: { file, ...position }, used };
  });
  const listed = read.filter(({ id }) => id === 'clientid');
  return {
    ...document,
    listed: listed.map(({ text, at }) => ({ id: 'app-id', value: readApplicationId(text), at })),
    unlisted: read.filter(({ id }) => id !== 'clientid'),
    texts: read.map(({ text }) => text),
    used: read.flatMap(({ used }) => used),
  };
}

function describeOpen({ key: id, written: key, text, at }: Property, file: string): UnlistedKey {
  const isRedacted = SWITCH.test(id) || IMPORT.test(id);
  return { key, id, text, isOpen: true, isRedacted, at: { file, ...at } };
}

/** The imported files that may be in the repository, beside the file or from its root. */
function listImports(documents: readonly Properties[], file: string): readonly string[] {
  const written = documents.flatMap(({ all }) => [...all.values()].filter(({ key }) => IMPORT.test(key)));
  return written.flatMap(({ text }) =>
    text.split(/[,;]/).flatMap((location) => {
      const path = location
        .trim()
        .replace(/^(?:optional:)?(?:classpath\*?:|file:)?/i, '')
        .replace(/\[\..*\]$/, '');
      if (!mayBeImported(path)) return [];
      const plain = path.replace(/^\/+/, '');
      return [resolvePath(getFolder(file), plain), resolvePath('', plain)].filter((one): one is string => one !== null);
    }),
  );
}

/** Whether a file of this name may be one that Spring imports. */
export function mayBeImported(path: string): boolean {
  return /\.(?:ya?ml|properties)$/i.test(path);
}

/** HealthVault's settings in an imported file. They take precedence, so they are part of the importing document. */
function readImported(path: string, tree: Tree, named: ReadonlySet<string>): readonly UnlistedKey[] {
  const content = tree.readFile(path);
  if (content === null) return [];
  const read = content.bytes === undefined ? null : readDocuments({ path, bytes: content.bytes }, tree);
  if (read === null || 'problem' in read) {
    const at = { file: path, line: 1, column: 1 };
    return [{ key: path, text: identifyContent(path, tree) ?? '', isOpen: true, at }];
  }
  return read.documents.flatMap(({ all }) =>
    [...all.values()]
      .filter(({ key }) => HEALTHVAULT_KEY.test(key) || named.has(key))
      .map((one) => describeOpen(one, path)),
  );
}

/** The configurations that import the file at `path`. */
export function findImportingFiles(path: string, tree: Tree): readonly string[] {
  const importers = tree.computeOnce('spring-importers', () =>
    tree
      .listPaths()
      .filter((file) => NAME.test(getBaseName(file)))
      .map((file) => {
        const bytes = tree.readFile(file)?.bytes;
        const read = bytes === undefined ? null : readDocuments({ path: file, bytes }, tree);
        return { file, imports: read === null || 'problem' in read ? [] : listImports(read.documents, file) };
      }),
  );
  return importers.filter(({ imports }) => imports.includes(path)).map(({ file }) => file);
}

/** `open` has the other keys that decide HealthVault's values, here or in another file. */
function buildDocument(
  { profile, listed, unlisted, texts }: Draft,
  open: readonly UnlistedKey[],
  index: number,
  file: string,
): ConfigDocument | null {
  if (listed.length + unlisted.length + open.length === 0) return null;
  const settings = addUnlistedKeys(listed, [...unlisted, ...open]);
  return createClientDocument({
    file,
    part: profile === '' ? (index === 0 ? null : `document ${index + 1}`) : profile,
    format: 'spring',
    environment: determineEnvironment([...findEndpoints(settings), ...texts.filter(isHealthVaultAddress)]),
    settings,
  });
}

/** Most levels of names of names. Real configurations have fewer. */
const DEPTH = 10;
/** Most characters that are filled in altogether. A longer text is not a value. */
const MAX_CHARACTERS = 10_000;

/** A value with the names in it filled in as far as the file has them. If it is a single name, it has that name's place. */
function resolveNames({ text, at }: Property, find: (name: string) => Property | undefined) {
  let filled = text.trim();
  let position = at;
  let left = MAX_CHARACTERS;
  const used: Property[] = [];
  for (let round = 0; round < DEPTH; round += 1) {
    const before = filled;
    filled = before.replace(/\$\{([^${}:]+)(?::[^${}]*)?\}/g, (placeholder, name: string) => {
      const found = find(toRelaxedKey(name));
      left -= found?.text.length ?? 0;
      if (found === undefined || left < 0) return placeholder;
      used.push(found);
      if (placeholder === before) position = found.at;
      return found.text.trim();
    });
    if (filled === before) break;
  }
  return { text: filled, position, used };
}

function isHealthVaultAddress(text: string): boolean {
  const host = parseHost(text);
  return host !== null && findHealthVaultHost(host) !== null;
}
