/** A policy as loaded: data that `policy/` read and validated. This file does not depend on the policy's source. */
import type { ChangeKind, Effect, Trait } from './change.ts';
import type { Channel, DocumentRole, Environment, Permission, Requirement } from './document.ts';
import type { Side } from './source.ts';

/** Days are calendar days, weeks 7 of them. */
export type TimeUnit = 'hours' | 'days' | 'business-days' | 'weeks';

/** A published lead time. Without a number it is only known in words, and no date follows from it. */
export interface LeadTime {
  /** Absent with `max`: any time up to it. */
  readonly min?: number;
  /** Absent: no upper limit is published. */
  readonly max?: number;
  /** Present with a number. */
  readonly unit?: TimeUnit;
  /** The sentences that it is based on. */
  readonly sources: readonly string[];
  /** The same in the words of the guide. */
  readonly words?: string;
}

const UNITS: Readonly<Record<TimeUnit, readonly [one: string, several: string]>> = {
  hours: ['hour', 'hours'],
  days: ['day', 'days'],
  'business-days': ['business day', 'business days'],
  weeks: ['week', 'weeks'],
};

/** `2 to 3 business days`, `7 days or longer`, `up to 120 hours`; for a time without a number, its publisher's words. */
export function describeTime({ min, max, unit, words }: Pick<LeadTime, 'min' | 'max' | 'unit' | 'words'>): string {
  const last = max ?? min;
  if (unit === undefined || last === undefined) return words ?? '';
  const name = UNITS[unit][last === 1 ? 0 : 1];
  if (max === undefined) return `${last} ${name} or longer`;
  if (min === undefined) return `up to ${max} ${name}`;
  return min === max ? `${max} ${name}` : `${min} to ${max} ${name}`;
}

/** A class of changes, most demanding first in the policy. */
export interface Category {
  readonly id: string;
  readonly title: string;
  /** The label that clears it; null: none is required, or none can clear it (see `blocks`). */
  readonly label: string | null;
  /** `until-label`: blocks until the label is added. `always`: blocks as long as the change exists. `never`: only informs. */
  readonly blocks: 'until-label' | 'always' | 'never';
  /** The statement that a person makes by adding the label; null: the label attests no step. */
  readonly attests: string | null;
  readonly leadTime: LeadTime | null;
  /** Ids of the steps that it requires. Their order is that of their phases. */
  readonly steps: readonly string[];
  /** This category's answer to each key question, by the question's id. */
  readonly questions: Readonly<Record<string, QuestionAnswer>>;
  /** Names of waits without a published length (the addendum): named, never guessed. */
  readonly unpublished: readonly string[];
  /** True for the category of watched files without any change of meaning. */
  readonly nothing: boolean;
}

/** The update guide's two key questions (R2). */
export const GUIDE_QUESTIONS = ['configuration', 'workflow'] as const;

export type QuestionAnswer = 'yes' | 'no' | 'unknown';

/** The phase of a step, in this order. `Policy.merge` decides whether the merge is before or after the push. */
export type Phase = 'before-review' | 'review' | 'push' | 'after-push';

/** A task of the checklist. */
export interface Step {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** `author` and `reviewer` are addressed by these names in the next action. */
  readonly who: string;
  readonly phase: Phase;
  readonly required: boolean;
  /** Contact id, see `Policy.contacts`. */
  readonly contact: string | null;
  /** Name and address of a document to use or send. */
  readonly document: { readonly title: string; readonly url: string } | null;
  readonly sources: readonly string[];
  /** Any one of these in the same pull request closes the step. */
  readonly evidence: {
    readonly files: readonly string[];
    readonly settings: readonly string[];
    readonly labels: readonly string[];
  };
  /** True for a step with the prepared request text for its contact. */
  readonly request: boolean;
  /** The attachments of the request. The path is that of the evidence, or of a new file with one of the settings. */
  readonly attachments?: readonly { readonly title: string; readonly settings?: readonly string[] }[];
  /** Omitted from the checklist if it contains one of these steps. */
  readonly omittedWith?: readonly string[];
  /** Globs: the step is required if such a file changes, even if no category requires it. */
  readonly whenFiles?: readonly string[];
}

