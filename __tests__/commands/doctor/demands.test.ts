/** What branch rules and branch protection demand, with answers of GitHub that the embedded one never gives. */
import { readProtection } from '../../../src/commands/doctor/protection.ts';
import { readBranchRules } from '../../../src/commands/doctor/rules.ts';
import { SettingsReader } from '../../../src/commands/doctor/settings-reader.ts';
import type { Connection } from '../../../src/commands/open-connection.ts';

const CONTEXT = 'HealthVault go-live';

/** An error as GitHub's client throws it. */
function refused(status: number, message = 'Not Found'): Error {
  return Object.assign(new Error(message), { status });
}

interface Answers {
  readonly protection?: unknown;
  readonly branch?: unknown;
  readonly rules?: unknown;
  readonly rulesets?: unknown;
  readonly ruleset?: Readonly<Record<number, unknown>>;
}

/** A client that only knows these answers; an Error is thrown. */
function connected({ protection, branch, rules, rulesets, ruleset = {} }: Answers): Connection {
  const answer = async (value: unknown) => {
    if (value instanceof Error) throw value;
    return { data: value };
  };
  const repos = {
    getBranchProtection: () => answer(protection),
    getBranch: () => answer({ protection: branch }),
    getBranchRules: () => answer(rules ?? []),
    getRepoRulesets: () => answer(rulesets ?? []),
    getRepoRuleset: ({ ruleset_id: id }: { readonly ruleset_id: number }) => answer(ruleset[id] ?? refused(404)),
  };
  const client = { rest: { repos }, paginate: async (call: () => Promise<{ data: unknown }>) => (await call()).data };
  return {
    client,
    repository: { owner: 'fabrikam', repo: 'health' },
    name: 'fabrikam/health',
  } as unknown as Connection;
}

describe('classic branch protection', () => {
  const checks = { contexts: [CONTEXT], checks: [{ context: CONTEXT, app_id: 7 }] };
  const demand = (values: object = {}) => [
    { place: 'the branch protection', organization: false, appId: 7, bypass: [], upToDate: null, ...values },
  ];

  test.each<[string, unknown, unknown, readonly unknown[], number]>([
    [
      'administrators are included',
      { enforce_admins: { enabled: true }, required_status_checks: checks },
      null,
      demand(),
      0,
    ],
    [
      'administrators are not included',
      { enforce_admins: { enabled: false }, required_status_checks: checks },
      null,
      demand({ bypass: ['administrators'] }),
      0,
    ],
    [
      'administrators are not mentioned',
      { required_status_checks: checks },
      null,
      demand({ bypass: ['administrators'] }),
      0,
    ],
    [
      'branches must be up to date',
      { enforce_admins: { enabled: true }, required_status_checks: { ...checks, strict: true } },
      null,
      demand({ upToDate: true }),
      0,
    ],
    ['no statuses', { enforce_admins: { enabled: true } }, null, [], 0],
    [
      'another status',
      { required_status_checks: { contexts: ['x'], checks: [{ context: 'x', app_id: 7 }] } },
      null,
      [],
      0,
    ],
    [
      'a status by name only',
      { enforce_admins: { enabled: true }, required_status_checks: { contexts: [CONTEXT] } },
      null,
      demand({ appId: null }),
      0,
    ],
    [
      'any source',
      { enforce_admins: { enabled: true }, required_status_checks: { checks: [{ context: CONTEXT, app_id: -1 }] } },
      null,
      demand({ appId: null }),
      0,
    ],
    ['no protection', refused(404, 'Branch not protected'), null, [], 0],
    [
      'not to be seen: everyone',
      refused(404),
      { enabled: true, required_status_checks: { ...checks, enforcement_level: 'everyone' } },
      demand(),
      0,
    ],
    [
      'not to be seen: non-admins',
      refused(403),
      { enabled: true, required_status_checks: { ...checks, enforcement_level: 'non_admins' } },
      demand({ bypass: ['administrators'] }),
      0,
    ],
    [
      'not to be seen: a new level',
      refused(403),
      { enabled: true, required_status_checks: { ...checks, enforcement_level: 'some' } },
      demand({ bypass: null }),
      0,
    ],
    [
      'not to be seen: off',
      refused(403),
      { enabled: true, required_status_checks: { ...checks, enforcement_level: 'off' } },
      [],
      0,
    ],
    ['not to be seen: not enabled', refused(403), { enabled: false }, [], 0],
    ['not to be seen: nothing said', refused(403), {}, [], 1],
    ['not to be seen: no statuses said', refused(403), { enabled: true }, [], 1],
    [
      'neither the protection nor the branch can be read',
      refused(403),
      refused(403, 'Resource not accessible by integration'),
      [],
      1,
    ],
  ])('is read when %s', async (_name, protection, branch, expected, unread) => {
    const answers = branch instanceof Error ? { protection } : { protection, branch };
    const connection = connected(answers);
    if (branch instanceof Error) {
      Object.assign(connection.client.rest.repos, { getBranch: () => Promise.reject(branch) });
    }
    const reader = new SettingsReader(connection);
    expect(await readProtection(reader, 'main', CONTEXT)).toEqual(expected);
    expect(reader.unread).toHaveLength(unread);
  });

  test('is an error when the server fails', async () => {
    const connection = connected({ protection: refused(500, 'Oops') });
    await expect(readProtection(new SettingsReader(connection), 'main', CONTEXT)).rejects.toMatchObject({
      exitCode: 3,
    });
  });
});

