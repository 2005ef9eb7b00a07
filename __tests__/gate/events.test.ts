/** The action, event by event. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildEvent } from '../../src/embedded-github/events.ts';
import type { EmbeddedGitHub, LoggedRequest } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  runFabrikamGate,
  startFabrikam,
} from '../support/fabrikam.ts';
import { runAction } from '../support/run-action.ts';
import { runGate } from '../support/run-gate.ts';

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam();
});
afterEach(async () => github.close());

test('a first evaluation blocks, comments, and lists missing labels', async () => {
  const pull = openDescriptionChange(github);
  const result = await runFabrikamGate(github, pull.number);
  expect(result.exit).toBe(1);
  expect(result.outputs).toMatchObject({
    verdict: 'blocked',
    categories: '["configuration"]',
    'lead-time': '2-3 business days',
    'earliest-go-live': '2026-11-25',
    'required-labels': `["${LABELS.configuration}"]`,
    'missing-labels': `["${LABELS.configuration}"]`,
  });
  expect(result.outputs['comment-url']).toContain(`/pull/${pull.number}#issuecomment-`);
  expect(JSON.parse(result.report ?? '').verdict).toBe('blocked');
  expect(findStatus(github, pull)).toBe('failure');
  expect(github.state.listComments(pull.number)).toHaveLength(1);
  expect(result.summary).toContain('blocked');
});

test('pending is the first write, and the verdict is the last', async () => {
  const pull = openDescriptionChange(github);
  const { requests } = await runFabrikamGate(github, pull.number);
  const writes = requests.filter(({ kind }) => kind === 'write').map(({ equivalent, ...sent }) => equivalent ?? sent);
  expect(writes.map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{40}|\d+/g, '*')}`)).toEqual([
    'POST /repos/fabrikam/health/statuses/*',
    'POST /repos/fabrikam/health/issues/*/comments',
    'POST /repos/fabrikam/health/statuses/*',
  ]);
  expect(
    github.state
      .listStatuses(pull.headSha)
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['failure', 'pending']);
});

test('a label by an approver passes within the limit of requests', async () => {
  const pull = github.state.open({
    author: 'ada',
    files: {
      [MANIFEST_PATH]: buildManifest({ description: 'New' }),
      'a/Web.config':
        '<configuration><appSettings><add key="WCPage_IsMRA" value="true"/><add key="ShellUrl" value="https://account.healthvault.com"/></appSettings></configuration>',
      'b/hv-application.properties': 'app.isMultiInstanceAware=true\n',
    },
  });
  const first = await runFabrikamGate(github, pull.number);
  expect(first.requests.length).toBeLessThanOrEqual(10);
  for (const label of JSON.parse(first.outputs['missing-labels'] ?? '[]'))
    github.state.addLabel(pull.number, label, 'grace');
  const second = await runFabrikamGate(github, pull.number, 'labeled');
  expect(second.outputs.verdict).toBe('passed');
  // A verdict that was written late, as on a busy machine, is looked at once more.
  const statuses = second.requests.flatMap(({ method, path }, index) =>
    method === 'POST' && path.includes('/statuses/') ? [index + 1] : [],
  );
  expect(statuses[1]).toBeLessThanOrEqual(8);
  expect(findStatus(github, pull)).toBe('success');
});

test('a pull request without watched files passes without a comment', async () => {
  const pull = github.state.open({ author: 'ada', files: { 'README.md': 'Other\n' } });
  const result = await runFabrikamGate(github, pull.number);
  expect(result.exit).toBe(0);
  expect(result.outputs).toMatchObject({ verdict: 'passed', categories: '[]', 'comment-url': '' });
  expect(github.state.listComments(pull.number)).toHaveLength(0);
});

test('a run without changes does not edit the comment', async () => {
  const pull = openDescriptionChange(github);
  await runFabrikamGate(github, pull.number);
  const again = await runFabrikamGate(github, pull.number, 'edited');
  const writes = again.requests
    .filter(({ kind }) => kind === 'write')
    .map(({ path }) => path.replace(/[0-9a-f]{40}/, '*'));
  expect(writes).toEqual(Array(2).fill('/repos/fabrikam/health/statuses/*'));
  expect(again.exit).toBe(1);
});

