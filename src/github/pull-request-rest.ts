/** The facts of a pull request by REST, for servers without GraphQL: more requests, the same facts. */
import { PlatformError } from '../model/errors.ts';
import type { Account, LabelEvent } from '../model/pull-request.ts';
import { ask, type GitHubClient } from './client.ts';
import { listComments } from './comment.ts';
import { messages } from './messages.ts';
import {
  type ApiFacts,
  type BaseChange,
  type CommitFacts,
  type ForcePush,
  isMerge,
  keepLastEvents,
  type PullRequestQuestion,
  parseAccount,
  removeDuplicateAccounts,
} from './pull-request-facts.ts';

/** Reads the facts. @throws PlatformError when one of the requests fails. */
export async function readPullRequestByRest(client: GitHubClient, question: PullRequestQuestion): Promise<ApiFacts> {
  const place = { ...question.repository, issue_number: question.number, per_page: 100 };
  const pull = { ...question.repository, pull_number: question.number };
  const { data: pullRequest } = await ask('pull-request', () => client.rest.pulls.get(pull));
  const readTip = async (branch: string) => {
    const ref = `heads/${branch}`;
    const getCommit = () => client.rest.repos.getCommit({ ...question.repository, ref, per_page: 1 });
    return (await ask('contents', getCommit)).data.sha;
  };
  // Not the pull request's own base commit: that is as old as its last push.
  const [labels, timeline, events, commits, comments, open, baseSha] = await Promise.all([
    ask('labels', () => client.paginate(client.rest.issues.listLabelsOnIssue, place)),
    ask('labels', () => client.paginate(client.rest.issues.listEventsForTimeline, place)),
    // A change of the base is among these events only.
    ask('labels', () => client.paginate(client.rest.issues.listEvents, place)),
    ask('pull-request', () => client.paginate(client.rest.pulls.listCommits, { ...pull, per_page: 100 })),
    listComments({ client, repository: question.repository }, question.number),
    ask('pull-requests', () =>
      client.paginate(client.rest.pulls.list, { ...question.repository, state: 'open', per_page: 100 }),
    ),
    readTip(pullRequest.base.ref),
  ]);
  const defaultBranch = pullRequest.base.repo.default_branch;
  const policyCommit =
    question.policyRef === 'base' || defaultBranch === pullRequest.base.ref ? baseSha : await readTip(defaultBranch);
  const allCommits = commits.map(toCommitFacts);
  const people = allCommits.flatMap((commit) => (isMerge(commit) ? [] : commit.authors));
  const author = parseAccount(pullRequest.user);
  const coAuthors = resolveCoAuthors(commits);
  if (pullRequest.commits > commits.length) throw new PlatformError(messages.authorsIncomplete());
  const unmapped = commits
    .filter((commit) => parseAccount(commit.author) === null)
    .map((commit) => commit.commit.author?.name ?? '?');
  return {
    number: question.number,
    nodeId: pullRequest.node_id,
    title: pullRequest.title,
    description: pullRequest.body ?? '',
    open: pullRequest.state === 'open',
    locked: pullRequest.locked,
    headSha: pullRequest.head.sha,
    baseSha,
    baseBranch: pullRequest.base.ref,
    defaultBranch,
    changedFiles: pullRequest.changed_files,
    labels: labels.map((label) => label.name),
    labelEvents: keepLastEvents(timeline.flatMap(parseLabelEvent)),
    authors: removeDuplicateAccounts([author, ...people, ...coAuthors.accounts].filter((account) => account !== null)),
    unknownAuthors: [...new Set([...unmapped, ...coAuthors.withoutAccount])].sort(),
    hasUnresolvedCoAuthors: coAuthors.unresolved.length > 0,
    commits: allCommits.reverse(),
    before:
      question.before === null || question.expectedHead !== pullRequest.head.sha
        ? null
        : { sha: question.before, statuses: null, parents: [], authors: [] },
    pusher: question.expectedHead === pullRequest.head.sha ? question.pusher : null,
    forcePushes: timeline.flatMap(parseForcePush),
    baseChanges: listBaseChanges(events, pullRequest.base.ref),
    head: parseHead(pullRequest.head),
    withSameHead: open.flatMap(({ head, base, number }) =>
      head.sha === pullRequest.head.sha && number !== question.number ? { number, baseBranch: base.ref } : [],
    ),
    comments,
    policy: undefined,
    alternatePolicy: undefined,
    policyFolder: [],
    policyCommit,
  };
}

