/**
 * An approval counts only for the change that was on the head, against the base, at the moment the label was added, and only
 * if the gate had published an evaluation of exactly that change.
 */
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
import { answer, answerTo, approve, reportPush } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const GATE = 'github-actions[bot]';
const CHANGED = { [MANIFEST_PATH]: buildManifest({ description: 'Keeps a diary, with boots' }) };
const OTHER = { [MANIFEST_PATH]: buildManifest({ description: 'Sells your diary' }) };

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(async () => {
  github = await startFabrikam();
  pull = openDescriptionChange(github);
  expect((await answer(github, pull.number)).exit).toBe(1);
});
afterEach(() => github.close());

const label = () => github.state.addLabel(pull.number, LABEL, 'grace');
const roads = ['on', 'off'] as const;

describe('a label that was added for another head that no run evaluated', () => {
  /** Each returns the head before its last step. */
  const AWAY_AND_BACK: Readonly<Record<string, () => string>> = {
    'does not count with force-pushes': () => {
      const to = pull.headSha;
      github.state.forcePush(pull.number, { files: OTHER });
      const before = pull.headSha;
      label();
      github.state.forcePush(pull.number, { to });
      return before;
    },
    'does not count with a run that has only written pending': () => {
      const to = pull.headSha;
      github.state.forcePush(pull.number, { files: OTHER });
      github.state.addStatus(pull.headSha, GATE, { state: 'pending', context: CONTEXT });
      const before = pull.headSha;
      label();
      github.state.forcePush(pull.number, { to });
      return before;
    },
    'does not count with a run that ended in an error': () => {
      const to = pull.headSha;
      github.state.push(pull.number, { files: OTHER });
      github.state.addStatus(pull.headSha, GATE, { state: 'error', context: CONTEXT });
      const before = pull.headSha;
      label();
      github.state.forcePush(pull.number, { to });
      return before;
    },
    'does not count with a push that the next one reverts': () => {
      github.state.push(pull.number, { files: OTHER });
      const before = pull.headSha;
      label();
      github.state.push(pull.number, { files: CHANGED });
      return before;
    },
    'does not count in the second of the force-push': () => {
      const to = pull.headSha;
      github.state.forcePush(pull.number, { files: OTHER });
      github.state.clock.stepMs = 0;
      const before = pull.headSha;
      label();
      github.state.forcePush(pull.number, { to });
      github.state.clock.stepMs = 1000;
      return before;
    },
  };
  describe.each(roads)('with GraphQL %s', (road) => {
    test.each(Object.keys(AWAY_AND_BACK))('%s', async (how) => {
      github.graphql = road;
      const before = AWAY_AND_BACK[how]?.() ?? '';
      const { exit } = await answer(github, pull.number, 'synchronize', { before });
      expect([exit, findStatus(github, pull)]).toEqual([1, 'failure']);
      expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
      // Given again it counts, however often the gate runs.
      github.state.removeLabel(pull.number, LABEL, 'grace');
      label();
      expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
      expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
    });
  });

  test('does not count, and is removed', async () => {
    const before = AWAY_AND_BACK['does not count with force-pushes']?.() ?? '';
    const { report } = await answer(github, pull.number, 'synchronize', { before });
    expect(report?.labels.rejected).toMatchObject([{ label: LABEL, by: 'grace', dropped: true }]);
    expect(report?.labels.rejected[0]?.reason).toContain('may have been on the pull request');
    expect(pull.labels).toEqual([]);
  });

  test('does not count later if it remains because its user had no right then', async () => {
    github.state.setRole('grace', 'triage');
    AWAY_AND_BACK['does not count with force-pushes']?.();
    await answer(github, pull.number, 'edited');
    expect(pull.labels).toEqual([LABEL]);
    github.state.setRole('grace', 'maintain');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });
});

describe.each(roads)('a label that was added for another base (GraphQL %s)', (road) => {
  test.each([
    ['that is not protected', () => {}],
    ['that is protected', () => requireStatus(github, 'release')],
  ])('%s does not count', async (_name, prepare) => {
    github.graphql = road;
    github.state.branches.set('release', github.state.requireCommit('main').sha);
    prepare();
    github.state.retarget(pull.number, 'ada', 'release');
    label();
    github.state.retarget(pull.number, 'ada', 'main');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    github.state.removeLabel(pull.number, LABEL, 'grace');
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  });

  test('that was evaluated there does not count here', async () => {
    github.graphql = road;
    github.state.branches.set('release', github.state.requireCommit('main').sha);
    requireStatus(github, 'release');
    github.state.retarget(pull.number, 'ada', 'release');
    await answer(github, pull.number, 'edited');
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
    github.state.retarget(pull.number, 'ada', 'main');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });
});

