/** A run over many open pull requests: those that are as their last run left them are read and not written, all others are. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  CONTEXT,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  startFabrikam,
} from '../support/fabrikam.ts';
import { answer, approve, runGate } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const SCHEDULE = { event: 'schedule', schedule: '0 6 * * *' } as const;
const GLASS = 'go-live/break-glass';
const POLICY = '.github/go-live.yml';
const WITH_GLASS = {
  [POLICY]: `extends: healthvault\nbreak-glass:\n  label: ${GLASS}\n  approvers: { users: [boss] }\n  expires-after-hours: 4\n`,
};

let github: EmbeddedGitHub;
afterEach(() => github.close());

/** Opens pull requests that are approved and evaluated. */
async function openApproved(count: number, files: Readonly<Record<string, string>> = {}) {
  github = await startFabrikam({ roles: { ada: 'write', grace: 'maintain', tim: 'triage', boss: 'admin' }, files });
  const pulls = Array.from({ length: count }, (_, index) => openDescriptionChange(github, `Keeps diary ${index}`));
  for (const { number } of pulls) {
    await answer(github, number);
    expect((await approve(github, number)).exit).toBe(0);
  }
  github.state.clock.advance(3_600_000);
  return pulls as [PullRequest, PullRequest, ...PullRequest[]];
}

const countStatuses = (pull: PullRequest): number => github.state.listStatuses(pull.headSha).length;

/** Runs over all open pull requests: the worst exit, and how many statuses each of them gets. */
async function runAll(pulls: readonly PullRequest[]) {
  const before = pulls.map(countStatuses);
  const { exit, requests } = await runGate(github, SCHEDULE);
  return { exit, requests, written: pulls.map((pull, index) => countStatuses(pull) - (before[index] ?? 0)) };
}

