/** Runs git. Nothing of the repository is executed: no hooks, no filters, no pager, no external diff. */
import { execFile } from 'node:child_process';
import { PlatformError } from '../model/errors.ts';

/** Output of one git command may be this large, in bytes (a name list of a very large repository). */
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

/** What a git command answered. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in a repository and hands back what it printed, whatever its exit. @throws PlatformError when git cannot be started. */
export function runGit(repository: string, parameters: readonly string[], input?: string): Promise<GitAnswer> {
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
          const message = 'git could not be run. Install git, or compare two folders instead of refs.';
          reject(new PlatformError('git-not-run', message, { cause: error }));
          return;
        }
        resolve({ ok: error === null, stdout, stderr: stderr.toString('utf8').trim() });
      },
    );
    child.stdin?.on('error', () => {}); // git may end before it has read its input; its exit code tells
    child.stdin?.end(input ?? '');
  });
}

/** As `runGit`, but a failure is an error. @throws PlatformError with git's own words. */
export async function git(repository: string, parameters: readonly string[], input?: string): Promise<Buffer> {
  const answer = await runGit(repository, parameters, input);
  if (!answer.ok) throw new PlatformError('git-failed', `git ${parameters[0]} failed: ${answer.stderr}`);
  return answer.stdout;
}
