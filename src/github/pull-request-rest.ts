/** The facts of a pull request by REST, for servers without GraphQL: more requests, the same facts. */
import { PlatformError } from '../model/errors.ts';
import type { Account, LabelEvent } from '../model/pull-request.ts';
import { ask, type GitHubClient } from './client.ts';
import { listComments } from './comment.ts';
import { messages } from './messages.ts';
import {
  type ApiFacts,
  distinctAccounts,
  type ForcePush,
  keepLastEvents,
  type PullRequestQuestion,
  parseAccount,
} from './pull-request-facts.ts';

/** Reads the facts. @throws PlatformError when one of the requests fails. */
export async function readPullRequestByRest(client: GitHubClient, question: PullRequestQuestion): Promise<ApiFacts> {
  const place = { ...question.repository, issue_number: question.number, per_page: 100 };
  const pull = { ...question.repository, pull_number: question.number };
  const { data: pullRequest } = await ask('pull-request', () => client.rest.pulls.get(pull));
  const [labels, timeline, commits, comments, open, repository] = await Promise.all([
    ask('labels', () => client.paginate(client.rest.issues.listLabelsOnIssue, place)),
    ask('labels', () => client.paginate(client.rest.issues.listEventsForTimeline, place)),
    ask('pull-request', () => client.paginate(client.rest.pulls.listCommits, { ...pull, per_page: 100 })),
    listComments({ client, repository: question.repository }, question.number),
    ask('pull-requests', () =>
      client.paginate(client.rest.pulls.list, { ...question.repository, state: 'open', per_page: 100 }),
    ),
    question.policyRef === 'base' ? null : ask('pull-request', () => client.rest.repos.get({ ...question.repository })),
  ]);
  // Not the pull request's own base commit: that is as old as its last push, and the policy may be another one by now.
  const policyBranch = repository === null ? pullRequest.base.ref : repository.data.default_branch;
  const { data: policyCommit } = await ask('contents', () =>
    client.rest.repos.getCommit({ ...question.repository, ref: `heads/${policyBranch}`, per_page: 1 }),
  );
  const people = commits.flatMap((commit) => [parseAccount(commit.author), parseAccount(commit.committer)]);
  const author = parseAccount(pullRequest.user);
  const coAuthors = commits.flatMap((commit) => parseCoAuthors(commit.commit.message));
  if (pullRequest.commits > commits.length) throw new PlatformError(messages.authorsIncomplete());
  const unmapped = commits
    .filter((commit) => parseAccount(commit.author) === null)
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
    labelEvents: keepLastEvents(timeline.flatMap(parseLabelEvent)),
    authors: distinctAccounts([author, ...people, ...coAuthors].filter((account) => account !== null)),
    unknownAuthors: [...new Set(unmapped)].sort(),
    commits: [...commits].reverse().map((commit) => ({ sha: commit.sha, statuses: null })),
    before:
      question.before === null || question.expectedHead !== pullRequest.head.sha
        ? null
        : { sha: question.before, statuses: null },
    forcePushes: timeline.flatMap(parseForcePush),
    withSameHead: open.flatMap(({ head, number }) =>
      head.sha === pullRequest.head.sha && number !== question.number ? number : [],
    ),
    comments,
    policy: undefined,
    policyCommit: policyCommit.sha,
  };
}

interface LabeledEvent {
  readonly label?: { readonly name?: string };
  readonly created_at?: string;
  readonly actor?: unknown;
}

function parseLabelEvent(event: unknown): readonly LabelEvent[] {
  if (typeof event !== 'object' || event === null || !('event' in event) || event.event !== 'labeled') return [];
  const { label, created_at: at, actor } = event as LabeledEvent;
  return label?.name === undefined || at === undefined ? [] : [{ label: label.name, actor: parseAccount(actor), at }];
}

/** REST does not say what the head was before. */
function parseForcePush(event: unknown): readonly ForcePush[] {
  if (typeof event !== 'object' || event === null || !('event' in event) || event.event !== 'head_ref_force_pushed')
    return [];
  const at = 'created_at' in event && typeof event.created_at === 'string' ? event.created_at : '';
  return [{ at, before: null, after: null }];
}

/** The address that GitHub gives an account to hide its own, with the account's id and login in it. */
const NO_REPLY = /^(\d+)\+(.+)@users\.noreply\.github\.com$/i;

/**
 * Accounts in `Co-authored-by` trailers. REST does not say whose address it is, and a co-author must not be taken for a
 * stranger. @throws PlatformError where an address does not tell its account by itself.
 */
function parseCoAuthors(message: string): readonly Account[] {
  return [...message.matchAll(/^co-authored-by:[^<\n]*<([^>\n]*)>\s*$/gim)].map(([, address = '']) => {
    const account = NO_REPLY.exec(address.trim());
    if (account === null) throw new PlatformError(messages.coAuthorsUnknown());
    return { login: account[2] ?? '', id: Number(account[1]), bot: (account[2] ?? '').endsWith('[bot]') };
  });
}
