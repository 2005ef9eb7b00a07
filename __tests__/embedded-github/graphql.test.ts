import { buildSchema, findBreakingChanges } from 'graphql';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { GITHUB_SCHEMA } from '../../src/embedded-github/graphql/github-schema.ts';
import { findGraphQlProblems, readGitHubSchema } from '../support/github-description.ts';
import { startGitHub } from '../support/run-action.ts';

let github: EmbeddedGitHub;

async function query(text: string, variables: Record<string, unknown> = {}, token: string = TOKENS.job) {
  const response = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ query: text, variables }),
  });
  return {
    status: response.status,
    body: (await response.json()) as { data?: unknown; errors?: readonly { type?: string; message: string }[] },
  };
}

function inPull(selection: string): string {
  return `query { repository(owner: "fabrikam", name: "health") { pullRequest(number: 1) { ${selection} } } }`;
}

function pullData(data: unknown): unknown {
  return (data as { repository: { pullRequest: unknown } }).repository.pullRequest;
}

beforeAll(async () => {
  github = await startGitHub({
    files: { 'a/b.txt': 'one\n', 'bin.dat': new Uint8Array([1, 0, 2]), 'latin.txt': new Uint8Array([0xe9, 0x0a]) },
    labels: ['one', 'two', 'three'],
    roles: { ada: 'write', grace: 'maintain' },
    now: '2026-11-23T17:00:00Z',
  });
  const { state } = github;
  state.open({
    author: 'ada',
    title: 'Change',
    body: 'Why',
    files: { 'a/b.txt': 'two\n' },
    coAuthors: ['grace', 'Nobody <nobody@example.org>'],
  });
  for (const label of ['one', 'two', 'three']) state.addLabel(1, label, 'grace');
  const comment = state.addComment(1, 'github-actions[bot]', '- [ ] step');
  state.editComment(comment.id, 'grace', '- [x] step');
  state.addComment(1, 'tim', 'Hello');
  state.addStatus(state.requirePull(1).headSha, 'github-actions[bot]', { state: 'pending', context: 'gate' });
  state.addStatus(state.requirePull(1).headSha, 'github-actions[bot]', {
    state: 'success',
    context: 'gate',
    description: 'Done',
  });
});

afterAll(async () => {
  await github.close();
});

const table: readonly (readonly [string, string, unknown])[] = [
  [
    'plain fields, aliases and __typename',
    'n: number title __typename body headRefName baseRefName',
    { n: 1, title: 'Change', __typename: 'PullRequest', body: 'Why', headRefName: 'change-1', baseRefName: 'main' },
  ],
  [
    'author by inline fragment',
    'author { login __typename ... on User { databaseId } ... on Bot { id } }',
    { author: { login: 'ada', __typename: 'User', databaseId: 1002 } },
  ],
  [
    'first page of labels',
    'labels(first: 2) { totalCount nodes { name } pageInfo { hasNextPage endCursor } }',
    {
      labels: {
        totalCount: 3,
        nodes: [{ name: 'one' }, { name: 'two' }],
        pageInfo: { hasNextPage: true, endCursor: 'Y3Vyc29yOjI=' },
      },
    },
  ],
  [
    'next page of labels',
    'labels(first: 2, after: "Y3Vyc29yOjI=") { nodes { name } pageInfo { hasNextPage } }',
    { labels: { nodes: [{ name: 'three' }], pageInfo: { hasNextPage: false } } },
  ],
  [
    'last items',
    'labels(last: 2) { nodes { name } pageInfo { hasPreviousPage startCursor } }',
    {
      labels: {
        nodes: [{ name: 'two' }, { name: 'three' }],
        pageInfo: { hasPreviousPage: true, startCursor: 'Y3Vyc29yOjI=' },
      },
    },
  ],
  [
    'last items before a cursor',
    'labels(last: 1, before: "Y3Vyc29yOjI=") { nodes { name } }',
    { labels: { nodes: [{ name: 'one' }] } },
  ],
  [
    'authors of a commit, co-authors included',
    'commits(first: 10) { nodes { commit { authors(first: 10) { nodes { email user { login } } } committer { user { login databaseId } } } } }',
    {
      commits: {
        nodes: [
          {
            commit: {
              authors: {
                nodes: [
                  { email: 'ada@example.com', user: { login: 'ada' } },
                  { email: 'grace@example.com', user: { login: 'grace' } },
                  { email: 'nobody@example.org', user: null },
                ],
              },
              committer: { user: { login: 'ada', databaseId: 1002 } },
            },
          },
        ],
      },
    },
  ],
  [
    'timeline by type',
    'timelineItems(first: 2, itemTypes: [LABELED_EVENT]) { nodes { __typename ... on LabeledEvent { createdAt label { name } actor { login ... on Bot { databaseId } } } } }',
    {
      timelineItems: {
        nodes: [
          {
            __typename: 'LabeledEvent',
            createdAt: '2026-11-23T17:00:04Z',
            label: { name: 'one' },
            actor: { login: 'grace' },
          },
          {
            __typename: 'LabeledEvent',
            createdAt: '2026-11-23T17:00:05Z',
            label: { name: 'two' },
            actor: { login: 'grace' },
          },
        ],
      },
    },
  ],
  [
    'a login of a bot without [bot], and its edits newest first',
    'comments(first: 1) { nodes { author { login __typename ... on Bot { databaseId } } userContentEdits(first: 5) { nodes { editedAt diff editor { login } } } } }',
    {
      comments: {
        nodes: [
          {
            author: { login: 'github-actions', __typename: 'Bot', databaseId: 41898282 },
            userContentEdits: {
              nodes: [
                { editedAt: '2026-11-23T17:00:08Z', diff: '- [x] step', editor: { login: 'grace' } },
                { editedAt: '2026-11-23T17:00:07Z', diff: '- [ ] step', editor: { login: 'github-actions' } },
              ],
            },
          },
        ],
      },
    },
  ],
  [
    'the newest status of each context',
    'commits(last: 1) { nodes { commit { status { state contexts { context state description creator { login } } } } } }',
    {
      commits: {
        nodes: [
          {
            commit: {
              status: {
                state: 'SUCCESS',
                contexts: [
                  { context: 'gate', state: 'SUCCESS', description: 'Done', creator: { login: 'github-actions' } },
                ],
              },
            },
          },
        ],
      },
    },
  ],
  [
    'files',
    'changedFiles files(first: 10) { nodes { path changeType additions deletions } }',
    { changedFiles: 1, files: { nodes: [{ path: 'a/b.txt', changeType: 'MODIFIED', additions: 1, deletions: 1 }] } },
  ],
];

