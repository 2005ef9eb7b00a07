/** Turns the facts of a pull request into its report. Nothing is written. */
import type { WrittenStatus } from '../github/commit-status.ts';
import { isMerge, type PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { DEFAULT_POLICY_PATH, findAlternatePolicyPath } from '../model/policy.ts';
import type { Problem } from '../model/report.ts';
import { findMisnamedPolicy } from '../review/choose-policy.ts';
import { messages as reviewMessages } from '../review/messages.ts';
import { type Review, reviewGathered } from '../review/review.ts';
import { type EvaluationFacts, readEvaluationFacts } from './facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';

/** Reviews the facts. `now` is GitHub's time. */
export async function reviewFacts(facts: EvaluationFacts, now: string, options: RunOptions): Promise<Review> {
  const { pullRequest, lastEvaluation, unproven, pushes, ticks, rights, codeOwners, approvingReviews } = facts;
  const merges = pullRequest.commits.filter(isMerge);
  return reviewGathered(facts.gathered, {
    ...facts,
    pullRequest: {
      ...pullRequest,
      merges,
      lastEvaluation,
      unproven,
      pushes,
      pushers: [],
      ticks,
      rights,
      ...(codeOwners === undefined ? {} : { codeOwners }),
      ...(approvingReviews === undefined ? {} : { approvingReviews }),
    },
    problems: [
      ...findMissingPolicy(facts, options),
      ...findMisnamedProblem(facts, options),
      ...findPolicyProblems(facts, options),
    ],
    now,
    mode: options.mode,
  });
}

/** Reviews a pull request that only counts together with another one, or with a merge group. @throws as its parts. */
export async function reviewPullRequest(
  connection: RepositoryConnection,
  pullRequest: PullRequestFacts,
  pending: WrittenStatus,
  options: RunOptions,
): Promise<Review & Pick<EvaluationFacts, 'changedFiles'>> {
  const facts = await readEvaluationFacts(connection, pullRequest, pending, options);
  return { ...(await reviewFacts(facts, pending.createdAt, options)), changedFiles: facts.changedFiles };
}

/** A missing policy may require more than the built-in one in its place. So only the change that adds it may pass. */
function findMissingPolicy(facts: EvaluationFacts, { policyPath: file }: RunOptions): readonly Problem[] {
  const arrives = facts.changedFiles.some(({ path }) => path === file);
  if (facts.pullRequest.policy !== null || file === DEFAULT_POLICY_PATH || arrives) return [];
  return [{ ...messages.policyMissing({ file }), severity: 'refused' }];
}

/** A file, at the base or from the pull request, that is not read as the policy because of its name. */
function findMisnamedProblem(
  { changedFiles, pullRequest }: EvaluationFacts,
  { policyPath }: RunOptions,
): readonly Problem[] {
  const { policy, alternatePolicy, policyFolder } = pullRequest;
  if (policyPath !== DEFAULT_POLICY_PATH || policy !== null || alternatePolicy !== null) return [];
  const gone = new Set(
    changedFiles.flatMap(({ path, previousPath, status }) => (status === 'removed' ? [path] : (previousPath ?? []))),
  );
  const present = [...policyFolder, ...changedFiles.map(({ path }) => path)].filter((path) => !gone.has(path));
  const file = findMisnamedPolicy(present);
  if (file === null) return [];
  return [{ ...reviewMessages.policyMisnamed({ path: file, expected: policyPath }), severity: 'advice', file }];
}

/** Merging a policy that cannot be read would stop the gate itself, so not even break-glass clears it. */
function findPolicyProblems({ policyAtHead }: EvaluationFacts, { policyPath }: RunOptions): readonly Problem[] {
  if (policyAtHead === null) return [];
  const { path: file, failure, isTwice } = policyAtHead;
  if (isTwice) {
    const problem = reviewMessages.policyTwice({ path: policyPath, twin: findAlternatePolicyPath(policyPath) ?? file });
    return [{ ...problem, severity: 'unreadable', file }];
  }
  if (failure === null) return [];
  const { line = 1, column = 1 } = failure.place?.file === file ? failure.place : {};
  const { message } = messages.policyInvalidAtHead();
  return [{ id: failure.id, severity: 'unreadable', file, line, column, message }];
}
