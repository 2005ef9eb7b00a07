/** Effective access in words, for `before` and `after`: `required`, `optional, from 2010-01-01`, `required, all data except X`. */
import { findThingTypeName } from '../model/thing-types.ts';
import { type Dates, isSameDates, subtractDates, writeDates } from './dates.ts';
import type { Level } from './grants.ts';

/** A data type that a grant of all data leaves out, wholly or in part. */
export interface Exception {
  readonly type: string;
  readonly level: Level;
}

/** Facts that the text must mention: dates if a side is limited by date, exceptions if a side has them. */
export interface Mentions {
  readonly dates: boolean;
  readonly exceptions: boolean;
}

/** The name a person reads for a data type: its published name with version, or the id. */
export function nameType(type: string): string {
  return findThingTypeName(type) ?? type;
}

/** A level in words, or null when it grants nothing. */
export function describeLevel(level: Level, exceptions: readonly Exception[], mentions: Mentions): string | null {
  if (level.any.length === 0) return null;
  const limits = mentions.exceptions ? `, ${describeExceptions(exceptions, level)}` : '';
  return describeRequirement(level, mentions.dates) + limits;
}

function describeRequirement(level: Level, dates: boolean): string {
  const optional = subtractDates(level.any, level.required);
  return [
    ...(level.required.length > 0 ? [withDates('required', level.required, dates)] : []),
    ...(optional.length > 0 ? [withDates('optional', optional, dates)] : []),
  ].join('; ');
}

function withDates(requirement: string, dates: Dates, mentioned: boolean): string {
  return mentioned ? `${requirement}, ${writeDates(dates)}` : requirement;
}

function describeExceptions(exceptions: readonly Exception[], whole: Level): string {
  if (exceptions.length === 0) return 'all data';
  const names = exceptions.map(({ type, level }) => {
    const dates = !isSameDates(level.any, whole.any) || !isSameDates(whole.required, whole.any);
    const left = describeRequirement(level, dates);
    return left === '' ? nameType(type) : `${nameType(type)} (${left})`;
  });
  return `all data except ${names.sort().join(', ')}`;
}
