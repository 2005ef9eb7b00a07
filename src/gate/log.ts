/** The log and the summary of a run. */
import type { Report } from '../model/report.ts';
import { renderAnnotations } from '../render/annotations.ts';
import { MAX_SUMMARY_BYTES, renderSummary } from '../render/comment/summary.ts';
import { renderText } from '../render/text/text.ts';
import { words } from './messages.ts';
import type { RunOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { buildMarkdownContext } from './publish.ts';

/**
 * The report for the log. It contains values from the pull request, in which the runner must read no commands: the runner stops
 * reading commands until it finds `token`, which is not known before.
 */
export function renderLog(report: Report, token: string): string {
  const text = renderText(report, { width: 100, color: false });
  return `::stop-commands::${token}\n${text}\n::${token}::\n${renderAnnotations(report)}\n`;
}

/** Room in the summary for the line with the number of omitted reports. */
const RESERVED_BYTES = 1024;

/**
 * The run's summary: every report, and why a pull request was not decided. GitHub drops a summary over its limit, so reports
 * that do not fit are left out.
 */
export function renderRunSummary(outcomes: readonly Outcome[], options: RunOptions): string {
  const parts = outcomes.flatMap((outcome) => renderSummaryParts(outcome, options));
  const fitting: string[] = [];
  let bytes = RESERVED_BYTES;
  for (const part of parts) {
    const size = Buffer.byteLength(part) + 1;
    if (bytes + size > MAX_SUMMARY_BYTES) continue;
    fitting.push(part);
    bytes += size;
  }
  const missing = parts.length - fitting.length;
  return [...fitting, ...(missing === 0 ? [] : [`\n${words.summaryCut(missing)}\n`])].join('\n');
}

function renderSummaryParts({ report, failure }: Outcome, options: RunOptions): readonly string[] {
  return [
    ...(report === null ? [] : [renderSummary(report, buildMarkdownContext(report, options))]),
    ...(failure === null ? [] : [`\n${failure.message.replace(/[<>&]/g, ' ')}\n`]),
  ];
}
