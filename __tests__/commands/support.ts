/** What the tests of commands share: a terminal that keeps what is said, options as the entry hands them in, a repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command, Given, Terminal } from '../../src/commands/command.ts';

/** What came of a command. `id` is that of the error it ended with. */
export interface Answer {
  readonly exit: number;
  readonly out: string;
  readonly id: string | null;
  readonly message: string;
}

/** Runs a command as the entry would: an error becomes its exit code. */
export async function run(
  command: Command,
  values: Given['values'] = {},
  operands: readonly string[] = [],
): Promise<Answer> {
  for (const name of Object.keys(values)) {
    if (!command.options.some((option) => option.name === name)) throw new Error(`${command.name} has no --${name}`);
  }
  const said: string[] = [];
  const terminal: Terminal = {
    writeOut: (text) => said.push(text),
    writeError: () => {},
    width: null,
    color: false,
    progress: false,
    now: () => '2026-11-23T17:00:00.000Z',
  };
  try {
    const exit = await command.run({ operands, values }, terminal);
    return { exit, out: said.join(''), id: null, message: '' };
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error) || !('id' in error)) throw error;
    return { exit: Number(error.exitCode), out: said.join(''), id: String(error.id), message: error.message };
  }
}

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'go-live-command-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Runs git with a fixed identity and no configuration of the machine. */
export function git(folder: string, ...words: readonly string[]): string {
  const identity = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com', GIT_COMMITTER_NAME: 'Ada' };
  const env = { ...process.env, ...identity, GIT_COMMITTER_EMAIL: 'ada@example.com', GIT_CONFIG_GLOBAL: '/dev/null' };
  return execFileSync('git', ['-C', folder, ...words], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** Writes files and commits everything; answers with the commit. */
export function commit(folder: string, files: Readonly<Record<string, string>>): string {
  writeFiles(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'change');
  return git(folder, 'rev-parse', 'HEAD');
}

/** Sets environment variables for the tests of a file and puts the old ones back after each. */
export function withEnvironment(values: () => Readonly<Record<string, string | undefined>>): void {
  let before: NodeJS.ProcessEnv = {};
  beforeEach(() => {
    before = { ...process.env };
    for (const [name, value] of Object.entries(values())) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  afterEach(() => {
    for (const name of Object.keys(values())) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
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
