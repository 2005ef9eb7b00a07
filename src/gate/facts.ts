/** One pull request from facts to a report. Nothing is written. */
import github from '../../data/messages/github.json' with { type: 'json' };
import { listDifferences } from '../github/changed-files.ts';
import { ownComments } from '../github/comment.ts';
import type { WrittenStatus } from '../github/commit-status.ts';
import { findLastEvaluation } from '../github/evaluation-record.ts';
import type { CommentFacts, PullRequestFacts } from '../github/pull-request-facts.ts';
import { listStatuses } from '../github/pull-request-rest.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { readRights } from '../github/rights.ts';
import { ticksIn } from '../github/ticks.ts';
import type { Change } from '../model/change.ts';
import { UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import type { Policy } from '../model/policy.ts';
import type { Account, EvaluationRecord, PullRequestState, Tick } from '../model/pull-request.ts';
import type { Problem, Report } from '../model/report.ts';
import type { ChangedFile } from '../model/source.ts';
import { readTicks } from '../render/comment/ticks.ts';
import { type ChosenPolicy, choosePolicy, DEFAULT_POLICY_PATH } from '../review/choose-policy.ts';
import { reviewRevisions } from '../review/review.ts';
import { markerOf, type Occasion, type RunOptions } from './run.ts';

/** What was decided, and what publishing it needs besides. */
export interface Assessment {
  readonly report: Report;
  /** What the report tells, with the meanings that are compared and not shown. */
  readonly changes: readonly Change[];
  /** The gate's own comments, oldest first. */
  readonly own: readonly CommentFacts[];
  readonly lastEvaluation: EvaluationRecord | null;
  /** Lower-case names of the labels that can matter to the verdict. */
  readonly knownLabels: ReadonlySet<string>;
}

/** Reads the facts. @throws PlatformError */
export function readFacts(
  connection: RepositoryConnection,
  number: number,
  occasion: Pick<Occasion, 'before' | 'expectedBase' | 'expectedHead'>,
  options: RunOptions,
): Promise<PullRequestFacts> {
  const { before, expectedBase, expectedHead } = occasion;
  const { policyPath, policyRef } = options;
  return connection.pullRequest(number, { before, expectedBase, expectedHead, policyPath, policyRef });
}

/**
 * Facts to report, without writing anything. `pending` names the gate and gives GitHub's time.
 * @throws UsageError for an invalid policy, PlatformError for anything that could not be read.
 */
export async function assess(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  pending: WrittenStatus,
  options: RunOptions,
): Promise<Assessment> {
  const chosen = policyOf(facts, options);
  const identity = pending.creator;
  const own = identity === null ? [] : ownComments(facts.comments, identity, markerOf(options));
  const [comment] = own;
  const ticked = comment === undefined ? [] : ticksIn(connection, facts.number, comment, readTicks);
  const { client, repository } = connection;
  const [{ mergeBase, files }, lastEvaluation, ticks, rights] = await Promise.all([
    listDifferences(client, repository, facts.baseSha, facts.headSha, facts),
    identity === null ? null : readLastEvaluation(connection, facts, identity, options),
    ticked,
    Promise.resolve(ticked).then((found) => rightsOfPeople(connection, facts, chosen.policy, found)),
  ]);
  const pullRequest: PullRequestState = {
    number: facts.number,
    title: facts.title,
    description: facts.description,
    labels: facts.labels,
    labelEvents: facts.labelEvents,
    authors: facts.authors,
    unknownAuthors: facts.unknownAuthors,
    rights,
    lastEvaluation,
    ticks,
  };
  const policyProblems = [
    ...missingPolicy(facts, files, options),
    ...(await policyProblemsAtHead(connection, facts, files, options)),
  ];
  const commits = { base: mergeBase, head: facts.headSha };
  const reviewed = await reviewRevisions({
    revisions: connection.revisions(commits),
    changedFiles: files,
    policy: chosen,
    gateFiles: options.gateFiles,
    pullRequest,
    problems: policyProblems,
    now: pending.createdAt,
    mode: options.mode,
    commits,
  });
  return { ...reviewed, own, lastEvaluation, knownLabels: knownLabels(chosen.policy) };
}

/** The team's policy as the facts bring it. @throws UsageError */
export function policyOf(facts: PullRequestFacts, options: RunOptions): ChosenPolicy {
  return choosePolicy(facts.policy, options.policyPath, options.presets, facts.policyCommit);
}

/** A policy that was named and is not there may ask for more than the built-in one in its place: only its arrival may pass. */
function missingPolicy(
  { policy }: PullRequestFacts,
  files: readonly ChangedFile[],
  { policyPath: file }: RunOptions,
): readonly Problem[] {
  if (policy !== null || file === DEFAULT_POLICY_PATH || files.some(({ path }) => path === file)) return [];
  return [{ id: 'policy-missing', severity: 'refused', message: fill(github['policy-missing'], { file }) }];
}

/** Merging a policy that cannot be read would stop the gate itself, so not even break-glass clears it. */
async function policyProblemsAtHead(
  connection: RepositoryConnection,
  { headSha }: PullRequestFacts,
  files: readonly ChangedFile[],
  { policyPath: file, presets }: RunOptions,
): Promise<readonly Problem[]> {
  if (!files.some(({ path, status }) => path === file && status !== 'removed')) return [];
  const content = await connection.file(headSha, file);
  try {
    const text = content?.bytes === undefined ? '' : new TextDecoder().decode(content.bytes);
    choosePolicy(text, file, presets);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const place = { line: error.place?.line ?? 1, column: error.place?.column ?? 1 };
    return [{ id: error.id, severity: 'unreadable', file, ...place, message: github['policy-invalid-at-head'] }];
  }
}

async function readLastEvaluation(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  identity: Account,
  options: RunOptions,
): Promise<EvaluationRecord | null> {
  return findLastEvaluation(facts, identity, options.statusContext, (sha) =>
    listStatuses(connection.client, connection.repository, sha),
  );
}

function knownLabels(policy: Policy): ReadonlySet<string> {
  const names = [
    ...policy.categories.map(({ label }) => label),
    ...policy.steps.flatMap(({ evidence }) => evidence.labels),
    policy.breakGlass?.label ?? null,
  ];
  return new Set(names.flatMap((label) => (label === null ? [] : [label.toLowerCase()])));
}

/** Only who put on a label that the policy knows, or ticked a box, can matter. */
async function rightsOfPeople(
  connection: RepositoryConnection,
  facts: PullRequestFacts,
  policy: Policy,
  ticks: readonly Tick[],
): Promise<PullRequestState['rights']> {
  const known = knownLabels(policy);
  const on = new Set(facts.labels.map((label) => label.toLowerCase()).filter((label) => known.has(label)));
  const labellers = facts.labelEvents.filter(({ label }) => on.has(label.toLowerCase())).map(({ actor }) => actor);
  const actors = [...labellers, ...ticks.map(({ by }) => by)].filter((actor) => actor !== null);
  const rules = [
    ...Object.values(policy.approvers),
    ...(policy.breakGlass === null ? [] : [policy.breakGlass.approvers]),
  ];
  const teams = [...new Set(rules.flatMap((rule) => rule.teams))].sort();
  return readRights(connection.client, connection.teamClient, connection.repository, actors, teams);
}
