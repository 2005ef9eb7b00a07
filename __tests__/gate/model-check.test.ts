/**
 * The gate against a model of "may merge": whatever people do in whatever order, both say the same. GO_LIVE_SEQUENCES
 * sets how many sequences are played (300 in CI), GO_LIVE_SEED repeats the ones of a failure.
 */
import fc from 'fast-check';
import { buildEvent, type Trigger, type WorkflowEvent } from '../../src/embedded-github/events.ts';
import { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { directFetch } from '../support/direct-fetch.ts';
import { CONTEXT, LABELS, MANIFEST_PATH, manifest, requireStatus } from '../support/fabrikam.ts';
import { MayMergeModel, type Role } from '../support/may-merge-model.ts';
import { runGate } from '../support/run-gate.ts';

const SEQUENCES = Number(process.env.GO_LIVE_SEQUENCES ?? 100);
const SEED = process.env.GO_LIVE_SEED === undefined ? {} : { seed: Number(process.env.GO_LIVE_SEED) };
const LABEL = LABELS.configuration;
/** The reviewed changes that heads can hold; the first is none. */
const CHANGES = ['Keeps a diary', 'Keeps a diary, with boots', 'Sells your diary'];
const POLICIES: readonly { readonly text: string | null; readonly atLeast: Role }[] = [
  { text: null, atLeast: 'write' },
  { text: 'extends: healthvault\napprovers: { default: { role: maintain } }\n', atLeast: 'maintain' },
  {
    text: 'extends: healthvault\nlead-times: { configuration: { min: 4, max: 9, unit: business-days } }\n',
    atLeast: 'write',
  },
];
const ROLES: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain'];

/** The protected base, another protected one, and one of the author's own where nothing is reviewed. */
const BASES = ['main', 'release', 'ada/any'] as const;
const GATE = 'github-actions[bot]';

/** `seen`: the run that GitHub starts for it is not skipped, cancelled or refused. */
type Step =
  | {
      readonly kind: 'push' | 'force' | 'unrelated';
      readonly change: number;
      readonly by: string;
      readonly pusher: string;
      readonly seen: boolean;
    }
  | { readonly kind: 'update-branch'; readonly by: string; readonly seen: boolean }
  | { readonly kind: 'retarget'; readonly base: number; readonly seen: boolean }
  | { readonly kind: 'twin'; readonly base: number }
  | { readonly kind: 'close'; readonly change: number; readonly by: string }
  | { readonly kind: 'pending' | 'error' }
  | { readonly kind: 'flood'; readonly count: number }
  | { readonly kind: 'back'; readonly to: number; readonly pusher: string; readonly seen: boolean }
  | { readonly kind: 'rebase'; readonly seen: boolean }
  | { readonly kind: 'label' | 'unlabel' | 'spoil-comment'; readonly by: string; readonly seen: boolean }
  | { readonly kind: 'role'; readonly who: string; readonly role: Role }
  | { readonly kind: 'policy'; readonly policy: number; readonly seen: boolean }
  | { readonly kind: 'spoof' | 'rerun' }
  | { readonly kind: 'queue'; readonly smuggled: boolean };

const person = fc.constantFrom('ada', 'grace', 'grace', 'tim', 'helper[bot]');
const committer = fc.constantFrom('ada', 'ada', 'ada', 'grace', 'tim');
const seen = fc.constantFrom(true, true, true, false);
const change = fc.nat({ max: CHANGES.length - 1 });
const kind = <T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: kind('push', 'force', 'unrelated'), change, by: committer, pusher: committer, seen }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('update-branch'), by: person, seen }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('back'), to: fc.nat({ max: 5 }), pusher: committer, seen }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('retarget'), base: fc.nat({ max: BASES.length - 1 }), seen }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('twin'), base: fc.nat({ max: BASES.length - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('close'), change, by: committer }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('pending', 'error') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('flood'), count: fc.constantFrom(3, 500, 960, 998) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('rebase'), seen }) },
  { weight: 7, arbitrary: fc.record({ kind: kind('label'), by: person, seen }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('unlabel', 'spoil-comment'), by: person, seen }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('role'), who: person, role: fc.constantFrom(...ROLES) }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('policy'), policy: fc.nat({ max: POLICIES.length - 1 }), seen }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('spoof', 'rerun') }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('queue'), smuggled: fc.constantFrom(false, false, true) }) },
);

