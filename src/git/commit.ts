/** A commit as one revision, read through git's object store: no checkout. */
import { spawn } from 'node:child_process';
import { PlatformError } from '../model/errors.ts';
import { type FileContent, MAX_FILE_BYTES, type RevisionSource } from '../model/source.ts';
import { tooLarge } from './folder.ts';
import { git } from './run.ts';

interface TreeEntry {
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** The files of a commit: path -> mode, object id, size in bytes. */
async function readTree(repository: string, commit: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const listing = (await git(repository, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit])).toString('utf8');
  const entries = new Map<string, TreeEntry>();
  for (const line of listing.split('\0')) {
    // The size of an object that is gone is `BAD`: it stays in the list, and reading it fails.
    const match = /^(\d+) (\w+) ([0-9a-f]+)\s+(\S+)\t([\s\S]+)$/.exec(line);
    if (match?.[5] === undefined || match[2] !== 'blob') continue;
    entries.set(match[5], { mode: match[1] ?? '', id: match[3] ?? '', size: Number(match[4]) });
  }
  return entries;
}

/** Reads objects in one `cat-file --batch`, in the order asked for. */
async function readObjects(repository: string, ids: readonly string[]): Promise<readonly Buffer[]> {
  const child = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => {}); // an early end shows in what was answered
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (cause) => reject(new PlatformError('git-not-run', 'git could not be run.', { cause })));
    child.on('close', () => resolve());
  });
  child.stdin.end(`${ids.join('\n')}\n`);
  await ended;
  const output = Buffer.concat(chunks);
  const objects: Buffer[] = [];
  let offset = 0;
  for (const id of ids) {
    const lineEnd = output.indexOf(0x0a, offset);
    const header = output.subarray(offset, Math.max(lineEnd, offset)).toString('latin1');
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    if (!Number.isInteger(size) || output.length < lineEnd + 1 + size) {
      throw new PlatformError('git-failed', `git could not read object ${id}. Fetch the full history, then run again.`);
    }
    objects.push(output.subarray(lineEnd + 1, lineEnd + 1 + size));
    offset = lineEnd + 1 + size + 1;
  }
  return objects;
}

/** A commit as a source of files. */
export function commitSource(repository: string, commit: string): RevisionSource {
  let tree: Promise<ReadonlyMap<string, TreeEntry>> | null = null;
  const entries = () => (tree ??= readTree(repository, commit));
  return {
    async files(paths) {
      const known = await entries();
      const found = new Map<string, FileContent | null>(paths.map((path) => [path, null]));
      const wanted: { readonly path: string; readonly id: string }[] = [];
      for (const path of paths) {
        const entry = known.get(path);
        if (entry === undefined) continue;
        if (entry.mode === '120000')
          found.set(path, { unavailable: 'It is a symbolic link, which the gate does not follow.', id: entry.id });
        else if (entry.size > MAX_FILE_BYTES) found.set(path, tooLarge(entry.size, entry.id));
        else wanted.push({ path, id: entry.id });
      }
      const objects =
        wanted.length === 0
          ? []
          : await readObjects(
              repository,
              wanted.map(({ id }) => id),
            );
      wanted.forEach(({ path }, index) => {
        const bytes = objects[index];
        if (bytes !== undefined) found.set(path, { bytes });
      });
      return found;
    },
    async folders(paths) {
      const names = new Map<string, string[]>(paths.map((path) => [path, []]));
      for (const path of (await entries()).keys()) {
        const cut = path.lastIndexOf('/');
        names.get(cut < 0 ? '' : path.slice(0, cut))?.push(path.slice(cut + 1));
      }
      return new Map([...names].map(([path, found]) => [path, found.sort()]));
    },
    paths: async () => [...(await entries()).keys()].sort(),
  };
}
