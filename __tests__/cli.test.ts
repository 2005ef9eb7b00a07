/** The command line as a user starts it: refs and folders, formats, exit codes, and what it says when used wrongly. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { buildManifest, MANIFEST_PATH } from './support/fabrikam.ts';
import { type Run, runCli } from './support/run-cli.ts';

const NOW = '2026-11-23T18:00:00Z';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-live-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const run = (...words: readonly string[]): Promise<Run> => runCli(folder, words);

function git(...words: readonly string[]): void {
  const names = ['-c', 'user.name=Ada', '-c', 'user.email=ada@fabrikam.example', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...names, ...words], { cwd: folder, stdio: 'pipe' });
}

function commitAll(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
}

function repository(): void {
  git('init', '--quiet', '--initial-branch', 'main');
  write(MANIFEST_PATH, buildManifest());
  commitAll('base');
  git('checkout', '--quiet', '-b', 'change');
}

interface Printed {
  readonly verdict: string;
  readonly fingerprint: string;
  readonly categories: readonly string[];
  readonly changes: readonly { readonly setting: string; readonly rule: string }[];
  readonly files: readonly { readonly path: string; readonly status: string; readonly previousPath?: string }[];
  readonly policy: Readonly<Record<string, string>>;
}

async function report(...words: readonly string[]): Promise<Printed> {
  return JSON.parse((await run('check', '--now', NOW, '--format', 'json', ...words)).out) as Printed;
}

describe('a comparison between git refs and the working tree', () => {
  beforeEach(repository);

  test('takes the working tree as the head by default, with untracked files', async () => {
    expect(await report('--base', 'main')).toMatchObject({ verdict: 'passed', categories: [] });
    write(MANIFEST_PATH, buildManifest({ description: 'New' }));
    write(
      'app/Web.config',
      '<configuration><appSettings><add key="WCPage_IsMRA" value="true"/></appSettings></configuration>',
    );
    expect((await report('--base', 'main')).categories).toEqual(['signup-workflow', 'configuration']);
  });

  test('of two refs starts at their common ancestor, like a pull request', async () => {
    write(MANIFEST_PATH, buildManifest({ description: 'New' }));
    commitAll('change');
    git('checkout', '--quiet', 'main');
    write('other.healthvault.yml', buildManifest());
    commitAll('something else on the base');
    const found = await report('--base', 'main', '--head', 'change');
    expect(found.files.map(({ path }) => path)).toEqual([MANIFEST_PATH]);
  });

  test('follows a moved file across the rename', async () => {
    git('mv', MANIFEST_PATH, 'moved.healthvault.yml');
    commitAll('move');
    const found = await report('--base', 'main', '--head', 'change');
    expect(found).toMatchObject({ verdict: 'passed', categories: ['none'] });
    expect(found.files).toEqual([
      { path: 'moved.healthvault.yml', previousPath: MANIFEST_PATH, status: 'renamed', format: 'application-manifest' },
    ]);
  });

  test('finds the same application in a file that moved and changed completely', async () => {
    git('rm', '--quiet', MANIFEST_PATH);
    const long = Array.from({ length: 60 }, (_, index) => `# comment ${index}`).join('\n');
    write('config/app.healthvault.yml', `${long}\n${buildManifest({ description: 'New' })}`);
    commitAll('move and change');
    const found = await report('--base', 'main', '--head', 'change');
    expect(found.categories).toEqual(['configuration']);
    expect(found.changes.map(({ setting }) => setting)).toEqual(['description']);
  });

  test('needs a person when the manifest is deleted', async () => {
    git('rm', '--quiet', MANIFEST_PATH);
    commitAll('delete');
    const found = await report('--base', 'main', '--head', 'change');
    expect(found).toMatchObject({ verdict: 'blocked', categories: ['unknown'] });
    expect(found.changes).toMatchObject([{ setting: 'document', rule: 'document-removed' }]);
  });

  test('uses the policy of the base, never the one of the head', async () => {
    write('.github/go-live.yml', 'extends: healthvault\nignore: ["**/*.healthvault.yml", "healthvault.app.yml"]\n');
    write(MANIFEST_PATH, buildManifest({ description: 'New' }));
    commitAll('ignore everything');
    const found = await report('--base', 'main', '--head', 'change');
    expect(found.categories).toEqual(['configuration', 'governance']);
    expect(found.policy).toEqual({
      source: 'built-in',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: 'healthvault',
      consentWidening: 'configuration',
      merge: 'after-review',
    });
  });

  test('counts given labels, and reports that they are unproven', async () => {
    write(MANIFEST_PATH, buildManifest({ description: 'New' }));
    const passed = await run('check', '--base', 'main', '--label', 'go-live/configuration-approved', '--now', NOW);
    expect(passed.exit).toBe(0);
    expect(passed.out).toContain('command line');
  });
});

