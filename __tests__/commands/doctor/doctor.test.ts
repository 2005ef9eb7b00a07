import { doctor } from '../../../src/commands/doctor/doctor.ts';
import { writeWorkflow } from '../../../src/commands/init/files.ts';
import { listPolicyLabels } from '../../../src/commands/policy-labels.ts';
import type { EmbeddedGitHub } from '../../../src/embedded-github/github.ts';
import type { Json } from '../../../src/embedded-github/state.ts';
import { readBuiltInPolicies } from '../../../src/gate/built-in-policies.ts';
import { startGitHub, takeProblems } from '../../support/run-action.ts';
import { run, withEnvironment } from '../support.ts';

const PATH = '.github/workflows/healthvault-go-live.yml';
const SOUND = writeWorkflow('acme/healthvault-go-live-gate@0123456789abcdef0123456789abcdef01234567', 'enforce');
const ADMIN = { contents: 'read', issues: 'read', administration: 'read' } as const;
const CONTEXT = 'HealthVault go-live';

let github: EmbeddedGitHub;
withEnvironment(() => ({
  GITHUB_TOKEN: 'ghp_admin',
  GH_TOKEN: undefined,
  GITHUB_API_URL: github.addresses.api,
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'fabrikam/health',
}));

beforeAll(async () => {
  const policy = (await readBuiltInPolicies()).get('healthvault');
  github = await startGitHub({
    files: { 'README.md': 'Hello\n', [PATH]: SOUND },
    labels: policy === undefined ? [] : listPolicyLabels(policy).map(({ name }) => name),
    tokens: {
      ghp_admin: { login: 'grace', permissions: ADMIN, app: null },
      ghp_writer: { login: 'ada', permissions: { contents: 'read', issues: 'read' }, app: null },
      ghp_little: { login: 'tim', permissions: { metadata: 'read' }, app: null },
    },
  });
});
afterAll(() => github.close());

function statusRule(appId: number | null, source = 'Repository'): Json {
  return {
    type: 'required_status_checks',
    ruleset_source_type: source,
    ruleset_source: source === 'Repository' ? 'fabrikam/health' : 'fabrikam',
    ruleset_id: 12,
    parameters: {
      required_status_checks: [{ context: CONTEXT, ...(appId === null ? {} : { integration_id: appId }) }],
      strict_required_status_checks_policy: true,
    },
  };
}

function ruleset(values: { readonly [key: string]: Json } = {}): Json {
  const rules = [
    { type: 'required_status_checks', parameters: (statusRule(15368) as { parameters: Json }).parameters },
  ];
  return {
    id: 12,
    name: 'main',
    source: 'fabrikam/health',
    source_type: 'Repository',
    target: 'branch',
    enforcement: 'active',
    rules,
    bypass_actors: [],
    ...values,
  };
}

function protection(values: { readonly [key: string]: Json } = {}): Json {
  return {
    url: 'https://api.github.com/x',
    enforce_admins: { url: 'https://api.github.com/x', enabled: true },
    required_status_checks: {
      url: 'https://api.github.com/x',
      contexts_url: 'https://api.github.com/x',
      strict: true,
      contexts: [CONTEXT],
      checks: [{ context: CONTEXT, app_id: 15368 }],
    },
    ...values,
  };
}

beforeEach(() => {
  github.resetRequests();
  github.state.rules = [statusRule(15368)];
  github.state.rulesets = [ruleset()];
  github.state.protection.clear();
});
afterEach(() => {
  expect(takeProblems(github)).toEqual([]);
  expect(github.requests.filter(({ kind }) => kind === 'write')).toEqual([]);
});

/** The ids of the traps that were printed. */
function idsIn(out: string): readonly string[] {
  return [...out.matchAll(/^(?:OPEN|STUCK|ADVICE) +(\S+)/gm)].map((match) => match[1] ?? '');
}

