/** One repository of the embedded GitHub with its people, its branches and its commits. */
import { Accounts, FORK_PERMISSIONS, GATE_PERMISSIONS, type Identity, TOKENS } from './accounts.ts';
import { Clock } from './clock.ts';
import { applyEdits } from './edits.ts';
import { type Commit, type GitTree, ObjectStore, type Signature } from './objects.ts';
import type {
  Comment,
  CommitOptions,
  Json,
  Label,
  Person,
  PullRequest,
  StateOptions,
  Status,
  Team,
} from './records.ts';

/** The records, and methods that add users and commits. Only writes move the clock. */
export class RepositoryState {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly createdAt: string;
  readonly clock: Clock;
  readonly accounts = new Accounts();
  readonly objects = new ObjectStore();
  /** Branch -> commit id. */
  readonly branches = new Map<string, string>();
  readonly roles = new Map<string, string>();
  readonly teams = new Map<string, Team>();
  readonly labels: Label[] = [];
  readonly pulls = new Map<number, PullRequest>();
  readonly comments: Comment[] = [];
  readonly statuses: Status[] = [];
  readonly tokens = new Map<string, Identity>();
  /** Commit id -> numbers of the pull requests that a merge queue put into it. */
  readonly queued = new Map<string, readonly number[]>();
  /** Branch -> numbers of the pull requests in its merge queue, first one first. */
  readonly mergeQueues = new Map<string, readonly number[]>();
  /** Rows of `rules/branches/{branch}`, rulesets and classic protection by branch, as GitHub would answer them. */
  rules: readonly Json[] = [];
  /** Rules of one branch, in addition to those of all branches. */
  readonly branchRules = new Map<string, readonly Json[]>();
  rulesets: readonly Json[] = [];
  readonly protection = new Map<string, Json>();
  workflowPermissions: 'read' | 'write' = 'read';
  #nextId = 5_000_001;

  constructor(options: StateOptions = {}) {
    this.owner = options.owner ?? 'fabrikam';
    this.name = options.name ?? 'health';
    this.private = options.private ?? true;
    this.defaultBranch = options.defaultBranch ?? 'main';
    this.clock = new Clock(options.now ?? '2026-11-23T17:00:00Z');
    this.createdAt = this.clock.now();
    this.accounts.require(this.owner);
    for (const [login, role] of Object.entries(options.roles ?? {})) this.setRole(login, role);
    for (const [team, members] of Object.entries(options.teams ?? {})) this.setTeam(team, members);
    this.tokens.set(TOKENS.job, { login: 'github-actions[bot]', permissions: GATE_PERMISSIONS, app: null });
    this.tokens.set(TOKENS.fork, { login: 'github-actions[bot]', permissions: FORK_PERMISSIONS, app: null });
    this.accounts.require('team-reader[bot]');
    this.tokens.set(TOKENS.team, {
      login: 'team-reader[bot]',
      permissions: { members: 'read' },
      app: { id: 700_001, slug: 'team-reader' },
    });
    for (const [token, identity] of Object.entries(options.tokens ?? {})) {
      this.accounts.require(identity.login);
      this.tokens.set(token, identity);
    }
    const first = this.makeCommit(null, { files: options.files ?? {}, message: 'First commit', by: this.owner });
    this.branches.set(this.defaultBranch, first.sha);
  }

  takeId(): number {
    return this.#nextId++;
  }

  setRole(login: string, role: string): void {
    this.roles.set(this.accounts.require(login).login.toLowerCase(), role);
  }

  /**
   * Role of a login: the assigned one, `admin` for the owner, else `read` in a public repository and `none` in a
   * private one.
   */
  findRole(login: string): string {
    const key = login.toLowerCase();
    const set = this.roles.get(key);
    if (set !== undefined) return set;
    if (key === this.owner.toLowerCase()) return 'admin';
    return this.private ? 'none' : 'read';
  }

  setTeam(team: string, members: readonly string[]): void {
    const [org = '', slug = ''] = team.split('/');
    this.teams.set(team.toLowerCase(), {
      org,
      slug,
      members: new Map(
        members.map((login) => [this.accounts.require(login).login.toLowerCase(), { role: 'member', state: 'active' }]),
      ),
    });
  }

  /** The commit that a branch, a full ref or a commit id names. */
  resolve(ref: string): Commit | null {
    const name = ref === 'HEAD' ? this.defaultBranch : ref;
    const sha = this.branches.get(name.replace(/^refs\/heads\//, '').replace(/^heads\//, ''));
    if (sha !== undefined) return this.objects.commits.get(sha) ?? null;
    const pull = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(ref);
    const request = pull === null ? undefined : this.pulls.get(Number(pull[1]));
    return this.objects.commits.get(request?.headSha ?? ref) ?? null;
  }

  requireCommit(ref: string): Commit {
    const commit = this.resolve(ref);
    if (commit === null) throw new RangeError(`no commit is known as ${ref}`);
    return commit;
  }

  /** Commits to a branch of the repository itself without a pull request, like a push to the base. */
  commitTo(branch: string, options: CommitOptions): Commit {
    const commit = this.makeCommit(this.requireCommit(branch), options);
    this.branches.set(branch, commit.sha);
    return commit;
  }

  /** A commit upon another. It belongs to no branch yet. */
  commitUpon(parent: string, options: CommitOptions): Commit {
    return this.makeCommit(this.requireCommit(parent), options);
  }

  /** Makes a commit, of the options' files or of a whole tree. */
  protected makeCommit(
    parent: Commit | null,
    options: CommitOptions,
    otherParents: readonly string[] = [],
    tree?: GitTree,
  ): Commit {
    const date = options.date ?? this.clock.tick();
    const author = this.#buildSignature(options.by ?? this.owner, date);
    const trailers = (options.coAuthors ?? []).map((who) => {
      const account = this.accounts.get(who);
      return `Co-authored-by: ${account === null ? who : `${account.name} <${account.emails[0] ?? ''}>`}`;
    });
    const message = options.message ?? 'Change configuration';
    return this.objects.addCommit({
      parents: [...(parent === null ? [] : [parent.sha]), ...otherParents],
      tree: tree ?? applyEdits(parent?.tree ?? new Map(), options.files ?? {}),
      author,
      committer: options.committer === undefined ? author : this.#buildSignature(options.committer, date),
      message: trailers.length === 0 ? message : `${message}\n\n${trailers.join('\n')}`,
      renames: new Map(Object.entries(options.renames ?? {})),
      copies: new Map(Object.entries(options.copies ?? {})),
    });
  }

  #buildSignature(who: Person, date: string): Signature {
    if (typeof who !== 'string') {
      return { ...who, date, login: this.accounts.findByEmail(who.email)?.login ?? null };
    }
    const account = this.accounts.require(who);
    return { name: account.name, email: account.emails[0] ?? '', date, login: account.login };
  }
}
