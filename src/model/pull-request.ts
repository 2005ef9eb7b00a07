/** The facts about a pull request that decide approvals, gathered before anything is decided. */
import type { Role } from './policy.ts';

/** An account on GitHub. `bot` is from GitHub's `type`, not from the name. */
export interface Account {
  readonly login: string;
  readonly id: number;
  readonly bot: boolean;
}

/** The last time that a label was added or removed; null fields: GitHub's timeline does not show it. */
export interface LabelEvent {
  readonly label: string;
  readonly actor: Account | null;
  /** ISO 8601, GitHub's clock; null if no event was found. */
  readonly at: string | null;
  /** True: it was removed. If the pull request has a label of this name, another one was renamed. */
  readonly removed?: boolean;
}

/** The current rights of a user who added a label. */
export interface Rights {
  readonly role: Role | 'none' | 'unknown';
  /** Team -> is an active member. A team without an answer is absent and named in `unansweredTeams`. */
  readonly teams: Readonly<Record<string, boolean>>;
  /** Team -> reason for the missing answer, in one sentence. */
  readonly unansweredTeams: Readonly<Record<string, string>>;
}

/** The last evaluation of a pull request: which fingerprint, and since when it has been the same. A commit status of the gate proves it. */
export interface EvaluationRecord {
  readonly fingerprint: string;
  /** ISO 8601, GitHub's clock. */
  readonly since: string;
  /** Address or id of the status that proves it. */
  readonly status: string;
}

/** One line of CODEOWNERS. Owners that are mail addresses are left out, because GitHub does not report their accounts. */
export interface OwnerRule {
  readonly matches: (path: string) => boolean;
  /** Logins. */
  readonly users: readonly string[];
  /** `organization/team-slug`. */
  readonly teams: readonly string[];
}

/** A period for which the head of the pull request is not known, in ISO 8601, both ends included; null: until now. */
export interface UnprovenTime {
  readonly from: string;
  readonly to: string | null;
}

/** The pushers, as far as GitHub and earlier evaluations show. Accounts are identified by their ids. */
export interface PushFacts {
  /** Pushers of the change, by the earlier evaluations. */
  readonly known: readonly number[];
  /** The accounts that have pushed since the last one. */
  readonly recent: readonly number[];
  /** Merges of the base that added nothing to the change, from the earlier evaluations. */
  readonly merges: readonly string[];
  /** The head, if this merge of the base is the only event since the last evaluation. */
  readonly merge: string | null;
  /** Digest of the changes at the last evaluation. */
  readonly lastChanges: string | null;
}

/** No push is known. */
export const NO_PUSHES: PushFacts = { known: [], recent: [], merges: [], merge: null, lastChanges: null };

/** A user's last review of the pull request, if it approves. */
export interface ApprovingReview {
  readonly by: Account;
  /** ISO 8601, GitHub's clock. */
  readonly at: string;
  /** Whether it was given for the head of now, while the base branch of now was the base. */
  readonly isCurrent: boolean;
}

/** A tick in the gate's comment: its step, and its user as far as GitHub's edit history shows. */
export interface Tick {
  readonly step: string;
  readonly by: Account | null;
  readonly at: string | null;
}

/** The facts of a pull request, other than its files, on which the verdict depends. */
export interface PullRequestState {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  /** Labels on the pull request now. */
  readonly labels: readonly string[];
  readonly labelEvents: readonly LabelEvent[];
  /** Accounts that authored the change: the pull request's user, commit authors, co-authors, committers. */
  readonly authors: readonly Account[];
  /** Authors of commits without a known account on GitHub. A label cannot be proven independent of them. */
  readonly unknownAuthors: readonly string[];
  /** Merges among the commits, each with its authors, who are not yet in `authors`. */
  readonly merges: readonly { readonly sha: string; readonly authors: readonly Account[] }[];
  readonly pushes: PushFacts;
  /** Ids of the accounts that pushed the change; empty until its content is known. */
  readonly pushers: readonly number[];
  /** The rules of CODEOWNERS at the base; absent: no rule of the policy requires them. */
  readonly codeOwners?: readonly OwnerRule[];
  /** Absent: no rule of the policy counts reviews. */
  readonly approvingReviews?: readonly ApprovingReview[];
  /** By lower-case login. */
  readonly rights: Readonly<Record<string, Rights>>;
  /** Null: no earlier evaluation of this pull request was found. */
  readonly lastEvaluation: EvaluationRecord | null;
  /** Periods with another, or possibly another, head or base. A label from such a period is for that state. */
  readonly unproven: readonly UnprovenTime[];
  readonly ticks: readonly Tick[];
}
