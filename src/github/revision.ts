/** Commits of the repository as sources of files. One GraphQL request reads many files of both sides. REST is the fallback. */
import { Buffer } from 'node:buffer';
import { listNamesInFolder } from '../model/paths.ts';
import {
  createLinkContent,
  createTooLargeContent,
  type FileContent,
  type Found,
  MAX_FILE_BYTES,
  type RevisionPair,
  type Side,
  type Wanted,
} from '../model/source.ts';
import type { SharedFile } from '../policy/load.ts';
import { ask, isHidden } from './client.ts';
import { BLOB, type BlobFields, query, readBlobText } from './graphql.ts';
import type { RepositoryConnection } from './repository-connection.ts';
import { listTreeFiles, type TreeFile } from './tree.ts';

/** Objects in one GraphQL request. Their texts usually stay well below GitHub's answer limit. */
const BATCH = 60;

/** Most files to read without lines in the list, because each binary one takes a request. */
const MAX_UNLISTED = 30;

/** Git's mode of a symbolic link, as the number that GraphQL gives. */
const SYMBOLIC_LINK = 0o120000;

/** A file or folder of one commit. */
interface Item {
  readonly side: Side;
  readonly commit: string;
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** The content of an item: a file's content (null: no such file), or the names in a folder. */
type ItemContent = FileContent | null | readonly string[];

/** The connection for reading files. GraphQL is used as long as it has answered in this run. */
type FileAccess = Pick<RepositoryConnection, 'client' | 'repository' | 'hasGraphQl'>;

/** One file of a commit; null if it is missing. @throws PlatformError */
export async function readFile(access: FileAccess, commit: string, path: string): Promise<FileContent | null> {
  return (await readFiles(access, commit, [path])).get(path) ?? null;
}

/** Files of a commit, requested together; null for a missing one. @throws PlatformError */
export async function readFiles(
  access: FileAccess,
  commit: string,
  listPaths: readonly string[],
): Promise<ReadonlyMap<string, FileContent | null>> {
  const nothing = { files: [], folders: [], paths: false };
  const pair = openCommits(access, { base: commit, head: commit });
  const { base } = await pair.read({ base: { ...nothing, files: listPaths }, head: nothing });
  return base.files;
}

/**
 * A file of any repository that the token can read; null if the token cannot read it, or there is none. @throws PlatformError
 */
export async function readSharedFile(
  { client, hasGraphQl }: Pick<FileAccess, 'client' | 'hasGraphQl'>,
  { owner, repo, path, commit }: SharedFile,
): Promise<FileContent | null> {
  try {
    return await readFile({ client, repository: { owner, repo }, hasGraphQl }, commit, path);
  } catch (error) {
    if (isHidden(error)) return null;
    throw error;
  }
}

/** Two commits as a pair of revisions. */
export function openCommits(access: FileAccess, commits: Readonly<Record<Side, string>>): RevisionPair {
  return {
    maxUnlisted: MAX_UNLISTED,
    async read(wanted) {
      const items = (['base', 'head'] as const).flatMap((side) => listItems(side, commits[side], wanted[side]));
      const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
        items.slice(index * BATCH, (index + 1) * BATCH),
      );
      const listPaths = async (side: Side) =>
        wanted[side].paths ? [...(await listTreeFiles(access, commits[side])).keys()].sort() : null;
      const [answers, basePaths, headPaths] = await Promise.all([
        Promise.all(batches.map((batch) => readBatch(access, batch))),
        listPaths('base'),
        listPaths('head'),
      ]);
      const all = answers.flat();
      return { base: collectFound('base', items, all, basePaths), head: collectFound('head', items, all, headPaths) };
    },
  };
}

function listItems(side: Side, commit: string, wanted: Wanted): readonly Item[] {
  return [
    ...wanted.files.map((path) => ({ side, commit, path, kind: 'file' as const })),
    ...wanted.folders.map((path) => ({ side, commit, path, kind: 'folder' as const })),
  ];
}

function collectFound(
  side: Side,
  items: readonly Item[],
  answers: readonly ItemContent[],
  paths: Found['paths'],
): Found {
  const files = new Map<string, FileContent | null>();
  const folders = new Map<string, readonly string[]>();
  for (const [index, item] of items.entries()) {
    const answer = answers[index];
    if (item.side !== side || answer === undefined) continue;
    if (Array.isArray(answer)) folders.set(item.path, answer);
    else files.set(item.path, answer as FileContent | null);
  }
  return { files, folders, paths };
}

