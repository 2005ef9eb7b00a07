/**
 * Chooses the policy of a run: the team's if the base has one, else the built-in one. Its source and digest prove the choice.
 */
import { computeSha256 } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import { DEFAULT_POLICY_PATH, findAlternatePolicyPath, isPolicyPath, type Policy } from '../model/policy.ts';
import type { FileContent } from '../model/source.ts';
import { writeCanonicalPolicy } from '../policy/canonical.ts';
import type { FindWarnings } from '../policy/load.ts';
import { messages } from './messages.ts';

/** The policy of a run, its source (`built-in`, or `path@commit`), and the SHA-256 of its canonical form. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly source: string;
  readonly digest: string;
}

/** A policy just read, with the dangerous but legal parts of its file; nothing for a built-in policy. */
export interface CheckedPolicy extends ChosenPolicy {
  readonly findWarnings: FindWarnings;
}

/**
 * The policy in a team's file, or the built-in one if `content` is null.
 * @param path of the file; with `revision`, the source of the policy is `path@revision`.
 * @throws UsageError if the file cannot be read, or is invalid: then it lists every problem with its place.
 */
export async function choosePolicy(
  content: FileContent | string | null,
  path: string,
  presets: ReadonlyMap<string, Policy>,
  revision?: string,
): Promise<CheckedPolicy> {
  if (content === null) {
    const builtIn = presets.get('healthvault');
    if (builtIn === undefined) throw new Error('the built-in policy is missing');
    return describePolicy({ policy: builtIn, findWarnings: () => [] }, 'built-in');
  }
  // Loaded only for a policy in a file, because the check needs as much code as all readers of configuration.
  const { readPolicy } = await import('../policy/load.ts');
  const result = readPolicy(decodePolicy(content, path), path, presets);
  if ('policy' in result) return describePolicy(result, revision === undefined ? path : `${path}@${revision}`);
  const [first] = result.problems;
  throw new UsageError(messages.policyInvalid(result), first?.place ?? { file: path });
}

/** A policy file of a revision: its path, and its content or null. */
export interface PolicyFileAt {
  readonly path: string;
  readonly content: FileContent | string | null;
}

/** The existing one of the two names of a policy. @throws UsageError if both exist */
export function choosePolicyFile(
  path: string,
  content: FileContent | string | null,
  alternateContent: FileContent | string | null,
): PolicyFileAt {
  const alternatePath = findAlternatePolicyPath(path);
  if (alternatePath === null || alternateContent === null) return { path, content };
  if (content !== null)
    throw new UsageError(messages.policyTwice({ path, twin: alternatePath }), { file: alternatePath });
  return { path: alternatePath, content: alternateContent };
}

/** The first path, in `.github` or in the root, with a name close to the policy's; null for none. */
export function findMisnamedPolicy(paths: readonly string[]): string | null {
  const isMeant = (path: string): boolean => /^(?:\.github\/)?\.?go[-_. ]?live[^/]*\.(?:ya?ml|json)$/i.test(path);
  return paths.find((path) => isMeant(path) && !isPolicyPath(path, DEFAULT_POLICY_PATH)) ?? null;
}

/** The text of a policy's file. @throws UsageError when the file cannot be read */
export function decodePolicy(content: FileContent | string, path: string): string {
  if (typeof content === 'string') return content;
  if (content.bytes !== undefined) return new TextDecoder().decode(content.bytes);
  throw new UsageError(messages.policyUnreadable({ reason: content.unavailable }), { file: path });
}

function describePolicy(read: Pick<CheckedPolicy, 'policy' | 'findWarnings'>, source: string): CheckedPolicy {
  return { ...read, source, digest: computePolicyDigest(read.policy) };
}

/** A run over many pull requests needs the digest of the same built-in policy for each of them. */
const digests = new WeakMap<Policy, string>();

function computePolicyDigest(policy: Policy): string {
  const digest = digests.get(policy) ?? computeSha256(new TextEncoder().encode(writeCanonicalPolicy(policy)));
  digests.set(policy, digest);
  return digest;
}
