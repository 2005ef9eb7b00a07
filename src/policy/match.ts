/** Classifies changes: the first rule of the policy that matches decides. */
import type { Change } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import { cachePerObject, createPathMatcher, createTextMatcher } from '../model/globs.ts';
import { CONSENT_WIDENING, type Condition, type Policy, type Rule, type RuleList } from '../model/policy.ts';
import {
  type ChangeSurroundings,
  compileCircumstances,
  NO_SURROUNDINGS,
  type Test,
} from './conditions/circumstances.ts';

interface CompiledCondition {
  readonly rule: Rule;
  /** Null: any setting. */
  readonly setting: ((id: string) => boolean) | null;
  readonly tests: readonly Test[];
}

interface CompiledPolicy {
  readonly conditions: readonly CompiledCondition[];
  /** The remaining conditions for a setting id, because a policy gets few ids and many changes. */
  readonly bySetting: Map<string, readonly CompiledCondition[]>;
}

/** Setting ids may contain keys from a pull request (`client.runtime.<key>`), so their number in memory is limited. */
const MAX_REMEMBERED_SETTINGS = 1000;

/**
 * The finding for a change. A mark's category replaces the rule's. A change that no rule matches gets the last rule, the
 * policy's catch-all.
 */
export function classifyChange(policy: Policy, change: Change, around: ChangeSurroundings = NO_SURROUNDINGS): Finding {
  const rule = findRule(policy, change, around);
  const category = resolveCategory(policy, change.category ?? rule.category);
  const also = [...new Set(rule.also.map((id) => resolveCategory(policy, id)))].filter((id) => id !== category);
  return { change, rule, category, also };
}

/** A category id after the policy's switch is applied. */
export function resolveCategory(policy: Policy, category: string): string {
  return category === CONSENT_WIDENING ? policy.consentWidening : category;
}

/** The setting of a change as rules name it: without its culture. In the keys of a declared document an @ is any character. */
export function getRuleSetting({ setting, document }: Change): string {
  return document.format === 'plain' ? setting : removeCulture(setting);
}

/** A setting id without its culture (`name@de-DE` is `name`). */
export function removeCulture(setting: string): string {
  const at = setting.indexOf('@');
  return at < 0 ? setting : setting.slice(0, at);
}

/** The guards of the extended policy decide first. The new rules decide changes that only its catch-all matches. */
function findRule(policy: RuleList, change: Change, around: ChangeSurroundings): Rule {
  const own = findFirstMatch(policy, change, around);
  if (policy.extended === undefined) return own;
  const former = findRule(policy.extended, change, around);
  if (former.guard !== true || isCatchAll(former)) return own;
  return policy.rules.find(({ id }) => id === former.id) ?? former;
}

/** Whether a rule matches every change. */
export function isCatchAll({ when }: Rule): boolean {
  return when.some((condition) => Object.keys(condition).length === 0);
}

function findFirstMatch(policy: RuleList, change: Change, around: ChangeSurroundings): Rule {
  const { conditions, bySetting } = compiledRules(policy);
  const setting = getRuleSetting(change);
  let candidates = bySetting.get(setting);
  if (candidates === undefined) {
    candidates = conditions.filter((condition) => condition.setting === null || condition.setting(setting));
    if (bySetting.size < MAX_REMEMBERED_SETTINGS) bySetting.set(setting, candidates);
  }
  for (const { rule, tests } of candidates) if (tests.every((test) => test(change, around))) return rule;
  const last = policy.rules.at(-1);
  if (last === undefined) throw new Error('a policy without rules was not validated');
  return last;
}

const compiledRules = cachePerObject(
  ({ rules }: RuleList): CompiledPolicy => ({
    conditions: rules.flatMap((rule) => rule.when.map((condition) => compile(rule, condition))),
    bySetting: new Map(),
  }),
);

function compile(rule: Rule, condition: Condition): CompiledCondition {
  const tests: Test[] = [];
  const addMembershipTest = <Value>(
    values: readonly Value[] | undefined,
    getValue: (change: Change) => Value | undefined,
  ): void => {
    if (values === undefined) return;
    const set = new Set<Value | undefined>(values);
    tests.push((change) => set.has(getValue(change)));
  };
  const addGlobTest = (
    compileGlobs: (globs: readonly string[]) => (text: string) => boolean,
    globs: readonly string[] | undefined,
    getValue: (change: Change) => string | null,
  ): void => {
    if (globs === undefined) return;
    const matches = compileGlobs(globs);
    tests.push((change) => {
      const value = getValue(change);
      return value !== null && matches(value);
    });
  };
  addMembershipTest(condition.kind, (change) => change.kind);
  addMembershipTest(condition.effect, (change) => change.effect);
  addMembershipTest(condition.channel, (change) => change.access?.channel);
  addMembershipTest(condition.requirement, (change) => change.access?.requirement);
  addMembershipTest(condition.permission, (change) => change.access?.permission);
  addMembershipTest(condition.type, (change) => change.access?.typeId);
  addMembershipTest(condition.environment, (change) => change.document.environment);
  addMembershipTest(condition.format, (change) => change.document.format);
  addMembershipTest(condition.role, (change) => change.document.role);
  addMembershipTest(condition.state, (change) => change.document.state);
  const { trait, withoutTrait } = condition;
  if (trait !== undefined) tests.push((change) => trait.some((one) => change.traits.includes(one)));
  if (withoutTrait !== undefined) tests.push((change) => !withoutTrait.some((one) => change.traits.includes(one)));
  addGlobTest(createTextMatcher, condition.before, (change) => change.before);
  addGlobTest(createTextMatcher, condition.after, (change) => change.after);
  addGlobTest(createPathMatcher, condition.file, (change) => change.file);
  tests.push(...compileCircumstances(condition));
  return { rule, setting: condition.setting === undefined ? null : createTextMatcher(condition.setting), tests };
}