test.each(table)('the embedded GraphQL has %s', async (_, selection, expected) => {
  const text = inPull(selection);
  expect(findGraphQlProblems({ query: text })).toEqual([]);
  const { status, body } = await query(text);
  expect(status).toBe(200);
  expect(body.errors).toBeUndefined();
  expect(pullData(body.data)).toEqual(expected);
});

test('variables with defaults, named fragments, @include and @skip are supported', async () => {
  const text = `
    # a comment
    query Gate($owner: String!, $name: String!, $n: Int = 1, $more: Boolean!) {
      repository(owner: $owner, name: $name) { pullRequest(number: $n) { ...Basics title @include(if: $more) body @skip(if: $more) } }
    }
    fragment Basics on PullRequest { number labels(first: 1) { nodes { name } } labels(first: 1) { totalCount } }`;
  expect(findGraphQlProblems({ query: text })).toEqual([]);
  const { body } = await query(text, { owner: 'fabrikam', name: 'health', more: true });
  expect(pullData(body.data)).toEqual({
    number: 1,
    title: 'Change',
    labels: { nodes: [{ name: 'one' }], totalCount: 3 },
  });
});

test('files and folders are read by expression, also many at once', async () => {
  const head = github.state.requirePull(1).headSha;
  const text = `query { repository(owner: "fabrikam", name: "health") {
    base: object(expression: "main:a/b.txt") { ... on Blob { oid byteSize text isBinary isTruncated } }
    head: object(expression: "${head}:a/b.txt") { ... on Blob { text } }
    binary: object(expression: "main:bin.dat") { ... on Blob { byteSize text isBinary } }
    latin: object(expression: "main:latin.txt") { ... on Blob { byteSize text } }
    folder: object(expression: "main:a") { __typename ... on Tree { entries { name type path oid } } }
    none: object(expression: "main:nowhere") { __typename }
    commit: object(expression: "${head}") { ... on Commit { oid status { contexts { context } } } }
  } }`;
  expect(findGraphQlProblems({ query: text })).toEqual([]);
  const { body } = await query(text);
  const oid = '5626abf0f72e58d7a153368ba57db4c673c0e171';
  expect(body).toEqual({
    data: {
      repository: {
        base: { oid, byteSize: 4, text: 'one\n', isBinary: false, isTruncated: false },
        head: { text: 'two\n' },
        binary: { byteSize: 3, text: null, isBinary: true },
        latin: { byteSize: 2, text: '\uFFFD\n' },
        folder: { __typename: 'Tree', entries: [{ name: 'b.txt', type: 'blob', path: 'a/b.txt', oid }] },
        none: null,
        commit: { oid: head, status: { contexts: [{ context: 'gate' }] } },
      },
    },
  });
});

