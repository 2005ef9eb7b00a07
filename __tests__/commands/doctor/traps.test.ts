import { findTrustLevel, toDoctorExitCode } from '../../../src/commands/doctor/level.ts';
import { traps as kinds, words } from '../../../src/commands/doctor/messages.ts';
import type { DoctorFacts, StatusRequirement } from '../../../src/commands/doctor/trap.ts';
import { findTraps } from '../../../src/commands/doctor/traps.ts';
import { parseWorkflow } from '../../../src/commands/doctor/workflow-facts.ts';
import { writeWorkflow } from '../../../src/commands/init/files.ts';

const PATH = '.github/workflows/healthvault-go-live.yml';
const ACTION = 'acme/healthvault-go-live-gate@0123456789abcdef0123456789abcdef01234567';
const SOUND = writeWorkflow(ACTION, 'enforce');
const ACTIONS = 15368;
const RULESET: StatusRequirement = {
  place: 'the ruleset "main"',
  organization: false,
  appId: ACTIONS,
  bypass: [],
  upToDate: false,
};
const UNREAD = (id: DoctorFacts['unread'][number]['id']) => ({ id, what: id, permission: 'x' });

const sound: DoctorFacts = {
  branch: 'main',
  context: 'HealthVault go-live',
  requirements: [RULESET],
  inactiveRulesets: [],
  requiredWorkflows: [],
  mergeQueue: true,
  workflows: [parseWorkflow(PATH, SOUND)],
  defaultPermissions: null,
  labels: { wanted: ['go-live/x'], there: ['Go-Live/X', 'bug'] },
  teams: [],
  asksReviews: false,
  breakGlass: false,
  invalidPolicy: null,
  misnamedPolicy: null,
  actionsAppId: ACTIONS,
  unread: [],
};

/** The sound workflow with a text replaced; a replacement that does not apply is a mistake of the test. */
function edited(from: string | RegExp, to: string): DoctorFacts {
  const text = SOUND.replace(from, to);
  if (text === SOUND) throw new Error(`nothing to replace: ${from}`);
  return { ...sound, workflows: [parseWorkflow(PATH, text)] };
}

const TOKEN = '        with:\n          github-token: ${{ steps.app.outputs.token }}\n';
const unprotected = edited('        with:\n', TOKEN);
const withApp: DoctorFacts = {
  ...sound,
  workflows: [
    parseWorkflow(
      PATH,
      SOUND.replace('        with:\n', TOKEN).replace('    runs-on', '    environment: gate\n    runs-on'),
    ),
  ],
};
const required = { path: '.github/workflows/healthvault-go-live.yml', ruleset: 'everyone', organization: true };

