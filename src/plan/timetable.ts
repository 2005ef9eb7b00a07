/**
 * How long it takes and when it could be live. The longest published lead time counts; an unpublished wait is named, never
 * guessed. The request's date in the office's zone is day 0; business days leave out weekends and holidays,
 * weeks are calendar weeks of 7 days (R8, R10, R21). Where that is not a business day, the next one is named.
 */
import type { LeadTime, Policy } from '../model/policy.ts';
import type { Report, ReportLeadTime } from '../model/report.ts';
import type { PresentCategory } from './categories.ts';
import { type Day, isoDate } from './dates.ts';
import { addBusinessDays, type BusinessCalendar, businessDayFrom, holidaysBetween } from './holidays.ts';
import { words } from './messages.ts';

/** First and last day of a range, both included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

export interface Timetable {
  readonly leadTime: ReportLeadTime | null;
  readonly earliest: Report['earliestGoLive'];
  /** The same range as days, for further calculation. */
  readonly range: DayRange | null;
  /** Waits whose length is not published, also where there is no lead time. */
  readonly unpublished: readonly string[];
}

/** The days on which a lead time ends when it starts on `start`. */
export function leadTimeRange(start: Day, leadTime: LeadTime, calendar: BusinessCalendar): DayRange {
  const end = (count: number) =>
    leadTime.unit === 'weeks' ? start + 7 * count : addBusinessDays(start, count, calendar);
  return { from: end(leadTime.min), to: end(leadTime.max) };
}

/** Every lead time that the findings need: the rule's, where it has one, in place of its category's. */
function collectLeadTimes(present: readonly PresentCategory[]): readonly LeadTime[] {
  const found = new Set<LeadTime>();
  for (const { category, findings } of present) {
    for (const finding of findings) {
      const own = finding.category === category.id ? finding.rule.leadTime : null;
      const leadTime = own ?? category.leadTime;
      if (leadTime !== null) found.add(leadTime);
    }
  }
  return [...found];
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
  { start, from, to, unit }: DayRange & { readonly start: Day; readonly unit: LeadTime['unit'] },
  zone: string,
  calendar: BusinessCalendar,
): string {
  const holidays = describeHolidays(calendar);
  if (unit === 'weeks') {
    const moved = [...new Set([from, to])].filter((day) => !calendar.isBusinessDay(day));
    const moves = moved.map((day) => words.nextBusinessDay(isoDate(day), isoDate(businessDayFrom(day, calendar))));
    return [words.weeksCounted(isoDate(start), zone, holidays), ...moves].join(' ');
  }
  const met = holidaysBetween(start + 1, to, calendar).map(({ day, name }) => `${isoDate(day)} ${name}`);
  const text = words.businessDaysCounted(isoDate(start), zone, holidays);
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
  const candidates = collectLeadTimes(present).map((leadTime) => ({
    leadTime,
    range: leadTimeRange(start, leadTime, calendar),
  }));
  const [first, ...others] = candidates;
  if (first === undefined) return { leadTime: null, earliest: null, range: null, unpublished };

  const longest = others.reduce(
    (best, one) =>
      one.range.to > best.range.to || (one.range.to === best.range.to && one.range.from > best.range.from) ? one : best,
    first,
  );
  // All lead times must be over before anything is pushed, so the latest start counts too.
  const counted = { from: Math.max(...candidates.map((one) => one.range.from)), to: longest.range.to };
  // Nothing is pushed on a weekend or holiday.
  const range = { from: businessDayFrom(counted.from, calendar), to: businessDayFrom(counted.to, calendar) };
  const { min, max, unit, sources, words: inWords } = longest.leadTime;
  return {
    leadTime: {
      min,
      max,
      unit,
      ...(unpublished.length > 0 ? { unpublished } : {}),
      sources,
      ...(inWords === undefined ? {} : { words: inWords }),
    },
    earliest: {
      from: isoDate(range.from),
      to: isoDate(range.to),
      calendar: describeCounting({ start, ...counted, unit }, policy.office.timeZone, calendar),
    },
    range,
    unpublished,
  };
}
