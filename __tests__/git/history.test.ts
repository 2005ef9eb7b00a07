/** A history read by few git processes: the same files and the same differences as commit by commit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommitFiles } from '../../src/git/commit.ts';
import { type Comparison, compareRevisions, type Revision } from '../../src/git/compare.ts';
import { compareHistory, type HistoryChange, listHistory } from '../../src/git/history.ts';
import { listNamesInFolder } from '../../src/model/paths.ts';
import { createLinkContent, createTooLargeContent, type FileContent, MAX_FILE_BYTES } from '../../src/model/source.ts';
import { commit, git, withEnvironment } from '../commands/support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-live-history-'));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function readAll(range = {}): Promise<readonly HistoryChange[]> {
  const changes: HistoryChange[] = [];
  for await (const change of compareHistory(folder, await listHistory(folder, range))) changes.push(change);
  return changes;
}

const revisionOf = (id: string): Revision => ({ kind: 'commit', commit: id, name: id });

/** What differs. Nothing is read afterwards. */
async function compare(base: Revision, head: Revision | null): Promise<Comparison> {
  const comparison = await compareRevisions(folder, base, head);
  comparison.release();
  return comparison;
}

/** Commits of every kind: changed, renamed, moved, removed, link, binary, mode, submodule, no change, odd names. */
function makeHistory(): void {
  const long = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  commit(folder, { 'a.txt': long, 'b/c.json': '{}', 'b/d/e.yml': 'a: 1\n', 'z\t"ö.txt': 'x', large: 'x' });
  commit(folder, { 'a.txt': long.replace('line 3', 'line three'), 'b/d/e.yml': 'a: 2\n' });
  renameSync(join(folder, 'a.txt'), join(folder, 'b/renamed.txt'));
  commit(folder, { 'new.txt': `${'0123456789abcdef'.repeat(2)}01234567\n` }); // a line like a commit
  unlinkSync(join(folder, 'b/c.json'));
  symlinkSync('new.txt', join(folder, 'b/c.json'));
  commit(folder, { binary: '\0\u0001', 'z\t"ö.txt': 'y' });
  git(folder, 'update-index', '--chmod=+x', 'new.txt');
  git(folder, 'commit', '-q', '-m', 'mode');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'empty');
  git(folder, 'update-index', '--add', '--cacheinfo', `160000,${git(folder, 'rev-parse', 'HEAD')},module`);
  git(folder, 'commit', '-q', '-m', 'module');
  rmSync(join(folder, 'b/d'), { recursive: true });
  commit(folder, { large: 'x'.repeat(MAX_FILE_BYTES + 1) });
}

test('every commit differs from its parent as in a comparison of the two', async () => {
  makeHistory();
  const changes = await readAll();
  expect(changes).toHaveLength(7);
  for (const { commit: id, parent, changedFiles } of changes) {
    const alone = await compare(revisionOf(parent), revisionOf(id));
    expect(changedFiles).toEqual(alone.changedFiles);
  }
});

/** The files of a commit as git lists them: mode and id by path. */
function listWithGit(id: string): ReadonlyMap<string, readonly [mode: string, id: string]> {
  const lines = git(folder, 'ls-tree', '-r', '-z', id).split('\0');
  return new Map(
    lines.flatMap((line) => {
      const [, mode = '', blob = '', path] = /^(\d+) blob (\w+)\t([\s\S]+)$/.exec(line) ?? [];
      return path === undefined ? [] : [[path, [mode, blob]] as const];
    }),
  );
}

test('every commit has the files, folders and paths that git lists', async () => {
  makeHistory();
  const files = new CommitFiles(folder);
  const folders = ['', 'b', 'b/d', 'nowhere', 'new.txt', 'module'];
  for (const { commit: id } of await listHistory(folder, {})) {
    const source = files.openCommit(id);
    const listed = listWithGit(id);
    const paths = [...listed.keys()].sort();
    expect(await source.listPaths()).toEqual(paths);
    expect(await source.listFolders(folders)).toEqual(
      new Map(folders.map((name) => [name, listNamesInFolder(name, paths)])),
    );
    const others = ['nowhere', 'b', 'b/nowhere', 'new.txt/x', 'module'];
    const contents = paths.map((path): readonly [string, FileContent] => {
      const [mode = '', blob = ''] = listed.get(path) ?? [];
      const bytes = execFileSync('git', ['-C', folder, 'cat-file', 'blob', blob], { maxBuffer: 2 * MAX_FILE_BYTES });
      if (mode === '120000') return [path, createLinkContent(blob)];
      return [path, bytes.length > MAX_FILE_BYTES ? createTooLargeContent(bytes.length, blob) : { bytes }];
    });
    expect(await source.readFiles([...paths, ...others])).toEqual(
      new Map<string, FileContent | null>([...contents, ...others.map((path) => [path, null] as const)]),
    );
  }
  files.close();
});

