/** A user's git configuration and environment never decide what `check` reviews. */
import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildManifest } from '../../support/fabrikam.ts';
import { type RunPlace, runCli } from '../../support/run-cli.ts';
import { commit, folderForEachTest, git, temporaryFolder, writeFiles } from '../support.ts';

const root = folderForEachTest();
const MANIFEST = 'größe/app.healthvault.yml';
const OTHER = 'tools/readme.txt';
const long = Array.from({ length: 30 }, (_, index) => `# comment ${index}`).join('\n');

/** A base with a manifest, and a branch that moves and changes it: built once, and copied for each test. */
const template = temporaryFolder();
beforeAll(() => {
  git(template, 'init', '--quiet', '--initial-branch', 'main', '--template=');
  commit(template, { [MANIFEST]: `${long}\n${buildManifest()}`, [OTHER]: 'text\n' });
  git(template, 'checkout', '-q', '-b', 'change');
  renameSync(join(template, 'größe'), join(template, 'moved'));
  writeFiles(template, {
    'moved/app.healthvault.yml': `${long}\n${buildManifest({ description: 'New' })}`,
    [OTHER]: 'text\nmore\n',
  });
});

function prepare(): void {
  cpSync(template, root(), { recursive: true, preserveTimestamps: true });
  git(root(), 'status', '--porcelain'); // the index describes the copied files again
}

interface Answer {
  readonly verdict: string;
  readonly changes: readonly { readonly setting: string }[];
  readonly files: readonly { readonly path: string }[];
}

async function check(
  words: readonly string[] = ['--base', 'main'],
  place: RunPlace = {},
  folder = join(root(), 'tools'),
): Promise<Answer> {
  const now = ['--now', '2026-11-23T18:00:00Z', '--format', 'json'];
  const { out, error } = await runCli(folder, ['check', ...words, ...now], place);
  if (out === '') throw new Error(error);
  return JSON.parse(out) as Answer;
}

/** What a check of the prepared repository says, whatever the machine is like. */
const expected = {
  verdict: 'blocked',
  changes: [{ setting: 'description' }],
  files: [{ path: 'moved/app.healthvault.yml', previousPath: MANIFEST, status: 'renamed' }],
};

const settings: readonly (readonly [name: string, value: string])[] = [
  ['diff.relative', 'true'],
  ['diff.noprefix', 'true'],
  ['diff.mnemonicPrefix', 'true'],
  ['diff.srcPrefix', 'x/'],
  ['diff.renames', 'false'],
  ['diff.renames', 'copies'],
  ['diff.renameLimit', '1'],
  ['diff.external', '/bin/true'],
  ['diff.orderFile', 'order'],
  ['diff.context', '9'],
  ['diff.interHunkContext', '50'],
  ['diff.algorithm', 'patience'],
  ['diff.ignoreSubmodules', 'all'],
  ['diff.submodule', 'log'],
  ['diff.suppressBlankEmpty', 'true'],
  ['diff.wordRegex', '.'],
  ['diff.statGraphWidth', '1'],
  ['diff.yaml.textconv', '/bin/true'],
  ['diff.yaml.command', '/bin/true'],
  ['diff.yaml.xfuncname', '!.*'],
  ['color.ui', 'always'],
  ['color.diff', 'always'],
  ['core.quotePath', 'true'],
  ['core.pager', '/bin/false'],
  ['core.fsmonitor', '/bin/true'],
  ['core.untrackedCache', 'true'],
  ['core.splitIndex', 'true'],
  ['core.ignoreStat', 'true'],
  ['core.checkStat', 'minimal'],
  ['core.hooksPath', 'hooks'],
  ['core.bigFileThreshold', '1'],
  ['core.safecrlf', 'true'],
  ['core.attributesFile', 'attributes'],
  ['status.relativePaths', 'true'],
  ['status.renames', 'false'],
  ['status.showUntrackedFiles', 'no'],
  ['submodule.recurse', 'true'],
  ['log.showSignature', 'true'],
  ['index.sparse', 'true'],
  ['feature.manyFiles', 'true'],
];

