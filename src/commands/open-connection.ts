/** Which repository on GitHub a command speaks of and the connection to it: options first, then a job's environment. */
import messages from '../../data/messages/commands.json' with { type: 'json' };
import packageFile from '../../package.json' with { type: 'json' };
import { connect, type GitHubClient } from '../github/client.ts';
import { UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { type CommandOption, type Given, optionValue } from './command.ts';

/** An open connection. */
export interface Connected {
  readonly client: GitHubClient;
  readonly repository: { readonly owner: string; readonly repo: string };
  /** `owner/name`. */
  readonly name: string;
}

/** The `--repo` of every command that speaks with GitHub. */
export const repositoryOption: CommandOption = {
  name: 'repo',
  value: '<owner/name>',
  text: 'the repository on GitHub; default: GITHUB_REPOSITORY',
};

/**
 * Opens the connection with GITHUB_TOKEN or GH_TOKEN, to GITHUB_API_URL. No request is made yet.
 * @param permission what the token must be allowed to do, for the sentence that asks for one.
 * @throws UsageError
 */
export function connectTo(given: Given, permission: string): Connected {
  const name = optionValue(given, 'repo') ?? (process.env.GITHUB_REPOSITORY || undefined);
  if (name === undefined) throw new UsageError('repo-missing', messages['repo-missing']);
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined) {
    throw new UsageError('repo-bad', fill(messages['repo-bad'], { found: name }));
  }
  const token = process.env.GITHUB_TOKEN || process.env.GH_TOKEN;
  if (!token) throw new UsageError('token-missing', fill(messages['token-missing'], { permission }));
  const client = connect({
    token,
    apiUrl: process.env.GITHUB_API_URL || 'https://api.github.com',
    userAgent: `healthvault-go-live-gate/${packageFile.version}`,
  });
  return { client, repository: { owner, repo }, name };
}
