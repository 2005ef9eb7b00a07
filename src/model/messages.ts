/**
 * Sentences for people. Each folder keeps its own in `messages.ts` as typed functions, so that the compiler checks every value.
 * Values come from users. A sentence stays plain text, and the renderer escapes all of it.
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
  /** The fix: the entry of `docs/troubleshooting.md`, Markdown. */
  readonly fix: string;
}

/** Defines an error or a finding: its id, statement and fix. */
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

/** The address that explains an error or finding. @param id stable id of the message */
export function buildTroubleshootingAddress(id: string): string {
  return `${DOCUMENTATION}/troubleshooting.md#${id}`;
}

/** Why a source of files returns no content, and why a glob is not valid. */
export const messages = {
  notAFile: defineMessage(
    'not-a-file',
    'It is a symbolic link, which the gate does not follow. Commit the file itself.',
    'The gate does not follow symbolic links, so it would miss a change to the target. Commit the file itself, or ignore the path in the policy on the base branch.',
  ),
  fileTooLarge: defineMessage(
    'file-too-large',
    ({ bytes, limit }: { bytes: number; limit: number }) =>
      `It has ${bytes} bytes, and the gate reads at most ${limit} bytes. Ignore the path in the policy, or make the file smaller.`,
    'HealthVault configuration is smaller than this. Ignore the path in the policy on the base branch.',
  ),
  globTooLong: defineMessage(
    'glob-too-long',
    ({ limit }: { limit: number }) => `it is longer than ${limit} characters. Shorten it.`,
    'Shorten the pattern.',
  ),
  globAbsolute: defineMessage(
    'glob-absolute',
    'paths are relative to the root of the repository. Begin with the first name.',
    'Begin with the first name, without `/`, `./` or a drive.',
  ),
  globFolder: defineMessage(
    'glob-folder',
    'it names a folder. End with /** to match all files in it.',
    "End a folder's pattern with `/**`.",
  ),
  globNegated: defineMessage(
    'glob-negated',
    'it begins with an exclamation mark. List paths to exclude under ignore.',
    'List paths to exclude under `ignore`.',
  ),
  globExtended: defineMessage(
    'glob-extended',
    'groups in parentheses are not supported. Use {a,b}.',
    'Write `{a,b}` instead of groups in parentheses.',
  ),
  globAmbiguous: defineMessage(
    'glob-ambiguous',
    'the files of a document allow only *, ?, ** as a whole name and {a,b}. Write ? for a bracket, a parenthesis, | or ".',
    'Write `?` in place of a bracket, a parenthesis, `|`, `"` or a repeated `+`, and list alternatives as `{a,b}`.',
  ),
  globBackslash: defineMessage(
    'glob-backslash',
    'it contains a backslash. Separate folders by /.',
    'Separate folders by `/`.',
  ),
  globBraces: defineMessage(
    'glob-braces',
    'its braces are not closed, or are nested. Close them, and write {a,b} without inner braces.',
    'Close braces, and do not nest them.',
  ),
  globStars: defineMessage(
    'glob-stars',
    'two stars are only valid as a whole name between slashes. Write **/*.yml for the files of every folder.',
    'Two stars match any number of folders and cannot be combined with other characters. Write `**/*.yml`, not `**.yml`.',
  ),
  globRange: defineMessage(
    'glob-range',
    'its braces do not contain at least two texts separated by commas. Write {1,2,3}, because ranges are not supported.',
    'Write every alternative: `{1,2,3}`, not `{1..3}`.',
  ),
  globSpaces: defineMessage(
    'glob-spaces',
    'it, or a text in its braces, begins or ends with a space, so it matches no path. Remove the space.',
    'Remove the spaces at the ends of the pattern and around the commas in braces.',
  ),
  globTooMany: defineMessage(
    'glob-too-many',
    ({ limit }: { limit: number }) => `its braces expand to more than ${limit} patterns. Write several globs.`,
    'Write several globs with fewer braces.',
  ),
  linePatternStars: defineMessage(
    'line-pattern-stars',
    ({ limit }: { limit: number }) =>
      `it has more than ${limit} stars between other characters. Write several patterns.`,
    'Write several patterns. A star at the beginning or the end does not count.',
  ),
  linePatternShort: defineMessage(
    'line-pattern-short',
    'it has fewer than two fixed letters or digits, so nearly every line would match. Add letters.',
    'Add letters that appear in every match.',
  ),
};
