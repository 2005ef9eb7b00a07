/** Runs git. Nothing of the repository is executed: no hooks, no filters, no pager, no external diff. */
import { execFile } from 'node:child_process';
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';

/** Output of one git command may be this large, in bytes (a name list of a very large repository). */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** The result of a git command. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in a repository and returns what it printed, whatever its exit code. @throws PlatformError when git cannot be started. */
export function runGit(repository: string, parameters: readonly string[], input?: string): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['-c', 'core.quotepath=off', '-c', 'core.fsmonitor=false', '-C', repository, ...parameters],
      {
        encoding: 'buffer',
        maxBuffer: MAX_OUTPUT_BYTES,
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== 'number') {
          reject(new PlatformError(messages.gitNotRun(), { cause: error }));
          return;
        }
        resolve({ ok: error === null, stdout, stderr: stderr.toString('utf8').trim() });
      },
    );
    child.stdin?.on('error', () => {}); // git may end before it has read its input; its exit code tells
    child.stdin?.end(input ?? '');
  });
}

/** What a git command prints, as text. @throws PlatformError with git's own words when the command fails. */
export async function gitOutput(repository: string, parameters: readonly string[]): Promise<string> {
  const { ok, stdout, stderr } = await runGit(repository, parameters);
  if (!ok) throw new PlatformError(messages.gitFailed({ failure: `${parameters[0]} failed: ${stderr}` }));
  return stdout.toString('utf8');
}
