/**
 * Builds `dist` from the sources and prints the sizes: `index.js` and `cli.js`, each with its parts beside it, and the
 * built-in policies.
 * `--check` builds into a temporary folder instead and fails when the committed `dist` differs by a byte; `--modules`
 * prints the bundled modules as JSON, for licenses and bill of materials.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type OutputChunk, type OutputOptions, type Plugin, type RolldownOutput, rolldown } from 'rolldown';
import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Chunk {
  readonly name: string;
  readonly moduleIds: readonly string[];
}

/** Names that modules of several rooms have. */
const SHARED_NAME = /^(?:messages|policy|json)$/;

/**
 * Where a part goes that is loaded only when it is needed: beside its entry, under the name of its module, with its room where
 * several rooms have a module of that name. A part without modules only loads another one of its name.
 */
function nameChunk(entry: string, { name, moduleIds }: Chunk): string {
  const own = SHARED_NAME.test(name) ? moduleIds.find((id) => id.endsWith(`/${name}.ts`)) : undefined;
  const room = own === undefined ? '' : basename(dirname(own));
  const before = moduleIds.length === 0 ? 'lazy' : room === name ? '' : room;
  return `${entry}-${before === '' ? '' : `${before}-`}${name}.js`;
}

/** What a call of `defineMessage` needs at run time: its third argument is for `docs/troubleshooting.md` only. */
const withoutFixes: Plugin = {
  name: 'without-fixes',
  transform: {
    filter: { id: /\/messages\.ts$/ },
    handler(code) {
      const { body } = this.parse(code, { lang: 'ts' });
      const fixes: { readonly start: number; readonly end: number }[] = [];
      const walk = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        if (isDefinition(node)) {
          const [, sentence, fix] = node.arguments;
          if (sentence !== undefined && fix !== undefined) fixes.push({ start: sentence.end, end: fix.end });
        }
        for (const member of Object.values(node)) walk(member);
      };
      walk(body);
      return fixes.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
    },
  },
};

/** Of the own package file the program knows its version. */
const onlyVersion: Plugin = {
  name: 'only-version',
  transform: {
    filter: { id: join(ROOT, 'package.json') },
    handler: (code) => JSON.stringify({ version: (JSON.parse(code) as { readonly version: string }).version }),
  },
};

const POLICIES = 'policies.json';

/** The built-in policies as they are once they have been read: they are not read and checked again at each start. */
const readPolicies: Plugin = {
  name: 'read-policies',
  transform: {
    filter: { id: /\/gate\/built-in-policies\.ts$/ },
    handler: () => ({
      code: `import { readPackaged } from '../git/packaged-files.ts';
        export const readBuiltInPolicies = async () =>
          new Map(Object.entries(JSON.parse(await readPackaged('dist/${POLICIES}'))));`,
      map: { mappings: '' },
    }),
  },
};

/** The routes of GitHub's API that the sources call: Octokit lists 900, which take longer to load than the rest of it. */
const onlyUsedRoutes: Plugin = {
  name: 'only-used-routes',
  transform: {
    filter: { id: /\/plugin-rest-endpoint-methods\/dist-src\/generated\/endpoints\.js$/ },
    async handler(_code, id) {
      const { default: routes } = (await import(pathToFileURL(id).href)) as { readonly default: Routes };
      const kept: Record<string, Record<string, unknown>> = {};
      const names = await readdir(join(ROOT, 'src'), { recursive: true });
      for (const name of names.filter((one) => one.endsWith('.ts')).sort()) {
        const text = await readFile(join(ROOT, 'src', name), 'utf8');
        for (const [call, scope = '', method = ''] of text.matchAll(/\brest\s*\.\s*(\w+)\s*\.\s*(\w+)/g)) {
          const route = routes[scope]?.[method];
          if (route === undefined) throw new Error(`${name}: Octokit has no route for ${call}`);
          kept[scope] = { ...kept[scope], [method]: route };
        }
      }
      return { code: `export default ${JSON.stringify(kept)};`, map: { mappings: '' } };
    },
  },
};

type Routes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Definition {
  readonly arguments: readonly { readonly start: number; readonly end: number }[];
}

function isDefinition(node: object): node is Definition {
  const { type, callee } = node as { type?: unknown; callee?: { name?: unknown } };
  return type === 'CallExpression' && callee?.name === 'defineMessage';
}

/**
 * Returns the ids of all modules that went into the bundles. `measurable` bundles keep the lines of the sources apart and
 * have source maps beside them; what is shipped is neither.
 */
