/** GraphQL's accounts: actors, users, and the people behind a commit. */
import type { Account, Identity } from '../accounts.ts';
import type { Commit, Signature } from '../objects.ts';
import { nodeId, type Source } from '../payload-repository.ts';
import type { Json } from '../records.ts';
import { GraphObject } from './run.ts';

/** What objects are made from, and who asks. */
export interface Context extends Source {
  readonly identity: Identity;
}

/** An account as an actor. GraphQL leaves the `[bot]` off that REST puts behind a bot's login. */
export function actor(context: Context, login: string | null): GraphObject | null {
  const account = context.state.accounts.get(login);
  if (account === null) return null;
  const url = `${context.addresses.html}/${account.login}`;
  const fields = {
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login: account.type === 'Bot' ? account.login.replace(/\[bot\]$/, '') : account.login,
    avatarUrl: `${context.addresses.html}/avatars/${account.id}`,
    url,
    resourcePath: `/${account.login}`,
  };
  if (account.type === 'Bot') return new GraphObject('Bot', fields, ['Actor', 'Node', 'UniformResourceLocatable']);
  return user(context, account, fields);
}

export function user(context: Context, account: Account, base?: Readonly<Record<string, Json>>): GraphObject {
  const fields = base ?? {
    id: nodeId(account.type, account.id),
    databaseId: account.id,
    login: account.login,
    avatarUrl: `${context.addresses.html}/avatars/${account.id}`,
    url: `${context.addresses.html}/${account.login}`,
    resourcePath: `/${account.login}`,
  };
  return new GraphObject('User', { ...fields, name: account.name, isSiteAdmin: false }, [
    'Actor',
    'Node',
    'RepositoryOwner',
    'UniformResourceLocatable',
  ]);
}

export function gitActor(
  context: Context,
  signature: { readonly name: string; readonly email: string; readonly date: string; readonly login: string | null },
): GraphObject {
  return new GraphObject('GitActor', {
    name: signature.name,
    email: signature.email,
    date: signature.date,
    user: () => {
      const account = context.state.accounts.get(signature.login);
      return account === null ? null : user(context, account);
    },
  });
}

/** Author and co-authors, whom GitHub reads from the message's trailers. */
export function authorsOf(context: Context, commit: Commit): readonly Signature[] {
  const trailers = [...commit.message.matchAll(/^co-authored-by:\s*(.*?)\s*<([^<>]+)>\s*$/gim)];
  const others = trailers.map(([, name = '', email = '']) => ({
    name,
    email,
    date: commit.author.date,
    login: context.state.accounts.byEmail(email)?.login ?? null,
  }));
  return [commit.author, ...others];
}
