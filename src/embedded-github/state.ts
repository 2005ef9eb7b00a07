/** What the embedded GitHub knows: one repository with its pull requests, labels, comments and statuses, and how they change. */
import { Accounts, FORK_PERMISSIONS, GATE_PERMISSIONS, type Identity, TOKENS } from './accounts.ts';
import { Clock } from './clock.ts';
import { applyEdits, editsOf, mergedTree } from './edits.ts';
import { ancestors, commitsBetween, diffTrees, type FileChange, mergeBase } from './history.ts';
import { type Commit, ObjectStore, type Signature, type Tree } from './objects.ts';
import type {
  Comment,
  CommitOptions,
  FileEdits,
  Json,
  Label,
  Person,
  PullRequest,
  StateOptions,
  Status,
  StatusState,
  Team,
} from './records.ts';

export type * from './records.ts';

/** The repository and everything around it. Writes move the clock; nothing else does. */
export class GitHubState {
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
  /** Rows of `rules/branches/{branch}`, rulesets and classic protection by branch, as GitHub would answer them. */
  rules: readonly Json[] = [];
  rulesets: readonly Json[] = [];
  readonly protection = new Map<string, Json>();
  workflowPermissions: 'read' | 'write' = 'read';
  #nextId = 5_000_001;
  #nextNumber = 1;

  constructor(options: StateOptions = {}) {
    this.owner = options.owner ?? 'fabrikam';
    this.name = options.name ?? 'health';
    this.private = options.private ?? true;
    this.defaultBranch = options.defaultBranch ?? 'main';
    this.clock = new Clock(options.now ?? '2026-11-23T17:00:00Z');
    this.createdAt = this.clock.now();
    this.accounts.need(this.owner);
    for (const [login, role] of Object.entries(options.roles ?? {})) this.setRole(login, role);
    for (const [team, members] of Object.entries(options.teams ?? {})) this.setTeam(team, members);
    for (const label of options.labels ?? []) this.createLabel(label);
    this.tokens.set(TOKENS.job, { login: 'github-actions[bot]', permissions: GATE_PERMISSIONS, app: null });
    this.tokens.set(TOKENS.fork, { login: 'github-actions[bot]', permissions: FORK_PERMISSIONS, app: null });
    this.accounts.need('team-reader[bot]');
    this.tokens.set(TOKENS.team, {
      login: 'team-reader[bot]',
      permissions: { members: 'read' },
      app: { id: 700_001, slug: 'team-reader' },
    });
    for (const [token, identity] of Object.entries(options.tokens ?? {})) {
      this.accounts.need(identity.login);
      this.tokens.set(token, identity);
    }
    const first = this.#commit(null, { files: options.files ?? {}, message: 'First commit', by: this.owner });
    this.branches.set(this.defaultBranch, first.sha);
  }

  nextId(): number {
    return this.#nextId++;
  }

  // People

  setRole(login: string, role: string): void {
    this.roles.set(this.accounts.need(login).login.toLowerCase(), role);
  }

