/** The rules of a policy file over those of the policy it extends, and their conditions in the engine's spelling. */
import { parseGuid } from '../model/guid.ts';
import type { Condition, Policy, Rule } from '../model/policy.ts';
import { type ThingType, thingTypeByName, thingTypeNames } from '../model/thing-types.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import type { PolicyFile, WrittenCondition, WrittenRule } from './policy-file.generated.ts';
import { asList, leadTime } from './policy-file.ts';
import type { ProblemList } from './problems.ts';

/** Built-in rules with their changes, and new ones: before the rule they name, else right after the guards at the top. */
export function buildRules(file: PolicyFile, base: Policy, problems: ProblemList): readonly Rule[] {
  const rules = [...base.rules];
  const isNew = (id: string): boolean => !base.rules.some((rule) => rule.id === id);
  let next = guardsAtTop(rules);
  for (const [id, written] of Object.entries(file.rules ?? {})) {
    const path = ['rules', id];
    if (!isNew(id)) {
      const index = rules.findIndex((rule) => rule.id === id);
      if (written.before !== undefined) problems.add('policy-before-order', [...path, 'before'], {}, { found: id });
      rules[index] = rule(id, written, rules[index] ?? null, problems);
      continue;
    }
    for (const key of ['when', 'category', 'reason'])
      if (!Object.hasOwn(written, key))
        problems.add(
          'policy-missing-key',
          path,
          { what: `The new rule ${id}`, expected: key },
          { key: true, found: id, known: base.rules.map((one) => one.id) },
        );
    const made = rule(id, written, null, problems);
    const target = rules.findIndex((one) => one.id === written.before);
    if (target >= 0) {
      rules.splice(target, 0, made);
      if (target < next) next++;
    } else rules.splice(next++, 0, made);
  }
  return rules;
}

/** How many guards stand before the first rule that is none. */
export function guardsAtTop(rules: readonly Rule[]): number {
  const open = rules.findIndex((rule) => rule.guard !== true);
  return open < 0 ? rules.length : open;
}

/** What is missing is filled with the rule's id: a policy that misses something is refused. */
function rule(id: string, written: WrittenRule, base: Rule | null, problems: ProblemList): Rule {
  const guard = written.guard ?? base?.guard;
  return {
    id,
    when: written.when === undefined ? (base?.when ?? []) : conditions(written.when, ['rules', id, 'when'], problems),
    category: written.category ?? base?.category ?? id,
    also: written.also ?? base?.also ?? [],
    reason: written.reason ?? base?.reason ?? id,
    note: written.note ?? base?.note ?? null,
    sources: written.sources ?? base?.sources ?? [],
    withoutSteps: written.steps?.without ?? base?.withoutSteps ?? [],
    addSteps: written.steps?.add ?? base?.addSteps ?? [],
    leadTime: written['lead-time'] === undefined ? (base?.leadTime ?? null) : leadTime(written['lead-time']),
    unpublished: written.unpublished ?? base?.unpublished ?? [],
    enforcement: written.enforcement ?? base?.enforcement ?? 'required',
    ...(guard === undefined ? {} : { guard }),
  };
}

function conditions(
  written: NonNullable<WrittenRule['when']>,
  path: TreePath,
  problems: ProblemList,
): readonly Condition[] {
  if (written === 'anything') return [{}];
  const listed = Array.isArray(written);
  return asList(written as WrittenCondition | readonly WrittenCondition[]).map((one, index) =>
    condition(one, listed ? [...path, index] : path, problems),
  );
}

function condition(written: WrittenCondition, path: TreePath, problems: ProblemList): Condition {
  const { type, before, after, 'without-trait': withoutTrait, ...rest } = written;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asList(value)])),
    ...(withoutTrait === undefined ? {} : { withoutTrait: asList(withoutTrait) }),
    ...(type === undefined ? {} : { type: types(type, [...path, 'type'], problems) }),
    ...(before === undefined ? {} : { before: asList(before).map(String) }),
    ...(after === undefined ? {} : { after: asList(after).map(String) }),
  };
}

function types(written: string | readonly string[], path: TreePath, problems: ProblemList): readonly string[] {
  const listed = Array.isArray(written);
  return asList(written).flatMap((name, index) => {
    if (name === '*') return [name];
    const lower = name.toLowerCase();
    if (parseGuid(name) === lower) return [lower];
    const type = thingTypeByName(name);
    if (type !== null) return versionsOf(name, type);
    const place = listed ? [...path, index] : path;
    problems.add('policy-unknown-type', place, {}, { found: name, known: thingTypeNames() });
    return [];
  });
}

/** The type that a name stands for, and where the name leaves the version open, the older ones. */
function versionsOf(name: string, type: ThingType): readonly string[] {
  const ids = [type.id];
  for (let version = 1; version < type.version; version++) {
    const older = thingTypeByName(`${name} v${version}`);
    if (older !== null) ids.push(older.id);
  }
  return ids;
}
