/** Git's objects in memory: blobs, trees and commits under their real SHA-1 ids. */
import { createHash } from 'node:crypto';

/** `100644` and `100755` are files, `120000` symbolic links (bytes: the target), `160000` submodules (bytes: a commit id as text). */
export type Mode = '100644' | '100755' | '120000' | '160000';

export interface Entry {
  readonly bytes: Uint8Array;
  readonly mode: Mode;
}

/** All files of a revision by path. */
export type GitTree = ReadonlyMap<string, Entry>;

/** One row of a tree object. */
export interface TreeRow {
  readonly name: string;
  readonly mode: Mode | '040000';
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size: number | null;
}

/** The author or committer of a commit, with the account that GitHub maps the mail address to, or null. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. The committer chooses it, so it proves nothing. */
  readonly date: string;
  readonly login: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly tree: GitTree;
  readonly treeSha: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  /** New path -> old path, for renames that change the content too. */
  readonly renames: ReadonlyMap<string, string>;
  /** New path -> the path that it is a copy of. */
  readonly copies: ReadonlyMap<string, string>;
}

export type CommitFields = Omit<Commit, 'sha' | 'treeSha'>;

const blobIds = new WeakMap<Uint8Array, string>();

/** The id that git gives to a file's bytes. */
export function computeBlobId(bytes: Uint8Array): string {
  const known = blobIds.get(bytes);
  if (known !== undefined) return known;
  const id = computeObjectId('blob', bytes);
  blobIds.set(bytes, id);
  return id;
}

/** The id of an entry in its tree. */
export function identifyEntry(entry: Entry): string {
  return entry.mode === '160000' ? Buffer.from(entry.bytes).toString('utf8').trim() : computeBlobId(entry.bytes);
}

/** All objects, including those of forks. As on GitHub, a fork shares the store of its parent. */
export class ObjectStore {
  readonly blobs = new Map<string, Uint8Array>();
  readonly trees = new Map<string, readonly TreeRow[]>();
  readonly commits = new Map<string, Commit>();

  addCommit(fields: CommitFields): Commit {
    const treeSha = this.#addTree([...fields.tree].map(([path, entry]) => [path.split('/'), entry]));
    const text = [
      `tree ${treeSha}`,
      ...fields.parents.map((parent) => `parent ${parent}`),
      `author ${writeSignature(fields.author)}`,
      `committer ${writeSignature(fields.committer)}`,
      '',
      fields.message,
    ].join('\n');
    const sha = computeObjectId('commit', Buffer.from(text));
    const commit: Commit = { ...fields, sha, treeSha };
    this.commits.set(sha, commit);
    return commit;
  }

  /** The row of a file or folder of a commit. */
  findRow({ treeSha }: Commit, path: string): TreeRow | null {
    let sha: string | null = treeSha;
    let row: TreeRow | undefined;
    for (const name of path.split('/')) {
      row = this.trees.get(sha ?? '')?.find((one) => one.name === name);
      sha = row?.type === 'tree' ? row.sha : null;
    }
    return row ?? null;
  }

  #addTree(files: readonly (readonly [readonly string[], Entry])[]): string {
    const rows: TreeRow[] = [];
    const folders = new Map<string, (readonly [readonly string[], Entry])[]>();
    for (const [path, entry] of files) {
      const [name = '', ...rest] = path;
      if (rest.length > 0) {
        const folder = folders.get(name);
        if (folder === undefined) folders.set(name, [[rest, entry]]);
        else folder.push([rest, entry]);
        continue;
      }
      const sha = identifyEntry(entry);
      const submodule = entry.mode === '160000';
      if (!submodule) this.blobs.set(sha, entry.bytes);
      rows.push({
        name,
        mode: entry.mode,
        type: submodule ? 'commit' : 'blob',
        sha,
        size: submodule ? null : entry.bytes.length,
      });
    }
    for (const [name, inside] of folders)
      rows.push({ name, mode: '040000', type: 'tree', sha: this.#addTree(inside), size: null });
    // Git sorts a folder as if its name ended in a slash.
    rows.sort((a, b) => Buffer.compare(buildSortKey(a), buildSortKey(b)));
    const sha = computeObjectId(
      'tree',
      Buffer.concat(
        rows.flatMap((row) => [
          Buffer.from(`${row.mode.replace(/^0/, '')} ${row.name}\0`),
          Buffer.from(row.sha, 'hex'),
        ]),
      ),
    );
    this.trees.set(sha, rows);
    return sha;
  }
}

function buildSortKey(row: TreeRow): Buffer {
  return Buffer.from(row.type === 'tree' ? `${row.name}/` : row.name);
}

function computeObjectId(kind: string, bytes: Uint8Array): string {
  return createHash('sha1').update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
}

function writeSignature(signature: Signature): string {
  return `${signature.name} <${signature.email}> ${Math.floor(Date.parse(signature.date) / 1000)} +0000`;
}
