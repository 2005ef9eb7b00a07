/** What is compiled from a policy, such as matchers of its globs. */

/**
 * Computes something once per policy. It is kept beside the policy and not in it: a policy is plain data, belongs to no
 * revision, and a copy with other rules must not carry the matchers of the original.
 */
export function oncePerPolicy<Part extends object, Made>(make: (policy: Part) => Made): (policy: Part) => Made {
  const made = new WeakMap<Part, { readonly value: Made }>();
  return (policy) => {
    const known = made.get(policy) ?? { value: make(policy) };
    made.set(policy, known);
    return known.value;
  };
}
