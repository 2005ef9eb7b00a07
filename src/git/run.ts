/**
 * Runs git the same way on every machine. A user's configuration or environment for diffs is ignored, because it would decide
 * which files are reviewed. No hooks, no pager, no external diff.
 */
import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';

/** Output of one git command may be this large, in bytes (a name list of a very large repository). */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** Configuration for every command. The user's settings for the content of a commit (line ends, ignored files) still apply. */
const CONFIGURATION: readonly string[] = [
  'core.quotePath=off',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.splitIndex=false',
  'core.ignoreStat=false',
  'core.checkStat=default',
  'core.safecrlf=false',
  'core.looseCompression=0',
  'core.bigFileThreshold=512m',
  `core.hooksPath=${devNull}`,
  'diff.renameLimit=1000',
  'diff.suppressBlankEmpty=false',
  'submodule.recurse=false',
  'fetch.negotiationAlgorithm=noop',
  'gc.auto=0',
  'maintenance.auto=false',
];

/**
 * Variables that a command keeps: how to find git's own programs and objects, and how to connect. Everything else (in a
 * hook, git names another repository and index) would replace the repository that the user named.
 */
const KEPT_VARIABLES =
  /^GIT_(?:CONFIG_|SSH|SSL_|HTTP_|ASKPASS$|TERMINAL_PROMPT$|PROXY_|ALLOW_PROTOCOL$|EXEC_PATH$|CEILING_DIRECTORIES$|DISCOVERY_ACROSS_FILESYSTEM$|OBJECT_DIRECTORY$|ALTERNATE_OBJECT_DIRECTORIES$|QUARANTINE_PATH$)/;

/** The result of a git command. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Variables of one command: another index, another place for objects. */
export type GitEnvironment = Readonly<Record<string, string>>;

/** Additional options of a command. */
export interface GitOptions {
  readonly input?: string;
  readonly environment?: GitEnvironment | undefined;
}

/** Runs git in a repository and returns its output for any exit code. @throws PlatformError if git cannot be started */
export function runGit(
  repository: string,
  parameters: readonly string[],
  { input = '', environment = {} }: GitOptions = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      listWords(repository, parameters),
      { encoding: 'buffer', maxBuffer: MAX_OUTPUT_BYTES, env: { ...cleanEnvironment(), ...environment } },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') {
          reject(reportNotRun(error));
          return;
        }
        resolve({ ok: error === null, stdout, stderr: stderr.toString('utf8').trim() });
      },
    );
    child.stdin?.on('error', () => {}); // git may end before it has read its input; its exit code shows a failure
    child.stdin?.end(input);
  });
}

/** A git command that answers until its input ends. */
export type GitProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Starts a git command that answers until its input ends. The caller handles `error` and ends its input. */
export function startGit(
  repository: string,
  parameters: readonly string[],
  environment: GitEnvironment = {},
): GitProcess {
  return spawn('git', listWords(repository, parameters), {
    env: { ...cleanEnvironment(), ...environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Git that cannot be started. */
export function reportNotRun(cause: Error): PlatformError {
  return new PlatformError(messages.gitNotRun(), { cause });
}

function listWords(repository: string, parameters: readonly string[]): readonly string[] {
  return [...CONFIGURATION.flatMap((setting) => ['-c', setting]), '-C', repository, ...parameters];
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_/i.test(name) || KEPT_VARIABLES.test(name));
  return { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', GIT_NO_REPLACE_OBJECTS: '1', LC_ALL: 'C' };
}

/** The output of a git command as text. @throws PlatformError with git's own words if the command fails */
export async function runGitForOutput(
  repository: string,
  parameters: readonly string[],
  options?: GitOptions,
): Promise<string> {
  const { ok, stdout, stderr } = await runGit(repository, parameters, options);
  if (!ok) throw new PlatformError(messages.gitFailed({ failure: `${parameters[0]} failed: ${stderr}` }));
  return stdout.toString('utf8');
}
