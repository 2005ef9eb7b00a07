import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { labels } from '../../src/commands/labels.ts';
import { compareLabels, listPolicyLabels } from '../../src/commands/policy-labels.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import type { Policy } from '../../src/model/policy.ts';
import { startGitHub, takeProblems } from '../support/run-action.ts';
import { run, temporaryFolder, withEnvironment, writeFiles } from './support.ts';

const folder = temporaryFolder();
const TEAM =
  'extends: healthvault\nlabels: { configuration: team/ok }\nbreak-glass: { label: team/fire, approvers: { role: admin }, expires-after-hours: 24 }\n';

async function builtIn(): Promise<Policy> {
  const policy = (await readBuiltInPolicies()).get('healthvault');
  if (policy === undefined) throw new Error('the built-in policy is missing');
  return policy;
}

describe('the labels of a policy', () => {
  test("contain each label of the built-in policy once, within GitHub's limits", async () => {
    const policy = await builtIn();
    const wishes = listPolicyLabels(policy);
    const named = policy.categories.flatMap(({ label }) => label ?? []);
    expect(named.length).toBeGreaterThan(5);
    expect(wishes.map(({ name }) => name)).toEqual([...new Set(named)]);
    for (const { name, color, description } of wishes) {
      expect(name.length).toBeLessThanOrEqual(50);
      expect(color).toMatch(/^[0-9a-f]{6}$/);
      expect([...description].length).toBeLessThanOrEqual(100);
      expect(description).not.toContain('{');
      expect(description).toBe(policy.categories.find(({ label }) => label === name)?.attests);
    }
  });

  test('name both categories of a shared label, include emergency and evidence labels, and have short titles', async () => {
    const policy = await builtIn();
    const [step] = policy.steps;
    if (step === undefined) throw new Error('the built-in policy has no steps');
    const wishes = listPolicyLabels({
      ...policy,
      categories: policy.categories.map((one) => (one.label === null ? one : { ...one, label: 'Team/OK' })),
      breakGlass: {
        label: 'team/fire',
        approvers: { role: 'admin', users: [], teams: [], notAuthor: true },
        expiresAfterHours: 1,
      },
      steps: [
        {
          ...step,
          title: 'x'.repeat(200),
          evidence: { files: [], settings: [], labels: ['walkthrough/done', 'team/ok'] },
        },
      ],
    });
    expect(wishes.map(({ name, color }) => [name, color])).toEqual([
      ['Team/OK', '1d76db'],
      ['team/fire', 'b60205'],
      ['walkthrough/done', 'c5def5'],
    ]);
    expect(wishes[2]?.description).toHaveLength(100);
  });

  const wish = { name: 'go-live/ok', color: '1d76db', description: 'Clears it' };
  test.each([
    ['missing', [], 'create', undefined],
    ['equal', [{ ...wish }], 'keep', undefined],
    ['equal except for the case of its color', [{ ...wish, color: '1D76DB' }], 'keep', undefined],
    ['another color', [{ ...wish, color: 'ededed' }], 'repair', ['color']],
    ['no description', [{ ...wish, description: null }], 'repair', ['description']],
    ['another spelling', [{ ...wish, name: 'Go-Live/OK' }], 'repair', ['name']],
  ] as const)('are handled when a label is %s', (_, there, kind, differs) => {
    const [plan] = compareLabels([wish], there);
    expect([plan?.kind, plan !== undefined && 'differs' in plan ? plan.differs : undefined]).toEqual([kind, differs]);
  });
});

