/** The facts of a pull request by GraphQL: one request for most of them, more pages only where there are more. */
import { createHash } from 'node:crypto';
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import type { Account, LabelEvent } from '../model/pull-request.ts';
import type { FileContent } from '../model/source.ts';
import { type GitHubClient, platformError } from './client.ts';
import {
  type CommentFacts,
  type CommitFacts,
  type CommitStatus,
  distinctAccounts,
  type PullRequestQuestion,
  type RepositoryName,
  type RoadFacts,
} from './pull-request-facts.ts';

const ACTOR = 'login __typename ... on User { databaseId } ... on Bot { databaseId }';
const USER = 'login databaseId';
const STATUS = `status { contexts { context targetUrl createdAt creator { ${ACTOR} } } }`;

const CONNECTIONS = {
  labels: 'labels(first: 100, after: $labels) { nodes { name } pageInfo { hasNextPage endCursor } }',
  timeline: `timelineItems(itemTypes: [LABELED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT], first: 100, after: $timeline) {
    nodes { __typename
      ... on LabeledEvent { createdAt label { name } actor { ${ACTOR} } }
      ... on HeadRefForcePushedEvent { createdAt beforeCommit { oid ${STATUS} } afterCommit { oid ${STATUS} } } }
    pageInfo { hasNextPage endCursor } }`,
  commits: `commits(first: 100, after: $commits) {
    nodes { commit { oid ${STATUS}
      authors(first: 50) { nodes { name email user { ${USER} } } pageInfo { hasNextPage } }
      committer { name email user { ${USER} } } } }
    pageInfo { hasNextPage endCursor } }`,
  comments: `comments(first: 100, after: $comments) {
    nodes { fullDatabaseId body url author { ${ACTOR} } }
    pageInfo { hasNextPage endCursor } }`,
} as const;

type Connection = keyof typeof CONNECTIONS;

interface Actor {
  readonly login: string;
  readonly __typename: string;
  readonly databaseId?: number | null;
}
interface GitActor {
  readonly name: string | null;
  readonly email: string | null;
  readonly user: { readonly login: string; readonly databaseId: number | null } | null;
}
interface StatusAnswer {
  readonly contexts: readonly {
    readonly context: string;
    readonly targetUrl: string | null;
    readonly createdAt: string;
    readonly creator: Actor | null;
  }[];
}
interface CommitAnswer {
  readonly oid: string;
  readonly status: StatusAnswer | null;
}
interface LabeledAnswer {
  readonly __typename: 'LabeledEvent';
  readonly createdAt: string;
  /** Null: the label is gone. */
  readonly label: { readonly name: string } | null;
  readonly actor: Actor | null;
}
interface ForcePushAnswer {
  readonly __typename: 'HeadRefForcePushedEvent';
  readonly createdAt: string;
  readonly beforeCommit: CommitAnswer | null;
  readonly afterCommit: CommitAnswer | null;
}
interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Pages {
  readonly labels?: Page<{ readonly name: string }> | null;
  readonly timelineItems?: Page<LabeledAnswer | ForcePushAnswer>;
  readonly commits?: Page<{
    readonly commit: {
      readonly oid: string;
      readonly status: StatusAnswer | null;
      readonly authors: { readonly nodes: readonly GitActor[]; readonly pageInfo: { readonly hasNextPage: boolean } };
      readonly committer: GitActor | null;
    };
  }>;
  readonly comments?: Page<{
    readonly fullDatabaseId: string;
    readonly body: string;
    readonly url: string;
    readonly author: Actor | null;
  }>;
}
/** A file as GraphQL shows it; of another type than `Blob` it is no file. */
export interface BlobAnswer {
  readonly __typename: string;
  readonly oid: string;
  readonly byteSize?: number;
  readonly isTruncated?: boolean;
  readonly text?: string | null;
}

/** The fields of `BlobAnswer`. */
export const BLOB = '__typename oid ... on Blob { byteSize isTruncated text }';

type OpenPullRequests = Page<{ readonly number: number; readonly headRefOid: string }>;

