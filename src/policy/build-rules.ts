/** The rules of a policy file over those of the policy it extends, and their conditions in the form that `match.ts` evaluates. */
import { parseGuid } from '../model/guid.ts';
import type { Condition, Policy, Rule } from '../model/policy.ts';
import { type ThingType, thingTypeByName, thingTypeNames } from '../model/thing-types.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { type Added, insertAdded } from './insert-added.ts';
import { messages } from './messages.ts';
import type { PolicyFile, WrittenCondition, WrittenRule } from './policy-file.generated.ts';
import { asList, leadTime, listWritten } from './policy-file.ts';
import type { ProblemList } from './problems.ts';

/** Built-in rules with their changes, and new ones: before the rule they name, else right after the guards at the top. */
export function buildRules(file: PolicyFile, base: Policy, problems: ProblemList): readonly Rule[] {
  const rules = [...base.rules];
  const added: Added<Rule>[] = [];
  for (const [id, written] of Object.entries(file.rules ?? {})) {
    const path = ['rules', id];
    const index = rules.findIndex((rule) => rule.id === id);
    if (index >= 0) {
      if (written.before !== undefined) problems.add(messages.beforeOrder({ found: id }), [...path, 'before']);
      rules[index] = buildRule(id, written, rules[index] ?? null, problems);
      continue;
    }
    const known = base.rules.map((one) => one.id);
    for (const expected of ['when', 'category', 'reason'])
      if (!Object.hasOwn(written, expected)) {
        const missing = messages.missingKey({ what: `The new rule ${id}`, expected });
        problems.add(missing, path, { key: true, word: id, known });
      }
    added.push({ entry: buildRule(id, written, null, problems), before: written.before, path });
  }
  return insertAdded(rules, added, guardsAtTop(rules), problems);
}

/** Number of guards before the first rule that is not a guard. */
export function guardsAtTop(rules: readonly Rule[]): number {
  const open = rules.findIndex((rule) => rule.guard !== true);
  return open < 0 ? rules.length : open;
}

const NEW_RULE: Omit<Rule, 'id' | 'category' | 'reason'> = {
  when: [],
  also: [],
  about: 'registered',
  workflowUnknown: null,
  note: null,
  sources: [],
  withoutSteps: [],
  addSteps: [],
  leadTime: null,
  unpublished: [],
  enforcement: 'required',
};

/** Missing values are filled with the rule's id: a policy that lacks something is refused. */
function buildRule(id: string, file: WrittenRule, base: Rule | null, problems: ProblemList): Rule {
  const { when, steps, 'lead-time': time, 'workflow-unknown': workflowUnknown, before, ...written } = file;
  return {
    ...{ id, category: id, reason: id, ...NEW_RULE, ...base, ...written },
    ...(when === undefined ? {} : { when: buildConditions(when, ['rules', id, 'when'], problems) }),
    ...(workflowUnknown === undefined ? {} : { workflowUnknown }),
    ...(steps?.without === undefined ? {} : { withoutSteps: steps.without }),
    ...(steps?.add === undefined ? {} : { addSteps: steps.add }),
    ...(time === undefined ? {} : { leadTime: leadTime(time) }),
  };
}

function buildConditions(written: WrittenRule['when'], path: TreePath, problems: ProblemList): readonly Condition[] {
  if (written === 'anything') return [{}];
  return listWritten(written, path).map(({ value, at }) => buildCondition(value, at, problems));
}

function buildCondition(written: WrittenCondition, path: TreePath, problems: ProblemList): Condition {
  const { type, before, after, 'without-trait': withoutTrait, ...rest } = written;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asList(value)])),
    ...(withoutTrait === undefined ? {} : { withoutTrait: asList(withoutTrait) }),
    ...(type === undefined ? {} : { type: resolveTypes(type, [...path, 'type'], problems) }),
    ...(before === undefined ? {} : { before: readValues(before, [...path, 'before'], problems) }),
    ...(after === undefined ? {} : { after: readValues(after, [...path, 'after'], problems) }),
  };
}

/** Values as they are written: a version 1.10 without quotes is not the number 1.1. */
function readValues(
  written: NonNullable<WrittenCondition['before']>,
  path: TreePath,
  problems: ProblemList,
): readonly string[] {
  return listWritten<string | number | boolean>(written, path).map(({ at }) => problems.writtenAt(at));
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
    const type = thingTypeByName(name);
    if (type !== null) return listVersions(name, type);
    problems.add(messages.unknownType({ found: name }), at, { word: name, known: thingTypeNames() });
    return [];
  });
}

/** The type that a name stands for, and its older versions where the name does not include one. */
function listVersions(name: string, type: ThingType): readonly string[] {
  const ids = [type.id];
  for (let version = 1; version < type.version; version++) {
    const older = thingTypeByName(`${name} v${version}`);
    if (older !== null) ids.push(older.id);
  }
  return ids;
}
