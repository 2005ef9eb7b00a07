/** The answer on a terminal: verdict, next action, date, changes, labels, steps; everything else on demand. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { writeSettingTitle } from '../../policy/setting-titles.ts';
import { listUncitedSources, withoutCitations } from '../cited.ts';
import { writeInstant } from '../dates.ts';
import { makeVisible, shorten } from '../escape.ts';
import { explainOutcome, groupExamined, summarizeExamined } from '../examined.ts';
import { buildPhrase, toPlainText } from '../phrase.ts';
import { type CategoryGroup, groupChanges, type Row, type RowPlace, type RuleGroup, type Value } from '../rows.ts';
import {
  describeCalendar,
  describeNotNeeded,
  findConsentReading,
  groupSteps,
  listAnsweredQuestions,
  listDateLines,
  listLabelLines,
  listLabelNotes,
  listProofs,
  listStepsInOrder,
  nameProduct,
  writePlace,
} from '../sections.ts';
import { describeNext, describeVerdict } from '../verdict.ts';
import { formatCount, say } from '../words.ts';
import { type Color, createPainter, type Paint, wrap } from './paint.ts';

/** The properties of the terminal; `links` gives an address for a place if the terminal can follow one (OSC 8). */
export interface TextOptions {
  /** Columns; at least 40 are used. */
  readonly width: number;
  readonly color: boolean;
  /** Only the verdict, the next action, and one line for each category. */
  readonly brief?: boolean;
  /** Everything else, too: the key questions, notes, the steps in full, how days are counted, every changed file. */
  readonly verbose?: boolean;
  readonly buildLink?: (place: RowPlace) => string | null;
}

const valueLimit = 300;
const rowsPerRule = 50;
const typesPerRow = 40;
const leastWidth = 40;

/** Plain text that ends with a line break. The runner of GitHub Actions reads no line as a command. */
export function renderText(report: Report, options: TextOptions): string {
  const writer = new Writer(Math.max(leastWidth, options.width), createPainter(options.color));
  writeOpening(writer, report);
  if (options.brief === true) {
    for (const group of groupChanges(report)) writeBriefCategory(writer, group);
    return writer.finish();
  }
  const groups = groupChanges(report);
  writeProblems(writer, report, (severity) => severity !== 'advice');
  for (const group of groups.filter(({ quiet }) => !quiet)) writeCategory(writer, group, report, options);
  writeLabels(writer, report);
  writeSteps(writer, report);
  for (const group of groups.filter(({ quiet }) => quiet)) writeCategory(writer, group, report, options);
  writeProblems(writer, report, (severity) => severity === 'advice');
  if (options.verbose === true) writeDetails(writer, report, groups);
  writeFoot(writer, report);
  return writer.finish();
}

/** Everything that does not fit on a screen. */
function writeDetails(writer: Writer, report: Report, groups: readonly CategoryGroup[]): void {
  writeQuestions(writer, report);
  const notes = groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? []));
  if (notes.length > 0) writer.addHeading(say('notes'));
  for (const note of notes) writer.addLine(2, note);
  writeStepsInFull(writer, report);
  const notNeeded = describeNotNeeded(report);
  const calendar = describeCalendar(report);
  if (notNeeded !== null || calendar !== null) writer.addGap();
  if (notNeeded !== null) writer.addLine(0, `${say('not-needed')}: ${notNeeded}`);
  if (calendar !== null) writer.addLine(0, `${say('calendar-title')}: ${toPlainText(calendar)}`);
  writeExamined(writer, report);
}

/** Collects lines, wrapped and indented. */
class Writer {
  readonly paint: Paint;
  readonly #width: number;
  readonly #lines: string[] = [];

  constructor(width: number, paint: Paint) {
    this.#width = width;
    this.paint = paint;
  }

  /** One line with a colored head and a wrapped rest that hangs under `indent` columns. */
  addLine(indent: number, text: string, color: Color | null = null, head = ''): void {
    const hangingIndent = indent + (head === '' ? 0 : 2);
    const plainHead = head === '' ? '' : `${head} `;
    const lines = wrap(`${plainHead}${makeVisible(text)}`, this.#width - hangingIndent);
    for (const [index, line] of lines.entries()) {
      const pad = ' '.repeat(index === 0 ? indent : hangingIndent);
      const shown =
        index === 0 && head !== '' && line.startsWith(head)
          ? this.#withHead(line, head, color)
          : this.#addColored(line, head === '' ? color : null);
      this.#lines.push(pad + shown);
    }
  }

  #withHead(line: string, head: string, color: Color | null): string {
    return (color === null ? head : this.paint(color, head)) + line.slice(head.length);
  }

