/** REST shapes of commits, trees, files and commit statuses. */
import { countLines, diffTrees, type FileChange } from './history.ts';
import { type Commit, type Entry, identifyEntry, type Signature, type TreeRow } from './objects.ts';
import { writePatch } from './patch.ts';
import {
  buildApiAddress,
  buildHtmlAddress,
  buildNodeId,
  findUserJson,
  type JsonObject,
  type Source,
} from './payload-repository.ts';
import type { Json, Status } from './records.ts';

/** GitHub leaves a file's content out of `contents` above this size, in bytes. */
export const MAX_CONTENTS_BYTES = 1024 * 1024;

const UNVERIFIED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

function buildGitUser(signature: Signature): JsonObject {
  return {
    name: signature.name,
    email: signature.email,
    date: new Date(signature.date).toISOString().replace('.000Z', 'Z'),
  };
}

/** A commit as `commits/{ref}`, `pulls/{n}/commits` and `compare` have it. */
export function buildCommitJson(source: Source, commit: Commit): JsonObject {
  const api = buildApiAddress(source);
  const html = buildHtmlAddress(source);
  return {
    sha: commit.sha,
    node_id: buildNodeId('Commit', commit.sha),
    url: `${api}/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${api}/commits/${commit.sha}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: buildGitUser(commit.author),
      committer: buildGitUser(commit.committer),
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
      verification: UNVERIFIED,
    },
    author: findUserJson(source, commit.author.login),
    committer: findUserJson(source, commit.committer.login),
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${html}/commit/${sha}` })),
  };
}

/** A single commit also lists its files, against its first parent. */
export function buildCommitWithFilesJson(source: Source, commit: Commit, files: readonly FileChange[]): JsonObject {
  const rows = files.map((file) => buildFileJson(source, file, commit.sha));
  const additions = files.reduce((sum, file) => sum + countLines(file).additions, 0);
  const deletions = files.reduce((sum, file) => sum + countLines(file).deletions, 0);
  return {
    ...buildCommitJson(source, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: rows,
  };
}

/** Files of a commit against its first parent. */
export function renderCommitFiles(source: Source, commit: Commit): readonly FileChange[] {
  const parent = source.state.objects.commits.get(commit.parents[0] ?? '');
  return diffTrees(parent?.tree ?? new Map(), commit.tree, [commit]);
}

/** A commit as `git/commits/{sha}` has it. The timeline's `committed` event is the same with an `event`. */
export function buildGitCommitJson(source: Source, commit: Commit): JsonObject {
  const api = buildApiAddress(source);
  const html = buildHtmlAddress(source);
  return {
    sha: commit.sha,
    node_id: buildNodeId('Commit', commit.sha),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: buildGitUser(commit.author),
    committer: buildGitUser(commit.committer),
    tree: { sha: commit.treeSha, url: `${api}/git/trees/${commit.treeSha}` },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: UNVERIFIED,
  };
}

/** One row of a pull request's or a comparison's files. */
export function buildFileJson(source: Source, change: FileChange, headSha: string): JsonObject {
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  const entry = change.head ?? change.base;
  const diff = writePatch(change);
  const { additions, deletions } = diff ?? countLines(change);
  return {
    sha: entry === null ? null : identifyEntry(entry),
    filename: change.path,
    status: change.status,
    additions,
    deletions,
    changes: additions + deletions,
    blob_url: `${buildHtmlAddress(source)}/blob/${headSha}/${path}`,
    raw_url: `${buildHtmlAddress(source)}/raw/${headSha}/${path}`,
    contents_url: `${buildApiAddress(source)}/contents/${path}?ref=${headSha}`,
    ...(diff === null ? {} : { patch: diff.patch }),
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
}

export function buildBlobJson(source: Source, sha: string, bytes: Uint8Array): JsonObject {
  return {
    sha,
    node_id: buildNodeId('Blob', sha),
    size: bytes.length,
    url: `${buildApiAddress(source)}/git/blobs/${sha}`,
    content: encodeBase64(bytes),
    encoding: 'base64',
  };
}

export function buildTreeJson(
  source: Source,
  sha: string,
  rows: readonly (TreeRow & { readonly path: string })[],
  truncated: boolean,
): JsonObject {
  const api = buildApiAddress(source);
  return {
    sha,
    url: `${api}/git/trees/${sha}`,
    tree: rows.map((row) => ({
      path: row.path,
      mode: row.mode,
      type: row.type,
      sha: row.sha,
      ...(row.size === null ? {} : { size: row.size }),
      ...(row.type === 'commit' ? {} : { url: `${api}/git/${row.type}s/${row.sha}` }),
    })),
    truncated,
  };
}

/** The answer of `contents/{path}` for one entry. `whole` is false in the listing of a folder, which has no content. */
export function buildContentJson(
  source: Source,
  path: string,
  ref: string,
  row: TreeRow,
  entry: Entry | null,
  whole: boolean,
): JsonObject {
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  const api = buildApiAddress(source);
  const self = `${api}/contents/${escaped}?ref=${encodeURIComponent(ref)}`;
  const kind =
    row.type === 'tree' ? 'dir' : row.type === 'commit' ? 'submodule' : row.mode === '120000' ? 'symlink' : 'file';
  const page = row.type === 'tree' ? 'tree' : 'blob';
  const git = row.type === 'commit' ? null : `${api}/git/${row.type}s/${row.sha}`;
  const html = `${buildHtmlAddress(source)}/${page}/${ref}/${escaped}`;
  const download = kind === 'file' || kind === 'symlink' ? `${buildHtmlAddress(source)}/raw/${ref}/${escaped}` : null;
  const content: JsonObject =
    !whole || entry === null
      ? {}
      : kind === 'submodule'
        ? { submodule_git_url: 'git://github.com/fabrikam/submodule.git' }
        : kind === 'symlink'
          ? { target: Buffer.from(entry.bytes).toString('utf8') }
          : entry.bytes.length > MAX_CONTENTS_BYTES
            ? { encoding: 'none', content: '' }
            : { encoding: 'base64', content: encodeBase64(entry.bytes) };
  return {
    type: kind,
    name: row.name,
    path,
    sha: row.sha,
    size: row.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: download,
    ...content,
    _links: { self, git, html },
  };
}

export function buildStatusJson(source: Source, status: Status): JsonObject {
  const creator = findUserJson(source, status.creator);
  return {
    url: `${buildApiAddress(source)}/statuses/${status.sha}`,
    avatar_url: creator?.avatar_url ?? null,
    id: status.id,
    node_id: buildNodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator,
  };
}

/** One state for the newest status of each context. Any failure fails, else any pending status waits. */
export function combineStates(latest: readonly Status[]): string {
  if (latest.some((status) => status.state === 'failure' || status.state === 'error')) return 'failure';
  return latest.length === 0 || latest.some((status) => status.state === 'pending') ? 'pending' : 'success';
}

/** The newest status of each context. */
export function findLatestStatuses(source: Source, sha: string): readonly Status[] {
  const byContext = new Map<string, Status>();
  for (const status of source.state.listStatuses(sha)) {
    const context = status.context.toLowerCase();
    if (!byContext.has(context)) byContext.set(context, status);
  }
  return [...byContext.values()];
}

/** Base64 as GitHub sends it: broken into lines of 60 characters. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('base64')
    .replace(/.{60}/g, '$&\n')
    .replace(/([^\n])$/, '$1\n');
}

export function buildSimpleStatusJson(source: Source, status: Status): Json {
  const { creator: _, ...rest } = buildStatusJson(source, status);
  return rest;
}
