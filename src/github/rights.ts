/** What the people who put labels on may do, asked now: rights are judged when the verdict is given. */
import messages from '../../data/messages/github.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { Role } from '../model/policy.ts';
import type { Account, Rights } from '../model/pull-request.ts';
import { ask, type GitHubClient, httpStatus } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';

const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/**
 * Rights of each account, by lower-case login. `teams` are the teams that the policy names; they can only be asked with
 * a token of their own. @throws PlatformError when a role cannot be read.
 */
export async function readRights(
  client: GitHubClient,
  teamClient: GitHubClient | null,
  repository: RepositoryName,
  accounts: readonly Account[],
  teams: readonly string[],
): Promise<Readonly<Record<string, Rights>>> {
  const people = [
    ...new Map(accounts.filter(({ bot }) => !bot).map((account) => [account.login.toLowerCase(), account])).values(),
  ];
  const entries = await Promise.all(
    people.map(async ({ login }) => {
      const role = await readRole(client, repository, login);
      const memberships = await Promise.all(
        teams.map(async (team) => [team, await membership(teamClient, team, login)] as const),
      );
      const rights: Rights = {
        role,
        teams: Object.fromEntries(
          memberships.flatMap(([team, answer]) => (typeof answer === 'boolean' ? [[team, answer]] : [])),
        ),
        unansweredTeams: Object.fromEntries(
          memberships.flatMap(([team, answer]) => (typeof answer === 'string' ? [[team, answer]] : [])),
        ),
      };
      return [login.toLowerCase(), rights] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** The role by name; a custom role counts as the standard permission it is based on. */
async function readRole(client: GitHubClient, repository: RepositoryName, login: string): Promise<Rights['role']> {
  const answer = await ask('rights', async () => {
    try {
      return await client.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
    } catch (error) {
      if (httpStatus(error) === 404) return null;
      throw error;
    }
  });
  if (answer === null) return 'none';
  const { role_name: name, permission } = answer.data;
  return (
    ROLES.find((role) => role === name) ??
    ROLES.find((role) => role === permission) ??
    (permission === 'none' ? 'none' : 'unknown')
  );
}

/** Whether someone is an active member, or in one sentence why that cannot be told. */
async function membership(client: GitHubClient | null, team: string, login: string): Promise<boolean | string> {
  if (client === null) return fill(messages['no-team-token'], { team });
  const [org = '', slug = ''] = team.split('/');
  try {
    const { data } = await client.rest.teams.getMembershipForUserInOrg({ org, team_slug: slug, username: login });
    return data.state === 'active';
  } catch (error) {
    return httpStatus(error) === 404 ? false : fill(messages['team-unreadable'], { team });
  }
}
