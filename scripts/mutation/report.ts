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

/** Why no test notices a mutant, or should: `scripts/mutation/reasons.json`. */
export interface Reason {
  readonly file: string;
  /** What is changed, as it is in the source; of several lines the first. */
  readonly original: string;
  /** What it becomes, white space folded; absent: whatever it becomes. */
  readonly replacement?: string;
  readonly why: string;
}

/** Statuses of the report format that count: a mutant that is not a program is not counted. */
const NOTICED: readonly string[] = ['Killed', 'Timeout'];
const LEFT: readonly string[] = ['Survived', 'NoCoverage'];

/** As much of a source or replacement as a line of the list shows. */
const SHOWN_LENGTH = 60;

/** A row of the table of scores, and the score in percent. */
export function writeScore(room: string, { files }: MutationReport): { readonly row: string; readonly score: number } {
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const count = (...wanted: readonly string[]): number => statuses.filter((status) => wanted.includes(status)).length;
  const noticed = count(...NOTICED);
  const all = noticed + count(...LEFT);
  const score = all === 0 ? 0 : (100 * noticed) / all;
  const shown = (Math.floor(score * 10) / 10).toFixed(1);
  return { row: `| ${room} | ${all} | ${noticed} | ${count('Survived')} | ${count('NoCoverage')} | ${shown} |`, score };
}

/** A mutant that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
}

/** By file and place. */
export function listSurvivors({ files }: MutationReport): readonly Survivor[] {
  return Object.entries(files)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([file, { source, mutants }]) => {
      const lines = source.split('\n');
      return mutants
        .filter(({ status }) => LEFT.includes(status))
        .sort(
          ({ location: { start: one } }, { location: { start: other } }) =>
            one.line - other.line || one.column - other.column,
        )
        .map(({ location: { start, end }, replacement = '' }) => {
          const line = lines[start.line - 1] ?? '';
          const original = line.slice(start.column - 1, start.line === end.line ? end.column - 1 : undefined);
          return { file, line: start.line, original, replacement: replacement.replace(/\s+/g, ' ').trim() };
        });
    });
}

/** A list for each file: each reason with its mutants, those without one last. */
export function writeSurvivors(survivors: readonly Survivor[], reasons: readonly Reason[]): readonly string[] {
  const files = [...new Set(survivors.map(({ file }) => file))];
  return files.flatMap((file) => {
    const groups = new Map<string, string[]>();
    for (const survivor of survivors.filter((one) => one.file === file)) {
      const why = findReason(survivor, reasons) ?? '';
      const shown = `line ${survivor.line}, ${formatCode(survivor.original)} as ${formatCode(survivor.replacement)}`;
      groups.set(why, [...(groups.get(why) ?? []), shown]);
    }
    const sorted = [...groups].sort(([one], [other]) => Number(one === '') - Number(other === ''));
    return [
      `#### \`${file}\``,
      '',
      ...sorted.map(([why, mutants]) => `- ${why === '' ? '**No reason given.**' : why} ${mutants.join('; ')}.`),
      '',
    ];
  });
}

/** The reason that names this very replacement, else one that applies to every replacement; null: there is none. */
export function findReason(survivor: Survivor, reasons: readonly Reason[]): string | null {
  const known = reasons.filter(({ file, original }) => file === survivor.file && original === survivor.original);
  const exact = known.find(({ replacement }) => replacement === survivor.replacement);
  return (exact ?? known.find(({ replacement }) => replacement === undefined))?.why ?? null;
}

function formatCode(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const shown = line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}...` : line;
  return `\`\` ${shown === '' ? 'nothing' : shown} \`\``;
}