describe('a ruleset', () => {
  const rule = (values: object = {}) => ({
    type: 'required_status_checks',
    ruleset_id: 12,
    ruleset_source_type: 'Repository',
    parameters: { required_status_checks: [{ context: CONTEXT, integration_id: 7 }] },
    ...values,
  });
  const ruleset = (values: object = {}) => ({
    id: 12,
    name: 'main',
    enforcement: 'active',
    bypass_actors: [],
    ...values,
  });
  const read = async (answers: Answers) => {
    const reader = new SettingsReader(connected(answers));
    return { ...(await readBranchRules(reader, 'main', CONTEXT)), unread: reader.unread.length };
  };
  const actor = (values: object) => ({ bypass_actors: [values] });

  test.each<[string, object, object, object]>([
    ['a source', {}, {}, { appId: 7, place: 'the ruleset "main"', organization: false, bypass: [] }],
    [
      'any source',
      { parameters: { required_status_checks: [{ context: CONTEXT, integration_id: -1 }] } },
      {},
      { appId: null },
    ],
    ['no source', { parameters: { required_status_checks: [{ context: CONTEXT }] } }, {}, { appId: null }],
    [
      'branches must be up to date',
      {
        parameters: {
          required_status_checks: [{ context: CONTEXT }],
          strict_required_status_checks_policy: true,
        },
      },
      {},
      { upToDate: true },
    ],
    ['an organization', { ruleset_source_type: 'Organization' }, {}, { organization: true }],
    ['an enterprise', { ruleset_source_type: 'Enterprise' }, {}, { organization: true }],
    ['the role admin', {}, actor({ actor_type: 'RepositoryRole', actor_id: 5 }), { bypass: ['the role admin'] }],
    ['the role write', {}, actor({ actor_type: 'RepositoryRole', actor_id: 4 }), { bypass: ['the role write'] }],
    ['the role maintain', {}, actor({ actor_type: 'RepositoryRole', actor_id: 2 }), { bypass: ['the role maintain'] }],
    ['a custom role', {}, actor({ actor_type: 'RepositoryRole', actor_id: 77 }), { bypass: ['the role 77'] }],
    [
      'a role without a number',
      {},
      actor({ actor_type: 'RepositoryRole', actor_id: null }),
      { bypass: ['the role unknown'] },
    ],
    ['the organization’s owners', {}, actor({ actor_type: 'OrganizationAdmin' }), { bypass: ['OrganizationAdmin'] }],
    [
      'a team, in pull requests',
      {},
      actor({ actor_type: 'Team', actor_id: 3, bypass_mode: 'pull_request' }),
      { bypass: ['Team 3 (in pull requests)'] },
    ],
    ['actors not shown', {}, { bypass_actors: undefined }, { bypass: null }],
    [
      'actors not shown to a token without access',
      {},
      { bypass_actors: undefined, current_user_can_bypass: 'never' },
      { bypass: null },
    ],
    [
      'actors not shown to a token with access',
      {},
      { bypass_actors: undefined, current_user_can_bypass: 'always' },
      { bypass: ['the owner of this token'] },
    ],
  ])('is read with %s', async (_name, ofRule, ofRuleset, expected) => {
    const { requirements, unread } = await read({ rules: [rule(ofRule)], ruleset: { 12: ruleset(ofRuleset) } });
    expect(requirements).toMatchObject([expected]);
    expect(unread).toBe(0);
  });

  test('is listed by number with an unknown bypass when the token cannot read it', async () => {
    const { requirements, unread } = await read({ rules: [rule()] });
    expect(requirements).toMatchObject([{ place: 'the ruleset "number 12"', bypass: null }]);
    expect(unread).toBe(1);
    const nameless = await read({ rules: [rule({ ruleset_id: undefined })] });
    expect(nameless.requirements).toMatchObject([{ place: 'the ruleset "number unknown"', bypass: null }]);
  });

  test('without parameters requires nothing', async () => {
    const answers = {
      rules: [rule({ parameters: undefined }), { type: 'workflows', ruleset_id: 12 }],
      ruleset: { 12: ruleset() },
    };
    expect(await read(answers)).toMatchObject({ requirements: [], workflows: [], mergeQueue: false });
  });

  test('can require workflows and a merge queue', async () => {
    const workflows = {
      type: 'workflows',
      ruleset_id: 12,
      ruleset_source_type: 'Organization',
      parameters: { workflows: [{ path: 'a.yml' }] },
    };
    expect(await read({ rules: [workflows, { type: 'merge_queue' }], ruleset: { 12: ruleset() } })).toMatchObject({
      workflows: [{ path: 'a.yml', ruleset: 'main', organization: true }],
      mergeQueue: true,
    });
  });

  test('that is switched off is listed when it names the status', async () => {
    const off = (id: number, rules: readonly unknown[] | undefined) => ({
      id,
      name: `off ${id}`,
      enforcement: 'evaluate',
      rules,
    });
    const answers = {
      rulesets: [off(1, undefined), off(2, undefined), off(3, undefined), off(4, undefined), ruleset()],
      ruleset: {
        1: off(1, [rule()]),
        2: off(2, [{ type: 'deletion' }, rule({ parameters: undefined })]),
        3: off(3, undefined),
        4: ruleset({ id: 4, rules: [rule()] }),
      },
    };
    expect((await read(answers)).inactive).toEqual([{ name: 'off 1', enforcement: 'evaluate' }]);
  });

  test('that the token cannot read is reported', async () => {
    expect(await read({ rules: refused(403, 'Resource not accessible by integration') })).toMatchObject({
      requirements: [],
      unread: 1,
    });
    await expect(read({ rules: refused(403, 'API rate limit exceeded') })).rejects.toMatchObject({ exitCode: 3 });
    await expect(read({ rules: refused(500) })).rejects.toMatchObject({ exitCode: 3 });
  });
});
