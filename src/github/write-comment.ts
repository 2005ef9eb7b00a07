/**
 * Writes the gate's one comment. With GraphQL, the answer also contains the state of the pull request after the write, so the
 * last check before the verdict needs no request of its own.
 */
import type * as schema from '@octokit/graphql-schema';
import { PlatformError } from '../model/errors.ts';
import { ask, getHttpStatus } from './client.ts';
import {
  buildStateQuery,
  type CurrentState,
  type CurrentStateFields,
  readCurrentState,
  toCurrentState,
} from './current-state.ts';
import { type Fields, query } from './graphql.ts';
import type { CommentFacts, PullRequestFacts } from './pull-request-facts.ts';
import type { RepositoryAccess, RepositoryConnection } from './repository-connection.ts';

/** The whole comment, and the one for a body that GitHub finds too long. */
export interface CommentText {
  readonly body: string;
  readonly renderShortBody: () => string;
}

/** The comment to write. */
export interface CommentDraft extends CommentText {
  readonly pullRequest: Pick<PullRequestFacts, 'number' | 'nodeId'>;
  /** The comment to edit; null: there is none yet. */
  readonly existing: CommentFacts | null;
}

/** A comment as it was written, and the state of the pull request after that. */
export interface WrittenComment {
  readonly comment: CommentFacts;
  readonly current: CurrentState;
}

/**
 * Creates or edits the comment, and reads the state. If GraphQL fails, REST writes the comment. If both have created one, the
 * state contains both. @throws PlatformError
 */
export async function writeComment(
  connection: RepositoryConnection,
  draft: CommentDraft,
  withReviews: boolean,
): Promise<WrittenComment> {
  const written = connection.hasGraphQl
    ? await writeByGraphQl(connection, draft, withReviews).catch(ignoreUnlessForbidden)
    : null;
  const comment = written?.comment ?? (await writeByRest(connection, draft));
  const current = written?.current ?? (await readCurrentState(connection, draft.pullRequest.number, withReviews));
  return { comment, current };
}

/** GraphQL refuses a write with 200. A 403 is about the token or the network, so REST would be refused as well. */
function ignoreUnlessForbidden(error: unknown): null {
  if (error instanceof PlatformError && error.id === 'github-forbidden') throw error;
  return null;
}

/** `current` is null if the answer contains only a part of the state. */
async function writeByGraphQl(
  { client }: RepositoryAccess,
  { pullRequest, existing, body }: CommentDraft,
  withReviews: boolean,
): Promise<{ readonly comment: CommentFacts; readonly current: CurrentState | null }> {
  interface WrittenFields extends Fields<schema.IssueComment, 'id' | 'fullDatabaseId' | 'url'> {
    readonly pullRequest: CurrentStateFields;
  }
  interface WriteResponse {
    readonly written: { readonly node: WrittenFields } | { readonly edge: { readonly node: WrittenFields } };
  }
  const { parameters, fields } = buildStateQuery(withReviews);
  const node = `{ id fullDatabaseId url pullRequest { ${fields} } }`;
  const text =
    existing === null
      ? `mutation AddComment($input: AddCommentInput!, ${parameters}) {
          written: addComment(input: $input) { edge: commentEdge { node ${node} } } }`
      : `mutation EditComment($input: UpdateIssueCommentInput!, ${parameters}) {
          written: updateIssueComment(input: $input) { node: issueComment ${node} } }`;
  const input = existing === null ? { subjectId: pullRequest.nodeId, body } : { id: existing.nodeId, body };
  const { written } = await query<WriteResponse>(client, text, { input }, 'write-comment');
  const { id, fullDatabaseId, url, pullRequest: state } = 'edge' in written ? written.edge.node : written.node;
  const comment = { id: Number(fullDatabaseId), nodeId: id, body, author: existing?.author ?? null, url };
  return { comment, current: toCurrentState(state, withReviews) };
}

async function writeByRest(
  { client, repository }: RepositoryAccess,
  { pullRequest, existing, body, renderShortBody }: CommentDraft,
): Promise<CommentFacts> {
  const write = async (text: string) => {
    const { data } =
      existing === null
        ? await client.rest.issues.createComment({ ...repository, issue_number: pullRequest.number, body: text })
        : await client.rest.issues.updateComment({ ...repository, comment_id: existing.id, body: text });
    return { id: data.id, nodeId: data.node_id, body: text, author: existing?.author ?? null, url: data.html_url };
  };
  return await ask('write-comment', async () => {
    try {
      return await write(body);
    } catch (error) {
      if (getHttpStatus(error) !== 422) throw error;
      return await write(renderShortBody());
    }
  });
}

/** Deletes a duplicate. A comment that is already deleted is fine. @throws PlatformError */
export async function deleteComment({ client, repository }: RepositoryAccess, id: number): Promise<void> {
  await ask('write-comment', async () => {
    try {
      await client.rest.issues.deleteComment({ ...repository, comment_id: id });
    } catch (error) {
      if (getHttpStatus(error) !== 404) throw error;
    }
  });
}
