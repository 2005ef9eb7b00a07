/**
 * Prints what the gate costs: requests by kind and in rounds, time as multiples, memory, sizes and growth, and the chain that
 * it replaces beside it (with `GO_LIVE_PEERS`, see `bench/peers.ts`), and an earlier version (with `GO_LIVE_EARLIER`, its checkout).
 * Fails only when a count is over its figure, never for a time. `npm run bench -- requests` (or `chain`, `earlier`, `start`, `files`,
 * `manifest`, `declared`, `sizes`) prints one part; `--write` puts what is printed into `docs/development/quality.md`.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { countByKind, measure, RUN_KINDS } from './bench/action-runs.ts';
import {
  CLI,
  createFolders,
  createLargeDeclared,
  createLargeManifest,
  createMonorepo,
  measureSize,
  prepareChecks,
  type Size,
} from './bench/command-line.ts';
import { findMedian, measureUnitCpuMs, measureUnitMs, startMultiple, type Usage } from './bench/measure.ts';
import { compareWithChain } from './bench/peers.ts';
import { type Count, listOverFigure, toMegabytes, writeMultiple, writeTable } from './bench/table.ts';
import { recordBlock } from './record.ts';

const LATENCY_MS = 80;
/** On a busy machine, requests that are made at the same time can begin later than a shorter latency. */
const SURE_LATENCY_MS = 500;
const START_RUNS = 15;
/** What `check` ends with where labels are missing. */
const BLOCKED_EXIT = 1;
/** What is compared with the chain, and how often. */
const COMPARED = /^(?:first evaluation|label added)/;
const CHAIN_RUNS = 7;
const EARLIER_RUNS = 15;
/** Most bytes that every run of the action loads: `dist/index.js` and the part that it loads next, with what they import. */
const MAX_ACTION_BYTES = 620_000;

const counts: Count[] = [];
const printed: string[] = [];
const say = (text: string): void => {
  console.log(text);
  printed.push(text);
};

say(
  `Node ${process.version}; times are multiples of \`node -e 0\` (here ${measureUnitMs().toFixed(0)} ms), measured beside each.`,
);

async function measureRequests(): Promise<void> {
  const rows: string[][] = [];
  const details: string[] = [];
  for (const runKind of RUN_KINDS) {
    const [nodeMs, nodeCpuMs] = [measureUnitMs(), measureUnitCpuMs()];
    const direct = await measure(runKind, 0);
    const delayed = await measure(runKind, LATENCY_MS);
    const count = direct.requests.length;
    const { name, figure } = runKind;
    if (figure !== null) counts.push({ what: `requests, ${name}`, found: count, figure });
    const isOver = runKind.rounds !== null && delayed.rounds > runKind.rounds;
    const { rounds } = isOver ? await measure(runKind, SURE_LATENCY_MS) : delayed;
    if (runKind.rounds !== null) counts.push({ what: `rounds, ${name}`, found: rounds, figure: runKind.rounds });
    const writes = direct.requests.filter(({ kind }) => kind === 'write').length;
    rows.push([
      name,
      String(count),
      figure === null ? '' : String(figure),
      String(writes),
      writeMultiple(direct.usage.wallMs / nodeMs),
      writeMultiple(delayed.usage.wallMs / nodeMs),
      writeMultiple(delayed.usage.wallMs / (delayed.requests.length * LATENCY_MS)),
      String(rounds),
      runKind.rounds === null ? '' : String(runKind.rounds),
      writeMultiple(direct.usage.cpuMs / nodeCpuMs),
      toMegabytes(Math.max(direct.usage.peakBytes, delayed.usage.peakBytes)),
    ]);
    details.push(`- ${name}: ${countByKind(direct.requests)}`);
  }
  say(`\n### Requests of the action (embedded GitHub, latency 0 and ${LATENCY_MS} ms)\n`);
  const latency = `${LATENCY_MS} ms`;
  const heads = [
    '',
    'requests',
    'at most',
    'writes',
    '0 ms',
    latency,
    'of requests x latency',
    'rounds',
    'at most',
    'CPU time',
    'peak memory',
  ];
  say(writeTable(heads, rows));
  say(`\nRounds: how many requests follow one another at ${latency}; the others run beside them.
CPU time is a multiple of that of \`node -e 0\`, without latency.\n`);
  say(details.join('\n'));
}

