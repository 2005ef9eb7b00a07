/** Approvals that count: what an approval survives, what drops it, and whose label counts. GO_LIVE_BUILT=1 runs the built action. */
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  CONTEXT,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  requireStatus,
  startFabrikam,
} from '../support/fabrikam.ts';
import { runAction } from '../support/run-action.ts';
import { answer, answerTo, approve, reportPush } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const CHANGED = buildManifest({ description: 'Keeps a diary, with boots' });
const OTHER = buildManifest({ description: 'Sells your diary' });
const TEAM_POLICY = 'extends: healthvault\napprovers:\n  default: { teams: [fabrikam/go-live] }\n';

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam();
});
afterEach(async () => github.close());

/** A pull request that grace approved after its first evaluation. */
async function approved(): Promise<PullRequest> {
  const pull = openDescriptionChange(github);
  expect((await answer(github, pull.number)).exit).toBe(1);
  expect((await approve(github, pull.number)).exit).toBe(0);
  expect(findStatus(github, pull)).toBe('success');
  return pull;
}

const push = (pull: PullRequest, text: string) => () =>
  github.state.push(pull.number, { files: { [MANIFEST_PATH]: text } });

describe('an approval remains valid after', () => {
  const SURVIVALS: Readonly<Record<string, (pull: PullRequest) => void>> = {
    'an unrelated push': (pull) => github.state.push(pull.number, { files: { 'src/diary.ts': 'export {};\n' } }),
    'reformatting and comments': (pull) =>
      push(pull, `# Reviewed yearly\n${CHANGED.replace('[Read]', '[ Read ]')}\n`)(),
    'a rebase onto another base': (pull) => {
      github.state.commitTo('main', { files: { 'README.md': 'Moved\n' } });
      github.state.rebase(pull.number);
    },
    'a merge of the base by its author': (pull) => {
      github.state.commitTo('main', { files: { 'README.md': 'Moved\n' } });
      github.state.updateBranch(pull.number, 'ada');
    },
    'an update of the branch by another user': (pull) => {
      github.state.commitTo('main', { files: { 'README.md': 'Moved\n' } });
      github.state.updateBranch(pull.number, 'grace2');
    },
    'an amended commit message': (pull) =>
      github.state.forcePush(pull.number, { files: { [MANIFEST_PATH]: CHANGED }, message: 'Better words' }),
  };

  test.each(Object.keys(SURVIVALS))('%s', async (name) => {
    const pull = await approved();
    const { exit, report } = await reportPush(github, pull, () => SURVIVALS[name]?.(pull));
    expect([exit, report?.labels.accepted.map(({ by }) => by)]).toEqual([0, ['grace']]);
    expect(pull.labels).toEqual([LABEL]);
    expect(findStatus(github, pull)).toBe('success');
  });

  test('a push that no run evaluated, and another change in between', async () => {
    const pull = await approved();
    github.state.push(pull.number, { files: { 'a.txt': 'a' } });
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: OTHER } });
    expect((await reportPush(github, pull, push(pull, CHANGED))).exit).toBe(0);
  });

  test('a force-push away and back without a run in between', async () => {
    const pull = await approved();
    const to = pull.headSha;
    github.state.forcePush(pull.number, { files: { [MANIFEST_PATH]: OTHER } });
    expect((await reportPush(github, pull, () => github.state.forcePush(pull.number, { to }))).exit).toBe(0);
  });

  test('two rebases in a row, the first without a run', async () => {
    const pull = await approved();
    github.state.rebase(pull.number, { date: '2026-11-24T00:00:00Z' });
    expect((await reportPush(github, pull, () => github.state.rebase(pull.number))).exit).toBe(0);
  });

  test('a later run whose event does not mention the push', async () => {
    const pull = await approved();
    github.state.rebase(pull.number, { date: '2026-11-24T00:00:00Z' });
    expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
  });

  test('a rebase without GraphQL, by the previous head in the event', async () => {
    const pull = await approved();
    github.graphql = 'off';
    const { exit } = await reportPush(github, pull, () =>
      github.state.rebase(pull.number, { date: '2026-11-24T00:00:00Z' }),
    );
    expect(exit).toBe(0);
  });
});

