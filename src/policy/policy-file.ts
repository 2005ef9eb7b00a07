/** Common parts of policy files. The types are generated from the schema. */
import type { LeadTime } from '../model/policy.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import type { WrittenLeadTime } from './policy-file.generated.ts';

/** The entries of a value that can be one entry or a list, each with its path. */
export function listWritten<Value>(
  written: Value | readonly Value[] | undefined,
  path: TreePath,
): readonly { readonly value: Value; readonly at: TreePath }[] {
  if (written === undefined) return [];
  if (!Array.isArray(written)) return [{ value: written as Value, at: path }];
  return (written as readonly Value[]).map((value, index) => ({ value, at: [...path, index] }));
}

/** A value that may be written alone or as a list. */
export function toList<Value>(value: Value | readonly Value[]): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** A written lead time. Without sources it is the team's own. */
export function buildLeadTime(written: WrittenLeadTime): LeadTime {
  return { ...written, sources: written.sources ?? [] };
}
