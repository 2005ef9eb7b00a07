/**
 * Changes of effective access (domain 2.4, 2.5): who may do what with which data, compared cell by cell instead of rule by
 * rule, so that order, splitting and merging of rules are nothing. One change per channel, data type and permission.
 */
import messages from '../../data/messages/diff.json' with { type: 'json' };
import type { Change, ChangeKind, Effect, Trait } from '../model/change.ts';
import type { AccessRule, Channel, Permission, Requirement } from '../model/document.ts';
import type { Place } from '../model/source.ts';
import { thingTypeName } from '../model/thing-types.ts';
import { type Exception, levelText } from './access-text.ts';
import { ALL_DATES, covers, type Dates, overlap, sameDates, unionOf, without } from './dates.ts';
import { EVERY_TYPE, type Grants, grantsOf, type Level, PERMISSIONS, REQUIREMENTS } from './grants.ts';
import { changeAt, type DocumentPair } from './pair.ts';

/** One channel's rules on both sides. `unsaid`: the base does not tell what was granted (a patch that did not name it). */
export interface ChannelRules {
  readonly channel: Channel;
  readonly base: readonly AccessRule[];
  readonly head: readonly AccessRule[];
  readonly unsaid: boolean;
}

interface ChannelGrants {
  readonly channel: Channel;
  readonly base: Grants;
  readonly head: Grants;
  readonly unsaid: boolean;
}

/** The changes of both channels. They are compared together: what moves from offline to online asks nobody anew. */
export function diffAccess(pair: DocumentPair, online: ChannelRules, offline: ChannelRules): readonly Change[] {
  const [first, second] = [grantsIn(online), grantsIn(offline)];
  const types = [...new Set([first, second].flatMap(({ base, head }) => [...base.types, ...head.types]))].sort();
  return [first, second].flatMap((channel) =>
    PERMISSIONS.flatMap((permission) => diffPermission(pair, channel, second, permission, types)),
  );
}

function grantsIn({ channel, base, head, unsaid }: ChannelRules): ChannelGrants {
  return { channel, base: grantsOf(base), head: grantsOf(head), unsaid };
}

/** One cell of the table on both sides. */
interface Cell {
  readonly type: string;
  readonly before: Level;
  readonly after: Level;
}

function diffPermission(
  pair: DocumentPair,
  channel: ChannelGrants,
  offline: ChannelGrants,
  permission: Permission,
  types: readonly string[],
): readonly Change[] {
  const cell = (type: string): Cell => ({
    type,
    before: channel.base.level(permission, type),
    after: channel.head.level(permission, type),
  });
  const every = cell(EVERY_TYPE);
  const singles: Cell[] = [];
  const alike: Cell[] = []; // changes exactly as all data does
  const folded: Cell[] = []; // an exception from all data that changes
  const exceptionsBefore: Exception[] = [];
  const exceptionsAfter: Exception[] = [];
  const everyOnBothSides = every.before.any.length > 0 && every.after.any.length > 0;
  for (const type of types) {
    const one = cell(type);
    if (isLess(one.before, every.before)) exceptionsBefore.push({ type, level: one.before });
    if (isLess(one.after, every.after)) exceptionsAfter.push({ type, level: one.after });
    if (sameLevel(one.before, every.before) && sameLevel(one.after, every.after)) alike.push(one);
    else if (sameLevel(one.before, one.after)) continue;
    else if (everyOnBothSides && isWithin(one.before, every.before) && isWithin(one.after, every.after))
      folded.push(one);
    else singles.push(one);
  }
  const judge = (cells: readonly Cell[]) => judged(channel, offline, permission, cells);
  const alone = { before: [], after: [] };
  const changes = singles.map((one) => accessChange(pair, channel, permission, [one], judge([one]), alone));
  if (sameLevel(every.before, every.after) && folded.length === 0) return changes;
  const judgement = judge([every, ...alike, ...folded]);
  const exceptions = { before: exceptionsBefore, after: exceptionsAfter };
  return [...changes, accessChange(pair, channel, permission, [every, ...folded], judgement, exceptions)];
}

/** What a grant of all data leaves out on both sides. */
interface Exceptions {
  readonly before: readonly Exception[];
  readonly after: readonly Exception[];
}

interface Judgement {
  readonly effect: Effect;
  readonly bothWays: boolean;
  readonly traits: readonly Trait[];
}

