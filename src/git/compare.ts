/** The comparison of the command line: two refs, two folders, or one of each, and the files that differ. */
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compareListings } from '../model/changed-files.ts';
import { computeGitBlobId } from '../model/digest.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import { type ChangedFile, pairRevisions, type RevisionPair, type RevisionSource } from '../model/source.ts';
import { CommitFiles, listCommitFiles } from './commit.ts';
import { comparePaths, DIFF_FLAGS, parseNameStatus, withLines } from './diff.ts';
import { FILES_AT_ONCE, listFolderPaths, openFolder } from './folder.ts';
import { messages } from './messages.ts';
import { type GitOptions, runGit, runGitForLine, runGitForOutput } from './run.ts';
import { type Snapshot, takeSnapshot } from './working-tree.ts';

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
  readonly release: () => Promise<void>;
}

/** Resolves a `--base` or `--head`. @throws UsageError if it is neither a folder nor a ref, or both */
export async function resolveRevision(repository: string, name: string): Promise<Revision> {
  const isFolder = await stat(resolve(name)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  const looksLikePath =
    isFolder && (name.startsWith('.') || name.startsWith('/') || name.includes('\\') || /^[a-z]:/i.test(name));
  const commit = looksLikePath ? null : await resolveCommit(repository, name);
  if (isFolder && commit !== null) throw new UsageError(messages.ambiguousRevision({ name }));
  if (isFolder) return { kind: 'folder', root: resolve(name) };
  if (commit !== null) return { kind: 'commit', commit, name };
  await requireRepository(repository, name);
  throw new UsageError(messages.unknownRevision({ name }));
}

/** @throws UsageError when git finds no repository in a folder, or does not trust it */
async function requireRepository(folder: string, name: string): Promise<void> {
  const exists = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!exists) throw new UsageError(messages.repositoryMissing({ folder }));
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
  const branch = await ask('symbolic-ref', '--quiet', '--short', 'HEAD');
  const upstream = await ask('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}');
  const remote = (branch === null ? null : await ask('config', `branch.${branch}.remote`)) ?? 'origin';
  const standard = await ask('rev-parse', '--abbrev-ref', `refs/remotes/${remote}/HEAD`);
  if (upstream !== null && upstream !== `${remote}/${branch}`) return upstream;
  return standard ?? upstream;
}

async function resolveCommit(repository: string, name: string): Promise<string | null> {
  if (name.startsWith('-')) return null;
  const answer = await runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = answer.stdout.toString('utf8').trim();
  return answer.ok && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

/** Opens both sides and lists the differences. Refs are compared from their common ancestor, as a pull request is. */
export async function compareRevisions(repository: string, base: Revision, head: Revision | null): Promise<Comparison> {
  if (base.kind === 'commit' && head?.kind !== 'folder') return compareWithCommit(repository, base, head);
  const target: Revision = head ?? { kind: 'folder', root: resolve(repository) };
  const changedFiles = await compareTrees(repository, base, target);
  const [before, after] = [openRevision(repository, base), openRevision(repository, target)];
  return {
    revisions: pairRevisions(before.source, after.source),
    policySource: before.source,
    policyCommit: base.kind === 'commit' ? base.commit : null,
    changedFiles,
    commits: {
      base: base.kind === 'commit' ? base.commit : null,
      head: target.kind === 'commit' ? target.commit : null,
    },
    release: async () => {
      before.close();
      after.close();
    },
  };
}

interface OpenRevision {
  readonly source: RevisionSource;
  readonly close: () => void;
}

function openRevision(repository: string, revision: Revision): OpenRevision {
  if (revision.kind === 'folder') return { source: openFolder(revision.root), close: () => {} };
  const files = new CommitFiles(repository);
  return { source: files.openCommit(revision.commit), close: () => files.close() };
}

/** Compares a commit with another one, or with the working tree. */
async function compareWithCommit(
  repository: string,
  base: CommitRevision,
  head: CommitRevision | null,
): Promise<Comparison> {
  const [ancestor, taken] = await Promise.allSettled([
    findCommonAncestor(repository, base, head?.commit ?? 'HEAD'),
    head === null ? takeSnapshot(repository) : null,
  ]);
  const snapshot = taken.status === 'fulfilled' ? taken.value : null;
  if (ancestor.status === 'rejected') {
    await snapshot?.release();
    throw ancestor.reason;
  }
  if (taken.status === 'rejected') throw taken.reason;
  const from = ancestor.value;
  const to = snapshot?.tree ?? head?.commit ?? '';
  const files = new CommitFiles(repository, snapshot?.environment);
  const release = async () => {
    files.close();
    await snapshot?.release();
  };
  try {
    const headSource = files.openCommit(to);
    return {
      revisions: pairRevisions(files.openCommit(from), snapshot?.addLargeFiles(headSource) ?? headSource),
      policySource: files.openCommit(base.commit),
      policyCommit: base.commit,
      changedFiles: await listChangedFiles(repository, [from, to], snapshot),
      commits: { base: from, head: head?.commit ?? null },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** @throws PlatformError when there is none, or a shallow clone may hide a nearer one */
async function findCommonAncestor(repository: string, base: CommitRevision, tip: string): Promise<string> {
  const [answer, shallowFile] = await Promise.all([
    runGit(repository, ['merge-base', base.commit, tip]),
    runGitForLine(repository, ['rev-parse', '--path-format=absolute', '--git-path', 'shallow']),
  ]);
  if (!answer.ok) throw new PlatformError(messages.noCommonAncestor({ base: base.name }));
  const ancestor = answer.stdout.toString('utf8').trim();
  const cut = await readFile(shallowFile, 'utf8').catch(() => '');
  if (cut === '') return ancestor;
  const between = (await runGitForOutput(repository, ['rev-list', base.commit, tip, `^${ancestor}`])).split('\n');
  const cuts = new Set(cut.split('\n').filter((id) => id !== ''));
  if (between.some((id) => cuts.has(id))) throw new PlatformError(messages.noCommonAncestor({ base: base.name }));
  return ancestor;
}

async function listChangedFiles(
  repository: string,
  trees: readonly [string, string],
  snapshot: Snapshot | null,
): Promise<readonly ChangedFile[]> {
  const options = snapshot === null ? {} : { environment: snapshot.environment };
  const [listing, patches] = await Promise.all([
    runGitForOutput(repository, ['diff-tree', '--name-status', '-z', ...DIFF_FLAGS, ...trees], options),
    readPatches(repository, ['diff-tree', '--patch', ...DIFF_FLAGS, ...trees], options),
  ]);
  const large = (snapshot?.largeFiles ?? []).map((path) => ({ path, status: 'added' as const }));
  return [...withLines(parseNameStatus(listing.split('\0')), patches), ...large].sort(comparePaths);
}

/** Patches that are too long for one answer are not known. */
async function readPatches(repository: string, parameters: readonly string[], options: GitOptions): Promise<string> {
  const answer = await runGit(repository, parameters, options).catch(() => null);
  return answer?.ok ? answer.stdout.toString('utf8') : '';
}

/** Compares two trees by content. */
async function compareTrees(repository: string, base: Revision, head: Revision): Promise<readonly ChangedFile[]> {
  const [before, after] = await Promise.all([listContentIds(repository, base), listContentIds(repository, head)]);
  return [...compareListings(before, after)].sort(comparePaths);
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
