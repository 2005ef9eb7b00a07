/** Commits, working trees and folders as revisions, and what differs between them. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { CommitFiles } from '../../src/git/commit.ts';
import { type Comparison, compareRevisions, type Revision, resolveRevision } from '../../src/git/compare.ts';
import { openFolder } from '../../src/git/folder.ts';
import { readPackaged } from '../../src/git/packaged-files.ts';
import { runGitForOutput } from '../../src/git/run.ts';
import { type ChangedFile, MAX_FILE_BYTES, type RevisionSource } from '../../src/model/source.ts';
import { commit, git, withEnvironment, writeFiles } from '../commands/support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-live-git-'));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const folderOf = (root: string): Revision => ({ kind: 'folder', root });
const commitOf = (id: string): Revision => ({ kind: 'commit', commit: id, name: id });

/** Reads from one commit. */
async function readCommit<Found>(id: string, read: (source: RevisionSource) => Promise<Found>): Promise<Found> {
  const files = new CommitFiles(folder);
  return read(files.openCommit(id)).finally(() => files.close());
}

/** What differs. Nothing is read afterwards. */
async function compare(base: Revision, head: Revision | null): Promise<Comparison> {
  const comparison = await compareRevisions(folder, base, head);
  comparison.release();
  return comparison;
}

/** A second folder with files, inside the first and unknown to git. */
function plainFolder(files: Readonly<Record<string, string>>): string {
  const place = join(folder, '.git', 'plain');
  writeFiles(place, files);
  return place;
}

/** Stores a tree as it is, which git itself refuses to write. */
function writeTree(content: Buffer): string {
  const object = Buffer.concat([Buffer.from(`tree ${content.length}\0`), content]);
  const id = createHash('sha1').update(object).digest('hex');
  const place = join(folder, '.git', 'objects', id.slice(0, 2));
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, id.slice(2)), deflateSync(object));
  return id;
}

const withoutLines = ({ lines: _, contentId: __, ...file }: ChangedFile) => file;

