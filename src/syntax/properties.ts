/** `java.util.Properties` as entries with positions: comments, all separators, continuation lines, escapes. */
import sentences from '../../data/messages/formats-xml.json' with { type: 'json' };
import type { ParseProblem } from '../model/document.ts';
import type { Position } from '../model/source.ts';
import { positionsIn } from './positions.ts';

/** One `key = value`. A key may occur several times; for Java the last one counts. */
export interface PropertyEntry {
  readonly key: string;
  readonly value: string;
  readonly at: Position;
  /** Of the value's first character, or where it would begin. */
  readonly valueAt: Position;
}

/** One character of a logical line, and where it stands. */
interface Unit {
  readonly character: string;
  readonly offset: number;
}

/** Parses a whole file by the rules of `Properties.load`; a malformed `\\u` escape is a problem, as it is for Java. */
export function parseProperties(
  text: string,
): { readonly entries: readonly PropertyEntry[] } | { readonly problem: ParseProblem } {
  const positionAt = positionsIn(text);
  const entries: PropertyEntry[] = [];
  for (const { units, end } of logicalLines(text)) {
    let index = 0;
    const next = (): Unit | undefined => units[index];
    while (isBlank(next())) index += 1;
    const first = next();
    if (first === undefined) continue;
    const keyStart = index;
    while (next() !== undefined && !isSeparator(next()) && !isBlank(next())) {
      index += next()?.character === '\\' ? 2 : 1;
    }
    const keyEnd = Math.min(index, units.length);
    while (isBlank(next())) index += 1;
    if (isSeparator(next())) {
      index += 1;
      while (isBlank(next())) index += 1;
    }
    const key = unescapeUnits(units, keyStart, keyEnd);
    const value = unescapeUnits(units, Math.min(index, units.length), units.length);
    for (const part of [key, value]) {
      if (typeof part === 'number') {
        const problem = { id: 'properties-escape', message: sentences['properties-escape'], at: positionAt(part) };
        return { problem };
      }
    }
    const valueAt = positionAt(next()?.offset ?? end);
    entries.push({ key: String(key), value: String(value), at: positionAt(first.offset), valueAt });
  }
  return { entries };
}

/** Natural lines joined where they end in an odd number of backslashes; comments and blank lines left out. */
function* logicalLines(text: string): Generator<{ readonly units: readonly Unit[]; readonly end: number }> {
  let units: Unit[] = [];
  let continued = false;
  for (const { start, end } of naturalLines(text)) {
    let offset = start;
    while (offset < end && isBlankCharacter(text.charAt(offset))) offset += 1;
    if (!continued && (offset === end || text.charAt(offset) === '#' || text.charAt(offset) === '!')) continue;
    let backslashes = 0;
    while (end - backslashes > offset && text.charAt(end - 1 - backslashes) === '\\') backslashes += 1;
    continued = backslashes % 2 === 1;
    const last = continued ? end - 1 : end;
    for (; offset < last; offset += 1) units.push({ character: text.charAt(offset), offset });
    if (continued) continue;
    yield { units, end };
    units = [];
  }
  if (units.length > 0) yield { units, end: text.length };
}

function* naturalLines(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  const ends = /\r\n|\n|\r/g;
  for (const found of text.matchAll(ends)) {
    yield { start, end: found.index };
    start = found.index + found[0].length;
  }
  yield { start, end: text.length };
}

function isBlankCharacter(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\f';
}

function isBlank(unit: Unit | undefined): boolean {
  return unit !== undefined && isBlankCharacter(unit.character);
}

function isSeparator(unit: Unit | undefined): boolean {
  return unit?.character === '=' || unit?.character === ':';
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** The text that units stand for, or the offset of a malformed `\u` escape. */
function unescapeUnits(units: readonly Unit[], from: number, to: number): string | number {
  let text = '';
  for (let index = from; index < to; index += 1) {
    const { character, offset } = units[index] ?? { character: '', offset: 0 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    index += 1;
    const escaped = index < to ? (units[index]?.character ?? '') : '';
    if (escaped !== 'u') {
      text += ESCAPES[escaped] ?? escaped;
      continue;
    }
    const digits = units.slice(index + 1, Math.min(index + 5, to));
    const hex = digits.map((unit) => unit.character).join('');
    if (!/^[0-9a-f]{4}$/i.test(hex)) return offset;
    text += String.fromCharCode(Number.parseInt(hex, 16));
    index += 4;
  }
  return text;
}
