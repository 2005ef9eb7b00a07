/**
 * One pull request from facts to verdict. The order of the writes is the contract: `pending` first, then the comment,
 * then the head is read again, then labels that no longer count go, and the verdict is last.
 */

import github from '../data/messages/github.json' with { type: 'json' };
import statusWords from '../data/messages/status.json' with { type: 'json' };
import { type Assessment, assess, readFacts } from './assess.ts';
import { statusOf } from './github/client.ts';
import { type StatusText, type WrittenStatus, writeStatus } from './github/commit-status.ts';
import type { RepositoryConnection } from './github/facts.ts';
import type { PullRequestFacts } from './github/pull-request-facts.ts';
import { PlatformError, UsageError } from './model/errors.ts';
import { fill } from './model/messages.ts';
import type { Problem } from './model/report.ts';
import { Overtaken, publish } from './publish.ts';
import { asFailure, type Occasion, type Outcome, type RunOptions } from './run.ts';

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
