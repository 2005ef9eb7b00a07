/** Files that are found whatever the case of their names and folders, as Windows and macOS find them. */
import type { Tree } from '../model/source.ts';

/** The path of the revision that differs from the given one in case alone, or null. Asks for the list of all paths. */
export function findInAnyCase(path: string, tree: Tree): string | null {
  const byLowerCase = tree.computeOnce('paths-by-lower-case', () => {
    const paths = [...tree.listPaths()].sort().reverse(); // of several the first one counts
    return new Map(paths.map((one) => [one.toLowerCase(), one]));
  });
  return byLowerCase.get(path.toLowerCase()) ?? null;
}

/**
 * Whether everything that a lookup needs has been gathered: a tree does not keep what rests on missing answers. Asked for
 * before a costly request that is needed only where the lookup really finds nothing.
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
