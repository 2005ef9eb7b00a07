/** How many git processes a comparison starts: each takes a tenth of the time in which Node itself starts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareRevisions } from '../../src/git/compare.ts';
import { commit, git, withEnvironment, writeFiles } from '../commands/support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-live-processes-'));
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  commit(folder, { 'a/b.txt': '1' });
  git(folder, 'checkout', '-q', '-b', 'change');
  commit(folder, { 'a/b.txt': '2' });
  writeFiles(folder, {
    'a/b.txt': '3',
    '.git/traced': `[trace2]\n\teventTarget = ${join(folder, '.git', 'trace')}\n`,
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
withEnvironment(() => ({
  GIT_CONFIG_GLOBAL: join(folder, '.git', 'traced'),
}));

interface Event {
  readonly event: string;
  readonly name?: string;
}

/** Compares, reads a file of both sides, and returns the commands of git that this started, in the order of their names. */
async function listCommands(base: string, head: string | null): Promise<readonly string[]> {
  const { revisions, changedFiles, release } = await compareRevisions(folder, base, head);
  expect(changedFiles).toMatchObject([{ path: 'a/b.txt', lines: [{}, {}] }]);
  const { base: before, head: after } = await revisions.read({
    base: { files: ['a/b.txt'], folders: [], paths: false },
    head: { files: ['a/b.txt'], folders: [], paths: false },
  });
  release();
  expect(before.files.get('a/b.txt')).toEqual({ bytes: Buffer.from('1') });
  expect(after.files.get('a/b.txt')).toEqual({ bytes: Buffer.from(head === null ? '3' : '2') });
  const events = readFileSync(join(folder, '.git', 'trace'), 'utf8')
    .trim()
    .split('\n');
  return events
    .map((line) => JSON.parse(line) as Event)
    .flatMap(({ event, name = '' }) => (event === 'cmd_name' ? [name] : []))
    .sort();
}

test('a comparison of two commits', async () => {
  expect(await listCommands('main', 'change')).toEqual(['cat-file', 'diff-tree', 'rev-parse']);
});

test('a comparison of a commit and the working tree', async () => {
  const commands = ['add', 'cat-file', 'diff-tree', 'ls-files', 'rev-parse', 'write-tree'];
  expect(await listCommands('main', null)).toEqual(commands);
});
