/** Carries out one action of a story on the embedded GitHub, and says in a sentence what happened and what GitHub would start for it. */
import messages from '../../data/messages/simulator.json' with { type: 'json' };
import { eventOf, type Trigger, type WorkflowEvent } from '../embedded-github/events.ts';
import type { EmbeddedGitHub } from '../embedded-github/github.ts';
import type { Tree } from '../embedded-github/objects.ts';
import type { Comment, CommitOptions, FileEdit, FileEdits, PullRequest } from '../embedded-github/records.ts';
import { fill } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import type { Story, StoryAction, StoryCommit, StoryFiles } from './story.ts';
import type { StoryReader } from './story-reader.ts';

/** What came of an action. */
export interface Played {
  readonly sentence: string;
  /** What GitHub starts for it; empty: nothing. */
  readonly events: readonly WorkflowEvent[];
  /** Further inputs that a workflow hands on (`pull-request` of a dispatch). */
  readonly inputs: Readonly<Record<string, string>>;
  /** The commit whose status counts, where it is not the head of the pull request. */
  readonly sha: string | null;
}

/** Reads a file or folder that stands beside the story. */
export interface StoryFolder {
  readFile(path: string): Promise<Uint8Array>;
  readFolder(path: string): Promise<readonly string[]>;
}

/** A story that is being played: what happened so far. */
export class Stage {
  readonly github: EmbeddedGitHub;
  readonly #story: Story;
  readonly #folder: StoryFolder;
  readonly #reader: StoryReader;
  /** Heads of each pull request, oldest first, so that a push can go back. */
  readonly #heads = new Map<number, string[]>();
  lastPull = 1;
  /** The event of the last run, for `rerun`. */
  lastEvent: WorkflowEvent | null = null;
  /** Login behind the gate's token: whose comments are the gate's. */
  readonly #gate = 'github-actions[bot]';

  constructor(github: EmbeddedGitHub, story: Story, folder: StoryFolder, reader: StoryReader) {
    this.github = github;
    this.#story = story;
    this.#folder = folder;
    this.#reader = reader;
  }

  /** @throws UsageError when the story asks for something that cannot be. */
  async play(action: StoryAction, at: Position): Promise<Played> {
    try {
      return await this.#play(action, at);
    } catch (error) {
      if (error instanceof RangeError) throw this.#reader.fail('story-impossible', at, { reason: error.message });
      throw error;
    }
  }

  /** The gate's comments on a pull request, oldest first. */
  gateComments(number: number): readonly Comment[] {
    return this.github.state.commentsOf(number).filter((comment) => comment.author === this.#gate);
  }

  /** Files as the state takes them; edits are made upon `tree`. */
  async files(files: StoryFiles, tree: Tree): Promise<FileEdits> {
    const edits: Record<string, FileEdit> = {};
    for (const { path, file } of files) {
      if (file.kind === 'text') edits[path] = file.text;
      else if (file.kind === 'gone') edits[path] = null;
      else if (file.kind === 'bytes') edits[path] = file.bytes;
      else if (file.kind === 'copy') edits[path] = await this.#read(file.from);
      else edits[path] = this.#edited(path, file, edits[path] ?? tree.get(path)?.bytes ?? null);
    }
    return edits;
  }

  async #read(path: string): Promise<Uint8Array> {
    try {
      return await this.#folder.readFile(path);
    } catch {
      throw this.#reader.fail('story-no-file', null, { path });
    }
  }

