/** A commit as one revision, read through git's object store: no checkout. */
import { listNamesInFolder } from '../model/paths.ts';
import {
  createLinkContent,
  createTooLargeContent,
  type FileContent,
  MAX_FILE_BYTES,
  type RevisionSource,
} from '../model/source.ts';
import { reportMissing } from './objects.ts';
import { type GitEnvironment, runGit, runGitForOutput } from './run.ts';

/** A file of a commit. */
export interface CommitFile {
  readonly mode: string;
  readonly id: string;
}

/** The files of a commit or tree by their path. @throws PlatformError */
export async function listCommitFiles(
  repository: string,
  commit: string,
  environment?: GitEnvironment,
): Promise<ReadonlyMap<string, CommitFile>> {
  const listing = await runGitForOutput(repository, ['ls-tree', '-r', '-z', '--full-tree', commit], { environment });
  const entries = new Map<string, CommitFile>();
  for (const line of listing.split('\0')) {
    const [, mode = '', id = '', path] = /^(\d+) blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (path !== undefined) entries.set(path, { mode, id });
  }
  return entries;
}

/** The size of each object in bytes. @throws PlatformError for one that is not there */
async function readSizes(
  repository: string,
  ids: readonly string[],
  environment: GitEnvironment | undefined,
): Promise<ReadonlyMap<string, number>> {
  const input = ids.map((id) => `${id}\n`).join('');
  const { stdout } = await runGit(repository, ['cat-file', '--batch-check'], { input, environment });
  const lines = stdout.toString('latin1').split('\n');
  return new Map(
    ids.map((id, index) => {
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(lines[index] ?? '')?.[1];
      if (size === undefined) throw reportMissing(id);
      return [id, Number(size)];
    }),
  );
}

/** Reads objects in one `cat-file --batch`. @throws PlatformError for one that is not there */
async function readObjects(
  repository: string,
  ids: readonly string[],
  environment: GitEnvironment | undefined,
): Promise<ReadonlyMap<string, Buffer>> {
  const input = ids.map((id) => `${id}\n`).join('');
  const { stdout } = await runGit(repository, ['cat-file', '--batch'], { input, environment });
  const objects = new Map<string, Buffer>();
  let offset = 0;
  for (const id of ids) {
    const lineEnd = stdout.indexOf(0x0a, offset);
    const header = stdout.subarray(offset, Math.max(lineEnd, offset)).toString('latin1');
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
    if (!Number.isInteger(size) || stdout.length < lineEnd + 1 + size) throw reportMissing(id);
    objects.set(id, stdout.subarray(lineEnd + 1, lineEnd + 1 + size));
    offset = lineEnd + 1 + size + 1;
  }
  return objects;
}

/** The remote that a partial clone fetches missing objects from; null for a complete clone. */
async function findPromisor(repository: string): Promise<string | null> {
  const { stdout } = await runGit(repository, ['config', '--get-regexp', String.raw`^remote\..*\.promisor$`]);
  return /^remote\.(.*)\.promisor true$/m.exec(stdout.toString('utf8'))?.[1] ?? null;
}

/** Those of the objects of a tree that a partial clone has left out. */
async function listMissing(
  repository: string,
  tree: string,
  ids: ReadonlySet<string>,
  environment: GitEnvironment | undefined,
): Promise<readonly string[]> {
  const listing = ['rev-list', '--objects', '--no-object-names', '--missing=print', `${tree}^{tree}`];
  const lines = (await runGitForOutput(repository, listing, { environment })).split('\n');
  return lines.flatMap((line) => (line.startsWith('?') && ids.has(line.slice(1)) ? [line.slice(1)] : []));
}

/** Fetches objects in one request. By itself git would make one request for each. @throws PlatformError */
async function fetchObjects(repository: string, remote: string, ids: readonly string[]): Promise<void> {
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--filter=blob:none'];
  await runGitForOutput(repository, ['fetch', ...flags, '--stdin', remote], { input: ids.join('\n') });
}

/** A commit or tree as a source of files. */
export function openCommit(repository: string, commit: string, environment?: GitEnvironment): RevisionSource {
  let tree: Promise<ReadonlyMap<string, CommitFile>> | null = null;
  let promisor: Promise<string | null> | null = null;
  const entries = () => (tree ??= listCommitFiles(repository, commit, environment));
  const findRemote = () => (promisor ??= findPromisor(repository));
  return {
    async files(paths) {
      const [known, remote] = await Promise.all([entries(), findRemote()]);
      const found = new Map<string, FileContent | null>(paths.map((path) => [path, null]));
      const wanted = new Map<string, string>();
      for (const path of paths) {
        const entry = known.get(path);
        if (entry?.mode === '120000') found.set(path, createLinkContent(entry.id));
        else if (entry !== undefined) wanted.set(path, entry.id);
      }
      const ids = new Set(wanted.values());
      if (ids.size === 0) return found;
      const missing = remote === null ? [] : await listMissing(repository, commit, ids, environment);
      if (remote !== null && missing.length > 0) await fetchObjects(repository, remote, missing);
      const sizes = await readSizes(repository, [...ids], environment);
      const readable = [...ids].filter((id) => (sizes.get(id) ?? 0) <= MAX_FILE_BYTES);
      const objects = await readObjects(repository, readable, environment);
      for (const [path, id] of wanted) {
        const bytes = objects.get(id);
        found.set(path, bytes === undefined ? createTooLargeContent(sizes.get(id) ?? 0, id) : { bytes });
      }
      return found;
    },
    async folders(paths) {
      const all = [...(await entries()).keys()];
      return new Map(paths.map((path) => [path, listNamesInFolder(path, all)]));
    },
    paths: async () => [...(await entries()).keys()].sort(),
  };
}
