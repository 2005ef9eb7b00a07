/**
 * One pull request from facts to verdict. The order of the writes is the contract: `pending` first, then the comment,
 * then the head is read again, then labels that no longer count go, and the verdict is last.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { getHttpStatus } from '../github/client.ts';
import {
  countStatuses,
  listStatuses,
  MAX_STATUSES,
  type StatusText,
  withStatusCount,
  writeStatus,
} from '../github/commit-status.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { decideAuthorship } from '../plan/authorship.ts';
import { statusWords } from '../render/status.ts';
import type { Review } from '../review/review.ts';
import { type EvaluationFacts, readEvaluationFacts } from './facts.ts';
import {
  type EventFacts,
  type FirstRequests,
  NO_EVENT_FACTS,
  readPullRequest,
  readPullRequests,
  sendFirstRequests,
} from './first-requests.ts';
import { changesNothing } from './label-event.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, Superseded, toFailedOutcome, toFailure } from './outcome.ts';
import { chooseContext, isProtectedBase } from './protected-bases.ts';
import { type PendingStatus, publish } from './publish.ts';
import { reviewFacts, reviewPullRequest } from './review-pull-request.ts';

/** How often a run starts again if the pull request has changed and no other run is known to follow. */
const ATTEMPTS = 3;

const NOT_SETTLED = messages.notSettled();

/** The subject of the evaluation, the same for each attempt. */
interface Evaluation {
  readonly connection: RepositoryConnection;
  readonly number: number;
  readonly eventFacts: EventFacts;
  readonly options: RunOptions;
}

/** The pull request is closed or the event changes nothing, so it gets no verdict and no status. */
interface Untouched {
  readonly untouched: PullRequestFacts;
}

/** A pull request's facts and the results derived from them. */
interface Reviewed {
  readonly facts: EvaluationFacts;
  readonly review: Review;
}

/** The pull request moved during an attempt, after this status was written. */
interface Again {
  readonly again: PendingStatus;
  readonly reason: Superseded;
}

/**
 * Evaluates one pull request and publishes the report. A closed pull request has no outcome, and neither has an event that
 * changes nothing. If the event closed it, the pull requests with the same head are evaluated instead. Never throws: a failure
 * is an outcome that does not pass.
 */
export async function evaluatePullRequest(
  connection: RepositoryConnection,
  number: number,
  eventFacts: EventFacts,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const evaluation = { connection, number, eventFacts, options };
  const first = eventFacts.first ?? sendFirstRequests(connection, number, eventFacts, options);
  let result = await attempt(evaluation, null, first);
  for (let made = 1; made < ATTEMPTS && 'again' in result; made++) {
    if (result.reason.id === NOT_SETTLED.id) await delay(options.settlingMs);
    result = await attempt(evaluation, result.again, null);
  }
  if ('again' in result) return [await publishFailure(evaluation, result.reason, result.again)];
  if (!('untouched' in result)) return [result];
  const outcomes: Outcome[] = [];
  for (const twin of eventFacts.closes ? listOnePerBase(result.untouched) : []) {
    outcomes.push(...(await evaluatePullRequest(connection, twin, NO_EVENT_FACTS, options)));
  }
  return outcomes;
}

/** Of the pull requests with the same head the oldest for each base: the others are the same change. */
function listOnePerBase({ withSameHead }: PullRequestFacts): readonly number[] {
  const newestFirst = [...withSameHead].sort((a, b) => b.number - a.number);
  return [...new Map(newestFirst.map(({ baseBranch, number }) => [baseBranch, number])).values()];
}

/** One attempt. `previous` is the output of the attempt before, `first` contains the requests that were already sent. */
async function attempt(
  evaluation: Evaluation,
  previous: PendingStatus | null,
  first: FirstRequests | null,
): Promise<Outcome | Again | Untouched> {
  const { connection, number, eventFacts, options } = evaluation;
  try {
    const pullRequest = await (first?.pullRequest ?? readPullRequest(connection, number, eventFacts, options));
    if (!pullRequest.open) return { untouched: pullRequest };
    const context = await chooseContext(connection, pullRequest, options);
    const { label } = eventFacts;
    if (label !== null && (await changesNothing(connection, { label, context }, pullRequest, options)))
      return { untouched: pullRequest };
    const writing = writePending(evaluation, pullRequest, context);
    const creator = writing.then((status) => status?.creator ?? null);
    const reading = readEvaluationFacts(
      connection,
      pullRequest,
      { context, creator, early: first?.comparison ?? null },
      options,
    );
    // Awaited below, or not at all if the other one has failed: then that is the failure to report.
    for (const started of [reading, creator]) started.catch(() => {});
    const pending = await writing;
    if (pending === null) return await evaluateReadOnly(await reading, options);
    return await decide(evaluation, pending, reading);
  } catch (error) {
    return publishFailure(evaluation, toFailure(error), previous);
  }
}

