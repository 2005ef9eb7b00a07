/** An invented application and its repository on an embedded GitHub, for runs of the action. */
import type { EmbeddedGitHub, GitHubOptions } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { type CheckedResult, runAction, startGitHub } from './run-action.ts';

export const MANIFEST_PATH = 'healthvault.app.yml';
export const CONTEXT = 'HealthVault go-live';
export const LABELS = {
  configuration: 'go-live/configuration-approved',
  workflow: 'go-live/workflow-approved',
  unknown: 'go-live/manually-classified',
  governance: 'go-live/policy-approved',
} as const;

/** The manifest, with another description or further data types. */
export function buildManifest({
  description = 'Keeps a diary',
  types = ['Weight'],
}: {
  description?: string;
  types?: readonly string[];
} = {}): string {
  return `healthvault: 1
app-id: 9ca84d74-1473-471d-940f-2699cb7198df
environment: production
type: web
name: Fabrikam Health
description: ${description}
action-url: https://fabrikam.example/healthvault/action
rules:
  online:
    - name: chart
      reason: Draws your weight over time.
      permissions: [Read]
      types: [${types.join(', ')}]
`;
}

/** An embedded GitHub with the manifest on the base; ada writes, grace maintains, tim may only triage. */
export function startFabrikam(options: GitHubOptions = {}): Promise<EmbeddedGitHub> {
  return startGitHub({
    now: '2026-11-23T18:00:00Z',
    roles: { ada: 'write', grace: 'maintain', tim: 'triage' },
    labels: Object.values(LABELS),
    ...options,
    files: { [MANIFEST_PATH]: buildManifest(), 'README.md': 'Fabrikam\n', ...options.files },
  });
}

/** Ada changes the description: one configuration change. */
export function openDescriptionChange(github: EmbeddedGitHub, text = 'Keeps a diary, with boots'): PullRequest {
  return github.state.open({
    author: 'ada',
    title: 'Change',
    files: { [MANIFEST_PATH]: buildManifest({ description: text }) },
  });
}

/** The gate's run for an event on a pull request. */
export function runFabrikamGate(
  github: EmbeddedGitHub,
  number: number,
  action: 'opened' | 'synchronize' | 'labeled' | 'unlabeled' | 'edited' = 'opened',
  more: { readonly before?: string; readonly label?: string; readonly inputs?: Readonly<Record<string, string>> } = {},
): Promise<CheckedResult> {
  const { inputs, ...rest } = more;
  return runAction(github, { event: 'pull_request_target', action, number, sender: 'ada', ...rest }, inputs);
}

/** The state of the gate's status on the pull request's head now, or null. */
export function findStatus(github: EmbeddedGitHub, pull: PullRequest): string | null {
  return github.state.listStatuses(pull.headSha).find((status) => status.context === CONTEXT)?.state ?? null;
}

/** A ruleset requires the gate's status on a branch. */
export function requireStatus(github: EmbeddedGitHub, branch: string, context = CONTEXT): void {
  const parameters = { required_status_checks: [{ context }], strict_required_status_checks_policy: false };
  const ruleset = { ruleset_source_type: 'Repository', ruleset_source: 'fabrikam/health', ruleset_id: 1 };
  github.state.branchRules.set(branch, [{ type: 'required_status_checks', ...ruleset, parameters }]);
}
