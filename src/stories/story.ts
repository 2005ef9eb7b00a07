/**
 * A story: a repository, its people, its events step by step, and the gate's expected answers. These are the types of
 * `schemas/story.schema.json`, which explains every key, after the schema's defaults are filled in.
 */
import type { UsageError } from '../model/errors.ts';
import type { Message } from '../model/messages.ts';

/** A list, or its only item. */
export type OneOrMore<Item> = Item | readonly Item[];
type TextMap = Readonly<Record<string, string>>;

/** New content by path: a text, null (deleted), the content of a file beside the story or of base64, or a symbolic link. */
export type StoryFiles = Readonly<
  Record<string, string | null | { readonly file?: string; readonly base64?: string; readonly link?: string }>
>;

/** A replacement in a file as it is at this step. */
export interface StoryEdit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Everything about a commit except for the login of the person who pushes it. */
export interface StoryCommit {
  readonly files: StoryFiles;
  readonly edit: readonly StoryEdit[];
  readonly author?: string;
  readonly committer?: string;
  readonly message?: string;
  readonly date?: string;
  readonly 'co-authors'?: OneOrMore<string>;
  readonly renames?: TextMap;
}

/** `pr` is a number; by default the last opened pull request. */
interface OnPull {
  readonly pr?: number;
  readonly by: string;
}

/** The input of each action. */
export interface StoryActions {
  readonly open: StoryCommit & {
    readonly by: string;
    readonly title?: string;
    readonly body?: string;
    readonly branch?: string;
    readonly base?: string;
    readonly fork?: string;
    readonly 'head-of'?: number;
    readonly draft?: boolean;
  };
  readonly push: OnPull & StoryCommit & { readonly force?: boolean; readonly back?: number };
  readonly label: OnPull & { readonly add: OneOrMore<string>; readonly remove: OneOrMore<string> };
  readonly review: OnPull & { readonly state: 'approve' | 'request-changes' | 'comment'; readonly back: number };
  readonly dismiss: OnPull & { readonly of: string };
  readonly tick: OnPull & { readonly step: string; readonly off: boolean };
  readonly comment: OnPull & { readonly body: string };
  readonly 'edit-comment': OnPull & { readonly of?: string; readonly from?: string; readonly to: string };
  readonly 'delete-comment': OnPull;
  readonly 'delete-revision': OnPull & { readonly back: number };
  readonly describe: OnPull & { readonly title?: string; readonly body?: string };
  readonly role: { readonly who: string; readonly role: string };
  readonly team: { readonly name: string; readonly members: OneOrMore<string> };
  readonly 'rename-label': { readonly from: string; readonly to: string };
  readonly 'delete-label': string;
  readonly 'delete-account': string;
  readonly status: OnPull & {
    readonly state: 'error' | 'failure' | 'pending' | 'success';
    readonly context: string;
    readonly description?: string;
    readonly url?: string;
    readonly times: number;
  };
  readonly base: StoryCommit & { readonly by?: string; readonly branch?: string };
  readonly 'update-branch': OnPull;
  readonly retarget: OnPull & { readonly base: string };
  readonly rebase: OnPull;
  readonly reopen: OnPull;
  readonly close: OnPull;
  readonly merge: OnPull;
  readonly lock: OnPull & { readonly off: boolean };
  readonly 'stale-lists': { readonly pr?: number; readonly off: boolean };
  readonly 'delete-fork': OnPull;
  readonly 'merge-queue': {
    readonly pulls: OneOrMore<number>;
    readonly method: 'merge' | 'squash' | 'rebase';
    readonly stranger: boolean;
    readonly files: StoryFiles;
  };
  readonly dispatch: { readonly by: string; readonly pulls: string };
  readonly schedule: { readonly pulls: string };
  readonly rerun: { readonly by?: string };
  readonly event: string;
  readonly wait: { readonly hours: number; readonly days: number };
  readonly clock: string;
}

/** The gate's answer as the story expects it. Anything that is not named is not compared. */
export interface Expectation {
  readonly pr?: number;
  readonly verdict?: string;
  readonly exit?: number;
  readonly status?: string;
  readonly description?: string;
  readonly categories?: OneOrMore<string>;
  readonly required?: OneOrMore<string>;
  readonly missing?: OneOrMore<string>;
  readonly labels?: OneOrMore<string>;
  readonly asked?: OneOrMore<string>;
  readonly comment?: string;
  readonly 'comment-has'?: OneOrMore<string>;
  readonly 'comment-lacks'?: OneOrMore<string>;
  readonly 'summary-has'?: OneOrMore<string>;
  readonly 'log-has'?: OneOrMore<string>;
  readonly 'report-has'?: OneOrMore<string>;
  readonly 'requests-at-most'?: number;
}

/** A fault between the gate and GitHub. */
export interface StoryFault {
  readonly at?: number;
  readonly method?: string;
  readonly path?: string;
  readonly times: number;
  readonly after: boolean;
  readonly status: number;
  readonly drop: boolean;
  readonly cut: boolean;
  readonly 'retry-after'?: number;
  readonly message?: string;
}

/** An action while the gate runs: before its n-th request, or before the first with a matching method and path. */
export interface Meanwhile extends Partial<StoryActions> {
  readonly before: string;
}

/** One action, and the expected results of the run that GitHub starts for it. */
export interface StoryStep extends Partial<StoryActions> {
  readonly say?: string;
  readonly gate?: boolean;
  readonly meanwhile: readonly Meanwhile[];
  readonly faults: readonly StoryFault[];
  readonly inputs: TextMap;
  readonly expect?: Expectation;
}

/** A story that can be played. */
export interface Story {
  readonly story: string;
  readonly repository: {
    readonly name: string;
    readonly private: boolean;
    readonly branch: string;
    readonly folder?: string;
    readonly files: StoryFiles;
    readonly labels: OneOrMore<string>;
  };
  readonly now: string;
  /** Login -> role. */
  readonly people: TextMap;
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly event: 'pull_request_target' | 'pull_request';
  readonly token: 'job' | 'fork';
  readonly graphql: 'on' | 'off' | 'failing';
  readonly summary: 'on' | 'off';
  readonly inputs: TextMap;
  readonly steps: readonly StoryStep[];
  /** The error for a mistake in the story, at the place of one of its parts. */
  readonly createError: (problem: Message, part?: object) => UsageError;
}