describe('an approval becomes stale', () => {
  const DROPS: Readonly<Record<string, (pull: PullRequest) => void>> = {
    'by another value': (pull) => push(pull, OTHER)(),
    'by one more change': (pull) =>
      push(pull, CHANGED.replace('name: Fabrikam Health', 'name: Fabrikam Health Plus'))(),
    'by another value in a commit that is dated years back': (pull) =>
      github.state.push(pull.number, { files: { [MANIFEST_PATH]: OTHER }, date: '2020-01-01T00:00:00Z' }),
    'by a force-push that is dated years back': (pull) =>
      github.state.forcePush(pull.number, { files: { [MANIFEST_PATH]: OTHER }, date: '2020-01-01T00:00:00Z' }),
    'by another policy on the base': (pull) => {
      const files = { '.github/go-live.yml': 'extends: healthvault\nconsent-widening: signup-workflow\n' };
      github.state.commitTo('main', { files });
      github.state.updateBranch(pull.number, 'ada');
    },
  };

  test.each(Object.keys(DROPS))('%s', async (name) => {
    const pull = await approved();
    github.state.addLabel(pull.number, 'documentation', 'ada');
    const { exit, report } = await reportPush(github, pull, () => DROPS[name]?.(pull));
    expect(exit).toBe(1);
    expect(report?.labels.rejected).toMatchObject([{ label: LABEL, by: 'grace', dropped: true }]);
    expect(findStatus(github, pull)).toBe('failure');
    // The gate removes only this label. Other labels stay.
    expect(pull.labels).toEqual(['documentation']);
    expect(pull.timeline.filter(({ event }) => event === 'unlabeled')).toMatchObject([
      { label: LABEL, actor: 'github-actions[bot]' },
    ]);
    expect(github.state.listComments(pull.number)[0]?.body).toContain('out of date');
    // It must be given again, and then it counts.
    expect((await approve(github, pull.number)).exit).toBe(0);
  });

  test('and its label is removed by calls for a single label', async () => {
    const pull = await approved();
    await reportPush(github, pull, push(pull, OTHER));
    const removals = github.requests.filter(
      ({ method, path }) => /DELETE|PUT/.test(method) && path.includes('/labels'),
    );
    expect(removals.map(({ path }) => path)).toEqual([
      `/repos/fabrikam/health/issues/${pull.number}/labels/${encodeURIComponent(LABEL)}`,
    ]);
  });

  test('when it was given for another change and the head returns to a commit that was evaluated before', async () => {
    const pull = github.state.open({ author: 'ada', title: 'Evil', files: { [MANIFEST_PATH]: OTHER } });
    const evil = pull.headSha;
    expect((await answer(github, pull.number)).exit).toBe(1);
    await reportPush(github, pull, () => github.state.forcePush(pull.number, { files: { [MANIFEST_PATH]: CHANGED } }));
    expect((await approve(github, pull.number)).exit).toBe(0);
    const { exit } = await reportPush(github, pull, () => github.state.forcePush(pull.number, { to: evil }));
    expect([exit, findStatus(github, pull)]).toEqual([1, 'failure']);
  });

  test('with commits in between that no run saw, for every kind of run', async () => {
    const pull = github.state.open({ author: 'ada', title: 'Evil', files: { [MANIFEST_PATH]: OTHER } });
    const evil = pull.headSha;
    await answer(github, pull.number);
    github.state.forcePush(pull.number, { files: { 'a.txt': 'a' } });
    await reportPush(github, pull, push(pull, CHANGED));
    expect((await approve(github, pull.number)).exit).toBe(0);
    github.state.push(pull.number, { files: { 'b.txt': 'b' } });
    github.state.forcePush(pull.number, { to: evil });
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect(findStatus(github, pull)).not.toBe('success');
    for (const graphql of ['on', 'off'] as const) {
      github.graphql = graphql;
      expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    }
  });

  test('by a fast-forward push back to an evaluated commit', async () => {
    const pull = github.state.open({ author: 'ada', files: { 'a.txt': 'a' } });
    const start = pull.headSha;
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: CHANGED } });
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: OTHER } });
    const evil = pull.headSha;
    const middle = github.state.requireCommit(evil).parents[0] ?? '';
    await answer(github, pull.number);
    github.state.forcePush(pull.number, { to: start });
    await reportPush(github, pull, () => fastForward(pull, middle));
    expect((await approve(github, pull.number)).exit).toBe(0);
    expect((await reportPush(github, pull, () => fastForward(pull, evil))).exit).toBe(1);
  });

  /** A push of commits that are there already: no event reports it as a force-push. */
  function fastForward(pull: PullRequest, to: string): void {
    github.state.forcePush(pull.number, { to });
    pull.timeline.splice(
      pull.timeline.findLastIndex(({ event }) => event === 'head_ref_force_pushed'),
      1,
    );
  }
});

