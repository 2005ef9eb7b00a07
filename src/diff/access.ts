/**
 * Changes of effective access (domain 2.4, 2.5): which access is granted to which data, compared cell by cell instead of rule by
 * rule, so reordering, splitting or merging rules is not a change. One change per channel, data type and permission.
 */
import type { Change, ChangeKind, Effect, Trait } from '../model/change.ts';
import type { AccessRule, Channel, Permission, Requirement } from '../model/document.ts';
import type { Place } from '../model/source.ts';
import { findThingTypeName } from '../model/thing-types.ts';
import { describeLevel, type Exception } from './access-text.ts';
import { ALL_DATES, coversDates, type Dates, isOverlapping, isSameDates, subtractDates, uniteDates } from './dates.ts';
import { computeGrants, EVERY_TYPE, type Grants, type Level, PERMISSIONS, REQUIREMENTS } from './grants.ts';
import { words } from './messages.ts';
import { buildChange, type DocumentPair } from './pair.ts';

/** One channel's rules on both sides. */
export interface ChannelRules {
  readonly channel: Channel;
  readonly base: readonly AccessRule[];
  readonly head: readonly AccessRule[];
  /** True if the base does not contain the former grants, because it is a patch without this setting. */
  readonly notStated: boolean;
}

interface ChannelGrants extends Omit<ChannelRules, 'base' | 'head'> {
  readonly base: Grants;
  readonly head: Grants;
}

/** The changes of both channels. They are compared together: access that moves from offline to online needs no new consent. */
export function diffAccess(pair: DocumentPair, online: ChannelRules, offline: ChannelRules): readonly Change[] {
  const channels = [online, offline].map((rules) => ({
    ...rules,
    base: computeGrants(rules.base),
    head: computeGrants(rules.head),
  })) as [ChannelGrants, ChannelGrants];
  const types = [...new Set(channels.flatMap(({ base, head }) => [...base.types, ...head.types]))].sort();
  return channels.flatMap((channel) =>
    PERMISSIONS.flatMap((permission) => diffPermission({ pair, channel, offline: channels[1], permission }, types)),
  );
}

/** One permission in one channel, and the offline channel to compare it with. */
interface Comparison {
  readonly pair: DocumentPair;
  readonly channel: ChannelGrants;
  readonly offline: ChannelGrants;
  readonly permission: Permission;
}

/** One data type on both sides. */
interface AccessCell {
  readonly type: string;
  readonly before: Level;
  readonly after: Level;
}

/** The other access that a change of all data covers. */
interface WholeGrant {
  /** Types that change exactly as all data does. */
  readonly alike: readonly AccessCell[];
  /** The types that the grant excludes at base and head. */
  readonly before: readonly Exception[];
  readonly after: readonly Exception[];
}

const SINGLE_TYPE: WholeGrant = { alike: [], before: [], after: [] };

function diffPermission(comparison: Comparison, types: readonly string[]): readonly Change[] {
  const { channel, permission } = comparison;
  const readCell = (type: string): AccessCell => ({
    type,
    before: channel.base.getLevel(permission, type),
    after: channel.head.getLevel(permission, type),
  });
  const every = readCell(EVERY_TYPE);
  const isGrantedTwice = every.before.any.length > 0 && every.after.any.length > 0;
  const isCoveredByAll = (cell: AccessCell) =>
    isGrantedTwice && isWithin(cell.before, every.before) && isWithin(cell.after, every.after);
  const changesLikeAll = (cell: AccessCell) =>
    isSameLevel(cell.before, every.before) && isSameLevel(cell.after, every.after);
  const cells = types.map(readCell);
  const changed = cells.filter((cell) => !changesLikeAll(cell) && !isSameLevel(cell.before, cell.after));
  const coveredByAll = changed.filter(isCoveredByAll);
  const changes = changed
    .filter((cell) => !isCoveredByAll(cell))
    .map((cell) => describeAccessChange(comparison, [cell], SINGLE_TYPE));
  if (isSameLevel(every.before, every.after) && coveredByAll.length === 0) return changes;
  const listExceptions = (time: 'before' | 'after') =>
    cells.filter((cell) => isLess(cell[time], every[time])).map((cell) => ({ type: cell.type, level: cell[time] }));
  const whole = {
    alike: cells.filter(changesLikeAll),
    before: listExceptions('before'),
    after: listExceptions('after'),
  };
  return [...changes, describeAccessChange(comparison, [every, ...coveredByAll], whole)];
}

/** Effect and traits of cells that are reported as one change. */
function determineEffect({ channel, offline, permission }: Comparison, cells: readonly AccessCell[]) {
  const gains = cells.filter((cell) => !isWithin(cell.after, cell.before));
  const loses = cells.some((cell) => !isWithin(cell.before, cell.after));
  const traits: Trait[] = [];
  const moved =
    !channel.notStated && gains.length > 0 && gains.every((cell) => isMovedFromOffline(offline, permission, cell));
  const asks =
    gains.some(({ before, after }) => !coversDates(before.required, after.required)) ||
    (channel.channel === 'offline' && gains.length > 0) ||
    gains.some(({ type, before }) => type === EVERY_TYPE && before.any.length === 0);
  if (moved) traits.push('moved-from-offline');
  else if (asks) traits.push('asks-for-consent');
  const shown = gains.some((cell) => {
    const optional = subtractDates(cell.after.any, uniteDates([cell.after.required, cell.before.any]));
    if (optional.length === 0 || !channel.head.isShownFirstTime(permission, cell.type)) return false;
    return !moved || !offline.base.isShownFirstTime(permission, cell.type);
  });
  if (shown) traits.push('shown-first-time');
  const effect: Effect = channel.notStated ? 'unknown' : gains.length > 0 ? 'widens' : 'narrows';
  return { effect, traits, bothWays: gains.length > 0 && loses };
}

