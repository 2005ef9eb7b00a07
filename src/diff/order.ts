/** One order for changes: same input, same bytes. */
import type { Change } from '../model/change.ts';
import { sortByKey } from '../model/lists.ts';

/** Changes in order of file, setting, place, tuple and values. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  return sortByKey(changes, ({ access, location, ...change }) => [
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
  ]);
}
