/** Reviews that count as approvals: by GraphQL and by REST, over many pages, and while the gate runs. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest, Review } from '../../src/embedded-github/state.ts';
import { findStatus, openDescriptionChange, startFabrikam } from '../support/fabrikam.ts';
import { answer, answerTo, approve, reportPush } from '../support/run-gate.ts';

const policy = (approvers: string) => ({ '.github/go-live.yml': `extends: healthvault\napprovers: ${approvers}\n` });
const BY_REVIEW = policy('{ default: { role: write, by: review } }');
const TWO = policy('{ default: { role: write, approvals: 2 } }');

let github: EmbeddedGitHub;
async function start(files: Record<string, string>, graphql: EmbeddedGitHub['graphql'] = 'on'): Promise<PullRequest> {
  github = await startFabrikam({ files });
  github.graphql = graphql;
  const pull = openDescriptionChange(github);
  expect((await answer(github, pull.number)).exit).toBe(1);
  return pull;
}
afterEach(async () => github.close());

function submit(pull: PullRequest, by: string, state: Review['state'] = 'APPROVED') {
  const review = github.state.review(pull.number, by, state);
  return answerTo(github, {
    event: 'pull_request_review',
    action: 'submitted',
    number: pull.number,
    review,
    sender: by,
  });
}

describe.each(['on', 'off'] as const)('with GraphQL %s', (graphql) => {
  test('a review approves, and a later one withdraws the approval', async () => {
    const pull = await start(BY_REVIEW, graphql);
    expect((await submit(pull, 'tim')).exit).toBe(1);
    const { exit, report } = await submit(pull, 'grace');
    expect([exit, report?.labels.accepted.map(({ by }) => by)]).toEqual([0, ['grace']]);
    expect((await submit(pull, 'grace', 'CHANGES_REQUESTED')).exit).toBe(1);
    expect(findStatus(github, pull)).toBe('failure');
  });

  test('the last of 250 reviews counts', async () => {
    const pull = await start(BY_REVIEW, graphql);
    for (let time = 0; time < 250; time += 1) github.state.review(pull.number, 'tim', 'CHANGES_REQUESTED');
    expect((await submit(pull, 'grace')).exit).toBe(0);
  });

  test('a user who pushed cannot approve by label or review', async () => {
    const pull = await start(BY_REVIEW, graphql);
    const before = pull.headSha;
    github.state.push(pull.number, { files: { 'x.txt': 'x' }, pusher: 'grace' });
    const event = { event: 'pull_request_target', action: 'synchronize', number: pull.number } as const;
    expect((await answerTo(github, { ...event, sender: 'grace', before })).exit).toBe(1);
    expect((await submit(pull, 'grace')).exit).toBe(1);
    expect((await submit(pull, github.state.owner)).exit).toBe(0);
  });

  test.each([1, 120])('a review that is withdrawn before the verdict does not count, of %d', async (count) => {
    const pull = await start(BY_REVIEW, graphql);
    for (let time = 1; time < count; time += 1) github.state.review(pull.number, 'tim', 'CHANGES_REQUESTED');
    const review = github.state.review(pull.number, 'grace', 'APPROVED');
    github.beforeRequest = async (_n, { equivalent, ...sent }) => {
      const { method, path } = equivalent ?? sent;
      if (method !== 'GET' && path.includes('/comments')) review.state = 'DISMISSED';
    };
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect([review.state, findStatus(github, pull)]).toEqual(['DISMISSED', 'failure']);
  });
});

test('a review of a closed pull request, or without an opinion, costs no request', async () => {
  const pull = await start(BY_REVIEW);
  expect((await submit(pull, 'grace', 'COMMENTED')).requests).toEqual([]);
  github.state.setOpen(pull.number, 'ada', false);
  expect((await submit(pull, 'grace')).requests).toEqual([]);
});

test('reviews are not read if no rule counts them', async () => {
  const pull = await start(policy('{ default: { role: write } }'));
  const without = await answer(github, pull.number, 'edited');
  await github.close();
  const same = await start(BY_REVIEW);
  const counting = await answer(github, same.number, 'edited');
  expect(counting.requests).toHaveLength(without.requests.length + 1);
});

test('two users approve in any order, and a stale label is removed', async () => {
  const pull = await start(TWO);
  await submit(pull, 'ada2');
  github.state.setRole('ada2', 'write');
  const { exit, report } = await approve(github, pull.number);
  expect([exit, report?.labels.accepted.map(({ by }) => by)]).toEqual([0, ['grace', 'ada2']]);
  const moved = await reportPush(github, pull, () =>
    github.state.push(pull.number, { files: { 'healthvault.app.yml': 'healthvault: 1\n' } }),
  );
  expect([moved.exit, pull.labels]).toEqual([1, []]);
});

describe('requesting reviews', () => {
  const ASKING = {
    '.github/go-live.yml': `${policy('{ default: { users: [grace] } }')['.github/go-live.yml']}request-reviewers: true\n`,
  };
  const asked = (pull: PullRequest) => pull.timeline.filter(({ event }) => event === 'review_requested').length;

  test('costs one request and one write, and later one request', async () => {
    const pull = await start(ASKING);
    const again = await answer(github, pull.number, 'edited');
    expect([asked(pull), again.requests.filter(({ path }) => path.includes('requested_reviewers'))]).toEqual([1, []]);
    await github.close();
    const same = await start(policy('{ default: { users: [grace] } }'));
    const without = await answer(github, same.number, 'edited');
    expect(again.requests).toHaveLength(without.requests.length + 1);
  });

  test('is left out in report mode, and if former requests are unknown', async () => {
    const silent = await start(ASKING, 'off');
    expect(asked(silent)).toBe(0);
    github.graphql = 'on';
    await answer(github, silent.number, 'edited', { inputs: { mode: 'report' } });
    expect(asked(silent)).toBe(0);
    for (let time = 0; time <= 100; time += 1) github.state.requestReviewers(silent.number, 'ada', ['tim']);
    const { report } = await answer(github, silent.number, 'edited');
    expect([asked(silent), report?.problems.map(({ id }) => id)]).toEqual([101, ['reviewers-not-asked']]);
  });
});
