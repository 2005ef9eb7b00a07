/**
 * A merge group from facts to verdict: every commit belongs to a member, every member passes on its own, and the group
 * changes nothing beyond what its members do. The verdict goes to the group's head.
 */

import { type StatusText, type WrittenStatus, writeStatus } from '../github/commit-status.ts';
import { findMembers, type QueuedGroup } from '../github/merge-group.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import type { Change } from '../model/change.ts';
import type { Report } from '../model/report.ts';
import { classifyChange } from '../policy/match.ts';
import { statusWords } from '../render/status.ts';
import { choosePolicy } from '../review/choose-policy.ts';
import { type Review, reviewRevisions } from '../review/review.ts';
import { compareCommits } from './facts.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { decidedOutcome, failedOutcome, type Outcome, toFailure } from './outcome.ts';
import { buildVerdictStatus } from './publish.ts';
import { reviewPullRequest } from './review-pull-request.ts';

/** Evaluates a merge group and publishes the verdict on its head; nothing is written to its members. Never throws. */
export async function evaluateMergeGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const write = (text: Omit<StatusText, 'targetUrl'>) =>
    writeStatus(connection, group.head, options.statusContext, { ...text, targetUrl: options.runUrl });
  try {
    const pending = await write({ state: 'pending', description: statusWords.pending });
    const numbers = await findMembers(connection, group);
    const members: Review[] = [];
    for (const number of numbers) members.push(await reviewPullRequest(connection, number, pending, options));
    const own = await reviewGroup(connection, group, pending, members, options);
    const outcomes = [...members.map(({ report }) => report), own].map((report) => decidedOutcome(report));
    const blocking = outcomes.find(({ report }) => report.verdict !== 'passed');
    const passed = statusWords.groupPassed({ members: numbers.map((number) => `#${number}`).join(', ') });
    await write(
      blocking === undefined ? { state: 'success', description: passed } : buildVerdictStatus(blocking.report),
    );
    return outcomes;
  } catch (error) {
    const failure = toFailure(error);
    await write({ state: 'error', description: statusWords.failed(failure) }).catch(() => {}); // the first failure is reported
    return [failedOutcome(failure)];
  }
}

/**
 * The group's own diff: what it contains beyond its members' changes has no approval. Labels, steps and break-glass are
 * decided on its members.
 */
async function reviewGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  pending: WrittenStatus,
  members: readonly Review[],
  options: RunOptions,
): Promise<Report> {
  const policyCommit = options.policyRef === 'base' ? group.base : 'HEAD';
  const policyFile = await connection.readFile(policyCommit, options.policyPath);
  const policy = choosePolicy(policyFile, options.policyPath, options.presets, policyCommit);
  const { categories } = policy.policy;
  const { report, changes } = await reviewRevisions({
    ...(await compareCommits(connection, group.base, group.head, null)),
    policy,
    gateFiles: options.gateFiles,
    pullRequest: null,
    labels: categories.flatMap(({ label }) => label ?? []),
    now: pending.createdAt,
    mode: options.mode,
  });
  const known = new Set(members.flatMap((member) => member.changes).map(identifyChange));
  const blocking = new Set(categories.filter(({ blocks }) => blocks !== 'never').map(({ id }) => id));
  const beyond = changes.filter(
    (change) => blocking.has(classifyChange(policy.policy, change).category) && !known.has(identifyChange(change)),
  );
  const reported = new Set(members.flatMap((member) => member.report.problems).map(({ id, file }) => `${id} ${file}`));
  const problems = report.problems.filter(
    ({ id, file, severity }) => severity !== 'advice' && !reported.has(`${id} ${file}`),
  );
  const what = [
    ...beyond.map(({ setting, file }) => `${setting} in ${file}`),
    ...problems.map(({ id, file }) => `${id} in ${file}`),
  ];
  if (what.length === 0) return { ...report, verdict: 'passed' };
  const problem = { ...messages.groupHoldsMore({ what: [...new Set(what)].join(', ') }), severity: 'refused' } as const;
  return { ...report, verdict: 'blocked', problems: [...report.problems, problem] };
}

/** A change without its place: it is the same wherever it appears and however its lines are numbered. */
function identifyChange({ file, setting, kind, access, before, after, content, meaning }: Change): string {
  return JSON.stringify([file, setting, kind, access, before, after, content, meaning]);
}
