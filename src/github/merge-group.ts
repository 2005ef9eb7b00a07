/** Which pull requests a merge group is made of. A commit that belongs to none fails the group. */
import { PlatformError } from '../model/errors.ts';
import { ask, partialAnswer } from './client.ts';
import { messages } from './messages.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** A merge group as far as its members are concerned. */
export interface QueuedGroup {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string;
  readonly namedMember: number | null;
}

/**
 * Numbers of the members, in the group's order: the pull requests whose head is in the group, and for commits that the
 * queue made itself (a merge, a squash, a rebase) the one that the subject names, else the one that the queue's branch is
 * named for. That is only a hint where to look, since the group's own diff is held against its members'.
 * @throws PlatformError when a commit's pull request cannot be found.
 */
export async function findMembers(connection: RepositoryConnection, group: QueuedGroup): Promise<readonly number[]> {
  const { client, repository } = connection;
  const commits = await listCommits(connection, group);
  const inGroup = new Set(commits.map(({ sha }) => sha));
  const members = new Set<number>();
  for (const commit of commits) {
    const associated = await ask('merge-group', () =>
      client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
        ...repository,
        commit_sha: commit.sha,
        per_page: 100,
      }),
    );
    // Another pull request may be built on a member's commits: what it adds to them is not in the group.
    const open = associated.filter(
      ({ state, base, head }) => state === 'open' && base.ref === group.baseBranch && inGroup.has(head.sha),
    );
    if (open.length > 0) {
      for (const { number } of open) members.add(number);
      continue;
    }
    const hint = await findHintedMember(connection, commit.commit.message, group);
    if (hint === null) throw new PlatformError(messages.memberNotFound({ commit: commit.sha.slice(0, 7) }));
    members.add(hint);
  }
  return [...members];
}

interface GroupCommit {
  readonly sha: string;
  readonly commit: { readonly message: string };
}

async function listCommits(connection: RepositoryConnection, group: QueuedGroup): Promise<readonly GroupCommit[]> {
  const { client, repository } = connection;
  const commits: GroupCommit[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await ask('merge-group', () =>
      client.rest.repos.compareCommitsWithBasehead({
        ...repository,
        basehead: `${group.base}...${group.head}`,
        per_page: 100,
        page,
      }),
    );
    commits.push(...data.commits);
    if (commits.length >= data.total_commits) return commits;
    if (data.commits.length === 0) throw partialAnswer('merge-group');
  }
}

async function findHintedMember(
  connection: RepositoryConnection,
  message: string,
  { baseBranch, namedMember }: QueuedGroup,
): Promise<number | null> {
  const subject = message.split('\n')[0] ?? '';
  const written = /\(#(\d+)\)$/.exec(subject)?.[1] ?? /^Merge pull request #(\d+) /.exec(subject)?.[1];
  const number = written === undefined ? namedMember : Number(written);
  if (number === null || !Number.isSafeInteger(number)) return null;
  const { client, repository } = connection;
  const { data } = await ask('merge-group', () => client.rest.pulls.get({ ...repository, pull_number: number }));
  return data.state === 'open' && data.base.ref === baseBranch ? number : null;
}
