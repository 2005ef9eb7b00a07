/**
 * The duration and the earliest go-live. The longest published lead time counts. An unpublished wait is named, never guessed.
 * The request's date in the office's zone is day 0. Business days leave out weekends and holidays, weeks are calendar weeks of
 * 7 days (R8, R10, R21). If the end is not a business day, the next one is named.
 */
import { describeTime, type LeadTime, type Policy, type TimeUnit } from '../model/policy.ts';
import type { Report, ReportLeadTime } from '../model/report.ts';
import type { PresentCategory } from './categories.ts';
import { type Day, writeIsoDate } from './dates.ts';
import { addBusinessDays, type BusinessCalendar, findBusinessDay, listHolidaysBetween } from './holidays.ts';
import { words } from './messages.ts';

/** First and last day of a range, both included. */
export interface DayRange {
  readonly from: Day;
  /** Null: no longest time is published. */
  readonly to: Day | null;
}

export interface Timetable {
  readonly leadTime: ReportLeadTime | null;
  readonly earliest: Report['earliestGoLive'];
  /** The same range as days, for further calculation. */
  readonly range: DayRange | null;
  /** Whether a wait has no published longest time. */
  readonly isOpen: boolean;
  /** Waits without a published length, also if there is no lead time. */
  readonly unpublished: readonly string[];
}

/** The days on which a lead time ends if it starts on `start`; null if it has no number. */
export function computeLeadTimeRange(
  start: Day,
  { min, max, unit }: LeadTime,
  calendar: BusinessCalendar,
): DayRange | null {
  if (unit === undefined) return null;
  const end = (count: number) => addTime(start, count, unit, calendar);
  return { from: end(min ?? 0), to: max === undefined ? null : end(max) };
}

/** Hours are rounded up to whole days: releases are not planned by the hour. */
function addTime(start: Day, count: number, unit: TimeUnit, calendar: BusinessCalendar): Day {
  if (unit === 'business-days') return addBusinessDays(start, count, calendar);
  return start + { hours: Math.ceil(count / 24), days: count, weeks: 7 * count }[unit];
}

function isCalendarTime(unit: TimeUnit): unit is 'hours' | 'days' {
  return unit === 'hours' || unit === 'days';
}

interface CollectedTimes {
  readonly leadTimes: readonly LeadTime[];
  readonly isOpen: boolean;
}

/** Every lead time that the findings need: the rule's, if it has one, in place of its category's. */
function collectLeadTimes(present: readonly PresentCategory[]): CollectedTimes {
  const found = new Set<LeadTime>();
  let isOpen = false;
  for (const { category, findings } of present) {
    for (const finding of findings) {
      const own = finding.category === category.id ? finding.rule.leadTime : null;
      const leadTime = own ?? category.leadTime;
      const waits = [...category.unpublished, ...finding.rule.unpublished];
      isOpen ||= leadTime === null ? waits.length > 0 : leadTime.max === undefined;
      if (leadTime !== null) found.add(leadTime);
    }
  }
  return { leadTimes: [...found], isOpen };
}

/** Names of unpublished waits, in the policy's order of categories and then of rules. */
function collectUnpublishedWaits(present: readonly PresentCategory[]): readonly string[] {
  const names = present.flatMap(({ category, findings }) => [
    ...category.unpublished,
    ...findings.flatMap((finding) => finding.rule.unpublished),
  ]);
  return [...new Set(names)];
}

function describeHolidays(calendar: BusinessCalendar): string {
  const { holidays } = calendar;
  const add = [...holidays.add].sort().join(', ');
  const remove = [...holidays.remove].sort().join(', ');
  return [
    words.calendars[holidays.calendar],
    ...(add === '' ? [] : [words.holidaysAdded(add)]),
    ...(remove === '' ? [] : [words.holidaysRemoved(remove)]),
  ].join(', ');
}

