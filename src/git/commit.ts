/** Commits as revisions, read through git's object store by one process: no checkout. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../model/errors.ts';
import { createLinkContent, createTooLargeContent, type FileContent, type RevisionSource } from '../model/source.ts';
import { ObjectReader, reportMissing } from './objects.ts';
import { findRepositoryPaths, type RepositoryPaths } from './repository-paths.ts';
import { type GitEnvironment, runGit, runGitForOutput } from './run.ts';

/** A file of a commit. */
export interface CommitFile {
  readonly mode: string;
  readonly id: string;
}

/** The files of a commit or tree by their path. @throws PlatformError */
export async function listCommitFiles(repository: string, commit: string): Promise<ReadonlyMap<string, CommitFile>> {
  const listing = await runGitForOutput(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = new Map<string, CommitFile>();
  for (const line of listing.split('\0')) {
    const [, mode = '', id = '', path] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (path !== undefined) entries.set(path, { mode, id });
  }
  return entries;
}

/** The content of a folder by name: files, folders and submodules. */
type Entries = ReadonlyMap<string, CommitFile>;

const FOLDER = '40000';
const LINK = '120000';
const SUBMODULE = '160000';

/** Folders that are kept: neighboring commits share nearly all of theirs. */
const MAX_FOLDERS = 20_000;

/** Files of any commit or tree of a repository. Git is started when it is needed. Ends with `close`. */
export class CommitFiles {
  readonly #repository: string;
  readonly #environment: GitEnvironment | undefined;
  readonly #compared: string | null;
  readonly #objects: ObjectReader;
  readonly #folders = new Map<string, Promise<Entries>>();
  #repositoryPaths: Promise<RepositoryPaths> | undefined;
  #promisor: Promise<string | null> | undefined;

  /** `compared`: two names with `...` between them, whose common ancestor git is asked for together with the paths. */
  constructor(repository: string, environment?: GitEnvironment, compared: string | null = null) {
    this.#repository = repository;
    this.#environment = environment;
    this.#compared = compared;
    this.#objects = new ObjectReader(repository, environment);
  }

  /** The paths of the repository's data. @throws PlatformError */
  findRepositoryPaths(): Promise<RepositoryPaths> {
    this.#repositoryPaths ??= findRepositoryPaths(this.#repository, this.#compared);
    return this.#repositoryPaths;
  }

  /** The id of the commit that a name resolves to, or null. @throws PlatformError if git cannot be started */
  async findCommit(name: string): Promise<string | null> {
    if (name.startsWith('-') || name.includes('\n')) return null;
    try {
      const { id, type } = await this.#objects.read(`${name}^{commit}`);
      return type === 'commit' ? id : null;
    } catch (error) {
      if (error instanceof PlatformError && error.id === 'git-not-run') throw error;
      return null;
    }
  }

  /** A commit or tree as a source of files. @throws PlatformError for objects that the repository does not have */
  openCommit(commit: string): RevisionSource {
    const root = `${commit}^{tree}`;
    return {
      readFiles: (paths) => this.#readFiles(root, paths),
      listFolders: (paths) =>
        findEach(paths, async (path) => {
          const entries = [...((await this.#findFolder(root, path)) ?? [])];
          return entries.flatMap(([name, { mode }]) => (isFile(mode) ? [name] : [])).sort();
        }),
      listPaths: async () => (await this.#listPaths(root, '')).sort(),
    };
  }

  /** Ends the process that reads. */
  close(): void {
    this.#objects.close();
  }

  async #readFiles(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, FileContent | null>> {
    const [entries, promisor] = await Promise.all([
      findEach(paths, (path) => this.#findFile(root, path)),
      this.#findPromisor(),
    ]);
    if (promisor !== null) await this.#fetchMissing(promisor, root, [...entries.values()]);
    return findEach(paths, async (path) => {
      const entry = entries.get(path) ?? null;
      if (entry === null) return null;
      if (entry.mode === LINK) return createLinkContent(entry.id);
      const { size, content } = await this.#objects.read(entry.id);
      return content === null ? createTooLargeContent(size, entry.id) : { bytes: content };
    });
  }

  /**
   * The remote that a partial clone fetches missing objects from; null for a complete clone, which has no pack from such a
   * remote. Also null if git cannot answer, because then reading fails by itself.
   */
  #findPromisor(): Promise<string | null> {
    this.#promisor ??= this.findRepositoryPaths().then(
      ({ objects }) => (hasPromisorPack(objects) ? readPromisor(this.#repository) : null),
      () => null,
    );
    return this.#promisor;
  }

  /** Fetches the objects missing in a partial clone in one request. By itself git would make one request for each file. */
  async #fetchMissing(promisor: string, root: string, entries: readonly (CommitFile | null)[]): Promise<void> {
    const ids = new Set(entries.flatMap((entry) => (entry === null || entry.mode === LINK ? [] : [entry.id])));
    if (ids.size === 0) return;
    const listing = ['rev-list', '--objects', '--no-object-names', '--missing=print', root];
    const lines = await runGitForOutput(this.#repository, listing, { environment: this.#environment });
    const missing = lines
      .split('\n')
      .flatMap((line) => (line.startsWith('?') && ids.has(line.slice(1)) ? [line.slice(1)] : []));
    if (missing.length === 0) return;
    const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--filter=blob:none'];
    await runGitForOutput(this.#repository, ['fetch', ...flags, '--stdin', promisor], { input: missing.join('\n') });
  }

  async #findFile(root: string, path: string): Promise<CommitFile | null> {
    const cut = path.lastIndexOf('/');
    const folder = await this.#findFolder(root, path.slice(0, Math.max(cut, 0)));
    const entry = folder?.get(path.slice(cut + 1));
    return entry !== undefined && isFile(entry.mode) ? entry : null;
  }

  async #findFolder(root: string, path: string): Promise<Entries | null> {
    let folder = await this.#readFolder(root);
    for (const name of path === '' ? [] : path.split('/')) {
      const entry = folder.get(name);
      if (entry?.mode !== FOLDER) return null;
      folder = await this.#readFolder(entry.id);
    }
    return folder;
  }

  async #listPaths(tree: string, prefix: string): Promise<string[]> {
    const entries = [...(await this.#readFolder(tree))];
    const paths = await Promise.all(
      entries.map(([name, { mode, id }]) => {
        if (mode === FOLDER) return this.#listPaths(id, `${prefix}${name}/`);
        return isFile(mode) ? [`${prefix}${name}`] : [];
      }),
    );
    return paths.flat();
  }

  #readFolder(tree: string): Promise<Entries> {
    const known = this.#folders.get(tree);
    if (known !== undefined) return known;
    if (this.#folders.size >= MAX_FOLDERS) this.#folders.clear();
    const entries = this.#objects.read(tree).then(({ id, content }) => {
      if (content === null) throw reportMissing(tree); // never an empty folder
      return parseTree(content, id.length / 2);
    });
    this.#folders.set(tree, entries);
    return entries;
  }
}

function hasPromisorPack(objects: string): boolean {
  try {
    return readdirSync(join(objects, 'pack')).some((name) => name.endsWith('.promisor'));
  } catch {
    return false;
  }
}

async function readPromisor(repository: string): Promise<string | null> {
  const question = ['config', '--get-regexp', String.raw`^remote\..*\.promisor$`];
  const answer = await runGit(repository, question).catch(() => null);
  return /^remote\.(.*)\.promisor true$/m.exec(answer?.stdout.toString('utf8') ?? '')?.[1] ?? null;
}

async function findEach<Found>(
  paths: readonly string[],
  find: (path: string) => Promise<Found>,
): Promise<ReadonlyMap<string, Found>> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await find(path)] as const)));
}

function isFile(mode: string): boolean {
  return mode !== FOLDER && mode !== SUBMODULE;
}

/** A tree object: for each entry its mode, a space, its name, a zero, its id. */
function parseTree(content: Buffer, idBytes: number): Entries {
  const entries = new Map<string, CommitFile>();
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(0x20, start);
    const end = content.indexOf(0, space);
    const id = content.subarray(end + 1, end + 1 + idBytes).toString('hex');
    const mode = content.subarray(start, space).toString('latin1').replace(/^0+/, ''); // old programs wrote 040000
    entries.set(content.subarray(space + 1, end).toString('utf8'), { mode, id });
    start = end + 1 + idBytes;
  }
  return entries;
}
