/** Which files a pull request or a merge group changes. The list is complete or the run fails: a partial list is never passed. */
import { compareListings, parsePatch } from '../model/changed-files.ts';
import { PlatformError } from '../model/errors.ts';
import type { ChangedFile, ChangedLine, FileStatus } from '../model/source.ts';
import { ask, httpStatus, partialAnswer } from './client.ts';
import { messages } from './messages.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';
import type { RepositoryAccess } from './repository-connection.ts';
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

type ChangedPullRequest = Pick<PullRequestFacts, 'number' | 'changedFiles'>;

interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string | undefined;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string | undefined;
}

/**
 * Compares two commits from their common ancestor. `pullRequest` has the number of files that GitHub says are changed; null
 * for a merge group, where it says none. @throws PlatformError
 */
export async function listDifferences(
  access: RepositoryAccess,
  base: string,
  head: string,
  pullRequest: ChangedPullRequest | null,
): Promise<Differences> {
  const comparison = await compare(access, base, head);
  if (comparison === null) return compareTrees(access, (await findMergeBase(access, base, head)) ?? base, head);
  const mergeBase = comparison.merge_base_commit.sha;
  const listed = comparison.files ?? [];
  const whole = pullRequest === null ? listed.length < COMPARISON_LIMIT : listed.length === pullRequest.changedFiles;
  if (whole) return { mergeBase, files: parseChangedFiles(listed) };
  if (pullRequest !== null && pullRequest.changedFiles < LIST_LIMIT) {
    return { mergeBase, files: await listFiles(access, pullRequest) };
  }
  return compareTrees(access, mergeBase, head);
}

/** Answers that say that GitHub cannot compare these commits, however often it is asked: too much, or unrelated. */
const NOT_COMPARED: ReadonlySet<number> = new Set([404, 422, 500, 502, 503, 504]);

/** GitHub's comparison; null where it refuses one. Only the first page has files, which is what takes GitHub long. */
async function compare({ client, repository }: RepositoryAccess, base: string, head: string, page = 1) {
  try {
    const { data } = await ask('comparison', () =>
      client.rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head}`, per_page: 1, page }),
    );
    return data;
  } catch (error) {
    if (error instanceof PlatformError && NOT_COMPARED.has(httpStatus(error.cause) ?? 0)) return null;
    throw error;
  }
}

/** The common ancestor, from a page of the comparison without files; null where there is none. */
async function findMergeBase(access: RepositoryAccess, base: string, head: string): Promise<string | null> {
  return (await compare(access, base, head, 2))?.merge_base_commit.sha ?? null;
}

/** Beyond the limits of the lists the two git trees are compared. */
async function compareTrees(access: RepositoryAccess, base: string, head: string): Promise<Differences> {
  const [before, after] = await Promise.all([listContentIds(access, base), listContentIds(access, head)]);
  return { mergeBase: base, files: compareListings(before, after) };
}

async function listFiles(
  { client, repository }: RepositoryAccess,
  { number, changedFiles: expected }: ChangedPullRequest,
): Promise<readonly ChangedFile[]> {
  const pages = Array.from({ length: Math.ceil(expected / PAGE) }, (_, index) => index + 1);
  const answers = await Promise.all(
    pages.map((page) =>
      ask('files', () => client.rest.pulls.listFiles({ ...repository, pull_number: number, per_page: PAGE, page })),
    ),
  );
  const listed = answers.flatMap(({ data }) => data);
  // A page that shifts while others are read can repeat one file and lose another.
  const folded = parseChangedFiles(listed);
  const found = new Set(listed.map(({ filename }) => filename)).size;
  if (listed.length !== expected || found !== folded.length) {
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

/** A file that became a link has the same git id if it says the same, and is another content. */
async function listContentIds(access: RepositoryAccess, commit: string): Promise<ReadonlyMap<string, string>> {
  const files = await listTreeFiles(access, commit);
  return new Map([...files].map(([path, { id, link }]) => [path, `${id} ${link}`]));
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

/** GitHub leaves patches out of long lists without a mark. Below this number of changed lines it does not. */
const SURE_LINES = 10_000;

function parseChangedFiles(listed: readonly ListedFile[]): readonly ChangedFile[] {
  const lines = listed.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  return foldTypeChanges(listed.map((file) => parseChangedFile(file, lines < SURE_LINES)));
}

function parseChangedFile(file: ListedFile, hasAllPatches: boolean): ChangedFile {
  const status = Object.hasOwn(STATUSES, file.status) ? STATUSES[file.status] : undefined;
  if (status === undefined || (status === 'renamed' && file.previous_filename === undefined)) {
    throw partialAnswer('files');
  }
  const lines = parseLines(file, status === 'renamed' && hasAllPatches);
  const known = { path: file.filename, status, ...(lines === null ? {} : { lines }) };
  return status === 'renamed' && file.previous_filename !== undefined
    ? { ...known, previousPath: file.previous_filename }
    : known;
}

/**
 * The lines of a patch that is complete. A modified file without a patch may be binary, too large, or one of those that
 * GitHub left out, so nothing is known of it; only a renamed one may be unchanged.
 */
function parseLines(
  { patch, additions, deletions, status }: ListedFile,
  mayBeUnchanged: boolean,
): readonly ChangedLine[] | null {
  if (patch === undefined) return mayBeUnchanged && additions + deletions === 0 ? [] : null;
  const lines = status === 'copied' ? null : parsePatch(patch);
  return lines?.length === additions + deletions ? lines : null;
}
