/** The wording of every output, kept as data in `data/messages/render.json`. */
import words from '../../data/messages/render.json' with { type: 'json' };
import { fill } from '../model/messages.ts';

export type WordId = keyof typeof words;

/** A sentence with its places filled, as plain text: whoever renders escapes. */
export function say(id: WordId, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(words[id], values);
}

/** A number with its unit, singular or plural: `counted(2, 'change')` is "2 changes". */
export function counted(
  count: number,
  unit: 'change' | 'label' | 'file' | 'step' | 'problem' | 'type' | 'error' | 'warning',
): string {
  return say(`${unit}-${count === 1 ? 'one' : 'many'}`, { count });
}

/** The word for an id of a family (`setting`, `category`, ...), or null when there is none. */
export function wordFor(family: string, id: string): string | null {
  const key = `${family}.${id}`;
  return Object.hasOwn(words, key) ? words[key as WordId] : null;
}

/** A setting's name for people: `description@de-DE` is "Description (de-DE)". Null: only the id can be shown. */
export function settingName(setting: string): string | null {
  const at = setting.indexOf('@');
  const id = at < 0 ? setting : setting.slice(0, at);
  const name = wordFor('setting', id) ?? familyName(id);
  if (name === null) return null;
  return at < 0 ? name : `${name} (${setting.slice(at + 1)})`;
}

function familyName(id: string): string | null {
  const family = /^(client\.action-targets|client\.runtime|ceilings)\.(.+)$/.exec(id);
  const name = family === null ? null : wordFor('setting', `${family[1]}.*`);
  return name === null ? null : fill(name, { key: family?.[2] ?? '' });
}

/** Words joined as a sentence has them: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