test('report mode blocks nothing and shows the verdict', async () => {
  const pull = openDescriptionChange(github);
  const result = await runFabrikamGate(github, pull.number, 'opened', { inputs: { mode: 'report' } });
  expect(result.exit).toBe(0);
  expect(result.outputs.verdict).toBe('blocked');
  const [status] = github.state.listStatuses(pull.headSha);
  expect(status).toMatchObject({ state: 'success' });
  expect(status?.description).toContain('would say: Blocked');
});

test.each([
  ['comment', 'sometimes'],
  ['mode', 'soft'],
  ['policy-ref', 'head'],
])('the input %s with an unknown value ends with exit code 2', async (input, value) => {
  const pull = openDescriptionChange(github);
  const result = await runFabrikamGate(github, pull.number, 'opened', { inputs: { [input]: value } });
  expect(result.exit).toBe(2);
  expect(result.stdout).toContain('Use one of');
});

test.each(['/etc/go-live.yml', '../go-live.yml', 'a/../b.yml', '.', 'a//b', 'a\\\\b'])(
  'the policy path %j ends with exit code 2',
  async (policy) => {
    const pull = openDescriptionChange(github);
    const result = await runFabrikamGate(github, pull.number, 'opened', { inputs: { policy } });
    expect(result.exit).toBe(2);
    expect(result.stdout).toContain('(bad-policy-path)');
  },
);

test('a named policy that does not exist is an error', async () => {
  const inputs = { policy: './config/go-live.yml' };
  const harmless = github.state.open({ author: 'ada', files: { 'README.md': 'x' } });
  const missing = await runFabrikamGate(github, harmless.number, 'opened', { inputs });
  expect([missing.exit, missing.outputs.verdict]).toEqual([1, 'blocked']);
  expect(missing.report).toContain('policy-missing');

  const policy = 'extends: healthvault\nrules: { text-changed: { category: deployment } }\n';
  const brings = github.state.open({ author: 'ada', files: { 'config/go-live.yml': policy } });
  await runFabrikamGate(github, brings.number, 'opened', { inputs });
  github.state.addLabel(brings.number, LABELS.governance, 'grace');
  expect((await runFabrikamGate(github, brings.number, 'labeled', { inputs })).exit).toBe(0);
  github.state.branches.set('main', brings.headSha);
  const change = openDescriptionChange(github);
  const evaluated = await runFabrikamGate(github, change.number, 'opened', { inputs });
  expect([evaluated.exit, evaluated.outputs.categories]).toEqual([0, '["deployment"]']);
});

test('a file with a similar name to the policy is reported and blocks nothing', async () => {
  const files = { '.github/golive.yml': 'extends: healthvault\n' };
  const pull = github.state.open({ author: 'ada', files });
  const result = await runFabrikamGate(github, pull.number, 'opened');
  expect([result.exit, result.outputs.verdict]).toEqual([0, 'passed']);
  expect(result.report).toContain('policy-misnamed');
  github.state.commitTo('main', { files });
  const later = github.state.open({ author: 'ada', files: { 'README.md': 'x' } });
  expect((await runFabrikamGate(github, later.number, 'opened')).report).toContain('policy-misnamed');
  const cures = github.state.open({
    author: 'ada',
    files: { '.github/golive.yml': null, '.github/go-live.yml': 'extends: healthvault\n' },
  });
  expect((await runFabrikamGate(github, cures.number, 'opened')).report).not.toContain('policy-misnamed');
  const named = await runFabrikamGate(github, pull.number, 'opened', { inputs: { policy: 'config/own.yml' } });
  expect(named.report).not.toContain('policy-misnamed');
});

test('an unknown event ends with exit code 2 and the list', async () => {
  const result = await runAction(github, { event: 'other', name: 'push', payload: {} });
  expect(result.exit).toBe(2);
  expect(result.stdout).toContain(
    'pull_request_target, pull_request, pull_request_review, merge_group, workflow_dispatch, schedule, issue_comment',
  );
  expect(result.outputs.verdict).toBe('error');
});

test('an invalid policy on the base ends with exit code 2, an error status and its place', async () => {
  github.state.commitTo('main', { files: { '.github/go-live.yml': 'extends: healthvault\nignroe: []\n' } });
  const pull = openDescriptionChange(github);
  const result = await runFabrikamGate(github, pull.number);
  expect(result.exit).toBe(2);
  expect(result.stdout).toContain('.github/go-live.yml:2:1');
  expect(result.stdout).toContain('ignore');
  expect(findStatus(github, pull)).toBe('error');
});

