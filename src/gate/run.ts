/** One run of the gate: which pull requests it evaluates, and when it stops early. */
import { ask, readUsage } from '../github/client.ts';
import { writeStatus } from '../github/commit-status.ts';
import { type Task, takeShard } from '../github/event.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { PlatformError } from '../model/errors.ts';
import { evaluatePullRequest } from './evaluate-pull-request.ts';
import { messages, words } from './messages.ts';
import type { RunOptions } from './options.ts';
import { failedOutcome, type Outcome } from './outcome.ts';

/** Requests that one evaluation needs at most in the usual case: one that would end halfway is not begun. */
const REQUEST_RESERVE = 60;

/** Evaluates everything that the event asks for, one after the other. @throws UsageError, PlatformError before the first one. */
export async function evaluateTask(
  connection: RepositoryConnection,
  task: Task,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  if (task.kind === 'merge-group') {
    const { evaluateMergeGroup } = await import('./evaluate-merge-group.ts');
    return evaluateMergeGroup(connection, task, options);
  }
  const numbers = task.numbers === 'open' ? await listOpenPullRequests(connection) : task.numbers;
  const outcomes: Outcome[] = [];
  for (const number of takeShard(numbers, options.shard)) {
    const failure = checkRateLimit(connection, number);
    if (failure !== null) return [...outcomes, failedOutcome(failure)];
    outcomes.push(...(await evaluatePullRequest(connection, number, task, options)));
  }
  return outcomes;
}

async function listOpenPullRequests({ client, repository }: RepositoryConnection): Promise<readonly number[]> {
  const pulls = await ask('pull-requests', () =>
    client.paginate(client.rest.pulls.list, { ...repository, state: 'open', per_page: 100 }),
  );
  return pulls.map(({ number }) => number);
}

function checkRateLimit({ client }: RepositoryConnection, number: number): PlatformError | null {
  const { remaining, limit } = readUsage(client);
  if (remaining === null || limit === null || limit < REQUEST_RESERVE || remaining >= REQUEST_RESERVE) return null;
  return new PlatformError(messages.rateBudget({ remaining, limit, number }));
}

/** What the run has cost: GitHub gives a workflow's token 1,000 requests an hour for a repository. */
export function describeUsage({ client }: RepositoryConnection): string {
  const { requests, remaining, limit } = readUsage(client);
  if (remaining === null || limit === null) return words.requestsUsed(requests);
  return words.requestsLeft(requests, remaining, limit);
}

/** A run that is canceled or takes too long has some seconds left: `pending` must not be its last status. Never throws. */
export async function endEarly(
  connection: RepositoryConnection,
  { runUrl }: Pick<RunOptions, 'runUrl'>,
): Promise<void> {
  const text = { state: 'error', description: messages.cancelled().message, targetUrl: runUrl } as const;
  const heads = [...connection.pendingHeads];
  await Promise.allSettled(heads.map(([sha, context]) => writeStatus(connection, sha, context, text)));
}
