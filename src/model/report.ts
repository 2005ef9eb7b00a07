/** The answer of a review: the data of every output and of the JSON report (`schemas/report.schema.json`). */
import type { AccessTuple, ChangeKind, Effect, Location } from './change.ts';
import type { Environment } from './document.ts';
import type { QuestionAnswer, SharedPolicy, TimeUnit } from './policy.ts';
import type { FileStatus } from './source.ts';

export type Verdict = 'passed' | 'blocked' | 'error';

export interface ReportFile {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: FileStatus;
  /** Which reader took it, or `unreadable` / `source-code`. */
  readonly format: string;
}

/** The treatment of a changed file. */
export interface ExaminedFile {
  readonly path: string;
  /**
   * `read`: a reader found changes. `equal`: it found none. `found`: no reader claims the file, and its changed lines contain a
   * mark or a private key. `swept`: they contain none. `exempt`: searched for private keys only, or a picture or an archive.
   */
  readonly outcome: 'read' | 'equal' | 'found' | 'swept' | 'exempt' | 'ignored' | 'not-examined';
  /** The reader's format. */
  readonly reader?: string;
  /** The glob of the policy by which it is exempt or ignored. */
  readonly glob?: string;
  /** Why it was not examined. */
  readonly reason?: string;
}

export interface ReportChange {
  readonly file: string;
  readonly setting: string;
  readonly kind: ChangeKind;
  readonly effect: Effect;
  readonly access?: AccessTuple;
  readonly category: string;
  /** Further categories this change counts in. */
  readonly also?: readonly string[];
  readonly rule: string;
  readonly reason: string;
  readonly note?: string;
  readonly detail?: string;
  readonly sources: readonly string[];
  readonly before: string | null;
  readonly after: string | null;
  readonly location: Location | null;
  readonly baseLocation?: { readonly file: string; readonly line: number; readonly column: number };
  readonly environment?: Environment;
  readonly part?: string;
  readonly enforcement?: 'advisory';
  /** Digests that bind an approval to content that cannot be read. */
  readonly content?: { readonly before: string | null; readonly after: string | null };
}

/** The phase of a step, by which reports group steps. */
export type StepPhase = 'before-review' | 'review' | 'after-merge';

export interface ReportStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly who: string;
  /** The labels and the merge come between `review` and `after-merge`. Absent in reports of version 1.0. */
  readonly phase?: StepPhase;
  readonly required: boolean;
  readonly state: 'open' | 'done' | 'not-applicable';
  readonly evidence?: string;
  /** The label that attests the step. */
  readonly attested?: { readonly label: string; readonly by: string; readonly at: string };
  /** The changed file that requires the step, if no category requires it. */
  readonly because?: string;
  readonly sources: readonly string[];
  readonly contact?: { readonly name: string; readonly mail?: string };
  readonly document?: { readonly title: string; readonly url: string };
  /** Ready-made request: a `mailto:` address and the same text as a block. */
  readonly request?: { readonly mailto: string; readonly text: string };
  /** The user who ticked it; a claim if it does not count. Absent if GitHub's edit history does not show the time. */
  readonly tick?: {
    readonly by: string;
    readonly at: string;
    readonly counts: boolean;
    /** True: a claim that was set for exactly this change, after the gate had shown it. */
    readonly current?: boolean;
  };
}

export interface ReportLabels {
  readonly required: readonly string[];
  readonly missing: readonly string[];
  readonly accepted: readonly AcceptedLabel[];
  readonly rejected: readonly RejectedLabel[];
  /** For each required label, its approvers in plain words. */
  readonly approvers?: Readonly<Record<string, string>>;
}

export interface AcceptedLabel {
  readonly label: string;
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Receipt: the fingerprint it was given for and the status that proves when the fingerprint was published. */
  readonly fingerprint?: string;
  readonly status?: string;
}

export interface RejectedLabel {
  readonly label: string;
  readonly by?: string;
  readonly at?: string;
  readonly reason: string;
  /** True when it was valid for another state of the change: the gate removes the label. */
  readonly dropped?: boolean;
  /** True: further approvals are needed, or a review must be repeated. The label itself may be missing. */
  readonly pending?: boolean;
}

