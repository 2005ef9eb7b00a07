/** The state of the pull request right before the verdict, because it can change during the run. */
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
import { REVIEWS, type ReviewFacts, type ReviewFields, readReviewsByRest, toReview } from './reviews.ts';

/** The facts that are read again. */
export interface CurrentState {
  readonly headSha: string;
  readonly baseBranch: string;
  readonly labels: readonly string[];
  readonly comments: readonly CommentFacts[];
  /** Null: not requested. */
  readonly reviews: readonly ReviewFacts[] | null;
  /** The latest status of each context on the head; null: not requested. */
  readonly statuses: readonly CommitStatus[] | null;
}

/** Reads head, labels and comments once more, and reviews if they matter. @throws PlatformError */
export async function readCurrentState(
  connection: RepositoryConnection,
  number: number,
  withReviews = false,
): Promise<CurrentState> {
  const { client, repository } = connection;
  if (connection.hasGraphQl) {
    const state = await readCurrentStateByGraphQl(connection, number, withReviews).catch(() => null);
    if (state !== null) return state;
  }
  const [{ data }, comments, reviews] = await Promise.all([
    ask('pull-request', () => client.rest.pulls.get({ ...repository, pull_number: number })),
    listComments(connection, number),
    withReviews ? readReviewsByRest(connection, number) : null,
  ]);
  const labels = data.labels.map(({ name }) => name);
  return { headSha: data.head.sha, baseBranch: data.base.ref, statuses: null, labels, comments, reviews };
}

/** A pull request with the fields of `buildStateQuery`. */
export interface CurrentStateFields {
  readonly headRefOid: string;
  readonly baseRefName: string;
  readonly labels: Page<{ readonly name: string }> | null;
  readonly comments: Page<CommentFields> | null;
  readonly reviews?: Page<ReviewFields> | null;
  readonly head?: { readonly nodes: readonly { readonly commit: CommitWithStatuses }[] };
}

/** The fields of a pull request to request, and the parameters in them, which need no values. */
export function buildStateQuery(withReviews: boolean): { readonly parameters: string; readonly fields: string } {
  const [parameter, field] = withReviews ? [', $reviews: String', REVIEWS] : ['', ''];
  return {
    parameters: `$labels: String, $comments: String${parameter}`,
    fields: `headRefOid baseRefName ${LABELS} ${COMMENTS} ${field} head: commits(last: 1) { nodes { commit { oid ${STATUS} } } }`,
  };
}

/** The state; null if one of the lists has more than one page. */
export function toCurrentState(
  { headRefOid, baseRefName, labels, comments, reviews, head }: CurrentStateFields,
  withReviews: boolean,
): CurrentState | null {
  if ([labels, comments, reviews].some((page) => page?.pageInfo.hasNextPage)) return null;
  if (withReviews && !reviews) return null;
  const commit = head?.nodes[0]?.commit;
  return {
    headSha: headRefOid,
    baseBranch: baseRefName,
    labels: (labels?.nodes ?? []).map(({ name }) => name),
    comments: (comments?.nodes ?? []).map(toComment),
    reviews: reviews?.nodes.map(toReview) ?? null,
    statuses: commit?.oid === headRefOid ? toCommit(commit).statuses : null,
  };
}

/** By one request; null if one of the lists has more than one page (then REST reads them all). */
export async function readCurrentStateByGraphQl(
  { client, repository: { owner, repo } }: RepositoryAccess,
  number: number,
  withReviews = false,
): Promise<CurrentState | null> {
  interface CurrentResponse {
    readonly repository: { readonly pullRequest: CurrentStateFields | null };
  }
  const { parameters, fields } = buildStateQuery(withReviews);
  const text = `query Moment($owner: String!, $repo: String!, $number: Int!, ${parameters}) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${fields} } }
  }`;
  const { repository } = await query<CurrentResponse>(client, text, { owner, repo, number });
  return repository.pullRequest === null ? null : toCurrentState(repository.pullRequest, withReviews);
}
