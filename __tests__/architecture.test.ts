/** Imports go downwards only, and the core does not know the outside world (`docs/design.md`). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** Floors from the top: a room imports from the floors below it, never from its own floor. */
const FLOORS: readonly (readonly string[])[] = [
  ['action.ts', 'cli.ts'], // entries: only they know the process that they run in
  ['commands'], // each command combines whatever it needs
  ['gate'], // one run on GitHub: the only room that decides when something is written
  ['stories'], // plays stories on the embedded GitHub and starts the built action
  ['github', 'git', 'embedded-github', 'review'], // sources of facts and the pure review: none needs another
  ['render', 'plan'], // what follows from changes, and how it is shown: a report is all that they share
  ['policy', 'diff', 'formats'], // rules, comparison and reading: independent of each other
  ['syntax'], // bytes to trees with positions, whatever they mean
  ['model'], // types and the functions on them
];

/** The pure core: these rooms know no file, no network, no clock and no environment. */
const CORE: ReadonlySet<string> = new Set(['review', 'render', 'plan', 'policy', 'diff', 'formats', 'syntax', 'model']);

/** Hashing bytes and reading a certificate are pure: one file of the core may use Node's library for them. */
const ALLOWED_OUTSIDE: ReadonlySet<string> = new Set(['model/digest.ts: node:crypto']);

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder = ''): readonly string[] {
  return readdirSync(join(SOURCES, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : /\.(ts|mjs)$/.test(path) ? [path] : [];
  });
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm,
  );
  return [...statements].map((match) => ({
    from: file,
    specifier: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((floor) => floor.includes(room));
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);

test('there are sources and imports to check', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(files.length);
});

test('every file is in a room of the table', () => {
  expect(files.filter((file) => floorOf(roomOf(file)) < 0)).toEqual([]);
});

test('imports go downwards only, and not between rooms on one floor', () => {
  const wrong = imports.flatMap(({ from, specifier }) => {
    if (!specifier.startsWith('.')) return [];
    const target = normalize(join(dirname(from), specifier));
    if (target.startsWith('..')) return []; // data files
    const [room, other] = [roomOf(from), roomOf(target)];
    const fine = room === other || floorOf(other) > floorOf(room);
    return fine ? [] : [`${from} -> ${target}`];
  });
  expect(wrong).toEqual([]);
});

test('no files import each other in a circle', () => {
  const targets = new Map(files.map((file) => [file, [] as string[]]));
  for (const { from, specifier, typeOnly } of imports) {
    if (specifier.startsWith('.') && !typeOnly) targets.get(from)?.push(normalize(join(dirname(from), specifier)));
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

test('the core imports no input or output and reads no clock and no environment', () => {
  const core = files.filter((file) => CORE.has(roomOf(file)));
  for (const room of CORE) expect(core.filter((file) => roomOf(file) === room).length).toBeGreaterThan(5);
  const outside = imports
    .filter(({ from, specifier }) => core.includes(from) && /^(node:|@actions\/|@octokit\/)/.test(specifier))
    .map(({ from, specifier }) => `${from}: ${specifier}`);
  expect(outside.filter((found) => !ALLOWED_OUTSIDE.has(found))).toEqual([]);
  const impure = core.filter((file) => {
    const code = readFileSync(join(SOURCES, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
    return /\bprocess\.|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bglobalThis\b/.test(code);
  });
  expect(impure).toEqual([]);
});

test('src has two files, and no folder has more than 20', () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect(counts.get('.')).toBe(2);
  expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
});

test('the command line never loads the toolkit of GitHub Actions', () => {
  const reached = new Set<string>();
  const walk = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { specifier } of imports.filter(({ from }) => from === file)) {
      if (specifier.startsWith('.')) walk(normalize(join(dirname(file), specifier)));
    }
  };
  walk('cli.ts');
  expect(reached.size).toBeGreaterThan(30);
  const toolkit = imports.filter(({ from, specifier }) => reached.has(from) && specifier.startsWith('@actions/'));
  expect(toolkit).toEqual([]);
});
