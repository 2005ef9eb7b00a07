/** A story: a repository, its people, and what happens there step by step, with the gate's expected answer. */

import type { Permissions } from '../embedded-github/accounts.ts';
import type { Fault } from '../embedded-github/faults.ts';
import type { Position } from '../model/source.ts';

/** New content of a file: text, nothing (deleted), bytes of a file beside the story, or a replacement in the text that is there. */
export type StoryFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly from: string }
  | { readonly kind: 'edit'; readonly from: string; readonly to: string; readonly at: Position };

export type StoryFiles = readonly { readonly path: string; readonly file: StoryFile }[];

/** What a commit of a story may say. */
export interface StoryCommit {
  readonly files: StoryFiles;
  readonly by?: string | { readonly name: string; readonly email: string };
  readonly committer?: string | { readonly name: string; readonly email: string };
  readonly message?: string;
  readonly date?: string;
  readonly coAuthors?: readonly string[];
  readonly renames?: Readonly<Record<string, string>>;
}

/** Something that happens. `pull` is a number; by default the last one that was opened. */
export type StoryAction =
  | {
      readonly kind: 'open';
      readonly by: string;
      readonly title?: string;
      readonly body?: string;
      readonly branch?: string;
      readonly base?: string;
      readonly fork?: string;
      readonly draft?: boolean;
      readonly commit: StoryCommit;
    }
  | {
      readonly kind: 'push';
      readonly pull?: number;
      readonly by: string;
      readonly force: boolean;
      readonly back?: number;
      readonly commit: StoryCommit;
    }
  | {
      readonly kind: 'label';
      readonly pull?: number;
      readonly by: string;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  | { readonly kind: 'tick'; readonly pull?: number; readonly by: string; readonly step: string; readonly off: boolean }
  | { readonly kind: 'comment'; readonly pull?: number; readonly by: string; readonly body: string }
  | {
      readonly kind: 'edit-comment';
      readonly pull?: number;
      readonly by: string;
      readonly from?: string;
      readonly to: string;
    }
  | { readonly kind: 'delete-comment'; readonly pull?: number; readonly by: string }
  | {
      readonly kind: 'describe';
      readonly pull?: number;
      readonly by: string;
      readonly title?: string;
      readonly body?: string;
    }
  | { readonly kind: 'role'; readonly who: string; readonly role: string }
  | { readonly kind: 'team'; readonly team: string; readonly members: readonly string[] }
  | { readonly kind: 'rename-label'; readonly from: string; readonly to: string }
  | { readonly kind: 'delete-label'; readonly label: string }
  | { readonly kind: 'delete-account'; readonly login: string }
  | {
      readonly kind: 'status';
      readonly pull?: number;
      readonly by: string;
      readonly state: 'error' | 'failure' | 'pending' | 'success';
      readonly context: string;
      readonly description?: string;
      readonly url?: string;
    }
  | { readonly kind: 'base'; readonly by?: string; readonly commit: StoryCommit }
  | {
      readonly kind: 'update-branch' | 'rebase' | 'reopen' | 'close' | 'delete-fork';
      readonly pull?: number;
      readonly by: string;
    }
  | {
      readonly kind: 'merge-queue';
      readonly pulls: readonly number[];
      readonly method: 'merge' | 'squash' | 'rebase';
      readonly stranger: boolean;
      readonly extra: StoryFiles;
    }
  | { readonly kind: 'dispatch'; readonly by: string; readonly pulls: string }
  | { readonly kind: 'schedule'; readonly pulls: string }
  | { readonly kind: 'rerun'; readonly by?: string }
  | { readonly kind: 'event'; readonly name: string }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'clock'; readonly to: string };

/** The gate's answer as the story expects it. What is not named is not looked at. */
export interface Expectation {
  readonly pull?: number;
  readonly verdict?: string;
  readonly exit?: number;
  readonly status?: string;
  readonly description?: string;
  readonly categories?: readonly string[];
  readonly required?: readonly string[];
  readonly missing?: readonly string[];
  readonly labels?: readonly string[];
  readonly comment?: 'created' | 'edited' | 'unchanged' | 'none';
  readonly commentHas?: readonly string[];
  readonly commentLacks?: readonly string[];
  readonly summaryHas?: readonly string[];
  readonly logHas?: readonly string[];
  readonly reportHas?: readonly string[];
  readonly requestsAtMost?: number;
  readonly at: Position;
}

/** Something that happens while the gate runs: before its n-th request, or before the first whose method and path match. */
export interface Meanwhile {
  readonly before: number | string;
  readonly action: StoryAction;
}

export interface StoryStep {
  /** A sentence of the story's own; null: one is made of the action. */
  readonly say: string | null;
  readonly action: StoryAction;
  /** Null: the gate runs when GitHub would start it for this action. */
  readonly gate: boolean | null;
  readonly meanwhile: readonly Meanwhile[];
  readonly faults: readonly Fault[];
  readonly inputs: Readonly<Record<string, string>>;
  readonly expect: Expectation | null;
  readonly at: Position;
}

export interface Story {
  readonly title: string;
  readonly repository: {
    readonly owner: string;
    readonly name: string;
    readonly private: boolean;
    readonly branch: string;
    /** Folder beside the story whose files are there at first. */
    readonly folder: string | null;
    readonly files: StoryFiles;
    readonly labels: readonly string[];
  };
  readonly now: string;
  /** Login -> role. */
  readonly people: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly event: 'pull_request_target' | 'pull_request';
  readonly permissions: Permissions;
  readonly graphql: 'on' | 'off' | 'failing';
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: readonly StoryStep[];
}
