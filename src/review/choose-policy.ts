/** Which policy a run uses: the team's where the base has one, else the built-in one; and what proves it afterwards. */
import { UsageError } from '../model/errors.ts';
import type { Policy } from '../model/policy.ts';
import type { Cryptography } from '../model/source.ts';
import { canonicalPolicy } from '../policy/canonical.ts';
import { type PolicyProblem, readPolicy } from '../policy/load.ts';

/** Where a team keeps its policy unless told otherwise. */
export const DEFAULT_POLICY_PATH = '.github/go-live.yml';

/** The policy of a run, where it came from, and the SHA-256 of its canonical form. */
export interface ChosenPolicy {
  readonly policy: Policy;
  readonly source: string;
  readonly digest: string;
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

/** The team's policy, or the built-in one where `text` is null. @throws UsageError that lists every problem with its place. */
export function choosePolicy(
  text: string | null,
  file: string,
  source: string,
  presets: ReadonlyMap<string, Policy>,
  cryptography: Cryptography,
): ChosenPolicy {
  const chosen = (policy: Policy, from: string): ChosenPolicy => ({
    policy,
    source: from,
    digest: cryptography.sha256(new TextEncoder().encode(canonicalPolicy(policy))),
  });
  if (text === null) {
    const builtIn = presets.get('healthvault');
    if (builtIn === undefined) throw new Error('the built-in policy is missing');
    return chosen(builtIn, 'built-in');
  }
  const result = readPolicy(text, file, presets);
  if ('policy' in result) return chosen(result.policy, source);
  const [first] = result.problems;
  throw new UsageError('policy-invalid', describeProblems(result.problems), first?.place ?? { file });
}

/** One line for each problem: place, then what was found and expected. */
export function describeProblems(problems: readonly PolicyProblem[]): string {
  return problems
    .map(({ place, message }) => `${place.file}:${place.line ?? 1}:${place.column ?? 1}: ${message}`)
    .join('\n');
}