test('a policy that is invalid only at the head is a change to governance', async () => {
  const pull = github.state.open({ author: 'ada', files: { '.github/go-live.yml': 'extends: nothing\n' } });
  const result = await runFabrikamGate(github, pull.number);
  expect(result.exit).toBe(1);
  expect(result.outputs.categories).toBe('["governance"]');
});

test('a fork under pull_request ends with exit code 1 if labels are missing, and the log explains how to get the comment', async () => {
  const pull = github.state.open({
    author: 'ada',
    fork: 'mallory',
    files: { [MANIFEST_PATH]: buildManifest({ description: 'x' }) },
  });
  const trigger = { event: 'pull_request', action: 'opened', number: pull.number, sender: 'ada' } as const;
  const result = await runAction(github, trigger, {}, { token: TOKENS.fork });
  expect(result.exit).toBe(1);
  expect(result.summary).toContain('pull_request_target');
  expect(github.state.listStatuses(pull.headSha)).toHaveLength(0);
  const harmless = github.state.open({ author: 'ada', fork: 'mallory', files: { 'README.md': 'x' } });
  const passed = await runAction(github, { ...trigger, number: harmless.number }, {}, { token: TOKENS.fork });
  expect(passed.exit).toBe(3);
});

test('dispatch evaluates the named or all open pull requests, and the worst verdict counts', async () => {
  const blocked = openDescriptionChange(github);
  const harmless = github.state.open({ author: 'ada', files: { 'README.md': 'x' } });
  const one = await runAction(
    github,
    { event: 'workflow_dispatch', inputs: {}, sender: 'grace' },
    { 'pull-request': String(harmless.number) },
  );
  expect(one.exit).toBe(0);
  expect(findStatus(github, blocked)).toBeNull();
  const all = await runAction(github, { event: 'schedule', schedule: '0 6 * * *' });
  expect(all.exit).toBe(1);
  expect(all.outputs.verdict).toBe('blocked');
  expect([findStatus(github, blocked), findStatus(github, harmless)]).toEqual(['failure', 'success']);
});

describe('with many open pull requests', () => {
  const dispatch = (inputs: Readonly<Record<string, string>>) =>
    runAction(github, { event: 'workflow_dispatch', inputs: {}, sender: 'grace' }, inputs);

  test('each shard evaluates its part, and all shards evaluate each one once', async () => {
    const pulls = ['a', 'b', 'c'].map((name) => github.state.open({ author: 'ada', files: { [name]: 'x' } }));
    await dispatch({ 'pull-request': 'open', shard: '1/2' });
    expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['success', null, 'success']);
    await dispatch({ 'pull-request': 'open', shard: '2/2' });
    expect(pulls.map((pull) => github.state.listStatuses(pull.headSha).length)).toEqual([2, 2, 2]);
  });

  test.each(['0/2', '3/2', '1', 'a/b'])('the shard %s is rejected', async (shard) => {
    const result = await dispatch({ 'pull-request': 'open', shard });
    expect(result.exit).toBe(2);
    expect(result.stdout).toContain('(bad-shard)');
  });

  describe('a repeated request', () => {
    const roleRequests = (requests: readonly LoggedRequest[]) =>
      requests.filter(({ path }) => path.endsWith('/permission')).map(({ status }) => status);

    async function twoApproved(): Promise<readonly PullRequest[]> {
      const pulls = ['with boots', 'with skis'].map((text) => openDescriptionChange(github, text));
      await dispatch({ 'pull-request': 'open' });
      for (const { number } of pulls) github.state.addLabel(number, LABELS.configuration, 'grace');
      return pulls;
    }

    test('is conditional, so unchanged answers do not count for the rate limit', async () => {
      const pulls = await twoApproved();
      const spent = github.requests.length;
      const { requests, stdout } = await dispatch({ 'pull-request': 'open' });
      expect(roleRequests(requests)).toEqual([200, 304]);
      const counted = requests.filter(({ status }) => status !== 304).length;
      const left = github.rateLimit - spent - counted;
      expect(stdout).toContain(
        `GitHub requests: ${requests.length}. The rate limit leaves ${left} of ${github.rateLimit}`,
      );
      expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['success', 'success']);
    });

    test('finds what has changed since', async () => {
      const pulls = await twoApproved();
      let asked = 0;
      github.beforeRequest = (_n, { path }) => {
        if (path.endsWith('/permission') && ++asked === 2) github.state.setRole('grace', 'read');
      };
      const { requests } = await dispatch({ 'pull-request': 'open' });
      expect(roleRequests(requests)).toEqual([200, 200]);
      expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['success', 'failure']);
    });
  });

  test('a run stops before the rate limit, says so, and does not pass', async () => {
    const pulls = ['a', 'b', 'c'].map((name) => github.state.open({ author: 'ada', files: { [name]: 'x' } }));
    github.rateLimit = 65;
    const result = await dispatch({ 'pull-request': 'open' });
    expect(result.exit).toBe(3);
    expect(result.stdout).toContain('(rate-budget)');
    expect(result.stdout).toMatch(/GitHub requests: \d+\. The rate limit leaves \d+ of 65/);
    expect(pulls.map((pull) => findStatus(github, pull))).toEqual(['success', null, null]);
  });
});

