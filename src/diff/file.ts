/** All configurations of one file: base and its transforms, or the environments of one file, each compared with its own kind. */
import type { Change } from '../model/change.ts';
import type { ConfigDocument, Environment } from '../model/document.ts';
import { diffDocuments } from './documents.ts';
import { sortChanges } from './order.ts';

/**
 * Changes between the documents of one file on both sides, matched by part. A part that one side lacks is there what the
 * untransformed document says, where parts are variants of it. A change that several parts share is told once, for the
 * most demanding environment.
 */
export function diffFile(
  baseDocuments: readonly ConfigDocument[],
  headDocuments: readonly ConfigDocument[],
): readonly Change[] {
  const base = named(baseDocuments, headDocuments);
  const head = named(headDocuments, baseDocuments);
  const parts = [...new Set([...base, ...head].map((document) => document.part))].sort((a, b) =>
    a === b ? 0 : a === null || (b !== null && a < b) ? -1 : 1,
  );
  const byPart = new Map(parts.map((part) => [part, diffDocuments(partOf(base, part), partOf(head, part))]));
  const productive = head
    .filter((document) => OVERLAYS.has(document.format) && isProductive(document))
    .map(({ part }) => new Set((byPart.get(part) ?? []).map(meaningOf)));
  const changes = parts.flatMap((part) => {
    const found = byPart.get(part) ?? [];
    if (part !== null) return found;
    return found.map((change) => {
      const overridden = canBeOverridden(change) && productive.some((meanings) => !meanings.has(meaningOf(change)));
      return overridden ? { ...change, traits: [...change.traits, 'overridden' as const].sort() } : change;
    });
  });
  return sortChanges(mergeEqual(changes));
}

/** Formats whose parts say the whole configuration each, as variants of the untransformed one. */
const VARIANTS: ReadonlySet<string> = new Set(['dotnet-config', 'client-settings']);

/** Formats whose parts are laid over the untransformed document, so that it reaches nobody where they say otherwise. */
const OVERLAYS: ReadonlySet<string> = new Set(['dotnet-config']);

/** A secret in the base file leaks whatever a transform puts over it, and content nobody read is no value. */
function canBeOverridden({ setting }: Change): boolean {
  return setting !== 'secret' && setting !== 'document';
}

/** The only document of a side, named as the part that the same application has among several on the other side. */
function named(documents: readonly ConfigDocument[], others: readonly ConfigDocument[]): readonly ConfigDocument[] {
  const [only, second] = documents;
  if (only === undefined || second !== undefined || only.part !== null) return documents;
  const id = applicationOf(only);
  const same =
    others.some(({ part }) => part === null) || id === null ? [] : others.filter((one) => applicationOf(one) === id);
  return same.length === 1 && same[0] !== undefined ? [{ ...only, part: same[0].part }] : documents;
}

function applicationOf({ settings }: ConfigDocument): string | null {
  const value = settings.find(({ id }) => id === 'app-id')?.value;
  return value?.kind === 'text' ? value.meaning : null;
}

/** The document of a part, or the untransformed one that stands for it. */
function partOf(documents: readonly ConfigDocument[], part: string | null): ConfigDocument | null {
  const own = documents.find((document) => document.part === part);
  return own ?? documents.find((one) => one.part === null && VARIANTS.has(one.format)) ?? null;
}

/** A part that is deployed to production: by its endpoints, or by its name as long as it does not talk to PPE. */
function isProductive({ part, environment }: ConfigDocument): boolean {
  if (part === null || /^(debug|dev|test|local|qa|stag)/i.test(part)) return false;
  return environment === 'production' || (environment !== 'ppe' && /^(release|prod|production|live)/i.test(part));
}

/** The same change of value, wherever it is written: a transform may take over what the base said. */
function meaningOf({ setting, before, after, access, content }: Change): string {
  return JSON.stringify([setting, before, after, access, content]);
}

/** Most demanding first: a change counts as production when any part that has it may be. */
const ENVIRONMENTS: readonly Environment[] = ['production', 'mixed', 'unknown', 'none', 'ppe'];

function mergeEqual(changes: readonly Change[]): readonly Change[] {
  const merged = new Map<string, Change>();
  for (const change of changes) {
    const { file, kind, location, detail } = change;
    const key = JSON.stringify([file, meaningOf(change), kind, location, change.setting === 'secret' ? detail : null]);
    const other = merged.get(key);
    merged.set(key, other === undefined ? change : mostDemanding(other, change));
  }
  return [...merged.values()];
}

/** Both say the same; what holds in either environment holds, `overridden` only where it holds in both. */
function mostDemanding(a: Change, b: Change): Change {
  const rank = (change: Change) => ENVIRONMENTS.indexOf(change.document.environment);
  const kept = rank(b) < rank(a) ? b : a;
  const traits = new Set([...a.traits, ...b.traits]);
  if (!(a.traits.includes('overridden') && b.traits.includes('overridden'))) traits.delete('overridden');
  return { ...kept, traits: [...traits].sort() };
}