  #edited(
    path: string,
    edit: { readonly from: string; readonly to: string; readonly at: Position },
    now: FileEdit,
  ): string {
    const text = typeof now === 'string' ? now : now instanceof Uint8Array ? Buffer.from(now).toString('utf8') : '';
    if (!text.includes(edit.from)) throw this.#reader.fail('story-not-in-file', edit.at, { path });
    return text.replace(edit.from, () => edit.to);
  }

  #pull(action: { readonly pull?: number }, at: Position): PullRequest {
    const number = action.pull ?? this.lastPull;
    const pull = this.github.state.pulls.get(number);
    if (pull === undefined) throw this.#reader.fail('story-no-pull', at, { number });
    return pull;
  }

  #event(trigger: Trigger): WorkflowEvent {
    return eventOf(this.github.source, trigger);
  }

  async #commit(commit: StoryCommit, tree: Tree): Promise<CommitOptions> {
    const { files, ...rest } = commit;
    return { ...rest, files: await this.files(files, tree) };
  }

  async #play(action: StoryAction, at: Position): Promise<Played> {
    const { state } = this.github;
    switch (action.kind) {
      case 'open':
        return this.#open(action);
      case 'push':
        return this.#push(action, at);
      case 'label':
        return this.#label(action, at);
      case 'tick':
      case 'edit-comment':
      case 'delete-comment':
        return this.#gateComment(action, at);
      case 'comment':
        // The recommended workflow listens to edited comments only: nothing is started.
        state.comment(this.#pull(action, at).number, action.by, action.body);
        return said('did-comment', { by: action.by });
      case 'describe': {
        const pull = this.#pull(action, at);
        state.editPull(pull.number, action.by, action);
        return this.#onPull(said('did-describe', { by: action.by, pull: pull.number }), pull, 'edited', action.by);
      }
      case 'role':
        state.setRole(action.who, action.role);
        return said('did-role', { who: action.who, role: action.role });
      case 'team':
        state.setTeam(action.team, action.members);
        return said('did-team', { team: action.team });
      case 'rename-label':
        state.renameLabel(action.from, action.to);
        return said('did-rename-label', { from: action.from, to: action.to });
      case 'delete-label':
        state.deleteLabel(action.label);
        return said('did-delete-label', { label: action.label });
      case 'delete-account':
        state.accounts.remove(action.login);
        return said('did-delete-account', { login: action.login });
      case 'status': {
        const { headSha } = this.#pull(action, at);
        state.addStatus(headSha, action.by, {
          state: action.state,
          context: action.context,
          description: action.description ?? null,
          targetUrl: action.url ?? null,
        });
        return said('did-status', { by: action.by, context: action.context, state: action.state });
      }
      case 'base': {
        const branch = this.#story.repository.branch;
        const options = await this.#commit(action.commit, state.needCommit(branch).tree);
        state.commitTo(branch, action.by === undefined ? options : { ...options, by: action.by });
        return said('did-base');
      }
      case 'update-branch':
      case 'rebase':
      case 'close':
      case 'reopen':
      case 'delete-fork':
        return this.#pullItself(action, this.#pull(action, at));
      case 'merge-queue':
        return this.#mergeQueue(action);
      case 'dispatch':
      case 'schedule':
      case 'rerun':
      case 'event':
        return this.#start(action, at);
      case 'wait':
        state.clock.advance(action.hours * 3_600_000);
        return said('did-wait', { hours: action.hours });
      case 'clock':
        state.clock.set(action.to);
        return said('did-clock', { to: state.clock.now() });
    }
  }

  #onPull(
    played: Played,
    pull: PullRequest,
    action: Extract<Trigger, { number: number }>['action'],
    sender: string,
    more: { readonly label?: string; readonly before?: string } = {},
  ): Played {
    const event = this.#event({ event: this.#story.event, action, number: pull.number, sender, ...more });
    return { ...played, events: [...played.events, event] };
  }

  async #open(action: Extract<StoryAction, { kind: 'open' }>): Promise<Played> {
    const { state } = this.github;
    const base = state.needCommit(action.base ?? state.defaultBranch);
    const { kind: _, by, commit, ...rest } = action;
    const pull = state.open({ ...rest, ...(await this.#commit(commit, base.tree)), author: by });
    this.lastPull = pull.number;
    this.#heads.set(pull.number, [pull.headSha]);
    return this.#onPull(said('did-open', { by, pull: pull.number, title: pull.title }), pull, 'opened', by);
  }

  async #push(action: Extract<StoryAction, { kind: 'push' }>, at: Position): Promise<Played> {
    const { state } = this.github;
    const pull = this.#pull(action, at);
    const before = pull.headSha;
    const heads = this.#heads.get(pull.number) ?? [];
    const options = { by: action.by, ...(await this.#commit(action.commit, state.needCommit(before).tree)) };
    const back = action.back === undefined ? undefined : heads.at(-1 - action.back);
    if (back !== undefined) state.forcePush(pull.number, { ...options, to: back, pusher: action.by });
    else if (action.force) state.forcePush(pull.number, { ...options, pusher: action.by });
    else state.push(pull.number, options);
    this.#heads.set(pull.number, [...heads, pull.headSha]);
    const files = Object.keys(options.files ?? {}).join(', ');
    const values = { by: action.by, pull: pull.number, files };
    return this.#onPull(said(action.force ? 'did-force-push' : 'did-push', values), pull, 'synchronize', action.by, {
      before,
    });
  }

  #label(action: Extract<StoryAction, { kind: 'label' }>, at: Position): Played {
    const pull = this.#pull(action, at);
    const [adds, removes] = [action.add.length > 0, action.remove.length > 0];
    let played: Played = said(adds ? 'did-label' : 'did-unlabel', {
      by: action.by,
      labels: [...(adds ? action.add : action.remove)].join(', '),
    });
    if (adds && removes)
      played = {
        ...played,
        sentence: `${played.sentence} ${said('did-unlabel', { by: action.by, labels: action.remove.join(', ') }).sentence}`,
      };
    for (const label of action.remove) {
      if (this.github.state.removeLabel(pull.number, label, action.by))
        played = this.#onPull(played, pull, 'unlabeled', action.by, { label });
    }
    for (const label of action.add) {
      if (this.github.state.addLabel(pull.number, label, action.by))
        played = this.#onPull(played, pull, 'labeled', action.by, { label });
    }
    return played;
  }

  #gateComment(
    action: Extract<StoryAction, { kind: 'tick' | 'edit-comment' | 'delete-comment' }>,
    at: Position,
  ): Played {
    const { state } = this.github;
    const comment = this.gateComments(this.#pull(action, at).number)[0];
    if (comment === undefined) throw this.#reader.fail('story-no-comment', at);
    if (action.kind === 'delete-comment') {
      state.deleteComment(comment.id);
      return said('did-delete-comment', { by: action.by });
    }
    const bodyBefore = comment.body;
    const body = action.kind === 'tick' ? this.#ticked(bodyBefore, action, at) : this.#reworded(bodyBefore, action, at);
    // The web page sends what a person edited with carriage returns.
    state.editComment(comment.id, action.by, action.kind === 'tick' ? body : body.replace(/\r?\n/g, '\r\n'));
    const event = this.#event({
      event: 'issue_comment',
      action: 'edited',
      comment: comment.id,
      sender: action.by,
      bodyBefore,
    });
    const id = action.kind === 'edit-comment' ? 'did-edit-comment' : action.off ? 'did-untick' : 'did-tick';
    return { ...said(id, { by: action.by, step: action.kind === 'tick' ? action.step : '' }), events: [event] };
  }

  #ticked(body: string, action: Extract<StoryAction, { kind: 'tick' }>, at: Position): string {
    const lines = body.split('\n');
    const index = lines.findIndex(
      (line) => line.includes(`<!-- step:${action.step} -->`) && /^\s*[-*+] \[[ xX]\]/.test(line),
    );
    const line = lines[index];
    if (line === undefined) throw this.#reader.fail('story-no-step', at, { step: action.step });
    lines[index] = line.replace(/\[[ xX]\]/, action.off ? '[ ]' : '[x]');
    return lines.join('\n');
  }

  #reworded(body: string, action: Extract<StoryAction, { kind: 'edit-comment' }>, at: Position): string {
    if (action.from === undefined) return action.to;
    if (!body.includes(action.from)) throw this.#reader.fail('story-not-in-file', at, { path: 'comment' });
    return body.replace(action.from, () => action.to);
  }

  #pullItself(
    action: Extract<StoryAction, { kind: 'update-branch' | 'rebase' | 'reopen' | 'close' | 'delete-fork' }>,
    pull: PullRequest,
  ): Played {
    const { state } = this.github;
    const played = said(`did-${action.kind}`, { by: action.by, pull: pull.number });
    const before = pull.headSha;
    switch (action.kind) {
      case 'update-branch':
        state.updateBranch(pull.number, action.by);
        break;
      case 'rebase':
        state.rebase(pull.number);
        break;
      case 'close':
        state.setOpen(pull.number, action.by, false);
        return played;
      case 'reopen':
        state.setOpen(pull.number, action.by, true);
        return this.#onPull(played, pull, 'reopened', action.by);
      case 'delete-fork':
        pull.forkDeleted = true;
        return played;
    }
    this.#heads.set(pull.number, [...(this.#heads.get(pull.number) ?? []), pull.headSha]);
    return this.#onPull(played, pull, 'synchronize', action.by, { before });
  }

  async #mergeQueue(action: Extract<StoryAction, { kind: 'merge-queue' }>): Promise<Played> {
    const { state } = this.github;
    const extra = await this.files(action.extra, state.needCommit(state.defaultBranch).tree);
    const group = state.mergeGroup(action.pulls, { method: action.method, stranger: action.stranger, extra });
    const played = said('did-merge-queue', {
      pulls: action.pulls.map((number) => `pull request ${number}`).join(', '),
    });
    return { ...played, events: [this.#event({ event: 'merge_group', ...group })], sha: group.headSha };
  }

  #start(action: Extract<StoryAction, { kind: 'dispatch' | 'schedule' | 'rerun' | 'event' }>, at: Position): Played {
    if (action.kind === 'rerun') {
      if (this.lastEvent === null) throw this.#reader.fail('story-no-event', at);
      return { ...said('did-rerun'), events: [this.lastEvent] };
    }
    if (action.kind === 'event')
      return {
        ...said('did-event', { name: action.name }),
        events: [this.#event({ event: 'other', name: action.name, payload: {} })],
      };
    const inputs = { 'pull-request': action.pulls };
    if (action.kind === 'schedule')
      return { ...said('did-schedule'), events: [this.#event({ event: 'schedule', schedule: '0 9 * * 1-5' })], inputs };
    const event = this.#event({ event: 'workflow_dispatch', inputs, sender: action.by });
    return { ...said('did-dispatch', { by: action.by, pulls: action.pulls }), events: [event], inputs };
  }
}

function said(id: keyof typeof messages, values: Readonly<Record<string, string | number>> = {}): Played {
  return { sentence: fill(messages[id], values), events: [], inputs: {}, sha: null };
}