test.each(['on', 'off'] as const)(
  'a policy with the extension .yaml is read with GraphQL %s, and two policies are an error',
  async (graphql) => {
    github.graphql = graphql;
    const policy = 'extends: healthvault\nlabels: { configuration: team/ok }\n';
    github.state.commitTo('main', { files: { '.github/go-live.yaml': policy } });
    const pull = openDescriptionChange(github);
    const named = await runFabrikamGate(github, pull.number);
    expect(JSON.parse(named.outputs['required-labels'] ?? '')).toEqual(['team/ok']);

    const second = github.state.open({ author: 'ada', files: { '.github/go-live.yml': policy } });
    const arriving = await runFabrikamGate(github, second.number);
    expect([arriving.exit, arriving.stdout]).toEqual([
      1,
      expect.stringContaining('The repository contains two policies'),
    ]);

    github.state.commitTo('main', { files: { '.github/go-live.yml': policy } });
    const twice = await runFabrikamGate(github, pull.number);
    expect([twice.exit, findStatus(github, pull)]).toEqual([2, 'error']);
    expect(twice.stdout).toContain(
      'The repository contains two policies, .github/go-live.yml and .github/go-live.yaml.',
    );
  },
);

test.each([
  '#{number}',
  'https://github.com/fabrikam/health/pull/{number}',
  'https://github.com/fabrikam/health/pull/{number}/files',
])('a pull request can be named as %s', async (form) => {
  const pull = github.state.open({ author: 'ada', files: { 'README.md': 'x' } });
  const input = form.replace('{number}', String(pull.number));
  const event = { event: 'workflow_dispatch', inputs: {}, sender: 'grace' } as const;
  expect((await runAction(github, event, { 'pull-request': input })).exit).toBe(0);
  expect(findStatus(github, pull)).toBe('success');
  const other = await runAction(github, event, {
    'pull-request': input.replace('fabrikam/', 'other/').replace('#', '##'),
  });
  expect(other.exit).toBe(2);
});

test('invalid numbers end with exit code 2', async () => {
  const result = await runAction(
    github,
    { event: 'workflow_dispatch', inputs: {}, sender: 'grace' },
    { 'pull-request': '1, two' },
  );
  expect(result.exit).toBe(2);
});

test('without GraphQL the verdict by REST is the same', async () => {
  const pull = openDescriptionChange(github);
  const withGraphQl = await runFabrikamGate(github, pull.number);
  github.graphql = 'off';
  const other = openDescriptionChange(github);
  const byRest = await runFabrikamGate(github, other.number);
  expect(byRest.exit).toBe(withGraphQl.exit);
  expect(byRest.outputs.categories).toBe(withGraphQl.outputs.categories);
  github.state.addLabel(other.number, LABELS.configuration, 'grace');
  const passed = await runFabrikamGate(github, other.number, 'labeled');
  expect(passed.outputs.verdict).toBe('passed');
});

test.each(['on', 'off'] as const)(
  'a symbolic link in place of a watched file is not followed (GraphQL %s)',
  async (graphql) => {
    github.graphql = graphql;
    const pull = github.state.open({
      author: 'ada',
      files: {
        // As a text it would be a properties file that says nothing of HealthVault.
        'src/main/resources/hv-application.properties': {
          bytes: new TextEncoder().encode('../../../deploy/production.txt'),
          mode: '120000',
        },
        'deploy/production.txt': 'app.id=9ca84d74-1473-471d-940f-2699cb7198df\n',
      },
    });
    const { exit, outputs, report } = await runFabrikamGate(github, pull.number);
    expect([exit, outputs.verdict, outputs.categories]).toEqual([1, 'blocked', '["unknown"]']);
    expect(report).toContain('symbolic link');
    expect(findStatus(github, pull)).toBe('failure');
  },
);