interface LabeledEvent {
  readonly label?: { readonly name?: string };
  readonly created_at?: string;
  readonly actor?: unknown;
}

function parseLabelEvent(event: unknown): readonly LabelEvent[] {
  if (typeof event !== 'object' || event === null || !('event' in event)) return [];
  const removed = event.event === 'unlabeled';
  if (!removed && event.event !== 'labeled') return [];
  const { label, created_at: at, actor } = event as LabeledEvent;
  if (label?.name === undefined || at === undefined) return [];
  return [{ label: label.name, actor: parseAccount(actor), at, removed }];
}

/** REST does not report the former head. */
function parseForcePush(event: unknown): readonly ForcePush[] {
  if (typeof event !== 'object' || event === null || !('event' in event) || event.event !== 'head_ref_force_pushed')
    return [];
  const at = 'created_at' in event && typeof event.created_at === 'string' ? event.created_at : '';
  const actor = 'actor' in event ? parseAccount(event.actor) : null;
  return [{ at, actor, before: null, after: null }];
}

/** REST does not report the branches in these events, so every other base counts as unknown. */
function listBaseChanges(
  events: readonly { readonly event: string; readonly created_at: string }[],
  base: string,
): readonly BaseChange[] {
  const changes = events.filter(({ event }) => event === 'base_ref_changed');
  return changes.map(({ created_at: at }, index) => ({
    at,
    from: index === 0 ? base : '',
    to: index === changes.length - 1 ? base : '',
  }));
}

interface Head {
  readonly ref: string;
  readonly repo?: { readonly name: string; readonly owner: { readonly login: string } } | null;
}

function parseHead({ ref, repo }: Head): ApiFacts['head'] {
  return repo ? { owner: repo.owner.login, repo: repo.name, branch: ref } : null;
}

interface AuthoredCommit {
  readonly sha: string;
  readonly author: unknown;
  readonly committer: unknown;
  readonly parents: readonly { readonly sha: string }[];
}

function toCommitFacts({ sha, author, committer, parents }: AuthoredCommit): CommitFacts {
  const accounts = [parseAccount(author), parseAccount(committer)].filter((account) => account !== null);
  return {
    sha,
    statuses: null,
    parents: parents.map((parent) => parent.sha),
    authors: removeDuplicateAccounts(accounts),
  };
}

/** An address that GitHub gives an account to hide its own. Older ones lack the id. */
const HIDDEN = /^(?:(\d+)\+)?([^@+]+)@users\.noreply\.github\.com$/i;

/** An address that receives no mail, so no person can have confirmed it to GitHub: assistants and bots use them. */
const NO_REPLY = /^(?:no-?reply|do-?not-?reply)@/i;

interface ListedCommit {
  readonly author: unknown;
  readonly committer: unknown;
  readonly commit: {
    readonly message: string;
    readonly author?: { readonly email?: string } | null;
    readonly committer?: { readonly email?: string } | null;
  };
}

/**
 * The people in `Co-authored-by` trailers. REST does not report the account of an address, so it follows from the address
 * itself or from another commit with that address. The others could be anyone.
 */
function resolveCoAuthors(commits: readonly ListedCommit[]) {
  const accounts: Account[] = [];
  const withoutAccount: string[] = [];
  const unresolved: string[] = [];
  const known = new Map(
    commits.flatMap(({ author, committer, commit }) => [
      [normalizeAddress(commit.author?.email), parseAccount(author)] as const,
      [normalizeAddress(commit.committer?.email), parseAccount(committer)] as const,
    ]),
  );
  known.delete('');
  const trailers = commits.flatMap(({ commit }) => [
    ...commit.message.matchAll(/^co-authored-by:([^<\n]*)<([^>\n]*)>\s*$/gim),
  ]);
  for (const [, name = '', written = ''] of trailers) {
    const address = normalizeAddress(written);
    const account = parseHiddenAddress(address) ?? known.get(address);
    if (account) accounts.push(account);
    else if (account === null || NO_REPLY.test(address)) withoutAccount.push(name.trim());
    else unresolved.push(address);
  }
  return { accounts, withoutAccount, unresolved };
}

function normalizeAddress(address = ''): string {
  return address.trim().toLowerCase();
}

/** The account in such an address; id 0 if it contains the login only. */
function parseHiddenAddress(address: string): Account | undefined {
  const [, id = '0', login] = HIDDEN.exec(address) ?? [];
  return login === undefined ? undefined : { login, id: Number(id), bot: login.endsWith('[bot]') };
}
