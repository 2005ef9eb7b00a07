/** Holds the line of `docs/design.md`: imports go downwards only, and the core knows nothing of the world outside. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));

/** Floors from the top; rooms on one floor do not import each other. Files of `src` itself are named one by one. */
const FLOORS: readonly (readonly string[])[] = [
  ['action.ts', 'cli.ts'],
  ['commands'],
  ['scenario.ts'],
  ['evaluate-merge-group.ts'],
  ['evaluate-pull-request.ts'],
  ['publish.ts'],
  ['assess.ts'],
  ['run.ts'],
  ['github', 'git', 'simulator', 'gather.ts', 'review.ts', 'team-policy.ts', 'cryptography.ts'],
  ['examine.ts'],
  ['units.ts'],
  ['reading.ts'],
  ['render', 'plan'],
  ['policy', 'diff', 'formats'],
  ['syntax'],
  ['model'],
];

/** Everything from `review` down is pure: the second list may use what a run needs. */
const PURE_FROM = FLOORS.findIndex((floor) => floor.includes('examine.ts'));
const PURE_BESIDES = new Set(['gather.ts', 'review.ts', 'team-policy.ts']);

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

test('there are sources and imports to look at', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(files.length);
});

test('every file lives in a room that this test knows', () => {
  expect(files.filter((file) => floorOf(roomOf(file)) < 0)).toEqual([]);
});

test('imports go downwards only, and not between rooms of one floor', () => {
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

test('there are no circles between files', () => {
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

test('the core imports nothing of the outside world and reads no clock and no environment', () => {
  const pure = files.filter((file) => floorOf(roomOf(file)) >= PURE_FROM || PURE_BESIDES.has(file));
  expect(pure.length).toBeGreaterThan(40);
  const outside = imports.filter(
    ({ from, specifier }) => pure.includes(from) && /^(node:|@actions\/|@octokit\/)/.test(specifier),
  );
  expect(outside.map(({ from, specifier }) => `${from}: ${specifier}`)).toEqual([]);
  const impure = pure.filter((file) => {
    const code = readFileSync(join(SOURCES, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
    return /\bprocess\.|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bglobalThis\b/.test(code);
  });
  expect(impure).toEqual([]);
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
