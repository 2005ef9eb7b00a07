/** Commits of the repository as sources of files: many files of both sides in one GraphQL request, by REST where that does not serve. */
import { Buffer } from 'node:buffer';
import messages from '../../data/messages/github.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import {
  type FileContent,
  type Found,
  MAX_FILE_BYTES,
  type RevisionPair,
  type Side,
  type Wanted,
} from '../model/source.ts';
import { ask, type GitHubClient } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';
import { BLOB, type BlobAnswer, faithfulText, query } from './pull-request-graphql.ts';
import { readTree, type TreeFile } from './tree.ts';

/** Objects asked for in one GraphQL request: their texts stay well below GitHub's answer limit in the usual case. */
const BATCH = 60;

/** Git's mode of a symbolic link, as the number that GraphQL gives. */
const SYMBOLIC_LINK = 0o120000;

/** A file or folder of one commit. */
interface Item {
  readonly side: Side;
  readonly commit: string;
  readonly path: string;
  readonly kind: 'file' | 'folder';
}

/** What an item turned out to be: a file's content (null: not there), or the names in a folder. */
type Answer = FileContent | null | readonly string[];

/** Two commits as a pair of revisions. `graphQl` tells whether GraphQL answered so far in this run. */
export function commitPair(
  client: GitHubClient,
  repository: RepositoryName,
  commits: Readonly<Record<Side, string>>,
  graphQl: () => boolean,
): RevisionPair {
  return {
    async read(wanted) {
      const items = (['base', 'head'] as const).flatMap((side) => itemsOf(side, commits[side], wanted[side]));
      const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
        items.slice(index * BATCH, (index + 1) * BATCH),
      );
      const paths = async (side: Side) =>
        wanted[side].paths ? [...(await readTree(client, repository, commits[side])).keys()].sort() : null;
      const [answers, basePaths, headPaths] = await Promise.all([
        Promise.all(batches.map((batch) => readBatch(client, repository, batch, graphQl()))),
        paths('base'),
        paths('head'),
      ]);
      const all = answers.flat();
      return { base: foundOf('base', items, all, basePaths), head: foundOf('head', items, all, headPaths) };
    },
  };
}

function itemsOf(side: Side, commit: string, wanted: Wanted): readonly Item[] {
  return [
    ...wanted.files.map((path) => ({ side, commit, path, kind: 'file' as const })),
    ...wanted.folders.map((path) => ({ side, commit, path, kind: 'folder' as const })),
  ];
}

function foundOf(side: Side, items: readonly Item[], answers: readonly Answer[], paths: Found['paths']): Found {
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

async function readBatch(
  client: GitHubClient,
  repository: RepositoryName,
  items: readonly Item[],
  graphQl: boolean,
): Promise<readonly Answer[]> {
  return (graphQl ? await byGraphQl(client, repository, items) : null) ?? (await byRest(client, repository, items));
}

interface ObjectAnswer {
  /** A commit's file. */
  readonly file?: { readonly mode: number; readonly object: BlobAnswer | null } | null;
  /** A folder. */
  readonly entries?: readonly { readonly name: string; readonly type: string }[] | null;
}

/** Null: GraphQL did not answer in full. */
async function byGraphQl(
  client: GitHubClient,
  repository: RepositoryName,
  items: readonly Item[],
): Promise<readonly Answer[] | null> {
  const variables: Record<string, string> = {};
  const objects = items.map(({ commit, path, kind }, index) => {
    const [object, file] = [`e${index}`, `p${index}`];
    variables[object] = kind === 'file' ? commit : `${commit}:${path}`;
    if (kind === 'folder') return `o${index}: object(expression: $${object}) { ... on Tree { entries { name type } } }`;
    variables[file] = path;
    // A blob does not tell that it is a symbolic link; a commit does of its file.
    const fields = `file(path: $${file}) { mode object { ${BLOB} } }`;
    return `o${index}: object(expression: $${object}) { ... on Commit { ${fields} } }`;
  });
  const parameters = Object.keys(variables).map((name) => `$${name}: String!`);
  const text = `query Objects($owner: String!, $repo: String!, ${parameters.join(', ')}) {
    repository(owner: $owner, name: $repo) {\n${objects.join('\n')}\n} }`;
  const answer = await query<{ repository: Record<string, ObjectAnswer | null> }>(client, text, {
    ...repository,
    ...variables,
  }).catch(() => null);
  if (answer === null || items.some(({ kind }, index) => !isWhole(kind, answer.repository[`o${index}`]))) return null;
  return await Promise.all(
    items.map(async ({ kind }, index) => {
      const object = answer.repository[`o${index}`] ?? null;
      return kind === 'file' ? await fileOf(client, repository, object?.file ?? null) : namesOf(object);
    }),
  );
}

/** A folder need not be there; a commit must be, and must say of its file that it is not. */
function isWhole(kind: Item['kind'], object: ObjectAnswer | null | undefined): boolean {
  return kind === 'folder' ? object !== undefined : object?.file !== undefined;
}

async function fileOf(
  client: GitHubClient,
  repository: RepositoryName,
  file: NonNullable<ObjectAnswer['file']> | null,
): Promise<FileContent | null> {
  const blob = file?.object ?? null;
  if (file === null || blob === null || blob.__typename !== 'Blob') return null;
  if (file.mode === SYMBOLIC_LINK) return link(blob.oid);
  if ((blob.byteSize ?? 0) > MAX_FILE_BYTES) return tooLarge(blob.byteSize ?? 0, blob.oid);
  return faithfulText(blob) ?? (await blobByRest(client, repository, blob.oid));
}

function namesOf(object: ObjectAnswer | null): readonly string[] {
  const files = (object?.entries ?? []).filter(({ type }) => type === 'blob');
  return files.map(({ name }) => name).sort();
}

/** Binary files, other encodings than UTF-8 and long texts come as bytes. */
async function blobByRest(client: GitHubClient, repository: RepositoryName, oid: string): Promise<FileContent> {
  const { data } = await ask('contents', () => client.rest.git.getBlob({ ...repository, file_sha: oid }));
  if ((data.size ?? 0) > MAX_FILE_BYTES) return tooLarge(data.size ?? 0, oid);
  return { bytes: Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8') };
}

/** By the list of all files: one request more than by each file's own address, and a link is told from a file. */
async function byRest(
  client: GitHubClient,
  repository: RepositoryName,
  items: readonly Item[],
): Promise<readonly Answer[]> {
  const trees = new Map<string, Promise<ReadonlyMap<string, TreeFile>>>();
  const treeOf = (commit: string) => {
    const tree = trees.get(commit) ?? readTree(client, repository, commit);
    trees.set(commit, tree);
    return tree;
  };
  const answers: Answer[] = [];
  for (const { commit, path, kind } of items) {
    const tree = await treeOf(commit);
    if (kind === 'folder') {
      answers.push(filesDirectlyIn(path, tree));
      continue;
    }
    const file = tree.get(path);
    answers.push(file === undefined ? null : file.link ? link(file.id) : await blobByRest(client, repository, file.id));
  }
  return answers;
}

function filesDirectlyIn(folder: string, tree: ReadonlyMap<string, TreeFile>): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = [...tree.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return below.filter((name) => !name.includes('/')).sort();
}

function link(id: string): FileContent {
  return { unavailable: messages['not-a-file'], id };
}

function tooLarge(bytes: number, id: string): FileContent {
  return { unavailable: fill(messages['file-too-large'], { bytes, limit: MAX_FILE_BYTES }), id };
}
