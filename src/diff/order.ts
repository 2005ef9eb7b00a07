/** One order for changes, by code units and never by the machine's language: same input, same bytes. */
import type { Change } from '../model/change.ts';

/** Changes in order of file, setting, place, tuple and values. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  return changes
    .map((change) => ({ change, key: keyOf(change) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ change }) => change);
}

type Key = readonly (string | number | null | undefined)[];

function keyOf(change: Change): Key {
  const { access, location } = change;
  return [
    change.file,
    change.setting,
    location?.side,
    location?.line,
    location?.column,
    change.before,
    change.after,
    access?.channel,
    access?.typeId,
    access?.permission,
    access?.requirement,
    change.kind,
    change.detail,
    change.document.part,
    change.content?.before,
    change.content?.after,
  ];
}

/** What is not there comes first. */
function compareKeys(a: Key, b: Key): number {
  for (const [index, one] of a.entries()) {
    const [left, right] = [one ?? '', b[index] ?? ''];
    if (left < right) return -1;
    if (left > right) return 1;
  }
  return 0;
}
