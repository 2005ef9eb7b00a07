/**
 * Business days: Monday to Friday without the policy's holidays. The US federal holidays follow 5 U.S.C. 6103 by rule, with the
 * observed day: Friday for a Saturday, Monday for a Sunday. Inauguration Day is not included, because only Washington observes
 * it.
 */
import type { Holidays } from '../model/policy.ts';
import { type Day, getWeekday, getYear, isWeekend, makeDay, writeIsoDate } from './dates.ts';

/** A day that is not a business day, and its name. */
export interface Holiday {
  readonly day: Day;
  readonly name: string;
}

/** Which days count. */
export interface BusinessCalendar {
  readonly holidays: Holidays;
  /** The name of the holiday that is kept on a day, or null on any other day (weekends do not count as holidays). */
  findHoliday(day: Day): string | null;
  isBusinessDay(day: Day): boolean;
}

const MONDAY = 1;
const THURSDAY = 4;
/** The year of the act that made Juneteenth a federal holiday, two days before its first observance. */
const FIRST_JUNETEENTH = 2021;

function findNthWeekday(year: number, month: number, weekday: number, nth: number): Day {
  const first = makeDay(year, month, 1);
  return first + ((weekday - getWeekday(first) + 7) % 7) + (nth - 1) * 7;
}

function findLastMonday(year: number, month: number): Day {
  const last = makeDay(year, month + 1, 0);
  return last - ((getWeekday(last) - MONDAY + 7) % 7);
}

function observe(day: Day): Day {
  const weekday = getWeekday(day);
  return weekday === 6 ? day - 1 : weekday === 0 ? day + 1 : day;
}

/** The federal holidays of one year by their dates in law, before they are moved to the observed day. */
function listFederalHolidays(year: number): readonly Holiday[] {
  return [
    { name: "New Year's Day", day: makeDay(year, 1, 1) },
    { name: 'Birthday of Martin Luther King, Jr.', day: findNthWeekday(year, 1, MONDAY, 3) },
    { name: "Washington's Birthday", day: findNthWeekday(year, 2, MONDAY, 3) },
    { name: 'Memorial Day', day: findLastMonday(year, 5) },
    ...(year >= FIRST_JUNETEENTH ? [{ name: 'Juneteenth', day: makeDay(year, 6, 19) }] : []),
    { name: 'Independence Day', day: makeDay(year, 7, 4) },
    { name: 'Labor Day', day: findNthWeekday(year, 9, MONDAY, 1) },
    { name: 'Columbus Day', day: findNthWeekday(year, 10, MONDAY, 2) },
    { name: 'Veterans Day', day: makeDay(year, 11, 11) },
    { name: 'Thanksgiving Day', day: findNthWeekday(year, 11, THURSDAY, 4) },
    { name: 'Christmas Day', day: makeDay(year, 12, 25) },
  ];
}

/** The observed days of one year's federal holidays. New Year's Day may fall into the year before. */
export function listObservedHolidays(year: number): readonly Holiday[] {
  return listFederalHolidays(year).map(({ name, day }) => ({ name, day: observe(day) }));
}

/** A calendar from the policy's holidays. Removing a holiday's date in law removes the day on which it is observed too. */
export function createCalendar(holidays: Holidays): BusinessCalendar {
  const added = new Set(holidays.add);
  const removed = new Set(holidays.remove);
  /** The federal holiday that is observed on a day. On 31 December it can only be the next year's first. */
  const findFederalHoliday = (on: Day): Holiday | undefined => {
    if (holidays.calendar === 'none' || removed.has(writeIsoDate(on))) return undefined;
    const nearbyHolidays = listFederalHolidays(getYear(on + 1));
    return nearbyHolidays.find(({ day }) => observe(day) === on && !removed.has(writeIsoDate(day)));
  };

  const findHoliday = (day: Day): string | null => {
    if (isWeekend(day)) return null;
    return findFederalHoliday(day)?.name ?? (added.has(writeIsoDate(day)) ? 'holiday of the policy' : null);
  };
  return { holidays, findHoliday, isBusinessDay: (day) => !isWeekend(day) && findHoliday(day) === null };
}

/** The day itself when it is a business day, else the next one that is. */
export function findBusinessDay(day: Day, calendar: BusinessCalendar): Day {
  let on = day;
  while (!calendar.isBusinessDay(on)) on += 1;
  return on;
}

/** The day that is `count` business days after a day. The start is day 0 even if it is not a business day. */
export function addBusinessDays(day: Day, count: number, calendar: BusinessCalendar): Day {
  let on = count === 0 ? findBusinessDay(day, calendar) : day;
  for (let left = count; left > 0; left -= 1) on = findBusinessDay(on + 1, calendar);
  return on;
}

/** The holidays that fall between two days, both included, in their order. */
export function listHolidaysBetween(from: Day, to: Day, calendar: BusinessCalendar): readonly Holiday[] {
  const found: Holiday[] = [];
  for (let day = from; day <= to; day += 1) {
    const name = calendar.findHoliday(day);
    if (name !== null) found.push({ day, name });
  }
  return found;
}