describe('a comparison between two folders', () => {
  beforeEach(() => {
    write(`base/${MANIFEST_PATH}`, buildManifest());
    write(`head/${MANIFEST_PATH}`, buildManifest({ description: 'New' }));
  });
  const folders = () => ['--base', join(folder, 'base'), '--head', join(folder, 'head')];

  test.each(['text', 'markdown', 'json', 'sarif', 'html', 'github'])(
    'prints the same bytes each time in the format %s, with exit code 1',
    async (format) => {
      const once = await run('check', ...folders(), '--now', NOW, '--format', format);
      const again = await run('check', ...folders(), '--now', NOW, '--format', format);
      expect(once.exit).toBe(1);
      expect(once.out.length).toBeGreaterThan(200);
      expect(once).toEqual(again);
    },
  );

  test('prints a JSON report that follows the schema', async () => {
    const schema = JSON.parse(
      readFileSync(new URL('../schemas/report.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const ajv = new Ajv({ allErrors: true, strict: false });
    addFormats.default(ajv);
    const valid = ajv.compile(schema);
    valid(JSON.parse((await run('check', ...folders(), '--now', NOW, '--format', 'json')).out));
    expect(valid.errors).toBeNull();
  });

  test('writes the file with --output and prints nothing', async () => {
    const result = await run('check', ...folders(), '--now', NOW, '--format', 'json', '--output', 'report.json');
    expect(result).toMatchObject({ exit: 1, out: '' });
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'blocked' });
  });

  test('finds a changed logo below an unchanged manifest', async () => {
    const withLogo = `${buildManifest()}logo: { large: assets/logo.png }\n`;
    for (const side of ['base', 'head']) write(`${side}/${MANIFEST_PATH}`, withLogo);
    write('base/assets/logo.png', 'one');
    write('head/assets/logo.png', 'two');
    const found = await report(...folders());
    expect(found.categories).toEqual(['configuration']);
    expect(found.changes).toMatchObject([{ setting: 'logo.large', rule: 'logo-changed' }]);
    expect(found.files).toEqual([{ path: 'assets/logo.png', status: 'modified', format: 'referenced-file' }]);
  });

  test.each([
    ['a symbolic link', () => symlinkSync('elsewhere', join(folder, 'head', 'new.healthvault.yml'))],
    ['a file over the limit', () => write('head/new.healthvault.yml', new Uint8Array(5 * 1024 * 1024 + 1))],
    ['bytes that are not text', () => write('head/new.healthvault.yml', Uint8Array.of(0xff, 0xfe, 0xff))],
  ])('reports %s in place of a manifest as unknown, with the reason', async (_, make) => {
    make();
    const found = await report(...folders());
    expect(found.categories).toContain('unknown');
    expect(JSON.stringify(found)).toContain('new.healthvault.yml');
  });
});

describe('a change that only a person can classify is bound to the content of base and head with', () => {
  const fingerprintOf = async (base: string | Uint8Array, head: string | Uint8Array): Promise<string> => {
    write(`base/${MANIFEST_PATH}`, base);
    write(`head/${MANIFEST_PATH}`, head);
    const found = await report('--base', join(folder, 'base'), '--head', join(folder, 'head'));
    expect(found.categories).toEqual(['unknown']);
    return found.fingerprint;
  };
  const large = (last: number) => {
    const bytes = new Uint8Array(5 * 1024 * 1024 + 1);
    bytes[bytes.length - 1] = last;
    return bytes;
  };

  test.each([
    [
      'a readable head after an unreadable base',
      ['a: [', buildManifest()],
      ['a: [', buildManifest({ description: 'New' })],
    ],
    [
      'an unreadable head after a readable base',
      [buildManifest(), 'a: ['],
      [buildManifest({ description: 'New' }), 'a: ['],
    ],
    ['two unreadable heads', [buildManifest(), 'a: ['], [buildManifest(), 'b: [']],
    ['two files over the limit', [buildManifest(), large(1)], [buildManifest(), large(2)]],
  ] as const)('%s', async (_, [base, head], [otherBase, otherHead]) => {
    const fingerprint = await fingerprintOf(base, head);
    expect(fingerprint).not.toBe(await fingerprintOf(otherBase, otherHead));
    expect(fingerprint).toBe(await fingerprintOf(base, head));
  });
});

describe('wrong use ends with exit code 2, a sentence and an id', () => {
  beforeEach(repository);
  test.each([
    [['check'], 'no-base'],
    [['check', '--base', 'nowhere'], 'unknown-revision'],
    [['check', '--bsae', 'main'], 'wrong-option'],
    [['check', '--base', 'main', '--format', 'pdf'], 'unknown-format'],
    [['check', '--base', 'main', '--now', 'yesterday'], 'bad-time'],
    [['check', '--base', 'main', '--policy', 'missing.yml'], 'policy-not-found'],
    [['chekc'], 'unknown-command'],
    [['explain', 'no-such-thing'], 'unknown-term'],
    [['policy'], 'wrong-option'],
    [['policy', 'test', 'nowhere'], 'no-scenarios'],
    [['simulate', 'missing.yml'], 'story-not-found'],
  ])('for %j with %s', async (words, id) => {
    const result = await run(...words);
    expect(result).toMatchObject({ exit: 2, out: '' });
    expect(result.error).toContain(`(${id})`);
  });

  test('asks which one is meant when a name is both a folder and a ref', async () => {
    write('change/file', 'x');
    const result = await run('check', '--base', 'change');
    expect(result.exit).toBe(2);
    expect(result.error).toContain('(ambiguous-revision)');
    expect((await run('check', '--base', 'refs/heads/change')).exit).toBe(0);
  });

  test('names file, line, column, the expected value and a suggestion for an invalid policy', async () => {
    write('policy.yml', 'extends: healthvault\nlabls: {}\n');
    const result = await run('check', '--base', 'main', '--policy', 'policy.yml');
    expect(result.exit).toBe(2);
    expect(result.error).toContain('policy.yml:2:1: There is no key "labls" here.');
    expect(result.error).toContain('Did you mean labels?');
    expect((await run('policy', 'check', 'policy.yml')).exit).toBe(2);
  });

  test('ends with exit code 3 for unrelated histories', async () => {
    git('checkout', '--quiet', '--orphan', 'island');
    write('x', 'x');
    commitAll('island');
    const result = await run('check', '--base', 'main', '--head', 'island');
    expect(result.exit).toBe(3);
    expect(result.error).toContain('(no-common-ancestor)');
  });
});

test('--version and --help end with exit code 0, and no command prints the help with exit code 2', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(await run('--version')).toEqual({ exit: 0, out: `${version}\n`, error: '' });
  expect((await run('check', '--help')).out).toContain('--base <ref or folder>');
  expect(await run('--help')).toMatchObject({ exit: 0, error: '' });
  expect((await run()).exit).toBe(2);
});

test('explain lists rules, settings with their ACC tab, steps and sentences', async () => {
  expect((await run('explain', 'action-url')).out).toContain('Application Configuration Center (ACC) tab: Information');
  expect((await run('explain', 'certificate-changed')).out).toContain('label: go-live/certificate-approved');
  expect((await run('explain', 'R17')).out).toContain('addendum');
  expect((await run('explain')).out).toContain('required-access-widened');
});
