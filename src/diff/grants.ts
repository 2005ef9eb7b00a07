/**
 * Effective access: the access that a list of authorization rules grants, by permission, data type and date. A rule reaches the
 * union of its target-sets minus the union of its exception-sets. No target-set means everything. Rules add up, and required
 * covers optional (domain 2.4). Time and memory grow linearly with the size of the rules.
 */
import type { AccessRule, AccessSet, Permission, Requirement } from '../model/document.ts';
import { ALL_DATES, type Dates, isOverlapping, NO_DATES, resolveDates, subtractDates, uniteDates } from './dates.ts';

export const PERMISSIONS: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
export const REQUIREMENTS: readonly Requirement[] = ['required', 'optional'];

/** The key for every data type that no rule names. */
export const EVERY_TYPE = '*';

/** The dates for which access is required, and for which there is any access at all (required included). */
export interface Level {
  readonly required: Dates;
  readonly any: Dates;
}

/** The contribution of one rule to one type, or to every type. */
interface Contribution {
  readonly rule: AccessRule;
  readonly dates: Dates;
}

/** The grants of one channel on one side. */
export interface Grants {
  readonly rules: readonly AccessRule[];
  /** Types that any rule names, in targets or exceptions. */
  readonly types: ReadonlySet<string>;
  /** The level that is granted on a type, or on `*`. */
  getLevel(permission: Permission, type: string): Level;
  /** The first rule that grants it on any of the dates: rules that name the type before rules for every type. */
  findSource(permission: Permission, requirement: Requirement, type: string, dates: Dates): AccessRule | null;
  /** Whether an optional rule with display flag 1 (offered at first sign-up) is among the sources. */
  isShownFirstTime(permission: Permission, type: string): boolean;
}

interface RuleReach {
  /** Dates for every type that the rule does not name; empty for a rule that names its types. */
  readonly every: Dates;
  /** Dates for the types it names. */
  readonly named: ReadonlyMap<string, Dates>;
}

/** Computes the grants of a rule list. */
export function computeGrants(rules: readonly AccessRule[]): Grants {
  const named = new Map<string, Contribution[]>(); // from rules that name their types
  const everywhere: Contribution[] = []; // from rules that cover every type
  const typeExceptions = new Map<string, TypeException[]>(); // types with another contribution from such a rule
  for (const rule of rules) {
    const reach = computeReach(rule);
    const covering: Contribution = { rule, dates: reach.every };
    if (reach.every.length > 0) everywhere.push(covering);
    for (const [type, dates] of reach.named) {
      if (reach.every.length === 0) push(named, type, { rule, dates });
      else push(typeExceptions, type, { from: covering, dates });
    }
  }
  const groups = new Map<string, DateGroups>();
  for (const permission of PERMISSIONS) {
    for (const requirement of REQUIREMENTS) {
      const counted = everywhere.filter(({ rule }) => grantsAccess(rule, permission, requirement));
      groups.set(`${permission} ${requirement}`, groupByDates(counted));
    }
  }

  const computeDates = (permission: Permission, requirement: Requirement, type: string): Dates => {
    const found: Dates[] = [];
    for (const { rule, dates } of named.get(type) ?? [])
      if (grantsAccess(rule, permission, requirement)) found.push(dates);
    const leaving: TypeException[] = [];
    for (const typeException of typeExceptions.get(type) ?? []) {
      if (!grantsAccess(typeException.from.rule, permission, requirement)) continue;
      leaving.push(typeException);
      found.push(typeException.dates);
    }
    const left = countByDates(leaving);
    for (const [key, { dates, count }] of groups.get(`${permission} ${requirement}`) ?? []) {
      if (count > (left.get(key) ?? 0)) found.push(dates);
    }
    return uniteDates(found);
  };
  const offersToAll = new Set(
    PERMISSIONS.filter((permission) => everywhere.some(({ rule }) => offersFirstTime(rule, permission))),
  );

  return {
    rules,
    types: new Set([...named.keys(), ...typeExceptions.keys()]),
    getLevel(permission, type) {
      const required = computeDates(permission, 'required', type);
      return { required, any: uniteDates([required, computeDates(permission, 'optional', type)]) };
    },
    findSource(permission, requirement, type, dates) {
      const isSource = (found: Contribution) =>
        grantsAccess(found.rule, permission, requirement) && isOverlapping(found.dates, dates);
      const own = (named.get(type) ?? []).find(isSource);
      if (own !== undefined) return own.rule;
      const other = new Map(
        (typeExceptions.get(type) ?? []).map((typeException) => [typeException.from.rule, typeException.dates]),
      );
      return everywhere.find(({ rule, dates }) => isSource({ rule, dates: other.get(rule) ?? dates }))?.rule ?? null;
    },
    isShownFirstTime: (permission, type) =>
      offersToAll.has(permission) || (named.get(type) ?? []).some(({ rule }) => offersFirstTime(rule, permission)),
  };
}

interface TypeException {
  readonly from: Contribution;
  readonly dates: Dates;
}

type DateGroups = ReadonlyMap<string, { readonly dates: Dates; readonly count: number }>;

function groupByDates(contributions: readonly Contribution[]): DateGroups {
  const groups = new Map<string, { dates: Dates; count: number }>();
  for (const { dates } of contributions) {
    const key = dates.join();
    groups.set(key, { dates, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return groups;
}

/** The number of rules in each group with another contribution to the type in question. */
function countByDates(typeExceptions: readonly TypeException[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { from } of typeExceptions) {
    const key = from.dates.join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function grantsAccess(rule: AccessRule, permission: Permission, requirement: Requirement): boolean {
  return rule.requirement === requirement && rule.permissions.includes(permission);
}

function offersFirstTime(rule: AccessRule, permission: Permission): boolean {
  return (rule.displayFlags & 1) !== 0 && grantsAccess(rule, permission, 'optional');
}

function computeReach(rule: AccessRule): RuleReach {
  const targets = rule.targets.length === 0 ? EVERYTHING : merge(rule.targets, 'covers');
  const exceptions = merge(rule.exceptions, 'covers-nothing');
  const named = new Map<string, Dates>();
  for (const type of [...targets.named.keys(), ...exceptions.named.keys()]) {
    const granted = uniteDates([targets.every, targets.named.get(type) ?? NO_DATES]);
    const excepted = uniteDates([exceptions.every, exceptions.named.get(type) ?? NO_DATES]);
    named.set(type, subtractDates(granted, excepted));
  }
  return { every: subtractDates(targets.every, exceptions.every), named };
}

const EVERYTHING: RuleReach = { every: ALL_DATES, named: new Map() };

/** The union of target-sets or of exception-sets. A set without types is about every type. */
function merge(sets: readonly AccessSet[], unclear: 'covers' | 'covers-nothing'): RuleReach {
  const every: Dates[] = [];
  const named = new Map<string, Dates[]>();
  for (const set of sets) {
    const dates = resolveDates(set.dates, unclear);
    if (set.types.length === 0) every.push(dates);
    for (const type of set.types) push(named, type, dates);
  }
  return { every: uniteDates(every), named: new Map([...named].map(([type, dates]) => [type, uniteDates(dates)])) };
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