describe('the command labels', () => {
  let github: EmbeddedGitHub;
  withEnvironment(() => ({
    GITHUB_TOKEN: 'ghp_labels',
    GH_TOKEN: undefined,
    GITHUB_API_URL: github.addresses.api,
    GITHUB_REPOSITORY: 'fabrikam/health',
  }));

  // Without --policy the file of the current folder counts: the tests are where there is none.
  const before = process.cwd();
  beforeAll(async () => {
    process.chdir(folder);
    writeFiles(folder, { 'team.yml': TEAM });
    github = await startGitHub({
      files: { 'README.md': 'Hello\n' },
      labels: ['bug', 'go-live/configuration-approved', 'go-live/POLICY-approved'],
      tokens: {
        ghp_labels: { login: 'grace', permissions: { contents: 'read', issues: 'write' }, app: null },
        ghp_reader: { login: 'tim', permissions: { contents: 'read', issues: 'read' }, app: null },
      },
    });
  });
  afterAll(async () => {
    process.chdir(before);
    await github.close();
  });
  afterEach(() => expect(takeProblems(github)).toEqual([]));

  const writes = () => github.requests.filter(({ kind }) => kind === 'write').length;

  test('writes nothing in a dry run and prints what it would do', async () => {
    github.resetRequests();
    const answer = await run(labels, { 'dry-run': true });
    expect(answer.exit).toBe(0);
    expect(answer.out).toContain('to create  go-live/workflow-approved');
    expect(answer.out).toContain('to update  go-live/policy-approved (name, color, description)');
    expect(writes()).toBe(0);
  });

  test('creates and repairs labels, leaves others alone, and has nothing to do the second time', async () => {
    const wishes = listPolicyLabels(await builtIn());
    const answer = await run(labels);
    expect([answer.exit, answer.out]).toEqual([0, expect.stringContaining(`${wishes.length} created or updated`)]);
    const there = github.state.labels.map(({ name, color, description }) => ({ name, color, description }));
    expect(there.filter(({ name }) => name === 'bug')).toEqual([{ name: 'bug', color: 'ededed', description: null }]);
    expect(there).toHaveLength(wishes.length + 1);
    expect(there).toEqual(expect.arrayContaining([...wishes]));
    github.resetRequests();
    const again = await run(labels);
    expect([again.exit, writes()]).toEqual([0, 0]);
    expect(again.out).toContain('0 created or updated');
  });

  test('uses the named policy, or the one of the default branch', async () => {
    expect((await run(labels, { policy: join(folder, 'team.yml'), 'dry-run': true })).out).toContain(
      'to create  team/fire',
    );
    expect(await run(labels, { policy: join(folder, 'none.yml') })).toMatchObject({ exit: 2, id: 'policy-not-found' });
    github.state.commitTo('main', { files: { '.github/go-live.yml': TEAM } });
    const answer = await run(labels, { 'dry-run': true });
    expect(answer.out).toContain('to create  team/ok');
    expect(answer.out).toContain('(.github/go-live.yml@main)');
    writeFiles(folder, { '.github/go-live.yml': 'extends: healthvault\nlabels: { configuration: here/ok }\n' });
    expect((await run(labels, { 'dry-run': true })).out).toContain('to create  here/ok');
    rmSync(join(folder, '.github'), { recursive: true });
    github.state.commitTo('main', { files: { '.github/go-live.yml': null } });
  });

  test('ends with exit code 3 for a token that can only read, and names the permission', async () => {
    process.env.GITHUB_TOKEN = 'ghp_reader';
    github.state.deleteLabel('go-live/workflow-approved');
    const answer = await run(labels);
    expect([answer.exit, answer.id]).toEqual([3, 'github-forbidden']);
    expect(answer.message).toContain('issues: write');
  });

  test.each([
    ['no repository', { GITHUB_REPOSITORY: '' }, {}, 'repo-missing'],
    ['an invalid repository', {}, { repo: 'fabrikam' }, 'repo-bad'],
    ['no token', { GITHUB_TOKEN: '' }, {}, 'token-missing'],
  ])('rejects %s', async (_, environment, values, id) => {
    Object.assign(process.env, environment);
    expect(await run(labels, values)).toMatchObject({ exit: 2, id });
  });

  test('uses GH_TOKEN without GITHUB_TOKEN, and ends with exit code 3 for a wrong token', async () => {
    process.env.GITHUB_TOKEN = '';
    process.env.GH_TOKEN = 'ghp_labels';
    expect((await run(labels, { 'dry-run': true, repo: 'fabrikam/health' })).exit).toBe(0);
    process.env.GH_TOKEN = 'ghp_unknown';
    expect(await run(labels)).toMatchObject({ exit: 3, id: 'github-bad-token' });
  });
});
