/**
 * Writes the gate's one comment. With GraphQL, the answer also contains the state of the pull request after the write, so the
 * last check before the verdict needs no request of its own.
 */
import type * as schema from '@octokit/graphql-schema';
import { PlatformError } from '../model/errors.ts';
import { ask, getHttpStatus } from './client.ts';
import { buildStateQuery, type CurrentState, type CurrentStateFields, toCurrentState } from './current-state.ts';
import { type Fields, query } from './graphql.ts';
import { messages } from './messages.ts';
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

/** A comment as it was written. */
export type WrittenComment = Pick<CommentFacts, 'id' | 'body' | 'url'>;

/** The comment, and the state of the pull request after it. */
interface WrittenCommentAndState {
  readonly comment: WrittenComment;
  /** Null: the answer does not contain all of it. */
  readonly current: CurrentState | null;
}

/**
 * Creates or edits the comment. If GraphQL fails, REST writes it. If both have created one, the state that is read next contains
 * both. @throws PlatformError
 */
export async function writeComment(
  connection: RepositoryConnection,
  draft: CommentDraft,
  withReviews: boolean,
): Promise<WrittenCommentAndState> {
  const written = connection.hasGraphQl
    ? await writeByGraphQl(connection, draft, withReviews).catch(ignoreUnlessGeneral)
    : null;
  return written ?? { comment: await writeByRest(connection, draft), current: null };
}

/**
 * Failures that REST would repeat. A 403 is about the token or the network, because GraphQL refuses a write with 200. A
 * secondary rate limit counts the writes of both.
 */
const GENERAL_FAILURES: readonly string[] = [messages.githubForbidden.id, messages.githubSecondaryLimit.id];

function ignoreUnlessGeneral(error: unknown): null {
  if (error instanceof PlatformError && GENERAL_FAILURES.includes(error.id)) throw error;
  return null;
}

async function writeByGraphQl(
  { client }: RepositoryAccess,
  { pullRequest, existing, body }: CommentDraft,
  withReviews: boolean,
): Promise<WrittenCommentAndState> {
  interface WrittenFields extends Fields<schema.IssueComment, 'fullDatabaseId' | 'url'> {
    readonly pullRequest: CurrentStateFields;
  }
  interface WriteResponse {
    readonly written: { readonly node: WrittenFields } | { readonly edge: { readonly node: WrittenFields } };
  }
  const { parameters, fields } = buildStateQuery(withReviews);
  const node = `{ fullDatabaseId url pullRequest { ${fields} } }`;
  const text =
    existing === null
      ? `mutation AddComment($input: AddCommentInput!, ${parameters}) {
          written: addComment(input: $input) { edge: commentEdge { node ${node} } } }`
      : `mutation EditComment($input: UpdateIssueCommentInput!, ${parameters}) {
          written: updateIssueComment(input: $input) { node: issueComment ${node} } }`;
  const input = existing === null ? { subjectId: pullRequest.nodeId, body } : { id: existing.nodeId, body };
  const { written } = await query<WriteResponse>(client, text, { input }, 'write-comment');
  const { fullDatabaseId, url, pullRequest: state } = 'edge' in written ? written.edge.node : written.node;
  return { comment: { id: Number(fullDatabaseId), body, url }, current: toCurrentState(state, withReviews) };
}

async function writeByRest(access: RepositoryAccess, draft: CommentDraft): Promise<WrittenComment> {
  const { client, repository } = access;
  const { pullRequest, existing, body, renderShortBody } = draft;
  const write = async (text: string) => {
    const { data } =
      existing === null
        ? await client.rest.issues.createComment({ ...repository, issue_number: pullRequest.number, body: text })
        : await client.rest.issues.updateComment({ ...repository, comment_id: existing.id, body: text });
    return { id: data.id, body: text, url: data.html_url };
  };
  return await ask('write-comment', async () => {
    try {
      return await write(body);
    } catch (error) {
      const status = getHttpStatus(error);
      const isDeleted = status === 404 && existing !== null; // after it was read
      if (isDeleted) return await writeByRest(access, { ...draft, existing: null });
      if (status !== 422) throw error;
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
