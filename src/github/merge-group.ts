/**
 * The pull requests in a merge group. The texts of commits are not trusted: the pull requests that offer the commits count. If
 * GitHub does not show them, the pull requests in the queue may be members. Then the group's own changes decide, which must all
 * be approved in one of them.
 */
import type * as schema from '@octokit/graphql-schema';
import { PlatformError } from '../model/errors.ts';
import type { EarlyComparison } from './changed-files.ts';
import { ask, createPartialError } from './client.ts';
import { type Fields, type Page, query } from './graphql.ts';
import { messages } from './messages.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** A merge group as far as its members are concerned. */
export interface QueuedGroup {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string;
  readonly namedMember: number | null;
}

/** The members in the group's order, as far as GitHub shows them. */
export interface GroupMembers {
  /** One entry for each member: the pull requests that offer its head, of which one must pass. */
  readonly known: readonly (readonly [number, ...number[]])[];
  /** Other possible members: they count if they pass. */
  readonly possible: readonly number[];
}

/** A group as GitHub lists it, before it is known which pull requests are its members. */
export interface ListedGroup {
  readonly commits: readonly GroupCommit[];
  /** The commits that the queue added to the base, oldest first. */
  readonly line: readonly GroupCommit[];
  /** The open pull requests against the group's branch. */
  readonly open: readonly OpenPullRequest[];
  /** Open pull requests that are probably members, to be read ahead. */
  readonly hints: readonly number[];
  /** Whether each commit of the line has a hint. */
  readonly isHinted: boolean;
}

/** An open pull request against the group's branch. */
interface OpenPullRequest {
  readonly number: number;
  readonly state: string;
  readonly base: { readonly ref: string };
  readonly head: { readonly sha: string };
}

/** Commits that GitHub lists at a time. */
export const COMMIT_PAGE = 100;

/** If a commit has no hint, at most this many open pull requests are hints. */
const MOST_GUESSED = 10;

/** Lists the group. `early` compares it with its base, with a page of its commits. @throws PlatformError */
export async function listGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  early: EarlyComparison | null = null,
): Promise<ListedGroup> {
  const [commits, open] = await Promise.all([listCommits(connection, group, early), listOpen(connection, group)]);
  const line = followFirstParents(commits, group);
  const isOpen = (number: number) => open.some((one) => one.number === number);
  const hintsByCommit = line.map(
    (commit) => listMerged(commit, open)?.map(({ number }) => number) ?? readHints(commit),
  );
  const isHinted = hintsByCommit.every((hints) => hints.some(isOpen));
  const others = open.length > MOST_GUESSED ? (group.namedMember ?? []) : open.map(({ number }) => number);
  const hints = [hintsByCommit, isHinted ? [] : others].flat(2);
  return { commits, line, open, hints: [...new Set(hints)].filter(isOpen), isHinted };
}

/** Finds the members. @throws PlatformError when a commit belongs to no pull request that could be found. */
export async function findMembers(
  connection: RepositoryConnection,
  group: QueuedGroup,
  { commits, line, open, isHinted }: ListedGroup,
): Promise<GroupMembers> {
  const known = new Map<string, readonly [number, ...number[]]>();
  const unresolved: GroupCommit[] = [];
  // The first parents are the queue's own commits. A merge commit names the merged head. GitHub shows no more for commits of
  // forks.
  const made = line.filter((commit) => commit.parents[1] === undefined);
  const { associated, entries } = await findAssociations(connection, group, made, !isHinted);
  const inGroup = new Set(commits.map(({ sha }) => sha));
  for (const commit of line) {
    const candidates = listMerged(commit, open) ?? chooseCandidates(associated.get(commit.sha) ?? [], group, inGroup);
    for (const [sha, numbers] of groupByHead(candidates)) known.set(sha, numbers);
    if (candidates.length === 0) unresolved.push(commit);
  }
  const queued =
    unresolved.length === 0
      ? []
      : chooseQueued(entries ?? (await listQueueEntries(connection, group)), group, unresolved.length);
  const named = [group.namedMember ?? [], ...unresolved.map(readHints)].flat();
  const possible = [...new Set(queued.length > 0 || unresolved.length === 0 ? queued : named)].filter((number) =>
    open.some((one) => one.number === number),
  );
  const [unknownCommit] = unresolved;
  if (unknownCommit !== undefined && possible.length === 0)
    throw new PlatformError(messages.memberNotFound({ commit: unknownCommit.sha.slice(0, 7) }));
  const found = new Set([...known.values()].flat());
  return { known: [...known.values()], possible: possible.filter((number) => !found.has(number)) };
}

