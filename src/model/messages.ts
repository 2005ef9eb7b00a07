/**
 * Sentences for people. Each room keeps its own in `messages.ts`, as typed functions: the compiler checks every value.
 * Values come from users; a sentence stays plain text, and the renderer escapes all of it.
 */

/** A sentence with the stable id under which `docs/troubleshooting.md` explains it. */
export interface Message {
  readonly id: string;
  readonly message: string;
}

/** A kind of error or finding: call it with the values that its sentence names. */
export interface MessageKind<Values> {
  (values: Values): Message;
  /** Stable kebab-case id. */
  readonly id: string;
  /** What to do about it: the entry of `docs/troubleshooting.md`, Markdown. */
  readonly fix: string;
}

/** Defines an error or a finding: its id, what happened, and what fixes it. */
export function defineMessage<Values = void>(
  id: string,
  sentence: string | ((values: Values) => string),
  fix: string,
): MessageKind<Values> {
  const build = (values: Values): Message => ({
    id,
    message: typeof sentence === 'string' ? sentence : sentence(values),
  });
  return Object.assign(build, { id, fix });
}

/** `owner/name` of the action on GitHub. */
export const ACTION_REPOSITORY = 'healthvault-go-live-gate/healthvault-go-live-gate';

/** Folder of the documentation. */
export const DOCUMENTATION = `https://github.com/${ACTION_REPOSITORY}/blob/main/docs`;

/** Where an error or finding is explained. @param id stable id of the message */
export function buildTroubleshootingAddress(id: string): string {
  return `${DOCUMENTATION}/troubleshooting.md#${id}`;
}

/** Why a source of files hands out no content, and why a glob is refused. */
export const messages = {
  notAFile: defineMessage(
    'not-a-file',
    'It is a symbolic link, which the gate does not follow.',
    'A watched path is a symbolic link. The gate does not follow it, so it would not see when the file behind it changes: put the file itself there, or ignore the path in the policy on the base branch.',
  ),
  fileTooLarge: defineMessage(
    'file-too-large',
    ({ bytes, limit }: { bytes: number; limit: number }) =>
      `It has ${bytes} bytes; the gate reads files of at most ${limit} bytes.`,
    'The file is larger than the gate reads. Nothing of that size is HealthVault configuration: ignore the path in the policy on the base branch.',
  ),
  globTooLong: defineMessage(
    'glob-too-long',
    ({ limit }: { limit: number }) => `it is longer than ${limit} characters.`,
    'Shorten the pattern.',
  ),
  globAbsolute: defineMessage(
    'glob-absolute',
    'paths are relative to the root of the repository; leave out what is before the first name.',
    'Leave out what is before the first name: no `/`, `./` or drive.',
  ),
  globFolder: defineMessage(
    'glob-folder',
    'it names a folder; to mean all files in it, end with /**.',
    "End a folder's pattern with `/**`.",
  ),
  globNegated: defineMessage(
    'glob-negated',
    'it begins with an exclamation mark; list what to leave out under ignore.',
    'List what to leave out under `ignore`.',
  ),
  globExtended: defineMessage(
    'glob-extended',
    'groups in parentheses are not known; use {a,b}.',
    'Write `{a,b}` instead of groups in parentheses.',
  ),
  globAmbiguous: defineMessage(
    'glob-ambiguous',
    'the files of a document are named with *, ?, ** as a whole name and {a,b} only; write ? for a bracket, a parenthesis, | or ".',
    'Write `?` in place of a bracket, a parenthesis, `|`, `"` or a repeated `+`, and list alternatives as `{a,b}`.',
  ),
  globBackslash: defineMessage('glob-backslash', 'folders are separated by /.', 'Separate folders by `/`.'),
  globBraces: defineMessage(
    'glob-braces',
    'braces must be closed and cannot be in each other.',
    'Close braces, and do not nest them.',
  ),
  globStars: defineMessage(
    'glob-stars',
    'two stars are a whole name between slashes; write **/*.yml for the files of every folder.',
    'Two stars stand for any number of folders, so nothing else is part of that name: `**/*.yml`, not `**.yml`.',
  ),
  globRange: defineMessage(
    'glob-range',
    'braces list at least two texts separated by commas, such as {1,2,3}; there are no ranges.',
    'Write every text that the braces stand for: `{1,2,3}`, not `{1..3}`.',
  ),
  globSpaces: defineMessage(
    'glob-spaces',
    'it begins or ends with a space, or a text in its braces does, and no path matches that.',
    'Remove the spaces at the ends of the pattern and around the commas in braces.',
  ),
  globTooMany: defineMessage(
    'glob-too-many',
    ({ limit }: { limit: number }) => `its braces stand for more than ${limit} texts.`,
    'The braces multiply to too many patterns. Write several.',
  ),
  linePatternStars: defineMessage(
    'line-pattern-stars',
    ({ limit }: { limit: number }) => `it has more than ${limit} stars between other characters.`,
    'Write several patterns. A star at either end only says that a word may go on there.',
  ),
  linePatternShort: defineMessage(
    'line-pattern-short',
    'it has fewer than two letters or digits that are fixed, so nearly every line would match.',
    'Add letters that are always there.',
  ),
};
