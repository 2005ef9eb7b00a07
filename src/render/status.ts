/** The one line beside the commit status. */
import messages from '../../data/messages/status.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { Report } from '../model/report.ts';
import { visible } from './escape.ts';

/** What the status says of a report; the caller shortens it to GitHub's limit. */
export function statusDescription(report: Report): string {
  const text = answer(report);
  return visible(report.evaluation.mode === 'report' ? fill(messages['report-only'], { answer: text }) : text);
}

function answer(report: Report): string {
  if (report.verdict === 'error') return messages.error;
  if (report.verdict === 'passed') {
    if (report.breakGlass !== undefined) return fill(messages['break-glass'], { by: report.breakGlass.by });
    if (report.files.length === 0) return messages['nothing-watched'];
    return report.labels.accepted.length === 0
      ? messages['no-review']
      : fill(messages.approved, { labels: names(report.labels.required) });
  }
  const { missing } = report.labels;
  if (missing.length > 0)
    return fill(messages[missing.length === 1 ? 'label-missing' : 'labels-missing'], {
      count: missing.length,
      labels: names(missing),
    });
  return messages.blocked;
}

function names(labels: readonly string[]): string {
  return labels.join(', ');
}
