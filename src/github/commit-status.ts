/**
 * The commit status that blocks the merge or does not, and the number of statuses on a commit. GitHub accepts at most 1,000
 * statuses of one context on one commit. After that a success could not be revoked. So the gate stops well before, with an
 * error as its last status.
 */
import type { Account } from '../model/pull-request.ts';
import { parseWebAddress } from '../model/web-address.ts';
import { ask } from './client.ts';
import { type CommitStatus, type PullRequestFacts, parseAccount } from './pull-request-facts.ts';
import type { RepositoryAccess, RepositoryConnection } from './repository-connection.ts';

/** GitHub shows this many characters of a status' description. */
const MAX_DESCRIPTION = 140;

/**
 * From this number of statuses of one context on one commit, the gate only reports that there are too many. Each run writes
 * two.
 */
export const MAX_STATUSES = 900;

/** One status to write. */
export interface StatusText {
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  readonly description: string;
  readonly targetUrl: string;
}

/** A written status, with its creator and time from GitHub's answer. */
export interface WrittenStatus {
  readonly context: string;
  readonly creator: Account | null;
  /** ISO 8601, GitHub's clock. */
  readonly createdAt: string;
}

/** Writes a status on exactly this commit. @throws PlatformError */
export async function writeStatus(
  connection: RepositoryConnection,
  sha: string,
  context: string,
  { state, description, targetUrl }: StatusText,
): Promise<WrittenStatus> {
  const { client, repository, pendingHeads } = connection;
  if (state === 'pending') pendingHeads.set(sha, context); // before it exists: a write with a lost answer leaves one, too
  const text = { sha, context, state, description: shorten(description), target_url: targetUrl };
  const { data } = await ask('write-status', () => client.rest.repos.createCommitStatus({ ...repository, ...text }));
  if (state !== 'pending') pendingHeads.delete(sha);
  connection.lastWritten = { context, creator: parseAccount(data.creator), createdAt: data.created_at };
  return connection.lastWritten;
}

/** Whether a status has this state and this text. */
export function equalsStatus(
  status: Pick<CommitStatus, 'state' | 'description'>,
  { state, description }: Pick<StatusText, 'state' | 'description'>,
): boolean {
  return status.state === state && status.description === shorten(description);
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_DESCRIPTION ? text : `${characters.slice(0, MAX_DESCRIPTION - 1).join('')}…`;
}

/** All statuses of a commit, newest first. @throws PlatformError */
export async function listStatuses(
  { client, repository }: RepositoryAccess,
  sha: string,
): Promise<readonly CommitStatus[]> {
  const statuses = await ask('statuses', () =>
    client.paginate(client.rest.repos.listCommitStatusesForRef, { ...repository, ref: sha, per_page: 100 }),
  );
  return statuses.map((status) => ({
    context: status.context,
    state: status.state,
    description: status.description ?? '',
    targetUrl: status.target_url ?? '',
    createdAt: status.created_at,
    creator: parseAccount(status.creator),
  }));
}

/** An address with the number of the commit's statuses of its context, including the status with this address. */
export function withStatusCount(address: string, count: number): string {
  const url = new URL(address);
  url.searchParams.set('statuses', String(count));
  return url.toString();
}

/** Whether a status is of this context: GitHub counts them without regard to case. */
export function isContext(status: Pick<CommitStatus, 'context'>, context: string): boolean {
  return status.context.toLowerCase() === context.toLowerCase();
}

/** A count in a status is trusted up to this number, because too few others can be added in between to matter. */
const MAX_TRUSTED_COUNT = 100;

/**
 * Number of statuses of the context on the head before this run, from all accounts. The latest one contains it if it is the
 * gate's own, else they are counted. @throws PlatformError
 */
export async function countStatuses(
  connection: RepositoryConnection,
  { commits, headSha }: PullRequestFacts,
  context: string,
  identity: Account,
): Promise<number> {
  const known = commits.find(({ sha }) => sha === headSha)?.statuses ?? null;
  const latest = known?.find((status) => isContext(status, context));
  if (known !== null && latest === undefined) return 0;
  const count = latest?.creator?.id === identity.id ? parseStatusCount(latest.targetUrl) : null;
  if (count !== null && count <= MAX_TRUSTED_COUNT) return count;
  return (await listStatuses(connection, headSha)).filter((status) => isContext(status, context)).length;
}

/** Whether a status of the gate ends a run. A `pending` status contains no count. */
export function isVerdict({ targetUrl }: Pick<CommitStatus, 'targetUrl'>): boolean {
  return parseStatusCount(targetUrl) !== null;
}

function parseStatusCount(address: string): number | null {
  const text = parseWebAddress(address)?.searchParams.get('statuses') ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}
