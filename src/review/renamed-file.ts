/** A configuration file with a new name or folder that its application does not load. Pure. */
import { formats } from '../formats/formats.ts';
import type { Change } from '../model/change.ts';
import type { ConfigDocument } from '../model/document.ts';
import { getFolder } from '../model/paths.ts';
import { words } from './messages.ts';
import type { FilePair } from './pair-files.ts';

/** Folders with files that are not part of the running application. */
const UNUSED_FOLDER =
  /(?:^|\/)(?:tests?|testdata|__tests__|specs?|fixtures?|samples?|examples?|demos?|docs?|documentation|old|unused|disabled|obsolete|deprecated|archived?|attic|backups?|bak|trash)(?=\/|$)/i;

/**
 * The removal of a configuration by a rename. The content may be the same, but its application no longer finds it. None if the
 * file was not renamed, or its format is loaded under any name.
 */
export function describeLostConfiguration(
  { basePath, headPath }: FilePair,
  [base]: readonly ConfigDocument[],
): readonly Change[] {
  if (base === undefined || basePath === null || headPath === null || basePath === headPath) return [];
  const getLoadedName = formats.find(({ id }) => id === base.format)?.getLoadedName;
  if (getLoadedName === undefined) return [];
  const isUnused = (path: string) => UNUSED_FOLDER.test(getFolder(path));
  const isFound = getLoadedName(basePath) === getLoadedName(headPath);
  if (isFound && (isUnused(basePath) || !isUnused(headPath))) return [];
  const { format, role, environment } = base;
  return [
    {
      file: headPath,
      setting: 'document',
      kind: 'removed',
      effect: 'unknown',
      before: basePath,
      after: headPath,
      location: null,
      traits: [],
      document: { format, role, environment, part: null, state: 'existing' },
      detail: words.renamedAway(basePath),
    },
  ];
}
