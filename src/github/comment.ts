/** The gate's one comment: found by author identity and marker, edited in place, only when it says something else. */
import type { Account } from '../model/pull-request.ts';
import { ask, type GitHubClient, httpStatus } from './client.ts';
import type { CommentFacts, RepositoryName } from './pull-request-facts.ts';

/** The gate's own comments among all, oldest first. A stranger's comment with the marker is none, nor is one that quotes it. */
export function ownComments(
  comments: readonly CommentFacts[],
  identity: Account,
  marker: string,
): readonly CommentFacts[] {
  const isMarked = (body: string) => body.split(/\r?\n/).some((line) => line.startsWith(marker));
  return comments
    .filter(({ author, body }) => author?.id === identity.id && author.bot === identity.bot && isMarked(body))
    .sort((a, b) => a.id - b.id);
}

/** Creates or edits the comment; on a body that GitHub finds too long, the short one is used. Null: nothing to do. */
export async function writeComment(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  existing: CommentFacts | null,
  body: string,
  shortBody: () => string,
): Promise<CommentFacts> {
  if (existing !== null && sameText(existing.body, body)) return existing;
  const write = async (text: string) => {
    const { data } =
      existing === null
        ? await client.rest.issues.createComment({ ...repository, issue_number: number, body: text })
        : await client.rest.issues.updateComment({ ...repository, comment_id: existing.id, body: text });
    return { id: data.id, body: text, author: existing?.author ?? null, url: data.html_url };
  };
  return await ask('write-comment', async () => {
    try {
      return await write(body);
    } catch (error) {
      if (httpStatus(error) !== 422) throw error;
      return await write(shortBody());
    }
  });
}

/** Deletes a duplicate. One that is already gone is fine. @throws PlatformError */
export async function deleteComment(client: GitHubClient, repository: RepositoryName, id: number): Promise<void> {
  await ask('write-comment', async () => {
    try {
      await client.rest.issues.deleteComment({ ...repository, comment_id: id });
    } catch (error) {
      if (httpStatus(error) !== 404) throw error;
    }
  });
}

/** GitHub may hand line ends back as CRLF. */
export function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}