describe('a label does not count', () => {
  test('when it was added before the first evaluation', async () => {
    const pull = openDescriptionChange(github);
    github.state.addLabel(pull.number, LABEL, 'grace');
    const first = await answer(github, pull.number);
    expect([first.exit, first.report?.labels.missing]).toEqual([1, [LABEL]]);
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    github.state.removeLabel(pull.number, LABEL, 'grace');
    expect((await approve(github, pull.number)).exit).toBe(0);
  });

  test('when it was added in the second of the evaluation', async () => {
    const pull = openDescriptionChange(github);
    await answer(github, pull.number);
    github.state.clock.stepMs = 0;
    github.state.addLabel(pull.number, LABEL, 'grace');
    github.state.clock.stepMs = 1000;
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(1);
  });

  test.each(['renamed from another', 'deleted and made again'])('when it was %s', async (how) => {
    const pull = openDescriptionChange(github);
    await answer(github, pull.number);
    if (how === 'renamed from another') {
      github.state.deleteLabel(LABEL);
      github.state.createLabel('documentation');
      github.state.addLabel(pull.number, 'documentation', 'grace');
      github.state.renameLabel('documentation', LABEL);
      expect(pull.labels).toEqual([LABEL]);
    } else {
      github.state.addLabel(pull.number, LABEL, 'grace');
      github.state.deleteLabel(LABEL);
      github.state.createLabel(LABEL);
    }
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect(findStatus(github, pull)).toBe('failure');
  });

  const LABELLERS: readonly (readonly [who: string, by: string, prepare: (pull: PullRequest) => void])[] = [
    ['the author of the pull request', 'ada', () => {}],
    [
      'the author of a commit',
      'grace',
      (pull) => github.state.push(pull.number, { by: 'grace', files: { 'a.txt': 'a' } }),
    ],
    [
      'a co-author',
      'grace',
      (pull) => github.state.push(pull.number, { coAuthors: ['grace'], files: { 'a.txt': 'a' } }),
    ],
    ['a committer', 'grace', (pull) => github.state.push(pull.number, { committer: 'grace', files: { 'a.txt': 'a' } })],
    ['a bot', 'approver[bot]', () => github.state.setRole('approver[bot]', 'admin')],
    ['the gate itself', 'github-actions[bot]', () => github.state.setRole('github-actions[bot]', 'admin')],
    ['a user with the triage role', 'tim', () => {}],
    ['a user with the read role', 'rita', () => github.state.setRole('rita', 'read')],
    ['a removed collaborator', 'carl', () => github.state.setRole('carl', 'none')],
    ['a user without a role', 'mallory', () => {}],
  ];
  test.each(LABELLERS)('when it was added by %s', async (_who, by, prepare) => {
    const pull = openDescriptionChange(github);
    prepare(pull);
    await answer(github, pull.number);
    github.state.addLabel(pull.number, LABEL, by);
    const { exit, report } = await answer(github, pull.number, 'labeled');
    expect([exit, report?.labels.missing, findStatus(github, pull)]).toEqual([1, [LABEL], 'failure']);
    expect(report?.labels.rejected).toHaveLength(1);
    expect(report?.labels.rejected[0]?.reason).toContain('write access or higher');
  });
});

