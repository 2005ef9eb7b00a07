/** Annotations on the changed lines, as workflow commands for the runner of GitHub Actions. */
import type { Problem, Report } from '../model/report.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import { makeVisible, shorten } from './escape.ts';
import { toPlainText } from './phrase.ts';
import { groupChanges, type Row, type RowPlace, type RuleGroup } from './rows.ts';
import { nameProduct } from './sections.ts';
import { describeVerdict } from './verdict.ts';
import { formatCount, say } from './words.ts';

/** GitHub shows ten errors and ten warnings of a step (github.com/orgs/community/discussions/26680). */
export const MAX_ANNOTATIONS_PER_KIND = 10;

type Kind = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly kind: Kind;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly title: string;
  readonly message: string;
}

/** One command a line, the most important ones first, the rest counted in a last notice. Empty if there is no finding. */
export function renderAnnotations(report: Report): string {
  const all = [...report.problems.map(annotateProblem), ...annotateChanges(report)];
  const shown = (['error', 'warning'] as const).flatMap((kind) =>
    all.filter((one) => one.kind === kind).slice(0, MAX_ANNOTATIONS_PER_KIND),
  );
  const rest = (['error', 'warning'] as const).flatMap((kind) => {
    const hidden = all.filter((one) => one.kind === kind).length - MAX_ANNOTATIONS_PER_KIND;
    return hidden > 0 ? [formatCount(hidden, kind)] : [];
  });
  const lines = shown.map(formatCommand);
  if (rest.length > 0) lines.push(formatCommand(buildRestNotice(report, rest)));
  return lines.map((line) => `${line}\n`).join('');
}

function buildRestNotice(report: Report, rest: readonly string[]): Annotation {
  const title = say('annotation-verdict', {
    product: nameProduct(report),
    verdict: toPlainText(describeVerdict(report)),
  });
  const message = say('annotation-rest', { counts: rest.join(', ') });
  return { kind: 'notice', file: null, line: null, column: null, title, message };
}

function annotateProblem(problem: Problem): Annotation {
  return {
    kind: problem.severity === 'advice' ? 'warning' : 'error',
    file: problem.file ?? null,
    line: problem.line ?? null,
    column: problem.column ?? null,
    title: say(`severity.${problem.severity}`),
    message: problem.message,
  };
}

/** Changes that need a review: errors while the gate blocks, warnings once it passed. Quiet ones make no annotation. */
function annotateChanges(report: Report): readonly Annotation[] {
  return groupChanges(report)
    .filter((group) => !group.quiet)
    .flatMap((group) =>
      group.rules.flatMap((rule) =>
        rule.rows.map((row): Annotation => {
          const place = row.places[0];
          const onHead = place !== undefined && place.side === 'head';
          return {
            kind: report.verdict === 'passed' || rule.advisory ? 'warning' : 'error',
            ...locateRow(row, onHead ? place : undefined),
            title: group.title,
            message: writeMessage(row, rule),
          };
        }),
      ),
    );
}

/** A line of the base is not in the checked-out file: the annotation then belongs to the file as a whole. */
function locateRow(row: Row, place: RowPlace | undefined): Pick<Annotation, 'file' | 'line' | 'column'> {
  if (place === undefined) return { file: row.file, line: null, column: null };
  return { file: place.file, line: place.line, column: place.column };
}

function writeMessage(row: Row, rule: RuleGroup): string {
  const setting =
    row.of === 'setting'
      ? writeSettingTitle(row.setting)
      : `${say(`channel.${row.channel}`)}, ${say(`requirement.${row.requirement}`)}, ${shorten(row.types.join(', '), 200)}`;
  return say('annotation-change', { setting, kind: say(`kind.${row.kind}`), reason: `${rule.reason} [${rule.rule}]` });
}

/** `%`, CR and LF as the toolkit escapes them in a command's message. */
function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** As in a message, and the colon and the comma, which end a property. */
function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function formatCommand(annotation: Annotation): string {
  const properties = [
    ...(annotation.file === null ? [] : [`file=${escapeProperty(makeVisible(annotation.file))}`]),
    ...(annotation.line === null ? [] : [`line=${annotation.line}`]),
    ...(annotation.column === null ? [] : [`col=${annotation.column}`]),
    `title=${escapeProperty(makeVisible(shorten(annotation.title, 200)))}`,
  ];
  return `::${annotation.kind} ${properties.join(',')}::${escapeData(makeVisible(shorten(annotation.message, 1000)))}`;
}