/** A value for a rule's category that refers to `Policy.consentWidening`. */
export const CONSENT_WIDENING = 'consent-widening';

/** A condition for a change. All given facets must match. A list matches if one of its entries does. The only glob is `*`. */
export interface Condition {
  /** Globs over setting ids, culture left out. */
  readonly setting?: readonly string[];
  readonly kind?: readonly ChangeKind[];
  readonly effect?: readonly Effect[];
  readonly channel?: readonly Channel[];
  readonly requirement?: readonly Requirement[];
  readonly permission?: readonly Permission[];
  /** Data types of the access: lower-case GUIDs, or `*` for all data. */
  readonly type?: readonly string[];
  readonly environment?: readonly Environment[];
  readonly format?: readonly string[];
  readonly role?: readonly DocumentRole[];
  readonly state?: readonly ('first' | 'existing' | 'removed' | 'unreadable')[];
  readonly trait?: readonly Trait[];
  readonly withoutTrait?: readonly Trait[];
  /** Globs over the value before / after, case-insensitive. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /** Tests of the changed value: the head value, or the base value if it is removed. */
  readonly value?: ValueTest;
  /** Globs over the path. */
  readonly file?: readonly string[];
  /** All of these must match. */
  readonly given?: readonly Circumstance[];
  /** None of these may match. */
  readonly unless?: readonly Circumstance[];
  /** First and last day (`YYYY-MM-DD`) of evaluation on which the condition can match. */
  readonly from?: string;
  readonly until?: string;
}

/** Tests of one value. All given tests must match. */
export interface ValueTest {
  /** Globs over the value, case-insensitive. */
  readonly is?: readonly string[];
  /** Named lists of the policy, and the globs in them. */
  readonly in?: { readonly lists: readonly string[]; readonly globs: readonly string[] };
  readonly below?: Bound;
  readonly atLeast?: Bound;
}

/** A number, version or date to compare a value with. */
export interface Bound {
  readonly text: string;
  readonly as: ComparisonKind;
}

export type ComparisonKind = 'number' | 'version' | 'date';

/** A condition on other settings: one of them has a value that meets every test. */
export interface Circumstance extends ValueTest {
  /** Globs over setting ids. */
  readonly setting: readonly string[];
  readonly at: Side;
  /** The document of the change with all its parts, or all documents of the pull request that were read. */
  readonly within: 'document' | 'pull-request';
  /** How the values found must include the changed value. */
  readonly covers?: CoverageKind;
}

/** How values cover another: as equal values, as match patterns of browser extensions, or by host alone. */
export type CoverageKind = 'value' | 'match-pattern' | 'host';

/** One rule of the policy: which changes, which category, why. The first rule that matches decides. */
export interface Rule {
  readonly id: string;
  /** One of these must match. */
  readonly when: readonly Condition[];
  readonly category: string;
  /** Further categories of such a change. */
  readonly also: readonly string[];
  /** `sdk`: a setting in the source tree, which is not registered, so it never answers the first key question with yes. */
  readonly about: 'registered' | 'sdk';
  /** Why the second key question is not known, if the category answers no. */
  readonly workflowUnknown: string | null;
  readonly reason: string;
  /** Shown next to the change: something to check or to do. */
  readonly note: string | null;
  readonly sources: readonly string[];
  /** Steps of the category that this rule does not require, and further steps that it requires. */
  readonly withoutSteps: readonly string[];
  readonly addSteps: readonly string[];
  readonly leadTime: LeadTime | null;
  /** Steps by name with an unpublished wait. */
  readonly unpublished: readonly string[];
  /** `advisory`: the change is shown and never blocks. */
  readonly enforcement: 'required' | 'advisory';
  /** A policy that extends this one cannot loosen the rule or add rules before it. */
  readonly guard?: boolean;
}

/** A sentence of the published guides. */
export interface Citation {
  readonly id: string;
  readonly text: string;
  readonly document: string;
  readonly url: string | null;
}

