/**
 * The page about writing a policy, followed word for word: its blocks are put into files, its commands are run, and what they
 * print is what the page shows. `UPDATE_GOLDEN=1` writes the output into the page, and the policy into `examples`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from '../support/run-cli.ts';
import { type CodeBlock, listCodeBlocks, ROOT, readProjectFile } from './markdown.ts';

const PAGE = 'docs/write-a-policy.md';
const POLICY = 'examples/forge/policy.yml';
const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** Where the page says that entries are added; elsewhere they are added at the end of the section. */
const PLACES: Readonly<Record<string, string>> = {
  categories: '  governance:\n',
  rules: '  # Add your rules here.\n',
};

const root = mkdtempSync(join(tmpdir(), 'go-live-write-'));
const folder = join(root, 'policy');
afterAll(() => rmSync(root, { recursive: true }));

/** A file as top-level sections, each from its key to the next. */
function splitSections(text: string): readonly { readonly key: string; readonly text: string }[] {
  return text
    .split(/^(?=[a-z-]+:)/m)
    .map((section) => ({ key: /^([a-z-]+):/.exec(section)?.[1] ?? '', text: section }));
}

/** Puts a block into the policy as the page says. */
function edit(policy: string, { info, text }: CodeBlock): string {
  return splitSections(text).reduce((whole, { key, text: added }) => {
    const commented = new RegExp(`^# ${key}:\\n(?:#  .*\\n)*`, 'm');
    if (info === 'replace' && commented.test(whole)) return whole.replace(commented, () => added);
    const current = splitSections(whole).find((section) => section.key === key)?.text;
    if (current === undefined) return `${whole.trimEnd()}\n\n${added}`;
    // The comments between two sections belong to the next one.
    const end = /\n(?:\n|#.*\n)*$/.exec(current)?.[0] ?? '\n';
    if (info === 'replace') return whole.replace(current, () => `${added.trimEnd()}${end}`);
    const entries = added.replace(/^.*\n/, '');
    const place = PLACES[key];
    if (place === undefined)
      return whole.replace(current, () => `${current.slice(0, -end.length)}\n${entries.trimEnd()}${end}`);
    return whole.replace(current, () =>
      current.replace(place, () => (key === 'rules' ? entries : `${entries}${place}`)),
    );
  }, policy);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The app whose history the page replays. */
function makeApp(): void {
  const app = join(root, 'your-app');
  mkdirSync(app);
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => [
        [`GIT_${who}_NAME`, 'Ada'],
        [`GIT_${who}_EMAIL`, 'ada@example.com'],
        [`GIT_${who}_DATE`, '2026-03-02T09:00:00Z'],
      ]),
    ),
  };
  const git = (...words: readonly string[]) => execFileSync('git', words, { cwd: app, env });
  const manifest = readFileSync(join(folder, 'scenarios/scope-added/base/manifest.yml'), 'utf8');
  const versions: readonly (readonly [string, string])[] = [
    ['First version', manifest],
    ['Search issues', manifest.replace('nodejs22.x', 'nodejs24.x')],
    ['Write comments', manifest.replace('[read:jira-work]', '[read:jira-work, write:jira-work]')],
    ['Roll out by permission', `${manifest}environment: {}\n`],
  ];
  git('init', '--quiet', '--initial-branch=main');
  for (const [subject, text] of versions) {
    writeFileSync(join(app, 'manifest.yml'), text);
    git('add', '-A');
    git('commit', '--quiet', '-m', subject);
  }
}

test('every block of the page has the result on the page', async () => {
  const blocks = listCodeBlocks(PAGE);
  const outputs: string[] = [];
  let printed = '';
  mkdirSync(folder);
  for (const block of blocks) {
    const { language, info, text } = block;
    const [, path] = /^file=(\S+)$/.exec(info) ?? [];
    if (language === 'sh') {
      if (text.includes('../your-app')) makeApp();
      printed = '';
      for (const line of text.trim().split('\n')) {
        const [name, ...words] = line.split(' ');
        expect(name).toBe('go-live-gate');
        const { exit, out, error } = await runCli(folder, words);
        expect({ line, exit, out, error }).toMatchObject({
          exit: line.includes('policy test') && outputs.length < 2 ? 1 : 0,
        });
        printed = `${out}${error}`;
      }
    } else if (path !== undefined) write(path, text);
    else if (info === 'add' || info === 'replace')
      write('forge.yml', edit(readFileSync(join(folder, 'forge.yml'), 'utf8'), block));
    else {
      expect([language, info]).toEqual(['text', 'output']);
      outputs.push(printed);
      if (!isUpdate) expect(text).toBe(printed);
    }
  }
  const policy = readFileSync(join(folder, 'forge.yml'), 'utf8');
  if (isUpdate) {
    let index = 0;
    const page = readProjectFile(PAGE).replace(
      /^```text output\n[\s\S]*?^```$/gm,
      () => `\`\`\`text output\n${outputs[index++]}\`\`\``,
    );
    writeFileSync(join(ROOT, PAGE), page);
    mkdirSync(dirname(join(ROOT, POLICY)), { recursive: true });
    writeFileSync(join(ROOT, POLICY), policy);
  }
  expect(readProjectFile(POLICY)).toBe(policy);
  expect(outputs.join('')).not.toContain('warning');
});

test('the finished policy answers its scenarios as expected, and every rule has one', async () => {
  const { exit, out } = await runCli(ROOT, ['policy', 'test', 'examples/forge/scenarios', '--policy', POLICY]);
  expect(out).toMatch(/scenarios, 0 not as expected\.\nEvery rule matches a scenario\.\n$/);
  expect(exit).toBe(0);
});
