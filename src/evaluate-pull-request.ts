/**
 * One pull request from facts to verdict. The order of the writes is the contract: `pending` first, then the comment,
 * then the head is read again, then labels that no longer count go, and the verdict is last.
 */

import github from '../data/messages/github.json' with { type: 'json' };
import statusWords from '../data/messages/status.json' with { type: 'json' };
import { nodeCryptography } from './cryptography.ts';
import type { Examination } from './examine.ts';
import type { GateFiles } from './formats/format.ts';
import { gather } from './gather.ts';
import { differences } from './github/changed-files.ts';
import { ask, statusOf } from './github/client.ts';
import { deleteComment, ownComments, sameText, writeComment } from './github/comment.ts';
import { type StatusText, type WrittenStatus, writeStatus } from './github/commit-status.ts';
import type { RepositoryConnection } from './github/facts.ts';
import type { CommentFacts, CommitStatus, PullRequestFacts, RepositoryName } from './github/pull-request-facts.ts';
import { type Moment, readMoment } from './github/pull-request-moment.ts';
import { statusesOf } from './github/pull-request-rest.ts';
import { rightsOf } from './github/rights.ts';
import { lastEvaluation, recordAddress } from './github/standing.ts';
import { ticksIn } from './github/ticks.ts';
import { PlatformError, UsageError } from './model/errors.ts';
import { fill } from './model/messages.ts';
import type { Policy } from './model/policy.ts';
import type { Account, PullRequestState, Standing, Tick } from './model/pull-request.ts';
import type { Problem, Report } from './model/report.ts';
import type { ChangedFile } from './model/source.ts';
import { type MarkdownContext, renderMarkdown, renderShortMarkdown } from './render/markdown.ts';
import { statusDescription } from './render/status.ts';
import { readTicks } from './render/ticks.ts';
import { pathsOf, review } from './review.ts';
import { type ChosenPolicy, choosePolicy } from './team-policy.ts';

/** What a run is told from outside, the same for each pull request. */
export interface RunOptions {
  readonly policyPath: string;
  readonly policyRef: 'base' | 'default-branch';
  readonly mode: 'enforce' | 'report';
  readonly comment: 'on-findings' | 'always' | 'never';
  readonly statusContext: string;
  readonly repository: RepositoryName;
  readonly gateFiles: GateFiles;
  readonly presets: ReadonlyMap<string, Policy>;
  /** `https://github.com`, and the address of this run's page. */
  readonly serverUrl: string;
  readonly runUrl: string;
  readonly documentation: string | null;
  readonly version: string;
}

/** What came of one pull request. */
export interface Outcome {
  readonly exit: 0 | 1 | 2 | 3;
  readonly report: Report | null;
  readonly commentUrl: string | null;
  /** Why nothing was decided. */
  readonly failure: UsageError | PlatformError | null;
}

/** The event's part of the question. */
export interface Occasion {
  readonly before: string | null;
  readonly expectedBase: string | null;
  readonly expectedHead: string | null;
  /** True where GitHub hands out a read-only token by design. */
  readonly mayBeReadOnly: boolean;
}

/** Evaluates one pull request and publishes the answer. Never throws: a failure is an outcome that did not pass. */
export async function evaluatePullRequest(
  connection: RepositoryConnection,
  number: number,
  occasion: Occasion,
  options: RunOptions,
): Promise<Outcome> {
  let published: { readonly headSha: string; readonly pending: WrittenStatus } | null = null;
  try {
    const facts = await readFacts(connection, number, occasion, options);
    const pending = await writePending(connection, facts.headSha, occasion, options);
    if (pending === null) return await evaluateReadOnly(connection, facts, options);
    published = { headSha: facts.headSha, pending };
    const own = await assess(connection, facts, pending, options);
    const assessment = await withSharers(connection, facts, pending, own, options);
    return await publish(connection, facts, pending, assessment, options);
  } catch (error) {
    const failure = asFailure(error);
    // Where not even the facts could be read, an earlier success must not stay on the head that the event names.
    const sha = published?.headSha ?? occasion.expectedHead;
    if (sha !== null && !(failure instanceof Overtaken)) {
      await writeStatus(connection.client, connection.repository, sha, options.statusContext, {
        ...failureStatus(failure, options),
      }).catch(() => {}); // the first failure is the one to report; without a success the merge stays blocked
    }
    return { exit: failure instanceof UsageError ? 2 : 3, report: null, commentUrl: null, failure };
  }
}

/** What was decided, and what publishing it needs besides. */
export interface Assessment {
  readonly report: Report;
  /** The gate's own comments, oldest first. */
  readonly own: readonly CommentFacts[];
  readonly standing: Standing | null;
  /** Lower-case names of the labels that can matter to the verdict. */
  readonly knownLabels: ReadonlySet<string>;
}

