/** Dates written out, the same on every machine. */
import type { Report } from '../model/report.ts';
import { readWallClock } from '../policy/wall-clock.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const dayMs = 86_400_000;

/** Milliseconds of an ISO date at midnight UTC, or null for anything else. */
export function parseDate(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}

/** `2026-12-07` as `Monday 7 December 2026`; any other text unchanged. */
export function writeDate(date: string): string {
  const day = parseDate(date);
  if (day === null) return date;
  const at = new Date(day);
  return `${weekdays[at.getUTCDay()]} ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** A day as `Mon 7 Dec`, for narrow places. */
export function writeShortDate(day: number): string {
  const at = new Date(day);
  return `${(weekdays[at.getUTCDay()] ?? '').slice(0, 3)} ${at.getUTCDate()} ${(months[at.getUTCMonth()] ?? '').slice(0, 3)}`;
}

/** All days of a span, ends included; at most 120. */
export function listDays(from: number, to: number): readonly number[] {
  const days: number[] = [];
  for (let day = from; day <= to && days.length < 120; day += dayMs) days.push(day);
  return days;
}

/** True from Monday to Friday. */
export function isWeekday(day: number): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The time zone of the team that pushes. Outputs use it unless the policy sets another one. */
const PACIFIC = { zone: 'America/Los_Angeles', name: 'Pacific' };

type Clock = Pick<Report, 'words'>;

function splitInstant(instant: string, { words }: Clock): ReadonlyMap<string, string> | null {
  // `Date.parse` accepts nearly any text with a digit as a date.
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(instant) ? Date.parse(instant) : Number.NaN;
  return Number.isNaN(time) ? null : readWallClock(time, words?.timeZone ?? PACIFIC.zone);
}

/** The date of an instant by the report's clock as ISO date, or null when it is not an instant. */
export function toLocalDate(instant: string, report: Clock): string | null {
  const parts = splitInstant(instant, report);
  return parts === null ? null : `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** `2026-11-23T18:00:00Z` as `23 November 2026, 10:00 Pacific`; any other text unchanged. */
export function writeInstant(instant: string, report: Clock): string {
  const parts = splitInstant(instant, report);
  if (parts === null) return instant;
  const month = months[Number(parts.get('month')) - 1];
  const zone = report.words?.timeZone ?? PACIFIC.name;
  return `${Number(parts.get('day'))} ${month} ${parts.get('year')}, ${parts.get('hour')}:${parts.get('minute')} ${zone}`;
}
