/** Which paths a policy is about. Compiled once per policy. */

import { pathMatcher } from '../model/globs.ts';
import type { Policy } from '../model/policy.ts';

interface PathTests {
  readonly watched: (path: string) => boolean;
  readonly ignored: (path: string) => boolean;
  readonly workflow: (path: string) => boolean;
}

const compiled = new WeakMap<Policy, PathTests>();

function testsOf(policy: Policy): PathTests {
  const known = compiled.get(policy);
  if (known !== undefined) return known;
  const tests = {
    watched: pathMatcher(policy.watch),
    ignored: pathMatcher(policy.ignore),
    workflow: pathMatcher(policy.workflow),
  };
  compiled.set(policy, tests);
  return tests;
}

/** Whether the policy looks at a path; `ignore` wins. Without regard to case, as Windows build machines see it. */
export function isWatched(policy: Policy, path: string): boolean {
  const tests = testsOf(policy);
  return tests.watched(path) && !tests.ignored(path);
}

/** The paths that answer the second key question with yes: pages and code of sign-up and consent. `ignore` has no say here. */
export function workflowHits(policy: Policy, paths: readonly string[]): readonly string[] {
  const tests = testsOf(policy);
  return paths.filter((path) => tests.workflow(path));
}
