/** The commits of a history, each compared with its parent: few git processes for any number of commits, no checkout. */
import type { ChangedFile } from '../model/source.ts';
import { comparePaths, DIFF_FLAGS, parseNameStatus, withLines } from './diff.ts';
import { runGit, runGitForOutput } from './run.ts';

/** Which commits are read. */
export interface HistoryRange {
  /** A date in any form that git reads. */
  readonly since?: string | undefined;
  /** Git's own path patterns. They select the commits that change such a path, each as a whole. */
  readonly paths?: readonly string[];
  /** Most commits, the newest first. */
  readonly limit?: number | undefined;
}

/** A commit with one parent. */
export interface HistoryCommit {
  readonly commit: string;
  readonly parent: string;
  /** When it was committed, ISO 8601. */
  readonly date: string;
  readonly subject: string;
}

/** A commit and its differences from its parent; `changedFiles` is null if git could not compare them. */
export interface HistoryChange extends HistoryCommit {
  readonly changedFiles: readonly ChangedFile[] | null;
}

/** Commits compared by one git process. */
const COMMITS_AT_ONCE = 100;

/** The commits of the current branch without merges and without those that have no parent, newest first. @throws PlatformError */
export async function listHistory(repository: string, range: HistoryRange): Promise<readonly HistoryCommit[]> {
  const { since, paths = [], limit } = range;
  const listing = await runGitForOutput(repository, [
    'rev-list',
    '--max-parents=1',
    '--min-parents=1',
    '--encoding=UTF-8',
    '--format=%P%x00%cI%x00%s',
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    'HEAD',
    '--',
    ...paths,
  ]);
  const lines = listing.split('\n');
  return lines.flatMap((line, index) => {
    const commit = /^commit ([0-9a-f]{40,64})$/.exec(line)?.[1];
    const [parent = '', date = '', subject = ''] = (lines[index + 1] ?? '').split('\0');
    return commit === undefined || index % 2 > 0 ? [] : [{ commit, parent, date, subject }];
  });
}

/** Compares each commit with its parent, in the order given. */
export async function* compareHistory(
  repository: string,
  commits: readonly HistoryCommit[],
): AsyncGenerator<HistoryChange> {
  for (let start = 0; start < commits.length; start += COMMITS_AT_ONCE)
    yield* await compareBatch(repository, commits.slice(start, start + COMMITS_AT_ONCE));
}

/** One call for all of them. If git fails, one for each half, until the commit that it cannot compare is alone. */
async function compareBatch(repository: string, commits: readonly HistoryCommit[]): Promise<readonly HistoryChange[]> {
  const input = commits.map(({ commit, parent }) => `${commit} ${parent}\n`).join('');
  const ask = (format: readonly string[]) =>
    runGit(repository, ['diff-tree', '--stdin', ...format, ...DIFF_FLAGS], { input }).catch(() => null);
  const [names, patches] = await Promise.all([ask(['--name-status', '-z']), ask(['--patch'])]);
  if (commits.length > 1 && !(names?.ok && patches?.ok)) {
    const middle = Math.ceil(commits.length / 2);
    const first = await compareBatch(repository, commits.slice(0, middle));
    return [...first, ...(await compareBatch(repository, commits.slice(middle)))];
  }
  if (!names?.ok) return commits.map((commit) => ({ ...commit, changedFiles: null }));
  const fields = groupFields(names.stdout.toString('utf8'));
  const texts = splitPatches(patches?.ok ? patches.stdout.toString('utf8') : '');
  return commits.map((commit) => {
    const files = parseNameStatus(fields.get(commit.commit) ?? []);
    return { ...commit, changedFiles: [...withLines(files, texts.get(commit.commit) ?? '')].sort(comparePaths) };
  });
}

const COMMIT = /^[0-9a-f]{40,64}$/;

/** The fields of each commit: a status, then one path, or two for a rename or copy. */
function groupFields(listing: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  let group: string[] = [];
  const fields = listing.split('\0');
  for (let index = 0; index + 1 < fields.length; ) {
    const field = fields[index] ?? '';
    const length = COMMIT.test(field) ? 1 : /^[RC]/.test(field) ? 3 : 2;
    if (length === 1) {
      group = [];
      groups.set(field, group);
    } else group.push(...fields.slice(index, index + length));
    index += length;
  }
  for (const one of groups.values()) one.push(''); // as after the last field of a list
  return groups;
}

/** The patch of each commit. Every line of a patch begins with a sign or a word, so no line of it is a commit. */
function splitPatches(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/(?<![^\n])([0-9a-f]{40,64})\n/);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? '']] : [])));
}
