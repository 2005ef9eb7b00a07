/** Sentences of the plan: why a label does not count or a push slot is impossible, and the wording of the rest. */
import { defineMessage } from '../model/messages.ts';
import type { QuestionAnswer } from '../model/policy.ts';

/** Errors, advice and refusals. */
export const messages = {
  nowNotAnInstant: defineMessage(
    'now-not-an-instant',
    ({ found }: { found: string }) =>
      `The evaluation time ${found} is not a valid instant. Write it as 2026-11-23T18:00:00Z, with the offset from UTC.`,
    'The same for a time that came from elsewhere: write it with date, time and offset.',
  ),
  planCategoryMissing: defineMessage(
    'plan-category-missing',
    ({ rule, category }: { rule: string; category: string }) =>
      `The rule ${rule} leads to the category ${category}, which the policy does not have.`,
    "A rule leads to a category that the policy lacks: a defect of the built-in policy, since a team's policy with this mistake is refused. Please report it.",
  ),
  slotNotUnderstood: defineMessage(
    'slot-not-understood',
    ({ zone }: { zone: string }) =>
      `The line was not understood. Write it as "Go-live: 2026-12-15 10:00": year-month-day and, if you like, the hour (${zone}).`,
    'Write `Go-live: 2026-12-15 10:00` (Pacific time; the hour may be left out).',
  ),
  slotNotNeeded: defineMessage(
    'slot-not-needed',
    ({ pusher }: { pusher: string }) => `Nothing in this change waits for a push${pusher}, so no slot is needed.`,
    'Nothing in the change waits for a push. Remove the line.',
  ),
  slotNotKnown: defineMessage(
    'slot-not-known',
    'Whether this change needs a push is not known before it is classified.',
    'Classify the change first.',
  ),
  slotPast: defineMessage('slot-past', 'The slot has passed.', 'The day is over. Name a later one.'),
  slotBeforeLeadTime: defineMessage(
    'slot-before-lead-time',
    ({ from }: { from: string }) => `The lead time ends on ${from} at the earliest.`,
    'The review cannot be done by then. Name the day in the message or a later one.',
  ),
  slotShortNotice: defineMessage(
    'slot-short-notice',
    ({ notice, sources, from }: { notice: string; sources: string; from: string }) =>
      `A push must be asked for ${notice} before (${sources}), so ${from} is the first day.`,
    'The push must be asked for some business days before. Name a later day.',
  ),
  slotWeekend: defineMessage('slot-weekend', 'Nothing is pushed on weekends.', 'Name a business day.'),
  slotHoliday: defineMessage(
    'slot-holiday',
    ({ holiday }: { holiday: string }) => `Nothing is pushed on a holiday (${holiday}).`,
    'Name another day.',
  ),
  slotHours: defineMessage(
    'slot-hours',
    ({ opens, closes, zone }: { opens: string; closes: string; zone: string }) =>
      `Pushes happen between ${opens} and ${closes} (${zone}).`,
    'Name an hour within the office hours of the policy, Pacific time.',
  ),
  slotUnpublished: defineMessage(
    'slot-unpublished',
    ({ waits }: { waits: string }) => `Waits without a published time come on top: ${waits}.`,
    'A step has no published time. Ask the contact, and name the day when it is known.',
  ),
  slotOpen: defineMessage(
    'slot-open',
    'The slot can be had only if the review is over by then; no longest time is published.',
    'No day is certain. Ask the contact, and name the day when it is known.',
  ),
  slotTight: defineMessage(
    'slot-tight',
    ({ sure }: { sure: string }) => `The slot can be had only if the review is quick; ${sure} or later is safe.`,
    'Possible only if the review is quick. The message names a safe day.',
  ),
  labelNoHistory: defineMessage(
    'label-no-history',
    "GitHub's timeline does not say who added this label and when. Remove it and add it again.",
    'The timeline does not name the user who added the label. Remove the label and add it again.',
  ),
  labelByGhost: defineMessage(
    'label-by-ghost',
    'The account that added it does not exist any more.',
    'The account does not exist any more. Another approver adds the label again.',
  ),
  labelByBot: defineMessage(
    'label-by-bot',
    ({ by }: { by: string }) => `${by} is a bot, and the policy does not name it.`,
    'Bots do not approve unless the policy names them under `users`.',
  ),
  labelByAuthor: defineMessage(
    'label-by-author',
    ({ by }: { by: string }) => `${by} added it and is an author of this change.`,
    'Authors of the change do not approve it: the opener, and the accounts behind every commit. Another approver adds it.',
  ),
  labelByPusher: defineMessage(
    'label-by-pusher',
    ({ by }: { by: string }) => `${by} pushed commits of this change and cannot approve it.`,
    'Every account that pushes a change is one of its authors, whatever its commits name. A merge of the base branch that brings nothing of the change does not count. Ask another approver.',
  ),
  labelByOther: defineMessage(
    'label-by-other',
    ({ by, role }: { by: string; role: string }) => `${by} cannot approve this: repository role ${role}.`,
    'The person lacks the role, and is not among the users and teams that the policy names.',
  ),
  labelByNoOwner: defineMessage(
    'label-by-no-owner',
    ({ by, file }: { by: string; file: string }) => `${by} added it and does not own ${file} by CODEOWNERS.`,
    'The policy asks for an owner of every file that the label is about, by `CODEOWNERS` on the base branch. Let such an owner add it.',
  ),
  labelTooFew: defineMessage(
    'label-too-few',
    ({ people, count, needed }: { people: string; count: number; needed: number }) =>
      `${count} of ${needed} approvals: ${people}. The others approve in a review.`,
    'The policy asks for the approval of several people (`approvals`). The label counts for the person who added it. Let other approvers submit an approving review.',
  ),
  reviewOutdated: defineMessage(
    'review-outdated',
    ({ by }: { by: string }) =>
      `${by} approved in a review of another head or base, or before the gate had published this change. Approve again.`,
    'A review counts only for the head that it was submitted for, and only if the gate had published the change before. After a push, review again.',
  ),
  labelRightsUnknown: defineMessage(
    'label-rights-unknown',
    ({ by }: { by: string }) => `${by} added it, but GitHub did not say which rights ${by} has now.`,
    'GitHub did not say what the person may. Run again.',
  ),
  labelTeamUnanswered: defineMessage(
    'label-team-unanswered',
    ({ by, team, why }: { by: string; team: string; why: string }) =>
      `${by} added it, but GitHub could not be asked whether ${by} is in ${team}: ${why}`,
    'Whether the person is in the team could not be asked. See [`no-team-token`](#no-team-token).',
  ),
  teamNotAsked: defineMessage(
    'team-not-asked',
    "the action's input team-token is missing, a token that may read the organization's members.",
    'The same as [`no-team-token`](#no-team-token), said beside a label.',
  ),
  labelBeforeFirst: defineMessage(
    'label-before-first',
    ({ by }: { by: string }) => `${by} added it before the gate had published this change. Remove it and add it again.`,
    'The label was added before the gate had published what changes. Read the comment, remove the label and add it again.',
  ),
  labelBeforeShown: defineMessage(
    'label-before-shown',
    ({ by, since }: { by: string; since: string }) =>
      `${by} added it before the gate had published this change (${since}).`,
    'The same, for a later evaluation.',
  ),
  labelForOther: defineMessage(
    'label-for-other',
    ({ by }: { by: string }) =>
      `${by} added it when another version of this change, or another base branch, may have been on the pull request.`,
    'The label was added while a push, a force-push or a change of the base had not been evaluated yet. The reviewer may have seen something else than what is there now. Add it again.',
  ),
  labelChangeMoved: defineMessage(
    'label-change-moved',
    ({ by }: { by: string }) => `${by} added it for an earlier version of this change.`,
    'The change has changed since. Read it again and add the label again.',
  ),
  breakGlassNoReason: defineMessage(
    'break-glass-no-reason',
    'The description has no line that says why: "Break-glass: the reason".',
    'Write a line `Break-glass: the reason` into the description.',
  ),
  breakGlassExpired: defineMessage(
    'break-glass-expired',
    ({ hours }: { hours: number }) => `It expired after ${hours} hours.`,
    'The emergency label expires after the hours in the policy. Get the usual approvals, or add it again.',
  ),
  authorWithoutAccount: defineMessage(
    'author-without-account',
    ({ count }: { count: number }) =>
      `Commit authors without a GitHub account: ${count}. Whether they added a label is not known.`,
    "A commit's author has no GitHub account, so an author might approve unseen. Let contributors set their commit e-mail.",
  ),
  waitUnpublished: defineMessage(
    'wait-unpublished',
    ({ waits }: { waits: string }) => `How long this takes is not published: ${waits}.`,
    'The plan contains a step without a published time. Ask the contact that the step names.',
  ),
  certificateExpired: defineMessage(
    'certificate-expired',
    ({ date }: { date: string }) => `This certificate expired on ${date}.`,
    'Register a certificate that is valid.',
  ),
  certificateNotYetValid: defineMessage(
    'certificate-not-yet-valid',
    ({ date }: { date: string }) => `This certificate is valid from ${date} on, which is after the earliest go-live.`,
    'The certificate starts after the earliest go-live. Plan the push later, or make a new one.',
  ),
  certificateExpiresBeforeGoLive: defineMessage(
    'certificate-expires-before-go-live',
    ({ date }: { date: string }) => `This certificate ends on ${date}, before the change could be live.`,
    'The certificate ends before the change can be live. Make a new one.',
  ),
};

