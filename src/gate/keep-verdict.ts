/**
 * Keeps an existing verdict. If many pull requests are evaluated at once, most have not changed since their last run. A pull
 * request that would get the same status and comment again gets none, so it needs no `pending` either. All deciding facts are
 * read and reviewed again. If anything differs or is unknown, the evaluation that writes follows.
 */
import { isDeepStrictEqual } from 'node:util';
import { equalsStatus, isContext, isVerdict } from '../github/commit-status.ts';
import { parseRecord } from '../github/evaluations/evaluation-record.ts';
import type { CommitStatus, PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import type { Policy } from '../model/policy.ts';
import { readEvaluationFacts } from './facts.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, toDecidedOutcome } from './outcome.ts';
import { chooseContext } from './protected-bases.ts';
import { buildRecord, buildVerdictStatus, planComment } from './publish.ts';
import { asksForReviewers } from './request-reviewers.ts';
import { reviewFacts } from './review-pull-request.ts';

/**
 * The outcome of a pull request with an up-to-date status and comment. Null: they are outdated, or this is unknown, also
 * because a request failed. The gate's account and GitHub's time come from this run's last write. Never throws.
 */
export async function keepVerdict(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  options: RunOptions,
): Promise<Outcome | null> {
  try {
    return await findSameVerdict(connection, pullRequest, options);
  } catch {
    return null; // the following evaluation fails in the same way and reports it
  }
}

async function findSameVerdict(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  options: RunOptions,
): Promise<Outcome | null> {
  const { number, open, headSha, baseBranch, withSameHead } = pullRequest;
  const { creator, createdAt: now } = connection.lastWritten ?? { creator: null, createdAt: '' };
  // A verdict that several pull requests share depends on all of them.
  if (creator === null || !open || withSameHead.length > 0) return null;
  const context = await chooseContext(connection, pullRequest, options);
  const status = findOnlyStatus(pullRequest, context);
  const known = parseRecord(status?.targetUrl ?? '');
  if (status === null || known === null || !isVerdict(status) || status.context !== context) return null;
  if (status.creator?.id !== creator.id || status.creator.bot !== creator.bot) return null;
  if (known.pullRequest !== number || known.base !== baseBranch || hasEventSince(pullRequest, known.read)) return null;

  const facts = await readEvaluationFacts(connection, pullRequest, { context, creator }, options);
  const { lastEvaluation, unproven, ownComments, policy } = facts;
  const isLast = lastEvaluation?.status === `${headSha}@${status.createdAt}`;
  if (!isLast || unproven.length > 0 || ownComments.length > 1 || hasEmergency(pullRequest, policy.policy)) return null;
  const { report, changeDigest } = await reviewFacts(facts, now, options);
  const [comment = null] = ownComments;
  const record = buildRecord({ facts, report, changeDigest, readAt: known.read }, comment?.id ?? null);
  const isSame =
    isDeepStrictEqual(record, { ...known, since: lastEvaluation.since }) &&
    equalsStatus(status, buildVerdictStatus(report)) &&
    planComment(facts, report, options) === null;
  const isDone = !report.labels.rejected.some(({ dropped }) => dropped === true) && !asksForReviewers(facts, report);
  return isSame && isDone ? toDecidedOutcome(report, comment?.url) : null;
}

/** The status of the context on the head, by any account; null: missing, several in other letter case, or not known. */
function findOnlyStatus({ commits, headSha }: PullRequestFacts, context: string): CommitStatus | null {
  const statuses = commits.find(({ sha }) => sha === headSha)?.statuses ?? [];
  const [status = null, ...others] = statuses.filter((one) => isContext(one, context));
  return others.length > 0 ? null : status;
}

/** Whether something is in the timeline that the evaluation of that time has not seen. */
function hasEventSince({ labelEvents, forcePushes, baseChanges }: PullRequestFacts, read: string): boolean {
  return [...labelEvents, ...forcePushes, ...baseChanges].some(({ at }) => at === null || at > read);
}

/** An emergency ends by the clock, which only an answer to a write of the moment has. */
function hasEmergency({ labels }: PullRequestFacts, { breakGlass }: Policy): boolean {
  return labels.some((label) => label.toLowerCase() === breakGlass?.label.toLowerCase());
}
