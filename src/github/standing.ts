/**
 * The chain of evaluations: each verdict status carries the fingerprint it judged and since when that stands. Only a
 * status of the gate's own identity proves anything, and only GitHub's clock counts.
 */
import type { Account, Standing } from '../model/pull-request.ts';
import type { CommitFacts, CommitStatus, PullRequestFacts } from './pull-request-facts.ts';

/** What a verdict status says besides its state, in the query of its target address. */
export interface EvaluationRecord {
  readonly fingerprint: string;
  readonly pullRequest: number;
  /** ISO 8601; null: since the status itself. */
  readonly since: string | null;
}

/** The address a status points to: the run's page, with the record behind it. */
export function recordAddress(page: string, record: EvaluationRecord): string {
  const url = new URL(page);
  url.searchParams.set('fingerprint', record.fingerprint);
  url.searchParams.set('pull-request', String(record.pullRequest));
  if (record.since !== null) url.searchParams.set('since', record.since);
  return url.toString();
}

/** The record in a status' address, or null when it carries none (a `pending` or an error). */
export function recordIn(targetUrl: string): EvaluationRecord | null {
  if (!URL.canParse(targetUrl)) return null;
  const { searchParams } = new URL(targetUrl);
  const fingerprint = searchParams.get('fingerprint') ?? '';
  const pullRequest = Number(searchParams.get('pull-request') ?? Number.NaN);
  if (!/^[0-9a-f]{64}$/.test(fingerprint) || !Number.isSafeInteger(pullRequest)) return null;
  const since = searchParams.get('since');
  return { fingerprint, pullRequest, since: since !== null && !Number.isNaN(Date.parse(since)) ? since : null };
}

/** How far back the chain is followed when each commit costs a request. */
const MAX_LOOKUPS = 30;

/**
 * The last evaluation of this pull request by `identity`: on the head, on the head before the push, on older commits,
 * newest first. Null: there is none, so approvals must be given (again).
 * @param listStatuses all statuses of a commit, newest first; asked only where the latest one does not tell.
 */
export async function lastEvaluation(
  facts: PullRequestFacts,
  identity: Account,
  context: string,
  listStatuses: (sha: string) => Promise<readonly CommitStatus[]>,
): Promise<Standing | null> {
  const head = facts.commits.find((commit) => commit.sha === facts.headSha) ?? { sha: facts.headSha, statuses: null };
  const commits = [head, ...(facts.before === null ? [] : [facts.before]), ...facts.commits];
  const seen = new Set<string>();
  let lookups = 0;
  for (const commit of commits) {
    if (seen.has(commit.sha)) continue;
    seen.add(commit.sha);
    const latest = latestOf(commit, context);
    if (latest === null) continue;
    const known = latest === undefined ? null : evaluationOf([latest], commit.sha, facts.number, identity, context);
    if (known !== null) return known;
    if (lookups >= MAX_LOOKUPS) return null;
    lookups += 1;
    const listed = evaluationOf(await listStatuses(commit.sha), commit.sha, facts.number, identity, context);
    if (listed !== null) return listed;
  }
  return null;
}

/** The latest status of the context; null: there is none; undefined: it has not been asked for. */
function latestOf(commit: CommitFacts, context: string): CommitStatus | null | undefined {
  if (commit.statuses === null) return undefined;
  return commit.statuses.find((status) => status.context === context) ?? null;
}

function evaluationOf(
  statuses: readonly CommitStatus[],
  sha: string,
  pullRequest: number,
  identity: Account,
  context: string,
): Standing | null {
  for (const status of statuses) {
    if (status.context !== context || status.creator?.id !== identity.id || status.creator.bot !== identity.bot)
      continue;
    const record = recordIn(status.targetUrl);
    if (record === null || record.pullRequest !== pullRequest) continue;
    return {
      fingerprint: record.fingerprint,
      since: record.since ?? status.createdAt,
      status: `${sha}@${status.createdAt}`,
    };
  }
  return null;
}
