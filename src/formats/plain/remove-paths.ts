/** Removes the values that other settings read from a tree. */
import { groupBy } from '../../model/lists.ts';
import type { YamlNode } from '../../syntax/yaml/yaml.ts';

/**
 * A node without the values at the paths below it (`null` matches every entry). Null if nothing is left. A list or map
 * that was empty from the start stays, because it is a value.
 */
export function removePaths(node: YamlNode, paths: readonly (readonly (string | null)[])[]): YamlNode | null {
  if (paths.length === 0) return node;
  if (paths.some((path) => path.length === 0)) return null;
  const pathsByName = groupBy(paths, ([name]) => name);
  const findChildWithout = (child: YamlNode, key: string): YamlNode | null => {
    const below = [...(pathsByName.get(null) ?? []), ...(pathsByName.get(key) ?? [])];
    return removePaths(
      child,
      below.map((path) => path.slice(1)),
    );
  };
  if (node.kind === 'map') {
    const entries = node.entries.flatMap((entry) => {
      const value = findChildWithout(entry.value, entry.key);
      return value === null ? [] : [{ ...entry, value }];
    });
    return entries.length === 0 && node.entries.length > 0 ? null : { ...node, entries };
  }
  if (node.kind === 'list') {
    const items = node.items.flatMap((item, index) => findChildWithout(item, String(index)) ?? []);
    return items.length === 0 && node.items.length > 0 ? null : { ...node, items };
  }
  return node;
}
