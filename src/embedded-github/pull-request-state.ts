/** The pull requests of the embedded GitHub's repository, with methods to open, push to, rebase and queue them. */
import { applyEdits, buildEdits, mergeTree } from './edits.ts';
import { diffTrees, type FileChange, findMergeBase, listCommitsBetween } from './history.ts';
import type { Commit } from './objects.ts';
import type { CommitOptions, FileEdits, PullRequest, Push, Review } from './records.ts';
import { RepositoryState } from './repository-state.ts';

/** A repository with pull requests. */
export class PullRequestRecords extends RepositoryState {
  /** Every push to the head of a pull request, oldest first. */
  readonly pushes: Push[] = [];
  #nextNumber = 1;

  open(
    options: CommitOptions & {
      readonly author: string;
      readonly title?: string | undefined;
      readonly body?: string | null | undefined;
      readonly branch?: string | undefined;
      readonly base?: string | undefined;
      /** Login of the fork's owner. By default the branch is in the repository itself. */
      readonly fork?: string | undefined;
      readonly draft?: boolean | undefined;
      /** The account that pushed the branch, by default the author. */
      readonly pusher?: string | undefined;
      /** Number of a pull request with the same head, instead of a commit. */
      readonly headPull?: number | undefined;
    },
  ): PullRequest {
    const number = this.#nextNumber++;
    const baseRef = options.base ?? this.defaultBranch;
    const base = this.requireCommit(baseRef);
    const head =
      options.headPull === undefined
        ? this.makeCommit(base, { ...options, by: options.by ?? options.author })
        : this.requireCommit(this.requirePull(options.headPull).headSha);
    const headOwner = options.fork ?? this.owner;
    this.accounts.require(headOwner);
    const at = this.clock.tick();
    const pull: PullRequest = {
      number,
      title: options.title ?? head.message.split('\n')[0] ?? '',
      body: options.body ?? null,
      author: this.accounts.require(options.author).login,
      headRef: options.branch ?? `change-${number}`,
      headOwner,
      headSha: head.sha,
      listedHead: null,
      forkDeleted: false,
      baseRef,
      baseSha: base.sha,
      state: 'open',
      merged: false,
      locked: false,
      draft: options.draft ?? false,
      labels: [],
      timeline: [],
      reviews: [],
      createdAt: at,
      updatedAt: at,
    };
    this.pulls.set(number, pull);
    this.#moveHead(pull, head.sha, options.pusher ?? options.author, 'branch_creation');
    return pull;
  }

  requirePull(number: number): PullRequest {
    const pull = this.pulls.get(number);
    if (pull === undefined) throw new RangeError(`there is no pull request ${number}`);
    return pull;
  }

  /** One more commit on the head, pushed by its author unless another account is given. */
  push(number: number, options: CommitOptions & { readonly pusher?: string | undefined }): Commit {
    const pull = this.requirePull(number);
    const commit = this.makeCommit(this.requireCommit(pull.headSha), { ...options, by: options.by ?? pull.author });
    this.clock.tick();
    this.#moveHead(pull, commit.sha, options.pusher ?? commit.author.login ?? pull.author, 'push');
    return commit;
  }

  /** Replaces the head by one commit upon `upon` (default: the merge base), or by a commit that exists (`to`). */
  forcePush(
    number: number,
    options: CommitOptions & { readonly to?: string | undefined; readonly upon?: string; readonly pusher?: string },
  ): Commit {
    const pull = this.requirePull(number);
    const before = pull.headSha;
    const upon = options.upon ?? this.findMergeBase(pull);
    const commit =
      options.to === undefined
        ? this.makeCommit(this.requireCommit(upon), { ...options, by: options.by ?? pull.author })
        : this.requireCommit(options.to);
    const at = this.clock.tick();
    this.#moveHead(pull, commit.sha, options.pusher ?? pull.author, 'force_push');
    pull.timeline.push({
      id: this.takeId(),
      event: 'head_ref_force_pushed',
      actor: options.pusher ?? pull.author,
      at,
      before,
      after: commit.sha,
    });
    return commit;
  }

  /** Replays the pull request's changes upon the base as it is now. */
  rebase(
    number: number,
    options: { readonly by?: string; readonly date?: string; readonly pusher?: string } = {},
  ): Commit {
    const pull = this.requirePull(number);
    const edits = buildEdits(this.listChanges(pull));
    const message = this.requireCommit(pull.headSha).message;
    return this.forcePush(number, { ...options, files: edits, message, upon: this.requireCommit(pull.baseRef).sha });
  }

  /** Merges the base into the head: GitHub's "Update branch". */
  updateBranch(number: number, by: string): Commit {
    const pull = this.requirePull(number);
    const base = this.requireCommit(pull.baseRef);
    const head = this.requireCommit(pull.headSha);
    const tree = mergeTree(base.tree, this.listChanges(pull));
    const commit = this.makeCommit(
      head,
      { by, committer: 'web-flow', message: `Merge branch '${pull.baseRef}' into ${pull.headRef}` },
      [base.sha],
      tree,
    );
    this.clock.tick();
    this.#moveHead(pull, commit.sha, by, 'push');
    return commit;
  }

