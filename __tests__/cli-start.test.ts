/** What `go-live-gate --version` loads before it can answer: the command line must start as fast as Node itself. */
import { readFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);

/** Text of the part and of all that it imports at once, by name; modules of Node have an empty text. */
function loadedWith(name: string, loaded: Map<string, string> = new Map()): ReadonlyMap<string, string> {
  if (loaded.has(name)) return loaded;
  const own = name.startsWith('./');
  const text = own ? readFileSync(new URL(name, dist), 'utf8') : '';
  loaded.set(name, text);
  for (const [, from] of text.matchAll(/(?<![.\w])import(?!\()[^;"'`()]*?["'`]([^"'`]+)["'`]/g))
    loadedWith(from ?? '', loaded);
  return loaded;
}

test('the command line loads only its name, its numbers and the option parser at the start', () => {
  const loaded = loadedWith('./cli.js');
  const ofNode = [...loaded.keys()].filter((name) => !name.startsWith('./'));
  expect(ofNode.sort()).toEqual(['node:module', 'node:util']);
  expect([...loaded.values()].join('').length).toBeLessThan(12_000);
});

test('a command loads more modules, which the search for imports finds', () => {
  const loaded = loadedWith('./cli-explain.js');
  expect([...loaded.keys()]).toEqual(expect.arrayContaining(['node:crypto', 'node:fs/promises']));
  expect([...loaded.values()].join('').length).toBeGreaterThan(100_000);
});
