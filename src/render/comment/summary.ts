/** The job summary: the comment with more detail, and in its fold the receipts of approvals, the files and the sentences cited. */
import type { Report } from '../../model/report.ts';
import { codeSpan, inlineText, safeUrl, shorten } from '../escape.ts';
import { phrase } from '../phrase.ts';
import { groupChanges } from '../rows.ts';
import { counted, say } from '../words.ts';
import { type Detail, fullDetail, withinBudget } from './detail.ts';
import { content, leftOut, next, title } from './markdown.ts';
import { foot, type MarkdownContext, markdown, statusWord, table, titled } from './markdown-parts.ts';

/** 1 MiB per step; GitHub drops a longer summary whole (docs.github.com, workflow commands). */
export const MAX_SUMMARY_BYTES = 1_048_576;

const summaryDetail: Detail = {
  ...fullDetail,
  valueLimit: 2000,
  typeLimit: 1000,
  openRows: 50,
  rowLimit: 5000,
  idle: true,
};
const fileLimit = 1000;
const nameLimit = 200;

/** Markdown for `GITHUB_STEP_SUMMARY`, never longer than `MAX_SUMMARY_BYTES`. */
export function renderSummary(report: Report, context: MarkdownContext): string {
  const groups = groupChanges(report);
  const whole = withinBudget(report, groups, MAX_SUMMARY_BYTES, summaryDetail, (detail, missing) =>
    join(
      content(report, groups, context, {
        detail,
        gap: leftOut(missing, 'limit-summary', context),
        more: [receipts(report), files(report), citations(report)],
      }),
    ),
  );
  return whole ?? join([title(report), next(report), foot(report, context)]);
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** For which change each label that counts was given, and which status proves it. */
function receipts(report: Report): string {
  const lines = report.labels.accepted.flatMap((accepted) => {
    if (accepted.fingerprint === undefined) return [];
    const fingerprint = [{ value: accepted.fingerprint.slice(0, 12) }];
    const status =
      accepted.status === undefined
        ? ''
        : `, ${markdown(phrase('receipt-status', { status: [{ value: accepted.status }] }))}`;
    return [`- ${markdown(phrase('receipt', { label: [{ value: accepted.label }], fingerprint }))}${status}`];
  });
  return lines.length === 0 ? '' : titled('summary-receipts', lines.slice(0, 100).join('\n'));
}

function files(report: Report): string {
  if (report.files.length === 0) return '';
  const rows = report.files.slice(0, fileLimit).map((file) => {
    const was =
      file.previousPath === undefined
        ? ''
        : `, ${markdown(phrase('renamed-from', { path: [{ value: shorten(file.previousPath, nameLimit) }] }))}`;
    return [
      codeSpan(shorten(file.path, nameLimit)),
      `${statusWord(file.status)}${was}`,
      codeSpan(shorten(file.format, nameLimit)),
    ];
  });
  const rest = report.files.length - rows.length;
  if (rest > 0) rows.push([say('rest', { count: counted(rest, 'file') }), '', '']);
  const list = table([say('summary-file'), say('summary-status'), say('summary-format')], rows);
  return titled('summary-files', list);
}

function citations(report: Report): string {
  const lines = Object.entries(report.citations)
    .toSorted(([a], [b]) => byNumber(a, b))
    .map(([id, citation]) => {
      const url = safeUrl(citation.url);
      const name = inlineText(shorten(citation.document, nameLimit));
      const text = inlineText(shorten(citation.text, 1000));
      return `- **${inlineText(shorten(id, 40))}** ${text} (${url === null || name === '' ? name : `[${name}](${url})`})`;
    });
  return lines.length === 0 ? '' : titled('summary-sources', lines.slice(0, 200).join('\n'));
}

/** R9 before R10. */
export function byNumber(a: string, b: string): number {
  const number = (id: string): number => Number(/^R(\d{1,4})$/.exec(id)?.[1] ?? Number.POSITIVE_INFINITY);
  const difference = number(a) - number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : a > b ? 1 : 0) : difference;
}
