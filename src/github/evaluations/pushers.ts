/** The accounts that pushed, as GitHub reports them. The names in commits do not count, because anyone can write them. */
import { PlatformError } from '../../model/errors.ts';
import type { Account, PushFacts } from '../../model/pull-request.ts';
import { ask, getHttpStatus } from '../client.ts';
import { type PullRequestFacts, parseAccount } from '../pull-request-facts.ts';
import type { RepositoryConnection } from '../repository-connection.ts';
import type { EvaluationHistory } from './evaluation-history.ts';

/**
 * Reads the pushers since the newest evaluation. Force-pushes are in the timeline, and the event names the last pusher. For
 * pushes that no run saw, GitHub's activity record of the repository shows the pusher, if it is readable.
 * @throws PlatformError
 */
export async function readPushes(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  { newest, pushers }: EvaluationHistory,
): Promise<PushFacts> {
  const { pusher } = facts;
  const since = newest?.read ?? '';
  const forced = facts.forcePushes.filter(({ at }) => at >= since);
  const isMoved = facts.headSha !== newest?.sha;
  const isSeen = !isMoved || (pusher !== null && newest !== null && facts.before?.sha === newest.sha);
  const unseen = isSeen ? [] : await readActivity(connection, facts, since);
  const recent = [...forced.map(({ actor }) => actor), isMoved ? pusher : null, ...unseen];
  return {
    known: pushers,
    recent: [...new Set(recent.flatMap((account) => account?.id ?? []))],
    merges: newest?.merges ?? [],
    merge: newest !== null && forced.length === 0 && isBaseMerge(facts, newest.sha) ? facts.headSha : null,
    lastChanges: newest?.changes ?? null,
  };
}

/** Whether the head only merges the base into a commit. */
function isBaseMerge({ commits, headSha }: PullRequestFacts, into: string): boolean {
  const [first, ...others] = commits.find(({ sha }) => sha === headSha)?.parents ?? [];
  return first === into && others.length > 0 && others.every((parent) => commits.every(({ sha }) => sha !== parent));
}

/** The accounts that pushed one of the pull request's commits to its branch; none if GitHub does not show it. */
async function readActivity(
  { client }: RepositoryConnection,
  { head, commits }: PullRequestFacts,
  since: string,
): Promise<readonly (Account | null)[]> {
  if (head === null) return [];
  const shas = new Set(commits.map(({ sha }) => sha));
  const { owner, repo, branch } = head;
  const question = { owner, repo, ref: `refs/heads/${branch}`, per_page: 100 };
  try {
    const pushes = await ask('contents', () => client.paginate(client.rest.repos.listActivities, question));
    return pushes
      .filter(({ after, timestamp }) => timestamp >= since && shas.has(after))
      .map(({ actor }) => parseAccount(actor));
  } catch (error) {
    const status = error instanceof PlatformError ? getHttpStatus(error.cause) : null;
    if (error instanceof PlatformError && error.id !== 'github-rate-limit' && [403, 404, 422].includes(status ?? 0))
      return [];
    throw error;
  }
}
