import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policy } from '../../../src/commands/policy/policy.ts';
import { run, temporaryFolder, writeFiles } from '../support.ts';

const SCENARIOS = fileURLToPath(new URL('../../scenarios', import.meta.url));
const folder = temporaryFolder();
const stricter = join(folder, 'go-live.yml');
const scenarios = join(folder, 'scenarios');
const invalid = join(folder, 'invalid.yml');

for (const name of ['manifest/reformatted', 'manifest/translation-added', 'decoys/readme'])
  cpSync(join(SCENARIOS, name), join(scenarios, name), { recursive: true });
writeFiles(folder, {
  'go-live.yml': 'extends: healthvault\nrules:\n  text-added: { category: signup-workflow, reason: We say so. }\n',
  'invalid.yml': 'extends: healthvault\nwach: []\n',
});

describe('policy new', () => {
  test('writes a policy without warnings, named after the file', async () => {
    const file = join(folder, 'Atlassian Forge.yml');
    const { exit, out } = await run(policy, {}, ['new', file]);
    expect(exit).toBe(0);
    expect(out).toContain(`Wrote ${file}.`);
    expect(readFileSync(file, 'utf8')).toMatch(/^name: atlassian-forge$/m);
    expect(readFileSync(file, 'utf8')).toMatch(/label: atlassian-forge\/classified-by-hand$/m);
    expect((await run(policy, {}, ['check', file])).out).toBe(`${file} is valid: 6 rules, 4 categories.\n`);
  });

  test('prints the policy without a file name, and overwrites no file', async () => {
    expect(await run(policy, {}, ['new'])).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/^name: my-platform$/m),
    });
    expect(await run(policy, {}, ['new', stricter])).toMatchObject({ exit: 2, id: 'file-not-written' });
  });

  test.each([
    ['go-live.yaml', 'my-platform'],
    ['---.yml', 'my-platform'],
    [`${'a'.repeat(60)}.yml`, 'a'.repeat(30)],
    ['2nd Try!.policy.yml', 'nd-try-policy'],
  ])('writes into %s the policy %s, which is valid', async (name, id) => {
    const file = join(folder, 'named', name);
    writeFiles(folder, { 'named/x': '' });
    expect((await run(policy, {}, ['new', file])).exit).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(`\nname: ${id}\n`);
    expect((await run(policy, {}, ['check', file])).exit).toBe(0);
  });

  test('writes a policy that blocks every change to a watched file and every private key', async () => {
    const file = join(folder, 'blocking.yml');
    await run(policy, {}, ['new', file]);
    const text = readFileSync(file, 'utf8');
    const begin = ['-----BEGIN', 'RSA PRIVATE KEY-----'].join(' ');
    writeFiles(folder, {
      'blocked/config/base/app.toml': 'a = 1\n',
      'blocked/config/head/app.toml': 'a = 2\n',
      'blocked/removed/base/app.xml': '<a/>',
      'blocked/removed/head/README.md': '',
      'blocked/key/base/README.md': '',
      'blocked/key/head/id.txt': `${begin}\n${'QUJD'.repeat(40)}\n`,
      'blocked/policy/base/README.md': '',
      'blocked/policy/head/.github/go-live.yml': text,
      'blocked/prose/base/README.md': 'a',
      'blocked/prose/head/README.md': 'b',
    });
    for (const name of ['config', 'removed', 'key', 'policy', 'prose'])
      writeFiles(folder, { [`blocked/${name}/scenario.yml`]: `title: ${name}\n` });
    const { out } = await run(policy, { policy: file }, ['test', join(folder, 'blocked')]);
    expect(out).toContain('config: no expectation (blocked; unknown)');
    expect(out).toContain('removed: no expectation (blocked; unknown)');
    expect(out).toContain('key: no expectation (blocked; secret)');
    expect(out).toContain('policy: no expectation (blocked; governance)');
    expect(out).toContain('prose: no expectation (passed; nothing watched)');
  });
});

test('check counts the parts of a valid policy', async () => {
  const answer = await run(policy, {}, ['check', stricter]);
  expect(answer).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/go-live\.yml is valid: \d+ rules, \d+ categories\.\n$/),
  });
  expect(await run(policy, { policy: stricter }, ['check'])).toEqual(answer);
});

test('check lists warnings with their places, and the policy is valid', async () => {
  writeFiles(folder, {
    'careless.yml': "extends: healthvault\nignore: ['**']\napprovers: { default: { role: read } }\n",
  });
  const { exit, out } = await run(policy, {}, ['check', join(folder, 'careless.yml')]);
  expect(exit).toBe(0);
  expect(out).toMatch(/careless\.yml:2:10: warning: .*every path.* \(warn-ignores-everything\)\n/);
  expect(out).toMatch(/careless\.yml:3:31: warning: .*role read.* \(warn-low-role\)\n.*is valid/);
});

