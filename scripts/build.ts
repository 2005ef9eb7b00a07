/**
 * Builds `dist` from the sources and prints the sizes: `index.js` and `cli.js`, each with its parts beside it, and the
 * built-in policies.
 * `--check` builds into a temporary folder instead and fails when the committed `dist` differs by a byte; `--modules`
 * prints the bundled modules as JSON, for licenses and bill of materials.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, type Plugin, type RolldownOutput, rolldown } from 'rolldown';
import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Chunk {
  readonly name: string;
  readonly moduleIds: readonly string[];
}

/** Names that modules of several rooms have. */
const SHARED_NAME = /^(?:messages|policy)$/;

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
      plugins: measurable ? [readPolicies] : [readPolicies, onlyVersion, withoutFixes],
      // Of a package that has ES modules, only what is used goes into the bundle.
      resolve: { mainFields: ['module', 'main'] },
      treeshake: { moduleSideEffects: (id) => !/node_modules\/(undici|@actions)\//.test(id) },
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
    // Every run of the action loads what it imports at once, so that is one part; the command line has many small commands.
    const core = name === 'index' ? listImportedAtOnce((await bundle.generate(options)).output) : new Set<string>();
    const groups = core.size === 0 ? [] : [{ name: 'core', test: (id: string) => core.has(id) }];
    const { output } = await bundle.write({ ...options, codeSplitting: { groups } });
    await bundle.close();
    for (const part of output) if (part.type === 'chunk') for (const id of part.moduleIds) modules.add(id);
  }
  await writeFile(join(folder, POLICIES), JSON.stringify(Object.fromEntries(await readBuiltInPolicies())));
  return [...modules].sort();
}

/** The modules of the chunks that the first one imports, and so on, without its own. */
function listImportedAtOnce(output: RolldownOutput['output']): ReadonlySet<string> {
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])));
  const [entry] = output;
  const names = new Set(entry.imports);
  for (const name of names) for (const more of chunks.get(name)?.imports ?? []) names.add(more);
  return new Set([...names].flatMap((name) => chunks.get(name)?.moduleIds ?? []));
}

async function filesOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => /\.js(?:on)?$/.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

async function main(): Promise<void> {
  const dist = join(ROOT, 'dist');
  if (process.argv.includes('--check')) {
    const folder = await mkdtemp(join(tmpdir(), 'go-live-dist-'));
    await buildInto(folder);
    const [built, committed] = await Promise.all([filesOf(folder), filesOf(dist)]);
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
