/** Gathers the facts first: requests the readers' files from a source, in as few rounds as possible, until none is missing. */
import { sortByKey, uniqueBy } from '../model/lists.ts';
import type { Policy } from '../model/policy.ts';
import type { ExaminedFile } from '../model/report.ts';
import type { ChangedFile, RevisionPair } from '../model/source.ts';
import { isWorkflowFile } from '../policy/paths.ts';
import { type ComparedFiles, compareFiles } from './compare-files.ts';
import { createMarkSearch } from './marks.ts';
import { messages } from './messages.ts';
import { readNamingDocuments } from './naming-documents.ts';
import type { ChangedFilesInput } from './pair-files.ts';
import { computeOnTrees, MAX_ROUNDS, PartialTree, type PartialTrees } from './partial-tree.ts';
import { isCandidate, needsSiblings } from './read-file.ts';
import { getBasePath, getHeadPath, readUnlisted } from './read-unlisted.ts';
import { hasSections } from './sections.ts';
import { isModulesFile } from './submodules.ts';
import { compareContents, type SweptContent, sweepFiles } from './sweep.ts';
import { describeUnread } from './unreadable-file.ts';
import { WORKFLOW_FORMAT } from './workflow-files.ts';

/** The changed files, the sources of both revisions, and the watched files of the policy. */
export interface GatherInput extends Omit<ChangedFilesInput, 'declared'> {
  readonly revisions: RevisionPair;
}

/** The findings, and the treatment of each changed file. */
export interface Gathered extends ComparedFiles {
  readonly examined: readonly ExaminedFile[];
}

/** Reads everything that the review needs and compares it. Never returns on partial facts. @throws errors of the sources */
export async function gather(given: GatherInput): Promise<Gathered> {
  const declared = given.policy.documents.length === 0 ? null : (await import('../formats/plain/plain.ts')).plain;
  const input = { ...given, declared };
  const [{ base, head, ...compared }, contents] = await Promise.all([readAndCompare(input), readUnlisted(input)]);
  const claimed = new Map(
    compared.files.flatMap((file) => [file.path, file.previousPath ?? file.path].map((path) => [path, file])),
  );
  // Files that are only compared as a part of sign-up were not read.
  const isRead = ({ path }: ChangedFile) => (claimed.get(path)?.format ?? WORKFLOW_FORMAT) !== WORKFLOW_FORMAT;
  const unclaimed = input.changedFiles.filter((file) => !isRead(file));
  const findContent = (file: ChangedFile) => contents.get(file.path) ?? compareKnown(file, { base, head });
  const documents = compared.documents.flatMap((one) => [...one.base, ...one.head]);
  const naming = await readNamingDocuments(input, { base, head }, documents, unclaimed, findContent);
  const { policy } = input;
  const findMarks = policy.sweep === undefined ? () => [] : createMarkSearch(policy.sweep, [...documents, ...naming]);
  const swept = sweepFiles(unclaimed, { policy, findMarks, findContent });
  const changed = new Set(compared.changes.map(({ file }) => file));
  const read = input.changedFiles.flatMap(({ path }): readonly ExaminedFile[] => {
    const file = claimed.get(path);
    if (file === undefined) return [];
    return [{ path, outcome: changed.has(file.path) ? 'read' : 'equal', reader: file.format }];
  });
  return {
    ...compared,
    files: uniqueBy([...swept.files, ...compared.files], ({ path }) => path),
    changes: [...compared.changes, ...swept.changes],
    examined: sortByKey(
      uniqueBy([...read, ...swept.examined], ({ path }) => path),
      ({ path }) => [path],
    ),
  };
}

/** Compares the contents of a file if the list has no lines of it or the lines have sections, as far as they were read. */
function compareKnown(file: ChangedFile, trees: PartialTrees): SweptContent | null {
  if (file.lines !== undefined && !hasSections(file.path)) return null;
  const [base, head] = [getBasePath(file), getHeadPath(file)];
  const before = base === null ? null : trees.base.findReadFile(base);
  const after = head === null ? null : trees.head.findReadFile(head);
  if ((base !== null && before === null) || (head !== null && after === null)) return null;
  return compareContents(file, before, after);
}

type ComparedTrees = ComparedFiles & PartialTrees;

async function readAndCompare(input: ChangedFilesInput & GatherInput): Promise<ComparedTrees> {
  const base = new PartialTree('base');
  const head = new PartialTree('head');
  for (const file of input.changedFiles) {
    const { path, previousPath = path, status } = file;
    const isRead = [path, previousPath].some((one) => isCandidate(one, input)) || isReadWhole(input.policy, file);
    if (!isRead) continue;
    const withFolder = needsSiblings(path, input);
    if (status !== 'added') base.requireFile(previousPath, withFolder);
    if (status !== 'removed') head.requireFile(path, withFolder);
  }
  const trees = { base, head };
  const compared = await computeOnTrees(input.revisions, trees, () => compareFiles({ ...input, ...trees }));
  const isWhole = !base.isClosed && !head.isClosed;
  return { ...(isWhole ? compared : addUnfollowed(compared, input)), ...trees };
}

/** One change for a chain of references without an end, because the meaning of its changes cannot be determined. */
function addUnfollowed(compared: ComparedFiles, { changedFiles }: GatherInput): ComparedFiles {
  const file = sortByKey(changedFiles, ({ path }) => [path])[0]?.path ?? '';
  const problem = { ...messages.referencesTooLong({ limit: MAX_ROUNDS }), severity: 'unreadable', file } as const;
  const change = describeUnread(file, problem.message, { format: 'unreadable', role: 'client' });
  return { ...compared, changes: [...compared.changes, change], problems: [...compared.problems, problem] };
}

/** Files that are compared although no reader claims them. */
function isReadWhole(policy: Policy, file: ChangedFile): boolean {
  return isWorkflowFile(policy, file) || isModulesFile(file);
}
