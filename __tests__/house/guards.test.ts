/** Guards that random histories cannot miss name the test that fails without them: such a test must exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GUARDS } from '../../scripts/model/guards.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEXT = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g;

/** Texts of a test file, and those with a place for the name of a case with each other text in that place. */
function listTitles(file: string): readonly string[] {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const texts = [...source.matchAll(TEXT)].map(([, single, double]) => single ?? double ?? '');
  const filled = texts
    .filter((text) => text.includes('%s'))
    .flatMap((text) => texts.map((name) => text.replace('%s', name)));
  return [...texts, ...filled];
}

test.each(GUARDS.flatMap(({ name, foundBy }) => (foundBy === undefined ? [] : [[name, foundBy] as const])))(
  'the test for "%s" exists',
  (_, { file, test: part }) => {
    const isStory = part.endsWith('.yml') && existsSync(join(ROOT, 'examples/stories', part));
    expect(isStory || listTitles(file).some((title) => title.includes(part))).toBe(true);
  },
);

test('every guard is in its source exactly once', () => {
  const counts = GUARDS.map(({ name, file, from }) => [
    name,
    readFileSync(join(ROOT, file), 'utf8').split(from).length - 1,
  ]);
  expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
});

test('the documented table names every guard and its test', () => {
  const page = readFileSync(join(ROOT, 'docs/development/quality.md'), 'utf8');
  const missing = GUARDS.filter(
    ({ name, foundBy }) =>
      !page.includes(`| ${name} |`) || (foundBy !== undefined && !page.includes(`"${foundBy.test}"`)),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
});
