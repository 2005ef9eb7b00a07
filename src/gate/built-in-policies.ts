/**
 * The built-in policies. In a checkout they are read as a team's policy is. The package contains them already read, because
 * reading them takes as long as a whole review: `scripts/build.ts` replaces this module by one that loads the result.
 */
import { listPackagedPolicies } from '../git/packaged-files.ts';
import type { Policy } from '../model/policy.ts';
import { readPolicy } from '../policy/load.ts';

let known: Promise<ReadonlyMap<string, Policy>> | undefined;

/** The built-in policies by name, read once. @throws Error when one of them is invalid: a defect of the program. */
export function readBuiltInPolicies(): Promise<ReadonlyMap<string, Policy>> {
  known ??= readPolicies();
  return known;
}

async function readPolicies(): Promise<ReadonlyMap<string, Policy>> {
  const policies = new Map<string, Policy>();
  for (const [name, text] of await listPackagedPolicies()) {
    const result = readPolicy(text, `policies/${name}.yml`, policies);
    if ('problems' in result) throw new Error(`the built-in policy ${name} is invalid: ${result.problems[0]?.message}`);
    policies.set(name, result.policy);
  }
  return policies;
}
