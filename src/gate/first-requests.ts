/**
 * The first requests of an evaluation. They need only the event, so the action sends them before it loads the rest of the
 * program, which takes about as long as their answers.
 */
import { compareEarly, type EarlyComparison } from '../github/changed-files.ts';
import type { Task } from '../github/event.ts';
import type { PullRequestFacts, PullRequestQuestion } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { findAlternatePolicyPath, type Policy } from '../model/policy.ts';
import { listKnownLabels } from './approver-facts.ts';
import type { RunOptions } from './options.ts';

/** The facts of a pull request that its event contains. */
export interface EventFacts extends Omit<Task & { readonly kind: 'pull-requests' }, 'kind' | 'numbers'> {
  /** The requests that were sent already. */
  readonly first?: FirstRequests | null;
}

/** The facts of a pull request if the event of another one started the run. */
export const NO_EVENT_FACTS: EventFacts = {
  before: null,
  expectedBase: null,
  expectedHead: null,
  pusher: null,
  mayBeReadOnly: false,
  closes: false,
  label: null,
  addedLabel: null,
};

/** Reads the pull request itself, which names the head. @throws PlatformError */
export function readPullRequest(
  connection: RepositoryConnection,
  number: number,
  eventFacts: EventFacts,
  options: RunOptions,
): Promise<PullRequestFacts> {
  return connection.readPullRequest(number, readForEvent(eventFacts, options));
}

/** Reads several pull requests for one base at once. @throws PlatformError */
export function readPullRequests(
  connection: RepositoryConnection,
  numbers: readonly number[],
  baseBranch: string | null,
  options: RunOptions,
): Promise<readonly PullRequestFacts[]> {
  return connection.readPullRequests(numbers, readForEvent({ ...NO_EVENT_FACTS, expectedBase: baseBranch }, options));
}

function readForEvent(
  { before, expectedBase, expectedHead, pusher }: EventFacts,
  { policyPath, policyRef }: RunOptions,
): Omit<PullRequestQuestion, 'repository' | 'number'> {
  const alternatePolicyPath = findAlternatePolicyPath(policyPath);
  return { before, expectedBase, expectedHead, pusher, policyPath, alternatePolicyPath, policyRef };
}

/** The pull request and its changes, as far as they were requested. */
export interface FirstRequests {
  readonly pullRequest: Promise<PullRequestFacts>;
  readonly comparison: EarlyComparison | null;
}

/** Requests the pull request and its changes. */
export function sendFirstRequests(
  connection: RepositoryConnection,
  number: number,
  eventFacts: EventFacts,
  options: RunOptions,
): FirstRequests {
  const comparison = beginComparison(connection, eventFacts, options);
  const pullRequest = readPullRequest(connection, number, eventFacts, options);
  pullRequest.catch(() => {}); // it may fail before it is awaited
  return { pullRequest, comparison };
}

/** Requests the comparison of the revisions in the event. The answer counts only if the pull request has these revisions. */
function beginComparison(
  connection: RepositoryConnection,
  { expectedBase, expectedHead, closes, label, addedLabel }: EventFacts,
  { presets }: RunOptions,
): EarlyComparison | null {
  if (expectedBase === null || expectedHead === null || closes) return null;
  // Most other labels change no verdict, and no files are read for them.
  const isUsual = (policy: Policy) => listKnownLabels(policy).has(addedLabel?.toLowerCase() ?? '');
  if (label !== null && ![...presets.values()].some(isUsual)) return null;
  return compareEarly(connection, expectedBase, expectedHead);
}
