/** Plays a random history on the embedded GitHub, with the gate in this process, and compares each answer with the model. */
import { buildEvent, type PullAction, type Trigger, type WorkflowEvent } from '../../src/embedded-github/events.ts';
import { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { listCommitsBetween } from '../../src/embedded-github/history.ts';
import type { Comment, Json, PullRequest, Status } from '../../src/embedded-github/records.ts';
import { findWorst } from '../../src/gate/outcome.ts';
import { readTicks } from '../../src/render/comment/ticks.ts';
import { createDirectFetch } from './direct-fetch.ts';
import { buildManifest, CONTEXT, LABELS, MANIFEST_PATH, requireStatus } from './fabrikam.ts';
import { MayMergeModel, type WatchedPolicy } from './may-merge-model.ts';
import {
  BASES,
  CHANGES,
  type Move,
  POLICIES,
  type RandomHistory,
  type RunCause,
  type Step,
  type Weather,
} from './random-history.ts';
import { NOTHING, runGate } from './run-gate.ts';

const LABEL = LABELS.configuration;
const POLICY_PATH = '.github/go-live.yml';
const GATE = 'github-actions[bot]';
const UNPROTECTED = 'ada/any';
/** With which a run may end that was overtaken, or that got an older head from GitHub. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'head-moved',
  'base-moved',
  'labels-moved',
  'reviews-moved',
  'another-run',
  'authors-incomplete', // REST lists fewer commits than it has just counted
]);
const UNSETTLED = 'not-settled';
/** With which a run may end by REST where a co-author has an account. */
const UNKNOWN_CO_AUTHOR = 'co-authors-unknown';

/** Plays it. `graphQl` false: the gate must let nothing wrong through, but may let less through. */
export async function playHistory({ policy, steps }: RandomHistory, graphQl: boolean): Promise<void> {
  const play = new Play(policy, graphQl);
  await play.begin();
  for (const step of steps) await play.playStep(step);
}

interface EventDetails {
  readonly changes?: Readonly<Record<string, Json>>;
  readonly before?: string;
  readonly sender?: string;
  readonly label?: string;
}

/** A run of the gate, and what is known of it beforehand. */
interface Run {
  readonly weather: Weather;
  /** Something happens between its requests. */
  readonly isOverlapped: boolean;
}

type BeforeRequest = (isVerdict: boolean) => Promise<void>;

/** How a step's run begins, and what GitHub answers it. */
interface Begin {
  readonly run: RunCause;
  readonly weather?: Weather;
}

/** A pull request by ada, another one that is older and changes nothing watched, their repository, the gate, and the model beside it. */
class Play {
  readonly #github: EmbeddedGitHub;
  readonly #model: MayMergeModel;
  readonly #pull: PullRequest;
  readonly #number: number;
  readonly #other: PullRequest;
  readonly #direct: typeof fetch;
  readonly #graphQl: boolean;
  readonly #heads: string[];
  /** Comments that look like the gate's and are not, with their texts. */
  readonly #quotes = new Map<number, string>();
  #last: WorkflowEvent;
  #weather: Weather = 'fair';
  /** What happens before the requests of the run that begins next, and of no other one. */
  #beforeRequest: BeforeRequest | null = null;
  #names = 0;
  /** A role, the policy or the base is another one than at the last whole run, and no event of the pull request says so. */
  #hasNewSurroundings = false;

  constructor(policy: number, graphQl: boolean) {
    const roles = { ada: 'write', grace: 'maintain', tim: 'triage', 'helper[bot]': 'maintain' } as const;
    const github = new EmbeddedGitHub({
      now: '2026-11-23T18:00:00Z',
      roles,
      labels: [LABEL],
      files: { [MANIFEST_PATH]: buildManifest(), 'README.md': 'Fabrikam\n' },
    });
    this.#github = github;
    this.#graphQl = graphQl;
    this.#direct = createDirectFetch(github, graphQl);
    this.#model = new MayMergeModel('ada', roles);
    const { state } = github;
    this.#model.setPolicy(this.#commitPolicy(policy, ['main']));
    for (const branch of BASES.slice(1)) state.branches.set(branch, state.requireCommit('main').sha);
    state.commitTo(UNPROTECTED, { files: { [POLICY_PATH]: 'extends: healthvault\nignore: ["**"]\n' } });
    requireStatus(github, 'release');
    this.#other = state.open({ author: 'mallory', fork: 'mallory', title: 'Notes', files: { 'other.txt': 'Notes' } });
    this.#pull = state.open({ author: 'ada', title: 'Change', files: buildFile(1) });
    this.#number = this.#pull.number;
    this.#heads = [this.#pull.headSha];
    this.#last = this.#buildEvent('opened');
    this.#reportHead('ada');
  }

  begin(): Promise<void> {
    return this.#run(this.#last);
  }

  async playStep(step: Step): Promise<void> {
    const { state } = this.#github;
    const head = this.#pull.headSha;
    switch (step.kind) {
      case 'base':
        state.commitTo(this.#protectedBase, { files: buildFile(step.change) });
        return this.#reportBase(step);
      case 'parent': {
        const parent = this.#heads[step.to % this.#heads.length] ?? head;
        const isOlder = parent !== head && listCommitsBetween(state.objects, head, parent).length === 0;
        if (!isOlder || this.#isMerged(parent, this.#protectedBase)) return;
        const branch = `parent-${this.#names++}`;
        const { number } = state.open({ author: 'ada', base: this.#protectedBase, branch });
        state.forcePush(number, { to: parent });
        state.mergePull(number, 'grace');
        return this.#reportBase(step);
      }
      case 'policy':
        this.#model.setPolicy(this.#commitPolicy(step.policy, ['main', 'release']));
        this.#hasNewSurroundings = true;
        return step.run === 'none' ? undefined : this.#runAfter('edited', step);
      case 'overlap':
        return this.#overlapRuns(step);
      case 'twin':
        return this.#openTwin(BASES[step.base] ?? 'main', step);
      case 'close':
        return this.#close(step);
      case 'lock':
        this.#pull.locked = !this.#pull.locked;
        return;
      case 'rerun':
        return this.#run(this.#last);
      case 'clock':
        return this.#run(this.#buildClockEvent());
      case 'by-hand': {
        const inputs = { 'pull-request': `#${this.#number}, ${this.#other.number}` };
        return this.#run(buildEvent(this.#github.source, { event: 'workflow_dispatch', inputs, sender: 'grace' }));
      }
      case 'title': {
        const before = this.#pull.title;
        state.editPull(this.#number, step.by, { title: `Title ${this.#names++}` });
        return this.#runIdle(this.#buildEvent('edited', { sender: step.by, changes: { title: { from: before } } }));
      }
      case 'other-comment': {
        const { id, body } = state.addComment(this.#number, step.by, 'What is this about?');
        this.#quotes.set(id, state.editComment(id, step.by, 'What is this for?').body);
        const event = {
          event: 'issue_comment',
          action: 'edited',
          comment: id,
          sender: step.by,
          bodyBefore: body,
        } as const;
        return this.#runIdle(buildEvent(this.#github.source, event));
      }
      case 'other-label': {
        const label = `other-${this.#names++}`;
        state.clock.advance(120_000);
        state.addLabel(this.#number, label, 'tim');
        return this.#run(this.#buildEvent('labeled', { label, sender: 'tim' }));
      }
      case 'removal':
        return this.#run(this.#buildEvent('unlabeled', { label: LABEL, sender: GATE }));
      case 'pending':
      case 'error':
        // A run that was canceled, or ended in an error, before it knew anything.
        if (this.#count() < 1000) state.addStatus(head, GATE, { state: step.kind, context: CONTEXT });
        return;
      case 'spoof': {
        if (this.#count() >= 999) return;
        const own = state.listStatuses(head).find(({ targetUrl }) => targetUrl?.includes('fingerprint='));
        const targetUrl = `${own?.targetUrl ?? 'https://github.com/?x=y'}&since=2020-01-01T00:00:00Z`;
        state.addStatus(head, 'mallory', { state: 'success', context: CONTEXT, targetUrl });
        return this.#runAfter('edited', step);
      }
      case 'flood': {
        const context = state.clock.epochMs % 2 === 0 ? CONTEXT : CONTEXT.toUpperCase();
        for (let count = this.#count(), left = step.count; left > 0 && count < 999; count++, left--)
          state.addStatus(head, 'mallory', { state: 'failure', context });
        return this.#runAfter('edited', step);
      }
      case 'tick': {
        const lines = (this.#comment?.body ?? '').split('\n');
        const boxes = lines.flatMap((line, index) => (line.includes('<!-- step:') ? index : []));
        const chosen = step.which === 'all' ? boxes : boxes.slice(step.which, step.which + 1);
        for (const index of chosen) lines[index] = (lines[index] ?? '').replace(/\[[ xX]\]/, step.on ? '[x]' : '[ ]');
        if (!this.#rewrite(step.by, lines.join('\n'))) return;
        return this.#runAfter('edited', step);
      }
      case 'revision': {
        const edits = this.#comment?.edits.length ?? 0;
        if (edits > step.index) state.deleteRevision(this.#comment?.id ?? 0, step.index);
        return this.#model.forget();
      }
      case 'spoil-comment': {
        const comment = this.#comment;
        if (comment === null) return;
        if (step.by !== 'tim')
          this.#rewrite(step.by, comment.body.replaceAll('[ ]', '[x]').replaceAll('blocked', 'passed'));
        else state.deleteComment(comment.id);
        this.#reportTicks(step.by);
        return this.#runAfter('edited', step);
      }
      case 'quote': {
        const body = this.#comment?.body ?? '';
        const isPerson = ['ada', 'grace'].includes(step.by);
        const quote = state.addComment(
          this.#number,
          isPerson ? step.by : GATE,
          isPerson ? body : `> said before\n\n${body}`,
        );
        this.#quotes.set(quote.id, quote.body);
        return this.#runAfter('edited', step);
      }
      case 'rename': {
        // The user who gave the label withdraws it, and another user gets it back without an approval.
        if (state.removeLabel(this.#number, LABEL, 'grace')) this.#model.removeLabel();
        const name = this.#names++;
        state.addLabel(this.#number, `label-${name}`, step.by);
        state.renameLabel(LABEL, `old-${name}`);
        state.renameLabel(`label-${name}`, LABEL);
        return this.#runAfter('edited', step);
      }
      case 'queue':
        return this.#enqueue(step);
      default:
        return this.#move(step);
    }
  }

  async #move(move: Move): Promise<void> {
    const { state } = this.#github;
    const before = this.#pull.headSha;
    const hasMoved = (pusher: string) => {
      this.#heads.push(this.#pull.headSha);
      this.#reportHead(pusher);
      return this.#runAfter('synchronize', move, { before, sender: pusher });
    };
    switch (move.kind) {
      case 'push':
        // Words that look like a number of a merge queue's.
        state.push(this.#number, {
          by: move.by,
          pusher: move.pusher,
          coAuthors: move.coAuthor ? [move.coAuthor] : [],
          files: buildFile(move.change),
          message: `Fix (#${move.change + 1})`,
        });
        return hasMoved(move.pusher);
      case 'unrelated':
        state.push(this.#number, { by: move.by, pusher: move.pusher, files: { 'notes.txt': state.clock.tick() } });
        return hasMoved(move.pusher);
      case 'force': {
        const { by, pusher, coAuthor } = move;
        const files = { ...buildFile(move.change), 'a.txt': state.clock.tick() };
        state.forcePush(this.#number, { by, pusher, coAuthors: coAuthor ? [coAuthor] : [], files });
        return hasMoved(move.pusher);
      }
      case 'back': {
        const to = this.#heads[move.to % this.#heads.length] ?? before;
        if (to === before || this.#isMerged(to, this.#pull.baseRef)) return;
        state.forcePush(this.#number, { to, pusher: move.pusher });
        return hasMoved(move.pusher);
      }
      case 'update-branch':
        state.updateBranch(this.#number, move.by);
        return hasMoved(move.by);
      case 'rebase':
        state.rebase(this.#number, { by: 'ada' });
        return hasMoved('ada');
      case 'retarget': {
        const base = BASES[move.base] ?? 'main';
        if (base === this.#pull.baseRef || this.#isMerged(before, base)) return;
        state.retarget(this.#number, 'ada', base);
        this.#model.setBase(base);
        this.#reportHead(null);
        return this.#runAfter('edited', move);
      }
      case 'label':
        if (!state.addLabel(this.#number, LABEL, move.by)) return;
        this.#model.addLabel(move.by, this.#getTime());
        return this.#runAfter('labeled', move, { label: LABEL });
      case 'unlabel':
        if (!state.removeLabel(this.#number, LABEL, move.by)) return;
        this.#model.removeLabel();
        return move.run === 'none' ? undefined : this.#runAfter('unlabeled', move, { label: LABEL });
      case 'review': {
        if (move.by === 'ada') return; // GitHub refuses a review by who opened it
        const review = state.review(this.#number, move.by, move.approves ? 'APPROVED' : 'CHANGES_REQUESTED');
        this.#model.review(move.by, move.approves, this.#getTime());
        this.#hasNewSurroundings = true;
        if (move.run === 'none') return;
        const [number, sender] = [this.#number, move.by];
        const event = { event: 'pull_request_review', action: 'submitted', number, review, sender } as const;
        return this.#begin(buildEvent(this.#github.source, event), move);
      }
      case 'role':
        state.setRole(move.who, move.role);
        this.#model.setRole(move.who, move.role);
        this.#hasNewSurroundings = true;
        return move.run === 'none' ? undefined : this.#runAfter('edited', move);
    }
  }

  // What the model knows

  #commitPolicy(index: number, branches: readonly string[]): WatchedPolicy {
    const { text, ...asked } = POLICIES[index] ?? { text: null, atLeast: 'write', steps: [] };
    for (const branch of branches) this.#github.state.commitTo(branch, { files: { [POLICY_PATH]: text } });
    return { name: String(index), ...asked };
  }

  #reportBase(begin: Begin): Promise<void> {
    this.#reportHead(null);
    this.#hasNewSurroundings = true;
    return this.#runAfter('edited', begin);
  }

  #reportHead(pusher: string | null): void {
    const { state } = this.#github;
    const commits = state.listCommits(this.#pull);
    const [from, to] = [state.findMergeBase(this.#pull), this.#pull.headSha];
    const [before, after] = [this.#read(from, MANIFEST_PATH), this.#read(to, MANIFEST_PATH)];
    const listPeople = (list: typeof commits) =>
      list.flatMap(({ author, committer: by, message }) => [
        ...[author.login, by.login].map((login) => login ?? ''),
        ...this.#findCoAuthors(message),
      ]);
    const pushed = new Map(state.pushes.map(({ after, actor }) => [after, actor]));
    const own = commits.filter(({ parents }) => parents.length < 2);
    const pushers = own.flatMap(({ sha }) => pushed.get(sha) ?? []);
    this.#model.addHead({
      change: before === after ? '' : `${before} -> ${after}`,
      changesPolicy: this.#read(from, POLICY_PATH) !== this.#read(to, POLICY_PATH),
      authors: [...listPeople(own), ...pushers],
      involved: [...listPeople(commits), ...pushers, ...(pusher === null ? [] : [pusher])],
    });
  }

  /** The accounts that a commit names as co-authors. */
  #findCoAuthors(message: string): readonly string[] {
    const [, address = ''] = /^Co-authored-by: .*<(.*)>$/m.exec(message) ?? [];
    const account = this.#github.state.accounts.findByEmail(address);
    return account === null ? [] : [account.login];
  }

  /** The user who changed a box has ticked it; the gate itself keeps ticks and makes none. */
  #reportTicks(by: string): void {
    const boxes = readTicks(this.#comment?.body ?? '');
    for (const step of POLICIES.flatMap(({ steps }) => steps)) {
      if (boxes[step] === true) this.#model.setTick(step, by, this.#getTime());
      else this.#model.removeTick(step);
    }
  }

  /** False where the comment says so already. */
  #rewrite(by: string, body: string): boolean {
    const comment = this.#comment;
    if (comment === null || comment.body === body) return false;
    this.#github.state.editComment(comment.id, by, body);
    this.#reportTicks(by);
    return true;
  }

  // What GitHub knows

  get #comment(): Comment | null {
    const own = this.#github.state
      .listComments(this.#number)
      .filter(({ id, author }) => author === GATE && !this.#quotes.has(id));
    return own[0] ?? null;
  }

  get #protectedBase(): string {
    return this.#pull.baseRef === UNPROTECTED ? 'main' : this.#pull.baseRef;
  }

  get #status(): Status | null {
    return this.#github.state.findStatus(this.#pull.headSha, CONTEXT);
  }

  #read(commit: string, path: string): string {
    return new TextDecoder().decode(this.#github.state.requireCommit(commit).tree.get(path)?.bytes);
  }

  /** Whether a branch contains a commit: GitHub then closes the pull request. */
  #isMerged(sha: string, branch: string): boolean {
    const { state } = this.#github;
    return listCommitsBetween(state.objects, state.requireCommit(branch).sha, sha).length === 0;
  }

  #getTime(): number {
    return this.#github.state.clock.epochMs;
  }

  /** How many statuses of the context a head has, from all accounts. */
  #count(head = this.#pull.headSha): number {
    const wanted = CONTEXT.toLowerCase();
    const { statuses } = this.#github.state;
    let count = 0;
    for (const { sha, context } of statuses) if (sha === head && context.toLowerCase() === wanted) count += 1;
    return count;
  }

  // Runs

  #buildEvent(action: PullAction, more: EventDetails = {}, number = this.#number) {
    const trigger: Trigger = { event: 'pull_request_target', action, number, sender: 'ada', ...more };
    return buildEvent(this.#github.source, trigger);
  }

  #buildClockEvent(): WorkflowEvent {
    this.#github.state.clock.advance(600_000);
    return buildEvent(this.#github.source, { event: 'schedule', schedule: '17 * * * *' });
  }

  /** The run after something has happened to the pull request or around it. */
  #runAfter(action: PullAction, begin: Begin, more: EventDetails = {}): Promise<void> {
    return this.#begin(this.#buildEvent(action, more), begin);
  }

  async #begin(event: WorkflowEvent, { run, weather = 'fair' }: Begin): Promise<void> {
    if (run === 'none') return this.#model.forget();
    return this.#run(run === 'event' ? event : this.#buildClockEvent(), { weather, isOverlapped: false });
  }

  /** A run that any user can cause as often as they like: it writes nothing. */
  async #runIdle(event: WorkflowEvent): Promise<void> {
    const before = this.#written;
    await this.#runUnder('fair', event);
    expect(this.#written).toBe(before);
  }

  /** What a run may write on the pull request. */
  get #written(): string {
    const { state } = this.#github;
    const statuses = state.listStatuses(this.#pull.headSha).length;
    return JSON.stringify([statuses, state.listComments(this.#number), this.#pull.labels]);
  }

  /** A run's fetch: on its way something may happen, and GitHub may answer as it does now and then. */
  #watch(beforeRequest: BeforeRequest | null): typeof fetch {
    return async (input, init) => {
      const { pathname, searchParams } = new URL(String(input));
      const isStatus = init?.method === 'POST' && pathname.endsWith(`/statuses/${this.#pull.headSha}`);
      await beforeRequest?.(isStatus && !String(init?.body).includes('"state":"pending"'));
      const isComparison = pathname.includes('/compare/');
      if (isComparison && this.#weather === 'stale-at-first') this.#pull.listedHead = null;
      if (isComparison && this.#weather === 'refused' && searchParams.get('page') === '1')
        return new Response('{"message":"Not Found"}', {
          status: 404,
          headers: { 'content-type': 'application/json' },
        });
      return this.#direct(input, init);
    };
  }

  async #runUnder(weather: Weather, event: WorkflowEvent) {
    this.#weather = weather;
    const before = this.#heads.findLast((sha) => sha !== this.#pull.headSha);
    if (weather.startsWith('stale')) this.#pull.listedHead = before ?? null;
    const fetch = this.#watch(this.#beforeRequest);
    this.#beforeRequest = null;
    const { inputs } = event.payload as { readonly inputs?: Readonly<Record<string, string>> };
    const numbers = inputs?.['pull-request'] ?? '';
    const { outcomes } = await runGate(this.#github, event, { fetch, settlingMs: 0, numbers });
    this.#weather = 'fair';
    this.#pull.listedHead = null;
    // Of all open pull requests the other one is the first.
    const isOfAll = ['schedule', 'workflow_dispatch'].includes(event.name);
    return (isOfAll ? outcomes[1] : findWorst(outcomes)) ?? NOTHING;
  }

  async #run(event: WorkflowEvent, run: Run = { weather: 'fair', isOverlapped: false }): Promise<void> {
    this.#last = event;
    const { weather, isOverlapped } = run;
    const [before, head] = [this.#status, this.#pull.headSha];
    const { exit, failure, report } = await this.#runUnder(weather, event);
    const status = this.#status;
    const isWhole = report !== null || failure !== null;
    if (!isWhole) {
      // It ended after its first requests, and rests on the last verdict.
      if (this.#pull.baseRef === UNPROTECTED) return expect(status).toEqual(before);
      if (this.#hasNewSurroundings) return;
      if (status?.state === 'success') expect(this.#model.mayMerge()).toBe(true);
      if (this.#isExact(run) && this.#model.mustMerge()) expect(status?.state).toBe('success');
      return;
    }
    this.#hasNewSurroundings = false;
    this.#reportTicks(GATE);
    for (const [id, text] of this.#quotes)
      expect(this.#github.state.comments.find((comment) => comment.id === id)?.body).toBe(text);
    if (this.#pull.baseRef === UNPROTECTED) {
      // Whatever is decided there, it is not written where main looks.
      if (!isOverlapped) expect(status).toEqual(before);
      return this.#model.forget();
    }
    if (status?.state === 'success') {
      expect({ mayMerge: this.#model.mayMerge() }).toEqual({ mayMerge: true });
      expect(this.#count()).toBeLessThan(950);
    }
    const isExact = this.#isExact(run);
    if (failure !== null) {
      const isFull = failure.id === 'too-many-evaluations' || this.#count() >= 999 || this.#count(head) >= 999;
      const isExpected = isOverlapped ? OVERTAKEN.has(failure.id) : weather === 'stale' && failure.id === UNSETTLED;
      const isUnknown = !this.#graphQl && failure.id === UNKNOWN_CO_AUTHOR;
      if (!isFull && !isExpected && !isUnknown) throw failure;
      if (!isOverlapped) expect(status?.state).not.toBe('success');
      return this.#model.forget();
    }
    if (!isOverlapped) expect(exit).toBe(status?.state === 'success' ? 0 : 1);
    const must = this.#model.mustMerge();
    if (isExact && must) expect(status?.state).toBe('success');
    // A verdict that was kept is the last evaluation.
    if (status !== before) this.#model.addEvaluation(Date.parse(status?.createdAt ?? ''));
    if (!isExact) this.#model.forget();
    if (!this.#pull.labels.includes(LABEL)) {
      if (must && isExact && this.#model.needsLabel) throw new Error('a label that counts was taken off');
      this.#model.removeLabel();
    }
  }

  /** Whether the gate must let through what it can prove. */
  #isExact({ weather, isOverlapped }: Run): boolean {
    return this.#graphQl && !isOverlapped && !weather.startsWith('stale');
  }

  async #overlapRuns({ at, run, meanwhile }: Step & { readonly kind: 'overlap' }): Promise<void> {
    let left = at;
    let move: Promise<void> | undefined;
    this.#beforeRequest = (isVerdict) => {
      left -= 1;
      if (left > 0) return Promise.resolve();
      // A verdict on its way cannot be called back; the next run does that. The run has requests side by side, and none
      // goes on before the other run has ended: what that one must answer is known only while no other run is active.
      move ??= isVerdict ? Promise.resolve() : this.#move({ ...meanwhile, run: 'event', weather: 'fair' });
      return move;
    };
    const event = run === 'event' ? this.#buildEvent('edited') : this.#buildClockEvent();
    await this.#run(event, { weather: 'fair', isOverlapped: true });
    await move;
    this.#model.forget();
  }

  /** Another pull request with the same head, against this base or another one, and what becomes of this one when it is closed. */
  async #openTwin(base: string, { labelBy, run: cause }: Step & { readonly kind: 'twin' }): Promise<void> {
    const { state } = this.#github;
    const before = this.#status;
    const twin = state.open({ author: 'mallory', base, fork: 'mallory', branch: `twin-${this.#names++}` });
    state.forcePush(twin.number, { to: this.#pull.headSha });
    const sendEvent = (action: PullAction) => this.#buildEvent(action, { sender: 'mallory' }, twin.number);
    const run = async (event: WorkflowEvent, approver: string | null) => {
      await this.#runUnder('fair', event);
      if (this.#status === before || this.#status?.state !== 'success' || this.#pull.baseRef === UNPROTECTED) return;
      const byTwin = approver !== null && base === this.#pull.baseRef && this.#model.mayMergeBy(approver, 'mallory');
      expect({ mayMerge: byTwin || this.#model.mayMerge() }).toEqual({ mayMerge: true });
    };
    await run(sendEvent('opened'), null);
    if (labelBy !== null) {
      state.addLabel(twin.number, LABEL, labelBy);
      await run(sendEvent('labeled'), labelBy);
    }
    if (cause === 'clock') await run(this.#buildClockEvent(), labelBy);
    state.setOpen(twin.number, 'mallory', false);
    this.#model.forget();
    await this.#run(sendEvent('closed'));
  }

  /** While it is closed nothing is written; GitHub starts no run for a push, and one for a label. */
  async #close({ change, by, labelBy }: Step & { readonly kind: 'close' }): Promise<void> {
    const { state } = this.#github;
    const last = this.#last;
    state.setOpen(this.#number, 'ada', false);
    if (labelBy !== null && state.addLabel(this.#number, LABEL, labelBy))
      this.#model.addLabel(labelBy, this.#getTime());
    for (const event of [this.#buildEvent('closed'), this.#buildEvent('labeled'), last]) await this.#runIdle(event);
    state.push(this.#number, { by, files: buildFile(change) });
    this.#heads.push(this.#pull.headSha);
    this.#reportHead(by);
    state.setOpen(this.#number, 'ada', true);
    return this.#run(this.#buildEvent('reopened'));
  }

  async #enqueue({ smuggled, method, withOther }: Step & { readonly kind: 'queue' }): Promise<void> {
    const { state } = this.#github;
    const base = this.#pull.baseRef;
    if (base === UNPROTECTED) return;
    const extra = smuggled ? { [MANIFEST_PATH]: buildManifest({ description: 'Smuggled' }) } : {};
    // Other pull requests are for main.
    const others = withOther && base === this.#other.baseRef ? [this.#other.number] : [];
    const group = state.mergeGroup([...others, this.#number], { extra, method });
    await this.#runUnder('fair', buildEvent(this.#github.source, { event: 'merge_group', ...group }));
    const isSuccess = state.findStatus(group.headSha, CONTEXT)?.state === 'success';
    if (smuggled) expect(isSuccess).toBe(false);
    const read = (commit: string) => this.#read(commit, MANIFEST_PATH);
    const changesNothing = read(group.headSha) === read(base);
    if (isSuccess) expect({ mayMerge: changesNothing || this.#model.mayMerge() }).toEqual({ mayMerge: true });
    // Where the base has moved on, the group is another change than the one that was approved.
    const isCurrent = state.findMergeBase(this.#pull) === state.requireCommit(base).sha;
    if (this.#graphQl && isCurrent && !smuggled && this.#model.mustMerge()) expect(isSuccess).toBe(true);
  }
}

function buildFile(index: number): Record<string, string> {
  return { [MANIFEST_PATH]: buildManifest({ description: CHANGES[index] ?? '' }) };
}