async function decide(
  evaluation: Evaluation,
  pending: PendingStatus,
  reading: Promise<EvaluationFacts>,
): Promise<Outcome | Again> {
  const { connection, options } = evaluation;
  const { count } = pending;
  try {
    if (count > MAX_STATUSES) throw new PlatformError(messages.tooManyEvaluations({ count }));
    const facts = await reading;
    const own = await reviewFacts(facts, pending.createdAt, options);
    const report = await reviewWithSameHead(evaluation, pending, { facts, review: own });
    const { changeDigest } = own;
    return await publish(connection, { facts, pending, report, changeDigest }, options);
  } catch (error) {
    const failure = toFailure(error);
    if (failure instanceof Superseded && !failure.newerRun) return { again: pending, reason: failure };
    return publishFailure(evaluation, failure, pending);
  }
}

/** `pending`. Its response also identifies the gate's account. Null: the token is read-only, by GitHub's design. */
async function writePending(
  { connection, eventFacts, options }: Evaluation,
  facts: PullRequestFacts,
  context: string,
): Promise<PendingStatus | null> {
  const { headSha } = facts;
  const { runUrl: targetUrl } = options;
  try {
    const text = { state: 'pending', description: statusWords.pending, targetUrl } as const;
    const status = await writeStatus(connection, headSha, context, text);
    const { creator } = status;
    const before = creator === null ? 0 : await countStatuses(connection, facts, context, creator);
    return { ...status, headSha, count: before + 1 };
  } catch (error) {
    const isForbidden = error instanceof PlatformError && error.id === 'github-forbidden';
    if (eventFacts.mayBeReadOnly && isForbidden && getHttpStatus(error.cause) === 403) return null;
    throw error;
  }
}

/** Limit of pull requests for the same base that are checked for an approval, because any user can open another one. */
const MAX_TWINS = 5;

/**
 * A status belongs to a commit, so it counts for every open pull request with that head. Pull requests for the same base are
 * the same change: an approval in one counts in all. A pull request for another base must pass as well. Otherwise the same
 * commit, offered to a branch that it does not change, would unblock it. If nothing requires the status, it unblocks nothing.
 */
async function reviewWithSameHead(evaluation: Evaluation, pending: PendingStatus, reviewed: Reviewed): Promise<Report> {
  const { connection, options } = evaluation;
  const { pullRequest } = reviewed.facts;
  const { baseBranch, defaultBranch } = pullRequest;
  const report = await reviewWithTwins(evaluation, pending, reviewed);
  if (report.verdict !== 'passed' || pending.context !== options.statusContext) return report;
  for (const { number, baseBranch: otherBase } of pullRequest.withSameHead) {
    if (otherBase === baseBranch) continue;
    if (!(await isProtectedBase(connection, { baseBranch: otherBase, defaultBranch }, options))) continue;
    const eventFacts = { ...NO_EVENT_FACTS, expectedBase: otherBase };
    const facts = await readPullRequest(connection, number, eventFacts, options);
    const other = await reviewPullRequest(connection, facts, pending, options);
    if (other.report.verdict === 'passed') continue;
    const problem = { ...messages.headShared({ number }), severity: 'refused' } as const;
    return { ...report, verdict: 'blocked', problems: [...report.problems, problem] };
  }
  return report;
}

/**
 * The report of the first pull request with the same change that passes, else this one's. An author of one of them cannot
 * approve in any of them. If nothing needs an approval, there is nothing to share.
 */