test('a label does not count if its account does not exist', async () => {
  const pull = await approved();
  github.state.accounts.remove('grace');
  expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
});

test('rights are evaluated now, so lost ones do not count and new ones do', async () => {
  const pull = await approved();
  github.state.setRole('grace', 'triage');
  expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  github.state.setRole('grace', 'write');
  expect(
    (await answerTo(github, { event: 'schedule', schedule: '0 6 * * *' }, { 'pull-request': String(pull.number) }))
      .exit,
  ).toBe(0);
});

describe('a rule with a team', () => {
  let pull: PullRequest;
  beforeEach(async () => {
    github.state.setTeam('fabrikam/go-live', ['grace']);
    github.state.commitTo('main', { files: { '.github/go-live.yml': TEAM_POLICY } });
    pull = openDescriptionChange(github);
    await answer(github, pull.number);
    github.state.addLabel(pull.number, LABEL, 'grace');
  });

  test('is never met without a token for teams, and the reason says so', async () => {
    const { exit, report } = await answer(github, pull.number, 'labeled');
    expect(exit).toBe(1);
    expect(report?.labels.rejected[0]?.reason).toContain('team-token');
  });

  test('is met by members of the team with the token', async () => {
    const inputs = { 'team-token': TOKENS.team };
    expect((await answer(github, pull.number, 'labeled', { inputs })).exit).toBe(0);
    github.state.setTeam('fabrikam/go-live', ['other']);
    expect((await answer(github, pull.number, 'edited', { inputs })).exit).toBe(1);
  });
});

test('an approval is bound to the meaning of a change, not to its formatting', async () => {
  const rules = (first: string, second: string) =>
    buildManifest().replace(
      /rules:[\s\S]*/,
      `rules:
  online:
    - { reason: Draws it., optional: true, permissions: [Read], types: [Weight]${first} }
    - { reason: Draws it., optional: true, permissions: [Read], types: ['*']${second} }
`,
    );
  await github.close();
  github = await startFabrikam({ files: { [MANIFEST_PATH]: rules('', '') } });
  const files = (text: string) => ({ [MANIFEST_PATH]: text });
  const pull = github.state.open({ author: 'ada', files: files(rules(', display: [first-time]', '')) });
  await answer(github, pull.number);
  github.state.addLabel(pull.number, LABELS.workflow, 'grace');
  expect((await approve(github, pull.number)).exit).toBe(0);

  const moved = await reportPush(github, pull, () =>
    github.state.push(pull.number, { files: files(rules('', ', display: [first-time]')) }),
  );
  expect([moved.exit, findStatus(github, pull), pull.labels]).toEqual([1, 'failure', []]);
});

test.each([
  ['from the gate', 'github-actions[bot]', CONTEXT],
  ['from another account', 'mallory', CONTEXT],
  ['in another case', 'mallory', CONTEXT.toUpperCase()],
])('a commit with nearly as many statuses as GitHub accepts %s ends in an error', async (_name, who, context) => {
  const pull = openDescriptionChange(github);
  await answer(github, pull.number);
  expect((await approve(github, pull.number)).exit).toBe(0);
  // Where the last status contains no number, the statuses of all accounts are counted.
  for (let count = 0; count < 900; count++) github.state.addStatus(pull.headSha, who, { state: 'pending', context });
  const tired = await answer(github, pull.number, 'edited');
  expect([tired.exit, tired.failure, findStatus(github, pull)]).toEqual([3, 'too-many-evaluations', 'error']);
  // And where it contains a large one.
  expect((await answer(github, pull.number, 'edited')).failure).toBe('too-many-evaluations');
  github.state.push(pull.number, { files: { 'empty.txt': '' } });
  expect((await answer(github, pull.number, 'synchronize')).exit).toBe(0);
});

