/** A rule, a setting, a category, a step or a source of a policy in words: data that the command line prints. */

import { createTextMatcher } from '../model/globs.ts';
import { findNearestWord } from '../model/nearest.ts';
import type { Category, Condition, LeadTime, Policy, Rule, Step } from '../model/policy.ts';
import { describeCondition } from './conditions/words.ts';
import { removeCulture, resolveCategory } from './match.ts';
import { SETTING_IDS } from './setting-ids.ts';

/** A source with its sentence; `text` is null for a cited source that the policy does not declare. */
export interface ExplainedSource {
  readonly id: string;
  readonly text: string | null;
  readonly document: string | null;
  readonly url: string | null;
}

/** A rule in words. Every entry of `when` is enough by itself. */
export interface ExplainedRule {
  readonly id: string;
  readonly when: readonly string[];
  /** After the policy's switches. */
  readonly category: string;
  readonly categoryTitle: string;
  readonly also: readonly string[];
  readonly label: string | null;
  readonly reason: string;
  readonly note: string | null;
  readonly enforcement: Rule['enforcement'];
  readonly leadTime: LeadTime | null;
  readonly unpublished: readonly string[];
  readonly steps: readonly Step[];
  readonly sources: readonly ExplainedSource[];
}

export type Explanation =
  | { readonly kind: 'rule'; readonly rule: ExplainedRule }
  | {
      readonly kind: 'setting';
      readonly setting: string;
      readonly title: string | null;
      readonly rules: readonly ExplainedRule[];
    }
  | { readonly kind: 'category'; readonly category: Category; readonly rules: readonly ExplainedRule[] }
  | { readonly kind: 'step'; readonly step: Step; readonly sources: readonly ExplainedSource[] }
  | {
      readonly kind: 'source';
      readonly source: ExplainedSource;
      readonly rules: readonly string[];
      readonly steps: readonly string[];
      /** Categories with a lead time from it. */
      readonly leadTimes: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly term: string; readonly nearest: string | null };

/** Explains a term: the id of a rule, category, step or source, or a setting (its culture is left out). */
export function explainTerm(
  policy: Policy,
  term: string,
  settings: Readonly<Record<string, string>> = SETTING_IDS,
): Explanation {
  const rule = policy.rules.find((one) => one.id === term);
  if (rule !== undefined) return { kind: 'rule', rule: describeRule(policy, rule) };
  const category = policy.categories.find((one) => one.id === term);
  if (category !== undefined) {
    const rules = policy.rules.filter((one) => resolveCategory(policy, one.category) === term);
    return { kind: 'category', category, rules: rules.map((one) => describeRule(policy, one)) };
  }
  const step = policy.steps.find((one) => one.id === term);
  if (step !== undefined) return { kind: 'step', step, sources: explainSources(policy, step.sources) };
  const citation = policy.citations.find((one) => one.id.toLowerCase() === term.toLowerCase());
  if (citation !== undefined) {
    const cites = (one: { readonly sources: readonly string[] }): boolean => one.sources.includes(citation.id);
    return {
      kind: 'source',
      source: citation,
      rules: policy.rules.filter(cites).map((one) => one.id),
      steps: policy.steps.filter(cites).map((one) => one.id),
      leadTimes: policy.categories.flatMap((one) => (one.leadTime !== null && cites(one.leadTime) ? [one.id] : [])),
    };
  }
  return explainSetting(policy, term, settings);
}

/** One rule of the policy in words. */
export function describeRule(policy: Policy, rule: Rule): ExplainedRule {
  const id = resolveCategory(policy, rule.category);
  const category = policy.categories.find((one) => one.id === id) as Category;
  const asked = new Set([...category.steps, ...rule.addSteps]);
  return {
    id: rule.id,
    when: rule.when.map(describeCondition),
    category: id,
    categoryTitle: category.title,
    also: [...new Set(rule.also.map((one) => resolveCategory(policy, one)))].filter((one) => one !== id),
    label: category.label,
    reason: rule.reason,
    note: rule.note,
    enforcement: rule.enforcement,
    leadTime: rule.leadTime ?? category.leadTime,
    unpublished: [...new Set([...category.unpublished, ...rule.unpublished])],
    steps: policy.steps.filter(({ id: step }) => asked.has(step) && !rule.withoutSteps.includes(step)),
    sources: explainSources(policy, rule.sources),
  };
}

function explainSetting(policy: Policy, term: string, settings: Readonly<Record<string, string>>): Explanation {
  const own = policy.documents.flatMap((one) => Object.keys(one.settings));
  const find = (setting: string, ids: readonly string[]): string | undefined =>
    ids.find(
      (one) =>
        one === setting ||
        (one.endsWith('.*') && setting.startsWith(one.slice(0, -1)) && setting.length > one.length - 1),
    );
  const whole = term.toLowerCase();
  const declared = find(whole, own);
  const setting = declared === undefined ? removeCulture(whole) : whole;
  const id = declared ?? find(setting, Object.keys(settings));
  if (id === undefined) {
    const known = [
      ...policy.rules.map((one) => one.id),
      ...Object.keys(settings),
      ...own,
      ...policy.categories.map((one) => one.id),
      ...policy.steps.map((one) => one.id),
      ...policy.citations.map((one) => one.id),
    ];
    return { kind: 'unknown', term, nearest: findNearestWord(term, known) };
  }
  const namesSetting = (condition: Condition): boolean =>
    condition.setting !== undefined && createTextMatcher(condition.setting)(setting);
  const rules = policy.rules.filter((rule) => rule.when.some(namesSetting));
  return {
    kind: 'setting',
    setting,
    title: settings[id] ?? null,
    rules: rules.map((one) => describeRule(policy, one)),
  };
}

function explainSources(policy: Policy, ids: readonly string[]): readonly ExplainedSource[] {
  return ids.map(
    (id) => policy.citations.find((one) => one.id === id) ?? { id, text: null, document: null, url: null },
  );
}
