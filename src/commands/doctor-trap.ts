/** The words of `doctor`: the facts that a repository is judged by, and the trap that a judgement ends in. Pure. */
import messages from '../../data/messages/commands.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { WorkflowFacts } from './workflow-facts.ts';

export type TrapId = keyof typeof messages.traps;

/** `open`: a pull request may slip past. `stuck`: the status does not come or stays old. `advice`: better otherwise. */
export type Effect = 'open' | 'stuck' | 'advice';

/** One trap with its cure. */
export interface Trap {
  readonly id: TrapId;
  readonly effect: Effect;
  /** The workflow it is in, or null for a setting of the repository. */
  readonly file: string | null;
  readonly what: string;
  readonly cure: string;
}

/** Where the status is required. `bypass` null: GitHub does not tell this token who may bypass it. */
export interface Requirement {
  readonly place: string;
  readonly organization: boolean;
  /** The expected source; null: any. */
  readonly appId: number | null;
  readonly bypass: readonly string[] | null;
}

/** Something that this token could not read. */
export interface Unread {
  readonly id: keyof typeof messages.unread;
  readonly what: string;
  readonly permission: string;
}

/** Everything that the traps are judged by, gathered before anything is judged. */
export interface DoctorFacts {
  readonly branch: string;
  /** The status' context. */
  readonly context: string;
  readonly requirements: readonly Requirement[];
  /** Rulesets that would require the status if they were active. */
  readonly inactiveRulesets: readonly { readonly name: string; readonly enforcement: string }[];
  /** Workflows that active rulesets require, the gate's or not. */
  readonly requiredWorkflows: readonly {
    readonly path: string;
    readonly ruleset: string;
    readonly organization: boolean;
  }[];
  readonly mergeQueue: boolean;
  /** The gate's workflows of the default branch, and the one that was asked for. */
  readonly workflows: readonly WorkflowFacts[];
  /** What a job's token may do where no permissions are written. */
  readonly defaultPermissions: 'read' | 'write' | null;
  /** Labels that the policy names and those that exist; null: not read. */
  readonly labels: { readonly wanted: readonly string[]; readonly there: readonly string[] } | null;
  /** The policy's path where it is invalid. */
  readonly invalidPolicy: string | null;
  /** The id of GitHub's own Actions app; null on a server where it is another. */
  readonly actionsAppId: number | null;
  readonly unread: readonly Unread[];
}

/** The id of the GitHub Actions app on github.com. */
export const ACTIONS_APP_ID = 15368;

/** Makes a trap of its id and the places in its sentences. */
export function trap(
  id: TrapId,
  effect: Effect,
  file: string | null,
  values: Readonly<Record<string, string | number>> = {},
): Trap {
  const { what, cure } = messages.traps[id];
  return { id, effect, file, what: fill(what, values), cure: fill(cure, values) };
}

/** True where a workflow that a ruleset requires is the gate, as far as its name tells. */
export function isGateWorkflow(path: string, workflows: readonly WorkflowFacts[]): boolean {
  const name = baseName(path);
  return /go-live|healthvault/i.test(name) || workflows.some((workflow) => baseName(workflow.path) === name);
}

/** Whether the gate writes its status with a token of its own instead of the job's. */
export function usesAppToken({ workflows }: Pick<DoctorFacts, 'workflows'>): boolean {
  const tokens = workflows.flatMap(({ gateJobs }) => gateJobs.map(({ inputs }) => inputs['github-token'] ?? ''));
  return tokens.some((token) => token !== '' && !/\b(?:secrets\.GITHUB_TOKEN|github\.token)\b/i.test(token));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