/** Reads the facts. @throws PlatformError */
export function readFacts(
  connection: RepositoryConnection,
  number: number,
  occasion: Pick<Occasion, 'before' | 'expectedBase' | 'expectedHead'>,
  options: RunOptions,
): Promise<PullRequestFacts> {
  const { before, expectedBase, expectedHead } = occasion;
  const { policyPath, policyRef } = options;
  return connection.pullRequest(number, { before, expectedBase, expectedHead, policyPath, policyRef });
}

/** The newer run decides; this one writes nothing more. */
class Overtaken extends PlatformError {}

/** `pending`, whose answer also tells who the gate is. Null: the token may only read, by GitHub's design. */
async function writePending(
  connection: RepositoryConnection,
  headSha: string,
  occasion: Occasion,
  options: RunOptions,
): Promise<WrittenStatus | null> {
  try {
    return await writeStatus(connection.client, connection.repository, headSha, options.statusContext, {
      state: 'pending',
      description: statusWords.pending,
      targetUrl: options.runUrl,
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if (
      occasion.mayBeReadOnly &&
      statusOf(cause) === 403 &&
      error instanceof PlatformError &&
      error.id === 'github-forbidden'
    )
      return null;
    throw error;
  }
}

/**
 * Facts to report, without writing anything. `pending` names the gate and gives GitHub's time.
 * @throws UsageError for an invalid policy, PlatformError for anything that could not be read.
 */
export async function assess(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: WrittenStatus,
  options: RunOptions,
): Promise<Assessment> {
  const chosen = policyOf(facts, options);
  const identity = pending.creator;
  const own = identity === null ? [] : ownComments(facts.comments, identity, markerStart(options));
  const [comment] = own;
  const ticked = comment === undefined ? [] : ticksIn(connection, facts.number, comment, readTicks);
  const [{ examination, files, mergeBase }, standing, ticks, rights] = await Promise.all([
    examineDifferences(connection, facts, chosen, options),
    identity === null ? null : standingOf(connection, facts, identity, options),
    ticked,
    Promise.resolve(ticked).then((found) => rightsOfPeople(connection, facts, chosen.policy, found)),
  ]);
  const pullRequest: PullRequestState = {
    number: facts.number,
    title: facts.title,
    description: facts.description,
    labels: facts.labels,
    labelEvents: facts.labelEvents,
    authors: facts.authors,
    unknownAuthors: facts.unknownAuthors,
    rights,
    standing,
    ticks,
  };
  const problem = await policyProblemAtHead(connection, facts, files, options);
  const report = review({
    examination: problem === null ? examination : { ...examination, problems: [...examination.problems, problem] },
    policy: chosen.policy,
    policySource: chosen,
    ...pathsOf(files),
    pullRequest,
    commandLineLabels: [],
    now: pending.createdAt,
    mode: options.mode,
    revisions: { base: mergeBase, head: facts.headSha },
    cryptography: nodeCryptography,
  });
  return { report, own, standing, knownLabels: knownLabels(chosen.policy) };
}

/**
 * The status stands on a commit, so it opens every pull request with that head: one that passes may only say so when the
 * others do as well. Else the same commit, offered to a branch where it changes nothing, would open all of them.
 */
async function withSharers(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: WrittenStatus,
  assessment: Assessment,
  options: RunOptions,
): Promise<Assessment> {
  const { report } = assessment;
  if (report.verdict !== 'passed') return assessment;
  for (const number of facts.sharers) {
    const others = await readFacts(
      connection,
      number,
      { before: null, expectedBase: null, expectedHead: null },
      options,
    );
    if ((await assess(connection, others, pending, options)).report.verdict === 'passed') continue;
    const message = fill(github['head-shared'], { number });
    const problem: Problem = { id: 'head-shared', severity: 'refused', message };
    return { ...assessment, report: { ...report, verdict: 'blocked', problems: [...report.problems, problem] } };
  }
  return assessment;
}

/** The team's policy as the facts bring it. @throws UsageError */
export function policyOf(facts: PullRequestFacts, options: RunOptions): ChosenPolicy {
  const { policy, policyCommit } = facts;
  if (policy !== null && policy.bytes === undefined) {
    throw new UsageError('policy-unreadable', policy.unavailable, { file: options.policyPath });
  }
  const text = policy === null ? null : new TextDecoder().decode(policy.bytes);
  return choosePolicy(
    text,
    options.policyPath,
    `${options.policyPath}@${policyCommit}`,
    options.presets,
    nodeCryptography,
  );
}

/** Merging a policy that cannot be read would stop the gate itself, so not even break-glass clears it. */
async function policyProblemAtHead(
  connection: RepositoryConnection,
  { headSha }: PullRequestFacts,
  files: readonly ChangedFile[],
  { policyPath: file, presets }: RunOptions,
): Promise<Problem | null> {
  if (!files.some(({ path, status }) => path === file && status !== 'removed')) return null;
  const content = await connection.file(headSha, file);
  try {
    const text = content?.bytes === undefined ? '' : new TextDecoder().decode(content.bytes);
    choosePolicy(text, file, file, presets, nodeCryptography);
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const place = { line: error.place?.line ?? 1, column: error.place?.column ?? 1 };
    return { id: error.id, severity: 'unreadable', file, ...place, message: github['policy-invalid-at-head'] };
  }
}

async function examineDifferences(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  chosen: ChosenPolicy,
  options: RunOptions,
): Promise<{ readonly examination: Examination; readonly files: readonly ChangedFile[]; readonly mergeBase: string }> {
  const { client, repository } = connection;
  const { mergeBase, files } = await differences(client, repository, facts.baseSha, facts.headSha, facts);
  const examination = await gather({
    changedFiles: files,
    revisions: connection.revisions({ base: mergeBase, head: facts.headSha }),
    policy: chosen.policy,
    gateFiles: options.gateFiles,
    cryptography: nodeCryptography,
  });
  return { examination, files, mergeBase };
}

async function standingOf(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  identity: Account,
  options: RunOptions,
): Promise<Standing | null> {
  return lastEvaluation(facts, identity, options.statusContext, (sha) =>
    statusesOf(connection.client, connection.repository, sha),
  );
}

function knownLabels(policy: Policy): ReadonlySet<string> {
  const names = [
    ...policy.categories.map(({ label }) => label),
    ...policy.steps.flatMap(({ evidence }) => evidence.labels),
    policy.breakGlass?.label ?? null,
  ];
  return new Set(names.flatMap((label) => (label === null ? [] : [label.toLowerCase()])));
}

/** Only who put on a label that the policy knows, or ticked a box, can matter. */
async function rightsOfPeople(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  policy: Policy,
  ticks: readonly Tick[],
): Promise<PullRequestState['rights']> {
  const known = knownLabels(policy);
  const on = new Set(facts.labels.map((label) => label.toLowerCase()).filter((label) => known.has(label)));
  const labellers = facts.labelEvents.filter(({ label }) => on.has(label.toLowerCase())).map(({ actor }) => actor);
  const actors = [...labellers, ...ticks.map(({ by }) => by)].filter((actor) => actor !== null);
  const rules = [
    ...Object.values(policy.approvers),
    ...(policy.breakGlass === null ? [] : [policy.breakGlass.approvers]),
  ];
  const teams = [...new Set(rules.flatMap((rule) => rule.teams))].sort();
  return rightsOf(connection.client, connection.teamClient, connection.repository, actors, teams);
}

/** Writes what was decided. @throws Overtaken when another run has to decide, PlatformError when a write fails. */
async function publish(
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

/** The start of the hidden line by which the gate knows its own comment. */
function markerStart(options: Pick<RunOptions, 'statusContext'>): string {
  return `<!-- healthvault-go-live-gate:${options.statusContext.replace(/[^\w.-]+/g, '-')}`;
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

function failureStatus(failure: UsageError | PlatformError, options: RunOptions): StatusText {
  const place = failure instanceof UsageError ? failure.place : null;
  const description =
    place === null
      ? fill(statusWords.failed, { id: failure.id })
      : fill(statusWords.policy, {
          place: [place.file, place.line, place.column].filter((part) => part !== undefined).join(':'),
        });
  return { state: 'error', description, targetUrl: options.runUrl };
}

/** The exit code of a decided report. */
export function exitOf(report: Report, options: Pick<RunOptions, 'mode'>): 0 | 1 | 3 {
  if (options.mode === 'report') return 0;
  return report.verdict === 'passed' ? 0 : report.verdict === 'blocked' ? 1 : 3;
}

function asFailure(error: unknown): UsageError | PlatformError {
  if (error instanceof UsageError || error instanceof PlatformError) return error;
  return new PlatformError('internal-error', error instanceof Error ? error.message : String(error), { cause: error });
}

/** With a token that may only read nothing can be proven or published: it is never a pass that counts. */
async function evaluateReadOnly(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  options: RunOptions,
): Promise<Outcome> {
  const now = new Date().toISOString(); // only dates hang on it: no label can count without an identity
  const { report } = await assess(connection, facts, { creator: null, createdAt: now }, options);
  const failure = new PlatformError('read-only', github['read-only']);
  if (options.mode === 'report') return { exit: 0, report, commentUrl: null, failure };
  return { exit: report.verdict === 'blocked' ? 1 : 3, report, commentUrl: null, failure };
}
