/** The comment on the pull request: verdict, next action and date, changes, labels, steps, and a fold for everything else. */
import type { Report } from '../../model/report.ts';
import { escapeMarkdown, sanitizeUrl, shorten, toCodeSpan } from '../escape.ts';
import { explainOutcome, groupExamined, summarizeExamined } from '../examined.ts';
import { type CategoryGroup, groupChanges } from '../rows.ts';
import {
  describeCalendar,
  describeNotNeeded,
  findConsentReading,
  listDateLines,
  listOpenBeforeMerge,
  nameProduct,
} from '../sections.ts';
import { describeNext, describeVerdict } from '../verdict.ts';
import { formatCount, say, type TitleId } from '../words.ts';
import {
  countBytes,
  type Detail,
  fullDetail,
  leastDetail,
  reduceDetail,
  renderWithin,
  tightenReport,
} from './detail.ts';
import {
  type MarkdownContext,
  renderAdvice,
  renderBanners,
  renderChanges,
  renderCitedText,
  renderDates,
  renderFolded,
  renderFoot,
  renderLabels,
  renderNotes,
  renderPhrase,
  renderProblems,
  renderQuestions,
  withHeading,
} from './markdown-parts.ts';
import { renderBoxes, renderSteps, renderStepsInFull } from './steps.ts';

export type { MarkdownContext } from './markdown-parts.ts';

/** Longest comment in UTF-8 bytes. GitHub refuses 65,536 of an unknown unit with 422, documented nowhere. */
export const MAX_COMMENT_BYTES = 60_000;

/** Most visible lines of changes in a comment that requires no action. */
const MAX_PASSED_ROWS = 6;

/** The comment's body. It is never longer than `MAX_COMMENT_BYTES`, and cut only between whole parts. */
export function renderMarkdown(report: Report, context: MarkdownContext): string {
  const groups = groupChanges(report);
  const body = renderWithin(MAX_COMMENT_BYTES, reduceDetail(report, groups, fullDetail), ({ detail, missing }) =>
    joinParts(
      context.marker,
      renderParts(report, groups, context, { detail, gap: describeLeftOut(missing, 'limit-comment', context) }),
    ),
  );
  return body ?? renderTightMarkdown(report, context) ?? renderShortMarkdown(report, context);
}

/** A rendering without a list of changes and with short texts; null if even that is too long. */
function renderTightMarkdown(report: Report, context: MarkdownContext): string | null {
  const tight = tightenReport(report);
  const missing = [say('drop-all-rows', { count: report.changes.length }), say('drop-texts')];
  const gap = describeLeftOut(missing, 'limit-comment', context);
  const [, ...rest] = renderParts(tight, [], context, { detail: leastDetail, gap });
  const body = joinParts(context.marker, [renderTitle(report), ...rest]);
  return countBytes(body) <= MAX_COMMENT_BYTES ? body : null;
}

/** The short form if GitHub refuses the whole comment: verdict, next action, boxes, address of the rest. A few kilobytes. */
export function renderShortMarkdown(report: Report, context: MarkdownContext): string {
  return joinParts(context.marker, [
    renderTitle(report),
    renderNext(report),
    ...listDateLines(report)
      .slice(0, 1)
      .map((line) => `**${say(line.title)}:** ${renderPhrase(line.text)}`),
    renderBoxes(report, context),
    say('short-note', { where: linkReport(context) }),
    renderFoot(report, context),
  ]);
}

/** Verdict as the heading. */
export function renderTitle(report: Report): string {
  return `### ${escapeMarkdown(nameProduct(report))}: ${renderPhrase(describeVerdict(report))}`;
}

export function renderNext(report: Report): string {
  return `**${say('next')}:** ${renderPhrase(describeNext(report))}`;
}

