/** The accounts of the embedded GitHub, their rights on the repository, teams, and tokens. */

export interface EmbeddedAccount {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot';
  readonly name: string;
  /** Mail addresses by which GitHub maps commits to the account. */
  readonly emails: readonly string[];
}

/** Permissions of a token, in the words of a workflow's `permissions`. */
export type Scope =
  | 'metadata'
  | 'contents'
  | 'pull-requests'
  | 'issues'
  | 'statuses'
  | 'checks'
  | 'actions'
  | 'administration'
  | 'members';
export type Access = 'read' | 'write';
export type TokenPermissions = Readonly<Partial<Record<Scope, Access>>>;

/**
 * The account that a token belongs to. `app` is set for a GitHub App's own token. The job's token belongs to
 * `github-actions[bot]`.
 */
export interface Identity {
  readonly login: string;
  readonly permissions: TokenPermissions;
  readonly app: { readonly id: number; readonly slug: string } | null;
}

/** The account behind a workflow's own token. */
export const ACTIONS_BOT: EmbeddedAccount = {
  login: 'github-actions[bot]',
  id: 41898282,
  type: 'Bot',
  name: 'github-actions[bot]',
  emails: ['41898282+github-actions[bot]@users.noreply.github.com'],
};

/** The committer of all commits made on github.com itself. */
export const WEB_FLOW: EmbeddedAccount = {
  login: 'web-flow',
  id: 19864447,
  type: 'User',
  name: 'GitHub Web Flow',
  emails: ['noreply@github.com'],
};

/** The minimum permissions for the gate. */
export const GATE_PERMISSIONS: TokenPermissions = { contents: 'read', 'pull-requests': 'write', statuses: 'write' };

/** The permissions of a `pull_request` run from a fork. */
export const FORK_PERMISSIONS: TokenPermissions = { contents: 'read', 'pull-requests': 'read', statuses: 'read' };

/** Tokens that every embedded GitHub knows from the start. */
export const TOKENS = {
  /** The job's token with the gate's minimum permissions. */
  job: 'ghs_job',
  /** The job's token in a `pull_request` run from a fork. */
  fork: 'ghs_fork',
  /** An App's token that may read the organization's members and nothing else. */
  team: 'ghs_team',
} as const;

/** Legacy permission that GitHub returns with a role's name. */
export function toLegacyPermission(role: string): 'admin' | 'write' | 'read' | 'none' {
  if (role === 'admin') return 'admin';
  if (role === 'maintain' || role === 'write') return 'write';
  return role === 'none' ? 'none' : 'read';
}

/** True when a token has a permission. Write includes read, and every token may read metadata. */
export function hasPermission(identity: Identity, scope: Scope, access: Access): boolean {
  const granted = identity.permissions[scope];
  return granted === 'write' || granted === access || (scope === 'metadata' && access === 'read');
}

/** Accounts by login, in any case, and by mail address. Ids are assigned in order of creation. */
export class Accounts {
  readonly #byLogin = new Map<string, EmbeddedAccount>();
  #nextId = 1001;

  constructor() {
    this.add(ACTIONS_BOT);
    this.add(WEB_FLOW);
  }

  add(account: Partial<EmbeddedAccount> & { readonly login: string }): EmbeddedAccount {
    const id = account.id ?? this.#nextId++;
    const bot = account.login.endsWith('[bot]');
    const known: EmbeddedAccount = {
      login: account.login,
      id,
      type: account.type ?? (bot ? 'Bot' : 'User'),
      name: account.name ?? account.login,
      emails: [
        ...(account.emails ?? [`${account.login}@example.com`]),
        `${id}+${account.login}@users.noreply.github.com`,
        `${account.login}@users.noreply.github.com`,
      ],
    };
    this.#byLogin.set(known.login.toLowerCase(), known);
    return known;
  }

  get(login: string | null): EmbeddedAccount | null {
    return login === null ? null : (this.#byLogin.get(login.toLowerCase()) ?? null);
  }

  /** The account of that name. It is created if it does not exist. */
  require(login: string): EmbeddedAccount {
    return this.get(login) ?? this.add({ login });
  }

  /** Deletes an account. Its actions then belong to no account. */
  remove(login: string): void {
    this.#byLogin.delete(login.toLowerCase());
  }

  findByEmail(email: string): EmbeddedAccount | null {
    const wanted = email.toLowerCase();
    for (const account of this.#byLogin.values())
      if (account.emails.some((known) => known.toLowerCase() === wanted)) return account;
    return null;
  }
}
