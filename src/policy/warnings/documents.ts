/** Warnings about the documents of a policy: keys that are not read, and keys that are read twice. */
import { uniqueBy } from '../../model/lists.ts';
import { parsePath } from '../../syntax/json-path.ts';
import type { PolicyFile, WrittenPlainDocument } from '../policy-file.generated.ts';
import { listWritten } from '../policy-file.ts';
import type { ProblemList } from '../problems.ts';
import { messages } from './messages.ts';

/** Notes documents without a family for the rest, and places that several settings or documents read. */
export function warnOfDocuments({ documents = [] }: PolicyFile, problems: ProblemList): void {
  documents.forEach((document, index) => {
    const path = ['documents', index, 'settings'];
    if (!hasRest(document)) problems.add(messages.noFamily(), path);
    for (const { id, other } of findSamePlaces(document))
      problems.add(messages.samePlace({ found: id, other }), [...path, id], { key: true });
    const twice = documents.slice(0, index).flatMap((other) => findSharedSettings(document, other));
    for (const { id, files } of uniqueBy(twice, (one) => one.id))
      problems.add(messages.readTwice({ found: id, files }), [...path, id], { key: true });
  });
}

/** Whether an id such as `other.*` reads every entry of the root; in XML, of the root element. */
function hasRest({ format, settings }: WrittenPlainDocument): boolean {
  const depth = format === 'xml' ? 2 : 1;
  return Object.entries(settings).some(([id, { path, pointer }]) => {
    const steps = readSteps(path ?? pointer ?? '');
    return id.endsWith('.*') && steps?.length === depth && steps.at(-1) === null;
  });
}

function readSteps(text: string): readonly (string | null)[] | null {
  const path = parsePath(text);
  return 'problem' in path ? null : path.steps;
}

interface SamePlace {
  readonly id: string;
  readonly other: string;
}

/** Settings of one document that read the same values, so that one edit makes two changes. */
function findSamePlaces({ settings }: WrittenPlainDocument): readonly SamePlace[] {
  const first = new Map<string, string>();
  return Object.entries(settings).flatMap(([id, { path, pointer, key, value, type }]) => {
    const text = path ?? pointer ?? '';
    const steps = readSteps(text) ?? [text];
    // A set reads the elements of a list, whether its path names the list or every entry of it.
    const place = type === 'set' && steps.at(-1) === null ? steps.slice(0, -1) : steps;
    const same = JSON.stringify([place, key ?? null, value ?? null, type === 'keys']);
    const other = first.get(same);
    if (other === undefined) first.set(same, id);
    return other === undefined ? [] : [{ id, other }];
  });
}

/** Settings of the same id in two documents that claim the same files by the same keys. */
function findSharedSettings(one: WrittenPlainDocument, other: WrittenPlainDocument) {
  const globs = new Set(listWritten(other.files, []).map(({ value }) => value.toLowerCase()));
  const shared = listWritten(one.files, []).find(({ value }) => globs.has(value.toLowerCase()));
  if (shared === undefined || JSON.stringify(one.requires ?? []) !== JSON.stringify(other.requires ?? [])) return [];
  return Object.keys(one.settings).flatMap((id) =>
    Object.hasOwn(other.settings, id) ? [{ id, files: shared.value }] : [],
  );
}
