/** Which files differ between two listings of a whole tree. */
import type { ChangedFile } from './source.ts';

/**
 * Compares two listings (path -> an id of the content). A file that moved without change is a rename. The order is that of
 * `after`; removed files follow.
 */
export function compareListings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly ChangedFile[] {
  const gone = new Map<string, string[]>();
  for (const [path, id] of before) if (!after.has(path)) gone.set(id, [...(gone.get(id) ?? []), path]);
  const files: ChangedFile[] = [];
  for (const [path, id] of after) {
    const old = before.get(path);
    if (old === id) continue;
    const previousPath = old === undefined ? gone.get(id)?.shift() : undefined;
    if (previousPath !== undefined) files.push({ path, previousPath, status: 'renamed' });
    else files.push({ path, status: old === undefined ? 'added' : 'modified' });
  }
  for (const path of [...gone.values()].flat()) files.push({ path, status: 'removed' });
  return files;
}
