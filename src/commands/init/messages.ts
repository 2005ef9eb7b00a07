/** Reasons why `init` fails, and how to fix them. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of the command. */
export const messages = {
  initNoFolder: defineMessage(
    'init-no-folder',
    ({ folder }: { folder: string }) =>
      `${folder} is not a folder. Pass the folder of the repository with --repo <folder>.`,
    'Run `init` in the root of the repository, or pass its folder with `--repo`.',
  ),
  initNoRepository: defineMessage(
    'init-no-repository',
    ({ folder }: { folder: string }) =>
      `${folder} is not in a git repository, so all of its files were searched. GitHub reads workflows only at the root of a repository. Run git init first, or pass the repository with --repo.`,
    'The files were written, but GitHub reads workflows only at the root of a repository. Run `init` there, or pass its folder with `--repo`.',
  ),
  initUnknownPolicy: defineMessage(
    'init-unknown-policy',
    ({ found, known }: { found: string; known: string }) =>
      `There is no built-in policy "${found}". Use one of: ${known}.`,
    'Pass the name of a built-in policy to `init --policy`. For another platform, `go-live-gate policy new` writes a policy to start from.',
  ),
  initSeveralPolicies: defineMessage(
    'init-several-policies',
    ({ fitting }: { fitting: string }) =>
      `Several built-in policies fit the files of the repository: ${fitting}. Name one with --policy.`,
    "A team's policy extends one built-in policy. Name it with `--policy`.",
  ),
  initBadAction: defineMessage(
    'init-bad-action',
    ({ found }: { found: string }) => `"${found}" is not a valid action. Write --action owner/name@<full commit SHA>.`,
    'Write the action as `owner/name@` with the full commit SHA.',
  ),
};
