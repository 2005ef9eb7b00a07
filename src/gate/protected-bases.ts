/** Under which name a verdict is published: only pull requests to protected branches get the status that the rules require. */
import { isStatusRequired } from '../github/protected-base.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { createPathMatcher } from '../model/globs.ts';
import { words } from './messages.ts';
import type { RunOptions } from './options.ts';

type Bases = Pick<PullRequestFacts, 'baseBranch' | 'defaultBranch'>;

/**
 * Whether the gate protects a base branch: the default branch, branches that the workflow names, and branches with rules that
 * require the status. A success on any other base could count for one of them, since a status belongs to the commit.
 * @throws PlatformError
 */
export async function isProtectedBase(
  connection: RepositoryConnection,
  { baseBranch, defaultBranch }: Bases,
  { protectedBranches, statusContext }: RunOptions,
): Promise<boolean> {
  if (baseBranch === defaultBranch || createPathMatcher(protectedBranches)(baseBranch)) return true;
  return await isStatusRequired(connection, baseBranch, statusContext);
}

/** The context to publish under. @throws PlatformError */
export async function chooseContext(
  connection: RepositoryConnection,
  bases: Bases,
  options: RunOptions,
): Promise<string> {
  const isProtected = await isProtectedBase(connection, bases, options);
  return isProtected ? options.statusContext : words.unprotectedContext(options.statusContext);
}