  /** Role of a login: what was set, `admin` for the owner, else `read` where everyone may read and `none` where not. */
  roleOf(login: string): string {
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
        members.map((login) => [this.accounts.need(login).login.toLowerCase(), { role: 'member', state: 'active' }]),
      ),
    });
  }

  // Commits and branches

  /** The commit that a branch, a full ref or a commit id names. */
  resolve(ref: string): Commit | null {
    const name = ref === 'HEAD' ? this.defaultBranch : ref;
    const sha = this.branches.get(name.replace(/^refs\/heads\//, '').replace(/^heads\//, ''));
    if (sha !== undefined) return this.objects.commits.get(sha) ?? null;
    const pull = /^(?:refs\/)?pull\/(\d+)\/head$/.exec(ref);
    const request = pull === null ? undefined : this.pulls.get(Number(pull[1]));
    return this.objects.commits.get(request?.headSha ?? ref) ?? null;
  }

  needCommit(ref: string): Commit {
    const commit = this.resolve(ref);
    if (commit === null) throw new RangeError(`no commit is known as ${ref}`);
    return commit;
  }

  /** Commits on a branch of the repository itself, without any pull request: a push to the base. */
  commitTo(branch: string, options: CommitOptions): Commit {
    const commit = this.#commit(this.needCommit(branch), options);
    this.branches.set(branch, commit.sha);
    return commit;
  }

  /** A commit upon another that belongs to no branch yet. */
  commitUpon(parent: string, options: CommitOptions): Commit {
    return this.#commit(this.needCommit(parent), options);
  }

  #commit(parent: Commit | null, options: CommitOptions, otherParents: readonly string[] = [], tree?: Tree): Commit {
    const date = options.date ?? this.clock.tick();
    const author = this.#signature(options.by ?? this.owner, date);
    const trailers = (options.coAuthors ?? []).map((who) => {
      const account = this.accounts.get(who);
      return `Co-authored-by: ${account === null ? who : `${account.name} <${account.emails[0] ?? ''}>`}`;
    });
    const message = options.message ?? 'Change configuration';
    return this.objects.addCommit({
      parents: [...(parent === null ? [] : [parent.sha]), ...otherParents],
      tree: tree ?? applyEdits(parent?.tree ?? new Map(), options.files ?? {}),
      author,
      committer: options.committer === undefined ? author : this.#signature(options.committer, date),
      message: trailers.length === 0 ? message : `${message}\n\n${trailers.join('\n')}`,
      renames: new Map(Object.entries(options.renames ?? {})),
      copies: new Map(Object.entries(options.copies ?? {})),
    });
  }

  #signature(who: Person, date: string): Signature {
    if (typeof who !== 'string') {
      return { ...who, date, login: this.accounts.byEmail(who.email)?.login ?? null };
    }
    const account = this.accounts.need(who);
    return { name: account.name, email: account.emails[0] ?? '', date, login: account.login };
  }

  // Pull requests

  open(
    options: CommitOptions & {
      readonly author: string;
      readonly title?: string | undefined;
      readonly body?: string | null | undefined;
      readonly branch?: string | undefined;
      readonly base?: string | undefined;
      /** Login of the fork's owner; default: a branch of the repository itself. */
      readonly fork?: string | undefined;
      readonly draft?: boolean | undefined;
    },
  ): PullRequest {
    const number = this.#nextNumber++;
    const baseRef = options.base ?? this.defaultBranch;
    const base = this.needCommit(baseRef);
    const head = this.#commit(base, { ...options, by: options.by ?? options.author });
    const headOwner = options.fork ?? this.owner;
    this.accounts.need(headOwner);
    const at = this.clock.tick();
    const pull: PullRequest = {
      number,
      title: options.title ?? head.message.split('\n')[0] ?? '',
      body: options.body ?? null,
      author: this.accounts.need(options.author).login,
      headRef: options.branch ?? `change-${number}`,
      headOwner,
      headSha: head.sha,
      forkDeleted: false,
      baseRef,
      baseSha: base.sha,
      state: 'open',
      merged: false,
      draft: options.draft ?? false,
      labels: [],
      timeline: [],
      createdAt: at,
      updatedAt: at,
    };
    this.pulls.set(number, pull);
    this.#moveHead(pull, head.sha);
    return pull;
  }

  needPull(number: number): PullRequest {
    const pull = this.pulls.get(number);
    if (pull === undefined) throw new RangeError(`there is no pull request ${number}`);
    return pull;
  }

  /** One more commit on the head. */
  push(number: number, options: CommitOptions): Commit {
    const pull = this.needPull(number);
    const commit = this.#commit(this.needCommit(pull.headSha), { ...options, by: options.by ?? pull.author });
    this.clock.tick();
    this.#moveHead(pull, commit.sha);
    return commit;
  }

  /** Replaces the head by one commit upon `upon` (default: the merge base), or by a commit that exists (`to`). */
  forcePush(
    number: number,
    options: CommitOptions & { readonly to?: string | undefined; readonly upon?: string; readonly pusher?: string },
  ): Commit {
    const pull = this.needPull(number);
    const before = pull.headSha;
    const upon = options.upon ?? this.mergeBaseOf(pull);
    const commit =
      options.to === undefined
        ? this.#commit(this.needCommit(upon), { ...options, by: options.by ?? pull.author })
        : this.needCommit(options.to);
    const at = this.clock.tick();
    this.#moveHead(pull, commit.sha);
    pull.timeline.push({
      id: this.nextId(),
      event: 'head_ref_force_pushed',
      actor: options.pusher ?? pull.author,
      at,
      before,
      after: commit.sha,
    });
    return commit;
  }

  /** Replays the pull request's changes upon the base as it is now. */
  rebase(number: number, options: { readonly by?: string; readonly date?: string } = {}): Commit {
    const pull = this.needPull(number);
    const edits = editsOf(this.changesOf(pull));
    const message = this.needCommit(pull.headSha).message;
    return this.forcePush(number, { ...options, files: edits, message, upon: this.needCommit(pull.baseRef).sha });
  }

  /** Merges the base into the head: GitHub's "Update branch". */
  updateBranch(number: number, by: string): Commit {
    const pull = this.needPull(number);
    const base = this.needCommit(pull.baseRef);
    const head = this.needCommit(pull.headSha);
    const tree = mergedTree(base.tree, this.changesOf(pull));
    const commit = this.#commit(
      head,
      { by, committer: 'web-flow', message: `Merge branch '${pull.baseRef}' into ${pull.headRef}` },
      [base.sha],
      tree,
    );
    this.clock.tick();
    this.#moveHead(pull, commit.sha);
    return commit;
  }

  #moveHead(pull: PullRequest, sha: string): void {
    pull.headSha = sha;
    pull.baseSha = this.needCommit(pull.baseRef).sha;
    pull.updatedAt = this.clock.now();
    if (pull.headOwner === this.owner) this.branches.set(pull.headRef, sha);
    const now = new Set(this.commitsOf(pull).map((commit) => commit.sha));
    const kept = pull.timeline.filter((event) => event.event !== 'committed' || now.delete(event.sha));
    pull.timeline.length = 0;
    pull.timeline.push(...kept);
    for (const added of now) pull.timeline.push({ id: this.nextId(), event: 'committed', sha: added });
  }

  commitsOf(pull: PullRequest): readonly Commit[] {
    return commitsBetween(this.objects, this.needCommit(pull.baseRef).sha, pull.headSha);
  }

  mergeBaseOf(pull: PullRequest): string {
    return mergeBase(this.objects, this.needCommit(pull.baseRef).sha, pull.headSha) ?? pull.baseSha;
  }

  /** The pull request's files: merge base against head, as GitHub shows them. */
  changesOf(pull: PullRequest): readonly FileChange[] {
    return diffTrees(
      this.needCommit(this.mergeBaseOf(pull)).tree,
      this.needCommit(pull.headSha).tree,
      this.commitsOf(pull),
    );
  }

  /** Pull requests that hold a commit. */
  /** GitHub knows no pull requests of commits that are only in a fork. */
  pullsWith(sha: string): readonly PullRequest[] {
    const queued = this.queued.get(sha) ?? [];
    return [...this.pulls.values()].filter(
      (pull) =>
        queued.includes(pull.number) ||
        (pull.headOwner === this.owner && this.commitsOf(pull).some((commit) => commit.sha === sha)),
    );
  }

  editPull(number: number, by: string, change: { readonly title?: string; readonly body?: string }): void {
    const pull = this.needPull(number);
    const at = this.clock.tick();
    if (change.title !== undefined && change.title !== pull.title) {
      pull.timeline.push({ id: this.nextId(), event: 'renamed', actor: by, at, from: pull.title, to: change.title });
      pull.title = change.title;
    }
    if (change.body !== undefined) pull.body = change.body;
    pull.updatedAt = at;
  }

  setOpen(number: number, by: string, open: boolean): void {
    const pull = this.needPull(number);
    const at = this.clock.tick();
    pull.state = open ? 'open' : 'closed';
    pull.timeline.push({ id: this.nextId(), event: open ? 'reopened' : 'closed', actor: by, at });
    pull.updatedAt = at;
  }

  /**
   * A group of the merge queue: each member upon the one before, the first upon the base. `extra` edits stand for what
   * the group holds beyond its members; `stranger` leaves the commits without a pull request.
   */
  mergeGroup(
    numbers: readonly number[],
    options: {
      readonly method?: 'merge' | 'squash' | 'rebase';
      readonly extra?: FileEdits;
      readonly stranger?: boolean;
    } = {},
  ): { readonly baseSha: string; readonly headSha: string; readonly headRef: string; readonly baseRef: string } {
    const pulls = numbers.map((number) => this.needPull(number));
    const baseRef = pulls[0]?.baseRef ?? this.defaultBranch;
    const base = this.needCommit(baseRef);
    let tip = base;
    for (const pull of pulls) {
      const tree = applyEdits(
        mergedTree(tip.tree, this.changesOf(pull)),
        pull === pulls.at(-1) ? (options.extra ?? {}) : {},
      );
      const { method = 'merge' } = options;
      tip = this.#commit(
        tip,
        {
          by: pull.author,
          committer: 'web-flow',
          message: options.stranger === true ? 'A commit by hand' : queueMessage(pull, method),
        },
        method === 'merge' ? [pull.headSha] : [],
        tree,
      );
      if (options.stranger !== true && method !== 'rebase') this.queued.set(tip.sha, [pull.number]);
    }
    const headRef = `gh-readonly-queue/${baseRef}/pr-${numbers.at(-1) ?? 0}-${base.sha}`;
    this.branches.set(headRef, tip.sha);
    return { baseSha: base.sha, headSha: tip.sha, headRef, baseRef };
  }

  // Labels

  findLabel(name: string): Label | null {
    return this.labels.find((label) => label.name.toLowerCase() === name.toLowerCase()) ?? null;
  }

  createLabel(name: string, color = 'ededed', description: string | null = null): Label {
    const label: Label = { id: this.nextId(), name, color, description };
    this.labels.push(label);
    return label;
  }

  /** Puts a label on; makes it where it is not there yet. Nothing happens when it is on already. */
  addLabel(number: number, name: string, by: string, app: Identity['app'] = null): boolean {
    const pull = this.needPull(number);
    const label = this.findLabel(name) ?? this.createLabel(name);
    if (pull.labels.includes(label.name)) return false;
    const at = this.clock.tick();
    pull.labels.push(label.name);
    pull.updatedAt = at;
    const actor = this.accounts.need(by).login;
    pull.timeline.push({ id: this.nextId(), event: 'labeled', actor, at, label: label.name, app });
    return true;
  }

  removeLabel(number: number, name: string, by: string, app: Identity['app'] = null): boolean {
    const pull = this.needPull(number);
    const index = pull.labels.findIndex((label) => label.toLowerCase() === name.toLowerCase());
    const [label] = index < 0 ? [] : pull.labels.splice(index, 1);
    if (label === undefined) return false;
    const at = this.clock.tick();
    pull.updatedAt = at;
    const actor = this.accounts.need(by).login;
    pull.timeline.push({ id: this.nextId(), event: 'unlabeled', actor, at, label, app });
    return true;
  }

  /** Renames a label everywhere; events keep the name that it had. */
  renameLabel(name: string, to: string): void {
    const label = this.findLabel(name);
    if (label === null) throw new RangeError(`there is no label ${name}`);
    this.clock.tick();
    for (const pull of this.pulls.values()) {
      const index = pull.labels.indexOf(label.name);
      if (index >= 0) pull.labels[index] = to;
    }
    label.name = to;
  }

  /** Deletes a label, off every pull request too; no event tells of it. */
  deleteLabel(name: string): void {
    const label = this.findLabel(name);
    if (label === null) throw new RangeError(`there is no label ${name}`);
    this.clock.tick();
    this.labels.splice(this.labels.indexOf(label), 1);
    for (const pull of this.pulls.values()) {
      const index = pull.labels.indexOf(label.name);
      if (index >= 0) pull.labels.splice(index, 1);
    }
  }

  // Comments

  comment(number: number, by: string, body: string, app: Identity['app'] = null): Comment {
    const pull = this.needPull(number);
    const at = this.clock.tick();
    const author = this.accounts.need(by).login;
    const comment: Comment = {
      id: this.nextId(),
      issue: number,
      author,
      body,
      createdAt: at,
      updatedAt: at,
      edits: [],
      app,
    };
    this.comments.push(comment);
    pull.timeline.push({ id: this.nextId(), event: 'commented', actor: author, at, comment: comment.id });
    pull.updatedAt = at;
    return comment;
  }

  editComment(id: number, by: string, body: string): Comment {
    const comment = this.comments.find((one) => one.id === id);
    if (comment === undefined) throw new RangeError(`there is no comment ${id}`);
    const at = this.clock.tick();
    if (comment.body !== body) {
      if (comment.edits.length === 0)
        comment.edits.push({ at: comment.createdAt, editor: comment.author, body: comment.body });
      comment.edits.unshift({ at, editor: this.accounts.need(by).login, body });
      comment.body = body;
    }
    comment.updatedAt = at;
    return comment;
  }

  deleteComment(id: number): boolean {
    const index = this.comments.findIndex((one) => one.id === id);
    if (index < 0) return false;
    this.clock.tick();
    this.comments.splice(index, 1);
    for (const pull of this.pulls.values()) {
      const kept = pull.timeline.filter((event) => event.event !== 'commented' || event.comment !== id);
      pull.timeline.length = 0;
      pull.timeline.push(...kept);
    }
    return true;
  }

  commentsOf(number: number): readonly Comment[] {
    return this.comments.filter((comment) => comment.issue === number);
  }

  // Statuses

  addStatus(
    sha: string,
    by: string,
    status: {
      readonly state: StatusState;
      readonly context?: string;
      readonly description?: string | null;
      readonly targetUrl?: string | null;
    },
  ): Status {
    const added: Status = {
      id: this.nextId(),
      sha,
      state: status.state,
      context: status.context ?? 'default',
      description: status.description ?? null,
      targetUrl: status.targetUrl ?? null,
      creator: this.accounts.need(by).login,
      createdAt: this.clock.tick(),
    };
    this.statuses.push(added);
    return added;
  }

  /** All statuses of a commit, newest first. */
  statusesOf(sha: string): readonly Status[] {
    return this.statuses.filter((status) => status.sha === sha).reverse();
  }

  /** The status of a context that counts now: the newest. */
  statusOf(sha: string, context: string): Status | null {
    return this.statusesOf(sha).find((status) => status.context === context) ?? null;
  }

  /** True when `sha` is part of `branch`. */
  contains(branch: string, sha: string): boolean {
    return ancestors(this.objects, this.needCommit(branch).sha).has(sha);
  }
}

/** What a merge queue writes over the commit it makes of a pull request; a rebased one keeps its own words. */
function queueMessage(pull: PullRequest, method: 'merge' | 'squash' | 'rebase'): string {
  if (method === 'rebase') return pull.title;
  return method === 'squash'
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${pull.headOwner}/${pull.headRef}`;
}
