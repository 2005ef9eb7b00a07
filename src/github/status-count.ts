/**
 * How often a commit was evaluated. GitHub takes 1,000 statuses of one context on one commit and refuses every further
 * one; from then on a success could not be taken back, so the gate stops well before, with an error as its last word.
 */

import type { Account } from '../model/pull-request.ts';
import { webAddress } from '../model/web-address.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';
import { listStatuses } from './pull-request-rest.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** Statuses of the gate on one commit from which on it only says that there are too many (each run writes two). */
export const MOST_STATUSES = 900;

/** An address that also tells how many statuses of the gate the commit has, the one that points there included. */
export function withCount(address: string, count: number): string {
  const url = new URL(address);
  url.searchParams.set('statuses', String(count));
  return url.toString();
}

/** The statuses that the gate has written on the head before this run: told by the latest one, else counted. @throws PlatformError */
export async function statusesOnHead(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  context: string,
  identity: Account,
): Promise<number> {
  const own = (status: { readonly context: string; readonly creator: Account | null }) =>
    status.context === context && status.creator?.id === identity.id;
  const known = facts.commits.find(({ sha }) => sha === facts.headSha)?.statuses ?? null;
  const latest = known?.find(own);
  if (known !== null && latest === undefined) return 0;
  const told = latest === undefined ? null : countIn(latest.targetUrl);
  if (told !== null) return told;
  return (await listStatuses(connection.client, connection.repository, facts.headSha)).filter(own).length;
}

function countIn(address: string): number | null {
  const text = webAddress(address)?.searchParams.get('statuses') ?? null;
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