describe('an approval remains valid after', () => {
  beforeEach(async () => {
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  });

  test('a change of the base and back without a run', async () => {
    github.state.branches.set('release', github.state.requireCommit('main').sha);
    github.state.retarget(pull.number, 'ada', 'release');
    github.state.retarget(pull.number, 'ada', 'main');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
  });

  test('another head for a while, after the gate had seen the label', async () => {
    const to = pull.headSha;
    github.state.forcePush(pull.number, { files: OTHER });
    expect((await reportPush(github, pull, () => github.state.forcePush(pull.number, { to }))).exit).toBe(0);
    expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
  });
});

test('a label that comes with the next push counts, because both heads have one change', async () => {
  label();
  expect((await reportPush(github, pull, () => github.state.push(pull.number, { files: { 'a.txt': 'a' } }))).exit).toBe(
    0,
  );
});

describe('a user who pushes is an author', () => {
  const event = (action: 'opened' | 'synchronize' | 'reopened', sender: string, before?: string) =>
    answerTo(github, {
      event: 'pull_request_target',
      action,
      number: pull.number,
      sender,
      ...(before === undefined ? {} : { before }),
    });

  test.each<[how: string, push: () => Promise<unknown>]>([
    [
      'by a push that its run sees',
      () => {
        const before = pull.headSha;
        github.state.push(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
        return event('synchronize', 'grace', before);
      },
    ],
    [
      'by a push that no run sees',
      () => {
        github.state.push(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
        return answer(github, pull.number, 'edited');
      },
    ],
    [
      'by a push that is followed by another one',
      () => {
        github.state.push(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
        const before = pull.headSha;
        github.state.push(pull.number, { by: 'ada', files: { 'a.txt': 'a' } });
        return event('synchronize', 'ada', before);
      },
    ],
    [
      'by a force-push',
      () => {
        github.state.forcePush(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
        return answer(github, pull.number, 'edited');
      },
    ],
    [
      'while the pull request was closed',
      () => {
        github.state.push(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
        return event('reopened', 'grace');
      },
    ],
  ])('%s', async (_how, push) => {
    await push();
    label();
    const { exit, report } = await answer(github, pull.number, 'labeled');
    expect([exit, report?.labels.rejected[0]?.reason]).toEqual([1, expect.stringContaining('pushed commits')]);
    // And stays one, whatever is pushed next, by any account.
    const before = pull.headSha;
    github.state.push(pull.number, { by: 'ada', files: { 'b.txt': 'b' } });
    expect((await event('synchronize', 'ada', before)).exit).toBe(1);
    expect((await approve(github, pull.number)).exit).toBe(1);
  });

  test('also before the pull request is opened', async () => {
    pull = github.state.open({ author: 'ada', pusher: 'grace', files: OTHER });
    await event('opened', 'ada');
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(1);
    github.state.setRole('erin', 'write');
    github.state.removeLabel(pull.number, LABEL, 'grace');
    github.state.addLabel(pull.number, LABEL, 'erin');
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  });

  test('but not by reopening an evaluated pull request', async () => {
    await event('reopened', 'grace');
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  });

  test('but not by merging the base, if that adds nothing to the change', async () => {
    github.state.commitTo('main', { files: { 'README.md': 'Moved\n' } });
    let before = pull.headSha;
    github.state.updateBranch(pull.number, 'grace');
    expect((await event('synchronize', 'grace', before)).exit).toBe(1);
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
    before = pull.headSha;
    github.state.push(pull.number, { by: 'ada', files: OTHER });
    await event('synchronize', 'ada', before);
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  });

  test('also when a merge of the base hides a change', async () => {
    github.state.commitTo('main', { files: { 'README.md': 'Moved\n' } });
    const before = pull.headSha;
    const merge = github.state.updateBranch(pull.number, 'grace');
    github.state.forcePush(pull.number, { to: before });
    pull.timeline.pop();
    const evil = github.state.objects.addCommit({
      ...merge,
      tree: new Map([...merge.tree, ...github.state.commitUpon(before, { files: OTHER }).tree]),
    });
    github.state.forcePush(pull.number, { to: evil.sha, pusher: 'grace' });
    pull.timeline.pop();
    expect((await event('synchronize', 'grace', before)).exit).toBe(1);
    label();
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(1);
  });

  test('also for a second pull request with the same head by another user', async () => {
    const before = pull.headSha;
    github.state.push(pull.number, { by: 'ada', pusher: 'grace', files: OTHER });
    await event('synchronize', 'grace', before);
    const twin = github.state.open({ author: 'mallory', fork: 'mallory', files: OTHER });
    github.state.forcePush(twin.number, { to: pull.headSha });
    await answer(github, twin.number);
    expect((await approve(github, twin.number)).exit).toBe(1);
    expect(findStatus(github, pull)).toBe('failure');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect(findStatus(github, pull)).toBe('failure');
  });
});
