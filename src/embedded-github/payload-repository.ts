/** REST shapes of accounts, apps and the repository, as GitHub's own description has them. */
import type { EmbeddedAccount, Identity } from './accounts.ts';
import type { Json, Label } from './records.ts';
import type { GitHubState } from './state.ts';

export type JsonObject = { readonly [key: string]: Json };

/** Addresses of the API and of the pages for people. */
export interface Addresses {
  /** For example `http://127.0.0.1:40123`. */
  readonly api: string;
  readonly html: string;
}

/** The input for building a shape. */
export interface Source {
  readonly state: GitHubState;
  readonly addresses: Addresses;
}

/** Address of the repository in the API. */
export function buildApiAddress({ state, addresses }: Source): string {
  return `${addresses.api}/repos/${state.owner}/${state.name}`;
}

/** Address of the repository's pages. */
export function buildHtmlAddress({ state, addresses }: Source): string {
  return `${addresses.html}/${state.owner}/${state.name}`;
}

/** A node id. It is opaque, as on GitHub. */
export function buildNodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url');
}

/** The number in the node id of such an object; null: the id is of another one. */
export function readNodeNumber(kind: string, nodeId: string | undefined): number | null {
  const [name, number] = Buffer.from(nodeId ?? '', 'base64url')
    .toString('utf8')
    .split(':');
  return name === kind ? Number(number) : null;
}

export function buildUserJson({ addresses }: Source, account: EmbeddedAccount): JsonObject {
  const api = `${addresses.api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: buildNodeId(account.type, account.id),
    avatar_url: `${addresses.html}/avatars/${account.id}`,
    gravatar_id: '',
    url: api,
    html_url: `${addresses.html}/${account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : account.login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** The account, or null if it was deleted. */
export function findUserJson(source: Source, login: string | null): JsonObject | null {
  const account = source.state.accounts.get(login);
  return account === null ? null : buildUserJson(source, account);
}

/** The account, or GitHub's placeholder for deleted accounts. */
export function findUserOrGhostJson(source: Source, login: string | null): JsonObject {
  return (
    findUserJson(source, login) ??
    buildUserJson(source, { login: 'ghost', id: 10137, type: 'User', name: 'Deleted user', emails: [] })
  );
}

/** The App that acted, or null for people and for the job's own token. */
export function buildAppJson(source: Source, app: Identity['app']): Json {
  if (app === null) return null;
  return {
    id: app.id,
    slug: app.slug,
    node_id: buildNodeId('App', app.id),
    owner: findUserOrGhostJson(source, source.state.owner),
    name: app.slug,
    description: null,
    external_url: `${source.addresses.html}/apps/${app.slug}`,
    html_url: `${source.addresses.html}/apps/${app.slug}`,
    created_at: source.state.createdAt,
    updated_at: source.state.createdAt,
    permissions: {},
    events: [],
  };
}

const LINKS = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

/** The repository, or `owner`'s fork of it. */
export function buildRepositoryJson(source: Source, owner: string = source.state.owner): JsonObject {
  const { state, addresses } = source;
  const fork = owner !== state.owner;
  const fullName = `${owner}/${state.name}`;
  const api = `${addresses.api}/repos/${fullName}`;
  const html = `${addresses.html}/${fullName}`;
  const open = [...state.pulls.values()].filter((pull) => pull.state === 'open').length;
  const id = fork ? 900_000 + (state.accounts.get(owner)?.id ?? 0) : 424242;
  const now = state.clock.now();
  return {
    id,
    node_id: buildNodeId('Repository', id),
    name: state.name,
    full_name: fullName,
    owner: findUserOrGhostJson(source, owner),
    private: state.private,
    visibility: state.private ? 'private' : 'public',
    html_url: html,
    description: null,
    fork,
    url: api,
    ...Object.fromEntries(Object.entries(LINKS).map(([key, path]) => [key, `${api}${path}`])),
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    size: 1,
    default_branch: state.defaultBranch,
    open_issues_count: open,
    open_issues: open,
    topics: [],
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    pushed_at: now,
    created_at: state.createdAt,
    updated_at: now,
  };
}

/** The answer of `GET /repos/{owner}/{repo}`, which has more than a repository elsewhere. */
export function buildFullRepositoryJson(source: Source): JsonObject {
  return { ...buildRepositoryJson(source), subscribers_count: 0, network_count: 0 };
}

export function buildLabelJson(source: Source, label: Label): JsonObject {
  return {
    id: label.id,
    node_id: buildNodeId('Label', label.id),
    url: `${buildApiAddress(source)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    description: label.description,
    color: label.color,
    default: false,
  };
}

/** Labels by name, as they are now. */
export function buildLabelsJson(source: Source, names: readonly string[]): readonly JsonObject[] {
  return names.flatMap((name) => {
    const label = source.state.findLabel(name);
    return label === null ? [] : [buildLabelJson(source, label)];
  });
}
