/** Mistakes in stories: why, and what to do; and the sentences that say what happened. */
import { defineMessage } from '../model/messages.ts';

/** Errors of this room. Most of them are the second half of `story-invalid`, behind the place in the file. */
export const messages = {
  actionMissing: defineMessage(
    'action-missing',
    ({ path }: { path: string }) =>
      `There is no built action at ${path}. Build it first, or play the story from a released version.`,
    '`simulate` plays the built action, and there is none. Run `npm run build`, or use a released version.',
  ),
  invalid: defineMessage(
    'story-invalid',
    ({ place, problem }: { place: string; problem: string }) => `${place}: ${problem}`,
    'The story is not of the expected form; the message names line and key. See [the messages of stories](#stories-of-simulate).',
  ),
  wrongType: defineMessage(
    'story-wrong-type',
    ({ expected }: { expected: string }) => `Expected ${expected} here.`,
    'Write a value of the kind that the message names.',
  ),
  unknownKey: defineMessage(
    'story-unknown-key',
    ({ key, keys }: { key: string; keys: string }) => `"${key}" is not known here. Known are: ${keys}.`,
    'The key is not known here; the message lists those that are.',
  ),
  missingKey: defineMessage(
    'story-missing-key',
    ({ key }: { key: string }) => `"${key}" is missing here.`,
    'Add the key.',
  ),
  unknownWord: defineMessage(
    'story-unknown-word',
    ({ word, words }: { word: string; words: string }) => `"${word}" is not one of: ${words}.`,
    'Take one of the words that the message lists.',
  ),
  oneAction: defineMessage(
    'story-one-action',
    ({ keys }: { keys: string }) => `A step has exactly one of: ${keys}.`,
    'One action for each step. Make two steps.',
  ),
  noPull: defineMessage(
    'story-no-pull',
    ({ number }: { number: number }) => `There is no pull request ${number} at this step.`,
    'Open the pull request in an earlier step.',
  ),
  notInFile: defineMessage(
    'story-not-in-file',
    ({ path }: { path: string }) => `${path} does not hold the text that this edit replaces.`,
    '`from` of an edit must occur in the file as it is at this step.',
  ),
  noFile: defineMessage(
    'story-no-file',
    ({ path }: { path: string }) => `${path} cannot be read: it should be beside the story.`,
    'Put the file beside the story.',
  ),
  noComment: defineMessage(
    'story-no-comment',
    'The gate has written no comment that could be edited.',
    'The gate has not commented yet at this step.',
  ),
  noStep: defineMessage(
    'story-no-step',
    ({ step }: { step: string }) => `The gate's comment has no box for the step ${step}.`,
    'Name a step that the comment lists.',
  ),
  noEvent: defineMessage(
    'story-no-event',
    'There is no earlier run that could be repeated.',
    'A run can be repeated only after a first one.',
  ),
  impossible: defineMessage(
    'story-impossible',
    ({ reason }: { reason: string }) => `This cannot be done here: ${reason}.`,
    'GitHub itself would refuse this; the message says why.',
  ),
};

/** What a person did to a pull request. */
interface OnPull {
  readonly by: string;
  readonly pull: number;
}

