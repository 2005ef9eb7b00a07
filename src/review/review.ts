/**
 * The whole product on one screen: what was examined is judged by the policy, bound to a fingerprint and planned.
 * Pure: facts come in, a report goes out. Start reading here.
 */

import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { PullRequestState } from '../model/pull-request.ts';
import type { Report } from '../model/report.ts';
import type { ChangedFile, Cryptography } from '../model/source.ts';
import { makePlan } from '../plan/plan.ts';
import { findingOf } from '../policy/match.ts';
import { workflowHits } from '../policy/paths.ts';
import type { Examination } from './compare-files.ts';

/** Everything a review is made of. */
export interface ReviewInput {
  readonly examination: Examination;
  readonly policy: Policy;
  /** Where the policy was read (`built-in`, or `path@commit`) and the SHA-256 of its canonical form. */
  readonly policySource: { readonly source: string; readonly digest: string };
  /** Paths of all changed files, watched or not: evidence and workflow globs look at them. */
  readonly changedPaths: readonly string[];
  /** Those of them that are gone at head. */
  readonly removedPaths: readonly string[];
  /** Null on the command line: no pull request, so no provenance of labels. */
  readonly pullRequest: PullRequestState | null;
  readonly commandLineLabels: readonly string[];
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly mode: 'enforce' | 'report';
  readonly revisions: { readonly base: string | null; readonly head: string | null };
  readonly cryptography: Cryptography;
}

/** Judges every change, binds the whole to a fingerprint, and plans what is to be done. */
export function review(input: ReviewInput): Report {
  const findings = input.examination.changes.map((change) => findingOf(input.policy, change));
  return makePlan({
    findings,
    fingerprint: fingerprintOf(findings, input.policySource.digest, input.cryptography),
    problems: input.examination.problems,
    files: input.examination.files,
    applicationIds: input.examination.applicationIds,
    changedPaths: input.changedPaths,
    removedPaths: input.removedPaths,
    workflowHits: workflowHits(input.policy, input.changedPaths),
    policy: input.policy,
    policySource: { source: input.policySource.source, digest: input.policySource.digest },
    pullRequest: input.pullRequest,
    commandLineLabels: input.commandLineLabels,
    now: input.now,
    mode: input.mode,
    revisions: input.revisions,
  });
}

/** The paths of a list of changed files, and which of them are gone. */
export function pathsOf(files: readonly ChangedFile[]): Pick<ReviewInput, 'changedPaths' | 'removedPaths'> {
  return {
    changedPaths: files.flatMap(({ path, previousPath }) =>
      previousPath === undefined ? [path] : [path, previousPath],
    ),
    removedPaths: files.flatMap(({ path, previousPath, status }) =>
      status === 'removed' ? [path] : (previousPath ?? []),
    ),
  };
}

/** SHA-256 of the canonical changes and the policy. Lines and columns stay out: moving text is no other change. */
export function fingerprintOf(findings: readonly Finding[], policyDigest: string, cryptography: Cryptography): string {
  const lines = findings.map(({ change, rule, category, also }) =>
    JSON.stringify([
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
      rule.id,
      category,
      also,
    ]),
  );
  return cryptography.sha256(new TextEncoder().encode([policyDigest, ...lines.sort()].join('\n')));
}
