/**
 * A merge group from facts to verdict: every commit belongs to a member, every member passes on its own, and the group
 * changes nothing beyond what its members do. The verdict goes to the group's head.
 */

import github from '../data/messages/github.json' with { type: 'json' };
import statusWords from '../data/messages/status.json' with { type: 'json' };
import { assess, readFacts } from './assess.ts';
import { nodeCryptography } from './cryptography.ts';
import { gather } from './gather.ts';
import { differences } from './github/changed-files.ts';
import { type WrittenStatus, writeStatus } from './github/commit-status.ts';
import type { RepositoryConnection } from './github/facts.ts';
import { membersOf } from './github/merge-group.ts';
import { UsageError } from './model/errors.ts';
import { fill } from './model/messages.ts';
import type { Report, ReportChange } from './model/report.ts';
import { statusDescription } from './render/status.ts';
import { pathsOf, review } from './review.ts';
import { asFailure, type Outcome, type RunOptions } from './run.ts';
import { choosePolicy } from './team-policy.ts';

/** The group as the event names it. */
export interface MergeGroup {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string;
}

/** Evaluates a merge group and publishes the answer on its head. Never throws. */
export async function evaluateMergeGroup(
  connection: RepositoryConnection,
  group: MergeGroup,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const { client, repository } = connection;
  const write = (state: 'pending' | 'success' | 'failure' | 'error', description: string) =>
    writeStatus(client, repository, group.head, options.statusContext, {
      state,
      description,
      targetUrl: options.runUrl,
    });
  try {
    const pending = await write('pending', statusWords.pending);
    const members = await membersOf(connection, group);
    const outcomes: Outcome[] = [];
    for (const number of members) outcomes.push(await assessMember(connection, number, pending, options));
    const own = await assessGroup(connection, group, pending, outcomes, options);
    const all = [...outcomes, own];
    const blocking = all.find(({ exit }) => exit !== 0);
    if (options.mode === 'report') await write('success', statusDescription((blocking ?? own).report ?? reportOf(own)));
    else if (blocking === undefined) await write('success', statusDescription(reportOf(own)));
    else await write(blocking.exit === 1 ? 'failure' : 'error', describe(blocking));
    return all;
  } catch (error) {
    const failure = asFailure(error);
    await write('error', fill(statusWords.failed, { id: failure.id })).catch(() => {}); // the first failure is reported
    return [{ exit: failure instanceof UsageError ? 2 : 3, report: null, commentUrl: null, failure }];
  }
}

function reportOf({ report }: Outcome): Report {
  if (report === null) throw new Error('an outcome without a report has a failure');
  return report;
}

function describe({ report, failure }: Outcome): string {
  return report !== null
    ? statusDescription(report)
    : fill(statusWords.failed, { id: failure?.id ?? 'internal-error' });
}

/** A member passes by its own change, labels and approvals, exactly as on its pull request; nothing is written to it. */
async function assessMember(
  connection: RepositoryConnection,
  number: number,
  pending: WrittenStatus,
  options: RunOptions,
): Promise<Outcome> {
  const facts = await readFacts(connection, number, { before: null, expectedBase: null, expectedHead: null }, options);
  const { report } = await assess(connection, facts, pending, options);
  return {
    exit: report.verdict === 'passed' ? 0 : report.verdict === 'blocked' ? 1 : 3,
    report,
    commentUrl: null,
    failure: null,
  };
}

/** The group's own diff: what it holds beyond its members' changes has been approved by nobody. */
async function assessGroup(
  connection: RepositoryConnection,
  group: MergeGroup,
  pending: WrittenStatus,
  members: readonly Outcome[],
  options: RunOptions,
): Promise<Outcome> {
  const policyFile = await connection.file(group.base, options.policyPath);
  if (policyFile !== null && policyFile.bytes === undefined) {
    throw new UsageError('policy-unreadable', policyFile.unavailable, { file: options.policyPath });
  }
  const text = policyFile === null ? null : new TextDecoder().decode(policyFile.bytes);
  const source = `${options.policyPath}@${group.base}`;
  const chosen = choosePolicy(text, options.policyPath, source, options.presets, nodeCryptography);
  const { mergeBase, files } = await differences(
    connection.client,
    connection.repository,
    group.base,
    group.head,
    null,
  );
  const examination = await gather({
    changedFiles: files,
    revisions: connection.revisions({ base: mergeBase, head: group.head }),
    policy: chosen.policy,
    gateFiles: options.gateFiles,
    cryptography: nodeCryptography,
  });
  const report = review({
    examination,
    policy: chosen.policy,
    policySource: chosen,
    ...pathsOf(files),
    pullRequest: null,
    commandLineLabels: chosen.policy.categories.flatMap(({ label }) => label ?? []),
    now: pending.createdAt,
    mode: options.mode,
    revisions: { base: mergeBase, head: group.head },
    cryptography: nodeCryptography,
  });
  const known = new Set(members.flatMap((member) => member.report?.changes ?? []).map(identityOf));
  const blocking = new Set(chosen.policy.categories.filter(({ blocks }) => blocks !== 'never').map(({ id }) => id));
  const beyond = report.changes.filter((change) => blocking.has(change.category) && !known.has(identityOf(change)));
  if (beyond.length === 0)
    return { exit: report.verdict === 'passed' ? 0 : 1, report, commentUrl: null, failure: null };
  const what = [...new Set(beyond.map(({ setting, file }) => `${setting} in ${file}`))].join(', ');
  const message = fill(github['group-holds-more'], { what });
  return {
    exit: 1,
    report: {
      ...report,
      verdict: 'blocked',
      problems: [...report.problems, { id: 'group-holds-more', severity: 'refused', message }],
    },
    commentUrl: null,
    failure: null,
  };
}

/** What a change is, wherever it stands and however its lines are numbered. */
function identityOf(change: ReportChange): string {
  const { file, setting, kind, access, before, after, content } = change;
  return JSON.stringify([file, setting, kind, access ?? null, before, after, content ?? null]);
}
