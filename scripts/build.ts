/**
 * Builds `dist` from the sources and prints the sizes: `index.js` in one piece, `cli.js` with its parts beside it.
 * `--check` builds into a temporary folder instead and fails when the committed `dist` differs by a byte; `--modules`
 * prints the bundled modules as JSON, for licences and bill of materials.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Where a part of the command line goes that is loaded only when a command needs it: beside `cli.js`, under the name of its
 * module. Several rooms have a module of the same name, so that one is named with its room.
 */
function nameChunk({ name, moduleIds }: { readonly name: string; readonly moduleIds: readonly string[] }): string {
  const own = moduleIds.find((id) => id.endsWith('/messages.ts'));
  return name === 'messages' && own !== undefined ? `cli-${basename(dirname(own))}-messages.js` : `cli-${name}.js`;
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
    ['index.js', 'src/action.ts'],
    ['cli.js', 'src/cli.ts'],
  ] as const) {
    const bundle = await rolldown({
      input: join(ROOT, entry),
      cwd: ROOT,
      platform: 'node',
      plugins: measurable ? [] : [withoutFixes],
      // Of a package that has ES modules, only what is used goes into the bundle.
      resolve: { mainFields: ['module', 'main'] },
      treeshake: { moduleSideEffects: (id) => !/node_modules\/(undici|@actions)\//.test(id) },
      onLog(level, log, handler) {
        if (level === 'warn') throw new Error(`rolldown: ${log.message}`);
        handler(level, log);
      },
    });
    // The action always needs nearly all of it, so it is one file; the command line loads what its command needs.
    const { output } = await bundle.write({
      ...(name === 'cli.js'
        ? { dir: folder, entryFileNames: name, chunkFileNames: nameChunk }
        : { file: join(folder, name), codeSplitting: false }),
      format: 'esm',
      minify: !measurable,
      sourcemap: measurable ? 'hidden' : false,
      comments: { legal: false },
    });
    await bundle.close();
    for (const part of output) if (part.type === 'chunk') for (const id of part.moduleIds) modules.add(id);
  }
  return [...modules].sort();
}

async function filesOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js')).sort();
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
    for (const name of await readdir(dist)) if (/^cli-.*\.js$/.test(name)) await rm(join(dist, name)); // parts that may be gone
    await buildInto(dist);
    for (const name of (await readdir(dist)).sort())
      console.log(`${name} ${Math.ceil((await stat(join(dist, name))).size / 1000)} kB`);
  }
}

if (import.meta.main) await main();
