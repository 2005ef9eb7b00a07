import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildEvent } from '../../src/embedded-github/events.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { DEFAULT_INPUTS, nameInputVariable, parseOutputs } from '../../src/stories/runner.ts';
import { toPlainValue } from '../../src/syntax/yaml/node.ts';
import { parseYaml } from '../../src/syntax/yaml/yaml.ts';
import { runAction, startGitHub } from '../support/run-action.ts';

const FAKE_ACTION = fileURLToPath(new URL('./fake-action.mjs', import.meta.url));

let github: EmbeddedGitHub;

beforeEach(async () => {
  github = await startGitHub({ labels: ['ok'] });
  github.state.open({ author: 'ada', files: { 'a.txt': 'a' } });
});

afterEach(async () => {
  await github.close();
});

test('a run leaves its exit code, outputs, summary, report and requests', async () => {
  const trigger = { event: 'pull_request_target', action: 'opened', number: 1, sender: 'ada' } as const;
  const result = await runAction(github, trigger, {}, { actionPath: FAKE_ACTION });
  expect(result).toMatchObject({ exit: 1, summary: '# Summary', stdout: 'evaluated\n', stderr: '' });
  expect(result.outputs).toMatchObject({ verdict: 'blocked', 'missing-labels': '["ok"]' });
  expect(JSON.parse(result.report ?? '')).toEqual({
    event: 'pull_request_target',
    sha: github.state.requireCommit('main').sha,
    ref: 'refs/heads/main',
    run: '9001',
  });
  expect(result.requests.map(({ method, status }) => `${method} ${status}`)).toEqual([
    'GET 200',
    'POST 201',
    'GET 200',
    'GET 200',
    'POST 201',
    'POST 201',
  ]);
});

test('a run in the process of the tests has the same results as the built action', async () => {
  const settings = '<configuration><appSettings><add key="WCPage_IsMRA" value="true"/></appSettings></configuration>';
  const runs = [];
  for (const as of ['process', 'quick'] as const) {
    const fresh = await startGitHub({ now: '2026-11-23T18:00:00Z' });
    const { number } = fresh.state.open({ author: 'ada', files: { 'Web.config': settings } });
    for (const mode of ['enforce', 'neither']) {
      const event = { event: 'pull_request_target', action: 'opened', number, sender: 'ada' } as const;
      const { requests, outputs, report, stdout, ...rest } = await runAction(fresh, event, { mode }, { as });
      // Each run has a delimiter of its own in its log, and the port and the place of the file differ.
      const log = stdout.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<delimiter>').replaceAll(String(fresh.port), '<port>');
      const { report: path, ...values } = outputs;
      runs.push({
        ...rest,
        mode,
        log,
        values,
        report: report?.replaceAll(String(fresh.port), '<port>'),
        hasPath: path !== undefined,
      });
      expect(requests.length > 0).toBe(mode === 'enforce');
    }
    await fresh.close();
  }
  const [process, broken, ...quick] = runs;
  expect(process).toMatchObject({ exit: 1, hasPath: true });
  expect(broken).toMatchObject({ exit: 2, hasPath: false });
  expect(quick).toEqual([process, broken]);
});

test('a re-run gets the old event, and reads the present state', async () => {
  const event = buildEvent(github.source, { event: 'pull_request_target', action: 'opened', number: 1, sender: 'ada' });
  github.state.addLabel(1, 'ok', 'grace');
  const result = await runAction(github, event, { 'status-context': 'other' }, { actionPath: FAKE_ACTION, attempt: 2 });
  expect(result.exit).toBe(0);
  expect(github.state.findStatus(github.state.requirePull(1).headSha, 'other')?.state).toBe('success');
  expect((event.payload as { pull_request: { labels: unknown[] } }).pull_request.labels).toEqual([]);
});

test('an exchange that GitHub does not know fails the run', async () => {
  const event = buildEvent(github.source, { event: 'workflow_dispatch', inputs: {}, sender: 'ada' });
  const run = runAction(github, event, { 'pull-request': '1?colour=red' }, { actionPath: FAKE_ACTION });
  await expect(run).rejects.toThrow('query parameter colour is not described');
});

test('a missing action is reported in a sentence', async () => {
  const trigger = { event: 'schedule', schedule: '' } as const;
  await expect(runAction(github, trigger, {}, { actionPath: '/nowhere/index.js' })).rejects.toThrow(
    'build the action first',
  );
});

