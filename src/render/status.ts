/** The one line beside the commit status. */
import type { Report } from '../model/report.ts';
import { makeVisible } from './escape.ts';
import { toPlainText } from './phrase.ts';
import { describeNext, describeVerdict } from './verdict.ts';

/** The sentences of the commit status. */
export const statusWords = {
  pending: 'The gate is looking at this commit.',
  failed: ({ id }: { id: string }) => `Could not decide (${id}); see the run's log.`,
  policyInvalid: ({ place }: { place: string }) => `The policy is invalid: ${place}.`,
  groupPassed: ({ members }: { members: string }) => `Passed: every pull request of the group has passed (${members}).`,
};

/** The description of the status. The caller shortens it to GitHub's limit. */
export function describeStatus(report: Report): string {
  const text = writeVerdict(report);
  return makeVisible(
    report.evaluation.mode === 'report' ? `Report only, nothing is blocked. It would say: ${text}` : text,
  );
}

function writeVerdict(report: Report): string {
  const { verdict, breakGlass, files, changes, labels } = report;
  if (verdict === 'error') return "Could not decide; see the run's log.";
  if (verdict === 'passed') {
    if (breakGlass !== undefined) return `Passed in an emergency: break-glass by ${breakGlass.by}.`;
    if (files.length === 0) return 'Passed: no watched file changed.';
    if (changes.length === 0) return 'Passed: read and equal, nothing changed in meaning.';
    if (labels.accepted.length === 0) return 'Passed: no change that needs a review.';
    return `Passed: approved with ${labels.required.join(', ')}.`;
  }
  const missing = labels.missing.join(', ');
  if (labels.missing.length === 0) return describeOtherReason(report);
  const refused = labels.rejected.filter(({ pending }) => pending !== true);
  const added = labels.missing.filter((label) => refused.some((rejected) => rejected.label === label));
  if (added.length === 0 && refused.length < labels.rejected.length) {
    return `Blocked: further approvals are needed: ${missing}.`;
  }
  if (labels.missing.length === 1) {
    return added.length === 0
      ? `Blocked: the label ${missing} is missing.`
      : `Blocked: the label ${missing} was added, but is not valid.`;
  }
  if (added.length === 0) return `Blocked: ${labels.missing.length} labels are missing: ${missing}.`;
  return `Blocked: ${labels.missing.length} labels are missing, or were added but are not valid: ${missing}.`;
}

/** Why a change without a missing label is blocked, and the next action: an enforced step, a secret, a refused value. */
function describeOtherReason(report: Report): string {
  const reason = toPlainText(describeVerdict(report));
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}. Next: ${toPlainText(describeNext(report))}`;
}