test('a team in CODEOWNERS needs the token for teams where code owners approve', async () => {
  const { state } = github;
  const before = state.requireCommit('main').sha;
  state.commitTo('main', {
    files: {
      '.github/go-live.yml': 'extends: healthvault\napprovers: { default: { codeowners: true } }\n',
      'docs/CODEOWNERS': '* @grace @fabrikam/go-live\n',
    },
  });
  const { out } = await run(doctor);
  state.branches.set('main', before);
  expect(idsIn(out)).toEqual(['team-token-missing']);
  expect(out).toContain('The policy names teams as approvers (fabrikam/go-live)');
  expect(out).toMatch(/"Expected - Waiting for status to be reported".*#expected-waiting-for-status\n/);
});

describe('a repository without traps', () => {
  test('is on level 1, with the next step', async () => {
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([0, []]);
    expect(answer.out).toContain(`fabrikam/health, branch main, status "${CONTEXT}", ${PATH}`);
    expect(answer.out).toMatch(
      /No trap was found\.[\s\S]*Trust level: 1 of 3[\s\S]*Next step up: Run the gate with the token of a separate GitHub App/,
    );
  });

  test('can have classic protection', async () => {
    github.state.rules = [];
    github.state.rulesets = [];
    github.state.protection.set('main', protection());
    expect(await run(doctor)).toMatchObject({ exit: 0 });
  });

  test('can have classic protection that only the summary of the branch shows', async () => {
    process.env.GITHUB_TOKEN = 'ghp_writer';
    github.state.rules = [];
    github.state.rulesets = [];
    github.state.protection.set('main', protection());
    expect(await run(doctor)).toMatchObject({ exit: 0 });
    const free = { url: 'https://api.github.com/x', enabled: false };
    github.state.protection.set('main', protection({ enforce_admins: free }));
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([1, ['bypass-allowed']]);
    expect(answer.out).toContain('the branch protection lets administrators pass');
  });

  test("is on level 3 when an organization's ruleset requires the workflow", async () => {
    const workflows: Json = {
      type: 'workflows',
      ruleset_source_type: 'Organization',
      ruleset_source: 'fabrikam',
      ruleset_id: 12,
      parameters: { workflows: [{ path: PATH, repository_id: 1 }] },
    };
    github.state.rules = [statusRule(15368, 'Organization'), workflows];
    const answer = await run(doctor);
    expect([answer.exit, answer.out]).toEqual([0, expect.stringContaining('Trust level: 3 of 3')]);
    expect(answer.out).not.toContain('Next step up');
  });
});

describe('doctor finds a repository', () => {
  test('that requires nothing, although a ruleset that is off would', async () => {
    github.state.rules = [];
    github.state.rulesets = [ruleset({ enforcement: 'evaluate' })];
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([1, ['status-not-required', 'ruleset-not-active']]);
    expect(answer.out).toMatch(/Trust level: none[\s\S]*Fix the entries marked OPEN/);
  });

  test('that requires another status', async () => {
    const answer = await run(doctor, { 'status-context': 'another' });
    expect(idsIn(answer.out)).toEqual(['status-not-required']);
  });

  test('that accepts the status from any source, in a ruleset or in classic protection', async () => {
    github.state.rules = [statusRule(null)];
    expect(idsIn((await run(doctor)).out)).toEqual(['any-source']);
    github.state.rules = [];
    github.state.rulesets = [];
    const checks = {
      url: 'https://api.github.com/x',
      contexts_url: 'https://api.github.com/x',
      strict: true,
      contexts: [CONTEXT],
      checks: [],
    };
    github.state.protection.set('main', protection({ required_status_checks: checks }));
    expect(idsIn((await run(doctor)).out)).toEqual(['any-source']);
  });

  test('that lets administrators and others bypass', async () => {
    github.state.rulesets = [
      ruleset({
        bypass_actors: [
          { actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' },
          { actor_id: 7, actor_type: 'Team', bypass_mode: 'pull_request' },
        ],
      }),
    ];
    const answer = await run(doctor);
    expect(idsIn(answer.out)).toEqual(['bypass-allowed']);
    expect(answer.out).toContain('the ruleset "main" lets the role admin, Team 7 (in pull requests) pass');
  });

  test('with a merge queue without merge_group, missing labels or an invalid policy', async () => {
    const queue: Json = {
      type: 'merge_queue',
      ruleset_source_type: 'Repository',
      ruleset_source: 'fabrikam/health',
      ruleset_id: 12,
    };
    github.state.rules = [statusRule(15368), queue];
    github.state.commitTo('main', { files: { [PATH]: SOUND.replace('  merge_group:\n', '') } });
    github.state.deleteLabel('go-live/workflow-approved');
    expect(idsIn((await run(doctor)).out)).toEqual(['missing-merge-group', 'labels-missing']);
    github.state.commitTo('main', { files: { '.github/go-live.yml': 'extends: nothing\n' } });
    expect(idsIn((await run(doctor)).out)).toEqual(['missing-merge-group', 'policy-invalid']);
    github.state.createLabel('go-live/workflow-approved', '1d76db', null);
    github.state.commitTo('main', { files: { [PATH]: SOUND, '.github/go-live.yml': null } });
  });

  test.each(['.github/golive.yml', 'go-live.json'])(
    'with the file %s, which is not read as the policy',
    async (path) => {
      github.state.commitTo('main', { files: { [path]: 'extends: healthvault\n' } });
      const { out } = await run(doctor);
      expect(idsIn(out)).toEqual(['policy-misnamed']);
      expect(out).toContain(path);
      github.state.commitTo('main', { files: { [path]: null } });
    },
  );

  test('without a workflow, and names the workflow otherwise', async () => {
    github.state.commitTo('main', { files: { [PATH]: null, '.github/workflows/else.yml': 'on: push\n' } });
    expect(idsIn((await run(doctor)).out)).toEqual(['no-workflow']);
    expect(idsIn((await run(doctor, { workflow: 'else.yml' })).out)).toEqual(['no-workflow']);
    github.state.commitTo('main', {
      files: { '.github/workflows/else.yml': SOUND.replace(', labeled, unlabeled', '') },
    });
    expect(idsIn((await run(doctor, { workflow: '.github/workflows/else.yml' })).out)).toEqual(['missing-types']);
    github.state.commitTo('main', { files: { [PATH]: SOUND, '.github/workflows/else.yml': null } });
  });

  test('whose workflow has only the default permissions', async () => {
    const bare = SOUND.replace(/permissions: \{\}\n/, '').replace(/ {4}permissions:\n(?: {6}.*\n){3}/, '');
    github.state.commitTo('main', { files: { [PATH]: bare } });
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([1, ['permissions-missing']]);
    expect(answer.out).toContain("the repository's default permissions (read)");
    github.state.commitTo('main', { files: { [PATH]: SOUND } });
  });
});

describe('doctor never takes missing access for a missing trap', () => {
  test('but names the permission for bypass actors that GitHub does not show', async () => {
    const { bypass_actors: _, ...rest } = ruleset() as { readonly [key: string]: Json };
    github.state.rulesets = [rest];
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([3, []]);
    expect(answer.out).toContain('the bypass actors of the ruleset "main": needs administration: write');
    expect(answer.out).toContain('Trust level: not known');
    github.state.rulesets = [{ ...rest, current_user_can_bypass: 'always' }];
    expect(idsIn((await run(doctor)).out)).toEqual(['bypass-allowed']);
  });

  test('but names every permission that the token lacks', async () => {
    process.env.GITHUB_TOKEN = 'ghp_little';
    const answer = await run(doctor);
    expect([answer.exit, idsIn(answer.out)]).toEqual([3, []]);
    for (const permission of ['contents: read', 'issues: read', 'administration: read']) {
      expect(answer.out).toContain(`: needs ${permission}`);
    }
  });

  test.each([
    ['the rules', 'GET', '/repos/fabrikam/health/rules/branches/main', 403, 'the rules of the branch'],
    ['the ruleset', 'GET', '/repos/fabrikam/health/rulesets/12', 404, 'the rulesets'],
    ['the labels', 'GET', '/repos/fabrikam/health/labels', 403, 'the labels'],
  ] as const)('but ends with exit code 3 when %s cannot be read', async (_, method, path, status, what) => {
    github.faults.add({ method, path: new RegExp(`^${path}(?:\\?|$)`), answer: { status } });
    const answer = await run(doctor);
    expect([answer.exit, answer.out]).toEqual([3, expect.stringContaining(what)]);
  });

  test.each([
    ['a wrong token', () => (process.env.GITHUB_TOKEN = 'ghp_unknown'), {}, 3, 'github-bad-token'],
    ['a repository that is not there', () => {}, { repo: 'fabrikam/none' }, 3, 'github-not-found'],
    ['no token', () => (process.env.GITHUB_TOKEN = ''), {}, 2, 'token-missing'],
  ])('but ends with exit code 3 for %s', async (_, prepare, values, exit, id) => {
    prepare();
    expect(await run(doctor, values)).toMatchObject({ exit, id });
  });
});
