/**
 * Carries out one action of a story on the embedded GitHub, and describes the event and the triggers of GitHub in a sentence.
 */
import { buildEvent, type Trigger, type WorkflowEvent } from '../embedded-github/events.ts';
import type { EmbeddedGitHub } from '../embedded-github/github.ts';
import type { Comment, PullRequest } from '../embedded-github/records.ts';
import { messages, words } from './messages.ts';
import { findAction, type StoryAction, toList } from './read-story.ts';
import type { Story, StoryActions } from './story.ts';
import type { StoryFileReader } from './story-files.ts';

/** The result of an action. */
export interface StepResult {
  readonly sentence: string;
  /** The events that GitHub triggers for it; empty: none. */
  readonly events: readonly WorkflowEvent[];
  /** Further inputs that a workflow passes on (`pull-request` of a dispatch). */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The commit with the status that counts, if it is not the head of the pull request. */
  readonly sha?: string;
}

/** Login behind the gate's token: its comments are the gate's. */
const GATE = 'github-actions[bot]';

/** GitHub's names for the kinds of review. */
const REVIEW_STATES = { approve: 'APPROVED', 'request-changes': 'CHANGES_REQUESTED', comment: 'COMMENTED' } as const;

/** The state of a story that is being played. */
export class StoryState {
  lastPull = 1;
  /** The event of the last run, for `rerun`. */
  lastEvent: WorkflowEvent | null = null;
  readonly #github: EmbeddedGitHub;
  readonly #story: Story;
  readonly #files: StoryFileReader;
  /** Heads of each pull request, oldest first, so that a push can go back. */
  readonly #heads = new Map<number, string[]>();

  constructor(github: EmbeddedGitHub, story: Story, files: StoryFileReader) {
    this.#github = github;
    this.#story = story;
    this.#files = files;
  }

  /** Carries out the action of a step. @throws UsageError if the story requests something impossible. */
  async playStep(step: Partial<StoryActions>): Promise<StepResult> {
    try {
      return await this.#play(findAction(step), step);
    } catch (error) {
      if (error instanceof RangeError)
        throw this.#story.createError(messages.impossible({ reason: error.message }), step);
      throw error;
    }
  }

  /** The gate's comments on a pull request, oldest first. */
  listGateComments(number: number): readonly Comment[] {
    return this.#github.state.listComments(number).filter((comment) => comment.author === GATE);
  }

