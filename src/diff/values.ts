/** Single values: texts, opaque content, and values that no reader could resolve. */
import type { Change, ChangeKind, Effect, Trait } from '../model/change.ts';
import type { SettingValue } from '../model/document.ts';
import { changeAt, type DocumentPair } from './pair.ts';
import { listMeaning, listText } from './sets.ts';
import type { SettingPair } from './sided.ts';

/** What is known of a change besides its values: its traits, and the sentence for a former value that is not in the file. */
export interface ValueFacts {
  readonly traits: readonly Trait[];
  readonly unsaidDetail: string;
}

/** The change of one value that is no set, rule list or secret on either side; null when the meaning is equal. */
export function diffValue(pair: DocumentPair, setting: SettingPair, facts: ValueFacts): Change | null {
  const { before, after, name, unsaid } = setting;
  if (!unsaid && meaningOf(before) === meaningOf(after)) return null;
  const unresolved = [after, before].find((value) => value?.kind === 'unresolved');
  const kind: ChangeKind = before === null ? 'added' : after === null ? 'removed' : 'modified';
  const reason = unresolved?.kind === 'unresolved' ? unresolved.reason : null;
  const detail = reason ?? (unsaid ? facts.unsaidDetail : null);
  return changeAt(pair, setting.placeBefore, setting.placeAfter, {
    setting: name,
    kind,
    effect: unsaid || unresolved !== undefined ? 'unknown' : effectOf(setting.id, before, after),
    before: shownOf(before),
    after: shownOf(after),
    // What is there now may still tell something, whatever was there before: an application id where a placeholder was.
    traits:
      unresolved === undefined ? facts.traits : ['unresolved', ...(after?.kind === 'unresolved' ? [] : facts.traits)],
    ...contentOf(before, after),
    meaning: { before: meaningOf(before), after: meaningOf(after) },
    ...(detail === null ? {} : { detail }),
  });
}

/**
 * What is compared. Nothing and an empty text are one; the kind is part of it, a digest is never a text. Sets and rules are
 * compared elsewhere: here they only differ from what the other side has.
 */
function meaningOf(value: SettingValue | null): string {
  if (value === null || (value.kind === 'text' && value.meaning === '')) return '';
  if (value.kind === 'set') return `set ${listMeaning(value.items.map(({ meaning }) => meaning))}`;
  return 'meaning' in value ? `${value.kind} ${value.meaning}` : value.kind;
}

/** What may be printed of a value; nothing of a secret. */
function shownOf(value: SettingValue | null): string | null {
  if (value?.kind === 'set') return listText(value.items);
  return value !== null && 'shown' in value ? value.shown : null;
}

/** Digests of content, which people compare with what they have at hand. */
function contentOf(before: SettingValue | null, after: SettingValue | null): Pick<Change, 'content'> {
  const digests = { before: digestOf(before), after: digestOf(after) };
  return digests.before === null && digests.after === null ? {} : { content: digests };
}

function digestOf(value: SettingValue | null): string | null {
  if (value?.kind !== 'content' && value?.kind !== 'unresolved' && value?.kind !== 'text') return null;
  return /^[0-9a-f]{64}$/.test(value.meaning) ? value.meaning : null;
}

/** Texts are neutral, but for the two switches that open or close the application to people. */
function effectOf(id: string, before: SettingValue | null, after: SettingValue | null): Effect {
  const [was, is] = [isOpen(id, before), isOpen(id, after)];
  return was === is ? 'neutral' : is ? 'widens' : 'narrows';
}

function isOpen(id: string, value: SettingValue | null): boolean {
  const meaning = value?.kind === 'text' ? value.meaning : null;
  if (id === 'restrict-users') return meaning !== 'true';
  return id === 'persistent-tokens' && meaning?.startsWith('enabled') === true;
}
