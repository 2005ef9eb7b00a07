/** All facts for one evaluation of a pull request. They are read before any decision. Nothing is written. */
import { type CommitPair, type EarlyComparison, listDifferences } from '../github/changed-files.ts';
import { buildCommentMarker, findOwnComments, readTickHistory } from '../github/comment.ts';
import { isContext, listStatuses } from '../github/commit-status.ts';
import { NO_HISTORY, readEvaluationHistory, type StatusQuestion } from '../github/evaluations/evaluation-history.ts';
import { readPushes } from '../github/evaluations/pushers.ts';
import { messages as githubMessages } from '../github/messages.ts';
import type { CommentFacts, PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { openCommits, readFile, readSharedFile } from '../github/revision.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import { isPolicyPath } from '../model/policy.ts';
import {
  type Account,
  type EvaluationRecord,
  NO_PUSHES,
  type PullRequestState,
  type PushFacts,
  type Tick,
} from '../model/pull-request.ts';
import type { ChangedFile, FileContent, RevisionPair } from '../model/source.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { type ChosenPolicy, choosePolicy, choosePolicyFile } from '../review/choose-policy.ts';
import { type Gathered, gather } from '../review/gather.ts';
import { addSharedPolicy } from '../review/shared-policy.ts';
import { type ApproverFacts, listPresentLabels, readApproverFacts } from './approver-facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { Superseded } from './outcome.ts';

/** The policy, and its file; `content` null: the built-in one. @throws UsageError for an invalid policy. */
export async function findPolicy(
  connection: RepositoryConnection,
  { policy, alternatePolicy, policyCommit }: Pick<PullRequestFacts, 'policy' | 'alternatePolicy' | 'policyCommit'>,
  { policyPath, presets }: RunOptions,
): Promise<{ readonly path: string; readonly content: FileContent | string | null; readonly chosen: ChosenPolicy }> {
  const { path, content } = choosePolicyFile(policyPath, policy, alternatePolicy);
  const available = await addSharedPolicy(content, presets, (file) => readSharedFile(connection, file));
  return { path, content, chosen: await choosePolicy(content, path, available, policyCommit) };
}

/** The changes between two commits, and the sources of both revisions. */
export interface ComparedCommits {
  readonly changedFiles: readonly ChangedFile[];
  readonly revisions: RevisionPair;
  readonly commits: CommitPair;
}

/** The policy's file as the pull request leaves it. */
export interface PolicyAtHead {
  readonly path: string;
  /** Why no run could read it; null: it is valid. */
  readonly failure: UsageError | null;
  /** True: the policy exists under the other ending as well, so that no run could choose. */
  readonly isTwice: boolean;
}

/** The facts of one evaluation. */
export interface EvaluationFacts extends ComparedCommits, ApproverFacts {
  readonly pullRequest: PullRequestFacts;
  readonly policy: ChosenPolicy;
  /** The policy's file at head; null: the pull request does not change it. */
  readonly policyAtHead: PolicyAtHead | null;
  /** The gate's own comments, oldest first. */
  readonly ownComments: readonly CommentFacts[];
  /** The id of its comment that the last evaluation recorded. */
  readonly recorded: number | null;
  readonly lastEvaluation: EvaluationRecord | null;
  readonly unproven: PullRequestState['unproven'];
  readonly pushes: PushFacts;
  readonly ticks: readonly Tick[];
  /** The compared content of both revisions. */
  readonly gathered: Gathered;
}

/** The account and context that the gate publishes with, and the requests that were already sent. */
export interface ReadingOptions {
  readonly context: string;
  /** The gate's account, from the answer to its first write; null: not known. */
  readonly creator: Account | null | Promise<Account | null>;
  readonly early?: EarlyComparison | null;
  /** A pull request with the same head and base, so its files need not be read again. */
  readonly twin?: EvaluationFacts;
  /** All statuses of a commit. The default requests them from GitHub. */
  readonly listStatuses?: StatusQuestion['listStatuses'];
}

/**
 * Reads everything else as early as possible: files do not wait for the gate's account. Without an account, facts that only the
 * gate's statuses prove are unknown.
 * @throws UsageError for an invalid policy, PlatformError for anything that could not be read.
 */
export async function readEvaluationFacts(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  reading: ReadingOptions,
  options: RunOptions,
): Promise<EvaluationFacts> {
  const { headSha, baseSha: base } = pullRequest;
  const { path, content, chosen: policy } = await findPolicy(connection, pullRequest, options);
  // Only a label can be the approval of an author. Without a label, an unknown author could not change anything.
  if (pullRequest.hasUnresolvedCoAuthors && listPresentLabels(pullRequest, policy.policy).size > 0) {
    throw new PlatformError(githubMessages.coAuthorsUnknown());
  }
  const { early = null, twin } = reading;
  const comparing =
    twin === undefined
      ? compareCommits(
          connection,
          { base, head: headSha },
          pullRequest,
          early?.branch === pullRequest.baseBranch ? early : null,
        )
      : Promise.resolve(twin);
  const evaluating = readEvaluations(connection, pullRequest, reading);
  const commenting = readGateComments(connection, pullRequest, { ...reading, evaluating }, options);
  const ticking = mayHaveTicks(pullRequest) ? commenting.then(({ ticks }) => ticks) : Promise.resolve([]);
  const [comparison, policyAtHead, gathered, evaluations, comments, approvers] = await Promise.all([
    comparing,
    twin === undefined
      ? comparing.then(({ changedFiles }) =>
          readPolicyAtHead({ connection, headSha, changedFiles, options }, content === null ? null : path),
        )
      : twin.policyAtHead,
    twin?.gathered ??
      comparing.then((compared) => gather({ ...compared, policy: policy.policy, gateFiles: options.gateFiles })),
    evaluating,
    commenting,
    readApproverFacts(connection, { pullRequest, policy: policy.policy, ticking, comparing }),
    ticking, // nothing else awaits it if a fact about approvers could not be read
  ]);
  const { changedFiles, revisions, commits } = comparison;
  const compared = { changedFiles, revisions, commits, policyAtHead, gathered };
  return { pullRequest, policy, ...compared, ...evaluations, ...comments, ...approvers };
}

type Evaluations = Pick<EvaluationFacts, 'recorded' | 'lastEvaluation' | 'unproven' | 'pushes'>;

/** The facts that the gate's own statuses prove. If no status has its context, its account is not needed. */
async function readEvaluations(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  { creator, context, listStatuses: list = (sha) => listStatuses(connection, sha) }: ReadingOptions,
): Promise<Evaluations> {
  const account = hasStatus(pullRequest, context) ? await creator : null;
  const history =
    account === null
      ? NO_HISTORY
      : await readEvaluationHistory(pullRequest, { identity: account, context, listStatuses: list });
  const pushes = await readPushes(connection, pullRequest, history);
  const { last: lastEvaluation, unproven, newest } = history;
  const recorded = newest?.comment ?? null;
  return { recorded, lastEvaluation, unproven, pushes: (await creator) === null ? NO_PUSHES : pushes };
}

/** Whether any commit that an evaluation may be on has, or may have, a status of the context. */
function hasStatus({ commits, before, forcePushes }: PullRequestFacts, context: string): boolean {
  const replaced = forcePushes.flatMap((push) => [push.before, push.after]);
  const known = [...commits, before, ...replaced].filter((commit) => commit !== null);
  return known.some(({ statuses }) => statuses === null || statuses.some((status) => isContext(status, context)));
}

type GateComments = Pick<EvaluationFacts, 'ownComments' | 'ticks'>;

async function readGateComments(
  connection: RepositoryConnection,
  { number, comments }: PullRequestFacts,
  { creator, evaluating }: Pick<ReadingOptions, 'creator'> & { readonly evaluating: Promise<Evaluations> },
  { statusContext }: RunOptions,
): Promise<GateComments> {
  const [account, { recorded }] = await Promise.all([creator, evaluating]);
  if (account === null) return { ownComments: [], ticks: [] };
  const ownComments = findOwnComments(comments, {
    identity: account,
    marker: buildCommentMarker(statusContext),
    recorded,
  });
  const [comment] = ownComments;
  const ticks = comment === undefined ? [] : await readTickHistory(connection, number, comment, readTicks);
  return { ownComments, ticks };
}

/** Whether a comment by any account has a ticked box of the gate. */
function mayHaveTicks({ comments }: PullRequestFacts): boolean {
  return comments.some(({ body }) => Object.values(readTicks(body)).includes(true));
}

interface ChangedHead {
  readonly connection: RepositoryConnection;
  readonly headSha: string;
  readonly changedFiles: readonly ChangedFile[];
  readonly options: RunOptions;
}

/** @param basePath path of the policy in the base; null: it has none */
async function readPolicyAtHead(
  { connection, headSha, changedFiles, options: { policyPath, presets } }: ChangedHead,
  basePath: string | null,
): Promise<PolicyAtHead | null> {
  const changed = changedFiles.filter(({ path, status }) => isPolicyPath(path, policyPath) && status !== 'removed');
  const [first, second] = changed;
  if (first === undefined) return null;
  const leaves = changedFiles.some(
    ({ path, previousPath, status }) => previousPath === basePath || (path === basePath && status === 'removed'),
  );
  const keeps = basePath !== null && basePath !== first.path && !leaves;
  const { path } = first;
  const found = await readFile(connection, headSha, path);
  const content = found?.bytes === undefined ? '' : found;
  const failure = await addSharedPolicy(content, presets, (file) => readSharedFile(connection, file))
    .then((available) => choosePolicy(content, path, available))
    .then(() => null, keepUsageError);
  return { path, failure, isTwice: second !== undefined || keeps };
}

function keepUsageError(error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  throw error;
}

/** Compares a head with its base, from their common ancestor. @throws PlatformError */
export async function compareCommits(
  connection: RepositoryConnection,
  pair: CommitPair,
  pullRequest: PullRequestFacts | null,
  early: EarlyComparison | null = null,
): Promise<ComparedCommits> {
  const { mergeBase, files, commits: ahead } = await listDifferences(connection, pair, pullRequest, early);
  if (pullRequest !== null && !isSettled(pullRequest, ahead)) throw new Superseded(messages.notSettled(), false);
  const commits = { base: mergeBase, head: pair.head };
  return { changedFiles: files, commits, revisions: openCommits(connection, commits) };
}

/**
 * Whether GitHub's list of commits, which names the authors, is up to date for this head. It is not for some seconds after a
 * push.
 */
function isSettled({ commits, headSha }: PullRequestFacts, ahead: number | null): boolean {
  return ahead === 0 || (commits.length >= (ahead ?? 1) && commits.some(({ sha }) => sha === headSha));
}