const refused: readonly (readonly [string, string, string | undefined, RegExp])[] = [
  [
    'an unknown repository',
    'query { repository(owner: "a", name: "b") { id } }',
    'NOT_FOUND',
    /Repository with the name 'a\/b'/,
  ],
  [
    'an unknown pull request',
    'query { repository(owner: "fabrikam", name: "health") { pullRequest(number: 9) { id } } }',
    'NOT_FOUND',
    /number of 9/,
  ],
  ['a list without bounds', inPull('labels { totalCount }'), 'MISSING_PAGINATION_BOUNDARIES', /first/],
  ['a page that is too large', inPull('labels(first: 101) { totalCount }'), 'EXCESSIVE_PAGINATION', /100/],
  ['an unknown field', inPull('colour'), undefined, /Cannot query field "colour" on type "PullRequest"/],
  ['an object without selections', inPull('author'), undefined, /must have a selection of subfields/],
  ['selections on a scalar', inPull('title { text }'), undefined, /must not have a selection/],
  [
    'a mutation that no gate needs',
    'mutation { closePullRequest(input: {}) { clientMutationId } }',
    undefined,
    /Cannot query field "closePullRequest" on type "Mutation"/,
  ],
  ['half a query', 'query { repository(', undefined, /Expected/],
  [
    'an undeclared variable',
    'query { repository(owner: $owner, name: "health") { id } }',
    undefined,
    /"\$owner" is not defined/,
  ],
];

test.each(refused)('%s is an error', async (_, text, type, message) => {
  const { status, body } = await query(text);
  expect(status).toBe(200);
  expect(body.errors?.[0]?.type).toBe(type);
  expect(body.errors?.[0]?.message).toMatch(message);
});

describe('a comment', () => {
  const ADD = `mutation($input: AddCommentInput!) {
    addComment(input: $input) { commentEdge { node { body author { login } pullRequest { number } } } } }`;
  const EDIT = `mutation($input: UpdateIssueCommentInput!) {
    updateIssueComment(input: $input) { issueComment { fullDatabaseId body pullRequest { number } } } }`;
  const toNodeId = (name: string) => Buffer.from(name).toString('base64url');
  const write = (text: string, input: object, token?: string) => query(text, { input }, token);

  test('is added and edited, and the answer is the state after it', async () => {
    const subjectId = toNodeId('PullRequest:1');
    const pull = pullData((await query(inPull('id'))).body.data);
    expect(pull).toEqual({ id: subjectId });
    const added = await write(ADD, { subjectId, body: 'New' });
    const node = { body: 'New', author: { login: 'github-actions' }, pullRequest: { number: 1 } };
    expect(added.body).toEqual({ data: { addComment: { commentEdge: { node } } } });
    const { id } = github.state.listComments(1).at(-1) ?? { id: 0 };
    const edited = await write(EDIT, { id: toNodeId(`IssueComment:${id}`), body: 'Edited' });
    const issueComment = { fullDatabaseId: `${id}`, body: 'Edited', pullRequest: { number: 1 } };
    expect(edited.body).toEqual({ data: { updateIssueComment: { issueComment } } });
    github.state.deleteComment(id);
  });

  test.each([
    ['a token that may only read', TOKENS.fork, 'PullRequest:1', 'x', 'FORBIDDEN', /not accessible/],
    ['another kind of id', TOKENS.job, 'Issue:1', 'x', 'UNPROCESSABLE', /Not Found/],
    ['a body that is too long', TOKENS.job, 'PullRequest:1', 'x'.repeat(65_537), 'UNPROCESSABLE', /Validation Failed/],
  ])('is refused for %s', async (_, token, subject, body, type, message) => {
    const answer = await write(ADD, { subjectId: toNodeId(subject), body }, token);
    expect(answer).toMatchObject({ status: 200, body: { data: { addComment: null }, errors: [{ type }] } });
    expect(answer.body.errors?.[0]?.message).toMatch(message);
  });

  test('is in the log as a write, with the REST request that does the same', async () => {
    github.resetRequests();
    await write(EDIT, { id: toNodeId('IssueComment:99'), body: 'x' });
    await query(inPull('number'));
    expect(github.requests.map(({ kind, path, equivalent }) => ({ kind, path, equivalent }))).toEqual([
      {
        kind: 'write',
        path: '/graphql',
        equivalent: { method: 'PATCH', path: '/repos/fabrikam/health/issues/comments/99' },
      },
      { kind: 'read', path: '/graphql', equivalent: null },
    ]);
  });
});

test('a missing permission makes the field null and says so', async () => {
  const { body } = await query(inPull('number'), {}, TOKENS.team);
  expect(body.data).toEqual({ repository: { pullRequest: null } });
  expect(body.errors?.[0]).toMatchObject({ type: 'FORBIDDEN', message: 'Resource not accessible by integration' });
});

test('a query that needs more of the schema than is embedded fails', async () => {
  const response = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `bearer ${TOKENS.job}` },
    body: JSON.stringify({ query: inPull('timelineItems(first: 1) { totalCount }') }),
  });
  expect(response.status).toBe(599);
});

test("every type, field and argument of the embedded schema is as in GitHub's", () => {
  const differing = findBreakingChanges(buildSchema(GITHUB_SCHEMA), readGitHubSchema()).map(
    ({ description }) => description,
  );
  expect(differing).toEqual([]);
});

test('queries are validated against the schema', () => {
  expect(findGraphQlProblems({ query: inPull('colour') })).toHaveLength(1);
  expect(findGraphQlProblems({ query: '{' })).toHaveLength(1);
  expect(findGraphQlProblems(null)).toHaveLength(1);
});