  async #play({ kind, given }: StoryAction, step: object): Promise<StepResult> {
    const { state } = this.#github;
    switch (kind) {
      case 'open':
        return this.#open(given);
      case 'push':
        return this.#push(given, this.#findPull(given, step));
      case 'label':
        return this.#setLabels(given, this.#findPull(given, step));
      case 'review':
        return this.#review(given, this.#findPull(given, step));
      case 'dismiss': {
        const { number } = this.#findPull(given, step);
        const review = state.dismissReview(number, given.of);
        const event = { event: 'pull_request_review', action: 'dismissed', number, review, sender: given.by } as const;
        return report(words.dismiss(given.by, given.of), this.#buildEvent(event));
      }
      case 'tick':
        return this.#setTick(given, this.#findComment(given, step), step);
      case 'edit-comment':
        return this.#editComment(given, this.#findComment(given, step), step);
      case 'delete-comment':
        state.deleteComment(this.#findComment(given, step).id);
        return report(words.deleteComment(given.by));
      case 'delete-revision':
        state.deleteRevision(this.#findComment(given, step).id, given.back);
        return report(words.deleteRevision(given.by));
      case 'comment':
        // The recommended workflow runs only on edited comments, so no run starts.
        state.addComment(this.#findPull(given, step).number, given.by, given.body);
        return report(words.comment(given.by));
      case 'describe': {
        const pull = this.#findPull(given, step);
        const { title, body } = pull;
        state.editPull(pull.number, given.by, given);
        const changes = {
          ...(title === pull.title ? {} : { title: { from: title } }),
          ...(body === pull.body ? {} : { body: { from: body ?? '' } }),
        };
        const event = this.#buildPullEvent(pull, 'edited', given.by, { changes });
        return report(words.describe({ by: given.by, pull: pull.number }), event);
      }
      case 'role':
        state.setRole(given.who, given.role);
        return report(words.role(given.who, given.role));
      case 'team':
        state.setTeam(given.name, toList(given.members));
        return report(words.team(given.name));
      case 'rename-label':
        state.renameLabel(given.from, given.to);
        return report(words.renameLabel(given.from, given.to));
      case 'delete-label':
        state.deleteLabel(given);
        return report(words.deleteLabel(given));
      case 'delete-account':
        state.accounts.remove(given);
        return report(words.deleteAccount(given));
      case 'status': {
        const { description = null, url = null, times, ...status } = given;
        const { headSha } = this.#findPull(given, step);
        for (let written = 0; written < times; written++)
          state.addStatus(headSha, given.by, { ...status, description, targetUrl: url });
        return report(words.status(given));
      }
      case 'base': {
        const { branch: base } = this.#story.repository;
        const { branch = base } = given;
        if (!state.branches.has(branch)) state.branches.set(branch, state.requireCommit(base).sha);
        const commit = await this.#files.readCommit(given, state.requireCommit(branch).tree);
        state.commitTo(branch, { ...commit, by: given.by ?? commit.by });
        return report(branch === base ? words.base : words.branch(branch));
      }
      case 'update-branch':
      case 'rebase': {
        const pull = this.#findPull(given, step);
        const before = pull.headSha;
        if (kind === 'rebase') state.rebase(pull.number);
        else state.updateBranch(pull.number, given.by);
        this.#noteHead(pull);
        const event = this.#buildPullEvent(pull, 'synchronize', given.by, { before });
        return report(words[kind]({ by: given.by, pull: pull.number }), event);
      }
      case 'retarget': {
        const pull = this.#findPull(given, step);
        state.retarget(pull.number, given.by, given.base);
        const sentence = words.retarget({ by: given.by, pull: pull.number, base: given.base });
        return report(sentence, this.#buildPullEvent(pull, 'edited', given.by));
      }
      case 'close':
      case 'reopen':
      case 'delete-fork': {
        const pull = this.#findPull(given, step);
        if (kind === 'delete-fork') pull.forkDeleted = true;
        else state.setOpen(pull.number, given.by, kind === 'reopen');
        const events =
          kind === 'delete-fork'
            ? []
            : [this.#buildPullEvent(pull, kind === 'reopen' ? 'reopened' : 'closed', given.by)];
        return report(words[kind]({ by: given.by, pull: pull.number }), ...events);
      }
      case 'lock':
        this.#findPull(given, step).locked = !given.off;
        return report(words.lock(given.by, given.off));
      case 'stale-lists': {
        const pull = this.#findPull(given, step);
        pull.listedHead = given.off ? null : pull.headSha;
        return report(words.staleLists(pull.number, given.off));
      }
      case 'merge': {
        const pull = this.#findPull(given, step);
        state.mergePull(pull.number, given.by);
        return report(words.merge({ by: given.by, pull: pull.number }), this.#buildPullEvent(pull, 'closed', given.by));
      }
      case 'merge-queue': {
        const { method, stranger } = given;
        const [pulls, extra] = [toList(given.pulls), await this.#files.readFiles(given.files)];
        const group = state.mergeGroup(pulls, { method, unassociated: stranger, extra });
        const event = this.#buildEvent({ event: 'merge_group', ...group });
        return { ...report(words.mergeQueue(pulls), event), sha: group.headSha };
      }
      case 'dispatch': {
        const inputs = { 'pull-request': given.pulls };
        const event = this.#buildEvent({ event: 'workflow_dispatch', inputs, sender: given.by });
        return { ...report(words.dispatch(given.by, given.pulls), event), inputs };
      }
      case 'schedule': {
        const event = this.#buildEvent({ event: 'schedule', schedule: '0 9 * * 1-5' });
        return { ...report(words.schedule, event), inputs: { 'pull-request': given.pulls } };
      }
      case 'rerun':
        if (this.lastEvent === null) throw this.#story.createError(messages.noEvent(), step);
        return report(words.rerun, this.lastEvent);
      case 'event':
        return report(words.event(given), this.#buildEvent({ event: 'other', name: given, payload: {} }));
      case 'wait': {
        const hours = given.hours + 24 * given.days;
        state.clock.advance(hours * 3_600_000);
        return report(words.wait(hours));
      }
      case 'clock':
        state.clock.set(given);
        return report(words.clock(state.clock.now()));
    }
  }

  #findPull({ pr = this.lastPull }: { readonly pr?: number }, step: object): PullRequest {
    const pull = this.#github.state.pulls.get(pr);
    if (pull === undefined) throw this.#story.createError(messages.noPull({ number: pr }), step);
    return pull;
  }

  #findComment(given: { readonly pr?: number; readonly of?: string }, step: object): Comment {
    const { number } = this.#findPull(given, step);
    const { of = GATE } = given;
    const comment = this.#github.state.listComments(number).find(({ author }) => author === of);
    if (comment === undefined) throw this.#story.createError(messages.noComment(), step);
    return comment;
  }

  #buildEvent(trigger: Trigger): WorkflowEvent {
    return buildEvent(this.#github.source, trigger);
  }

  /** An event on a pull request. */
  #buildPullEvent(
    { number }: PullRequest,
    action: Extract<Trigger, { event: 'pull_request' | 'pull_request_target' }>['action'],
    sender: string,
    more: Pick<
      Extract<Trigger, { event: 'pull_request' | 'pull_request_target' }>,
      'label' | 'before' | 'changes'
    > = {},
  ): WorkflowEvent {
    return this.#buildEvent({ event: this.#story.event, action, number, sender, ...more });
  }

  #noteHead({ number, headSha }: PullRequest): void {
    this.#heads.set(number, [...(this.#heads.get(number) ?? []), headSha]);
  }

  async #open(given: StoryActions['open']): Promise<StepResult> {
    const { state } = this.#github;
    const { by, title, body, branch, base, fork, draft } = given;
    const commit = await this.#files.readCommit(given, state.requireCommit(base ?? state.defaultBranch).tree);
    const headPull = given['head-of'];
    const pull = state.open({
      ...commit,
      author: by,
      pusher: by,
      title,
      body,
      branch,
      base,
      fork,
      draft,
      headPull,
    });
    this.lastPull = pull.number;
    this.#noteHead(pull);
    return report(words.open({ by, pull: pull.number, title: pull.title }), this.#buildPullEvent(pull, 'opened', by));
  }

  async #push(given: StoryActions['push'], pull: PullRequest): Promise<StepResult> {
    const { state } = this.#github;
    const { by, back, force = back !== undefined } = given;
    const before = pull.headSha;
    const commit = await this.#files.readCommit(given, state.requireCommit(before).tree);
    const options = { ...commit, by: commit.by ?? by };
    const to = back === undefined ? undefined : this.#heads.get(pull.number)?.at(-1 - back);
    if (to !== undefined || force) state.forcePush(pull.number, { ...options, to, pusher: by });
    else state.push(pull.number, { ...options, pusher: by });
    this.#noteHead(pull);
    const files = Object.keys(commit.files ?? {}).join(', ');
    const sentence = (force ? words.forcePush : words.push)({ by, pull: pull.number, files });
    return report(sentence, this.#buildPullEvent(pull, 'synchronize', by, { before }));
  }

  #setLabels(given: StoryActions['label'], pull: PullRequest): StepResult {
    const { state } = this.#github;
    const { by } = given;
    const [add, remove] = [toList(given.add), toList(given.remove)];
    const added = words.addLabels(by, add);
    const removed = words.removeLabels(by, remove);
    const sentence = add.length === 0 ? removed : remove.length === 0 ? added : `${added} ${removed}`;
    // Each event shows the labels of its moment.
    const events: WorkflowEvent[] = [];
    for (const label of remove)
      if (state.removeLabel(pull.number, label, by))
        events.push(this.#buildPullEvent(pull, 'unlabeled', by, { label }));
    for (const label of add)
      if (state.addLabel(pull.number, label, by)) events.push(this.#buildPullEvent(pull, 'labeled', by, { label }));
    return report(sentence, ...events);
  }

  #review({ by, state, back }: StoryActions['review'], { number, headSha }: PullRequest): StepResult {
    const commit = back === 0 ? headSha : this.#heads.get(number)?.at(-1 - back);
    const review = this.#github.state.review(number, by, REVIEW_STATES[state], commit);
    const event = { event: 'pull_request_review', action: 'submitted', number, review, sender: by } as const;
    return report(words.review[state]({ by, pull: number }), this.#buildEvent(event));
  }

  #setTick({ by, step: id, off }: StoryActions['tick'], comment: Comment, step: object): StepResult {
    const lines = comment.body.split('\n');
    const index = lines.findIndex((line) => line.includes(`<!-- step:${id} -->`) && /^\s*[-*+] \[[ xX]\]/.test(line));
    if (index < 0) throw this.#story.createError(messages.noStep({ step: id }), step);
    const body = lines.with(index, (lines[index] ?? '').replace(/\[[ xX]\]/, off ? '[ ]' : '[x]')).join('\n');
    return report((off ? words.untick : words.tick)(by, id), this.#rewrite(comment, by, body));
  }

  #editComment({ by, from, to }: StoryActions['edit-comment'], comment: Comment, step: object): StepResult {
    if (from !== undefined && !comment.body.includes(from))
      throw this.#story.createError(messages.notInFile({ path: 'comment' }), step);
    const body = from === undefined ? to : comment.body.replace(from, () => to);
    // The web page sends edited text with carriage returns.
    return report(words.editComment(by), this.#rewrite(comment, by, body.replace(/\r?\n/g, '\r\n')));
  }

  #rewrite({ id, body: bodyBefore }: Comment, sender: string, body: string): WorkflowEvent {
    this.#github.state.editComment(id, sender, body);
    return this.#buildEvent({ event: 'issue_comment', action: 'edited', comment: id, sender, bodyBefore });
  }
}

function report(sentence: string, ...events: readonly WorkflowEvent[]): StepResult {
  return { sentence, events };
}