/** Effect and traits of cells that are reported as one change. */
function judged(
  channel: ChannelGrants,
  offline: ChannelGrants,
  permission: Permission,
  cells: readonly Cell[],
): Judgement {
  const gains = cells.filter((cell) => !isWithin(cell.after, cell.before));
  const loses = cells.some((cell) => !isWithin(cell.before, cell.after));
  const traits: Trait[] = [];
  const moved =
    !channel.unsaid && gains.length > 0 && gains.every((cell) => cameFromOffline(offline, permission, cell));
  const asks =
    gains.some(({ before, after }) => !covers(before.required, after.required)) ||
    (channel.channel === 'offline' && gains.length > 0) ||
    gains.some(({ type, before }) => type === EVERY_TYPE && before.any.length === 0);
  if (moved) traits.push('moved-from-offline');
  else if (asks) traits.push('asks-for-consent');
  const shown = gains.some((cell) => {
    const optional = without(cell.after.any, unionOf([cell.after.required, cell.before.any]));
    if (optional.length === 0 || !channel.head.shownFirstTime(permission, cell.type)) return false;
    return !moved || !offline.base.shownFirstTime(permission, cell.type);
  });
  if (shown) traits.push('shown-first-time');
  const effect = channel.unsaid ? 'unknown' : gains.length > 0 ? 'widens' : 'narrows';
  return { effect, bothWays: gains.length > 0 && loses, traits };
}

/** What is new was there offline, no weaker, and is there no more. What is new offline is there, so it never came from there. */
function cameFromOffline(offline: ChannelGrants, permission: Permission, { type, before, after }: Cell): boolean {
  const was = offline.base.level(permission, type);
  const is = offline.head.level(permission, type);
  const required = without(after.required, before.required);
  const any = without(after.any, before.any);
  return covers(was.required, required) && covers(was.any, any) && !overlap(is.any, unionOf([required, any]));
}

function accessChange(
  pair: DocumentPair,
  { channel, base, head, unsaid }: ChannelGrants,
  permission: Permission,
  [{ type, before, after }, ...folded]: readonly [Cell, ...Cell[]],
  { effect, bothWays, traits }: Judgement,
  exceptions: Exceptions,
): Change {
  const kind: ChangeKind = before.any.length === 0 ? 'added' : after.any.length === 0 ? 'removed' : 'modified';
  const mentions = {
    dates: [before, after].some((level) => !isPlain(level)),
    exceptions: exceptions.before.length > 0 || exceptions.after.length > 0,
  };
  const requirement = requirementOf(kind === 'removed' ? before : after);
  const previous = requirementOf(before);
  const name = thingTypeName(type);
  const former = placeIn(base, permission, [type], before, without(before.any, after.any));
  const types: [string, ...string[]] = [type, ...folded.map((cell) => cell.type)];
  const current = placeIn(head, permission, types, after, gained(before, after));
  return changeAt(pair, unsaid ? null : former, current, {
    setting: `access.${channel}`,
    kind,
    effect,
    access: {
      channel,
      requirement,
      typeId: type,
      ...(name === null ? {} : { typeName: name }),
      permission,
      ...(kind === 'modified' && previous !== requirement ? { previousRequirement: previous } : {}),
    },
    before: levelText(before, exceptions.before, mentions),
    after: levelText(after, exceptions.after, mentions),
    meaning: { before: levelMeaning(before, exceptions.before), after: levelMeaning(after, exceptions.after) },
    traits,
    ...(unsaid
      ? { detail: messages['access-was-not-said'] }
      : bothWays
        ? { detail: messages['access-both-ways'] }
        : {}),
  });
}

/**
 * Where a grant is written: at the type within the rule that brings the dates in question, else within any that grants it.
 * The first type is the one that is granted, the others tell where it is limited.
 */
function placeIn(
  grants: Grants,
  permission: Permission,
  types: readonly [string, ...string[]],
  level: Level,
  dates: Dates,
): Place | null {
  for (const wanted of [dates, level.any]) {
    for (const requirement of REQUIREMENTS) {
      const granted = requirement === 'required' ? level.required : level.any;
      const rule = overlap(granted, wanted) ? grants.source(permission, requirement, types[0], wanted) : null;
      if (rule === null) continue;
      const [place = rule.at] = types.flatMap((id) =>
        Object.hasOwn(rule.typePlaces, id) ? [rule.typePlaces[id]] : [],
      );
      return place;
    }
  }
  return null;
}

/** All that a level and its exceptions say, with every date. */
function levelMeaning(level: Level, exceptions: readonly Exception[]): string {
  return JSON.stringify([level, exceptions]);
}

function gained(before: Level, after: Level): Dates {
  const required = without(after.required, before.required);
  return required.length > 0 ? required : without(after.any, before.any);
}

/** A level's requirement: a tuple granted by a required and an optional rule counts as required. */
function requirementOf(level: Level): Requirement {
  return level.required.length > 0 ? 'required' : 'optional';
}

/** True when dates need not be mentioned: nothing, or one requirement for all dates. */
function isPlain({ required, any }: Level): boolean {
  if (any.length === 0) return true;
  return sameDates(any, ALL_DATES) && (required.length === 0 || sameDates(required, any));
}

function sameLevel(a: Level, b: Level): boolean {
  return sameDates(a.required, b.required) && sameDates(a.any, b.any);
}

function isWithin(inner: Level, outer: Level): boolean {
  return covers(outer.required, inner.required) && covers(outer.any, inner.any);
}

function isLess(inner: Level, outer: Level): boolean {
  return isWithin(inner, outer) && !sameLevel(inner, outer);
}
