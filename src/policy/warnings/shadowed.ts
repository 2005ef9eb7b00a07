/** Rules that never decide, because rules before them match everything that they match. */
import { createTextMatcher } from '../../model/globs.ts';
import type { Condition, Rule } from '../../model/policy.ts';

/** A rule that never decides, and the rules that decide instead. */
export interface ShadowedRule {
  readonly id: string;
  readonly by: readonly string[];
}

/**
 * Finds rules with conditions that are each part of an earlier condition. A rule that only several conditions together cover is
 * not found.
 */
export function findShadowedRules(rules: readonly Rule[]): readonly ShadowedRule[] {
  return rules.flatMap((rule, index) => {
    const earlier = rules.slice(0, index);
    const by = rule.when.map((condition) =>
      earlier.find((other) => other.when.some((wider) => isNarrowerThan(condition, wider))),
    );
    const ids = by.flatMap((other) => (other === undefined ? [] : [other.id]));
    return ids.length < rule.when.length ? [] : [{ id: rule.id, by: [...new Set(ids)] }];
  });
}

/** Facets with patterns as values. */
const PATTERNS: ReadonlySet<string> = new Set(['setting', 'before', 'after', 'file']);

/** Facets that are not lists of words: equal ones only are known to match the same. */
const FACETS_COMPARED_AS_TEXT: ReadonlySet<string> = new Set(['value', 'given', 'unless', 'from', 'until']);

/** Whether a condition matches only changes that another one matches. */
function isNarrowerThan(condition: Condition, wider: Condition): boolean {
  return Object.entries(wider).every(([facet, values]: [string, readonly string[]]) => {
    const own = condition[facet as keyof Condition] as readonly string[] | undefined;
    if (own === undefined) return false;
    if (FACETS_COMPARED_AS_TEXT.has(facet)) return JSON.stringify(own) === JSON.stringify(values);
    if (facet === 'withoutTrait') return values.every((value) => own.includes(value));
    if (facet === 'file') return own.every((value) => values.includes(value));
    const matches = PATTERNS.has(facet) ? createTextMatcher(values) : (value: string) => values.includes(value);
    return own.every((value) => matches(value.replaceAll('\\*', '*')));
  });
}
