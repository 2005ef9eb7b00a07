/** The list of all files of a commit, whole: where GitHub truncates a recursive listing, folder by folder. */
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { ask, type GitHubClient } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';

/** A file of a commit. A symbolic link's content is the path that it points to, not the content of a file. */
export interface TreeFile {
  readonly id: string;
  readonly link: boolean;
}

/** Every file of a commit or tree, by its path. @throws PlatformError */
export async function readTree(
  client: GitHubClient,
  repository: RepositoryName,
  tree: string,
  prefix = '',
): Promise<ReadonlyMap<string, TreeFile>> {
  const { data } = await ask('contents', () =>
    client.rest.git.getTree({ ...repository, tree_sha: tree, recursive: '1' }),
  );
  const found = new Map<string, TreeFile>();
  const folders: { readonly path: string; readonly sha: string }[] = [];
  if (!data.truncated) {
    for (const entry of data.tree) if (entry.type === 'blob') found.set(`${prefix}${entry.path}`, fileOf(entry));
    return found;
  }
  const { data: direct } = await ask('contents', () => client.rest.git.getTree({ ...repository, tree_sha: tree }));
  if (direct.truncated) {
    // A single folder beyond the limit: there is no smaller listing to ask for.
    throw new PlatformError('github-partial', fill(messages['github-partial'], messages.purposes.contents));
  }
  for (const entry of direct.tree) {
    if (entry.type === 'blob') found.set(`${prefix}${entry.path}`, fileOf(entry));
    if (entry.type === 'tree') folders.push({ path: entry.path, sha: entry.sha });
  }
  for (const folder of folders) {
    const below = await readTree(client, repository, folder.sha, `${prefix}${folder.path}/`);
    for (const [path, file] of below) found.set(path, file);
  }
  return found;
}

function fileOf({ sha, mode }: { readonly sha: string; readonly mode: string }): TreeFile {
  return { id: sha, link: mode === '120000' };
}
