/** Dates written out, the same on every machine. Times are shown in Pacific time, the clock of those who push. */

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
export function dayOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}

/** `2026-12-07` as `Monday 7 December 2026`; anything that is no date stays as it is. */
export function writeDate(date: string): string {
  const day = dayOf(date);
  if (day === null) return date;
  const at = new Date(day);
  return `${weekdays[at.getUTCDay()]} ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** A day as `Mon 7 Dec`, for narrow places. */
export function shortDate(day: number): string {
  const at = new Date(day);
  return `${(weekdays[at.getUTCDay()] ?? '').slice(0, 3)} ${at.getUTCDate()} ${(months[at.getUTCMonth()] ?? '').slice(0, 3)}`;
}

/** All days of a span, ends included; at most 120. */
export function daysBetween(from: number, to: number): readonly number[] {
  const days: number[] = [];
  for (let day = from; day <= to && days.length < 120; day += dayMs) days.push(day);
  return days;
}

/** True from Monday to Friday. */
export function isWeekday(day: number): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function pacificParts(instant: string): ReadonlyMap<string, string> | null {
  // `Date.parse` takes nearly any text with a digit for a date.
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(time)) return null;
  return new Map(pacific.formatToParts(time).map((part) => [part.type, part.value]));
}

/** The Pacific date of an instant as ISO date, or null when it is no instant. */
export function pacificDate(instant: string): string | null {
  const parts = pacificParts(instant);
  return parts === null ? null : `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** `2026-11-23T18:00:00Z` as `23 November 2026, 10:00 Pacific`; anything else stays as it is. */
export function writeInstant(instant: string): string {
  const parts = pacificParts(instant);
  if (parts === null) return instant;
  const month = months[Number(parts.get('month')) - 1];
  return `${Number(parts.get('day'))} ${month} ${parts.get('year')}, ${parts.get('hour')}:${parts.get('minute')} Pacific`;
}
