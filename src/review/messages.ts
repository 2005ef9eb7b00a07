/** Files that cannot be compared, and policies that cannot be used: why, and what to do. */
import { defineMessage } from '../model/messages.ts';
import type { PolicyProblem } from '../policy/load.ts';

/** Errors and findings of the review itself. */
export const messages = {
  unrecognized: defineMessage(
    'file-unrecognized',
    ({ path }: { path: string }) =>
      `The policy watches ${path}, and no reader and no document of the policy takes its content.`,
    "Declare the file under `documents`, or give the keys of `requires` that it lacks. Narrow `watch` or `files`, or say `otherwise: nothing` or `unrecognized: nothing`, where such files are somebody else's.",
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
    "The repository holds a pointer of Git LFS in place of the file, so nobody who reads the commit can tell what it says. Configuration is small text: take the path out of `.gitattributes`' LFS patterns and commit the file itself.",
  ),
  unreadableHead: defineMessage(
    'unreadable-head',
    ({ message }: { message: string }) => `The new version cannot be read: ${message}`,
    'The new version cannot be read; the second half of the message says why.',
  ),
  unreadableBase: defineMessage(
    'unreadable-base',
    ({ message }: { message: string }) => `The version before the change cannot be read: ${message}`,
    'The version before the change cannot be read. A pull request that only mends it needs the label once.',
  ),
  listedButAbsent: defineMessage(
    'listed-but-absent',
    'It is in the list of changed files, but was not handed out as a file.',
    'GitHub lists the file as changed but did not hand it out (a submodule, or an answer that lags behind). Nobody can tell what changed in it, so it is classified by hand; run again if it is an ordinary file.',
  ),
  policyUnreadable: defineMessage(
    'policy-unreadable',
    ({ reason }: { reason: string }) => `The policy cannot be read. ${reason}`,
    'The policy exists but could not be read at the base (too large, no text, or no file). Nothing is decided without it: mend it on the base branch.',
  ),
  policyInvalid: defineMessage(
    'policy-invalid',
    ({ problems }: { problems: readonly PolicyProblem[] }) =>
      problems
        .map(({ place, message }) => `${place.file}:${place.line ?? 1}:${place.column ?? 1}: ${message}`)
        .join('\n'),
    'The policy has mistakes; each is named with file, line and column. Look the ids up under [Policy](#policy), mend them on the base branch, and try with `go-live-gate policy check`.',
  ),
};

/** Notes that appear with a change. */
export const words = {
  renamedAway: (before: string) =>
    `The file was called ${before}. An application that loads it by that name does not find it any more.`,
};