/** Something the reader must know that is not a change. */
export interface Problem {
  readonly id: string;
  /** `advice` is a hint. `refused`: the platform would reject the value (blocks). `unreadable` blocks. `error`: not decided. */
  readonly severity: 'advice' | 'refused' | 'unreadable' | 'error';
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly source?: string;
}

export interface ReportLeadTime {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: TimeUnit;
  readonly unpublished?: readonly string[];
  readonly sources?: readonly string[];
  /** The same in the words of the guide. */
  readonly words?: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** By the question's id; `configuration` and `workflow` are those of the update guide. */
  readonly questions: Readonly<Record<string, QuestionAnswer>>;
  /** One sentence each: the reason for the answer, or how to find the answer. */
  readonly because: Readonly<Record<string, string>>;
  /** The questions in the policy's own words; absent: those of the update guide. */
  readonly asked?: Readonly<Record<string, string>>;
  /** The words of outputs. Absent words, or all if absent, are those of the update guide. */
  readonly words?: {
    readonly product?: string;
    /** Title of the policy. */
    readonly title?: string;
    readonly platform?: string;
    /** IANA zone in which outputs write times. */
    readonly timeZone?: string;
  };
  /** The policy's reading of the guide on wider access that asks for consent again; absent if nothing depends on it. */
  readonly reading?: string;
  /** Tasks that the guide does not require. */
  readonly notNeeded?: readonly { readonly text: string; readonly sources: readonly string[] }[];
  readonly categories: readonly string[];
  readonly leadTime: ReportLeadTime | null;
  /** `to` is absent if a time has no published longest end. */
  readonly earliestGoLive: { readonly from: string; readonly to?: string; readonly calendar: string } | null;
  /** The push slot in the description (R9), and whether it is possible. */
  readonly pushSlot?: { readonly wanted: string; readonly possible: boolean; readonly advice: string };
  readonly files: readonly ReportFile[];
  /** The treatment of all changed files, by path. */
  readonly examined?: readonly ExaminedFile[];
  readonly changes: readonly ReportChange[];
  readonly steps: readonly ReportStep[];
  readonly labels: ReportLabels;
  readonly problems: readonly Problem[];
  readonly fingerprint: string;
  readonly policy: {
    readonly source: string;
    readonly digest: string;
    readonly name: string;
    readonly consentWidening: string;
    readonly merge?: 'after-review' | 'after-push';
    /** The policies of other repositories that it extends, the next one first. */
    readonly shared?: readonly SharedPolicy[];
  };
  readonly breakGlass?: {
    readonly label: string;
    readonly by: string;
    readonly at: string;
    readonly until: string;
    readonly reason: string;
  };
  /** The compared revisions and the time of the evaluation (ISO 8601, UTC). */
  readonly evaluation: {
    readonly at: string;
    readonly base: string | null;
    readonly head: string | null;
    readonly mode: 'enforce' | 'report';
    readonly provenance: 'github' | 'none';
  };
  /** The sentences that the report cites, by id. */
  readonly citations: Readonly<
    Record<string, { readonly text: string; readonly document: string; readonly url?: string }>
  >;
  /** Titles of the categories that occur, by id. */
  readonly titles: Readonly<Record<string, string>>;
  /** For each category that occurs: the label that clears it and whether it blocks, as the policy has it. */
  readonly clearance: Readonly<
    Record<
      string,
      {
        readonly label: string | null;
        readonly blocks: 'until-label' | 'always' | 'never';
        /** The statement that a person makes by adding the label. */
        readonly attests?: string;
      }
    >
  >;
}

/** The exit code of a decided report: 0 passed or not enforced, 1 blocked, 3 could not decide. */
export function toExitCode({ verdict, evaluation }: Report): 0 | 1 | 3 {
  if (verdict === 'passed' || evaluation.mode === 'report') return 0;
  return verdict === 'blocked' ? 1 : 3;
}
