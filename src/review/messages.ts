/** Reasons why files cannot be compared or policies cannot be used, and how to fix them. */
import { defineMessage } from '../model/messages.ts';
import type { PolicyProblem } from '../policy/load.ts';

/** Errors and findings of the review itself. */
export const messages = {
  unrecognized: defineMessage(
    'file-unrecognized',
    ({ path }: { path: string }) =>
      `The policy watches ${path}, but no reader and no document of the policy matches its content. Declare it under documents, or narrow watch.`,
    'Declare the file under `documents`, or add the keys of `requires` that it lacks. If such files belong to another product, narrow `watch` or `files`, or set `otherwise: nothing` or `unrecognized: nothing`.',
  ),
  noReader: defineMessage(
    'no-reader',
    ({ path }: { path: string }) =>
      `The policy watches ${path}, but the gate has no reader for this kind of file. Ask a reviewer to classify it, or narrow the watch globs of the policy.`,
    'Narrow the globs of `watch`, or ask a reviewer to classify the change.',
  ),
  gitLfsPointer: defineMessage(
    'git-lfs-pointer',
    'It is a pointer of Git LFS, so the commit does not contain the content. Commit the file itself.',
    'Remove the path from the LFS patterns in `.gitattributes`, and commit the file itself. Configuration is small enough.',
  ),
  encrypted: defineMessage(
    'file-encrypted',
    'It is encrypted, so the gate cannot read the settings in it. Ask a reviewer to classify the change.',
    'A reviewer who can decrypt the file classifies the change. Encrypt only the passwords, and commit the other settings as text.',
  ),
  unreadableHead: defineMessage(
    'unreadable-head',
    ({ message }: { message: string }) => `The gate cannot read the file at the head: ${message}`,
    'The message contains the reason. Fix the file.',
  ),
  unreadableBase: defineMessage(
    'unreadable-base',
    ({ message }: { message: string }) => `The gate cannot read the file at the base: ${message}`,
    'Fix the file. The pull request that fixes it needs the label once.',
  ),
  referencesTooLong: defineMessage(
    'references-too-long',
    ({ limit }: { limit: number }) =>
      `Files refer to each other in more than ${limit} steps, so the gate cannot determine what changes. Shorten the chain of includes or parents, or ask a reviewer to classify the change.`,
    'Shorten the chain of includes, filters or parents, or ask a reviewer to classify the change.',
  ),
  listedButAbsent: defineMessage(
    'listed-but-absent',
    'GitHub lists the file as changed, but does not return it as a file. Run the gate again, or ask a reviewer to classify the change.',
    'It is a submodule, or the answer of GitHub is outdated. Run again if it is an ordinary file. Otherwise, a reviewer classifies the change.',
  ),
  policyTwice: defineMessage(
    'policy-twice',
    ({ path, twin }: { path: string; twin: string }) =>
      `The repository contains two policies, ${path} and ${twin}. Remove one of them.`,
    'The gate reads `.github/go-live.yml` or `.github/go-live.yaml`, and does not choose between two files. Remove one of them.',
  ),
  policyMisnamed: defineMessage(
    'policy-misnamed',
    ({ path, expected }: { path: string; expected: string }) =>
      `The gate does not read ${path} as the policy, because of its name. Rename it to ${expected}.`,
    'The gate reads only `.github/go-live.yml` and `.github/go-live.yaml`. Rename the file, or name it with `--policy` and the input `policy`.',
  ),
  policyUnreadable: defineMessage(
    'policy-unreadable',
    ({ reason }: { reason: string }) => `The gate cannot read the policy. ${reason}`,
    'The policy at the base is too large, or not a text file. Fix it on the base branch. The gate does not decide without it.',
  ),
  sharedUnreadable: defineMessage(
    'shared-policy-unreadable',
    ({ name, reason }: { name: string; reason: string }) =>
      `The policy extends ${name}, which the gate cannot read.${reason === '' ? ' It does not exist, or the token cannot read it.' : ` ${reason}`}`,
    "Check owner, repository, path and commit. The gate reads the file with the job's token, so the other repository must be public or readable for the token.",
  ),
  sharedChain: defineMessage(
    'shared-policy-chain',
    ({ name, limit }: { name: string; limit: number }) =>
      `More than ${limit} policies of other repositories extend each other, so ${name} is not read. Extend the last policy of the chain directly.`,
    'Extend the last policy of the chain directly.',
  ),
  policyInvalid: defineMessage(
    'policy-invalid',
    ({ problems }: { problems: readonly PolicyProblem[] }) =>
      problems
        .map(({ place, message }) => `${place.file}:${place.line ?? 1}:${place.column ?? 1}: ${message}`)
        .join('\n'),
    'Fix the mistakes on the base branch. The message lists file, line and column, and [Policy](#policy) explains the ids. `go-live-gate policy check` checks the result.',
  ),
  mention: defineMessage(
    'mention',
    ({ marks, lines }: { marks: string; lines: string }) =>
      `The gate has no reader for this file, and it mentions ${marks} in ${lines}. Ask a reviewer to decide what the change means.`,
    'Changed lines contain a mark of `sweep` in the policy. Ask a reviewer who knows the application, or list the file under `sweep.exempt` in the policy on the base branch.',
  ),
  notSwept: defineMessage(
    'not-swept',
    ({ count }: { count: number }) =>
      `The gate did not search ${count} changed files, because GitHub does not list their lines and they are too many to read. Split the pull request, or add the files in the report to sweep.exempt.`,
    'GitHub does not list lines of binary files, of very large changes and of more than 3,000 files. Split the pull request, or list files without configuration under `sweep.exempt` in the policy on the base branch.',
  ),
};

/** Most names or lines in one sentence. */
const MOST_NAMED = 5;

function list(all: readonly (string | number)[]): string {
  const different = [...new Set(all)];
  const more = different.length > MOST_NAMED ? ` and ${different.length - MOST_NAMED} more` : '';
  return `${different.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/** Notes that appear with a change, and the wording of the sweep. */
export const words = {
  submodule: 'The submodule moves to another commit. The gate does not read the files of its repository.',
  submoduleSources: 'The source of a submodule changes. The gate does not read the files of its repository.',
  folderLink: 'The symbolic link leads to another folder, so other files are at every path below it.',
  workflowFile: 'The policy names this file as a part of sign-up or consent. The gate compares only its content.',
  renamedAway: (before: string) =>
    `The file was renamed from ${before}. An application that loads the old name no longer finds it.`,
  keyStore: 'key store',
  noLines: 'GitHub does not list its changed lines, and too many files are like that',
  tooManyNested: 'too many changed files have settings below names that are outside of the changed lines',
  noSweep: 'the policy has no sweep',
  mentioned: list,
  lines: (head: readonly number[], base: readonly number[]): string =>
    [
      ...(head.length === 0 ? [] : [`${new Set(head).size === 1 ? 'line' : 'lines'} ${list(head)}`]),
      ...(base.length === 0 ? [] : [`removed ${new Set(base).size === 1 ? 'line' : 'lines'} ${list(base)}`]),
    ].join(' and '),
};
