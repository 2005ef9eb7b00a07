/** The built command line in a folder of its own, as a user starts it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A user without rights on most systems. */
const NOBODY = 65534;

/** What a run printed, and its exit code. */
export interface Run {
  readonly exit: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line in a folder, as a user without special rights where `unprivileged` is true. */
export function runCli(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
  { unprivileged = false }: { readonly unprivileged?: boolean } = {},
): Run {
  const env = { ...process.env, ...environment };
  const user = unprivileged && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const result = spawnSync(process.execPath, [CLI, ...words], { cwd: folder, encoding: 'utf8', env, ...user });
  return { exit: result.status, out: result.stdout, error: result.stderr };
}

/** A folder that is gone after the test. */
export function folderForEachTest(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'go-live-cli-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}
