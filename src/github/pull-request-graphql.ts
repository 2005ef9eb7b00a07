/** The facts of a pull request by GraphQL: one request for most of them, more pages only if there are more. */
import type * as schema from '@octokit/graphql-schema';
import { getFolder } from '../model/paths.ts';
import { DEFAULT_POLICY_PATH } from '../model/policy.ts';
import type { GitHubClient } from './client.ts';
import {
  ACTOR,
  type ActorFields,
  BLOB,
  type BlobFields,
  COMMENTS,
  type CommentFields,
  type CommitWithStatuses,
  createPartialPullRequestError,
  type Fields,
  LABELS,
  type Page,
  query,
  readBlobText,
  STATUS,
  toAccount,
  toComment,
  toCommit,
} from './graphql.ts';
import {
  type ApiFacts,
  type CommitFacts,
  isMerge,
  keepLastEvents,
  type PullRequestQuestion,
  type RepositoryName,
  removeDuplicateAccounts,
} from './pull-request-facts.ts';

const PERSON = 'name email user { login databaseId }';

/** The lists of a pull request, each with its own cursor. */
const LISTS = {
  labels: LABELS,
  timelineItems: `timelineItems(itemTypes: [LABELED_EVENT, UNLABELED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT],
    first: 100, after: $timelineItems) {
    nodes { __typename
      ... on LabeledEvent { createdAt label { name } actor { ${ACTOR} } }
      ... on UnlabeledEvent { createdAt label { name } actor { ${ACTOR} } }
      ... on BaseRefChangedEvent { createdAt previousRefName currentRefName }
      ... on HeadRefForcePushedEvent { createdAt actor { ${ACTOR} } beforeCommit { oid ${STATUS} } afterCommit { oid ${STATUS} } } }
    pageInfo { hasNextPage endCursor } }`,
  commits: `commits(first: 100, after: $commits) {
    nodes { commit { oid ${STATUS} parents(first: 100) { nodes { oid } }
      authors(first: 50) { nodes { ${PERSON} } pageInfo { hasNextPage } }
      committer { ${PERSON} } } }
    pageInfo { hasNextPage endCursor } }`,
  comments: COMMENTS,
} as const;

const PULL_REQUEST = `id title body state locked changedFiles headRefOid baseRefOid baseRefName baseRef { target { oid } }
  headRefName headRepository { name owner { login } } author { ${ACTOR} }
  ${Object.values(LISTS).join('\n')}`;

/** All open pull requests, because GitHub associates none with a fork's commits. */
const OPEN = `open: pullRequests(states: OPEN, first: 100, after: $open) {
  nodes { number headRefOid baseRefName } pageInfo { hasNextPage endCursor } }`;

interface PersonFields extends Fields<schema.GitActor, 'name'> {
  readonly user: Fields<schema.User, 'login' | 'databaseId'> | null;
}

interface LabelFields extends Fields<schema.LabeledEvent, 'createdAt'> {
  readonly __typename: 'LabeledEvent' | 'UnlabeledEvent';
  /** Null: the label is deleted. */
  readonly label: Fields<schema.Label, 'name'> | null;
  readonly actor: ActorFields | null;
}

interface ForcePushFields extends Fields<schema.HeadRefForcePushedEvent, 'createdAt'> {
  readonly __typename: 'HeadRefForcePushedEvent';
  readonly actor: ActorFields | null;
  readonly beforeCommit: CommitWithStatuses | null;
  readonly afterCommit: CommitWithStatuses | null;
}

type BaseChangeFields = Fields<schema.BaseRefChangedEvent, 'createdAt' | 'previousRefName' | 'currentRefName'> & {
  readonly __typename: 'BaseRefChangedEvent';
};

interface AuthoredCommitFields extends CommitWithStatuses {
  readonly parents: { readonly nodes: readonly Fields<schema.Commit, 'oid'>[] };
  readonly authors: Page<PersonFields>;
  readonly committer: PersonFields | null;
}