test('files over the limit are not kept', async () => {
  const large = 'x'.repeat(MAX_FILE_BYTES + 100_000);
  const id = commit(folder, { a: 'A', large, larger: `${large}\n`, small: 'x'.repeat(MAX_FILE_BYTES), z: '' });
  const files = new CommitFiles(folder);
  const found = await files.openCommit(id).readFiles(['a', 'large', 'larger', 'small', 'z']);
  files.close();
  expect([...found].map(([path, content]) => [path, content?.bytes?.length ?? null])).toEqual([
    ['a', 1],
    ['large', null],
    ['larger', null],
    ['small', MAX_FILE_BYTES],
    ['z', 0],
  ]);
  expect(found.get('larger')).toEqual(
    createTooLargeContent(large.length + 1, git(folder, 'rev-parse', `${id}:larger`)),
  );
});

test('commits without a parent and merges are left out, and the range limits the others', async () => {
  commit(folder, { 'a.txt': '1' });
  git(folder, 'checkout', '-q', '-b', 'side');
  const side = commit(folder, { 'b/c.txt': '1' });
  git(folder, 'checkout', '-q', 'main');
  const own = commit(folder, { 'a.txt': '2' });
  git(folder, 'merge', '-q', '--no-edit', 'side');
  const ids = async (range = {}) => (await listHistory(folder, range)).map((one) => one.commit);
  expect([...(await ids())].sort()).toEqual([own, side].sort());
  expect(await ids({ paths: ['b'] })).toEqual([side]);
  expect(await ids({ paths: [':(glob)**/a.txt'] })).toEqual([own]);
  expect(await ids({ limit: 1 })).toHaveLength(1);
});

describe('the date', () => {
  withEnvironment(() => ({ GIT_COMMITTER_DATE: '2020-02-03T04:05:06+01:00' }));

  test('of the commit is compared with since', async () => {
    commit(folder, { 'a.txt': '1' });
    const id = commit(folder, { 'a.txt': '2' });
    expect(await listHistory(folder, { since: '2020-01-01' })).toEqual([
      { commit: id, parent: expect.any(String), date: '2020-02-03T04:05:06+01:00', subject: 'change' },
    ]);
    expect(await listHistory(folder, { since: '2020-03-01' })).toEqual([]);
  });
});

test('more commits than one process compares keep their order', async () => {
  const message = 'data 1\nm\n';
  const entry = (index: number) =>
    `commit refs/heads/main\ncommitter A <a@example.com> ${1_700_000_000 + index} +0000\n${message}M 644 inline a.txt\ndata ${String(index).length}\n${index}\n`;
  const stream = Array.from({ length: 251 }, (_, index) => entry(index)).join('');
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet'], { input: stream });
  const changes = await readAll();
  expect(changes).toHaveLength(250);
  expect(changes.map(({ changedFiles }) => changedFiles?.[0]?.lines?.at(-1)?.text)).toEqual(
    Array.from({ length: 250 }, (_, index) => String(250 - index)),
  );
});

/** Removes one object of the repository. */
function removeObject(name: string): void {
  const id = git(folder, 'rev-parse', name);
  rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true });
}

test('a missing object affects only its commits', async () => {
  const long = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  commit(folder, { 'a.txt': long, 'b/c.txt': 'C' });
  const content = commit(folder, { 'a.txt': `${long}\nmore` });
  const tree = commit(folder, { 'b/c.txt': 'D' });
  const fine = commit(folder, { 'd.txt': '1' });
  git(folder, 'read-tree', '--empty'); // git would read the same content in the working tree
  removeObject(`${content}:a.txt`);
  removeObject(`${tree}:b`);
  const changes = new Map((await readAll()).map((change) => [change.commit, change.changedFiles]));
  expect(changes.get(fine)).toMatchObject([{ path: 'd.txt', lines: [{ text: '1' }] }]);
  expect(changes.get(tree)).toBeNull();
  expect(changes.get(content)).toEqual([{ path: 'a.txt', status: 'modified' }]); // its lines are not known
  const files = new CommitFiles(folder);
  await expect(files.openCommit(content).readFiles(['a.txt'])).rejects.toMatchObject({ id: 'git-failed' });
  await expect(files.openCommit(fine).listFolders(['b'])).rejects.toMatchObject({ id: 'git-failed' });
  expect((await files.openCommit(fine).readFiles(['d.txt'])).get('d.txt')).toEqual({ bytes: Buffer.from('1') });
  files.close();
});

test('without a repository every object is missing, and reading after the end is refused', async () => {
  const files = new CommitFiles(join(folder, 'nowhere'));
  await expect(files.openCommit('a'.repeat(40)).listPaths()).rejects.toMatchObject({ id: 'git-failed' });
  await expect(files.openCommit('b'.repeat(40)).listPaths()).rejects.toMatchObject({ id: 'git-failed' });
});
