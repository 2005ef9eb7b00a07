/**
 * From a report to what GitHub shows: the comment, then everything that may have moved is read once more, then labels that
 * no longer count go, and the verdict is last.
 */
import { ask, httpStatus } from '../github/client.ts';
import {
  type CommentText,
  commentMarker,
  deleteComment,
  findOwnComments,
  sameText,
  writeComment,
} from '../github/comment.ts';
import {
  listStatuses,
  type StatusText,
  type WrittenStatus,
  withStatusCount,
  writeStatus,
} from '../github/commit-status.ts';
import { type CurrentState, readCurrentState } from '../github/current-state.ts';
import { recordAddress } from '../github/evaluations/evaluation-record.ts';
import type { CommentFacts, CommitStatus } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { PlatformError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { type MarkdownContext, renderMarkdown, renderShortMarkdown } from '../render/comment/markdown.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { statusDescription } from '../render/status.ts';
import { type EvaluationFacts, listKnownLabels } from './facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { decidedOutcome, type Outcome, Superseded } from './outcome.ts';

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
}

/** Writes what was decided. @throws Superseded when another run has to decide, PlatformError when a write fails. */
export async function publish(
  connection: RepositoryConnection,
  evaluated: Evaluated,
  options: RunOptions,
): Promise<Outcome> {
  const { pending, facts } = evaluated;
  const { pullRequest, lastEvaluation } = facts;
  const { number, headSha } = pullRequest;
  const { comment, report } = await publishCommentUnlessLocked(connection, evaluated, options);
  const current = await readCurrentState(connection, number);
  if (current.headSha !== headSha) throw new Superseded(messages.headMoved(), true); // a push always starts a run
  if (current.baseBranch !== pullRequest.baseBranch) throw new Superseded(messages.baseMoved(), false);
  const known = listKnownLabels(facts.policy.policy);
  if (!sameLabels(current.labels, pullRequest.labels, known)) throw new Superseded(messages.labelsMoved(), false);
  const { creator } = pending;
  const own = creator === null ? [] : findOwnComments(current.comments, creator, commentMarker(options.statusContext));
  const [oldest, ...duplicates] = own;
  for (const { id } of duplicates) await deleteComment(connection, id);
  const last = await findLastStatus(connection, current, pending, options);
  if (last?.targetUrl !== options.runUrl) {
    // Older than this run's own: GitHub did not show what was written last, so who decides is not known.
    throw new Superseded(messages.anotherRun(), last !== undefined && last.createdAt >= pending.createdAt);
  }
  const isDuplicate = duplicates.some(({ id }) => id === comment?.id);
  if (comment !== null && oldest !== undefined && !isDuplicate && !sameText(oldest.body, comment.body)) {
    throw new Superseded(messages.anotherRun(), false);
  }
  for (const { label, dropped } of report.labels.rejected) {
    if (dropped === true) await removeLabel(connection, number, label);
  }
  const { fingerprint } = report;
  const since = lastEvaluation?.fingerprint === fingerprint ? lastEvaluation.since : null;
  const address = recordAddress(options.runUrl, { fingerprint, pullRequest: number, since });
  const targetUrl = withStatusCount(address, pending.count + 1);
  await writeStatus(connection, headSha, pending.context, { ...buildVerdictStatus(report), targetUrl });
  return decidedOutcome(report, (oldest ?? comment)?.url);
}

/** A label that is already gone is fine. */
async function removeLabel({ client, repository }: RepositoryConnection, number: number, name: string): Promise<void> {
  await ask('remove-label', async () => {
    try {
      await client.rest.issues.removeLabel({ ...repository, issue_number: number, name });
    } catch (error) {
      if (httpStatus(error) !== 404) throw error;
    }
  });
}

/** Other people's labels may come and go: nothing is decided by them, and no newer run need follow. */
function sameLabels(a: readonly string[], b: readonly string[], known: ReadonlySet<string>): boolean {
  const relevant = (labels: readonly string[]) =>
    labels.map((label) => label.toLowerCase()).filter((label) => known.has(label));
  return relevant(a).sort().join('\n') === relevant(b).sort().join('\n');
}

/** The gate's own latest status. Of two runs at once only the one that began last may decide: the other one's facts are older. */
async function findLastStatus(
  connection: RepositoryConnection,
  { headSha, statuses }: CurrentState,
  { creator, context: ownContext }: PendingStatus,
  { runUrl }: RunOptions,
): Promise<Pick<CommitStatus, 'targetUrl' | 'createdAt'> | undefined> {
  // Without an identity no label counts, so nothing can be let through by whoever speaks last.
  if (creator === null) return { targetUrl: runUrl, createdAt: '' };
  const findOwn = (list: readonly CommitStatus[] | null) =>
    list?.find(({ context, creator: by }) => context === ownContext && by?.id === creator.id);
  return findOwn(statuses) ?? findOwn(await listStatuses(connection, headSha));
}

/** The comment. GitHub refuses it in a locked conversation: then the report says so, and the verdict is in the status. */
async function publishCommentUnlessLocked(
  connection: RepositoryConnection,
  { facts, report }: Evaluated,
  options: RunOptions,
): Promise<{ readonly comment: CommentFacts | null; readonly report: Report }> {
  try {
    return { comment: await publishComment(connection, facts, report, options), report };
  } catch (error) {
    const isRefused = error instanceof PlatformError && error.id === 'github-forbidden';
    if (!isRefused || !facts.pullRequest.locked) throw error;
    const problem = { ...messages.conversationLocked(), severity: 'advice' } as const;
    return { comment: null, report: { ...report, problems: [...report.problems, problem] } };
  }
}

async function publishComment(
  connection: RepositoryConnection,
  { pullRequest: { number }, ownComments }: EvaluationFacts,
  report: Report,
  options: RunOptions,
): Promise<CommentFacts | null> {
  const existing = ownComments[0] ?? null;
  const silent = options.comment === 'on-findings' && hasNoFindings(report) && existing === null;
  if (options.comment === 'never' || silent) return null;
  const context: MarkdownContext = {
    ...buildMarkdownContext(report, options),
    pullRequest: number,
    ...(existing === null ? {} : { ticks: readTicks(existing.body) }),
  };
  const render = (at: string): CommentText => {
    const marked = { ...context, marker: `${commentMarker(options.statusContext)}${at} -->` };
    const evaluated = { ...report, evaluation: { ...report.evaluation, at } };
    return {
      body: renderMarkdown(evaluated, marked),
      shortBody: () => renderShortMarkdown(evaluated, marked),
    };
  };
  if (existing !== null && saysTheSame(existing.body, options.statusContext, render)) return existing;
  return writeComment(connection, number, existing, render(report.evaluation.at));
}

/** Nothing that anyone has to know: no comment is created for it. */
function hasNoFindings(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.required.length === 0 && report.problems.length === 0;
}

/** Whether the comment differs only in the time of evaluation: then it is left as it is. */
function saysTheSame(body: string, statusContext: string, render: (at: string) => CommentText): boolean {
  const marker = commentMarker(statusContext);
  const at = body.startsWith(marker) ? /^\S+(?= -->)/.exec(body.slice(marker.length))?.[0] : undefined;
  if (at === undefined || Number.isNaN(Date.parse(at))) return false;
  const before = render(at);
  return sameText(body, before.body) || sameText(body, before.shortBody());
}

/** What every rendering of a report needs to know of the run. */
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
  const description = statusDescription(report);
  if (report.verdict === 'passed' || report.evaluation.mode === 'report') return { state: 'success', description };
  return { state: report.verdict === 'blocked' ? 'failure' : 'error', description };
}