async function readBatch(access: FileAccess, items: readonly Item[]): Promise<readonly ItemContent[]> {
  return (access.hasGraphQl ? await readByGraphQl(access, items) : null) ?? (await readByRest(access, items));
}

interface ObjectFields {
  /** A commit's file. */
  readonly file?: { readonly mode: number; readonly object: BlobFields | null } | null;
  /** A folder. */
  readonly entries?: readonly { readonly name: string; readonly type: string }[] | null;
}

interface ObjectsResponse {
  readonly repository: Readonly<Record<string, ObjectFields | null>>;
}

/** Null: GraphQL did not answer in full. */
async function readByGraphQl(access: FileAccess, items: readonly Item[]): Promise<readonly ItemContent[] | null> {
  const variables: Record<string, string> = {};
  const objects = items.map(({ commit, path, kind }, index) => {
    const [object, file] = [`e${index}`, `p${index}`];
    variables[object] = kind === 'file' ? commit : `${commit}:${path}`;
    if (kind === 'folder') return `o${index}: object(expression: $${object}) { ... on Tree { entries { name type } } }`;
    variables[file] = path;
    // A blob does not show that it is a symbolic link. A commit shows it for its file.
    const fields = `file(path: $${file}) { mode object { ${BLOB} } }`;
    return `o${index}: object(expression: $${object}) { ... on Commit { ${fields} } }`;
  });
  const parameters = Object.keys(variables).map((name) => `$${name}: String!`);
  const text = `query Objects($owner: String!, $repo: String!, ${parameters.join(', ')}) {
    repository(owner: $owner, name: $repo) {\n${objects.join('\n')}\n} }`;
  const all = { ...access.repository, ...variables };
  const answer = await query<ObjectsResponse>(access.client, text, all).catch(() => null);
  if (answer === null || items.some(({ kind }, index) => !isWhole(kind, answer.repository[`o${index}`]))) return null;
  return await Promise.all(
    items.map(async ({ kind }, index) => {
      const object = answer.repository[`o${index}`] ?? null;
      return kind === 'file' ? await toContent(access, object?.file ?? null) : listNames(object);
    }),
  );
}

/** A folder may be missing. A commit must exist, and must show that its file is missing. */
function isWhole(kind: Item['kind'], object: ObjectFields | null | undefined): boolean {
  return kind === 'folder' ? object !== undefined : object?.file !== undefined;
}

async function toContent(access: FileAccess, file: ObjectFields['file'] | null): Promise<FileContent | null> {
  const blob = file?.object ?? null;
  if (blob === null || blob.__typename !== 'Blob') return null;
  if (file?.mode === SYMBOLIC_LINK) return createLinkContent(blob.oid);
  if ((blob.byteSize ?? 0) > MAX_FILE_BYTES) return createTooLargeContent(blob.byteSize ?? 0, blob.oid);
  return readBlobText(blob) ?? (await readBlob(access, blob.oid));
}

function listNames(object: ObjectFields | null): readonly string[] {
  const files = (object?.entries ?? []).filter(({ type }) => type === 'blob');
  return files.map(({ name }) => name).sort();
}

/** Binary files, other encodings than UTF-8 and long texts come as bytes. */
async function readBlob({ client, repository }: FileAccess, oid: string): Promise<FileContent> {
  const { data } = await ask('contents', () => client.rest.git.getBlob({ ...repository, file_sha: oid }));
  if ((data.size ?? 0) > MAX_FILE_BYTES) return createTooLargeContent(data.size ?? 0, oid);
  return { bytes: Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8') };
}

/** By the list of all files: one request more than by each file's own address, and a link is distinguished from a file. */
async function readByRest(access: FileAccess, items: readonly Item[]): Promise<readonly ItemContent[]> {
  const trees = new Map<string, ReadonlyMap<string, TreeFile>>();
  const contents: ItemContent[] = [];
  for (const { commit, path, kind } of items) {
    const tree = trees.get(commit) ?? (await listTreeFiles(access, commit));
    trees.set(commit, tree);
    const file = tree.get(path);
    if (kind === 'folder') contents.push(listNamesInFolder(path, tree.keys()));
    else if (file === undefined) contents.push(null);
    else contents.push(file.link ? createLinkContent(file.id) : await readBlob(access, file.id));
  }
  return contents;
}
