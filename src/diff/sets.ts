/** Set-like settings: one change per element that is there on one side only. Order and repetition are nothing. */
import type { Change, Effect, Trait } from '../model/change.ts';
import type { SetItem, SettingValue } from '../model/document.ts';
import { changeAt, type DocumentPair } from './pair.ts';
import type { SettingPair } from './sided.ts';

/** Sets of things that the application may do, or of places where it may be used: an element more widens. */
const WIDENING =
  /^(methods|attributes|ip-prefixes|instances|locations|vocabularies|meaningful-use-sources|ceilings\..+)$/;

/** The elements added and removed. A default stands for a set of one element. */
export function diffSet(pair: DocumentPair, setting: SettingPair, unsaidDetail: string): readonly Change[] {
  const { id, name, unsaid, placeBefore, placeAfter } = setting;
  const before = itemsOf(setting.before);
  const after = itemsOf(setting.after);
  const grants = [setting.before, setting.after].some((value) => value?.kind === 'set' && value.grants === true);
  const widens = grants || WIDENING.test(id);
  const effect = (direction: Effect): Effect => (unsaid ? 'unknown' : widens ? direction : 'neutral');
  const added: Trait[] = before.size === 0 ? ['set-appeared'] : [];
  if (id === 'instances' && isSingle(before) && isSeveral(after)) added.push('single-to-multi');
  if (before.has(ALL) !== after.has(ALL) && before.size > 0 && after.size > 0) {
    const facts = {
      setting: name,
      kind: 'modified',
      before: listText(before.values()),
      after: listText(after.values()),
      meaning: { before: listMeaning(before.keys()), after: listMeaning(after.keys()) },
    } as const;
    const direction = effect(after.has(ALL) ? 'widens' : 'narrows');
    return [changeAt(pair, placeBefore, placeAfter, { ...facts, effect: direction, traits: added })];
  }
  const removed: readonly Trait[] = after.size === 0 ? ['last-removed'] : [];
  const changes: Change[] = [];
  for (const [meaning, item] of after) {
    if (before.has(meaning)) continue;
    const facts = {
      setting: name,
      kind: 'added',
      effect: effect('widens'),
      after: item.shown,
      meaning: { before: null, after: meaning },
    } as const;
    const unknown = unsaid ? { detail: unsaidDetail } : {};
    changes.push(changeAt(pair, null, item.at ?? placeAfter, { ...facts, ...unknown, traits: added }));
  }
  for (const [meaning, item] of before) {
    if (after.has(meaning)) continue;
    const facts = {
      setting: name,
      kind: 'removed',
      effect: effect('narrows'),
      before: item.shown,
      meaning: { before: meaning, after: null },
    } as const;
    changes.push(changeAt(pair, item.at ?? placeBefore, null, { ...facts, traits: removed }));
  }
  // A patch that names a set and leaves it empty says something; no element tells it.
  if (unsaid && after.size === 0) {
    changes.push(
      changeAt(pair, null, placeAfter, { setting: name, kind: 'added', effect: 'unknown', detail: unsaidDetail }),
    );
  }
  return changes;
}

/** Stands for every element there is (instances, locations): against a list it is one change, not many. */
const ALL = 'all';

/** The elements in one order, however they are written. */
export function listText(items: Iterable<{ readonly shown: string }>): string {
  return Array.from(items, ({ shown }) => shown)
    .sort()
    .join(', ');
}

/** What the elements mean, in one order. */
export function listMeaning(meanings: Iterable<string>): string {
  return JSON.stringify([...meanings].sort());
}

type Items = ReadonlyMap<string, { readonly shown: string; readonly at: SetItem['at'] | null }>;

function itemsOf(value: SettingValue | null): Items {
  if (value?.kind === 'set') return new Map(value.items.toReversed().map((item) => [item.meaning, item]));
  if (value?.kind !== 'text' || value.meaning === '') return new Map();
  return new Map([[value.meaning, { shown: value.shown, at: null }]]);
}

function isSingle(items: Items): boolean {
  return items.size === 1 && !items.has(ALL);
}

function isSeveral(items: Items): boolean {
  return items.size > 1 || items.has(ALL);
}
