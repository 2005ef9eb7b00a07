/** A folder as one revision. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../model/errors.ts';
import { folderOf, joinPath } from '../model/paths.ts';
import { type FileContent, MAX_FILE_BYTES, type RevisionSource, tooLarge } from '../model/source.ts';
import { messages, words } from './messages.ts';

/** The file's bytes; null when it is not there; why not when it is a link or too large. @throws PlatformError when it cannot be read */
export async function readFolderFile(root: string, path: string): Promise<FileContent | null> {
  if (escapes(path) || (await leadsThroughLink(root, folderOf(path)))) return null;
  const place = join(root, path);
  const entry = await lstat(place).catch(() => null);
  if (entry === null || entry.isDirectory()) return null;
  if (!entry.isFile()) {
    const id = await readlink(place).catch(() => 'no regular file');
    return { unavailable: words.notRegularFile, id };
  }
  if (entry.size > MAX_FILE_BYTES) return tooLarge(entry.size, await digestFile(place));
  return { bytes: await readFile(place).catch((error) => refuseFile(path, error)) };
}

/** @throws PlatformError that names what the operating system refused */
function refuseFile(path: string, error: NodeJS.ErrnoException): never {
  throw new PlatformError(messages.fileUnreadable({ path, reason: error.code ?? 'unknown error' }), { cause: error });
}

async function digestFile(place: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function escapes(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

/**
 * Whether a folder, or one that contains it, is a symbolic link. Git has nothing below a link, and what it leads to may be
 * outside of the repository.
 */
async function leadsThroughLink(root: string, folder: string): Promise<boolean> {
  const segments = folder.split('/').filter((segment) => segment !== '');
  for (const [index] of segments.entries()) {
    const entry = await lstat(join(root, ...segments.slice(0, index + 1))).catch(() => null);
    if (entry?.isSymbolicLink()) return true;
  }
  return false;
}

/** Paths of all files below a folder, `/` between segments, without git's own data. */
export async function folderPaths(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error) =>
      refuseFile(joinPath(root, folder), error),
    );
    for (const entry of entries) {
      const path = joinPath(folder, entry.name);
      if (entry.name === '.git') continue;
      if (entry.isDirectory()) await walk(path);
      else found.push(path);
    }
  };
  await walk('');
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
        const isOutside = escapes(path) || (await leadsThroughLink(root, path));
        const entries = isOutside ? [] : await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
        const files = entries.filter((entry) => !entry.isDirectory());
        found.set(path, files.map(({ name }) => name).sort());
      }
      return found;
    },
    paths: () => (all ??= folderPaths(root)),
  };
}
