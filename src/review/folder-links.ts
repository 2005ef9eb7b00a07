/**
 * Symbolic links to folders. A link that leads elsewhere replaces every file below it, and none of them is in the list of changes.
 * A person must review such a change if one of the folders has configuration. Pure.
 */
import type { Change } from '../model/change.ts';
import { getFolder, resolvePath } from '../model/paths.ts';
import type { ReportFile } from '../model/report.ts';
import type { ChangedFile, Side, Tree } from '../model/source.ts';
import { mayWatchBelow } from '../policy/paths.ts';
import type { CompareInput } from './compare-files.ts';
import { words } from './messages.ts';
import { findReferences } from './pair-files.ts';
import { isCandidate, type ReadRevisionFile } from './read-file.ts';
import { getBasePath, getHeadPath } from './read-unlisted.ts';
import { describeFolder } from './submodules.ts';

const FORMAT = 'folder-link';

/** More files are not read to find out whether one of them is configuration. */
const MAX_FILES = 200;

/** The changed links to folders with configuration, and those that leave the repository below watched places. */
export function describeFolderLinks(
  input: CompareInput,
  read: ReadRevisionFile,
): { readonly files: readonly ReportFile[]; readonly changes: readonly Change[] } {
  const changed = input.changedFiles.flatMap((file) => {
    const targets = {
      base: findTarget(file, 'base', getBasePath(file), input.base),
      head: findTarget(file, 'head', getHeadPath(file), input.head),
    };
    const leads = (['base', 'head'] as const).some((side) =>
      leadsToConfiguration(file, side, targets[side], input, read),
    );
    return leads ? [{ file, targets }] : [];
  });
  return {
    files: changed.map(({ file: { path, status } }) => ({ path, status, format: FORMAT })),
    changes: changed.map(({ file: { path }, targets: { base, head } }) => {
      const content = { before: base, after: head };
      return describeFolder({ file: path, format: FORMAT, ...content, content, detail: words.folderLink });
    }),
  };
}

/** The only line of a file if it may be the target of a link. */
const TARGET = /^[^\s"'<>{}()=:;,#]{1,500}$/;

/** The written target of a link at a side, or null if the file is not a link there. */
function findTarget({ lines = [] }: ChangedFile, side: Side, path: string | null, tree: Tree): string | null {
  const [first, second] = lines.filter((line) => line.side === side);
  if (path === null || first?.line !== 1 || second !== undefined || !TARGET.test(first.text)) return null;
  const content = tree.readFile(path);
  return content !== null && content.bytes === undefined ? first.text : null;
}

function leadsToConfiguration(
  { path }: ChangedFile,
  side: Side,
  target: string | null,
  input: CompareInput,
  read: ReadRevisionFile,
): boolean {
  if (target === null) return false;
  const folder = target.startsWith('/') ? null : resolvePath(getFolder(path), target);
  if (folder === null) return mayWatchBelow(input.policy, path);
  const files = input[side].listPaths().filter((one) => one.startsWith(`${folder}/`));
  const candidates = files.filter((one) => isCandidate(one, input));
  if (candidates.length > MAX_FILES) return true;
  const names = files.map((one): ChangedFile => ({ path: path + one.slice(folder.length), status: 'modified' }));
  return (
    candidates.some((one) => ['documents', 'part-of'].includes(read(side, one).kind)) ||
    findReferences({ ...input, head: input[side], changedFiles: names }).length > 0
  );
}
