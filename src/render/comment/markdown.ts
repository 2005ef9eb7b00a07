/** The comment on the pull request: verdict and next action first, then why, then everything else. */
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
  stepsInOrder,
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
  heading,
  labelTable,
  type MarkdownContext,
  markdown,
  problems,
  questions,
  stepBoxes,
  steps,
} from './markdown-parts.ts';

export type { MarkdownContext } from './markdown-parts.ts';

/** Longest comment in UTF-8 bytes. GitHub refuses 65,536 of an unknown unit with 422, documented nowhere. */
export const MAX_COMMENT_BYTES = 60_000;

/** The comment's body; never longer than `MAX_COMMENT_BYTES`, and cut at no place but between whole parts. */
export function renderMarkdown(report: Report, context: MarkdownContext): string {
  const groups = groupChanges(report);
  const body = withinBudget(report, groups, MAX_COMMENT_BYTES, fullDetail, (detail, missing) =>
    joined(context.marker, [title(report), ...content(report, groups, context, detail, missing)]),
  );
  return body ?? renderTightMarkdown(report, context) ?? renderShortMarkdown(report, context);
}

/** No change is listed and every text is short; null when even that is too long. */
function renderTightMarkdown(report: Report, context: MarkdownContext): string | null {
  const tight = tightened(report);
  const missing = [say('drop-all-rows', { count: report.changes.length }), say('drop-texts')];
  const body = joined(context.marker, [title(report), ...content(tight, [], context, leastDetail, missing)]);
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
  return `### ${say('product')}: ${markdown(verdictPhrase(report))}`;
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

function content(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  detail: Detail,
  missing: readonly string[],
): readonly string[] {
  const gap = leftOut(missing, 'limit-comment', context);
  if (report.verdict === 'passed') return passed(report, groups, context, detail, gap);
  return [
    next(report),
    ...dates(report, context),
    ...banners(report),
    ...why(report, groups, context, detail, gap),
    foot(report, context),
  ];
}

/** Why: questions, labels, problems, steps, changes, advice, and what is not shown. */
export function why(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  detail: Detail,
  gap: string,
): readonly string[] {
  const list = steps(report, context, detail);
  const reading = consentReading(report);
  const calendar = calendarPhrase(report);
  return [
    questions(report, context),
    ...(reading === null ? [] : [`**${markdown(reading.title)}** ${citedText(reading.text, report, context)}`]),
    labelTable(report),
    problems(report, context),
    ...(list === '' ? [] : [heading('steps'), list]),
    ...notNeeded(report, context),
    ...(calendar === null ? [] : [`**${say('calendar-title')}:** ${markdown(calendar)}`]),
    changes(groups, report, context, detail),
    advice(report, context, detail),
    detail.examined ? examined(report) : '',
    gap,
  ];
}

/** Most files of one outcome that a comment lists; the report has all. */
const MAX_EXAMINED = 20;

/** What was done with the changed files, folded. */
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
  return fold(examinedSummary(report), lines.join('\n'));
}

/** What need not be done, as a line; nothing where the report does not say. */
function notNeeded(report: Report, context: MarkdownContext): readonly string[] {
  const text = notNeededText(report);
  return text === null ? [] : [`**${say('not-needed')}:** ${citedText(text, report, context)}`];
}

/** When all is well: the verdict, what is left to do if anything is, and a fold. */
function passed(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  detail: Detail,
  gap: string,
): readonly string[] {
  const open = report.steps.some((step) => step.required && step.state === 'open');
  const small = foot(report, context, nothing(report, groups));
  const above = [...banners(report), ...(open ? [next(report), ...dates(report, context)] : [])];
  if (report.changes.length === 0 && report.steps.length === 0 && report.problems.length === 0)
    return [...above, ...notNeeded(report, context), examined(report), small];
  const inside = why(report, groups, context, detail, gap).filter((part) => part !== '');
  const summary = say('reviewed-fold', {
    changes: counted(report.changes.length, 'change'),
    steps: counted(stepsInOrder(report).length, 'step'),
  });
  return [...above, small, fold(summary, inside.join('\n\n'))];
}

/** Why there was nothing to review, or '' where there was something. */
function nothing(report: Report, groups: readonly CategoryGroup[]): string {
  const files = counted(report.files.length, 'file');
  if (report.categories.length === 0) return say('nothing-watched', { files });
  if (groups.length === 0 || report.categories.join() === 'none') return say('nothing-meant', { files });
  return groups.every((group) => group.quiet)
    ? say('nothing-review', { changes: counted(report.changes.length, 'change') })
    : '';
}
