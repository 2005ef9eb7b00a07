/** `policy replay`: what a policy would have said of every commit of a repository. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../../src/commands/check.ts';
import { policy } from '../../../src/commands/policy/policy.ts';
import { commit, git, run, temporaryFolder, writeFiles } from '../support.ts';

const MANIFEST = { name: 'x', version: '1', manifest_version: 3, permissions: ['storage'] };
const write = (changes: object): string => JSON.stringify({ ...MANIFEST, ...changes }, null, 2);

const folder = temporaryFolder();
const copies = temporaryFolder();
let ids: Readonly<Record<'tabs' | 'readme' | 'broken', string>>;

beforeAll(() => {
  process.env.GIT_COMMITTER_DATE = '2024-05-06T07:08:09Z';
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  commit(folder, { 'manifest.json': write({}), 'README.md': '1' });
  ids = {
    tabs: commit(folder, { 'manifest.json': write({ permissions: ['storage', 'tabs'] }) }),
    readme: commit(folder, { 'README.md': '2' }),
    broken: commit(folder, { 'manifest.json': '{"manifest_version": 3,' }),
  };
  delete process.env.GIT_COMMITTER_DATE;
});

/** A copy that a test may change. */
function copyRepository(): string {
  const copy = mkdtempSync(join(copies, 'copy-'));
  cpSync(folder, copy, { recursive: true });
  return copy;
}

const short = (id: string): string => id.slice(0, 12);
const replay = (operands: readonly string[], values = {}) =>
  run(policy, { repo: folder, ...values }, ['replay', ...operands]);

test('the replay prints a line for each commit, newest first, then tables of categories and rules', async () => {
  const answer = await replay(['browser-extension']);
  expect(answer).toMatchObject({ exit: 0, id: null });
  expect(answer.out).toBe(`\
blocked   2024-05-06 ${short(ids.broken)} unknown (unreadable) "change"
passed    2024-05-06 ${short(ids.readme)} - "change"
blocked   2024-05-06 ${short(ids.tabs)} user-consent, closer-review (sensitive-permission-with-warning-added) "change"

browser-extension: 3 commits, 2 with a change: 2 blocked, 1 passed, 0 undecided. Blocked as unknown: 1. Blocked only because of a mark in a file that no reader claims: 0.

category       commits
unknown              1
user-consent         1
closer-review        1

rule                                     commits
unreadable                                     1
sensitive-permission-with-warning-added        1
`);
  expect(await replay(['browser-extension'])).toEqual(answer);
});

test('each answer of the replay is that of check for the commit and its parent', async () => {
  const lines = (await replay(['browser-extension'])).out.split('\n');
  for (const id of Object.values(ids)) {
    writeFiles(folder, { '.git/own.yml': 'extends: browser-extension\n' });
    const file = join(folder, '.git/own.yml');
    const values = { repo: folder, base: `${id}~1`, head: id, policy: file, format: 'json' };
    const report = JSON.parse((await run(check, values)).out);
    const line = lines.find((one) => one.includes(short(id)));
    expect(line).toMatch(new RegExp(`^${report.verdict} `));
    expect(line).toContain(` ${report.categories.join(', ') || '-'} `);
  }
});

test('the range selects which commits are replayed, each as a whole', async () => {
  expect((await replay(['browser-extension'], { limit: '1' })).out).toContain('1 commits, 1 with a change');
  expect((await replay(['browser-extension'], { paths: ['README.md'] })).out).toMatch(
    /^passed .*\n\nbrowser-extension: 1 commits/,
  );
  expect((await replay(['browser-extension'], { since: '2024-01-01' })).out).toContain('3 commits');
  expect(await replay(['browser-extension'], { since: '2024-06-01' })).toMatchObject({ exit: 2, id: 'no-commits' });
  expect(await replay(['browser-extension'], { paths: ['nowhere'] })).toMatchObject({ exit: 2, id: 'no-commits' });
});

