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
import { secondOf } from './dates.ts';

/** What approvals are judged by. */
export interface ApprovalFacts {
  readonly policy: Policy;
  readonly fingerprint: string;
  /** Null on the command line, where there is no provenance. */
  readonly pullRequest: PullRequestState | null;
  readonly commandLineLabels: readonly string[];
  readonly now: string;
}

/** What became of one label: at most one of the two; neither where it is not on. */
export interface Judgement {
  readonly accepted?: AcceptedLabel;
  readonly rejected?: RejectedLabel;
}

/** The last event of a label, of two within a second the later one in GitHub's list; one without a time hides the order, so it wins. */
function lastEvent(label: string, { labelEvents }: PullRequestState): LabelEvent | undefined {
  const events = labelEvents.filter((event) => sameName(event.label, label));
  const undated = events.find(({ at }) => Number.isNaN(secondOf(at)));
  return undated ?? events.sort((one, other) => secondOf(one.at) - secondOf(other.at)).at(-1);
}

/** Judges one label under the rule that holds for it. */
export function judgeLabel(label: string, rule: ApproverRule, facts: ApprovalFacts): Judgement {
  const { pullRequest, fingerprint } = facts;
  if (pullRequest === null) {
    return facts.commandLineLabels.some((given) => sameName(given, label))
      ? { accepted: { label, by: messages['command-line'], at: facts.now } }
      : {};
  }
  if (!pullRequest.labels.some((on) => sameName(on, label))) return {};

  const event = lastEvent(label, pullRequest);
  const actor = event?.actor;
  const at = event?.at ?? '';
  const origin = { label, ...(actor ? { by: actor.login } : {}), ...(at === '' ? {} : { at }) };
  const reject = (why: string, dropped = false): Judgement => ({
    rejected: {
      ...origin,
      reason: `${why} ${fill(messages['label-who-could'], { approvers: describeApprovers(rule) })}`,
      ...(dropped ? { dropped } : {}),
    },
  });
  if (!actor || Number.isNaN(secondOf(at))) return reject(messages['label-no-history']);
  const by = actor.login;
  const refusal = refusalOf(rule, actor, pullRequest);
  if (refusal !== null) return reject(refusal);

  const { lastEvaluation } = pullRequest;
  if (lastEvaluation === null) return reject(fill(messages['label-before-first'], { by }));
  if (lastEvaluation.fingerprint !== fingerprint) return reject(fill(messages['label-change-moved'], { by }), true);
  // Also false where the time of the evaluation cannot be read: then nothing is proven.
  if (!(secondOf(at) > secondOf(lastEvaluation.since))) {
    return reject(fill(messages['label-before-shown'], { by, since: lastEvaluation.since }), true);
  }
  return { accepted: { label, by, at, fingerprint, status: lastEvaluation.status } };
}

/** The labels that enforced findings ask for, in the policy's order. */
export function requiredLabels(present: readonly PresentCategory[]): readonly string[] {
  const labels = present.flatMap(({ category, findings }) =>
    category.blocks === 'until-label' && category.label !== null && findings.some(isEnforced) ? [category.label] : [],
  );
  return [...new Set(labels)];
}

/** Judges labels under the rules that hold for them. */
function judgeLabels(labels: readonly string[], facts: ApprovalFacts) {
  const judged = labels.map((label) => judgeLabel(label, approverRuleOf(facts.policy, label), facts));
  return {
    accepted: judged.flatMap(({ accepted }) => accepted ?? []),
    rejected: judged.flatMap(({ rejected }) => rejected ?? []),
  };
}

/** Labels that are no longer asked for but were a valid approval of the change as it was before: the gate takes them off. */
function formerApprovals(required: readonly string[], facts: ApprovalFacts): readonly RejectedLabel[] {
  const labels = facts.policy.categories.map(({ label }) => label).filter((label) => label !== null);
  const others = new Set(labels.filter((label) => !required.includes(label)));
  const since = secondOf(facts.pullRequest?.lastEvaluation?.since);
  return judgeLabels([...others], facts).rejected.filter(({ dropped, at }) => dropped === true && secondOf(at) > since);
}

/** Judges every label that the change asks for. `missing` is what is still to be given. */
export function planLabels(required: readonly string[], facts: ApprovalFacts): ReportLabels {
  const { accepted, rejected } = judgeLabels(required, facts);
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
