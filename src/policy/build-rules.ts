/** The rules of a policy file over those of the policy it extends. */
import type { Policy, Rule } from '../model/policy.ts';
import { buildConditions, type ConditionContext, type ValueLists } from './conditions/build-conditions.ts';
import { type Added, insertAdded } from './insert-added.ts';
import { messages } from './messages.ts';
import type { PolicyFile, WrittenRule } from './policy-file.generated.ts';
import { buildLeadTime } from './policy-file.ts';
import type { ProblemList } from './problems.ts';

/** Built-in rules with their changes, and new ones: before the rule they name, else right after the guards at the top. */
export function buildRules(file: PolicyFile, base: Policy, lists: ValueLists, problems: ProblemList): readonly Rule[] {
  const context = { lists, problems };
  const rules = [...base.rules];
  const added: Added<Rule>[] = [];
  for (const [id, written] of Object.entries(file.rules ?? {})) {
    const path = ['rules', id];
    const index = rules.findIndex((rule) => rule.id === id);
    if (index >= 0) {
      if (written.before !== undefined) problems.add(messages.beforeOrder({ found: id }), [...path, 'before']);
      rules[index] = buildRule(id, written, rules[index] ?? null, context);
      continue;
    }
    const known = base.rules.map((one) => one.id);
    for (const expected of ['when', 'category', 'reason'])
      if (!Object.hasOwn(written, expected)) {
        const missing = messages.missingKey({ what: `The new rule ${id}`, expected });
        problems.add(missing, path, { key: true, word: id, known });
      }
    added.push({ entry: buildRule(id, written, null, context), before: written.before, path });
  }
  return insertAdded(rules, added, countGuardsAtTop(rules), problems);
}

/** Number of guards before the first rule that is not a guard. */
export function countGuardsAtTop(rules: readonly Rule[]): number {
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
function buildRule(id: string, file: WrittenRule, base: Rule | null, context: ConditionContext): Rule {
  const { when, steps, 'lead-time': time, 'workflow-unknown': workflowUnknown, before, ...written } = file;
  return {
    ...{ id, category: id, reason: id, ...NEW_RULE, ...base, ...written },
    ...(when === undefined ? {} : { when: buildConditions(when, ['rules', id, 'when'], context) }),
    ...(workflowUnknown === undefined ? {} : { workflowUnknown }),
    ...(steps?.without === undefined ? {} : { withoutSteps: steps.without }),
    ...(steps?.add === undefined ? {} : { addSteps: steps.add }),
    ...(time === undefined ? {} : { leadTime: buildLeadTime(time) }),
  };
}
