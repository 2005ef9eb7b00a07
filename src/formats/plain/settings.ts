/** The settings of a declared document: single values, sets, and families of entries. */
import type { Setting } from '../../model/document.ts';
import type { PlainDocument, PlainSetting } from '../../model/policy.ts';
import { type FoundNodes, findByPath, parsePath, parseWithin } from '../../syntax/json-path.ts';
import { canonicalJson, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../../syntax/yaml/yaml.ts';
import { containsSecret } from '../secrets/secrets.ts';
import { words } from './messages.ts';
import { removePaths } from './remove-paths.ts';
import { buildUnresolved, computeShortDigest, readSecret, readValue } from './values.ts';

/** A file and its declaration in the policy. */
export interface Reading {
  readonly file: string;
  readonly root: YamlNode;
  readonly declaration: PlainDocument;
}

/** The nodes that a JSON pointer or a JSONPath finds. An invalid one finds nothing. */
export function findAt(root: YamlNode, text: string): FoundNodes {
  const path = parsePath(text);
  return 'problem' in path ? { nodes: [], blocker: null } : findByPath(root, path);
}

/** The settings that the policy declares, and secrets anywhere in the file. */
export function readSettings({ root, ...given }: Reading): readonly Setting[] {
  const reading: Reading = { ...given, root: hideNamedValues(root) };
  const secrets = findSecrets(root, '', reading.file);
  const meanings = new Map(secrets.map(({ value, at }) => [`${at.line}:${at.column}`, value]));
  const settings = Object.entries(reading.declaration.settings)
    .flatMap(([id, setting]) => {
      if (setting.key !== undefined) return readEntries(id, setting, reading);
      return id.endsWith('.*') ? readRest(id, setting, reading) : readSetting(id, setting, reading);
    })
    // A hidden value has no meaning, and its secret is listed below.
    .filter(({ value, at }) => {
      const secret = value.kind === 'secret' ? meanings.get(`${at.line}:${at.column}`) : undefined;
      return (
        secret === undefined || !('meaning' in value) || !('meaning' in secret) || secret.meaning === value.meaning
      );
    });
  const identify = ({ value, at }: Setting): string | null =>
    value.kind === 'secret' ? `${at.line} ${value.meaning}` : null;
  const known = new Set(settings.map(identify));
  return [...settings, ...secrets.filter((secret) => !known.has(identify(secret)))];
}

/** The values of passwords and tokens by name, anywhere in the file, even if no setting reads them. */
function findSecrets(node: YamlNode, name: string, file: string): readonly Setting[] {
  if (node.kind === 'map') {
    const beside = findNamedValue(node);
    return node.entries.flatMap(({ key, value }) =>
      value === beside?.value ? findSecrets(value, beside.name, file) : findSecrets(value, key, file),
    );
  }
  if (node.kind === 'list') return node.items.flatMap((item) => findSecrets(item, name, file));
  const value = readSecret(node, name);
  return value === null ? [] : [{ id: 'secret', value, at: { file, ...node.at } }];
}

/** The tree without the passwords beside their names, because any setting may show them. */
function hideNamedValues(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map(hideNamedValues) };
  const beside = findNamedValue(node)?.value;
  return {
    ...node,
    entries: node.entries.map((entry) => {
      if (beside === undefined || entry.value !== beside) return { ...entry, value: hideNamedValues(entry.value) };
      return { ...entry, value: { ...beside, value: words.hidden, text: words.hidden } };
    }),
  };
}

const NAME = /^@?(?:[\w-]+:)?(?:name|key)$/i;
const VALUE = /^@?(?:[\w-]+:)?value$/i;

/**
 * A value beside the name of a password: `{ name: DB_PASSWORD, value: x }`, or both as attributes. Names of interfaces for
 * programmers (`API_KEY`) do not count here, because applications publish them. A reference (`@string/x`) contains nothing.
 */
