/**
 * A folder as one revision. Its files are read synchronously: for small files, promises cost several times as much as
 * reading.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  type Stats,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PlatformError } from '../model/errors.ts';
import { getFolder, joinPath } from '../model/paths.ts';
import { createTooLargeContent, type FileContent, MAX_FILE_BYTES, type RevisionSource } from '../model/source.ts';
import { messages, words } from './messages.ts';

/** How many files are read in a row. */
export const FILES_AT_ONCE = 500;

/** The bytes of the file, null if it is missing, or the reason for a link or a large file. @throws PlatformError if it is unreadable */
export function readFolderFile(root: string, path: string, isThroughLink = createLinkTest(root)): FileContent | null {
  if (isOutside(path) || isThroughLink(getFolder(path))) return null;
  const place = join(root, path);
  const entry = findEntry(place);
  if (entry === null || entry.isDirectory()) return null;
  if (!entry.isFile()) return { unavailable: words.notRegularFile, id: readLink(place) };
  try {
    return entry.size > MAX_FILE_BYTES
      ? createTooLargeContent(entry.size, digestFile(place))
      : { bytes: readFileSync(place) };
  } catch (error) {
    return refuseFile(path, error as NodeJS.ErrnoException);
  }
}

/** @throws PlatformError with the operating system's reason */
function refuseFile(path: string, error: NodeJS.ErrnoException): never {
  throw new PlatformError(messages.fileUnreadable({ path, reason: error.code ?? 'unknown error' }), { cause: error });
}

function listEntries(root: string, folder: string): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    return refuseFile(joinPath(root, folder), error as NodeJS.ErrnoException);
  }
}

/** The kind of entry at a path, without following links; null if it is missing or cannot be looked up. */
function findEntry(place: string): Stats | null {
  try {
    return lstatSync(place);
  } catch {
    return null;
  }
}

function readLink(place: string): string {
  try {
    return readlinkSync(place);
  } catch {
    return 'no regular file';
  }
}

function digestFile(place: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(MAX_FILE_BYTES);
  const file = openSync(place, 'r');
  try {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) hash.update(chunk.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function isOutside(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

/**
 * A test whether a folder or one of its parents is a symbolic link. Git has no files below a link, and its target may be
 * outside of the repository. Each folder is looked up once.
 */
function createLinkTest(root: string): (folder: string) => boolean {
  const known = new Map([['', false]]);
  const isThroughLink = (folder: string): boolean => {
    const isLink = () => findEntry(join(root, folder))?.isSymbolicLink() === true;
    const found = known.get(folder) ?? (isThroughLink(getFolder(folder)) || isLink());
    known.set(folder, found);
    return found;
  };
  return (folder) => isThroughLink(folder.replace(/\/+$/, ''));
}

/** Paths of all files below a folder, `/` between segments, without git's own data. */
export function listFolderPaths(root: string): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of listEntries(root, folder)) {
      const path = joinPath(folder, entry.name);
      if (entry.name === '.git') continue;
      if (entry.isDirectory()) walk(path);
      else found.push(path);
    }
  };
  walk('');
  return found.sort();
}

function listFileNames(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  } catch {
    return [];
  }
}

/** A folder as a source of files. */
export function openFolder(root: string): RevisionSource {
  let all: readonly string[] | null = null;
  const isThroughLink = createLinkTest(root);
  return {
    async readFiles(paths) {
      const found = new Map<string, FileContent | null>();
      for (const [index, path] of paths.entries()) {
        if (index % FILES_AT_ONCE === 0) await setImmediate(); // so that timers get their turn
        found.set(path, readFolderFile(root, path, isThroughLink));
      }
      return found;
    },
    async listFolders(paths) {
      const found = new Map<string, readonly string[]>();
      for (const path of paths) {
        found.set(path, isOutside(path) || isThroughLink(path) ? [] : listFileNames(join(root, path)));
      }
      return found;
    },
    listPaths: async () => (all ??= listFolderPaths(root)),
  };
}
