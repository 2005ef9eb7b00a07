/** What the run's log and summary show of an outcome. */
import type { Report } from '../model/report.ts';
import { renderAnnotations } from '../render/annotations.ts';
import { renderSummary } from '../render/comment/summary.ts';
import { renderText } from '../render/text/text.ts';
import type { RunOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { buildMarkdownContext } from './publish.ts';

/**
 * The report for the log. It has values from the pull request in it, where the runner must read no commands: it stops
 * until it finds `token`, which nobody can know before.
 */
export function renderLog(report: Report, token: string): string {
  const text = renderText(report, { width: 100, colour: false });
  return `::stop-commands::${token}\n${text}\n::${token}::\n${renderAnnotations(report)}\n`;
}

/** The parts of the run's summary: the report, and why nothing was decided. */
export function renderSummaryParts({ report, failure }: Outcome, options: RunOptions): readonly string[] {
  return [
    ...(report === null ? [] : [renderSummary(report, buildMarkdownContext(report, options))]),
    ...(failure === null ? [] : [`\n${failure.message.replace(/[<>&]/g, ' ')}\n`]),
  ];
}
