/** The two documents under comparison, and how a change is made of them: file, side, line and document facts in one place. */
import type { Change, ChangedDocument, Trait } from '../model/change.ts';
import type { ConfigDocument, Environment } from '../model/document.ts';
import type { Place } from '../model/source.ts';

export interface DocumentPair {
  readonly base: ConfigDocument | null;
  readonly head: ConfigDocument | null;
  readonly document: ChangedDocument;
  /** Path of the document at the head, or its last path. */
  readonly file: string;
}

/** Pairs two documents. `present` is the one at head, or the one at base if it is removed. */
export function pairDocuments(
  base: ConfigDocument | null,
  head: ConfigDocument | null,
  present: ConfigDocument,
): DocumentPair {
  const { format, role, part } = present;
  const environment = findSharedEnvironment(base, head) ?? present.environment;
  const state = head === null ? 'removed' : base === null ? 'first' : 'existing';
  return { base, head, document: { format, role, environment, part, state }, file: present.file };
}

/**
 * Registered values and certificate files count as pre-production only if both sides say so. Any author can write the word for
 * their environment, unlike the hosts that a client connects to.
 */
function findSharedEnvironment(base: ConfigDocument | null, head: ConfigDocument | null): Environment | null {
  if (base === null || head === null || head.role === 'client' || head.environment !== 'ppe') return null;
  return base.environment;
}

/** Everything about a change except its place. */
export type ChangeFacts = Pick<Change, 'setting' | 'kind' | 'effect'> &
  Partial<Pick<Change, 'access' | 'before' | 'after' | 'traits' | 'content' | 'meaning' | 'detail'>>;

/**
 * A change at its places: the head's when there is one (with the former one as `baseLocation`), else the base's. A value
 * that went with a renamed file is named by the new path, and `baseLocation` is its former place.
 */
export function buildChange(pair: DocumentPair, before: Place | null, after: Place | null, facts: ChangeFacts): Change {
  const { before: valueBefore = null, after: valueAfter = null, traits = [], ...rest } = facts;
  const values = {
    before: valueBefore,
    after: valueAfter,
    traits: [...new Set(traits)].sort(),
    document: pair.document,
  };
  const former =
    before === null ? {} : { baseLocation: { file: before.file, line: before.line, column: before.column } };
  if (after !== null) {
    const location = { side: 'head', line: after.line, column: after.column } as const;
    return { ...rest, ...values, file: after.file, location, ...former };
  }
  if (before === null) return { ...rest, ...values, file: pair.file, location: null };
  const location = { side: 'base', line: before.line, column: before.column } as const;
  if (before.file === pair.base?.file && before.file !== pair.file) {
    return { ...rest, ...values, file: pair.file, location, ...former };
  }
  return { ...rest, ...values, file: before.file, location };
}

export function withTrait(change: Change, trait: Trait): Change {
  return { ...change, traits: [...new Set([...change.traits, trait])].sort() };
}
