/**
 * From a report to what GitHub shows: the comment, then everything that may have moved is read once more, then labels that
 * no longer count go, and the verdict is last.
 */
import github from '../../data/messages/github.json' with { type: 'json' };
import { ask, httpStatus } from '../github/client.ts';
import { deleteComment, ownComments, sameText, writeComment } from '../github/comment.ts';
import { type StatusText, type WrittenStatus, writeStatus } from '../github/commit-status.ts';
import { recordAddress } from '../github/evaluation-record.ts';
import type { CommentFacts, CommitStatus, PullRequestFacts } from '../github/pull-request-facts.ts';
import { type Moment, readMoment } from '../github/pull-request-moment.ts';
import { listStatuses } from '../github/pull-request-rest.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { withCount } from '../github/status-count.ts';
import { PlatformError } from '../model/errors.ts';
import { exitCode, type Report } from '../model/report.ts';
import { type MarkdownContext, renderMarkdown, renderShortMarkdown } from '../render/comment/markdown.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { statusDescription } from '../render/status.ts';
import type { Assessment } from './facts.ts';
import { markerOf, type Outcome, type RunOptions } from './run.ts';

/** This run's first write: on which head, and how many statuses of the gate that has by now. */
export interface PendingStatus extends WrittenStatus {
  readonly headSha: string;
  readonly count: number;
}

/** What was judged is no longer what is there. */
export class Overtaken extends PlatformError {
  /** True: a newer run is known to come or to be at work, and it decides. Else nobody does, if not this run once more. */
  readonly newerRun: boolean;

  constructor(id: 'head-moved' | 'base-moved' | 'labels-moved' | 'another-run', newerRun: boolean) {
    super(id, github[id]);
    this.newerRun = newerRun;
  }
}

/** Writes what was decided. @throws Overtaken when another run has to decide, PlatformError when a write fails. */
export async function publish(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: PendingStatus,
  { report, own, lastEvaluation, knownLabels: known }: Assessment,
  options: RunOptions,
): Promise<Outcome> {
  const { client, repository } = connection;
  const comment = await publishComment(connection, facts, report, own[0] ?? null, options);
  const moment = await readMoment(connection, facts.number);
  if (moment.headSha !== facts.headSha) throw new Overtaken('head-moved', true); // a push always starts a run
  if (moment.baseBranch !== facts.baseBranch) throw new Overtaken('base-moved', false);
  if (!sameLabels(moment.labels, facts.labels, known)) throw new Overtaken('labels-moved', false);
  const current = pending.creator === null ? [] : ownComments(moment.comments, pending.creator, markerOf(options));
  const [oldest, ...duplicates] = current;
  for (const duplicate of duplicates) await deleteComment(client, repository, duplicate.id);
  const last = await lastOwnStatus(connection, facts.headSha, moment, pending, options);
  if (last?.targetUrl !== options.runUrl) {
    // Older than this run's own: GitHub did not show what was written last, so who decides is not known.
    throw new Overtaken('another-run', last !== undefined && last.createdAt >= pending.createdAt);
  }
  if (
    comment !== null &&
    oldest !== undefined &&
    !duplicates.some(({ id }) => id === comment.id) &&
    !sameText(oldest.body, comment.body)
  ) {
    throw new Overtaken('another-run', false);
  }
  for (const { label, dropped } of report.labels.rejected) {
    if (dropped === true) await removeLabel(connection, facts.number, label);
  }
  const record = {
    fingerprint: report.fingerprint,
    pullRequest: facts.number,
    since: lastEvaluation?.fingerprint === report.fingerprint ? lastEvaluation.since : null,
  };
  await writeStatus(connection, facts.headSha, options.statusContext, {
    ...verdictStatus(report, options),
    targetUrl: withCount(recordAddress(options.runUrl, record), pending.count + 1),
  });
  return { exit: exitCode(report), report, commentUrl: (oldest ?? comment)?.url ?? null, failure: null };
}

/** A label that is already gone is fine. */
async function removeLabel(connection: RepositoryConnection, number: number, name: string): Promise<void> {
  const { client, repository } = connection;
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

/** The gate's own latest status. Of two runs at once only the one that began last may speak: the other one's facts are older. */
async function lastOwnStatus(
  connection: RepositoryConnection,
  headSha: string,
  { statuses }: Moment,
  { creator }: WrittenStatus,
  options: RunOptions,
): Promise<Pick<CommitStatus, 'targetUrl' | 'createdAt'> | undefined> {
  // Without an identity no label counts, so nothing can be let through by whoever speaks last.
  if (creator === null) return { targetUrl: options.runUrl, createdAt: '' };
  const ownLast = (list: readonly CommitStatus[] | null) =>
    list?.find(({ context, creator: by }) => context === options.statusContext && by?.id === creator.id);
  return ownLast(statuses) ?? ownLast(await listStatuses(connection.client, connection.repository, headSha));
}

async function publishComment(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  report: Report,
  existing: CommentFacts | null,
  options: RunOptions,
): Promise<CommentFacts | null> {
  const quiet = options.comment === 'on-findings' && isQuiet(report) && existing === null;
  if (options.comment === 'never' || quiet) return null;
  if (existing !== null && saysTheSame(existing, facts, report, options)) return existing;
  const context = contextOf(facts, report, existing, options);
  return writeComment(
    connection.client,
    connection.repository,
    facts.number,
    existing,
    renderMarkdown(report, context),
    () => renderShortMarkdown(report, context),
  );
}

/** Nothing that anyone has to know: no comment is opened for it. */
function isQuiet(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.required.length === 0 && report.problems.length === 0;
}

/** Whether the comment differs only in the time of evaluation: then it is left as it is. */
function saysTheSame(existing: CommentFacts, facts: PullRequestFacts, report: Report, options: RunOptions): boolean {
  const at = new RegExp(`^${escapePattern(markerOf(options))}(\\S+) -->`).exec(existing.body)?.[1];
  if (at === undefined || Number.isNaN(Date.parse(at))) return false;
  const then: Report = { ...report, evaluation: { ...report.evaluation, at } };
  const context = contextOf(facts, then, existing, options);
  return (
    sameText(existing.body, renderMarkdown(then, context)) ||
    sameText(existing.body, renderShortMarkdown(then, context))
  );
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function contextOf(
  facts: PullRequestFacts,
  report: Report,
  existing: CommentFacts | null,
  options: RunOptions,
): MarkdownContext {
  const { owner, repo } = options.repository;
  return {
    marker: `${markerOf(options)}${report.evaluation.at} -->`,
    repository: `${options.serverUrl}/${owner}/${repo}`,
    base: report.evaluation.base,
    head: report.evaluation.head,
    documentation: options.documentation,
    version: options.version,
    pullRequest: facts.number,
    report: options.runUrl,
    ...(existing === null ? {} : { ticks: readTicks(existing.body) }),
  };
}

function verdictStatus(report: Report, options: RunOptions): Omit<StatusText, 'targetUrl'> {
  const description = statusDescription(report);
  if (options.mode === 'report') return { state: 'success', description };
  if (report.verdict === 'error') return { state: 'error', description };
  return { state: report.verdict === 'passed' ? 'success' : 'failure', description };
}