/** The users whose labels count. Any of `role`, `users`, `teams`, `codeowners` is enough. */
export interface ApproverRule {
  readonly role: Role | null;
  readonly users: readonly string[];
  /** `organization/team-slug`. */
  readonly teams: readonly string[];
  /** Owners, by CODEOWNERS, of all files that the label is about. */
  readonly codeowners?: true;
  /** The required number of people: one adds the label, the others approve by reviews. Absent: one. */
  readonly approvals?: number;
  /** `review`: an approving review counts as the label. */
  readonly by?: 'review';
  /** True (the default): an author of the change cannot approve. */
  readonly notAuthor: boolean;
}

/** GitHub's repository roles, weakest first. */
export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Holidays {
  readonly calendar: 'us-federal' | 'none';
  /** ISO dates. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly mail: string | null;
}

/** The path of a setting in a plain document, and its comparison. */
export interface PlainSetting {
  /** JSONPath, or a JSON pointer in which `*` matches every entry of a list or map (sets: their union). */
  readonly pointer: string;
  /** `any`: one value as text, a list or map as content. `keys`: the keys of a map, as a set. */
  readonly type: 'text' | 'set' | 'keys' | 'content' | 'any';
  /** For a family: the name, or the path from the entry, by which an entry is known. */
  readonly key?: string;
  /** The separator of several names within the text at the key. */
  readonly keySplit?: string;
  /** The part of each entry that is read: a name, or a path from the entry. In a set, for the elements that are maps. */
  readonly value?: string;
  /** For a set: the separator of the elements within a text. */
  readonly split?: string;
  /** True for a set of rights: one more element widens, one less narrows. */
  readonly grants?: boolean;
  /** The meaning of an absent set: `all`, everything; `none`, the same as an empty one. Absent: not known. */
  readonly absent?: 'all' | 'none';
}

/** Reads settings out of files in common notations by their paths, for policies that watch other things than HealthVault. */
export interface PlainDocument {
  readonly files: readonly string[];
  readonly format: 'json' | 'json5' | 'yaml' | 'xml' | 'plist' | 'toml' | 'properties' | 'gradle';
  /** For XML: prefix by which paths name a namespace -> the namespace. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Keys that a file must contain to count as this document, as JSONPaths or pointers. */
  readonly requires: readonly string[];
  /** The meaning of a file that lacks a key of `requires`; absent: a person decides. */
  readonly otherwise?: 'unknown' | 'nothing';
  /** Which other files a build merges with one: those in the same folder, or in folders of the same one. */
  readonly parts?: 'folder' | 'parent-folder';
  /** By id. An id that ends in `.*` means every entry at its place that no other setting reads. */
  readonly settings: Readonly<Record<string, PlainSetting>>;
}

/** A task that the guide does not require. */
export interface NotNeeded {
  readonly id: string;
  readonly text: string;
  readonly sources: readonly string[];
  /** Categories and steps that omit it. */
  readonly unless: readonly string[];
}

/** Something that the sweep searches for in the changed lines of files that no reader claims. */
export interface Mark {
  readonly id: string;
  /** As part of a sentence: mentions <title>. */
  readonly title: string;
  /** See `createLineMatcher`. */
  readonly patterns: readonly string[];
  /** Globs of setting ids: the ids, thumbprints and file names in their values are searched for. */
  readonly settings: readonly string[];
  /** The category of a file that mentions it; null: the rule's. */
  readonly category: string | null;
}

/** The search in the changed lines of files that no reader claims. */
export interface Sweep {
  readonly marks: readonly Mark[];
  /** Line patterns: an unreadable file matters if one of them, or a mark, is in it. */
  readonly names: readonly string[];
  readonly privateKeys: boolean;
  /** Globs of files that are searched for private keys only. */
  readonly exempt: readonly string[];
  /** Globs of files that are not read if there is no text difference. */
  readonly opaque: readonly string[];
}

/** The text of a key question in a policy. Places: `{count}` and `{names}` in `yes`. */
export interface Question {
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** A policy of another repository: `owner/repository/path@commit`, and the SHA-256 of the file. */
export interface SharedPolicy {
  readonly source: string;
  readonly digest: string;
}

/** The name of the built-in policy of the update guide. Outputs use its words by default. */
export const GUIDE_POLICY = 'healthvault';

/** The words of outputs; absent: those of the update guide, or neutral ones in a standalone policy. */
export interface PolicyWords {
  readonly product?: string;
  /** The platform that would reject a value. */
  readonly platform?: string;
  /** The context of the status, which `init` writes into the workflow. */
  readonly status?: string;
  readonly requestSubject?: string;
  readonly requestGreeting?: string;
}

/** Rules in their order, and those of the extended policy. The guards of the extended policy decide first. */
export interface RuleList {
  readonly rules: readonly Rule[];
  readonly extended?: RuleList;
}

export interface Policy extends RuleList {
  readonly name: string;
  readonly title: string;
  readonly categories: readonly Category[];
  readonly steps: readonly Step[];
  /** Named lists of values (globs) for conditions. Absent: none. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  readonly citations: readonly Citation[];
  readonly contacts: readonly Contact[];
  readonly watch: readonly string[];
  /** `unknown`: a watched file that no reader and no document claims is unknown. Absent: it is not configuration. */
  readonly unrecognized?: 'unknown';
  readonly ignore: readonly string[];
  readonly workflow: readonly string[];
  /** By label; `default` for every other label. */
  readonly approvers: Readonly<Record<string, ApproverRule>>;
  readonly consentWidening: string;
  /** For each reading of `consentWidening`, the guide's text and the meaning in this reading. */
  readonly consentReadings: Readonly<Record<string, string>>;
  readonly requiredSteps: 'advisory' | 'enforced';
  /** Whether a pull request is merged before or after the push. */
  readonly merge: 'after-review' | 'after-push';
  readonly holidays: Holidays;
  /** IANA time zone and office hours (`HH:MM`, Monday to Friday) of the team that pushes. */
  readonly office: { readonly timeZone: string; readonly opens: string; readonly closes: string };
  /** Business days before a wanted push by which it must be requested (R9). */
  readonly slotNotice: LeadTime | null;
  readonly notNeeded: readonly NotNeeded[];
  readonly breakGlass: BreakGlass | null;
  readonly documents: readonly PlainDocument[];
  /** The policies of other repositories that this one extends, the next one first. */
  readonly shared?: readonly SharedPolicy[];
  /** True: people and teams that can approve are asked for a review, each once. */
  readonly requestReviewers?: true;
  /** Absent: files that no reader claims are not searched. */
  readonly sweep?: Sweep;
  /** The words of outputs, if the policy sets them. */
  readonly words?: PolicyWords;
  /** True: neither the update guide's policy nor one that extends it, so no output mentions HealthVault. */
  readonly isStandalone?: true;
  /** By id, in their order. The first asks whether a change needs a review or push. Absent: the update guide's own two. */
  readonly questions?: Readonly<Record<string, Question>>;
}

/** The emergency label, with separate approvers and an expiry. */
export interface BreakGlass {
  readonly label: string;
  readonly approvers: ApproverRule;
  readonly expiresAfterHours: number;
}

/** Whether owners of files approve, by CODEOWNERS. */
export function asksCodeOwners(policy: Policy): boolean {
  return listApproverRules(policy).some(({ codeowners }) => codeowners);
}

/** Whether approving reviews count under a rule. */
export function countsReviews({ by, approvals = 1 }: ApproverRule): boolean {
  return by === 'review' || approvals > 1;
}

/** Whether approving reviews count under any rule of the policy. */
export function asksReviews(policy: Policy): boolean {
  return listApproverRules(policy).some(countsReviews);
}

/** Every rule that names approvers. */
function listApproverRules({ approvers, breakGlass }: Policy): readonly ApproverRule[] {
  return [...Object.values(approvers), ...(breakGlass === null ? [] : [breakGlass.approvers])];
}

/** The teams that the policy names as approvers, sorted. */
export function listTeams(policy: Policy): readonly string[] {
  return [...new Set(listApproverRules(policy).flatMap(({ teams }) => teams))].sort();
}

/** The default path of a team's policy. */
export const DEFAULT_POLICY_PATH = '.github/go-live.yml';

/** The other ending of a default policy's name, which is read as well; null for a path that a team chose itself. */
export function findAlternatePolicyPath(path: string): string | null {
  return path === DEFAULT_POLICY_PATH ? '.github/go-live.yaml' : null;
}

/** Whether a path is that of the policy, with either of the two endings. */
export function isPolicyPath(path: string, policyPath: string): boolean {
  return path === policyPath || path === findAlternatePolicyPath(policyPath);
}