/**
 * True if the base granted the new access offline, at least as strongly, and the head no longer does. New offline access is
 * still granted offline, so it never counts as moved.
 */
function isMovedFromOffline(
  offline: ChannelGrants,
  permission: Permission,
  { type, before, after }: AccessCell,
): boolean {
  const was = offline.base.getLevel(permission, type);
  const is = offline.head.getLevel(permission, type);
  const required = subtractDates(after.required, before.required);
  const any = subtractDates(after.any, before.any);
  return (
    coversDates(was.required, required) &&
    coversDates(was.any, any) &&
    !isOverlapping(is.any, uniteDates([required, any]))
  );
}

/** The change of the first cell. The others are exceptions from all data that change with it. */
function describeAccessChange(
  comparison: Comparison,
  cells: readonly [AccessCell, ...AccessCell[]],
  { alike, ...exceptions }: WholeGrant,
): Change {
  const { pair, channel, permission } = comparison;
  const [{ type, before, after }] = cells;
  const { effect, bothWays, traits } = determineEffect(comparison, [...cells, ...alike]);
  const kind: ChangeKind = before.any.length === 0 ? 'added' : after.any.length === 0 ? 'removed' : 'modified';
  const mentions = {
    dates: [before, after].some((level) => !isPlain(level)),
    exceptions: exceptions.before.length > 0 || exceptions.after.length > 0,
  };
  const requirement = findRequirement(kind === 'removed' ? before : after);
  const previous = findRequirement(before);
  const name = findThingTypeName(type);
  const former = channel.notStated
    ? null
    : findGrantPlace(channel.base, permission, [type], subtractDates(before.any, after.any));
  const types = cells.map((cell) => cell.type);
  const current = findGrantPlace(channel.head, permission, types, findGainedDates(before, after));
  const detail = channel.notStated ? words.accessNotStated : bothWays ? words.accessBothWays : null;
  return buildChange(pair, former, current, {
    setting: `access.${channel.channel}`,
    kind,
    effect,
    access: {
      channel: channel.channel,
      requirement,
      typeId: type,
      ...(name === null ? {} : { typeName: name }),
      permission,
      ...(kind === 'modified' && previous !== requirement ? { previousRequirement: previous } : {}),
    },
    before: describeLevel(before, exceptions.before, mentions),
    after: describeLevel(after, exceptions.after, mentions),
    meaning: {
      before: JSON.stringify([before, exceptions.before]),
      after: JSON.stringify([after, exceptions.after]),
    },
    traits,
    ...(detail === null ? {} : { detail }),
  });
}

/**
 * The place of a grant: at the type within the rule that contains the dates in question, else within any rule that grants it.
 * The first type is the granted one. The others limit it.
 */
function findGrantPlace(grants: Grants, permission: Permission, types: readonly string[], dates: Dates): Place | null {
  const [type = EVERY_TYPE] = types;
  const level = grants.getLevel(permission, type);
  for (const wanted of [dates, level.any]) {
    for (const requirement of REQUIREMENTS) {
      const granted = requirement === 'required' ? level.required : level.any;
      const rule = isOverlapping(granted, wanted) ? grants.findSource(permission, requirement, type, wanted) : null;
      if (rule === null) continue;
      const [place = rule.at] = types.flatMap((id) =>
        Object.hasOwn(rule.typePlaces, id) ? [rule.typePlaces[id]] : [],
      );
      return place;
    }
  }
  return null;
}

function findGainedDates(before: Level, after: Level): Dates {
  const required = subtractDates(after.required, before.required);
  return required.length > 0 ? required : subtractDates(after.any, before.any);
}

/** A level's requirement: a tuple granted by a required and an optional rule counts as required. */
function findRequirement(level: Level): Requirement {
  return level.required.length > 0 ? 'required' : 'optional';
}

/** True if dates need not be mentioned: no grant, or one requirement for all dates. */
function isPlain({ required, any }: Level): boolean {
  if (any.length === 0) return true;
  return isSameDates(any, ALL_DATES) && (required.length === 0 || isSameDates(required, any));
}

function isSameLevel(a: Level, b: Level): boolean {
  return isSameDates(a.required, b.required) && isSameDates(a.any, b.any);
}

function isWithin(inner: Level, outer: Level): boolean {
  return coversDates(outer.required, inner.required) && coversDates(outer.any, inner.any);
}

function isLess(inner: Level, outer: Level): boolean {
  return isWithin(inner, outer) && !isSameLevel(inner, outer);
}
