/** Why a run does not pass or cannot decide, and the wording of its log. */
import { defineMessage } from '../model/messages.ts';

/** Errors and findings of this room. */
export const messages = {
  headMoved: defineMessage(
    'head-moved',
    "The pull request's head moved while the gate was at work. The newer run decides.",
    'There was a push during the evaluation. There is nothing to do: the push has started a newer run.',
  ),
  baseMoved: defineMessage(
    'base-moved',
    'The pull request was pointed at another base branch while the gate was at work, again and again. Nothing was decided; run the gate again.',
    'The pull request was pointed at another base branch while the gate was at work, three times in one run. Run it again.',
  ),
  notSettled: defineMessage(
    'not-settled',
    "GitHub's list of the pull request's commits does not contain its head yet. Run the gate again in a minute.",
    'For some seconds after a push, GitHub may list the commits of the previous push, so the authors of the change are not known. The gate asks three times, some seconds apart. Run it again.',
  ),
  labelsMoved: defineMessage(
    'labels-moved',
    "The pull request's labels changed while the gate was at work, again and again. Nothing was decided; run the gate again.",
    'Labels that the policy knows were added or removed three times during one run. Run it again.',
  ),
  reviewsMoved: defineMessage(
    'reviews-moved',
    'An approving review was withdrawn while the gate was at work, again and again. Nothing was decided. Run the gate again.',
    'A reviewer requested changes, or a review was dismissed, while the gate was at work, three times in one run. Run it again.',
  ),
  reviewersNotAsked: defineMessage(
    'reviewers-not-asked',
    ({ reason }: { reason: string }) => `Reviewers could not be asked: ${reason}`,
    "Advice: the policy has `request-reviewers: true`, and GitHub refused the request. GitHub asks only people with access to the repository, and teams only for a token that can read them, which the job's token cannot. The verdict does not depend on it.",
  ),
  anotherRun: defineMessage(
    'another-run',
    'Another run of the gate wrote its answer while this one was at work. The newer run decides.',
    'Two runs overlapped and the other one wrote last. Give the workflow a `concurrency` group for each pull request.',
  ),
  tooManyEvaluations: defineMessage(
    'too-many-evaluations',
    ({ count }: { count: number }) =>
      `This commit has ${count} statuses of this name, from all accounts, and GitHub takes no more than 1,000. Push another commit (an empty one will do: git commit --allow-empty), so that the gate can go on.`,
    'GitHub accepts 1,000 statuses of one name on one commit. The gate stops with an error long before, because after that it could not take back a success. Push another commit (`git commit --allow-empty`), and let the `schedule` run less often or not on drafts.',
  ),
  cancelled: defineMessage(
    'canceled',
    'The run was stopped before it had decided. Run the gate again.',
    'The run was canceled or took longer than `timeout-minutes`. It leaves an error, not `pending`. Run the gate again.',
  ),
  rateBudget: defineMessage(
    'rate-budget',
    ({ remaining, limit, number }: { remaining: number; limit: number; number: number }) =>
      `Only ${remaining} of ${limit} requests are left of this hour's budget, too few to evaluate pull request ${number} to the end. Run the gate again later, or spread the work with the shard input.`,
    "The hour's requests are nearly used up, so the next pull request was not begun. Its status stays as it was, also a success. Run the gate again later, or spread open pull requests over several runs with `shard`.",
  ),
  readOnly: defineMessage(
    'read-only',
    'The token may only read, as on every pull request from a fork under the pull_request event, so no label can be proven and nothing be published. Use the pull_request_target event to get the comment and the status.',
    'The token may only read, as always for forks under `pull_request`. Use `pull_request_target`; it needs no checkout.',
  ),
  conversationLocked: defineMessage(
    'conversation-locked',
    'The conversation is locked, so GitHub refused the comment. The verdict is in the status and in the summary of the run.',
    'Unlock the conversation to get the comment. Approvals count all the same.',
  ),
  sameHeadApproved: defineMessage(
    'same-head-approved',
    ({ number }: { number: number }) =>
      `Pull request ${number} has the same head and the same base, so it is the same change. Its approvals count here.`,
    'Two open pull requests offer the same commits to the same branch. What was approved in one is approved in both.',
  ),
  headShared: defineMessage(
    'head-shared',
    ({ number }: { number: number }) =>
      `Pull request ${number} offers the same head commit to another branch and does not pass. A status belongs to the commit, so neither can pass before both do.`,
    'Another open pull request offers the same head commit to another branch and does not pass. A status belongs to a commit, so it would open that one as well: close one of the two, or get both approved.',
  ),
  groupHoldsMore: defineMessage(
    'group-holds-more',
    ({ what }: { what: string }) =>
      `The merge group changes something that none of its pull requests does: ${what}. Where two of them change the same place, merge one, update the other from the base branch, and let its change be approved as it is then.`,
    'The merge group changes something that none of its members does: a conflict was resolved by the queue, or two changes only together mean something. Rebase the members on each other and review the sum.',
  ),
  policyMissing: defineMessage(
    'policy-missing',
    ({ file }: { file: string }) =>
      `The input policy names ${file}, and there is no such file where the policy is read. Correct the input, or bring the file there.`,
    "The input `policy` names a file that is not on the base branch, or on the default branch with `policy-ref: default-branch`. Nothing passes, because the built-in policy might require less than the team's. Correct the input or add the file: the built-in policy classifies that pull request as `governance`.",
  ),
  policyInvalidAtHead: defineMessage(
    'policy-invalid-at-head',
    'This pull request would make the policy unreadable, and the gate would stop with every pull request after it.',
    'The pull request would leave a policy that cannot be read; the line and column are beside it. Fix it before the merge: `go-live-gate policy check`. Break-glass does not clear it.',
  ),
  noToken: defineMessage(
    'no-token',
    "There is no token. Pass github-token: $'{{ github.token }}' or leave the input out.",
    'The `github-token` input is empty. Leave it out, or pass `${{ github.token }}`.',
  ),
  badInput: defineMessage(
    'bad-input',
    ({ getInput: input, known, found }: { getInput: string; known: string; found: string }) =>
      `The input ${input} must be one of: ${known}; found: ${found}.`,
    'An input has a value that it does not take; the message lists those that it takes.',
  ),
  badPolicyPath: defineMessage(
    'bad-policy-path',
    ({ found }: { found: string }) =>
      `The input policy must be the path of a file from the repository's root, such as .github/go-live.yml; found: ${found}.`,
    'The input `policy` is a path inside the repository, as git writes it: no leading `/`, no `..`, no `\\`.',
  ),
  internalError: defineMessage(
    'internal-error',
    ({ reason }: { reason: string }) => reason,
    "The program itself failed: a defect. Please report it with the version and the event's name, and without secrets. The merge stays blocked; run again with an older version meanwhile.",
  ),
};

/** What a run has cost, and what its summary leaves out. */
export const words = {
  noEffect: 'This event changes nothing that the gate decides by. The status stays as it is.',
  summaryCut: (count: number) =>
    `Reports that do not fit into this summary: ${count}. The log contains all of them, and the folder of the output \`report\` as JSON.`,
  /** The status on a pull request whose base branch is not protected by the gate. */
  unprotectedContext: (context: string) => `${context} (unprotected base)`,
  requestsUsed: (requests: number) => `GitHub requests: ${requests}.`,
  requestsLeft: (requests: number, remaining: number, limit: number) =>
    `GitHub requests: ${requests}; ${remaining} of ${limit} are left of this hour's budget.`,
};