/** A pull request by ada, its repository, the gate, and the model beside it. */
class Play {
  readonly github: EmbeddedGitHub;
  readonly model: MayMergeModel;
  readonly pull: PullRequest;
  readonly #fetch: typeof fetch;
  readonly #heads: string[];
  #last: WorkflowEvent;
  /** True where the gate must let through what it can prove; by REST it may let less through. */
  readonly #exact: boolean;
  /** What runs of other branches' pull requests may not change: the state of the required status before them. */
  #twins = 0;

  constructor(graphQl: boolean) {
    const roles = { ada: 'write', grace: 'maintain', tim: 'triage', 'helper[bot]': 'maintain' } as const;
    const github = new EmbeddedGitHub({
      now: '2026-11-23T18:00:00Z',
      roles,
      labels: [LABEL],
      files: { [MANIFEST_PATH]: manifest(), 'README.md': 'Fabrikam\n' },
    });
    this.github = github;
    this.#exact = graphQl;
    this.#fetch = directFetch(github, graphQl);
    this.model = new MayMergeModel('ada', roles);
    const { state } = github;
    for (const branch of BASES.slice(1)) state.branches.set(branch, state.needCommit('main').sha);
    state.commitTo('ada/any', { files: { '.github/go-live.yml': 'extends: healthvault\nignore: ["**"]\n' } });
    requireStatus(github, 'release');
    this.pull = state.open({ author: 'ada', title: 'Change', files: files(1) });
    this.#heads = [this.pull.headSha];
    this.#last = this.#event({ event: 'pull_request_target', action: 'opened', number: 1, sender: 'ada' });
    this.#tellHead('ada');
  }

  async play(steps: readonly Step[]): Promise<void> {
    await this.#run(this.#last);
    for (const one of steps) await this.#step(one);
  }

