/** Whose label counts: every role against every role that a rule may ask for, which rule applies, and what is said why. */

import type { ApproverRule, Policy } from '../../src/model/policy.ts';
import type { Account, PullRequestState, Rights } from '../../src/model/pull-request.ts';
import type { Verdict } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { parseCodeOwners } from '../../src/policy/code-owners.ts';
import { AUTHOR, account, FILE, finding, input, POLICY, pullRequest, REVIEWER, rights } from './sample.ts';

const LABEL = 'go-live/configuration';
const WRITE = 'Approvers: users with write access or higher; not the authors of this change.';

const judged = (state: PullRequestState, approvers: Policy['approvers']) => {
  const report = makePlan(
    input({ findings: [finding('configuration')], pullRequest: state, policy: { ...POLICY, approvers } }),
  );
  return { verdict: report.verdict, ...report.labels };
};

const rule = (more: Partial<ApproverRule>): ApproverRule => ({
  role: null,
  users: [],
  teams: [],
  notAuthor: true,
  ...more,
});

const by = (actor: Account, more: Partial<PullRequestState> = {}) =>
  pullRequest([LABEL], { labelEvents: [{ label: LABEL, actor, at: '2026-11-23T13:00:00Z' }], ...more });

const withRights = (of: Rights) => by(REVIEWER, { rights: { 'octo-reviewer': of } });

