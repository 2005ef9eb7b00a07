/** Everything that one evaluation of a pull request is based on, read before anything is decided. Nothing is written. */
import { listDifferences } from '../github/changed-files.ts';
import { commentMarker, findOwnComments, readTickHistory } from '../github/comment.ts';
import type { WrittenStatus } from '../github/commit-status.ts';
import { NO_HISTORY, readEvaluationHistory } from '../github/evaluations/evaluation-history.ts';
import { readPushes } from '../github/evaluations/pushers.ts';
import type { Task } from '../github/event.ts';
import { messages as githubMessages } from '../github/messages.ts';
import type { CommentFacts, PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { openCommits, readFile, readSharedFile } from '../github/revision.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import { findPolicyTwin, isPolicyPath } from '../model/policy.ts';
import {
  type EvaluationRecord,
  NO_PUSHES,
  type PullRequestState,
  type PushFacts,
  type Tick,
} from '../model/pull-request.ts';
import type { ChangedFile, FileContent, RevisionPair } from '../model/source.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { type ChosenPolicy, choosePolicy, choosePolicyFile } from '../review/choose-policy.ts';
import { addSharedPolicy } from '../review/shared-policy.ts';
import { type ApproverFacts, listPresentLabels, readApproverFacts } from './approver-facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { Superseded } from './outcome.ts';

/** What the event says of a pull request. */
export type Occasion = Omit<Task & { readonly kind: 'pull-requests' }, 'kind' | 'numbers'>;

/** The pull request where another one's event started the run. */
export const NO_OCCASION: Occasion = {
  before: null,
  expectedBase: null,
  expectedHead: null,
  pusher: null,
  mayBeReadOnly: false,
  closes: false,
  label: null,
};

/** Reads the pull request itself, which names the head. @throws PlatformError */
export function readPullRequest(
  connection: RepositoryConnection,
  number: number,
  { before, expectedBase, expectedHead, pusher }: Occasion,
  { policyPath, policyRef }: RunOptions,
): Promise<PullRequestFacts> {
  const policyTwinPath = findPolicyTwin(policyPath);
  const question = { before, expectedBase, expectedHead, pusher, policyPath, policyTwinPath, policyRef };
  return connection.readPullRequest(number, question);
}

/** The policy, and its file; `content` null: the built-in one. @throws UsageError for an invalid policy. */
export async function findPolicy(
  connection: RepositoryConnection,
  { policy, policyTwin, policyCommit }: Pick<PullRequestFacts, 'policy' | 'policyTwin' | 'policyCommit'>,
  { policyPath, presets }: RunOptions,
): Promise<{ readonly path: string; readonly content: FileContent | string | null; readonly chosen: ChosenPolicy }> {
  const { path, content } = choosePolicyFile(policyPath, policy, policyTwin);
  const available = await addSharedPolicy(content, presets, (file) => readSharedFile(connection, file));
  return { path, content, chosen: await choosePolicy(content, path, available, policyCommit) };
}

/** What changes between two commits, and where both revisions are read. */
export interface ComparedCommits {
  readonly changedFiles: readonly ChangedFile[];
  readonly revisions: RevisionPair;
  readonly commits: { readonly base: string; readonly head: string };
}

/** The policy's file as the pull request leaves it. */
export interface PolicyAtHead {
  readonly path: string;
  /** Why no run could read it; null: it is valid. */
  readonly failure: UsageError | null;
  /** True: it is there under the other ending as well, so that no run could choose. */
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
}

/**
 * Reads everything else. `identity` is the gate's account; without one nothing is known that only the gate itself proves.
 * @throws UsageError for an invalid policy, PlatformError for anything that could not be read.
 */
export async function readEvaluationFacts(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  { creator: identity, context }: WrittenStatus,
  options: RunOptions,
): Promise<EvaluationFacts> {
  const { number, headSha, baseSha } = pullRequest;
  const { path, content, chosen: policy } = await findPolicy(connection, pullRequest, options);
  // Only a label can be the approval of an author: without one there is nothing that an unknown author could change.
  if (pullRequest.hasUnresolvedCoAuthors && listPresentLabels(pullRequest, policy.policy).size > 0) {
    throw new PlatformError(githubMessages.coAuthorsUnknown());
  }
  const history =
    identity === null ? NO_HISTORY : await readEvaluationHistory(connection, pullRequest, identity, context);
  const marker = commentMarker(options.statusContext);
  const recorded = history.newest?.comment ?? null;
  const ownComments = identity === null ? [] : findOwnComments(pullRequest.comments, { identity, marker, recorded });
  const [comment] = ownComments;
  const ticking = comment === undefined ? [] : readTickHistory(connection, number, comment, readTicks);
  const comparing = compareCommits(connection, baseSha, headSha, pullRequest);
  const approving = { pullRequest, policy: policy.policy, ticking, comparing };
  const [comparison, policyAtHead, pushes, ticks, approvers] = await Promise.all([
    comparing,
    comparing.then(({ changedFiles }) =>
      readPolicyAtHead({ connection, headSha, changedFiles, options }, content === null ? null : path),
    ),
    identity === null ? NO_PUSHES : readPushes(connection, pullRequest, history),
    ticking,
    readApproverFacts(connection, approving),
  ]);
  const { last: lastEvaluation, unproven } = history;
  const evaluations = { lastEvaluation, unproven, pushes };
  return {
    pullRequest,
    policy,
    ...comparison,
    policyAtHead,
    ownComments,
    recorded,
    ...evaluations,
    ticks,
    ...approvers,
  };
}

interface ChangedHead {
  readonly connection: RepositoryConnection;
  readonly headSha: string;
  readonly changedFiles: readonly ChangedFile[];
  readonly options: RunOptions;
}

/** @param basePath where the base has its policy; null: nowhere */
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
  base: string,
  head: string,
  pullRequest: PullRequestFacts | null,
): Promise<ComparedCommits> {
  const { mergeBase, files, commits: ahead } = await listDifferences(connection, base, head, pullRequest);
  if (pullRequest !== null && !isSettled(pullRequest, ahead)) throw new Superseded(messages.notSettled(), false);
  const commits = { base: mergeBase, head };
  return { changedFiles: files, commits, revisions: openCommits(connection, commits) };
}

/** Whether GitHub's list of commits, which names the authors, is the one of this head: for some seconds after a push it is not. */
function isSettled({ commits, headSha }: PullRequestFacts, ahead: number | null): boolean {
  return ahead === 0 || (commits.length >= (ahead ?? 1) && commits.some(({ sha }) => sha === headSha));
}
