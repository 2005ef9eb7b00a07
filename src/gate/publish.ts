/**
 * Publishes a report on GitHub. The comment is first, then the state that the pull request has after it is checked, then stale
 * labels are removed, and the verdict is last.
 */
import { ask, getHttpStatus } from '../github/client.ts';
import { buildCommentMarker, findOwnComments, isSameText } from '../github/comment.ts';
import {
  isContext,
  isVerdict,
  listStatuses,
  MAX_STATUSES,
  type StatusText,
  type WrittenStatus,
  withStatusCount,
  writeStatus,
} from '../github/commit-status.ts';
import { type CurrentState, readCurrentState } from '../github/current-state.ts';
import { buildRecordAddress, type StatusRecord } from '../github/evaluations/evaluation-record.ts';
import type { CommitStatus } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { listApprovingReviews } from '../github/reviews.ts';
import { type CommentText, deleteComment, type WrittenComment, writeComment } from '../github/write-comment.ts';
import { PlatformError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { isUnproven } from '../plan/approvals.ts';
import { decideAuthorship } from '../plan/authorship.ts';
import { type MarkdownContext, renderMarkdown, renderShortMarkdown } from '../render/comment/markdown.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { describeStatus } from '../render/status.ts';
import { listKnownLabels } from './approver-facts.ts';
import type { EvaluationFacts } from './facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, Superseded, toDecidedOutcome } from './outcome.ts';
import { requestReviewers } from './request-reviewers.ts';

/** This run's first write: on which head, and how many statuses of the gate that has by now. */
export interface PendingStatus extends WrittenStatus {
  readonly headSha: string;
  readonly count: number;
}

/** A report, the facts that it is based on, and the status that announced it. */
export interface Evaluated {
  readonly facts: EvaluationFacts;
  readonly pending: PendingStatus;
  readonly report: Report;
  /** Digest of the changes alone. */
  readonly changeDigest: string;
}

/** Writes the verdict. @throws Superseded if another run has to decide, PlatformError if a write fails. */
export async function publish(
  connection: RepositoryConnection,
  evaluated: Evaluated,
  options: RunOptions,
): Promise<Outcome> {
  const { pending, facts } = evaluated;
  const { pullRequest, recorded } = facts;
  const { number, headSha } = pullRequest;
  const asked = { ...evaluated, report: await requestReviewers(connection, facts, evaluated.report) };
  const checkedAt = performance.now();
  const { comment, report, after } = await publishComment(connection, asked, options);
  const current = after ?? (await readStateAgain(connection, facts));
  checkCurrentState(current, facts);
  const { creator } = pending;
  const marker = buildCommentMarker(options.statusContext);
  const own = creator === null ? [] : findOwnComments(current.comments, { identity: creator, marker, recorded });
  const [oldest, ...duplicates] = own;
  for (const { id } of duplicates) await deleteComment(connection, id);
  const count = await checkLastStatus(connection, current, pending, options);
  if (comment !== null && oldest !== undefined && !isSameText(oldest.body, comment.body)) {
    throw new Superseded(messages.anotherRun(), false);
  }
  for (const { label, dropped } of report.labels.rejected) {
    if (dropped === true) await removeLabel(connection, number, label);
  }
  const record = buildRecord({ ...evaluated, readAt: pending.createdAt }, (oldest ?? comment)?.id ?? null);
  const address = buildRecordAddress(options.runUrl, record);
  const targetUrl = withStatusCount(address, count + 1);
  const verdict = buildVerdictStatus(report);
  await writeStatus(connection, headSha, pending.context, { ...verdict, targetUrl });
  if (verdict.state === 'success' && performance.now() - checkedAt > LATE_MS) {
    await recheckState(connection, evaluated, { targetUrl, runUrl: options.runUrl });
  }
  return toDecidedOutcome(report, (oldest ?? comment)?.url);
}

/** The facts of this evaluation for the next one. They were read at `readAt`. */
export function buildRecord(
  { facts, report, changeDigest, readAt }: Omit<Evaluated, 'pending'> & { readonly readAt: string },
  comment: number | null,
): StatusRecord {
  const { pullRequest, lastEvaluation, pushes } = facts;
  const { fingerprint } = report;
  const isSame = lastEvaluation?.fingerprint === fingerprint && !hasUnprovenLabel(facts, report);
  return {
    fingerprint,
    changes: changeDigest,
    pullRequest: pullRequest.number,
    base: pullRequest.baseBranch,
    read: readAt,
    since: isSame ? lastEvaluation.since : null,
    ...decideAuthorship(pushes, changeDigest),
    comment,
  };
}

/** A label that stays although it was added at an unproven time must not count later, when that time is forgotten. */
function hasUnprovenLabel({ pullRequest, policy, unproven }: EvaluationFacts, report: Report): boolean {
  const known = listKnownLabels(policy.policy);
  const removed = new Set(
    report.labels.rejected.flatMap(({ label, dropped }) => (dropped ? [label.toLowerCase()] : [])),
  );
  const present = new Set(pullRequest.labels.map((label) => label.toLowerCase()));
  return pullRequest.labelEvents.some(({ label, at }) => {
    const name = label.toLowerCase();
    return known.has(name) && present.has(name) && !removed.has(name) && isUnproven(at, unproven);
  });
}

/** A label that is already removed is fine. */
async function removeLabel({ client, repository }: RepositoryConnection, number: number, name: string): Promise<void> {
  await ask('remove-label', async () => {
    try {
      await client.rest.issues.removeLabel({ ...repository, issue_number: number, name });
    } catch (error) {
      if (getHttpStatus(error) !== 404) throw error;
    }
  });
}

/** Other labels may change: they do not decide anything, and their events need not cause a newer run. */
function isSameLabels(a: readonly string[], b: readonly string[], known: ReadonlySet<string>): boolean {
  const listRelevant = (labels: readonly string[]) =>
    labels.map((label) => label.toLowerCase()).filter((label) => known.has(label));
  return listRelevant(a).sort().join('\n') === listRelevant(b).sort().join('\n');
}

/** A run of the gate takes longer than this on GitHub, so none can begin and end between a read and a write in less. */
const LATE_MS = 2000;

/** A success that took long to be written may miss later events. @throws Superseded */
async function recheckState(
  connection: RepositoryConnection,
  { facts, pending }: Evaluated,
  { targetUrl, runUrl }: { readonly targetUrl: string; readonly runUrl: string },
): Promise<void> {
  const current = await readStateAgain(connection, facts);
  if (current.headSha !== pending.headSha) return; // the status is on a commit that is not merged
  checkCurrentState(current, facts);
  const statuses = await listStatuses(connection, pending.headSha);
  const [last, before] = statuses.filter((status) => isOwn(status, pending));
  const isOnlyRun = last?.targetUrl === targetUrl && before?.targetUrl === runUrl;
  if (pending.creator !== null && !isOnlyRun) throw new Superseded(messages.anotherRun(), false);
}

/** @throws Superseded if the pull request has changed since its evaluation. */
function checkCurrentState(
  current: CurrentState,
  { pullRequest, policy, approvingReviews = [] }: EvaluationFacts,
): void {
  if (current.headSha !== pullRequest.headSha) throw new Superseded(messages.headMoved(), true); // a push always starts a run
  if (current.baseBranch !== pullRequest.baseBranch) throw new Superseded(messages.baseMoved(), false);
  const known = listKnownLabels(policy.policy);
  if (!isSameLabels(current.labels, pullRequest.labels, known)) throw new Superseded(messages.labelsMoved(), false);
  const approving = new Set(listApprovingReviews(current.reviews ?? [], pullRequest).map(({ by }) => by.id));
  if (approvingReviews.some(({ by }) => !approving.has(by.id))) throw new Superseded(messages.reviewsMoved(), false);
}

function isOwn(status: CommitStatus, { context, creator }: PendingStatus): boolean {
  return isContext(status, context) && status.creator?.id === creator?.id;
}

/**
 * Of two runs at once only the one that began last may decide: the other one's facts are older. Returns how many statuses
 * there are by now. @throws Superseded if another run is active or has ended meanwhile.
 */
async function checkLastStatus(
  connection: RepositoryConnection,
  { headSha, statuses }: CurrentState,
  pending: PendingStatus,
  { runUrl }: RunOptions,
): Promise<number> {
  // Without an identity no label counts, so the last run to write cannot pass anything.
  if (pending.creator === null) return pending.count;
  const latest = statuses?.find((status) => isContext(status, pending.context));
  const isLatest = latest !== undefined && isOwn(latest, pending);
  const all = isLatest ? [latest] : await listStatuses(connection, headSha);
  const last = all.find((status) => isOwn(status, pending));
  if (last?.targetUrl !== runUrl) {
    // If a run has ended, only this one is left to decide. If GitHub shows an older status, the deciding run is unknown.
    const isAtWork = last !== undefined && last.createdAt >= pending.createdAt && !isVerdict(last);
    throw new Superseded(messages.anotherRun(), isAtWork);
  }
  const count = isLatest ? pending.count : all.filter((status) => isContext(status, pending.context)).length;
  if (count > MAX_STATUSES) throw new PlatformError(messages.tooManyEvaluations({ count }));
  return count;
}

interface PublishedComment {
  /** Null: there is none. */
  readonly comment: WrittenComment | null;
  /** The state of the pull request after the comment; null: not known. */
  readonly after: CurrentState | null;
  readonly report: Report;
}

/** The comment. GitHub refuses it in a locked conversation. Then the report mentions that, and the status has the verdict. */
async function publishComment(
  connection: RepositoryConnection,
  { facts, report }: Evaluated,
  options: RunOptions,
): Promise<PublishedComment> {
  const { pullRequest, ownComments } = facts;
  const [existing = null] = options.comment === 'never' ? [] : ownComments;
  const text = planComment(facts, report, options);
  if (text === null) return { comment: existing, after: null, report };
  try {
    const draft = { ...text, pullRequest, existing };
    const { comment, current: after } = await writeComment(connection, draft, dependsOnReviews(facts));
    return { comment, after, report };
  } catch (error) {
    const isRefused = error instanceof PlatformError && error.id === 'github-forbidden';
    if (!isRefused || !pullRequest.locked) throw error;
    const problem = { ...messages.conversationLocked(), severity: 'advice' } as const;
    return { comment: null, after: null, report: { ...report, problems: [...report.problems, problem] } };
  }
}

function readStateAgain(connection: RepositoryConnection, facts: EvaluationFacts): Promise<CurrentState> {
  return readCurrentState(connection, facts.pullRequest.number, dependsOnReviews(facts));
}

/** Whether the policy asks for reviews. Otherwise they were not read. */
function dependsOnReviews({ approvingReviews }: EvaluationFacts): boolean {
  return approvingReviews !== undefined;
}

/** The text of the comment; null if the comment has this text already, or if no comment is wanted. */
export function planComment(
  { pullRequest: { number }, ownComments }: EvaluationFacts,
  report: Report,
  options: RunOptions,
): CommentText | null {
  const existing = ownComments[0] ?? null;
  const isOmitted = options.comment === 'on-findings' && hasNoFindings(report) && existing === null;
  if (options.comment === 'never' || isOmitted) return null;
  const context: MarkdownContext = {
    ...buildMarkdownContext(report, options),
    pullRequest: number,
    ...(existing === null ? {} : { ticks: readTicks(existing.body) }),
  };
  const render = (at: string): CommentText => {
    const marked = { ...context, marker: `${buildCommentMarker(options.statusContext)}${at} -->` };
    const evaluated = { ...report, evaluation: { ...report.evaluation, at } };
    return {
      body: renderMarkdown(evaluated, marked),
      renderShortBody: () => renderShortMarkdown(evaluated, marked),
    };
  };
  const isUpToDate = existing !== null && isSameComment(existing.body, options.statusContext, render);
  return isUpToDate ? null : render(report.evaluation.at);
}

/** Whether the report contains nothing to know. Then no comment is created for it. */
function hasNoFindings(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.required.length === 0 && report.problems.length === 0;
}

/** Whether the comment differs only in the time of evaluation: then it is left as it is. */
function isSameComment(body: string, statusContext: string, render: (at: string) => CommentText): boolean {
  const marker = buildCommentMarker(statusContext);
  const at = body.startsWith(marker) ? /^\S+(?= -->)/.exec(body.slice(marker.length))?.[0] : undefined;
  if (at === undefined || Number.isNaN(Date.parse(at))) return false;
  const before = render(at);
  return isSameText(body, before.body) || isSameText(body, before.renderShortBody());
}

/** The facts of the run that every rendering of a report needs. */
export function buildMarkdownContext({ evaluation }: Report, options: RunOptions): MarkdownContext {
  const { owner, repo } = options.repository;
  return {
    marker: '',
    repository: `${options.serverUrl}/${owner}/${repo}`,
    base: evaluation.base,
    head: evaluation.head,
    documentation: options.documentation,
    version: options.version,
    pullRequest: null,
    report: options.runUrl,
  };
}

/** State and description of a status for a report. */
export function buildVerdictStatus(report: Report): Omit<StatusText, 'targetUrl'> {
  const description = describeStatus(report);
  if (report.verdict === 'passed' || report.evaluation.mode === 'report') return { state: 'success', description };
  return { state: report.verdict === 'blocked' ? 'failure' : 'error', description };
}
