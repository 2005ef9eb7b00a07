/** A file's bytes as a positioned tree: strict JSON for `.json`, YAML otherwise. */
import type { ParseProblem } from '../model/document.ts';
import type { SourceFile } from '../model/source.ts';
import { parseJson } from '../syntax/json.ts';
import { decodeText } from '../syntax/text.ts';
import { parseYaml, type YamlNode, type YamlOptions } from '../syntax/yaml/yaml.ts';

/** Decodes and parses by the file's name. Never throws. */
export function readTree(
  file: SourceFile,
  options: YamlOptions = {},
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return decoded;
  return /\.json$/i.test(file.path) ? parseJson(decoded.text) : parseYaml(decoded.text, options);
}

/** The data of a tree as JSON with sorted keys: equal for equal data, whatever its order and notation. */
export function canonicalJson(node: YamlNode): string {
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'list') return `[${node.items.map(canonicalJson).join(',')}]`;
  const entries = [...node.entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  return `{${entries.map((one) => `${JSON.stringify(one.key)}:${canonicalJson(one.value)}`).join(',')}}`;
}
