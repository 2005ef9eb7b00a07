/**
 * From a report to what GitHub shows: the comment, then everything that may have moved is read once more, then labels that
 * no longer count go, and the verdict is last.
 */
import github from '../data/messages/github.json' with { type: 'json' };
import type { Assessment } from './assess.ts';
import { ask, statusOf } from './github/client.ts';
import { deleteComment, ownComments, sameText, writeComment } from './github/comment.ts';
import { type StatusText, type WrittenStatus, writeStatus } from './github/commit-status.ts';
import type { RepositoryConnection } from './github/facts.ts';
import type { CommentFacts, CommitStatus, PullRequestFacts } from './github/pull-request-facts.ts';
import { type Moment, readMoment } from './github/pull-request-moment.ts';
import { statusesOf } from './github/pull-request-rest.ts';
import { recordAddress } from './github/standing.ts';
import { PlatformError } from './model/errors.ts';
import type { Report } from './model/report.ts';
import { type MarkdownContext, renderMarkdown, renderShortMarkdown } from './render/markdown.ts';
import { statusDescription } from './render/status.ts';
import { readTicks } from './render/ticks.ts';
import { exitOf, markerStart, type Outcome, type RunOptions } from './run.ts';

/** The newer run decides; this one writes nothing more. */
export class Overtaken extends PlatformError {}

/** Writes what was decided. @throws Overtaken when another run has to decide, PlatformError when a write fails. */
export async function publish(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: WrittenStatus,
  { report, own, standing, knownLabels: known }: Assessment,
  options: RunOptions,
): Promise<Outcome> {
  const { client, repository } = connection;
  const comment = await publishComment(connection, facts, report, own[0] ?? null, options);
  const moment = await readMoment(connection, facts.number);
  if (moment.headSha !== facts.headSha) throw new Overtaken('head-moved', github['head-moved']);
  if (!sameLabels(moment.labels, facts.labels, known)) throw new Overtaken('labels-moved', github['labels-moved']);
  const current = pending.creator === null ? [] : ownComments(moment.comments, pending.creator, markerStart(options));
  const [oldest, ...duplicates] = current;
  for (const duplicate of duplicates) await deleteComment(client, repository, duplicate.id);
  if (!(await isNewestRun(connection, facts.headSha, moment, pending, options)))
    throw new Overtaken('another-run', github['another-run']);
  if (
    comment !== null &&
    oldest !== undefined &&
    !duplicates.some(({ id }) => id === comment.id) &&
    !sameText(oldest.body, comment.body)
  ) {
    throw new Overtaken('another-run', github['another-run']);
  }
  for (const { label, dropped } of report.labels.rejected) {
    if (dropped === true) await removeLabel(connection, facts.number, label);
  }
  const record = {
    fingerprint: report.fingerprint,
    pullRequest: facts.number,
    since: standing?.fingerprint === report.fingerprint ? standing.since : null,
  };
  await writeStatus(client, repository, facts.headSha, options.statusContext, {
    ...verdictStatus(report, options),
    targetUrl: recordAddress(options.runUrl, record),
  });
  return { exit: exitOf(report, options), report, commentUrl: (oldest ?? comment)?.url ?? null, failure: null };
}

/** A label that is already gone is fine. */
async function removeLabel(connection: RepositoryConnection, number: number, name: string): Promise<void> {
  const { client, repository } = connection;
  await ask('remove-label', async () => {
    try {
      await client.rest.issues.removeLabel({ ...repository, issue_number: number, name });
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  });
}

/** Other people's labels may come and go: nothing is decided by them, and no newer run need follow. */
function sameLabels(a: readonly string[], b: readonly string[], known: ReadonlySet<string>): boolean {
  const relevant = (labels: readonly string[]) =>
    labels.map((label) => label.toLowerCase()).filter((label) => known.has(label));
  return relevant(a).sort().join('\n') === relevant(b).sort().join('\n');
}

/** Of two runs at once only the one that began last may speak: the other one's facts are older. */
async function isNewestRun(
  connection: RepositoryConnection,
  headSha: string,
  { statuses }: Moment,
  { creator }: WrittenStatus,
  options: RunOptions,
): Promise<boolean> {
  if (creator === null) return true; // without an identity no label counts, so nothing can be let through
  const ownLast = (list: readonly CommitStatus[] | null) =>
    list?.find(({ context, creator: by }) => context === options.statusContext && by?.id === creator.id);
  const last = ownLast(statuses) ?? ownLast(await statusesOf(connection.client, connection.repository, headSha));
  return last?.targetUrl === options.runUrl;
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
  const at = new RegExp(`^${escapePattern(markerStart(options))} (\\S+) -->`).exec(existing.body)?.[1];
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
    marker: `${markerStart(options)} ${report.evaluation.at} -->`,
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
