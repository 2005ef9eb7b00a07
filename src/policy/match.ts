/** Judges changes: the first rule of the policy that holds decides. Conditions are compiled once per policy. */
import type { Change } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import { pathMatcher, textMatcher } from '../model/globs.ts';
import { CONSENT_WIDENING, type Condition, type Policy, type Rule } from '../model/policy.ts';

type Test = (change: Change) => boolean;

interface CompiledCondition {
  readonly rule: Rule;
  /** Null: any setting. */
  readonly setting: ((id: string) => boolean) | null;
  readonly tests: readonly Test[];
}

interface CompiledPolicy {
  readonly conditions: readonly CompiledCondition[];
  /** The conditions that are left for a setting id; a policy sees few ids and many changes. */
  readonly bySetting: Map<string, readonly CompiledCondition[]>;
}

/** Setting ids may hold what strangers wrote (`client.runtime.<key>`), so the memory of them has an end. */
const MAX_REMEMBERED_SETTINGS = 1000;

const compiled = new WeakMap<Policy, CompiledPolicy>();

/** The finding for a change. Never throws: a change that no rule meets falls to the last rule, the policy's catch-all. */
export function findingOf(policy: Policy, change: Change): Finding {
  const rule = ruleFor(policy, change);
  const category = resolved(policy, rule.category);
  const also = [...new Set(rule.also.map((id) => resolved(policy, id)))].filter((id) => id !== category);
  return { change, rule, category, also };
}

/** Ids of the rules that none of the findings hit, in the policy's order. */
export function deadRules(policy: Policy, findings: readonly Finding[]): readonly string[] {
  const hit = new Set(findings.map((finding) => finding.rule.id));
  return policy.rules.map((rule) => rule.id).filter((id) => !hit.has(id));
}

/** A category id after the policy's switch is applied. */
export function resolved(policy: Policy, category: string): string {
  return category === CONSENT_WIDENING ? policy.consentWidening : category;
}

/** A setting id without its culture (`name@de-DE` is `name`). */
export function settingWithoutCulture(setting: string): string {
  const at = setting.indexOf('@');
  return at < 0 ? setting : setting.slice(0, at);
}

function ruleFor(policy: Policy, change: Change): Rule {
  const { conditions, bySetting } = compiledOf(policy);
  const setting = settingWithoutCulture(change.setting);
  let candidates = bySetting.get(setting);
  if (candidates === undefined) {
    candidates = conditions.filter((condition) => condition.setting === null || condition.setting(setting));
    if (bySetting.size < MAX_REMEMBERED_SETTINGS) bySetting.set(setting, candidates);
  }
  for (const { rule, tests } of candidates) if (tests.every((test) => test(change))) return rule;
  const last = policy.rules.at(-1);
  if (last === undefined) throw new Error('a policy without rules was not validated');
  return last;
}

function compiledOf(policy: Policy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const conditions = policy.rules.flatMap((rule) => rule.when.map((condition) => compile(rule, condition)));
  const made = { conditions, bySetting: new Map<string, readonly CompiledCondition[]>() };
  compiled.set(policy, made);
  return made;
}

function compile(rule: Rule, condition: Condition): CompiledCondition {
  const tests: Test[] = [];
  const among = <Value>(values: readonly Value[] | undefined, of: (change: Change) => Value | undefined): void => {
    if (values === undefined) return;
    const set = new Set<Value | undefined>(values);
    tests.push((change) => set.has(of(change)));
  };
  const matched = (
    test: ((text: string) => boolean) | null,
    of: (change: Change) => string | null | undefined,
  ): void => {
    if (test === null) return;
    tests.push((change) => {
      const value = of(change);
      return typeof value === 'string' && test(value);
    });
  };
  among(condition.kind, (change) => change.kind);
  among(condition.effect, (change) => change.effect);
  among(condition.channel, (change) => change.access?.channel);
  among(condition.requirement, (change) => change.access?.requirement);
  among(condition.permission, (change) => change.access?.permission);
  among(condition.type, (change) => change.access?.typeId);
  among(condition.environment, (change) => change.document.environment);
  among(condition.format, (change) => change.document.format);
  among(condition.role, (change) => change.document.role);
  among(condition.state, (change) => change.document.state);
  const { trait, withoutTrait } = condition;
  if (trait !== undefined) tests.push((change) => trait.some((one) => change.traits.includes(one)));
  if (withoutTrait !== undefined) tests.push((change) => !withoutTrait.some((one) => change.traits.includes(one)));
  matched(condition.before === undefined ? null : textMatcher(condition.before), (change) => change.before);
  matched(condition.after === undefined ? null : textMatcher(condition.after), (change) => change.after);
  matched(condition.file === undefined ? null : pathMatcher(condition.file), (change) => change.file);
  return { rule, setting: condition.setting === undefined ? null : textMatcher(condition.setting), tests };
}