describe('an edit starts an evaluation only if it can change the verdict,', () => {
  const marked = '<!-- healthvault-go-live-gate:HealthVault%20go%2Dlive 2026-11-23T18:00:00Z -->\n';
  const edit = (comment: number, sender: string, bodyBefore: string) =>
    runGate(github, { event: 'issue_comment', action: 'edited', comment, sender, bodyBefore });

  test('and 450 edits by other users cost nothing and keep the status', async () => {
    const pull = openDescriptionChange(github);
    await runFabrikamGate(github, pull.number);
    const { id } = github.state.addComment(pull.number, 'mallory', `${marked}0`);
    const before = github.state.statuses.length;
    let requests = 0;
    for (let time = 1; time <= 450; time += 1) {
      github.state.editComment(id, 'mallory', `${marked}${time}`);
      requests += (await edit(id, 'mallory', `${marked}${time - 1}`)).requests.length;
    }
    expect([requests, github.state.statuses.length - before]).toEqual([0, 0]);
  });

  test.each([
    ["the gate's comment by a person", 'github-actions[bot]', 'ada', marked, 1],
    ["the gate's comment without its marker", 'github-actions[bot]', 'ada', '', 1],
    ["the gate's comment by the gate", 'github-actions[bot]', 'github-actions[bot]', marked, 0],
    ['a comment with the marker by a user with write access', 'ada', 'ada', marked, 1],
    ['a comment by a user with write access', 'ada', 'ada', null, 0],
  ])('as expected for %s', async (_name, author, sender, body, evaluations) => {
    const pull = openDescriptionChange(github);
    const { id } = github.state.addComment(pull.number, author, body === null ? 'Hello' : `${body}Hello`);
    const { requests } = await edit(id, sender, body === '' ? marked : 'Hi');
    expect(requests.length > 0 ? 1 : 0).toBe(evaluations);
  });

  test.each([
    ['a title', { title: { from: 'Old' } }, null, 0],
    ['a description without the lines that the gate reads', { body: { from: 'Old' } }, 'New', 0],
    ['a description that loses such a line', { body: { from: 'Go-live: 2026-12-15' } }, 'New', 1],
    ['a description that gets a reason', { body: { from: '' } }, 'Break-glass: it is down', 1],
    [
      'a description that keeps such a line',
      { title: { from: 'Old' }, body: { from: 'Go-live: 2026-12-15' } },
      '* Go-live: 2026-12-15',
      0,
    ],
    ['a description with an unknown former text', { body: {} as { from: string } }, 'New', 1],
    ['the base', { title: { from: 'Old' }, base: { ref: { from: 'other' } } }, 'New', 1],
  ])('as expected for %s', async (_name, changes, body, evaluations) => {
    const pull = github.state.open({ author: 'ada', body, files: { 'README.md': 'x' } });
    const trigger = {
      event: 'pull_request_target',
      action: 'edited',
      number: pull.number,
      sender: 'ada',
      changes,
    } as const;
    const { requests } = await runGate(github, trigger);
    expect(requests.length > 0 ? 1 : 0).toBe(evaluations);
  });
});

