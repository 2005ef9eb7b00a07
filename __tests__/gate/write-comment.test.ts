/** The comment is written and the pull request is checked again by one request, or by two where GraphQL cannot. */
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildSecondaryLimit, type FaultAnswer } from '../../src/embedded-github/faults.ts';
import type { EmbeddedGitHub, LoggedRequest } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { createDirectFetch } from '../support/direct-fetch.ts';
import { findStatus, LABELS, openDescriptionChange, runFabrikamGate, startFabrikam } from '../support/fabrikam.ts';
import { runGate } from '../support/run-gate.ts';

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(async () => {
  github = await startFabrikam();
  pull = openDescriptionChange(github);
});
afterEach(() => github.close());

const trigger = () => ({ event: 'pull_request_target', action: 'opened', number: pull.number, sender: 'ada' }) as const;
const comments = () => github.state.listComments(pull.number);

/** The requests from the comment on, each as the REST request that does the same. */
function nameFromComment(requests: readonly LoggedRequest[]): readonly string[] {
  const names = requests.map(({ method, path, equivalent }) => {
    const name = equivalent ?? { method, path };
    return `${equivalent === null ? '' : 'GraphQL: '}${name.method} ${name.path.replace(/\?.*/, '').replace(/[0-9a-f]{40}|\d+/g, '*')}`;
  });
  return names.slice(names.findIndex((name) => /comments/.test(name)));
}

async function runFromComment(): Promise<readonly string[]> {
  return nameFromComment((await runFabrikamGate(github, pull.number)).requests);
}

/** Before the comment is written. */
function beforeComment(act: () => void): void {
  let hasActed = false;
  github.beforeRequest = (_n, { equivalent }) => {
    if (equivalent === null || hasActed) return;
    hasActed = true;
    act();
  };
}

/** Every attempt of GraphQL to write the comment fails. REST is not affected. */
function failByGraphQl(answer: FaultAnswer, after: boolean): void {
  github.beforeRequest = (n, { equivalent }) => {
    if (equivalent !== null) github.faults.add({ at: n, answer, after });
  };
}

const ADD_BY_GRAPHQL = 'GraphQL: POST /repos/fabrikam/health/issues/*/comments';
const ADD = 'POST /repos/fabrikam/health/issues/*/comments';
const CHECK = 'POST /graphql';
const DELETE = 'DELETE /repos/fabrikam/health/issues/comments/*';
const VERDICT = 'POST /repos/fabrikam/health/statuses/*';

