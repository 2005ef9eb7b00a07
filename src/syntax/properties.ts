/** `java.util.Properties` as entries with positions: comments, all separators, continuation lines, escapes. */
import { type Pair, parseLines } from 'dot-properties';
import type { ParseProblem } from '../model/document.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';
import type { Decoded } from './text.ts';

/** One `key = value`. A key may occur several times. For Java the last one counts. */
export interface PropertyEntry {
  readonly key: string;
  readonly value: string;
  readonly at: Position;
  /** Position of the value's first character, or of the place for it. */
  readonly valueAt: Position;
}

/** Parses a whole file by the rules of `Properties.load`. A malformed `\\u` escape is a problem, as in Java. */
export function parseProperties(
  text: string,
): { readonly entries: readonly PropertyEntry[] } | { readonly problem: ParseProblem } {
  const positionAt = createPositionFinder(text);
  // The parser expects line feeds. A leading space has no meaning, so it keeps the offsets unchanged.
  const lines = parseLines(text.replaceAll('\r\n', '\n ').replaceAll('\r', '\n'), true);
  const pairs = lines.filter((line): line is Required<Pair> => line.type === 'PAIR');
  for (const { range } of pairs) {
    const [start, , , end] = range;
    for (const { 0: written, index } of text.slice(start, end).matchAll(/\\(?:u[\da-fA-F]{4}|.)/gs)) {
      if (written === '\\u') return { problem: { ...messages.propertiesEscape(), at: positionAt(start + index) } };
    }
  }
  const entries = pairs.map(({ key, value, range: [start, , valueStart] }) => {
    return { key, value, at: positionAt(start), valueAt: positionAt(valueStart) };
  });
  return { entries };
}

/**
 * The text of a properties file as `Properties.load(InputStream)` decodes it, always as ISO 8859-1. A byte order mark
 * is then part of the first key, and UTF-16 is a problem.
 */
export function decodeProperties(bytes: Uint8Array): Decoded {
  if (bytes.includes(0)) return { problem: { ...messages.textNul(), at: null } };
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return { text };
}
