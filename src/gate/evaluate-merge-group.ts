/**
 * A merge group from facts to verdict: every commit belongs to a member, every member passes on its own, and the group
 * changes nothing beyond what its members do. The verdict goes to the group's head.
 */

import github from '../../data/messages/github.json' with { type: 'json' };
import { listDifferences } from '../github/changed-files.ts';
import { type WrittenStatus, writeStatus } from '../github/commit-status.ts';
import { findMembers, type QueuedGroup } from '../github/merge-group.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import type { Change } from '../model/change.ts';
import { UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { exitCode, type Problem, type Report } from '../model/report.ts';
import { classifyChange } from '../policy/match.ts';
import { statusDescription, statusWords } from '../render/status.ts';
import { choosePolicy } from '../review/choose-policy.ts';
import { reviewRevisions } from '../review/review.ts';
import { type Assessment, assess, readFacts } from './facts.ts';
import { asFailure, type Outcome, type RunOptions } from './run.ts';

/** Evaluates a merge group and publishes the answer on its head. Never throws. */
export async function evaluateMergeGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const write = (state: 'pending' | 'success' | 'failure' | 'error', description: string) =>
    writeStatus(connection, group.head, options.statusContext, { state, description, targetUrl: options.runUrl });
  try {
    const pending = await write('pending', statusWords.pending);
    const members = await findMembers(connection, group);
    const assessed: Member[] = [];
    for (const number of members) assessed.push(await assessMember(connection, number, pending, options));
    const own = await assessGroup(connection, group, pending, assessed, options);
    const outcomes = [...assessed.map(({ report }) => decided(report)), decided(own)];
    const blocking = outcomes.find(({ report }) => report.verdict !== 'passed');
    const passed = statusWords.groupPassed({ members: members.map((number) => `#${number}`).join(', ') });
    if (blocking === undefined) await write('success', passed);
    else if (options.mode === 'report') await write('success', statusDescription(blocking.report));
    else await write(blocking.report.verdict === 'blocked' ? 'failure' : 'error', statusDescription(blocking.report));
    return outcomes;
  } catch (error) {
    const failure = asFailure(error);
    await write('error', statusWords.failed({ id: failure.id })).catch(() => {}); // the first failure is reported
    return [{ exit: failure instanceof UsageError ? 2 : 3, report: null, commentUrl: null, failure }];
  }
}

/** An outcome that has an answer: what could not be decided is thrown. */
type DecidedOutcome = Outcome & { readonly report: Report };

function decided(report: Report): DecidedOutcome {
  return { exit: exitCode(report), report, commentUrl: null, failure: null };
}

/** A member passes by its own change, labels and approvals, exactly as on its pull request; nothing is written to it. */
async function assessMember(
  connection: RepositoryConnection,
  number: number,
  pending: WrittenStatus,
  options: RunOptions,
): Promise<Member> {
  const facts = await readFacts(connection, number, { before: null, expectedBase: null, expectedHead: null }, options);
  return assess(connection, facts, pending, options);
}

/** What a member was found to be. */
type Member = Pick<Assessment, 'report' | 'changes'>;

/**
 * The group's own diff: what it holds beyond its members' changes has been approved by nobody. Labels, steps and
 * break-glass are its members' matter.
 */
async function assessGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  pending: WrittenStatus,
  members: readonly Member[],
  options: RunOptions,
): Promise<Report> {
  const policyCommit = options.policyRef === 'base' ? group.base : 'HEAD';
  const policyFile = await connection.file(policyCommit, options.policyPath);
  const chosen = choosePolicy(policyFile, options.policyPath, options.presets, policyCommit);
  const { mergeBase, files } = await listDifferences(
    connection.client,
    connection.repository,
    group.base,
    group.head,
    null,
  );
  const commits = { base: mergeBase, head: group.head };
  const { report, changes } = await reviewRevisions({
    revisions: connection.revisions(commits),
    changedFiles: files,
    policy: chosen,
    gateFiles: options.gateFiles,
    pullRequest: null,
    labels: chosen.policy.categories.flatMap(({ label }) => label ?? []),
    now: pending.createdAt,
    mode: options.mode,
    commits,
  });
  const known = new Set(members.flatMap(({ changes }) => changes).map(identityOf));
  const blocking = new Set(chosen.policy.categories.filter(({ blocks }) => blocks !== 'never').map(({ id }) => id));
  const beyond = changes.filter(
    (change) => blocking.has(classifyChange(chosen.policy, change).category) && !known.has(identityOf(change)),
  );
  const told = new Set(members.flatMap((member) => member.report.problems).map(({ id, file }) => `${id} ${file}`));
  const what = [
    ...beyond.map(({ setting, file }) => `${setting} in ${file}`),
    ...report.problems.flatMap(({ id, file, severity }) =>
      severity === 'advice' || told.has(`${id} ${file}`) ? [] : [`${id} in ${file}`],
    ),
  ];
  if (what.length === 0) return { ...report, verdict: 'passed' };
  const message = fill(github['group-holds-more'], { what: [...new Set(what)].join(', ') });
  const problem: Problem = { id: 'group-holds-more', severity: 'refused', message };
  return { ...report, verdict: 'blocked', problems: [...report.problems, problem] };
}

/** What a change is, wherever it stands and however its lines are numbered. */
function identityOf({ file, setting, kind, access, before, after, content, meaning }: Change): string {
  return JSON.stringify([file, setting, kind, access, before, after, content, meaning]);
}