async function compareChain(): Promise<void> {
  const folder = process.env.GO_LIVE_PEERS;
  if (folder === undefined) {
    say('\nGO_LIVE_PEERS names no checkouts, so the chain that the gate replaces is not measured.');
    return;
  }
  const rows: string[][] = [];
  for (const runKind of RUN_KINDS.filter(({ name }) => COMPARED.test(name))) {
    for (const latencyMs of [0, LATENCY_MS]) {
      const nodeMs = measureUnitMs();
      const { gate, chain } = await compareWithChain(folder, runKind, { latencyMs, runs: CHAIN_RUNS });
      rows.push([
        `${runKind.name}, ${latencyMs} ms`,
        String(gate.requests),
        String(chain.requests),
        writeMultiple(gate.ms / nodeMs),
        writeMultiple(chain.ms / nodeMs),
        `${(gate.ms / chain.ms).toFixed(2)}`,
      ]);
    }
  }
  say(
    `\n### Compared with the chain of labeler, required labels and sticky comment (in turn, median of ${CHAIN_RUNS})\n`,
  );
  say(writeTable(['', 'requests', 'of the chain', 'of node -e 0', 'the chain', 'gate / chain'], rows));
}

/** Only the first evaluation: in all other runs, the earlier version would read what this one wrote. */
async function compareEarlier(): Promise<void> {
  const folder = process.env.GO_LIVE_EARLIER;
  if (folder === undefined) {
    say('\nGO_LIVE_EARLIER names no checkout, so no earlier version is measured.');
    return;
  }
  const [runKind] = RUN_KINDS;
  if (runKind === undefined) return;
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  const rows: string[][] = [];
  for (const latencyMs of [0, LATENCY_MS]) {
    const [now, earlier]: [Usage[], Usage[]] = [[], []];
    for (let turn = 0; turn < EARLIER_RUNS; turn += 1) {
      now.push((await measure(runKind, latencyMs)).usage);
      earlier.push((await measure(runKind, latencyMs, join(folder, 'dist/index.js'))).usage);
    }
    const writeRatio = (find: (usage: Usage) => number): string =>
      (findMedian(now.map(find)) / findMedian(earlier.map(find))).toFixed(2);
    rows.push([
      `${runKind.name}, ${latencyMs} ms`,
      writeRatio(({ cpuMs }) => cpuMs),
      writeRatio(({ wallMs }) => wallMs),
    ]);
  }
  say(`\n### Compared with version ${version} (in turn, medians of ${EARLIER_RUNS})\n`);
  say(writeTable(['', 'CPU time / its CPU time', 'time / its time'], rows));
}

async function start(): Promise<void> {
  const rows = [['--version'], ['--help'], ['explain', 'action-url-changed']].map((words) => {
    return [`cli.js ${words.join(' ')}`, writeMultiple(startMultiple([CLI, ...words], START_RUNS))];
  });
  const { checks, remove } = await prepareChecks();
  for (const [name, words] of Object.entries(checks)) {
    const multiple = startMultiple([CLI, ...words], START_RUNS, BLOCKED_EXIT);
    rows.push([`cli.js check, 3 watched files, ${name}`, writeMultiple(multiple)]);
  }
  await remove();
  say(`\n### Start of the command line (median of ${START_RUNS})\n`);
  say(writeTable(['', 'of node -e 0'], rows));
}

