/** A file's bytes as a positioned tree: strict JSON for `.json`, YAML otherwise. */
import type { ParseProblem } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { parseJson } from '../json.ts';
import { decodeText } from '../text.ts';
import { parseYaml, type YamlNode, type YamlOptions } from './yaml.ts';

/** Decodes and parses by the file's name. Never throws. */
export function readTree(
  file: SourceFile,
  options: YamlOptions = {},
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return decoded;
  return /\.json$/i.test(file.path) ? parseJson(decoded.text) : parseYaml(decoded.text, options);
}
