/**
 * The push slot that a description asks for (R9): `Go-live: 2026-12-15 10:00`, in the office's own time. It is checked
 * against the lead time, the notice that the office wants, its hours, weekends and holidays; the answer says what to move.
 */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { Answer, LeadTime, Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import { clockText, type Day, isoDate, isWeekend, type LocalTime, parseClock, parseDay } from './dates.ts';
import { lineOf, plainLine } from './description.ts';
import { type BusinessCalendar, businessDayFrom } from './holidays.ts';
import { leadTimeRange, type Timetable } from './timetable.ts';

export type PushSlot = NonNullable<Report['pushSlot']>;

interface Wanted {
  readonly day: Day;
  /** Minutes since midnight; null: any time of that day. */
  readonly minutes: number | null;
}

/** What a slot is checked against. */
export interface SlotFacts {
  readonly timetable: Timetable;
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  /** The office's wall clock at the evaluation. */
  readonly now: LocalTime;
  /** Answer to the first key question: without a change to push there is nothing to wait for. */
  readonly configuration: Answer;
}

function parseWanted(text: string): Wanted | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:(?:T|,? )(\d{1,2}:\d{2}))?(?: ?(?:PT|PST|PDT|Pacific(?: time)?))?\.?$/i.exec(
    text,
  );
  if (match === null) return null;
  const [, date, clock] = match;
  const day = parseDay(String(date));
  if (day === null) return null;
  if (clock === undefined) return { day, minutes: null };
  const minutes = parseClock(clock);
  return minutes === null ? null : { day, minutes };
}

const shown = (slot: Wanted) =>
  slot.minutes === null ? isoDate(slot.day) : `${isoDate(slot.day)} ${clockText(slot.minutes)}`;

function noticeWords({ min, max, unit, sources }: LeadTime) {
  return {
    span: min === max ? min : fill(messages['slot-span'], { min, max }),
    unit: messages[unit],
    sources: sources.join(', '),
  };
}

/** Checks the slot that a description asks for; null where it asks for none. */
export function planPushSlot(description: string, facts: SlotFacts): PushSlot | null {
  const line = lineOf(description, 'Go-live');
  if (line === null) return null;
  const wanted = parseWanted(line);
  if (wanted === null)
    return {
      wanted: plainLine(line, 60),
      possible: false,
      advice: fill(messages['slot-not-understood'], { zone: facts.policy.office.timeZone }),
    };

  const { timetable, policy, calendar, now } = facts;
  const { office } = policy;
  const answer = (possible: boolean, advice: string): PushSlot => ({ wanted: shown(wanted), possible, advice });
  if (facts.configuration === 'no') return answer(true, messages['slot-not-needed']);
  if (facts.configuration === 'unknown') return answer(false, messages['slot-not-known']);

  const [opens, closes] = [parseClock(office.opens) ?? Number.NaN, parseClock(office.closes) ?? Number.NaN];
  const inHours = (minutes: number | null) => minutes === null || (minutes >= opens && minutes < closes);
  const notice =
    policy.slotNotice === null
      ? null
      : { ...policy.slotNotice, ...leadTimeRange(now.day, policy.slotNotice, calendar) };
  const ready = timetable.range;
  const soonest = Math.max(now.day, ready?.from ?? now.day, notice?.from ?? now.day);
  const sure = Math.max(ready?.to ?? now.day, notice?.to ?? now.day);

  const reasons: string[] = [];
  const places = { opens: office.opens, closes: office.closes, zone: office.timeZone };
  if (wanted.day < now.day || (wanted.day === now.day && (wanted.minutes ?? closes) <= now.minutes)) {
    reasons.push(messages['slot-past']);
  } else if (ready !== null && wanted.day < ready.from) {
    reasons.push(fill(messages['slot-before-lead-time'], { from: isoDate(ready.from) }));
  } else if (notice !== null && wanted.day < notice.from) {
    reasons.push(fill(messages['slot-short-notice'], { ...noticeWords(notice), from: isoDate(notice.from) }));
  }
  const holiday = calendar.holidayOn(wanted.day);
  if (isWeekend(wanted.day)) reasons.push(messages['slot-weekend']);
  else if (holiday !== null) reasons.push(fill(messages['slot-holiday'], { holiday }));
  if (!inHours(wanted.minutes)) reasons.push(fill(messages['slot-hours'], places));

  const waits =
    timetable.unpublished.length === 0
      ? []
      : [fill(messages['slot-unpublished'], { waits: timetable.unpublished.join(', ') })];
  if (reasons.length > 0) {
    const minutes = wanted.minutes !== null && inHours(wanted.minutes) ? wanted.minutes : opens;
    let day = businessDayFrom(Math.max(wanted.day, soonest), calendar);
    if (day === now.day && minutes <= now.minutes) day = businessDayFrom(day + 1, calendar);
    const next = shown({ day, minutes });
    return answer(
      false,
      [...reasons, fill(messages['slot-move'], { next, zone: office.timeZone }), ...waits].join(' '),
    );
  }
  const ask =
    wanted.day >= sure
      ? messages['slot-possible']
      : fill(messages['slot-tight'], { sure: isoDate(businessDayFrom(sure, calendar)) });
  return answer(true, [ask, ...waits].join(' '));
}
