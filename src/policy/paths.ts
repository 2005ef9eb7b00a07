/** Which paths a policy is about. */
import { oncePer, pathMatcher } from '../model/globs.ts';
import type { Policy } from '../model/policy.ts';

const compiledGlobs = oncePer((policy: Policy) => ({
  watched: pathMatcher(policy.watch),
  ignored: pathMatcher(policy.ignore),
  workflow: pathMatcher(policy.workflow),
}));

/** Whether the policy watches a path; `ignore` wins. Without regard to case, as Windows build machines see it. */
export function isWatched(policy: Policy, path: string): boolean {
  const { watched, ignored } = compiledGlobs(policy);
  return watched(path) && !ignored(path);
}

/** The paths that answer the second key question with yes: pages and code of sign-up and consent. `ignore` does not apply. */
export function findWorkflowHits(policy: Policy, paths: readonly string[]): readonly string[] {
  return paths.filter(compiledGlobs(policy).workflow);
}
