/** Commits of the repository as sources of files: many files of both sides in one GraphQL request, by REST where that does not serve. */
import { Buffer } from 'node:buffer';
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import {
  type FileContent,
  type Found,
  MAX_FILE_BYTES,
  type RevisionPair,
  type Side,
  type Wanted,
} from '../model/source.ts';
import { ask, type GitHubClient, statusOf } from './client.ts';
import type { RepositoryName } from './pull-request-facts.ts';
import { BLOB, type BlobAnswer, faithfulText, query } from './pull-request-graphql.ts';
import { readTree } from './tree.ts';

/** Objects asked for in one GraphQL request: their texts stay well below GitHub's answer limit in the usual case. */
const BATCH = 60;

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

interface ObjectAnswer extends BlobAnswer {
  readonly entries?: readonly { readonly name: string; readonly type: string }[] | null;
}

/** Null: GraphQL did not answer in full. */
async function byGraphQl(
  client: GitHubClient,
  repository: RepositoryName,
  items: readonly Item[],
): Promise<readonly Answer[] | null> {
  const parameters = items.map((_, index) => `$e${index}: String!`).join(', ');
  const objects = items.map(({ kind }, index) => {
    const fields = kind === 'file' ? BLOB : '__typename oid ... on Tree { entries { name type } }';
    return `o${index}: object(expression: $e${index}) { ${fields} }`;
  });
  const text = `query Objects($owner: String!, $repo: String!, ${parameters}) {
    repository(owner: $owner, name: $repo) {\n${objects.join('\n')}\n} }`;
  const expressions = Object.fromEntries(items.map(({ commit, path }, index) => [`e${index}`, `${commit}:${path}`]));
  const answer = await query<{ repository: Record<string, ObjectAnswer | null> }>(client, text, {
    ...repository,
    ...expressions,
  }).catch(() => null);
  if (answer === null || items.some((_, index) => answer.repository[`o${index}`] === undefined)) return null;
  return await Promise.all(
    items.map(async ({ kind }, index) => {
      const object = answer.repository[`o${index}`] ?? null;
      return kind === 'file' ? await fileOf(client, repository, object) : namesOf(object);
    }),
  );
}

async function fileOf(
  client: GitHubClient,
  repository: RepositoryName,
  object: ObjectAnswer | null,
): Promise<FileContent | null> {
  if (object === null || object.__typename !== 'Blob') return null;
  if ((object.byteSize ?? 0) > MAX_FILE_BYTES) return tooLarge(object.byteSize ?? 0, object.oid);
  return faithfulText(object) ?? (await blobByRest(client, repository, object.oid));
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

async function byRest(
  client: GitHubClient,
  repository: RepositoryName,
  items: readonly Item[],
): Promise<readonly Answer[]> {
  const trees = new Map<string, Promise<ReadonlyMap<string, string>>>();
  const treeOf = (commit: string) => {
    const tree = trees.get(commit) ?? readTree(client, repository, commit);
    trees.set(commit, tree);
    return tree;
  };
  const answers: Answer[] = [];
  for (const { commit, path, kind } of items) {
    answers.push(
      kind === 'file'
        ? await fileByRest(client, repository, commit, path, treeOf)
        : filesDirectlyIn(path, await treeOf(commit)),
    );
  }
  return answers;
}

async function fileByRest(
  client: GitHubClient,
  repository: RepositoryName,
  commit: string,
  path: string,
  treeOf: (commit: string) => Promise<ReadonlyMap<string, string>>,
): Promise<FileContent | null> {
  const answer = await ask('contents', async () => {
    try {
      return await client.rest.repos.getContent({ ...repository, path, ref: commit });
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
  if (answer === null) {
    // GitHub also says "not found" of what a token may not read: the list of all files must agree.
    if (!(await treeOf(commit)).has(path)) return null;
    throw new PlatformError('github-partial', fill(messages['github-partial'], messages.purposes.contents));
  }
  if (Array.isArray(answer.data)) return null;
  if (answer.data.type !== 'file') return { unavailable: messages['not-a-file'], id: answer.data.sha };
  if (answer.data.size > MAX_FILE_BYTES) return tooLarge(answer.data.size, answer.data.sha);
  return blobByRest(client, repository, answer.data.sha);
}

function filesDirectlyIn(folder: string, tree: ReadonlyMap<string, string>): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = [...tree.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  return below.filter((name) => !name.includes('/')).sort();
}

function tooLarge(bytes: number, id: string): FileContent {
  return { unavailable: fill(messages['file-too-large'], { bytes, limit: MAX_FILE_BYTES }), id };
}
