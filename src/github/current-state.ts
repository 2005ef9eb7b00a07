/** The pull request as it is right before the verdict: what may have moved while the run was at work. */
import { ask } from './client.ts';
import { listComments } from './comment.ts';
import {
  COMMENTS,
  type CommentFields,
  type CommitWithStatuses,
  LABELS,
  type Page,
  query,
  STATUS,
  toComment,
  toCommit,
} from './graphql.ts';
import type { CommentFacts, CommitStatus } from './pull-request-facts.ts';
import type { RepositoryAccess, RepositoryConnection } from './repository-connection.ts';

/** What is read again. */
export interface CurrentState {
  readonly headSha: string;
  readonly baseBranch: string;
  readonly labels: readonly string[];
  readonly comments: readonly CommentFacts[];
  /** The latest status of each context on the head; null: not asked. */
  readonly statuses: readonly CommitStatus[] | null;
}

/** Reads head, labels and comments once more. @throws PlatformError */
export async function readCurrentState(connection: RepositoryConnection, number: number): Promise<CurrentState> {
  const { client, repository } = connection;
  if (connection.hasGraphQl) {
    const state = await readCurrentStateByGraphQl(connection, number).catch(() => null);
    if (state !== null) return state;
  }
  const [{ data }, comments] = await Promise.all([
    ask('pull-request', () => client.rest.pulls.get({ ...repository, pull_number: number })),
    listComments(connection, number),
  ]);
  const labels = data.labels.map(({ name }) => name);
  return { headSha: data.head.sha, baseBranch: data.base.ref, statuses: null, labels, comments };
}

/** By one request; null where labels or comments have more than one page (then REST reads them all). */
export async function readCurrentStateByGraphQl(
  { client, repository: { owner, repo } }: RepositoryAccess,
  number: number,
): Promise<CurrentState | null> {
  interface CurrentAnswer {
    readonly repository: {
      readonly pullRequest: {
        readonly headRefOid: string;
        readonly baseRefName: string;
        readonly labels: Page<{ readonly name: string }> | null;
        readonly comments: Page<CommentFields> | null;
        readonly head?: { readonly nodes: readonly { readonly commit: CommitWithStatuses }[] };
      } | null;
    };
  }
  const text = `query Moment($owner: String!, $repo: String!, $number: Int!, $labels: String, $comments: String) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) {
        headRefOid baseRefName ${LABELS} ${COMMENTS}
        head: commits(last: 1) { nodes { commit { oid ${STATUS} } } }
      }
    }
  }`;
  const { repository } = await query<CurrentAnswer>(client, text, {
    owner,
    repo,
    number,
    labels: null,
    comments: null,
  });
  const { pullRequest } = repository;
  if (pullRequest === null || pullRequest.labels?.pageInfo.hasNextPage || pullRequest.comments?.pageInfo.hasNextPage)
    return null;
  const head = pullRequest.head?.nodes[0]?.commit;
  return {
    headSha: pullRequest.headRefOid,
    baseBranch: pullRequest.baseRefName,
    labels: (pullRequest.labels?.nodes ?? []).map(({ name }) => name),
    comments: (pullRequest.comments?.nodes ?? []).map(toComment),
    statuses: head?.oid === pullRequest.headRefOid ? toCommit(head).statuses : null,
  };
}
