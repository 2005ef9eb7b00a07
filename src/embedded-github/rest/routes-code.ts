/** REST routes over commits and files: contents, trees, blobs, comparisons, branches. */
import { posix } from 'node:path';
import { diffTrees, findMergeBase, listCommitsBetween } from '../history.ts';
import type { Commit, TreeRow } from '../objects.ts';
import {
  buildBlobJson,
  buildCommitJson,
  buildCommitWithFilesJson,
  buildContentJson,
  buildFileJson,
  buildGitCommitJson,
  buildTreeJson,
  renderCommitFiles,
} from '../payload-commit.ts';
import { buildSimplePullJson } from '../payload-pull.ts';
import { buildApiAddress, buildHtmlAddress, buildNodeId } from '../payload-repository.ts';
import type { Json } from '../state.ts';
import { ApiError, type Call, createNotFound, type Reply, type Route, replyWith, replyWithPage } from './route.ts';

/** Most files in a comparison, on all pages together. */
const MAX_COMPARED_FILES = 300;
/** Most commits in a comparison without paging. */
const DEFAULT_COMPARED_COMMITS = 250;
/** Most entries in a recursive tree. GitHub cuts off the rest. */
const MAX_TREE_ENTRIES = 100_000;
/** Most links that are followed one after another. */
const MAX_LINKS = 8;

const CONTENTS = [['contents', 'read']] as const;

/** Settings that change the answers of the code routes. */
export interface CodeLimits {
  /** Cut recursive trees after this many entries. */
  treeEntries: number;
}

export function createCodeLimits(): CodeLimits {
  return { treeEntries: MAX_TREE_ENTRIES };
}

export function createCodeRoutes(limits: CodeLimits): readonly Route[] {
  return [
    { method: 'GET', path: '/repos/{owner}/{repo}/contents/{path}', needs: CONTENTS, handle: getContents },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/git/trees/{tree_sha}',
      needs: CONTENTS,
      handle: (call) => getTree(call, limits.treeEntries),
    },
    { method: 'GET', path: '/repos/{owner}/{repo}/git/blobs/{file_sha}', needs: CONTENTS, handle: getBlob },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/git/commits/{commit_sha}',
      needs: CONTENTS,
      handle: (call) => replyWith(buildGitCommitJson(call, requireCommit(call, 'commit_sha'))),
    },
    { method: 'GET', path: '/repos/{owner}/{repo}/git/ref/{ref}', needs: CONTENTS, handle: getRef },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
      needs: [['pull-requests', 'read']],
      handle: listPulls,
    },
    { method: 'GET', path: '/repos/{owner}/{repo}/commits/{ref}', needs: CONTENTS, handle: getCommit },
    { method: 'GET', path: '/repos/{owner}/{repo}/compare/{basehead}', needs: CONTENTS, handle: compare },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/branches/{branch}/protection',
      needs: [['administration', 'read']],
      handle: getProtection,
    },
    { method: 'GET', path: '/repos/{owner}/{repo}/branches/{branch}', needs: CONTENTS, handle: getBranch },
  ];
}

function requireCommit(call: Call, param: string): Commit {
  const ref = call.params[param] ?? '';
  const commit = call.state.resolve(ref);
  if (commit === null) {
    if (/^[0-9a-f]{40}$/.test(ref) && param === 'ref') throw new ApiError(422, `No commit found for SHA: ${ref}`);
    throw createNotFound();
  }
  return commit;
}

function getCommit(call: Call): Reply {
  const commit = requireCommit(call, 'ref');
  return replyWith(buildCommitWithFilesJson(call, commit, renderCommitFiles(call, commit)));
}

function getContents(call: Call): Reply {
  const ref = call.query.get('ref') ?? call.state.defaultBranch;
  const commit = call.state.resolve(ref);
  if (commit === null) throw new ApiError(404, `No commit found for the ref ${ref}`);
  const path = (call.params.path ?? '').replace(/^\/+|\/+$/g, '');
  const { objects } = call.state;
  const row = path === '' ? null : objects.findRow(commit, path);
  if (path !== '' && row?.type !== 'tree') return getFile(call, commit, path, ref, MAX_LINKS);
  const rows = objects.trees.get(row?.sha ?? commit.treeSha) ?? [];
  return replyWith(
    rows.map((one) => buildContentJson(call, path === '' ? one.name : `${path}/${one.name}`, ref, one, null, false)),
  );
}

function getFile(call: Call, commit: Commit, path: string, ref: string, links: number): Reply {
  const entry = commit.tree.get(path);
  const row = call.state.objects.findRow(commit, path);
  if (entry === undefined || row === null) throw createNotFound();
  if (entry.mode === '120000' && links > 0) {
    // A link to a file of the repository is answered with that file.
    const target = posix.join(posix.dirname(path), Buffer.from(entry.bytes).toString('utf8'));
    if (commit.tree.has(target)) return getFile(call, commit, target, ref, links - 1);
  }
  if (call.raw) return { status: 200, bytes: entry.bytes };
  return replyWith(buildContentJson(call, path, ref, row, entry, true));
}

