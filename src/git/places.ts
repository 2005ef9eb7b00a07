/** Where a repository keeps its data, asked of git once. */
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';
import { runGit } from './run.ts';

/** Absolute paths. The files may be missing. */
export interface Places {
  readonly index: string;
  readonly objects: string;
  /** The list of commits at which a shallow clone ends. */
  readonly shallow: string;
  /** The top folder of the working tree, null without one. */
  readonly root: string | null;
}

/** Finds them from any folder of a repository. @throws PlatformError */
export async function findPlaces(repository: string): Promise<Places> {
  // The answer to another question separates two paths, because a path can contain a line end.
  const questions = ['index', 'objects', 'shallow'].flatMap((name) => ['--git-path', name, '--is-inside-work-tree']);
  const parameters = ['rev-parse', '--path-format=absolute', ...questions, '--show-toplevel'];
  const { stdout, stderr } = await runGit(repository, parameters); // fails at the last question without a working tree
  const paths = stdout.toString('utf8').split(/\r?\n(?:true|false)\r?\n/);
  const [index, objects, shallow, root] = paths;
  if (paths.length !== 4 || index === undefined || objects === undefined || shallow === undefined) {
    throw new PlatformError(messages.gitFailed({ failure: `rev-parse failed: ${stderr}` }));
  }
  return { index, objects, shallow, root: root?.replace(/\r?\n$/, '') || null };
}
