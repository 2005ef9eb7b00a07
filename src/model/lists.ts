/** Lists without repetition, in groups and in one order: code units and numbers, never a machine's locale. */

/** The items with different keys, the first of each. */
export function uniqueBy<Item>(items: Iterable<Item>, toKey: (item: Item) => unknown): readonly Item[] {
  const byKey = new Map<unknown, Item>();
  for (const item of items) {
    const key = toKey(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
}

/** The items by their keys, both in the order in which they come. */
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  toKey: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = toKey(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The values that items are sorted by, first to last; a missing value comes first. */
export type SortKey = readonly (string | number | null | undefined)[];

/** The items in ascending order of their keys; equal ones keep their order. */
export function sortByKey<Item>(items: readonly Item[], toKey: (item: Item) => SortKey): readonly Item[] {
  return items
    .map((item) => ({ item, key: toKey(item) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ item }) => item);
}

function compareKeys(one: SortKey, other: SortKey): number {
  for (const [index, value] of one.entries()) {
    const [left, right] = [value ?? '', other[index] ?? ''];
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
