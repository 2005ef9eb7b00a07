/** What `doctor` prints: the traps with their fixes, what could not be read, and the trust levels. */

import { buildTroubleshootingAddress } from '../../model/messages.ts';

/** What is wrong with a repository's settings, and what fixes it. */
export interface TrapText {
  readonly id: string;
  readonly what: string;
  readonly cure: string;
}

type Sentence<Values> = string | ((values: Values) => string);

/** Defines a kind of trap: call it with the values that its sentences name. */
function defineTrap<Values = void>(id: string, what: Sentence<Values>, cure: Sentence<Values>) {
  const fill = (sentence: Sentence<Values>, values: Values) =>
    typeof sentence === 'string' ? sentence : sentence(values);
  return Object.assign((values: Values): TrapText => ({ id, what: fill(what, values), cure: fill(cure, values) }), {
    id,
  });
}

/** Every kind of trap. */
export const traps = {
  statusNotRequired: defineTrap(
    'status-not-required',
    ({ context, branch }: { context: string; branch: string }) =>
      `Nothing requires the status "${context}" on ${branch}: a blocked pull request can be merged.`,
    ({ branch }: { branch: string }) =>
      `Require it in a ruleset or in the branch protection of ${branch} (a status can be chosen once it was written in the last 7 days).`,
  ),
  rulesetNotActive: defineTrap(
    'ruleset-not-active',
    ({ ruleset, context, enforcement }: { ruleset: string; context: string; enforcement: string }) =>
      `The ruleset "${ruleset}" names the status "${context}" but is not active (${enforcement}).`,
    'Set its enforcement to active.',
  ),
  anySource: defineTrap(
    'any-source',
    ({ context }: { context: string }) =>
      `The status "${context}" is accepted from any source: everyone who may write can set it to success by hand.`,
    'Choose its expected source: GitHub Actions, or better the App whose token the gate uses.',
  ),
  wrongSource: defineTrap(
    'wrong-source',
    ({ context, app, token }: { context: string; app: number; token: string }) =>
      `The status "${context}" is expected from app ${app}, but the workflow writes it with ${token}, so it never counts.`,
    'Make the expected source and the github-token input fit each other.',
  ),
  bypassAllowed: defineTrap(
    'bypass-allowed',
    ({ who }: { who: string }) => `The requirement can be bypassed: ${who}.`,
    "Empty the ruleset's bypass list, or enforce the branch protection for administrators as well. For emergencies the policy has break-glass.",
  ),
  noWorkflow: defineTrap(
    'no-workflow',
    ({ branch }: { branch: string }) => `No workflow on ${branch} runs the gate.`,
    'Run go-live-gate init and merge what it writes into the default branch; name an unusual file with --workflow.',
  ),
  workflowUnreadable: defineTrap(
    'workflow-unreadable',
    ({ why }: { why: string }) => `The workflow cannot be read as YAML: ${why}`,
    'Fix the file; GitHub does not run it either.',
  ),
  policyInvalid: defineTrap(
    'policy-invalid',
    ({ file }: { file: string }) => `The policy ${file} is invalid, so every run ends undecided.`,
    ({ file }: { file: string }) => `Run go-live-gate policy check ${file}.`,
  ),
  policyMisnamed: defineTrap(
    'policy-misnamed',
    ({ file }: { file: string; expected: string }) =>
      `The gate does not read ${file} as the policy because of its name.`,
    ({ expected }: { file: string; expected: string }) => `Rename it to ${expected}.`,
  ),
  noPullRequestEvent: defineTrap(
    'no-pull-request-event',
    'The gate does not run on pull requests.',
    ({ types }: { types: string }) => `Add pull_request_target with the types ${types}.`,
  ),
  pullRequestOnly: defineTrap(
    'pull-request-only',
    'The gate runs on pull_request only: a pull request brings its own version of the workflow, and one from a fork has a token that may only read.',
    "Use pull_request_target: it runs the default branch's workflow, and the gate needs no checkout.",
  ),
  missingTypes: defineTrap(
    'missing-types',
    ({ event, types }: { event: string; types: string; all: string }) =>
      `The trigger ${event} lacks the types ${types}: the status stays as it was when these happen.`,
    ({ all }: { all: string }) => `Write types: [${all}].`,
  ),
  missingMergeGroup: defineTrap(
    'missing-merge-group',
    ({ branch }: { branch: string }) =>
      `${branch} has a merge queue, and the gate does not run on merge_group: no run evaluates the group, and the queue waits for the status.`,
    "Add merge_group: to the workflow's on.",
  ),
  missingReviewEvent: defineTrap(
    'missing-review-event',
    ({ types }: { types: string }) =>
      `Approving reviews count by the policy, and the gate does not run on pull_request_review (${types}): an approval is not seen, and a success stays after a review was dismissed.`,
    ({ types }: { types: string }) => `Add pull_request_review: { types: [${types}] } to the workflow's on.`,
  ),
  pathFilter: defineTrap(
    'path-filter',
    ({ event, filter }: { event: string; filter: string }) =>
      `The trigger ${event} has a filter (${filter}): a pull request outside of it never gets the status, and waits without end.`,
    'Take the filter out. The gate itself finds out in a second that nothing is to be done.',
  ),
  branchFilter: defineTrap(
    'branch-filter',
    ({ event, filter, branch }: { event: string; filter: string; branch: string }) =>
      `The trigger ${event} has a filter (${filter}) that leaves pull requests to ${branch} out.`,
    'Take the filter out.',
  ),
  jobCondition: defineTrap(
    'job-condition',
    ({ job }: { job: string }) =>
      `The job ${job} has an if: a skipped job counts as passed where the job is required, and writes no status.`,
    'Take the if out; the gate itself passes what does not concern it.',
  ),
  stepCondition: defineTrap(
    'step-condition',
    ({ job }: { job: string }) =>
      `The gate's step in job ${job} has an if: where it is skipped, the last status remains.`,
    'Take the if out.',
  ),
  jobNeeds: defineTrap(
    'job-needs',
    ({ job }: { job: string }) => `The job ${job} needs another job: when that one fails, the gate is skipped.`,
    'Take needs out; the gate needs no other job.',
  ),
  matrixJob: defineTrap(
    'matrix-job',
    ({ job }: { job: string }) => `The job ${job} has a matrix: several runs write one status, and the last one wins.`,
    'Take the matrix out.',
  ),
  dynamicContext: defineTrap(
    'dynamic-context',
    ({ job }: { job: string }) =>
      `The status-context input of job ${job} is an expression, so the branch rules cannot name it.`,
    'Write a constant name.',
  ),
  jobNamedLikeStatus: defineTrap(
    'job-named-like-status',
    ({ job, context }: { job: string; context: string }) =>
      `The job ${job} is named like the status "${context}": the rules cannot tell them apart, and a skipped job counts as passed.`,
    'Give the job another name.',
  ),
  ignoredFailure: defineTrap(
    'ignored-failure',
    ({ job }: { job: string }) =>
      `The job ${job} has continue-on-error: as a required workflow it passes whatever the gate says.`,
    'Take continue-on-error out.',
  ),
  reportOnly: defineTrap(
    'report-only',
    ({ job }: { job: string }) =>
      `The gate runs with mode: report in job ${job}: it decides everything and blocks nothing.`,
    'Take the mode input out when the trial is over. Then run the gate on all open pull requests (workflow_dispatch) before the status is required: a success of report mode stays on its commit.',
  ),
  cancelInProgress: defineTrap(
    'cancel-in-progress',
    'Runs of the workflow are canceled by newer ones: a canceled run leaves the last status as it is.',
    'Write cancel-in-progress: false.',
  ),
  editsReplaceRuns: defineTrap(
    'edits-replace-runs',
    'GitHub cancels a waiting run for the next one of its concurrency group. An edit of a text or comment that ends at once may replace the run for a removed label, whose approval then still counts.',
    'Give them a group of their own, as go-live-gate init writes it: github.event.comment.id instead of github.event.issue.number, and a suffix where github.event.action is edited and github.event.changes.base is absent.',
  ),
  noConcurrency: defineTrap(
    'no-concurrency',
    'Runs for one pull request may overlap. The newer one wins, at the cost of failed runs.',
    'Add a concurrency group for each pull request, with cancel-in-progress: false.',
  ),
  permissionsMissing: defineTrap(
    'permissions-missing',
    ({ job, standard }: { job: string; standard: string }) =>
      `The job ${job} has no permissions: its token may do what the repository's default says (${standard}).`,
    'Write permissions: contents: read, pull-requests: write, statuses: write.',
  ),
  permissionsTooFew: defineTrap(
    'permissions-too-few',
    ({ job, missing }: { job: string; missing: string }) => `The job ${job} lacks permissions: ${missing}.`,
    'Add them to the job.',
  ),
  permissionsTooMany: defineTrap(
    'permissions-too-many',
    ({ job, extra }: { job: string; extra: string }) =>
      `The job ${job} has more permissions than the gate uses: ${extra}.`,
    'Leave contents: read, pull-requests: write, statuses: write.',
  ),
  actionNotPinned: defineTrap(
    'action-not-pinned',
    ({ action }: { action: string }) =>
      `The action is not pinned by a full commit SHA (${action}): moving the tag changes the gate.`,
    'Write the full commit SHA, with the version as a comment.',
  ),
  checksOutHead: defineTrap(
    'checks-out-head',
    ({ job }: { job: string }) =>
      `The workflow checks out the pull request's head under pull_request_target (job ${job}): its code runs with the base's token.`,
    'Take the checkout out; the gate reads through the API.',
  ),
  labelsMissing: defineTrap(
    'labels-missing',
    ({ labels }: { labels: string }) => `Labels of the policy are missing: ${labels}. They cannot be used to approve.`,
    'Run go-live-gate labels.',
  ),
  teamTokenMissing: defineTrap(
    'team-token-missing',
    ({ job, teams }: { job: string; teams: string }) =>
      `Members of teams approve (${teams}), and the job ${job} does not set the input team-token. GitHub then does not report who is a member, so their labels do not count.`,
    "Set team-token to the token of an App that has the permission Organization: Members, read (docs/cookbook.md, Teams as approvers, with an App's token).",
  ),
  rulesetIgnoresTypes: defineTrap(
    'ruleset-ignores-types',
    ({ ruleset }: { ruleset: string; context: string }) =>
      `The ruleset "${ruleset}" runs the gate as a required workflow, and GitHub ignores the types there: adding or removing a label starts no run.`,
    ({ context }: { context: string }) =>
      `Keep the workflow in the repository as well, with all types, and require its status "${context}".`,
  ),
  noSchedule: defineTrap(
    'no-schedule',
    'No workflow of the gate runs by the clock. A stricter policy, a role that was lost and the end of an emergency label take effect at the next event of a pull request only.',
    "Add a schedule; it evaluates all open pull requests: schedule: [{ cron: '17 5 * * *' }].",
  ),
  breakGlassOutlives: defineTrap(
    'break-glass-outlives',
    'The policy has an emergency label, and the gate does not run every hour. A success by that label stays until the next run after it has expired.',
    "Run the gate every hour: schedule: [{ cron: '17 * * * *' }].",
  ),
  environmentInQueue: defineTrap(
    'environment-in-merge-queue',
    ({ job }: { job: string }) =>
      `The job "${job}" takes its token from an environment, and a merge group runs on a branch of the queue. An environment for the default branch only refuses that run, and one for more branches shows its secret to them.`,
    'Allow the environment for the default branch and gh-readonly-queue/**, and let a ruleset keep everyone from creating branches under gh-readonly-queue/.',
  ),
  baseMayMove: defineTrap(
    'base-may-move',
    ({ branch }: { branch: string }) =>
      `A pull request may be merged although ${branch} has moved since it was evaluated, and GitHub may then merge a change that the gate did not see.`,
    'Require branches to be up to date before merging, or use a merge queue, whose groups the gate evaluates again.',
  ),
  tokenOnAnyBranch: defineTrap(
    'token-on-any-branch',
    ({ job }: { job: string }) =>
      `The job "${job}" uses a token of its own without an environment: a workflow on any branch can read its secret and set the status.`,
    "Keep the App's key in an environment that only the default branch may use, and name it in the job (environment: ...).",
  ),
};

