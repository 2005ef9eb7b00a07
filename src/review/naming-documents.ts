/**
 * Facts for the sweep: the documents of the base that did not change. They are read only if a changed line of an unclaimed
 * file contains an id or a thumbprint that no document of the change contains.
 */
import type { ConfigDocument } from '../model/document.ts';
import { sortByKey } from '../model/lists.ts';
import { getBaseName } from '../model/paths.ts';
import type { ChangedFile, RevisionPair } from '../model/source.ts';
import { findExclusion, isWatched } from '../policy/paths.ts';
import { listUnknownNames } from './marks.ts';
import type { ChangedFilesInput } from './pair-files.ts';
import { computeOnTrees, type PartialTrees } from './partial-tree.ts';
import { createReader } from './read-file.ts';
import type { SweptContent } from './sweep.ts';

/** Endings of files in which readers find ids. Ids in program source are not read. */
const NAMING_KIND = /\.(?:config|xml|properties|ya?ml|erb|json|plist|id|fp|cer|crt|der|pem)$|settings[^/]*\.py$/i;

/** Names that are nearly always configuration. They come first if not all can be read. */
const USUAL_NAME = /^(?:web|app)\.config$|healthvault|^hv-|settings|^application|\.(?:id|fp|plist)$/i;

/** Most files that are read for their ids if reading is bounded: five requests on GitHub. */
const MAX_NAMING_FILES = 300;

/** The documents of the base, if the changed lines of the unclaimed files require them. @throws errors of the source */
export async function readNamingDocuments(
  input: ChangedFilesInput & { readonly revisions: RevisionPair },
  trees: PartialTrees,
  known: readonly ConfigDocument[],
  unclaimed: readonly ChangedFile[],
  findContent: (file: ChangedFile) => SweptContent | null,
): Promise<readonly ConfigDocument[]> {
  const { policy, changedFiles, revisions } = input;
  const { sweep } = policy;
  if (sweep === undefined || sweep.marks.every(({ settings }) => settings.length === 0)) return [];
  const asks = unclaimed.some((file) => {
    const { ignore, exempt } = findExclusion(policy, file.path);
    if (ignore !== null || exempt !== null) return false;
    const content = findContent(file);
    const lines = file.lines ?? (content !== null && 'lines' in content ? content.lines : []);
    return listUnknownNames(lines, sweep, known).length > 0;
  });
  if (!asks) return [];
  const changed = new Set(changedFiles.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  const read = createReader({ ...input, ...trees });
  return computeOnTrees(revisions, trees, () => {
    const paths = trees.base
      .listPaths()
      .filter((path) => NAMING_KIND.test(path) && isWatched(policy, path) && !changed.has(path));
    const limit = revisions.maxUnlisted === undefined ? paths.length : MAX_NAMING_FILES;
    const first = sortByKey(paths, (path) => [USUAL_NAME.test(getBaseName(path)) ? 0 : 1, path]).slice(0, limit);
    return first.flatMap((path) => {
      const reading = read('base', path);
      return reading.kind === 'documents' ? reading.documents : [];
    });
  });
}