/** The pull requests with a head that a merge commit merges; null for a commit that is not a merge. */
function listMerged({ parents }: GroupCommit, open: readonly OpenPullRequest[]): readonly OpenPullRequest[] | null {
  const merged = parents[1]?.sha;
  return merged === undefined ? null : open.filter(({ head }) => head.sha === merged);
}

interface GroupCommit {
  readonly sha: string;
  readonly commit: { readonly message: string };
  readonly parents: readonly { readonly sha: string }[];
}

async function listCommits(
  connection: RepositoryConnection,
  group: QueuedGroup,
  early: EarlyComparison | null,
): Promise<readonly GroupCommit[]> {
  const { client, repository } = connection;
  const commits: GroupCommit[] = [];
  for (let page = 1; ; page += 1) {
    const basehead = `${group.base}...${group.head}`;
    const question = { ...repository, basehead, per_page: COMMIT_PAGE, page };
    const known = page === 1 ? await early?.answer : null;
    const data = known ?? (await ask('merge-group', () => client.rest.repos.compareCommitsWithBasehead(question))).data;
    commits.push(...data.commits);
    if (commits.length >= data.total_commits) return commits;
    if (data.commits.length === 0) throw createPartialError('merge-group');
  }
}

/** The commits that the queue added to the base, oldest first. Commits that a merge adds are behind its second parent. */
function followFirstParents(commits: readonly GroupCommit[], { base, head }: QueuedGroup): readonly GroupCommit[] {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const line: GroupCommit[] = [];
  for (let sha: string | undefined = head; sha !== base; ) {
    const commit: GroupCommit | undefined = sha === undefined ? undefined : bySha.get(sha);
    if (commit === undefined || line.length > commits.length) throw createPartialError('merge-group');
    line.push(commit);
    sha = commit.parents[0]?.sha;
  }
  return line.reverse();
}

async function listOpen(
  { client, repository }: RepositoryConnection,
  { baseBranch: base }: QueuedGroup,
): Promise<readonly OpenPullRequest[]> {
  const all = await ask('pull-requests', () =>
    client.paginate(client.rest.pulls.list, { ...repository, base, state: 'open', per_page: 100 }),
  );
  return all.filter((pull) => pull.base.ref === base);
}

/** Pull requests that GitHub associates with commits, and the entries of the queue; null: not requested. */
interface Associations {
  readonly associated: ReadonlyMap<string, readonly OpenPullRequest[]>;
  readonly entries: readonly QueueEntry[] | null;
}

/** Requests the pull requests of commits: in one request, or one for each commit if that fails. @throws PlatformError */
async function findAssociations(
  connection: RepositoryConnection,
  group: QueuedGroup,
  commits: readonly GroupCommit[],
  asksQueue: boolean,
): Promise<Associations> {
  const shas = commits.map(({ sha }) => sha);
  if (shas.length === 0) return { associated: new Map(), entries: null };
  const together = connection.hasGraphQl
    ? await queryAssociations(connection, asksQueue ? group.baseBranch : null, shas).catch(() => null)
    : null;
  if (together !== null) return together;
  const each = shas.map(async (sha) => [sha, await listAssociated(connection, sha)] as const);
  return { associated: new Map(await Promise.all(each)), entries: null };
}

/** Commits in one GraphQL request. */
const COMMITS_AT_ONCE = 50;

const QUEUE = 'mergeQueue(branch: $branch) { entries(first: 100) { nodes { position pullRequest { number } } } }';
const ASSOCIATED = `... on Commit { associatedPullRequests(first: 100) {
  nodes { number state baseRefName headRefOid } pageInfo { hasNextPage endCursor } } }`;

interface QueueEntry extends Fields<schema.MergeQueueEntry, 'position'> {
  readonly pullRequest: Fields<schema.PullRequest, 'number'> | null;
}

interface QueueFields {
  readonly mergeQueue?: { readonly entries: { readonly nodes: readonly QueueEntry[] } | null } | null;
}

type AssociatedFields = Fields<schema.PullRequest, 'number' | 'state' | 'baseRefName' | 'headRefOid'>;

interface AssociationResponse {
  readonly repository: QueueFields &
    Readonly<Record<`commit${number}`, { readonly associatedPullRequests: Page<AssociatedFields> | null } | null>>;
}

