/** Finds files without regard to case in their names and folders, as Windows and macOS do. */
import type { Tree } from '../model/source.ts';

/** The path in the revision that differs from the given one only in case, or null. Requests the list of all paths. */
export function findInAnyCase(path: string, tree: Tree): string | null {
  const byLowerCase = tree.computeOnce('paths-by-lower-case', () => {
    const paths = [...tree.listPaths()].sort().reverse(); // of several the first one counts
    return new Map(paths.map((one) => [one.toLowerCase(), one]));
  });
  return byLowerCase.get(path.toLowerCase()) ?? null;
}

/**
 * Whether a lookup has all its facts. A tree does not cache a result that depends on missing answers. Callers ask this
 * before a costly request that only a lookup without a result needs.
 */
export function isGathered(tree: Tree, key: string, readFromTree: () => unknown): boolean {
  let runs = 0;
  const count = (): number => {
    readFromTree();
    runs += 1;
    return runs;
  };
  tree.computeOnce(key, count);
  const before = runs;
  tree.computeOnce(key, count);
  return runs === before;
}
