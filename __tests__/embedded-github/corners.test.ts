/** The corners of the embedded GitHub: what it refuses, what is not there, and answers that stories seldom need. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { ADMIN_APP, ADMIN_TOKEN } from '../support/admin-app.ts';
import { findGraphQlProblems } from '../support/github-description.ts';
import { startGitHub, takeProblems } from '../support/run-action.ts';

const PERSON = 'ghp_person';
const R = '/repos/fabrikam/health';
const NOBODY = '0'.repeat(40);

let github: EmbeddedGitHub;

beforeAll(async () => {
  github = await startGitHub({
    files: {
      'a/b.txt': 'one\n',
      'bin.dat': new Uint8Array([1, 0, 2]),
      'large.txt': 'x'.repeat(600_000),
    },
    labels: ['one', 'two'],
    roles: { ada: 'write', grace: 'maintain' },
    teams: { 'fabrikam/go-live': ['grace'] },
    tokens: {
      [ADMIN_TOKEN]: ADMIN_APP,
      [PERSON]: {
        login: 'ada',
        permissions: { contents: 'read', 'pull-requests': 'write', statuses: 'write' },
        app: null,
      },
    },
  });
  const { state } = github;
  state.open({ author: 'ada', title: 'First', files: { 'a/b.txt': 'two\n', 'new.txt': 'new\n' } });
  state.open({ author: 'ada', title: 'Second', files: { 'a/b.txt': null } });
  state.addComment(1, 'grace', 'Hello');
  state.editPull(1, 'ada', { title: 'Another' });
  state.setOpen(2, 'ada', false);
});

afterAll(async () => {
  await github.close();
});

async function ask(method: string, path: string, body?: unknown, token: string | null = ADMIN_TOKEN) {
  const response = await fetch(`${github.addresses.api}${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  takeProblems(github); // what is wrong on purpose is not an exchange that GitHub describes
  return { status: response.status, text };
}

describe('the embedded REST API', () => {
  test.each([
    ['GET', `${R}/labels/nothing`, 404],
    ['GET', `${R}/pulls/99`, 404],
    ['GET', `${R}/pulls/abc`, 404],
    ['GET', `${R}/pulls/0`, 404],
    ['GET', `${R}/pulls/2`, 200],
    ['GET', `${R}/issues/2`, 200],
    ['GET', `${R}/pulls?state=all&direction=asc`, 200],
    ['GET', `${R}/pulls?state=all&base=main&head=fabrikam:change-1`, 200],
    ['GET', `${R}/pulls?per_page=1000&page=0`, 200],
    ['GET', `${R}/issues/comments/99999`, 404],
    ['GET', `${R}/issues/1/comments?since=2999-01-01T00:00:00Z`, 200],
    ['GET', `${R}/collaborators/nobody-at-all/permission`, 404],
    ['GET', `${R}/rulesets/77`, 404],
    ['GET', '/orgs/fabrikam/teams/nothing/members', 404],
    ['GET', '/orgs/fabrikam/teams/go-live/memberships/ada', 404],
    ['GET', '/orgs/fabrikam/teams/go-live/memberships/grace', 200],
    ['GET', `${R}/commits/${NOBODY}/statuses`, 404],
    ['GET', `${R}/commits/${NOBODY}`, 422],
    ['GET', `${R}/commits/nothing`, 404],
    ['GET', `${R}/contents/a/b.txt?ref=nothing`, 404],
    ['GET', `${R}/contents/a/none.txt`, 404],
    ['GET', `${R}/contents/none/b.txt`, 404],
    ['GET', `${R}/contents/a`, 200],
    ['GET', `${R}/git/trees/${NOBODY}`, 404],
    ['GET', `${R}/git/trees/main?recursive=1`, 200],
    ['GET', `${R}/git/blobs/${NOBODY}`, 404],
    ['GET', `${R}/git/ref/tags/v1`, 404],
    ['GET', `${R}/git/ref/heads/nothing`, 404],
    ['GET', `${R}/git/ref/heads/main`, 200],
    ['GET', `${R}/compare/main...nothing`, 404],
    ['GET', `${R}/compare/main`, 404],
    ['GET', `${R}/compare/main...main`, 200],
    ['GET', `${R}/compare/change-1...main`, 200],
    ['GET', `${R}/compare/main...fabrikam:change-1?per_page=1&page=2`, 200],
    ['GET', `${R}/branches/nothing`, 404],
    ['GET', `${R}/branches/nothing/protection`, 404],
    ['GET', '/user', 403],
    ['GET', '/nothing', 404],
    ['GET', '/search/code', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await ask(method, path)).status).toBe(status);
  });

  test.each([
    [`${R}/labels`, { name: 'one' }, 422],
    [`${R}/labels`, {}, 422],
    [`${R}/labels`, { name: 'three' }, 201],
    [`${R}/issues/1/labels`, { labels: [{ name: 'one' }, 7, {}] }, 200],
    [`${R}/issues/1/labels`, { labels: 'one' }, 200],
    [`${R}/issues/1/labels`, { labels: Array.from({ length: 101 }, (_, index) => `l${index}`) }, 422],
    [`${R}/issues/1/comments`, { body: ' ' }, 422],
    [`${R}/issues/1/comments`, { body: 'x'.repeat(70_000) }, 422],
    [`${R}/issues/1/comments`, {}, 422],
    [`${R}/statuses/${NOBODY}`, { state: 'success' }, 422],
    [`${R}/statuses/main`, { state: 'fine' }, 422],
    [`${R}/statuses/main`, { state: 'success', description: 'x'.repeat(200) }, 422],
    [`${R}/statuses/main`, { state: 'success' }, 201],
  ])('answers POST %s %# with %i', async (path, body, status) => {
    expect((await ask('POST', path, body)).status).toBe(status);
  });

  test('answers without a token, with an unknown one, and with one without rights', async () => {
    expect((await ask('GET', `${R}/pulls/1`, undefined, null)).status).toBe(401);
    expect((await ask('GET', `${R}/pulls/1`, undefined, 'ghp_nobody')).status).toBe(401);
    expect((await ask('GET', `${R}/branches/main/protection`, undefined, PERSON)).status).toBe(403);
    expect((await ask('POST', `${R}/issues/1/labels`, { labels: ['quite-new'] }, PERSON)).status).toBe(403);
    expect((await ask('GET', '/user', undefined, PERSON)).text).toContain('"login":"ada"');
  });

  test('refuses the thousand-and-first status of a context', async () => {
    const sha = github.state.requireCommit('main').sha;
    for (let count = 0; count < 1000; count++)
      github.state.addStatus(sha, 'ada', { state: 'pending', context: 'full' });
    const { status, text } = await ask('POST', `${R}/statuses/${sha}`, { state: 'success', context: 'full' });
    expect(status).toBe(422);
    expect(text).toContain('maximum number of statuses');
  });

  test('refuses a body that is not JSON', async () => {
    const response = await fetch(`${github.addresses.api}${R}/labels`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: '{',
    });
    takeProblems(github);
    expect(response.status).toBe(422);
  });
});

describe('the embedded GraphQL API', () => {
  async function query(text: string, variables: unknown = {}) {
    const response = await fetch(github.graphqlUrl, {
      method: 'POST',
      headers: { authorization: `bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({ query: text, variables }),
    });
    takeProblems(github);
    return (await response.json()) as { data?: unknown; errors?: readonly { message: string }[] };
  }
  const inRepository = (selection: string) =>
    `query { repository(owner: "fabrikam", name: "health") { ${selection} } }`;
  const inPull = (selection: string) => inRepository(`pullRequest(number: 1) { ${selection} }`);

  const found: readonly (readonly [string, string, unknown])[] = [
    [
      'pull requests in a state',
      inRepository('pullRequests(first: 5, states: [CLOSED]) { nodes { number state } }'),
      [2, 'CLOSED'],
    ],
    ['all pull requests', inRepository('pullRequests(first: 5) { totalCount nodes { number } }'), { totalCount: 2 }],
    [
      'the folder of a ref',
      inRepository(
        'object(expression: "main:") { __typename ... on Tree { oid entries { name path type mode oid object { __typename } } } }',
      ),
      'bin.dat',
    ],
    [
      'a folder',
      inRepository(
        'object(expression: "main:a/") { ... on Tree { entries { path object { ... on Blob { text } } } } }',
      ),
      'a/b.txt',
    ],
    [
      'a binary blob',
      inRepository('object(expression: "main:bin.dat") { ... on Blob { isBinary isTruncated text byteSize } }'),
      3,
    ],
    [
      'a large blob truncated',
      inRepository('object(expression: "main:large.txt") { ... on Blob { isTruncated byteSize } }'),
      600_000,
    ],
    ['nothing at a path', inRepository('object(expression: "main:none/at/all") { __typename }'), null],
    ['nothing at an expression', inRepository(`object(expression: "${NOBODY}") { __typename }`), null],
    ['nothing at an id', inRepository(`object(oid: "${NOBODY}") { __typename }`), null],
    [
      'a file of a commit',
      inPull('commits(last: 1) { nodes { commit { file(path: "a/b.txt") { path name } } } }'),
      'a/b.txt',
    ],
    [
      'a missing file of a commit',
      inPull('commits(last: 1) { nodes { commit { file(path: "none") { path } } } }'),
      null,
    ],
    [
      'changed files',
      inPull('files(first: 5) { nodes { path changeType additions deletions } } changedFiles'),
      'ADDED',
    ],
    [
      'comments',
      inPull(
        'comments(first: 5) { nodes { body url author { login } userContentEdits(first: 2) { nodes { diff } } } }',
      ),
      'Hello',
    ],
    ['no statuses', inPull('commits(last: 1) { nodes { commit { status { state } } } }'), null],
  ];

  test.each(found)('answers %s', async (_name, text, expected) => {
    expect(findGraphQlProblems({ query: text })).toEqual([]);
    const { data, errors } = await query(text);
    expect(errors).toBeUndefined();
    const flat = JSON.stringify(data);
    for (const part of Array.isArray(expected) ? expected : [expected])
      expect(flat).toContain(JSON.stringify(part).replace(/^\{|\}$/g, ''));
  });

  test.each([
    ['query { repository(owner: "x", name: "y") { name } }'],
    ['query { nothing }'],
    ['query { repository(owner: "fabrikam", name: "health") { nothing } }'],
    ['query { repository(owner: "fabrikam", name: 1) { name } }'],
    ['query { repository(owner: "fabrikam", name: "health") { pullRequest { number } } }'],
    ['query { repository(owner: "fabrikam", name: "health") }'],
    ['query { repository(owner: "fabrikam", name: "health") { name { x } } }'],
    ['query { repository(owner: "fabrikam", name: "health") { ...missing } }'],
    ['query ($n: Int!) { repository(owner: "fabrikam", name: "health") { pullRequest(number: $n) { number } } }'],
    ['query { repository(owner: "fabrikam", name: "health") { pullRequests { totalCount } } }'],
    ['query { repository(owner: "fabrikam", name: "health") { pullRequests(first: 101) { totalCount } } }'],
    ['query { repository('],
    ['query { repository(owner: ) { name } }'],
    ['query { a } query { b }'],
    ['fragment f on Repository { name }'],
    ['query { repository(owner: "fabrikam", name: "health") { name } } ;'],
    [''],
    ['query { repository(owner: "fabrikam", name: "health") { pullRequest(number: 9) { number } } }'],
  ])('refuses %j', async (text) => {
    const { errors } = await query(text);
    expect(errors?.length).toBeGreaterThan(0);
  });

  test('supports directives, fragments, lists and constants', async () => {
    const text = `query ($yes: Boolean!, $states: [PullRequestState!]) {
      repository(owner: "fabrikam", name: "health") {
        ...names @include(if: $yes)
        nothing: id @skip(if: true)
        pullRequests(first: 1, states: $states) { nodes { title } }
      }
    }
    fragment names on Repository { name nameWithOwner }`;
    const { data } = await query(text, { yes: true, states: ['OPEN'] });
    expect(data).toEqual({
      repository: { name: 'health', nameWithOwner: 'fabrikam/health', pullRequests: { nodes: [{ title: 'Another' }] } },
    });
    expect((await query(text, { yes: false, states: ['OPEN'] })).data).not.toHaveProperty('repository.name');
  });
});
