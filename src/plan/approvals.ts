/**
 * Which labels count. An approval is a label that is on now, was put there by someone who may, after the gate had
 * published its evaluation of the very change that is there now. Rights are judged now, times are GitHub's.
 */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { ApproverRule, Policy } from '../model/policy.ts';
import type { LabelEvent, PullRequestState } from '../model/pull-request.ts';
import type { AcceptedLabel, RejectedLabel, ReportLabels } from '../model/report.ts';
import { approverRuleOf, describeApprovers, refusalOf, sameName } from './approvers.ts';
import { isEnforced, type PresentCategory } from './categories.ts';
import { parseInstant } from './dates.ts';

/** What approvals are judged by. */
export interface ApprovalFacts {
  readonly policy: Policy;
  readonly fingerprint: string;
  /** Null on the command line, where there is no provenance. */
  readonly pullRequest: PullRequestState | null;
  readonly commandLineLabels: readonly string[];
  readonly now: string;
}

/** What became of one label. `earlier`: it was valid for another state of the change. */
export type Judgement =
  | { readonly kind: 'absent' }
  | { readonly kind: 'accepted'; readonly accepted: AcceptedLabel }
  | { readonly kind: 'rejected'; readonly rejected: RejectedLabel; readonly earlier: boolean };

/** GitHub's times have whole seconds; what happened within one second has no order. */
function second(time: string): number {
  const instant = parseInstant(time);
  return instant === null ? Number.NaN : Math.floor(instant / 1000);
}

/** The last event of a label; one without a time hides the order, so it wins. */
function lastEvent(label: string, pullRequest: PullRequestState): LabelEvent | null {
  const events = pullRequest.labelEvents.filter((event) => sameName(event.label, label));
  const undated = events.find((event) => event.at === null || Number.isNaN(second(event.at)));
  if (undated !== undefined) return undated;
  return events.reduce<LabelEvent | null>(
    (last, event) => (last === null || second(event.at ?? '') >= second(last.at ?? '') ? event : last),
    null,
  );
}

/** Judges one label under the rule that holds for it. */
export function judgeLabel(label: string, rule: ApproverRule, facts: ApprovalFacts): Judgement {
  const { pullRequest, fingerprint } = facts;
  if (pullRequest === null) {
    return facts.commandLineLabels.some((given) => sameName(given, label))
      ? { kind: 'accepted', accepted: { label, by: messages['command-line'], at: facts.now } }
      : { kind: 'absent' };
  }
  if (!pullRequest.labels.some((on) => sameName(on, label))) return { kind: 'absent' };

  const event = lastEvent(label, pullRequest);
  const origin = { label, ...(event?.actor ? { by: event.actor.login } : {}), ...(event?.at ? { at: event.at } : {}) };
  const reject = (why: string, earlier = false): Judgement => ({
    kind: 'rejected',
    earlier,
    rejected: {
      ...origin,
      reason: `${why} ${fill(messages['label-who-could'], { approvers: describeApprovers(rule) })}`,
      ...(earlier ? { dropped: true } : {}),
    },
  });
  if (event === null || event.actor === null || event.at === null || Number.isNaN(second(event.at))) {
    return reject(messages['label-no-history']);
  }
  const by = event.actor.login;
  const refusal = refusalOf(rule, event.actor, pullRequest);
  if (refusal !== null) return reject(refusal);

  const { standing } = pullRequest;
  if (standing === null) return reject(fill(messages['label-before-first'], { by }));
  if (standing.fingerprint !== fingerprint) return reject(fill(messages['label-change-moved'], { by }), true);
  // Also false where the time of standing cannot be read: then nothing is proven.
  if (!(second(event.at) > second(standing.since))) {
    return reject(fill(messages['label-before-shown'], { by, since: standing.since }), true);
  }
  return { kind: 'accepted', accepted: { label, by, at: event.at, fingerprint, status: standing.status } };
}

/** The labels that enforced findings ask for, in the policy's order. */
export function requiredLabels(present: readonly PresentCategory[]): readonly string[] {
  const labels = present.flatMap(({ category, findings }) =>
    category.blocks === 'until-label' && category.label !== null && findings.some(isEnforced) ? [category.label] : [],
  );
  return [...new Set(labels)];
}

/** Labels that are no longer asked for but were a valid approval of the change as it was before: the gate takes them off. */
function formerApprovals(required: readonly string[], facts: ApprovalFacts): readonly RejectedLabel[] {
  const { policy, pullRequest, fingerprint } = facts;
  const standing = pullRequest?.standing ?? null;
  if (standing === null || standing.fingerprint === fingerprint) return [];
  const others = policy.categories.flatMap(({ label }) => (label === null || required.includes(label) ? [] : [label]));
  return [...new Set(others)].flatMap((label) => {
    const judgement = judgeLabel(label, approverRuleOf(policy, label), facts);
    if (judgement.kind !== 'rejected' || !judgement.earlier) return [];
    return second(judgement.rejected.at ?? '') > second(standing.since) ? [judgement.rejected] : [];
  });
}

/** Judges every label that the change asks for. `missing` is what is still to be given. */
export function planLabels(required: readonly string[], facts: ApprovalFacts): ReportLabels {
  const judged = required.map((label) => judgeLabel(label, approverRuleOf(facts.policy, label), facts));
  const accepted = judged.flatMap((judgement) => (judgement.kind === 'accepted' ? [judgement.accepted] : []));
  const rejected = judged.flatMap((judgement) => (judgement.kind === 'rejected' ? [judgement.rejected] : []));
  const given = new Set(accepted.map((label) => label.label));
  return {
    required,
    missing: required.filter((label) => !given.has(label)),
    accepted,
    rejected: [...rejected, ...formerApprovals(required, facts)],
    approvers: Object.fromEntries(
      required.map((label) => [label, describeApprovers(approverRuleOf(facts.policy, label))]),
    ),
  };
}
