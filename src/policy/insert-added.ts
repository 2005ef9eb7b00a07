/** The positions of a policy file's new entries among those of the extended policy. */
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
 * Inserts new entries before the entries that they name, which may be new too, at any place in the file. Entries that name none
 * go to the usual place, in the order of the file. Notes entries that wait for each other.
 */
export function insertAdded<Entry extends { readonly id: string }>(
  existing: readonly Entry[],
  added: readonly Added<Entry>[],
  defaultIndex: number,
  problems: ProblemList,
): readonly Entry[] {
  const entries = [...existing];
  const ids = new Set([...existing, ...added.map(({ entry }) => entry)].map(({ id }) => id));
  const insertedIds = new Set(existing.map(({ id }) => id));
  let next = defaultIndex;
  const insertEntry = ({ entry, before }: Added<Entry>): void => {
    const target = before === undefined || !insertedIds.has(before) ? -1 : entries.findIndex(({ id }) => id === before);
    entries.splice(target < 0 ? next : target, 0, entry);
    if (target < next) next += 1;
    insertedIds.add(entry.id);
  };
  const waiting = new Map<string, Added<Entry>[]>();
  for (const one of added) {
    const { before } = one;
    if (before === undefined || insertedIds.has(before) || !ids.has(before)) insertEntry(one);
    else waiting.set(before, [...(waiting.get(before) ?? []), one]);
  }
  const queue = [...insertedIds];
  for (const id of queue)
    for (const one of waiting.get(id) ?? []) {
      insertEntry(one);
      queue.push(one.entry.id);
    }
  for (const one of added) {
    if (insertedIds.has(one.entry.id)) continue;
    problems.add(messages.beforeCircle({ found: one.entry.id }), [...one.path, 'before']);
    insertEntry(one);
  }
  return entries;
}
