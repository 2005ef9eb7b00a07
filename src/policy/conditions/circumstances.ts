/** Conditions beyond the facts of the change itself: its value, other settings, and the day. */
import type { Change } from '../../model/change.ts';
import type { Setting } from '../../model/document.ts';
import { cachePerObject, createTextMatcher } from '../../model/globs.ts';
import type { Bound, Circumstance, Condition, ValueTest } from '../../model/policy.ts';
import type { Side } from '../../model/source.ts';
import { compareWithBound } from './comparison.ts';
import { compileCoverage } from './coverage.ts';

/** The circumstances of a change: the day, and the settings of all documents. */
export interface ChangeSurroundings {
  /** Day of the evaluation in the office's time zone, `YYYY-MM-DD`. */
  readonly today: string;
  /**
   * The settings on a side of the change's document with all its parts, or of every document that was read. The same list for
   * every change of a document.
   */
  listSettings(change: Change, side: Side, within: Circumstance['within']): readonly Setting[];
}

const NO_SETTINGS: readonly Setting[] = [];

/** Empty surroundings of a change, for a policy without files. */
export const NO_SURROUNDINGS: ChangeSurroundings = { today: '', listSettings: () => NO_SETTINGS };

/** Whether a circumstance of a change matches. */
export type Test = (change: Change, around: ChangeSurroundings) => boolean;

/** The tests of a condition that no field of the change answers alone. */
export function compileCircumstances({ value, given = [], unless = [], from, until }: Condition): readonly Test[] {
  const tests: Test[] = [];
  if (value !== undefined) {
    const hasCircumstance = compileValueTest(value);
    tests.push((change) => {
      const changed = findChangedValue(change);
      return changed !== null && hasCircumstance(changed);
    });
  }
  tests.push(...given.map(compileCircumstance));
  for (const exception of unless.map(compileCircumstance)) tests.push((change, around) => !exception(change, around));
  if (from !== undefined) tests.push((_, { today }) => from <= today);
  if (until !== undefined) tests.push((_, { today }) => today <= until);
  return tests;
}

/** The value at the head, or the former one of a removed value. */
function findChangedValue({ after, before }: Change): string | null {
  return after ?? before;
}

function compileCircumstance(circumstance: Circumstance): Test {
  const { setting, at, within, covers: coverage, ...test } = circumstance;
  const isMeant = createTextMatcher(setting);
  const meets = compileValueTest(test);
  const isTested = Object.keys(test).length > 0;
  /** The values of the settings, computed once for all changes of a document. */
  const compileSettings = cachePerObject((all: readonly Setting[]): ((changed: string | null) => boolean) => {
    const settings = all.filter(({ id }) => isMeant(id));
    if (coverage === undefined && !isTested) return createConstantTest(settings.some(hasValue));
    const values = settings.flatMap(listTexts).filter(meets);
    if (coverage === undefined) return createConstantTest(values.length > 0);
    const isCovered = compileCoverage(coverage, values);
    return (changed) => changed !== null && isCovered(changed);
  });
  return (change, around) => compileSettings(around.listSettings(change, at, within))(findChangedValue(change));
}

function compileValueTest({ is, in: among, below, atLeast }: ValueTest): (value: string) => boolean {
  const tests = [is, among?.globs].flatMap((globs) => (globs === undefined ? [] : [createTextMatcher(globs)]));
  const compare = (bound: Bound | undefined, fits: (order: number) => boolean): void => {
    if (bound === undefined) return;
    tests.push((value) => {
      const order = compareWithBound(value, bound);
      return order !== null && fits(order);
    });
  };
  compare(below, (order) => order < 0);
  compare(atLeast, (order) => order >= 0);
  return (value) => tests.every((test) => test(value));
}

function createConstantTest(answer: boolean): () => boolean {
  return () => answer;
}

/** An empty list is not a value. Content that cannot be shown is one. */
function hasValue({ value }: Setting): boolean {
  return value.kind !== 'set' || value.items.length > 0;
}

/** The texts of a value as reports show them. */
function listTexts({ value }: Setting): readonly string[] {
  if (value.kind === 'text') return [value.shown];
  return value.kind === 'set' ? value.items.map(({ shown }) => shown) : [];
}