test.each(['0', '-1', '1.5', 'ten', ''])('%j is not a number of commits', async (limit) => {
  expect(await replay(['browser-extension'], { limit })).toMatchObject({ exit: 2, id: 'bad-limit' });
});

test('a replay of two policies lists the commits with different answers, then the figures of both', async () => {
  writeFiles(folder, {
    '.git/own.yml':
      'extends: browser-extension\nrules:\n  tabs: { when: { setting: permissions, after: tabs }, category: access, reason: We say so. }\n',
  });
  const own = join(folder, '.git/own.yml');
  const { exit, out } = await replay(['browser-extension', own]);
  expect(exit).toBe(0);
  expect(out).toMatch(`\
2024-05-06 ${short(ids.tabs)} "change"
  blocked   browser-extension: user-consent, closer-review (sensitive-permission-with-warning-added)
  blocked   ${own}: access (tabs)
1 of 3 commits have different answers.

browser-extension: 3 commits`);
  expect(out).toContain(`\n${own}: 3 commits`);
  expect((await replay([own, own])).out).toMatch(/^0 of 3 commits/);
});

test('a replay without a policy uses the one of the repository, or the built-in one', async () => {
  expect((await replay([])).out).toContain('built-in: 3 commits, 0 with a change');
  const repo = copyRepository();
  writeFiles(repo, { '.github/go-live.yml': 'extends: browser-extension\n' });
  expect((await replay([], { repo })).out).toContain('.github/go-live.yml: 3 commits, 2 with a change');
});

test('--verbose prints each change with its values, and --times the slowest commits', async () => {
  const { out } = await replay(['browser-extension'], { verbose: true, times: true });
  expect(out).toMatch(/ {4}sensitive-permission-with-warning-added \| manifest\.json \| permissions \| - => tabs\n/);
  expect(out).toMatch(
    / {4}unreadable \| manifest\.json \| document \| - => - \| The gate cannot read the file at the head: \S/,
  );
  expect(out).toMatch(/\(unreadable\) \d+\.\d ms "change"/);
  expect(out).toMatch(new RegExp(`\nMedian \\d+\\.\\d ms\\. Slowest: .*${short(ids.tabs)} \\d+\\.\\d ms`));
});

test('a commit with missing content is undecided, and so is the whole replay', async () => {
  const repo = copyRepository();
  const blob = git(repo, 'rev-parse', `${ids.tabs}:manifest.json`);
  git(repo, 'read-tree', '--empty');
  rmSync(join(repo, '.git/objects', blob.slice(0, 2), blob.slice(2)));
  const { exit, out } = await replay(['browser-extension'], { repo });
  expect(exit).toBe(3);
  expect(out).toContain(`undecided 2024-05-06 ${short(ids.tabs)} git could not read object ${blob}.`);
  expect(out).toContain('3 commits, 0 with a change: 0 blocked, 1 passed, 2 undecided.');
});

test('values from the history cannot control the terminal', async () => {
  const repo = copyRepository();
  git(repo, 'commit', '-q', '--allow-empty', '-m', 'red \u001b[31m alert');
  expect((await replay(['browser-extension'], { repo, limit: '1' })).out).not.toContain('\u001b');
});

test.each([
  [['replay', 'a', 'b', 'c'], {}, 'wrong-option'],
  [['replay', 'nowhere.yml'], {}, 'policy-not-found'],
  [['check'], { since: '2024-01-01' }, 'wrong-option'],
  [['replay'], { policy: 'x.yml' }, 'wrong-option'],
])('%j with %j is wrong use with %s', async (operands, values, id) => {
  expect(await run(policy, { ...values }, operands)).toMatchObject({ exit: 2, id });
});

test('a folder without a repository is rejected by name', async () => {
  expect(await replay(['browser-extension'], { repo: tmpdir() })).toMatchObject({ exit: 2, id: 'not-a-repository' });
});
