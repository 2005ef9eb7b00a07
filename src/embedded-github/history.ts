/** Finds ancestors and merge bases of commits, and differences between trees. */
import { type Commit, type Entry, type GitTree, identifyEntry, type ObjectStore } from './objects.ts';

/** A changed file, with GitHub's word for the change. */
export interface FileChange {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly base: Entry | null;
  readonly head: Entry | null;
}

/** A commit and everything before it. */
export function listAncestors(store: ObjectStore, sha: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [sha];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...(store.commits.get(next)?.parents ?? []));
  }
  return seen;
}

/** The best common ancestor of two commits, or null for unrelated histories. */
export function findMergeBase(store: ObjectStore, one: string, other: string): string | null {
  const before = listAncestors(store, one);
  const after = listAncestors(store, other);
  if (after.has(one)) return one;
  if (before.has(other)) return other;
  const common = [...after].filter((sha) => before.has(sha));
  const older = new Set<string>();
  for (const sha of common) {
    for (const parent of store.commits.get(sha)?.parents ?? [])
      for (const ancestor of listAncestors(store, parent)) older.add(ancestor);
  }
  return common.find((sha) => !older.has(sha)) ?? null;
}

/** The commits of `base..head`, parents before children. */
export function listCommitsBetween(store: ObjectStore, base: string, head: string): readonly Commit[] {
  const excluded = listAncestors(store, base);
  const done = new Set<string>();
  const result: Commit[] = [];
  const stack: { readonly sha: string; readonly parentsDone: boolean }[] = [{ sha: head, parentsDone: false }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const commit = store.commits.get(next.sha);
    if (commit === undefined || excluded.has(next.sha) || done.has(next.sha)) continue;
    if (next.parentsDone) {
      done.add(next.sha);
      result.push(commit);
      continue;
    }
    stack.push({ sha: next.sha, parentsDone: true });
    for (const parent of [...commit.parents].reverse()) stack.push({ sha: parent, parentsDone: false });
  }
  return result;
}

/** The differences between two trees, by path. A rename is found by equal content or by a hint in one of the commits. */
export function diffTrees(base: GitTree, head: GitTree, commits: readonly Commit[] = []): readonly FileChange[] {
  const renames = new Map(commits.flatMap((commit) => [...commit.renames]));
  const copies = new Map(commits.flatMap((commit) => [...commit.copies]));
  const removed = new Map([...base].filter(([path]) => !head.has(path)));
  const removedById = new Map<string, string>();
  for (const [path, entry] of removed)
    if (!removedById.has(identifyEntry(entry))) removedById.set(identifyEntry(entry), path);

  const changes: FileChange[] = [];
  for (const [path, entry] of head) {
    const before = base.get(path);
    if (before !== undefined) {
      if (identifyEntry(before) !== identifyEntry(entry))
        changes.push({ path, previousPath: null, status: 'modified', base: before, head: entry });
      else if (before.mode !== entry.mode)
        changes.push({ path, previousPath: null, status: 'changed', base: before, head: entry });
      continue;
    }
    const old =
      removed.get(renames.get(path) ?? '') === undefined ? removedById.get(identifyEntry(entry)) : renames.get(path);
    const oldEntry = old === undefined ? undefined : removed.get(old);
    if (old !== undefined && oldEntry !== undefined) {
      removed.delete(old);
      removedById.delete(identifyEntry(oldEntry));
      changes.push({ path, previousPath: old, status: 'renamed', base: oldEntry, head: entry });
      continue;
    }
    const source = copies.get(path);
    const sourceEntry = source === undefined ? undefined : base.get(source);
    if (source !== undefined && sourceEntry !== undefined)
      changes.push({ path, previousPath: source, status: 'copied', base: sourceEntry, head: entry });
    else changes.push({ path, previousPath: null, status: 'added', base: null, head: entry });
  }
  for (const [path, entry] of removed)
    changes.push({ path, previousPath: null, status: 'removed', base: entry, head: null });
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Added and removed lines, counted without regard to their order. No decision may depend on these numbers. */
export function countLines(change: FileChange): { readonly additions: number; readonly deletions: number } {
  const before = countEachLine(change.base);
  const after = countEachLine(change.head);
  let additions = 0;
  let deletions = 0;
  for (const [line, count] of after) additions += Math.max(0, count - (before.get(line) ?? 0));
  for (const [line, count] of before) deletions += Math.max(0, count - (after.get(line) ?? 0));
  return { additions, deletions };
}

function countEachLine(entry: Entry | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  if (entry === null || entry.bytes.length === 0) return counts;
  const lines = Buffer.from(entry.bytes).toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
