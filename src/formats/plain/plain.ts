/** JSON and YAML files whose settings a policy names by JSON pointer, for policies about other things than HealthVault. */
import { sha256 } from '../../model/digest.ts';
import type { ConfigDocument, SetItem, Setting, SettingValue } from '../../model/document.ts';
import { oncePer, pathMatcher } from '../../model/globs.ts';
import { uniqueBy } from '../../model/lists.ts';
import type { PlainDocument, PlainSetting } from '../../model/policy.ts';
import { readTree } from '../../syntax/yaml/read-tree.ts';
import { canonicalJson, type YamlEntry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format, PathContext } from '../format.ts';
import { buildSecret, isSecretName } from '../secrets/secrets.ts';
import { findNode, findNodes, parsePointer, removePaths } from './json-pointer.ts';
import { messages, words } from './messages.ts';

export const plain: Format = {
  id: 'plain',
  adds: true,
  matchesPath: (path, context) => findDeclarations(path, context).length > 0,
  read(file, context) {
    const documents: ConfigDocument[] = [];
    for (const declaration of findDeclarations(file.path, context)) {
      const tree = readTree(file, declaration.format);
      if ('problem' in tree) return { kind: 'unreadable', problem: tree.problem };
      if (declaration.requires.some((pointer) => findNode(tree.root, pointer) === null)) continue;
      const settings = readSettings({ file: file.path, root: tree.root, declaration });
      if (settings.length === 0 && !isMapOrEmpty(tree.root)) {
        const found = words.found[tree.root.kind];
        return { kind: 'unreadable', problem: { ...messages.unexpectedRoot({ found }), at: tree.root.at } };
      }
      const facts = { file: file.path, format: 'plain', role: 'registered', environment: 'none', settings } as const;
      const defaults = readDefaults(declaration);
      documents.push(
        completeDocument({ ...facts, defaults, declaration: context.plainDocuments.indexOf(declaration) }),
      );
    }
    return documents.length === 0 ? { kind: 'not-configuration' } : { kind: 'documents', documents };
  },
};

function isMapOrEmpty(root: YamlNode): boolean {
  return root.kind === 'map' || (root.kind === 'scalar' && root.value === null);
}

/** Sets whose absence means everything. */
function readDefaults({ settings }: PlainDocument): ConfigDocument['defaults'] {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([id, { absent }]) => (absent === 'all' ? [[id, absent]] : [])),
  );
}

/** The declared documents that a file may be, in the order of the policy. */
function findDeclarations(path: string, context: PathContext): readonly PlainDocument[] {
  return context.plainDocuments.filter((declaration) => compilePaths(declaration)(path));
}

const compilePaths = oncePer(({ files }: PlainDocument) => pathMatcher(files));

/** A file and what the policy declares of it. */
interface Reading {
  readonly file: string;
  readonly root: YamlNode;
  readonly declaration: PlainDocument;
}

/** An id such as `other.*` is a family: one setting for each entry of its map that no other setting reads. */
function readSettings(reading: Reading): readonly Setting[] {
  const settings = Object.entries(reading.declaration.settings).flatMap(([id, setting]) =>
    id.endsWith('.*') ? readFamily(id, setting, reading) : readSetting(id, setting, reading),
  );
  const identify = ({ value, at }: Setting): string | null =>
    value.kind === 'secret' ? `${at.line} ${value.meaning}` : null;
  const known = new Set(settings.map(identify));
  return [...settings, ...findSecrets(reading.root, '', reading.file).filter((secret) => !known.has(identify(secret)))];
}

/** What is behind the name of a password or token, wherever it is and whether or not a setting reads it. */
function findSecrets(node: YamlNode, name: string, file: string): readonly Setting[] {
  if (node.kind === 'map') return node.entries.flatMap(({ key, value }) => findSecrets(value, key, file));
  if (node.kind === 'list') return node.items.flatMap((item) => findSecrets(item, name, file));
  const value = readSecret(node, name);
  return value === null ? [] : [{ id: 'secret', value, at: { file, ...node.at } }];
}