describe('a git configuration with', () => {
  beforeEach(() => {
    prepare();
    writeFiles(root(), { 'tools/attributes': '*.yml diff=yaml\n' });
    mkdirSync(join(root(), 'tools/hooks'));
    writeFileSync(join(root(), 'tools/hooks/post-index-change'), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
  });

  test.each(settings)('%s=%s does not change the result', async (name, value) => {
    git(root(), 'config', name, value);
    expect(await check()).toMatchObject(expected);
    expect(readdirSync(root())).not.toContain('ran');
  });

  test('all settings does not change the result between two commits', async () => {
    git(root(), 'add', '-A');
    git(root(), 'commit', '-q', '-m', 'change');
    const usual = await check(['--base', 'main', '--head', 'change']);
    for (const [name, value] of settings) git(root(), 'config', name, value);
    expect(await check(['--base', 'main', '--head', 'change'])).toEqual(usual);
  });
});

describe('the environment', () => {
  test.each([
    ['GIT_DIR', '/nowhere/.git'],
    ['GIT_WORK_TREE', '/tmp'],
    ['GIT_INDEX_FILE', '/nowhere/index'],
    ['GIT_EXTERNAL_DIFF', '/bin/true'],
    ['GIT_DIFF_OPTS', '--unified=9'],
    ['GIT_PREFIX', 'tools/'],
    ['GIT_LITERAL_PATHSPECS', '1'],
    ['GIT_NAMESPACE', 'other'],
    ['GIT_CONFIG_PARAMETERS', "'diff.relative'='true'"],
    ['GIT_ATTR_SOURCE', 'main'],
    ['GIT_GRAFT_FILE', '/nowhere'],
    ['GIT_SHALLOW_FILE', '/nowhere'],
    ['GIT_PAGER', '/bin/false'],
    ['LANGUAGE', 'de'],
  ])('%s=%s does not change the result', async (name, value) => {
    prepare();
    expect(await check(undefined, { environment: { [name]: value } })).toMatchObject(expected);
  });

  test('of a git configuration does not change the result', async () => {
    prepare();
    const environment = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'diff.relative', GIT_CONFIG_VALUE_0: 'true' };
    expect(await check(undefined, { environment })).toMatchObject(expected);
  });

  test('of a hook in a linked worktree selects that worktree', async () => {
    prepare();
    commit(root(), {});
    git(root(), 'worktree', 'add', '-q', '-b', 'other', 'linked', 'main');
    const linked = join(root(), 'linked');
    writeFiles(linked, { [MANIFEST]: `${long}\n${buildManifest({ description: 'Other' })}` });
    const own = join(root(), '.git', 'worktrees', 'linked');
    const environment = { GIT_DIR: own, GIT_INDEX_FILE: join(own, 'index') };
    const found = await check(['--base', 'main'], { environment }, linked);
    expect(found.changes).toMatchObject([{ setting: 'description', after: expect.stringContaining('Other') }]);
  });
});

