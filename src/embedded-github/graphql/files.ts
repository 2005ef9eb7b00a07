/** GraphQL's files: trees, their entries, and blobs. */

import type { Commit, Entry, TreeRow } from '../objects.ts';
import { nodeId } from '../payload-repository.ts';
import type { Context } from './people.ts';
import { GraphObject } from './run.ts';

/** GitHub cuts the text of a blob above this size, in bytes. */
const MAX_BLOB_TEXT = 512_000;
/** A blob with a NUL among its first bytes is binary, as for git. */
const BINARY_PROBE = 8000;

export function rowAt(context: Context, commit: Commit, path: string): TreeRow | null {
  let rows = context.state.objects.trees.get(commit.treeSha) ?? [];
  let row: TreeRow | null = null;
  for (const name of path.split('/')) {
    row = rows.find((one) => one.name === name) ?? null;
    rows = row?.type === 'tree' ? (context.state.objects.trees.get(row.sha) ?? []) : [];
  }
  return row;
}

export function treeObject(context: Context, commit: Commit, sha: string, path: string): GraphObject {
  return new GraphObject(
    'Tree',
    {
      id: nodeId('Tree', sha),
      oid: sha,
      abbreviatedOid: sha.slice(0, 7),
      entries: () =>
        (context.state.objects.trees.get(sha) ?? []).map((row) =>
          treeEntry(context, commit, row, path === '' ? row.name : `${path}/${row.name}`),
        ),
    },
    ['GitObject', 'Node'],
  );
}

export function entryAt(context: Context, commit: Commit, path: string): GraphObject | null {
  const row = rowAt(context, commit, path);
  return row === null ? null : treeEntry(context, commit, row, path);
}

export function treeEntry(context: Context, commit: Commit, row: TreeRow, path: string): GraphObject {
  return new GraphObject('TreeEntry', {
    name: row.name,
    path,
    type: row.type,
    mode: Number.parseInt(row.mode, 8),
    oid: row.sha,
    size: row.size ?? 0,
    extension: /\.[^.]*$/.exec(row.name)?.[0] ?? '',
    object: () => {
      if (row.type === 'tree') return treeObject(context, commit, row.sha, path);
      const entry: Entry | undefined = commit.tree.get(path);
      return entry === undefined || row.type === 'commit' ? null : blobObject(row.sha, entry.bytes);
    },
  });
}

export function blobObject(sha: string, bytes: Uint8Array): GraphObject {
  const binary = bytes.subarray(0, BINARY_PROBE).includes(0);
  const truncated = bytes.length > MAX_BLOB_TEXT;
  return new GraphObject(
    'Blob',
    {
      id: nodeId('Blob', sha),
      oid: sha,
      abbreviatedOid: sha.slice(0, 7),
      byteSize: bytes.length,
      isBinary: binary,
      isTruncated: !binary && truncated,
      // Bytes that are no UTF-8 arrive as replacement characters, so only the length tells.
      text: () => (binary ? null : Buffer.from(truncated ? bytes.subarray(0, MAX_BLOB_TEXT) : bytes).toString('utf8')),
    },
    ['GitObject', 'Node'],
  );
}