  /** Points the pull request at another base branch. */
  retarget(number: number, by: string, base: string): void {
    const pull = this.requirePull(number);
    const { sha } = this.requireCommit(base);
    const at = this.clock.tick();
    pull.timeline.push({ id: this.takeId(), event: 'base_ref_changed', actor: by, at, from: pull.baseRef, to: base });
    pull.baseRef = base;
    pull.baseSha = sha;
    pull.updatedAt = at;
  }

  #moveHead(pull: PullRequest, sha: string, actor: string, type: Push['type']): void {
    const push = { id: this.takeId(), owner: pull.headOwner, ref: `refs/heads/${pull.headRef}`, before: pull.headSha };
    this.pushes.push({ ...push, after: sha, actor: this.accounts.require(actor).login, at: this.clock.now(), type });
    pull.headSha = sha;
    pull.baseSha = this.requireCommit(pull.baseRef).sha;
    pull.updatedAt = this.clock.now();
    if (pull.headOwner === this.owner) this.branches.set(pull.headRef, sha);
    const now = new Set(this.listCommits(pull).map((commit) => commit.sha));
    const kept = pull.timeline.filter((event) => event.event !== 'committed' || now.delete(event.sha));
    pull.timeline.length = 0;
    pull.timeline.push(...kept);
    for (const added of now) pull.timeline.push({ id: this.takeId(), event: 'committed', sha: added });
  }

  listCommits(pull: PullRequest): readonly Commit[] {
    return listCommitsBetween(this.objects, this.requireCommit(pull.baseRef).sha, pull.headSha);
  }

  findMergeBase(pull: PullRequest): string {
    return findMergeBase(this.objects, this.requireCommit(pull.baseRef).sha, pull.headSha) ?? pull.baseSha;
  }

  /** The pull request's files: merge base against head, as GitHub shows them. */
  listChanges(pull: PullRequest): readonly FileChange[] {
    return diffTrees(
      this.requireCommit(this.findMergeBase(pull)).tree,
      this.requireCommit(pull.headSha).tree,
      this.listCommits(pull),
    );
  }

  /** The commits and changes that GitHub shows, computed for the base as of the last push and sometimes for an older head. */
  listShown(pull: PullRequest): { readonly commits: readonly Commit[]; readonly changes: readonly FileChange[] } {
    const head = pull.listedHead ?? pull.headSha;
    const commits = listCommitsBetween(this.objects, pull.baseSha, head);
    const from = findMergeBase(this.objects, pull.baseSha, head) ?? pull.baseSha;
    return { commits, changes: diffTrees(this.requireCommit(from).tree, this.requireCommit(head).tree, commits) };
  }

  /** Pull requests that contain a commit. GitHub knows none for commits that are only in a fork. */
  listPullsWith(sha: string): readonly PullRequest[] {
    const queued = this.queued.get(sha) ?? [];
    return [...this.pulls.values()].filter(
      (pull) =>
        queued.includes(pull.number) ||
        (pull.headOwner === this.owner && this.listCommits(pull).some((commit) => commit.sha === sha)),
    );
  }

  editPull(number: number, by: string, change: { readonly title?: string; readonly body?: string }): void {
    const pull = this.requirePull(number);
    const at = this.clock.tick();
    if (change.title !== undefined && change.title !== pull.title) {
      pull.timeline.push({ id: this.takeId(), event: 'renamed', actor: by, at, from: pull.title, to: change.title });
      pull.title = change.title;
    }
    if (change.body !== undefined) pull.body = change.body;
    pull.updatedAt = at;
  }

  /** Requests reviews. @throws RangeError for the author and for users without access, as GitHub refuses */
  requestReviewers(number: number, by: string, reviewers: readonly string[]): void {
    const pull = this.requirePull(number);
    const refused = reviewers.find(
      (one) => !one.includes('/') && (one.toLowerCase() === pull.author.toLowerCase() || this.findRole(one) === 'none'),
    );
    if (refused !== undefined) throw new RangeError(`${refused} cannot be asked`);
    const at = this.clock.tick();
    for (const reviewer of reviewers)
      pull.timeline.push({ id: this.takeId(), event: 'review_requested', actor: by, at, reviewer });
  }

  /** Submits a review of the head, or of another commit. @throws RangeError if GitHub would refuse it */
  review(number: number, by: string, state: Review['state'], commit?: string): Review {
    const pull = this.requirePull(number);
    if (state !== 'COMMENTED' && by.toLowerCase() === pull.author.toLowerCase())
      throw new RangeError('authors cannot approve their own pull request, or request changes of it');
    const submittedAt = this.clock.tick();
    const author = this.accounts.require(by).login;
    const review: Review = { id: this.takeId(), author, state, commit: commit ?? pull.headSha, submittedAt };
    pull.reviews.push(review);
    pull.updatedAt = submittedAt;
    return review;
  }

  /** Dismisses the last review of a user that approves or requests changes. @throws RangeError if there is none */
  dismissReview(number: number, author: string): Review {
    const pull = this.requirePull(number);
    const review = pull.reviews.findLast(
      (one) => one.author === author && (one.state === 'APPROVED' || one.state === 'CHANGES_REQUESTED'),
    );
    if (review === undefined) throw new RangeError(`${author} has no review that could be dismissed`);
    pull.updatedAt = this.clock.tick();
    review.state = 'DISMISSED';
    return review;
  }

  setOpen(number: number, by: string, open: boolean): void {
    const pull = this.requirePull(number);
    const at = this.clock.tick();
    pull.state = open ? 'open' : 'closed';
    pull.timeline.push({ id: this.takeId(), event: open ? 'reopened' : 'closed', actor: by, at });
    pull.updatedAt = at;
  }

  /** Merges the pull request by a commit upon its base with the head as second parent. */
  mergePull(number: number, by: string): Commit {
    const pull = this.requirePull(number);
    const base = this.requireCommit(pull.baseRef);
    const message = `Merge pull request #${number} from ${pull.headOwner}/${pull.headRef}`;
    const tree = mergeTree(base.tree, this.listChanges(pull));
    const commit = this.makeCommit(base, { by, committer: 'web-flow', message }, [pull.headSha], tree);
    this.branches.set(pull.baseRef, commit.sha);
    pull.merged = true;
    this.setOpen(number, by, false);
    return commit;
  }

  /**
   * A group of the merge queue. The first member is upon the base, each other member upon the one before. `extra` edits
   * are changes in the group that no member has. `unassociated` leaves the commits without a pull request and without a
   * number.
   */
  mergeGroup(
    numbers: readonly number[],
    options: {
      readonly method?: 'merge' | 'squash' | 'rebase';
      readonly extra?: FileEdits;
      readonly unassociated?: boolean;
      /** Whether GitHub associates a queue's commits with pull requests. By default not for rebased ones. */
      readonly associates?: boolean;
    } = {},
  ): { readonly baseSha: string; readonly headSha: string; readonly headRef: string; readonly baseRef: string } {
    const { method = 'merge', unassociated = false } = options;
    const { associates = method !== 'rebase' && !unassociated } = options;
    const pulls = numbers.map((number) => this.requirePull(number));
    const baseRef = pulls[0]?.baseRef ?? this.defaultBranch;
    const base = this.requireCommit(baseRef);
    let tip = base;
    for (const pull of pulls) {
      const extra = pull === pulls.at(-1) ? (options.extra ?? {}) : {};
      for (const { message, by, date, changes } of this.#listQueueCommits(pull, method, unassociated)) {
        const tree = applyEdits(mergeTree(tip.tree, changes), extra);
        const parents = method === 'merge' ? [pull.headSha] : [];
        tip = this.makeCommit(tip, { by, committer: 'web-flow', message, date }, parents, tree);
        if (associates) this.queued.set(tip.sha, [pull.number]);
      }
    }
    const headRef = `gh-readonly-queue/${baseRef}/pr-${numbers.at(-1) ?? 0}-${base.sha}`;
    this.branches.set(headRef, tip.sha);
    this.mergeQueues.set(baseRef, [...new Set([...(this.mergeQueues.get(baseRef) ?? []), ...numbers])]);
    return { baseSha: base.sha, headSha: tip.sha, headRef, baseRef };
  }

  /** The commits that a queue makes from a pull request: one, or when it rebases, one for each with its own message. */
  #listQueueCommits(
    pull: PullRequest,
    method: 'merge' | 'squash' | 'rebase',
    unassociated: boolean,
  ): readonly QueueCommit[] {
    if (method === 'rebase' && !unassociated) {
      return this.listCommits(pull).flatMap(({ parents: [parent], tree, author, message }) =>
        parent === undefined
          ? []
          : { message, by: author, date: author.date, changes: diffTrees(this.requireCommit(parent).tree, tree, []) },
      );
    }
    const message = unassociated ? 'A commit by hand' : writeQueueMessage(pull, method);
    return [{ message, by: pull.author, changes: this.listChanges(pull) }];
  }
}

/** A commit that a merge queue makes. */
interface QueueCommit extends Pick<CommitOptions, 'by' | 'date'> {
  readonly message: string;
  readonly changes: readonly FileChange[];
}

/** The message of the commit that a merge queue makes from a pull request. */
function writeQueueMessage(pull: PullRequest, method: 'merge' | 'squash' | 'rebase'): string {
  return method === 'squash'
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${pull.headOwner}/${pull.headRef}`;
}
