/** Changes to files in any tree. */
import type { FileChange } from './history.ts';
import type { Entry, GitTree, Mode } from './objects.ts';
import type { FileEdit, FileEdits } from './records.ts';

const encoder = new TextEncoder();

/** A tree with some files changed. */
export function applyEdits(tree: GitTree, edits: FileEdits): GitTree {
  const result = new Map(tree);
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) result.delete(path);
    else result.set(path, buildEntry(edit));
  }
  return result;
}

/** A file as text or bytes becomes an entry of mode 100644. */
export function buildEntry(edit: string | Uint8Array | Entry): Entry {
  const mode: Mode = '100644';
  if (typeof edit === 'string') return { bytes: encoder.encode(edit), mode };
  return edit instanceof Uint8Array ? { bytes: edit, mode } : edit;
}

/** The edits that make these changes. */
export function buildEdits(changes: readonly FileChange[]): FileEdits {
  const edits: Record<string, FileEdit> = {};
  for (const change of changes) {
    if (change.status === 'renamed' && change.previousPath !== null) edits[change.previousPath] = null;
    edits[change.path] = change.head;
  }
  return edits;
}

/** A tree with the changes from another line of commits. */
export function mergeTree(onto: GitTree, changes: readonly FileChange[]): GitTree {
  return applyEdits(onto, buildEdits(changes));
}
