/** What is compared on the command line: two refs, two folders, or one of each; and which files differ. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PlatformError, UsageError } from '../model/errors.ts';
import type { ChangedFile, RevisionSource } from '../model/source.ts';
import { commitSource } from './commit.ts';
import { folderPaths, folderSource } from './folder.ts';
import { git, runGit } from './run.ts';

/** Files read side by side: enough to keep the disk busy, few enough for any limit on open files. */
const FILES_AT_ONCE = 64;

/** One side of a comparison as the user named it, resolved. */
export type Revision =
  | { readonly kind: 'folder'; readonly root: string }
  | { readonly kind: 'commit'; readonly commit: string; readonly name: string }
  | { readonly kind: 'working-tree'; readonly root: string };

/** Two revisions, ready to be read. */
export interface Comparison {
  readonly base: RevisionSource;
  readonly head: RevisionSource;
  /** Where the policy is read: the base itself, not the common ancestor. */
  readonly policySource: RevisionSource;
  readonly changedFiles: readonly ChangedFile[];
  /** The commit of the policy, null for a folder. */
  readonly policyCommit: string | null;
  /** Commit ids, or null for folders. */
  readonly revisions: { readonly base: string | null; readonly head: string | null };
}

/**
 * Finds out what a `--base` or `--head` means. @throws UsageError when it is neither a folder nor a ref, or both.
 */
export async function resolveRevision(repository: string, name: string): Promise<Revision> {
  const isFolder = await stat(resolve(name)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  const looksLikePath =
    isFolder && (name.startsWith('.') || name.startsWith('/') || name.includes('\\') || /^[a-z]:/i.test(name));
  const commit = looksLikePath ? null : await commitOf(repository, name);
  if (isFolder && commit !== null) {
    const advice = `Say ./${name} for the folder, or refs/heads/${name} for the branch.`;
    throw new UsageError('ambiguous-revision', `"${name}" is both a folder and a git ref. ${advice}`);
  }
  if (isFolder) return { kind: 'folder', root: resolve(name) };
  if (commit !== null) return { kind: 'commit', commit, name };
  const known = (await runGit(repository, ['rev-parse', '--git-dir'])).ok;
  const advice = known
    ? 'Fetch it first, or check the spelling.'
    : 'There is no git repository here: name two folders, or use --repo.';
  throw new UsageError('unknown-revision', `"${name}" is neither a folder nor a git ref of this repository. ${advice}`);
}

async function commitOf(repository: string, name: string): Promise<string | null> {
  if (name.startsWith('-')) return null;
  const answer = await runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = answer.stdout.toString('utf8').trim();
  return answer.ok && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
}

/** Opens both sides and lists what differs. Refs are compared from their common ancestor, as a pull request is. */
export async function compare(repository: string, base: Revision, head: Revision | null): Promise<Comparison> {
  const target: Revision =
    head ?? (base.kind === 'folder' ? await workingFolder(repository) : await workingTree(repository));
  if (base.kind === 'commit' && target.kind !== 'folder') return compareCommits(repository, base, target);
  const sources = { base: sourceOf(repository, base), head: sourceOf(repository, target) };
  return {
    ...sources,
    policySource: sources.base,
    policyCommit: base.kind === 'commit' ? base.commit : null,
    changedFiles: await compareSources(repository, base, target),
    revisions: {
      base: base.kind === 'commit' ? base.commit : null,
      head: target.kind === 'commit' ? target.commit : null,
    },
  };
}

async function workingTree(repository: string): Promise<Revision> {
  const answer = await git(repository, ['rev-parse', '--show-toplevel']);
  return { kind: 'working-tree', root: answer.toString('utf8').trim() };
}

async function workingFolder(repository: string): Promise<Revision> {
  return { kind: 'folder', root: resolve(repository) };
}

function sourceOf(repository: string, revision: Revision): RevisionSource {
  return revision.kind === 'commit' ? commitSource(repository, revision.commit) : folderSource(revision.root);
}

async function compareCommits(
  repository: string,
  base: Revision & { kind: 'commit' },
  head: Exclude<Revision, { kind: 'folder' }>,
): Promise<Comparison> {
  const tip = head.kind === 'commit' ? head.commit : 'HEAD';
  const ancestor = await runGit(repository, ['merge-base', base.commit, tip]);
  if (!ancestor.ok) {
    const advice = 'Fetch the full history (git fetch --unshallow), or name two folders.';
    throw new PlatformError(
      'no-common-ancestor',
      `git finds no common ancestor of "${base.name}" and the head. ${advice}`,
    );
  }
  const from = ancestor.stdout.toString('utf8').trim();
  const options = [
    'diff',
    '--name-status',
    '-z',
    '--find-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules',
    from,
  ];
  const listing = await git(repository, head.kind === 'commit' ? [...options, head.commit] : options);
  const changedFiles = [...parseNameStatus(listing.toString('utf8'))];
  if (head.kind === 'working-tree') {
    const untracked = (await git(head.root, ['ls-files', '--others', '--exclude-standard', '-z'])).toString('utf8');
    for (const path of untracked.split('\0')) if (path !== '') changedFiles.push({ path, status: 'added' });
  }
  return {
    base: commitSource(repository, from),
    head: sourceOf(repository, head),
    policySource: commitSource(repository, base.commit),
    policyCommit: base.commit,
    changedFiles: changedFiles.sort(byPath),
    revisions: { base: from, head: head.kind === 'commit' ? head.commit : null },
  };
}

function parseNameStatus(listing: string): readonly ChangedFile[] {
  const fields = listing.split('\0');
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const status = fields[index] ?? '';
    const path = fields[index + 1] ?? '';
    if (/^[RC]/.test(status)) {
      const next = fields[index + 2] ?? '';
      files.push(
        status.startsWith('R')
          ? { path: next, previousPath: path, status: 'renamed' }
          : { path: next, status: 'added' },
      );
      index += 3;
      continue;
    }
    files.push({ path, status: status === 'A' ? 'added' : status === 'D' ? 'removed' : 'modified' });
    index += 2;
  }
  return files;
}