/** The wording of the plan's answers. None of it is an error. */
export const words = {
  commandLine: 'command line',
  product: 'Go-live gate',
  platform: 'the platform',
  andMore: (named: string, rest: number) => `${named} and ${rest} more`,

  configuration: {
    yes: (_count: number, settings: string) => `Microsoft reviews and pushes these changes: ${settings}.`,
    no: 'No registered setting changes.',
  },
  workflow: {
    yesMore: (reason: string, more: number) => `${reason} Further changes that touch it: ${more}.`,
    hit: (files: string) => `The policy names ${files} as part of sign-up or consent.`,
    notConfigured: (files: string) =>
      `Not known, because the policy does not name the files of the sign-up pages (workflow) and other files change: ${files}.`,
    no: 'No change touches sign-up, sign-in or consent.',
  },
  unknown: (files: string) => `${files} could not be classified. Commit a version that the gate can read.`,
  unknownBlocked: (files: string) => `Not known while ${files} contains a secret. Remove the secret from the branch.`,
  deletedLabel: (files: string, label: string) =>
    `${files} was deleted, so the gate cannot read it. A reviewer decides and adds ${label}.`,
  unknownLabel: (files: string, label: string) =>
    `${files} could not be classified. Commit a version that the gate can read, or ask a reviewer to read the change and add ${label}.`,

  calendars: { 'us-federal': 'US federal holidays', none: 'the policy names no holidays' },
  holidaysAdded: (days: string) => `also ${days}`,
  holidaysRemoved: (days: string) => `but not ${days}`,
  businessDaysCounted: (start: string, zone: string, holidays: string) =>
    `Business days after ${start} (${zone}). Weekends and holidays do not count (${holidays}).`,
  holidaysMet: (days: string) => `Holidays in this time: ${days}.`,
  daysCounted: {
    days: (start: string, zone: string) => `Calendar days after ${start} (${zone}). Weekends and holidays count.`,
    hours: (start: string, zone: string) =>
      `Hours after ${start} (${zone}), rounded up to whole days. Weekends and holidays count.`,
  },
  noLongest: 'No longest time is published.',
  weeksCounted: (start: string, zone: string, holidays: string) =>
    `Weeks of 7 calendar days after ${start} (${zone}). Weekends and holidays count. No push happens on holidays (${holidays}).`,
  nextBusinessDay: (from: string, push: string) => `${from} is not a business day, so the next one counts: ${push}.`,

  slotMove: (next: string, zone: string) => `Ask for ${next} (${zone}) or later.`,
  slotPossible: 'Request the review today.',

  fileEvidence: (path: string) => `${path} also changes`,
  attestsPush: 'The change is in production.',
  askedForFile: (path: string) => `${path} changes`,
  settingEvidence: (title: string, file: string) => `${title} also changes in ${file}`,
  labelEvidence: (label: string, by: string) => `${by} added ${label}`,
  tickEvidence: (by: string, at: string) => `${by} ticked it on ${at}`,
  unknownPerson: 'unknown',

  approvers: {
    role: (role: string) => `users with ${role} access${role === 'admin' ? '' : ' or higher'}`,
    user: (user: string) => `@${user}`,
    team: (team: string) => `members of ${team}`,
    codeowners: 'code owners of all files with such a change',
    noFile: 'any changed file',
    nobody: 'none, because the policy names no approver for this label',
    notAuthor: 'not the authors of this change',
    several: (approvals: number) => `${approvals} different users, one by the label, the others by approving reviews`,
    byReview: 'an approving review counts as the label',
  },
  countsFrom: (approvers: string) => `Approvers: ${approvers}.`,

  pusher: ' by Microsoft',

  request: {
    ownSubject: 'Review of a change',
    answers: { yes: 'yes', no: 'no', unknown: '(please fill in)' } satisfies Record<QuestionAnswer, string>,
    subject: 'Review of a HealthVault application',
    subjectWithId: (id: string) => `Review of HealthVault application ${id}`,
    greeting: 'Hello, we ask for a review of the following changes.',
    greetingWithPush: 'Hello, we ask for a review of the following changes and for their push to production.',
    application: (ids: string) => `Application id: ${ids || '(please fill in)'}`,
    workflow: {
      yes: 'Sign-up workflow: changes',
      no: 'Sign-up workflow: does not change',
      unknown: 'Sign-up workflow: (please fill in)',
    } satisfies Record<QuestionAnswer, string>,
    slot: (slot: string, zone: string) => `Wanted push: ${slot} (${zone})`,
    noSlot: 'Wanted push: as soon as the review is done',
    changes: 'What changes:',
    documents: 'Documents attached:',
    document: (title: string, path: string | null) => `${title} (${path ?? 'please attach'})`,
    more: (rest: number) => `and ${rest} more`,
  },
};
