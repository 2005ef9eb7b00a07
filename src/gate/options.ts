/** The external input of a run, the same for each pull request. */
import type { GateFiles } from '../formats/format.ts';
import type { RepositoryName } from '../github/pull-request-facts.ts';
import { UsageError } from '../model/errors.ts';
import type { Policy } from '../model/policy.ts';
import { DEFAULT_POLICY_PATH } from '../model/policy.ts';

import { messages } from './messages.ts';

/** The action's inputs. */
export interface RunInputs {
  readonly policyPath: string;
  readonly policyRef: 'base' | 'default-branch';
  readonly mode: 'enforce' | 'report';
  readonly comment: 'on-findings' | 'always' | 'never';
  readonly statusContext: string;
  /** Globs of base branches to protect in addition to the default branch and branches with rules that require the status. */
  readonly protectedBranches: readonly string[];
  /** The part of the pull requests for this run, like `2/5`; empty: all. */
  readonly shard: string;
}

/** The inputs, and the environment of the action. */
export interface RunOptions extends RunInputs {
  readonly repository: RepositoryName;
  readonly gateFiles: GateFiles;
  readonly presets: ReadonlyMap<string, Policy>;
  /** The time that GitHub gets to list new commits. */
  readonly settlingMs: number;
  /** `https://github.com`, and the address of this run's page. */
  readonly serverUrl: string;
  readonly runUrl: string;
  readonly documentation: string | null;
  readonly version: string;
}

/** Reads the inputs. An empty one means its default. @throws UsageError */
export function readInputs(getInput: (name: string) => string): RunInputs {
  return {
    policyPath: parsePolicyPath(getInput('policy') || DEFAULT_POLICY_PATH),
    policyRef: chooseValue('policy-ref', getInput, ['base', 'default-branch']),
    mode: chooseValue('mode', getInput, ['enforce', 'report']),
    comment: chooseValue('comment', getInput, ['on-findings', 'always', 'never']),
    statusContext: getInput('status-context') || 'HealthVault go-live',
    protectedBranches: getInput('protected-branches')
      .split(/[\s,]+/)
      .filter((glob) => glob !== ''),
    shard: getInput('shard'),
  };
}

/** The tokens of the job and, if the policy names teams, of an App that can read them. @throws UsageError */
export function readTokens(getInput: (name: string) => string): { readonly job: string; readonly team: string | null } {
  const job = getInput('github-token');
  if (job === '') throw new UsageError(messages.noToken());
  return { job, team: getInput('team-token') || null };
}

/** The policy's path as git writes it: a policy that is not found would leave the built-in one in its place. */
function parsePolicyPath(written: string): string {
  const path = written.trim().replace(/^(?:\.\/)+/, '');
  if (path === '' || /^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) {
    throw new UsageError(messages.badPolicyPath({ found: written }));
  }
  return path;
}

function chooseValue<T extends string>(
  name: string,
  getInput: (name: string) => string,
  known: readonly [T, ...T[]],
): T {
  const found = getInput(name);
  const choice = found === '' ? known[0] : known.find((value) => value === found);
  if (choice === undefined) throw new UsageError(messages.badInput({ input: name, known: known.join(', '), found }));
  return choice;
}
