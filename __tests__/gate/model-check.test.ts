/**
 * The gate against a model of "may merge": whatever people do in whatever order, both say the same. GO_LIVE_SEQUENCES
 * sets how many sequences are played (2,000 in CI), GO_LIVE_SEED repeats the ones of a failure.
 */
import fc from 'fast-check';
import { buildEvent, type Trigger, type WorkflowEvent } from '../../src/embedded-github/events.ts';
import { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { directFetch } from '../support/direct-fetch.ts';
import { CONTEXT, LABELS, MANIFEST_PATH, manifest } from '../support/fabrikam.ts';
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

type Step =
  | { readonly kind: 'push' | 'force'; readonly change: number; readonly by: string; readonly seen: boolean }
  | { readonly kind: 'unrelated' | 'update-branch'; readonly by: string; readonly seen: boolean }
  | { readonly kind: 'back'; readonly to: number; readonly seen: boolean }
  | { readonly kind: 'rebase'; readonly seen: boolean }
  | { readonly kind: 'label' | 'unlabel' | 'spoil-comment'; readonly by: string }
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
  { weight: 3, arbitrary: fc.record({ kind: kind('push', 'force'), change, by: committer, seen }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('unrelated', 'update-branch'), by: committer, seen }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('back'), to: fc.nat({ max: 5 }), seen }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('rebase'), seen }) },
  { weight: 7, arbitrary: fc.record({ kind: kind('label'), by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('unlabel', 'spoil-comment'), by: person }) },
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
  /** True where the model is exact; else what the gate lets through must be right, but it may let less through. */
  readonly #exact: boolean;

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
    this.pull = github.state.open({ author: 'ada', title: 'Change', files: files(1) });
    this.#heads = [this.pull.headSha];
    this.#last = this.#event({ event: 'pull_request_target', action: 'opened', number: 1, sender: 'ada' });
    this.#tellHead('push');
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
        state.push(1, { by: one.by, files: files(one.change) });
        return this.#moved('push', before, one.seen);
      case 'unrelated':
        state.push(1, { by: one.by, files: { 'notes.txt': state.clock.tick() } });
        return this.#moved('push', before, one.seen);
      case 'update-branch':
        state.updateBranch(1, one.by);
        return this.#moved('push', before, one.seen);
      case 'force':
        state.forcePush(1, { by: one.by, files: { ...files(one.change), 'a.txt': state.clock.tick() } });
        return this.#moved('force', before, one.seen);
      case 'back': {
        const to = this.#heads[one.to % this.#heads.length] ?? '';
        if (to === before) return;
        state.forcePush(1, { to });
        return this.#moved('force', before, one.seen);
      }
      case 'rebase':
        state.rebase(1, { by: 'ada' });
        return this.#moved('force', before, one.seen);
      case 'label':
        if (!state.addLabel(1, LABEL, one.by)) return;
        this.model.label(one.by, this.#now());
        return this.#pullEvent('labeled');
      case 'unlabel':
        if (!state.removeLabel(1, LABEL, one.by)) return;
        this.model.unlabel();
        return this.#pullEvent('unlabeled');
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
        state.commitTo('main', { files: { '.github/go-live.yml': text } });
        this.model.policy(String(one.policy), atLeast);
        return one.seen ? this.#pullEvent('edited') : undefined;
      }
      case 'spoof': {
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

  async #moved(how: 'push' | 'force', before: string, isSeen: boolean): Promise<void> {
    this.#heads.push(this.pull.headSha);
    this.#tellHead(how);
    if (isSeen) await this.#pullEvent('synchronize', before);
  }

  #tellHead(how: 'push' | 'force'): void {
    const { state } = this.github;
    const commits = state.listCommits(this.pull);
    const text = new TextDecoder().decode(state.needCommit(this.pull.headSha).tree.get(MANIFEST_PATH)?.bytes);
    const held = CHANGES.findIndex((description) => text === manifest({ description }));
    const authors = commits.flatMap(({ author, committer: by }) => [author.login ?? '', by.login ?? '']);
    this.model.head(held === 0 ? '' : (CHANGES[held] ?? 'unknown'), authors, how);
  }

  #now(): number {
    return this.github.state.clock.epochMs;
  }

  #event(trigger: Trigger): WorkflowEvent {
    return buildEvent(this.github.source, trigger);
  }

  #pullEvent(action: 'labeled' | 'unlabeled' | 'edited' | 'synchronize', before?: string): Promise<void> {
    const pushed = before === undefined ? {} : { before };
    return this.#run(this.#event({ event: 'pull_request_target', action, number: 1, sender: 'ada', ...pushed }));
  }

  async #run(event: WorkflowEvent): Promise<void> {
    this.#last = event;
    const { exit, failure } = await runGate(this.github, event, { fetch: this.#fetch });
    if (failure !== null) throw failure;
    const status = this.github.state.findStatus(this.pull.headSha, CONTEXT);
    const expected = this.model.evaluated(Date.parse(status?.createdAt ?? ''));
    this.#compare(status?.state === 'success', expected);
    expect(exit).toBe(status?.state === 'success' ? 0 : 1);
    if (!this.pull.labels.includes(LABEL)) {
      if (expected && this.#exact && this.model.needsLabel) throw new Error('a label that counts was taken off');
      this.model.unlabel();
    }
  }

  async #queue(smuggled: boolean): Promise<void> {
    const extra = smuggled ? { [MANIFEST_PATH]: manifest({ description: 'Smuggled' }) } : {};
    const group = this.github.state.mergeGroup([1], { extra });
    await runGate(this.github, { event: 'merge_group', ...group }, { fetch: this.#fetch });
    const status = this.github.state.findStatus(group.headSha, CONTEXT)?.state;
    this.#compare(status === 'success', !smuggled && this.model.mayMerge());
  }

  #compare(gate: boolean, model: boolean): void {
    if (this.#exact) expect({ gate }).toEqual({ gate: model });
    else if (gate) expect(model).toBe(true);
  }
}

function files(index: number): Record<string, string> {
  return { [MANIFEST_PATH]: manifest({ description: CHANGES[index] ?? '' }) };
}

test('the gate and the model agree on every sequence', async () => {
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
