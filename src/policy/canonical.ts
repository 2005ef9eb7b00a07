/** The canonical form of a policy. Its digest, and so every approval, is bound to it. */
import type { Policy } from '../model/policy.ts';

/**
 * JSON of a policy with sorted keys. Lists keep their order, which has meaning. Comments and layout of the file are omitted.
 */
export function writeCanonicalPolicy(policy: Policy): string {
  return JSON.stringify(sortKeys(policy));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const map = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, sortKeys(map[key])]),
  );
}
