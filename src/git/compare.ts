/** The comparison of the command line: two refs, two folders, or one of each, and the files that differ. */
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareListings } from '../model/changed-files.ts';
import { computeGitBlobId } from '../model/digest.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import { type ChangedFile, pairRevisions, type RevisionPair, type RevisionSource } from '../model/source.ts';
import { CommitFiles, listCommitFiles } from './commit.ts';
import { comparePaths, DIFF_FLAGS, parseChanges } from './diff.ts';
import { FILES_AT_ONCE, listFolderPaths, openFolder } from './folder.ts';
import { messages } from './messages.ts';
import { runGit, runGitForOutput } from './run.ts';
import { createSnapshotStore, type Snapshot, takeSnapshot } from './working-tree.ts';

/** A commit, by the name that the user gave it. */
interface CommitRevision {
  readonly kind: 'commit';
  readonly commit: string;
  readonly name: string;
}

/** One side of a comparison as the user named it, resolved. */
export type Revision = { readonly kind: 'folder'; readonly root: string } | CommitRevision;

/** Two revisions, ready to be read. */
export interface Comparison {
  readonly revisions: RevisionPair;
  /** The source of the policy: the base itself, not the common ancestor. */
  readonly policySource: RevisionSource;
  readonly changedFiles: readonly ChangedFile[];
  /** The commit of the policy, null for a folder. */
  readonly policyCommit: string | null;
  /** Commit ids, or null for folders. */
  readonly commits: { readonly base: string | null; readonly head: string | null };
  /** Removes temporary files. Nothing can be read afterwards. */
  readonly release: () => void;
}

/** Resolves a `--base` or `--head`. @throws UsageError if it is neither a folder nor a ref, or both */
export async function resolveRevision(repository: string, name: string): Promise<Revision> {
  const commits = new CommitFiles(repository);
  return resolveName(repository, name, commits).finally(() => commits.close());
}

async function resolveName(repository: string, name: string, commits: CommitFiles): Promise<Revision> {
  const isNamedFolder = isFolder(resolve(name));
  const looksLikePath =
    isNamedFolder && (name.startsWith('.') || name.startsWith('/') || name.includes('\\') || /^[a-z]:/i.test(name));
  const commit = looksLikePath ? null : await commits.findCommit(name);
  if (isNamedFolder && commit !== null) throw new UsageError(messages.ambiguousRevision({ name }));
  if (isNamedFolder) return { kind: 'folder', root: resolve(name) };
  if (commit !== null) return { kind: 'commit', commit, name };
  await requireRepository(repository, name);
  throw new UsageError(messages.unknownRevision({ name }));
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    return false;
  }
}

/** @throws UsageError when git finds no repository in a folder, or does not trust it */
async function requireRepository(folder: string, name: string): Promise<void> {
  if (!isFolder(folder)) throw new UsageError(messages.repositoryMissing({ folder }));
  const { ok, stderr } = await runGit(folder, ['rev-parse', '--git-dir']);
  if (ok) return;
  if (/dubious ownership/.test(stderr)) {
    const place = /repository at '([^']+)'/.exec(stderr)?.[1] ?? folder;
    throw new UsageError(messages.repositoryNotTrusted({ place }));
  }
  if (/not a git repository/.test(stderr)) throw new UsageError(messages.notARepository({ name, folder }));
  throw new PlatformError(messages.gitFailed({ failure: `rev-parse failed: ${stderr}` }));
}

/**
 * The probable target branch of the checked-out one: its upstream, unless that is only its copy on the server; then the
 * server's default branch. Null if neither is known.
 */
export async function findDefaultBase(repository: string): Promise<string | null> {
  const ask = async (...parameters: string[]): Promise<string | null> => {
    const { ok, stdout } = await runGit(repository, parameters);
    const text = stdout.toString('utf8').trim();
    return ok && text !== '' ? text : null;
  };
  const [branch, upstream] = await Promise.all([
    ask('symbolic-ref', '--quiet', '--short', 'HEAD'),
    ask('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}'),
  ]);
  const remote = (branch === null ? null : await ask('config', `branch.${branch}.remote`)) ?? 'origin';
  const standard = await ask('rev-parse', '--abbrev-ref', `refs/remotes/${remote}/HEAD`);
  if (upstream !== null && upstream !== `${remote}/${branch}`) return upstream;
  return standard ?? upstream;
}

