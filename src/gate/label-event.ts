/** Label events that change no verdict. Everyone with the triage role can cause them, and each full run would write two statuses. */
import { isContext } from '../github/commit-status.ts';
import { parseRecord } from '../github/evaluations/evaluation-record.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { Policy } from '../model/policy.ts';
import type { LabelEvent } from '../model/pull-request.ts';
import { listKnownLabels } from './approver-facts.ts';

/**
 * Whether an event about this label changes nothing, because the policy does not know the label or the gate itself removed
 * it. The run of another event may have been replaced by this one, so the last status of the head must be a verdict that
 * has seen everything else. @throws UsageError for an invalid policy.
 */
export async function changesNothing(
  label: string,
  { number, headSha, baseBranch, commits, labels, labelEvents, forcePushes, baseChanges }: PullRequestFacts,
  context: string,
  readPolicy: () => Promise<Policy>,
): Promise<boolean> {
  const head = commits.find(({ sha }) => sha === headSha);
  const verdict = head?.statuses?.find((status) => isContext(status, context));
  const record = parseRecord(verdict?.targetUrl ?? '');
  if (verdict === undefined || record?.pullRequest !== number || record.base !== baseBranch) return false;
  const { read } = record;
  const isOwn = ({ actor, removed }: LabelEvent) => removed === true && actor?.id === verdict.creator?.id;
  const isSeen = (event: LabelEvent) => {
    const at = event.at ?? '';
    return at !== '' && (at < read || (isOwn(event) && at <= verdict.createdAt));
  };
  const policy = await readPolicy();
  const known = listKnownLabels(policy);
  const isNamed = (name: string) => name.toLowerCase() === label.toLowerCase();
  const isAbout = labelEvents.some((event) => isNamed(event.label) && isOwn(event)) || !known.has(label.toLowerCase());
  // An emergency ends by the clock, and a tick is no event of the timeline.
  const isEmergency = labels.some((name) => name.toLowerCase() === policy.breakGlass?.label.toLowerCase());
  const hasTicks = policy.requiredSteps === 'enforced';
  const isMoved = [...forcePushes, ...baseChanges].some(({ at }) => at >= read);
  return (
    isAbout &&
    !isEmergency &&
    !hasTicks &&
    !isMoved &&
    labelEvents.every((event) => !known.has(event.label.toLowerCase()) || isSeen(event))
  );
}
