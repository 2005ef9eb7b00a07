/**
 * Which pull requests a merge group is made of. No text of a commit is believed: what counts is which pull request offers
 * the commits. Where GitHub does not say that, the pull requests in the queue may be members, and the group's own changes,
 * which must all be approved in one of them, decide.
 */
import { PlatformError } from '../model/errors.ts';
import type { EarlyComparison } from './changed-files.ts';
import { ask, createPartialError } from './client.ts';
import { query } from './graphql.ts';
import { messages } from './messages.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** A merge group as far as its members are concerned. */
export interface QueuedGroup {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string;
  readonly namedMember: number | null;
}

/** The members in the group's order, as far as GitHub says which they are. */
export interface GroupMembers {
  /** One entry for each member: the pull requests that offer its head, of which one must pass. */
  readonly known: readonly (readonly [number, ...number[]])[];
  /** Others that may be members: they count where they pass. */
  readonly possible: readonly number[];
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

/** Finds the members. `early` compares the group with its base, with a page of its commits. @throws PlatformError when a commit belongs to no pull request that could be found. */
export async function findMembers(
  connection: RepositoryConnection,
  group: QueuedGroup,
  early: EarlyComparison | null = null,
): Promise<GroupMembers> {
  const [commits, open] = await Promise.all([listCommits(connection, group, early), listOpen(connection, group)]);
  const line = followFirstParents(commits, group);
  const inGroup = new Set(commits.map(({ sha }) => sha));
  const known = new Map<string, readonly [number, ...number[]]>();
  const unresolved: GroupCommit[] = [];
  // The first parents are the queue's own commits. A merge shows the head that it merges; forks' commits have no more.
  const candidateLists = line.map(async (commit) => {
    const merged = commit.parents[1]?.sha;
    return merged === undefined
      ? await findAssociated(connection, commit, group, inGroup)
      : open.filter(({ head }) => head.sha === merged);
  });
  for (const [index, candidates] of (await Promise.all(candidateLists)).entries()) {
    const commit = line[index];
    for (const [sha, numbers] of groupByHead(candidates)) known.set(sha, numbers);
    if (candidates.length === 0 && commit !== undefined) unresolved.push(commit);
  }
  const queued = unresolved.length === 0 ? [] : await listQueued(connection, group, unresolved.length);
  const named = [group.namedMember ?? [], ...unresolved.map((commit) => readHint(commit) ?? [])].flat();
  const possible = [...new Set(queued.length > 0 || unresolved.length === 0 ? queued : named)].filter((number) =>
    open.some((one) => one.number === number),
  );
  const [unknownCommit] = unresolved;
  if (unknownCommit !== undefined && possible.length === 0)
    throw new PlatformError(messages.memberNotFound({ commit: unknownCommit.sha.slice(0, 7) }));
  const found = new Set([...known.values()].flat());
  return { known: [...known.values()], possible: possible.filter((number) => !found.has(number)) };
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

/** The commits that the queue put upon the base, oldest first; what a merge brings is behind its second parent. */
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

/** The open pull requests that GitHub associates with a commit. Another one may be built on a member's commits: its head is not in the group. */
async function findAssociated(
  { client, repository }: RepositoryConnection,
  { sha }: GroupCommit,
  { baseBranch }: QueuedGroup,
  inGroup: ReadonlySet<string>,
): Promise<readonly OpenPullRequest[]> {
  const associated = await ask('merge-group', () =>
    client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
      ...repository,
      commit_sha: sha,
      per_page: 100,
    }),
  );
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
function readHint({ commit: { message } }: GroupCommit): number | null {
  const number = Number(/\(#(\d{1,9})\)$/.exec(message.split('\n')[0] ?? '')?.[1] ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}

/** The last pull requests of the queue, at most `count`, up to the one that the group's branch is named for; none where the queue cannot be read. */
async function listQueued(
  { client, repository: { owner, repo }, hasGraphQl }: RepositoryConnection,
  { baseBranch, namedMember }: QueuedGroup,
  count: number,
): Promise<readonly number[]> {
  interface QueueResponse {
    readonly repository: {
      readonly mergeQueue: {
        readonly entries: {
          readonly nodes: readonly {
            readonly position: number;
            readonly pullRequest: { readonly number: number } | null;
          }[];
        } | null;
      } | null;
    };
  }
  const text = `query Queue($owner: String!, $repo: String!, $branch: String!) {
    repository(owner: $owner, name: $repo) {
      mergeQueue(branch: $branch) { entries(first: 100) { nodes { position pullRequest { number } } } } } }`;
  if (!hasGraphQl) return [];
  // A token that may not see the queue is not a failure: the group's own changes decide.
  const answer = await query<QueueResponse>(client, text, { owner, repo, branch: baseBranch }).catch(() => null);
  const entries = [...(answer?.repository.mergeQueue?.entries?.nodes ?? [])].sort((a, b) => a.position - b.position);
  const numbers = entries.flatMap(({ pullRequest }) => pullRequest?.number ?? []);
  const last = namedMember === null ? numbers.length : numbers.indexOf(namedMember) + 1;
  return numbers.slice(Math.max(0, last - count), last);
}