  async #step(one: Step): Promise<void> {
    const { state } = this.github;
    const before = this.pull.headSha;
    switch (one.kind) {
      case 'push':
        state.push(1, { by: one.by, pusher: one.pusher, files: files(one.change) });
        return this.#moved(before, one.pusher, one.seen);
      case 'unrelated':
        state.push(1, { by: one.by, pusher: one.pusher, files: { 'notes.txt': state.clock.tick() } });
        return this.#moved(before, one.pusher, one.seen);
      case 'update-branch':
        state.updateBranch(1, one.by);
        return this.#moved(before, one.by, one.seen);
      case 'force':
        state.forcePush(1, {
          by: one.by,
          pusher: one.pusher,
          files: { ...files(one.change), 'a.txt': state.clock.tick() },
        });
        return this.#moved(before, one.pusher, one.seen);
      case 'back': {
        const to = this.#heads[one.to % this.#heads.length] ?? '';
        if (to === before) return;
        state.forcePush(1, { to, pusher: one.pusher });
        return this.#moved(before, one.pusher, one.seen);
      }
      case 'rebase':
        state.rebase(1, { by: 'ada' });
        return this.#moved(before, 'ada', one.seen);
      case 'retarget': {
        const base = BASES[one.base] ?? 'main';
        if (base === this.pull.baseRef) return;
        state.retarget(1, 'ada', base);
        this.model.base(base);
        return one.seen ? this.#pullEvent('edited') : this.#missed();
      }
      case 'twin':
        return this.#twin(BASES[one.base] ?? 'main');
      case 'close':
        // GitHub starts no run for a push to a closed pull request.
        state.setOpen(1, 'ada', false);
        state.push(1, { by: one.by, files: files(one.change) });
        this.#heads.push(this.pull.headSha);
        this.#tellHead(one.by);
        state.setOpen(1, 'ada', true);
        return this.#pullEvent('reopened');
      case 'pending':
      case 'error':
        // A run that was cancelled, or ended in an error, before it knew anything.
        if (this.#count() < 1000) state.addStatus(before, GATE, { state: one.kind, context: CONTEXT });
        return;
      case 'flood': {
        const context = state.clock.epochMs % 2 === 0 ? CONTEXT : CONTEXT.toUpperCase();
        for (let count = 0; count < one.count && this.#count() < 999; count++)
          state.addStatus(before, 'mallory', { state: 'failure', context });
        return this.#pullEvent('edited');
      }
      case 'label':
        if (!state.addLabel(1, LABEL, one.by)) return;
        this.model.label(one.by, this.#now());
        return one.seen ? this.#pullEvent('labeled') : this.#missed();
      case 'unlabel':
        if (!state.removeLabel(1, LABEL, one.by)) return;
        this.model.unlabel();
        return one.seen ? this.#pullEvent('unlabeled') : undefined;
      case 'spoil-comment': {
        const [comment] = state.listComments(1);
        if (comment === undefined) return;
        if (one.by === 'tim') state.deleteComment(comment.id);
        else
          state.editComment(comment.id, one.by, comment.body.replaceAll('[ ]', '[x]').replaceAll('blocked', 'passed'));
        return this.#pullEvent('edited');
      }
      case 'role':
        state.setRole(one.who, one.role);
        this.model.role(one.who, one.role);
        return this.#pullEvent('edited');
      case 'policy': {
        const { text, atLeast } = POLICIES[one.policy] ?? { text: null, atLeast: 'write' };
        for (const branch of ['main', 'release']) state.commitTo(branch, { files: { '.github/go-live.yml': text } });
        this.model.policy(String(one.policy), atLeast);
        return one.seen ? this.#pullEvent('edited') : undefined;
      }
      case 'spoof': {
        if (this.#count() >= 999) return;
        const own = state.listStatuses(before).find(({ targetUrl }) => targetUrl?.includes('fingerprint='));
        const targetUrl = `${own?.targetUrl ?? 'https://github.com/?x=y'}&since=2020-01-01T00:00:00Z`;
        state.addStatus(before, 'mallory', { state: 'success', context: CONTEXT, targetUrl });
        return this.#pullEvent('edited');
      }
      case 'rerun':
        return this.#run(this.#last);
      case 'queue':
        return this.#queue(one.smuggled);
    }
  }

  async #moved(before: string, pusher: string, isSeen: boolean): Promise<void> {
    this.#heads.push(this.pull.headSha);
    this.#tellHead(pusher);
    if (isSeen) await this.#pullEvent('synchronize', { before, sender: pusher });
    else this.#missed();
  }

  /** No run followed: what comes next need not be proven any more. */
  #missed(): void {
    this.model.forget();
  }

  #tellHead(pusher: string): void {
    const { state } = this.github;
    const commits = state.listCommits(this.pull);
    const text = new TextDecoder().decode(state.needCommit(this.pull.headSha).tree.get(MANIFEST_PATH)?.bytes);
    const held = CHANGES.findIndex((description) => text === manifest({ description }));
    const people = (list: typeof commits) =>
      list.flatMap(({ author, committer: by }) => [author.login ?? '', by.login ?? '']);
    const pushed = new Map(state.pushes.map(({ after, actor }) => [after, actor]));
    const own = commits.filter(({ parents }) => parents.length < 2);
    const pushers = own.flatMap(({ sha }) => pushed.get(sha) ?? []);
    this.model.head({
      change: held === 0 ? '' : (CHANGES[held] ?? 'unknown'),
      authors: [...people(own), ...pushers],
      involved: [...people(commits), ...pushers, pusher],
    });
  }