/** The lists as far as they were requested. */
interface Lists {
  readonly labels?: Page<Fields<schema.Label, 'name'>> | null;
  readonly timelineItems?: Page<LabelFields | ForcePushFields | BaseChangeFields>;
  readonly commits?: Page<{ readonly commit: AuthoredCommitFields }>;
  readonly comments?: Page<CommentFields>;
}

type Branch = { readonly target: Fields<schema.GitObject, 'oid'> | null } | null;
type PullRequestField =
  | 'id'
  | 'title'
  | 'body'
  | 'state'
  | 'locked'
  | 'changedFiles'
  | 'headRefOid'
  | 'baseRefOid'
  | 'baseRefName';
type OpenPullRequests = Page<Fields<schema.PullRequest, 'number' | 'headRefOid' | 'baseRefName'>>;

type PullRequestFields = Lists &
  Fields<schema.PullRequest, PullRequestField> & {
    readonly baseRef: Branch;
    readonly headRefName: string;
    readonly headRepository:
      | (Fields<schema.Repository, 'name'> & { readonly owner: Fields<schema.RepositoryOwner, 'login'> })
      | null;
    readonly author: ActorFields | null;
  };

interface RepositoryFields {
  readonly pullRequest: PullRequestFields | null;
  readonly open?: OpenPullRequests;
  readonly before?: CommitWithStatuses | null;
  readonly policy?: BlobFields | null;
  readonly alternatePolicy?: BlobFields | null;
  readonly policyFolder?: { readonly entries?: readonly Fields<schema.TreeEntry, 'name'>[] } | null;
  readonly defaultBranchRef: (Fields<schema.Ref, 'name'> & NonNullable<Branch>) | null;
}

interface RepositoryResponse {
  readonly repository: RepositoryFields & Readonly<Record<`pullRequest${number}`, PullRequestFields | null>>;
}

function nameOther(number: number): `pullRequest${number}` {
  return `pullRequest${number}`;
}

/** Reads the facts. @throws PlatformError if GraphQL does not answer fully. The caller may then use REST. */
export async function readPullRequestByGraphQl(client: GitHubClient, question: PullRequestQuestion): Promise<ApiFacts> {
  const [facts] = await readPullRequestsByGraphQl(client, question, []);
  if (facts === undefined) throw createPartialPullRequestError();
  return facts;
}

/** Reads the facts of several pull requests at once, of which the question names the first. @throws PlatformError */
export async function readPullRequestsByGraphQl(
  client: GitHubClient,
  question: PullRequestQuestion,
  others: readonly number[],
): Promise<readonly ApiFacts[]> {
  const { repository } = await query<RepositoryResponse>(client, buildFirstQuery(question, others), {
    ...question.repository,
    number: question.number,
    labels: null,
    timelineItems: null,
    commits: null,
    comments: null,
    open: null,
    ...(question.before === null ? {} : { before: question.before }),
    ...Object.fromEntries(listPolicyObjects(question).map(({ name, expression }) => [name, expression])),
  });
  const open = await listOpen(client, question.repository, repository.open);
  return await Promise.all([
    completeFacts(client, question, repository, open),
    ...others.map((number) => {
      const pullRequest = repository[nameOther(number)] ?? null;
      return completeFacts(client, { ...question, number }, { ...repository, pullRequest }, open);
    }),
  ]);
}

