/** The job summary: the comment with more detail, and in its fold the proofs of approvals, the files and the sentences cited. */
import type { Report } from '../../model/report.ts';
import { escapeMarkdown, sanitizeUrl, shorten, toCodeSpan } from '../escape.ts';
import { buildPhrase } from '../phrase.ts';
import { groupChanges } from '../rows.ts';
import { formatCount, say } from '../words.ts';
import { type Detail, fullDetail, reduceDetail, renderWithin } from './detail.ts';
import { describeLeftOut, renderNext, renderParts, renderTitle } from './markdown.ts';
import {
  type MarkdownContext,
  nameFileStatus,
  renderFoot,
  renderPhrase,
  renderTable,
  withTitle,
} from './markdown-parts.ts';

/** 1 MiB per step. GitHub drops a longer summary whole (docs.github.com, workflow commands). */
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
  const whole = renderWithin(MAX_SUMMARY_BYTES, reduceDetail(report, groups, summaryDetail), ({ detail, missing }) =>
    joinParts(
      renderParts(report, groups, context, {
        detail,
        gap: describeLeftOut(missing, 'limit-summary', context),
        more: [renderApprovals(report), renderFiles(report), renderCitations(report)],
      }),
    ),
  );
  return whole ?? joinParts([renderTitle(report), renderNext(report), renderFoot(report, context)]);
}

function joinParts(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** For which change each label that counts was given, and which status proves it. */
function renderApprovals(report: Report): string {
  const lines = report.labels.accepted.flatMap((accepted) => {
    if (accepted.fingerprint === undefined) return [];
    const fingerprint = [{ value: accepted.fingerprint.slice(0, 12) }];
    const status =
      accepted.status === undefined
        ? ''
        : `, ${renderPhrase(buildPhrase('approval-proof', { status: [{ value: accepted.status }] }))}`;
    return [
      `- ${renderPhrase(buildPhrase('approval-for', { label: [{ value: accepted.label }], fingerprint }))}${status}`,
    ];
  });
  return lines.length === 0 ? '' : withTitle('summary-approvals', lines.slice(0, 100).join('\n'));
}

function renderFiles(report: Report): string {
  if (report.files.length === 0) return '';
  const rows = report.files.slice(0, fileLimit).map((file) => {
    const was =
      file.previousPath === undefined
        ? ''
        : `, ${renderPhrase(buildPhrase('renamed-from', { path: [{ value: shorten(file.previousPath, nameLimit) }] }))}`;
    return [
      toCodeSpan(shorten(file.path, nameLimit)),
      `${nameFileStatus(file.status)}${was}`,
      toCodeSpan(shorten(file.format, nameLimit)),
    ];
  });
  const rest = report.files.length - rows.length;
  if (rest > 0) rows.push([say('rest', { count: formatCount(rest, 'file') }), '', '']);
  const list = renderTable([say('summary-file'), say('summary-status'), say('summary-format')], rows);
  return withTitle('summary-files', list);
}

function renderCitations(report: Report): string {
  const lines = Object.entries(report.citations)
    .toSorted(([a], [b]) => compareSourceIds(a, b))
    .map(([id, citation]) => {
      const url = sanitizeUrl(citation.url);
      const name = escapeMarkdown(shorten(citation.document, nameLimit));
      const text = escapeMarkdown(shorten(citation.text, 1000));
      return `- **${escapeMarkdown(shorten(id, 40))}** ${text} (${url === null || name === '' ? name : `[${name}](${url})`})`;
    });
  return lines.length === 0 ? '' : withTitle('summary-sources', lines.slice(0, 200).join('\n'));
}

/** R9 before R10. */
export function compareSourceIds(a: string, b: string): number {
  const parseNumber = (id: string): number => Number(/^R(\d{1,4})$/.exec(id)?.[1] ?? Number.POSITIVE_INFINITY);
  const difference = parseNumber(a) - parseNumber(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : a > b ? 1 : 0) : difference;
}
