/** Which pull requests a merge group is made of. A commit that belongs to none fails the group. */
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { ask } from './client.ts';
import type { RepositoryConnection } from './facts.ts';

/**
 * Numbers of the members, in the group's order. A commit that the queue made itself (a squash, a merge) names its pull
 * request in its subject: that is only a hint where to look, since the group's own diff is held against its members'.
 * @throws PlatformError when a commit's pull request cannot be found.
 */
export async function membersOf(
  connection: RepositoryConnection,
  group: { readonly base: string; readonly head: string; readonly baseBranch: string },
): Promise<readonly number[]> {
  const { client, repository } = connection;
  const commits = await commitsOf(connection, group);
  const members = new Set<number>();
  for (const commit of commits) {
    const associated = await ask('merge-group', () =>
      client.paginate(client.rest.repos.listPullRequestsAssociatedWithCommit, {
        ...repository,
        commit_sha: commit.sha,
        per_page: 100,
      }),
    );
    const open = associated.filter((pull) => pull.state === 'open' && pull.base.ref === group.baseBranch);
    if (open.length > 0) {
      for (const { number } of open) members.add(number);
      continue;
    }
    const hint = await hintedMember(connection, commit.commit.message, group.baseBranch);
    if (hint === null) {
      throw new PlatformError(
        'member-not-found',
        fill(messages['member-not-found'], { commit: commit.sha.slice(0, 7) }),
      );
    }
    members.add(hint);
  }
  return [...members];
}

async function commitsOf(
  connection: RepositoryConnection,
  group: { readonly base: string; readonly head: string },
): Promise<readonly { readonly sha: string; readonly commit: { readonly message: string } }[]> {
  const { client, repository } = connection;
  const commits: { readonly sha: string; readonly commit: { readonly message: string } }[] = [];
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
    if (data.commits.length === 0) {
      throw new PlatformError('github-partial', fill(messages['github-partial'], messages.purposes['merge-group']));
    }
  }
}

async function hintedMember(
  connection: RepositoryConnection,
  message: string,
  baseBranch: string,
): Promise<number | null> {
  const subject = message.split('\n')[0] ?? '';
  const number = Number(
    /\(#(\d+)\)$/.exec(subject)?.[1] ?? /^Merge pull request #(\d+) /.exec(subject)?.[1] ?? Number.NaN,
  );
  if (!Number.isSafeInteger(number)) return null;
  const { client, repository } = connection;
  const { data } = await ask('merge-group', () => client.rest.pulls.get({ ...repository, pull_number: number }));
  return data.state === 'open' && data.base.ref === baseBranch ? number : null;
}
