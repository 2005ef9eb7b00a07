/**
 * The emergency label: added by its own approvers for exactly this change, with a reason in the description, valid for
 * some hours. It never clears a category that always blocks (a secret) nor a policy that cannot be read.
 */
import type { Message } from '../model/messages.ts';
import type { RejectedLabel, Report } from '../model/report.ts';
import { type ApprovalFacts, evaluateLabel } from './approvals.ts';
import { withApprovers } from './approvers.ts';
import { parseInstant } from './dates.ts';
import { findLine, toPlainLine } from './description.ts';
import { messages } from './messages.ts';

const HOUR_MS = 3_600_000;

/** The label's approver, reason and time. The verdict decides which blocks it clears. */
export interface BreakGlassResult {
  readonly glass: NonNullable<Report['breakGlass']> | null;
  readonly rejected: readonly RejectedLabel[];
}

/** Finds a break-glass label that counts. On the command line no such label counts, because its user is not proven. */
export function planBreakGlass(facts: ApprovalFacts): BreakGlassResult {
  const { pullRequest, policy } = facts;
  const rule = policy.breakGlass;
  if (rule === null || pullRequest === null) return { glass: null, rejected: [] };
  const { accepted: approvals, rejected } = evaluateLabel(rule.label, rule.approvers, facts);
  const [accepted] = approvals;
  if (accepted === undefined) return { glass: null, rejected: rejected === undefined ? [] : [rejected] };

  const { by, at } = accepted;
  const reject = ({ message }: Message): BreakGlassResult => ({
    glass: null,
    rejected: [{ label: rule.label, by, at, reason: withApprovers(message, rule.approvers) }],
  });
  const reason = findLine(pullRequest.description, 'Break-glass');
  if (reason === null) return reject(messages.breakGlassNoReason());
  const end = (parseInstant(at) ?? Number.NaN) + rule.expiresAfterHours * HOUR_MS;
  // Written so that a time that cannot be read is an end that has passed.
  if (!((parseInstant(facts.now) ?? Number.NaN) < end)) {
    return reject(messages.breakGlassExpired({ hours: rule.expiresAfterHours }));
  }
  const until = new Date(end).toISOString().replace(/\.\d+/, '');
  return { glass: { label: rule.label, by, at, until, reason: toPlainLine(reason) }, rejected: [] };
}
