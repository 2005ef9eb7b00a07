/** GraphQL requests: their form, the fields that several of them request, and the facts from these fields. */
import type * as schema from '@octokit/graphql-schema';
import { computeGitBlobId } from '../model/digest.ts';
import type { PlatformError } from '../model/errors.ts';
import type { Account } from '../model/pull-request.ts';
import type { FileContent } from '../model/source.ts';
import { createPartialError, type GitHubClient, type Purpose, toPlatformError } from './client.ts';
import type { CommentFacts, CommitFacts } from './pull-request-facts.ts';

/** Fields of a type of GitHub's schema. Ids, times and addresses, which the schema leaves open, arrive as strings. */
export type Fields<T, Names extends keyof T> = {
  readonly [Name in Names]-?: 0 extends 1 & T[Name] ? string : Exclude<T[Name], undefined>;
};

/** One page of a list. */
export interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: Fields<schema.PageInfo, 'hasNextPage' | 'endCursor'>;
}

/** The fields of `ActorFields`. */
export const ACTOR = 'login __typename ... on User { databaseId } ... on Bot { databaseId }';

/** The account behind an event: a user, a bot, or a rarer kind without a number. */
export type ActorFields = Fields<schema.Actor, 'login'> &
  Pick<schema.User, 'databaseId'> & { readonly __typename: string };

/** The latest status of each context on a commit. */
export const STATUS = `status { contexts { context state description targetUrl createdAt creator { ${ACTOR} } } }`;

/** A commit with its `STATUS`. */
export interface CommitWithStatuses extends Fields<schema.Commit, 'oid'> {
  readonly status: {
    readonly contexts: readonly (Fields<schema.StatusContext, 'context' | 'createdAt' | 'state'> & {
      readonly description: string | null;
      readonly targetUrl: string | null;
      readonly creator: ActorFields | null;
    })[];
  } | null;
}

/** A page of labels. */
export const LABELS = 'labels(first: 100, after: $labels) { nodes { name } pageInfo { hasNextPage endCursor } }';

/** A page of comments. */
export const COMMENTS = `comments(first: 100, after: $comments) {
    nodes { id fullDatabaseId body url author { ${ACTOR} } }
    pageInfo { hasNextPage endCursor } }`;

/** A node of `COMMENTS`. */
export type CommentFields = Fields<schema.IssueComment, 'id' | 'fullDatabaseId' | 'body' | 'url'> & {
  readonly author: ActorFields | null;
};

/** The fields of `BlobFields`. */
export const BLOB = '__typename oid ... on Blob { byteSize isTruncated text }';

/** A git object as a file. An object of another type than `Blob` is not a file. */
export type BlobFields = Fields<schema.GitObject, 'oid'> &
  Partial<Fields<schema.Blob, 'byteSize' | 'isTruncated' | 'text'>> & { readonly __typename: string };

/** One GraphQL request. A partial answer (with `errors`) is thrown by Octokit, so it never counts as data. @throws PlatformError */
export async function query<T>(
  client: GitHubClient,
  text: string,
  variables: Record<string, unknown>,
  purpose: Purpose = 'pull-request',
): Promise<T> {
  try {
    return await client.graphql<T>(text, variables);
  } catch (error) {
    throw toPlatformError(purpose, error);
  }
}

/** The failure of an answer that lacks something. */
export function createPartialPullRequestError(): PlatformError {
  return createPartialError('pull-request');
}

/** The account of an actor; null for a deleted one and for kinds without a number. */
export function toAccount(actor: ActorFields | null): Account | null {
  if (typeof actor?.databaseId !== 'number') return null;
  const bot = actor.__typename === 'Bot';
  const login = bot && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
  return { login, id: actor.databaseId, bot };
}

/** A commit and its statuses. */
export function toCommit({ oid, status }: CommitWithStatuses): CommitFacts {
  const statuses = (status?.contexts ?? []).map(({ context, state, description, targetUrl, createdAt, creator }) => ({
    context,
    state: state.toLowerCase(),
    description: description ?? '',
    targetUrl: targetUrl ?? '',
    createdAt,
    creator: toAccount(creator),
  }));
  return { sha: oid, statuses, parents: [], authors: [] };
}

/** A comment of the conversation. */
export function toComment({ id: nodeId, fullDatabaseId, body, author, url }: CommentFields): CommentFacts {
  return { id: Number(fullDatabaseId), nodeId, body, author: toAccount(author), url };
}

/** A blob's content if its text is complete and git's id matches its bytes; null: it must be read as bytes. */
export function readBlobText({ oid, text, isTruncated }: BlobFields): FileContent | null {
  if (text === null || text === undefined || isTruncated !== false) return null;
  const bytes = new TextEncoder().encode(text);
  return computeGitBlobId(bytes, oid.length === 64 ? 64 : 40) === oid ? { bytes } : null;
}