  #now(): number {
    return this.github.state.clock.epochMs;
  }

  /** How many statuses of the context the head has, whoever wrote them. */
  #count(): number {
    const all = this.github.state.listStatuses(this.pull.headSha);
    return all.filter(({ context }) => context.toLowerCase() === CONTEXT.toLowerCase()).length;
  }

  #event(trigger: Trigger): WorkflowEvent {
    return buildEvent(this.github.source, trigger);
  }

  #pullEvent(
    action: 'labeled' | 'unlabeled' | 'edited' | 'synchronize' | 'reopened',
    more: { readonly before?: string; readonly sender?: string } = {},
  ): Promise<void> {
    return this.#run(this.#event({ event: 'pull_request_target', action, number: 1, sender: 'ada', ...more }));
  }

  async #run(event: WorkflowEvent): Promise<void> {
    this.#last = event;
    const { state } = this.github;
    const isProtected = this.pull.baseRef !== 'ada/any';
    const before = state.findStatus(this.pull.headSha, CONTEXT);
    const { exit, failure } = await runGate(this.github, event, { fetch: this.#fetch });
    const status = state.findStatus(this.pull.headSha, CONTEXT);
    if (!isProtected) {
      // Whatever is decided there, it is not written where main looks.
      expect(status).toEqual(before);
      return this.#missed();
    }
    const isFull = failure?.id === 'too-many-evaluations' || (failure !== null && this.#count() >= 999);
    if (failure !== null && !isFull) throw failure;
    if (isFull) {
      expect(status?.state).not.toBe('success');
      return this.#missed();
    }
    if (status?.state === 'success') expect(this.#count()).toBeLessThan(950);
    this.#compare(status?.state === 'success');
    expect(exit).toBe(status?.state === 'success' ? 0 : 1);
    const must = this.model.mustMerge();
    this.model.evaluated(Date.parse(status?.createdAt ?? ''));
    if (!this.pull.labels.includes(LABEL)) {
      if (must && this.#exact && this.model.needsLabel) throw new Error('a label that counts was taken off');
      this.model.unlabel();
    }
  }

  /** Another pull request with the same head, against this base or another one. */
  async #twin(base: string): Promise<void> {
    const { state } = this.github;
    if (this.#twins++ > 0) return;
    const before = state.findStatus(this.pull.headSha, CONTEXT);
    const twin = state.open({ author: 'mallory', base, fork: 'mallory', branch: 'twin' });
    state.forcePush(twin.number, { to: this.pull.headSha });
    const event = this.#event({
      event: 'pull_request_target',
      action: 'opened',
      number: twin.number,
      sender: 'mallory',
    });
    await runGate(this.github, event, { fetch: this.#fetch });
    const after = state.findStatus(this.pull.headSha, CONTEXT);
    if (after !== before && after?.state === 'success' && this.pull.baseRef !== 'ada/any')
      expect(this.model.mayMerge()).toBe(true);
    state.setOpen(twin.number, 'mallory', false);
    this.#missed();
  }

  async #queue(smuggled: boolean): Promise<void> {
    if (this.pull.baseRef === 'ada/any') return;
    const extra = smuggled ? { [MANIFEST_PATH]: manifest({ description: 'Smuggled' }) } : {};
    const group = this.github.state.mergeGroup([1], { extra });
    await runGate(this.github, { event: 'merge_group', ...group }, { fetch: this.#fetch });
    const status = this.github.state.findStatus(group.headSha, CONTEXT)?.state;
    if (smuggled) expect(status).not.toBe('success');
    else this.#compare(status === 'success');
  }

  #compare(gate: boolean): void {
    if (gate) expect({ mayMerge: this.model.mayMerge() }).toEqual({ mayMerge: true });
    else if (this.#exact) expect({ mustMerge: this.model.mustMerge() }).toEqual({ mustMerge: false });
  }
}

function files(index: number): Record<string, string> {
  return { [MANIFEST_PATH]: manifest({ description: CHANGES[index] ?? '' }) };
}

test('the gate lets nothing through that the model does not, and everything that it can prove', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => new Play(true).play(steps)),
    { numRuns: SEQUENCES, ...SEED },
  );
}, 1_200_000);

test('by REST, too, the gate lets nothing through that the model does not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), (steps) => new Play(false).play(steps)),
    { numRuns: Math.ceil(SEQUENCES / 10), ...SEED },
  );
}, 1_200_000);
