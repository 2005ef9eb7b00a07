/** Where every node and key of a tree is, as lines of text. */
import type { YamlNode } from '../../src/syntax/yaml/node.ts';

/** One line for each node and each key: its path and its place. */
export function listPlaces(node: YamlNode, path = ''): readonly string[] {
  const own = `${path || '/'} ${node.at.line}:${node.at.column}`;
  if (node.kind === 'scalar') return [own];
  if (node.kind === 'list') return [own, ...node.items.flatMap((item, index) => listPlaces(item, `${path}/${index}`))];
  const inner = node.entries.flatMap(({ key, keyAt, value }) => [
    `${path}/${key} key ${keyAt.line}:${keyAt.column}`,
    ...listPlaces(value, `${path}/${key}`),
  ]);
  return [own, ...inner];
}
