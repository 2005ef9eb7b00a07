/** All configurations of one file: base and its transforms, or the environments of one file, each compared with its own kind. */
import type { Change } from '../model/change.ts';
import type { ConfigDocument, Environment } from '../model/document.ts';
import { isProductionName } from '../model/production-name.ts';
import { diffDocuments } from './documents.ts';
import { sortChanges } from './order.ts';
import { withTrait } from './pair.ts';

/**
 * Changes between the documents of one file on both sides: those of the built-in reader, and each document that the policy
 * declares on its own. A change that several declared documents contain is reported once.
 */
export function diffFile(
  baseDocuments: readonly ConfigDocument[],
  headDocuments: readonly ConfigDocument[],
): readonly Change[] {
  const declarations = new Set([...baseDocuments, ...headDocuments].map(({ declaration }) => declaration));
  const [own, ...declared] = [...new Set([undefined, ...declarations])].map((declaration) =>
    diffParts(
      baseDocuments.filter((document) => document.declaration === declaration),
      headDocuments.filter((document) => document.declaration === declaration),
    ),
  );
  return sortChanges([...mergeEqualChanges(own ?? []), ...mergeEqualChanges(declared.flat())]);
}

/**
 * Documents matched by part. If parts are variants of the untransformed document, a missing part has its content. A change that
 * several parts share is reported once, for the most demanding environment.
 */
function diffParts(
  baseDocuments: readonly ConfigDocument[],
  headDocuments: readonly ConfigDocument[],
): readonly Change[] {
  const base = nameOnlyPart(baseDocuments, headDocuments);
  const head = nameOnlyPart(headDocuments, baseDocuments);
  const parts = [...new Set([...base, ...head].map((document) => document.part))];
  const compared = parts.sort(comparePartNames).map((part) => {
    const [was, is] = [findPart(base, part), findPart(head, part)];
    return { part, isLive: is !== null && isProductive(is), changes: diffPart(was, is) };
  });
  const live = compared.filter(({ isLive }) => isLive).map(({ changes }) => new Set(changes.map(identifyValueChange)));
  const isOverridden = (change: Change) =>
    canBeOverridden(change) && live.length > 0 && live.every((meanings) => !meanings.has(identifyValueChange(change)));
  return compared.flatMap(({ part, changes: found }) =>
    found.map((change) => (part === null && isOverridden(change) ? withTrait(change, 'overridden') : change)),
  );
}

/** A file that now contains another kind of document (a dump that became a request): one is removed, the other is new. */
function diffPart(was: ConfigDocument | null, is: ConfigDocument | null): readonly Change[] {
  if (was === null || is === null || was.role === is.role) return diffDocuments(was, is);
  return [...diffDocuments(was, null), ...diffDocuments(null, is)];
}

/** The untransformed document first. */
function comparePartNames(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** Formats in which each part contains the whole configuration, as a variant of the untransformed one. */
const VARIANTS: ReadonlySet<string> = new Set(['dotnet-config', 'client-settings']);

/** Formats whose parts override the untransformed document, which has no effect for settings that they set. */
const OVERLAYS: ReadonlySet<string> = new Set(['dotnet-config']);

/** A secret in the base file leaks even if a transform overrides it, and unread content is not a value. */
function canBeOverridden({ setting }: Change): boolean {
  return setting !== 'secret' && setting !== 'document';
}

/** The only document of a side, named as the part that the same application has among several on the other side. */
function nameOnlyPart(
  documents: readonly ConfigDocument[],
  others: readonly ConfigDocument[],
): readonly ConfigDocument[] {
  const [only, second] = documents;
  if (only === undefined || second !== undefined || only.part !== null) return documents;
  const id = findApplicationId(only);
  if (id === null || others.some(({ part }) => part === null)) return documents;
  const [same, another] = others.filter((one) => findApplicationId(one) === id);
  return same === undefined || another !== undefined ? documents : [{ ...only, part: same.part }];
}

function findApplicationId({ settings }: ConfigDocument): string | null {
  const value = settings.find(({ id }) => id === 'app-id')?.value;
  return value?.kind === 'text' ? value.meaning : null;
}

/** The document of a part, or the untransformed one in its place. */
function findPart(documents: readonly ConfigDocument[], part: string | null): ConfigDocument | null {
  const own = documents.find((document) => document.part === part);
  return own ?? documents.find((one) => one.part === null && VARIANTS.has(one.format)) ?? null;
}

/** A part laid over the others and deployed to production, by its name, unless it talks to PPE. */
function isProductive({ format, part, environment }: ConfigDocument): boolean {
  return OVERLAYS.has(format) && environment !== 'ppe' && isProductionName(part);
}

/** The same change of value, wherever it is written: a transform may take over the base's value. */
function identifyValueChange({ setting, before, after, access, content, meaning }: Change): string {
  return JSON.stringify([setting, before, after, access, content, meaning]);
}

/** Most demanding first: a change counts as production when any part that has it may be. */
const RANKS: Readonly<Record<Environment, number>> = { production: 0, mixed: 1, unknown: 2, none: 3, ppe: 4 };

function mergeEqualChanges(changes: readonly Change[]): readonly Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const { file, kind, location, detail } = change;
    const key = JSON.stringify([
      file,
      identifyValueChange(change),
      kind,
      location,
      change.setting === 'secret' ? detail : null,
    ]);
    const other = merged.get(key);
    merged.set(key, other === undefined ? change : mergeChanges(other, change));
  }
  return [...merged.values()];
}

/** One change for two equal ones, with the traits of both. A value that another part takes over is not `overridden`. */
function mergeChanges(a: Change, b: Change): Change {
  const kept = RANKS[b.document.environment] < RANKS[a.document.environment] ? b : a;
  const traits = new Set([...a.traits, ...b.traits]);
  traits.delete('overridden');
  return { ...kept, traits: [...traits].sort() };
}