/** Compares two trees by content. A file that moved without change is a rename. */
async function compareSources(repository: string, base: Revision, head: Revision): Promise<readonly ChangedFile[]> {
  const [before, after] = await Promise.all([contentIds(repository, base), contentIds(repository, head)]);
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const idsOf = (path: string) => Promise.all([before.get(path)?.(), after.get(path)?.()]);
  const ids: (readonly [string | undefined, string | undefined])[] = [];
  for (let start = 0; start < paths.length; start += FILES_AT_ONCE) {
    ids.push(...(await Promise.all(paths.slice(start, start + FILES_AT_ONCE).map(idsOf))));
  }
  const gone = new Map<string, string[]>();
  for (const [index, path] of paths.entries()) {
    const [old, now] = ids[index] ?? [];
    if (old !== undefined && now === undefined) gone.set(old, [...(gone.get(old) ?? []), path]);
  }
  const files: ChangedFile[] = [];
  for (const [index, path] of paths.entries()) {
    const [old, now] = ids[index] ?? [];
    if (now === undefined || old === now) continue;
    const previousPath = old === undefined ? gone.get(now)?.shift() : undefined;
    if (previousPath !== undefined) files.push({ path, previousPath, status: 'renamed' });
    else files.push({ path, status: old === undefined ? 'added' : 'modified' });
  }
  for (const path of [...gone.values()].flat()) files.push({ path, status: 'removed' });
  return files.sort(byPath);
}

/** Path -> a content id that is only computed when it is asked for: git's own blob id, also for files on disk. */
async function contentIds(repository: string, revision: Revision): Promise<ReadonlyMap<string, () => Promise<string>>> {
  if (revision.kind === 'commit') {
    const listing = (await git(repository, ['ls-tree', '-r', '-z', '--full-tree', revision.commit])).toString('utf8');
    const lines = listing.split('\0').map((line) => /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(line));
    return new Map(
      lines.flatMap((match) => (match?.[2] === undefined ? [] : [[match[2], async () => match[1] ?? '']])),
    );
  }
  const paths = await folderPaths(revision.root);
  return new Map(paths.map((path) => [path, () => blobId(join(revision.root, path))]));
}

async function blobId(place: string): Promise<string> {
  const bytes = await readFile(place).catch(() => null);
  if (bytes === null) return `unreadable:${place}`; // a broken link: never equal to anything, so that it is looked at
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function byPath(a: ChangedFile, b: ChangedFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
