/**
 * One pull request from facts to verdict. The order of the writes is the contract: `pending` first, then the comment,
 * then the head is read again, then labels that no longer count go, and the verdict is last.
 */

import github from '../../data/messages/github.json' with { type: 'json' };
import { httpStatus } from '../github/client.ts';
import { type StatusText, writeStatus } from '../github/commit-status.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { MOST_STATUSES, statusesOnHead, withCount } from '../github/status-count.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import type { Problem } from '../model/report.ts';
import { statusWords } from '../render/status.ts';
import { type Assessment, assess, readFacts } from './facts.ts';
import { Overtaken, type PendingStatus, publish } from './publish.ts';
import { asFailure, type Occasion, type Outcome, type RunOptions } from './run.ts';

/** How often a run begins anew when what it judged has moved and no other run is known to follow. */
const ATTEMPTS = 3;

/** Evaluates one pull request and publishes the answer. Never throws: a failure is an outcome that did not pass. */
export async function evaluatePullRequest(
  connection: RepositoryConnection,
  number: number,
  occasion: Occasion,
  options: RunOptions,
): Promise<Outcome> {
  let written: PendingStatus | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      const facts = await readFacts(connection, number, occasion, options);
      const pending = await writePending(connection, facts, occasion, options);
      if (pending === null) return await evaluateReadOnly(connection, facts, options);
      written = pending;
      if (pending.count > MOST_STATUSES)
        throw new PlatformError('too-many-evaluations', fill(github['too-many-evaluations'], { count: pending.count }));
      const own = await assess(connection, facts, pending, options);
      const assessment = await withSharers(connection, facts, pending, own, options);
      return await publish(connection, facts, pending, assessment, options);
    } catch (error) {
      const failure = asFailure(error);
      const newerRun = failure instanceof Overtaken && failure.newerRun;
      if (failure instanceof Overtaken && !newerRun && attempt < ATTEMPTS) continue;
      // Where not even the facts could be read, an earlier success must not stay on the head that the event names.
      const sha = written?.headSha ?? occasion.expectedHead;
      if (newerRun && sha !== null) connection.pendingHeads.delete(sha);
      else if (sha !== null) {
        const text = failureStatus(failure, written, options);
        // The first failure is the one to report; without a success the merge stays blocked.
        await writeStatus(connection, sha, options.statusContext, text).catch(() => {});
      }
      return { exit: failure instanceof UsageError ? 2 : 3, report: null, commentUrl: null, failure };
    }
  }
}

/** `pending`, whose answer also tells who the gate is. Null: the token may only read, by GitHub's design. */
async function writePending(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  occasion: Occasion,
  { runUrl: targetUrl, statusContext }: RunOptions,
): Promise<PendingStatus | null> {
  const { headSha } = facts;
  try {
    const text = { state: 'pending', description: statusWords.pending, targetUrl } as const;
    const status = await writeStatus(connection, headSha, statusContext, text);
    const { creator } = status;
    const before = creator === null ? 0 : await statusesOnHead(connection, facts, statusContext, creator);
    return { ...status, headSha, count: before + 1 };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if (
      occasion.mayBeReadOnly &&
      httpStatus(cause) === 403 &&
      error instanceof PlatformError &&
      error.id === 'github-forbidden'
    )
      return null;
    throw error;
  }
}

/**
 * The status stands on a commit, so it opens every pull request with that head: one that passes may only say so when the
 * others do as well. Else the same commit, offered to a branch where it changes nothing, would open all of them.
 */
async function withSharers(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: PendingStatus,
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

function failureStatus(
  failure: UsageError | PlatformError,
  pending: PendingStatus | null,
  { runUrl }: RunOptions,
): StatusText {
  const place = failure instanceof UsageError ? failure.place : null;
  const description =
    place === null
      ? statusWords.failed({ id: failure.id })
      : statusWords.policyInvalid({
          place: [place.file, place.line, place.column].filter((part) => part !== undefined).join(':'),
        });
  return { state: 'error', description, targetUrl: pending === null ? runUrl : withCount(runUrl, pending.count + 1) };
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
