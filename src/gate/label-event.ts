/** Label events that change no verdict. Everyone with the triage role can cause them, and each full run would write two statuses. */
import { isContext, listStatuses } from '../github/commit-status.ts';
import { parseRecord } from '../github/evaluations/evaluation-record.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { asksReviews } from '../model/policy.ts';
import type { LabelEvent } from '../model/pull-request.ts';
import { listKnownLabels } from './approver-facts.ts';
import { findPolicy } from './facts.ts';
import type { RunOptions } from './options.ts';

/** The facts of a run are a little older than the time in its record. Events in between may be unseen. */
const MARGIN_MS = 60_000;

/** A label event, and the context of the verdict that it may change. */
interface LabelQuestion {
  readonly label: string;
  readonly context: string;
}

/**
 * Whether an event about this label changes nothing, because the policy does not know the label or the gate itself removed it.
 * This run may have replaced the run of another event, so the last status of the head must be a verdict that covers every other
 * event. All statuses must be from one account, because the gate's account is unknown before its first write.
 * @throws UsageError for an invalid policy, PlatformError
 */
export async function changesNothing(
  connection: RepositoryConnection,
  { label, context }: LabelQuestion,
  pullRequest: PullRequestFacts,
  options: RunOptions,
): Promise<boolean> {
  const { labels, labelEvents } = pullRequest;
  const { policy } = (await findPolicy(connection, pullRequest, options)).chosen;
  const known = listKnownLabels(policy);
  const isNamed = (name: string) => name.toLowerCase() === label.toLowerCase();
  const last = labelEvents.findLast((event) => isNamed(event.label));
  // An emergency ends by the clock, and neither ticks nor reviews are in the timeline that is read.
  const isEmergency = labels.some((name) => name.toLowerCase() === policy.breakGlass?.label.toLowerCase());
  const hasOtherConditions = isEmergency || policy.requiredSteps === 'enforced' || asksReviews(policy);
  const isRemovedByBot = last?.removed === true && last.actor?.bot === true;
  if (hasOtherConditions || (known.has(label.toLowerCase()) && !isRemovedByBot)) return false;

  const statuses = await listStatuses(connection, pullRequest.headSha);
  const [verdict, ...others] = statuses.filter((status) => isContext(status, context));
  const gate = verdict?.creator?.id;
  const record = parseRecord(verdict?.targetUrl ?? '');
  if (verdict === undefined || gate === undefined || record === null) return false;
  if (others.some(({ creator }) => creator?.id !== gate)) return false;
  if (record.pullRequest !== pullRequest.number || record.base !== pullRequest.baseBranch) return false;
  const read = new Date(Date.parse(record.read) - MARGIN_MS).toISOString();
  const isOwn = ({ actor, removed }: LabelEvent) => removed === true && actor?.id === gate;
  const isSeen = (event: LabelEvent) =>
    event.at !== null && (event.at < read || (isOwn(event) && event.at <= verdict.createdAt));
  const isMoved = [...pullRequest.forcePushes, ...pullRequest.baseChanges].some(({ at }) => at >= read);
  return !isMoved && labelEvents.every((event) => !known.has(event.label.toLowerCase()) || isSeen(event));
}
