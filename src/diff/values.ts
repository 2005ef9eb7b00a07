/** Single values: texts, opaque content, and values that no reader could resolve. */
import type { Change, ChangeKind, Effect, Trait } from '../model/change.ts';
import type { SettingValue } from '../model/document.ts';
import { changeAt, type DocumentPair } from './pair.ts';
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
    ...(detail === null ? {} : { detail }),
  });
}

/** What is compared. Nothing and an empty text are one; the kind is part of it, a digest is never a text. */
function meaningOf(value: SettingValue | null): string {
  if (value === null) return '';
  switch (value.kind) {
    case 'text':
      return value.meaning === '' ? '' : `text ${value.meaning}`;
    case 'set':
      return value.items.length === 0 ? '' : `set ${JSON.stringify(value.items.map((item) => item.meaning).sort())}`;
    case 'access':
      return `access ${value.rules.length}`;
    default:
      return `${value.kind} ${value.meaning}`;
  }
}

/** What may be printed of a value; nothing of a secret. */
export function shownOf(value: SettingValue | null): string | null {
  switch (value?.kind) {
    case 'text':
    case 'content':
    case 'unresolved':
      return value.shown;
    case 'set':
      return value.items.map((item) => item.shown).join(', ');
    default:
      return null;
  }
}

/** Binds an approval to what the shown texts do not say: digests of content, and meanings behind shortened texts. */
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
  const [was, is] = [before, after].map((value) => (value?.kind === 'text' ? value.meaning : ''));
  if (id === 'restrict-users') return was === 'true' ? 'widens' : is === 'true' ? 'narrows' : 'neutral';
  if (id === 'persistent-tokens') {
    const [on, stays] = [was, is].map((meaning) => meaning?.startsWith('enabled') === true);
    return on === stays ? 'neutral' : stays === true ? 'widens' : 'narrows';
  }
  return 'neutral';
}
