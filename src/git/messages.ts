/** Failures of git and of the file system. */
import { defineMessage } from '../model/messages.ts';

/** Errors of this folder. */
export const messages = {
  gitNotRun: defineMessage(
    'git-not-run',
    'git could not be run. Install git, or compare two folders instead of refs.',
    'Install `git`, or compare two folders.',
  ),
  gitFailed: defineMessage(
    'git-failed',
    ({ failure }: { failure: string }) => `git ${failure}`,
    'The message quotes the error of `git`. Run the same command in the repository to see it.',
  ),
  ambiguousRevision: defineMessage(
    'ambiguous-revision',
    ({ name }: { name: string }) =>
      `"${name}" is both a folder and a git ref. Write ./${name} for the folder, or refs/heads/${name} for the branch.`,
    'Write `./name` for the folder, or `refs/heads/name` for the branch.',
  ),
  unknownRevision: defineMessage(
    'unknown-revision',
    ({ name }: { name: string }) =>
      `"${name}" is neither a folder nor a git ref of this repository. Fetch it first, or check the spelling.`,
    'Check the spelling. In a shallow clone, fetch the ref first: `git fetch origin main`.',
  ),
  repositoryMissing: defineMessage(
    'repository-missing',
    ({ folder }: { folder: string }) => `There is no folder ${folder}. Pass the folder of a repository with --repo.`,
    'Correct the path of `--repo`.',
  ),
  notARepository: defineMessage(
    'not-a-repository',
    ({ name, folder }: { name: string; folder: string }) =>
      `"${name}" is not a folder, and ${folder} is not in a git repository. Pass a repository with --repo, or compare two folders.`,
    'A git ref needs a repository. Run the command in it, pass its folder with `--repo`, or compare two folders.',
  ),
  repositoryNotTrusted: defineMessage(
    'repository-not-trusted',
    ({ place }: { place: string }) =>
      `git does not read ${place}, because another user owns it. If you trust it, run: git config --global --add safe.directory ${place}`,
    'Git does not read the repositories of other users, which often happens in containers. Trust it with `git config --global --add safe.directory <folder>`, or run as its owner.',
  ),
  noWorkingTree: defineMessage(
    'no-working-tree',
    ({ repository }: { repository: string }) =>
      `${repository} has no working tree to review. Name both revisions: --base <ref> --head <ref>.`,
    'A bare repository has no working tree. Name the head too: `--base main --head my-branch`.',
  ),
  fileUnreadable: defineMessage(
    'file-unreadable',
    ({ path, reason }: { path: string; reason: string }) =>
      `${path} could not be read (${reason}), so nothing was decided. Make it readable for this user.`,
    'The operating system does not allow the command to read a file or folder. Change its permissions for the user that runs the command.',
  ),
  noCommonAncestor: defineMessage(
    'no-common-ancestor',
    ({ base }: { base: string }) =>
      `git finds no common ancestor of "${base}" and the head. Fetch the full history (git fetch --unshallow), or name two folders.`,
    'The revisions have separate histories, or a shallow clone ends before their common ancestor. In a shallow clone, run `git fetch --unshallow`. Otherwise, compare two folders.',
  ),
  packageIncomplete: defineMessage(
    'package-incomplete',
    ({ path }: { path: string }) => `The file ${path} of the program is missing. Install the program again.`,
    'Install the program again, or check out the whole repository of the action.',
  ),
};

/** Why a file is not read, as the review shows it. */
export const words = {
  notRegularFile: 'It is a symbolic link or another special file, which the gate does not read.',
};