/** What happened at a step, and what the gate answered. */
export const words = {
  open: ({ by, pull, title }: OnPull & { title: string }) => `${by} opens pull request ${pull}: ${title}.`,
  push: ({ by, pull, files }: OnPull & { files: string }) => `${by} pushes to pull request ${pull}: ${files}.`,
  forcePush: ({ by, pull }: OnPull) => `${by} force-pushes to pull request ${pull}.`,
  addLabels: (by: string, labels: readonly string[]) => `${by} adds the label ${labels.join(', ')}.`,
  removeLabels: (by: string, labels: readonly string[]) => `${by} removes the label ${labels.join(', ')}.`,
  review: {
    approve: ({ by, pull }: OnPull) => `${by} approves pull request ${pull} in a review.`,
    'request-changes': ({ by, pull }: OnPull) => `${by} requests changes of pull request ${pull} in a review.`,
    comment: ({ by, pull }: OnPull) => `${by} reviews pull request ${pull} without an opinion.`,
  },
  dismiss: (by: string, of: string) => `${by} dismisses the review of ${of}.`,
  tick: (by: string, step: string) => `${by} ticks the step ${step}.`,
  untick: (by: string, step: string) => `${by} unticks the step ${step}.`,
  comment: (by: string) => `${by} comments.`,
  editComment: (by: string) => `${by} edits the gate's comment.`,
  deleteComment: (by: string) => `${by} deletes the gate's comment.`,
  deleteRevision: (by: string) => `${by} deletes a revision of the gate's comment from its history.`,
  describe: ({ by, pull }: OnPull) => `${by} edits the description of pull request ${pull}.`,
  role: (who: string, role: string) => `${who} has the role ${role} now.`,
  team: (team: string) => `The team ${team} changes.`,
  renameLabel: (from: string, to: string) => `The label ${from} is renamed ${to}.`,
  deleteLabel: (label: string) => `The label ${label} is deleted.`,
  deleteAccount: (login: string) => `The account ${login} is deleted.`,
  status: ({ by, context, state, times }: { by: string; context: string; state: string; times: number }) =>
    `${by} sets the status ${context} to ${state}${times === 1 ? '' : `, ${times} times`}.`,
  base: 'The base branch moves on.',
  branch: (branch: string) => `The branch ${branch} moves on.`,
  retarget: ({ by, pull, base }: OnPull & { base: string }) => `${by} points pull request ${pull} at ${base}.`,
  'update-branch': ({ by, pull }: OnPull) => `${by} merges the base into pull request ${pull}.`,
  rebase: ({ by, pull }: OnPull) => `${by} rebases pull request ${pull}.`,
  reopen: ({ by, pull }: OnPull) => `${by} reopens pull request ${pull}.`,
  close: ({ by, pull }: OnPull) => `${by} closes pull request ${pull}.`,
  lock: (by: string, off: boolean) => `${by} ${off ? 'unlocks' : 'locks'} the conversation.`,
  staleLists: (pull: number, off: boolean) =>
    off
      ? `GitHub's lists of pull request ${pull} are current again.`
      : `GitHub's lists of pull request ${pull} are not renewed for now.`,
  merge: ({ by, pull }: OnPull) => `${by} merges pull request ${pull}.`,
  'delete-fork': ({ by, pull }: OnPull) => `${by} deletes the fork of pull request ${pull}.`,
  mergeQueue: (pulls: readonly number[]) =>
    `The merge queue takes ${pulls.map((number) => `pull request ${number}`).join(', ')}.`,
  dispatch: (by: string, pulls: string) => `${by} starts the gate for: ${pulls}.`,
  schedule: 'The gate runs on schedule.',
  rerun: 'The last run is repeated.',
  event: (name: string) => `The event ${name} starts the gate.`,
  wait: (hours: number) => `${hours} hours pass.`,
  clock: (to: string) => `It is ${to}.`,
  gateDidNotRun: '(the gate does not run)',
  gateAnswer: ({ verdict, exit, status }: { verdict: string; exit: string; status: string }) =>
    `${verdict}, exit ${exit}; status ${status}`,
  categories: (categories: readonly string[]) => `categories: ${categories.join(', ')}`,
  missingLabels: (labels: readonly string[]) => `missing: ${labels.join(', ')}`,
  notCounted: ({ label, reason }: { label: string; reason: string }) => `not valid: ${label}. ${reason}`,
  gateComment: (comment: string) => `comment ${comment}`,
  notAsExpected: ({ what, expected, actual }: { what: string; expected: string; actual: string }) =>
    `NOT AS THE STORY SAYS: ${what} should be ${expected}, is ${actual}`,
  allAsExpected: (steps: number) => `${steps} steps, all as the story says.`,
  notAllAsExpected: (wrong: number, checked: number) => `${wrong} of ${checked} expectations were not met.`,
  nothingExpected: (steps: number) => `${steps} steps; the story expects nothing in particular.`,
};
