/** What `check` and `labels` say when an option does not fit: the option by name, and what to do. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildManifest } from '../../support/fabrikam.ts';
import { runCli } from '../../support/run-cli.ts';
import { folderForEachTest, writeFiles } from '../support.ts';

const root = folderForEachTest();
const FOLDERS = ['check', '--base', './base', '--head', './head', '--now', '2026-11-23T18:00:00Z'];

beforeEach(() => {
  writeFiles(root(), {
    'base/healthvault.app.yml': buildManifest(),
    'head/healthvault.app.yml': buildManifest({ description: 'New' }),
  });
});

describe('the option --output', () => {
  test.each<[string, string, () => void, string]>([
    ['a folder that does not exist', 'none/report.json', () => {}, 'there is no such folder). Create the folder first'],
    ['a folder', 'here', () => mkdirSync(join(root(), 'here')), 'it is a folder'],
    [
      'a file in place of a folder',
      'file/report.json',
      () => writeFileSync(join(root(), 'file'), ''),
      'is not a folder',
    ],
  ])('rejects %s', async (_, output, prepare, sentence) => {
    prepare();
    const { exit, error } = await runCli(root(), [...FOLDERS, '--output', output]);
    expect(exit).toBe(2);
    expect(error).toContain(sentence);
    expect(error).toContain('(file-not-written)');
    expect(error).not.toContain('the program itself failed');
  });
});

describe('the option --label', () => {
  test('names a misspelled label and the one that was meant', async () => {
    const { exit, error } = await runCli(root(), [...FOLDERS, '--label', 'go-live/configuration-aproved']);
    expect(exit).toBe(1);
    expect(error).toContain('does not name the label "go-live/configuration-aproved"');
    expect(error).toContain('Did you mean go-live/configuration-approved?');
  });

  test('accepts a label of the policy in any case', async () => {
    const { exit, error } = await runCli(root(), [...FOLDERS, '--label', 'Go-Live/Configuration-Approved']);
    expect({ exit, error }).toEqual({ exit: 0, error: '' });
  });

  test('ignores a label of an unrelated process', async () => {
    const { error } = await runCli(root(), [...FOLDERS, '--label', 'bug']);
    expect(error).toContain('go-live-gate labels --dry-run lists the labels');
  });
});

test('labels --dry-run lists the labels of the policy without a token', async () => {
  const environment = { GITHUB_TOKEN: '', GH_TOKEN: '', GITHUB_REPOSITORY: '' };
  const builtIn = await runCli(root(), ['labels', '--dry-run'], { environment });
  expect(builtIn).toMatchObject({ exit: 0, error: '' });
  expect(builtIn.out).toContain('  go-live/configuration-approved  ');
  expect(builtIn.out).toContain('labels of the policy (built-in). Set GITHUB_TOKEN');
  writeFiles(root(), { '.github/go-live.yml': 'extends: healthvault\nlabels: { configuration: team/ok }\n' });
  expect((await runCli(root(), ['labels', '--dry-run'], { environment })).out).toContain('  team/ok  ');
  expect((await runCli(root(), ['labels'], { environment })).exit).toBe(2);
});

test('an error message links to the page that explains it', async () => {
  const { error } = await runCli(root(), ['check', '--bsae', 'main']);
  const [, id = '', address = ''] = /\((\S+)\) (\S+)\n$/.exec(error) ?? [];
  expect(address).toMatch(new RegExp(`^https://github\\.com/.+/docs/troubleshooting\\.md#${id}$`));
  const page = readFileSync(new URL('../../../docs/troubleshooting.md', import.meta.url), 'utf8');
  expect(page).toContain(`### ${id}\n`);
});

test('a deleted file is not called unreadable', async () => {
  writeFiles(root(), { 'empty/readme.txt': '' });
  const { exit, out } = await runCli(root(), ['check', '--base', './base', '--head', './empty', '--verbose']);
  expect(exit).toBe(1);
  expect(out).toMatch(
    /healthvault\.app\.yml\s+was\s+deleted,\s+so\s+the\s+gate\s+cannot\s+read\s+it\.\s+A\s+reviewer\s+decides/,
  );
  expect(out).not.toContain('settles it');
});
