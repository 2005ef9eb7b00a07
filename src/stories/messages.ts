/** Mistakes in stories, with their fixes; and the sentences that describe events. */
import { defineMessage } from '../model/messages.ts';

/** Errors of this folder. Most of them are the second half of `story-invalid`, after the place in the file. */
export const messages = {
  actionMissing: defineMessage(
    'action-missing',
    ({ path }: { path: string }) =>
      `There is no built action at ${path}. Run npm run build, or use a released version.`,
    '`simulate` runs the built action. Run `npm run build`, or use a released version.',
  ),
  invalid: defineMessage(
    'story-invalid',
    ({ place, problem }: { place: string; problem: string }) => `${place}: ${problem}`,
    'Fix the line in the message. [The messages of stories](#stories-of-simulate) explain the problem.',
  ),
  wrongType: defineMessage(
    'story-wrong-type',
    ({ expected }: { expected: string }) => `Expected ${expected} here.`,
    'Write a value of the expected kind.',
  ),
  unknownKey: defineMessage(
    'story-unknown-key',
    ({ key, keys }: { key: string; keys: string }) => `"${key}" is not a valid key here. Use one of: ${keys}.`,
    'Use one of the keys that the message lists.',
  ),
  missingKey: defineMessage(
    'story-missing-key',
    ({ key }: { key: string }) => `The key "${key}" is missing here. Add it.`,
    'Add the key.',
  ),
  unknownWord: defineMessage(
    'story-unknown-word',
    ({ word, words }: { word: string; words: string }) => `"${word}" is not a valid value. Use one of: ${words}.`,
    'Use one of the values that the message lists.',
  ),
  oneAction: defineMessage(
    'story-one-action',
    ({ keys }: { keys: string }) => `This step does not have exactly one action. Use one of: ${keys}.`,
    'Write one action in each step.',
  ),
  noPull: defineMessage(
    'story-no-pull',
    ({ number }: { number: number }) => `There is no pull request ${number} at this step. Open it in an earlier step.`,
    'Open the pull request in an earlier step.',
  ),
  notInFile: defineMessage(
    'story-not-in-file',
    ({ path }: { path: string }) => `${path} does not contain the text that this edit replaces. Correct from.`,
    'Write a text in `from` that the file contains at this step.',
  ),
  noFile: defineMessage(
    'story-no-file',
    ({ path }: { path: string }) => `There is no readable file ${path} next to the story. Add it.`,
    'Add the file to the folder of the story.',
  ),
  noComment: defineMessage(
    'story-no-comment',
    'The gate has not written a comment before this step. Move the step down.',
    'Move the step after one in which the gate writes its comment.',
  ),
  noStep: defineMessage(
    'story-no-step',
    ({ step }: { step: string }) =>
      `The gate's comment does not contain the step ${step}. Use a step of its checklist.`,
    'Use a step that the comment lists.',
  ),
  noEvent: defineMessage(
    'story-no-event',
    'There is no earlier run to repeat. Move the step down.',
    'Move the step after one that runs the gate.',
  ),
  impossible: defineMessage(
    'story-impossible',
    ({ reason }: { reason: string }) => `GitHub would reject this step: ${reason}. Correct the step.`,
    'Correct the step. The message contains the reason.',
  ),
};

/** A person's action on a pull request. */
interface OnPull {
  readonly by: string;
  readonly pull: number;
}

/** The events at a step, and the gate's answers. */
export const words = {
  open: ({ by, pull, title }: OnPull & { title: string }) => `${by} opens pull request ${pull}: ${title}.`,
  push: ({ by, pull, files }: OnPull & { files: string }) => `${by} pushes to pull request ${pull}: ${files}.`,
  forcePush: ({ by, pull }: OnPull) => `${by} force-pushes to pull request ${pull}.`,
  addLabels: (by: string, labels: readonly string[]) => `${by} adds the label ${labels.join(', ')}.`,
  removeLabels: (by: string, labels: readonly string[]) => `${by} removes the label ${labels.join(', ')}.`,
  review: {
    approve: ({ by, pull }: OnPull) => `${by} approves pull request ${pull} in a review.`,
    'request-changes': ({ by, pull }: OnPull) => `${by} requests changes to pull request ${pull} in a review.`,
    comment: ({ by, pull }: OnPull) => `${by} comments on pull request ${pull} in a review.`,
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
  renameLabel: (from: string, to: string) => `The label ${from} is renamed to ${to}.`,
  deleteLabel: (label: string) => `The label ${label} is deleted.`,
  deleteAccount: (login: string) => `The account ${login} is deleted.`,
  status: ({ by, context, state, times }: { by: string; context: string; state: string; times: number }) =>
    `${by} sets the status ${context} to ${state}${times === 1 ? '' : `, ${times} times`}.`,
  base: 'The base branch gets a new commit.',
  branch: (branch: string) => `The branch ${branch} gets a new commit.`,
  retarget: ({ by, pull, base }: OnPull & { base: string }) =>
    `${by} changes the base of pull request ${pull} to ${base}.`,
  'update-branch': ({ by, pull }: OnPull) => `${by} merges the base into pull request ${pull}.`,
  rebase: ({ by, pull }: OnPull) => `${by} rebases pull request ${pull}.`,
  reopen: ({ by, pull }: OnPull) => `${by} reopens pull request ${pull}.`,
  close: ({ by, pull }: OnPull) => `${by} closes pull request ${pull}.`,
  lock: (by: string, off: boolean) => `${by} ${off ? 'unlocks' : 'locks'} the conversation.`,
  staleLists: (pull: number, off: boolean) =>
    off
      ? `GitHub's lists of pull request ${pull} are current again.`
      : `GitHub's lists of pull request ${pull} are outdated from now on.`,
  merge: ({ by, pull }: OnPull) => `${by} merges pull request ${pull}.`,
  'delete-fork': ({ by, pull }: OnPull) => `${by} deletes the fork of pull request ${pull}.`,
  mergeQueue: (pulls: readonly number[]) =>
    `The merge queue takes ${pulls.map((number) => `pull request ${number}`).join(', ')}.`,
  dispatch: (by: string, pulls: string) => `${by} starts the gate for: ${pulls}.`,
  schedule: 'The gate runs on its schedule.',
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
    `NOT AS EXPECTED: ${what}: expected ${expected}, found ${actual}`,
  notUsed: (what: string): string => `NOT USED: ${what}: the gate sent no such request`,
  allAsExpected: (steps: number) => `${steps} steps, all as expected.`,
  notAllAsExpected: (wrong: number, checked: number) => `${wrong} of ${checked} expectations were not met.`,
  nothingExpected: (steps: number) => `${steps} steps, without an expectation.`,
};
