/**
 * START HERE. The whole product on one screen: both revisions are read and compared, every change gets a category by the
 * policy, a fingerprint covers all of it, and the plan lists the remaining steps. Only `reviewRevisions` reads, from the
 * sources that it is given. The rest is pure.
 */

import type { Change } from '../model/change.ts';
import { computeSha256 } from '../model/digest.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem, Report } from '../model/report.ts';
import type { ChangedFile } from '../model/source.ts';
import { withAuthorship } from '../plan/authorship.ts';
import { makePlan, type PlanFacts } from '../plan/plan.ts';
import { classifyChange } from '../policy/match.ts';
import type { ChosenPolicy } from './choose-policy.ts';
import { type Gathered, type GatherInput, gather } from './gather.ts';
import { type DocumentsByRevision, describeSurroundings } from './surroundings.ts';

/** Two revisions, and the known facts beside them. */
export interface RevisionsInput extends Omit<GatherInput, 'policy'>, ReviewFacts {}

/** The known facts beside the compared files. */
export interface ReviewFacts
  extends Pick<GatherInput, 'changedFiles'>,
    Pick<PlanFacts, 'pullRequest' | 'now' | 'mode' | 'commits'> {
  readonly policy: ChosenPolicy;
  /** Labels that count as present without a pull request. */
  readonly labels?: readonly string[];
  /** Found outside of the compared files, for example in the policy at head. */
  readonly problems?: readonly Problem[];
}

/** A report, and its findings with the meanings that are compared and not shown. */
export interface Review {
  readonly report: Report;
  /** Digest of the changes alone, independent of the policy. */
  readonly changeDigest: string;
  readonly findings: readonly Finding[];
}

/** Reads and compares both revisions, and makes the report. @throws errors of the sources, UsageError for a wrong `now` */
export async function reviewRevisions(input: RevisionsInput): Promise<Review> {
  return reviewGathered(await gather({ ...input, policy: input.policy.policy }), input);
}

/** The report on compared revisions. @throws UsageError for a wrong `now` */
export function reviewGathered(compared: Gathered, input: ReviewFacts): Review {
  const { changedFiles, pullRequest, now, mode, commits } = input;
  const { policy, source, digest } = input.policy;
  return review({
    ...compared,
    problems: [...compared.problems, ...(input.problems ?? [])],
    ...listPaths(changedFiles),
    policy,
    policySource: { source, digest },
    pullRequest,
    commandLineLabels: input.labels ?? [],
    now,
    mode,
    commits,
  });
}

/** Everything a review is made of. */
export interface ReviewInput extends PlanFacts {
  readonly changes: readonly Change[];
  readonly documents: readonly DocumentsByRevision[];
}

/** Categorizes every change, computes one fingerprint for all, and plans the remaining steps. */
export function review({ changes, documents, ...facts }: ReviewInput): Review {
  const around = describeSurroundings(documents, facts.now, facts.policy);
  const findings = changes.map((change) => classifyChange(facts.policy, change, around));
  const changeDigest = digestChanges(changes);
  const report = makePlan({
    ...facts,
    pullRequest: facts.pullRequest && withAuthorship(facts.pullRequest, changeDigest),
    findings,
    fingerprint: computeFingerprint(findings, facts.policySource.digest),
  });
  return { report, findings, changeDigest };
}

/** The paths of all changed files at both revisions, and the paths that are removed at head. */
function listPaths(files: readonly ChangedFile[]): Pick<PlanFacts, 'changedPaths' | 'removedPaths'> {
  return {
    changedPaths: files.flatMap(({ path, previousPath }) =>
      previousPath === undefined ? [path] : [path, previousPath],
    ),
    removedPaths: files.flatMap(({ path, previousPath, status }) =>
      status === 'removed' ? [path] : (previousPath ?? []),
    ),
  };
}

/** SHA-256 of the canonical changes and the policy. Lines and columns stay out: moved text is the same change. */
function computeFingerprint(findings: readonly Finding[], policyDigest: string): string {
  const lines = findings.map(({ change, rule, category, also }) =>
    JSON.stringify([...toCanonicalChange(change), rule.id, category, also]),
  );
  return computeSha256(new TextEncoder().encode([policyDigest, ...lines.sort()].join('\n')));
}

function digestChanges(changes: readonly Change[]): string {
  const lines = changes.map((change) => JSON.stringify(toCanonicalChange(change)));
  return computeSha256(new TextEncoder().encode(lines.sort().join('\n')));
}

function toCanonicalChange(change: Change): readonly unknown[] {
  return [
    change.file,
    change.setting,
    change.kind,
    change.effect,
    change.access ?? null,
    change.before,
    change.after,
    change.content ?? null,
    change.meaning ?? null,
    [...change.traits].sort(),
    change.document.part,
    change.document.environment,
  ];
}