/** Settings that a token may not be able to read, and the permission that shows them. */
export const settings = {
  rules: {
    what: 'the rules of the branch',
    permission: 'metadata: read (for a private repository also a plan that has rules)',
  },
  rulesets: { what: 'the rulesets', permission: 'metadata: read' },
  bypass: {
    what: 'who may bypass',
    permission: 'administration: write (GitHub shows bypass actors only to users who can edit the ruleset)',
  },
  protection: { what: 'the branch protection', permission: 'administration: read' },
  workflows: { what: 'the workflow files', permission: 'contents: read' },
  labels: { what: 'the labels', permission: 'issues: read' },
  'default-permissions': { what: 'the permissions that workflows have by default', permission: 'administration: read' },
};

/** Effects, trust levels and the steps to the next level. */
export const words = {
  effects: { open: 'OPEN', stuck: 'STUCK', advice: 'ADVICE' },
  stuck: `Where a pull request shows "Expected - Waiting for status to be reported", look at STUCK first. All reasons: ${buildTroubleshootingAddress('expected-waiting-for-status')}`,
  levels: [
    "none: a pull request can pass without the gate's consent",
    '1 of 3, plain Actions token: protects against mistakes and against users who can label but not approve. A user with write access can still set the status from a workflow of their own.',
    "2 of 3, an App's token and that App as the expected source: no workflow of a branch can set the status.",
    '3 of 3, required by the organization: no user of the repository can change the requirement.',
  ],
  staysOpen:
    'a label that is renamed, or removed while the pull request is closed, a token that starts no runs, and a rate limit that is used up take effect at the next run only (docs/security.md)',
  nextSteps: [
    'Fix the entries marked OPEN.',
    "Run the gate with the token of a GitHub App of its own (github-token input), its key in an environment for the default branch, and choose that App as the status' expected source.",
    'Let an organization ruleset require the status, with that App as its source.',
    null,
  ],
} as const;
