/** The output of `doctor`: the traps with their fixes, the unreadable facts, and the trust levels. */

import { buildTroubleshootingAddress } from '../../model/messages.ts';

/** A problem of a repository's settings, and its fix. */
export interface TrapText {
  readonly id: string;
  readonly what: string;
  readonly fix: string;
}

type Sentence<Values> = string | ((values: Values) => string);

/** Defines a kind of trap: call it with the values that its sentences name. */
function defineTrap<Values = void>(id: string, what: Sentence<Values>, fix: Sentence<Values>) {
  const fill = (sentence: Sentence<Values>, values: Values) =>
    typeof sentence === 'string' ? sentence : sentence(values);
  return Object.assign((values: Values): TrapText => ({ id, what: fill(what, values), fix: fill(fix, values) }), {
    id,
  });
}

/** Every kind of trap. */
export const traps = {
  statusNotRequired: defineTrap(
    'status-not-required',
    ({ context, branch }: { context: string; branch: string }) =>
      `No rule requires the status "${context}" on ${branch}, so a blocked pull request can be merged.`,
    ({ branch }: { branch: string }) =>
      `Require the status in a ruleset or in the branch protection of ${branch}. GitHub offers only statuses of the last 7 days.`,
  ),
  rulesetNotActive: defineTrap(
    'ruleset-not-active',
    ({ ruleset, context, enforcement }: { ruleset: string; context: string; enforcement: string }) =>
      `The ruleset "${ruleset}" requires the status "${context}" but is not active (${enforcement}).`,
    'Set the enforcement of the ruleset to active.',
  ),
  anySource: defineTrap(
    'any-source',
    ({ context }: { context: string }) =>
      `GitHub accepts the status "${context}" from any source, so every user with write access can set it to success.`,
    'Select the App whose token the gate uses as the expected source. Without an App, select GitHub Actions.',
  ),
  wrongSource: defineTrap(
    'wrong-source',
    ({ context, app, token }: { context: string; app: number; token: string }) =>
      `The rule expects the status "${context}" from app ${app}, but the workflow writes it with ${token}, so it never counts.`,
    'Select the expected source that matches the github-token input.',
  ),
  bypassAllowed: defineTrap(
    'bypass-allowed',
    ({ who }: { who: string }) => `Some users or apps can bypass the requirement: ${who}.`,
    "Empty the ruleset's bypass list, or enforce the branch protection for administrators too. Use break-glass in the policy for emergencies.",
  ),
  noWorkflow: defineTrap(
    'no-workflow',
    ({ branch }: { branch: string }) => `No workflow on ${branch} runs the gate.`,
    'Run go-live-gate init and merge its files into the default branch. If the workflow has another name, pass it with --workflow.',
  ),
  workflowUnreadable: defineTrap(
    'workflow-unreadable',
    ({ why }: { why: string }) => `The workflow is not valid YAML: ${why}`,
    'Fix the file. GitHub does not run it either.',
  ),
  policyInvalid: defineTrap(
    'policy-invalid',
    ({ file }: { file: string }) => `The policy ${file} is not valid, so every run ends with an error.`,
    ({ file }: { file: string }) => `Run go-live-gate policy check ${file} and fix the mistakes.`,
  ),
  policyMisnamed: defineTrap(
    'policy-misnamed',
    ({ file }: { file: string; expected: string }) =>
      `The gate does not read ${file} as the policy because of its name.`,
    ({ expected }: { file: string; expected: string }) => `Rename the file to ${expected}.`,
  ),
  noPullRequestEvent: defineTrap(
    'no-pull-request-event',
    'The gate does not run on pull requests.',
    ({ types }: { types: string }) => `Add pull_request_target with the types ${types}.`,
  ),
  pullRequestOnly: defineTrap(
    'pull-request-only',
    'The gate runs only on pull_request. A pull request can change the workflow that evaluates it, and the token of a fork can only read.',
    'Use pull_request_target. It runs the workflow of the default branch, and the gate needs no checkout.',
  ),
  missingTypes: defineTrap(
    'missing-types',
    ({ event, types }: { event: string; types: string; all: string }) =>
      `The trigger ${event} lacks the types ${types}, so these events do not update the status.`,
    ({ all }: { all: string }) => `Write types: [${all}].`,
  ),
  missingMergeGroup: defineTrap(
    'missing-merge-group',
    ({ branch }: { branch: string }) =>
      `${branch} has a merge queue, and the gate does not run on merge_group. The queue waits for a status that no run writes.`,
    "Add merge_group: to the workflow's on.",
  ),
  missingReviewEvent: defineTrap(
    'missing-review-event',
    ({ types }: { types: string }) =>
      `The policy counts approving reviews, and the gate does not run on pull_request_review (${types}). A new review has no effect, and the status stays success after a review is dismissed.`,
    ({ types }: { types: string }) => `Add pull_request_review: { types: [${types}] } to the workflow's on.`,
  ),
  pathFilter: defineTrap(
    'path-filter',
    ({ event, filter }: { event: string; filter: string }) =>
      `The trigger ${event} has a filter (${filter}). A pull request that does not match it never gets the status and cannot be merged.`,
    'Remove the filter. The gate passes a pull request without watched files in about a second.',
  ),
  branchFilter: defineTrap(
    'branch-filter',
    ({ event, filter, branch }: { event: string; filter: string; branch: string }) =>
      `The trigger ${event} has a filter (${filter}) that excludes pull requests to ${branch}.`,
    'Remove the filter.',
  ),
  jobCondition: defineTrap(
    'job-condition',
    ({ job }: { job: string }) =>
      `The job ${job} has an if. A skipped job writes no status, and GitHub counts a skipped required job as passed.`,
    'Remove the if. The gate passes a pull request without watched files.',
  ),
  stepCondition: defineTrap(
    'step-condition',
    ({ job }: { job: string }) =>
      `The gate's step in job ${job} has an if. If the step is skipped, the last status remains.`,
    'Remove the if.',
  ),
  jobNeeds: defineTrap(
    'job-needs',
    ({ job }: { job: string }) => `The job ${job} needs another job. If that job fails, GitHub skips the gate.`,
    'Remove needs. The gate does not depend on another job.',
  ),
  matrixJob: defineTrap(
    'matrix-job',
    ({ job }: { job: string }) =>
      `The job ${job} has a matrix. Several jobs write the same status, and the last one wins.`,
    'Remove the matrix.',
  ),
  dynamicContext: defineTrap(
    'dynamic-context',
    ({ job }: { job: string }) =>
      `The status-context input of job ${job} is an expression, so no rule can require it by name.`,
    'Write a constant name.',
  ),
  jobNamedLikeStatus: defineTrap(
    'job-named-like-status',
    ({ job, context }: { job: string; context: string }) =>
      `The job ${job} has the same name as the status "${context}". GitHub does not distinguish them, and counts a skipped job as passed.`,
    'Give the job another name.',
  ),
  ignoredFailure: defineTrap(
    'ignored-failure',
    ({ job }: { job: string }) =>
      `The job ${job} has continue-on-error. As a required workflow, it passes with every verdict.`,
    'Remove continue-on-error.',
  ),
  reportOnly: defineTrap(
    'report-only',
    ({ job }: { job: string }) => `The gate runs with mode: report in job ${job}, so it blocks no merge.`,
    'Remove the mode input after the trial. Then run the gate on all open pull requests (workflow_dispatch) before you require the status, because a success of report mode stays on its commit.',
  ),
  cancelInProgress: defineTrap(
    'cancel-in-progress',
    'Newer runs of the workflow cancel older ones. A canceled run does not update the status.',
    'Set cancel-in-progress: false.',
  ),
  editsReplaceRuns: defineTrap(
    'edits-replace-runs',
    'GitHub cancels a waiting run when the next run of its concurrency group starts. A run for an edited text or comment can replace the run for a removed label, and the approval still counts.',
    'Use a separate concurrency group for edits, as go-live-gate init writes it: github.event.comment.id instead of github.event.issue.number, and a suffix if github.event.action is edited and github.event.changes.base is absent.',
  ),
  noConcurrency: defineTrap(
    'no-concurrency',
    'Runs for one pull request can overlap. The newest run decides, and the others fail.',
    'Add a concurrency group for each pull request, with cancel-in-progress: false.',
  ),
  permissionsMissing: defineTrap(
    'permissions-missing',
    ({ job, standard }: { job: string; standard: string }) =>
      `The job ${job} sets no permissions, so its token has the repository's default permissions (${standard}).`,
    'Set permissions: contents: read, pull-requests: write, statuses: write.',
  ),
  permissionsTooFew: defineTrap(
    'permissions-too-few',
    ({ job, missing }: { job: string; missing: string }) => `The job ${job} lacks permissions: ${missing}.`,
    'Add the permissions to the job.',
  ),
  permissionsTooMany: defineTrap(
    'permissions-too-many',
    ({ job, extra }: { job: string; extra: string }) =>
      `The job ${job} has more permissions than the gate uses: ${extra}.`,
    'Keep only contents: read, pull-requests: write, statuses: write.',
  ),
  actionNotPinned: defineTrap(
    'action-not-pinned',
    ({ action }: { action: string }) =>
      `The action is not pinned to a full commit SHA (${action}), so a moved tag replaces the gate.`,
    'Pin the action to the full commit SHA, with the version as a comment.',
  ),
  checksOutHead: defineTrap(
    'checks-out-head',
    ({ job }: { job: string }) =>
      `The job ${job} checks out the pull request's head under pull_request_target, so code from the pull request runs with a token of the base.`,
    'Remove the checkout. The gate reads files through the API.',
  ),
  labelsMissing: defineTrap(
    'labels-missing',
    ({ labels }: { labels: string }) =>
      `The repository lacks labels of the policy, so users cannot approve with them: ${labels}.`,
    'Run go-live-gate labels to create them.',
  ),
  teamTokenMissing: defineTrap(
    'team-token-missing',
    ({ job, teams }: { job: string; teams: string }) =>
      `The policy names teams as approvers (${teams}), and the job ${job} does not set the input team-token. GitHub does not list their members without it, so their labels do not count.`,
    "Set team-token to the token of an App that has the permission Organization: Members, read (docs/cookbook.md, Teams as approvers, with an App's token).",
  ),
  rulesetIgnoresTypes: defineTrap(
    'ruleset-ignores-types',
    ({ ruleset }: { ruleset: string; context: string }) =>
      `The ruleset "${ruleset}" runs the gate as a required workflow. GitHub ignores event types there, so a label that is added or removed starts no run.`,
    ({ context }: { context: string }) =>
      `Keep the workflow in the repository too, with all types, and require its status "${context}".`,
  ),
  noSchedule: defineTrap(
    'no-schedule',
    'No workflow of the gate has a schedule. A stricter policy, a role that a user lost and an expired emergency label take effect only at the next event of a pull request.',
    "Add a schedule, which evaluates all open pull requests: schedule: [{ cron: '17 5 * * *' }].",
  ),
  breakGlassOutlives: defineTrap(
    'break-glass-outlives',
    'The policy has an emergency label, and the gate does not run every hour. After the label expires, the status stays success until the next run.',
    "Run the gate every hour: schedule: [{ cron: '17 * * * *' }].",
  ),
  environmentInQueue: defineTrap(
    'environment-in-merge-queue',
    ({ job }: { job: string }) =>
      `The job "${job}" takes its token from an environment, and a merge group runs on a branch of the queue. An environment that is restricted to the default branch refuses this run. Every other allowed branch can read the secret.`,
    'Allow the default branch and gh-readonly-queue/** in the environment, and add a ruleset that restricts the creation of branches under gh-readonly-queue/.',
  ),
  baseMayMove: defineTrap(
    'base-may-move',
    ({ branch }: { branch: string }) =>
      `A pull request can be merged after ${branch} has moved since its evaluation. The result can contain a change that the gate did not evaluate.`,
    'Require branches to be up to date before merging, or use a merge queue. The gate evaluates each merge group.',
  ),
  tokenOnAnyBranch: defineTrap(
    'token-on-any-branch',
    ({ job }: { job: string }) =>
      `The job "${job}" uses the token of an App without an environment. A workflow on any branch can read the secret and set the status.`,
    "Move the App's key to an environment that is restricted to the default branch, and name it in the job (environment: ...).",
  ),
};

