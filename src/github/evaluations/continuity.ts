/**
 * The history of the head and the base of a pull request since an evaluation. GitHub keeps the times of force-pushes and of
 * switches to another base branch. It does not show when a head moved forward, so every commit between two heads may have been
 * the head.
 */
import type { UnprovenTime } from '../../model/pull-request.ts';
import type { CommitFacts, PullRequestFacts } from '../pull-request-facts.ts';
import type { PublishedEvaluation } from './evaluation-history.ts';

type Evaluated = Pick<PublishedEvaluation, 'sha' | 'read'>;

/**
 * Whether every replacement of the head since an evaluation is known, each starting at the end of the one before. Pushes
 * between two of them may have shown another change that was evaluated, on commits that are no longer reachable.
 */
export function leadsToHead({ sha, read }: Evaluated, facts: PullRequestFacts, line: readonly CommitFacts[]): boolean {
  const moves = facts.forcePushes.filter(({ at }) => at >= read);
  const onlyBefore = moves.length <= 1 ? facts.before?.sha : undefined;
  let place = sha;
  for (const { before, after } of moves) {
    if ((before?.sha ?? onlyBefore) !== place) return false;
    place = after?.sha ?? facts.headSha;
  }
  return line.some((commit) => commit.sha === place) || (moves.length === 0 && place === onlyBefore);
}

/** When something else than the evaluated change, or another base, was or may have been on the pull request since. */
export function findUnprovenTimes(evaluation: Evaluated, facts: PullRequestFacts): readonly UnprovenTime[] {
  return [...findOtherHeads(evaluation, facts), ...findOtherBases(evaluation, facts)];
}

/** The evaluated commit and the current head belong to the same change. Any other commit may belong to another one. */
function findOtherHeads({ sha, read }: Evaluated, facts: PullRequestFacts): readonly UnprovenTime[] {
  const moves = facts.forcePushes.filter(({ at }) => at >= read);
  const isSame = (commit: string) => commit === sha || commit === facts.headSha;
  const times: UnprovenTime[] = [];
  for (const [index, { at, after }] of moves.entries()) {
    const to = moves[index + 1]?.at ?? null;
    if (to !== null && !isSame(after?.sha ?? '')) times.push({ from: at, to });
  }
  const last = moves.at(-1);
  const place = last === undefined ? sha : (last.after?.sha ?? facts.headSha);
  const between = listBetween(place, facts);
  if (![place, ...between].every(isSame)) times.push({ from: last?.at ?? read, to: null });
  return times;
}

/** Descendants of a commit that the head is built on. Each of them may have been the head. */
function listBetween(sha: string, { commits, headSha }: PullRequestFacts): readonly string[] {
  const descendants = new Set([sha]);
  for (let size = 0; size < descendants.size; ) {
    size = descendants.size;
    for (const commit of commits)
      if (commit.parents.some((parent) => descendants.has(parent))) descendants.add(commit.sha);
  }
  return [...descendants].filter((one) => one !== sha && one !== headSha);
}

function findOtherBases({ read }: Evaluated, { baseChanges, baseBranch }: PullRequestFacts): readonly UnprovenTime[] {
  const changes = baseChanges.filter(({ at }) => at >= read);
  const [first] = changes;
  const times = changes.map(({ at, to: base }, index) => ({ base, from: at, to: changes[index + 1]?.at ?? null }));
  const before = first === undefined ? [] : [{ base: first.from, from: read, to: first.at }];
  return [...before, ...times].flatMap(({ base, from, to }) => (base === baseBranch ? [] : [{ from, to }]));
}
