/** Reasons why a report cannot be verified, and how to fix them. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of the command. */
export const messages = {
  reportNotFound: defineMessage(
    'report-not-found',
    ({ file }: { file: string }) => `There is no readable report at ${file}. Correct the path.`,
    "Correct the path. The action's output `report` contains the path of its report.",
  ),
  notAReport: defineMessage(
    'not-a-report',
    ({ file, why }: { file: string; why: string }) =>
      `${file} is not a report of the gate: ${why}. Pass the file that the action's report output names, or what check --format json printed.`,
    'The file is other JSON, or incomplete. Pass the report that `check --format json` printed or the action wrote.',
  ),
  reportWithoutCommits: defineMessage(
    'report-without-commits',
    'The report compares folders or a working tree, so it names no commits to recompute it from. Create a report between two refs: check --base <ref> --head <ref> --format json.',
    'A report of folders or of the working tree cannot be recomputed later. Create a report between two refs.',
  ),
  commitMissing: defineMessage(
    'commit-missing',
    ({ commit, role, repository }: { commit: string; role: 'base' | 'head' | 'policy'; repository: string }) =>
      `The commit ${commit}, which the report names as its ${role}, is not in ${repository}. Fetch it (git fetch origin ${commit}), or pass the repository with --repo.`,
    'Fetch the commit, or pass another clone with `--repo`.',
  ),
  reportPolicyMissing: defineMessage(
    'report-policy-missing',
    ({ source, commit, path }: { source: string; commit: string; path: string }) =>
      `Nothing was compared, because commit ${commit} does not contain the report's policy ${source} as a readable file ${path}. Fetch the commit, or pass the right clone with --repo.`,
    'Fetch the commit that the report names for its policy, or pass the clone that contains it with `--repo`.',
  ),
  reportPolicyUnnamed: defineMessage(
    'report-policy-unnamed',
    ({ source }: { source: string }) =>
      `The report names the policy ${source}, but no commit that contains it. Name the file: verify <report.json> --policy <file>.`,
    'The policy of the report was not committed. Name the file with `--policy`.',
  ),
};
