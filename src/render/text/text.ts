/** The answer on a terminal: verdict, next action, date, what changes, labels, steps; everything else on demand. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { settingTitle } from '../../policy/setting-titles.ts';
import { sourcesBeside, withoutCitations } from '../cited.ts';
import { writeInstant } from '../dates.ts';
import { shorten, visible } from '../escape.ts';
import { examinedSummary, examinedWhy, groupExamined } from '../examined.ts';
import { phrase, toPlainText } from '../phrase.ts';
import { type CategoryGroup, groupChanges, type Row, type RowPlace, type RuleGroup, type Value } from '../rows.ts';
import {
  answeredQuestions,
  calendarPhrase,
  consentReading,
  dateLines,
  labelLines,
  labelNotes,
  nextPhrase,
  notNeededText,
  placeText,
  productName,
  stepGroups,
  stepProof,
  stepsInOrder,
  verdictPhrase,
} from '../verdict.ts';
import { counted, say } from '../words.ts';
import { type Colour, columns, type Paint, painter, wrap } from './paint.ts';

/** How the terminal is; `links` gives an address for a place where the terminal can follow one (OSC 8). */
export interface TextOptions {
  /** Columns; at least 40 are used. */
  readonly width: number;
  readonly colour: boolean;
  /** Only the verdict, what is next, and one line for each category. */
  readonly brief?: boolean;
  /** Everything else, too: the key questions, notes, the steps in full, how days are counted, every changed file. */
  readonly verbose?: boolean;
  readonly links?: (place: RowPlace) => string | null;
}

const valueLimit = 300;
const rowsPerRule = 50;
const typesPerRow = 40;
const leastWidth = 40;

/** Plain text that ends with a line break. No line can be taken for a command by the runner of GitHub Actions. */
export function renderText(report: Report, options: TextOptions): string {
  const writer = new Writer(Math.max(leastWidth, options.width), painter(options.colour));
  opening(writer, report);
  if (options.brief === true) {
    for (const group of groupChanges(report)) briefCategory(writer, group);
    return writer.text();
  }
  const groups = groupChanges(report);
  problems(writer, report, (severity) => severity !== 'advice');
  for (const group of groups.filter(({ quiet }) => !quiet)) category(writer, group, report, options);
  labels(writer, report);
  steps(writer, report);
  for (const group of groups.filter(({ quiet }) => quiet)) category(writer, group, report, options);
  problems(writer, report, (severity) => severity === 'advice');
  if (options.verbose === true) details(writer, report, groups);
  foot(writer, report);
  return writer.text();
}

