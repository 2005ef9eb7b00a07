/** The commit status that blocks or opens the merge. */
import type { Account } from '../model/pull-request.ts';
import { ask } from './client.ts';
import { parseAccount } from './pull-request-rest.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** GitHub shows this many characters of a status' description. */
const MAX_DESCRIPTION = 140;

/** One status to write. */
export interface StatusText {
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  readonly description: string;
  readonly targetUrl: string;
}

/** What GitHub says of the status it created: by whom and when. */
export interface WrittenStatus {
  readonly creator: Account | null;
  /** ISO 8601, GitHub's clock. */
  readonly createdAt: string;
}

/** Writes a status on exactly this commit. @throws PlatformError */
export async function writeStatus(
  connection: RepositoryConnection,
  sha: string,
  context: string,
  text: StatusText,
): Promise<WrittenStatus> {
  const { client, repository, pendingHeads } = connection;
  if (text.state === 'pending') pendingHeads.add(sha); // before it is there: an answer that is lost leaves one, too
  const { data } = await ask('write-status', () =>
    client.rest.repos.createCommitStatus({
      ...repository,
      sha,
      context,
      state: text.state,
      description: shorten(text.description),
      target_url: text.targetUrl,
    }),
  );
  if (text.state !== 'pending') pendingHeads.delete(sha);
  return { creator: parseAccount(data.creator), createdAt: data.created_at };
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_DESCRIPTION ? text : `${characters.slice(0, MAX_DESCRIPTION - 1).join('')}…`;
}