/** Settings that a token may not be able to read, and the permission that shows them. */
export const settings = {
  rules: {
    what: 'the rules of the branch',
    permission: 'metadata: read (a private repository also needs a plan with rules)',
  },
  rulesets: { what: 'the rulesets', permission: 'metadata: read' },
  bypass: {
    what: 'the bypass actors',
    permission: 'administration: write (GitHub shows bypass actors only to users who can edit the ruleset)',
  },
  protection: { what: 'the branch protection', permission: 'administration: read' },
  workflows: { what: 'the workflow files', permission: 'contents: read' },
  labels: { what: 'the labels', permission: 'issues: read' },
  'default-permissions': { what: 'the default permissions of workflows', permission: 'administration: read' },
};

/** Effects, trust levels and the steps to the next level. */
export const words = {
  effects: { open: 'OPEN', stuck: 'STUCK', advice: 'ADVICE' },
  stuck: `If a pull request shows "Expected - Waiting for status to be reported", fix the entries marked STUCK first. All reasons: ${buildTroubleshootingAddress('expected-waiting-for-status')}`,
  levels: [
    'none: a pull request can be merged without the gate.',
    '1 of 3, job token of GitHub Actions: protects against mistakes and against users who can add labels but are not approvers. A user with write access can still set the status from another workflow.',
    "2 of 3, an App's token and that App as the expected source: no other workflow can set the status.",
    '3 of 3, required by the organization: no administrator of the repository can change the requirement.',
  ],
  staysOpen:
    "At every level, some events take effect only at the next run: a renamed label, a label that is removed from a closed pull request, a token that starts no runs, and an exhausted rate limit. Until the next run, a user with write access can also rewrite the gate's comment through a token that starts no runs (docs/security.md).",
  nextSteps: [
    'Fix the entries marked OPEN.',
    'Run the gate with the token of a separate GitHub App (github-token input). Store its key in an environment that is restricted to the default branch, and select that App as the expected source of the status.',
    'Require the status in a ruleset of the organization, with that App as its expected source.',
    null,
  ],
} as const;
