/** The result of an evaluation, and the combined result of several. */

import { PlatformError, UsageError } from '../model/errors.ts';
import type { Message } from '../model/messages.ts';
import { describeTime } from '../model/policy.ts';
import { type Report, type ReportLeadTime, toExitCode } from '../model/report.ts';
import { messages } from './messages.ts';

/** The result for one pull request, or for a merge group itself. */
export interface Outcome {
  readonly exit: 0 | 1 | 2 | 3;
  readonly report: Report | null;
  readonly commentUrl: string | null;
  /** Why there is no verdict. */
  readonly failure: UsageError | PlatformError | null;
}

/** An outcome with a report. */
export type DecidedOutcome = Outcome & { readonly report: Report };

/** The pull request has changed since its evaluation. */
export class Superseded extends PlatformError {
  /** True: a newer run is waiting or running, and it decides. False: only another attempt of this run decides. */
  readonly newerRun: boolean;

  constructor(message: Message, newerRun: boolean) {
    super(message);
    this.newerRun = newerRun;
  }
}

/** The outcome of a report. */
export function toDecidedOutcome(report: Report, commentUrl: string | null = null): DecidedOutcome {
  return { exit: toExitCode(report), report, commentUrl, failure: null };
}

/** The outcome of an evaluation that failed. */
export function toFailedOutcome(failure: UsageError | PlatformError): Outcome {
  return { exit: failure.exitCode, report: null, commentUrl: null, failure };
}

/** The failures of a run. Any other error is a defect of the program. */
export function toFailure(error: unknown): UsageError | PlatformError {
  if (error instanceof UsageError || error instanceof PlatformError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PlatformError(messages.internalError({ reason }), { cause: error });
}

/** A failure as the run's log and page show it. */
export function describeFailure({ id, message }: ReturnType<typeof toFailure>): string {
  return `${message} (${id})`;
}

/** The outcome that counts for the whole run: the worst one; null: nothing was evaluated. */
export function findWorst(outcomes: readonly Outcome[]): Outcome | null {
  return [...outcomes].sort((a, b) => b.exit - a.exit)[0] ?? null;
}

/** The action's outputs by name, for the outcome that counts. */
export function buildOutputs(worst: Outcome | null): Readonly<Record<string, string>> {
  if (worst === null) return { verdict: 'passed', 'comment-url': '' };
  const { report, commentUrl } = worst;
  if (report === null) return { verdict: 'error', 'comment-url': commentUrl ?? '' };
  return {
    verdict: report.verdict,
    categories: JSON.stringify(report.categories),
    'lead-time': report.leadTime === null ? '' : describeLeadTime(report.leadTime),
    'earliest-go-live': report.earliestGoLive?.from ?? '',
    'required-labels': JSON.stringify(report.labels.required),
    'missing-labels': JSON.stringify(report.labels.missing),
    'comment-url': commentUrl ?? '',
  };
}

function describeLeadTime(leadTime: ReportLeadTime): string {
  const { min, max, unit } = leadTime;
  if (unit === undefined || min === undefined || max === undefined) return describeTime(leadTime);
  const name = unit.replace('-', ' ');
  return min === max ? `${min} ${name}` : `${min}-${max} ${name}`;
}
