/** The types of `doctor`: the facts that are read of a repository, and the traps that follow from them. Pure. */
import { getBaseName } from '../../model/paths.ts';
import type { settings, TrapText } from './messages.ts';
import type { WorkflowFacts } from './workflow-facts.ts';

/** `open`: a pull request can bypass the gate. `stuck`: the status is missing or outdated. `advice`: a recommendation. */
export type TrapEffect = 'open' | 'stuck' | 'advice';

/** One trap with its fix. */
export interface Trap extends TrapText {
  readonly effect: TrapEffect;
  /** The workflow it is in, or null for a setting of the repository. */
  readonly file: string | null;
}

/** A requirement of the status. `bypass` null: GitHub does not show the bypass actors to this token. */
export interface StatusRequirement {
  readonly place: string;
  readonly organization: boolean;
  /** The expected source; null: any. */
  readonly appId: number | null;
  readonly bypass: readonly string[] | null;
  /** Whether a pull request must be up to date with its base before it is merged; null: not known. */
  readonly upToDate: boolean | null;
}

/** Something that this token could not read. */
export interface Unread {
  readonly id: keyof typeof settings;
  readonly what: string;
  readonly permission: string;
}

/** All facts that the traps depend on, read before the first trap is determined. */
export interface DoctorFacts {
  readonly branch: string;
  /** The status' context. */
  readonly context: string;
  readonly requirements: readonly StatusRequirement[];
  /** Rulesets that would require the status if they were active. */
  readonly inactiveRulesets: readonly { readonly name: string; readonly enforcement: string }[];
  /** Workflows that active rulesets require, the gate's or not. */
  readonly requiredWorkflows: readonly {
    readonly path: string;
    readonly ruleset: string;
    readonly organization: boolean;
  }[];
  readonly mergeQueue: boolean;
  /** The gate's workflows on the default branch, and the workflow that the user named. */
  readonly workflows: readonly WorkflowFacts[];
  /** The default permissions of a job's token. */
  readonly defaultPermissions: 'read' | 'write' | null;
  /** Labels that the policy names and those that exist; null: not read. */
  readonly labels: { readonly wanted: readonly string[]; readonly there: readonly string[] } | null;
  /** Teams that the policy names as approvers. */
  readonly teams: readonly string[];
  /** Whether approving reviews count by the policy. */
  readonly asksReviews: boolean;
  /** Whether the policy has an emergency label, which expires. */
  readonly breakGlass: boolean;
  /** The policy's path if the policy is invalid. */
  readonly invalidPolicy: string | null;
  /** A file that is not read as the policy because of its name. */
  readonly misnamedPolicy: string | null;
  /** The id of GitHub's own Actions app; null if the server has another one. */
  readonly actionsAppId: number | null;
  readonly unread: readonly Unread[];
}

/** The id of the GitHub Actions app on github.com. */
export const ACTIONS_APP_ID = 15368;

/** A trap with its effect, in a workflow or (null) in the repository's settings. */
export function createTrap(text: TrapText, effect: TrapEffect, file: string | null = null): Trap {
  return { ...text, effect, file };
}

/** True if a workflow that a ruleset requires has the file name of a gate workflow. Its content cannot be read from here. */
export function isGateWorkflow(path: string, workflows: readonly WorkflowFacts[]): boolean {
  return workflows.some((workflow) => getBaseName(workflow.path) === getBaseName(path));
}

/** True also if only the name suggests it: enough for advice, not for trust. */
export function mayBeGateWorkflow(path: string, workflows: readonly WorkflowFacts[]): boolean {
  return /go-live|healthvault/i.test(getBaseName(path)) || isGateWorkflow(path, workflows);
}

/** Whether the gate writes its status with its own token instead of the job's. */
export function usesAppToken(facts: Pick<DoctorFacts, 'workflows'>): boolean {
  return listAppTokenJobs(facts).length > 0;
}

/** The gate's jobs that use such a token. */
export function listAppTokenJobs({ workflows }: Pick<DoctorFacts, 'workflows'>): readonly AppTokenJob[] {
  return workflows.flatMap(({ path, gateJobs }) =>
    gateJobs.flatMap(({ id, inputs, inEnvironment }) => {
      const token = inputs['github-token'] ?? '';
      const own = token !== '' && !/\b(?:secrets\.GITHUB_TOKEN|github\.token)\b/i.test(token);
      return own ? [{ file: path, job: id, inEnvironment }] : [];
    }),
  );
}

/** A job of the gate with an App's token, and whether the secret behind it is kept from other branches. */
export interface AppTokenJob {
  readonly file: string;
  readonly job: string;
  readonly inEnvironment: boolean;
}
