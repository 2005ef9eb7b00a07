import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildSecondaryLimit, type Fault } from '../../src/embedded-github/faults.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { startGitHub, takeProblems } from '../support/run-action.ts';

const R = '/repos/fabrikam/health';

let github: EmbeddedGitHub;

beforeEach(async () => {
  github = await startGitHub({ labels: ['ok'] });
  github.state.open({ author: 'ada', files: { 'a.txt': 'a' } });
});

afterEach(async () => {
  await github.close();
});

function ask(path: string, method = 'GET', body?: unknown): Promise<Response> {
  return fetch(`${github.addresses.api}${R}${path}`, {
    method,
    headers: { authorization: `token ${TOKENS.job}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test.each<readonly [number, string]>([
  [401, 'Bad credentials'],
  [403, 'Resource not accessible by integration'],
  [404, 'Not Found'],
  [409, 'Conflict'],
  [422, 'Validation Failed'],
  [429, 'API rate limit exceeded'],
  [500, 'Server Error'],
  [502, 'Server Error'],
])('a fault gives status %i once, at the given request', async (status, message) => {
  github.faults.add({ at: 2, answer: { status } });
  expect((await ask('/pulls/1')).status).toBe(200);
  const struck = await ask('/pulls/1');
  expect([struck.status, ((await struck.json()) as { message: string }).message]).toEqual([status, message]);
  expect((await ask('/pulls/1')).status).toBe(200);
  expect(github.faults.pending).toBe(false);
  expect(takeProblems(github)).toEqual([]);
});

test('the secondary rate limit states how long to wait', async () => {
  github.faults.add({ method: 'GET', path: '/pulls', times: 2, answer: buildSecondaryLimit(60, 429) });
  for (const _ of [1, 2]) {
    const answer = await ask('/pulls/1');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
  }
  expect((await ask('/pulls/1')).status).toBe(200);
});

test('a connection can drop, and JSON can end too soon', async () => {
  github.faults.add({ at: 1, answer: 'drop' }, { at: 2, answer: 'cut' });
  await expect(ask('/pulls/1')).rejects.toThrow('fetch failed');
  const cut = await ask('/pulls/1');
  expect(cut.status).toBe(200);
  await expect(cut.json()).rejects.toThrow('JSON');
});

test.each<readonly [Fault['after'], number]>([
  [true, 1],
  [false, 0],
])('a write whose answer is lost was carried out first is %s', async (after, comments) => {
  github.faults.add({ path: /\/comments$/, ...(after === undefined ? {} : { after }), answer: { status: 500 } });
  expect((await ask('/issues/1/comments', 'POST', { body: 'x' })).status).toBe(500);
  expect(github.state.comments).toHaveLength(comments);
});

test('the log counts from 1, distinguishes reads from writes, and can be emptied', async () => {
  await ask('/pulls/1');
  await ask('/issues/1/comments', 'POST', { body: 'x' });
  await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `token ${TOKENS.job}` },
    body: '{"query":"query { rateLimit { cost } }"}',
  });
  expect(github.requests.map(({ n, kind, method, status, login }) => [n, kind, method, status, login])).toEqual([
    [1, 'read', 'GET', 200, 'github-actions[bot]'],
    [2, 'write', 'POST', 201, 'github-actions[bot]'],
    [3, 'read', 'POST', 200, 'github-actions[bot]'],
  ]);
  github.resetRequests();
  await ask('/pulls/1');
  expect(github.requests.map(({ n, path }) => [n, path])).toEqual([[1, `${R}/pulls/1`]]);
});

test('another user can act between two requests', async () => {
  const heads: string[] = [];
  github.beforeRequest = (n) => {
    if (n === 2) github.state.push(1, { files: { 'a.txt': 'b' } });
  };
  for (const _ of [1, 2, 3]) heads.push(((await (await ask('/pulls/1')).json()) as { head: { sha: string } }).head.sha);
  expect(heads[0]).not.toBe(heads[1]);
  expect(heads[1]).toBe(heads[2]);
});

test.each<readonly ['off' | 'failing', number]>([
  ['off', 404],
  ['failing', 502],
])('GraphQL can be %s', async (graphql, status) => {
  github.graphql = graphql;
  const answer = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `token ${TOKENS.job}` },
    body: '{"query":"{ rateLimit { cost } }"}',
  });
  expect(answer.status).toBe(status);
});

test('a mistake of the embedded GitHub itself is an exception', async () => {
  github.state.branches.set('main', 'no such commit');
  const answer = await ask('/branches/main');
  expect(answer.status).toBe(599);
});
