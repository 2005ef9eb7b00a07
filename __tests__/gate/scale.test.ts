/** Large pull requests through the action: beyond GitHub's lists, and a list that comes back short is never passed. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { buildManifest, findStatus, MANIFEST_PATH, runFabrikamGate, startFabrikam } from '../support/fabrikam.ts';

/** Sorted behind all others, so that a list that ends too early does not contain it. */
const WATCHED = 'zz/Web.config';
const webConfig = (multiRecord: boolean): string =>
  `<configuration><appSettings><add key="WCPage_IsMRA" value="${multiRecord}"/><add key="ShellUrl" value="https://account.healthvault.com"/></appSettings></configuration>`;

const OTHERS = 3200;

function others(count: number, text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`src/part-${index % 40}/file-${index}.txt`, `${text} ${index}\n`]),
  );
}

let github: EmbeddedGitHub;
beforeAll(async () => {
  github = await startFabrikam({ files: { ...others(OTHERS, 'old'), [WATCHED]: webConfig(false) } });
});
afterAll(() => github.close());

const treeEntries = 100_000;
afterEach(() => {
  github.limits.treeEntries = treeEntries;
  github.faults.clear();
  github.beforeRequest = null;
});

function open(count: number) {
  return github.state.open({ author: 'ada', files: { ...others(count, 'new'), [WATCHED]: webConfig(true) } });
}

const paths = (report: string | null): readonly string[] =>
  (JSON.parse(report ?? '{"files":[]}') as { files: readonly { path: string }[] }).files.map(({ path }) => path);

/** Requests of a run whose path has that part. */
const count = (requests: readonly { readonly path: string }[], part: string): number =>
  requests.filter(({ path }) => path.includes(part)).length;

test.each([
  ['just below the limit of a comparison', 298, 0],
  ['at the limit of a comparison', 299, 0],
  ['just below the limit of the list of files', 2998, 27],
  ['at the limit of the list of files', 2999, 0],
  ['beyond the limit of the list of files', OTHERS, 0],
])('a pull request %s has its last file evaluated', async (_name, changed, pages) => {
  const pull = open(changed);
  const { exit, report, requests } = await runFabrikamGate(github, pull.number);
  expect(exit).toBe(1);
  expect(paths(report)).toEqual([WATCHED]);
  expect(count(requests, '/files?')).toBe(pages);
  expect(requests.length).toBeLessThanOrEqual(40);
  expect(findStatus(github, pull)).toBe('failure');
});

test('a truncated tree is read folder by folder', async () => {
  const pull = open(OTHERS);
  github.limits.treeEntries = 1500;
  const { exit, report, requests } = await runFabrikamGate(github, pull.number);
  expect(exit).toBe(1);
  expect(paths(report)).toEqual([WATCHED]);
  expect(count(requests, '/git/trees/')).toBeGreaterThan(80);
});

test('an unreadable folder of a truncated tree ends the run without a verdict', async () => {
  const pull = open(OTHERS);
  github.limits.treeEntries = 1500;
  github.faults.add({ method: 'GET', path: /\/git\/trees\/[0-9a-f]{40}\?recursive/, at: 20, answer: { status: 404 } });
  const { exit, outputs } = await runFabrikamGate(github, pull.number);
  expect(github.faults.pending).toBe(false);
  expect(exit).toBe(3);
  expect(outputs.verdict).toBe('error');
  expect(findStatus(github, pull)).toBe('error');
});

test('a single folder beyond the limit of a listing ends the run without a verdict', async () => {
  const pull = open(OTHERS);
  github.limits.treeEntries = 2;
  const { exit, stdout } = await runFabrikamGate(github, pull.number);
  expect(exit).toBe(3);
  expect(stdout).toContain('github-partial');
  expect(findStatus(github, pull)).toBe('error');
});

test('a head that moves while its trees are read never passes', async () => {
  const pull = github.state.open({ author: 'ada', files: others(450, 'new') });
  let moved = false;
  github.beforeRequest = (_n, { path }) => {
    if (moved || !path.includes('/files?')) return;
    moved = true;
    github.state.forcePush(pull.number, { files: others(20, 'newer') });
  };
  const { exit, stdout } = await runFabrikamGate(github, pull.number);
  expect(moved).toBe(true);
  expect(exit).toBe(3);
  expect(stdout).toContain('head-moved');
  expect(github.state.statuses.filter(({ state }) => state === 'success')).toEqual([]);
});

test('a page of files that fails ends the run without a verdict', async () => {
  const pull = github.state.open({ author: 'ada', files: others(450, 'new') });
  github.faults.add({ path: /\/files\?.*page=4/, times: 10, answer: { status: 404 } });
  const { exit } = await runFabrikamGate(github, pull.number);
  expect(exit).toBe(3);
  expect(findStatus(github, pull)).toBe('error');
});

test('a list of files that is older than the head does not decide which files changed', async () => {
  const pull = github.state.open({ author: 'ada', files: others(450, 'new') });
  const older = pull.headSha;
  github.state.push(pull.number, { files: { [WATCHED]: webConfig(true) } });
  github.beforeRequest = (_n, { path }) => {
    pull.listedHead = path.includes('/files?') ? older : null;
  };
  const { exit, report } = await runFabrikamGate(github, pull.number, 'synchronize', { before: older });
  expect([exit, paths(report)]).toEqual([1, [WATCHED]]);
});

test('300 watched files are read in few requests', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [
      `apps/${index}/${MANIFEST_PATH}`,
      buildManifest({ description: `App ${index}` }),
    ]),
  );
  const pull = github.state.open({ author: 'ada', files });
  const { exit, report, requests } = await runFabrikamGate(github, pull.number);
  expect(exit).toBe(1);
  expect(paths(report)).toHaveLength(300);
  expect(requests.length).toBeLessThanOrEqual(60);
});
