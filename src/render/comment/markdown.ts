/** The comment on the pull request: verdict, next action and date, what changes, labels, steps, and a fold for everything else. */
import type { Report } from '../../model/report.ts';
import { codeSpan, inlineText, safeUrl, shorten } from '../escape.ts';
import { examinedSummary, examinedWhy, groupExamined } from '../examined.ts';
import { type CategoryGroup, groupChanges } from '../rows.ts';
import {
  calendarPhrase,
  consentReading,
  dateLines,
  nextPhrase,
  notNeededText,
  openBeforeMerge,
  productName,
  verdictPhrase,
} from '../verdict.ts';
import { counted, say, type TitleId } from '../words.ts';
import { byteLength, type Detail, fullDetail, leastDetail, tightened, withinBudget } from './detail.ts';
import {
  advice,
  banners,
  changes,
  citedText,
  dates,
  fold,
  foot,
  headed,
  labels,
  type MarkdownContext,
  markdown,
  notes,
  problems,
  questions,
} from './markdown-parts.ts';
import { stepBoxes, stepList, stepsInFull } from './steps.ts';

export type { MarkdownContext } from './markdown-parts.ts';

/** Longest comment in UTF-8 bytes. GitHub refuses 65,536 of an unknown unit with 422, documented nowhere. */
export const MAX_COMMENT_BYTES = 60_000;

/** Most lines of changes that are unfolded in a comment that asks for nothing. */
const MAX_PASSED_ROWS = 6;

/** The comment's body; never longer than `MAX_COMMENT_BYTES`, and cut at no place but between whole parts. */
export function renderMarkdown(report: Report, context: MarkdownContext): string {
  const groups = groupChanges(report);
  const body = withinBudget(report, groups, MAX_COMMENT_BYTES, fullDetail, (detail, missing) =>
    joined(
      context.marker,
      content(report, groups, context, { detail, gap: leftOut(missing, 'limit-comment', context) }),
    ),
  );
  return body ?? renderTightMarkdown(report, context) ?? renderShortMarkdown(report, context);
}

/** No change is listed and every text is short; null when even that is too long. */
function renderTightMarkdown(report: Report, context: MarkdownContext): string | null {
  const tight = tightened(report);
  const missing = [say('drop-all-rows', { count: report.changes.length }), say('drop-texts')];
  const gap = leftOut(missing, 'limit-comment', context);
  const [, ...rest] = content(tight, [], context, { detail: leastDetail, gap });
  const body = joined(context.marker, [title(report), ...rest]);
  return byteLength(body) <= MAX_COMMENT_BYTES ? body : null;
}

/** The short form, for when GitHub refuses the whole comment: verdict, next action, boxes, where the rest is. A few kilobytes. */
export function renderShortMarkdown(report: Report, context: MarkdownContext): string {
  return joined(context.marker, [
    title(report),
    next(report),
    ...dateLines(report)
      .slice(0, 1)
      .map((line) => `**${say(line.title)}:** ${markdown(line.text)}`),
    stepBoxes(report, context),
    say('short-note', { where: whereReport(context) }),
    foot(report, context),
  ]);
}

/** Verdict as the heading. */
export function title(report: Report): string {
  return `### ${inlineText(productName(report))}: ${markdown(verdictPhrase(report))}`;
}

export function next(report: Report): string {
  return `**${say('next')}:** ${markdown(nextPhrase(report))}`;
}

