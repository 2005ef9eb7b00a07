/** Reports that cannot be verified: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of the command. */
export const messages = {
  reportNotFound: defineMessage(
    'report-not-found',
    ({ file }: { file: string }) => `There is no readable file at ${file}.`,
    "There is no readable file at the path. The action's output `report` has the path of its own.",
  ),
  notAReport: defineMessage(
    'not-a-report',
    ({ file, why }: { file: string; why: string }) =>
      `${file} is not a report of the gate: ${why}. Pass the file that the action's report output names, or what check --format json printed.`,
    'The file is not a report of the gate (another JSON, or cut off). Take the one that `check --format json` printed or the action wrote.',
  ),
  reportWithoutCommits: defineMessage(
    'report-without-commits',
    'The report was made of folders or of a working tree, so there are no commits to recompute it from. Make one between two refs: check --base <ref> --head <ref> --format json.',
    'A report of folders or of the working tree cannot be recomputed later. Make one between two refs.',
  ),
  commitMissing: defineMessage(
    'commit-missing',
    ({ commit, role, repository }: { commit: string; role: 'base' | 'head' | 'policy'; repository: string }) =>
      `The commit ${commit}, which the report names as its ${role}, is not in ${repository}. Fetch it (git fetch origin ${commit}), or name the repository with --repo.`,
    'The repository lacks a commit that the report names. Fetch it, or name another clone with `--repo`.',
  ),
  reportPolicyMissing: defineMessage(
    'report-policy-missing',
    ({ source, commit, path }: { source: string; commit: string; path: string }) =>
      `The report's policy ${source} is not there: commit ${commit} holds no readable file ${path}. Nothing was compared.`,
    'The commit that the report took its policy from holds no readable policy there, so nothing was compared. Fetch that commit, or use the right clone.',
  ),
  reportPolicyUnnamed: defineMessage(
    'report-policy-unnamed',
    ({ source }: { source: string }) =>
      `The report was made with the policy ${source}, which names no commit. Name the file: verify <report.json> --policy <file>.`,
    "The report's policy came from no commit. Name the file with `--policy`.",
  ),
};