/**
 * Opens both sides and lists the differences. A side is resolved or a name, and a head of null is the working tree. Refs are
 * compared from their common ancestor, as a pull request is. @throws UsageError for a name that cannot be resolved
 */
export async function compareRevisions(
  repository: string,
  base: Revision | string,
  head: Revision | string | null,
): Promise<Comparison> {
  const names = writeRange(base, head);
  const store = head === null && names !== null ? createSnapshotStore() : null;
  const commits = new CommitFiles(repository, store?.environment, names);
  const release = () => {
    commits.close();
    store?.release();
  };
  try {
    // All of git's first answers are asked for at once.
    const finding = resolveBoth(repository, [base, head], commits);
    const paths = names === null ? null : commits.findRepositoryPaths();
    const [found, taken] = await Promise.allSettled([
      finding,
      store === null || paths === null ? null : takeSnapshot(repository, paths, store),
      paths,
    ]);
    if (found.status === 'rejected') throw found.reason;
    if (taken.status === 'rejected') throw taken.reason;
    const resolved = found.value;
    const comparison = resolved.areCommits
      ? await compareCommits(repository, { ...resolved, snapshot: taken.value }, commits)
      : await compareTrees(repository, resolved, commits);
    return { ...comparison, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** Two commits as git names a comparison from their common ancestor; null if a side is a folder. */
function writeRange(base: Revision | string, head: Revision | string | null): string | null {
  const names = [base, head ?? 'HEAD'].map((side) => {
    if (typeof side !== 'string') return side.kind === 'folder' ? null : side.commit;
    return isFolder(resolve(side)) || side.startsWith('-') ? null : `${side}^{commit}`;
  });
  return names.includes(null) ? null : names.join('...');
}

/** At least one side is a folder, and its files are compared one by one. */
interface TreeComparison {
  readonly areCommits: false;
  readonly base: Revision;
  readonly head: Revision;
}

/** Two commits, or a commit and the working tree. */
interface CommitComparison {
  readonly areCommits: true;
  readonly base: CommitRevision;
  /** Null for the working tree. */
  readonly head: CommitRevision | null;
  readonly ancestor: string;
}

async function resolveBoth(
  repository: string,
  [baseSide, headSide]: readonly [Revision | string, Revision | string | null],
  commits: CommitFiles,
): Promise<TreeComparison | CommitComparison> {
  const resolveSide = (side: Revision | string) =>
    typeof side === 'string' ? resolveName(repository, side, commits) : side;
  const [base, head] = await Promise.all([resolveSide(baseSide), headSide === null ? null : resolveSide(headSide)]);
  if (base.kind === 'folder' || head?.kind === 'folder') {
    return { areCommits: false, base, head: head ?? { kind: 'folder', root: resolve(repository) } };
  }
  const tip = head?.commit ?? (await commits.findCommit('HEAD')) ?? 'HEAD';
  return { areCommits: true, base, head, ancestor: await findCommonAncestor(repository, [base, tip], commits) };
}

/** @throws PlatformError when there is none, or a shallow clone may hide a nearer one */
async function findCommonAncestor(
  repository: string,
  [base, tip]: readonly [CommitRevision, string],
  commits: CommitFiles,
): Promise<string> {
  const { shallow, compared } = await commits.findRepositoryPaths();
  // Git's answer to the names counts only for the commits that the names were resolved to.
  const isKnown = compared?.base === base.commit && compared.head === tip;
  const ancestor = (isKnown ? compared.mergeBase : null) ?? (await askForAncestor(repository, base, tip));
  const cut = await readFile(shallow, 'utf8').catch(() => '');
  if (cut === '') return ancestor;
  const between = (await runGitForOutput(repository, ['rev-list', base.commit, tip, `^${ancestor}`])).split('\n');
  const cuts = new Set(cut.split('\n').filter((id) => id !== ''));
  if (between.some((id) => cuts.has(id))) throw new PlatformError(messages.noCommonAncestor({ base: base.name }));
  return ancestor;
}

/** @throws PlatformError when there is none */
async function askForAncestor(repository: string, base: CommitRevision, tip: string): Promise<string> {
  const { ok, stdout } = await runGit(repository, ['merge-base', base.commit, tip]);
  if (!ok) throw new PlatformError(messages.noCommonAncestor({ base: base.name }));
  return stdout.toString('utf8').trim();
}

async function compareCommits(
  repository: string,
  { base, head, ancestor, snapshot }: CommitComparison & { readonly snapshot: Snapshot | null },
  commits: CommitFiles,
): Promise<Omit<Comparison, 'release'>> {
  const to = snapshot?.tree ?? head?.commit ?? '';
  const headSource = commits.openCommit(to);
  return {
    revisions: pairRevisions(commits.openCommit(ancestor), snapshot?.addLargeFiles(headSource) ?? headSource),
    policySource: commits.openCommit(base.commit),
    policyCommit: base.commit,
    changedFiles: await listChangedFiles(repository, [ancestor, to], snapshot),
    commits: { base: ancestor, head: head?.commit ?? null },
  };
}

async function listChangedFiles(
  repository: string,
  trees: readonly [string, string],
  snapshot: Snapshot | null,
): Promise<readonly ChangedFile[]> {
  const ask = (...format: readonly string[]): Parameters<typeof runGitForOutput> => [
    repository,
    ['diff-tree', ...format, '-z', ...DIFF_FLAGS, ...trees],
    { environment: snapshot?.environment },
  ];
  // Patches that git cannot make, or that are too long for one answer, are not known.
  const answer = await runGitForOutput(...ask('--raw', '--patch')).catch(() => null);
  const listing = answer ?? (await runGitForOutput(...ask('--name-status')));
  const large = (snapshot?.largeFiles ?? []).map((path) => ({ path, status: 'added' as const }));
  return [...parseChanges(listing), ...large].sort(comparePaths);
}

/** Compares two trees by content. */
async function compareTrees(
  repository: string,
  { base, head }: TreeComparison,
  commits: CommitFiles,
): Promise<Omit<Comparison, 'release'>> {
  const open = (side: Revision) => (side.kind === 'folder' ? openFolder(side.root) : commits.openCommit(side.commit));
  const getCommit = (side: Revision) => (side.kind === 'commit' ? side.commit : null);
  const [before, after] = await Promise.all([listContentIds(repository, base), listContentIds(repository, head)]);
  const baseSource = open(base);
  return {
    revisions: pairRevisions(baseSource, open(head)),
    policySource: baseSource,
    policyCommit: getCommit(base),
    changedFiles: [...compareListings(before, after)].sort(comparePaths),
    commits: { base: getCommit(base), head: getCommit(head) },
  };
}

/** Git's blob id of every file by its path, in the order of the paths. */
async function listContentIds(repository: string, revision: Revision): Promise<ReadonlyMap<string, string>> {
  if (revision.kind === 'commit') {
    const files = [...(await listCommitFiles(repository, revision.commit))].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(files.map(([path, { id }]) => [path, id]));
  }
  const ids = new Map<string, string>();
  for (const [index, path] of listFolderPaths(revision.root).entries()) {
    if (index % FILES_AT_ONCE === 0) await setImmediate(); // so that timers get their turn
    ids.set(path, readBlobId(join(revision.root, path)));
  }
  return ids;
}

/** A link that leads nowhere never equals another one, so it is compared. */
function readBlobId(place: string): string {
  try {
    return computeGitBlobId(readFileSync(place));
  } catch {
    return `unreadable:${place}`;
  }
}
