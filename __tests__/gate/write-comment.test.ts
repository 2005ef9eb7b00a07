/** The comment is written and the pull request is checked again by one request, or by two where GraphQL cannot. */
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { findStatus, LABELS, openDescriptionChange, runFabrikamGate, startFabrikam } from '../support/fabrikam.ts';

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(async () => {
  github = await startFabrikam();
  pull = openDescriptionChange(github);
});
afterEach(() => github.close());

/** The requests from the comment on, each as the REST request that does the same. */
async function runFromComment(): Promise<readonly string[]> {
  const { requests } = await runFabrikamGate(github, pull.number);
  const names = requests.map(({ method, path, equivalent }) => {
    const name = equivalent ?? { method, path };
    return `${equivalent === null ? '' : 'GraphQL: '}${name.method} ${name.path.replace(/\?.*/, '').replace(/[0-9a-f]{40}|\d+/g, '*')}`;
  });
  return names.slice(names.findIndex((name) => /comments/.test(name)));
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

const VERDICT = 'POST /repos/fabrikam/health/statuses/*';

test('a new comment and the check are one request', async () => {
  expect(await runFromComment()).toEqual(['GraphQL: POST /repos/fabrikam/health/issues/*/comments', VERDICT]);
  expect([github.state.listComments(pull.number).length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('an edit and the check are one request', async () => {
  await runFabrikamGate(github, pull.number);
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  github.resetRequests();
  expect(await runFromComment()).toEqual(['GraphQL: PATCH /repos/fabrikam/health/issues/comments/*', VERDICT]);
  expect([github.state.listComments(pull.number).length, findStatus(github, pull)]).toEqual([1, 'success']);
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

test('REST writes the comment if GraphQL fails from then on', async () => {
  beforeComment(() => {
    github.graphql = 'failing';
  });
  const [, ...later] = (await runFromComment()).filter((name) => name !== 'POST /graphql');
  expect(later.filter((name) => !name.startsWith('GraphQL: '))).toEqual([
    'POST /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/pulls/*',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/commits/*/statuses',
    VERDICT,
  ]);
  expect([github.state.listComments(pull.number).length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('REST writes the comment for a token without the permission that GraphQL needs', async () => {
  const permissions = { contents: 'read', 'pull-requests': 'read', issues: 'write', statuses: 'write' } as const;
  github.state.tokens.set(TOKENS.job, { login: 'github-actions[bot]', permissions, app: null });
  expect(await runFromComment()).toEqual([
    'GraphQL: POST /repos/fabrikam/health/issues/*/comments',
    'POST /repos/fabrikam/health/issues/*/comments',
    'POST /graphql',
    VERDICT,
  ]);
  expect([github.state.listComments(pull.number).length, findStatus(github, pull)]).toEqual([1, 'failure']);
});

test('REST reads the comments of a long conversation after the comment', async () => {
  for (let n = 0; n < 100; n += 1) github.state.addComment(pull.number, 'tim', `${n}`);
  expect(await runFromComment()).toEqual([
    'GraphQL: POST /repos/fabrikam/health/issues/*/comments',
    'POST /graphql',
    'GET /repos/fabrikam/health/pulls/*',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/issues/*/comments',
    'GET /repos/fabrikam/health/commits/*/statuses',
    VERDICT,
  ]);
  expect([github.state.listComments(pull.number).length, findStatus(github, pull)]).toEqual([101, 'failure']);
});

test('a comment that both refuse is an error', async () => {
  beforeComment(() => {
    pull.locked = true;
  });
  const { exit, stdout } = await runFabrikamGate(github, pull.number);
  expect([exit, findStatus(github, pull), github.state.listComments(pull.number)]).toEqual([3, 'error', []]);
  expect(stdout).toContain('pull-requests: write');
});
