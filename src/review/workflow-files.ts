/** Changed pages and code that the policy's `workflow` globs name as sign-up or consent: compared by their content. Pure. */
import type { Change, ChangeKind } from '../model/change.ts';
import { identifyContent } from '../model/digest.ts';
import type { ReportFile } from '../model/report.ts';
import type { ChangedFile } from '../model/source.ts';
import { isWorkflowFile } from '../policy/paths.ts';
import type { CompareInput } from './compare-files.ts';
import { words } from './messages.ts';

/** The format of such a file in the report, if no reader claims it. */
export const WORKFLOW_FORMAT = 'workflow';

const KINDS: Readonly<Record<ChangedFile['status'], ChangeKind>> = {
  added: 'added',
  removed: 'removed',
  modified: 'modified',
  renamed: 'modified',
};

/** The changed files that the globs name, by their present or former path, and one change for each. */
export function describeWorkflowFiles({ policy, changedFiles, base, head }: CompareInput): {
  readonly files: readonly ReportFile[];
  readonly changes: readonly Change[];
} {
  const named = changedFiles.filter((file) => isWorkflowFile(policy, file));
  return {
    files: named.map(({ path, previousPath, status }) => ({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      format: WORKFLOW_FORMAT,
    })),
    changes: named.map(({ path, previousPath = path, status }) => ({
      file: path,
      setting: 'workflow',
      kind: KINDS[status],
      effect: 'unknown',
      before: previousPath === path ? null : previousPath,
      after: previousPath === path ? null : path,
      location: null,
      traits: [],
      document: { format: WORKFLOW_FORMAT, role: 'workflow', environment: 'none', part: null, state: 'existing' },
      content: {
        before: status === 'added' ? null : identifyContent(previousPath, base),
        after: status === 'removed' ? null : identifyContent(path, head),
      },
      detail: words.workflowFile,
    })),
  };
}