describe('a closed pull request', () => {
  test('is not written on by any event', async () => {
    const pull = openDescriptionChange(github);
    const old = buildEvent(github.source, {
      event: 'pull_request_target',
      action: 'opened',
      number: pull.number,
      sender: 'ada',
    });
    github.state.mergePull(pull.number, 'ada');
    const { requests } = await runGate(github, old);
    expect(requests.map(({ kind }) => kind)).toEqual(['read', 'read']); // the event says it is open, so both begin at once
    const closed = { event: 'pull_request_target', action: 'closed', number: pull.number, sender: 'ada' } as const;
    expect((await runGate(github, closed)).requests).toHaveLength(1);
    expect(github.state.statuses).toEqual([]);
  });

  test('starts a run for one pull request of each base with the same head', async () => {
    github.state.branches.set('release', github.state.requireCommit('main').sha);
    const files = { 'README.md': 'x' };
    const first = github.state.open({ author: 'ada', files });
    const twins = ['main', 'main', 'release'].map((base) =>
      github.state.open({ author: 'mallory', fork: 'mallory', base, headPull: first.number }),
    );
    github.state.setOpen(first.number, 'ada', false);
    const closed = { event: 'pull_request_target', action: 'closed', number: first.number, sender: 'ada' } as const;
    expect((await runGate(github, closed)).exit).toBe(0);
    const targets = github.state
      .listStatuses(first.headSha)
      .map(({ targetUrl }) => new URL(targetUrl ?? '').searchParams);
    const evaluated = targets.flatMap((parameters) => parameters.get('pull-request') ?? []).map(Number);
    expect(evaluated.sort()).toEqual([twins[0]?.number, twins[2]?.number]);
  });

  test('with the same commits as an approved one costs little and changes nothing', async () => {
    const pull = openDescriptionChange(github);
    await runGate(github, { event: 'pull_request_target', action: 'opened', number: pull.number, sender: 'ada' });
    github.state.addLabel(pull.number, LABELS.configuration, 'grace');
    const labeled = { event: 'pull_request_target', action: 'labeled', number: pull.number, sender: 'grace' } as const;
    const alone = await runGate(github, labeled);
    const twins = Array.from({ length: 20 }, () =>
      github.state.open({ author: 'mallory', fork: 'mallory', headPull: pull.number }),
    );
    const last = {
      event: 'pull_request_target',
      action: 'opened',
      number: twins.at(-1)?.number ?? 0,
      sender: 'mallory',
    } as const;
    const { exit, requests } = await runGate(github, last);
    expect([exit, requests.length <= 20]).toEqual([0, true]);
    const again = await runGate(github, labeled);
    // Their facts, the statuses of the head, and for five of them who pushed: an author of one cannot approve another. The
    // check before the verdict is a request of its own, because the comment stays as it is.
    expect([again.exit, again.requests.length - alone.requests.length <= 8]).toEqual([0, true]);
    expect(findStatus(github, pull)).toBe('success');
    github.state.removeLabel(pull.number, LABELS.configuration, 'grace');
    const blocked = await runGate(github, last);
    expect([blocked.exit, blocked.requests.length <= 20]).toEqual([1, true]);
  });
});

describe('the summary', () => {
  test('is left out without a file for it', async () => {
    const pull = openDescriptionChange(github);
    const trigger = { event: 'pull_request_target', action: 'opened', number: pull.number, sender: 'ada' } as const;
    const { exit, outputs } = await runAction(github, trigger, {}, { environment: { GITHUB_STEP_SUMMARY: '' } });
    expect([exit, outputs.verdict, findStatus(github, pull)]).toEqual([1, 'blocked', 'failure']);
  });

  test('of many pull requests is not longer than GitHub accepts', async () => {
    const app = (name: string) => (_: unknown, row: number) =>
      [`${name}${row}/${MANIFEST_PATH}`, buildManifest({ description: 'x'.repeat(1900) })] as const;
    for (const name of ['a', 'b', 'c']) {
      github.state.open({ author: 'ada', files: Object.fromEntries(Array.from({ length: 120 }, app(name))) });
    }
    const folder = mkdtempSync(join(tmpdir(), 'go-live-reports-'));
    const environment = { RUNNER_TEMP: folder };
    const trigger = { event: 'schedule', schedule: '0 6 * * *' } as const;
    const { summary, stdout, report } = await runAction(github, trigger, {}, { environment });
    const reports = readdirSync(join(folder, 'healthvault-go-live-gate')).sort();
    rmSync(folder, { recursive: true });
    expect(reports).toEqual(['report-1.json', 'report-2.json', 'report-3.json', 'report.json']);
    expect(report).toContain('"verdict": "blocked"');
    expect(Buffer.byteLength(summary)).toBeGreaterThan(300_000);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
    expect(summary).toContain('Reports that do not fit into this summary: 1.');
    expect(stdout.match(/^::stop-commands::/gm)).toHaveLength(3);
  });
});

