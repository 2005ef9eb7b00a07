/** Warnings about a policy that is valid and perhaps not what its author means. */
import { defineMessage } from '../../model/messages.ts';
import { quoteExcerpt } from '../../syntax/schema-problems.ts';

type Found = { found: string };

/** Who would use an entry. */
const unusedBy = {
  category: 'No rule leads to',
  step: 'No category and no rule asks for',
  list: 'No condition looks up',
};

/** What `policy check` warns of. */
export const messages = {
  nothingBlocks: defineMessage(
    'warn-nothing-blocks',
    ({ found }: Found) =>
      `The rule ${quoteExcerpt(found)} matches every setting and its category never blocks, so no change that reaches it is reviewed.`,
    'Name the settings that the rule is about, or give it a category that blocks.',
  ),
  advisoryGuard: defineMessage(
    'warn-advisory-guard',
    ({ found }: Found) => `The rule ${quoteExcerpt(found)} is a guard and advisory, so it never blocks.`,
    'Remove `enforcement: advisory` from the guard.',
  ),
  ignoresEverything: defineMessage(
    'warn-ignores-everything',
    ({ found }: Found) => `The glob ${quoteExcerpt(found)} matches every path, so no file is checked.`,
    'Write what is to be left out, for example `**/testdata/**`.',
  ),
  ignoresWatched: defineMessage(
    'warn-ignores-watched',
    ({ found }: Found) =>
      `The glob ${quoteExcerpt(found)} is under ignore as well, which wins, so it adds nothing to the watched files.`,
    'Remove the glob from `ignore` or from the list that it is in.',
  ),
  watchesNothing: defineMessage(
    'warn-watches-nothing',
    'The policy watches no file, so every change passes.',
    'Add globs to `watch`, or `documents`.',
  ),
  labelShared: defineMessage(
    'warn-label-shared',
    ({ found, others }: { found: string; others: string }) =>
      `The label ${quoteExcerpt(found)} clears several categories at once: ${others}.`,
    'Give each category a label of its own where different people decide.',
  ),
  selfApproval: defineMessage(
    'warn-self-approval',
    ({ found }: Found) =>
      `Authors of a change can approve it themselves: not-author is false for ${quoteExcerpt(found)}.`,
    'Remove `not-author: false`.',
  ),
  lowRole: defineMessage(
    'warn-low-role',
    ({ found, role }: { found: string; role: string }) =>
      `Everyone with the role ${role} can approve with ${quoteExcerpt(found)}; in a public repository that may be everyone.`,
    'Ask for `write` or more, or name users and teams.',
  ),
  noApprovers: defineMessage(
    'warn-no-approvers',
    ({ found }: Found) =>
      `The approvers of ${quoteExcerpt(found)} are an empty list, which means everyone with write access.`,
    'Name users or teams, or a role.',
  ),
  ownersIncluded: defineMessage(
    'warn-owners-included',
    ({ found, role }: { found: string; role: string }) =>
      `Everyone with the role ${role} can approve with ${quoteExcerpt(found)}, so codeowners adds no approver: code owners need write access.`,
    'Remove `role` if only code owners may approve, or remove `codeowners`.',
  ),
  tooFewApprovers: defineMessage(
    'warn-too-few-approvers',
    ({ found, people, approvals }: { found: string; people: number; approvals: number }) =>
      `${quoteExcerpt(found)} needs the approval of ${approvals} people and names ${people}, so it is never complete.`,
    'Name more people, a team or a role, or lower `approvals`.',
  ),
  noTeamToken: defineMessage(
    'warn-no-team-token',
    ({ found }: Found) =>
      `No workflow of the gate sets the input team-token, so labels from members of ${quoteExcerpt(found)} do not count.`,
    "Set the input `team-token` in the gate's workflow: GitHub reports the members of a team only to such a token. `policy check` looks at the workflows in `.github/workflows`.",
  ),
  leadTimeZero: defineMessage(
    'warn-lead-time-zero',
    'The longest lead time is 0, so the change can go live on the day of the request.',
    'Write the published time, or leave the lead time out where none is published.',
  ),
  noSteps: defineMessage(
    'warn-no-steps',
    ({ found }: Found) => `${quoteExcerpt(found)} asks for no step, although what it changes asked for some.`,
    'Keep the steps that are required.',
  ),
  deadRule: defineMessage(
    'warn-dead-rule',
    ({ found, others }: { found: string; others: string }) =>
      `The rule ${quoteExcerpt(found)} never decides: ${others} before it match everything that it matches.`,
    'Move the rule up with `before`, narrow the rules before it, or remove it.',
  ),
  shadows: defineMessage(
    'warn-shadows',
    ({ found, count, others }: { found: string; count: number; others: string }) =>
      `The rule ${quoteExcerpt(found)} matches everything that ${count} later rules match, so they never decide: ${others}${count > others.split(', ').length ? ' and others' : ''}.`,
    'Narrow the rule, or place it later with `before`.',
  ),
  noFamily: defineMessage(
    'warn-no-family',
    'Keys of this document that no setting names can change unseen.',
    'Add a family for the rest: an id such as `other.*` that reads every entry of the root, with `type: any`.',
  ),
  guardMissing: defineMessage(
    'warn-guard-missing',
    ({ found }: Found) =>
      `No rule is about ${found}, so only the last rule decides such a change, or one that does not block.`,
    'Add a rule with `guard: true` and a category that blocks. `go-live-gate policy new` prints all of them.',
  ),
  impossibleRule: defineMessage(
    'warn-impossible-rule',
    ({ found }: Found) =>
      `The rule ${quoteExcerpt(found)} matches no change, because its conditions exclude each other.`,
    'An added value has no `before`, a removed one has no `after`, and only a setting with `grants: true` can widen or narrow.',
  ),
  unused: defineMessage(
    'warn-unused',
    ({ kind, found }: { kind: keyof typeof unusedBy; found: string }) =>
      `${unusedBy[kind]} the ${kind} ${quoteExcerpt(found)}.`,
    'Name it in a rule or category, or remove it.',
  ),
  samePlace: defineMessage(
    'warn-same-place',
    ({ found, other }: { found: string; other: string }) =>
      `The settings ${quoteExcerpt(other)} and ${quoteExcerpt(found)} read the same place, so one edit makes two changes.`,
    'Remove one of the settings, or correct its path.',
  ),
  readTwice: defineMessage(
    'warn-read-twice',
    ({ found, files }: { found: string; files: string }) =>
      `Two documents read ${quoteExcerpt(found)} from ${quoteExcerpt(files)}, so one edit makes two changes.`,
    'Merge the documents, or tell them apart by `files` or `requires`.',
  ),
  globBrackets: defineMessage(
    'warn-glob-brackets',
    ({ found }: Found) =>
      `Brackets in the glob ${quoteExcerpt(found)} are matched as they are written; they are not a choice of characters.`,
    'Write `{a,b}` for a choice. Keep the brackets where folders are named so.',
  ),
  globName: defineMessage(
    'warn-glob-name',
    ({ found }: Found) => `The glob ${quoteExcerpt(found)} matches one file of that name, not the files in a folder.`,
    'End it with `/**` if it is a folder.',
  ),
};

/** What a guard is about. */
export const words = {
  secret: 'secrets that are added',
  unreadable: 'files that cannot be read',
  governance: 'the policy and the workflow of the gate',
  removed: 'documents that are removed',
  unresolved: 'values in another form than the policy expects',
};
