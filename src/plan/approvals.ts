/**
 * Determines the labels that count. An approval is a present label that an approver added after the gate had published its
 * evaluation of exactly this change. If the policy counts reviews, such an approver's review is one too. Current rights and
 * GitHub's times count.
 */
import { uniqueBy } from '../model/lists.ts';
import type { Message } from '../model/messages.ts';
import { type ApproverRule, countsReviews, type Policy } from '../model/policy.ts';
import type { LabelEvent, PullRequestState, UnprovenTime } from '../model/pull-request.ts';
import type { AcceptedLabel, RejectedLabel, ReportLabels } from '../model/report.ts';
import { describeApprovers, explainRefusal, findApproverRule, isSameName, withApprovers } from './approvers.ts';
import { isEnforced, type PresentCategory } from './categories.ts';
import { parseSecond } from './dates.ts';
import { messages, words } from './messages.ts';

/** The facts that determine whether a label counts. */
export interface ApprovalFacts {
  readonly policy: Policy;
  readonly fingerprint: string;
  /** Null on the command line, which has no provenance. */
  readonly pullRequest: PullRequestState | null;
  readonly commandLineLabels: readonly string[];
  readonly now: string;
  /** The files that a label is about. */
  readonly listFiles: (label: string) => readonly string[];
}

/** The result for one label: the approvals by which it counts, each by another person; or the reason why it does not count. */
export interface LabelResult {
  readonly accepted: readonly AcceptedLabel[];
  /** Set also if it counts by reviews, and the label itself is to be removed. */
  readonly rejected?: RejectedLabel;
}

/** The result of a label event or review: an approval, the reason why it does not count, or neither. */
interface Approval {
  readonly accepted?: AcceptedLabel;
  readonly rejected?: RejectedLabel;
}

/**
 * The last event of a label. Of two within a second, it is the later one in GitHub's list. An event without a time hides the
 * order, so it wins.
 */
function findLastEvent(label: string, { labelEvents }: PullRequestState): LabelEvent | undefined {
  const events = labelEvents.filter((event) => isSameName(event.label, label));
  const undated = events.find(({ at }) => Number.isNaN(parseSecond(at)));
  return undated ?? events.sort((one, other) => parseSecond(one.at) - parseSecond(other.at)).at(-1);
}

/** Whether something else was, or may have been, on the pull request at that moment. */
export function isUnproven(at: string | null, unproven: readonly UnprovenTime[]): boolean {
  const second = parseSecond(at);
  return unproven.some(({ from, to }) => !(second < parseSecond(from)) && !(to !== null && second > parseSecond(to)));
}

/** Decides whether one label counts under its rule. */
export function evaluateLabel(label: string, rule: ApproverRule, facts: ApprovalFacts): LabelResult {
  const { pullRequest } = facts;
  if (pullRequest === null) {
    const isGiven = facts.commandLineLabels.some((given) => isSameName(given, label));
    return { accepted: isGiven ? [{ label, by: words.commandLine, at: facts.now }] : [] };
  }
  const own = evaluateEvent(label, rule, facts, pullRequest);
  const { by: basis, approvals: needed = 1 } = rule;
  const isByLabelOnly = !countsReviews(rule) || (basis !== 'review' && own.accepted === undefined);
  const reviews = isByLabelOnly ? [] : evaluateReviews(label, rule, facts, pullRequest);
  const given = [own, ...reviews].flatMap(({ accepted }) => accepted ?? []);
  const approvals = uniqueBy(given, ({ by }) => by.toLowerCase());
  const rejected = own.rejected ?? reviews.find((review) => review.rejected !== undefined)?.rejected;
  const [first] = approvals;
  if (first === undefined) return { accepted: [], ...(rejected === undefined ? {} : { rejected }) };
  if (approvals.length >= needed) {
    return { accepted: approvals, ...(own.rejected?.dropped ? { rejected: own.rejected } : {}) };
  }
  const people = approvals.map(({ by }) => by).join(', ');
  const { message } = messages.labelTooFew({ people, count: approvals.length, needed });
  return {
    accepted: [],
    rejected: rejected ?? { label, by: people, at: first.at, reason: withApprovers(message, rule), pending: true },
  };
}

