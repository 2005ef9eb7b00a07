/** The shipped policies about platforms: facts about each of them. */
import { readFile } from 'node:fs/promises';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import type { Policy } from '../../src/model/policy.ts';

const presets = await readBuiltInPolicies();
const names = [...presets.keys()].filter((name) => name !== 'healthvault');

describe.each(names)('the policy %s', (name) => {
  const policy = presets.get(name) as Policy;

  test('cites a page for every rule that is not a guard', () => {
    const places = new Map(policy.citations.map(({ id, url }) => [id, url]));
    for (const { id, guard, sources } of policy.rules) {
      if (guard !== true) expect([id, sources.length > 0]).toEqual([id, true]);
      for (const source of sources) expect(places.get(source)).toMatch(/^https:\/\//);
    }
  });

  test('cites a page for every step, except those of the gate itself', () => {
    const own = ['classify-by-hand', 'review-policy'];
    for (const { id, sources } of policy.steps)
      if (!own.includes(id)) expect([id, sources.length > 0]).toEqual([id, true]);
  });

  test('has labels with a prefix that no other policy uses, each for one category', () => {
    const labels = policy.categories.flatMap(({ label }) => label ?? []);
    expect(new Set(labels).size).toBe(labels.length);
    const prefixes = new Set(labels.map((label) => label.replace(/^((?:go-live\/)?[a-z]+)[/-].*/, '$1')));
    expect(prefixes.size).toBe(1);
    for (const other of presets.values()) {
      if (other.name === name) continue;
      const theirs = other.categories.flatMap(({ label }) => label ?? []);
      expect(labels.filter((label) => theirs.includes(label))).toEqual([]);
    }
  });

  test('names nothing of another policy', async () => {
    const text = await readFile(new URL(`../../policies/${name}.yml`, import.meta.url), 'utf8');
    const written = text.replace(/^\s*#.*$/gm, '');
    expect(written).not.toMatch(/HealthVault|Microsoft|walkthrough|go-live team/);
  });
});