describe('the working tree is reviewed as git would commit it', () => {
  test('without the line ends of a Windows checkout', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    const withText = `${buildManifest()}privacy-statement: privacy.txt\n`;
    commit(root(), { 'healthvault.app.yml': withText, 'privacy.txt': 'one\ntwo\n' });
    git(root(), 'config', 'core.autocrlf', 'true');
    writeFiles(root(), {
      'healthvault.app.yml': `${buildManifest({ description: 'New' })}privacy-statement: privacy.txt\n`.replaceAll(
        '\n',
        '\r\n',
      ),
      'privacy.txt': 'one\r\ntwo\r\n',
    });
    expect((await check(['--base', 'main'], {}, root())).changes).toMatchObject([{ setting: 'description' }]);
  });

  test('with files that a sparse checkout leaves out', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    const text = (description: string) => `${buildManifest({ description })}privacy-statement: ../legal/privacy.txt\n`;
    commit(root(), { 'app/healthvault.app.yml': text('Old'), 'legal/privacy.txt': 'one\n', 'other/file': '' });
    git(root(), 'sparse-checkout', 'set', 'app');
    expect(readdirSync(root())).not.toContain('legal');
    writeFiles(root(), { 'app/healthvault.app.yml': text('New') });
    expect((await check(['--base', 'main'], {}, root())).changes).toMatchObject([{ setting: 'description' }]);
  });

  test('without writing to the repository or leaving temporary files', async () => {
    prepare();
    const count = () => git(root(), 'count-objects');
    const [objects, temporary] = [count(), join(root(), '.git', 'temporary')];
    mkdirSync(temporary);
    await check(['--base', 'main'], { environment: { TMPDIR: temporary }, as: 'process' });
    expect(count()).toBe(objects);
    expect(readdirSync(temporary)).toEqual([]);
    expect(git(root(), 'status', '--porcelain')).toContain('?? moved/');
  });

  test('without reading a large untracked file or another repository inside', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    commit(root(), { a: 'A' });
    writeFiles(root(), { 'new.healthvault.yml': 'x'.repeat(5 * 1024 * 1024 + 1), 'inner/Web.config': '<a/>' });
    git(join(root(), 'inner'), 'init', '--quiet');
    const found = await check(['--base', 'main'], {}, root());
    expect(found.files).toMatchObject([{ path: 'new.healthvault.yml', status: 'added' }]);
    expect(found.verdict).toBe('blocked');
  });

  test('with a link in place of a manifest, and an unfinished merge', async () => {
    prepare();
    symlinkSync('app.healthvault.yml', join(root(), 'moved', 'second.healthvault.yml'));
    expect((await check()).changes.map(({ setting }) => setting)).toContain('document');
  });

  test('with a change of equal size in the second of the last commit', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    commit(root(), { 'healthvault.app.yml': buildManifest({ description: 'Old' }) });
    writeFiles(root(), { 'healthvault.app.yml': buildManifest({ description: 'New' }) });
    expect((await check(['--base', 'main'], {}, root())).changes).toMatchObject([{ setting: 'description' }]);
  });
});

describe('an incomplete clone', () => {
  function cloneWith(...flags: readonly string[]): string {
    git(root(), 'config', 'uploadpack.allowFilter', 'true');
    git(root(), 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const clone = join(root(), '.git', 'clone');
    git(root(), 'clone', '-q', '--no-checkout', ...flags, `file://${root()}`, clone);
    return clone;
  }

  test('that is partial fetches missing content in one request for each revision', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    const files = (description: string) =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [
          `a${index}/healthvault.app.yml`,
          buildManifest({ description: `${description} ${index}` }),
        ]),
      );
    commit(root(), files('Old'));
    git(root(), 'checkout', '-q', '-b', 'change');
    commit(root(), files('New'));
    const clone = cloneWith('--filter=blob:none');
    const trace = join(root(), '.git', 'trace');
    const environment = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'trace2.eventTarget', GIT_CONFIG_VALUE_0: trace };
    const answer = await check(['--base', 'origin/main', '--head', 'origin/change'], { environment }, clone);
    expect(answer.changes).toHaveLength(30);
    const packs = readdirSync(join(clone, '.git', 'objects', 'pack')).filter((name) => name.endsWith('.promisor'));
    expect(packs.length).toBeLessThanOrEqual(5);
  });

  test('that is partial fetches unchanged files that a changed file includes, also in few requests', async () => {
    git(root(), 'init', '--quiet', '--initial-branch', 'main');
    const include = (redirect: string) =>
      `<appSettings><add key="NonProductionActionUrlRedirectOverride" value="https://${redirect}.example/"/></appSettings>`;
    const folders = Array.from({ length: 30 }, (_, index) => `a${index}`);
    const choose = (name: string) =>
      folders.map((folder) => [
        `${folder}/Web.config`,
        `<configuration><appSettings file="${name}.config"><add key="ShellUrl" value="https://account.healthvault.com"/></appSettings></configuration>`,
      ]);
    const included = folders.flatMap((folder) =>
      ['old', 'new'].map((name) => [`${folder}/${name}.config`, include(`${name}-${folder}`)]),
    );
    commit(root(), Object.fromEntries([...choose('old'), ...included]));
    git(root(), 'checkout', '-q', '-b', 'change');
    commit(root(), Object.fromEntries(choose('new')));
    const clone = cloneWith('--filter=blob:none');
    const answer = await check(['--base', 'origin/main', '--head', 'origin/change'], {}, clone);
    expect(answer.changes).toHaveLength(30);
    expect(answer.changes[0]).toMatchObject({ file: 'a0/new.config' });
    const packs = readdirSync(join(clone, '.git', 'objects', 'pack')).filter((name) => name.endsWith('.promisor'));
    expect(packs.length).toBeLessThanOrEqual(6);
  });

  test('without the common ancestor is an error, never a smaller review', async () => {
    prepare();
    commit(root(), {});
    git(root(), 'checkout', '-q', 'main');
    commit(root(), { later: 'x' });
    const clone = cloneWith('--depth=1', '--no-single-branch');
    const result = await runCli(clone, ['check', '--base', 'origin/main', '--head', 'origin/change']);
    expect(result).toMatchObject({ exit: 3, out: '' });
    expect(result.error).toContain('git fetch --unshallow');
  });

  test('that contains everything since the common ancestor is enough', async () => {
    prepare();
    commit(root(), {});
    const clone = cloneWith('--depth=2', '--no-single-branch');
    expect((await check(['--base', 'origin/main', '--head', 'origin/change'], {}, clone)).changes).toHaveLength(1);
  });
});

