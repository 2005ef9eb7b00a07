/** Every sentence is used, and its places are well formed. */
import { readdirSync, readFileSync } from 'node:fs';
import { words } from '../../src/render/words.ts';

const room = new URL('../../src/render/', import.meta.url);
const sources = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(new URL(file, room), 'utf8').replace(/export const words = \{[\s\S]*?\n\}/, ''))
  .join('\n');
/** Ids that the program puts together: `step-open`, `change-many`. */
const families = [
  ...sources.matchAll(/say\(\s*`([a-z-]+[-.])\$\{/g),
  ...sources.matchAll(/findWord\('([a-z-]+)'/g),
].map((match) => (match[1] ?? '').replace(/([a-z])$/, '$1.'));

test('families of ids are found', () => {
  expect(families).toEqual(expect.arrayContaining(['severity.', 'legend-']));
});

test.each(Object.entries(words))('the words are right for %s', (id, sentence) => {
  const used =
    sources.includes(`'${id}'`) ||
    /-(?:one|many)$/.test(id) ||
    families.some((family) => id.startsWith(family)) ||
    /^(?:unit-one|unit)\./.test(id);
  expect(used).toBe(true);
  expect(sentence.trim()).toBe(sentence);
  expect(sentence.replace(/\{[a-z][A-Za-z]*\}/g, '')).not.toMatch(/[{}]/);
});
