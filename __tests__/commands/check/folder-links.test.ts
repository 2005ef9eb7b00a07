/** A symbolic link to a folder replaces every file below it, although no file is in the list of changes. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCli } from '../../support/run-cli.ts';
import { commit, folderForEachTest, git } from '../support.ts';

const root = folderForEachTest();

const webConfig = (id: string) =>
  `<configuration><appSettings><add key="ApplicationId" value="${id}" /></appSettings></configuration>\n`;
const OLD = webConfig('9ca84d74-1473-471d-940f-2699cb7198df');
const NEW = webConfig('1b2c3d4e-1473-471d-940f-2699cb7198aa');
const manifest = (permission: string) => `{ "manifest_version": 3, "permissions": ["${permission}"] }\n`;

function link(path: string, target: string | null): void {
  const place = join(root(), path);
  rmSync(place, { force: true });
  if (target === null) return;
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place);
}

/** The changes of a commit that moves the link at a path. */
async function listChanges(
  files: Readonly<Record<string, string>>,
  [path, before, after]: readonly [string, string | null, string | null],
): Promise<readonly string[]> {
  git(root(), 'init', '--quiet', '--initial-branch', 'main');
  link(path, before);
  commit(root(), files);
  git(root(), 'tag', 'base');
  link(path, after);
  git(root(), 'add', '--all');
  git(root(), 'commit', '-q', '-m', 'head');
  const { out } = await runCli(root(), ['check', '--base', 'base', '--head', 'HEAD', '--format', 'json']);
  const report = JSON.parse(out) as { readonly changes: readonly Record<string, string>[] };
  return report.changes.map((one) => `${one.category} ${one.file}: ${one.kind} ${one.before} => ${one.after}`);
}

const MANIFEST =
  'healthvault: 1\napp-id: 9ca84d74-1473-471d-940f-2699cb7198df\nprivacy-statement: { default: legal/privacy.txt }\n';
const SITES = { 'a/Web.config': OLD, 'b/Web.config': NEW };

test.each<[string, Record<string, string>, [string, string | null, string | null], string]>([
  ['that leads to other settings', SITES, ['site', 'a', 'b'], 'modified a => b'],
  ['in another folder', SITES, ['x/site', '../a', '../b'], 'modified ../a => ../b'],
  ['to a folder with settings further down', { 'a/deep/er/Web.config': OLD }, ['site', 'b', 'a'], 'modified b => a'],
  ['that is new', SITES, ['site', null, 'a'], 'added null => a'],
  ['that is gone', SITES, ['site', 'a', null], 'removed a => null'],
  ['that leaves the repository', SITES, ['site', '/srv/a', '/srv/b'], 'modified /srv/a => /srv/b'],
  [
    'to the texts that a manifest names',
    { 'healthvault.app.yml': MANIFEST, 'v1/privacy.txt': 'old\n', 'v2/privacy.txt': 'new\n' },
    ['legal', 'v1', 'v2'],
    'modified v1 => v2',
  ],
  [
    'to such a text among many other files',
    {
      'healthvault.app.yml': MANIFEST,
      ...Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`v1/a${index}.txt`, 'x\n'])),
      'v1/privacy.txt': 'old\n',
      'v2/privacy.txt': 'new\n',
    },
    ['legal', 'v1', 'v3'],
    'modified v1 => v3',
  ],
])('a link %s is unknown', async (_what, files, change, shown) => {
  expect(await listChanges(files, change)).toEqual([`unknown ${change[0]}: ${shown}`]);
});

test.each<[string, Record<string, string>, [string, string | null, string | null]]>([
  ['to documents', { 'v1/page.md': 'old\n', 'v2/page.md': 'new\n' }, ['docs', 'v1', 'v2']],
  ['to other software', { 'v1/a.cs': 'class A {}\n', 'v2/a.xml': '<a/>\n' }, ['lib', 'v1', 'v2']],
  ['to nothing', {}, ['lib', 'v1', 'v2']],
])('a link %s is not a change', async (_what, files, change) => {
  expect(await listChanges({ 'README.md': 'x\n', ...files }, change)).toEqual([]);
});

test('a text file with the name of a folder is not a link', async () => {
  await listChanges({ ...SITES, current: 'a' }, ['other', null, 'README.md']);
  git(root(), 'tag', '--force', 'base');
  commit(root(), { current: 'b' });
  const { out } = await runCli(root(), ['check', '--base', 'base', '--head', 'HEAD', '--format', 'json']);
  expect(JSON.parse(out)).toMatchObject({ verdict: 'passed', changes: [] });
});

test.each(['health-connect', 'healthkit', 'google-oauth', 'browser-extension'])(
  'a link is unknown under %s',
  async (name) => {
    const files = {
      '.github/go-live.yml': `extends: ${name}\n`,
      'a/manifest.json': manifest('storage'),
      'b/Info.plist': '<plist><dict/></plist>\n',
      'b/appsscript.json': '{ "timeZone": "Europe/Berlin" }\n',
      'b/AndroidManifest.xml': '<manifest/>\n',
    };
    expect(await listChanges(files, ['src', 'a', 'b'])).toEqual(['unknown src: modified a => b']);
  },
);
