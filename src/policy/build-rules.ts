/** The rules of a policy file over those of the policy it extends, and their conditions in the engine's spelling. */
import type { Condition, Policy, Rule } from '../model/policy.ts';
import { thingTypeByName, thingTypeNames } from '../model/thing-types.ts';
import { asList, leadTime, type PolicyFile, type WrittenCondition, type WrittenRule } from './policy-file.ts';
import type { Path, ProblemList } from './problems.ts';

/** Versions of a data type's name that are tried; the published list knows three at most. */
const MAX_TYPE_VERSIONS = 9;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Built-in rules with their changes, and new ones: before the rule they name, else right after the guards at the top. */
export function buildRules(file: PolicyFile, base: Policy, problems: ProblemList): readonly Rule[] {
  const rules = [...base.rules];
  const isNew = (id: string): boolean => !base.rules.some((rule) => rule.id === id);
  const firstOpen = (): number => rules.findIndex((rule) => rule.guard !== true);
  let next = base.rules.length === 0 ? 0 : Math.max(0, firstOpen());
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
    const target = written.before === undefined ? -1 : rules.findIndex((one) => one.id === written.before);
    if (target >= 0) {
      rules.splice(target, 0, made);
      if (target < next) next++;
    } else rules.splice(next++, 0, made);
  }
  return rules;
}

function rule(id: string, written: WrittenRule, base: Rule | null, problems: ProblemList): Rule {
  const guard = written.guard ?? base?.guard;
  return {
    id,
    when: written.when === undefined ? (base?.when ?? []) : conditions(written.when, ['rules', id, 'when'], problems),
    category: written.category ?? base?.category ?? '',
    also: written.also ?? base?.also ?? [],
    reason: written.reason ?? base?.reason ?? '',
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
  path: Path,
  problems: ProblemList,
): readonly Condition[] {
  if (written === 'anything') return [{}];
  const listed = Array.isArray(written);
  return asList(written as WrittenCondition | readonly WrittenCondition[]).map((one, index) =>
    condition(one, listed ? [...path, index] : path, problems),
  );
}

function condition(written: WrittenCondition, path: Path, problems: ProblemList): Condition {
  const { type, before, after, 'without-trait': withoutTrait, ...rest } = written;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asList(value)])),
    ...(withoutTrait === undefined ? {} : { withoutTrait: asList(withoutTrait) }),
    ...(type === undefined ? {} : { type: types(type, [...path, 'type'], problems) }),
    ...(before === undefined ? {} : { before: asList(before).map(String) }),
    ...(after === undefined ? {} : { after: asList(after).map(String) }),
  };
}

function types(written: string | readonly string[], path: Path, problems: ProblemList): readonly string[] {
  const listed = Array.isArray(written);
  return asList(written).flatMap((name, index) => {
    if (name === '*') return [name];
    if (GUID.test(name)) return [name.toLowerCase()];
    const ids = new Set<string>();
    const plain = thingTypeByName(name);
    if (plain !== null) ids.add(plain.id);
    for (let version = 1; version <= MAX_TYPE_VERSIONS; version++) {
      const one = thingTypeByName(`${name} v${version}`);
      if (one !== null) ids.add(one.id);
    }
    if (ids.size === 0)
      problems.add(
        'policy-unknown-type',
        listed ? [...path, index] : path,
        {},
        { found: name, known: thingTypeNames() },
      );
    return [...ids];
  });
}
