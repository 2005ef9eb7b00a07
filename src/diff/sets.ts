/** Set-like settings: one change per element that is on one side only. Order and repetition do not matter. */
import type { Change, Effect, Trait } from '../model/change.ts';
import type { SetItem, SettingValue } from '../model/document.ts';
import { words } from './messages.ts';
import { buildChange, type DocumentPair } from './pair.ts';
import type { SettingPair } from './stated-setting.ts';

/** Sets of the application's rights, or of places that may use it: one more element widens. */
const WIDENING =
  /^(methods|attributes|ip-prefixes|instances|locations|vocabularies|meaningful-use-sources|ceilings\..+)$/;

/** The elements added and removed. A default is a set of one element. */
export function diffSet(pair: DocumentPair, setting: SettingPair): readonly Change[] {
  const { id, name, notStated, placeBefore, placeAfter } = setting;
  const before = listItems(setting.before);
  const after = listItems(setting.after);
  const grants = [setting.before, setting.after].some((value) => value?.kind === 'set' && value.grants === true);
  const widens = grants || WIDENING.test(id);
  const determineItemEffect = (direction: Effect): Effect => (notStated ? 'unknown' : widens ? direction : 'neutral');
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
    const direction = determineItemEffect(after.has(ALL) ? 'widens' : 'narrows');
    return [buildChange(pair, placeBefore, placeAfter, { ...facts, effect: direction, traits: added })];
  }
  const removed: readonly Trait[] = after.size === 0 ? ['last-removed'] : [];
  const unknown = notStated ? { detail: words.valueNotStated } : {};
  const changes = [
    ...listMissing(after, before).map(([meaning, { shown, at }]) =>
      buildChange(pair, null, at ?? placeAfter, {
        setting: name,
        kind: 'added',
        effect: determineItemEffect('widens'),
        after: shown,
        meaning: { before: null, after: meaning },
        ...unknown,
        traits: added,
      }),
    ),
    ...listMissing(before, after).map(([meaning, { shown, at }]) =>
      buildChange(pair, at ?? placeBefore, null, {
        setting: name,
        kind: 'removed',
        effect: determineItemEffect('narrows'),
        before: shown,
        meaning: { before: meaning, after: null },
        traits: removed,
      }),
    ),
  ];
  const isStated = setting.before?.kind === 'set' && setting.before.isStated === true;
  if (isStated && setting.after === null)
    changes.push(
      buildChange(pair, placeBefore, null, {
        setting: name,
        kind: 'removed',
        effect: 'unknown',
        detail: words.emptySetGone,
      }),
    );
  // A patch that names a set and leaves it empty has no element that could be a change.
  if (notStated && after.size === 0) {
    changes.push(
      buildChange(pair, null, placeAfter, {
        setting: name,
        kind: 'added',
        effect: 'unknown',
        detail: words.valueNotStated,
      }),
    );
  }
  return changes;
}

/** Every existing element (instances, locations). A change from it to a list is one change, not many. */
const ALL = 'all';

/** The elements in one order, however they are written. */
export function listText(items: Iterable<{ readonly shown: string }>): string {
  return Array.from(items, ({ shown }) => shown)
    .sort()
    .join(', ');
}

/** The meanings of the elements, in one order. */
export function listMeaning(meanings: Iterable<string>): string {
  return JSON.stringify([...meanings].sort());
}

type Item = { readonly shown: string; readonly at: SetItem['at'] | null };
type Items = ReadonlyMap<string, Item>;

function listItems(value: SettingValue | null): Items {
  if (value?.kind === 'set') return new Map(value.items.toReversed().map((item) => [item.meaning, item]));
  if (value?.kind !== 'text' || value.meaning === '') return new Map();
  return new Map([[value.meaning, { shown: value.shown, at: null }]]);
}

/** The items with a meaning that the others do not have. */
function listMissing(items: Items, others: Items): readonly (readonly [string, Item])[] {
  return [...items].filter(([meaning]) => !others.has(meaning));
}

function isSingle(items: Items): boolean {
  return items.size === 1 && !items.has(ALL);
}

function isSeveral(items: Items): boolean {
  return items.size > 1 || items.has(ALL);
}
