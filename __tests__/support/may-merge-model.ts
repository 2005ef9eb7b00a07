/**
 * When a pull request may merge, said a second time and differently: from the whole history of what happened, as someone
 * would who had watched it all, and without the gate's fingerprints, statuses and timelines.
 *
 * The gate sees less than that: it does not run for everything, and GitHub does not keep when a head moved forward. So there
 * are two answers. What the gate lets through, `mayMerge` must allow. What `mustMerge` says, the gate must let through.
 */

export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain';
const RANK: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain'];

/** A head as whoever watched it would tell: what it says, and who is behind it. */
export interface WatchedHead {
  /** '' where nothing reviewed differs from the base. */
  readonly change: string;
  /** Who wrote or pushed the commits that are there now, merges of the base aside. */
  readonly authors: readonly string[];
  /** Who pushed just now, or has any commit at all. */
  readonly involved: readonly string[];
}

/** What the model remembers of one pull request and of the repository around it. Times count seconds upwards. */
export class MayMergeModel {
  readonly #author: string;
  readonly #roles = new Map<string, Role>();
  #head: WatchedHead = { change: '', authors: [], involved: [] };
  /** Everyone who has ever had a hand in it: nobody of them needs to be able to approve. */
  readonly #involved = new Set<string>();
  #base = 'main';
  /** The least role that the policy on the base asks for; the policy itself is part of what is approved. */
  #policy: { readonly name: string; readonly atLeast: Role } = { name: '0', atLeast: 'write' };
  /** Since when the label is on, by whom, and what was on the pull request then; null: it is off. */
  #label: { readonly by: string; readonly at: number; readonly change: string; isSeen: boolean } | null = null;
  /** Every evaluation that was published: when, and of what. */
  readonly #published: { readonly at: number; readonly what: string }[] = [];
  /** Something happened that no evaluation has seen yet. */
  #isUnseen = false;

  constructor(author: string, roles: Readonly<Record<string, Role>>) {
    this.#author = author;
    for (const [who, role] of Object.entries(roles)) this.#roles.set(who, role);
  }

  role(who: string, role: Role): void {
    this.#roles.set(who, role);
  }

  policy(name: string, atLeast: Role): void {
    this.#policy = { name, atLeast };
  }

  head(head: WatchedHead): void {
    this.#head = head;
    for (const one of head.involved) this.#involved.add(one);
    this.#isUnseen = true;
  }

  base(branch: string): void {
    this.#base = branch;
    this.#isUnseen = true;
  }

  label(by: string, at: number): void {
    this.#label ??= { by, at, change: this.#change(), isSeen: !this.#isUnseen };
  }

  unlabel(): void {
    this.#label = null;
  }

  /** Whether anything reviewed differs from the base. */
  get needsLabel(): boolean {
    return this.#head.change !== '';
  }

  /** Whether it may merge at this moment: the label is for what is there, and the gate had shown exactly that. */
  mayMerge(): boolean {
    if (!this.needsLabel) return true;
    const label = this.#label;
    if (label === null || label.change !== this.#change()) return false;
    if (!this.#mayApprove(label.by, [this.#author, ...this.#head.authors])) return false;
    return this.#published.some(({ at, what }) => at < label.at && what === this.#what());
  }

  /** Whether it may merge, and everything that proves it was seen by the gate when it happened. */
  mustMerge(): boolean {
    if (!this.needsLabel) return true;
    const label = this.#label;
    if (label === null || !label.isSeen || !this.mayMerge()) return false;
    if (!this.#mayApprove(label.by, [this.#author, ...this.#involved])) return false;
    const before = this.#published.findLast(({ at }) => at < label.at);
    return [before, ...this.#published.filter(({ at }) => at >= label.at)].every(
      (shown) => shown?.what === this.#what(),
    );
  }

  /** The gate ran to the end and published. */
  evaluated(at: number): void {
    this.#published.push({ at, what: this.#what() });
    this.#isUnseen = false;
  }

  /** Heads came and went without an evaluation: the gate need not rely on anything that it published before. */
  forget(): void {
    if (this.#label !== null) this.#label.isSeen = false;
  }

  #mayApprove(who: string, authors: readonly string[]): boolean {
    if (who.endsWith('[bot]') || authors.includes(who)) return false;
    return RANK.indexOf(this.#roles.get(who) ?? 'none') >= RANK.indexOf(this.#policy.atLeast);
  }

  #change(): string {
    return `${this.#base}: ${this.#head.change}`;
  }

  #what(): string {
    return `${this.#policy.name}: ${this.#change()}`;
  }
}