async function reviewWithTwins(
  { connection, options }: Evaluation,
  pending: PendingStatus,
  { facts: own, review: { report, changeDigest } }: Reviewed,
): Promise<Report> {
  const { baseBranch, baseSha, headSha, withSameHead } = own.pullRequest;
  const sameBase = withSameHead.filter((other) => other.baseBranch === baseBranch).sort((a, b) => a.number - b.number);
  if (sameBase.length === 0 || (report.verdict === 'passed' && report.labels.required.length === 0)) return report;
  const numbers = sameBase.slice(0, MAX_TWINS).map(({ number }) => number);
  const lists = new Map<string, ReturnType<typeof listStatuses>>();
  const listOnce = (sha: string) => {
    const list = lists.get(sha) ?? listStatuses(connection, sha);
    lists.set(sha, list);
    return list;
  };
  const readTwin = (twin: PullRequestFacts) => {
    const isSame = twin.headSha === headSha && twin.baseSha === baseSha;
    const reading = { ...pending, listStatuses: listOnce, ...(isSame ? { twin: own } : {}) };
    return readEvaluationFacts(connection, twin, reading, options);
  };
  const twins: EvaluationFacts[] = [];
  for (const twin of await readPullRequests(connection, numbers, baseBranch, options)) {
    if (twin.open) twins.push(await readTwin(twin));
  }
  const authors = [own, ...twins].flatMap(({ pullRequest }) => pullRequest.authors);
  const pushers = [own, ...twins].flatMap(({ pushes }) => decideAuthorship(pushes, changeDigest).pushers);
  const reviewAs = async (facts: EvaluationFacts): Promise<Report> => {
    const pullRequest = { ...facts.pullRequest, authors };
    const pushes = { ...facts.pushes, known: [...facts.pushes.known, ...pushers] };
    return (await reviewFacts({ ...facts, pullRequest, pushes }, pending.createdAt, options)).report;
  };
  const isApproved = ({ verdict, fingerprint }: Report) => verdict === 'passed' && fingerprint === report.fingerprint;
  const ownReport = await reviewAs(own);
  if (ownReport.verdict === 'passed') return ownReport;
  for (const twin of twins) {
    const approved = await reviewAs(twin);
    if (!isApproved(approved)) continue;
    const problem = { ...messages.sameHeadApproved({ number: twin.pullRequest.number }), severity: 'advice' } as const;
    const labels = { ...approved.labels, rejected: ownReport.labels.rejected };
    return { ...approved, labels, problems: [...approved.problems, problem] };
  }
  return ownReport;
}

/** Never throws, because the first failure is the one to report. Without a success the merge stays blocked. */
async function publishFailure(
  { connection, eventFacts, options }: Evaluation,
  failure: UsageError | PlatformError,
  pending: PendingStatus | null,
): Promise<Outcome> {
  // If not even the facts could be read, an earlier success must not stay on the event's head.
  const sha = pending?.headSha ?? eventFacts.expectedHead;
  if (sha !== null && failure instanceof Superseded && failure.newerRun) connection.pendingHeads.delete(sha);
  else if (sha !== null) {
    const { runUrl, statusContext } = options;
    const targetUrl = pending === null ? runUrl : withStatusCount(runUrl, pending.count + 1);
    const text: StatusText = { state: 'error', description: describeFailure(failure), targetUrl };
    await writeStatus(connection, sha, pending?.context ?? statusContext, text).catch(() => {});
  }
  return toFailedOutcome(failure);
}

function describeFailure(failure: UsageError | PlatformError): string {
  const place = failure instanceof UsageError ? failure.place : null;
  if (place === null) return statusWords.failed(failure);
  const parts = [place.file, place.line, place.column].filter((part) => part !== undefined);
  return statusWords.policyInvalid({ place: parts.join(':') });
}

/** A read-only token can neither prove nor publish anything, so its result is never a pass that counts. */
async function evaluateReadOnly(facts: EvaluationFacts, options: RunOptions): Promise<Outcome> {
  const now = new Date().toISOString(); // only dates depend on it: no label can count without an identity
  const { report } = await reviewFacts(facts, now, options);
  const failure = new PlatformError(messages.readOnly());
  if (options.mode === 'report') return { exit: 0, report, commentUrl: null, failure };
  return { exit: report.verdict === 'blocked' ? 1 : 3, report, commentUrl: null, failure };
}
