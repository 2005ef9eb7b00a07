/** Which files a pull request or a merge group changes. The list is complete or the run fails: a partial list is never passed. */
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import type { ChangedFile, FileStatus } from '../model/source.ts';
import { ask, type GitHubClient } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';
import { readTree, type TreeFile } from './tree.ts';

/** GitHub's comparison shows at most this many files, the list of a pull request's files at most 3,000. */
const COMPARISON_LIMIT = 300;
const LIST_LIMIT = 3000;
const PAGE = 100;

/** The common ancestor and what changed since. */
export interface Differences {
  readonly mergeBase: string;
  readonly files: readonly ChangedFile[];
}

interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string | undefined;
  readonly status: string;
}

/**
 * Compares two commits from their common ancestor. `expected` is the number of files that GitHub says are changed, null
 * where nobody says (a merge group). @throws PlatformError
 */
export async function listDifferences(
  client: GitHubClient,
  repository: RepositoryName,
  base: string,
  head: string,
  pullRequest: { readonly number: number; readonly changedFiles: number } | null,
): Promise<Differences> {
  const { data: comparison } = await ask('comparison', () =>
    client.rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head}`, per_page: 1 }),
  );
  const mergeBase = comparison.merge_base_commit.sha;
  const listed = comparison.files ?? [];
  const whole = pullRequest === null ? listed.length < COMPARISON_LIMIT : listed.length === pullRequest.changedFiles;
  if (whole) return { mergeBase, files: withoutTypeChanges(listed.map(changedFile)) };
  const files =
    pullRequest === null || pullRequest.changedFiles >= LIST_LIMIT
      ? await compareTrees(client, repository, mergeBase, head)
      : await listFiles(client, repository, pullRequest.number, pullRequest.changedFiles);
  return { mergeBase, files };
}

async function listFiles(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  expected: number,
): Promise<readonly ChangedFile[]> {
  const pages = Array.from({ length: Math.ceil(expected / PAGE) }, (_, index) => index + 1);
  const answers = await Promise.all(
    pages.map((page) =>
      ask('files', () => client.rest.pulls.listFiles({ ...repository, pull_number: number, per_page: PAGE, page })),
    ),
  );
  const files = answers.flatMap(({ data }) => data.map(changedFile));
  // A page that shifts while others are read can repeat one file and lose another.
  const folded = withoutTypeChanges(files);
  const found = new Set(files.map(({ path }) => path)).size;
  if (files.length !== expected || found !== folded.length) {
    throw new PlatformError('files-incomplete', fill(messages['files-incomplete'], { found, expected }));
  }
  return folded;
}

/** Git shows a file that became a link (or a submodule) as removed and added under one name. */
function withoutTypeChanges(files: readonly ChangedFile[]): readonly ChangedFile[] {
  const removed = new Set(files.flatMap(({ path, status }) => (status === 'removed' ? [path] : [])));
  const changed = new Set(files.flatMap(({ path, status }) => (status === 'added' && removed.has(path) ? [path] : [])));
  if (changed.size === 0) return files;
  return files.flatMap((file): readonly ChangedFile[] => {
    if (!changed.has(file.path)) return [file];
    return file.status === 'added' ? [{ path: file.path, status: 'modified' }] : [];
  });
}

/** Beyond the lists' limits the two git trees tell; a file that moved unchanged is a rename. */
async function compareTrees(
  client: GitHubClient,
  repository: RepositoryName,
  base: string,
  head: string,
): Promise<readonly ChangedFile[]> {
  const [before, after] = await Promise.all([readTree(client, repository, base), readTree(client, repository, head)]);
  const same = ({ id, link }: TreeFile) => `${id} ${link}`;
  const gone = new Map<string, string[]>();
  for (const [path, file] of before) {
    if (!after.has(path)) gone.set(same(file), [...(gone.get(same(file)) ?? []), path]);
  }
  const files: ChangedFile[] = [];
  for (const [path, file] of after) {
    const old = before.get(path);
    if (old !== undefined && same(old) === same(file)) continue;
    const previousPath = old === undefined ? gone.get(same(file))?.shift() : undefined;
    if (previousPath !== undefined) files.push({ path, previousPath, status: 'renamed' });
    else files.push({ path, status: old === undefined ? 'added' : 'modified' });
  }
  for (const path of [...gone.values()].flat()) files.push({ path, status: 'removed' });
  return files;
}

const STATUSES: Readonly<Record<string, FileStatus>> = {
  added: 'added',
  copied: 'added',
  removed: 'removed',
  modified: 'modified',
  changed: 'modified',
  unchanged: 'modified',
  renamed: 'renamed',
};

function changedFile(file: ListedFile): ChangedFile {
  const status = Object.hasOwn(STATUSES, file.status) ? STATUSES[file.status] : undefined;
  if (status === undefined || (status === 'renamed' && file.previous_filename === undefined)) {
    throw new PlatformError('github-partial', fill(messages['github-partial'], messages.purposes.files));
  }
  return status === 'renamed' && file.previous_filename !== undefined
    ? { path: file.filename, previousPath: file.previous_filename, status }
    : { path: file.filename, status };
}
