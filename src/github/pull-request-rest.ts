/** The facts of a pull request by REST, for servers without GraphQL: more requests, the same facts. */
import type { Account, LabelEvent } from '../model/pull-request.ts';
import { ask, type GitHubClient } from './client.ts';
import {
  type CommitStatus,
  distinctAccounts,
  type PullRequestQuestion,
  type RepositoryName,
  type RoadFacts,
} from './pull-request-facts.ts';
import { lastEvents } from './pull-request-graphql.ts';

/** GitHub's REST lists a pull request's commits up to this many; beyond it authors would be missing. */
const MAX_COMMITS = 250;

/** Reads the facts. @throws PlatformError when one of the requests fails. */
export async function pullRequestByRest(client: GitHubClient, question: PullRequestQuestion): Promise<RoadFacts> {
  const place = { ...question.repository, issue_number: question.number, per_page: 100 };
  const pull = { ...question.repository, pull_number: question.number };
  const { data: pullRequest } = await ask('pull-request', () => client.rest.pulls.get(pull));
  const [labels, timeline, commits, comments, repository] = await Promise.all([
    ask('labels', () => client.paginate(client.rest.issues.listLabelsOnIssue, place)),
    ask('labels', () => client.paginate(client.rest.issues.listEventsForTimeline, place)),
    ask('pull-request', () => client.paginate(client.rest.pulls.listCommits, { ...pull, per_page: 100 })),
    ask('comments', () => client.paginate(client.rest.issues.listComments, place)),
    question.policyRef === 'base' ? null : ask('pull-request', () => client.rest.repos.get({ ...question.repository })),
  ]);
  const policyCommit =
    repository === null
      ? pullRequest.base.sha
      : (
          await ask('pull-request', () =>
            client.rest.repos.getCommit({ ...question.repository, ref: repository.data.default_branch, per_page: 1 }),
          )
        ).data.sha;
  const people = commits.flatMap((commit) => [accountOf(commit.author), accountOf(commit.committer)]);
  const author = accountOf(pullRequest.user);
  const coAuthors = commits.flatMap((commit) => coAuthorsOf(commit.commit.message));
  const unmapped = commits
    .filter((commit) => accountOf(commit.author) === null)
    .map((commit) => commit.commit.author?.name ?? '?');
  return {
    number: question.number,
    title: pullRequest.title,
    description: pullRequest.body ?? '',
    open: pullRequest.state === 'open',
    headSha: pullRequest.head.sha,
    baseSha: pullRequest.base.sha,
    baseBranch: pullRequest.base.ref,
    changedFiles: pullRequest.changed_files,
    labels: labels.map((label) => label.name),
    labelEvents: lastEvents(timeline.flatMap(labelEventOf)),
    authors: distinctAccounts([author, ...people].filter((account) => account !== null)),
    unknownAuthors: [
      ...new Set([
        ...unmapped,
        ...coAuthors,
        ...(pullRequest.commits > MAX_COMMITS ? ['commits beyond the 250th'] : []),
      ]),
    ].sort(),
    commits: [...commits].reverse().map((commit) => ({ sha: commit.sha, statuses: null })),
    before: question.before === null ? null : { sha: question.before, statuses: null },
    comments: comments.map((comment) => ({
      id: comment.id,
      body: comment.body ?? '',
      author: accountOf(comment.user),
      url: comment.html_url,
    })),
    policy: undefined,
    policyCommit,
  };
}

/** All statuses of a commit, newest first. @throws PlatformError */
export async function statusesOf(
  client: GitHubClient,
  repository: RepositoryName,
  sha: string,
): Promise<readonly CommitStatus[]> {
  const statuses = await ask('statuses', () =>
    client.paginate(client.rest.repos.listCommitStatusesForRef, { ...repository, ref: sha, per_page: 100 }),
  );
  return statuses.map((status) => ({
    context: status.context,
    targetUrl: status.target_url ?? '',
    createdAt: status.created_at,
    creator: accountOf(status.creator),
  }));
}

/** An account as REST shows it; null for a deleted one, or a commit whose e-mail address belongs to nobody. */
export function accountOf(user: unknown): Account | null {
  if (typeof user !== 'object' || user === null || !('login' in user) || !('id' in user)) return null;
  const { login, id } = user;
  if (typeof login !== 'string' || typeof id !== 'number') return null;
  return { login, id, bot: 'type' in user && user.type === 'Bot' };
}

function labelEventOf(event: unknown): readonly LabelEvent[] {
  if (typeof event !== 'object' || event === null || !('event' in event) || event.event !== 'labeled') return [];
  const {
    label,
    created_at: at,
    actor,
  } = event as unknown as { label?: { name?: string }; created_at?: string; actor?: unknown };
  if (label?.name === undefined || at === undefined) return [];
  return [{ label: label.name, actor: accountOf(actor), at }];
}

/** Names in `Co-authored-by` trailers: REST does not say whose accounts they are. */
function coAuthorsOf(message: string): readonly string[] {
  return [...message.matchAll(/^co-authored-by:\s*([^<\n]*?)\s*<[^>\n]*>\s*$/gim)].map((match) => match[1] ?? '?');
}