test('gates with two contexts keep one comment each, also if one name starts with the other', async () => {
  const pull = openDescriptionChange(github);
  const contexts = [CONTEXT, `${CONTEXT} (ppe)`, CONTEXT.replace(' ', '-')];
  for (let round = 0; round < 2; round++) {
    for (const context of contexts)
      await runAction(
        github,
        { event: 'pull_request_target', action: 'edited', number: pull.number, sender: 'ada' },
        { 'status-context': context },
      );
  }
  const comments = github.state.listComments(pull.number);
  expect(comments).toHaveLength(contexts.length);
  expect(comments.map(({ edits }) => edits.length)).toEqual(contexts.map(() => 0));
});

test('statuses that another account writes during the run are counted before a success', async () => {
  const pull = openDescriptionChange(github);
  await answer(github, pull.number);
  github.state.addLabel(pull.number, LABEL, 'grace');
  github.beforeRequest = (_n, { path }) => {
    if (!path.includes('/compare/')) return;
    github.beforeRequest = null;
    for (let count = 0; count < 950; count++)
      github.state.addStatus(pull.headSha, 'mallory', { state: 'success', context: CONTEXT });
  };
  const { exit, failure } = await answer(github, pull.number, 'labeled');
  expect([exit, failure, findStatus(github, pull)]).toEqual([3, 'too-many-evaluations', 'error']);
});

describe('two pull requests with the same head commit', () => {
  let blocked: PullRequest;
  let twin: PullRequest;
  beforeEach(async () => {
    blocked = openDescriptionChange(github);
    await answer(github, blocked.number);
    // Ada brings the change to a branch of her own first, so that offering it there changes nothing.
    github.state.branches.set('harmless', blocked.headSha);
    requireStatus(github, 'harmless');
    twin = github.state.open({ author: 'ada', title: 'Twin', base: 'harmless', files: { 'a.txt': 'a' } });
    github.state.forcePush(blocked.number, { to: twin.headSha });
  });

  test.each(['on', 'off'] as const)('do not pass by the one without changes (GraphQL %s)', async (road) => {
    github.graphql = road;
    expect(blocked.headSha).toBe(twin.headSha);
    const { exit, report } = await answer(github, twin.number);
    expect([exit, findStatus(github, blocked)]).toEqual([1, 'failure']);
    expect(report?.problems.map(({ id }) => id)).toContain('head-shared');
  });

  test.each(['on', 'off'] as const)(
    'do not pass by a fork that opens it against two branches (GraphQL %s)',
    async (road) => {
      github.graphql = road;
      const files = { [MANIFEST_PATH]: buildManifest({ description: 'From a fork' }) };
      const first = github.state.open({ author: 'mallory', fork: 'mallory', files });
      github.state.branches.set('harmless', first.headSha);
      const second = github.state.open({
        author: 'mallory',
        fork: 'mallory',
        base: 'harmless',
        files: { 'b.txt': 'b' },
      });
      github.state.forcePush(first.number, { to: second.headSha });
      const { exit, report } = await answer(github, second.number);
      expect([exit, findStatus(github, first)]).toEqual([1, 'failure']);
      expect(report?.problems.map(({ id }) => id)).toContain('head-shared');
    },
  );

  test('do not affect each other when one is against an unprotected branch', async () => {
    github.state.branchRules.clear();
    expect((await answer(github, twin.number)).exit).toBe(0);
    expect([findStatus(github, twin), findStatus(github, blocked)]).toEqual([null, null]);
    expect((await answer(github, blocked.number, 'edited')).exit).toBe(1);
    expect((await approve(github, blocked.number)).exit).toBe(0);
    github.state.removeLabel(blocked.number, LABEL, 'grace');
    expect((await answer(github, twin.number, 'edited')).exit).toBe(0);
    expect((await answer(github, blocked.number, 'unlabeled')).exit).toBe(1);
  });

  test('pass when both have their approvals', async () => {
    await answer(github, blocked.number, 'edited');
    expect((await approve(github, blocked.number)).exit).toBe(0);
    expect((await answer(github, twin.number)).exit).toBe(0);
    expect(findStatus(github, twin)).toBe('success');
  });
});
