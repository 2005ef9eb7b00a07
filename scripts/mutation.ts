/**
 * Mutation testing: `node scripts/mutation.ts [<room>...]`, by default all four. Prints each room's score and fails below
 * the figure; `--write` puts the scores into docs/development/quality.md and the survivors, each with its reason, into
 * docs/development/mutation.md. What follows `--` goes to Stryker, e.g. `npm run mutation -- diff -- --mutate src/diff/dates.ts`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import reasons from './mutation/reasons.json' with { type: 'json' };
import { findReason, listSurvivors, type MutationReport, writeScore, writeSurvivors } from './mutation/report.ts';
import { recordBlock } from './record.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The rooms that decide what a change means and what it asks for. */
const ROOMS = ['diff', 'plan', 'policy', 'formats'];

/** Percent of the mutants that tests must notice. */
const FIGURE = 85;

function readReport(room: string): MutationReport | null {
  const path = join(ROOT, '.mutation', `${room}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as MutationReport) : null;
}

async function writeResults(): Promise<void> {
  const reports = ROOMS.flatMap((room) => {
    const report = readReport(room);
    return report === null ? [] : [[room, report] as const];
  });
  const scores = [
    '| room | mutants | noticed | survived | not reached | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...reports.map(([room, report]) => writeScore(room, report).row),
  ];
  await recordBlock('mutation', scores.join('\n'));
  const lists = reports.flatMap(([room, report]) => [
    `### ${room}`,
    '',
    ...writeSurvivors(listSurvivors(report), reasons),
  ]);
  await recordBlock('survivors', lists.join('\n'), 'mutation.md');
}

const operands = process.argv.slice(2);
const end = operands.includes('--') ? operands.indexOf('--') : operands.length;
const named = operands.slice(0, end).filter((operand) => !operand.startsWith('--'));
const unknown = named.filter((room) => !ROOMS.includes(room));
if (unknown.length > 0) throw new Error(`no room ${unknown.join(', ')}: ${ROOMS.join(', ')}`);
const rooms = named.length > 0 ? named : operands.includes('--write') ? [] : ROOMS;
for (const room of rooms) {
  const stryker = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const { status } = spawnSync(process.execPath, [stryker, 'run', ...operands.slice(end + 1)], {
    cwd: ROOT,
    stdio: 'inherit',
    // A mutant that acts while a file loads gets a process of its own: what is compiled once serves all of them.
    env: { ...process.env, MUTATION_ROOM: room, NODE_COMPILE_CACHE: join(tmpdir(), 'go-live-mutation-cache') },
  });
  const report = status === 0 ? readReport(room) : null;
  if (report === null) throw new Error(`${room}: Stryker did not finish`);
  const { row, score } = writeScore(room, report);
  console.log(row);
  const unexplained = listSurvivors(report).filter((survivor) => findReason(survivor, reasons) === null).length;
  if (unexplained > 0)
    console.log(`${room}: ${unexplained} survivors have no reason in scripts/mutation/reasons.json.`);
  if (score < FIGURE) {
    console.error(`${room} is below ${FIGURE} %.`);
    process.exitCode = 1;
  }
}
if (operands.includes('--write')) await writeResults();
