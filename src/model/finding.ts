/** A change with the rule that decided it. */
import type { Change } from './change.ts';
import type { Rule } from './policy.ts';

export interface Finding {
  readonly change: Change;
  readonly rule: Rule;
  /** The category after the policy's switches (`consent-widening`) are applied. */
  readonly category: string;
  /** Further categories that the change counts in. */
  readonly also: readonly string[];
}
