/**
 * The push slot in a description (R9): `Go-live: 2026-12-15 10:00`, in the office's own time. It is checked against the lead
 * time, the office's notice, hours, weekends and holidays. The answer says how to move it.
 */
import type { Message } from '../model/messages.ts';
import { describeTime, type Policy, type QuestionAnswer } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import { type Day, isWeekend, type LocalTime, parseClock, parseDay, writeClock, writeIsoDate } from './dates.ts';
import { findLine, toPlainLine } from './description.ts';
import { type BusinessCalendar, findBusinessDay } from './holidays.ts';
import { messages, words } from './messages.ts';
import { computeLeadTimeRange, type Timetable } from './timetable.ts';

export type PushSlot = NonNullable<Report['pushSlot']>;

interface Wanted {
  readonly day: Day;
  /** Minutes since midnight; null: any time of that day. */
  readonly minutes: number | null;
}

/** The facts that a slot is checked against. */
export interface SlotFacts {
  readonly timetable: Timetable;
  readonly policy: Policy;
  readonly calendar: BusinessCalendar;
  /** The office's wall clock at the evaluation. */
  readonly now: LocalTime;
  /** Answer to the first key question. Without a change to push there is no waiting time. */
  readonly reviewed: QuestionAnswer;
}

/** Offices for which the words "PT" and "Pacific time" mean their own time. */
const PACIFIC_ZONES: ReadonlySet<string> = new Set(['America/Los_Angeles', 'America/Vancouver', 'US/Pacific']);

/** A day and optionally a time in the office's time zone. Other time zones are not supported. */
function parseWanted(text: string, zone: string): Wanted | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:(?:T|,? )(\d{1,2}:\d{2}))?( ?(?:PT|PST|PDT|Pacific(?: time)?))?\.?$/i.exec(
    text,
  );
  if (match === null) return null;
  const [, date, clock, pacific] = match;
  if (pacific !== undefined && !PACIFIC_ZONES.has(zone)) return null;
  const day = parseDay(String(date));
  if (day === null) return null;
  if (clock === undefined) return { day, minutes: null };
  const minutes = parseClock(clock);
  return minutes === null ? null : { day, minutes };
}

function formatSlot({ day, minutes }: Wanted): string {
  return minutes === null ? writeIsoDate(day) : `${writeIsoDate(day)} ${writeClock(minutes)}`;
}

/** Checks the slot in a description; null if there is none. */
export function planPushSlot(description: string, facts: SlotFacts): PushSlot | null {
  const line = findLine(description, 'Go-live');
  if (line === null) return null;
  const { timetable, policy, calendar, now } = facts;
  const { office } = policy;
  const zone = office.timeZone;
  const wanted = parseWanted(line, zone);
  if (wanted === null)
    return { wanted: toPlainLine(line, 60), possible: false, advice: messages.slotNotUnderstood({ zone }).message };

  const answer = (possible: boolean, advice: readonly string[]): PushSlot => ({
    wanted: formatSlot(wanted),
    possible,
    advice: advice.join(' '),
  });
  if (facts.reviewed === 'no')
    return answer(true, [messages.slotNotNeeded({ pusher: policy.isStandalone ? '' : words.pusher }).message]);
  if (facts.reviewed === 'unknown') return answer(false, [messages.slotNotKnown().message]);

  const [opens, closes] = [parseClock(office.opens) ?? Number.NaN, parseClock(office.closes) ?? Number.NaN];
  const convertToHours = (minutes: number | null) => minutes === null || (minutes >= opens && minutes < closes);
  const { slotNotice } = policy;
  const noticeRange = slotNotice && computeLeadTimeRange(now.day, slotNotice, calendar);
  const notice = slotNotice && noticeRange && { ...slotNotice, ...noticeRange };
  const ready = timetable.range;
  const earliest = Math.max(now.day, ready?.from ?? now.day, notice?.from ?? now.day);
  const sure = Math.max(ready?.to ?? now.day, notice?.to ?? notice?.from ?? now.day);

  const reasons: Message[] = [];
  if (wanted.day < now.day || (wanted.day === now.day && (wanted.minutes ?? closes) <= now.minutes)) {
    reasons.push(messages.slotPast());
  } else if (ready !== null && wanted.day < ready.from) {
    reasons.push(messages.slotBeforeLeadTime({ from: writeIsoDate(ready.from) }));
  } else if (notice !== null && wanted.day < notice.from) {
    const sources = notice.sources.join(', ');
    reasons.push(messages.slotShortNotice({ notice: describeTime(notice), sources, from: writeIsoDate(notice.from) }));
  }
  const holiday = calendar.findHoliday(wanted.day);
  if (isWeekend(wanted.day)) reasons.push(messages.slotWeekend());
  else if (holiday !== null) reasons.push(messages.slotHoliday({ holiday }));
  if (!convertToHours(wanted.minutes)) reasons.push(messages.slotHours({ ...office, zone }));

  const { unpublished } = timetable;
  const waits = unpublished.length === 0 ? [] : [messages.slotUnpublished({ waits: unpublished.join(', ') }).message];
  if (reasons.length > 0) {
    const minutes = wanted.minutes !== null && convertToHours(wanted.minutes) ? wanted.minutes : opens;
    let day = findBusinessDay(Math.max(wanted.day, earliest), calendar);
    if (day === now.day && minutes <= now.minutes) day = findBusinessDay(day + 1, calendar);
    const move = words.slotMove(formatSlot({ day, minutes }), zone);
    return answer(false, [...reasons.map(({ message }) => message), move, ...waits]);
  }
  const advice = timetable.isOpen
    ? messages.slotOpen().message
    : wanted.day >= sure
      ? words.slotPossible
      : messages.slotTight({ sure: writeIsoDate(findBusinessDay(sure, calendar)) }).message;
  return answer(true, [advice, ...waits]);
}
