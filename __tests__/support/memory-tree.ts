/** A revision of a repository that lives in memory: what readers see of the files of a test. */
import type { FileContent, Side, Tree } from '../../src/model/source.ts';

const encoder = new TextEncoder();

/** A tree of the given files (path -> text as UTF-8, or bytes). It knows everything and never fails. */
export function createMemoryTree(side: Side, files: Readonly<Record<string, string | Uint8Array>>): Tree {
  const contents = new Map<string, FileContent>();
  const folders = new Map<string, string[]>();
  for (const [path, content] of Object.entries(files)) {
    contents.set(path, { bytes: typeof content === 'string' ? encoder.encode(content) : content });
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, Math.max(slash, 0));
    folders.set(folder, [...(folders.get(folder) ?? []), path.slice(slash + 1)]);
  }
  const memory = new Map<string, unknown>();
  return {
    side,
    readFile: (path) => contents.get(path) ?? null,
    listFolder: (path) => [...(folders.get(path) ?? [])].sort(),
    listPaths: () => [...contents.keys()].sort(),
    computeOnce<T>(key: string, make: () => T): T {
      if (!memory.has(key)) memory.set(key, make());
      return memory.get(key) as T;
    },
  };
}