describe('a commit', () => {
  test('has files, folders and paths', async () => {
    const id = commit(folder, { 'a.txt': 'A', 'b/c.txt': 'C', 'b/a.txt': '', 'b/d/e.txt': 'E' });
    const commits = new CommitFiles(folder);
    const source = commits.openCommit(id);
    expect(await source.listPaths()).toEqual(['a.txt', 'b/a.txt', 'b/c.txt', 'b/d/e.txt']);
    expect(await source.listFolders(['', 'b', 'nowhere'])).toEqual(
      new Map([
        ['', ['a.txt']],
        ['b', ['a.txt', 'c.txt']],
        ['nowhere', []],
      ]),
    );
    const files = await source.readFiles(['b/c.txt', 'nowhere', 'b/a.txt']);
    expect([...files.keys()]).toEqual(['b/c.txt', 'nowhere', 'b/a.txt']);
    expect(files.get('nowhere')).toBeNull();
    expect(files.get('b/c.txt')).toEqual({ bytes: Buffer.from('C') });
    expect(files.get('b/a.txt')).toEqual({ bytes: Buffer.from('') });
    expect((await source.readFiles([])).size).toBe(0);
    commits.close();
  });

  test('names links and files over the limit without reading them', async () => {
    symlinkSync('/etc/hostname', join(folder, 'link'));
    const id = commit(folder, { large: 'x'.repeat(MAX_FILE_BYTES + 1) });
    const files = await readCommit(id, (source) => source.readFiles(['link', 'large']));
    expect(files.get('link')).toMatchObject({ unavailable: expect.stringContaining('symbolic link') });
    expect(files.get('large')).toMatchObject({ unavailable: expect.stringContaining(`${MAX_FILE_BYTES + 1} bytes`) });
  });

  test('has the files of folders whose mode has a leading zero, as old programs wrote it', async () => {
    commit(folder, { 'a/b.txt': 'B' });
    const id = writeTree(
      Buffer.concat([Buffer.from('040000 a\0'), Buffer.from(git(folder, 'rev-parse', 'HEAD:a'), 'hex')]),
    );
    expect(await readCommit(id, (source) => source.listPaths())).toEqual(['a/b.txt']);
    const files = await readCommit(id, (source) => source.readFiles(['a/b.txt']));
    expect(files.get('a/b.txt')).toEqual({ bytes: Buffer.from('B') });
  });

  test('has the same files if its name is abbreviated', async () => {
    const id = commit(folder, { 'a/b.txt': 'B', c: 'C' });
    expect(await readCommit(id.slice(0, 12), (source) => source.listPaths())).toEqual(['a/b.txt', 'c']);
  });

  test('has no file for a submodule', async () => {
    const first = commit(folder, { a: 'A' });
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${first},module`);
    git(folder, 'commit', '-q', '-m', 'module');
    expect(await readCommit(git(folder, 'rev-parse', 'HEAD'), (source) => source.listPaths())).toEqual(['a']);
  });

  test('with a missing object is a failure, never an empty file', async () => {
    const id = commit(folder, { a: 'A', b: 'B' });
    const object = git(folder, 'rev-parse', 'HEAD:a');
    unlinkSync(join(folder, '.git', 'objects', object.slice(0, 2), object.slice(2)));
    await expect(readCommit(id, (source) => source.readFiles(['b', 'a']))).rejects.toMatchObject({
      id: 'git-failed',
      exitCode: 3,
    });
  });

  test('that does not exist is a failure that names it', async () => {
    const id = '0'.repeat(40);
    await expect(readCommit(id, (source) => source.listPaths())).rejects.toMatchObject({
      id: 'git-failed',
      message: expect.stringMatching(`^git could not read object ${id}.*Fetch the full history`),
    });
    const plain = plainFolder({ a: 'A' });
    await expect(compare(commitOf(id), folderOf(plain))).rejects.toMatchObject({
      id: 'git-failed',
      message: expect.stringMatching(/^git ls-tree failed: fatal/),
    });
  });
});

describe('without git', () => {
  withEnvironment(() => ({ PATH: join(folder, 'nothing-here') }));

  test('every command says that it is missing', async () => {
    const failure = { id: 'git-not-run', exitCode: 3 };
    await expect(runGitForOutput(folder, ['status'])).rejects.toMatchObject(failure);
    await expect(resolveRevision(folder, 'main')).rejects.toMatchObject(failure);
  });
});

describe('a folder', () => {
  test('has files, folders and paths, without those of git', async () => {
    writeFiles(folder, { 'a.txt': 'A', 'b/c.txt': 'C' });
    symlinkSync('a.txt', join(folder, 'link'));
    const source = openFolder(folder);
    expect(await source.listPaths()).toEqual(['a.txt', 'b/c.txt', 'link']);
    expect(await source.listFolders(['b', 'nowhere'])).toEqual(
      new Map([
        ['b', ['c.txt']],
        ['nowhere', []],
      ]),
    );
    const files = await source.readFiles(['a.txt', 'b', 'nowhere', 'link', '../a.txt', '/etc/hostname']);
    expect(files.get('a.txt')).toEqual({ bytes: Buffer.from('A') });
    expect(files.get('link')).toMatchObject({ unavailable: expect.stringContaining('symbolic link'), id: 'a.txt' });
    for (const path of ['b', 'nowhere', '../a.txt', '/etc/hostname']) expect(files.get(path)).toBeNull();
  });

  test('has nothing below a symbolic link', async () => {
    const outside = plainFolder({ 'Web.config': 'a value from outside', 'deep/Web.config': 'another one' });
    writeFiles(folder, { 'inside/Web.config': 'inside' });
    symlinkSync(outside, join(folder, 'linked'));
    symlinkSync('inside', join(folder, 'twin'));
    symlinkSync(outside, join(folder, 'inside', 'linked'));
    const source = openFolder(folder);
    const paths = ['linked/Web.config', 'linked/deep/Web.config', 'twin/Web.config', 'inside/linked/Web.config'];
    expect([...(await source.readFiles(paths)).values()]).toEqual(paths.map(() => null));
    const folders = ['linked', 'linked/deep', 'twin', '../', outside];
    expect([...(await source.listFolders(folders)).values()]).toEqual(folders.map(() => []));
    expect((await source.readFiles(['inside/Web.config'])).get('inside/Web.config')).toEqual({
      bytes: Buffer.from('inside'),
    });
    expect(await source.listPaths()).toEqual(['inside/Web.config', 'inside/linked', 'linked', 'twin']);
  });

  test('knows a file over the limit by its digest', async () => {
    writeFiles(folder, { large: 'x'.repeat(MAX_FILE_BYTES + 1) });
    expect((await openFolder(folder).readFiles(['large'])).get('large')).toMatchObject({
      unavailable: expect.stringContaining('bytes'),
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('a revision', () => {
  test.each([
    ['main', 'commit'],
    ['HEAD', 'commit'],
    [() => folder, 'folder'],
  ])('can be %s', async (name, kind) => {
    commit(folder, { a: 'A' });
    expect(await resolveRevision(folder, typeof name === 'string' ? name : name())).toMatchObject({ kind });
  });

  test.each([
    ['nowhere', 'Fetch it first'],
    ['--all', 'Fetch it first'],
    ['HEAD:a', 'Fetch it first'],
  ])('cannot be %s', async (name, advice) => {
    commit(folder, { a: 'A' });
    await expect(resolveRevision(folder, name)).rejects.toMatchObject({
      id: 'unknown-revision',
      exitCode: 2,
      message: expect.stringContaining(advice),
    });
  });

  test('outside of a repository leads to other advice', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'go-live-plain-'));
    await expect(resolveRevision(outside, 'main')).rejects.toMatchObject({
      message: expect.stringContaining('is not in a git repository'),
    });
    rmSync(outside, { recursive: true });
  });
});

describe('differences', () => {
  const before = { 'same.txt': 'same', 'old.txt': 'a long text that moves', 'gone.txt': 'gone', 'edited.txt': '1' };

  function change(): void {
    renameSync(join(folder, 'old.txt'), join(folder, 'new.txt'));
    unlinkSync(join(folder, 'gone.txt'));
    writeFiles(folder, { 'edited.txt': '2', 'added.txt': 'added' });
  }

  const expected = [
    { path: 'added.txt', status: 'added' },
    { path: 'edited.txt', status: 'modified' },
    { path: 'gone.txt', status: 'removed' },
    { path: 'new.txt', previousPath: 'old.txt', status: 'renamed' },
  ];

  test("have git's changed lines, and none for binary or new empty files", async () => {
    git(folder, 'config', 'core.bigFileThreshold', '1'); // to git, larger files are binary
    const base = commit(folder, { a: 'one\ntwo\n', b: 'x\0y', 'odd\nname': '1\n', old: 'kept\n' });
    renameSync(join(folder, 'old'), join(folder, 'new'));
    const head = commit(folder, { a: 'one\nzwei\r\ndiff --git a/x b/x\n', b: 'x\0z', 'odd\nname': '2\n', empty: '' });
    const { changedFiles } = await compare(commitOf(base), commitOf(head));
    const lines = new Map(changedFiles.map((file) => [file.path, file.lines]));
    expect(lines.get('a')).toEqual([
      { side: 'base', line: 2, text: 'two', previous: 'one' },
      { side: 'head', line: 2, text: 'zwei\r', previous: 'one' },
      { side: 'head', line: 3, text: 'diff --git a/x b/x', previous: 'zwei\r' },
    ]);
    expect(lines.get('odd\nname')).toHaveLength(2);
    expect(lines.get('new')).toEqual([]);
    expect([lines.get('b'), lines.get('empty')]).toEqual([undefined, undefined]);
  });

  test('are found between two commits', async () => {
    const base = commit(folder, before);
    change();
    const head = commit(folder, {});
    const found = await compare(commitOf(base), commitOf(head));
    expect(found.changedFiles.map(withoutLines)).toEqual(expected);
    expect(found).toMatchObject({ commits: { base, head }, policyCommit: base });
  });

  test('are found between a commit and the working tree, with untracked files', async () => {
    const base = commit(folder, before);
    change();
    git(folder, 'add', 'new.txt', 'old.txt');
    const found = await compare(commitOf(base), null);
    expect(found.changedFiles.map(withoutLines)).toEqual(expected);
    expect(found.commits).toEqual({ base, head: null });
  });

  test('are found for a folder in place of a tracked file, and the reverse, in the working tree', async () => {
    const base = commit(folder, { file: '1', 'folder/inside': '2' });
    unlinkSync(join(folder, 'file'));
    rmSync(join(folder, 'folder'), { recursive: true });
    writeFiles(folder, { 'file/inside': '3', folder: '4' });
    const found = await compare(commitOf(base), null);
    expect(found.changedFiles.map(withoutLines)).toEqual([
      { path: 'file', status: 'removed' },
      { path: 'file/inside', status: 'added' },
      { path: 'folder', status: 'added' },
      { path: 'folder/inside', status: 'removed' },
    ]);
  });

  test('are found between a commit and a folder, in either direction', async () => {
    const base = commit(folder, before);
    const plain = plainFolder({
      'same.txt': 'same',
      'new.txt': before['old.txt'],
      'edited.txt': '2',
      'added.txt': 'added',
    });
    const there = await compare(commitOf(base), folderOf(plain));
    expect(there.changedFiles.map(withoutLines)).toEqual(expected);
    expect(there).toMatchObject({ commits: { base, head: null }, policyCommit: base });
    const back = await compare(folderOf(plain), commitOf(base));
    expect(back.changedFiles.map(withoutLines)).toEqual([
      { path: 'added.txt', status: 'removed' },
      { path: 'edited.txt', status: 'modified' },
      { path: 'gone.txt', status: 'added' },
      { path: 'old.txt', previousPath: 'new.txt', status: 'renamed' },
    ]);
    expect(back).toMatchObject({ commits: { base: null, head: base }, policyCommit: null });
  });

  test('are found between a folder and the head of the repository by default', async () => {
    commit(folder, { a: 'A' });
    const plain = plainFolder({ a: 'B' });
    const found = await compare(folderOf(plain), null);
    expect(found.changedFiles.map(withoutLines)).toEqual([{ path: 'a', status: 'modified' }]);
  });

  test('include a link without a target', async () => {
    const plain = plainFolder({ a: 'A' });
    symlinkSync('nowhere', join(plain, 'link'));
    symlinkSync('nowhere', join(folder, 'link'));
    writeFiles(folder, { a: 'A' });
    const found = await compare(folderOf(plain), folderOf(folder));
    expect(found.changedFiles.map(withoutLines)).toEqual([{ path: 'link', status: 'modified' }]);
  });

  test('show a file that became a link as modified, and a copy as added', async () => {
    const base = commit(folder, { a: 'a long text that is copied' });
    unlinkSync(join(folder, 'a'));
    symlinkSync('b', join(folder, 'a'));
    const head = commit(folder, { b: 'a long text that is copied' });
    git(folder, 'config', 'diff.renames', 'copies');
    const found = await compare(commitOf(base), commitOf(head));
    expect(found.changedFiles.map(({ path }) => path)).toEqual(['a', 'b']);
  });

  test('are listed without lines if git cannot read a content', async () => {
    const base = commit(folder, { a: 'one\n', b: 'B' });
    const head = commit(folder, { a: 'two\n' });
    const object = git(folder, 'rev-parse', `${head}:a`);
    unlinkSync(join(folder, 'a')); // git would read the same content in the working tree
    unlinkSync(join(folder, '.git', 'objects', object.slice(0, 2), object.slice(2)));
    const found = await compare(commitOf(base), commitOf(head));
    expect(found.changedFiles).toEqual([{ path: 'a', status: 'modified' }]);
  });

  test('are found for a name that git would read as two', async () => {
    const base = commit(folder, { a: 'A' });
    git(folder, 'tag', 'first');
    const head = commit(folder, { a: 'B' });
    const found = await compareRevisions(folder, 'first^{/chan..}', 'main');
    found.release();
    expect(found.commits).toEqual({ base, head });
    expect(found.changedFiles).toMatchObject([{ path: 'a', status: 'modified' }]);
  });

  test("are those from git's choice of two common ancestors", async () => {
    commit(folder, { a: 'A' });
    git(folder, 'checkout', '-q', '-b', 'other');
    const right = commit(folder, { b: 'B' });
    git(folder, 'checkout', '-q', 'main');
    const left = commit(folder, { c: 'C' });
    git(folder, 'merge', '-q', '--no-edit', right);
    commit(folder, { d: 'D' });
    git(folder, 'checkout', '-q', 'other');
    git(folder, 'merge', '-q', '--no-edit', left);
    const head = commit(folder, { e: 'E' });
    const found = await compareRevisions(folder, 'main', 'other');
    found.release();
    expect(found.commits).toEqual({ base: git(folder, 'merge-base', 'main', 'other'), head });
  });

  test('are refused for histories without a common commit', async () => {
    const base = commit(folder, { a: 'A' });
    git(folder, 'checkout', '-q', '--orphan', 'other');
    const head = commit(folder, { a: 'B' });
    await expect(compare(commitOf(base), commitOf(head))).rejects.toMatchObject({
      id: 'no-common-ancestor',
    });
  });
});

test('a missing packaged file is a damaged installation', async () => {
  await expect(readPackaged('policies/nowhere.yml')).rejects.toMatchObject({ id: 'package-incomplete', exitCode: 3 });
});