test('a merge group with more files than GitHub compares gets their lines from its members', async () => {
  const code = (from: number, text: string) =>
    Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`src/${from + index}.js`, `${text}();\n`]));
  const pulls = [0, 200].map((from) => github.state.open({ author: 'ada', files: code(from, 'run') }));
  for (const { number } of pulls) await runFabrikamGate(github, number);
  const made = github.state.mergeGroup(pulls.map(({ number }) => number));
  expect((await runGate(github, { event: 'merge_group', ...made })).exit).toBe(0);
  const other = github.state.mergeGroup(
    pulls.map(({ number }) => number),
    { extra: { 'src/x.js': 'HV_AppId = 1;\n' } },
  );
  expect((await runGate(github, { event: 'merge_group', ...other })).exit).toBe(1);
});

describe('a merge group', () => {
  const group = (numbers: readonly number[], options = {}) => {
    const made = github.state.mergeGroup(numbers, options);
    return { made, run: () => runAction(github, { event: 'merge_group', ...made }) };
  };
  const statusOnHead = (sha: string) => github.state.listStatuses(sha)[0]?.state;

  /** Evaluated, labelled by grace, and passed. */
  async function approved(pull: PullRequest): Promise<PullRequest> {
    await runFabrikamGate(github, pull.number);
    github.state.addLabel(pull.number, LABELS.configuration, 'grace');
    expect((await runFabrikamGate(github, pull.number, 'labeled')).exit).toBe(0);
    return pull;
  }

  test.each(['merge', 'squash', 'rebase'] as const)('passes when every member has passed (%s)', async (method) => {
    const pull = await approved(openDescriptionChange(github));
    const { made, run } = group([pull.number], { method });
    const result = await run();
    expect(result.exit).toBe(0);
    expect(github.state.listStatuses(made.headSha)[0]).toMatchObject({
      state: 'success',
      description: `Passed: every pull request of the group has passed (#${pull.number}).`,
    });
  });

  test.each(['merge', 'squash', 'rebase'] as const)('passes with a member from a fork (%s)', async (method) => {
    const files = { [MANIFEST_PATH]: buildManifest({ description: 'From a fork' }) };
    const pull = await approved(github.state.open({ author: 'mallory', fork: 'mallory', files }));
    const { made, run } = group([pull.number], { method });
    expect((await run()).exit).toBe(0);
    expect(statusOnHead(made.headSha)).toBe('success');
  });

  const methods = ['merge', 'squash', 'rebase'] as const;
  const ways = methods.flatMap((method) => [true, false].map((associates) => ({ method, associates })));

  describe.each(ways)('of three members, one from a fork, with two commits each as %j', ({ method, associates }) => {
    const app = (name: string, description: string) => ({
      [`${name}/${MANIFEST_PATH}`]: buildManifest({ description }),
    });

    /** Three pull requests whose commits name an issue, a merged pull request and another open one. */
    async function three(): Promise<readonly PullRequest[]> {
      const merged = github.state.open({ author: 'ada', files: { 'a.txt': 'x' } });
      github.state.mergePull(merged.number, 'ada');
      const other = openDescriptionChange(github);
      const pulls = ['first', 'second', 'third'].map((name, index) => {
        const message = `Change (#${[999, merged.number, other.number][index] ?? 0})`;
        const fork = index === 1 ? { fork: 'mallory', author: 'mallory' } : { author: 'ada' };
        const pull = github.state.open({ ...fork, message, title: message, files: app(name, 'A') });
        github.state.push(pull.number, { message, files: app(name, 'B') });
        return pull;
      });
      for (const { number } of pulls) {
        const { report } = await runGate(github, {
          event: 'pull_request_target',
          action: 'opened',
          number,
          sender: 'ada',
        });
        for (const label of report?.labels.missing ?? []) github.state.addLabel(number, label, 'grace');
      }
      return pulls;
    }
    const play = (numbers: readonly number[]) => {
      const made = github.state.mergeGroup(numbers, { method, associates });
      return runGate(github, { event: 'merge_group', ...made });
    };

    test('passes when all are approved', async () => {
      const pulls = await three();
      const { exit, requests, failure } = await play(pulls.map(({ number }) => number));
      expect([exit, failure]).toEqual([0, null]);
      expect(requests.length).toBeLessThanOrEqual(17);
    });

    test.each([0, 1, 2])('fails when number %d is not approved', async (index) => {
      const pulls = await three();
      const { number = 0, labels = [] } = pulls[index] ?? {};
      for (const label of [...labels]) github.state.removeLabel(number, label, 'grace');
      const { exit, report } = await play(pulls.map(({ number }) => number));
      expect([exit, report?.verdict]).toEqual([1, 'blocked']);
    });

    test("is not blocked by another pull request with a member's commits", async () => {
      const pulls = await three();
      for (const { number } of pulls) github.state.open({ author: 'mallory', fork: 'mallory', headPull: number });
      expect((await play(pulls.map(({ number }) => number))).exit).toBe(0);
    });
  });

  test('does not include a pull request that is built on a member', async () => {
    const member = await approved(openDescriptionChange(github));
    const above = github.state.open({ author: 'ada', files: { 'Web.config': '<configuration/>' } });
    github.state.forcePush(above.number, { upon: member.headSha, files: { [MANIFEST_PATH]: buildManifest() } });
    const { made, run } = group([member.number]);
    expect((await run()).exit).toBe(0);
    expect(statusOnHead(made.headSha)).toBe('success');
  });

  test('ends with exit code 0 in report mode', async () => {
    const pull = openDescriptionChange(github);
    const made = github.state.mergeGroup([pull.number]);
    const result = await runAction(github, { event: 'merge_group', ...made }, { mode: 'report' });
    expect([result.exit, result.outputs.verdict]).toEqual([0, 'blocked']);
    expect(github.state.listStatuses(made.headSha)[0]).toMatchObject({
      state: 'success',
      description: expect.stringContaining('Report only'),
    });
  });

  test('requires enforced steps only from its members', async () => {
    await github.close();
    const policy = 'extends: healthvault\nrequired-steps: enforced\n';
    github = await startFabrikam({ files: { '.github/go-live.yml': policy } });
    const pull = openDescriptionChange(github);
    await runFabrikamGate(github, pull.number);
    const [comment] = github.state.listComments(pull.number);
    github.state.editComment(comment?.id ?? 0, 'grace', comment?.body.replaceAll('- [ ]', '- [x]') ?? '');
    await approved(pull);
    expect((await group([pull.number]).run()).exit).toBe(0);
  });

  test('is also evaluated with the policy of the default branch if required', async () => {
    await github.close();
    const policy = 'extends: healthvault\nrules: { text-changed: { category: deployment } }\n';
    github = await startFabrikam({ files: { '.github/go-live.yml': policy } });
    github.state.branches.set(
      'release',
      github.state.push(openDescriptionChange(github, 'Keeps a diary').number, {
        files: { '.github/go-live.yml': 'extends: healthvault\n' },
      }).sha,
    );
    const pull = github.state.open({
      author: 'ada',
      base: 'release',
      files: { [MANIFEST_PATH]: buildManifest({ description: 'For the release' }) },
    });
    const inputs = { 'policy-ref': 'default-branch' };
    expect((await runFabrikamGate(github, pull.number, 'opened', { inputs })).exit).toBe(0);
    const made = github.state.mergeGroup([pull.number]);
    expect((await runAction(github, { event: 'merge_group', ...made }, inputs)).exit).toBe(0);
  });

  test('fails when one member lacks its label', async () => {
    const member = await approved(openDescriptionChange(github));
    const other = github.state.open({
      author: 'ada',
      files: {
        'Web.config':
          '<configuration><appSettings><add key="WCPage_IsMRA" value="true"/></appSettings></configuration>',
      },
    });
    const { made, run } = group([member.number, other.number]);
    const result = await run();
    expect(result.exit).toBe(1);
    expect(statusOnHead(made.headSha)).toBe('failure');
  });

  test('fails when it contains more than its members', async () => {
    const pull = github.state.open({ author: 'ada', files: { 'README.md': 'x' } });
    const { run } = group([pull.number], { extra: { [MANIFEST_PATH]: buildManifest({ description: 'smuggled' }) } });
    const result = await run();
    expect(result.exit).toBe(1);
    expect(result.stdout).toContain('description in healthvault.app.yml');
  });

  test('fails when a commit belongs to no pull request', async () => {
    const pull = github.state.open({ author: 'ada', title: 'No number', files: { 'README.md': 'x' } });
    const made = github.state.mergeGroup([pull.number], { method: 'squash', unassociated: true });
    github.state.setOpen(pull.number, 'ada', false);
    const result = await runAction(github, { event: 'merge_group', ...made });
    expect(result.exit).toBe(3);
    expect(statusOnHead(made.headSha)).toBe('error');
  });
});
