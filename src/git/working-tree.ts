/**
 * The working tree as git would commit it: line ends and filters as in a commit, files that a sparse checkout leaves out,
 * untracked files that are not ignored. Nothing is written to the repository: index and objects are temporary.
 */
import { copyFileSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { listNamesInFolder } from '../model/paths.ts';
import { MAX_FILE_BYTES, type RevisionSource } from '../model/source.ts';
import { readFolderFile } from './folder.ts';
import { messages } from './messages.ts';
import type { RepositoryPaths } from './repository-paths.ts';
import { type GitEnvironment, runGitForOutput } from './run.ts';

/** A temporary folder for an index and objects. */
export interface SnapshotStore {
  readonly folder: string;
  /** Variables with which git also finds the objects of the store. */
  readonly environment: GitEnvironment;
  /** Removes the folder. */
  readonly release: () => void;
}

/** A working tree as a tree object. */
export interface Snapshot {
  readonly tree: string;
  /** Variables with which git uses the index and objects of the store. */
  readonly environment: GitEnvironment;
  /** Paths of untracked files over the limit, which are not in the tree. */
  readonly largeFiles: readonly string[];
  /** Adds the large files to a source of the tree's files. */
  readonly addLargeFiles: (source: RevisionSource) => RevisionSource;
}

/** Makes the folder at once, so that git can be started with it. */
export function createSnapshotStore(): SnapshotStore {
  const folder = mkdtempSync(join(tmpdir(), 'go-live-'));
  mkdirSync(join(folder, 'objects'));
  return {
    folder,
    environment: listAlternates(join(folder, 'objects')),
    release: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Takes a snapshot. @throws UsageError without a working tree. @throws PlatformError for a file that cannot be read */
export async function takeSnapshot(
  repository: string,
  paths: Promise<RepositoryPaths>,
  { folder }: SnapshotStore,
): Promise<Snapshot> {
  const { root, index, objects } = await paths;
  if (root === null) throw new UsageError(messages.noWorkingTree({ repository }));
  copyIndex(index, join(folder, 'index'));
  const environment = {
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
    ...listAlternates(objects),
  };
  const largeFiles = await addFiles(root, environment);
  const tree = (await runGitForOutput(root, ['write-tree', '--missing-ok'], { environment })).trim();
  const addLargeFiles = (source: RevisionSource) => withLargeFiles(source, root, largeFiles);
  return { tree, environment, largeFiles, addLargeFiles };
}

/** Reads objects from another folder too. */
function listAlternates(objects: string): GitEnvironment {
  const others = process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  const folders = [JSON.stringify(objects), ...(others ? [others] : [])];
  return { GIT_ALTERNATE_OBJECT_DIRECTORIES: folders.join(delimiter) };
}

/**
 * Copies the index with its time: git compares the content of every file that changed in the second of the index or later,
 * and a newer copy would hide a change of equal size in that second.
 */
function copyIndex(from: string, to: string): void {
  const entry = statSync(from, { throwIfNoEntry: false });
  if (entry === undefined) return; // a repository may have no index yet
  copyFileSync(from, to);
  const seconds = Math.floor(entry.mtimeMs / 1000);
  utimesSync(to, seconds, seconds);
}

/** Adds changed files to the temporary index. Returns the untracked files over the limit, which are left out. */
async function addFiles(root: string, environment: GitEnvironment): Promise<readonly string[]> {
  // Untracked files do not depend on changed files, so both are listed at the same time.
  const [listing] = await Promise.all([
    runGitForOutput(root, ['ls-files', '--others', '--exclude-standard', '-z'], { environment }),
    runGitForOutput(root, ['add', '--update'], { environment }),
  ]);
  const untracked = listing.split('\0').filter((path) => path !== '' && !path.endsWith('/')); // a repository inside
  const largeFiles = untracked.filter((path) => findSize(join(root, path)) > MAX_FILE_BYTES);
  const isLarge = new Set(largeFiles);
  const input = untracked.flatMap((path) => (isLarge.has(path) ? [] : [`${path}\0`])).join('');
  if (input !== '') await runGitForOutput(root, ['update-index', '--add', '-z', '--stdin'], { input, environment });
  return largeFiles;
}

function findSize(place: string): number {
  try {
    return lstatSync(place).size;
  } catch {
    return 0;
  }
}

function withLargeFiles(source: RevisionSource, root: string, largeFiles: readonly string[]): RevisionSource {
  if (largeFiles.length === 0) return source;
  const listPaths = async () => [...(await source.listPaths()), ...largeFiles].sort();
  return {
    async readFiles(wanted) {
      const found = new Map(await source.readFiles(wanted));
      for (const path of largeFiles) if (found.has(path)) found.set(path, readFolderFile(root, path));
      return found;
    },
    async listFolders(wanted) {
      const all = await listPaths();
      return new Map(wanted.map((path) => [path, listNamesInFolder(path, all)]));
    },
    listPaths,
  };
}
