/**
 * Sets of instants, as access rules limit data by date: disjoint ascending half-open spans of milliseconds since 1970 in
 * one flat list `[from, to, from, to, ...]`. A written range includes both its ends, so its `to` is stored one millisecond on.
 */
import type { DateRange } from '../model/document.ts';

/** Flat list of span ends; even length. Infinity marks an open end. */
export type Dates = readonly number[];

export const ALL_DATES: Dates = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
export const NO_DATES: Dates = [];

const INSTANT = /^\d{4}-\d\d-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Milliseconds since 1970 of an XML Schema or ISO 8601 instant, or null for other text. A missing time is midnight and a
 * missing zone is UTC, because the answer must not depend on the machine.
 */
export function parseDateBound(text: string): number | null {
  const written = text.trim();
  const match = INSTANT.exec(written);
  if (match === null) return null;
  const [, dayOfMonth, time = '00:00', zone = 'Z'] = match;
  const day = written.slice(0, 10);
  // Engines roll the 30th of February over.
  if (new Date(day).getUTCDate() !== Number(dayOfMonth)) return null;
  const instant = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(instant) ? null : instant;
}

/**
 * The instants of a target-set or exception-set. No ranges mean all. A bound that is not an instant is open for a target
 * (`unclear: 'covers'`) and empties the span of an exception, because an unclear date must not narrow access.
 */
export function resolveDates(ranges: readonly DateRange[], unclear: 'covers' | 'covers-nothing'): Dates {
  if (ranges.length === 0) return ALL_DATES;
  const spans: Dates[] = [];
  for (const range of ranges) {
    const from = range.from === null ? Number.NEGATIVE_INFINITY : parseDateBound(range.from);
    const to = range.to === null ? Number.POSITIVE_INFINITY : parseDateBound(range.to);
    if ((from === null || to === null) && unclear !== 'covers') continue;
    const start = from ?? Number.NEGATIVE_INFINITY;
    const end = (to ?? Number.POSITIVE_INFINITY) + 1;
    if (start < end) spans.push([start, end]);
  }
  return uniteDates(spans);
}

/** All instants of any of the sets. */
export function uniteDates(sets: readonly Dates[]): Dates {
  // The quick ways: most types are named by one rule, most rules are for all dates.
  if (sets.length <= 1) return sets[0] ?? NO_DATES;
  if (sets.includes(ALL_DATES)) return ALL_DATES;
  // Two open starts differ by no number, which counts as equal.
  const spans = sets.flatMap((set) => listSpans(set)).sort((a, b) => a[0] - b[0]);
  const result: number[] = [];
  for (const [from, to] of spans) {
    const last = result.at(-1) ?? Number.NaN;
    if (from <= last) result[result.length - 1] = Math.max(last, to);
    else result.push(from, to);
  }
  return result;
}

/** The instants of `set` that are not in `taken`: the ends of both are walked along together. */
export function subtractDates(set: Dates, taken: Dates): Dates {
  if (set.length === 0 || taken.length === 0) return set; // the quick way
  const result: number[] = [];
  let [inSet, inTaken] = [0, 0]; // ends passed so far: an odd number is inside a span
  for (const instant of [...set, ...taken].sort((a, b) => a - b)) {
    if (set[inSet] === instant) inSet += 1;
    if (taken[inTaken] === instant) inTaken += 1;
    const isLeft = inSet % 2 === 1 && inTaken % 2 === 0;
    if (isLeft !== (result.length % 2 === 1)) result.push(instant);
  }
  return result;
}

/** True when every instant of `inner` is in `outer`. */
export function coversDates(outer: Dates, inner: Dates): boolean {
  return subtractDates(inner, outer).length === 0;
}

/** True when the sets share an instant. */
export function isOverlapping(a: Dates, b: Dates): boolean {
  return !isSameDates(subtractDates(a, b), a);
}

export function isSameDates(a: Dates, b: Dates): boolean {
  return a.length === b.length && a.every((end, index) => end === b[index]);
}

/** The set in words: `all dates`, `from 2010-01-01`, `all dates except from 2010-01-01 to 2010-12-31`. */
export function writeDates(set: Dates): string {
  if (set.length === 0) return 'no dates';
  if (isSameDates(set, ALL_DATES)) return 'all dates';
  const open = set[0] === Number.NEGATIVE_INFINITY && set.at(-1) === Number.POSITIVE_INFINITY;
  if (open) return `all dates except ${writeSpans(subtractDates(ALL_DATES, set))}`;
  return writeSpans(set);
}

function writeSpans(set: Dates): string {
  return listSpans(set)
    .map(([from, to]) => {
      const start = from === Number.NEGATIVE_INFINITY ? '' : describeStart(from);
      const end = to === Number.POSITIVE_INFINITY ? '' : describeEnd(to);
      return [start, end].filter((part) => part !== '').join(' ');
    })
    .join(' and ');
}

// A written bound is included. The other side of an exception's bound is not, and is one millisecond off a whole second.
function describeStart(from: number): string {
  return isJustAfter(from) ? `after ${writeInstant(from - 1)}` : `from ${writeInstant(from)}`;
}

function describeEnd(to: number): string {
  return isJustAfter(to) ? `to ${writeInstant(to - 1)}` : `before ${writeInstant(to)}`;
}

function isJustAfter(instant: number): boolean {
  return ((instant % 1000) + 1000) % 1000 === 1;
}

function writeInstant(instant: number): string {
  return new Date(instant).toISOString().replace(/T00:00:00\.000Z|\.000(?=Z)/, '');
}

function listSpans(set: Dates): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  for (let index = 0; index < set.length; index += 2) spans.push([set[index] ?? 0, set[index + 1] ?? 0]);
  return spans;
}
