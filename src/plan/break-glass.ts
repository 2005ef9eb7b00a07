/**
 * The emergency way through: the policy's label, put on by its own approvers for exactly this change, with a reason in
 * the description, for some hours. It never clears what blocks always (a secret) nor a policy that cannot be read.
 */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { RejectedLabel, Report } from '../model/report.ts';
import { type ApprovalFacts, judgeLabel } from './approvals.ts';
import { describeApprovers } from './approvers.ts';
import { parseInstant } from './dates.ts';
import { lineOf, plainLine } from './description.ts';

const HOUR_MS = 3_600_000;

/** The way through as far as label, reason and time go; what it may clear is decided by the verdict. */
export interface BreakGlassAnswer {
  readonly glass: NonNullable<Report['breakGlass']> | null;
  readonly rejected: readonly RejectedLabel[];
}

/** Looks for a break-glass label that holds. On the command line there is none: nobody could prove who gave it. */
export function planBreakGlass(facts: ApprovalFacts): BreakGlassAnswer {
  const { pullRequest, policy } = facts;
  const rule = policy.breakGlass;
  if (rule === null || pullRequest === null) return { glass: null, rejected: [] };
  const { accepted, rejected } = judgeLabel(rule.label, rule.approvers, facts);
  if (accepted === undefined) return { glass: null, rejected: rejected === undefined ? [] : [rejected] };

  const { by, at } = accepted;
  const reject = (why: string): BreakGlassAnswer => {
    const reason = `${why} ${fill(messages['label-who-could'], { approvers: describeApprovers(rule.approvers) })}`;
    return { glass: null, rejected: [{ label: rule.label, by, at, reason }] };
  };
  const reason = lineOf(pullRequest.description, 'Break-glass');
  if (reason === null) return reject(messages['break-glass-no-reason']);
  const end = (parseInstant(at) ?? Number.NaN) + rule.expiresAfterHours * HOUR_MS;
  // Written so that a time that cannot be read is an end that has passed.
  if (!((parseInstant(facts.now) ?? Number.NaN) < end)) {
    return reject(fill(messages['break-glass-expired'], { hours: rule.expiresAfterHours }));
  }
  const until = new Date(end).toISOString().replace(/\.\d+/, '');
  return { glass: { label: rule.label, by, at, until, reason: plainLine(reason) }, rejected: [] };
}
