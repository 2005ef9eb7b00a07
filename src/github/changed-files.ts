/** Which files a pull request or a merge group changes. The list is complete or the run fails: a partial list is never passed. */
import { compareListings, parsePatch } from '../model/changed-files.ts';
import { PlatformError } from '../model/errors.ts';
import type { ChangedFile, ChangedLine, FileStatus, Side } from '../model/source.ts';
import { ask, createPartialError, getHttpStatus } from './client.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';
import type { RepositoryAccess } from './repository-connection.ts';
import { listTreeEntries } from './tree.ts';

/** GitHub's comparison shows at most this many files, the list of a pull request's files at most 3,000. */
const COMPARISON_LIMIT = 300;
const LIST_LIMIT = 3000;
const PAGE = 100;

/** The common ancestor and the changes since. */
export interface Differences {
  readonly mergeBase: string;
  /** Number of commits that the head has beyond the base; null if GitHub refuses the comparison. */
  readonly commits: number | null;
  readonly files: readonly ChangedFile[];
}

type ChangedPullRequest = Pick<PullRequestFacts, 'number' | 'changedFiles'>;

/** The two commits to compare. */
export interface CommitPair {
  readonly base: string;
  readonly head: string;
}

/** A comparison that was requested before it was known to be needed. `branch` may be a commit as well. */
export interface EarlyComparison {
  readonly branch: string;
  readonly head: string;
  /** Null if GitHub refuses the comparison, undefined if it failed in another way. Never rejects. */
  readonly answer: ReturnType<typeof compare> | Promise<undefined>;
}

interface ListedFile {
  /** The content's id; for a removed file its last one. */
  readonly sha: string | null;
  readonly filename: string;
  readonly previous_filename?: string | undefined;
  readonly status: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string | undefined;
}

/** Begins to compare a head with the current tip of its base branch. `commits` limits the commits in the answer. */
export function compareEarly(access: RepositoryAccess, branch: string, head: string, commits = 1): EarlyComparison {
  const answer = compare(access, `${branch}...${head}`, 1, commits).catch(() => undefined) as EarlyComparison['answer'];
  return { branch, head, answer };
}

/**
 * Compares two commits from their common ancestor. `pullRequest` contains GitHub's number of changed files; null for a merge
 * group, which has none. GitHub computes that number and the lists separately, and either may be from an older push. If they
 * differ, or a list may be cut, git's own trees decide. `early` counts if it compared these very commits.
 * @throws PlatformError
 */
export async function listDifferences(
  access: RepositoryAccess,
  { base, head }: CommitPair,
  pullRequest: ChangedPullRequest | null,
  early: EarlyComparison | null = null,
): Promise<Differences> {
  const known = early?.head === head ? await early.answer : undefined;
  const isKnown = known === null || known?.base_commit.sha === base;
  const comparison = isKnown ? known : await compare(access, `${base}...${head}`);
  const commits = comparison?.total_commits ?? null;
  const mergeBase = comparison?.merge_base_commit.sha ?? (await findMergeBase(access, base, head)) ?? base;
  const compared = comparison?.files ?? [];
  const isCut = compared.length >= COMPARISON_LIMIT;
  const isWhole = comparison !== null && !isCut && compared.length === (pullRequest?.changedFiles ?? compared.length);
  if (isWhole) return { mergeBase, commits, files: parseChangedFiles(compared) };
  const [before, after, more] = await Promise.all([
    listContentIds(access, mergeBase),
    listContentIds(access, head),
    isCut && pullRequest !== null && pullRequest.changedFiles < LIST_LIMIT ? listMoreFiles(access, pullRequest) : [],
  ]);
  const findContent = (file: ChangedFile) => (file.status === 'removed' ? before : after).get(file.path);
  return {
    mergeBase,
    commits,
    files: addLines(
      addPointers(compareListings(before, after), { before, after }),
      [...compared, ...more],
      findContent,
    ),
  };
}

/** Statuses with which GitHub refuses to compare these commits at every attempt: too large, or unrelated. */
const NOT_COMPARED: ReadonlySet<number> = new Set([404, 422, 500, 502, 503, 504]);

/** GitHub's comparison; null if GitHub refuses it. Only the first page has files, which GitHub takes long to compute. */
async function compare({ client, repository }: RepositoryAccess, basehead: string, page = 1, commits = 1) {
  try {
    const { data } = await ask('comparison', () =>
      client.rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: commits, page }),
    );
    return data;
  } catch (error) {
    if (error instanceof PlatformError && NOT_COMPARED.has(getHttpStatus(error.cause) ?? 0)) return null;
    throw error;
  }
}