/** Everything that does not fit on a screen. */
function details(writer: Writer, report: Report, groups: readonly CategoryGroup[]): void {
  questions(writer, report);
  const notes = groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? []));
  if (notes.length > 0) writer.heading(say('notes'));
  for (const note of notes) writer.line(2, note);
  stepsInFull(writer, report);
  const notNeeded = notNeededText(report);
  const calendar = calendarPhrase(report);
  if (notNeeded !== null || calendar !== null) writer.gap();
  if (notNeeded !== null) writer.line(0, `${say('not-needed')}: ${notNeeded}`);
  if (calendar !== null) writer.line(0, `${say('calendar-title')}: ${toPlainText(calendar)}`);
  examined(writer, report);
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

  /** One line with a coloured head and a wrapped rest that hangs under `indent` columns. */
  line(indent: number, text: string, colour: Colour | null = null, head = ''): void {
    const hang = indent + (head === '' ? 0 : 2);
    const plainHead = head === '' ? '' : `${head} `;
    const lines = wrap(`${plainHead}${safe(text)}`, this.#width - hang);
    for (const [index, line] of lines.entries()) {
      const pad = ' '.repeat(index === 0 ? indent : hang);
      const shown =
        index === 0 && head !== '' && line.startsWith(head)
          ? this.#headed(line, head, colour)
          : this.#coloured(line, head === '' ? colour : null);
      this.#lines.push(pad + shown);
    }
  }

  #headed(line: string, head: string, colour: Colour | null): string {
    return (colour === null ? head : this.paint(colour, head)) + line.slice(head.length);
  }

  #coloured(line: string, colour: Colour | null): string {
    return colour === null ? line : this.paint(colour, line);
  }

  /** A place, on a line of its own and never broken, so that terminals and editors can open it. */
  place(indent: number, text: string, address: string | null): void {
    const shown = this.paint('blue', safe(text));
    const linked = address === null ? shown : `\u001b]8;;${address}\u001b\\${shown}\u001b]8;;\u001b\\`;
    this.#lines.push(' '.repeat(indent) + linked);
  }

  heading(text: string): void {
    this.#lines.push('');
    this.line(0, text, 'bold');
  }

  gap(): void {
    this.#lines.push('');
  }

  /** `name: value` with the values under one another. */
  pair(name: string, width: number, text: string, colour: Colour | null = null): void {
    const pad = ' '.repeat(Math.max(1, width - columns(name)));
    const lines = wrap(safe(text), Math.max(20, this.#width - width - 2));
    this.#lines.push(`  ${safe(name)}${pad}${this.#coloured(lines[0] ?? '', colour)}`);
    for (const line of lines.slice(1)) this.#lines.push(' '.repeat(width + 2) + this.#coloured(line, colour));
  }

  text(): string {
    return `${this.#lines.map((line) => harmless(line.trimEnd())).join('\n')}\n`;
  }
}

function safe(text: string): string {
  return visible(text);
}

/** The runner reads `::name::` at the start of a line, after spaces, as a command. */
function harmless(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ');
}

const verdictColours: Readonly<Record<Report['verdict'], Colour>> = { passed: 'green', blocked: 'red', error: 'red' };

function opening(writer: Writer, report: Report): void {
  writer.line(0, `${productName(report)}: ${toPlainText(verdictPhrase(report))}`, verdictColours[report.verdict]);
  writer.line(0, toPlainText(nextPhrase(report)), 'bold', `${say('next')}:`);
  for (const line of dateLines(report))
    writer.line(0, `${say(line.title)}: ${toPlainText(line.text)}${why(line.sources)}`);
  if (report.breakGlass !== undefined) {
    const { by, label, at, until, reason } = report.breakGlass;
    const text = phrase('break-glass-text', {
      by,
      label,
      at: writeInstant(at, report),
      until: writeInstant(until, report),
      reason,
    });
    writer.line(0, `${say('break-glass')}: ${toPlainText(text)}`, 'red');
  }
  if (report.evaluation.mode === 'report') writer.line(0, say('report-mode'), 'yellow');
}

/** The word that `explain` takes to say why. */
function why([source]: readonly string[]): string {
  return source === undefined ? '' : ` (${say('why')}: ${source})`;
}

function cited(sources: readonly string[]): string {
  return sources.length === 0 ? '' : ` (${sources.slice(0, 6).join(', ')})`;
}

/** One line for each category, with the rules that `explain` knows. */
function briefCategory(writer: Writer, { title, count, rules }: CategoryGroup): void {
  writer.line(0, `${title}: ${counted(count, 'change')} (${rules.map(({ rule }) => rule).join(', ')})`);
}

function examined(writer: Writer, report: Report): void {
  if (report.examined === undefined) return;
  writer.heading(`${say('examined')}: ${examinedSummary(report)}`);
  for (const { title, files } of groupExamined(report)) {
    writer.line(2, `${say(title)}:`);
    for (const file of files) {
      const why = examinedWhy(file);
      writer.line(4, why === '' ? file.path : `${file.path} (${why})`, 'dim');
    }
  }
}

function questions(writer: Writer, report: Report): void {
  writer.heading(say('questions'));
  for (const { asked, answer, because } of answeredQuestions(report))
    writer.line(2, `${asked} ${say(`answer.${answer}`)}. ${shorten(because, 600)}`);
  const reading = consentReading(report);
  if (reading !== null) writer.line(2, `${toPlainText(reading.title)} ${reading.text}`, 'dim');
}

function labels(writer: Writer, report: Report): void {
  const lines = labelLines(report);
  if (lines.length === 0) return;
  writer.heading(say('labels'));
  for (const line of lines) {
    const good = line.state === 'accepted';
    writer.line(2, `${line.label}: ${say(`label-${line.state}`)}`, good ? 'green' : 'red', good ? '✓' : '✗');
    for (const why of line.why) writer.line(6, toPlainText(why), 'dim');
  }
  for (const note of labelNotes(report)) writer.line(2, toPlainText(note));
}

function problems(writer: Writer, report: Report, isShown: (severity: Problem['severity']) => boolean): void {
  const shown = report.problems.filter(({ severity }) => isShown(severity));
  if (shown.length === 0) return;
  writer.heading(say(shown.every(({ severity }) => severity === 'advice') ? 'advice' : 'problems'));
  for (const problem of shown) {
    const grave = problem.severity !== 'advice';
    writer.line(
      2,
      `${say(`severity.${problem.severity}`)}: ${shorten(problem.message, 600)}${cited(problem.source === undefined ? [] : [problem.source])}`,
      grave ? 'red' : 'yellow',
      grave ? '✗' : '!',
    );
    if (problem.file !== undefined) writer.place(6, placeText(problem), null);
  }
}

function category(writer: Writer, group: CategoryGroup, report: Report, options: TextOptions): void {
  writer.heading(`${group.title}: ${counted(group.count, 'change')}`);
  for (const rule of group.rules) ruleLines(writer, rule, report, options);
}

function ruleLines(writer: Writer, rule: RuleGroup, report: Report, options: TextOptions): void {
  const advisory = rule.advisory ? `; ${say('advisory')}` : '';
  writer.line(2, `${withoutCitations(rule.reason, report)}${why([rule.rule])}${advisory}`);
  for (const row of rule.rows.slice(0, rowsPerRule)) rowLines(writer, row, options);
  const rest = rule.rows.length - rowsPerRule;
  if (rest > 0) writer.line(4, say('rest', { count: counted(rest, 'change') }), 'dim');
}

const signs: Readonly<Record<Row['kind'], readonly [string, Colour]>> = {
  added: ['+', 'green'],
  removed: ['-', 'red'],
  modified: ['~', 'yellow'],
};

function rowLines(writer: Writer, row: Row, options: TextOptions): void {
  const [sign, colour] = signs[row.kind];
  const part = row.part === null ? '' : `, ${say('part', { part: row.part })}`;
  writer.line(4, `${rowName(row)}${part}: ${valueText(row.before)} → ${valueText(row.after)}`, colour, sign);
  if (row.detail !== null) writer.line(8, shorten(row.detail, 600), 'dim');
  const place = row.places[0];
  if (place === undefined) writer.place(8, row.file, null);
  else writer.place(8, placeText(place), options.links?.(place) ?? null);
}

function rowName(row: Row): string {
  if (row.of === 'setting') return settingTitle(row.setting);
  const shown = row.types.slice(0, typesPerRow);
  const rest = row.types.length - shown.length;
  const types = [...shown, ...(rest > 0 ? [say('types-rest', { types: counted(rest, 'type') })] : [])].join(', ');
  return `${say(`channel.${row.channel}`)}, ${say(`requirement.${row.requirement}`)}, ${types}`;
}

function valueText(value: Value): string {
  return 'word' in value ? say(value.word) : shorten(value.literal, valueLimit);
}

/** One line for each step in its order, the merge among them. */
function steps(writer: Writer, report: Report): void {
  const groups = stepGroups(report);
  if (groups.length > 0) writer.heading(say('steps'));
  for (const { steps: list, merge } of groups) {
    for (const step of list) stepLine(writer, step, report);
    if (merge !== null) writer.line(6, toPlainText(merge));
  }
}

function stepLine(writer: Writer, step: ReportStep, report: Report): void {
  const done = step.state === 'done';
  const optional = step.required ? '' : `${say('step-optional')}: `;
  const who = step.who === '' ? '' : ` ${toPlainText(phrase('step-who', { who: step.who }))}`;
  const proof = stepProof(step, report).map(toPlainText).join(', ');
  const text = `${optional}${step.title}${who}${proof === '' ? '' : `: ${proof}`}`;
  writer.line(2, text, done ? 'green' : null, done ? '[x]' : '[ ]');
}

function stepsInFull(writer: Writer, report: Report): void {
  const open = stepsInOrder(report).filter(({ text, attested }) => text !== '' && attested === undefined);
  if (open.length > 0) writer.heading(say('steps-in-full'));
  for (const { title, text, sources, contact } of open) {
    writer.line(2, `${title}: ${text}${cited(sourcesBeside(text, sources, report))}`);
    const mail = contact?.mail === undefined ? '' : ` <${contact.mail}>`;
    if (contact !== undefined) writer.line(4, `${say('step-contact', { name: contact.name })}${mail}`, 'dim');
  }
}

function foot(writer: Writer, report: Report): void {
  const { evaluation, policy, fingerprint } = report;
  writer.gap();
  const parts = [
    say('foot-policy', { policy: policy.source }),
    say('foot-compared', {
      base: (evaluation.base ?? say('working-tree')).slice(0, 12),
      head: (evaluation.head ?? say('working-tree')).slice(0, 12),
    }),
    say('foot-evaluated', { at: writeInstant(evaluation.at, report) }),
    say('foot-fingerprint', { fingerprint: fingerprint.slice(0, 12) }),
  ];
  writer.line(0, parts.join(', '), 'dim');
}
