/** Where the new entries of a policy file go among those of the policy that it extends. */
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { messages } from './messages.ts';
import type { ProblemList } from './problems.ts';

/** A new entry, and the id of the one before which it belongs. */
export interface Added<Entry> {
  readonly entry: Entry;
  readonly before: string | undefined;
  readonly path: TreePath;
}

/**
 * Inserts new entries before the ones that they name, which may be new too, wherever in the file those are. Entries that
 * name none go to the usual place, in the order of the file. Notes entries that wait for each other.
 */
export function insertAdded<Entry extends { readonly id: string }>(
  existing: readonly Entry[],
  added: readonly Added<Entry>[],
  usualPlace: number,
  problems: ProblemList,
): readonly Entry[] {
  const entries = [...existing];
  const ids = new Set([...existing, ...added.map(({ entry }) => entry)].map(({ id }) => id));
  let next = usualPlace;
  let waiting = added;
  let isStuck = false;
  while (waiting.length > 0) {
    const left = waiting.filter(({ entry, before }) => {
      const target = entries.findIndex(({ id }) => id === before);
      const isNamed = before !== undefined && ids.has(before) && !isStuck;
      if (target < 0 && isNamed) return true;
      entries.splice(target < 0 ? next : target, 0, entry);
      if (target < next) next += 1;
      return false;
    });
    isStuck = left.length === waiting.length;
    if (isStuck)
      for (const { entry, path } of left) problems.add(messages.beforeCircle({ found: entry.id }), [...path, 'before']);
    waiting = left;
  }
  return entries;
}
