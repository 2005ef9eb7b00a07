/** GraphQL's git objects: commits with their statuses, trees and blobs. */
import type { Commit, TreeRow } from '../objects.ts';
import { combineStates, findLatestStatuses } from '../payload-commit.ts';
import type { Source } from '../payload-repository.ts';
import { buildConnection } from './connection.ts';
import { type Context, requirePermission } from './context.ts';
import { buildActor, buildGitActor, findCommitAuthors } from './people.ts';
import type { GraphQLObject } from './run.ts';

/** GitHub cuts the text of a blob above this size, in bytes. */
const MAX_BLOB_TEXT = 512_000;
/** A blob with a NUL among its first bytes is binary, as in git. */
const BINARY_PROBE = 8000;

/** An object by `oid`, or by `expression`: `ref`, `ref:path`, or an id. */
export function findGitObject(
  context: Context,
  { oid, expression }: { readonly oid?: string | null; readonly expression?: string | null },
): GraphQLObject | null {
  requirePermission(context, 'contents');
  const { state } = context;
  const [revision = '', ...rest] = (oid ?? expression ?? '').split(':');
  const commit = typeof oid === 'string' ? (state.objects.commits.get(oid) ?? null) : state.resolve(revision);
  if (rest.length === 0) return commit === null ? buildBlob(context, revision) : buildCommit(context, commit);
  if (commit === null) return null;
  const path = rest.join(':').replace(/\/+$/, '');
  return path === ''
    ? buildTree(context, commit.treeSha, '')
    : buildRowObject(context, state.objects.findRow(commit, path), path);
}

/** A commit with its people, its status and its files. */
export function buildCommit(context: Context, commit: Commit): GraphQLObject {
  return {
    __typename: 'Commit',
    oid: commit.sha,
    committer: () => buildGitActor(context, commit.committer),
    authors: buildConnection(
      () => findCommitAuthors(context, commit),
      (signature) => buildGitActor(context, signature),
    ),
    parents: buildConnection(
      () => commit.parents,
      (sha) => buildCommit(context, context.state.requireCommit(sha)),
    ),
    file: ({ path }: { readonly path: string }) => {
      const row = context.state.objects.findRow(commit, path);
      return row && buildTreeEntry(context, row, path);
    },
    status: () => {
      requirePermission(context, 'statuses');
      return buildStatus(context, commit);
    },
  };
}

function buildStatus(source: Source, { sha }: Commit): GraphQLObject | null {
  const latest = findLatestStatuses(source, sha);
  if (latest.length === 0) return null;
  return {
    state: combineStates(latest).toUpperCase(),
    contexts: latest.map((status) => ({
      ...status,
      state: status.state.toUpperCase(),
      creator: () => buildActor(source, status.creator),
    })),
  };
}

function buildTree(source: Source, sha: string, path: string): GraphQLObject {
  const rows = source.state.objects.trees.get(sha) ?? [];
  return {
    __typename: 'Tree',
    oid: sha,
    entries: () => rows.map((row) => buildTreeEntry(source, row, path === '' ? row.name : `${path}/${row.name}`)),
  };
}

function buildTreeEntry(source: Source, row: TreeRow, path: string): GraphQLObject {
  const { name, type, sha } = row;
  return {
    name,
    path,
    type,
    mode: Number.parseInt(row.mode, 8),
    oid: sha,
    object: () => buildRowObject(source, row, path),
  };
}

/** The file or folder of a row. A submodule's commit is in another repository. */
function buildRowObject(source: Source, row: TreeRow | null, path: string): GraphQLObject | null {
  if (row === null || row.type === 'commit') return null;
  return row.type === 'tree' ? buildTree(source, row.sha, path) : buildBlob(source, row.sha);
}

function buildBlob({ state }: Source, sha: string): GraphQLObject | null {
  const bytes = state.objects.blobs.get(sha);
  if (bytes === undefined) return null;
  const isBinary = bytes.subarray(0, BINARY_PROBE).includes(0);
  return {
    __typename: 'Blob',
    oid: sha,
    byteSize: bytes.length,
    isBinary,
    isTruncated: !isBinary && bytes.length > MAX_BLOB_TEXT,
    // Bytes that are not UTF-8 arrive as replacement characters, so only the length reveals them.
    text: () => (isBinary ? null : Buffer.from(bytes.subarray(0, MAX_BLOB_TEXT)).toString('utf8')),
  };
}
