/** What the parts of a policy file have in common. Its types are generated from the schema. */
import type { LeadTime } from '../model/policy.ts';
import type { WrittenLeadTime } from './policy-file.generated.ts';

/** A value that may be written alone or as a list. */
export function asList<Value>(value: Value | readonly Value[]): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** A written lead time. Without sources it is the team's own. */
export function leadTime(written: WrittenLeadTime): LeadTime {
  return { min: written.min, max: written.max, unit: written.unit, sources: written.sources ?? [] };
}
