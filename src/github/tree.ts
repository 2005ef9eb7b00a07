/** The complete list of all files of a commit. If GitHub truncates a recursive listing, it is read folder by folder. */
import { ask, createPartialError } from './client.ts';
import type { RepositoryAccess } from './repository-connection.ts';

/** A file of a commit. A symbolic link's content is the path that it points to, not the content of a file. */
export interface TreeFile {
  readonly id: string;
  readonly link: boolean;
  /** True: the id is that of a commit of another repository. */
  readonly submodule: boolean;
}

/** Every file of a commit or tree, by its path. Requested once in a run. @throws PlatformError */
export async function listTreeFiles(access: RepositoryAccess, tree: string): Promise<ReadonlyMap<string, TreeFile>> {
  return new Map([...(await listTreeEntries(access, tree))].filter(([, { submodule }]) => !submodule));
}

/** The same with submodules. @throws PlatformError */
export function listTreeEntries(access: RepositoryAccess, tree: string): Promise<ReadonlyMap<string, TreeFile>> {
  const known = access.trees?.get(tree);
  if (known !== undefined) return known;
  const listing = listBelow(access, tree, '');
  access.trees?.set(tree, listing);
  return listing;
}

async function listBelow(
  access: RepositoryAccess,
  tree: string,
  prefix: string,
): Promise<ReadonlyMap<string, TreeFile>> {
  const { client, repository } = access;
  const place = { ...repository, tree_sha: tree };
  const { data: whole } = await ask('contents', () => client.rest.git.getTree({ ...place, recursive: '1' }));
  const { data } = whole.truncated ? await ask('contents', () => client.rest.git.getTree(place)) : { data: whole };
  // A single folder beyond the limit. A smaller listing is not possible.
  if (data.truncated) throw createPartialError('contents');
  const found = new Map<string, TreeFile>();
  for (const { type, path, sha, mode } of data.tree) {
    const submodule = type === 'commit';
    if (type === 'blob' || submodule) found.set(`${prefix}${path}`, { id: sha, link: mode === '120000', submodule });
    if (type !== 'tree' || !whole.truncated) continue;
    for (const [below, file] of await listBelow(access, sha, `${prefix}${path}/`)) found.set(below, file);
  }
  return found;
}