function getTree(call: Call, limit: number): Reply {
  const sha = call.params.tree_sha ?? '';
  const commit = call.state.resolve(sha);
  const id = commit?.treeSha ?? sha;
  if (!call.state.objects.trees.has(id)) throw createNotFound();
  const rows: (TreeRow & { readonly path: string })[] = [];
  const walk = (at: string, prefix: string): void => {
    for (const row of call.state.objects.trees.get(at) ?? []) {
      rows.push({ ...row, path: `${prefix}${row.name}` });
      if (row.type === 'tree' && call.query.has('recursive')) walk(row.sha, `${prefix}${row.name}/`);
    }
  };
  walk(id, '');
  return replyWith(buildTreeJson(call, id, rows.slice(0, limit), rows.length > limit));
}

function getBlob(call: Call): Reply {
  const sha = call.params.file_sha ?? '';
  const bytes = call.state.objects.blobs.get(sha);
  if (bytes === undefined) throw createNotFound();
  return call.raw ? { status: 200, bytes } : replyWith(buildBlobJson(call, sha, bytes));
}

function getRef(call: Call): Reply {
  const ref = `refs/${call.params.ref ?? ''}`;
  const commit = ref.startsWith('refs/heads/') ? call.state.resolve(ref) : null;
  if (commit === null) throw createNotFound();
  const api = buildApiAddress(call);
  return replyWith({
    ref,
    node_id: buildNodeId('Ref', ref),
    url: `${api}/git/${ref}`,
    object: { type: 'commit', sha: commit.sha, url: `${api}/git/commits/${commit.sha}` },
  });
}

function listPulls(call: Call): Reply {
  const commit = requireCommit(call, 'commit_sha');
  return replyWithPage(call.state.listPullsWith(commit.sha), (pull) => buildSimplePullJson(call, pull));
}

function compare(call: Call): Reply {
  const [baseName, headName] = (call.params.basehead ?? '').split('...');
  const findComparedCommit = (name: string | undefined): Commit | null =>
    name === undefined ? null : call.state.resolve(name.includes(':') ? name.slice(name.indexOf(':') + 1) : name);
  const base = findComparedCommit(baseName);
  const head = findComparedCommit(headName);
  if (base === null || head === null) throw createNotFound();
  const { objects } = call.state;
  const merged = objects.commits.get(findMergeBase(objects, base.sha, head.sha) ?? '');
  if (merged === undefined) throw new ApiError(404, `No common ancestor between ${base.sha} and ${head.sha}.`);
  const ahead = listCommitsBetween(objects, base.sha, head.sha);
  const behind = listCommitsBetween(objects, head.sha, base.sha);
  const paged = call.query.has('per_page') || call.query.has('page');
  const page = Number(call.query.get('page') ?? 1);
  const size = paged ? Math.min(100, Number(call.query.get('per_page') ?? 30)) : DEFAULT_COMPARED_COMMITS;
  const shown = paged ? ahead.slice((page - 1) * size, page * size) : ahead.slice(-size);
  const files = page === 1 ? diffTrees(merged.tree, head.tree, ahead).slice(0, MAX_COMPARED_FILES) : [];
  const api = `${buildApiAddress(call)}/compare/${base.sha}...${head.sha}`;
  const html = `${buildHtmlAddress(call)}/compare/${base.sha}...${head.sha}`;
  return replyWith({
    url: api,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: buildCommitJson(call, base),
    merge_base_commit: buildCommitJson(call, merged),
    status:
      base.sha === head.sha ? 'identical' : ahead.length === 0 ? 'behind' : behind.length === 0 ? 'ahead' : 'diverged',
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: shown.map((commit) => buildCommitJson(call, commit)),
    ...(page === 1 ? { files: files.map((change) => buildFileJson(call, change, head.sha)) } : {}),
  });
}

function getBranch(call: Call): Reply {
  const name = call.params.branch ?? '';
  const sha = call.state.branches.get(name);
  if (sha === undefined) throw new ApiError(404, 'Branch not found');
  const api = `${buildApiAddress(call)}/branches/${encodeURIComponent(name)}`;
  const commit = call.state.requireCommit(name);
  const known = call.state.protection.get(name);
  return replyWith({
    name,
    commit: buildCommitJson(call, commit),
    _links: { self: api, html: `${buildHtmlAddress(call)}/tree/${name}` },
    protected: known !== undefined || call.state.rules.length > 0 || call.state.branchRules.has(name),
    protection: summarizeProtection(known),
    protection_url: `${api}/protection`,
  });
}

/** The protection that readers of the branch see: the required statuses and whether they bind admins. */
function summarizeProtection(known: Json | undefined): Json {
  const none = { enforcement_level: 'off', contexts: [], checks: [] };
  if (typeof known !== 'object' || known === null || !('required_status_checks' in known))
    return { enabled: known !== undefined, required_status_checks: none };
  const { required_status_checks: checks, enforce_admins: admins = null } = known as { readonly [key: string]: Json };
  const bound = typeof admins === 'object' && admins !== null && 'enabled' in admins && admins.enabled === true;
  const { contexts = [], checks: rows = [] } = checks as { readonly [key: string]: Json };
  const level = bound ? 'everyone' : 'non_admins';
  return { enabled: true, required_status_checks: { enforcement_level: level, contexts, checks: rows } };
}

function getProtection(call: Call): Reply {
  const name = call.params.branch ?? '';
  if (!call.state.branches.has(name)) throw new ApiError(404, 'Branch not found');
  const known = call.state.protection.get(name);
  if (known === undefined) throw new ApiError(404, 'Branch not protected');
  return replyWith(known);
}
