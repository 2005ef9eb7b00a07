/** Which built-in policies fit a repository, by files that only their platform has. */
import { getBaseName } from '../../model/paths.ts';
import type { RevisionSource } from '../../model/source.ts';

/** By policy: the name of such a file, and a pattern that its text contains. */
const SIGNS: Readonly<Record<string, { readonly name: RegExp; readonly text: string }>> = {
  'health-connect': { name: /^AndroidManifest\.xml$/, text: 'android.permission.health.' },
  healthkit: { name: /\.entitlements$/, text: 'com.apple.developer.healthkit' },
  'google-oauth': { name: /^appsscript\.json$/, text: '{' },
  'browser-extension': { name: /^manifest[^/]*\.json$/, text: '"manifest_version"' },
};

/** A policy that fits, and the files that show it. */
export interface FittingPolicy {
  readonly policy: string;
  readonly files: readonly string[];
}

/** The policies of `known` that fit the files. */
export async function findFittingPolicies(
  source: RevisionSource,
  paths: readonly string[],
  known: ReadonlySet<string>,
): Promise<readonly FittingPolicy[]> {
  const found: FittingPolicy[] = [];
  for (const [policy, { name, text }] of Object.entries(SIGNS)) {
    const named = paths.filter((path) => name.test(getBaseName(path)));
    if (!known.has(policy) || named.length === 0) continue;
    const contents = await source.readFiles(named);
    const files = named.filter((path) => new TextDecoder().decode(contents.get(path)?.bytes).includes(text));
    if (files.length > 0) found.push({ policy, files });
  }
  return found;
}