/** The common ancestor, from a page of the comparison without files; null if there is none. */
async function findMergeBase(access: RepositoryAccess, base: string, head: string): Promise<string | null> {
  return (await compare(access, `${base}...${head}`, 2))?.merge_base_commit.sha ?? null;
}

/** The files of a pull request that its comparison does not show any more. */
async function listMoreFiles(
  { client, repository }: RepositoryAccess,
  { number, changedFiles }: ChangedPullRequest,
): Promise<readonly ListedFile[]> {
  const shown = COMPARISON_LIMIT / PAGE;
  const pages = Array.from({ length: Math.ceil(changedFiles / PAGE) }, (_, index) => index + 1).slice(shown);
  const answers = await Promise.all(
    pages.map((page) =>
      ask('files', () => client.rest.pulls.listFiles({ ...repository, pull_number: number, per_page: PAGE, page })),
    ),
  );
  return answers.flatMap(({ data }) => data);
}

const SUBMODULE = 'submodule';

/** Submodules with the lines that git shows of them. */
function addPointers(
  files: readonly ChangedFile[],
  { before, after }: Readonly<Record<'before' | 'after', ReadonlyMap<string, string>>>,
): readonly ChangedFile[] {
  const listPointer = (side: Side, content: string | undefined): readonly ChangedLine[] => {
    const [commit, kind] = content?.split(' ') ?? [];
    return kind === SUBMODULE ? [{ side, line: 1, text: `Subproject commit ${commit}` }] : [];
  };
  return files.map((file) => {
    if (file.status === 'renamed') return file;
    const lines = [...listPointer('base', before.get(file.path)), ...listPointer('head', after.get(file.path))];
    return lines.length === 0 ? file : { ...file, lines };
  });
}

/** The changed lines from GitHub's list, for the files that are in it with the content of these commits. */
function addLines(
  files: readonly ChangedFile[],
  listed: readonly ListedFile[],
  findContent: (file: ChangedFile) => string | undefined,
): readonly ChangedFile[] {
  const ids = new Map(listed.map(({ filename, sha }) => [filename, sha]));
  const known = new Map(parseChangedFiles(listed).map((file) => [file.path, file]));
  return files.map((file) => {
    const same = known.get(file.path);
    const isSame = same?.status === file.status && findContent(file)?.split(' ', 1)[0] === ids.get(file.path);
    return isSame && same.lines !== undefined ? { ...file, lines: same.lines } : file;
  });
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

/** A file that became a link with the same text has the same git id, but its content is another one. */
async function listContentIds(access: RepositoryAccess, commit: string): Promise<ReadonlyMap<string, string>> {
  const files = await listTreeEntries(access, commit);
  return new Map(
    [...files].map(([path, { id, link, submodule }]) => [
      path,
      link ? `${id} link` : submodule ? `${id} ${SUBMODULE}` : id,
    ]),
  );
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
const COUNTED_LINES = 10_000;

function parseChangedFiles(listed: readonly ListedFile[]): readonly ChangedFile[] {
  const lines = listed.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  return foldTypeChanges(listed.map((file) => parseChangedFile(file, lines < COUNTED_LINES)));
}

function parseChangedFile(file: ListedFile, hasAllPatches: boolean): ChangedFile {
  const status = Object.hasOwn(STATUSES, file.status) ? STATUSES[file.status] : undefined;
  if (status === undefined || (status === 'renamed' && file.previous_filename === undefined)) {
    throw createPartialError('files');
  }
  const lines = parseLines(file, status === 'renamed' && hasAllPatches);
  const known = {
    path: file.filename,
    status,
    ...(lines === null ? {} : { lines }),
    ...(typeof file.sha === 'string' ? { contentId: file.sha } : {}),
  };
  return status === 'renamed' && file.previous_filename !== undefined
    ? { ...known, previousPath: file.previous_filename }
    : known;
}

/**
 * The lines of a complete patch. A modified file without a patch may be binary, too large, or left out by GitHub, so its lines
 * are unknown. Only a renamed file without a patch may be unchanged.
 */
function parseLines(
  { patch, additions, deletions, status }: ListedFile,
  mayBeUnchanged: boolean,
): readonly ChangedLine[] | null {
  if (patch === undefined) return mayBeUnchanged && additions + deletions === 0 ? [] : null;
  const lines = status === 'copied' ? null : parsePatch(patch);
  return lines?.length === additions + deletions ? lines : null;
}