/** Requests the facts that the first answer lacks, and returns all of them. */
async function completeFacts(
  client: GitHubClient,
  question: PullRequestQuestion,
  repository: RepositoryFields,
  open: OpenPullRequests['nodes'],
): Promise<ApiFacts> {
  const variables = { ...question.repository, number: question.number };
  const { pullRequest, before } = repository;
  if (pullRequest === null) throw createPartialPullRequestError();
  const pages: Lists[] = [pullRequest];
  for (const list of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
    let page = pullRequest[list];
    while (page?.pageInfo.hasNextPage) {
      const after = { ...variables, [list]: page.pageInfo.endCursor };
      const next = (await query<RepositoryResponse>(client, buildNextQuery(list), after)).repository.pullRequest;
      if (next === null) throw createPartialPullRequestError();
      pages.push(next);
      page = next[list];
    }
  }
  const commits = pages.flatMap((page) => page.commits?.nodes ?? []).map(({ commit }) => commit);
  if (commits.some(({ authors }) => authors.pageInfo.hasNextPage)) throw createPartialPullRequestError();
  const people = commits.flatMap(listPeople);
  const allCommits = commits.map(toAuthoredCommit);
  const accounts = allCommits.flatMap((commit) => (isMerge(commit) ? [] : commit.authors));
  const events = pages.flatMap((page) => page.timelineItems?.nodes ?? []);
  const baseSha = pullRequest.baseRef?.target?.oid ?? pullRequest.baseRefOid;
  return {
    number: question.number,
    nodeId: pullRequest.id,
    title: pullRequest.title,
    description: pullRequest.body,
    open: pullRequest.state === 'OPEN',
    locked: pullRequest.locked,
    headSha: pullRequest.headRefOid,
    baseSha,
    baseBranch: pullRequest.baseRefName,
    defaultBranch: repository.defaultBranchRef?.name ?? null,
    changedFiles: pullRequest.changedFiles,
    labels: pages.flatMap((page) => page.labels?.nodes ?? []).map(({ name }) => name),
    labelEvents: keepLastEvents(
      events.flatMap((event) => {
        if (!('label' in event) || event.label === null) return [];
        const removed = event.__typename === 'UnlabeledEvent';
        return { label: event.label.name, actor: toAccount(event.actor), at: event.createdAt, removed };
      }),
    ),
    authors: removeDuplicateAccounts(
      [toAccount(pullRequest.author), ...accounts].filter((account) => account !== null),
    ),
    unknownAuthors: [...new Set(people.flatMap(({ user, name }) => (user === null ? (name ?? '?') : [])))].sort(),
    hasUnresolvedCoAuthors: false,
    commits: allCommits.reverse(),
    before: before?.oid && question.expectedHead === pullRequest.headRefOid ? toCommit(before) : null,
    pusher: question.expectedHead === pullRequest.headRefOid ? question.pusher : null,
    withSameHead: open.flatMap(({ number, headRefOid, baseRefName: baseBranch }) =>
      headRefOid === pullRequest.headRefOid && number !== question.number ? { number, baseBranch } : [],
    ),
    forcePushes: events.flatMap((event) =>
      event.__typename === 'HeadRefForcePushedEvent'
        ? {
            at: event.createdAt,
            actor: toAccount(event.actor),
            before: event.beforeCommit === null ? null : toCommit(event.beforeCommit),
            after: event.afterCommit === null ? null : toCommit(event.afterCommit),
          }
        : [],
    ),
    baseChanges: events.flatMap((event) =>
      event.__typename === 'BaseRefChangedEvent'
        ? { at: event.createdAt, from: event.previousRefName, to: event.currentRefName }
        : [],
    ),
    head:
      pullRequest.headRepository === null
        ? null
        : {
            owner: pullRequest.headRepository.owner.login,
            repo: pullRequest.headRepository.name,
            branch: pullRequest.headRefName,
          },
    comments: pages.flatMap((page) => page.comments?.nodes ?? []).map(toComment),
    policy: readPolicy(question, pullRequest.baseRefName, repository.policy),
    alternatePolicy:
      question.alternatePolicyPath === null
        ? null
        : readPolicy(question, pullRequest.baseRefName, repository.alternatePolicy),
    policyFolder: (repository.policyFolder?.entries ?? []).map(({ name }) => `${POLICY_FOLDER}/${name}`),
    policyCommit: question.policyRef === 'base' ? baseSha : (repository.defaultBranchRef?.target?.oid ?? ''),
  };
}

function listPeople({ authors, committer }: AuthoredCommitFields): readonly PersonFields[] {
  return [...authors.nodes, committer].filter((person) => person !== null);
}

