/** A file's bytes as a positioned tree: strict JSON for `.json`, YAML otherwise. */
import type { ParseProblem } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { parseJson } from '../json.ts';
import { decodeText } from '../text.ts';
import { parseYaml, type YamlNode } from './yaml.ts';

/** Decodes and parses a file, by default as its name says. Never throws. */
export function readTree(
  { path, bytes }: SourceFile,
  format: 'json' | 'yaml' = /\.json$/i.test(path) ? 'json' : 'yaml',
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const decoded = decodeText(bytes, 'plain');
  if ('problem' in decoded) return decoded;
  return format === 'json' ? parseJson(decoded.text) : parseYaml(decoded.text);
}
