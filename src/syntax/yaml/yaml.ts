/**
 * YAML 1.2 (core schema) to a tree with positions. What makes a text mean something else than it shows, or cost more than
 * its size, is refused: duplicate keys, custom tags, merge keys, aliases that multiply, deep nesting. Never throws.
 */
import { parseEvents, YAMLException } from 'js-yaml';
import sentences from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ParseProblem } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Position } from '../../model/source.ts';
import { positionsIn } from '../positions.ts';
import { MAX_DEPTH, type YamlNode } from './node.ts';
import { buildTrees, MAX_ALIASED_NODES, Refusal } from './tree.ts';

export type { TreePath, YamlEntry, YamlMap, YamlNode } from './node.ts';
export { entry, keyPositionAt, nodeAt, plainValue } from './node.ts';

export interface YamlOptions {
  /** Resolve merge keys (`<<`), as Rails does; without it they are a problem. */
  readonly mergeKeys?: boolean;
}

/** One document. An empty text is the scalar null; a second document is a problem. */
export function parseYaml(
  text: string,
  options: YamlOptions = {},
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const all = parseYamlDocuments(text, options);
  if ('problem' in all) return all;
  const [first, second] = all.roots;
  if (second !== undefined) return { problem: problemAt('yaml-several-documents', second.at) };
  return { root: first ?? { kind: 'scalar', value: null, text: '', at: { line: 1, column: 1 } } };
}

/** Every document of a stream, in order. */
export function parseYamlDocuments(
  text: string,
  options: YamlOptions = {},
): { readonly roots: readonly YamlNode[] } | { readonly problem: ParseProblem } {
  const positionAt = positionsIn(text);
  try {
    // The parser counts scalars and tries of a key as levels too; the builder counts exactly.
    const events = parseEvents(text, { maxDepth: MAX_DEPTH + 8 });
    return { roots: buildTrees(events, { text, positionAt, mergeKeys: options.mergeKeys === true }) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: problemAt(error.id, positionAt(error.offset), error.values) };
    if (error instanceof YAMLException) return { problem: syntaxProblem(error, positionAt) };
    return { problem: problemAt('yaml-unreadable', null) };
  }
}

function problemAt(
  id: Extract<keyof typeof sentences, `yaml-${string}`>,
  at: ParseProblem['at'],
  values: Readonly<Record<string, string | number>> = {},
): ParseProblem {
  return { id, message: fill(sentences[id], { limit: MAX_DEPTH, nodes: MAX_ALIASED_NODES, ...values }), at };
}

function syntaxProblem(error: YAMLException, positionAt: (offset: number) => Position): ParseProblem {
  const at = error.mark === undefined ? null : positionAt(error.mark.position);
  if (error.reason.startsWith('nesting exceeded')) return problemAt('yaml-too-deep', at);
  // The parser quotes tags, which may be a password that begins with an exclamation mark: what is quoted is cut off.
  return problemAt('yaml-syntax', at, { reason: error.reason.replace(/(: | ").*$/su, '') });
}
