/** What the command line cannot do, and what to do instead. */
import { defineMessage } from '../model/messages.ts';

/** Operands that a command expects. */
export const usage = {
  explain: 'Name one rule, setting, key, category, label, step, source or error id.',
  policy:
    'Use go-live-gate policy new [<file>], go-live-gate policy check [<file>], go-live-gate policy test [--policy <file>] <folder>, or go-live-gate policy replay [<policy> [<other policy>]].',
  foreignOption: ({ name, other }: { name: string; other: string }) =>
    `policy ${name} has no option --${other}. See: go-live-gate policy --help`,
  simulate: 'Say one story: go-live-gate simulate examples/first-review.yml',
  show: ({ show, known }: { show: string; known: string }) =>
    `"${show}" is not a value of --show. Use one of: ${known}.`,
  verify: 'Say one report: go-live-gate verify <report.json> [--repo <folder>].',
  options: ({ reason, command }: { reason: string; command: string }) =>
    `${reason}. See: go-live-gate ${command} --help`,
};

/** Descriptions of the labels that `labels` creates. */
export const labelDescriptions = {
  clears: (titles: string) => `Go-live gate: ${titles}`,
  glass: () => 'Go-live gate: emergency way through, needs a reason',
  evidence: (titles: string) => `Go-live gate: closes the step "${titles}"`,
};

/** What the operating system's error codes mean. */
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
    'There is no such command. `go-live-gate --help` lists them.',
  ),
  wrongOption: defineMessage(
    'wrong-option',
    (sentence: string) => sentence,
    'An option or operand is not known, lacks its value, or does not go with the others. See `go-live-gate <command> --help`.',
  ),
  unknownFormat: defineMessage(
    'unknown-format',
    ({ name, known }: { name: string; known: string }) => `There is no format "${name}". Use one of: ${known}.`,
    '`--format` takes one of the formats that the message lists.',
  ),
  unknownTerm: defineMessage(
    'unknown-term',
    ({ term, nearest }: { term: string; nearest: string | null }) =>
      `There is no rule, setting, key, category, label, step, source or error "${term}"; ${nearest === null ? 'go-live-gate explain lists them all' : `did you mean ${nearest}?`}`,
    '`explain` knows the ids of rules, settings, categories, steps, sources and errors, labels of the policy, and keys of SDKs. Run it without an operand for the list.',
  ),
  noBase: defineMessage(
    'no-base',
    'There is nothing to compare with, because the branch has no upstream. Name it: --base <git ref or folder>.',
    '`check` compares two revisions. Without `--base` it takes the upstream branch, or the default branch of the remote. Name the older revision: `--base main`, or a folder.',
  ),
  badTime: defineMessage(
    'bad-time',
    ({ text }: { text: string }) => `"${text}" is not an ISO 8601 time. Write it like 2026-12-01T09:00:00Z.`,
    '`--now` is not an instant. Write `2026-11-23T18:00:00Z`, with the offset from UTC.',
  ),
  unknownLabel: defineMessage(
    'unknown-label',
    ({ label, nearest }: { label: string; nearest: string | null }) =>
      `The policy does not name the label "${label}", so it does not count. ${nearest === null ? 'go-live-gate labels --dry-run lists the labels of the policy.' : `Did you mean ${nearest}?`}`,
    'A label given with `--label` belongs to no category of the policy, most likely because it is misspelt. `go-live-gate labels --dry-run` lists the labels of the policy.',
  ),
  policyNotFound: defineMessage(
    'policy-not-found',
    ({ file }: { file: string }) => `There is no readable policy file at ${file}.`,
    "There is no readable file at the path given. Check the path; without the option the built-in policy or the base's is used.",
  ),
  fileNotWritten: defineMessage(
    'file-not-written',
    ({ file, reason }: { file: string; reason: string }) =>
      `${file} could not be written (${words.reasons[reason] ?? reason}). ${reason === 'ENOENT' ? 'Create the folder first, or name another file.' : 'Name another file, or change its permissions.'}`,
    'The folder of the file does not exist, or this user may not write there. Create the folder, change its permissions, or name another file.',
  ),
  repoMissing: defineMessage(
    'repo-missing',
    'Say which repository: --repo owner/name (or set GITHUB_REPOSITORY).',
    'Say which repository: `--repo owner/name`, or set `GITHUB_REPOSITORY`.',
  ),
  repoBad: defineMessage(
    'repo-bad',
    ({ found }: { found: string }) => `"${found}" is not a repository name. Write it like --repo owner/name.`,
    'Write the repository as `owner/name`.',
  ),
  tokenMissing: defineMessage(
    'token-missing',
    ({ permission }: { permission: string }) =>
      `There is no token. Set GITHUB_TOKEN or GH_TOKEN to a token with: ${permission}.`,
    'The command talks to GitHub and found no token. Set `GITHUB_TOKEN` or `GH_TOKEN` to one with the permission that the message names.',
  ),
  storyNotFound: defineMessage(
    'story-not-found',
    ({ path }: { path: string }) => `There is no readable story at ${path}.`,
    'There is no story at the path. `examples/` has some to start from.',
  ),
};