  #addColored(line: string, color: Color | null): string {
    return color === null ? line : this.paint(color, line);
  }

  /** A place, on a line of its own and never broken, so that terminals and editors can open it. */
  addPlace(indent: number, text: string, address: string | null): void {
    const shown = this.paint('blue', makeVisible(text));
    const linked = address === null ? shown : `\u001b]8;;${address}\u001b\\${shown}\u001b]8;;\u001b\\`;
    this.#lines.push(' '.repeat(indent) + linked);
  }

  addHeading(text: string): void {
    this.#lines.push('');
    this.addLine(0, text, 'bold');
  }

  addGap(): void {
    this.#lines.push('');
  }

  finish(): string {
    return `${this.#lines.map((line) => escapeCommand(line.trimEnd())).join('\n')}\n`;
  }
}

/** The runner reads `::name::` at the start of a line, after spaces, as a command. */
function escapeCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ');
}

const verdictColors: Readonly<Record<Report['verdict'], Color>> = { passed: 'green', blocked: 'red', error: 'red' };

function writeOpening(writer: Writer, report: Report): void {
  writer.addLine(0, `${nameProduct(report)}: ${toPlainText(describeVerdict(report))}`, verdictColors[report.verdict]);
  writer.addLine(0, toPlainText(describeNext(report)), 'bold', `${say('next')}:`);
  for (const line of listDateLines(report))
    writer.addLine(0, `${say(line.title)}: ${toPlainText(line.text)}${writeWhy(line.sources)}`);
  if (report.breakGlass !== undefined) {
    const { by, label, at, until, reason } = report.breakGlass;
    const text = buildPhrase('break-glass-text', {
      by,
      label,
      at: writeInstant(at, report),
      until: writeInstant(until, report),
      reason,
    });
    writer.addLine(0, `${say('break-glass')}: ${toPlainText(text)}`, 'red');
  }
  if (report.evaluation.mode === 'report') writer.addLine(0, say('report-mode'), 'yellow');
}

/** The argument of `explain` that shows the reason. */
function writeWhy([source]: readonly string[]): string {
  return source === undefined ? '' : ` (${say('why')}: ${source})`;
}

function writeSources(sources: readonly string[]): string {
  return sources.length === 0 ? '' : ` (${sources.slice(0, 6).join(', ')})`;
}

/** One line for each category, with the rules that `explain` knows. */
function writeBriefCategory(writer: Writer, { title, count, rules }: CategoryGroup): void {
  writer.addLine(0, `${title}: ${formatCount(count, 'change')} (${rules.map(({ rule }) => rule).join(', ')})`);
}

function writeExamined(writer: Writer, report: Report): void {
  if (report.examined === undefined) return;
  writer.addHeading(`${say('examined')}: ${summarizeExamined(report)}`);
  for (const { title, files } of groupExamined(report)) {
    writer.addLine(2, `${say(title)}:`);
    for (const file of files) {
      const why = explainOutcome(file);
      writer.addLine(4, why === '' ? file.path : `${file.path} (${why})`, 'dim');
    }
  }
}

function writeQuestions(writer: Writer, report: Report): void {
  writer.addHeading(say('questions'));
  for (const { asked, answer, because } of listAnsweredQuestions(report))
    writer.addLine(2, `${asked} ${say(`answer.${answer}`)}. ${shorten(because, 600)}`);
  const reading = findConsentReading(report);
  if (reading !== null) writer.addLine(2, `${toPlainText(reading.title)} ${reading.text}`, 'dim');
}

function writeLabels(writer: Writer, report: Report): void {
  const lines = listLabelLines(report);
  if (lines.length === 0) return;
  writer.addHeading(say('labels'));
  for (const line of lines) {
    const isAccepted = line.state === 'accepted';
    writer.addLine(
      2,
      `${line.label}: ${say(`label-${line.state}`)}`,
      isAccepted ? 'green' : 'red',
      isAccepted ? '✓' : '✗',
    );
    for (const why of line.why) writer.addLine(6, toPlainText(why), 'dim');
  }
  for (const note of listLabelNotes(report)) writer.addLine(2, toPlainText(note));
}

function writeProblems(writer: Writer, report: Report, isShown: (severity: Problem['severity']) => boolean): void {
  const shown = report.problems.filter(({ severity }) => isShown(severity));
  if (shown.length === 0) return;
  writer.addHeading(say(shown.every(({ severity }) => severity === 'advice') ? 'advice' : 'problems'));
  for (const problem of shown) {
    const isError = problem.severity !== 'advice';
    writer.addLine(
      2,
      `${say(`severity.${problem.severity}`)}: ${shorten(problem.message, 600)}${writeSources(problem.source === undefined ? [] : [problem.source])}`,
      isError ? 'red' : 'yellow',
      isError ? '✗' : '!',
    );
    if (problem.file !== undefined) writer.addPlace(6, writePlace(problem), null);
  }
}

