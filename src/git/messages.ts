/** What fails on the way to local revisions: why, and what to do. */
import { defineMessage } from '../model/messages.ts';

/** Errors of this room. */
export const messages = {
  gitNotRun: defineMessage(
    'git-not-run',
    'git could not be run. Install git, or compare two folders instead of refs.',
    '`git` could not be started. Install it, or compare two folders.',
  ),
  gitFailed: defineMessage(
    'git-failed',
    ({ failure }: { failure: string }) => `git ${failure}`,
    '`git` failed with the words that the message quotes. Run the same command by hand in the repository.',
  ),
  ambiguousRevision: defineMessage(
    'ambiguous-revision',
    ({ name }: { name: string }) =>
      `"${name}" is both a folder and a git ref. Say ./${name} for the folder, or refs/heads/${name} for the branch.`,
    'The name is both a folder and a git ref. Write `./name` for the folder, or `refs/heads/name` for the branch.',
  ),
  unknownRevision: defineMessage(
    'unknown-revision',
    ({ name, inRepository }: { name: string; inRepository: boolean }) =>
      `"${name}" is neither a folder nor a git ref of this repository. ${
        inRepository
          ? 'Fetch it first, or check the spelling.'
          : 'There is no git repository here: name two folders, or use --repo.'
      }`,
    'Git does not know the ref. In a shallow clone, fetch it first: `git fetch origin main`.',
  ),
  noCommonAncestor: defineMessage(
    'no-common-ancestor',
    ({ base }: { base: string }) =>
      `git finds no common ancestor of "${base}" and the head. Fetch the full history (git fetch --unshallow), or name two folders.`,
    'The two revisions share no history, so there is no common base. In a shallow clone run `git fetch --unshallow`; else compare two folders.',
  ),
  packageIncomplete: defineMessage(
    'package-incomplete',
    ({ path }: { path: string }) => `The program's own file ${path} is missing. Install it again.`,
    "A file that ships with the program is missing. Install it again, or check out the action's whole repository.",
  ),
};

/** Why a file is not read, as the review shows it. */
export const words = {
  notRegularFile: 'It is a symbolic link or no regular file, which the gate does not follow.',
};
