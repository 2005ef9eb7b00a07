/** The values of a manifest's nodes after the check of its shape. */
import type { YamlNode } from '../../syntax/yaml/yaml.ts';
import { parseCulture } from '../registered/values.ts';

/** The elements of a list. Any other node has none. */
export function listItems(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar. Null for any other node and for YAML's null. */
export function readText(node: YamlNode | null): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.text : null;
}

/** The value of a scalar, or null for any other node. */
export function readScalar(node: YamlNode | null): string | number | boolean | null {
  return node?.kind === 'scalar' ? node.value : null;
}

/** A text in one or several languages. '' is the default culture. */
export function readCultures(
  node: YamlNode | null,
): readonly { readonly culture: string; readonly text: string; readonly node: YamlNode }[] {
  if (node === null || node.kind === 'list') return [];
  if (node.kind === 'scalar') return [{ culture: '', text: readText(node) ?? '', node }];
  return node.entries.map(({ key, value }) => ({
    culture: key === 'default' ? '' : parseCulture(key),
    text: readText(value) ?? '',
    node: value,
  }));
}
