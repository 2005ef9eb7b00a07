/** Which policy a run uses: the team's where the base has one, else the built-in one; and what proves it afterwards. */
import { sha256 } from '../model/digest.ts';
import { UsageError } from '../model/errors.ts';
import type { Policy } from '../model/policy.ts';
import type { FileContent } from '../model/source.ts';
import { canonicalPolicy } from '../policy/canonical.ts';
import { type PolicyProblem, readPolicy } from '../policy/load.ts';
import { messages } from './messages.ts';

/** Where a team keeps its policy by default. */
export const DEFAULT_POLICY_PATH = '.github/go-live.yml';

/** The policy of a run, where it came from (`built-in`, or `path@commit`), and the SHA-256 of its canonical form. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly source: string;
  readonly digest: string;
}

/** A policy just read, with what in its file is legal and dangerous; nothing for a built-in policy. */
export interface CheckedPolicy extends ChosenPolicy {
  readonly findWarnings: () => readonly PolicyProblem[];
}

/** Reads the built-in policies. @throws Error when one of them is invalid: a defect of the program. */
export function readPresets(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Policy> {
  const presets = new Map<string, Policy>();
  for (const [name, text] of texts) {
    const result = readPolicy(text, `policies/${name}.yml`, presets);
    if ('problems' in result) throw new Error(`the built-in policy ${name} is invalid: ${result.problems[0]?.message}`);
    presets.set(name, result.policy);
  }
  return presets;
}

/**
 * The policy in a team's file, or the built-in one where `content` is null.
 * @param path of the file; with `revision`, the source of the policy is `path@revision`.
 * @throws UsageError when the file cannot be read, or is invalid: then it lists every problem with its place.
 */
export function choosePolicy(
  content: FileContent | string | null,
  path: string,
  presets: ReadonlyMap<string, Policy>,
  revision?: string,
): CheckedPolicy {
  if (content === null) {
    const builtIn = presets.get('healthvault');
    if (builtIn === undefined) throw new Error('the built-in policy is missing');
    return describePolicy({ policy: builtIn, findWarnings: () => [] }, 'built-in');
  }
  const result = readPolicy(decodePolicy(content, path), path, presets);
  if ('policy' in result) return describePolicy(result, revision === undefined ? path : `${path}@${revision}`);
  const [first] = result.problems;
  throw new UsageError(messages.policyInvalid(result), first?.place ?? { file: path });
}

function decodePolicy(content: FileContent | string, path: string): string {
  if (typeof content === 'string') return content;
  if (content.bytes !== undefined) return new TextDecoder().decode(content.bytes);
  throw new UsageError(messages.policyUnreadable({ reason: content.unavailable }), { file: path });
}

function describePolicy(read: Pick<CheckedPolicy, 'policy' | 'findWarnings'>, source: string): CheckedPolicy {
  const { policy } = read;
  return { ...read, source, digest: sha256(new TextEncoder().encode(canonicalPolicy(policy))) };
}
