/** What `init` cannot do, and what to do instead. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of the command. */
export const messages = {
  initNoFolder: defineMessage(
    'init-no-folder',
    ({ folder }: { folder: string }) => `${folder} is not a folder. Name the repository with --repo <folder>.`,
    "`--repo` of `init` names no folder. Run it in the repository's root, or name that.",
  ),
  initNoRepository: defineMessage(
    'init-no-repository',
    ({ folder }: { folder: string }) =>
      `${folder} is not in a git repository, so all of its files were searched. GitHub reads the workflow at the root of a repository only: run git init first, or name the repository with --repo.`,
    'A warning: the files were written, but the folder is not in a git repository. GitHub reads workflows at the root of a repository only. Run `init` there, or name it with `--repo`.',
  ),
  initUnknownPolicy: defineMessage(
    'init-unknown-policy',
    ({ found, known }: { found: string; known: string }) =>
      `There is no built-in policy "${found}". Use one of: ${known}.`,
    '`init --policy` takes the name of a built-in policy. `go-live-gate policy new` writes a policy for another platform.',
  ),
  initSeveralPolicies: defineMessage(
    'init-several-policies',
    ({ fitting }: { fitting: string }) =>
      `Several built-in policies fit the files of the repository: ${fitting}. Name one with --policy.`,
    'A team policy extends one built-in policy. Name it with `--policy`.',
  ),
  initBadAction: defineMessage(
    'init-bad-action',
    ({ found }: { found: string }) =>
      `"${found}" is not an action. Write it like --action owner/name@<full commit SHA>.`,
    'Write the action as `owner/name@` and the full commit SHA.',
  ),
};