/** Not the pull requests that GitHub associates with the head: of a fork's commits it knows none. */
const OPEN = `open: pullRequests(states: OPEN, first: 100, after: $open) {
  nodes { number headRefOid } pageInfo { hasNextPage endCursor } }`;

interface Answer {
  readonly repository: {
    readonly pullRequest:
      | (Pages & {
          readonly title: string;
          readonly body: string;
          readonly state: string;
          readonly changedFiles: number;
          readonly headRefOid: string;
          readonly baseRefOid: string;
          readonly baseRefName: string;
          readonly baseRef: { readonly target: { readonly oid: string } | null } | null;
          readonly author: Actor | null;
          readonly head?: { readonly nodes: readonly { readonly commit: CommitAnswer }[] };
        })
      | null;
    readonly open?: OpenPullRequests;
    readonly before?: CommitAnswer | null;
    readonly policy?: BlobAnswer | null;
    readonly defaultBranchRef?: { readonly target: { readonly oid: string } | null } | null;
  };
}

/** Reads the facts. @throws PlatformError when GraphQL does not answer fully; the caller may then go by REST. */
export async function pullRequestByGraphQl(client: GitHubClient, question: PullRequestQuestion): Promise<RoadFacts> {
  const { owner, repo } = question.repository;
  const variables = { owner, repo, number: question.number };
  const answer = await query<Answer>(client, firstQuery(question), {
    ...variables,
    labels: null,
    timeline: null,
    commits: null,
    comments: null,
    open: null,
    ...(question.before === null ? {} : { before: question.before }),
    ...(policyExpression(question) === null ? {} : { policy: policyExpression(question) }),
  });
  const pullRequest = answer.repository.pullRequest;
  if (pullRequest === null) throw partial();
  const pages: Pages[] = [pullRequest];
  for (const connection of Object.keys(CONNECTIONS) as Connection[]) {
    let page = pageOf(pullRequest, connection);
    while (page?.pageInfo.hasNextPage) {
      const next = await query<Answer>(client, nextQuery(connection), {
        ...variables,
        [connection]: page.pageInfo.endCursor,
      });
      if (next.repository.pullRequest === null) throw partial();
      pages.push(next.repository.pullRequest);
      page = pageOf(next.repository.pullRequest, connection);
    }
  }
  const commits = pages.flatMap((page) => page.commits?.nodes ?? []).map(({ commit }) => commit);
  if (commits.some((commit) => commit.authors.pageInfo.hasNextPage)) throw partial();
  const people = commits.flatMap((commit) => [
    ...commit.authors.nodes,
    ...(commit.committer === null ? [] : [commit.committer]),
  ]);
  const accounts = people.flatMap(({ user }) =>
    user === null ? [] : [{ login: user.login, id: user.databaseId ?? 0, bot: false }],
  );
  const author = account(pullRequest.author);
  const events = pages.flatMap((page) => page.timelineItems?.nodes ?? []);
  const { before } = answer.repository;
  const open = await allOpen(client, question.repository, answer.repository.open);
  return {
    number: question.number,
    title: pullRequest.title,
    description: pullRequest.body,
    open: pullRequest.state === 'OPEN',
    headSha: pullRequest.headRefOid,
    baseSha: pullRequest.baseRefOid,
    baseBranch: pullRequest.baseRefName,
    changedFiles: pullRequest.changedFiles,
    labels: pages.flatMap((page) => page.labels?.nodes ?? []).map((label) => label.name),
    labelEvents: lastEvents(
      events.flatMap((event) =>
        event.__typename === 'LabeledEvent' && event.label !== null
          ? [{ label: event.label.name, actor: account(event.actor), at: event.createdAt }]
          : [],
      ),
    ),
    authors: distinctAccounts([...(author === null ? [] : [author]), ...accounts]),
    unknownAuthors: [...new Set(people.filter(({ user }) => user === null).map(({ name }) => name ?? '?'))].sort(),
    commits: commits.map(commitOf).reverse(),
    before: before?.oid && question.expectedHead === pullRequest.headRefOid ? commitOf(before) : null,
    sharers: open
      .filter(({ number, headRefOid }) => headRefOid === pullRequest.headRefOid && number !== question.number)
      .map(({ number }) => number),
    forcePushes: events.flatMap((event) =>
      event.__typename === 'HeadRefForcePushedEvent'
        ? [
            {
              at: event.createdAt,
              before: event.beforeCommit === null ? null : commitOf(event.beforeCommit),
              after: event.afterCommit === null ? null : commitOf(event.afterCommit),
            },
          ]
        : [],
    ),
    comments: pages.flatMap((page) => page.comments?.nodes ?? []).map(commentOf),
    policy: policyOf(question, pullRequest.baseRefName, answer.repository.policy),
    policyCommit:
      question.policyRef === 'base'
        ? (pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid)
        : (answer.repository.defaultBranchRef?.target?.oid ?? ''),
  };
}

