/** A whole review of files in memory, under a policy that is given as text. */
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { DEFAULT_POLICY_PATH } from '../../src/model/policy.ts';
import type { Report } from '../../src/model/report.ts';
import type { ChangedFile, FileContent, Found, Side, Wanted } from '../../src/model/source.ts';
import { choosePolicy } from '../../src/review/choose-policy.ts';
import { reviewRevisions } from '../../src/review/review.ts';
import { createMemoryTree } from './memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const presets = await readBuiltInPolicies();

/** Reviews the difference between two sets of files. @throws UsageError for an invalid policy. */
export async function reviewFiles(
  policy: string | null,
  base: Files,
  head: Files,
  now = '2026-11-02T18:00:00Z',
): Promise<Report> {
  const changedFiles = [...new Set([...Object.keys(base), ...Object.keys(head)])].flatMap((path): ChangedFile[] => {
    if (base[path] === head[path]) return [];
    return [{ path, status: base[path] === undefined ? 'added' : head[path] === undefined ? 'removed' : 'modified' }];
  });
  const revisions = { base: createMemoryTree('base', base), head: createMemoryTree('head', head) };
  const answer = (side: Side, wanted: Wanted): Found => ({
    files: new Map(wanted.files.map((path): [string, FileContent | null] => [path, revisions[side].readFile(path)])),
    folders: new Map(wanted.folders.map((path) => [path, revisions[side].listFolder(path)])),
    paths: wanted.paths ? revisions[side].listPaths() : null,
  });
  const { report } = await reviewRevisions({
    changedFiles,
    policy: await choosePolicy(policy, DEFAULT_POLICY_PATH, presets),
    gateFiles: { policy: DEFAULT_POLICY_PATH, workflow: null, action: null },
    revisions: { read: async (wanted) => ({ base: answer('base', wanted.base), head: answer('head', wanted.head) }) },
    pullRequest: null,
    now,
    mode: 'enforce',
    commits: { base: null, head: null },
  });
  return report;
}

/** The changes of a report, one line each: rule, setting, kind, values. */
export async function listChanges(
  policy: string | null,
  base: Files,
  head: Files,
  now?: string,
): Promise<readonly string[]> {
  const { changes } = await reviewFiles(policy, base, head, now);
  return changes.map(({ rule, setting, kind, before, after }) =>
    [rule, setting, kind, before === null ? '' : `-${before}`, after === null ? '' : `+${after}`]
      .filter((part) => part !== '')
      .join(' '),
  );
}