describe('the reason is reported', () => {
  test('for a bare repository, which needs both revisions', async () => {
    prepare();
    commit(root(), {});
    const bare = join(root(), '.git', 'bare.git');
    git(root(), 'clone', '-q', '--bare', root(), bare);
    expect((await check(['--base', 'main', '--head', 'change'], {}, bare)).changes).toHaveLength(1);
    const result = await runCli(bare, ['check', '--base', 'main']);
    expect(result.exit).toBe(2);
    expect(result.error).toContain('(no-working-tree)');
  });

  test('for a repository of another owner', async () => {
    prepare();
    // Git itself asks for this variable in its own tests; the command line does not hand it on.
    const programs = join(root(), '.git', 'programs');
    writeFiles(programs, { git: `#!/bin/sh\nPATH="$REAL_PATH" GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec git "$@"\n` });
    chmodSync(join(programs, 'git'), 0o755);
    const path = process.env.PATH ?? '';
    const environment = { REAL_PATH: path, PATH: `${programs}:${path}` };
    const result = await runCli(root(), ['check', '--base', 'main'], { environment });
    expect(result.exit).toBe(2);
    expect(result.error).toContain('git config --global --add safe.directory');
    expect(result.error).toContain('(repository-not-trusted)');
  });

  test.each([
    [['--repo', '/nope', '--base', 'main'], 'repository-missing', 'There is no folder /nope'],
    [['--repo', '/', '--base', 'main'], 'not-a-repository', '--repo'],
  ])('for %j', async (words, id, sentence) => {
    const result = await runCli(root(), ['check', ...words]);
    expect(result).toMatchObject({ exit: 2, out: '' });
    expect(result.error).toContain(sentence);
    expect(result.error).toContain(`(${id})`);
  });

  test('for a file without permission', async () => {
    writeFiles(root(), {
      'base/healthvault.app.yml': buildManifest(),
      'head/healthvault.app.yml': buildManifest({ description: 'New' }),
    });
    chmodSync(root(), 0o755);
    chmodSync(join(root(), 'head', 'healthvault.app.yml'), 0);
    const words = ['check', '--base', './base', '--head', './head'];
    const result = await runCli(root(), words, { unprivileged: true });
    expect(result.error).toContain('(file-unreadable)');
    expect(result.exit).toBe(3);
  });
});
