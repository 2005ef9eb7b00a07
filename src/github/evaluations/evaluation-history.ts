/**
 * The facts about a pull request that the gate's own statuses prove: the last evaluated change, since when it is the same, and
 * its pushers. Only a status of the gate's own identity proves anything, and only GitHub's clock counts.
 */
import type { Account, EvaluationRecord, UnprovenTime } from '../../model/pull-request.ts';
import { isContext } from '../commit-status.ts';
import type { CommitFacts, CommitStatus, PullRequestFacts } from '../pull-request-facts.ts';
import { findUnprovenTimes, leadsToHead } from './continuity.ts';
import { parseRecord, type StatusRecord } from './evaluation-record.ts';

/** Number of commits to search for statuses if each commit costs a request. */
const MAX_LOOKUPS = 30;

/** An evaluation and the commit that it was published on. */
export interface PublishedEvaluation extends StatusRecord {
  readonly sha: string;
  /** ISO 8601: when its status was written. */
  readonly at: string;
}

/** The evaluations of a pull request as far as they are found. */
export interface EvaluationHistory {
  /** The last one, if all changes on the head since are proven; null: approvals must be given (again). */
  readonly last: EvaluationRecord | null;
  /** When something else than that was, or may have been, on the pull request since. */
  readonly unproven: readonly UnprovenTime[];
  /** The newest one that was found, regardless of later events. */
  readonly newest: PublishedEvaluation | null;
  /** Ids of all pushers that any of them names. */
  readonly pushers: readonly number[];
}

/** No evaluation is known. */
export const NO_HISTORY: EvaluationHistory = { last: null, unproven: [], newest: null, pushers: [] };

/** The account and context of the statuses that count, and a function that reads all statuses of a commit. */
export interface StatusQuestion {
  readonly identity: Account;
  readonly context: string;
  /** All statuses of a commit, newest first. @throws PlatformError */
  listStatuses(sha: string): Promise<readonly CommitStatus[]>;
}

/**
 * Reads the evaluations of this pull request by `identity`: those on the head and its ancestors, newest first, down to the
 * first one. If the head was replaced meanwhile, evaluations on the replaced commits count as well.
 */
export async function readEvaluationHistory(
  facts: PullRequestFacts,
  { identity, context, listStatuses }: StatusQuestion,
): Promise<EvaluationHistory> {
  const known = new Map<string, PublishedEvaluation | null>();
  let lookups = 0;
  const findEvaluationOn = async (commit: CommitFacts): Promise<PublishedEvaluation | null> => {
    const remembered = known.get(commit.sha);
    if (remembered !== undefined) return remembered;
    const latest = findLatest(commit, context);
    let found = latest ? findEvaluation([latest], commit.sha, facts.number, identity, context) : null;
    if (latest !== null && found === null) {
      lookups += 1;
      if (lookups > MAX_LOOKUPS) return null;
      found = findEvaluation(await listStatuses(commit.sha), commit.sha, facts.number, identity, context);
    }
    known.set(commit.sha, found);
    return found;
  };

  const head = facts.commits.find(({ sha }) => sha === facts.headSha) ?? { ...UNKNOWN_COMMIT, sha: facts.headSha };
  const line = [head, ...facts.commits];
  let first: PublishedEvaluation | null = null;
  for (const commit of line) {
    first = await findEvaluationOn(commit);
    if (first !== null || lookups > MAX_LOOKUPS) break;
  }
  const gone = facts.before === null || line.some(({ sha }) => sha === facts.before?.sha) ? [] : [facts.before];
  const isReplaced = facts.forcePushes.some(({ at }) => at >= (first?.read ?? ''));
  if (gone.length > 0 || isReplaced) {
    for (const { before, after } of facts.forcePushes) gone.push(...[before, after].filter((one) => one !== null));
    for (const commit of [...line, ...gone]) await findEvaluationOn(commit);
  }
  const newestFirst = [...known.values()].filter((found) => found !== null).sort((a, b) => (a.at < b.at ? 1 : -1));
  const [newest = null] = newestFirst;
  const pushers = [...new Set(newestFirst.flatMap((evaluation) => evaluation.pushers))];
  const isContradicted = newestFirst.some(
    ({ at, fingerprint }) => at === newest?.at && fingerprint !== newest.fingerprint,
  );
  if (newest === null || isContradicted || lookups > MAX_LOOKUPS) return { ...NO_HISTORY, newest, pushers };
  const isSame = newest.base === facts.baseBranch && leadsToHead(newest, facts, line);
  if (!isSame) return { ...NO_HISTORY, newest, pushers };
  const { fingerprint, since, at, sha } = newest;
  const last = { fingerprint, since: since ?? at, status: `${sha}@${at}` };
  return { last, unproven: findUnprovenTimes(newest, facts), newest, pushers };
}

const UNKNOWN_COMMIT = { statuses: null, parents: [], authors: [] };

/** The latest status of the context; null if there is none, undefined if it was not requested. */
function findLatest(commit: CommitFacts, context: string): CommitStatus | null | undefined {
  if (commit.statuses === null) return undefined;
  return commit.statuses.find((status) => isContext(status, context)) ?? null;
}

function findEvaluation(
  statuses: readonly CommitStatus[],
  sha: string,
  pullRequest: number,
  identity: Account,
  context: string,
): PublishedEvaluation | null {
  for (const status of statuses) {
    if (!isContext(status, context) || status.creator?.id !== identity.id || status.creator.bot !== identity.bot)
      continue;
    const record = parseRecord(status.targetUrl);
    if (record !== null && record.pullRequest === pullRequest) return { ...record, sha, at: status.createdAt };
  }
  return null;
}
