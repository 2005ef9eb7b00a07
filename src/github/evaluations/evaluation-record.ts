/**
 * The chain of evaluations: each verdict status carries the fingerprint it judged and since when that stands. Only a
 * status of the gate's own identity proves anything, and only GitHub's clock counts.
 */

import type { Account, EvaluationRecord } from '../../model/pull-request.ts';
import { webAddress } from '../../model/web-address.ts';
import { listStatuses } from '../commit-status.ts';
import type { CommitFacts, CommitStatus, PullRequestFacts } from '../pull-request-facts.ts';
import type { RepositoryConnection } from '../repository-connection.ts';

/** What a verdict status says besides its state, in the query of its target address. */
export interface StatusRecord {
  readonly fingerprint: string;
  readonly pullRequest: number;
  /** ISO 8601; null: since the status itself. */
  readonly since: string | null;
}

/** The address a status points to: the run's page, with the record behind it. */
export function recordAddress(page: string, record: StatusRecord): string {
  const url = new URL(page);
  url.searchParams.set('fingerprint', record.fingerprint);
  url.searchParams.set('pull-request', String(record.pullRequest));
  if (record.since !== null) url.searchParams.set('since', record.since);
  return url.toString();
}

/** The record in a status' address, or null when it carries none (a `pending` or an error). */
export function parseRecord(targetUrl: string): StatusRecord | null {
  const searchParams = webAddress(targetUrl)?.searchParams ?? null;
  if (searchParams === null) return null;
  const fingerprint = searchParams.get('fingerprint') ?? '';
  const pullRequest = Number(searchParams.get('pull-request') ?? Number.NaN);
  if (!/^[0-9a-f]{64}$/.test(fingerprint) || !Number.isSafeInteger(pullRequest)) return null;
  const since = searchParams.get('since');
  return { fingerprint, pullRequest, since: since !== null && !Number.isNaN(Date.parse(since)) ? since : null };
}

/** How far back the chain is followed when each commit costs a request. */
const MAX_LOOKUPS = 30;

/** An evaluation and where it was published. */
interface Evaluation extends EvaluationRecord {
  readonly sha: string;
  /** ISO 8601: when its status was written. */
  readonly at: string;
}

/**
 * The last evaluation of this pull request by `identity`, when the change it judged has stood ever since: found on the
 * head or its ancestors, newest first. Where the head was replaced meanwhile, the evaluations of the commits that are
 * gone count as well, and a replacement that hides what came between breaks the chain. Null: nothing is proven, so
 * approvals must be given (again).
 */
export async function findLastEvaluation(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  identity: Account,
  context: string,
): Promise<EvaluationRecord | null> {
  const known = new Map<string, Evaluation | null>();
  let lookups = 0;
  const isOwn = ({ context: name, creator }: CommitStatus) =>
    name === context && creator?.id === identity.id && creator.bot === identity.bot;
  const findIn = (statuses: readonly CommitStatus[], sha: string): Evaluation | null =>
    statuses.flatMap((status) => (isOwn(status) ? (parseEvaluation(status, sha, facts.number) ?? []) : []))[0] ?? null;
  const findOn = async ({ sha, statuses }: CommitFacts): Promise<Evaluation | null> => {
    const remembered = known.get(sha);
    if (remembered !== undefined) return remembered;
    const latest = statuses?.filter((status) => status.context === context) ?? null;
    let found = latest === null ? null : findIn(latest.slice(0, 1), sha);
    if (found === null && latest?.length !== 0) {
      lookups += 1;
      if (lookups > MAX_LOOKUPS) return null;
      found = findIn(await listStatuses(connection, sha), sha);
    }
    known.set(sha, found);
    return found;
  };

  const head = facts.commits.find((commit) => commit.sha === facts.headSha) ?? { sha: facts.headSha, statuses: null };
  const line = [head, ...facts.commits];
  let last: Evaluation | null = null;
  for (const commit of line) {
    last = await findOn(commit);
    if (last !== null || lookups > MAX_LOOKUPS) break;
  }
  const gone = facts.before === null || line.some(({ sha }) => sha === facts.before?.sha) ? [] : [facts.before];
  const since = last?.at ?? '';
  if (gone.length === 0 && facts.forcePushes.every(({ at }) => at < since)) return last;

  for (const { before, after } of facts.forcePushes) gone.push(...[before, after].filter((commit) => commit !== null));
  for (const commit of [...line, ...gone]) await findOn(commit);
  if (lookups > MAX_LOOKUPS) return null;
  const newestFirst = [...known.values()].filter((found) => found !== null).sort((a, b) => (a.at < b.at ? 1 : -1));
  const [newest] = newestFirst;
  if (newest === undefined) return null;
  const contradicted = newestFirst.some(
    ({ at, fingerprint }) => at === newest.at && fingerprint !== newest.fingerprint,
  );
  return !contradicted && leadsToHead(newest, facts, line) ? newest : null;
}

/**
 * Whether every replacement of the head since an evaluation is known, each starting where the one before ended. Pushes
 * between two of them may have shown another change that was evaluated, on commits that nothing leads to any more.
 */
function leadsToHead(evaluation: Evaluation, facts: PullRequestFacts, line: readonly CommitFacts[]): boolean {
  const moves = facts.forcePushes.filter(({ at }) => at >= evaluation.at);
  const onlyBefore = moves.length <= 1 ? facts.before?.sha : undefined;
  let place = evaluation.sha;
  for (const { before, after } of moves) {
    if ((before?.sha ?? onlyBefore) !== place) return false;
    place = after?.sha ?? facts.headSha;
  }
  return line.some(({ sha }) => sha === place) || (moves.length === 0 && place === onlyBefore);
}

function parseEvaluation(status: CommitStatus, sha: string, pullRequest: number): Evaluation | null {
  const record = parseRecord(status.targetUrl);
  if (record === null || record.pullRequest !== pullRequest) return null;
  const at = status.createdAt;
  return { fingerprint: record.fingerprint, since: record.since ?? at, status: `${sha}@${at}`, sha, at };
}
