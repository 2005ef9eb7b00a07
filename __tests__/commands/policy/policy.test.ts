import { cpSync, writeFileSync } from 'node:fs';
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
  'go-live.yml': 'extends: healthvault\nrules:\n  text-changed: { category: signup-workflow, reason: We say so. }\n',
  'invalid.yml': 'extends: healthvault\nwach: []\n',
});

test('check counts what a valid policy has', async () => {
  const answer = await run(policy, {}, ['check', stricter]);
  expect(answer).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/go-live\.yml is valid: \d+ rules, \d+ categories\.\n$/),
  });
  expect(await run(policy, { policy: stricter }, ['check'])).toEqual(answer);
});

test('check shows warnings with their places, and the policy is valid all the same', async () => {
  writeFiles(folder, {
    'careless.yml': "extends: healthvault\nignore: ['**']\napprovers: { default: { role: read } }\n",
  });
  const { exit, out } = await run(policy, {}, ['check', join(folder, 'careless.yml')]);
  expect(exit).toBe(0);
  expect(out).toMatch(/careless\.yml:2:10: warning: .*every path.* \(warn-ignores-everything\)\n/);
  expect(out).toMatch(/careless\.yml:3:31: warning: .*role read.* \(warn-low-role\)\n.*is valid/);
});

test('check says that teams need a token, unless the workflow beside the policy sets one', async () => {
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
])('%j is wrong use: %s', async (operands, id) => {
  expect(await run(policy, {}, operands)).toMatchObject({ exit: 2, id });
});

describe('test', () => {
  test('runs scenarios against the policy that each has', async () => {
    const { exit, out } = await run(policy, {}, ['test', scenarios]);
    expect(exit).toBe(0);
    expect(out).toContain('manifest/reformatted: as expected (passed; none)\n');
    expect(out).toContain('decoys/readme: as expected (passed; nothing watched)\n');
    expect(out).toContain('3 scenarios, 0 differ from the expected.\nRules that nothing hits: secret-found');
  });

  test('a policy that says something else differs from the expected and from the built-in one', async () => {
    const { exit, out } = await run(policy, { policy: stricter }, ['test', scenarios]);
    expect(exit).toBe(1);
    expect(out).toMatch(/manifest\/translation-added: DIFFERS from the expected \(blocked; signup-workflow\)\n {4}\S/);
    expect(out).toContain('  other than under the built-in policy:\n');
    expect(out).toContain('3 scenarios, 1 differ from the expected.\n');
  });

  test('without an expected answer there is nothing to differ from, and a broken one is named', async () => {
    const alone = join(folder, 'alone');
    writeFiles(alone, { 'a/scenario.yml': 'title: A\n', 'a/base/README.md': 'a', 'a/head/README.md': 'b' });
    expect(await run(policy, {}, ['test', alone])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('a: nothing expected (passed; nothing watched)'),
    });
    writeFiles(alone, { 'a/expected/answer.json': '{' });
    expect(await run(policy, {}, ['test', alone])).toMatchObject({ exit: 2, id: 'bad-scenario' });
    writeFileSync(join(alone, 'a/expected/answer.json'), '{"verdict":"blocked","changes":[]}');
    expect((await run(policy, {}, ['test', alone])).exit).toBe(1);
  });

  test.each([
    ['nothing but a verdict', 'expect: { verdict: passed }\n', {}],
    ['two expectations', 'expect: { changes: [] }\n', { 'a/expected/answer.json': '{"changes":[]}' }],
  ])('%s is refused', async (name, expected, files) => {
    const refused = join(folder, name);
    const sides = { 'a/base/README.md': 'a', 'a/head/README.md': 'b' };
    writeFiles(refused, { 'a/scenario.yml': `title: A\n${expected}`, ...sides, ...files });
    expect(await run(policy, {}, ['test', refused])).toMatchObject({ exit: 2, id: 'bad-scenario' });
  });

  test('expected changes in scenario.yml are compared, and nothing else', async () => {
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