function readSetting(
  id: string,
  { pointer, type, grants, absent }: PlainSetting,
  { file, root }: Reading,
): readonly Setting[] {
  const { nodes, blocker } = findNodes(root, pointer);
  const node = blocker ?? nodes[0];
  if (node === undefined) return [];
  const at = { file, ...node.at };
  if (blocker !== null) return [{ id, value: unresolved(blocker, pointer, words.listOrMap), at }];
  // The lists that a pointer with a star finds are one list; single values count as elements.
  const hasStar = parsePointer(pointer)?.includes('*') === true;
  const items = nodes.flatMap((one) => (one.kind === 'list' ? one.items : [one]));
  const value = readValue(hasStar ? { kind: 'list', items, at: node.at } : node, pointer, type, file);
  if (value.kind !== 'set') return [{ id, value, at }];
  const isStated = value.items.length === 0 && absent === undefined;
  return [{ id, value: { ...value, ...(isStated ? { isStated } : {}), ...(grants === true ? { grants } : {}) }, at }];
}

function readFamily(
  id: string,
  { pointer, type }: PlainSetting,
  { file, root, declaration }: Reading,
): readonly Setting[] {
  const place = pointer.slice(0, pointer.lastIndexOf('/'));
  const owner = findNode(root, place);
  if (owner === null || (owner.kind === 'scalar' && owner.value === null)) return [];
  if (owner.kind === 'scalar')
    return [{ id: id.slice(0, -2), value: unresolved(owner, place, words.listOrMap), at: { file, ...owner.at } }];
  const outer = parsePointer(place) ?? [];
  const others = Object.entries(declaration.settings).filter(([other]) => other !== id);
  const paths = others
    .map(([, one]) => parsePointer(one.pointer) ?? [])
    .filter((tokens) => tokens.length > outer.length && outer.every((token, index) => tokens[index] === token))
    .map((tokens) => tokens.slice(outer.length));
  const left = removePaths(owner, paths);
  return listEntries(left).map(({ key, keyAt, value }) => ({
    id: `${id.slice(0, -1)}${key}`,
    value: readValue(value, `${place}/${key}`, type, file),
    at: { file, ...keyAt },
  }));
}

/** The entries of a map, or the items of a list under their numbers. */
function listEntries(node: YamlNode | null): readonly YamlEntry[] {
  if (node?.kind === 'list') return node.items.map((value, index) => ({ key: String(index), keyAt: value.at, value }));
  return node?.kind === 'map' ? node.entries : [];
}

function readValue(node: YamlNode, pointer: string, type: PlainSetting['type'], file: string): SettingValue {
  const name = parsePointer(pointer)?.at(-1) ?? '';
  const secret = type === 'text' || type === 'any' ? readSecret(node, name) : null;
  if (secret !== null) return secret;
  if ((type === 'text' || type === 'any') && node.kind === 'scalar') {
    return { kind: 'text', meaning: canonicalJson(node), shown: node.text };
  }
  if (type === 'content' || type === 'any' || (type === 'set' && isSecretName(name)))
    return { kind: 'content', ...describe(node, pointer) };
  if (type === 'set' && node.kind === 'list' && node.items.every((item) => item.kind === 'scalar')) {
    return { kind: 'set', items: uniqueItems(node.items, file) };
  }
  return unresolved(node, pointer, type === 'text' ? words.value : words.list);
}

/** A text or number under the name of a password or token, or null. */
function readSecret(node: YamlNode, name: string): SettingValue | null {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean' || !isSecretName(name))
    return null;
  return buildSecret(node.text, name);
}

function unresolved(node: YamlNode, pointer: string, expected: string): SettingValue {
  const reason = messages.unexpectedShape({ found: words.found[node.kind], pointer, expected }).message;
  return { kind: 'unresolved', ...describe(node, pointer), reason };
}

function describe(node: YamlNode, pointer: string): { readonly meaning: string; readonly shown: string } {
  const meaning = sha256(canonicalJson(node));
  return { meaning, shown: `${pointer} (${meaning.slice(0, 12)})` };
}

/** `"1"` and `1` differ, an element that is given twice counts once. */
function uniqueItems(nodes: readonly YamlNode[], file: string): readonly SetItem[] {
  const items = nodes.map((node): SetItem => {
    const meaning = canonicalJson(node);
    return { meaning, shown: node.kind === 'scalar' ? node.text : meaning, at: { file, ...node.at } };
  });
  return uniqueBy(items, ({ meaning }) => meaning);
}
