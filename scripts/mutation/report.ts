/** Scores and survivors from a report in the mutation testing report format. */

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
  };
}

export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** Statuses of the report format that tell something: a mutant that is no program is not counted. */
const NOTICED: readonly string[] = ['Killed', 'Timeout'];
const LEFT: readonly string[] = ['Survived', 'NoCoverage'];

/** As much of a source or replacement as a line of the list shows. */
const SHOWN_LENGTH = 60;

/** A row of the table of scores, and the score in percent. */
export function scoreLine(room: string, { files }: MutationReport): { readonly row: string; readonly score: number } {
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count(...NOTICED);
  const all = noticed + count(...LEFT);
  const score = all === 0 ? 0 : (100 * noticed) / all;
  const shown = (Math.floor(score * 10) / 10).toFixed(1);
  return { row: `| ${room} | ${all} | ${noticed} | ${count('Survived')} | ${count('NoCoverage')} | ${shown} |`, score };
}

/** One line for each mutant that no test noticed, by file and place. */
export function survivorLines({ files }: MutationReport): readonly string[] {
  return Object.entries(files)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([path, { source, mutants }]) => {
      const lines = source.split('\n');
      return mutants
        .filter(({ status }) => LEFT.includes(status))
        .sort(
          ({ location: { start: one } }, { location: { start: other } }) =>
            one.line - other.line || one.column - other.column,
        )
        .map(({ location: { start, end }, replacement = '', mutatorName, status }) => {
          const line = lines[start.line - 1] ?? '';
          const original = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
          const what = status === 'NoCoverage' ? ', not reached' : '';
          return `- \`${path}\` line ${start.line}, ${mutatorName}${what}: ${code(original)} as ${code(replacement)}`;
        });
    });
}

function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}...` : line;
  return `\`\` ${shown === '' ? 'nothing' : shown} \`\``;
}
