/**
 * Prints what the gate costs: requests by kind, time as multiples, memory, sizes and growth. Fails only when a count is
 * over its figure, never for a time. `npm run bench -- requests` (or `start`, `files`, `manifest`, `sizes`) prints one part;
 * `--write` puts what is printed into `docs/development/quality.md`.
 */
import { readdir, stat } from 'node:fs/promises';
import { byKind, measure, occasions } from './bench/action-runs.ts';
import { CLI, folders, measureSize, monorepo, oneManifest, type Size } from './bench/command-line.ts';
import { startMultiple, unitMs } from './bench/measure.ts';
import { type Count, megabytes, multiple, overFigure, table } from './bench/table.ts';
import { recordBlock } from './record.ts';

const LATENCY_MS = 80;
const START_RUNS = 15;
/** Largest `dist/index.js`, in bytes: GitHub fetches it for every run. */
const MAX_ACTION_BYTES = 800_000;

const counts: Count[] = [];
const printed: string[] = [];
const say = (text: string): void => {
  console.log(text);
  printed.push(text);
};

say(
  `Node ${process.version}; times are multiples of \`node -e 0\` (here ${unitMs().toFixed(0)} ms), measured beside each.`,
);

async function requests(): Promise<void> {
  const rows: string[][] = [];
  const details: string[] = [];
  for (const occasion of occasions) {
    const nodeMs = unitMs();
    const direct = await measure(occasion, 0);
    const delayed = await measure(occasion, LATENCY_MS);
    const count = direct.requests.length;
    const { name, figure } = occasion;
    if (figure !== null) counts.push({ what: `requests, ${name}`, found: count, figure });
    const writes = direct.requests.filter(({ kind }) => kind === 'write').length;
    rows.push([
      name,
      String(count),
      figure === null ? '' : String(figure),
      String(writes),
      multiple(direct.usage.wallMs / nodeMs),
      multiple(delayed.usage.wallMs / nodeMs),
      multiple(delayed.usage.wallMs / (delayed.requests.length * LATENCY_MS)),
      String(delayed.rounds),
      megabytes(Math.max(direct.usage.peakBytes, delayed.usage.peakBytes)),
    ]);
    details.push(`- ${name}: ${byKind(direct.requests)}`);
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
    'peak memory',
  ];
  say(table(heads, rows));
  say(`\nRounds: how many requests follow one another at ${latency}; the others run beside them.\n`);
  say(details.join('\n'));
}

function start(): void {
  const rows = [['--version'], ['--help'], ['explain', 'action-url-changed']].map((words) => {
    return [`cli.js ${words.join(' ')}`, multiple(startMultiple([CLI, ...words], START_RUNS))];
  });
  say(`\n### Start of the command line (median of ${START_RUNS})\n`);
  say(table(['', 'of node -e 0'], rows));
}

async function growth(title: string, sizes: readonly Size[]): Promise<void> {
  const rows: string[][] = [];
  let first: { readonly cpuMs: number; readonly times: number } | null = null;
  for (const size of sizes) {
    const nodeMs = unitMs();
    const found = await measureSize(size);
    first ??= { cpuMs: found.cpuMs, times: size.times };
    const ratio = found.cpuMs / first.cpuMs;
    rows.push([
      size.name,
      `${size.times}x`,
      multiple(ratio),
      `${(found.wallMs / 1000).toFixed(1)} s`,
      multiple(found.wallMs / nodeMs),
      megabytes(found.peakBytes),
      `${(found.fileBytes / 1e6).toFixed(1)} MB`,
    ]);
  }
  say(`\n### ${title}\n`);
  say(table(['', 'input', 'CPU time', 'wall', 'of node -e 0', 'peak memory', 'largest file'], rows));
}

async function bundleSizes(): Promise<void> {
  const dist = new URL('../dist/', import.meta.url);
  const files = (await readdir(dist)).filter((name) => name.endsWith('.js')).sort();
  const bytes = new Map<string, number>();
  for (const name of files) bytes.set(name, (await stat(new URL(name, dist))).size);
  const action = bytes.get('index.js') ?? Number.POSITIVE_INFINITY;
  counts.push({ what: 'bytes of dist/index.js', found: action, figure: MAX_ACTION_BYTES });
  const commandLine = [...bytes].filter(([name]) => name !== 'index.js').reduce((sum, [, size]) => sum + size, 0);
  const kilobytes = (size: number): string => `${Math.ceil(size / 1000)} kB`;
  say('\n### Sizes\n');
  const rows = [
    ['dist/index.js', kilobytes(action), kilobytes(MAX_ACTION_BYTES)],
    ['dist/cli.js, what every command loads', kilobytes(bytes.get('cli.js') ?? 0), ''],
    [`dist/cli*.js, ${bytes.size - 1} files`, kilobytes(commandLine), ''],
  ];
  say(table(['', 'size', 'at most'], rows));
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  requests,
  start,
  files: () => growth('Many files between two folders', [...[1, 2, 4, 8].map(folders), monorepo()]),
  manifest: () => growth('One large manifest', [1, 2, 4].map(oneManifest)),
  sizes: bundleSizes,
};
const words = process.argv.slice(2);
const chosen = words.filter((word) => word !== '--write');
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
for (const [name, part] of Object.entries(parts)) if (chosen.length === 0 || chosen.includes(name)) await part();

const over = overFigure(counts);
for (const sentence of over) say(`\nOver its figure: ${sentence}`);
if (over.length === 0 && counts.length > 0) say(`\nAll ${counts.length} counts are within their figures.`);
process.exitCode = over.length === 0 ? 0 : 1;
if (words.includes('--write')) await recordBlock('bench', printed.join('\n'));
