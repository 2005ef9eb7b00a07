/** The documents say what is true: links lead somewhere, examples are read as they say, commands exist, errors have a fix. */
import { spawnSync } from 'node:child_process';
import { dirname, join, normalize } from 'node:path';
import { commands } from '../../src/commands/list.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { runCli } from '../support/run-cli.ts';
import { listComplaints } from './language-service.ts';
import {
  type CodeBlock,
  listAnchors,
  listCodeBlocks,
  listMarkdownFiles,
  listProjectFiles,
  ROOT,
  readProjectFile,
  readProse,
} from './markdown.ts';
import { describeReading } from './reading.ts';
import { removeRepository, sampleRepository } from './sample-repository.ts';

const files = listMarkdownFiles();
/** Its own test follows it from block to block. */
const TUTORIAL = 'docs/write-a-policy.md';
const blocks = files.filter((file) => file !== TUTORIAL).flatMap(listCodeBlocks);
const name = ({ file, line }: CodeBlock): string => `${file}:${line}`;

test('there are documents with blocks', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/design.md', 'docs/formats.md']));
  expect(blocks.length).toBeGreaterThan(20);
});

describe('a link', () => {
  const paths = new Set(listProjectFiles());
  const folders = new Set([...paths].flatMap((path) => listParents(path)));

  test.each(files)('in %s resolves to a file or heading of the project', (file) => {
    const broken = listLinks(file).filter((link) => !resolves(file, link));
    expect(broken).toEqual([]);
  });

  function resolves(file: string, link: string): boolean {
    const [written = '', anchor] = link.split('#', 2);
    const path = written === '' ? file : normalize(join(dirname(file), decodeURI(written))).replace(/\/$/, '');
    if (!paths.has(path)) return folders.has(path) && anchor === undefined;
    return anchor === undefined || !path.endsWith('.md') || listAnchors(path).has(anchor);
  }
});

function listParents(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [folder, ...listParents(folder)];
}

/** Targets of links and pictures, Markdown's and HTML's, that stay within the project. */
function listLinks(file: string): readonly string[] {
  const text = readProse(file);
  const markdown = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target = '']) => target);
  const html = [...text.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map(([, target = '']) => target);
  return [...markdown, ...html].filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target));
}

describe('an example of a format', () => {
  const examples = blocks.flatMap((block, index) => {
    const [, path] = /\btitle=(\S+)/.exec(block.info) ?? [];
    return path === undefined ? [] : [{ block, path, reading: blocks[index + 1] }];
  });

  test('exists for nearly every reader', () => expect(examples.length).toBeGreaterThanOrEqual(12));

  test.each(examples.map((example) => [`${name(example.block)} ${example.path}`, example] as const))(
    'in %s is read as the page says',
    (_, { block, path, reading }) => {
      expect(reading?.info).toBe('reading');
      expect(reading?.text).toBe(describeReading(path, block.text));
    },
  );
});

const presets = await readBuiltInPolicies();

describe('a YAML block', () => {
  const yaml = blocks.filter(({ language, info }) => language === 'yaml' && !info.includes('title='));
  const isWorkflow = ({ text }: CodeBlock): boolean => /^(?:on|jobs):/m.test(text);
  const isPart = ({ info }: CodeBlock): boolean => info === 'part';

  test('exists for policies and workflows', () => {
    expect(yaml.filter(isWorkflow).length).toBeGreaterThan(2);
    expect(yaml.filter((block) => !isWorkflow(block) && !isPart(block)).length).toBeGreaterThan(2);
    expect(yaml.filter(isPart).length).toBeGreaterThan(2);
  });

  test.each(yaml.filter((block) => isWorkflow(block)).map((block) => [name(block), block] as const))(
    'in %s is a workflow that GitHub accepts',
    async (_, block) => expect(await listComplaints('.github/workflows/example.yml', block.text)).toEqual([]),
  );

  test.each(yaml.filter((block) => isPart(block)).map((block) => [name(block), block] as const))(
    'in %s is a part of a step or job that GitHub accepts',
    async (_, block) => {
      const steps = block.text.trim().replace(/^/gm, '      ');
      const workflow = `on: pull_request_target\njobs:\n  gate:\n    runs-on: ubuntu-latest\n    steps:\n${steps}\n`;
      expect(await listComplaints('.github/workflows/example.yml', workflow)).toEqual([]);
    },
  );

  test.each(yaml.filter((block) => !isWorkflow(block) && !isPart(block)).map((block) => [name(block), block] as const))(
    'in %s is a policy that the gate accepts',
    (_, block) => {
      expect(readPolicy(block.text, name(block), presets)).toHaveProperty('policy');
    },
  );
});