function findNamedValue({ entries }: YamlMap): { readonly name: string; readonly value: YamlScalar } | null {
  const name = entries.find(({ key }) => NAME.test(key))?.value;
  const value = entries.find(({ key }) => VALUE.test(key))?.value;
  if (name?.kind !== 'scalar' || value?.kind !== 'scalar') return null;
  const isPassword = containsSecret(name.text, value.text) && !/api[-_ .]?key$/i.test(name.text);
  if (!isPassword || readSecret(value, name.text) === null || /^[@?][\w.+:]+\//.test(value.text)) return null;
  return { name: name.text, value };
}

function readSetting(id: string, setting: PlainSetting, { file, root }: Reading): readonly Setting[] {
  const { pointer } = setting;
  const { nodes, blocker } = findAt(root, pointer);
  const node = blocker ?? nodes[0]?.node;
  if (node === undefined) return [];
  const at = { file, ...node.at };
  if (blocker !== null) return [{ id, value: buildUnresolved(blocker, pointer, words.listOrMap), at }];
  const value = readValue(
    nodes.map((one) => one.node),
    { ...setting, file, isSeveral: isUnion(setting), name: getLastName(pointer) },
  );
  return [{ id, value, at }];
}

/** Whether all found nodes form one list. A single node found by a filter is the value itself, unless a set is meant. */
function isUnion({ pointer, type }: PlainSetting): boolean {
  const path = parsePath(pointer);
  if ('problem' in path) return false;
  return path.steps === null ? type === 'set' : path.steps.includes(null);
}

function getLastName(text: string): string {
  const path = parsePath(text);
  return ('problem' in path ? null : path.steps?.at(-1)) ?? '';
}

/** One setting for each entry that the path finds. The value at its key names it, so its position does not matter. */
function readEntries(id: string, setting: PlainSetting, { file, root }: Reading): readonly Setting[] {
  const { nodes, blocker } = findAt(root, setting.pointer);
  const prefix = id.slice(0, -1);
  if (blocker !== null)
    return [
      {
        id: id.slice(0, -2),
        value: buildUnresolved(blocker, setting.pointer, words.listOrMap),
        at: { file, ...blocker.at },
      },
    ];
  const taken = new Map<string, number>();
  return nodes
    .flatMap(({ node }) => nameEntry(node, setting))
    .flatMap(({ name, node }): readonly Setting[] => {
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      const key = count === 1 ? name : `${name} (${count})`;
      const within = setting.value === undefined ? null : findByPath(node, parseWithin(setting.value)).nodes;
      const found = within === null ? [node] : within.map((one) => one.node);
      const [first] = found;
      if (first === undefined) return [];
      const { value: _, key: __, keySplit: ___, ...request } = setting;
      const pointer = `${setting.value ?? setting.pointer} (${key})`; // the setting says where its entries are
      const value = readValue(found, {
        ...request,
        pointer,
        file,
        isSeveral: false,
        name: getReferencedName(setting.value, name),
      });
      return [{ id: `${prefix}${key}`, value, at: { file, ...first.at } }];
    });
}

/** The name under which an entry has its value. A key such as `value` says nothing, so the name of the entry counts. */
function getReferencedName(value: string | undefined, entry: string): string {
  const name = value === undefined ? '' : value.startsWith('$') ? getLastName(value) : value;
  return VALUE.test(name) ? entry : name;
}

interface NamedEntry {
  readonly name: string;
  readonly node: YamlNode;
}

/**
 * The entry under its name, or under each of several names. A single value names itself, and each part of it is an
 * entry. An entry without the key is identified by its content.
 */
function nameEntry(node: YamlNode, { key = '', keySplit }: PlainSetting): readonly NamedEntry[] {
  const named = node.kind === 'scalar' ? node : findByPath(node, parseWithin(key)).nodes[0]?.node;
  const text = named?.kind === 'scalar' && (named === node || named.value !== null) ? named.text : null;
  if (text !== null && keySplit === undefined) return [{ name: text, node }];
  const names = new Set((text ?? '').split(keySplit ?? '').flatMap((part) => part.trim() || []));
  if (names.size === 0) return [{ name: `#${computeShortDigest(canonicalJson(node))}`, node }];
  return [...names].map((name) => ({
    name,
    node: node.kind === 'scalar' ? { ...node, value: name, text: name } : node,
  }));
}

/** One setting for each entry, or rest of an entry, that no other setting reads. */
function readRest(
  id: string,
  { pointer, type }: PlainSetting,
  { file, root, declaration }: Reading,
): readonly Setting[] {
  const path = parsePath(pointer);
  const place = 'problem' in path ? null : (path.steps?.slice(0, -1) ?? null);
  if (place === null) return [];
  const owner = findByPath(root, { text: pointer, steps: place }).nodes[0]?.node ?? null;
  if (owner === null || (owner.kind === 'scalar' && owner.value === null)) return [];
  const shownPlace = pointer.replace(/\/\*$|\[\*\]$|\.\*$/, '');
  if (owner.kind === 'scalar')
    return [
      { id: id.slice(0, -2), value: buildUnresolved(owner, shownPlace, words.listOrMap), at: { file, ...owner.at } },
    ];
  const others = Object.entries(declaration.settings).flatMap(([other, one]) =>
    other === id ? [] : listReadPaths(root, one),
  );
  const paths = others
    .filter((names) => names.length > place.length && place.every((name, index) => names[index] === name))
    .map((names) => names.slice(place.length));
  return listEntries(removePaths(owner, paths)).map(({ key, keyAt, value }) => ({
    id: `${id.slice(0, -1)}${key}`,
    value: readValue([value], { pointer: joinShown(shownPlace, key), type, file, isSeveral: false, name: key }),
    at: { file, ...keyAt },
  }));
}

function joinShown(place: string, key: string): string {
  return place.startsWith('$') ? `${place}[${JSON.stringify(key)}]` : `${place}/${key}`;
}

/** The paths of everything that a setting reads. */
function listReadPaths(root: YamlNode, { pointer, value }: PlainSetting): readonly (readonly (string | null)[])[] {
  const path = parsePath(pointer);
  if ('problem' in path) return [];
  const starts = path.steps === null ? findByPath(root, path).nodes.map((one) => one.path) : [path.steps];
  const within = value === undefined ? [] : (parseWithin(value).steps ?? []);
  return starts.map((names) => [...names, ...within]);
}

/** The entries of a map, or the items of a list under their numbers. */
function listEntries(node: YamlNode | null): readonly YamlEntry[] {
  if (node?.kind === 'list') return node.items.map((value, index) => ({ key: String(index), keyAt: value.at, value }));
  return node?.kind === 'map' ? node.entries : [];
}
