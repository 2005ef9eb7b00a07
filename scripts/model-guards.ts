/**
 * Takes each guard of the gate out, one after the other in a copy of the project, and plays random histories until the model
 * of "may merge" finds it: `node scripts/model-guards.ts [histories] [seed] [part of a name]`, 3,000 histories of seed 1 unless
 * said. Exit code 1 where one is not found. `--write` at the end puts the table into `docs/development/quality.md`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GUARDS, type Guard } from './model/guards.ts';
import { recordBlock } from './record.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What the suites of the model need of the project. */
const PARTS = [
  'src',
  '__tests__/gate',
  '__tests__/support',
  'policies',
  'schemas',
  'data',
  'package.json',
  'jest.config.mjs',
];

/** How many histories were played until the model found that a guard is missing; null: it did not. */
function countHistories(folder: string, { file, from, to }: Guard, histories: string, seed: string): number | null {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} does not contain this exactly once: ${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  const jest = ['--no-warnings', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '-i'];
  const environment = { GO_LIVE_SEQUENCES: histories, GO_LIVE_SEED: seed, GO_LIVE_SHRINK: '0' };
  const { stderr } = spawnSync(process.execPath, [...jest, '__tests__/gate/model-check.test.ts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  writeFileSync(path, text);
  const found = /Property failed after (\d+) tests/.exec(stderr)?.[1];
  if (found === undefined && !/^Tests: .*1 passed/m.test(stderr)) throw new Error(stderr);
  return found === undefined ? null : Number(found);
}

const words = process.argv.slice(2).filter((word) => word !== '--write');
const [histories = '5000', seed = '1', part = ''] = words;
const folder = mkdtempSync(join(tmpdir(), 'go-live-model-'));
try {
  for (const name of PARTS) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const rows: string[] = [];
  for (const guard of GUARDS.filter(({ name }) => name.includes(part))) {
    const count = countHistories(folder, guard, histories, seed);
    if (count === null) process.exitCode = 1;
    rows.push(`| ${guard.name} | ${count ?? 'not found'} |`);
    console.log(rows.at(-1));
  }
  const table = ['| without this | histories until the model finds it |', '| --- | ---: |', ...rows].join('\n');
  if (process.argv.includes('--write')) await recordBlock('model', `${table}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
