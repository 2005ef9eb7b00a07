/**
 * When a pull request may merge, said a second time and differently: from the whole history of what happened, as someone
 * would who had watched it all, and without the gate's fingerprints, statuses and timelines.
 */

export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain';
const RANK: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain'];

/** What the model remembers of one pull request and of the repository around it. Times count seconds upwards. */
export class MayMergeModel {
  readonly #author: string;
  readonly #roles = new Map<string, Role>();
  /** What the pull request's head says and does, and who has commits on it. */
  #change = '';
  #authors: readonly string[];
  /** The least role that the policy on the base asks for; the policy itself is part of what is approved. */
  #policy: { readonly name: string; readonly atLeast: Role } = { name: '0', atLeast: 'write' };
  /** Since when the label is on and by whom; null: it is off. */
  #label: { readonly by: string; readonly at: number } | null = null;
  /** Every evaluation that was published: when, and of what. */
  readonly #published: { readonly at: number; readonly what: string }[] = [];
  /** Heads came and went without an evaluation, in a way that leaves no trace: nothing before can be relied on. */
  #untraceable = false;
  #unseenPush = false;

  constructor(author: string, roles: Readonly<Record<string, Role>>) {
    this.#author = author;
    this.#authors = [author];
    for (const [who, role] of Object.entries(roles)) this.#roles.set(who, role);
  }

  role(who: string, role: Role): void {
    this.#roles.set(who, role);
  }

  policy(name: string, atLeast: Role): void {
    this.#policy = { name, atLeast };
  }

  /** The head is another one. `change` is '' where nothing reviewed differs from the base; `authors` is everyone's who has a commit. */
  head(change: string, authors: readonly string[], how: 'push' | 'force'): void {
    if (how === 'force' && this.#unseenPush) this.#untraceable = true;
    this.#unseenPush = how === 'push';
    this.#change = change;
    this.#authors = [this.#author, ...authors];
  }

  label(by: string, at: number): void {
    this.#label ??= { by, at };
  }

  unlabel(): void {
    this.#label = null;
  }

  /** Whether anything reviewed differs from the base. */
  get needsLabel(): boolean {
    return this.#change !== '';
  }

  /** Whether it may merge at this moment. */
  mayMerge(): boolean {
    if (this.#change === '') return true;
    const label = this.#label;
    if (label === null || this.#untraceable) return false;
    if (label.by.endsWith('[bot]') || this.#authors.includes(label.by)) return false;
    if (RANK.indexOf(this.#roles.get(label.by) ?? 'none') < RANK.indexOf(this.#policy.atLeast)) return false;
    // What was on show when the label was put on, and everything that has been on show since, is what is there now.
    const shownThen = this.#published.findLast(({ at }) => at < label.at);
    const shownSince = this.#published.filter(({ at }) => at >= label.at);
    const shown = shownThen === undefined ? null : [shownThen, ...shownSince];
    return shown?.every(({ what }) => what === this.#what()) ?? false;
  }

  /** The gate ran and published; true when it must have said success. */
  evaluated(at: number): boolean {
    const answer = this.mayMerge();
    if (this.#untraceable) this.#published.length = 0;
    this.#published.push({ at, what: this.#what() });
    this.#untraceable = false;
    this.#unseenPush = false;
    return answer;
  }

  #what(): string {
    return `${this.#policy.name}: ${this.#change}`;
  }
}
