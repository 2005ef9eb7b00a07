/** Why a run does not pass or cannot decide, and the wording of its log. */
import { defineMessage } from '../model/messages.ts';

/** Errors and findings of this folder. */
export const messages = {
  headMoved: defineMessage(
    'head-moved',
    'A new commit was pushed to the pull request during the run. Wait for the newer run, which decides.',
    'There is nothing to do. The push has started a newer run.',
  ),
  baseMoved: defineMessage(
    'base-moved',
    'The base branch of the pull request changed repeatedly during the run, so nothing was decided. Run the gate again.',
    'The base branch changed three times during one run. Run the gate again.',
  ),
  notSettled: defineMessage(
    'not-settled',
    "GitHub's list of the pull request's commits does not contain the head yet. Run the gate again in a minute.",
    'For some seconds after a push, GitHub can still list the commits of the previous push, so the authors of the change are not known. The gate asks three times within some seconds. Run it again.',
  ),
  labelsMoved: defineMessage(
    'labels-moved',
    'The labels of the pull request changed repeatedly during the run, so nothing was decided. Run the gate again.',
    'Labels of the policy were added or removed three times during one run. Run the gate again.',
  ),
  reviewsMoved: defineMessage(
    'reviews-moved',
    'Approving reviews were withdrawn repeatedly during the run, so nothing was decided. Run the gate again.',
    'Reviewers requested changes, or reviews were dismissed, three times during one run. Run the gate again.',
  ),
  reviewersNotAsked: defineMessage(
    'reviewers-not-asked',
    ({ reason }: { reason: string }) => `GitHub did not accept the request for reviewers: ${reason}`,
    "The verdict does not depend on this. The policy has `request-reviewers: true`, and GitHub accepts only users with access to the repository. It accepts teams only from a token that can read them, which the job's token cannot. Name such users, or set `github-token` to the token of an App that can read the teams.",
  ),
  anotherRun: defineMessage(
    'another-run',
    'Another run of the gate wrote a newer status during this run. Read the result of that run.',
    'Two runs overlapped, and the other one wrote last. Add a `concurrency` group for each pull request to the workflow.',
  ),
  tooManyEvaluations: defineMessage(
    'too-many-evaluations',
    ({ count }: { count: number }) =>
      `This commit has ${count} statuses of this name from all accounts, and GitHub accepts at most 1,000. Push another commit, for example an empty one (git commit --allow-empty).`,
    'GitHub accepts 1,000 statuses of one name on one commit. The gate stops with an error before this limit, because it could not replace a success after it. Push another commit (`git commit --allow-empty`), and run the `schedule` less often or not on drafts.',
  ),
  cancelled: defineMessage(
    'canceled',
    'The run was canceled before it decided. Run the gate again.',
    'The run was canceled or took longer than `timeout-minutes`, so the status is `error`. Run the gate again.',
  ),
  rateBudget: defineMessage(
    'rate-budget',
    ({ remaining, limit, number }: { remaining: number; limit: number; number: number }) =>
      `GitHub's rate limit leaves ${remaining} of ${limit} requests for this hour, too few to evaluate pull request ${number}. Run the gate again later, or split the pull requests with the shard input.`,
    'The rate limit of the hour is nearly exhausted, so the gate did not start with the next pull request. Its status does not change, even if it is a success. Run the gate again later, or split open pull requests over several runs with `shard`.',
  ),
  readOnly: defineMessage(
    'read-only',
    'The token can only read, as for every fork under the pull_request event, so no label counts and the gate cannot write the comment or the status. Use the pull_request_target event.',
    'The token of a fork under `pull_request` can only read. Use `pull_request_target`, which needs no checkout.',
  ),
  conversationLocked: defineMessage(
    'conversation-locked',
    'The conversation is locked, so GitHub rejected the comment. Read the verdict in the status or the summary of the run.',
    'Unlock the conversation to get the comment. Approvals count in a locked conversation too.',
  ),
  sameHeadApproved: defineMessage(
    'same-head-approved',
    ({ number }: { number: number }) =>
      `Approvals of pull request ${number} count here, because it has the same head and the same base.`,
    'There is nothing to do. Two open pull requests propose the same commits for the same branch, so an approval of one counts for both.',
  ),
  headShared: defineMessage(
    'head-shared',
    ({ number }: { number: number }) =>
      `Pull request ${number} proposes the same head commit for another branch and does not pass. Both share one status, so get both approved or close one.`,
    'A status belongs to a commit, so a success would also unblock the other pull request. Close one of the two, or get both approved.',
  ),
  groupHoldsMore: defineMessage(
    'group-holds-more',
    ({ what }: { what: string }) =>
      `The merge group contains a change that none of its pull requests contains: ${what}. If two of them change the same setting, merge one, update the other from the base branch, and get its change approved again.`,
    'The combination of the pull requests is a change that no reviewer has approved. Merge one, update the other from the base branch, and approve its new change.',
  ),
  policyMissing: defineMessage(
    'policy-missing',
    ({ file }: { file: string }) =>
      `The input policy names ${file}, which is not on the branch that the gate reads the policy from. Correct the input, or add the file to that branch.`,
    'The file is not on the base branch, or not on the default branch with `policy-ref: default-branch`. Every run ends with an error, because the built-in policy might require less than the policy of the team. Correct the input, or add the file. The built-in policy classifies the pull request that adds it as `governance`.',
  ),
  policyInvalidAtHead: defineMessage(
    'policy-invalid-at-head',
    'This pull request makes the policy invalid, so the gate could not evaluate any later pull request. Fix the policy before the merge.',
    'Fix the policy in the pull request at the line and column in the report. `go-live-gate policy check` reports all mistakes. Break-glass does not apply here.',
  ),
  noToken: defineMessage(
    'no-token',
    "The input github-token is empty. Set it to $'{{ github.token }}', or leave it out.",
    'Leave the input out, or set it to `${{ github.token }}`.',
  ),
  badInput: defineMessage(
    'bad-input',
    ({ input, known, found }: { input: string; known: string; found: string }) =>
      `The input ${input} has the value ${found}, which is not valid. Use one of: ${known}.`,
    'Use one of the values that the message lists.',
  ),
  badPolicyPath: defineMessage(
    'bad-policy-path',
    ({ found }: { found: string }) =>
      `The input policy has the value ${found}, which is not a path in the repository. Write a path from the root, such as .github/go-live.yml.`,
    'Write a path inside the repository, without a leading `/`, without `..` and without `\\`.',
  ),
  internalError: defineMessage(
    'internal-error',
    ({ reason }: { reason: string }) => reason,
    'This is a defect of the program. Report it with the version and the name of the event, and without secrets. The merge stays blocked. Use an older version until the defect is fixed.',
  ),
};

/** The cost of a run, and the omissions in its summary. */
export const words = {
  noEffect: 'This event does not affect the verdict. The status stays as it is.',
  summaryCut: (count: number) =>
    `Reports that do not fit into this summary: ${count}. The log contains all reports, and the folder of the output \`report\` contains them as JSON.`,
  /** The status on a pull request if the gate does not protect its base branch. */
  unprotectedContext: (context: string) => `${context} (unprotected base)`,
  requestsUsed: (requests: number) => `GitHub requests: ${requests}.`,
  requestsLeft: (requests: number, remaining: number, limit: number) =>
    `GitHub requests: ${requests}. The rate limit leaves ${remaining} of ${limit} for this hour.`,
};
