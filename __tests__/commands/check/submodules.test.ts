/** A submodule that moves is seen by `check`, although git keeps its files elsewhere. */
import { runCli } from '../../support/run-cli.ts';
import { commit, folderForEachTest, git } from '../support.ts';

const root = folderForEachTest();
const [OLD, NEW] = ['1'.repeat(40), '2'.repeat(40)];

const point = (path: string, id: string) => git(root(), 'update-index', '--add', '--cacheinfo', `160000,${id},${path}`);

/** The changes between two commits whose index the steps prepare. */
async function changesOf(before: () => void, after: () => void, policy = ''): Promise<readonly string[]> {
  git(root(), 'init', '--quiet', '--initial-branch', 'main');
  commit(root(), { 'README.md': 'x\n', ...(policy === '' ? {} : { '.github/go-live.yml': policy }) });
  before();
  git(root(), 'commit', '-q', '--allow-empty', '-m', 'base');
  git(root(), 'tag', 'base');
  after();
  git(root(), 'commit', '-q', '-m', 'head');
  const { out } = await runCli(root(), ['check', '--base', 'base', '--head', 'HEAD', '--format', 'json']);
  const report = JSON.parse(out) as { readonly changes: readonly Record<string, string>[] };
  return report.changes.map((one) => `${one.category} ${one.file}: ${one.kind} ${one.before} => ${one.after}`);
}

test('another commit of a submodule is a change', async () => {
  expect(
    await changesOf(
      () => point('conf', OLD),
      () => point('conf', NEW),
    ),
  ).toEqual([`unknown conf: modified ${OLD} => ${NEW}`]);
});

test('a new submodule is a change, with the file that names it', async () => {
  expect(
    await changesOf(
      () => undefined,
      () => {
        commit(root(), { '.gitmodules': '[submodule "conf"]\n\tpath = conf\n\turl = https://x.example/c.git\n' });
        point('conf', NEW);
      },
    ),
  ).toEqual([`unknown .gitmodules: added null => conf: https://x.example/c.git`, `unknown conf: added null => ${NEW}`]);
});

test('a removed submodule is a change', async () => {
  expect(
    await changesOf(
      () => point('conf', OLD),
      () => git(root(), 'rm', '-q', '--cached', 'conf'),
    ),
  ).toEqual([`unknown conf: removed ${OLD} => null`]);
});

test('a submodule in an ignored folder is ignored', async () => {
  const policy = 'extends: healthvault\nignore: ["vendor/**"]\n';
  expect(
    await changesOf(
      () => point('vendor/lib', OLD),
      () => point('vendor/lib', NEW),
      policy,
    ),
  ).toEqual([]);
});

test.each(['health-connect', 'healthkit', 'google-oauth', 'browser-extension'])(
  'a submodule is unknown under %s',
  async (name) => {
    const policy = `extends: ${name}\n`;
    expect(
      await changesOf(
        () => point('app/lib', OLD),
        () => point('app/lib', NEW),
        policy,
      ),
    ).toEqual([`unknown app/lib: modified ${OLD} => ${NEW}`]);
  },
);