/** How the dates were counted: the zone, the unit, which holidays were left out, which counted day is not a business day. */
function describeCounting(
  { start, from, to, unit }: DayRange & { readonly start: Day; readonly unit: TimeUnit },
  zone: string,
  calendar: BusinessCalendar,
): string {
  if (isCalendarTime(unit)) return words.daysCounted[unit](writeIsoDate(start), zone);
  const holidays = describeHolidays(calendar);
  if (unit === 'weeks') {
    const moved = [...new Set([from, to ?? from])].filter((day) => !calendar.isBusinessDay(day));
    const moves = moved.map((day) =>
      words.nextBusinessDay(writeIsoDate(day), writeIsoDate(findBusinessDay(day, calendar))),
    );
    return [words.weeksCounted(writeIsoDate(start), zone, holidays), ...moves].join(' ');
  }
  const met = listHolidaysBetween(start + 1, to ?? from, calendar).map(
    ({ day, name }) => `${writeIsoDate(day)} ${name}`,
  );
  const text = words.businessDaysCounted(writeIsoDate(start), zone, holidays);
  return met.length === 0 ? text : `${text} ${words.holidaysMet(met.join(', '))}`;
}

/** The timetable of the categories that are present, were the request sent on `start`. */
export function planTimetable(
  present: readonly PresentCategory[],
  start: Day,
  policy: Policy,
  calendar: BusinessCalendar,
): Timetable {
  const unpublished = collectUnpublishedWaits(present);
  const { leadTimes, isOpen } = collectLeadTimes(present);
  const dated = leadTimes.flatMap((leadTime): readonly DatedTime[] => {
    const range = computeLeadTimeRange(start, leadTime, calendar);
    return range === null || leadTime.unit === undefined ? [] : [{ leadTime, unit: leadTime.unit, range }];
  });
  const longest = findLongest(dated);
  const shown = summarizeWords(leadTimes.filter(({ unit }) => unit === undefined)) ?? longest?.leadTime ?? null;
  const leadTime = shown && { ...completeLeadTime(shown), ...(unpublished.length > 0 ? { unpublished } : {}) };
  if (longest === null) return { leadTime, earliest: null, range: null, isOpen, unpublished };
  // All lead times must be over before anything is pushed, so the latest start counts too.
  const counted = { from: Math.max(...dated.map((one) => one.range.from)), to: isOpen ? null : longest.range.to };
  // A time in hours or days includes weekends. Otherwise nothing is pushed on a weekend or holiday.
  const move = (day: Day): Day => (isCalendarTime(longest.unit) ? day : findBusinessDay(day, calendar));
  const range = { from: move(counted.from), to: counted.to === null ? null : move(counted.to) };
  const counting = describeCounting({ start, ...counted, unit: longest.unit }, policy.office.timeZone, calendar);
  return {
    leadTime,
    earliest: {
      from: writeIsoDate(range.from),
      ...(range.to === null ? {} : { to: writeIsoDate(range.to) }),
      calendar: range.to === null ? `${counting} ${words.noLongest}` : counting,
    },
    range,
    isOpen,
    unpublished,
  };
}

/** A lead time with a number, and the days on which it ends. */
interface DatedTime {
  readonly leadTime: LeadTime;
  readonly unit: TimeUnit;
  readonly range: DayRange;
}

/** The time that ends last. If two have the same end, the one with the later earliest end. */
function findLongest([first, ...others]: readonly DatedTime[]): DatedTime | null {
  if (first === undefined) return null;
  const end = ({ range }: DatedTime): number => range.to ?? Number.POSITIVE_INFINITY;
  return others.reduce(
    (best, one) => (end(one) > end(best) || (end(one) === end(best) && one.range.from > best.range.from) ? one : best),
    first,
  );
}

/** A report with a longest time has a shortest one: "up to 7 days" begins at 0. */
function completeLeadTime(leadTime: LeadTime): LeadTime {
  const { min, max, words: inWords = describeTime(leadTime) } = leadTime;
  return max === undefined || min !== undefined ? leadTime : { ...leadTime, min: 0, words: inWords };
}

/** The publishers' words if they name no number; null for none. */
function summarizeWords(leadTimes: readonly LeadTime[]): LeadTime | null {
  if (leadTimes.length === 0) return null;
  return {
    words: [...new Set(leadTimes.map(describeTime))].join('; '),
    sources: [...new Set(leadTimes.flatMap(({ sources }) => sources))],
  };
}