function writeCategory(writer: Writer, group: CategoryGroup, report: Report, options: TextOptions): void {
  writer.addHeading(`${group.title}: ${formatCount(group.count, 'change')}`);
  for (const rule of group.rules) writeRule(writer, rule, report, options);
}

function writeRule(writer: Writer, rule: RuleGroup, report: Report, options: TextOptions): void {
  const advisory = rule.advisory ? `; ${say('advisory')}` : '';
  writer.addLine(2, `${withoutCitations(rule.reason, report)}${writeWhy([rule.rule])}${advisory}`);
  for (const row of rule.rows.slice(0, rowsPerRule)) writeRow(writer, row, options);
  const rest = rule.rows.length - rowsPerRule;
  if (rest > 0) writer.addLine(4, say('rest', { count: formatCount(rest, 'change') }), 'dim');
}

const signs: Readonly<Record<Row['kind'], readonly [string, Color]>> = {
  added: ['+', 'green'],
  removed: ['-', 'red'],
  modified: ['~', 'yellow'],
};

function writeRow(writer: Writer, row: Row, options: TextOptions): void {
  const [sign, color] = signs[row.kind];
  const part = row.part === null ? '' : `, ${say('part', { part: row.part })}`;
  writer.addLine(4, `${nameRow(row)}${part}: ${writeValue(row.before)} → ${writeValue(row.after)}`, color, sign);
  if (row.detail !== null) writer.addLine(8, shorten(row.detail, 600), 'dim');
  const place = row.places[0];
  if (place === undefined) writer.addPlace(8, row.file, null);
  else writer.addPlace(8, writePlace(place), options.buildLink?.(place) ?? null);
}

function nameRow(row: Row): string {
  if (row.of === 'setting') return writeSettingTitle(row.setting);
  const shown = row.types.slice(0, typesPerRow);
  const rest = row.types.length - shown.length;
  const types = [...shown, ...(rest > 0 ? [say('types-rest', { types: formatCount(rest, 'type') })] : [])].join(', ');
  return `${say(`channel.${row.channel}`)}, ${say(`requirement.${row.requirement}`)}, ${types}`;
}

function writeValue(value: Value): string {
  return 'word' in value ? say(value.word) : shorten(value.literal, valueLimit);
}

/** One line for each step in its order, the merge among them. */
function writeSteps(writer: Writer, report: Report): void {
  const groups = groupSteps(report);
  if (groups.length > 0) writer.addHeading(say('steps'));
  for (const { steps: list, merge } of groups) {
    for (const step of list) writeStep(writer, step, report);
    if (merge !== null) writer.addLine(6, toPlainText(merge));
  }
}

function writeStep(writer: Writer, step: ReportStep, report: Report): void {
  const done = step.state === 'done';
  const optional = step.required ? '' : `${say('step-optional')}: `;
  const who = step.who === '' ? '' : ` ${toPlainText(buildPhrase('step-who', { who: step.who }))}`;
  const proof = listProofs(step, report).map(toPlainText).join(', ');
  const text = `${optional}${step.title}${who}${proof === '' ? '' : `: ${proof}`}`;
  writer.addLine(2, text, done ? 'green' : null, done ? '[x]' : '[ ]');
}

function writeStepsInFull(writer: Writer, report: Report): void {
  const open = listStepsInOrder(report).filter(({ text, attested }) => text !== '' && attested === undefined);
  if (open.length > 0) writer.addHeading(say('steps-in-full'));
  for (const { title, text, sources, contact } of open) {
    writer.addLine(2, `${title}: ${text}${writeSources(listUncitedSources(text, sources, report))}`);
    const mail = contact?.mail === undefined ? '' : ` <${contact.mail}>`;
    if (contact !== undefined) writer.addLine(4, `${say('step-contact', { name: contact.name })}${mail}`, 'dim');
  }
}

function writeFoot(writer: Writer, report: Report): void {
  const { evaluation, policy, fingerprint } = report;
  writer.addGap();
  const parts = [
    say('foot-policy', { policy: policy.source }),
    say('foot-compared', {
      base: (evaluation.base ?? say('working-tree')).slice(0, 12),
      head: (evaluation.head ?? say('working-tree')).slice(0, 12),
    }),
    say('foot-evaluated', { at: writeInstant(evaluation.at, report) }),
    say('foot-fingerprint', { fingerprint: fingerprint.slice(0, 12) }),
  ];
  writer.addLine(0, parts.join(', '), 'dim');
}
