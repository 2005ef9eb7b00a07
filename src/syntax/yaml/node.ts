/** The tree of a YAML or JSON text: plain data with a position on every node and key. */
import type { Position } from '../../model/source.ts';

/** Deepest nesting of maps and lists that is read, in YAML and in JSON. */
export const MAX_DEPTH = 256;

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: YamlNode;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly at: Position;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly at: Position;
}

/** `value` follows the YAML 1.2 core schema. `text` is the scalar as written, without quotes and escapes. */
export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly at: Position;
  /** True for an expression, which only a build can evaluate. `text` is the expression. */
  readonly isExpression?: true;
}

export type YamlNode = YamlMap | YamlList | YamlScalar;

/** The value of a key in a map. Null if the node is not a map or has no such key. */
export function findEntryValue(node: YamlNode | null, key: string): YamlNode | null {
  if (node === null || node.kind !== 'map') return null;
  return node.entries.find((one) => one.key === key)?.value ?? null;
}

/** A place in a tree: keys of maps and indexes of lists from the root. */
export type TreePath = readonly (string | number)[];

/** The node at a path, or the nearest one above it. */
export function findNodeAt(root: YamlNode, path: TreePath): YamlNode {
  let node = root;
  for (const step of path) {
    const next = node.kind === 'list' ? node.items[Number(step)] : findEntryValue(node, String(step));
    if (next === undefined || next === null) return node;
    node = next;
  }
  return node;
}

/** The position of the last key in a path. For an item of a list or a missing key, that of {@link findNodeAt}. */
export function findKeyPosition(root: YamlNode, path: TreePath): Position {
  const parent = findNodeAt(root, path.slice(0, -1));
  const found = parent.kind === 'map' ? parent.entries.find(({ key }) => key === path.at(-1)) : undefined;
  return found?.keyAt ?? findNodeAt(root, path).at;
}

/** The node as plain JavaScript data. Keys such as `__proto__` become ordinary properties. */
export function toPlainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlainValue);
  return Object.fromEntries(node.entries.map((one) => [one.key, toPlainValue(one.value)]));
}

/** Most digits of a number that are kept exactly. Two longer numbers may become equal. */
const MAX_EXACT_DIGITS = 15;

function isExact({ value, text }: YamlScalar): boolean {
  return typeof value !== 'number' || text.replace(/^[-+0.]+|e.*$/gi, '').replace(/\D/g, '').length <= MAX_EXACT_DIGITS;
}

/** The data of a tree as JSON with sorted keys. Equal data gives equal JSON, in any order and notation. */
export function toCanonicalJson(node: YamlNode): string {
  if (node.kind === 'scalar') return isExact(node) ? JSON.stringify(node.value) : node.text;
  if (node.kind === 'list') return `[${node.items.map(toCanonicalJson).join(',')}]`;
  const entries = [...node.entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  return `{${entries.map((one) => `${JSON.stringify(one.key)}:${toCanonicalJson(one.value)}`).join(',')}}`;
}
