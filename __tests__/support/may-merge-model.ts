/**
 * When a pull request may merge, said a second time and differently: from the whole history of what happened, as someone
 * would who had watched it all, and without the gate's fingerprints, statuses and timelines.
 *
 * The gate sees less than that: it does not run for everything, and GitHub does not keep when a head moved forward. So there
 * are two answers. What the gate lets through, `mayMerge` must allow. What `mustMerge` says, the gate must let through.
 */

export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain';
const RANK: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain'];

/** A head as an observer sees it: its content and its authors. */
export interface WatchedHead {
  /** What the reviewed file says in the common ancestor of head and base, and what in the head; '' where that is the same. */
  readonly change: string;
  /** It brings a change of the policy, which the label does not approve. */
  readonly changesPolicy: boolean;
  /** Who wrote or pushed the commits that are there now, merges of the base aside. */
  readonly authors: readonly string[];
  /** Who pushed just now, or has any commit at all. */
  readonly involved: readonly string[];
}

/** What a policy asks for; it is part of what is approved. */
export interface WatchedPolicy {
  readonly name: string;
  /** The least role of an approver. */
  readonly atLeast: Role;
  /** Steps that an approver has to tick, in addition to the label. */
  readonly steps: readonly string[];
  /** An approving review counts as the label. */
  readonly reviews?: boolean;
}

/** The label, or a tick: by whom, when, and for what was on the pull request then. */
interface Approval {
  readonly by: string;
  readonly at: number;
  readonly change: string;
  isSeen: boolean;
}

/** What the model remembers of one pull request and of the repository around it. Times count seconds upwards. */
export class MayMergeModel {
  readonly #author: string;
  readonly #roles = new Map<string, Role>();
  #head: WatchedHead = { change: '', changesPolicy: false, authors: [], involved: [] };
  /** Everyone who has ever had a hand in it: none of them needs the right to approve. */
  readonly #involved = new Set<string>();
  #base = 'main';
  #policy: WatchedPolicy = { name: '', atLeast: 'write', steps: [] };
  /** The label since it is on, and the ticks since they are set. */
  readonly #approvals = new Map<'label' | `step ${string}`, Approval>();
  /** The last review of each person, where it approves. */
  readonly #reviews = new Map<string, Approval>();
  /** Every evaluation that was published: when, and of what. */
  readonly #published: { readonly at: number; readonly what: string }[] = [];
  /** Something happened that no evaluation has seen yet. */
  #isUnseen = false;

  constructor(author: string, roles: Readonly<Record<string, Role>>) {
    this.#author = author;
    for (const [who, role] of Object.entries(roles)) this.#roles.set(who, role);
  }

  setRole(who: string, role: Role): void {
    this.#roles.set(who, role);
  }

  setPolicy(policy: WatchedPolicy): void {
    this.#policy = policy;
  }

  addHead(head: WatchedHead): void {
    this.#head = head;
    for (const one of head.involved) this.#involved.add(one);
    this.#isUnseen = true;
  }

  setBase(branch: string): void {
    this.#base = branch;
    this.#isUnseen = true;
  }

  addLabel(by: string, at: number): void {
    this.#addApproval('label', by, at);
  }

  removeLabel(): void {
    this.#approvals.delete('label');
  }

  review(by: string, approves: boolean, at: number): void {
    if (approves) this.#reviews.set(by, { by, at, change: this.#describeChange(), isSeen: false });
    else this.#reviews.delete(by);
  }

  setTick(step: string, by: string, at: number): void {
    this.#addApproval(`step ${step}`, by, at);
  }

  removeTick(step: string): void {
    this.#approvals.delete(`step ${step}`);
  }

  /** Whether anything reviewed differs from the base. */
  get needsLabel(): boolean {
    return this.#head.change !== '';
  }

  /** Whether it may merge at this moment: every approval is for what is there, and the gate had shown exactly that. */
  mayMerge(): boolean {
    if (this.#head.changesPolicy) return false;
    const isReviewed = [...this.#reviews.values()].some((review) => this.#counts(review, []));
    if (this.#policy.reviews === true && isReviewed) return true;
    return !this.needsLabel || this.#listNeeded().every((approval) => this.#counts(approval, []));
  }

  /** Whether it may merge, and everything that proves it was seen by the gate when it happened. */
  mustMerge(): boolean {
    if (!this.needsLabel || !this.mayMerge()) return this.mayMerge();
    return this.#listNeeded().every((approval) => approval?.isSeen === true && this.#isProven(approval));
  }

  /** Whether a label on another pull request with this head and this base allows the merge of both. */
  mayMergeBy(by: string, opener: string): boolean {
    if (this.#head.changesPolicy || this.#policy.steps.length > 0) return false;
    return this.#mayApprove(by, [this.#author, ...this.#head.authors, opener]);
  }

  /** What an evaluation would be of now. */
  get what(): string {
    return `${this.#policy.name}: ${this.#describeChange()}`;
  }

  /** The gate ran to the end and published. */
  addEvaluation(at: number): void {
    this.#published.push({ at, what: this.what });
    this.#isUnseen = false;
  }

  /** Something came and went without an evaluation: the gate need not rely on anything that was approved before. */
  forget(): void {
    for (const approval of this.#approvals.values()) approval.isSeen = false;
  }

  #addApproval(what: 'label' | `step ${string}`, by: string, at: number): void {
    if (!this.#approvals.has(what))
      this.#approvals.set(what, { by, at, change: this.#describeChange(), isSeen: !this.#isUnseen });
  }

  /** The label, and a tick for each step that the policy asks for. */
  #listNeeded(): readonly (Approval | undefined)[] {
    const ticks = this.#policy.steps.map((step) => this.#approvals.get(`step ${step}`));
    return [this.#approvals.get('label'), ...ticks];
  }

  #counts(approval: Approval | undefined, alsoAuthors: readonly string[]): boolean {
    if (approval === undefined || approval.change !== this.#describeChange()) return false;
    if (!this.#mayApprove(approval.by, [this.#author, ...this.#head.authors, ...alsoAuthors])) return false;
    return this.#published.some(({ at, what }) => at < approval.at && what === this.what);
  }

  /** No account that was ever involved gave it, and no other change has been evaluated since the one that it is for. */
  #isProven(approval: Approval): boolean {
    if (!this.#counts(approval, [...this.#involved])) return false;
    const before = this.#published.findLast(({ at }) => at < approval.at);
    return [before, ...this.#published.filter(({ at }) => at >= approval.at)].every(
      (shown) => shown?.what === this.what,
    );
  }

  #mayApprove(who: string, authors: readonly string[]): boolean {
    if (who.endsWith('[bot]') || authors.includes(who)) return false;
    return RANK.indexOf(this.#roles.get(who) ?? 'none') >= RANK.indexOf(this.#policy.atLeast);
  }

  #describeChange(): string {
    return `${this.#base}: ${this.#head.change}`;
  }
}
