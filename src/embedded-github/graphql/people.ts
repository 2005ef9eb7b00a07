/** GraphQL's accounts: actors, and the people behind a commit. */
import type { Commit, Signature } from '../objects.ts';
import { buildNodeId, type Source } from '../payload-repository.ts';
import type { GraphQLObject } from './run.ts';

/** An account as an actor. GraphQL leaves off the `[bot]` at the end of a bot's REST login. */
export function buildActor({ state }: Source, login: string | null): GraphQLObject | null {
  const account = state.accounts.get(login);
  if (account === null) return null;
  return {
    __typename: account.type,
    id: buildNodeId(account.type, account.id),
    databaseId: account.id,
    login: account.type === 'Bot' ? account.login.replace(/\[bot\]$/, '') : account.login,
  };
}

/** The author or committer of a commit, with the account that GitHub maps the mail address to. */
export function buildGitActor({ state }: Source, { name, email, login }: Signature): GraphQLObject {
  const account = state.accounts.get(login);
  const user = account && { id: buildNodeId(account.type, account.id), databaseId: account.id, login: account.login };
  return { name, email, user };
}

/** Author and co-authors, whom GitHub reads from the message's trailers. */
export function findCommitAuthors({ state }: Source, { author, message }: Commit): readonly Signature[] {
  const trailers = [...message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^<>]+)>\s*$/gim)];
  const others = trailers.map(([, name = '', email = '']) => ({
    name,
    email,
    date: author.date,
    login: state.accounts.findByEmail(email)?.login ?? null,
  }));
  return [author, ...others];
}
