/** The files that fuzzing starts from: the inputs of all scenarios, and the public files of the corpus where it is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A revision of a small repository, and which of its files is to be damaged. */
export interface Seed {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly path: string;
}

const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** Files of a folder by path from its root, in the order of their paths. */
function filesIn(folder: string): Readonly<Record<string, Uint8Array>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const places = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    places.map((place) => [relative(folder, place).replaceAll('\\', '/'), new Uint8Array(readFileSync(place))]),
  );
}

function seedsOf(name: string, files: Readonly<Record<string, Uint8Array>>): readonly Seed[] {
  return Object.keys(files).map((path) => ({ name: `${name}: ${path}`, files, path }));
}

/** Same path, same bytes: one seed is enough. */
function unique(seeds: readonly Seed[]): readonly Seed[] {
  const key = ({ files, path }: Seed): string => `${path}\n${Buffer.from(files[path] ?? []).toString('latin1')}`;
  return [...new Map(seeds.map((seed) => [key(seed), seed])).values()];
}

/** All seeds, in an order that is the same on every machine. */
export function readSeeds(): readonly Seed[] {
  const files = readdirSync(SCENARIOS, { recursive: true, encoding: 'utf8' });
  const scenarios = files
    .filter((path) => basename(path) === 'scenario.yml')
    .map(dirname)
    .sort();
  const sides = scenarios.flatMap((scenario) =>
    ['base', 'head'].flatMap((side) => {
      const folder = join(SCENARIOS, scenario, side);
      return existsSync(folder) ? seedsOf(`${scenario}/${side}`, filesIn(folder)) : [];
    }),
  );
  const corpus = process.env.GO_LIVE_CORPUS ?? '';
  const real = corpus !== '' && existsSync(corpus) ? seedsOf('corpus', filesIn(corpus)) : [];
  return unique([...sides, ...real]);
}