/** The reviews of approvers. Reviews by other users are not reported, because any user can write one. */
function evaluateReviews(
  label: string,
  rule: ApproverRule,
  { fingerprint, listFiles }: ApprovalFacts,
  pullRequest: PullRequestState,
): readonly Approval[] {
  const { approvingReviews = [], lastEvaluation } = pullRequest;
  return approvingReviews.flatMap(({ by: account, at, isCurrent }): readonly Approval[] => {
    if (explainRefusal(rule, { account, paths: listFiles(label) }, pullRequest) !== null) return [];
    const by = account.login;
    const isShown =
      lastEvaluation?.fingerprint === fingerprint && parseSecond(at) > parseSecond(lastEvaluation.since) && isCurrent;
    if (isShown) return [{ accepted: { label, by, at, fingerprint, status: lastEvaluation.status } }];
    const reason = withApprovers(messages.reviewOutdated({ by }).message, rule);
    return [{ rejected: { label, by, at, reason, pending: true } }];
  });
}

/** The result of the last time that the label was added. */
function evaluateEvent(
  label: string,
  rule: ApproverRule,
  facts: ApprovalFacts,
  pullRequest: PullRequestState,
): Approval {
  const { fingerprint } = facts;
  if (!pullRequest.labels.some((on) => isSameName(on, label))) return {};

  const last = findLastEvent(label, pullRequest);
  const event = last?.removed === true ? undefined : last;
  const actor = event?.actor;
  const at = event?.at ?? '';
  const origin = { label, ...(actor ? { by: actor.login } : {}), ...(at === '' ? {} : { at }) };
  const reject = ({ message }: Message, dropped = false): Approval => ({
    rejected: { ...origin, reason: withApprovers(message, rule), ...(dropped ? { dropped } : {}) },
  });
  if (!actor || Number.isNaN(parseSecond(at))) return reject(messages.labelNoHistory());
  const by = actor.login;
  const refusal = explainRefusal(rule, { account: actor, paths: facts.listFiles(label) }, pullRequest);
  if (refusal !== null) return reject(refusal);

  const { lastEvaluation } = pullRequest;
  if (lastEvaluation === null) return reject(messages.labelBeforeFirst({ by }));
  if (lastEvaluation.fingerprint !== fingerprint) return reject(messages.labelChangeMoved({ by }), true);
  // Also false if the time of the evaluation cannot be read: then nothing is proven.
  if (!(parseSecond(at) > parseSecond(lastEvaluation.since))) {
    return reject(messages.labelBeforeShown({ by, since: lastEvaluation.since }), true);
  }
  if (isUnproven(at, pullRequest.unproven)) return reject(messages.labelForOther({ by }), true);
  return { accepted: { label, by, at, fingerprint, status: lastEvaluation.status } };
}

/** The labels that enforced findings require, in the policy's order. */
export function listRequiredLabels(present: readonly PresentCategory[]): readonly string[] {
  const labels = present.flatMap(({ category, findings }) =>
    category.blocks === 'until-label' && category.label !== null && findings.some(isEnforced) ? [category.label] : [],
  );
  return [...new Set(labels)];
}

/** Evaluates labels, each under its own rule. */
function evaluateLabels(labels: readonly string[], facts: ApprovalFacts) {
  const results = labels.map((label) => evaluateLabel(label, findApproverRule(facts.policy, label), facts));
  return {
    accepted: results.flatMap(({ accepted }) => accepted),
    rejected: results.flatMap(({ rejected }) => rejected ?? []),
  };
}

/** Labels that are no longer required but were a valid approval of an earlier version of the change: the gate removes them. */
function listFormerApprovals(required: readonly string[], facts: ApprovalFacts): readonly RejectedLabel[] {
  const labels = facts.policy.categories.map(({ label }) => label).filter((label) => label !== null);
  const others = new Set(labels.filter((label) => !required.includes(label)));
  const since = parseSecond(facts.pullRequest?.lastEvaluation?.since);
  return evaluateLabels([...others], facts).rejected.filter(
    ({ dropped, at }) => dropped === true && parseSecond(at) > since,
  );
}

/** Evaluates every label that the change requires. `missing` are those that are still to be added. */
export function planLabels(required: readonly string[], facts: ApprovalFacts): ReportLabels {
  const { accepted, rejected } = evaluateLabels(required, facts);
  const given = new Set(accepted.map((label) => label.label));
  return {
    required,
    missing: required.filter((label) => !given.has(label)),
    accepted,
    rejected: [...rejected, ...listFormerApprovals(required, facts)],
    approvers: Object.fromEntries(
      required.map((label) => [label, describeApprovers(findApproverRule(facts.policy, label))]),
    ),
  };
}
