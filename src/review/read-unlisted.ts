/** Facts for the sweep: the contents of changed files of which the list of changes has no lines. */
import { findPrivateKeys } from '../formats/secrets/key-text.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangedFile, FileContent, RevisionPair } from '../model/source.ts';
import { findExclusion } from '../policy/paths.ts';
import { createMarkSearch, createSectionTest } from './marks.ts';
import { words } from './messages.ts';
import type { ChangedFilesInput } from './pair-files.ts';
import { isCandidate } from './read-file.ts';
import { hasSections } from './sections.ts';
import { compareContents, type SweptContent } from './sweep.ts';

/** Number of files that are read at the same time. */
const BATCH = 200;

/** Most files of a remote source that are read only because of the sections of their lines. */
const MAX_NESTED = 300;

/** The contents that were read, by path. A missing file was not read. */
export type UnlistedContents = ReadonlyMap<string, SweptContent>;

/**
 * Reads both sides of the files that no reader may claim, if their changed lines are unknown or do not show enough. If the
 * source allows fewer than there are, none is read: the review reports them. @throws errors of the source
 */
export async function readUnlisted(
  input: ChangedFilesInput & { readonly revisions: RevisionPair },
): Promise<UnlistedContents> {
  const { policy, revisions } = input;
  if (policy.sweep === undefined) return new Map();
  const isUnclaimed = (file: ChangedFile) =>
    ![file.path, file.previousPath ?? file.path].some((path) => isCandidate(path, input));
  const limit = revisions.maxUnlisted ?? Number.POSITIVE_INFINITY;
  const unlisted = input.changedFiles.filter((file) => needsContent(file, policy) && isUnclaimed(file));
  const mayBeBelowSection = createSectionTest(policy.sweep, createMarkSearch(policy.sweep, []));
  const nested = input.changedFiles.filter(
    (file) =>
      hasSections(file.path) &&
      file.lines?.some(mayBeBelowSection) === true &&
      !unlisted.includes(file) &&
      !isExcluded(file, policy) &&
      isUnclaimed(file),
  );
  const contents = new Map<string, SweptContent>();
  if (unlisted.length > limit) return contents;
  const files = [...unlisted, ...nested.slice(0, input.revisions.maxUnlisted === undefined ? undefined : MAX_NESTED)];
  for (const { path } of nested.slice(files.length - unlisted.length))
    contents.set(path, { unavailable: words.tooManyNested });
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    const wanted = { folders: [], paths: false };
    const found = await revisions.read({
      base: { ...wanted, files: batch.flatMap((file) => getBasePath(file) ?? []).sort() },
      head: { ...wanted, files: batch.flatMap((file) => getHeadPath(file) ?? []).sort() },
    });
    for (const file of batch) {
      const getContent = (files: ReadonlyMap<string, FileContent | null>, path: string | null) =>
        path === null ? null : (files.get(path) ?? null);
      const base = getContent(found.base.files, getBasePath(file));
      contents.set(file.path, compareContents(file, base, getContent(found.head.files, getHeadPath(file))));
    }
  }
  return contents;
}

/** The path of a changed file at the base; null: there is none. */
export function getBasePath({ path, previousPath = path, status }: ChangedFile): string | null {
  return status === 'added' ? null : previousPath;
}

/** The path of a changed file at the head; null: there is none. */
export function getHeadPath({ path, status }: ChangedFile): string | null {
  return status === 'removed' ? null : path;
}

function isExcluded({ path }: ChangedFile, policy: Policy): boolean {
  const { ignore, exempt } = findExclusion(policy, path);
  return ignore !== null || exempt !== null;
}

function needsContent({ path, lines }: ChangedFile, policy: Policy): boolean {
  const { ignore, opaque } = findExclusion(policy, path);
  if (ignore !== null) return false;
  return lines === undefined ? opaque === null : mayBePartOfKey(lines);
}

/** A line of only base64 may belong to a key with other lines that did not change. */
const BASE64_LINE = /^[\s"'`+\\]*[A-Za-z0-9+/]{60,}={0,2}[\s"'`+\\,;)]*$/;

function mayBePartOfKey(lines: NonNullable<ChangedFile['lines']>): boolean {
  const head = lines.filter(({ side, text }) => side === 'head' && text.length < 200 && BASE64_LINE.test(text));
  if (head.length === 0) return false;
  return findPrivateKeys(lines.flatMap(({ side, text }) => (side === 'head' ? [text] : [])).join('\n')).length === 0;
}