function joined(marker: string, parts: readonly string[]): string {
  return `${marker}\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function whereReport(context: MarkdownContext): string {
  const address = safeUrl(context.report);
  return address === null ? say('left-out-json') : `[${say('left-out-link')}](${address})`;
}

/** The line that says what is not shown; empty when everything is. */
export function leftOut(missing: readonly string[], limit: TitleId, context: MarkdownContext): string {
  if (missing.length === 0) return '';
  return say('left-out', { limit: say(limit), parts: inlineText(missing.join(', ')), where: whereReport(context) });
}

/** How much is shown, what is said of the rest, and what an output has beyond the comment. */
interface Extent {
  readonly detail: Detail;
  readonly gap: string;
  readonly more?: readonly string[];
}

/** All parts in their order: what people must know, then one fold. */
export function content(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  { detail, gap, more = [] }: Extent,
): readonly string[] {
  const isPassed = report.verdict === 'passed';
  const reviewed = groups.filter(({ quiet }) => !quiet);
  const shown = changes(reviewed, report, context, detail);
  const what = shown === '' ? '' : headed('what-changes', shown);
  const isLong = isPassed && reviewed.reduce((sum, { count }) => sum + count, 0) > MAX_PASSED_ROWS;
  const steps = stepList(report, context);
  const isDone = isPassed && openBeforeMerge(report).length === 0;
  const quiet = nothing(report, groups);
  const inside = [isLong ? what : '', isDone ? steps : '', ...details(report, groups, context, detail), ...more].filter(
    (part) => part !== '',
  );
  return [
    title(report),
    quiet === '' || report.steps.length > 0 ? next(report) : '',
    ...dates(report, context),
    ...banners(report),
    problems(report, context),
    isLong ? '' : what,
    ...labels(report),
    isDone ? '' : steps,
    gap,
    fold(say('details'), inside.join('\n\n')),
    foot(report, context, quiet),
  ];
}

/** Everything that has no other place: the questions, the steps in full, what was counted, noted, advised and examined. */
function details(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  detail: Detail,
): readonly string[] {
  const reading = consentReading(report);
  const calendar = calendarPhrase(report);
  const notNeeded = notNeededText(report);
  const quiet = detail.quiet ? groups.filter((group) => group.quiet) : [];
  const count = counted(
    quiet.reduce((sum, group) => sum + group.count, 0),
    'change',
  );
  return [
    questions(report, context),
    reading === null ? '' : `**${markdown(reading.title)}** ${citedText(reading.text, report, context)}`,
    notes(groups, report, context, detail),
    ...stepsInFull(report, context, detail),
    notNeeded === null ? '' : `**${say('not-needed')}:** ${citedText(notNeeded, report, context)}`,
    calendar === null ? '' : `**${say('calendar-title')}:** ${markdown(calendar)}`,
    quiet.length === 0
      ? ''
      : `**${say('quiet-changes', { changes: count })}**\n\n${changes(quiet, report, context, detail)}`,
    advice(report, context, detail),
    detail.examined ? examined(report) : '',
  ];
}

/** Most files of one outcome that a comment lists; the report has all. */
const MAX_EXAMINED = 20;

/** What was done with the changed files. */
function examined(report: Report): string {
  const groups = groupExamined(report);
  if (groups.length === 0) return '';
  const lines = groups.map(({ title, files }) => {
    const shown = files.slice(0, MAX_EXAMINED).map((file) => {
      const why = examinedWhy(file);
      return `${codeSpan(shorten(file.path, 200))}${why === '' ? '' : ` (${inlineText(shorten(why, 200))})`}`;
    });
    const rest = files.length - shown.length;
    return `- ${say(title)}: ${[...shown, ...(rest > 0 ? [say('and-more', { count: rest })] : [])].join(', ')}`;
  });
  return `**${examinedSummary(report)}**\n\n${lines.join('\n')}`;
}

/** Why there was nothing to review, and what was looked at; '' where there was something. */
function nothing(report: Report, groups: readonly CategoryGroup[]): string {
  if (report.verdict !== 'passed' || groups.some(({ quiet }) => !quiet)) return '';
  const files = counted(report.files.length, 'file');
  const lines = groups.reduce((sum, { count }) => sum + count, 0);
  const isMeant = lines > 0 && report.categories.join() !== 'none';
  const why =
    report.categories.length === 0
      ? say('nothing-watched', { files })
      : isMeant
        ? say('nothing-review', { changes: counted(lines, 'change') })
        : say('nothing-meant', { files });
  return (report.examined ?? []).length === 0 ? why : `${why} ${examinedSummary(report)}.`;
}
