/** One run of the gate: which pull requests it evaluates, and when it stops early. */
import { ask, readUsage } from '../github/client.ts';
import { writeStatus } from '../github/commit-status.ts';
import { type Task, takeShard } from '../github/event.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { PlatformError } from '../model/errors.ts';
import { evaluatePullRequest } from './evaluate-pull-request.ts';
import { type FirstRequests, readPullRequests } from './first-requests.ts';
import { messages, words } from './messages.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, toFailedOutcome } from './outcome.ts';

/** Number of pull requests that are read together. Older facts would be outdated when they are used. */
const BATCH = 10;

/** Requests that one evaluation needs at most in the usual case: one that would end halfway is not begun. */
const REQUEST_RESERVE = 60;

/**
 * Evaluates everything that the event asks for, one after the other. `first` contains the requests already sent for the first
 * pull request.
 * @throws UsageError, PlatformError before the first one.
 */
export async function evaluateTask(
  connection: RepositoryConnection,
  task: Task,
  options: RunOptions,
  first: FirstRequests | null = null,
): Promise<readonly Outcome[]> {
  if (task.kind === 'merge-group') {
    const { evaluateMergeGroup } = await import('./evaluate-merge-group.ts');
    return evaluateMergeGroup(connection, task, options);
  }
  const bases = task.numbers === 'open' ? await listOpenPullRequests(connection) : new Map<number, string>();
  const numbers = takeShard(task.numbers === 'open' ? [...bases.keys()] : task.numbers, options.shard);
  const outcomes: Outcome[] = [];
  let batch: readonly number[] = [];
  let read: readonly PullRequestFacts[] = [];
  for (const [index, number] of numbers.entries()) {
    const failure = checkRateLimit(connection, number);
    if (failure !== null) return [...outcomes, toFailedOutcome(failure)];
    if (!batch.includes(number) && connection.lastWritten !== null && connection.hasGraphQl) {
      batch = numbers.slice(index, index + BATCH);
      read = await readPullRequests(connection, batch, bases.get(number) ?? null, options).catch(() => []);
    }
    const eventFacts = { ...task, first: index === 0 ? first : null };
    const facts = read.find((one) => one.number === number);
    const kept =
      facts === undefined ? null : await (await import('./keep-verdict.ts')).keepVerdict(connection, facts, options);
    outcomes.push(...(kept === null ? await evaluatePullRequest(connection, number, eventFacts, options) : [kept]));
  }
  return outcomes;
}

/** Number -> base branch. */
async function listOpenPullRequests({
  client,
  repository,
}: RepositoryConnection): Promise<ReadonlyMap<number, string>> {
  const pulls = await ask('pull-requests', () =>
    client.paginate(client.rest.pulls.list, { ...repository, state: 'open', per_page: 100 }),
  );
  return new Map(pulls.map(({ number, base }) => [number, base.ref]));
}

function checkRateLimit({ client }: RepositoryConnection, number: number): PlatformError | null {
  const { remaining, limit } = readUsage(client);
  if (remaining === null || limit === null || limit < REQUEST_RESERVE || remaining >= REQUEST_RESERVE) return null;
  return new PlatformError(messages.rateBudget({ remaining, limit, number }));
}

/** The requests of the run. GitHub allows 1,000 per hour and repository for a workflow's token. */
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
