/** What stands in a policy file once the schema holds: plain data in the author's spelling. */
import type { ChangeKind, Effect, Trait } from '../model/change.ts';
import type { Channel, DocumentRole, Environment, Permission, Requirement } from '../model/document.ts';
import type { Answer, Category, Holidays, LeadTime, PlainDocument, Policy, Role } from '../model/policy.ts';

type OneOrMany<Value> = Value | readonly Value[];
type Scalar = string | number | boolean;

export interface WrittenLeadTime {
  readonly min: number;
  readonly max: number;
  readonly unit: 'business-days' | 'weeks';
  readonly sources?: readonly string[];
}

export interface WrittenApprover {
  readonly role?: Role;
  readonly users?: readonly string[];
  readonly teams?: readonly string[];
  readonly 'not-author'?: boolean;
}

export interface WrittenCondition {
  readonly setting?: OneOrMany<string>;
  readonly kind?: OneOrMany<ChangeKind>;
  readonly effect?: OneOrMany<Effect>;
  readonly channel?: OneOrMany<Channel>;
  readonly requirement?: OneOrMany<Requirement>;
  readonly permission?: OneOrMany<Permission>;
  readonly type?: OneOrMany<string>;
  readonly environment?: OneOrMany<Environment>;
  readonly format?: OneOrMany<string>;
  readonly role?: OneOrMany<DocumentRole>;
  readonly state?: OneOrMany<'first' | 'existing' | 'removed' | 'unreadable'>;
  readonly trait?: OneOrMany<Trait>;
  readonly 'without-trait'?: OneOrMany<Trait>;
  readonly before?: OneOrMany<Scalar>;
  readonly after?: OneOrMany<Scalar>;
  readonly file?: OneOrMany<string>;
}

export interface WrittenRule {
  readonly when?: 'anything' | OneOrMany<WrittenCondition>;
  readonly category?: string;
  readonly also?: readonly string[];
  readonly reason?: string;
  readonly note?: string;
  readonly sources?: readonly string[];
  readonly steps?: { readonly add?: readonly string[]; readonly without?: readonly string[] };
  readonly 'lead-time'?: WrittenLeadTime;
  readonly unpublished?: readonly string[];
  readonly enforcement?: 'required' | 'advisory';
  readonly guard?: boolean;
  readonly before?: string;
}

export interface WrittenCategory {
  readonly title?: string;
  readonly label?: string;
  readonly blocks?: Category['blocks'];
  readonly 'lead-time'?: WrittenLeadTime;
  readonly unpublished?: readonly string[];
  readonly steps?: readonly string[];
  readonly questions?: { readonly configuration: Answer; readonly workflow: Answer };
  readonly nothing?: boolean;
  readonly before?: string;
}

export interface WrittenStep {
  readonly title?: string;
  readonly text?: string;
  readonly who?: string;
  readonly required?: boolean;
  readonly contact?: string;
  readonly document?: { readonly title: string; readonly url: string };
  readonly sources?: readonly string[];
  readonly evidence?: {
    readonly files?: readonly string[];
    readonly settings?: readonly string[];
    readonly labels?: readonly string[];
  };
  readonly request?: boolean;
  readonly 'omitted-with'?: readonly string[];
}

export interface PolicyFile {
  readonly extends?: string;
  readonly name?: string;
  readonly title?: string;
  readonly 'consent-widening'?: string;
  readonly 'required-steps'?: Policy['requiredSteps'];
  readonly watch?: readonly string[];
  readonly ignore?: readonly string[];
  readonly workflow?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly approvers?: Readonly<Record<string, WrittenApprover>>;
  readonly 'lead-times'?: Readonly<Record<string, WrittenLeadTime>>;
  readonly holidays?: Partial<Holidays>;
  readonly office?: { readonly 'time-zone': string; readonly opens: string; readonly closes: string };
  readonly 'slot-notice'?: WrittenLeadTime;
  readonly 'break-glass'?: {
    readonly label: string;
    readonly approvers: WrittenApprover;
    readonly 'expires-after-hours': number;
  };
  readonly contacts?: Readonly<Record<string, { readonly name: string; readonly mail?: string }>>;
  readonly categories?: Readonly<Record<string, WrittenCategory>>;
  readonly steps?: Readonly<Record<string, WrittenStep>>;
  readonly rules?: Readonly<Record<string, WrittenRule>>;
  readonly citations?: Readonly<Record<string, { readonly text: string; readonly documents: readonly string[] }>>;
  readonly publications?: Readonly<Record<string, { readonly title: string; readonly url?: string }>>;
  readonly questions?: NonNullable<Policy['questions']>;
  readonly documents?: readonly (Omit<PlainDocument, 'requires'> & { readonly requires?: readonly string[] })[];
}

/** A value that may be written alone or as a list. */
export function asList<Value>(value: OneOrMany<Value>): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** A written lead time. Without sources it is the team's own. */
export function leadTime(written: WrittenLeadTime): LeadTime {
  return { min: written.min, max: written.max, unit: written.unit, sources: written.sources ?? [] };
}
