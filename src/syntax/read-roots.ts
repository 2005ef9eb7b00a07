/** A file in any of the notations that a policy can declare, as trees with positions. */
import type { ParseProblem } from '../model/document.ts';
import type { SourceFile } from '../model/source.ts';
import { parseGradle } from './gradle.ts';
import { parseJson } from './json.ts';
import { parseJson5 } from './json5.ts';
import { parseProperties } from './properties.ts';
import { decodeText } from './text.ts';
import { parseToml } from './toml.ts';
import { type Namespaces, parsePropertyList, parseXmlTree } from './xml-tree.ts';
import { parseYamlDocuments, type YamlNode } from './yaml/yaml.ts';

/** Notations of declared documents. */
export type Notation = 'json' | 'json5' | 'yaml' | 'xml' | 'plist' | 'toml' | 'properties' | 'gradle';

type Roots = { readonly roots: readonly YamlNode[] } | { readonly problem: ParseProblem };

/** Decodes and parses a file. Only YAML has several documents. A file without any is empty. Never throws. */
export function readRoots({ bytes }: SourceFile, notation: Notation, namespaces: Namespaces = {}): Roots {
  const decoded = decodeText(bytes, notation === 'xml' || notation === 'plist' ? 'xml' : 'plain');
  if ('problem' in decoded) return decoded;
  const { text } = decoded;
  if (notation === 'yaml')
    return withEmptyDocument(parseYamlDocuments(text, { mergeKeys: 'own-first', keepTags: true }));
  const tree = notation === 'xml' ? parseXmlTree(text, namespaces) : PARSERS[notation](text);
  return 'problem' in tree ? tree : { roots: [tree.root] };
}

type Parser = (text: string) => { readonly root: YamlNode } | { readonly problem: ParseProblem };

const PARSERS: Readonly<Record<Exclude<Notation, 'yaml' | 'xml'>, Parser>> = {
  json: parseJson,
  json5: parseJson5,
  plist: parsePropertyList,
  toml: parseToml,
  gradle: parseGradle,
  properties: readProperties,
};

function withEmptyDocument(trees: Roots): Roots {
  if ('problem' in trees || trees.roots.length > 0) return trees;
  return { roots: [{ kind: 'scalar', value: null, text: '', at: { line: 1, column: 1 } }] };
}

/** For Java the last value of a key counts. */
function readProperties(text: string): ReturnType<Parser> {
  const parsed = parseProperties(text);
  if ('problem' in parsed) return parsed;
  const entries = parsed.entries.map(({ key, value, at, valueAt }) => {
    return { key, keyAt: at, value: { kind: 'scalar', value, text: value, at: valueAt } } as const;
  });
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return { root: { kind: 'map', entries: [...last.values()], at: { line: 1, column: 1 } } };
}
