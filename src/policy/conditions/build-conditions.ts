/** The conditions of a policy file in the form that `match.ts` evaluates. */
import { parseGuid } from '../../model/guid.ts';
import type { Bound, Circumstance, Condition, Policy, ValueTest } from '../../model/policy.ts';
import { findThingType, listThingTypeNames, type ThingType } from '../../model/thing-types.ts';
import type { TreePath } from '../../syntax/yaml/yaml.ts';
import { messages } from '../messages.ts';
import type {
  PolicyFile,
  WrittenCircumstance,
  WrittenCondition,
  WrittenRule,
  WrittenValueTest,
} from '../policy-file.generated.ts';
import { listWritten, toList } from '../policy-file.ts';
import type { ProblemList } from '../problems.ts';
import { inferKind, isComparable } from './comparison.ts';

/** The named lists of a policy. */
export type ValueLists = NonNullable<Policy['lists']>;

/** The definitions that conditions refer to, and the list for their problems. */
export interface ConditionContext {
  readonly lists: ValueLists;
  readonly problems: ProblemList;
}

/**
 * The lists of the file and of the extended policy. Rules of the extended policy depend on its lists, so these cannot change.
 */
export function buildLists(file: PolicyFile, base: Policy, problems: ProblemList): ValueLists {
  const lists: Record<string, readonly string[]> = { ...base.lists };
  for (const [id, values] of Object.entries(file.lists ?? {})) {
    const path = ['lists', id];
    if (base.lists !== undefined && Object.hasOwn(base.lists, id))
      problems.add(messages.listTwice({ found: id }), path, { key: true });
    else lists[id] = readValues(values, path, problems);
  }
  return lists;
}

/** The conditions of one rule. */
export function buildConditions(
  written: WrittenRule['when'],
  path: TreePath,
  context: ConditionContext,
): readonly Condition[] {
  if (written === 'anything') return [{}];
  return listWritten(written, path).map(({ value, at }) => buildCondition(value, at, context));
}

function buildCondition(written: WrittenCondition, path: TreePath, context: ConditionContext): Condition {
  const { type, before, after, value, given, unless, from, until, 'without-trait': withoutTrait, ...rest } = written;
  const { problems } = context;
  const buildCircumstancesFor = (facet: 'given' | 'unless'): readonly Circumstance[] =>
    listWritten(written[facet], [...path, facet]).map((one) => buildCircumstance(one.value, one.at, context));
  if (from !== undefined && until !== undefined && until < from)
    problems.add(messages.dayOrder({ from, until }), [...path, 'until']);
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, toList(one)])),
    ...(withoutTrait === undefined ? {} : { withoutTrait: toList(withoutTrait) }),
    ...(type === undefined ? {} : { type: resolveTypes(type, [...path, 'type'], problems) }),
    ...(before === undefined ? {} : { before: readValues(before, [...path, 'before'], problems) }),
    ...(after === undefined ? {} : { after: readValues(after, [...path, 'after'], problems) }),
    ...(value === undefined ? {} : { value: buildValueTest(value, [...path, 'value'], context) }),
    ...(given === undefined ? {} : { given: buildCircumstancesFor('given') }),
    ...(unless === undefined ? {} : { unless: buildCircumstancesFor('unless') }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

function buildCircumstance(written: WrittenCircumstance, path: TreePath, context: ConditionContext): Circumstance {
  const { setting, at = 'head', within = 'document', covers, ...test } = written;
  return {
    setting: toList(setting),
    at,
    within,
    ...(covers === undefined ? {} : { covers }),
    ...buildValueTest(test, path, context),
  };
}

function buildValueTest(written: WrittenValueTest, path: TreePath, { lists, problems }: ConditionContext): ValueTest {
  const { is, in: among, below, as } = written;
  const names = among === undefined ? [] : toList(among);
  const bounds = { below, atLeast: written['at-least'] };
  if (as !== undefined && below === undefined && bounds.atLeast === undefined)
    problems.add(messages.missingKey({ what: 'as', expected: 'below or at-least' }), [...path, 'as']);
  const readBound = (key: 'below' | 'at-least'): Bound => buildBound(as, [...path, key], problems);
  return {
    ...(is === undefined ? {} : { is: readValues(is, [...path, 'is'], problems) }),
    ...(among === undefined
      ? {}
      : {
          in: { lists: names, globs: names.flatMap((name) => (Object.hasOwn(lists, name) ? lists[name] : []) ?? []) },
        }),
    ...(bounds.below === undefined ? {} : { below: readBound('below') }),
    ...(bounds.atLeast === undefined ? {} : { atLeast: readBound('at-least') }),
  };
}

function buildBound(as: WrittenValueTest['as'], path: TreePath, problems: ProblemList): Bound {
  const text = problems.describeWritten(path);
  const kind = as ?? inferKind(text);
  if (kind === null) problems.add(messages.boundKind({ found: text }), path);
  else if (!isComparable(text, kind)) problems.add(messages.boundForm({ found: text, kind }), path);
  return { text, as: kind ?? 'number' };
}

/** Values as they are written: a version 1.10 without quotes is not the number 1.1. */
function readValues(
  written: NonNullable<WrittenCondition['before']> | readonly (string | number | boolean)[],
  path: TreePath,
  problems: ProblemList,
): readonly string[] {
  return listWritten<string | number | boolean>(written, path).map(({ at }) => problems.describeWritten(at));
}

function resolveTypes(
  written: NonNullable<WrittenCondition['type']>,
  path: TreePath,
  problems: ProblemList,
): readonly string[] {
  return listWritten(written, path).flatMap(({ value: name, at }) => {
    if (name === '*') return [name];
    const lower = name.toLowerCase();
    if (parseGuid(name) === lower) return [lower];
    const type = findThingType(name);
    if (type !== null) return listVersions(name, type);
    problems.add(messages.unknownType({ found: name }), at, { word: name, known: listThingTypeNames() });
    return [];
  });
}

/** The type with a name, and its older versions if the name does not include one. */
function listVersions(name: string, type: ThingType): readonly string[] {
  const ids = [type.id];
  for (let version = 1; version < type.version; version++) {
    const older = findThingType(`${name} v${version}`);
    if (older !== null) ids.push(older.id);
  }
  return ids;
}
