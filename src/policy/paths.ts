/** Which paths a policy is about. */
import { cachePerObject, createFolderMatcher, createPathMatcher } from '../model/globs.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangedFile } from '../model/source.ts';

const compiledGlobs = cachePerObject((policy: Policy) => ({
  watched: createPathMatcher(policy.watch),
  ignored: createPathMatcher(policy.ignore),
  workflow: createPathMatcher(policy.workflow),
  watchedBelow: createFolderMatcher(policy.watch),
  exempt: listGlobs(policy.sweep?.exempt ?? []),
  opaque: listGlobs(policy.sweep?.opaque ?? []),
  ignoring: listGlobs(policy.ignore),
}));

type FindGlob = (path: string) => string | null;

/** Finds the first glob that matches a path. */
function listGlobs(globs: readonly string[]): FindGlob {
  const matchesAny = createPathMatcher(globs);
  const each = globs.map((glob) => ({ glob, matches: createPathMatcher([glob]) }));
  return (path) => (matchesAny(path) ? (each.find(({ matches }) => matches(path))?.glob ?? null) : null);
}

/** The globs by which a path is ignored, exempt from the search for marks, or not read without a text difference; else null. */
export function findExclusion(
  policy: Policy,
  path: string,
): Readonly<Record<'ignore' | 'exempt' | 'opaque', string | null>> {
  const { ignoring, exempt, opaque } = compiledGlobs(policy);
  return { ignore: ignoring(path), exempt: exempt(path), opaque: opaque(path) };
}

/** Whether the policy watches a path; `ignore` wins. Without regard to case, as Windows build machines see it. */
export function isWatched(policy: Policy, path: string): boolean {
  const { watched, ignored } = compiledGlobs(policy);
  return watched(path) && !ignored(path);
}

/** Names that no glob is made for: one that ignores both of them ignores everything in their folder. */
const ANY_NAMES: readonly string[] = ['\u0001', '\u0001/\u0002.\u0003'];

/** Whether the policy may watch a file below a folder with unknown names. */
export function mayWatchBelow(policy: Policy, folder: string): boolean {
  const { watchedBelow, ignored } = compiledGlobs(policy);
  return watchedBelow(folder) && !ANY_NAMES.every((name) => ignored(`${folder}/${name}`));
}

/** Whether a changed file is one of the pages and code of sign-up and consent, now or before. `ignore` does not apply. */
export function isWorkflowFile(policy: Policy, { path, previousPath = path }: ChangedFile): boolean {
  const { workflow } = compiledGlobs(policy);
  return workflow(path) || workflow(previousPath);
}
