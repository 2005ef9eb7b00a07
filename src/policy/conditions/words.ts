/** Conditions in words, as `explain` and the pages of rules show them. */
import type { Circumstance, Condition, ValueTest } from '../../model/policy.ts';
import { findThingTypeName } from '../../model/thing-types.ts';
import { words } from '../messages.ts';

/** A condition as one line, its facets joined by "and". */
export function describeCondition(condition: Condition): string {
  const parts = Object.keys(condition).flatMap((key) => {
    const facet = key as keyof Condition;
    return describeFacet(condition, facet).map((text) => words.conditions[facet](text));
  });
  return parts.length === 0 ? words.anything : parts.join(', and ');
}

/** The names in a facet; the circumstances of `given` and `unless` one by one. */
function describeFacet(condition: Condition, facet: keyof Condition): readonly string[] {
  if (facet === 'given' || facet === 'unless') return (condition[facet] ?? []).map(describeCircumstance);
  if (facet === 'value') return [describeTests(condition.value ?? {}).join(' and ')];
  if (facet === 'from' || facet === 'until') return [condition[facet] ?? ''];
  const values: readonly string[] = condition[facet] ?? [];
  return [(facet === 'type' ? values.map((id) => findThingTypeName(id) ?? id) : values).join(' or ')];
}

function describeCircumstance({ setting, at, within, covers, ...test }: Circumstance): string {
  const tests = [...(covers === undefined ? [] : [words.tests.covers[covers]]), ...describeTests(test)];
  const shown = tests.length === 0 ? words.tests.any : tests.join(' and ');
  return words.circumstance(setting.join(' or '), shown, words.places[at][within]);
}

function describeTests({ is, in: among, below, atLeast }: ValueTest): readonly string[] {
  return [
    ...(is === undefined ? [] : [words.tests.is(is.join(' or '))]),
    ...(among === undefined ? [] : [words.tests.in(among.lists.join(' or '))]),
    ...(below === undefined ? [] : [words.tests.below(below.text)]),
    ...(atLeast === undefined ? [] : [words.tests.atLeast(atLeast.text)]),
  ];
}