export async function buildInto(folder: string, measurable = false): Promise<readonly string[]> {
  const modules = new Set<string>();
  for (const [name, entry] of [
    ['index', 'src/action.ts'],
    ['cli', 'src/cli.ts'],
  ] as const) {
    const bundle = await rolldown({
      input: join(ROOT, entry),
      cwd: ROOT,
      platform: 'node',
      plugins: [readPolicies, onlyUsedRoutes, ...(measurable ? [] : [onlyVersion, withoutFixes])],
      // Of a package that has ES modules, only what is used goes into the bundle.
      resolve: { mainFields: ['module', 'main'] },
      treeshake: { moduleSideEffects: (id) => !/node_modules\/(undici|@actions)\//.test(id) },
      // On a busy machine a slow plugin would be a warning, which ends the build.
      checks: { bundlerTimings: false },
      preserveEntrySignatures: 'allow-extension',
      onLog(level, log, handler) {
        if (level === 'warn') throw new Error(`rolldown: ${log.message}`);
        handler(level, log);
      },
    });
    const options: OutputOptions = {
      dir: folder,
      entryFileNames: `${name}.js`,
      chunkFileNames: (chunk) => nameChunk(name, chunk),
      format: 'esm',
      minify: !measurable,
      sourcemap: measurable ? 'hidden' : false,
      comments: { legal: false },
    };
    const groups = listGroups((await bundle.generate(options)).output, STAGES[name]);
    const { output } = await bundle.write({
      ...options,
      codeSplitting: { groups: [...groups], includeDependenciesRecursively: false },
    });
    await bundle.close();
    for (const part of output) if (part.type === 'chunk') for (const id of part.moduleIds) modules.add(id);
  }
  await writeFile(join(folder, POLICIES), JSON.stringify(Object.fromEntries(await readBuiltInPolicies())));
  return [...modules].sort();
}

/**
 * What is loaded together is one part, because a file takes as long to load as 10 kB of code: what a program imports at once,
 * and then what these modules import in addition. The action loads its second part while GitHub answers its first requests,
 * `check` its last three while git runs.
 */
const STAGES = {
  index: { core: /\/src\/action\.ts$/, evaluation: /\/gate\/(?:run|write-outputs)\.ts$/ },
  cli: {
    start: /\/src\/cli\.ts$/,
    comparison: /\/commands\/check\.ts$/,
    output: /\/render\/text\/text\.ts$/,
    readers: /\/formats\/formats\.ts$/,
    evaluation: /\/review\/review\.ts$/,
  },
} as const;

/** Commands that need less than `check`. What they load is not part of a stage after the first. */
const SMALL_COMMANDS = /\/commands\/(?:explain|labels|doctor\/doctor)\.ts$/;

/** Parts of these commands that are smaller, in bytes, and depend on nothing larger are one part for all commands. */
const MAX_SHARED_BYTES = 6000;

interface Group {
  readonly name: string;
  readonly test: (id: string) => boolean;
}

/** Groups without circles: all that a module of a group imports is in the same group, in an earlier one, or in none. */
function listGroups(output: RolldownOutput['output'], stages: Readonly<Record<string, RegExp>>): readonly Group[] {
  const chunks = output.filter((part) => part.type === 'chunk');
  const listLoadedWith = (pattern: RegExp): ReadonlySet<OutputChunk> => {
    const opened = chunks.filter(({ facadeModuleId }) => pattern.test(facadeModuleId ?? ''));
    const names = opened.flatMap(({ isEntry, fileName, imports }) => (isEntry ? imports : [fileName]));
    return listImportedAtOnce(chunks, names);
  };
  const kept = listLoadedWith(SMALL_COMMANDS);
  const [first, ...next] = Object.entries(stages).map(([name, pattern]) => ({ name, found: listLoadedWith(pattern) }));
  if (first === undefined) return [];
  const opened = new Set(chunks.map(({ facadeModuleId }) => facadeModuleId));
  const shared = new Set(first.found);
  for (const chunk of [...kept].reverse()) {
    const isSmall = chunk.code.length < MAX_SHARED_BYTES && !chunk.moduleIds.some((id) => opened.has(id));
    const imported = listImportedAtOnce(chunks, chunk.imports);
    if (isSmall && [...imported].every((other) => shared.has(other))) shared.add(chunk);
  }
  const createGroup = (name: string, parts: readonly OutputChunk[]): Group => {
    const ids = new Set(parts.flatMap(({ moduleIds }) => moduleIds));
    return { name, test: (id) => ids.has(id) };
  };
  return [
    createGroup(first.name, [...first.found]),
    createGroup('shared', [...shared]),
    ...next.map(({ name, found }) =>
      createGroup(
        name,
        [...found].filter((chunk) => !kept.has(chunk)),
      ),
    ),
  ];
}

/** Some chunks and those that they import, and so on. */
function listImportedAtOnce(chunks: readonly OutputChunk[], fileNames: readonly string[]): ReadonlySet<OutputChunk> {
  const names = new Set(fileNames);
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  for (const name of names) for (const more of byName.get(name)?.imports ?? []) names.add(more);
  return new Set([...names].flatMap((name) => byName.get(name) ?? []));
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => /\.js(?:on)?$/.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

async function main(): Promise<void> {
  const dist = join(ROOT, 'dist');
  if (process.argv.includes('--check')) {
    const folder = await mkdtemp(join(tmpdir(), 'go-live-dist-'));
    await buildInto(folder);
    const [built, committed] = await Promise.all([readFiles(folder), readFiles(dist)]);
    await rm(folder, { recursive: true });
    const names = [...new Set([...built.keys(), ...committed.keys()])];
    const differing = names.filter((name) => built.get(name)?.equals(committed.get(name) ?? Buffer.alloc(0)) !== true);
    if (differing.length > 0) {
      console.error(
        `dist is not what the sources build: ${differing.join(', ')}. Run npm run build and commit the result.`,
      );
      process.exitCode = 1;
    } else console.log('dist is what the sources build');
  } else if (process.argv.includes('--modules')) {
    const folder = await mkdtemp(join(tmpdir(), 'go-live-dist-'));
    console.log(JSON.stringify(await buildInto(folder)));
    await rm(folder, { recursive: true });
  } else {
    for (const name of await readdir(dist)) if (/^(?:cli|index)-.*\.js$/.test(name)) await rm(join(dist, name)); // parts that may be gone
    await buildInto(dist);
    for (const name of (await readdir(dist)).sort())
      console.log(`${name} ${Math.ceil((await stat(join(dist, name))).size / 1000)} kB`);
  }
}

if (import.meta.main) await main();