/** @param branch the branch to request the queue of; null: none @throws PlatformError, also if a list is incomplete */
async function queryAssociations(
  { client, repository }: Pick<RepositoryConnection, 'client' | 'repository'>,
  branch: string | null,
  shas: readonly string[],
): Promise<Associations> {
  const [now, later] = [shas.slice(0, COMMITS_AT_ONCE), shas.slice(COMMITS_AT_ONCE)];
  const fields = now.map((sha, index) => `commit${index}: object(oid: ${JSON.stringify(sha)}) { ${ASSOCIATED} }`);
  const text = `query Associated($owner: String!, $repo: String!${branch === null ? '' : ', $branch: String!'}) {
    repository(owner: $owner, name: $repo) { ${[...fields, branch === null ? '' : QUEUE].join('\n')} } }`;
  const variables = { ...repository, ...(branch === null ? {} : { branch }) };
  const [answer, more] = await Promise.all([
    query<AssociationResponse>(client, text, variables),
    later.length === 0 ? null : queryAssociations({ client, repository }, null, later),
  ]);
  const associated = new Map(more?.associated);
  for (const [index, sha] of now.entries()) {
    const page = answer.repository[`commit${index}`]?.associatedPullRequests;
    if (!page || page.pageInfo.hasNextPage) throw createPartialError('merge-group');
    associated.set(sha, page.nodes.map(toOpenPullRequest));
  }
  return { associated, entries: branch === null ? null : listEntries(answer.repository) };
}

function toOpenPullRequest({ number, state, baseRefName, headRefOid }: AssociatedFields): OpenPullRequest {
  return { number, state: state.toLowerCase(), base: { ref: baseRefName }, head: { sha: headRefOid } };
}

function listEntries({ mergeQueue }: QueueFields): readonly QueueEntry[] {
  return mergeQueue?.entries?.nodes ?? [];
}

async function listAssociated(
  { client, repository }: RepositoryConnection,
  commit: string,
): Promise<readonly OpenPullRequest[]> {
  const question = { ...repository, commit_sha: commit, per_page: 100 };
  return await ask('merge-group', () =>
    client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, question),
  );
}

/** The open ones of those that GitHub associates with a commit. Another one may be built on a member's commits: its head is not in the group. */
function chooseCandidates(
  associated: readonly OpenPullRequest[],
  { baseBranch }: QueuedGroup,
  inGroup: ReadonlySet<string>,
): readonly OpenPullRequest[] {
  const open = associated.filter(({ state, base }) => state === 'open' && base.ref === baseBranch);
  const whole = open.filter(({ head }) => inGroup.has(head.sha));
  return whole.length > 0 ? whole : open;
}

/** Pull requests with one head are one member. */
function groupByHead(pulls: readonly OpenPullRequest[]): ReadonlyMap<string, readonly [number, ...number[]]> {
  const groups = new Map<string, readonly [number, ...number[]]>();
  for (const { head, number } of pulls) {
    const first = groups.get(head.sha);
    groups.set(head.sha, first === undefined ? [number] : [...first, number]);
  }
  return groups;
}

/** The number that a queue writes behind a squashed title. A rebased commit has its author's words, so this is a hint. */
function readHints({ commit: { message } }: GroupCommit): readonly number[] {
  const number = Number(/\(#(\d{1,9})\)$/.exec(message.split('\n')[0] ?? '')?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number) ? [number] : [];
}

/** The queue of the group's branch. If the token cannot read it, that is not a failure: the group's own changes decide. */
async function listQueueEntries(
  { client, repository, hasGraphQl }: RepositoryConnection,
  { baseBranch: branch }: QueuedGroup,
): Promise<readonly QueueEntry[]> {
  const text = `query Queue($owner: String!, $repo: String!, $branch: String!) {
    repository(owner: $owner, name: $repo) { ${QUEUE} } }`;
  if (!hasGraphQl) return [];
  const question = query<{ readonly repository: QueueFields }>(client, text, { ...repository, branch });
  return await question.then((answer) => listEntries(answer.repository)).catch(() => []);
}

/** The last pull requests of the queue, at most `count`, up to the one that the group's branch is named for. */
function chooseQueued(entries: readonly QueueEntry[], { namedMember }: QueuedGroup, count: number): readonly number[] {
  const inOrder = [...entries].sort((a, b) => a.position - b.position);
  const numbers = inOrder.flatMap(({ pullRequest }) => pullRequest?.number ?? []);
  const last = namedMember === null ? numbers.length : numbers.indexOf(namedMember) + 1;
  return numbers.slice(Math.max(0, last - count), last);
}
