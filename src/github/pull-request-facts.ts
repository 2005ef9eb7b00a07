/** The facts of one pull request, which GraphQL and REST must answer alike. */
import type { Account, LabelEvent } from '../model/pull-request.ts';
import type { FileContent } from '../model/source.ts';

/** A repository by its two names. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** A commit status. */
export interface CommitStatus {
  readonly context: string;
  /** In lower case. */
  readonly state: string;
  readonly description: string;
  readonly targetUrl: string;
  /** ISO 8601, GitHub's clock. */
  readonly createdAt: string;
  readonly creator: Account | null;
}

/** A commit of the pull request and the latest status of each context on it; null: not requested yet. */
export interface CommitFacts {
  readonly sha: string;
  readonly statuses: readonly CommitStatus[] | null;
  /** Empty if not requested. */
  readonly parents: readonly string[];
  /** Accounts of its author, co-authors and committer; empty if not requested. */
  readonly authors: readonly Account[];
}

/** The head was replaced by a commit that need not be a descendant; null: the API does not report it. */
export interface ForcePush {
  /** ISO 8601, GitHub's clock. */
  readonly at: string;
  readonly actor: Account | null;
  readonly before: CommitFacts | null;
  readonly after: CommitFacts | null;
}

/** The pull request was pointed at another base branch. */
export interface BaseChange {
  /** ISO 8601, GitHub's clock. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
}

/** A comment of the conversation. */
export interface CommentFacts {
  readonly id: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly body: string;
  readonly author: Account | null;
  readonly url: string;
}

/** The facts of a pull request that are requested before its files are read. */
export interface PullRequestFacts {
  readonly number: number;
  /** Its id in GraphQL. */
  readonly nodeId: string;
  readonly title: string;
  readonly description: string;
  readonly open: boolean;
  /** GitHub then refuses comments, even from a token with permission. */
  readonly locked: boolean;
  readonly headSha: string;
  /** The current tip of the base branch. GitHub computes its own lists with the tip at the last push. */
  readonly baseSha: string;
  readonly baseBranch: string;
  /** Null: the repository has none. */
  readonly defaultBranch: string | null;
  /** GitHub's number of changed files. */
  readonly changedFiles: number;
  readonly labels: readonly string[];
  /** The last event of each label, without labels that have no event. */
  readonly labelEvents: readonly LabelEvent[];
  /** The account that opened it, and the authors of all commits except merges. */
  readonly authors: readonly Account[];
  readonly unknownAuthors: readonly string[];
  /** True if a co-author may be anyone, even an approver, because REST does not show the account of an address. */
  readonly hasUnresolvedCoAuthors: boolean;
  /** Newest first, the head among them. */
  readonly commits: readonly CommitFacts[];
  /** The former head in the event; null if it is unknown or the event is not about this head. */
  readonly before: CommitFacts | null;
  /** The sender of an event that follows a push, if it is about this head. */
  readonly pusher: Account | null;
  /** Oldest first. */
  readonly forcePushes: readonly ForcePush[];
  /** Oldest first. */
  readonly baseChanges: readonly BaseChange[];
  /** The branch to be merged; null: its repository is deleted. */
  readonly head: (RepositoryName & { readonly branch: string }) | null;
  /** Other open pull requests with the same head: a status belongs to the commit, so it counts for them too. */
  readonly withSameHead: readonly { readonly number: number; readonly baseBranch: string }[];
  readonly comments: readonly CommentFacts[];
  /** The policy file at `policyCommit`, null if there is none. */
  readonly policy: FileContent | null;
  /** The same under the other ending of its name. */
  readonly alternatePolicy: FileContent | null;
  /** Paths beside a policy of the default name; none if they are not known. */
  readonly policyFolder: readonly string[];
  readonly policyCommit: string;
}

/** The facts to request. */
export interface PullRequestQuestion {
  readonly repository: RepositoryName;
  readonly number: number;
  readonly before: string | null;
  /** The head in the event. `before` is only valid for this head. */
  readonly expectedHead: string | null;
  /** The sender of an event that follows a push. */
  readonly pusher: Account | null;
  readonly policyPath: string;
  /** The policy's other name; null: it has none. */
  readonly alternatePolicyPath: string | null;
  readonly policyRef: 'base' | 'default-branch';
  /** The base branch in the event. If it is still true, the first answer contains the policy. */
  readonly expectedBase: string | null;
}

/** The facts as one API returns them; `policy` or `alternatePolicy` undefined: the answer did not contain it. */
export type ApiFacts = Omit<PullRequestFacts, 'policy' | 'alternatePolicy'> & {
  readonly policy: FileContent | null | undefined;
  readonly alternatePolicy: FileContent | null | undefined;
};

/** An account as REST shows it; null for a deleted one, or a commit with an e-mail address of no account. */
export function parseAccount(user: unknown): Account | null {
  if (typeof user !== 'object' || user === null || !('login' in user) || !('id' in user)) return null;
  const { login, id } = user;
  if (typeof login !== 'string' || typeof id !== 'number') return null;
  return { login, id, bot: 'type' in user && user.type === 'Bot' };
}

/** The last event of each label: GitHub lists them oldest first. */
export function keepLastEvents(events: readonly LabelEvent[]): readonly LabelEvent[] {
  return [...new Map(events.map((event) => [event.label, event])).values()];
}

/** GitHub's own committer for edits in the web interface. It is never an author. */
function isWebFlow(account: Account): boolean {
  return account.login === 'web-flow' && account.id === 19864447;
}

/** Each account once, in a stable order, without GitHub's own. An id of 0 is not known, so the login distinguishes accounts. */
export function removeDuplicateAccounts(accounts: readonly Account[]): readonly Account[] {
  const people = accounts.filter((account) => !isWebFlow(account));
  const distinct = new Map(people.map((account) => [account.id || account.login.toLowerCase(), account]));
  return [...distinct.values()].sort((a, b) => a.id - b.id);
}

/** Whether a commit merges others into one. */
export function isMerge({ parents }: Pick<CommitFacts, 'parents'>): boolean {
  return parents.length > 1;
}
