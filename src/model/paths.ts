/** Paths within a repository, always with forward slashes. */

/** The last part of a path. */
export function getBaseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path without the closing slash; '' is the root. */
export function getFolder(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** A name in a folder; '' is the root. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * The target of a path that is written in a file of `folder`. `.` and `..` are followed, a backslash separates like a slash.
 * Null if it leaves the repository or names nothing in it.
 */
export function resolvePath(folder: string, written: string): string | null {
  const parts: string[] = [];
  for (const part of `${folder}/${written}`.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

/** Names of the files directly in a folder, sorted, from a list of all paths; '' is the root. */
export function listNamesInFolder(folder: string, paths: Iterable<string>): readonly string[] {
  return [...paths].flatMap((path) => (getFolder(path) === folder ? [getBaseName(path)] : [])).sort();
}

/** The paths of CODEOWNERS in GitHub's order: GitHub reads the first that exists. */
export const CODE_OWNERS_PATHS: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