test('the commit that the README pins belongs to this repository', () => {
  const shas = [...readProjectFile('README.md').matchAll(/healthvault-go-live-gate@([0-9a-f]{40})\b/g)].map(
    ([, sha = '']) => sha,
  );
  expect(shas).toHaveLength(1);
  const runGit = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout.trim();
  if (runGit('rev-parse', '--is-shallow-repository') !== 'false') return; // a copy without history cannot say
  for (const sha of shas) expect(runGit('cat-file', '-t', `${sha}:action.yml`)).toBe('blob');
});

/** What stands for a clone of the reader's. */
const PLACES: ReadonlySet<string> = new Set(['../your-repository', '<clone>', 'path/to/your/repository']);

/** Commands that ask GitHub: their options are looked at, and their own tests run them. */
const NEEDS_GITHUB: ReadonlySet<string> = new Set(['doctor', 'labels']);

describe('a command', () => {
  const repository = sampleRepository();
  afterAll(() => removeRepository(repository));

  const lines = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap((block) => block.text.split('\n').map((line) => ({ at: name(block), line: line.trim() })))
    .filter(({ line }) => line !== '' && !line.startsWith('#'));
  const scripts = (JSON.parse(readProjectFile('package.json')) as { scripts: Record<string, string> }).scripts;

  test('exists in the documents', () => expect(lines.length).toBeGreaterThan(5));

  test.each(lines.map(({ at, line }) => [at, line] as const))('in %s runs as %s', async (_, line) => {
    const words = line.split(' ');
    const own = /^(?:node dist\/cli\.js|go-live-gate|npx (?:--yes )?healthvault-go-live-gate\S*) (.*)$/.exec(line)?.[1];
    if (own !== undefined) await expectKnownCommand(own.split(' '));
    else if (words[0] === 'npm' && words[1] === 'run') expect(Object.keys(scripts)).toContain(words[2]);
    else if (words[0] === 'node') expect(listProjectFiles()).toContain(words[1]);
    else expect(['npm', 'git', 'gh', 'cd']).toContain(words[0]);
  });

  async function expectKnownCommand([command = '', ...rest]: readonly string[]): Promise<void> {
    if (command.startsWith('--')) return expect(['--help', '--version']).toContain(command);
    const found = await commands.get(command)?.load();
    if (found === undefined) throw new Error(`there is no command ${command}`);
    const given = rest.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')[0]);
    expect(found.options.map((option) => option.name)).toEqual(expect.arrayContaining(given));
    const isTemplate = rest.some((word) => /^<[a-z]+>$/.test(word)); // its reader fills it in
    if (NEEDS_GITHUB.has(command) || isTemplate) return;
    const inProject = rest.some((word) => word.startsWith('examples/'));
    const words = rest.map((word) => (PLACES.has(word) ? '.' : word.replace(/^'(.*)'$/, '$1')));
    const { exit, out, error } = await runCli(inProject ? ROOT : repository, [command, ...words]);
    const printed = `${out}${error}`;
    // The small repository has none of the files of other platforms.
    const understood = exit === 0 || exit === 1 || (rest.includes('--paths') && printed.includes('(no-commits)'));
    expect({ line: rest, understood, printed }).toMatchObject({ understood: true });
    expect(printed).toMatch(/\S/);
  }
});