function joinParts(marker: string, parts: readonly string[]): string {
  return `${marker}\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function linkReport(context: MarkdownContext): string {
  const address = sanitizeUrl(context.report);
  return address === null ? say('left-out-json') : `[${say('left-out-link')}](${address})`;
}

/** The line about omitted parts; empty if there are none. */
export function describeLeftOut(missing: readonly string[], limit: TitleId, context: MarkdownContext): string {
  if (missing.length === 0) return '';
  return say('left-out', { limit: say(limit), parts: escapeMarkdown(missing.join(', ')), where: linkReport(context) });
}

/** The amount of detail, the text about omissions, and the parts of an output beyond the comment. */
interface Extent {
  readonly detail: Detail;
  readonly gap: string;
  readonly more?: readonly string[];
}

/** All parts in their order: the important ones, then one fold. */
export function renderParts(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  { detail, gap, more = [] }: Extent,
): readonly string[] {
  const isPassed = report.verdict === 'passed';
  const reviewed = groups.filter(({ quiet }) => !quiet);
  const shown = renderChanges(reviewed, report, context, detail);
  const what = shown === '' ? '' : withHeading('what-changes', shown);
  const isLong = isPassed && reviewed.reduce((sum, { count }) => sum + count, 0) > MAX_PASSED_ROWS;
  const steps = renderSteps(report, context);
  const isDone = isPassed && listOpenBeforeMerge(report).length === 0;
  const quiet = explainEmptyReview(report, groups);
  const inside = [
    isLong ? what : '',
    isDone ? steps : '',
    ...renderDetails(report, groups, context, detail),
    ...more,
  ].filter((part) => part !== '');
  return [
    renderTitle(report),
    quiet === '' || report.steps.length > 0 ? renderNext(report) : '',
    ...renderDates(report, context),
    ...renderBanners(report),
    renderProblems(report, context),
    isLong ? '' : what,
    ...renderLabels(report),
    isDone ? '' : steps,
    gap,
    renderFolded(say('details'), inside.join('\n\n')),
    renderFoot(report, context, quiet),
  ];
}

/** All other parts: the questions, the steps in full, the counted days, notes, advice and examined files. */
function renderDetails(
  report: Report,
  groups: readonly CategoryGroup[],
  context: MarkdownContext,
  detail: Detail,
): readonly string[] {
  const reading = findConsentReading(report);
  const calendar = describeCalendar(report);
  const notNeeded = describeNotNeeded(report);
  const quiet = detail.quiet ? groups.filter((group) => group.quiet) : [];
  const count = formatCount(
    quiet.reduce((sum, group) => sum + group.count, 0),
    'change',
  );
  return [
    renderQuestions(report, context),
    reading === null ? '' : `**${renderPhrase(reading.title)}** ${renderCitedText(reading.text, report, context)}`,
    renderNotes(groups, report, context, detail),
    ...renderStepsInFull(report, context, detail),
    notNeeded === null ? '' : `**${say('not-needed')}:** ${renderCitedText(notNeeded, report, context)}`,
    calendar === null ? '' : `**${say('calendar-title')}:** ${renderPhrase(calendar)}`,
    quiet.length === 0
      ? ''
      : `**${say('quiet-changes', { changes: count })}**\n\n${renderChanges(quiet, report, context, detail)}`,
    renderAdvice(report, context, detail),
    detail.examined ? renderExamined(report) : '',
  ];
}

/** Most files of one outcome that a comment lists. The report contains all. */
const MAX_EXAMINED = 20;

/** The treatment of the changed files. */
function renderExamined(report: Report): string {
  const groups = groupExamined(report);
  if (groups.length === 0) return '';
  const lines = groups.map(({ title, files }) => {
    const shown = files.slice(0, MAX_EXAMINED).map((file) => {
      const why = explainOutcome(file);
      return `${toCodeSpan(shorten(file.path, 200))}${why === '' ? '' : ` (${escapeMarkdown(shorten(why, 200))})`}`;
    });
    const rest = files.length - shown.length;
    return `- ${say(title)}: ${[...shown, ...(rest > 0 ? [say('and-more', { count: rest })] : [])].join(', ')}`;
  });
  return `**${summarizeExamined(report)}**\n\n${lines.join('\n')}`;
}

/** The reason why there is no change to review, and the checked files; '' if there is a change. */
function explainEmptyReview(report: Report, groups: readonly CategoryGroup[]): string {
  if (report.verdict !== 'passed' || groups.some(({ quiet }) => !quiet)) return '';
  const files = formatCount(report.files.length, 'file');
  const lines = groups.reduce((sum, { count }) => sum + count, 0);
  const isMeant = lines > 0 && report.categories.join() !== 'none';
  const why =
    report.categories.length === 0
      ? say('nothing-watched', { files })
      : isMeant
        ? say('nothing-review', { changes: formatCount(lines, 'change') })
        : say('nothing-meant', { files });
  return (report.examined ?? []).length === 0 ? why : `${why} ${summarizeExamined(report)}.`;
}
