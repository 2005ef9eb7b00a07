/**
 * The working tree as git would commit it: line ends and filters as in a commit, files that a sparse checkout leaves out,
 * untracked files that are not ignored. Nothing is written to the repository: index and objects are temporary.
 */
import { copyFile, lstat, mkdir, mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { listNamesInFolder } from '../model/paths.ts';
import { MAX_FILE_BYTES, type RevisionSource } from '../model/source.ts';
import { readFolderFile } from './folder.ts';
import { messages } from './messages.ts';
import { type GitEnvironment, runGit, runGitForLine, runGitForOutput } from './run.ts';

/** A working tree as a tree object. */
export interface Snapshot {
  readonly tree: string;
  /** Variables with which git finds the objects of the tree. */
  readonly environment: GitEnvironment;
  /** Paths of untracked files over the limit, which are not in the tree. */
  readonly largeFiles: readonly string[];
  /** Adds the large files to a source of the tree's files. */
  readonly addLargeFiles: (source: RevisionSource) => RevisionSource;
  /** Removes the temporary files. */
  readonly release: () => Promise<void>;
}

/** Takes a snapshot. @throws UsageError without a working tree. @throws PlatformError for a file that cannot be read */
export async function takeSnapshot(repository: string): Promise<Snapshot> {
  const findPlace = (name: string) =>
    runGitForLine(repository, ['rev-parse', '--path-format=absolute', '--git-path', name]);
  const [root, index, objects] = await Promise.all([findRoot(repository), findPlace('index'), findPlace('objects')]);
  const folder = await mkdtemp(join(tmpdir(), 'go-live-'));
  const release = () => rm(folder, { recursive: true, force: true });
  try {
    const environment = await prepareStore(folder, index, objects);
    const largeFiles = await addFiles(root, environment);
    const tree = (await runGitForOutput(root, ['write-tree', '--missing-ok'], { environment })).trim();
    const addLargeFiles = (source: RevisionSource) => withLargeFiles(source, root, largeFiles);
    return { tree, environment, largeFiles, addLargeFiles, release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The top folder of the working tree. @throws UsageError without a working tree */
async function findRoot(repository: string): Promise<string> {
  const { stdout } = await runGit(repository, ['rev-parse', '--is-inside-work-tree', '--show-toplevel']);
  const [, root] = /^true\r?\n([\s\S]+?)\r?\n$/.exec(stdout.toString('utf8')) ?? [];
  if (root === undefined) throw new UsageError(messages.noWorkingTree({ repository }));
  return root;
}

/** A copy of the index, and a place for new objects beside the repository's own. */
async function prepareStore(folder: string, index: string, objects: string): Promise<GitEnvironment> {
  await mkdir(join(folder, 'objects'));
  await copyIndex(index, join(folder, 'index'));
  const others = process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES;
  return {
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [JSON.stringify(objects), ...(others ? [others] : [])].join(delimiter),
  };
}

/**
 * Copies the index with its time: git compares the content of every file that changed in the second of the index or later,
 * and a newer copy would hide a change of equal size in that second.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const entry = await stat(from).catch(() => null);
  if (entry === null) return; // a repository may have no index yet
  await copyFile(from, to);
  const seconds = Math.floor(entry.mtimeMs / 1000);
  await utimes(to, seconds, seconds);
}

/** Adds changed files to the temporary index. Returns the untracked files over the limit, which are left out. */
async function addFiles(root: string, environment: GitEnvironment): Promise<readonly string[]> {
  // Untracked files do not depend on changed files, so both are listed at the same time.
  const [listing] = await Promise.all([
    runGitForOutput(root, ['ls-files', '--others', '--exclude-standard', '-z'], { environment }),
    runGitForOutput(root, ['add', '--update'], { environment }),
  ]);
  const untracked = listing.split('\0').filter((path) => path !== '' && !path.endsWith('/')); // a repository inside
  const sizes = await Promise.all(
    untracked.map((path) =>
      lstat(join(root, path)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const isLarge = (index: number) => (sizes[index] ?? 0) > MAX_FILE_BYTES;
  const input = untracked.flatMap((path, index) => (isLarge(index) ? [] : [`${path}\0`])).join('');
  if (input !== '') await runGitForOutput(root, ['update-index', '--add', '-z', '--stdin'], { input, environment });
  return untracked.filter((_, index) => isLarge(index));
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
