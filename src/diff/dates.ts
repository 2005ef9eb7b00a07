/**
 * Sets of instants, as access rules limit data by date: disjoint ascending half-open spans of milliseconds since 1970 in
 * one flat list `[from, to, from, to, ...]`. A written range holds both its ends, so its `to` is stored one millisecond on.
 */
import type { DateRange } from '../model/document.ts';

/** Flat list of span ends; even length. Infinity marks an open end. */
export type Dates = readonly number[];

export const ALL_DATES: Dates = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
export const NO_DATES: Dates = [];

const INSTANT = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?)?(?:Z|([+-])(\d\d):(\d\d))?\s*$/;

/**
 * Milliseconds since 1970 of an XML Schema or ISO 8601 instant, or null when it is none. A missing time is midnight and a
 * missing zone is UTC: the answer must not depend on the machine.
 */
export function instantOf(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHour, zoneMinute] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  const clock = (Number(hour ?? 0) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0);
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)) * 60;
  return date.getTime() + (clock - offset) * 1000 + Number(`0${fraction ?? ''}`) * 1000;
}

/**
 * The instants of a target-set or exception-set; none written means all. A bound that is no instant counts as open for a
 * target (`unclear: 'covers'`) and empties the span of an exception: what is not understood never narrows access.
 */
export function datesOf(ranges: readonly DateRange[], unclear: 'covers' | 'covers-nothing'): Dates {
  if (ranges.length === 0) return ALL_DATES;
  const spans: Dates[] = [];
  for (const range of ranges) {
    const from = range.from === null ? Number.NEGATIVE_INFINITY : instantOf(range.from);
    const to = range.to === null ? Number.POSITIVE_INFINITY : instantOf(range.to);
    if ((from === null || to === null) && unclear === 'covers-nothing') continue;
    const start = from ?? Number.NEGATIVE_INFINITY;
    const end = (to ?? Number.POSITIVE_INFINITY) + 1;
    if (start < end) spans.push([start, end]);
  }
  return unionOf(spans);
}

/** All instants of any of the sets. */
export function unionOf(sets: readonly Dates[]): Dates {
  if (sets.length === 0) return NO_DATES;
  if (sets.some(isAll)) return ALL_DATES;
  if (sets.length === 1) return sets[0] ?? NO_DATES;
  const spans: (readonly [number, number])[] = [];
  for (const set of sets) for (const span of spansOf(set)) spans.push(span);
  spans.sort((a, b) => (a[0] === b[0] ? 0 : a[0] < b[0] ? -1 : 1));
  const result: number[] = [];
  for (const [from, to] of spans) {
    const last = result.at(-1);
    if (last !== undefined && from <= last) result[result.length - 1] = Math.max(last, to);
    else result.push(from, to);
  }
  return isAll(result) ? ALL_DATES : result;
}

/** The instants of `set` that are not in `taken`. */
export function without(set: Dates, taken: Dates): Dates {
  if (set.length === 0 || taken === ALL_DATES || set === taken) return NO_DATES;
  if (taken.length === 0) return set;
  const result: number[] = [];
  const holes = spansOf(taken);
  let hole = 0;
  for (const [from, to] of spansOf(set)) {
    let start = from;
    while (hole < holes.length && (holes[hole]?.[1] ?? 0) <= start) hole += 1;
    for (let next = hole; next < holes.length; next += 1) {
      const [holeFrom, holeTo] = holes[next] ?? [to, to];
      if (holeFrom >= to) break;
      if (holeFrom > start) result.push(start, holeFrom);
      start = Math.max(start, holeTo);
    }
    if (start < to) result.push(start, to);
  }
  return result;
}

/** True when every instant of `inner` is in `outer`. */
export function covers(outer: Dates, inner: Dates): boolean {
  return without(inner, outer).length === 0;
}

/** True when the sets share an instant. */
export function overlap(a: Dates, b: Dates): boolean {
  if (a.length === 0 || b.length === 0) return false;
  return !sameDates(without(a, b), a);
}

export function sameDates(a: Dates, b: Dates): boolean {
  return a === b || (a.length === b.length && a.every((end, index) => end === b[index]));
}

/** The set in words: `all dates`, `from 2010-01-01`, `all dates except from 2010-01-01 to 2010-12-31`. */
export function datesText(set: Dates): string {
  if (set.length === 0) return 'no dates';
  if (isAll(set)) return 'all dates';
  const open = set[0] === Number.NEGATIVE_INFINITY && set.at(-1) === Number.POSITIVE_INFINITY;
  if (open) return `all dates except ${spansText(without(ALL_DATES, set))}`;
  return spansText(set);
}

function spansText(set: Dates): string {
  return spansOf(set)
    .map(([from, to]) => {
      const start = from === Number.NEGATIVE_INFINITY ? '' : startText(from);
      const end = to === Number.POSITIVE_INFINITY ? '' : endText(to);
      return [start, end].filter((part) => part !== '').join(' ');
    })
    .join(' and ');
}

// A written bound is included; the other side of an exception's bound is not, and lies one millisecond off a whole second.
function startText(from: number): string {
  return isJustAfter(from) ? `after ${instantText(from - 1)}` : `from ${instantText(from)}`;
}

function endText(to: number): string {
  return isJustAfter(to) ? `to ${instantText(to - 1)}` : `before ${instantText(to)}`;
}

function isJustAfter(instant: number): boolean {
  return ((instant % 1000) + 1000) % 1000 === 1;
}

function instantText(instant: number): string {
  return new Date(instant).toISOString().replace(/T00:00:00\.000Z$|\.000(?=Z$)/, '');
}

function spansOf(set: Dates): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < set.length; index += 2) spans.push([set[index] ?? 0, set[index + 1] ?? 0]);
  return spans;
}

function isAll(set: Dates): boolean {
  return set.length === 2 && set[0] === Number.NEGATIVE_INFINITY && set[1] === Number.POSITIVE_INFINITY;
}