test('the defaults are those of action.yml', () => {
  const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  const { inputs } = toPlainValue(parsed.root) as { inputs: Record<string, { default?: string }> };
  const { 'github-token': token, ...others } = Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, input.default]),
  );
  expect(token).toContain('github.token');
  expect(others).toEqual(DEFAULT_INPUTS);
  expect(nameInputVariable('github-token')).toBe('INPUT_GITHUB-TOKEN');
});

test.each([
  ['a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
  ['a<<E\none\ntwo\nE\nb=2\n', { a: 'one\ntwo', b: '2' }],
  ['a<<E\r\n\r\nE\r\n', { a: '' }],
  ['a=1\na=2', { a: '2' }],
  ['a<<E\nnever ended', { a: 'never ended' }],
  ['', {}],
])('the outputs %j are read', (text, expected) => {
  expect(parseOutputs(text)).toEqual(expected);
});

const triggers = [
  [
    'pull_request',
    { event: 'pull_request', action: 'synchronize', number: 1, sender: 'ada', before: 'b' },
    'refs/pull/1/merge',
  ],
  [
    'pull_request_target',
    { event: 'pull_request_target', action: 'labeled', number: 1, sender: 'ada', label: 'ok' },
    'refs/heads/main',
  ],
  ['schedule', { event: 'schedule', schedule: '0 9 * * *' }, 'refs/heads/main'],
  ['workflow_dispatch', { event: 'workflow_dispatch', inputs: { a: 'b' }, sender: 'ada' }, 'refs/heads/main'],
  ['push', { event: 'other', name: 'push', payload: {} }, 'refs/heads/main'],
] as const;

test.each(triggers)('the event %s has a name, a payload and a ref', (name, trigger, ref) => {
  const event = buildEvent(github.source, trigger);
  expect([event.name, event.ref]).toEqual([name, ref]);
  expect(event.payload).toMatchObject({
    repository: { full_name: 'fabrikam/health' },
    sender: { login: expect.any(String) },
  });
});

test('a merge group has its base and its head', () => {
  const group = github.state.mergeGroup([1]);
  const event = buildEvent(github.source, { event: 'merge_group', ...group });
  expect(event).toMatchObject({
    sha: group.headSha,
    payload: {
      action: 'checks_requested',
      merge_group: { head_sha: group.headSha, base_sha: group.baseSha, base_ref: 'refs/heads/main' },
    },
  });
});

test('the event of an edited comment has the former body', () => {
  const comment = github.state.addComment(1, 'github-actions[bot]', 'now');
  const event = buildEvent(github.source, {
    event: 'issue_comment',
    action: 'edited',
    comment: comment.id,
    sender: 'ada',
    bodyBefore: 'before',
  });
  expect(event.payload).toMatchObject({
    action: 'edited',
    changes: { body: { from: 'before' } },
    comment: { body: 'now' },
    issue: { number: 1 },
  });
  expect(() =>
    buildEvent(github.source, { event: 'issue_comment', action: 'edited', comment: 1, sender: 'ada' }),
  ).toThrow(RangeError);
});

test('the action gets only what it needs from this machine', async () => {
  process.env.GO_LIVE_TEST_SECRET = 'secret';
  try {
    const trigger = { event: 'schedule', schedule: '' } as const;
    const script = fileURLToPath(new URL('./print-environment.mjs', import.meta.url));
    const { stdout } = await runAction(
      github,
      trigger,
      {},
      { actionPath: script, environment: { GITHUB_ACTION_REPOSITORY: '', EXTRA: '1' } },
    );
    const names = JSON.parse(stdout) as readonly string[];
    expect(names).not.toContain('GO_LIVE_TEST_SECRET');
    expect(names).not.toContain('GITHUB_ACTION_REPOSITORY');
    expect(names).toEqual(
      expect.arrayContaining([
        'EXTRA',
        'INPUT_GITHUB-TOKEN',
        'INPUT_STATUS-CONTEXT',
        'GITHUB_STEP_SUMMARY',
        'RUNNER_TEMP',
      ]),
    );
    expect(TOKENS.job).toBe('ghs_job');
  } finally {
    delete process.env.GO_LIVE_TEST_SECRET;
  }
});