async function measureGrowth(title: string, sizes: readonly Size[]): Promise<void> {
  const rows: string[][] = [];
  let first: { readonly cpuMs: number; readonly times: number } | null = null;
  for (const size of sizes) {
    const nodeMs = measureUnitMs();
    const found = await measureSize(size);
    first ??= { cpuMs: found.cpuMs, times: size.times };
    const ratio = found.cpuMs / first.cpuMs;
    rows.push([
      size.name,
      `${size.times}x`,
      writeMultiple(ratio),
      `${(found.wallMs / 1000).toFixed(1)} s`,
      writeMultiple(found.wallMs / nodeMs),
      toMegabytes(found.peakBytes),
      `${(found.fileBytes / 1e6).toFixed(1)} MB`,
    ]);
  }
  say(`\n### ${title}\n`);
  say(writeTable(['', 'input', 'CPU time', 'wall', 'of node -e 0', 'peak memory', 'largest file'], rows));
}

async function measureBundles(): Promise<void> {
  const dist = new URL('../dist/', import.meta.url);
  const names = (await readdir(dist)).filter((name) => /\.js(?:on)?$/.test(name)).sort();
  const bytes = new Map<string, number>();
  for (const name of names) bytes.set(name, (await stat(new URL(name, dist))).size);
  const sumSizes = (chosen: readonly string[]) => chosen.reduce((sum, name) => sum + (bytes.get(name) ?? 0), 0);
  const action = names.filter((name) => name.startsWith('index'));
  const first = await listImportedAtOnce([new URL('index.js', dist)]);
  const atOnce = await listImportedAtOnce(['index.js', 'index-evaluation.js'].map((name) => new URL(name, dist)));
  counts.push({ what: 'bytes that every run loads', found: sumSizes(atOnce), figure: MAX_ACTION_BYTES });
  const commandLine = names.filter((name) => name.startsWith('cli'));
  const toKilobytes = (size: number): string => `${Math.ceil(size / 1000)} kB`;
  say('\n### Sizes\n');
  const rows = [
    [`dist/index.js with what it imports, ${first.length} files: before the first request`, first, null],
    [`the same with dist/index-evaluation.js, ${atOnce.length} files: what every run loads`, atOnce, MAX_ACTION_BYTES],
    [`dist/index*.js, ${action.length} files`, action, null],
    ['dist/policies.json', ['policies.json'], null],
    ['dist/cli.js, what every command loads', ['cli.js'], null],
    [`dist/cli*.js, ${commandLine.length} files`, commandLine, null],
  ] as const;
  const lines = rows.map(([what, files, most]) => [
    what,
    toKilobytes(sumSizes(files)),
    most === null ? '' : toKilobytes(most),
  ]);
  say(writeTable(['', 'size', 'at most'], lines));
}

/** Parts of `dist` and the parts that they import, and so on; not those that they load when they need them. */
async function listImportedAtOnce(parts: readonly URL[]): Promise<readonly string[]> {
  const found = [...parts];
  for (const one of found) {
    const text = await readFile(one, 'utf8');
    for (const [, name = ''] of text.matchAll(/(?<![.\w])(?:from|import)\s?["'](\.\/[\w-]+\.js)["']/g)) {
      const imported = new URL(name, one);
      if (!found.some(({ href }) => href === imported.href)) found.push(imported);
    }
  }
  return found.map(({ pathname }) => basename(pathname));
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  requests: measureRequests,
  chain: compareChain,
  earlier: compareEarlier,
  start,
  files: () => measureGrowth('Many files between two folders', [...[1, 2, 4, 8].map(createFolders), createMonorepo()]),
  manifest: () => measureGrowth('One large manifest', [1, 2, 4].map(createLargeManifest)),
  declared: () => measureGrowth('One large document that a policy declares', [1, 2, 4].map(createLargeDeclared)),
  sizes: measureBundles,
};
const words = process.argv.slice(2);
const chosen = words.filter((word) => word !== '--write');
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
for (const [name, part] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await part();

const over = listOverFigure(counts);
for (const sentence of over) say(`\nOver its figure: ${sentence}`);
if (over.length === 0 && counts.length > 0) say(`\nAll ${counts.length} counts are within their figures.`);
process.exitCode = over.length === 0 ? 0 : 1;
if (words.includes('--write')) await recordBlock('bench', printed.join('\n'));
