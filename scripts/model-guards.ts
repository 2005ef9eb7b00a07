/**
 * Takes each guard of the gate out, one after the other in a copy of the project, and plays random histories until the model
 * of "may merge" finds it: `node scripts/model-guards.ts [histories] [seed] [part of a name]`, 1,000 histories of seed 1 unless
 * said. What the model cannot see is tried with the test that covers it. Exit code 1 where one is not found. `--write` at the end
 * puts the table into `docs/development/quality.md`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GUARDS, type Guard } from './model/guards.ts';
import { recordBlock } from './record.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What the copy does not need, or gets as a link. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', '__tests__/scenarios', '.mutation']);
/** Where GraphQL answers, the gate must also let through what it can prove. REST has code of its own. */
const SUITES = ['__tests__/gate/model-check.test.ts', '__tests__/gate/model-check-rest.test.ts'];

/** Runs one suite in the copy; its output where it fails, null where it passes. @throws Error where it could not run */
function runSuite(folder: string, path: string, more: readonly string[] = []): string | null {
  const jest = ['--no-warnings', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '-i', path, ...more];
  const environment = { GO_LIVE_SEQUENCES: histories, GO_LIVE_SEED: seed, GO_LIVE_SHRINK: '0' };
  const { stderr } = spawnSync(process.execPath, jest, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (/^Tests: .* failed/m.test(stderr)) return stderr;
  if (/^Tests: .*\d passed/m.test(stderr)) return null;
  throw new Error(stderr);
}

/** What finds that a guard is missing, in the words of the table; null: nothing does. */
function findMissing(folder: string, { foundBy }: Guard): string | null {
  if (foundBy !== undefined) {
    // Some of these tests run the built action.
    const { status, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const { file, test } = foundBy;
    const isFound = runSuite(folder, file, ['-t', test]) !== null;
    return isFound ? `[${basename(file, '.test.ts')}](../../${file}): "${test}"` : null;
  }
  for (const [index, path] of SUITES.entries()) {
    const count = /Property failed after (\d+) tests/.exec(runSuite(folder, path) ?? '')?.[1];
    if (count !== undefined) return index === 0 ? count : `${count} by REST`;
  }
  return null;
}

function takeOut(folder: string, guard: Guard): string | null {
  const path = join(folder, guard.file);
  const text = readFileSync(path, 'utf8');
  if (text.split(guard.from).length !== 2) {
    throw new Error(`${guard.file} does not contain this exactly once: ${guard.from}`);
  }
  const without = text.replace(guard.from, () => guard.to);
  writeFileSync(path, without);
  const found = findMissing(folder, guard);
  writeFileSync(path, text);
  return found;
}

const words = process.argv.slice(2).filter((word) => word !== '--write');
const [histories = '1000', seed = '1', part = ''] = words;
const folder = mkdtempSync(join(tmpdir(), 'go-live-model-'));
try {
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const rows: string[] = [];
  for (const guard of GUARDS.filter(({ name }) => name.includes(part))) {
    const found = takeOut(folder, guard);
    if (found === null) process.exitCode = 1;
    rows.push(`| ${guard.name} | ${found ?? 'not found'} |`);
    console.log(rows.at(-1));
  }
  const table = [
    '| without this | histories until the model finds it, or the test that fails |',
    '| --- | --- |',
    ...rows,
  ];
  if (process.argv.includes('--write')) await recordBlock('model', `${table.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
