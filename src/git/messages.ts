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
    ({ name }: { name: string }) =>
      `"${name}" is neither a folder nor a git ref of this repository. Fetch it first, or check the spelling.`,
    'Git does not know the ref. In a shallow clone, fetch it first: `git fetch origin main`.',
  ),
  repositoryMissing: defineMessage(
    'repository-missing',
    ({ folder }: { folder: string }) => `There is no folder ${folder}. Name an existing repository with --repo.`,
    '`--repo` names a folder that does not exist or is not a folder. Correct the path.',
  ),
  notARepository: defineMessage(
    'not-a-repository',
    ({ name, folder }: { name: string; folder: string }) =>
      `"${name}" is not a folder, and ${folder} is not in a git repository. Name a repository with --repo, or compare two folders.`,
    'A git ref was named outside of a git repository. Run the command in the repository, name it with `--repo`, or compare two folders.',
  ),
  repositoryNotTrusted: defineMessage(
    'repository-not-trusted',
    ({ place }: { place: string }) =>
      `git does not read ${place} because another user owns it. If you trust it, run: git config --global --add safe.directory ${place}`,
    'Git reads no repository that another user owns, which is usual in containers. Trust it with `git config --global --add safe.directory <folder>`, or run as its owner.',
  ),
  noWorkingTree: defineMessage(
    'no-working-tree',
    ({ repository }: { repository: string }) =>
      `${repository} has no working tree to review. Name both revisions: --base <ref> --head <ref>.`,
    'A bare repository has no working tree. Name the head as well: `--base main --head my-branch`.',
  ),
  fileUnreadable: defineMessage(
    'file-unreadable',
    ({ path, reason }: { path: string; reason: string }) =>
      `${path} could not be read (${reason}), so nothing was decided. Make it readable for this user.`,
    'The operating system refused to read a file or folder. Give the user that runs the command the right to read it.',
  ),
  noCommonAncestor: defineMessage(
    'no-common-ancestor',
    ({ base }: { base: string }) =>
      `git finds no common ancestor of "${base}" and the head. Fetch the full history (git fetch --unshallow), or name two folders.`,
    'The two revisions share no history, or a shallow clone cuts it off before their common ancestor. In a shallow clone run `git fetch --unshallow`; otherwise compare two folders.',
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
