/** The records of the embedded GitHub: labels, events, comments, statuses and pull requests. */
import type { Identity } from './accounts.ts';
import type { Entry } from './objects.ts';

/** New content of a path: text, bytes or an entry with its mode. Null deletes the file. */
export type FileEdit = string | Uint8Array | Entry | null;
export type FileEdits = Readonly<Record<string, FileEdit>>;

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

/** One event in a pull request's history. `actor` is null for a deleted account. */
export type TimelineEvent =
  | {
      readonly id: number;
      readonly event: 'labeled' | 'unlabeled';
      readonly actor: string | null;
      readonly at: string;
      readonly label: string;
      readonly app: Identity['app'];
    }
  | { readonly id: number; readonly event: 'committed'; readonly sha: string }
  | {
      readonly id: number;
      readonly event: 'head_ref_force_pushed';
      readonly actor: string | null;
      readonly at: string;
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly id: number;
      readonly event: 'commented';
      readonly actor: string | null;
      readonly at: string;
      readonly comment: number;
    }
  | {
      readonly id: number;
      readonly event: 'renamed' | 'base_ref_changed';
      readonly actor: string | null;
      readonly at: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly id: number;
      readonly event: 'review_requested';
      readonly actor: string | null;
      readonly at: string;
      /** A login, or `organization/team`. */
      readonly reviewer: string;
    }
  | {
      readonly id: number;
      readonly event: 'closed' | 'reopened' | 'ready_for_review';
      readonly actor: string | null;
      readonly at: string;
    };

/** One revision of a comment. `deletedAt` is set if its text was deleted. The history keeps the edit's time and author. */
export interface CommentEdit {
  readonly at: string;
  readonly editor: string;
  readonly body: string;
  deletedAt: string | null;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Newest first. Once there is an edit, the first version is last, as on GitHub. */
  readonly edits: CommentEdit[];
  readonly app: Identity['app'];
}

/** A review. Dismissing it changes its state and keeps its time. */
export interface Review {
  readonly id: number;
  readonly author: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED';
  /** The head when it was submitted. */
  readonly commit: string;
  readonly submittedAt: string;
}

export type StatusState = 'error' | 'failure' | 'pending' | 'success';

/** A commit status. There is no way to change or delete one. */
export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly state: StatusState;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: string;
  readonly createdAt: string;
}

export interface PullRequest {
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: string;
  readonly headRef: string;
  /** The pull request comes from a fork if this is not the repository's owner. */
  readonly headOwner: string;
  headSha: string;
  /** The head for which GitHub has computed files, commits and their numbers so far, or null for the current head. */
  listedHead: string | null;
  /** True once the fork is deleted. GitHub then returns `head.repo: null`. */
  forkDeleted: boolean;
  baseRef: string;
  /** Tip of the base branch when the head was last pushed, as GitHub has it. */
  baseSha: string;
  state: 'open' | 'closed';
  merged: boolean;
  /** True if new comments are refused. */
  locked: boolean;
  draft: boolean;
  readonly labels: string[];
  readonly timeline: TimelineEvent[];
  /** Oldest first. */
  readonly reviews: Review[];
  readonly createdAt: string;
  updatedAt: string;
}

/** A push to a branch, by the account that pushed. The author of its commits may be another account. */
export interface Push {
  readonly id: number;
  /** Owner of the repository that contains the branch. */
  readonly owner: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly actor: string;
  readonly at: string;
  readonly type: 'push' | 'force_push' | 'branch_creation';
}

export interface Team {
  readonly org: string;
  readonly slug: string;
  readonly members: Map<string, { readonly role: 'member' | 'maintainer'; readonly state: 'active' | 'pending' }>;
}

/** Plain JSON, as the routes answer it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface StateOptions {
  readonly owner?: string;
  readonly name?: string;
  /** Default true. Every read then needs its permission. */
  readonly private?: boolean;
  readonly defaultBranch?: string;
  /** ISO 8601. */
  readonly now?: string;
  /** Files of the first commit. */
  readonly files?: FileEdits;
  /** Login -> role name (`admin`, `maintain`, `write`, `triage`, `read`, or a custom one). */
  readonly roles?: Readonly<Record<string, string>>;
  /** `org/slug` -> logins. */
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  readonly labels?: readonly string[];
  readonly tokens?: Readonly<Record<string, Identity>>;
}

/** A login, or a name and an address that may belong to no account. */
export type Person = string | { readonly name: string; readonly email: string };

export interface CommitOptions {
  readonly files?: FileEdits | undefined;
  readonly message?: string | undefined;
  readonly by?: Person | undefined;
  readonly committer?: Person | undefined;
  /** Logins or `Name <address>`. They become `Co-authored-by` trailers. */
  readonly coAuthors?: readonly string[] | undefined;
  /** Author and committer date. Users can write any date here. Default: the clock. */
  readonly date?: string | undefined;
  /** New path -> old path, for a rename that changes the content too. */
  readonly renames?: Readonly<Record<string, string>> | undefined;
  readonly copies?: Readonly<Record<string, string>> | undefined;
}