const cases: readonly (readonly [string, DoctorFacts, readonly string[], 0 | 1 | 3])[] = [
  ['a sound repository', sound, [], 0],
  ['no requirement', { ...sound, requirements: [] }, ['open status-not-required'], 1],
  [
    'a requirement in a ruleset that is switched off',
    { ...sound, requirements: [], inactiveRulesets: [{ name: 'main', enforcement: 'evaluate' }] },
    ['open status-not-required', 'advice ruleset-not-active'],
    1,
  ],
  ['any source', { ...sound, requirements: [{ ...RULESET, appId: null }] }, ['open any-source'], 1],
  ['any source once, Actions in addition', { ...sound, requirements: [{ ...RULESET, appId: null }, RULESET] }, [], 0],
  [
    'an App expected, the job’s token used',
    { ...sound, requirements: [{ ...RULESET, appId: 7 }] },
    ['stuck wrong-source'],
    1,
  ],
  ['Actions expected, an App’s token used', withApp, ['stuck wrong-source', 'advice environment-in-merge-queue'], 1],
  [
    'an App expected and used, whose key every branch can read',
    { ...unprotected, requirements: [{ ...RULESET, appId: 7 }] },
    ['advice token-on-any-branch'],
    0,
  ],
  ['no merge queue', { ...sound, mergeQueue: false }, ['advice base-may-move'], 0],
  [
    'no merge queue, and branches must be up to date',
    { ...sound, mergeQueue: false, requirements: [{ ...RULESET, upToDate: true }] },
    [],
    0,
  ],
  [
    'an App expected and used',
    { ...withApp, mergeQueue: false, requirements: [{ ...RULESET, appId: 7, upToDate: true }] },
    [],
    0,
  ],
  [
    'an App expected and used, whose key is in an environment that the merge queue needs',
    { ...withApp, requirements: [{ ...RULESET, appId: 7 }] },
    ['advice environment-in-merge-queue'],
    0,
  ],
  ['no scheduled run', edited(/ {2}schedule:\n.*\n/, ''), ['advice no-schedule'], 0],
  ['an emergency label and a run each night', { ...sound, breakGlass: true }, ['advice break-glass-outlives'], 0],
  [
    'an emergency label and a run each hour',
    { ...edited(/- cron: .*/, "- cron: '17 * * * *'"), breakGlass: true },
    [],
    0,
  ],
  [
    'the Actions app of another server',
    { ...sound, actionsAppId: null, requirements: [{ ...RULESET, appId: 7 }] },
    [],
    0,
  ],
  ['bypass', { ...sound, requirements: [{ ...RULESET, bypass: ['the role admin'] }] }, ['open bypass-allowed'], 1],
  [
    'a bypass of one requirement only',
    { ...sound, requirements: [{ ...RULESET, bypass: ['the role admin'] }, RULESET] },
    [],
    0,
  ],
  [
    'a bypass of one requirement, the other unknown',
    {
      ...sound,
      requirements: [
        { ...RULESET, bypass: ['x'] },
        { ...RULESET, bypass: null },
      ],
      unread: [UNREAD('bypass')],
    },
    [],
    3,
  ],
  ['no workflow', { ...sound, workflows: [] }, ['open no-workflow'], 1],
  [
    'a workflow that is not YAML',
    { ...sound, workflows: [parseWorkflow(PATH, 'on: [\n')] },
    ['open workflow-unreadable', 'open no-workflow'],
    1,
  ],
  ['unreadable workflows', { ...sound, workflows: [], unread: [UNREAD('workflows')] }, [], 3],
  ['a misnamed policy', { ...sound, misnamedPolicy: '.github/golive.yml' }, ['open policy-misnamed'], 1],
  ['an invalid policy', { ...sound, invalidPolicy: '.github/go-live.yml' }, ['stuck policy-invalid'], 1],
  ['labels missing', { ...sound, labels: { wanted: ['a', 'b'], there: ['A'] } }, ['stuck labels-missing'], 1],
  ['reviews without a run', { ...sound, asksReviews: true }, ['open missing-review-event'], 1],
  [
    'reviews without their dismissal',
    {
      ...edited('  merge_group:', '  pull_request_review: { types: [submitted] }\n  merge_group:'),
      asksReviews: true,
    },
    ['open missing-review-event'],
    1,
  ],
  [
    'reviews of every type',
    { ...edited('  merge_group:', '  pull_request_review:\n  merge_group:'), asksReviews: true },
    [],
    0,
  ],
  [
    'reviews, in the workflow that init writes for them',
    { ...sound, asksReviews: true, workflows: [parseWorkflow(PATH, writeWorkflow(ACTION, 'enforce', true))] },
    [],
    0,
  ],
  ['teams and no token for them', { ...sound, teams: ['acme/go-live'] }, ['stuck team-token-missing'], 1],
  [
    'teams and a token for them',
    { ...edited('          # team-token', '          team-token'), teams: ['acme/go-live'] },
    [],
    0,
  ],
  ['unreadable labels', { ...sound, labels: null, unread: [UNREAD('labels')] }, [], 3],
  ['unreadable rules', { ...sound, requirements: [], unread: [UNREAD('rules')] }, [], 3],
  ['paths', edited('    types: [opened', '    paths: [app/**]\n    types: [opened'), ['stuck path-filter'], 1],
  [
    'paths-ignore',
    edited('    types: [opened', '    paths-ignore: [docs/**]\n    types: [opened'),
    ['stuck path-filter'],
    1,
  ],
  [
    'branches-ignore',
    edited('    types: [opened', '    branches-ignore: [x]\n    types: [opened'),
    ['stuck branch-filter'],
    1,
  ],
  [
    'branches without the branch',
    edited('    types: [opened', '    branches: [x]\n    types: [opened'),
    ['stuck branch-filter'],
    1,
  ],
  ['branches with the branch', edited('    types: [opened', '    branches: [x, main]\n    types: [opened'), [], 0],
  ['no labeled', edited(', labeled, unlabeled', ', unlabeled'), ['stuck missing-types'], 1],
  ['no unlabeled', edited(', labeled, unlabeled', ', labeled'), ['open missing-types'], 1],
  ['no types at all', edited(/ {4}types: \[opened.*\n/, ''), ['open missing-types'], 1],
  ['no merge_group, a queue', edited('  merge_group:\n', ''), ['stuck missing-merge-group'], 1],
  ['no merge_group, no queue', { ...edited('  merge_group:\n', ''), mergeQueue: false }, ['advice base-may-move'], 0],
  ['pull_request only', edited('pull_request_target:', 'pull_request:'), ['open pull-request-only'], 1],
  ['no pull request event', edited(/ {2}pull_request_target:.*\n.*\n/, ''), ['open no-pull-request-event'], 1],
  ['a condition', edited('    runs-on', "    if: github.actor != 'x'\n    runs-on"), ['stuck job-condition'], 1],
  ['always()', edited('    runs-on', '    if: ${{ always() }}\n    runs-on'), [], 0],
  [
    'a condition on the step',
    edited('        with:', '        if: success()\n        with:'),
    ['open step-condition'],
    1,
  ],
  ['needs', edited('    runs-on', '    needs: build\n    runs-on'), ['stuck job-needs'], 1],
  [
    'a matrix',
    edited('    runs-on', '    strategy:\n      matrix: { n: [1, 2] }\n    runs-on'),
    ['open matrix-job'],
    1,
  ],
  [
    'a job named like the status',
    edited('name: Evaluate the go-live change', 'name: healthvault go-live'),
    ['open job-named-like-status'],
    1,
  ],
  [
    'a job without a name whose id is like the status',
    { ...edited(/ {2}evaluate:\n.*\n/, '  gate:\n'), context: 'gate' },
    ['open job-named-like-status'],
    1,
  ],
  [
    'a status that is an expression',
    edited('        with:', '        with:\n          status-context: gate ${{ matrix.n }}'),
    ['open dynamic-context'],
    1,
  ],
  ['mode: report', edited('        with:', '        with:\n          mode: report'), ['open report-only'], 1],
  ['mode: enforce', edited('        with:', '        with:\n          mode: enforce'), [], 0],
  [
    'continue-on-error',
    edited('    runs-on', '    continue-on-error: true\n    runs-on'),
    ['advice ignored-failure'],
    0,
  ],
  ['cancel', edited('cancel-in-progress: false', 'cancel-in-progress: true'), ['open cancel-in-progress'], 1],
  [
    'cancel, sometimes',
    edited('cancel-in-progress: false', 'cancel-in-progress: ${{ true }}'),
    ['open cancel-in-progress'],
    1,
  ],
  ['no concurrency', edited(/concurrency:\n(?: .*\n)+/, ''), ['advice no-concurrency'], 0],
  ['one group for all events', edited(/ {2}group: .*/, '  group: a'), ['open edits-replace-runs'], 1],
  [
    'edits in the group of the pull request',
    edited(/\$\{\{ github\.event\.action == .*\}\}/, ''),
    ['open edits-replace-runs'],
    1,
  ],
  [
    'comments in the group of the pull request',
    edited('github.event.comment.id', 'github.event.issue.number'),
    ['open edits-replace-runs'],
    1,
  ],
  ['another group for each run', edited(/ {2}group: .*/, '  group: a-${{ github.run_id }}'), [], 0],
  ['permissions too few', edited(/ {6}statuses: write.*\n/, ''), ['stuck permissions-too-few'], 1],
  [
    'permissions too many',
    edited('statuses: write', 'statuses: write\n      issues: write'),
    ['advice permissions-too-many'],
    0,
  ],
  ['contents: write', edited('contents: read', 'contents: write'), ['advice permissions-too-many'], 0],
  [
    'the workflow’s own permissions: none',
    edited(/ {4}permissions:\n(?: {6}.*\n){3}/, ''),
    ['stuck permissions-too-few'],
    1,
  ],
  [
    'no permissions and a default that can write',
    { ...edited(/permissions: \{\}\n([\s\S]*?) {4}permissions:\n(?: {6}.*\n){3}/, '$1'), defaultPermissions: 'write' },
    ['advice permissions-missing'],
    0,
  ],
  [
    'no permissions and a default that cannot write',
    { ...edited(/permissions: \{\}\n([\s\S]*?) {4}permissions:\n(?: {6}.*\n){3}/, '$1'), defaultPermissions: 'read' },
    ['stuck permissions-missing'],
    1,
  ],
  [
    'write-all',
    edited(/ {4}permissions:\n(?: {6}.*\n){3}/, '    permissions: write-all\n'),
    ['advice permissions-too-many'],
    0,
  ],
  [
    'read-all',
    edited(/ {4}permissions:\n(?: {6}.*\n){3}/, '    permissions: read-all\n'),
    ['stuck permissions-too-few'],
    1,
  ],
  ['a tag', edited(/@[0-9a-f]{40}/, '@v1.2.3'), ['advice action-not-pinned'], 0],
  ['a short SHA', edited(/@[0-9a-f]{40}/, '@0123456'), ['advice action-not-pinned'], 0],
  [
    'a checkout of the head',
    edited(
      '    steps:\n',
      '    steps:\n      - uses: actions/checkout@v6\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }\n',
    ),
    ['open checks-out-head'],
    1,
  ],
  [
    'a checkout of the head in another job, by hand',
    edited('jobs:\n', 'jobs:\n  build:\n    steps:\n      - run: gh pr checkout 1\n'),
    ['open checks-out-head'],
    1,
  ],
  ['a checkout of the base', edited('    steps:\n', '    steps:\n      - uses: actions/checkout@v6\n'), [], 0],
  [
    'a required workflow alone',
    { ...sound, workflows: [], requirements: [], requiredWorkflows: [required] },
    ['open status-not-required', 'open ruleset-ignores-types'],
    1,
  ],
  ['a required workflow beside the ordinary one', { ...sound, requiredWorkflows: [required] }, [], 0],
  [
    'a required workflow that can be skipped',
    { ...edited('    runs-on', '    if: false\n    runs-on'), requiredWorkflows: [required] },
    ['open job-condition'],
    1,
  ],
  [
    'a required workflow of something else',
    { ...sound, requiredWorkflows: [{ ...required, path: 'lint.yml' }] },
    [],
    0,
  ],
];

test.each(cases)('the traps are right for %s', (_, facts, expected, exit) => {
  const traps = findTraps(facts);
  expect(traps.map(({ effect, id }) => `${effect} ${id}`)).toEqual(expected);
  expect(toDoctorExitCode(facts, traps)).toBe(exit);
  for (const { what, fix } of traps) expect(`${what}${fix}`).not.toMatch(/\{[a-z]\w*\}/i);
});

test('every trap with a sentence has a case', () => {
  const found = new Set(cases.flatMap(([, , ids]) => ids.map((id) => id.split(' ')[1])));
  expect(Object.values(kinds).filter(({ id }) => !found.has(id))).toEqual([]);
});

test('several workflows of the gate count together', () => {
  const labels = SOUND.replace(/types: \[opened.*\]/, 'types: [labeled, unlabeled]').replace('  merge_group:\n', '');
  const rest = SOUND.replace(', labeled, unlabeled', '');
  const workflows = [parseWorkflow('a.yml', labels), parseWorkflow('b.yml', rest)];
  expect(findTraps({ ...sound, workflows })).toEqual([]);
});

test('events are read in every form that GitHub accepts', () => {
  const on = (text: string) => parseWorkflow('a.yml', `on: ${text}\n`).triggers;
  expect(on('push')).toEqual({ push: { types: null, filters: {} } });
  expect(Object.keys(on('[push, merge_group]'))).toEqual(['push', 'merge_group']);
  expect(on('{ pull_request: { types: labeled, paths: [a] } }')).toEqual({
    pull_request: { types: ['labeled'], filters: { paths: ['a'] } },
  });
});

test.each([
  ['nothing required', { ...sound, requirements: [] }, 0],
  ['an open trap', { ...sound, requirements: [{ ...RULESET, appId: null }] }, 0],
  ['the job’s token', sound, 1],
  ['an App', { ...withApp, requirements: [{ ...RULESET, appId: 7 }] }, 2],
  ['an App whose key every branch can read', { ...unprotected, requirements: [{ ...RULESET, appId: 7 }] }, 1],
  [
    'an App, required by the organization',
    { ...withApp, requirements: [{ ...RULESET, appId: 7, organization: true }] },
    3,
  ],
  [
    'an organization’s workflow with a similar name to HealthVault',
    { ...sound, requiredWorkflows: [{ ...required, path: '.github/workflows/healthvault-lint.yml' }] },
    1,
  ],
  [
    'an App of a server whose Actions app is unknown, without its token',
    { ...sound, actionsAppId: null, requirements: [{ ...RULESET, appId: 7 }] },
    1,
  ],
  ['an organization’s required workflow', { ...sound, requiredWorkflows: [required] }, 3],
  ['the repository’s required workflow', { ...sound, requiredWorkflows: [{ ...required, organization: false }] }, 1],
] as const)('the trust level is right with %s', (_, facts, level) => {
  expect(findTrustLevel(facts, findTraps(facts))).toBe(level);
  expect(words.nextSteps[level] === null).toBe(level === 3);
});