function toAuthoredCommit(commit: AuthoredCommitFields): CommitFacts {
  const authors = listPeople(commit).flatMap(({ user }) =>
    user === null ? [] : { login: user.login, id: user.databaseId ?? 0, bot: false },
  );
  return {
    ...toCommit(commit),
    parents: commit.parents.nodes.map(({ oid }) => oid),
    authors: removeDuplicateAccounts(authors),
  };
}

async function listOpen(
  client: GitHubClient,
  repository: RepositoryName,
  first: OpenPullRequests | undefined,
): Promise<OpenPullRequests['nodes']> {
  const text = `query Open($owner: String!, $repo: String!, $open: String) {
    repository(owner: $owner, name: $repo) { ${OPEN} } }`;
  if (first === undefined) throw createPartialPullRequestError();
  if (!first.pageInfo.hasNextPage) return first.nodes;
  const next = await query<RepositoryResponse>(client, text, { ...repository, open: first.pageInfo.endCursor });
  return [...first.nodes, ...(await listOpen(client, repository, next.repository.open))];
}

function expressPolicy({ policyRef, expectedBase }: PullRequestQuestion, path: string | null): string | null {
  if (path === null) return null;
  if (policyRef === 'default-branch') return `HEAD:${path}`;
  return expectedBase === null ? null : `refs/heads/${expectedBase}:${path}`;
}

/** The requested objects of the policy: its file, the other ending of its name, and the names beside it. */
function listPolicyObjects(question: PullRequestQuestion) {
  const { policyPath, alternatePolicyPath } = question;
  const folder = alternatePolicyPath === null ? null : POLICY_FOLDER;
  const wanted = [
    { name: 'policy', path: policyPath, fields: BLOB },
    { name: 'alternatePolicy', path: alternatePolicyPath, fields: BLOB },
    { name: 'policyFolder', path: folder, fields: '... on Tree { entries { name } }' },
  ];
  return wanted.flatMap(({ path, ...one }) => {
    const expression = expressPolicy(question, path);
    return expression === null ? [] : [{ ...one, expression }];
  });
}

/** The folder of a policy of the default name. */
const POLICY_FOLDER = getFolder(DEFAULT_POLICY_PATH);

function readPolicy(
  { policyRef, expectedBase }: PullRequestQuestion,
  base: string,
  blob: BlobFields | null | undefined,
): ApiFacts['policy'] {
  const wasAsked = policyRef === 'default-branch' || expectedBase === base;
  if (!wasAsked || blob === undefined) return undefined;
  if (blob === null || blob.__typename !== 'Blob') return null;
  return readBlobText(blob) ?? undefined;
}

function buildFirstQuery(question: PullRequestQuestion, others: readonly number[]): string {
  const before = question.before === null ? '' : `before: object(oid: $before) { ... on Commit { oid ${STATUS} } }`;
  const policies = listPolicyObjects(question);
  const policy = policies.map(({ name, fields }) => `${name}: object(expression: $${name}) { ${fields} }`).join(' ');
  const parameters = [
    ...(before === '' ? [] : [', $before: GitObjectID!']),
    ...policies.map(({ name }) => `, $${name}: String!`),
  ].join('');
  return `query PullRequestFacts($owner: String!, $repo: String!, $number: Int!, $labels: String, $timelineItems: String,
    $commits: String, $comments: String, $open: String${parameters}) {
    repository(owner: $owner, name: $repo) {
      pullRequest(number: $number) { ${PULL_REQUEST} }
      ${others.map((number) => `${nameOther(number)}: pullRequest(number: ${number}) { ${PULL_REQUEST} }`).join('\n')}
      ${OPEN} ${before} defaultBranchRef { name target { oid } } ${policy}
    }
  }`;
}

function buildNextQuery(list: keyof typeof LISTS): string {
  return `query MorePullRequestFacts($owner: String!, $repo: String!, $number: Int!, $${list}: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) { ${LISTS[list]} } }
  }`;
}
