/** The surroundings of a change, for rules about other settings or about the day. Pure. */
import type { Change } from '../model/change.ts';
import type { ConfigDocument, Setting } from '../model/document.ts';
import { groupBy } from '../model/lists.ts';
import type { Policy } from '../model/policy.ts';
import type { Side } from '../model/source.ts';
import { parseInstant, toLocalTime, writeIsoDate } from '../plan/dates.ts';
import type { ChangeSurroundings } from '../policy/conditions/circumstances.ts';

/** The documents of one file, or of the parts of one document, on both sides. */
export type DocumentsByRevision = Readonly<Record<Side, readonly ConfigDocument[]>>;

/** The surroundings of every change of a review. @param now the time of the evaluation, ISO 8601 with its offset */
export function describeSurroundings(
  documents: readonly DocumentsByRevision[],
  now: string,
  { office }: Policy,
): ChangeSurroundings {
  const instant = parseInstant(now);
  const named = documents.flatMap((pair) =>
    [...listFiles(pair), ...listDeclaredNames(pair)].map((name) => ({ name, pair })),
  );
  const byName = groupBy(named, ({ name }) => name);
  /** The documents of a file, with all parts of each. */
  const findDocuments = (file: string): ReadonlySet<DocumentsByRevision> => {
    const find = (name: string) => (byName.get(name) ?? []).map(({ pair }) => pair);
    const own = find(file);
    return new Set([...own, ...own.flatMap(listDeclaredNames).flatMap(find)]);
  };
  // Many changes need the same list. Rules keep their results by list, so it is created once.
  const listed = new Map<string, readonly Setting[]>();
  return {
    // A time that cannot be read is refused by the plan.
    today: instant === null ? '' : writeIsoDate(toLocalTime(instant, office.timeZone).day),
    listSettings(change, side, within) {
      const isOfDocument = within === 'document';
      const key = JSON.stringify([side, ...(isOfDocument ? [change.file, change.document.part] : [])]);
      const known = listed.get(key);
      if (known !== undefined) return known;
      const settings = [...(isOfDocument ? findDocuments(change.file) : documents)]
        .flatMap((pair) => pair[side])
        .filter((document) => !isOfDocument || isSamePart(document, change))
        .flatMap((document) => document.settings);
      listed.set(key, settings);
      return settings;
    },
  };
}

/** The files that the documents are of, and those that their values are in. */
function listFiles({ base, head }: DocumentsByRevision): ReadonlySet<string> {
  const all = [...base, ...head];
  return new Set(all.flatMap(({ file, settings }) => [file, ...settings.map(({ at }) => at.file)]));
}

/** The declared documents that contain files as parts. No path has such a name. */
function listDeclaredNames({ base, head }: DocumentsByRevision): readonly string[] {
  const names = [...base, ...head].flatMap(({ whole }) => (whole === undefined ? [] : [`\0${whole}`]));
  return [...new Set(names)];
}

/** The untransformed document belongs to every part. */
function isSamePart({ part }: ConfigDocument, { document }: Change): boolean {
  return part === null || document.part === null || part === document.part;
}
