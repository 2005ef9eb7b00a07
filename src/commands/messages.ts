/** Errors of the command line. */
import { defineMessage } from '../model/messages.ts';

/** Operands that a command expects. */
export const usage = {
  explain:
    'explain takes one term: a rule, setting, key, category, label, step, source or message id. Name one, or none for the list.',
  policy:
    'policy needs one of its parts. Use go-live-gate policy new [<file>], go-live-gate policy check [<file>], go-live-gate policy test [--policy <file>] <folder>, or go-live-gate policy replay [<policy> [<other policy>]].',
  foreignOption: ({ name, other }: { name: string; other: string }) =>
    `policy ${name} does not have the option --${other}. See: go-live-gate policy --help`,
  simulate: 'simulate needs one story. Name it: go-live-gate simulate examples/first-review.yml',
  show: ({ show, known }: { show: string; known: string }) =>
    `"${show}" is not a valid value of --show. Use one of: ${known}.`,
  verify: 'verify needs one report. Name it: go-live-gate verify <report.json> [--repo <folder>]',
  options: ({ reason, command }: { reason: string; command: string }) =>
    `${reason}. See: go-live-gate ${command} --help`,
};

/** Descriptions of the labels that `labels` creates. */
export const labelDescriptions = {
  clears: (titles: string) => `Go-live gate: ${titles}`,
  glass: () => 'Go-live gate: emergency approval, needs a reason',
  evidence: (titles: string) => `Go-live gate: closes the step "${titles}"`,
};

/** The meaning of the operating system's error codes. */
const words = {
  reasons: {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'a part of the path is not a folder',
    EISDIR: 'it is a folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    EEXIST: 'it exists already',
    ENOSPC: 'no space is left',
  } as Readonly<Record<string, string | undefined>>,
};

/** Errors of the command line. */
export const messages = {
  unknownCommand: defineMessage(
    'unknown-command',
    ({ name, known }: { name: string; known: string }) => `There is no command "${name}". The commands are: ${known}.`,
    'Use one of the commands that `go-live-gate --help` lists.',
  ),
  wrongOption: defineMessage(
    'wrong-option',
    (sentence: string) => sentence,
    'An option or operand is unknown, lacks its value, or cannot be combined with another one. See `go-live-gate <command> --help`.',
  ),
  unknownFormat: defineMessage(
    'unknown-format',
    ({ name, known }: { name: string; known: string }) => `There is no format "${name}". Use one of: ${known}.`,
    'Pass one of the formats that the message lists to `--format`.',
  ),
  unknownTerm: defineMessage(
    'unknown-term',
    ({ term, nearest }: { term: string; nearest: string | null }) =>
      `There is no rule, setting, key, category, label, step, source or message "${term}". ${nearest === null ? 'Run go-live-gate explain for the list.' : `Did you mean ${nearest}?`}`,
    '`explain` takes the id of a rule, setting, category, step, source or message, a label of the policy, or a key of an SDK. Run it without an operand for the list.',
  ),
  noBase: defineMessage(
    'no-base',
    'The branch has no upstream branch to compare with. Name the base: --base <git ref or folder>.',
    '`check` compares two revisions. Without `--base`, the base is the upstream branch, or the default branch of the remote. Name the base: `--base main`, or a folder.',
  ),
  badTime: defineMessage(
    'bad-time',
    ({ text }: { text: string }) => `"${text}" is not a valid ISO 8601 time. Use a form like 2026-12-01T09:00:00Z.`,
    'Pass a date and time with the offset from UTC to `--now`, such as `2026-11-23T18:00:00Z`.',
  ),
  unknownLabel: defineMessage(
    'unknown-label',
    ({ label, nearest }: { label: string; nearest: string | null }) =>
      `The policy does not name the label "${label}", so it does not count. ${nearest === null ? 'go-live-gate labels --dry-run lists the labels of the policy.' : `Did you mean ${nearest}?`}`,
    'Check the spelling of `--label`. `go-live-gate labels --dry-run` lists the labels of the policy.',
  ),
  policyNotFound: defineMessage(
    'policy-not-found',
    ({ file }: { file: string }) =>
      `There is no readable policy file at ${file}. Correct the path, or leave the option out.`,
    'Correct the path. Without the option, the policy of the base applies, or else the built-in policy.',
  ),
  fileNotWritten: defineMessage(
    'file-not-written',
    ({ file, reason }: { file: string; reason: string }) =>
      `${file} could not be written (${words.reasons[reason] ?? reason}). ${reason === 'ENOENT' ? 'Create the folder first, or name another file.' : 'Name another file, or change its permissions.'}`,
    'The folder of the file does not exist, or this user has no write access to it. Create the folder, change its permissions, or name another file.',
  ),
  repoMissing: defineMessage(
    'repo-missing',
    'The command needs a repository on GitHub. Name it with --repo owner/name, or set GITHUB_REPOSITORY.',
    'Name the repository with `--repo owner/name`, or set `GITHUB_REPOSITORY`.',
  ),
  repoBad: defineMessage(
    'repo-bad',
    ({ found }: { found: string }) => `"${found}" is not a valid repository name. Write --repo owner/name.`,
    'Write the repository as `owner/name`.',
  ),
  tokenMissing: defineMessage(
    'token-missing',
    ({ permission }: { permission: string }) =>
      `There is no token. Set GITHUB_TOKEN or GH_TOKEN to a token with: ${permission}.`,
    'The command uses the API of GitHub. Set `GITHUB_TOKEN` or `GH_TOKEN` to a token with the permissions that the message names.',
  ),
  storyNotFound: defineMessage(
    'story-not-found',
    ({ path }: { path: string }) => `There is no readable story at ${path}. Correct the path.`,
    'Correct the path. `examples/` contains stories to start from.',
  ),
};
