/** Which files a pull request or a merge group changes. The list is complete or the run fails: a partial list is never passed. */
import { compareListings } from '../model/changed-files.ts';
import { PlatformError } from '../model/errors.ts';
import type { ChangedFile, FileStatus } from '../model/source.ts';
import { ask, type GitHubClient, partialAnswer } from './client.ts';
import { messages } from './messages.ts';
import type { RepositoryName } from './pull-request-facts.ts';
import { listTreeFiles } from './tree.ts';

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
  if (whole) return { mergeBase, files: foldTypeChanges(listed.map(parseChangedFile)) };
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
  const files = answers.flatMap(({ data }) => data.map(parseChangedFile));
  // A page that shifts while others are read can repeat one file and lose another.
  const folded = foldTypeChanges(files);
  const found = new Set(files.map(({ path }) => path)).size;
  if (files.length !== expected || found !== folded.length) {
    throw new PlatformError(messages.filesIncomplete({ found, expected }));
  }
  return folded;
}

/** Git shows a file that became a link (or a submodule) as removed and added under one name. */
function foldTypeChanges(files: readonly ChangedFile[]): readonly ChangedFile[] {
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
  const [before, after] = await Promise.all([
    listContentIds(client, repository, base),
    listContentIds(client, repository, head),
  ]);
  return compareListings(before, after);
}

/** A file that became a link has the same git id if it says the same, and is another content. */
async function listContentIds(
  client: GitHubClient,
  repository: RepositoryName,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  const tree = await listTreeFiles(client, repository, commit);
  return new Map([...tree].map(([path, { id, link }]) => [path, `${id} ${link}`]));
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

function parseChangedFile(file: ListedFile): ChangedFile {
  const status = Object.hasOwn(STATUSES, file.status) ? STATUSES[file.status] : undefined;
  if (status === undefined || (status === 'renamed' && file.previous_filename === undefined)) {
    throw partialAnswer('files');
  }
  return status === 'renamed' && file.previous_filename !== undefined
    ? { path: file.filename, previousPath: file.previous_filename, status }
    : { path: file.filename, status };
}
