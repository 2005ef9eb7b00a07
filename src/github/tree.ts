/** The list of all files of a commit, whole: where GitHub truncates a recursive listing, folder by folder. */
import { ask, type GitHubClient, partialAnswer } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';

/** A file of a commit. A symbolic link's content is the path that it points to, not the content of a file. */
export interface TreeFile {
  readonly id: string;
  readonly link: boolean;
}

/** Every file of a commit or tree, by its path. @throws PlatformError */
export async function listTreeFiles(
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
    for (const entry of data.tree) if (entry.type === 'blob') found.set(`${prefix}${entry.path}`, toTreeFile(entry));
    return found;
  }
  const { data: direct } = await ask('contents', () => client.rest.git.getTree({ ...repository, tree_sha: tree }));
  // A single folder beyond the limit: there is no smaller listing to ask for.
  if (direct.truncated) throw partialAnswer('contents');
  for (const entry of direct.tree) {
    if (entry.type === 'blob') found.set(`${prefix}${entry.path}`, toTreeFile(entry));
    if (entry.type === 'tree') folders.push({ path: entry.path, sha: entry.sha });
  }
  for (const folder of folders) {
    const below = await listTreeFiles(client, repository, folder.sha, `${prefix}${folder.path}/`);
    for (const [path, file] of below) found.set(path, file);
  }
  return found;
}

function toTreeFile({ sha, mode }: { readonly sha: string; readonly mode: string }): TreeFile {
  return { id: sha, link: mode === '120000' };
}
