/** What `init` cannot do, and what to do instead. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of the command. */
export const messages = {
  initNoFolder: defineMessage(
    'init-no-folder',
    ({ folder }: { folder: string }) => `${folder} is no folder. Name the repository with --repo <folder>.`,
    "`--repo` of `init` names no folder. Run it in the repository's root, or name that.",
  ),
  initNoRepository: defineMessage(
    'init-no-repository',
    ({ folder }: { folder: string }) =>
      `${folder} is not in a git repository, so all of its files were searched. GitHub reads the workflow at the root of a repository only: run git init first, or name the repository with --repo.`,
    'A warning: the files were written, but the folder is not in a git repository. GitHub reads workflows at the root of a repository only. Run `init` there, or name it with `--repo`.',
  ),
  initBadAction: defineMessage(
    'init-bad-action',
    ({ found }: { found: string }) => `"${found}" is no action. Write it like --action owner/name@<full commit SHA>.`,
    'Write the action as `owner/name@` and the full commit SHA.',
  ),
};
