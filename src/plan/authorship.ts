/**
 * The authors of a change: the accounts that wrote or pushed it. A merge of the base that adds nothing to it adds no author.
 */
import type { PullRequestState, PushFacts } from '../model/pull-request.ts';

/** The facts about earlier pushes for the next evaluation. */
export interface Authorship {
  /** Ids of the accounts that pushed the change. */
  readonly pushers: readonly number[];
  /** Merges of the base that added nothing to the change. */
  readonly merges: readonly string[];
}

/** Decides by content: `changes` is the digest of the changes of now. */
export function decideAuthorship(
  { known, recent, merges, merge, lastChanges }: PushFacts,
  changes: string,
): Authorship {
  if (merge === null || lastChanges !== changes) return { pushers: [...new Set([...known, ...recent])], merges };
  return { pushers: known, merges: [...new Set([...merges, merge])] };
}

/** The pull request with all of its authors and pushers. */
export function withAuthorship(pullRequest: PullRequestState, changes: string): PullRequestState {
  const { pushers, merges } = decideAuthorship(pullRequest.pushes, changes);
  const mergers = pullRequest.merges.filter(({ sha }) => !merges.includes(sha)).flatMap(({ authors }) => authors);
  return { ...pullRequest, authors: [...pullRequest.authors, ...mergers], pushers };
}
