/**
 * Parses YAML 1.2 (core schema) to a tree with positions. Texts with a hidden meaning, or a cost beyond their size, are
 * refused: duplicate keys, custom tags, merge keys, aliases that multiply, deep nesting. Never throws.
 */
import { EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { ParseProblem } from '../../model/document.ts';
import { messages } from '../messages.ts';
import { createPositionFinder } from '../positions.ts';
import { Refusal } from '../refusal.ts';
import { MAX_DEPTH, type YamlNode } from './node.ts';
import { buildTrees, type YamlSource } from './tree.ts';

export type { TreePath, YamlEntry, YamlMap, YamlNode, YamlScalar } from './node.ts';
export {
  findEntryValue as entry,
  findKeyPosition as keyPositionAt,
  findNodeAt as nodeAt,
  toCanonicalJson as canonicalJson,
  toPlainValue as plainValue,
} from './node.ts';

/** Options for a text that is not plain YAML 1.2. */
export type YamlOptions = Partial<Pick<YamlSource, 'mergeKeys' | 'keepTags' | 'tooDeep' | 'duplicateKey'>>;

/** One document. An empty text is the scalar null. A second document is a problem. */
export function parseYaml(
  text: string,
  options: YamlOptions = {},
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const all = parseYamlDocuments(text, options);
  if ('problem' in all) return all;
  const [first, second] = all.roots;
  if (second !== undefined) return { problem: { ...messages.yamlSeveralDocuments(), at: second.at } };
  return { root: first ?? { kind: 'scalar', value: null, text: '', at: { line: 1, column: 1 } } };
}

/** Every document of a stream, in order. */
export function parseYamlDocuments(
  text: string,
  options: YamlOptions = {},
): { readonly roots: readonly YamlNode[] } | { readonly problem: ParseProblem } {
  const positionAt = createPositionFinder(text);
  const { mergeKeys = null, keepTags = false } = options;
  const { tooDeep = messages.yamlTooDeep, duplicateKey = messages.yamlDuplicateKey } = options;
  try {
    // The parser counts scalars and tries of a key as levels too. The builder counts exactly.
    const events = parseEvents(text, { maxDepth: MAX_DEPTH + 8 });
    const lineEnd = findHiddenLineEnd(text, events);
    if (lineEnd !== null) return { problem: { ...messages.yamlLineEnd(), at: positionAt(lineEnd) } };
    return {
      roots: buildTrees(events, { text, findPosition: positionAt, mergeKeys, keepTags, tooDeep, duplicateKey }),
    };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    if (!(error instanceof YAMLException)) return { problem: { ...messages.yamlUnreadable(), at: null } };
    const at = error.mark === undefined ? null : positionAt(error.mark.position);
    if (error.reason.startsWith('nesting exceeded')) return { problem: { ...tooDeep({ limit: MAX_DEPTH }), at } };
    // The parser quotes tags. A tag may be a password that begins with an exclamation mark, so the quote is cut off.
    return { problem: { ...messages.yamlSyntax({ reason: error.reason.replace(/(: | ").*$/su, '') }), at } };
  }
}

/** The offset of a character outside of quotes that ends a line in YAML 1.1 (libyaml, SnakeYAML) but not in YAML 1.2. */
function findHiddenLineEnd(text: string, events: readonly Event[]): number | null {
  const offsets = Array.from(text.matchAll(/[\u0085\u2028\u2029]/g), ({ index }) => index);
  if (offsets.length === 0) return null;
  const quoted = events.flatMap((event) => {
    const isQuoted =
      event.type === EVENT_ID.SCALAR &&
      (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED);
    return isQuoted ? [event] : [];
  });
  let next = 0;
  for (const offset of offsets) {
    while ((quoted[next]?.valueEnd ?? offset) < offset) next += 1;
    if (offset < (quoted[next]?.valueStart ?? Number.POSITIVE_INFINITY)) return offset;
  }
  return null;
}
