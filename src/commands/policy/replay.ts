/** Replays policies over the history of a repository: the answer of each policy for every commit. */

import { CommitFiles } from '../../git/commit.ts';
import { resolveRevision } from '../../git/compare.ts';
import { compareHistory, type HistoryCommit, type HistoryRange, listHistory } from '../../git/history.ts';
import { PlatformError, UsageError } from '../../model/errors.ts';
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import type { ReportChange, Verdict } from '../../model/report.ts';
import { type ChangedFile, pairRevisions, type RevisionPair } from '../../model/source.ts';
import type { ChosenPolicy } from '../../review/choose-policy.ts';
import { reviewRevisions } from '../../review/review.ts';
import { messages } from './messages.ts';

/** A policy's answer for a commit. */
export interface ReplayAnswer {
  readonly verdict: Verdict;
  readonly categories: readonly string[];
  readonly changes: readonly ReportChange[];
  /** True: no reader found a change. Only the sweep of unclaimed files did. */
  readonly isSweepOnly: boolean;
  /** Why there is no answer. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

/** A commit with one answer for each policy. */
export interface ReplayedCommit extends HistoryCommit {
  readonly answers: readonly ReplayAnswer[];
}

/** The category of changes that a person has to classify. */
const UNKNOWN = 'unknown';

/** Whether a policy answers that a person has to classify a commit. */
export function isUnknown({ categories }: ReplayAnswer): boolean {
  return categories.includes(UNKNOWN);
}

/**
 * Evaluates every commit of a range, newest first. A commit is dated and evaluated as of its own time, so the same history
 * has the same answers on every day. @throws UsageError without a repository, or without a commit
 */
export async function* replayHistory(
  repository: string,
  policies: readonly ChosenPolicy[],
  range: HistoryRange,
): AsyncGenerator<ReplayedCommit> {
  await resolveRevision(repository, 'HEAD');
  const commits = await listHistory(repository, range);
  if (commits.length === 0) throw new UsageError(messages.noCommits({ repository }));
  const files = new CommitFiles(repository);
  try {
    for await (const { changedFiles, ...commit } of compareHistory(repository, commits)) {
      const revisions = pairRevisions(files.openCommit(commit.parent), files.openCommit(commit.commit));
      const answers: ReplayAnswer[] = [];
      for (const policy of policies) answers.push(await answer(commit, policy, { revisions, changedFiles }));
      yield { ...commit, answers };
    }
  } finally {
    files.close();
  }
}

interface CommitFacts {
  readonly revisions: RevisionPair;
  readonly changedFiles: readonly ChangedFile[] | null;
}

async function answer(
  { commit, parent, date }: HistoryCommit,
  policy: ChosenPolicy,
  { revisions, changedFiles }: CommitFacts,
): Promise<ReplayAnswer> {
  const start = performance.now();
  const createUndecided = (failure: string): ReplayAnswer => ({
    verdict: 'error',
    categories: [],
    changes: [],
    isSweepOnly: false,
    failure,
    milliseconds: performance.now() - start,
  });
  if (changedFiles === null) return createUndecided(messages.notCompared({ commit }).message);
  try {
    const { report, findings } = await reviewRevisions({
      revisions,
      changedFiles,
      policy,
      gateFiles: { policy: DEFAULT_POLICY_PATH, workflow: null, action: null },
      pullRequest: null,
      now: new Date(date).toISOString(),
      mode: 'enforce',
      commits: { base: parent, head: commit },
    });
    return {
      verdict: report.verdict,
      categories: report.categories,
      changes: report.changes,
      isSweepOnly: findings.length > 0 && findings.every(({ change }) => change.document.format === 'unrecognized'),
      failure: null,
      milliseconds: performance.now() - start,
    };
  } catch (error) {
    if (error instanceof PlatformError) return createUndecided(error.message);
    throw error;
  }
}

/** Whether the policies answer differently: another verdict, other categories, or another rule for a change. */
export function differs({ answers: [first, ...others] }: ReplayedCommit): boolean {
  const toComparable = (one: ReplayAnswer | undefined) =>
    JSON.stringify([
      one?.verdict,
      one?.categories,
      one?.changes.map(({ file, setting, rule }) => [file, setting, rule]),
    ]);
  return others.some((other) => toComparable(other) !== toComparable(first));
}

/** In how many commits a category or rule occurs. */
export interface ReplayCount {
  readonly id: string;
  readonly commits: number;
}

/** Figures of one policy over a history. */
export interface ReplayTotals {
  readonly commits: number;
  readonly blocked: number;
  readonly passed: number;
  readonly undecided: number;
  readonly withChange: number;
  readonly unknown: number;
  /** Blocked, and only the search of unclaimed files found anything. */
  readonly sweepOnly: number;
  /** In the order of the policy, without categories that never decided. */
  readonly categories: readonly ReplayCount[];
  readonly rules: readonly ReplayCount[];
}

/** Counts the answers of one policy. */
export function countAnswers(answers: readonly ReplayAnswer[], { policy }: ChosenPolicy): ReplayTotals {
  const count = (test: (answer: ReplayAnswer) => boolean): number => answers.filter(test).length;
  const countById = (
    entries: readonly { readonly id: string }[],
    listIds: (answer: ReplayAnswer) => readonly string[],
  ): readonly ReplayCount[] =>
    entries.flatMap(({ id }) => {
      const commits = count((one) => listIds(one).includes(id));
      return commits === 0 ? [] : [{ id, commits }];
    });
  const isBlocked = ({ verdict }: ReplayAnswer): boolean => verdict === 'blocked';
  return {
    commits: answers.length,
    blocked: count(isBlocked),
    passed: count(({ verdict }) => verdict === 'passed'),
    undecided: count(({ verdict }) => verdict === 'error'),
    withChange: count(({ changes }) => changes.length > 0),
    unknown: count(isUnknown),
    sweepOnly: count((one) => isBlocked(one) && one.isSweepOnly),
    categories: countById(policy.categories, ({ categories }) => categories),
    rules: countById(policy.rules, ({ changes }) => changes.map(({ rule }) => rule)),
  };
}
