/** Warnings about a policy that is valid but may not match its author's intent. */
import { defineMessage } from '../../model/messages.ts';
import { quoteExcerpt } from '../../syntax/schema-problems.ts';

type Found = { found: string };

/** The possible users of an entry. */
const unusedBy = {
  category: 'No rule uses',
  step: 'No category and no rule uses',
  list: 'No condition uses',
};

/** The warnings of `policy check`. */
export const messages = {
  nothingBlocks: defineMessage(
    'warn-nothing-blocks',
    ({ found }: Found) =>
      `The rule ${quoteExcerpt(found)} matches every setting and its category never blocks, so no approval is required for these changes. Narrow it, or use a category that blocks.`,
    'List the settings of the rule, or use a category that blocks.',
  ),
  advisoryGuard: defineMessage(
    'warn-advisory-guard',
    ({ found }: Found) =>
      `The guard ${quoteExcerpt(found)} is advisory, so it never blocks. Remove enforcement: advisory.`,
    'Remove `enforcement: advisory` from the guard.',
  ),
  ignoresEverything: defineMessage(
    'warn-ignores-everything',
    ({ found }: Found) => `The glob ${quoteExcerpt(found)} matches every path, so no file is checked. Narrow it.`,
    'List only paths to exclude, for example `**/testdata/**`.',
  ),
  ignoresWatched: defineMessage(
    'warn-ignores-watched',
    ({ found }: Found) =>
      `The glob ${quoteExcerpt(found)} is also under ignore, which takes precedence, so it adds no watched file. Remove one of the two.`,
    'Remove the glob from `ignore` or from the list that it is in.',
  ),
  watchesNothing: defineMessage(
    'warn-watches-nothing',
    'The policy watches no file, so every change passes. Add watch or documents.',
    'Add globs to `watch`, or `documents`.',
  ),
  labelShared: defineMessage(
    'warn-label-shared',
    ({ found, others }: { found: string; others: string }) =>
      `The label ${quoteExcerpt(found)} approves several categories at once: ${others}. Use separate labels if different people decide.`,
    'Use a separate label for each category if different people decide.',
  ),
  selfApproval: defineMessage(
    'warn-self-approval',
    ({ found }: Found) =>
      `Authors can approve their own changes, because not-author is false for ${quoteExcerpt(found)}. Remove it.`,
    'Remove `not-author: false`.',
  ),
  lowRole: defineMessage(
    'warn-low-role',
    ({ found, role }: { found: string; role: string }) =>
      `Every user with the role ${role} can approve with ${quoteExcerpt(found)}. In a public repository, this can be every user of GitHub. Require the role write or higher.`,
    'Require the role `write` or higher, or name users and teams.',
  ),
  noApprovers: defineMessage(
    'warn-no-approvers',
    ({ found }: Found) =>
      `The list of approvers of ${quoteExcerpt(found)} is empty, so every user with write access can approve. Name users, teams or a role.`,
    'Name users or teams, or a role.',
  ),
  ownersIncluded: defineMessage(
    'warn-owners-included',
    ({ found, role }: { found: string; role: string }) =>
      `Every user with the role ${role} can approve with ${quoteExcerpt(found)}, so codeowners adds no approver. Remove role or codeowners.`,
    'Remove `role` if only code owners approve. Otherwise remove `codeowners`, because code owners always have write access.',
  ),
  tooFewApprovers: defineMessage(
    'warn-too-few-approvers',
    ({ found, people, approvals }: { found: string; people: number; approvals: number }) =>
      `${quoteExcerpt(found)} requires ${approvals} approvals but names ${people} users, so it is never approved. Name more users, or lower approvals.`,
    'Name more users, a team or a role, or lower `approvals`.',
  ),
  noTeamToken: defineMessage(
    'warn-no-team-token',
    ({ found }: Found) =>
      `No workflow of the gate sets the input team-token, so labels from members of ${quoteExcerpt(found)} do not count. Set it.`,
    'Set the input `team-token` in the workflow of the gate, because GitHub lists the members of a team only to such a token. `policy check` reads the workflows in `.github/workflows`.',
  ),
  leadTimeZero: defineMessage(
    'warn-lead-time-zero',
    'The longest lead time is 0, so reports show a go-live on the day of the request. Write the published time.',
    'Write the published time. If none is published, remove the lead time.',
  ),
  noSteps: defineMessage(
    'warn-no-steps',
    ({ found }: Found) =>
      `${quoteExcerpt(found)} requires no step, although the entry that it changes requires some. Keep them.`,
    'Keep the required steps.',
  ),
  deadRule: defineMessage(
    'warn-dead-rule',
    ({ found, others }: { found: string; others: string }) =>
      `The rule ${quoteExcerpt(found)} never decides, because earlier rules match all of its changes: ${others}. Move it with before, or remove it.`,
    'Move the rule up with `before`, narrow the earlier rules, or remove it.',
  ),
  shadows: defineMessage(
    'warn-shadows',
    ({ found, count, others }: { found: string; count: number; others: string }) =>
      `The rule ${quoteExcerpt(found)} matches all changes of ${count} later rules, so they never decide: ${others}${count > others.split(', ').length ? ' and others' : ''}. Narrow it, or move it with before.`,
    'Narrow the rule, or move it down with `before`.',
  ),
  noFamily: defineMessage(
    'warn-no-family',
    'A change to a key that is not a setting of this document is not reported. Add a setting such as other.* for the rest.',
    'Add a setting for all other keys: an id such as `other.*` that reads every entry of the root, with `type: any`.',
  ),
  guardMissing: defineMessage(
    'warn-guard-missing',
    ({ found }: Found) =>
      `No guard matches ${found}, so another rule decides these changes. Add a rule with guard: true.`,
    'Add a rule with `guard: true` and a category that blocks. `go-live-gate policy new` prints all of them.',
  ),
  impossibleRule: defineMessage(
    'warn-impossible-rule',
    ({ found }: Found) =>
      `The rule ${quoteExcerpt(found)} matches no change, because its conditions exclude each other. Remove one of them.`,
    'Remove one of the conditions. An added value has no `before`, a removed value has no `after`, and only a setting with `grants: true` can widen or narrow.',
  ),
  unused: defineMessage(
    'warn-unused',
    ({ kind, found }: { kind: keyof typeof unusedBy; found: string }) =>
      `${unusedBy[kind]} the ${kind} ${quoteExcerpt(found)}. Use it, or remove it.`,
    'Use the entry in a rule or category, or remove it.',
  ),
  samePlace: defineMessage(
    'warn-same-place',
    ({ found, other }: { found: string; other: string }) =>
      `The settings ${quoteExcerpt(other)} and ${quoteExcerpt(found)} read the same value, so one edit is two changes. Remove one of them.`,
    'Remove one of the settings, or correct its path.',
  ),
  readTwice: defineMessage(
    'warn-read-twice',
    ({ found, files }: { found: string; files: string }) =>
      `Two documents read ${quoteExcerpt(found)} from ${quoteExcerpt(files)}, so one edit is two changes. Merge the documents.`,
    'Merge the documents, or separate them by `files` or `requires`.',
  ),
  globBrackets: defineMessage(
    'warn-glob-brackets',
    ({ found }: Found) =>
      `Brackets in the glob ${quoteExcerpt(found)} match only brackets in a path. Write {a,b} for alternatives.`,
    'Write `{a,b}` for alternatives. Keep brackets that are part of a name.',
  ),
  globName: defineMessage(
    'warn-glob-name',
    ({ found }: Found) =>
      `The glob ${quoteExcerpt(found)} matches a file of that name, but not the files in a folder. End it with /** for a folder.`,
    'End the glob with `/**` for a folder.',
  ),
};

/** The subjects of guards. */
export const words = {
  secret: 'added secrets',
  unreadable: 'unreadable files',
  governance: 'the policy and the workflow of the gate',
  removed: 'removed documents',
  unresolved: 'unresolved values',
};
