/** JSON pointers (RFC 6901) into a tree, with `*` for every entry of a list or map, and what no pointer names. */
import type { YamlNode } from '../../syntax/yaml/yaml.ts';

/** Stands for every item of a list and every value of a map; a key that is a star itself cannot be named. */
const EVERY = '*';

/** What a pointer finds. `blocker`: a single value in place of a list or a map that the pointer leads through. */
export interface Pointed {
  readonly nodes: readonly YamlNode[];
  readonly blocker: YamlNode | null;
}

/** The parts of a pointer, unescaped; null for a text that is not a pointer. The root has none. */
export function parsePointer(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Every node that a pointer names, in the order of the file. */
export function findNodes(root: YamlNode, pointer: string): Pointed {
  let nodes: readonly YamlNode[] = [root];
  let blocker: YamlNode | null = null;
  for (const token of parsePointer(pointer) ?? [null]) {
    blocker ??= nodes.find((node) => node.kind === 'scalar' && node.value !== null) ?? null;
    nodes = token === null ? [] : nodes.flatMap((node) => findChildren(node, token));
  }
  return { nodes, blocker };
}

/** The node that a pointer names; '' is the root. Null when there is none. */
export function findNode(root: YamlNode, pointer: string): YamlNode | null {
  return findNodes(root, pointer).nodes[0] ?? null;
}

function findChildren(node: YamlNode, token: string): readonly YamlNode[] {
  if (node.kind === 'map') return node.entries.filter(({ key }) => matches(token, key)).map(({ value }) => value);
  if (node.kind === 'list') return node.items.filter((_, index) => matches(token, String(index)));
  return [];
}

function matches(token: string, key: string): boolean {
  return token === EVERY || token === key;
}

/**
 * A node without what the paths name below it; null where nothing is left. A list or map that was empty from the start
 * stays, because it is a value.
 */
export function removePaths(node: YamlNode, paths: readonly (readonly string[])[]): YamlNode | null {
  if (paths.length === 0) return node;
  if (paths.some((path) => path.length === 0)) return null;
  const below = (child: YamlNode, key: string): YamlNode | null =>
    removePaths(
      child,
      paths.filter(([token]) => token !== undefined && matches(token, key)).map((path) => path.slice(1)),
    );
  if (node.kind === 'map') {
    const entries = node.entries.flatMap((entry) => {
      const value = below(entry.value, entry.key);
      return value === null ? [] : [{ ...entry, value }];
    });
    return entries.length === 0 && node.entries.length > 0 ? null : { ...node, entries };
  }
  if (node.kind === 'list') {
    const items = node.items.flatMap((item, index) => below(item, String(index)) ?? []);
    return items.length === 0 && node.items.length > 0 ? null : { ...node, items };
  }
  return node;
}
