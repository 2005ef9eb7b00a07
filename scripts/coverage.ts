/**
 * Runs every test but those of the house itself (documents, packages, workflows) and of the size of the build, and prints how
 * much of `src` ran, by room: in jest's own process, and in the built action and command line that tests start. Fails below the
 * figures. `--gaps [<part of a path>]` lists what did not run, `--write` puts the table into docs/development/quality.md; what
 * follows `--` goes to jest.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatherRuns, identifyPoint, type MeasuredSource, readSources } from './coverage/gather.ts';
import { copyMeasurable } from './coverage/measurable-build.ts';
import { recordBlock } from './record.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const NO_CACHE = join(ROOT, 'scripts', 'coverage', 'no-compile-cache.mjs');

interface JestConfig {
  readonly testPathIgnorePatterns: readonly string[];
}

/** Jest runs this often, each time with a part of the test files: V8 keeps all code of a process until it ends. */
const PARTS = 4;

/** Percent of all rooms together. */
const FIGURES = { lines: 97, branches: 93 };

interface Share {
  readonly ran: number;
  readonly all: number;
}

interface SourceResult {
  readonly path: string;
  readonly lines: Share;
  readonly branches: Share;
  /** Line numbers, ascending. */
  readonly missedLines: readonly number[];
  readonly missedBranches: readonly number[];
}

function computeResult({ path, points, runs }: MeasuredSource): SourceResult {
  const countRuns = (point: { readonly start: number; readonly end: number } | null): number =>
    point === null ? 0 : (runs.get(identifyPoint(point)) ?? 0);
  const lines = new Map<number, boolean>();
  for (const { line, point } of points.statements) lines.set(line, lines.get(line) === true || countRuns(point) > 0);
  const missedLines = [...lines].flatMap(([line, ran]) => (ran ? [] : [line])).sort((one, other) => one - other);
  const missedBranches = points.branches
    .filter(({ point, without }) => countRuns(point) - countRuns(without) <= 0)
    .map(({ line }) => line)
    .sort((one, other) => one - other);
  return {
    path,
    lines: { ran: lines.size - missedLines.length, all: lines.size },
    branches: { ran: points.branches.length - missedBranches.length, all: points.branches.length },
    missedLines,
    missedBranches,
  };
}

function findRoom(path: string): string {
  const [, room = '', rest] = path.split('/');
  return rest === undefined ? 'src itself' : room;
}

function sumShares(shares: readonly Share[]): Share {
  return shares.reduce((sum, { ran, all }) => ({ ran: sum.ran + ran, all: sum.all + all }), { ran: 0, all: 0 });
}

function toPercent({ ran, all }: Share): number {
  return all === 0 ? 100 : (100 * ran) / all;
}

function writeRow(name: string, results: readonly SourceResult[]): string {
  const [lines, branches] = [sumShares(results.map((one) => one.lines)), sumShares(results.map((one) => one.branches))];
  // Rounded down: 96.99 is not 97.
  const showShare = (share: Share): string => (Math.floor(toPercent(share) * 10) / 10).toFixed(1);
  return `| ${name} | ${results.length} | ${lines.all} | ${showShare(lines)} | ${branches.all} | ${showShare(branches)} |`;
}

function writeTable(results: readonly SourceResult[]): string {
  const rooms = [...new Set(results.map(({ path }) => findRoom(path)))].sort();
  return [
    '| room | files | lines | % run | branches | % taken |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rooms.map((room) =>
      writeRow(
        room,
        results.filter(({ path }) => findRoom(path) === room),
      ),
    ),
    writeRow('**all**', results),
  ].join('\n');
}

const operands = process.argv.slice(2);
const end = operands.includes('--') ? operands.indexOf('--') : operands.length;
const gaps = operands.slice(0, end).indexOf('--gaps');

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'go-live-coverage-')));
try {
  const raw = join(folder, 'raw');
  const copy = join(folder, 'project');
  mkdirSync(raw);
  mkdirSync(copy);
  // Some tests start the command line as a user without rights.
  chmodSync(folder, 0o755);
  chmodSync(raw, 0o777);
  await copyMeasurable(ROOT, copy);
  const { default: config } = (await import(join(ROOT, 'jest.config.mjs'))) as { readonly default: JestConfig };
  const others = ['<rootDir>/__tests__/house/', '<rootDir>/__tests__/cli-start'];
  const testPathIgnorePatterns = [...config.testPathIgnorePatterns, ...others];
  const jest = [
    ...['--no-warnings', '--experimental-vm-modules', '--max-old-space-size=8192'],
    ...[join(ROOT, 'node_modules/jest/bin/jest.js'), '--runInBand', '--silent', '--forceExit'],
    ...['--config', JSON.stringify({ ...config, testPathIgnorePatterns, rootDir: copy, setupFiles: [NO_CACHE] })],
    ...['--passWithNoTests', ...operands.slice(end + 1)],
  ];
  let failed = false;
  for (let part = 1; part <= PARTS; part++) {
    const { status } = spawnSync(process.execPath, [...jest, `--shard=${part}/${PARTS}`], {
      cwd: copy,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_V8_COVERAGE: raw },
    });
    failed ||= status !== 0;
    // A process that is ended from outside leaves no coverage, and the figures would say nothing.
    if (status === null) throw new Error(`part ${part} of the tests did not end by itself`);
  }
  const sources = readSources(copy);
  const { processes, bundles, modules } = gatherRuns(raw, copy, sources);
  const results = sources.map(computeResult).filter(({ lines, branches }) => lines.all + branches.all > 0);
  console.log(writeTable(results));
  console.log(`\nFrom ${processes} processes: ${modules} times a source file, ${bundles} times a part of the build.`);
  if (gaps >= 0) {
    const next = operands.slice(0, end)[gaps + 1] ?? '';
    const wanted = next.startsWith('--') ? '' : next;
    for (const { path, missedLines, missedBranches } of results) {
      if (!path.includes(wanted) || missedLines.length + missedBranches.length === 0) continue;
      console.log(
        `${path}: lines ${missedLines.join(' ') || 'none'}; branches on ${missedBranches.join(' ') || 'none'}`,
      );
    }
  }
  if (operands.slice(0, end).includes('--write')) await recordBlock('coverage', writeTable(results));
  const [lines, branches] = [sumShares(results.map((one) => one.lines)), sumShares(results.map((one) => one.branches))];
  if (failed) console.error('Some tests failed: run them by themselves (npm test).');
  if (bundles === 0) console.error('No part of the build was measured.');
  const short = toPercent(lines) < FIGURES.lines || toPercent(branches) < FIGURES.branches;
  if (short) console.error(`Below ${FIGURES.lines} % of the lines or ${FIGURES.branches} % of the branches.`);
  process.exitCode = short || failed || bundles === 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
