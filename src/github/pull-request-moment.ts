/** The pull request as it is right before the verdict: what may have moved while the run was at work. */
import { ask } from './client.ts';
import type { CommentFacts, CommitStatus } from './pull-request-facts.ts';
import { momentByGraphQl } from './pull-request-graphql.ts';
import { parseAccount } from './pull-request-rest.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** What is read again. */
export interface Moment {
  readonly headSha: string;
  readonly baseBranch: string;
  readonly labels: readonly string[];
  readonly comments: readonly CommentFacts[];
  /** The latest status of each context on the head; null: not asked. */
  readonly statuses: readonly CommitStatus[] | null;
}

/** Reads head, labels and comments once more. @throws PlatformError */
export async function readMoment(connection: RepositoryConnection, number: number): Promise<Moment> {
  const { client, repository } = connection;
  if (connection.hasGraphQl) {
    const moment = await momentByGraphQl(client, repository, number).catch(() => null);
    if (moment !== null) return moment;
  }
  const [pullRequest, comments] = await Promise.all([
    ask('pull-request', () => client.rest.pulls.get({ ...repository, pull_number: number })),
    ask('comments', () =>
      client.paginate(client.rest.issues.listComments, { ...repository, issue_number: number, per_page: 100 }),
    ),
  ]);
  return {
    headSha: pullRequest.data.head.sha,
    baseBranch: pullRequest.data.base.ref,
    statuses: null,
    labels: pullRequest.data.labels.map((label) => label.name),
    comments: comments.map((comment) => ({
      id: comment.id,
      body: comment.body ?? '',
      author: parseAccount(comment.user),
      url: comment.html_url,
    })),
  };
}
