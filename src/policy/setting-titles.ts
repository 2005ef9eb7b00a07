/** The titles that people read in place of a setting's id (`data/settings.json`). */
import table from '../../data/settings.json' with { type: 'json' };

const titles = new Map<string, string>(Object.entries(table).map(([id, { title }]) => [id, title]));

/** Families of settings: the start of their ids, and the title with a place for the rest. */
const families = [...titles].flatMap(([id, title]) => {
  const [, start] = /^(.+\.)<[a-z]+>$/.exec(id) ?? [];
  return start === undefined ? [] : [{ start, title }];
});

function findTitle(id: string): string | null {
  const own = titles.get(id);
  if (own !== undefined) return own;
  const family = families.find(({ start }) => id.startsWith(start) && id.length > start.length);
  return family === undefined ? null : family.title.replace(/<[a-z]+>/, () => id.slice(family.start.length));
}

/** A setting in words: `description@de-DE` is "Description (de-DE)". An id that is not in the table is written as words. */
export function writeSettingTitle(setting: string): string {
  const whole = findTitle(setting);
  if (whole !== null && !setting.includes('@')) return whole;
  const [, id = '', culture = ''] = /^([^@]+)@(.+)$/.exec(setting) ?? [];
  const localized = titles.get(id);
  if (localized !== undefined) return `${localized} (${culture})`;
  const words = setting.replace(/[.-]+/g, ' ').trim();
  if (whole !== null || words === '') return whole ?? setting;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
