/** A commit as one revision, read through git's object store: no checkout. */
import { PlatformError } from '../model/errors.ts';
import { namesInFolder } from '../model/paths.ts';
import { type FileContent, MAX_FILE_BYTES, type RevisionSource, symbolicLink, tooLarge } from '../model/source.ts';
import { messages } from './messages.ts';
import { gitOutput, runGit } from './run.ts';

/** A file of a commit. */
export interface CommitFile {
  readonly mode: string;
  readonly id: string;
  /** In bytes; NaN for an object that is gone: it stays in the list, and reading it fails. */
  readonly size: number;
}

/** The files of a commit by their path. @throws PlatformError */
export async function listCommitFiles(repository: string, commit: string): Promise<ReadonlyMap<string, CommitFile>> {
  const listing = await gitOutput(repository, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit]);
  const entries = new Map<string, CommitFile>();
  for (const line of listing.split('\0')) {
    const [, mode = '', id = '', size, path] = /^(\d+) blob ([0-9a-f]+)\s+(\S+)\t([\s\S]+)$/.exec(line) ?? [];
    if (path !== undefined) entries.set(path, { mode, id, size: Number(size) });
  }
  return entries;
}

/** Reads objects in one `cat-file --batch`, in the order asked for. */
async function readObjects(repository: string, ids: readonly string[]): Promise<readonly Buffer[]> {
  if (ids.length === 0) return [];
  const { stdout } = await runGit(repository, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  const objects: Buffer[] = [];
  let offset = 0;
  for (const id of ids) {
    const lineEnd = stdout.indexOf(0x0a, offset);
    const header = stdout.subarray(offset, Math.max(lineEnd, offset)).toString('latin1');
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    if (!Number.isInteger(size) || stdout.length < lineEnd + 1 + size) {
      const failure = `could not read object ${id}. Fetch the full history, then run again.`;
      throw new PlatformError(messages.gitFailed({ failure }));
    }
    objects.push(stdout.subarray(lineEnd + 1, lineEnd + 1 + size));
    offset = lineEnd + 1 + size + 1;
  }
  return objects;
}

/** A commit as a source of files. */
export function commitSource(repository: string, commit: string): RevisionSource {
  let tree: Promise<ReadonlyMap<string, CommitFile>> | null = null;
  const entries = () => (tree ??= listCommitFiles(repository, commit));
  return {
    async files(paths) {
      const known = await entries();
      const found = new Map<string, FileContent | null>(paths.map((path) => [path, null]));
      const wanted: { readonly path: string; readonly id: string }[] = [];
      for (const path of paths) {
        const entry = known.get(path);
        if (entry === undefined) continue;
        if (entry.mode === '120000') found.set(path, symbolicLink(entry.id));
        else if (entry.size > MAX_FILE_BYTES) found.set(path, tooLarge(entry.size, entry.id));
        else wanted.push({ path, id: entry.id });
      }
      const ids = wanted.map(({ id }) => id);
      for (const [index, bytes] of (await readObjects(repository, ids)).entries()) {
        found.set(wanted[index]?.path ?? '', { bytes });
      }
      return found;
    },
    async folders(paths) {
      const all = [...(await entries()).keys()];
      return new Map(paths.map((path) => [path, namesInFolder(path, all)]));
    },
    paths: async () => [...(await entries()).keys()].sort(),
  };
}
