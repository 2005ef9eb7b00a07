/** The connection of a command to a repository on GitHub: from the options, else from a job's environment. */
import packageFile from '../../package.json' with { type: 'json' };
import { connect, type GitHubClient } from '../github/client.ts';
import { UsageError } from '../model/errors.ts';
import { type CommandOption, type Given, getOptionValue } from './command.ts';
import { messages } from './messages.ts';

/** An open connection. */
export interface Connection {
  readonly client: GitHubClient;
  readonly repository: { readonly owner: string; readonly repo: string };
  /** `owner/name`. */
  readonly name: string;
}

/** The `--repo` of every command that connects to GitHub. */
export const repositoryOption: CommandOption = {
  name: 'repo',
  value: '<owner/name>',
  text: 'the repository on GitHub; default: GITHUB_REPOSITORY',
};

/** The token of the environment, or null. */
export function readToken(): string | null {
  return process.env.GITHUB_TOKEN || process.env.GH_TOKEN || null;
}

/**
 * Opens the connection with GITHUB_TOKEN or GH_TOKEN, to GITHUB_API_URL. No request is made yet.
 * @param permission the permission that the token needs, for the error message
 * @throws UsageError
 */
export function openConnection(given: Given, permission: string): Connection {
  const name = getOptionValue(given, 'repo') ?? (process.env.GITHUB_REPOSITORY || undefined);
  if (name === undefined) throw new UsageError(messages.repoMissing());
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined) throw new UsageError(messages.repoBad({ found: name }));
  return { client: openClient(permission), repository: { owner, repo }, name };
}

/** The connection to GitHub without a repository. @throws UsageError if there is no token */
export function openClient(permission: string): GitHubClient {
  const token = readToken();
  if (token === null) throw new UsageError(messages.tokenMissing({ permission }));
  return connect({
    token,
    apiUrl: process.env.GITHUB_API_URL || 'https://api.github.com',
    userAgent: `healthvault-go-live-gate/${packageFile.version}`,
  });
}
