/** What `check` takes where nothing is said: the upstream branch as the base, the policy under either of its names. */
import { join } from 'node:path';
import { buildManifest } from '../../support/fabrikam.ts';
import { runCli } from '../../support/run-cli.ts';
import { commit, folderForEachTest, git, writeFiles } from '../support.ts';

const root = folderForEachTest();
const PATH = 'healthvault.app.yml';
const POLICY = 'extends: healthvault\nlabels: { configuration: team/ok }\n';

/** A repository with a server, and a branch that changes the manifest. */
function cloneWithBranch(...checkout: readonly string[]): string {
  const server = join(root(), 'server');
  writeFiles(server, { readme: '' });
  git(server, 'init', '--quiet', '--initial-branch', 'main');
  commit(server, { [PATH]: buildManifest() });
  git(root(), 'clone', '-q', server, 'clone');
  const clone = join(root(), 'clone');
  git(clone, 'checkout', '-q', ...checkout);
  commit(clone, { [PATH]: buildManifest({ description: 'New' }) });
  return clone;
}

describe('without --base, the command line', () => {
  test('takes the upstream branch as the base, and says so', async () => {
    const clone = cloneWithBranch('-b', 'change', '--track', 'origin/main');
    const { exit, out, error } = await runCli(clone, ['check', '--brief']);
    expect(exit).toBe(1);
    expect(error).toMatch(/^go-live-gate: compared with origin\/main \(common ancestor [0-9a-f]{12}\), because --base/);
    expect(out).toContain('text-changed');
  });

  test('compares a pushed branch with the default branch, not with its copy', async () => {
    const clone = cloneWithBranch('-b', 'change');
    git(clone, 'push', '-q', '-u', 'origin', 'change');
    const { exit, error } = await runCli(clone, ['check', '--brief']);
    expect(exit).toBe(1);
    expect(error).toContain('compared with origin/main ');
  });

  test('takes the default branch of origin for a branch without an upstream', async () => {
    const clone = cloneWithBranch('--no-track', '-b', 'change');
    expect((await runCli(clone, ['check'])).error).toContain('compared with origin/main ');
  });

  test('has no default without a remote', async () => {
    git(root(), 'init', '--quiet');
    commit(root(), { [PATH]: buildManifest() });
    const { exit, error } = await runCli(root(), ['check']);
    expect(exit).toBe(2);
    expect(error).toContain('(no-base)');
  });
});

test('--brief prints the verdict, the next action and one line for each category', async () => {
  const clone = cloneWithBranch('-b', 'change');
  const { out } = await runCli(clone, ['check', '--base', 'origin/main', '--brief', '--now', '2026-11-23T18:00:00Z']);
  expect(out).toMatch(/^HealthVault go-live gate: merge blocked, 1 label missing\nNext: /);
  expect(out).toContain('Configuration: 1 change (text-changed)');
  expect(out.split('\n').length).toBeLessThan(12);
});

describe('the policy of a working tree', () => {
  const folders = ['check', '--base', './base', '--head', './head', '--brief'];
  beforeEach(() => {
    writeFiles(root(), { [`base/${PATH}`]: buildManifest(), [`head/${PATH}`]: buildManifest({ description: 'New' }) });
  });

  test.each(['.github/go-live.yml', '.github/go-live.yaml'])('is read from %s', async (path) => {
    writeFiles(root(), { [`base/${path}`]: POLICY, [`head/${path}`]: POLICY });
    const { out, error } = await runCli(root(), folders);
    expect(error).toBe('');
    expect(out).toContain('team/ok');
    expect((await runCli(join(root(), 'base'), ['policy', 'check'])).out).toContain(`${path} is valid`);
  });

  test('is an error when both files exist', async () => {
    writeFiles(root(), { 'base/.github/go-live.yml': POLICY, 'base/.github/go-live.yaml': POLICY });
    for (const { exit, error } of [
      await runCli(root(), folders),
      await runCli(join(root(), 'base'), ['policy', 'check']),
    ]) {
      expect(exit).toBe(2);
      expect(error).toContain('The repository contains two policies, .github/go-live.yml and .github/go-live.yaml.');
    }
  });

  test.each([
    '.github/golive.yml',
    '.github/go_live.yaml',
    '.github/go-live.json',
    'go-live.yml',
    '.github/go-live-gate.yml',
  ])('is not read from %s, which is reported', async (path) => {
    writeFiles(root(), { [`base/${path}`]: POLICY });
    const { error } = await runCli(root(), folders);
    expect(error).toContain(
      `The gate does not read ${path} as the policy, because of its name. Rename it to .github/go-live.yml.`,
    );
  });

  test('is governance when it changes in either file', async () => {
    writeFiles(root(), { 'head/.github/go-live.yaml': POLICY });
    expect((await runCli(root(), [...folders, '--format', 'json'])).out).toContain('"governance"');
  });
});