test('ten unchanged verdicts cost at most 45 requests, and only the first one is written', async () => {
  const pulls = await openApproved(10);
  const comments = github.state.comments.map(({ body }) => body);
  const { exit, requests, written } = await runAll(pulls);
  expect([exit, written]).toEqual([0, [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  expect(requests.length).toBeLessThanOrEqual(45);
  expect(github.state.comments.map(({ body }) => body)).toEqual(comments);
});

test('an unchanged blocked verdict remains blocked and counts for the run', async () => {
  const pulls = await openApproved(2);
  const blocked = openDescriptionChange(github, 'Not approved');
  await answer(github, blocked.number);
  expect(await runAll([...pulls, blocked])).toMatchObject({ exit: 1, written: [2, 0, 0] });
  expect(findStatus(github, blocked)).toBe('failure');
});

test('without GraphQL all verdicts are written, with the same result', async () => {
  const pulls = await openApproved(2);
  github.graphql = 'off';
  expect(await runAll(pulls)).toMatchObject({ exit: 0, written: [2, 2] });
});

test('unchanged verdicts beyond one batch are not written either', async () => {
  const pulls = await openApproved(12);
  const { written } = await runAll(pulls);
  expect(written).toEqual([2, ...Array.from({ length: 11 }, () => 0)]);
});

test('an answer that fails before the first write leads to a complete evaluation', async () => {
  const pulls = await openApproved(2);
  let asked = 0;
  github.beforeRequest = (_n, { path }) => {
    if (path.endsWith('/permission') && ++asked === 2)
      github.faults.add({ path: /\/permission$/, times: 1, answer: { status: 403 } });
  };
  expect(await runAll(pulls)).toMatchObject({ exit: 0, written: [2, 2] });
  expect(asked).toBe(3);
});

describe('a change without a run is found and written for', () => {
  test('a stricter policy', async () => {
    const pulls = await openApproved(2);
    const files = { [POLICY]: 'extends: healthvault\napprovers: { default: { role: admin } }\n' };
    github.state.commitTo('main', { files });
    expect(await runAll(pulls)).toMatchObject({ exit: 1, written: [2, 2] });
    expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['failure', 'failure']);
  });

  test('a base that now contains the change', async () => {
    const pulls = await openApproved(2);
    github.state.branches.set('main', pulls[1].headSha);
    expect((await runAll(pulls)).written).toEqual([2, 2]);
  });

  test('a lost role', async () => {
    const pulls = await openApproved(2);
    github.state.setRole('grace', 'read');
    expect(await runAll(pulls)).toMatchObject({ exit: 1, written: [2, 2] });
    expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['failure', 'failure']);
  });

  test('an expired emergency', async () => {
    const pulls = await openApproved(1, WITH_GLASS);
    const glass = github.state.open({
      author: 'ada',
      body: 'Break-glass: sign-in fails, Microsoft agreed by phone',
      files: { [MANIFEST_PATH]: buildManifest({ description: 'Repaired' }) },
    });
    await answer(github, glass.number);
    github.state.addLabel(glass.number, GLASS, 'boss');
    expect((await answer(github, glass.number, 'labeled')).exit).toBe(0);
    github.state.clock.advance(4 * 3_600_000);
    expect(await runAll([...pulls, glass])).toMatchObject({ exit: 1, written: [2, 2] });
    expect(findStatus(github, glass)).toBe('failure');
  });

  test.each([
    ['a removed label', (pull: PullRequest) => github.state.removeLabel(pull.number, LABEL, 'tim'), 'failure'],
    [
      'a push',
      (pull: PullRequest) =>
        github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ types: ['Height'] }) } }),
      'failure',
    ],
    [
      'a label that was removed and added again by a user without the right to approve',
      (pull: PullRequest) => {
        github.state.removeLabel(pull.number, LABEL, 'tim');
        github.state.addLabel(pull.number, LABEL, 'tim');
      },
      'failure',
    ],
    [
      'a status of another account in between',
      (pull: PullRequest) =>
        github.state.addStatus(pull.headSha, 'mallory', {
          state: 'success',
          context: CONTEXT,
          description: 'All fine',
        }),
      'success',
    ],
    [
      'a status of another account that copies the verdict',
      (pull: PullRequest) => {
        const [last] = github.state.listStatuses(pull.headSha);
        if (last === undefined) throw new Error('there is no verdict');
        const { state, context, description, targetUrl } = last;
        github.state.addStatus(pull.headSha, 'mallory', { state, context, description, targetUrl });
      },
      'success',
    ],
    [
      'a status of the same account that is not a verdict',
      (pull: PullRequest) =>
        github.state.addStatus(pull.headSha, 'github-actions[bot]', { state: 'pending', context: CONTEXT }),
      'success',
    ],
  ])('%s', async (_name, happen, state) => {
    const pulls = await openApproved(2);
    happen(pulls[1]);
    expect((await runAll(pulls)).written).toEqual([2, 2]);
    expect(findStatus(github, pulls[1])).toBe(state);
    expect(github.state.listStatuses(pulls[1].headSha)[0]?.creator).toBe('github-actions[bot]');
  });

  test.each([
    ['edited', (id: number, body: string) => github.state.editComment(id, 'mallory', body.replace('diary', 'nothing'))],
    ['deleted', (id: number) => github.state.deleteComment(id)],
  ])('a comment that was %s', async (_how, happen) => {
    const pulls = await openApproved(2);
    const [own] = github.state.listComments(pulls[1].number);
    if (own === undefined) throw new Error('there is no comment');
    const { body } = own;
    happen(own.id, body);
    expect(github.state.listComments(pulls[1].number)[0]?.body).not.toBe(body);
    expect((await runAll(pulls)).written).toEqual([2, 2]);
    const linesOf = (text = '') => text.split('\n').filter((line) => !/^<(?:!--|sub>)/.test(line));
    expect(linesOf(github.state.listComments(pulls[1].number)[0]?.body)).toEqual(linesOf(body));
  });

  test('another pull request with the same commits', async () => {
    const pulls = await openApproved(2);
    github.state.open({ author: 'mallory', headPull: pulls[1].number });
    expect((await runAll(pulls)).written).toEqual([2, 4]);
  });
});

test('a changed verdict is announced first and checked again', async () => {
  const pulls = await openApproved(2);
  github.state.setRole('grace', 'read');
  await runAll(pulls);
  for (const pull of pulls) {
    expect(
      github.state
        .listStatuses(pull.headSha)
        .map(({ state }) => state)
        .slice(0, 2),
    ).toEqual(['failure', 'pending']);
  }
});
