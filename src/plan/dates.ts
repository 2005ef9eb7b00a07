/**
 * Calendar days as plain numbers, so that neither daylight saving nor the machine's zone can move them. Only
 * `toLocalTime` uses a time zone, which is given to it.
 */
import { readWallClock } from '../policy/wall-clock.ts';

/** Days since 1970-01-01. */
export type Day = number;

const DAY_MS = 86_400_000;

/** The day of a calendar date; months count from 1 and days may run over the month's end. */
export function makeDay(year: number, month: number, date: number): Day {
  return Math.round(Date.UTC(year, month - 1, date) / DAY_MS);
}

/** The day of `YYYY-MM-DD`, or null if there is no such day (2027-02-29). */
export function parseDay(text: string): Day | null {
  const match = /(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (match === null) return null;
  const day = makeDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return writeIsoDate(day) === text ? day : null;
}

/** `YYYY-MM-DD`. */
export function writeIsoDate(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The year of a day. */
export function getYear(day: Day): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** 0 is Sunday, 6 is Saturday. */
export function getWeekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Saturday or Sunday. */
export function isWeekend(day: Day): boolean {
  const weekday = getWeekday(day);
  return weekday === 0 || weekday === 6;
}

/** Local date and time: the day, and the minutes since its midnight. */
export interface LocalTime {
  readonly day: Day;
  readonly minutes: number;
}

/** Reads the wall clock of an IANA time zone at an instant in milliseconds since 1970. */
export function toLocalTime(instantMs: number, timeZone: string): LocalTime {
  const values = readWallClock(instantMs, timeZone);
  const readNumber = (type: string) => Number(values.get(type));
  return {
    day: makeDay(readNumber('year'), readNumber('month'), readNumber('day')),
    minutes: readNumber('hour') * 60 + readNumber('minute'),
  };
}

/** An ISO 8601 instant with an offset, in milliseconds since 1970; else null (also for a local time without an offset). */
export function parseInstant(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text);
  // `Date.parse` reads the 30th of February as the 2nd of March.
  if (match === null || parseDay(String(match[1])) === null) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}

/**
 * The second of an instant since 1970. NaN, which compares with nothing, if the time is missing or cannot be read. GitHub's
 * times have whole seconds, so events within one second have no order.
 */
export function parseSecond(time: string | null | undefined): number {
  const instant = time && parseInstant(time);
  return typeof instant === 'number' ? Math.floor(instant / 1000) : Number.NaN;
}

/** `HH:MM` as minutes since midnight, or null. */
export function parseClock(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** Minutes since midnight as `HH:MM`. */
export function writeClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
