/** The docs say what the policy does: generated pages are fresh, and every sentence of the guide is used and shown. */
import {
  findUses,
  generatePages,
  readBuiltInPolicy,
  readShown,
  writeRulesPage,
} from '../../scripts/generate-rules-docs.ts';
import { builtIn, projectFile } from './built-in.ts';

const GUIDE = Array.from({ length: 19 }, (_, index) => `R${index + 1}`);

test.each([...(await generatePages())])('%s is generated from its sources', (path, text) => {
  expect(projectFile(path)).toBe(text);
});

test.each(GUIDE)('%s of the update guide is used in the policy', (id) => {
  const { rules, others } = findUses(builtIn, id);
  expect(rules.length + others.length).toBeGreaterThan(0);
  expect(builtIn.citations.map((one) => one.id)).toContain(id);
});

const showing = (await readShown()).filter((scenario) => scenario.covers.length > 0);
test.each(GUIDE)('%s of the update guide has a scenario', (id) => {
  expect(showing.filter((scenario) => scenario.covers.includes(id)).map((scenario) => scenario.name)).not.toEqual([]);
});

test('scenarios cover only declared sentences', () => {
  const known = new Set(builtIn.citations.map((one) => one.id));
  expect(showing.flatMap((scenario) => scenario.covers.filter((id) => !known.has(id)))).toEqual([]);
});

test('the page names every rule, category, step and sentence, with their scenarios', () => {
  const page = writeRulesPage(readBuiltInPolicy(), [{ name: 'some-story', rules: ['text-changed'], covers: ['R16'] }]);
  for (const { id } of builtIn.rules) expect(page).toContain(`### ${id}\n`);
  for (const { id } of [...builtIn.categories, ...builtIn.steps]) expect(page).toContain(`\`${id}\``);
  for (const { id } of builtIn.citations) expect(page).toContain(`<a id="${id.toLowerCase()}">`);
  expect(page.match(/some-story/g)).toHaveLength(2);
  for (const link of page.matchAll(/\]\(#([^)]+)\)/g)) {
    const target = link[1] ?? '';
    const heading = [...page.matchAll(/^#+ (.+)$/gm)].some(
      (one) => one[1]?.toLowerCase().replaceAll(' ', '-') === target,
    );
    expect([target, heading || page.includes(`<a id="${target}">`)]).toEqual([target, true]);
  }
});

test('every trait is explained', () => {
  const union = /export type Trait =([^;]*);/.exec(projectFile('src/model/change.ts'))?.[1] ?? '';
  const page = projectFile('docs/policy.md');
  for (const [, trait] of union.matchAll(/'([^']+)'/g))
    expect(page).toMatch(new RegExp(`^\\| \`${trait}\` +\\| \\S`, 'm'));
});
