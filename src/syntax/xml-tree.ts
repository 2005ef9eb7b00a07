/**
 * XML and property lists as the same tree as YAML. An element is a map: `@name` for each attribute, the list of the
 * child elements under each name, and `#text` if it has text. The root is the only entry of a map under its name.
 */
import type { ParseProblem } from '../model/document.ts';
import { groupBy } from '../model/lists.ts';
import { messages } from './messages.ts';
import { catchRefusal, Refusal } from './refusal.ts';
import { parseXml, type XmlAttribute, type XmlElement } from './xml.ts';
import type { YamlEntry, YamlNode } from './yaml/node.ts';
import { canonicalJson } from './yaml/yaml.ts';

type Tree = { readonly root: YamlNode } | { readonly problem: ParseProblem };

/** Prefix by which a policy names a namespace -> the namespace. */
export type Namespaces = Readonly<Record<string, string>>;

/** Reads XML. Names in the given namespaces have their prefixes. All others are as written. */
export function parseXmlTree(text: string, namespaces: Namespaces = {}): Tree {
  const parsed = parseXml(text);
  if ('problem' in parsed) return parsed;
  const prefixes = new Map(Object.entries(namespaces).map(([prefix, namespace]) => [namespace, prefix]));
  const { root } = parsed;
  const value = convertElement(root, new Map(), prefixes);
  const entries = [{ key: nameElement(root, prefixes), keyAt: root.at, value }];
  return { root: { kind: 'map', entries, at: root.at } };
}

type Prefixes = ReadonlyMap<string, string>;

function convertElement(element: XmlElement, outer: ReadonlyMap<string, string>, prefixes: Prefixes): YamlNode {
  const declared = element.attributes.filter(({ prefix }) => prefix === 'xmlns');
  const scope =
    declared.length === 0 ? outer : new Map([...outer, ...declared.map(({ local, value }) => [local, value] as const)]);
  const attributes = element.attributes
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map((attribute): YamlEntry => {
      const { value, at, valueAt } = attribute;
      const key = `@${nameAttribute(attribute, scope, prefixes)}`;
      return { key, keyAt: at, value: { kind: 'scalar', value, text: value, at: valueAt } };
    });
  const groups = groupBy(element.children, (child) => nameElement(child, prefixes));
  const children = Array.from(groups, ([key, [first, ...others]]): YamlEntry => {
    const elements = first === undefined ? [] : [first, ...others];
    const at = first?.at ?? element.at;
    const items = elements.map((child) => convertElement(child, scope, prefixes));
    return { key, keyAt: at, value: { kind: 'list', items, at } };
  });
  const text = element.text.trim();
  const own: YamlEntry[] =
    text === ''
      ? []
      : [{ key: '#text', keyAt: element.at, value: { kind: 'scalar', value: text, text, at: element.at } }];
  return { kind: 'map', entries: [...attributes, ...children, ...own], at: element.at };
}

function nameElement({ name, local, namespace }: XmlElement, prefixes: Prefixes): string {
  const prefix = namespace === null ? undefined : prefixes.get(namespace);
  return prefix === undefined ? name : prefix === '' ? local : `${prefix}:${local}`;
}

function nameAttribute(
  { name, local, prefix }: XmlAttribute,
  scope: ReadonlyMap<string, string>,
  prefixes: Prefixes,
): string {
  const known = prefix === '' ? undefined : prefixes.get(scope.get(prefix) ?? '');
  return known === undefined ? name : `${known}:${local}`;
}

/** Reads an XML property list. Dictionaries become maps, and arrays become lists. */
export function parsePropertyList(text: string): Tree {
  const parsed = parseXml(text);
  if ('problem' in parsed) return parsed;
  const { root } = parsed;
  return catchRefusal(() => {
    const [value, second] = root.children;
    if (root.local !== 'plist' || value === undefined || second !== undefined) return refuse(second ?? root);
    return { root: convertValue(value) };
  });
}

function refuse({ name, at }: XmlElement): never {
  throw new Refusal(messages.plistShape({ found: name.slice(0, 40) }), at);
}

function convertValue(element: XmlElement): YamlNode {
  const { local, children, text, at } = element;
  switch (local) {
    case 'dict':
      return { kind: 'map', entries: convertDictionary(children), at };
    case 'array':
      return { kind: 'list', items: children.map(convertValue), at };
    case 'true':
    case 'false':
      return { kind: 'scalar', value: local === 'true', text: local, at };
    case 'integer':
    case 'real':
      return { kind: 'scalar', value: Number(text), text: text.trim(), at };
    case 'string':
      return { kind: 'scalar', value: text, text, at };
    case 'date':
    case 'data': {
      const collapsed = text.replace(/\s+/g, '');
      return { kind: 'scalar', value: collapsed, text: collapsed, at };
    }
    default:
      return refuse(element);
  }
}

function convertDictionary(children: readonly XmlElement[]): readonly YamlEntry[] {
  const entries = new Map<string, YamlEntry>();
  for (let index = 0; index < children.length; index += 2) {
    const [name, value] = [children[index], children[index + 1]];
    if (name === undefined || name.local !== 'key' || value === undefined)
      return refuse(value ?? name ?? (children[0] as XmlElement));
    const former = entries.get(name.text);
    const entry = { key: name.text, keyAt: name.at, value: convertValue(value) };
    // Merges leave a key twice. If the values differ, it is undetermined which one counts.
    if (former !== undefined && canonicalJson(former.value) !== canonicalJson(entry.value))
      throw new Refusal(messages.yamlDuplicateKey({ key: name.text }), name.at);
    entries.set(name.text, former ?? entry);
  }
  return [...entries.values()];
}