// Written out: for each role that a rule asks for, those whose label counts.
const ENOUGH: Readonly<Record<NonNullable<ApproverRule['role']>, readonly Rights['role'][]>> = {
  read: ['read', 'triage', 'write', 'maintain', 'admin'],
  triage: ['triage', 'write', 'maintain', 'admin'],
  write: ['write', 'maintain', 'admin'],
  maintain: ['maintain', 'admin'],
  admin: ['admin'],
};
const EVERY = ['unknown', 'none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;

test.each(['read', 'triage', 'write', 'maintain', 'admin'] as const)(
  'the approvers are right if %s is required',
  (asked) => {
    const reports = EVERY.map((role) => judged(withRights(rights(role)), { [LABEL]: rule({ role: asked }) }));
    const roles = (verdict: Verdict) => EVERY.filter((_, index) => reports[index]?.verdict === verdict);
    expect(roles('passed')).toStrictEqual(ENOUGH[asked]);
    expect(roles('blocked')).toHaveLength(EVERY.length - ENOUGH[asked].length);
    for (const { verdict, accepted, missing } of reports) {
      expect(accepted.map(({ by: login }) => login)).toStrictEqual(verdict === 'passed' ? ['octo-reviewer'] : []);
      expect(missing).toStrictEqual(verdict === 'passed' ? [] : [LABEL]);
    }
  },
);

test('a rule without a role has no approvers by role', () => {
  const only = { [LABEL]: rule({ users: ['octocat'] }) };
  expect(EVERY.map((role) => judged(withRights(rights(role)), only).verdict)).toStrictEqual(EVERY.map(() => 'blocked'));
});

describe('the rule of a label is', () => {
  const maintain = rule({ role: 'maintain' });
  const anyone = rule({ role: 'read' });
  const write = withRights(rights('write'));

  test.each<[string, PullRequestState, Policy['approvers'], string, string]>([
    ['its rule, not the default', write, { default: anyone, [LABEL]: maintain }, 'blocked', 'maintain'],
    ['its rule in another case', write, { default: anyone, 'Go-Live/CONFIGURATION': maintain }, 'blocked', 'maintain'],
    ['the default, not the rule of another label', write, { other: anyone, default: maintain }, 'blocked', 'maintain'],
    [
      'the default, not the rule of a longer label',
      write,
      { [`${LABEL}d`]: anyone, default: maintain },
      'blocked',
      'maintain',
    ],
    ['the default if it is less strict', write, { other: maintain, default: anyone }, 'passed', 'read'],
    ['write if the policy names none', write, {}, 'passed', 'write'],
    ['write, so triage is not enough', withRights(rights('triage')), {}, 'blocked', 'write'],
    ['write, except authors', by(AUTHOR), {}, 'blocked', 'write'],
  ])('%s', (_, state, approvers, verdict, role) => {
    const report = judged(state, approvers);
    expect(report.verdict).toBe(verdict);
    expect(report.approvers).toStrictEqual({
      [LABEL]: `users with ${role} access or higher; not the authors of this change`,
    });
  });

  test('its own beside the default, also if the label is called Default', () => {
    const categories = POLICY.categories.map((one) =>
      one.id === 'configuration' ? { ...one, label: 'Default' } : one,
    );
    const plan = (approvers: Policy['approvers']) =>
      makePlan(
        input({
          findings: [finding('configuration')],
          pullRequest: pullRequest(['Default']),
          policy: { ...POLICY, categories, approvers },
        }),
      );
    expect(plan({ default: anyone, Default: maintain }).verdict).toBe('blocked');
    expect(plan({ default: anyone }).verdict).toBe('passed');
  });
});

describe('an author of the change is', () => {
  const authors = [AUTHOR, account('second', 11), account('third', 12)];
  const admins = { 'octo-author': rights('admin'), second: rights('admin'), third: rights('admin') };
  test.each(authors)('$login', (actor) => {
    const { rejected, verdict } = judged(by(actor, { authors, rights: admins }), {});
    expect(verdict).toBe('blocked');
    expect(rejected.map(({ reason }) => reason)).toStrictEqual([
      `${actor.login} added it and is an author of this change. ${WRITE}`,
    ]);
  });
  test('no other user', () => {
    const state = by(account('fourth', 13), { authors, rights: { ...admins, fourth: rights('write') } });
    expect(judged(state, {}).verdict).toBe('passed');
  });
});

describe('the reason why a label does not count is shown', () => {
  const team = rule({ teams: ['acme/go-live', 'acme/owners'] });
  const TEAM = 'Approvers: members of acme/go-live, or members of acme/owners; not the authors of this change.';

  test.each<[string, PullRequestState, ApproverRule, string, string]>([
    [
      'a bot',
      by(account('robot', 3, true), { rights: { robot: rights('admin') } }),
      rule({ role: 'write' }),
      'robot',
      `robot is a bot, and the policy does not name it. ${WRITE}`,
    ],
    [
      "GitHub's account for deleted users, by its name alone",
      by(account('Ghost', 77), { rights: { ghost: rights('admin') } }),
      rule({ role: 'write' }),
      'Ghost',
      `The account that added it does not exist any more. ${WRITE}`,
    ],
    [
      'a deleted account that the policy names',
      by(account('ghost', 10_137)),
      rule({ users: ['ghost'], notAuthor: false }),
      'ghost',
      'The account that added it does not exist any more. Approvers: @ghost.',
    ],
    [
      'rights that were not read',
      by(REVIEWER, { rights: {} }),
      rule({ role: 'write' }),
      'octo-reviewer',
      `octo-reviewer added it, but GitHub did not say which rights octo-reviewer has now. ${WRITE}`,
    ],
    [
      'a role that GitHub did not report',
      withRights(rights('unknown')),
      rule({ role: 'write' }),
      'octo-reviewer',
      `octo-reviewer added it, but GitHub did not say which rights octo-reviewer has now. ${WRITE}`,
    ],
    [
      'a role that GitHub did not report when none is required',
      withRights(rights('unknown')),
      rule({ users: ['octocat'] }),
      'octo-reviewer',
      'octo-reviewer cannot approve this: repository role unknown. ' +
        'Approvers: @octocat; not the authors of this change.',
    ],
    [
      'an insufficient role',
      withRights(rights('maintain')),
      rule({ role: 'admin' }),
      'octo-reviewer',
      'octo-reviewer cannot approve this: repository role maintain. ' +
        'Approvers: users with admin access; not the authors of this change.',
    ],
    [
      'a user outside of both teams',
      withRights(rights('admin', { teams: { 'acme/go-live': false, 'acme/owners': false } })),
      team,
      'octo-reviewer',
      `octo-reviewer cannot approve this: repository role admin. ${TEAM}`,
    ],
    [
      'a first team that cannot be read',
      withRights(
        rights('admin', { teams: { 'acme/go-live': false }, unansweredTeams: { 'acme/owners': 'no such team.' } }),
      ),
      team,
      'octo-reviewer',
      `octo-reviewer added it, but GitHub could not be asked whether octo-reviewer is in acme/owners: no such team. ${TEAM}`,
    ],
    [
      'teams that were not read',
      withRights(rights('admin')),
      team,
      'octo-reviewer',
      'octo-reviewer added it, but GitHub could not be asked whether octo-reviewer is in acme/go-live: ' +
        `the action's input team-token is missing, a token that may read the organization's members. ${TEAM}`,
    ],
  ])('for %s', (_, state, own, login, reason) => {
    const report = judged(state, { [LABEL]: own });
    expect(report.verdict).toBe('blocked');
    expect(report.rejected).toStrictEqual([{ label: LABEL, by: login, at: '2026-11-23T13:00:00Z', reason }]);
  });

  test.each(['constructor', '__proto__', 'toString'])('without default rights for a login like %s', (login) => {
    expect(judged(by(account(login, 50), { rights: {} }), {}).verdict).toBe('blocked');
    const state = by(account(login, 50), { rights: { [login.toLowerCase()]: rights('none') } });
    expect(judged(state, { [LABEL]: rule({ teams: ['toString', 'acme/constructor'] }) }).verdict).toBe('blocked');
  });
});

test('members of the second team count', () => {
  const teams = { 'acme/go-live': false, 'acme/owners': true };
  const state = withRights(rights('read', { teams }));
  expect(judged(state, { [LABEL]: rule({ teams: ['acme/go-live', 'acme/owners'] }) }).verdict).toBe('passed');
});

describe('a code owner approves', () => {
  const RENAMED = { ...FILE, previousPath: 'old/manifest.xml', status: 'renamed' } as const;
  const decide = (owners: string, of: Rights, files = [FILE]) => {
    const state = { ...withRights(of), codeOwners: parseCodeOwners(owners) };
    const policy = { ...POLICY, approvers: { [LABEL]: rule({ codeowners: true }) } };
    const secret = finding('configuration', { change: { file: 'other/file.xml' }, also: [] });
    const other = { ...secret, category: 'certificate' };
    const findings = [finding('configuration'), other];
    const report = makePlan(input({ findings, files, pullRequest: state, policy }));
    return [...report.labels.accepted.map(() => 'counts'), ...report.labels.rejected.map(({ reason }) => reason)];
  };
  const WHO = 'Approvers: code owners of all files with such a change; not the authors of this change.';

  test.each<[string, string, Rights]>([
    ['one of the owners', '* @somebody @Octo-Reviewer', rights('write')],
    ['an owner of the files of this label only', '/app/ @octo-reviewer', rights('admin')],
    ['members of a team that owns them', '* @acme/go-live', rights('write', { teams: { 'acme/go-live': true } })],
  ])('as %s', (_, owners, of) => expect(decide(owners, of)).toEqual(['counts']));

  test.each<[string, string, Rights, string]>([
    ['another user owns them', '* @octo-reviewer\n/app/ @somebody', rights('admin'), 'does not own app/manifest.xml'],
    ['they have no owner', '* @octo-reviewer\n/app/', rights('admin'), 'does not own app/manifest.xml'],
    ['there is no file', '', rights('admin'), 'does not own app/manifest.xml'],
    [
      'the owner has no write access',
      '* @octo-reviewer',
      rights('triage'),
      'cannot approve this: repository role triage',
    ],
    ['the role of the owner is unknown', '* @octo-reviewer', rights('unknown'), 'did not say which rights'],
    [
      'the user is not in the team',
      '* @acme/go-live',
      rights('write', { teams: { 'acme/go-live': false } }),
      'does not own',
    ],
    ['the team was not read', '* @acme/go-live', rights('write'), 'is in acme/go-live'],
  ])('but not if %s', (_, owners, of, why) => {
    expect(decide(owners, of)).toEqual([expect.stringContaining(why)]);
    expect(decide(owners, of)[0]).toContain(WHO);
  });

  test('if both names of a renamed file are owned', () => {
    expect(decide('/app/ @octo-reviewer', rights('write'), [RENAMED])).toEqual([
      expect.stringContaining('does not own old/manifest.xml'),
    ]);
    expect(decide('* @octo-reviewer', rights('write'), [RENAMED])).toEqual(['counts']);
  });
});
