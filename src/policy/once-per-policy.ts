/** What is compiled from a policy, such as matchers of its globs. */
import type { Policy } from '../model/policy.ts';

/**
 * Computes something once per policy. It is kept beside the policy and not in it: a policy is plain data, belongs to no
 * revision, and a copy with other rules must not carry the matchers of the original.
 */
export function oncePerPolicy<Made>(make: (policy: Policy) => Made): (policy: Policy) => Made {
  const made = new WeakMap<Policy, { readonly value: Made }>();
  return (policy) => {
    const known = made.get(policy) ?? { value: make(policy) };
    made.set(policy, known);
    return known.value;
  };
}