test('check reports that teams need a token, unless the workflow beside the policy has one', async () => {
  const file = join(folder, '.github/go-live.yml');
  const teams = 'extends: healthvault\napprovers: { default: { teams: [acme/go-live] } }\n';
  const workflow = (text: string) => ({ '.github/workflows/gate.yml': text, '.github/go-live.yml': teams });
  const step = 'jobs: { gate: { steps: [{ uses: acme/healthvault-go-live-gate@v2';
  for (const text of ['on: push\n', `${step} }] } }\n`, `${step}, with: { team-token: '' } }] } }\n`]) {
    writeFiles(folder, workflow(text));
    expect((await run(policy, {}, ['check', file])).out).toMatch(
      /:2:33: warning: .*acme\/go-live.*\(warn-no-team-token\)/,
    );
  }
  writeFiles(folder, workflow(`${step}, with: { team-token: '\${{ secrets.TEAMS }}' } }] } }\n`));
  expect((await run(policy, {}, ['check', file])).out).toMatch(/^\S+ is valid/);
});

test.each([
  [['check', invalid], 'policy-invalid'],
  [['check', join(folder, 'nowhere.yml')], 'policy-not-found'],
  [['check', stricter, invalid], 'wrong-option'],
  [['test'], 'wrong-option'],
  [['chek', stricter], 'wrong-option'],
  [[], 'wrong-option'],
])('%j is wrong use with %s', async (operands, id) => {
  expect(await run(policy, {}, operands)).toMatchObject({ exit: 2, id });
});

describe('policy test', () => {
  test('runs scenarios against the policy of each', async () => {
    const { exit, out } = await run(policy, {}, ['test', scenarios]);
    expect(exit).toBe(0);
    expect(out).toContain('manifest/reformatted: as expected (passed; none)\n');
    expect(out).toContain('decoys/readme: as expected (passed; nothing watched)\n');
    expect(out).toContain('3 scenarios, 0 not as expected.\nRules that match no scenario: secret-found');
  });

  test('reports differences of another policy from the expected and from the built-in one', async () => {
    const { exit, out } = await run(policy, { policy: stricter }, ['test', scenarios]);
    expect(exit).toBe(1);
    expect(out).toMatch(/manifest\/translation-added: NOT AS EXPECTED \(blocked; signup-workflow\)\n {4}\S/);
    expect(out).toContain('  changes from the built-in policy:\n');
    expect(out).toContain('3 scenarios, 1 not as expected.\n');
  });

  test('reports no difference without an expected answer, and names a broken one', async () => {
    const alone = join(folder, 'alone');
    writeFiles(alone, { 'a/scenario.yml': 'title: A\n', 'a/base/README.md': 'a', 'a/head/README.md': 'b' });
    expect(await run(policy, {}, ['test', alone])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('a: no expectation (passed; nothing watched)'),
    });
    writeFiles(alone, { 'a/expected/answer.json': '{' });
    expect(await run(policy, {}, ['test', alone])).toMatchObject({ exit: 2, id: 'bad-scenario' });
    writeFileSync(join(alone, 'a/expected/answer.json'), '{"verdict":"blocked","changes":[]}');
    expect((await run(policy, {}, ['test', alone])).exit).toBe(1);
  });

  test.each([
    ['only a verdict', 'expect: { verdict: passed }\n', {}],
    ['two expectations', 'expect: { changes: [] }\n', { 'a/expected/answer.json': '{"changes":[]}' }],
  ])('rejects %s', async (name, expected, files) => {
    const refused = join(folder, name);
    const sides = { 'a/base/README.md': 'a', 'a/head/README.md': 'b' };
    writeFiles(refused, { 'a/scenario.yml': `title: A\n${expected}`, ...sides, ...files });
    expect(await run(policy, {}, ['test', refused])).toMatchObject({ exit: 2, id: 'bad-scenario' });
  });

  test('compares only the expected changes in scenario.yml', async () => {
    const compact = join(folder, 'compact');
    const about = (changes: string) => `title: A\nexpect: { changes: ${changes} }\n`;
    const sides = { 'family/a/base/README.md': 'a', 'family/a/head/README.md': 'b' };
    writeFiles(compact, { 'family/a/scenario.yml': about('[]'), ...sides });
    const answer = await run(policy, {}, ['test', compact]);
    expect(answer).toMatchObject({ exit: 0, out: expect.stringContaining('family/a: as expected') });
    writeFiles(compact, { 'family/a/scenario.yml': about('[one]') });
    expect(await run(policy, {}, ['test', compact])).toMatchObject({
      exit: 1,
      out: expect.stringContaining('- "one"'),
    });
  });
});
