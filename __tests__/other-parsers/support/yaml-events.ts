/** The suite's two notations: its event trees, and its rows of JSON values. */
import type { YamlNode } from '../../../src/syntax/yaml/yaml.ts';

/** A document without positions and types: a text, a list, or a map as rows of key and value. */
export type Shape =
  | string
  | { readonly list: readonly Shape[] }
  | { readonly map: readonly (readonly [string, Shape])[] };

/** What the reader made of a document. */
export function shapeOf(node: YamlNode): Shape {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return { list: node.items.map(shapeOf) };
  return { map: node.entries.map(({ key, value }) => [key, shapeOf(value)]) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', '\\': '\\' };

/** Documents out of an event tree (`+MAP`, `=VAL :text`, ...). Aliases become what they stand for. @throws Error */
export function shapesOfEvents(tree: string): readonly Shape[] {
  const lines = tree.split('\n').map((line) => line.replace(/^ */, ''));
  const anchors = new Map<string, Shape>();
  let at = 0;
  const read = (): Shape => {
    const line = lines[at] ?? '';
    at += 1;
    const anchor = /^\S+(?: (?:\{\}|\[\]))? &(\S+)/.exec(line)?.[1];
    const shape = shapeAt(line);
    if (anchor !== undefined) anchors.set(anchor, shape);
    return shape;
  };
  const until = (end: string): readonly Shape[] => {
    const found: Shape[] = [];
    while (!(lines[at] ?? end).startsWith(end)) found.push(read());
    at += 1;
    return found;
  };
  const shapeAt = (line: string): Shape => {
    if (line.startsWith('+SEQ')) return { list: until('-SEQ') };
    if (line.startsWith('+MAP')) {
      const row = until('-MAP');
      const keys = row.filter((_, index) => index % 2 === 0);
      return { map: keys.map((key, index) => [String(key), row[2 * index + 1] ?? ''] as const) };
    }
    const alias = /^=ALI \*(\S+)/.exec(line)?.[1];
    if (alias !== undefined) return anchors.get(alias) ?? '';
    const value = /^=VAL(?: &\S+)?(?: <[^>]*>)? [:"'|>]([\s\S]*)$/.exec(line)?.[1];
    if (value === undefined) throw new Error(`no event: ${line}`);
    return value.replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign);
  };
  const documents: Shape[] = [];
  for (; at < lines.length; at += 1) {
    if (!(lines[at] ?? '').startsWith('+DOC')) continue;
    at += 1;
    documents.push(...until('-DOC'));
    at -= 1;
  }
  return documents;
}

/** Values that follow one another without separators. @throws Error when one of them is not JSON */
export function jsonValues(text: string): readonly unknown[] {
  const values: unknown[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const ends = Array.from({ length: rest.length }, (_, index) => index + 1);
    const end = ends.find((length) => /^$|^\s/.test(rest.slice(length)) && isJson(rest.slice(0, length)));
    if (end === undefined) throw new Error(`no JSON: ${rest.slice(0, 60)}`);
    values.push(JSON.parse(rest.slice(0, end)));
    rest = rest.slice(end).trim();
  }
  return values;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