async function allOpen(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  first: OpenPullRequests | undefined,
): Promise<OpenPullRequests['nodes']> {
  const found: OpenPullRequests['nodes'][number][] = [];
  const text = `query Open($owner: String!, $repo: String!, $open: String) {
    repository(owner: $owner, name: $repo) { ${OPEN} } }`;
  for (let page = first; ; ) {
    if (page === undefined) throw partial();
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return found;
    page = (await query<Answer>(client, text, { owner, repo, open: page.pageInfo.endCursor })).repository.open;
  }
}

function policyExpression(question: PullRequestQuestion): string | null {
  if (question.policyRef === 'default-branch') return `HEAD:${question.policyPath}`;
  return question.expectedBase === null ? null : `refs/heads/${question.expectedBase}:${question.policyPath}`;
}

function policyOf(
  question: PullRequestQuestion,
  base: string,
  blob: BlobAnswer | null | undefined,
): RoadFacts['policy'] {
  const asked = question.policyRef === 'default-branch' || question.expectedBase === base;
  if (!asked || blob === undefined) return undefined;
  if (blob === null || blob.__typename !== 'Blob') return null;
  return faithfulText(blob) ?? undefined;
}

/** The last event of each label: GitHub lists them oldest first. */
export function lastEvents(events: readonly LabelEvent[]): readonly LabelEvent[] {
  return [...new Map(events.map((event) => [event.label, event])).values()];
}

/** Head, labels and comments of now; null where there are more than one page of either (then REST reads them all). */
export async function momentByGraphQl(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  number: number,
): Promise<{
  readonly headSha: string;
  readonly baseBranch: string;
  readonly labels: readonly string[];
  readonly comments: readonly CommentFacts[];
  readonly statuses: readonly CommitStatus[] | null;
} | null> {
  const text = `query Moment($owner: String!, $repo: String!, $number: Int!, $labels: String, $comments: String) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) {
        headRefOid baseRefName ${CONNECTIONS.labels} ${CONNECTIONS.comments}
        head: commits(last: 1) { nodes { commit { oid ${STATUS} } } }
      }
    }
  }`;
  const answer = await query<Answer>(client, text, { owner, repo, number, labels: null, comments: null });
  const pullRequest = answer.repository.pullRequest;
  if (pullRequest === null || pullRequest.labels?.pageInfo.hasNextPage || pullRequest.comments?.pageInfo.hasNextPage)
    return null;
  const head = pullRequest.head?.nodes[0]?.commit;
  return {
    headSha: pullRequest.headRefOid,
    baseBranch: pullRequest.baseRefName,
    labels: (pullRequest.labels?.nodes ?? []).map((label) => label.name),
    comments: (pullRequest.comments?.nodes ?? []).map(commentOf),
    statuses: head?.oid === pullRequest.headRefOid ? statusesOf(head.status) : null,
  };
}

