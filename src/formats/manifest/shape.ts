/**
 * Checks a positioned tree against a description of what may stand where, and names the first thing that may not: line,
 * column, found, expected. `schemas/application.schema.json` says the same for editors; a test holds them together.
 */
import sentences from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ParseProblem } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import { nearest } from '../../model/nearest.ts';
import type { Position } from '../../model/source.ts';
import type { YamlMap, YamlNode } from '../../syntax/yaml/yaml.ts';
import { ALL_TYPES, dataTypeId, nearestDataType } from './types.ts';

/** What may stand at a place. `expected` completes the sentence "expected ...". */
export type Shape =
  | { readonly kind: 'text'; readonly expected: string; readonly pattern?: RegExp; readonly values?: readonly string[] }
  | { readonly kind: 'number'; readonly expected: string; readonly least: number; readonly most?: number }
  | { readonly kind: 'flag'; readonly expected: string }
  | { readonly kind: 'nothing'; readonly expected: string }
  | { readonly kind: 'data-type'; readonly expected: string; readonly all: boolean }
  | { readonly kind: 'list'; readonly expected: string; readonly of: Shape; readonly least?: number }
  | {
      readonly kind: 'keys';
      readonly expected: string;
      readonly keys: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly kind: 'named'; readonly expected: string; readonly names: RegExp; readonly of: Shape }
  /** The first alternative that takes this kind of node at all decides. */
  | { readonly kind: 'either'; readonly expected: string; readonly of: readonly Alternative[] };

/** Shapes that something else may stand in place of. */
export type Alternative = Exclude<Shape, { kind: 'either' | 'flag' | 'data-type' }>;

type MessageId = Extract<keyof typeof sentences, `manifest-${string}`>;

/** The first place, in the order of the text, where the tree is not of the shape; null when all of it is. */
export function shapeProblem(node: YamlNode, shape: Shape, path: string): ParseProblem | null {
  const wrong = (): ParseProblem => wrongValue(node, shape.expected, path);
  switch (shape.kind) {
    case 'text':
      return textProblem(node, shape, path);
    case 'number':
      return isInteger(node) && node.value >= shape.least && node.value <= (shape.most ?? node.value) ? null : wrong();
    case 'flag':
      return node.kind === 'scalar' && typeof node.value === 'boolean' ? null : wrong();
    case 'nothing':
      return node.kind === 'scalar' && node.value === null ? null : wrong();
    case 'data-type':
      return dataTypeProblem(node, shape, path);
    case 'list':
      if (node.kind !== 'list' || node.items.length < (shape.least ?? 0)) return wrong();
      return firstOf(node.items, (item, index) => shapeProblem(item, shape.of, `${path}[${index + 1}]`));
    case 'named':
      if (node.kind !== 'map' || node.entries.length === 0) return wrong();
      return firstOf(node.entries, ({ key, keyAt, value }) =>
        shape.names.test(key)
          ? shapeProblem(value, shape.of, pathTo(path, key))
          : problem('manifest-wrong-culture', keyAt, { key: JSON.stringify(key) }),
      );
    case 'keys':
      return node.kind === 'map' ? keysProblem(node, shape, path) : wrong();
    case 'either': {
      const fitting = shape.of.find((one) => takesKind(one, node));
      return fitting === undefined ? wrong() : shapeProblem(node, fitting, path);
    }
  }
}

function keysProblem(node: YamlMap, shape: Extract<Shape, { kind: 'keys' }>, path: string): ParseProblem | null {
  const found = firstOf(node.entries, ({ key, keyAt, value }) => {
    const inner = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (inner !== undefined) return shapeProblem(value, inner, pathTo(path, key));
    const place = path === '' ? sentences['shown-manifest'] : `"${path}"`;
    const names = Object.keys(shape.keys);
    const values = { key: JSON.stringify(key), place, expected: names.join(', '), hint: hintOf(nearest(key, names)) };
    return problem('manifest-unknown-key', keyAt, values);
  });
  if (found !== null) return found;
  const missing = shape.required.find((key) => !node.entries.some((one) => one.key === key));
  if (missing === undefined) return null;
  const expected = shape.keys[missing]?.expected ?? '';
  return problem('manifest-missing-key', node.at, { key: pathTo(path, missing), expected });
}

function textProblem(node: YamlNode, shape: Extract<Shape, { kind: 'text' }>, path: string): ParseProblem | null {
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : null;
  if (text === null) return wrongValue(node, shape.expected, path);
  if (shape.values !== undefined) {
    return shape.values.includes(text) ? null : wrongValue(node, shape.expected, path, nearest(text, shape.values));
  }
  return (shape.pattern ?? /\S/).test(text) ? null : wrongValue(node, shape.expected, path);
}

function dataTypeProblem(
  node: YamlNode,
  shape: Extract<Shape, { kind: 'data-type' }>,
  path: string,
): ParseProblem | null {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return wrongValue(node, shape.expected, path);
  const id = dataTypeId(node.value);
  if (id === null) {
    const values = { name: shortened(node.value), path, hint: hintOf(nearestDataType(node.value)) };
    return problem('manifest-unknown-type', node.at, values);
  }
  return id === ALL_TYPES && !shape.all ? wrongValue(node, shape.expected, path) : null;
}

function takesKind(shape: Alternative, node: YamlNode): boolean {
  if (shape.kind === 'keys' || shape.kind === 'named') return node.kind === 'map';
  if (shape.kind === 'list') return node.kind === 'list';
  if (node.kind !== 'scalar') return false;
  if (shape.kind === 'number') return typeof node.value === 'number';
  if (shape.kind === 'nothing') return node.value === null;
  return typeof node.value === 'string';
}

function isInteger(node: YamlNode): node is Extract<YamlNode, { kind: 'scalar' }> & { readonly value: number } {
  return node.kind === 'scalar' && Number.isInteger(node.value);
}

function firstOf<T>(items: readonly T[], check: (item: T, index: number) => ParseProblem | null): ParseProblem | null {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== null) return found;
  }
  return null;
}

function wrongValue(node: YamlNode, expected: string, path: string, meant: string | null = null): ParseProblem {
  const where = path === '' ? sentences['shown-manifest'] : `"${path}"`;
  return problem('manifest-wrong-value', node.at, {
    place: where,
    found: foundText(node),
    expected,
    hint: hintOf(meant),
  });
}

function foundText(node: YamlNode): string {
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node.kind === 'map') return node.entries.length === 0 ? 'an empty map' : 'a map';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return node.value === '' ? 'an empty text' : `the text ${shortened(node.value)}`;
  return typeof node.value === 'number' ? `the number ${node.text}` : `the word ${node.text}`;
}

/** A stranger's text in a message: quoted, control characters escaped, cut. */
function shortened(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function hintOf(meant: string | null): string {
  return meant === null ? '' : fill(sentences['shown-did-you-mean'], { meant });
}

function pathTo(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function problem(id: MessageId, at: Position, values: Readonly<Record<string, string | number>>): ParseProblem {
  return { id, message: fill(sentences[id], values), at };
}
