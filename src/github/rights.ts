/** The rights of the users who added labels, at the time of the verdict. */
import type { Role } from '../model/policy.ts';
import type { Account, Rights } from '../model/pull-request.ts';
import { ask, type GitHubClient, getHttpStatus } from './client.ts';
import { messages } from './messages.ts';
import type { RepositoryName } from './pull-request-facts.ts';
import type { RepositoryConnection } from './repository-connection.ts';

const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/**
 * Rights of each account, by lower-case login. `teams` are the teams in the policy. They need a separate token.
 * @throws PlatformError if a role cannot be read
 */
export async function readRights(
  { client, teamClient, repository }: RepositoryConnection,
  accounts: readonly Account[],
  teams: readonly string[],
): Promise<Readonly<Record<string, Rights>>> {
  const people = new Map(accounts.filter(({ bot }) => !bot).map(({ login }) => [login.toLowerCase(), login]));
  const entries = await Promise.all(
    [...people].map(async ([key, login]): Promise<readonly [string, Rights]> => {
      const role = await readRole(client, repository, login);
      const memberships = await Promise.all(
        teams.map(async (team) => [team, await readMembership(teamClient, team, login)] as const),
      );
      const known = memberships.flatMap(([team, answer]) => (typeof answer === 'boolean' ? [[team, answer]] : []));
      const unknown = memberships.flatMap(([team, answer]) => (typeof answer === 'string' ? [[team, answer]] : []));
      return [key, { role, teams: Object.fromEntries(known), unansweredTeams: Object.fromEntries(unknown) }];
    }),
  );
  return Object.fromEntries(entries);
}

/** The role by name. A custom role counts as the standard permission that it is based on. */
async function readRole(client: GitHubClient, repository: RepositoryName, login: string): Promise<Rights['role']> {
  const answer = await ask('rights', async () => {
    try {
      return await client.rest.repos.getCollaboratorPermissionLevel({ ...repository, username: login });
    } catch (error) {
      if (getHttpStatus(error) === 404) return null;
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

/** Whether someone is an active member, or in one sentence why that is not known. */
async function readMembership(client: GitHubClient | null, team: string, login: string): Promise<boolean | string> {
  if (client === null) return messages.noTeamToken({ team }).message;
  const [org = '', slug = ''] = team.split('/');
  try {
    const { data } = await client.rest.teams.getMembershipForUserInOrg({ org, team_slug: slug, username: login });
    return data.state === 'active';
  } catch (error) {
    return getHttpStatus(error) === 404 ? false : messages.teamUnreadable({ team }).message;
  }
}
