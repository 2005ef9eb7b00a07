/** The paths of a repository's data, and the merge base of two of its commits: one question to git. */
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';
import { runGit } from './run.ts';

/** Absolute paths. The files may be missing. */
export interface RepositoryPaths {
  readonly index: string;
  readonly objects: string;
  /** The list of commits at which a shallow clone ends. */
  readonly shallow: string;
  /** The top folder of the working tree, null without one. */
  readonly root: string | null;
  /** Null if no commits were named, or git cannot resolve the names. */
  readonly compared: ComparedCommits | null;
}

/** Two commits, and their merge base if they have exactly one. */
interface ComparedCommits {
  readonly base: string;
  readonly head: string;
  readonly mergeBase: string | null;
}

const COMMIT_LINE = /^\^?[0-9a-f]{40,64}$/;

/** Finds them from any folder of a repository. The commits are two names with `...` between them. @throws PlatformError */
export async function findRepositoryPaths(repository: string, commits: string | null): Promise<RepositoryPaths> {
  // The answer to another question separates two paths, because a path can contain a line end.
  const questions = ['index', 'objects', 'shallow'].flatMap((name) => ['--git-path', name, '--is-inside-work-tree']);
  const last = ['--show-toplevel', ...(commits === null ? [] : ['--revs-only', commits])];
  const parameters = ['rev-parse', '--path-format=absolute', ...questions, ...last];
  const { stdout, stderr } = await runGit(repository, parameters); // fails at the top folder without a working tree
  const answers = stdout.toString('utf8').split(/\r?\n(?:true|false)\r?\n/);
  const [index, objects, shallow, rest] = answers;
  if (answers.length !== 4 || index === undefined || objects === undefined || shallow === undefined) {
    throw new PlatformError(messages.gitFailed({ failure: `rev-parse failed: ${stderr}` }));
  }
  const lines = (rest ?? '').replace(/\r?\n$/, '').split(/\r?\n/);
  const start = lines.findLastIndex((line) => !COMMIT_LINE.test(line)) + 1;
  const [head, base, ...mergeBases] = lines.slice(start);
  const mergeBase = mergeBases.length === 1 ? (mergeBases[0]?.slice(1) ?? null) : null;
  return {
    index,
    objects,
    shallow,
    root: lines.slice(0, start).join('\n') || null,
    compared: head === undefined || base === undefined ? null : { base, head, mergeBase },
  };
}
