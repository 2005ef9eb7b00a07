/** Files that cannot be compared, and policies that cannot be used: why, and what to do. */
import { defineMessage } from '../model/messages.ts';
import type { PolicyProblem } from '../policy/load.ts';

/** Errors and findings of the review itself. */
export const messages = {
  unrecognized: defineMessage(
    'file-unrecognized',
    ({ path }: { path: string }) =>
      `The policy watches ${path}, and no reader and no document of the policy takes its content.`,
    'Declare the file under `documents`, or give the keys of `requires` that it lacks. Narrow `watch` or `files`, or say `otherwise: nothing` or `unrecognized: nothing`, where such files belong to another product.',
  ),
  noReader: defineMessage(
    'no-reader',
    ({ path }: { path: string }) =>
      `The policy watches ${path}, but no reader knows this kind of file. Classify it by hand, or narrow the policy's watch globs.`,
    'The policy watches the path, but no reader knows this kind of file. Narrow the globs of `watch`, or classify by hand.',
  ),
  gitLfsPointer: defineMessage(
    'git-lfs-pointer',
    'It is a pointer of Git LFS: the content is kept elsewhere and could not be looked at.',
    "The repository holds a pointer of Git LFS in place of the file, so the commit does not show what it contains. Configuration is small text: take the path out of `.gitattributes`' LFS patterns and commit the file itself.",
  ),
  unreadableHead: defineMessage(
    'unreadable-head',
    ({ message }: { message: string }) => `The new version cannot be read: ${message}`,
    'The new version cannot be read; the second half of the message says why.',
  ),
  unreadableBase: defineMessage(
    'unreadable-base',
    ({ message }: { message: string }) => `The version before the change cannot be read: ${message}`,
    'The version before the change cannot be read. A pull request that only fixes it needs the label once.',
  ),
  referencesTooLong: defineMessage(
    'references-too-long',
    ({ limit }: { limit: number }) =>
      `Files refer to each other in more than ${limit} steps, so what the change means cannot be determined. Shorten the chain of includes or parents, or have a person classify the change.`,
    'A chain of includes, filters or parents is longer than any application loads. Shorten it, or have a person classify the change.',
  ),
  listedButAbsent: defineMessage(
    'listed-but-absent',
    'It is in the list of changed files, but was not handed out as a file.',
    'GitHub lists the file as changed but did not hand it out (a submodule, or an answer that lags behind). What changed in it is not known, so it is classified by hand; run again if it is an ordinary file.',
  ),
  policyTwice: defineMessage(
    'policy-twice',
    ({ path, twin }: { path: string; twin: string }) =>
      `There are two policies, ${path} and ${twin}. Remove one of them.`,
    'The policy may be called `.github/go-live.yml` or `.github/go-live.yaml`, but not both, because it would not be clear which one decides. Remove one of them.',
  ),
  policyMisnamed: defineMessage(
    'policy-misnamed',
    ({ path, expected }: { path: string; expected: string }) =>
      `${path} is not read as the policy because of its name. Rename it to ${expected}.`,
    'A file has almost the name of the policy. Only `.github/go-live.yml` and `.github/go-live.yaml` are read: rename the file, or name it with `--policy` and the input `policy`.',
  ),
  policyUnreadable: defineMessage(
    'policy-unreadable',
    ({ reason }: { reason: string }) => `The policy cannot be read. ${reason}`,
    'The policy exists but could not be read at the base (too large, no text, or no file). Nothing is decided without it: fix it on the base branch.',
  ),
  sharedUnreadable: defineMessage(
    'shared-policy-unreadable',
    ({ name, reason }: { name: string; reason: string }) =>
      `The policy extends ${name}, which cannot be read.${reason === '' ? ' It is not there, or the token may not see it.' : ` ${reason}`}`,
    'Check owner, repository, path and commit. The job reads it with its own token: the other repository is public, or the token may read it.',
  ),
  sharedChain: defineMessage(
    'shared-policy-chain',
    ({ name, limit }: { name: string; limit: number }) =>
      `More than ${limit} policies of other repositories extend each other; ${name} is not read.`,
    'Extend the last policy of the chain directly.',
  ),
  policyInvalid: defineMessage(
    'policy-invalid',
    ({ problems }: { problems: readonly PolicyProblem[] }) =>
      problems
        .map(({ place, message }) => `${place.file}:${place.line ?? 1}:${place.column ?? 1}: ${message}`)
        .join('\n'),
    'The policy has mistakes; each is named with file, line and column. Look the ids up under [Policy](#policy), fix them on the base branch, and try with `go-live-gate policy check`.',
  ),
  mention: defineMessage(
    'mention',
    ({ marks, lines }: { marks: string; lines: string }) =>
      `No reader knows this file. It mentions ${marks} in ${lines}.`,
    "Changed lines of a file that no reader claims contain a mark of the policy's `sweep`. Someone who knows the application says what they mean, or the policy on the base branch lists the file under `sweep.exempt`.",
  ),
  notSwept: defineMessage(
    'not-swept',
    ({ count }: { count: number }) =>
      `${count} changed files were not searched: the list of changes has no lines of them, and they are too many to read. The report lists them.`,
    'GitHub shows no lines of binary files, of very large changes and of 3,000 files or more. Split the pull request, or list files that cannot matter under `sweep.exempt` in the policy on the base branch.',
  ),
};

/** Most names or lines in one sentence. */
const MOST_NAMED = 5;

function list(all: readonly (string | number)[]): string {
  const different = [...new Set(all)];
  const more = different.length > MOST_NAMED ? ` and ${different.length - MOST_NAMED} more` : '';
  return `${different.slice(0, MOST_NAMED).join(', ')}${more}`;
}

/** Notes that appear with a change, and wording of what was searched. */
export const words = {
  submodule: 'The submodule moves to another commit of its repository, whose files are not looked at.',
  submoduleSources: 'Where a submodule comes from changes. The files of its repository are not looked at.',
  workflowFile: 'The policy names this file as a part of sign-up or consent. It is compared by its content only.',
  renamedAway: (before: string) =>
    `The file was called ${before}. An application that loads it by that name does not find it any more.`,
  keyStore: 'key store',
  noLines: 'the list of changes has no lines of it, and too many files are like that',
  noSweep: 'the policy has no sweep',
  mentioned: list,
  lines: (head: readonly number[], base: readonly number[]): string =>
    [
      ...(head.length === 0 ? [] : [`${new Set(head).size === 1 ? 'line' : 'lines'} ${list(head)}`]),
      ...(base.length === 0 ? [] : [`removed ${new Set(base).size === 1 ? 'line' : 'lines'} ${list(base)}`]),
    ].join(' and '),
};
