/** The reviews of a pull request, that approve or request changes, and whether an approval is for the current change. */
import type * as schema from '@octokit/graphql-schema';
import { sortByKey } from '../model/lists.ts';
import type { Account, ApprovingReview } from '../model/pull-request.ts';
import { ask } from './client.ts';
import {
  ACTOR,
  type ActorFields,
  createPartialPullRequestError,
  type Fields,
  type Page,
  query,
  toAccount,
} from './graphql.ts';
import { type PullRequestFacts, parseAccount } from './pull-request-facts.ts';
import type { RepositoryAccess, RepositoryConnection } from './repository-connection.ts';

/** A review that approves or requests changes, or did so before it was dismissed. */
export interface ReviewFacts {
  readonly by: Account | null;
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  /** ISO 8601, GitHub's clock; empty: not known. */
  readonly at: string;
  /** The commit that was reviewed; null: it is deleted. */
  readonly commit: string | null;
}

/** A page of reviews. Those without an opinion are left out. */
export const REVIEWS = `reviews(first: 100, after: $reviews, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) {
    nodes { state submittedAt commit { oid } author { ${ACTOR} } } pageInfo { hasNextPage endCursor } }`;

/** A node of `REVIEWS`. */
export interface ReviewFields {
  readonly state: ReviewFacts['state'];
  readonly submittedAt: string | null;
  readonly commit: Fields<schema.Commit, 'oid'> | null;
  readonly author: ActorFields | null;
}

/** Reads all of them, oldest first. @throws PlatformError */
export async function readReviews(connection: RepositoryConnection, number: number): Promise<readonly ReviewFacts[]> {
  const byGraphQl = connection.hasGraphQl ? await readByGraphQl(connection, number).catch(() => null) : null;
  return byGraphQl ?? readReviewsByRest(connection, number);
}

async function readByGraphQl(
  { client, repository: { owner, repo } }: RepositoryAccess,
  number: number,
): Promise<readonly ReviewFacts[]> {
  interface ReviewsResponse {
    readonly repository: { readonly pullRequest: { readonly reviews: Page<ReviewFields> | null } | null };
  }
  const text = `query Reviews($owner: String!, $repo: String!, $number: Int!, $reviews: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${REVIEWS} } } }`;
  const found: ReviewFields[] = [];
  let after: string | null = null;
  do {
    const answer: ReviewsResponse = await query<ReviewsResponse>(client, text, { owner, repo, number, reviews: after });
    const page: Page<ReviewFields> | null | undefined = answer.repository.pullRequest?.reviews;
    if (!page) throw createPartialPullRequestError();
    found.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found.map(toReview);
}

/** The facts of a node of `REVIEWS`. */
export function toReview({ author, state, submittedAt, commit }: ReviewFields): ReviewFacts {
  return { by: toAccount(author), state, at: submittedAt ?? '', commit: commit?.oid ?? null };
}

/** The same by REST. @throws PlatformError */
export async function readReviewsByRest(
  { client, repository }: RepositoryAccess,
  number: number,
): Promise<readonly ReviewFacts[]> {
  const pull = { ...repository, pull_number: number, per_page: 100 };
  const rows = await ask('pull-request', () => client.paginate(client.rest.pulls.listReviews, pull));
  const states: readonly string[] = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'] satisfies ReviewFacts['state'][];
  return rows.flatMap(({ user, state, submitted_at: at = '', commit_id: commit }) =>
    states.includes(state) ? { by: parseAccount(user), state: state as ReviewFacts['state'], at, commit } : [],
  );
}

/**
 * The users with an approving last review. A later review by the same user that requests changes revokes it, and so does a
 * dismissal. A review is current if it was given for this head, while this was the base branch.
 */
export function listApprovingReviews(
  reviews: readonly ReviewFacts[],
  pullRequest: Pick<PullRequestFacts, 'headSha' | 'baseBranch' | 'baseChanges'>,
): readonly ApprovingReview[] {
  const oldestFirst = sortByKey(reviews, ({ at }) => [at]);
  const last = new Map(oldestFirst.flatMap((review) => (review.by === null ? [] : [[review.by.id, review] as const])));
  return [...last.values()].flatMap(({ by, state, at, commit }) => {
    if (by === null || state !== 'APPROVED') return [];
    const isCurrent = commit === pullRequest.headSha && isForThisBase(at, pullRequest);
    return [{ by, at, isCurrent }];
  });
}

/**
 * Whether the base branch was the current one at that moment. GitHub's times are whole seconds, so both bases of one second
 * count.
 */
function isForThisBase(at: string, { baseBranch, baseChanges }: Pick<PullRequestFacts, 'baseBranch' | 'baseChanges'>) {
  const before = baseChanges.findLast((change) => change.at < at)?.to ?? baseChanges[0]?.from ?? baseBranch;
  const within = baseChanges.filter((change) => change.at === at).map(({ to }) => to);
  return [before, ...within].every((base) => base === baseBranch);
}
