/** What a reader understood of a file, as one line per setting: the shared assertion of the format tests. */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../src/model/document.ts';

/** The input of a check: a reader's answer, or documents of one. */
export type Understood = ReadResult | ConfigDocument | readonly ConfigDocument[];

/**
 * Expects exactly these settings in this order, one per line: `[line | line:column | file:line:column] id[@culture] value`. A place is
 * compared as far as the line gives it. A regular expression matches a line in part. Several documents, and parts, begin
 * with a line `# part (environment)`; an answer without documents is the one line that names its kind.
 *
 * A value is its meaning; `? shown` where it is unresolved, `shown` for content, the name of a secret, `{a, b}` for a set,
 * and the number of an access list's rules.
 */
export function expectSettings(understood: Understood, expected: readonly (string | RegExp)[]): void {
  const lines = listLines(understood).map((writeLine, index) => {
    const like = expected[index] ?? expected.at(-1) ?? '';
    return writeLine(readPrecision(typeof like === 'string' ? like : like.source.replace(/^\^/, '')));
  });
  expect(lines).toEqual(expected.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))));
}

/** The settings of a document as such lines, for tests that look at parts of them. */
export function listSettings({ settings }: ConfigDocument, precision: Precision = 'none'): readonly string[] {
  return settings.map((setting) => writeSetting(setting, precision));
}

type Precision = 'none' | 'line' | 'column' | 'file';
type WriteLine = (precision: Precision) => string;

function listLines(understood: Understood): readonly WriteLine[] {
  if ('kind' in understood) {
    return understood.kind === 'documents' ? listLines(understood.documents) : [() => understood.kind];
  }
  if ('settings' in understood) {
    return understood.settings.map((setting) => (precision) => writeSetting(setting, precision));
  }
  const [only, second] = understood;
  if (only?.part === null && second === undefined) return listLines(only);
  return understood.flatMap((document) => [
    () => `# ${document.part ?? 'the file'} (${document.environment})`,
    ...listLines(document),
  ]);
}

/** How exactly a line gives the place of its setting. */
function readPrecision(line: string): Precision {
  if (/^\S+:\d+:\d+ /.test(line)) return 'file';
  if (/^\d+:\d+ /.test(line)) return 'column';
  return /^\d+ /.test(line) ? 'line' : 'none';
}

function writeSetting({ id, culture, value, at }: Setting, precision: Precision): string {
  const places = {
    none: '',
    line: `${at.line} `,
    column: `${at.line}:${at.column} `,
    file: `${at.file}:${at.line}:${at.column} `,
  };
  return `${places[precision]}${id}${culture === undefined ? '' : `@${culture}`} ${writeValue(value)}`;
}

function writeValue(value: SettingValue): string {
  switch (value.kind) {
    case 'text':
      return value.meaning;
    case 'unresolved':
      return `? ${value.shown}`;
    case 'content':
      return value.shown;
    case 'secret':
      return value.what;
    case 'set':
      return `{${value.items.map(({ meaning }) => meaning).join(', ')}}`;
    case 'access':
      return `${value.rules.length} rules`;
  }
}
