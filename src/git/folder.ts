/** A folder as one revision. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileContent, MAX_FILE_BYTES, type RevisionSource } from '../model/source.ts';

/** The file's bytes; null when it is not there; why not when it is a link or too large. */
export async function readFolderFile(root: string, path: string): Promise<FileContent | null> {
  if (escapes(path)) return null;
  const place = join(root, path);
  const entry = await lstat(place).catch(() => null);
  if (entry === null || entry.isDirectory()) return null;
  if (!entry.isFile()) {
    const id = await readlink(place).catch(() => 'no regular file');
    return { unavailable: 'It is a symbolic link or no regular file, which the gate does not follow.', id };
  }
  if (entry.size > MAX_FILE_BYTES) return tooLarge(entry.size, await digestOf(place));
  return { bytes: await readFile(place) };
}

/** Why a file over the limit is not read. */
export function tooLarge(bytes: number, id: string): FileContent {
  return { unavailable: `It has ${bytes} bytes; the gate reads files of at most ${MAX_FILE_BYTES} bytes.`, id };
}

async function digestOf(place: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function escapes(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

/** Paths of all files below a folder, `/` between segments, without git's own data. */
export async function folderPaths(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: false, withFileTypes: true });
  const found: string[] = [];
  const walk = async (names: typeof entries, prefix: string): Promise<void> => {
    for (const entry of names) {
      const path = `${prefix}${entry.name}`;
      if (entry.name === '.git') continue;
      if (entry.isDirectory()) await walk(await readdir(join(root, path), { withFileTypes: true }), `${path}/`);
      else found.push(path);
    }
  };
  await walk(entries, '');
  return found.sort();
}

/** A folder as a source of files. */
export function folderSource(root: string): RevisionSource {
  let all: Promise<readonly string[]> | null = null;
  return {
    async files(paths) {
      const found = new Map<string, FileContent | null>();
      for (const path of paths) found.set(path, await readFolderFile(root, path));
      return found;
    },
    async folders(paths) {
      const found = new Map<string, readonly string[]>();
      for (const path of paths) {
        const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
        found.set(
          path,
          entries
            .filter((entry) => !entry.isDirectory())
            .map((entry) => entry.name)
            .sort(),
        );
      }
      return found;
    },
    paths: () => (all ??= folderPaths(root)),
  };
}