test('a new comment and the check are one request', async () => {
  expect(await runFromComment()).toEqual([ADD_BY_GRAPHQL, VERDICT]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('an edit and the check are one request', async () => {
  await runFabrikamGate(github, pull.number);
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  github.resetRequests();
  expect(await runFromComment()).toEqual(['GraphQL: PATCH /repos/fabrikam/health/issues/comments/*', VERDICT]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'success']);
});

test('an Enterprise Server is asked the same', async () => {
  await github.close();
  github = await startFabrikam({ basePath: '/api/v3' });
  pull = openDescriptionChange(github);
  expect(await runFromComment()).toEqual([ADD_BY_GRAPHQL, VERDICT]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('a label that was removed before the comment is noticed', async () => {
  await runFabrikamGate(github, pull.number);
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  beforeComment(() => github.state.removeLabel(pull.number, LABELS.configuration, 'grace'));
  const { exit } = await runFabrikamGate(github, pull.number);
  expect([exit, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('a push before the comment leaves the verdict to its own run', async () => {
  beforeComment(() => github.state.push(pull.number, { by: 'ada', files: { 'another.txt': 'x' } }));
  const { exit } = await runFabrikamGate(github, pull.number);
  expect([exit, findStatus(github, pull)]).toEqual([3, null]);
});

test('a comment that was deleted before its edit is written again', async () => {
  await runFabrikamGate(github, pull.number);
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  const [deleted] = comments();
  beforeComment(() => github.state.deleteComment(deleted?.id ?? 0));
  const { exit } = await runFabrikamGate(github, pull.number);
  expect([exit, findStatus(github, pull), comments().length]).toEqual([0, 'success', 1]);
  expect(comments()[0]?.body).toContain('approved by `grace`');
});

test('REST writes the comment if GraphQL fails from then on', async () => {
  beforeComment(() => {
    github.graphql = 'failing';
  });
  const [, ...later] = (await runFromComment()).filter((name) => name !== 'POST /graphql');
  expect(later.filter((name) => !name.startsWith('GraphQL: '))).toEqual([
    ADD,
    'GET /repos/fabrikam/health/pulls/*',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/commits/*/statuses',
    VERDICT,
  ]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('REST writes the comment for a token without the permission that GraphQL needs', async () => {
  const permissions = { contents: 'read', 'pull-requests': 'read', issues: 'write', statuses: 'write' } as const;
  github.state.tokens.set(TOKENS.job, { login: 'github-actions[bot]', permissions, app: null });
  expect(await runFromComment()).toEqual([ADD_BY_GRAPHQL, ADD, CHECK, VERDICT]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

describe('a write by GraphQL alone that fails with', () => {
  const spent = {
    status: 403,
    message: 'API rate limit exceeded',
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' },
  };
  const THRICE = Array(3).fill(ADD_BY_GRAPHQL);
  test.each([
    ['401', { status: 401 }, false, [ADD_BY_GRAPHQL, ADD, CHECK, VERDICT]],
    ['404', { status: 404 }, false, [ADD_BY_GRAPHQL, ADD, CHECK, VERDICT]],
    ['the hourly limit of GraphQL', spent, false, [...THRICE.slice(1), ADD, CHECK, VERDICT]],
    ['502', { status: 502 }, false, [...THRICE, ADD, CHECK, VERDICT]],
    ['a lost answer', 'drop', true, [...THRICE, ADD, CHECK, DELETE, DELETE, DELETE, VERDICT]],
    ['a truncated answer', 'cut', true, [ADD_BY_GRAPHQL, ADD, CHECK, DELETE, VERDICT]],
  ] satisfies [string, FaultAnswer, boolean, string[]][])('%s leaves one comment', async (_, answer, after, names) => {
    failByGraphQl(answer, after);
    const { exit, requests } = await runGate(github, trigger(), { retries: true });
    expect(nameFromComment(requests)).toEqual(names);
    expect([exit, findStatus(github, pull), comments().length]).toEqual([1, 'failure', 1]);
  });

  // The limit counts the writes of both, and what GitHub answers with 403 is refused by both.
  test.each([
    ['a secondary rate limit', buildSecondaryLimit(1), 2, 'github-secondary-limit'],
    ['a secondary rate limit of an hour', buildSecondaryLimit(3600), 1, 'github-secondary-limit'],
    ['403', { status: 403 }, 1, 'github-forbidden'],
  ] satisfies [string, FaultAnswer, number, string][])('%s is not tried by REST', async (_, answer, times, id) => {
    failByGraphQl(answer, false);
    const { exit, failure, requests } = await runGate(github, trigger(), { retries: true });
    expect(nameFromComment(requests)).toEqual([...Array(times).fill(ADD_BY_GRAPHQL), VERDICT]);
    expect([exit, failure?.id, findStatus(github, pull), comments().length]).toEqual([3, id, 'error', 0]);
  });
});

describe('a written comment whose answer', () => {
  interface Answer {
    readonly data: { readonly written: { readonly edge: { readonly node: { pullRequest: object | null } } } };
  }
  const change = (edit: (node: Answer['data']['written']['edge']['node']) => void) => (answer: Answer) => {
    edit(answer.data.written.edge.node);
    return answer;
  };
  test.each([
    [
      'also has errors',
      (answer: Answer) => ({ ...answer, errors: [{ type: 'FORBIDDEN', message: 'Not accessible' }] }),
    ],
    ['has no data', () => ({ data: null })],
    ['has no comment', () => ({ data: { written: { edge: null } } })],
    ['has no pull request', change((node) => Object.assign(node, { pullRequest: null }))],
    ['has no statuses', change(({ pullRequest }) => Object.assign(pullRequest ?? {}, { head: { nodes: [] } }))],
    ['has no list of comments', change(({ pullRequest }) => Object.assign(pullRequest ?? {}, { comments: null }))],
  ])('%s leaves one comment', async (_, edit) => {
    const direct = createDirectFetch(github);
    const send: typeof fetch = async (input, init) => {
      const answer = await direct(input, init);
      if (!String(init?.body).includes('addComment')) return answer;
      return Response.json(edit((await answer.json()) as Answer));
    };
    const { exit } = await runGate(github, trigger(), { fetch: send });
    expect([exit, findStatus(github, pull), comments().length]).toEqual([1, 'failure', 1]);
  });
});

test('REST reads the comments of a long conversation after the comment', async () => {
  for (let n = 0; n < 100; n += 1) github.state.addComment(pull.number, 'tim', `${n}`);
  expect(await runFromComment()).toEqual([
    ADD_BY_GRAPHQL,
    CHECK,
    'GET /repos/fabrikam/health/pulls/*',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/commits/*/statuses',
    VERDICT,
  ]);
  expect([comments().length, findStatus(github, pull)]).toEqual([101, 'failure']);
});

test('a comment that GitHub finds too long is written with less', async () => {
  const limit = { status: 422, message: 'Body is too long (maximum is 65536 characters)' };
  github.faults.add({ method: 'POST', path: '/comments', answer: limit, times: 2 });
  expect(await runFromComment()).toEqual([ADD_BY_GRAPHQL, ADD, ADD, CHECK, VERDICT]);
  expect([comments().length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('a comment that both refuse is an error', async () => {
  beforeComment(() => {
    pull.locked = true;
  });
  const { exit, stdout } = await runFabrikamGate(github, pull.number);
  expect([exit, findStatus(github, pull), comments()]).toEqual([3, 'error', []]);
  expect(stdout).toContain('pull-requests: write');
});

test('the gate writes no comment that is not wanted, and checks the state all the same', async () => {
  await runFabrikamGate(github, pull.number);
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  let reads = 0;
  github.beforeRequest = (_n, { path, kind }) => {
    if (path !== '/graphql' || kind !== 'read' || ++reads !== 2) return;
    github.state.removeLabel(pull.number, LABELS.configuration, 'grace');
  };
  const { exit, requests } = await runFabrikamGate(github, pull.number, 'labeled', { inputs: { comment: 'never' } });
  expect(reads).toBeGreaterThan(2);
  expect([exit, findStatus(github, pull)]).toEqual([1, 'failure']);
  expect(requests.filter(({ equivalent }) => equivalent !== null)).toEqual([]);
});