/** The edits that GitHub kept of one comment. @throws PlatformError */
export async function commentEdits(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  number: number,
  comment: number,
): Promise<readonly { readonly at: string; readonly editor: Account | null; readonly body: string }[]> {
  interface EditsAnswer {
    readonly repository: {
      readonly pullRequest: {
        readonly comments: Page<{
          readonly fullDatabaseId: string;
          readonly userContentEdits: {
            readonly nodes: readonly {
              readonly editedAt: string;
              readonly editor: Actor | null;
              readonly diff: string | null;
            }[];
          } | null;
        }>;
      } | null;
    };
  }
  const text = `query CommentEdits($owner: String!, $repo: String!, $number: Int!, $comments: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
      comments(first: 100, after: $comments) {
        nodes { fullDatabaseId userContentEdits(first: 100) { nodes { editedAt diff editor { ${ACTOR} } } } }
        pageInfo { hasNextPage endCursor } } } }
  }`;
  let after: string | null = null;
  do {
    const answer: EditsAnswer = await query<EditsAnswer>(client, text, { owner, repo, number, comments: after });
    const page = answer.repository.pullRequest?.comments;
    const found = page?.nodes.find(({ fullDatabaseId }) => Number(fullDatabaseId) === comment);
    if (found !== undefined) {
      const edits = found.userContentEdits?.nodes ?? [];
      return edits.map(({ editedAt, editor, diff }) => ({ at: editedAt, editor: account(editor), body: diff ?? '' }));
    }
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return [];
}

function commentOf(comment: NonNullable<Pages['comments']>['nodes'][number]): CommentFacts {
  return { id: Number(comment.fullDatabaseId), body: comment.body, author: account(comment.author), url: comment.url };
}

function firstQuery(question: PullRequestQuestion): string {
  const before = question.before === null ? '' : `before: object(oid: $before) { ... on Commit { oid ${STATUS} } }`;
  const branch = question.policyRef === 'base' ? '' : 'defaultBranchRef { target { oid } }';
  const policy = policyExpression(question) === null ? '' : `policy: object(expression: $policy) { ${BLOB} }`;
  const parameters = `${question.before === null ? '' : ', $before: GitObjectID!'}${policy === '' ? '' : ', $policy: String!'}`;
  return `query PullRequestFacts($owner: String!, $repo: String!, $number: Int!, $labels: String, $timeline: String,
    $commits: String, $comments: String, $open: String${parameters}) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) {
        title body state changedFiles headRefOid baseRefOid baseRefName baseRef { target { oid } } author { ${ACTOR} }
        ${Object.values(CONNECTIONS).join('\n')}
      }
      ${OPEN} ${before} ${branch} ${policy}
    }
  }`;
}

function nextQuery(connection: Connection): string {
  return `query MorePullRequestFacts($owner: String!, $repo: String!, $number: Int!, $${connection}: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${CONNECTIONS[connection]} } }
  }`;
}

function pageOf(pages: Pages, connection: Connection): Page<unknown> | null | undefined {
  return connection === 'timeline' ? pages.timelineItems : pages[connection];
}

function commitOf({ oid, status }: CommitAnswer): CommitFacts {
  return { sha: oid, statuses: statusesOf(status) };
}

function statusesOf(answer: StatusAnswer | null): readonly CommitStatus[] {
  return (answer?.contexts ?? []).map(({ context, targetUrl, createdAt, creator }) => ({
    context,
    targetUrl: targetUrl ?? '',
    createdAt,
    creator: account(creator),
  }));
}

function account(actor: Actor | null): Account | null {
  if (actor === null || actor.databaseId === undefined || actor.databaseId === null) return null;
  const bot = actor.__typename === 'Bot';
  const login = bot && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
  return { login, id: actor.databaseId, bot };
}

/** One GraphQL request. A partial answer (with `errors`) is thrown by Octokit, so it never counts as data. */
export async function query<T>(client: GitHubClient, text: string, variables: Record<string, unknown>): Promise<T> {
  try {
    return await client.graphql<T>(text, variables);
  } catch (error) {
    throw platformError('pull-request', error);
  }
}

function partial(): PlatformError {
  return new PlatformError('github-partial', fill(messages['github-partial'], messages.purposes['pull-request']));
}

/** A blob's content when its text is whole and git's id is that of its bytes; null: it must be read as bytes. */
export function faithfulText(blob: BlobAnswer): FileContent | null {
  if (blob.text === null || blob.text === undefined || blob.isTruncated !== false) return null;
  const bytes = new TextEncoder().encode(blob.text);
  const hash = createHash(blob.oid.length === 64 ? 'sha256' : 'sha1'); // a repository has ids of one of the two kinds
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === blob.oid ? { bytes } : null;
}
