import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorFacts } from '../../../src/commands/doctor/trap.ts';
import { findTraps } from '../../../src/commands/doctor/traps.ts';
import { parseWorkflow } from '../../../src/commands/doctor/workflow-facts.ts';
import { nameSetup, WORKFLOW_PATH, writePolicy, writeWorkflow } from '../../../src/commands/init/files.ts';
import { init } from '../../../src/commands/init/init.ts';
import { policy } from '../../../src/commands/policy/policy.ts';
import { DEFAULT_POLICY_PATH } from '../../../src/model/policy.ts';

import { parseYaml } from '../../../src/syntax/yaml/yaml.ts';
import { git, run, temporaryFolder, writeFiles } from '../support.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const root = temporaryFolder();
let count = 0;

function repository(files: Readonly<Record<string, string>>, withGit = true): string {
  const folder = join(root, `repository-${count++}`);
  writeFiles(folder, { 'README.md': 'Talks to platform.healthvault.com\n', ...files });
  if (withGit) git(folder, 'init', '-q');
  return folder;
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

const CONFIG = `<configuration><appSettings>
  <add key="ApplicationId" value="9ca84d74-1473-471d-940f-2699cb7198df"/>
  <add key="HealthServiceUrl" value="https://platform.healthvault.com/platform/"/>
</appSettings></configuration>
`;

describe('init writes', () => {
  test('a workflow and a policy that the gate accepts', async () => {
    const folder = repository({ 'app/Web.config': CONFIG });
    const answer = await run(init, { repo: folder });
    expect(answer.exit).toBe(0);
    expect(answer.out).toContain('app/Web.config (dotnet-config)');
    expect(answer.out).toContain('Require the status "HealthVault go-live"');
    expect(answer.out).toContain('go-live-gate labels');
    expect('root' in parseYaml(read(folder, WORKFLOW_PATH))).toBe(true);
    expect(await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).toMatchObject({ exit: 0 });
  });

  test('unusual places literally into a valid policy, without those that are watched anyway', async () => {
    const folder = repository({
      'deploy/{prod}*(1)[x].env': 'URL=https://account.healthvault.com/\n',
      'deploy/other.env': 'URL=https://not-healthvault.example/\n',
      '!odd "name".env': 'HOST=platform.healthvault-ppe.com',
      'ignored/x.env': 'HOST=platform.healthvault.com',
      '.gitignore': 'ignored/\n',
    });
    const answer = await run(init, { repo: folder });
    const text = read(folder, DEFAULT_POLICY_PATH);
    const watched = text.split('\n').filter((line) => line.startsWith('  - '));
    expect(watched).toEqual(['  - "?odd \\"name\\".env"', '  - "deploy/?prod???1)[x].env"']);
    expect(answer.out).toContain('deploy/{prod}*(1)[x].env (names a HealthVault server, proposed as watch)');
    expect(await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).toMatchObject({ exit: 0 });
  });

  test('folders and pages with names of sign-up or consent as workflow', async () => {
    const folder = repository({
      'src/signup/page.html': '<p>',
      'src/signup/deep/code.ts': '',
      'src/app/SignIn/View.cshtml': '',
      'web/consent-form/a.css': '',
      'app/UserRegistration/x.rb': '',
      'pages/onboarding_flow/1.vue': '',
      'pages/login/a{b}.tsx': '',
      'site/Terms.aspx': '',
      'site/TermsOfUse.aspx.cs': '',
      'site/terms.png': '',
      'site/terminal/a.ts': '',
      'src/register.py': '',
      'src/cashregisters/a.py': '',
      'tests/signup/a.ts': '',
      'docs/consent/a.md': '',
    });
    const answer = await run(init, { repo: folder });
    const text = read(folder, DEFAULT_POLICY_PATH);
    expect(text.split('\n').filter((line) => line.startsWith('  - '))).toEqual([
      '  - "app/UserRegistration/**"',
      '  - "pages/login/**"',
      '  - "pages/onboarding_flow/**"',
      '  - "site/Terms.aspx"',
      '  - "site/TermsOfUse.aspx.cs"',
      '  - "src/app/SignIn/**"',
      '  - "src/register.py"',
      '  - "src/signup/**"',
      '  - "web/consent-form/**"',
    ]);
    expect(answer.out).toContain('src/signup/ (proposed as workflow)');
    expect(await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).toMatchObject({ exit: 0 });
  });

  test('a valid glob for a path that would break a line or a glob', async () => {
    const names = ['deploy/a\nb.env', 'deploy/a\u2028b.env', ' deploy.env', 'deploy.env ', 'deploy/\u0007.env'];
    const folder = repository(Object.fromEntries(names.map((name) => [name, 'HOST=platform.healthvault.com'])));
    await run(init, { repo: folder });
    expect(await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).toMatchObject({ exit: 0 });
    expect(read(folder, DEFAULT_POLICY_PATH)).toContain('  - "deploy/a?b.env"');
  });

  test('a first workflow in report mode, with the schema of the policy and the line of a token for teams', async () => {
    const folder = repository({});
    await run(init, { repo: folder });
    const workflow = read(folder, WORKFLOW_PATH);
    expect(workflow).toContain('\n          mode: report\n');
    expect(workflow).toContain('          # team-token: ${{ secrets.');
    expect(read(folder, DEFAULT_POLICY_PATH)).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/raw\.githubusercontent\.com\/\S+\/schemas\/policy\.schema\.json\n/,
    );
  });

  test('no second policy when one with the other extension exists', async () => {
    const folder = repository({ '.github/go-live.yaml': 'extends: healthvault\n' });
    expect((await run(init, { repo: folder })).out).toContain('.github/go-live.yaml: exists, not changed');
    expect(existsSync(join(folder, DEFAULT_POLICY_PATH))).toBe(false);
  });

  test('into an empty folder without git', async () => {
    const folder = repository({}, false);
    const answer = await run(init, { repo: folder });
    expect([answer.exit, answer.out]).toEqual([0, expect.stringContaining('No HealthVault configuration was found')]);
    expect(await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).toMatchObject({ exit: 0 });
  });

  test('commented examples that are valid too', async () => {
    const text = writePolicy({ isHealthVault: false, watched: [], unwatched: [], naming: [], workflow: [] });
    const lines = text
      .split('\n')
      .map((line) => (/^# {0,}(?: {2,}|(?!yaml-language-server)[a-z-]+:(?: |$))/.test(line) ? line.slice(2) : line));
    const file = join(root, 'all-examples.yml');
    writeFileSync(file, lines.join('\n'));
    const keys = lines.filter((line) => /^[a-z-]+:/.test(line)).map((line) => line.split(':')[0]);
    expect(keys).toEqual(expect.arrayContaining(['watch', 'ignore', 'workflow', 'labels', 'approvers', 'break-glass']));
    expect(await run(policy, {}, ['check', file])).toMatchObject({ exit: 0, id: null });
  });
});

describe('the workflow that init writes', () => {
  const facts = (action: string): DoctorFacts => ({
    branch: 'main',
    context: 'HealthVault go-live',
    requirements: [{ place: 'the ruleset "main"', organization: false, appId: 15368, bypass: [], upToDate: true }],
    inactiveRulesets: [],
    requiredWorkflows: [],
    mergeQueue: true,
    workflows: [parseWorkflow(WORKFLOW_PATH, writeWorkflow(action, 'enforce'))],
    defaultPermissions: null,
    labels: { wanted: [], there: [] },
    teams: [],
    asksReviews: false,
    breakGlass: false,
    invalidPolicy: null,
    misnamedPolicy: null,
    actionsAppId: 15368,
    unread: [],
  });

  test('has no trap when the action is pinned, and only that trap when it is not', () => {
    expect(findTraps(facts(`acme/healthvault-go-live-gate@${SHA}`))).toEqual([]);
    expect(findTraps(facts('acme/healthvault-go-live-gate@v1')).map(({ id }) => id)).toEqual(['action-not-pinned']);
  });

  test('is valid with each choice', () => {
    const { triggers } = parseWorkflow(WORKFLOW_PATH, writeWorkflow('a/healthvault-go-live-gate@v1', 'report'));
    expect(Object.keys(triggers)).toEqual([
      'pull_request_target',
      'merge_group',
      'issue_comment',
      'schedule',
      'workflow_dispatch',
    ]);
    expect(triggers.issue_comment?.types).toEqual(['edited']);
  });

  test('can use another action, and an invalid one is rejected', async () => {
    const folder = repository({});
    await run(init, { repo: folder, action: `acme/gate@${SHA}` });
    expect(read(folder, WORKFLOW_PATH)).toContain(`      - uses: acme/gate@${SHA}\n`);
    for (const action of ['acme/gate', 'gate@v1', 'acme/gate@v1\n      - run: x', './'])
      expect(await run(init, { repo: folder, action, force: true })).toMatchObject({ exit: 2, id: 'init-bad-action' });
  });
});

describe('the policy for another platform', () => {
  const MANIFEST = '<manifest><uses-permission android:name="android.permission.health.READ_STEPS"/></manifest>';
  const EXTENSION = '{ "name": "x", "version": "1", "manifest_version": 3 }';
  const PATH = '.github/workflows/go-live.yml';

  test.each([
    ['health-connect', { 'app/src/main/AndroidManifest.xml': MANIFEST, 'app/release.jks': 'x' }],
    ['browser-extension', { 'src/manifest.json': EXTENSION }],
  ])('%s is chosen by the files', async (name, files) => {
    const folder = repository(files as Readonly<Record<string, string>>);
    const { exit, out } = await run(init, { repo: folder });
    expect(exit).toBe(0);
    expect(out).toContain(`Policy: ${name}, because of these files:\n  ${Object.keys(files)[0]}\n`);
    expect(out).toContain('Require the status "Go-live"');
    expect(read(folder, DEFAULT_POLICY_PATH)).toContain(`\nextends: ${name}\n`);
    expect((await run(policy, {}, ['check', join(folder, DEFAULT_POLICY_PATH)])).out).not.toContain('warning');
    const text = read(folder, PATH);
    expect(text).toContain('          status-context: Go-live\n');
    expect(text.replaceAll('healthvault-go-live-gate/healthvault-go-live-gate', '')).not.toMatch(/healthvault/i);
    expect(parseWorkflow(PATH, text).gateJobs).toHaveLength(1);
  });

  test('has comments that are valid policies too', async () => {
    const folder = repository({ 'src/manifest.json': EXTENSION });
    await run(init, { repo: folder });
    const text = read(folder, DEFAULT_POLICY_PATH).replace(/^# (?!yaml-)(?=[a-z ])/gm, '');
    writeFileSync(join(folder, 'uncommented.yml'), text);
    expect(await run(policy, {}, ['check', join(folder, 'uncommented.yml')])).toMatchObject({ exit: 0 });
  });

  test('is used when it is named, with any files', async () => {
    const folder = repository({ 'app/Web.config': CONFIG });
    expect((await run(init, { repo: folder, policy: 'browser-extension' })).out).toMatch(
      /^Policy: browser-extension\n/,
    );
    expect(read(folder, DEFAULT_POLICY_PATH)).toContain('\nextends: browser-extension\n');
  });

  test('is HealthVault first, a question with several matches, and rejected when unknown', async () => {
    const both = { 'AndroidManifest.xml': MANIFEST, 'manifest.json': EXTENSION };
    const mixed = repository({ ...both, 'app/Web.config': CONFIG });
    await run(init, { repo: mixed });
    expect(read(mixed, DEFAULT_POLICY_PATH)).toContain('\nextends: healthvault\n');
    const answer = await run(init, { repo: repository(both) });
    expect(answer).toMatchObject({ exit: 2, id: 'init-several-policies' });
    expect(answer.message).toContain('health-connect, browser-extension');
    const unknown = await run(init, { repo: mixed, policy: 'forge' });
    expect(unknown).toMatchObject({ exit: 2, id: 'init-unknown-policy' });
    expect(unknown.message).toContain('healthvault');
  });
});

describe('an existing file', () => {
  test('remains byte for byte without --force, and the other file is written', async () => {
    const folder = repository({ [DEFAULT_POLICY_PATH]: 'extends: healthvault\n' });
    const answer = await run(init, { repo: folder });
    expect(answer.out).toContain(`${DEFAULT_POLICY_PATH}: exists, not changed`);
    expect(answer.out).toContain(`${WORKFLOW_PATH}: written`);
    expect(read(folder, DEFAULT_POLICY_PATH)).toBe('extends: healthvault\n');
    const forced = await run(init, { repo: folder, force: true });
    expect(forced.out).toContain(`${DEFAULT_POLICY_PATH}: overwritten`);
    expect(forced.out).toContain(`${WORKFLOW_PATH}: unchanged`);
    expect(read(folder, DEFAULT_POLICY_PATH)).not.toBe('extends: healthvault\n');
  });

  test('can be a broken link', async () => {
    const folder = repository({ '.github/x': '' });
    symlinkSync(join(root, 'elsewhere.yml'), join(folder, DEFAULT_POLICY_PATH));
    expect((await run(init, { repo: folder })).out).toContain(`${DEFAULT_POLICY_PATH}: exists, not changed`);
    expect(existsSync(join(root, 'elsewhere.yml'))).toBe(false);
  });

  test('is not changed by a dry run, which prints both files', async () => {
    const folder = repository({});
    const answer = await run(init, { repo: folder, 'dry-run': true, force: true });
    expect(answer.out).toContain('pull_request_target:');
    expect(answer.out).toContain('extends: healthvault');
    expect(existsSync(join(folder, '.github'))).toBe(false);
  });

  test('is found from a folder inside the repository', async () => {
    const folder = repository({ 'app/x.txt': '' });
    await run(init, { repo: join(folder, 'app') });
    expect(existsSync(join(folder, WORKFLOW_PATH))).toBe(true);
    expect(await run(init, { repo: join(folder, 'nowhere') })).toMatchObject({ exit: 2, id: 'init-no-folder' });
  });
});

test('the workflow runs on reviews only if the existing policy counts them', async () => {
  const counting = repository({
    [DEFAULT_POLICY_PATH]: 'extends: healthvault\napprovers: { default: { by: review } }\n',
  });
  await run(init, { repo: counting });
  expect(read(counting, WORKFLOW_PATH)).toContain('  pull_request_review:\n    types: [submitted, dismissed]\n');
  const invalid = repository({ [DEFAULT_POLICY_PATH]: 'extends: nothing\n' });
  expect(await run(init, { repo: invalid })).toMatchObject({ exit: 0 });
  for (const folder of [invalid, repository({})]) {
    await run(init, { repo: folder });
    expect(read(folder, WORKFLOW_PATH)).not.toContain('pull_request_review');
  }
});

test('the status has the name in the policy, or a neutral one', () => {
  expect(nameSetup('desk', 'Desk').status).toBe('Desk');
  expect(nameSetup('desk').status).toBe('Go-live');
  expect(nameSetup('healthvault', 'Desk').status).toBe('HealthVault go-live');
});
