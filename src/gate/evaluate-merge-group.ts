/**
 * Evaluates a merge group. Every commit must belong to a member, every member must pass on its own, and the group must not
 * change anything beyond the changes of its members. The verdict goes to the group's head.
 */

import { compareEarly, type EarlyComparison } from '../github/changed-files.ts';
import { createPartialError } from '../github/client.ts';
import { type StatusText, writeStatus } from '../github/commit-status.ts';
import { COMMIT_PAGE, findMembers, type GroupMembers, listGroup, type QueuedGroup } from '../github/merge-group.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { readFiles } from '../github/revision.ts';
import type { Change } from '../model/change.ts';
import { findAlternatePolicyPath, type Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';
import type { ChangedFile } from '../model/source.ts';
import { statusWords } from '../render/status.ts';
import type { ChosenPolicy } from '../review/choose-policy.ts';
import { type Review, reviewRevisions } from '../review/review.ts';
import { type ComparedCommits, compareCommits, findPolicy } from './facts.ts';
import { readPullRequests } from './first-requests.ts';
import { messages } from './messages.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, toDecidedOutcome, toFailedOutcome, toFailure } from './outcome.ts';
import { buildVerdictStatus } from './publish.ts';
import { reviewPullRequest } from './review-pull-request.ts';

/** Evaluates a merge group and publishes the verdict on its head. Its members get no status or comment. Never throws. */
export async function evaluateMergeGroup(
  connection: RepositoryConnection,
  group: QueuedGroup,
  options: RunOptions,
): Promise<readonly Outcome[]> {
  const write = (text: Omit<StatusText, 'targetUrl'>) =>
    writeStatus(connection, group.head, options.statusContext, { ...text, targetUrl: options.runUrl });
  try {
    const pending = await write({ state: 'pending', description: statusWords.pending });
    const comparing = compareEarly(connection, group.base, group.head, COMMIT_PAGE);
    const { known, possible, facts } = await readMembers(connection, group, comparing, options);
    const review = async (number: number): Promise<Member> => {
      const read = () => readPullRequests(connection, [number], group.baseBranch, options);
      const found = facts.find((one) => one.number === number) ?? (await read())[0];
      if (found === undefined) throw createPartialError('pull-request');
      return { number, ...(await reviewPullRequest(connection, found, pending, options)) };
    };
    const [members, candidates, comparison, policy] = await Promise.all([
      Promise.all(known.map((numbers) => reviewMember(numbers, review))),
      Promise.all(possible.map(review)),
      compareCommits(connection, group, null, comparing),
      findGroupPolicy(connection, group, facts, options),
    ]);
    const counting = [...members, ...candidates.filter(hasPassed)];
    const listed = [...members, ...candidates].flatMap(({ changedFiles }) => changedFiles);
    const compared = { ...comparison, changedFiles: addLines(comparison.changedFiles, listed) };
    const own = blockUnlessApproved(await reviewGroup({ policy, compared, now: pending.createdAt }, options), counting);
    // A candidate that does not pass can be the reason for a change that is not approved.
    const others = own.verdict === 'passed' ? [] : candidates.filter((candidate) => !hasPassed(candidate));
    const reports = [...counting, ...others].map(({ report }) => report);
    const outcomes = [...reports, own].map((report) => toDecidedOutcome(report));
    const blocking = outcomes.find(({ report }) => report.verdict !== 'passed');
    const passed = statusWords.groupPassed({ members: counting.map(({ number }) => `#${number}`).join(', ') });
    await write(
      blocking === undefined ? { state: 'success', description: passed } : buildVerdictStatus(blocking.report),
    );
    return outcomes;
  } catch (error) {
    const failure = toFailure(error);
    await write({ state: 'error', description: statusWords.failed(failure) }).catch(() => {}); // the first failure is reported
    return [toFailedOutcome(failure)];
  }
}

/** A pull request of the group, its review and its changes. */
interface Member extends Review {
  readonly number: number;
  readonly changedFiles: readonly ChangedFile[];
}

/** The changed lines that GitHub does not show of a large group, from the members that leave the same content. */
function addLines(files: readonly ChangedFile[], listed: readonly ChangedFile[]): readonly ChangedFile[] {
  const identify = ({ path, status, contentId }: ChangedFile) => `${status} ${contentId} ${path}`;
  const known = new Map(listed.map((file) => [identify(file), file.lines]));
  return files.map((file) => {
    const lines = file.lines ?? known.get(identify(file));
    return lines === undefined ? file : { ...file, lines };
  });
}

function hasPassed({ report }: Review): boolean {
  return report.verdict === 'passed';
}

/** The members, and the facts of pull requests that are read before it is known which are members. */
interface ReadMembers extends GroupMembers {
  readonly facts: readonly PullRequestFacts[];
}

/** Finds the members while the probable ones are read already. @throws PlatformError */
async function readMembers(
  connection: RepositoryConnection,
  group: QueuedGroup,
  comparing: EarlyComparison,
  options: RunOptions,
): Promise<ReadMembers> {
  const listed = await listGroup(connection, group, comparing);
  const read = (numbers: readonly number[]) => readPullRequests(connection, numbers, group.baseBranch, options);
  const [{ known, possible }, early] = await Promise.all([
    findMembers(connection, group, listed),
    read(listed.hints).catch(() => []), // a hint may be wrong, and the members are read below
  ]);
  const members = [...known.map(([first]) => first), ...possible];
  const missing = members.filter((number) => !early.some((one) => one.number === number));
  return { known, possible, facts: [...early, ...(await read(missing))] };
}

/** The first of several pull requests with the same commits that passes, else the first of them. */
async function reviewMember(
  numbers: GroupMembers['known'][number],
  review: (number: number) => Promise<Member>,
): Promise<Member> {
  const [first, ...others] = numbers;
  const member = await review(first);
  for (const number of hasPassed(member) ? [] : others) {
    const other = await review(number);
    if (hasPassed(other)) return other;
  }
  return member;
}

/** The policy that applies to the group. A member's policy is the same if it was read from the group's base. */
async function findGroupPolicy(
  connection: RepositoryConnection,
  group: QueuedGroup,
  facts: readonly PullRequestFacts[],
  options: RunOptions,
): Promise<ChosenPolicy> {
  const policyCommit = options.policyRef === 'base' ? group.base : 'HEAD';
  const known = facts.find((one) => one.policyCommit === policyCommit);
  const files = known ?? (await readPolicyFiles(connection, policyCommit, options));
  const { policy, alternatePolicy } = files;
  return (await findPolicy(connection, { policy, alternatePolicy, policyCommit }, options)).chosen;
}

async function readPolicyFiles(
  connection: RepositoryConnection,
  commit: string,
  { policyPath }: RunOptions,
): Promise<Pick<PullRequestFacts, 'policy' | 'alternatePolicy'>> {
  const alternatePath = findAlternatePolicyPath(policyPath);
  const files = await readFiles(connection, commit, [policyPath, ...(alternatePath === null ? [] : [alternatePath])]);
  return { policy: files.get(policyPath) ?? null, alternatePolicy: files.get(alternatePath ?? '') ?? null };
}

/** The review of a group's own diff, and the policy that it used. */
interface GroupReview extends Review {
  readonly policy: Policy;
}

/** A group's own diff. `now` is GitHub's time. */
interface ComparedGroup {
  readonly policy: ChosenPolicy;
  readonly compared: ComparedCommits;
  readonly now: string;
}

/** The group's own diff. Labels, steps and break-glass are decided on its members, so every label counts as present. */
async function reviewGroup(
  { policy: chosen, compared, now }: ComparedGroup,
  options: RunOptions,
): Promise<GroupReview> {
  const review = await reviewRevisions({
    ...compared,
    policy: chosen,
    gateFiles: options.gateFiles,
    pullRequest: null,
    labels: chosen.policy.categories.flatMap(({ label }) => label ?? []),
    now,
    mode: options.mode,
  });
  return { ...review, policy: chosen.policy };
}

/** A change of the group that is not a change of a member has no approval. */
function blockUnlessApproved({ report, findings, policy }: GroupReview, members: readonly Review[]): Report {
  const known = new Set(members.flatMap((member) => member.findings).map(({ change }) => identifyChange(change)));
  const blocking = new Set(policy.categories.filter(({ blocks }) => blocks !== 'never').map(({ id }) => id));
  const unapproved = findings
    .filter(({ category, change }) => blocking.has(category) && !known.has(identifyChange(change)))
    .map(({ change }) => change);
  const reported = new Set(members.flatMap((member) => member.report.problems).map(({ id, file }) => `${id} ${file}`));
  const problems = report.problems.filter(
    ({ id, file, severity }) => severity !== 'advice' && !reported.has(`${id} ${file}`),
  );
  const what = [
    ...unapproved.map(({ setting, file }) => `${setting} in ${file}`),
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
