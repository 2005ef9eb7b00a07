/** Single values: texts, opaque content, and values that no reader could resolve. */
import type { Change, ChangeKind, Effect, Trait } from '../model/change.ts';
import type { SettingValue } from '../model/document.ts';
import { words } from './messages.ts';
import { buildChange, type DocumentPair } from './pair.ts';
import { listMeaning, listText } from './sets.ts';
import type { SettingPair } from './stated-setting.ts';

/** The change of one value that is not a set, rule list or secret on either side; null when the meaning is equal. */
export function diffValue(pair: DocumentPair, setting: SettingPair, traits: readonly Trait[]): Change | null {
  const { before, after, name, notStated } = setting;
  if (!notStated && writeComparableText(before) === writeComparableText(after)) return null;
  const unresolved = [after, before].find((value) => value?.kind === 'unresolved');
  const kind: ChangeKind = before === null ? 'added' : after === null ? 'removed' : 'modified';
  const reason = unresolved?.kind === 'unresolved' ? unresolved.reason : null;
  const detail = reason ?? (notStated ? words.valueNotStated : null);
  return buildChange(pair, setting.placeBefore, setting.placeAfter, {
    setting: name,
    kind,
    effect: notStated || unresolved !== undefined ? 'unknown' : determineSwitchEffect(setting.id, before, after),
    before: writePrintableText(before),
    after: writePrintableText(after),
    // The present value may be informative for any former value: an application id can replace a placeholder.
    traits: unresolved === undefined ? traits : ['unresolved', ...(after?.kind === 'unresolved' ? [] : traits)],
    ...compareDigests(before, after),
    meaning: { before: writeComparableText(before), after: writeComparableText(after) },
    ...(detail === null ? {} : { detail }),
  });
}

/**
 * The text that is compared. An absent value equals an empty text. The kind is part of the text, so a digest never equals a
 * text. Sets and rules are compared elsewhere: here they only differ from other kinds.
 */
function writeComparableText(value: SettingValue | null): string {
  if (value === null || (value.kind === 'text' && value.meaning === '')) return '';
  if (value.kind === 'set') return `set ${listMeaning(value.items.map(({ meaning }) => meaning))}`;
  return 'meaning' in value ? `${value.kind} ${value.meaning}` : value.kind;
}

/** The printable text of a value; null for a secret. */
function writePrintableText(value: SettingValue | null): string | null {
  if (value?.kind === 'set') return listText(value.items);
  return value !== null && 'shown' in value ? value.shown : null;
}

/** Digests of content, which people can compare with their copy. */
function compareDigests(before: SettingValue | null, after: SettingValue | null): Pick<Change, 'content'> {
  const digests = { before: findDigest(before), after: findDigest(after) };
  return digests.before === null && digests.after === null ? {} : { content: digests };
}

function findDigest(value: SettingValue | null): string | null {
  if (value?.kind !== 'content' && value?.kind !== 'unresolved' && value?.kind !== 'text') return null;
  return /^[0-9a-f]{64}$/.test(value.meaning) ? value.meaning : null;
}

/** Texts are neutral, but for the two switches that open or close the application to people. */
function determineSwitchEffect(id: string, before: SettingValue | null, after: SettingValue | null): Effect {
  const [was, is] = [isOpen(id, before), isOpen(id, after)];
  return was === is ? 'neutral' : is ? 'widens' : 'narrows';
}

function isOpen(id: string, value: SettingValue | null): boolean {
  const meaning = value?.kind === 'text' ? value.meaning : null;
  if (id === 'restrict-users') return meaning !== 'true';
  return id === 'persistent-tokens' && meaning?.startsWith('enabled') === true;
}
