import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { ADMIN_APP, ADMIN_TOKEN } from '../support/admin-app.ts';
import { describedOperations, findExchangeProblems, findOperation } from '../support/github-description.ts';
import { startGitHub, takeProblems } from '../support/run-action.ts';

const JOB = { authorization: `Bearer ${TOKENS.job}` };

let github: EmbeddedGitHub;

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown; headers: Headers; text: string }> {
  const response = await fetch(`${github.addresses.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {}
  return { status: response.status, body: json, headers: response.headers, text };
}

beforeEach(async () => {
  github = await startGitHub({
    files: { 'app/Web.config': '<configuration/>\n', 'README.md': 'Hello\n', 'docs/old.md': 'same text\n' },
    roles: { ada: 'write', grace: 'maintain', tim: 'triage' },
    teams: { 'fabrikam/go-live': ['grace'] },
    labels: ['go-live/configuration-approved'],
    tokens: {
      [ADMIN_TOKEN]: ADMIN_APP,
    },
  });
  const { state } = github;
  state.open({
    author: 'ada',
    title: 'Change',
    files: {
      'app/Web.config': '<configuration> </configuration>\n',
      'docs/new.md': 'same text\n',
      'docs/old.md': null,
    },
  });
  state.addLabel(1, 'go-live/configuration-approved', 'grace');
  state.addComment(1, 'tim', 'Looks good');
  state.requestReviewers(1, 'ada', ['grace', 'fabrikam/go-live']);
  state.review(1, 'grace', 'APPROVED');
  state.dismissReview(1, 'grace');
  state.forcePush(1, {
    files: { 'app/Web.config': '<configuration>  </configuration>\n' },
    coAuthors: ['grace', 'Nobody <nobody@example.org>'],
  });
  state.push(1, {
    by: { name: 'Nobody', email: 'nobody@example.org' },
    date: '2001-01-01T00:00:00Z',
    files: { 'x.txt': 'x' },
  });
  state.editPull(1, 'ada', { title: 'Another title' });
  state.setOpen(1, 'ada', false);
  state.setOpen(1, 'ada', true);
  state.removeLabel(1, 'go-live/configuration-approved', 'grace');
  state.addLabel(1, 'go-live/configuration-approved', 'grace');
  state.addStatus(state.requirePull(1).headSha, 'ada', { state: 'failure', context: 'other', description: 'No' });
  state.rules = [
    {
      type: 'required_status_checks',
      ruleset_source_type: 'Repository',
      ruleset_source: 'fabrikam/health',
      ruleset_id: 12,
      parameters: {
        required_status_checks: [{ context: 'HealthVault go-live', integration_id: 15368 }],
        strict_required_status_checks_policy: false,
      },
    },
  ];
  state.rulesets = [
    {
      id: 12,
      name: 'main',
      source: 'fabrikam/health',
      source_type: 'Repository',
      enforcement: 'active',
      target: 'branch',
      rules: [{ type: 'deletion' }],
    },
  ];
});

afterEach(async () => {
  await github.close();
});

describe('every route answers as GitHub documents it', () => {
  const R = '/repos/fabrikam/health';
  const head = () => github.state.requirePull(1).headSha;
  const base = () => github.state.requireCommit('main').sha;
  const comment = () => github.state.comments[0]?.id ?? 0;
  const blob = () =>
    github.state.objects.trees.get(github.state.requireCommit('main').treeSha)?.find((row) => row.type === 'blob')?.sha;
  const routes: readonly (readonly [string, () => string, number, unknown?])[] = [
    ['GET', () => R, 200],
    ['GET', () => `${R}/pulls`, 200],
    ['GET', () => `${R}/pulls?state=all&per_page=100&page=1`, 200],
    ['GET', () => `${R}/pulls/1`, 200],
    ['GET', () => `${R}/pulls/99`, 404],
    ['GET', () => `${R}/pulls/1/files?per_page=100`, 200],
    ['GET', () => `${R}/pulls/1/commits`, 200],
    ['GET', () => `${R}/pulls/1/reviews`, 200],
    ['POST', () => `${R}/pulls/1/requested_reviewers`, 201, { reviewers: ['grace'], team_reviewers: ['go-live'] }],
    ['POST', () => `${R}/pulls/1/requested_reviewers`, 422, { reviewers: ['nobody-at-all'] }],
    ['GET', () => `${R}/compare/${base()}...${head()}`, 200],
    ['GET', () => `${R}/compare/main...ada:change-1?per_page=1`, 200],
    ['GET', () => `${R}/contents/app/Web.config?ref=${head()}`, 200],
    ['GET', () => `${R}/contents/app?ref=main`, 200],
    ['GET', () => `${R}/contents/?ref=main`, 200],
    ['GET', () => `${R}/contents/nowhere.config`, 404],
    ['GET', () => `${R}/git/trees/${base()}?recursive=1`, 200],
    ['GET', () => `${R}/git/blobs/${blob()}`, 200],
    ['GET', () => `${R}/git/commits/${head()}`, 200],
    ['GET', () => `${R}/git/ref/heads/main`, 200],
    ['GET', () => `${R}/commits/${head()}`, 200],
    ['GET', () => `${R}/commits/${'0'.repeat(40)}`, 422],
    ['GET', () => `${R}/commits/${head()}/pulls`, 200],
    ['GET', () => `${R}/commits/${head()}/statuses`, 200],
    ['GET', () => `${R}/commits/${head()}/status`, 200],
    [
      'POST',
      () => `${R}/statuses/${head()}`,
      201,
      {
        state: 'pending',
        context: 'HealthVault go-live',
        description: 'Evaluating',
        target_url: 'https://github.com/run',
      },
    ],
    ['POST', () => `${R}/statuses/${'0'.repeat(40)}`, 422, { state: 'pending' }],
    ['GET', () => `${R}/issues/1`, 200],
    ['GET', () => `${R}/issues/1/labels`, 200],
    ['POST', () => `${R}/issues/1/labels`, 200, { labels: ['brand-new'] }],
    ['DELETE', () => `${R}/issues/1/labels/go-live%2Fconfiguration-approved`, 200],
    ['DELETE', () => `${R}/issues/1/labels/nothing`, 404],
    ['GET', () => `${R}/issues/1/timeline?per_page=100`, 200],
    ['GET', () => `${R}/issues/1/events`, 200],
    ['GET', () => `${R}/issues/1/comments`, 200],
    ['POST', () => `${R}/issues/1/comments`, 201, { body: 'Hello' }],
    ['POST', () => `${R}/issues/1/comments`, 422, { body: 'x'.repeat(65_537) }],
    ['GET', () => `${R}/issues/comments/${comment()}`, 200],
    ['PATCH', () => `${R}/issues/comments/${comment()}`, 200, { body: 'Changed' }],
    ['DELETE', () => `${R}/issues/comments/${comment()}`, 204],
    ['GET', () => `${R}/labels`, 200],
    ['GET', () => `${R}/labels/go-live%2Fconfiguration-approved`, 200],
    ['POST', () => `${R}/labels`, 201, { name: 'go-live/new', color: 'ff0000', description: 'New' }],
    ['POST', () => `${R}/labels`, 422, { name: 'go-live/configuration-approved' }],
    ['PATCH', () => `${R}/labels/go-live%2Fconfiguration-approved`, 200, { new_name: 'renamed' }],
    ['GET', () => `${R}/collaborators/grace/permission`, 200],
    ['GET', () => `${R}/collaborators/nobody-at-all/permission`, 404],
    ['GET', () => `${R}/branches/main`, 200],
    ['GET', () => `${R}/branches/main/protection`, 404],
    ['GET', () => `${R}/rules/branches/main`, 200],
    ['GET', () => `${R}/rulesets`, 200],
    ['GET', () => `${R}/rulesets/12`, 200],
    ['GET', () => `${R}/actions/permissions/workflow`, 200],
    ['GET', () => '/orgs/fabrikam/teams/go-live/memberships/grace', 200],
    ['GET', () => '/orgs/fabrikam/teams/go-live/memberships/ada', 404],
    ['GET', () => '/orgs/fabrikam/teams/go-live/members', 200],
    ['GET', () => '/rate_limit', 200],
  ];

  test.each(routes.map(([method, path, status, body], index) => [index, method, path, status, body] as const))(
    '%i %s %p -> %i',
    async (_, method, path, status, body) => {
      const answer = await ask(method, path(), body);
      expect(answer.status).toBe(status);
      expect(takeProblems(github)).toEqual([]);
    },
  );

  test('and the table has every operation of the embedded GitHub', () => {
    const asked = new Set(routes.map(([method, path]) => findOperation(method, path())));
    expect(asked.has(null)).toBe(false);
    // Operations that the gate has no use for; everything else of the description is played.
    const unplayed = describedOperations.filter((id) => !asked.has(id));
    expect(unplayed.sort()).toEqual([
      'GET /',
      'GET /orgs/{org}/members/{username}',
      'GET /repos/{owner}/{repo}/actions/runs',
      'GET /repos/{owner}/{repo}/activity',
      'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      'GET /repos/{owner}/{repo}/commits/{ref}/check-suites',
      'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
      'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
      'POST /repos/{owner}/{repo}/check-runs',
      'POST /repos/{owner}/{repo}/code-scanning/sarifs',
    ]);
  });

  test('and the schema check rejects what GitHub would not accept or answer', async () => {
    await ask('GET', `${R}/pulls?colour=red`);
    await ask('POST', `${R}/issues/1/comments`, { body: 'x', color: 'red' });
    expect(takeProblems(github)).toEqual([
      'GET /repos/{owner}/{repo}/pulls: query parameter colour is not described',
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments: body: color is not described',
    ]);
    const request = { method: 'GET', path: `${R}/issues/1/labels`, headers: {}, body: null };
    const answer = { status: 200, headers: {}, body: [{ name: 'half a label' }] };
    expect(findExchangeProblems({ request, answer, injected: false })).toHaveLength(1);
    expect(findExchangeProblems({ request: { ...request, path: '/nothing' }, answer, injected: false })).toHaveLength(
      1,
    );
  });
});

describe("the server follows GitHub's rules", () => {
  const R = '/repos/fabrikam/health';

  test('and pages link to the next ones, with at most 3,000 files', async () => {
    const files = Object.fromEntries(Array.from({ length: 3050 }, (_, index) => [`many/${index}.txt`, String(index)]));
    github.state.open({ author: 'ada', files });
    const second = await ask('GET', `${R}/pulls/2/files?per_page=100&page=2`);
    expect(second.body).toHaveLength(100);
    const api = `${github.addresses.api}${R}/pulls/2/files?per_page=100&page`;
    expect(second.headers.get('link')).toBe(
      `<${api}=1>; rel="prev", <${api}=3>; rel="next", <${api}=30>; rel="last", <${api}=1>; rel="first"`,
    );
    const last = await ask('GET', `${R}/pulls/2/files?per_page=1000&page=30`);
    expect(last.body).toHaveLength(100);
    expect(last.headers.get('link')).not.toContain('rel="next"');
    const pull = (await ask('GET', `${R}/pulls/2`)).body as { changed_files: number };
    expect(pull.changed_files).toBe(3050);
  });

  test('and files have their kind of change, in comparisons from the common ancestor, with renames, copies and modes', async () => {
    const script = new TextEncoder().encode('#!/bin/sh\n');
    github.state.commitTo('main', { files: { 'a.txt': 'a\n', 'b.txt': 'b\n', 'run.sh': script, 'c.txt': 'c\n' } });
    const pull = github.state.open({
      author: 'ada',
      files: {
        'moved/a.txt': 'a\n',
        'a.txt': null,
        'moved/b.txt': 'b and more\n',
        'b.txt': null,
        'c2.txt': 'c and more\n',
        'run.sh': { bytes: script, mode: '100755' },
        'README.md': null,
      },
      renames: { 'moved/b.txt': 'b.txt' },
      copies: { 'c2.txt': 'c.txt' },
    });
    // The base moves on: that is not a change of the pull request.
    github.state.commitTo('main', { files: { 'later.txt': 'later\n' } });
    const { body } = await ask('GET', `${R}/pulls/${pull.number}/files`);
    const rows = body as readonly { filename: string; status: string; previous_filename?: string }[];
    expect(rows.map((row) => [row.status, row.filename, row.previous_filename ?? null])).toEqual([
      ['removed', 'README.md', null],
      ['copied', 'c2.txt', 'c.txt'],
      ['renamed', 'moved/a.txt', 'a.txt'],
      ['renamed', 'moved/b.txt', 'b.txt'],
      ['changed', 'run.sh', null],
    ]);
    const compared = await ask('GET', `${R}/compare/main...${pull.headSha}`);
    expect(compared.body).toMatchObject({ status: 'diverged', ahead_by: 1, behind_by: 1, files: rows });
  });

  test("and the same bytes have git's id", async () => {
    const { state } = github;
    const commit = state.commitUpon('main', { files: { 'a/b.txt': 'one\n' } });
    expect(commit.tree.get('a/b.txt')).toBeDefined();
    const row = state.objects.trees.get(commit.treeSha)?.find(({ name }) => name === 'a');
    expect(state.objects.trees.get(row?.sha ?? '')).toMatchObject([
      { sha: '5626abf0f72e58d7a153368ba57db4c673c0e171' },
    ]);
    expect(row?.sha).toBe('c7d8a0fdb10f11cf53e42b807f501251dd94366a');
  });

  test.each([
    ['GET', '/contents/README.md', 'contents', 'contents=read'],
    ['GET', '/pulls/1', 'pull-requests', 'pull_requests=read'],
    ['POST', '/issues/1/comments', 'pull-requests', 'issues=write; pull_requests=write'],
    ['POST', '/statuses/main', 'statuses', 'statuses=write'],
    ['GET', '/branches/main/protection', 'nothing', 'administration=read'],
    ['POST', '/labels', 'nothing', 'issues=write'],
  ])('and refuses %s %s without %s', async (method, path, scope, header) => {
    const permissions = Object.fromEntries(
      Object.entries(github.state.tokens.get(TOKENS.job)?.permissions ?? {}).filter(([name]) => name !== scope),
    );
    github.state.tokens.set('ghs_less', { login: 'github-actions[bot]', permissions, app: null });
    const answer = await ask(
      method,
      `${R}${path}`,
      method === 'POST' ? { body: 'x', state: 'pending', name: 'x' } : undefined,
      {
        authorization: 'token ghs_less',
      },
    );
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ message: 'Resource not accessible by integration' });
    expect(answer.headers.get('x-accepted-github-permissions')).toBe(header);
  });

  test('and the job token adds existing labels, creates none, and is not an account', async () => {
    expect((await ask('POST', `${R}/issues/1/labels`, { labels: ['unheard-of'] }, JOB)).status).toBe(403);
    expect((await ask('DELETE', `${R}/issues/1/labels/go-live%2Fconfiguration-approved`, undefined, JOB)).status).toBe(
      200,
    );
    expect(
      (await ask('POST', `${R}/issues/1/labels`, { labels: ['go-live/configuration-approved'] }, JOB)).status,
    ).toBe(200);
    expect((await ask('GET', '/user', undefined, JOB)).status).toBe(403);
    expect((await ask('GET', '/orgs/fabrikam/teams/go-live/memberships/grace', undefined, JOB)).status).toBe(403);
  });

  test.each([
    [{ authorization: 'Bearer wrong' }, 'Bad credentials'],
    [{ authorization: '' }, 'Requires authentication'],
  ])('and answers 401 for an unknown token (%#)', async (headers, message) => {
    const answer = await ask('GET', R, undefined, headers);
    expect([answer.status, (answer.body as { message: string }).message]).toEqual([401, message]);
  });

  test('and answers 304 at no cost when nothing has changed', async () => {
    const first = await ask('GET', `${R}/pulls/1`);
    const etag = first.headers.get('etag') ?? '';
    const again = await ask('GET', `${R}/pulls/1`, undefined, { 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(again.headers.get('x-ratelimit-used')).toBe(first.headers.get('x-ratelimit-used'));
    github.state.editPull(1, 'ada', { body: 'new' });
    expect((await ask('GET', `${R}/pulls/1`, undefined, { 'if-none-match': etag })).status).toBe(200);
  });

  test('and answers 403 with nothing remaining at the hourly rate limit', async () => {
    github.rateLimit = 1;
    expect((await ask('GET', R)).headers.get('x-ratelimit-remaining')).toBe('0');
    const over = await ask('GET', R);
    expect([over.status, over.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
  });

  test('and the clock moves only with writes, a second each, and is the Date of every answer', async () => {
    const now = github.state.clock.now();
    const read = await ask('GET', R);
    expect(Date.parse(read.headers.get('date') ?? '')).toBe(Date.parse(now));
    const written = await ask('POST', `${R}/issues/1/comments`, { body: 'x' });
    const at = (written.body as { created_at: string }).created_at;
    expect(Date.parse(at)).toBe(Date.parse(now) + 1000);
    expect(() => github.state.clock.set(now)).toThrow(RangeError);
    expect(() => github.state.clock.set('yesterday')).toThrow(RangeError);
  });

  test('and only adds statuses, newest first, and the combined one has the newest of each context', async () => {
    const path = `${R}/statuses/${github.state.requirePull(1).headSha}`;
    for (const state of ['pending', 'failure', 'success']) await ask('POST', path, { state, context: 'gate' }, JOB);
    const sha = github.state.requirePull(1).headSha;
    const all = (await ask('GET', `${R}/commits/${sha}/statuses`)).body as readonly {
      state: string;
      context: string;
      creator: { login: string; type: string };
    }[];
    expect(all.map(({ state, context }) => `${context} ${state}`)).toEqual([
      'gate success',
      'gate failure',
      'gate pending',
      'other failure',
    ]);
    expect(all[0]?.creator).toMatchObject({ login: 'github-actions[bot]', type: 'Bot' });
    expect((await ask('GET', `${R}/commits/${sha}/status`)).body).toMatchObject({ state: 'failure', total_count: 2 });
    expect((await ask('POST', path, { state: 'success', description: 'x'.repeat(141) }, JOB)).status).toBe(422);
  });

  test('and contents are raw bytes up to 1 MiB, with links followed and submodules named', async () => {
    github.state.commitTo('main', {
      files: {
        'big.bin': new Uint8Array(1024 * 1024 + 1),
        'folder/link': { bytes: new TextEncoder().encode('../README.md'), mode: '120000' },
        'folder/broken': { bytes: new TextEncoder().encode('nowhere'), mode: '120000' },
        module: { bytes: new TextEncoder().encode('a'.repeat(40)), mode: '160000' },
      },
    });
    const raw = { accept: 'application/vnd.github.raw+json' };
    expect((await ask('GET', `${R}/contents/README.md`, undefined, raw)).text).toBe('Hello\n');
    expect((await ask('GET', `${R}/contents/big.bin`)).body).toMatchObject({
      encoding: 'none',
      content: '',
      size: 1024 * 1024 + 1,
    });
    expect((await ask('GET', `${R}/contents/folder/link`)).body).toMatchObject({ type: 'file', content: 'SGVsbG8K\n' });
    expect((await ask('GET', `${R}/contents/folder/broken`)).body).toMatchObject({
      type: 'symlink',
      target: 'nowhere',
    });
    expect((await ask('GET', `${R}/contents/module`)).body).toMatchObject({ type: 'submodule', sha: 'a'.repeat(40) });
    expect(takeProblems(github)).toEqual([]);
  });

  test('and marks a recursive tree that is truncated', async () => {
    const path = `${R}/git/trees/main?recursive=1`;
    expect((await ask('GET', path)).body).toMatchObject({ truncated: false });
    github.limits.treeEntries = 2;
    const cut = (await ask('GET', path)).body as { tree: readonly unknown[] };
    expect(cut).toMatchObject({ truncated: true });
    expect(cut.tree).toHaveLength(2);
  });

  test('and knows the roles that were set, the owner, and the role of all others', async () => {
    const roles: (readonly unknown[])[] = [];
    for (const login of ['ada', 'grace', 'tim', 'fabrikam', 'web-flow']) {
      const { body } = await ask('GET', `${R}/collaborators/${login}/permission`, undefined, JOB);
      const { permission, role_name } = body as { permission: string; role_name: string };
      roles.push([login, permission, role_name]);
    }
    expect(roles).toEqual([
      ['ada', 'write', 'write'],
      ['grace', 'write', 'maintain'],
      ['tim', 'read', 'triage'],
      ['fabrikam', 'admin', 'admin'],
      ['web-flow', 'none', ''],
    ]);
  });

  test('and keeps the former name of a renamed label in the timeline', async () => {
    github.state.renameLabel('go-live/configuration-approved', 'go-live/other');
    expect(github.state.requirePull(1).labels).toEqual(['go-live/other']);
    const { body } = await ask('GET', `${R}/issues/1/timeline`);
    const labeled = (body as readonly { event: string; label?: { name: string } }[]).filter(
      ({ event }) => event === 'labeled',
    );
    expect(labeled.map(({ label }) => label?.name)).toEqual([
      'go-live/configuration-approved',
      'go-live/configuration-approved',
    ]);
    github.state.deleteLabel('go-live/other');
    expect(github.state.requirePull(1).labels).toEqual([]);
  });

  test('and commits of a merge group belong to its members, except one from outside', async () => {
    const { state } = github;
    state.open({ author: 'grace', files: { 'other.txt': 'x' } });
    const group = state.mergeGroup([1, 2]);
    const between = (await ask('GET', `${R}/compare/${group.baseSha}...${group.headSha}`)).body as {
      commits: readonly { sha: string }[];
    };
    const members: number[][] = [];
    for (const { sha } of between.commits) {
      const pulls = (await ask('GET', `${R}/commits/${sha}/pulls`)).body as readonly { number: number }[];
      members.push(pulls.map(({ number }) => number));
    }
    expect(members.every((numbers) => numbers.length === 1)).toBe(true);
    expect(new Set(members.flat())).toEqual(new Set([1, 2]));
    const tree = state.requireCommit(group.headSha).tree;
    expect([tree.has('other.txt'), tree.has('x.txt')]).toEqual([true, true]);
    const strange = state.mergeGroup([2], {
      method: 'squash',
      unassociated: true,
      extra: { 'app/Web.config': 'else' },
    });
    expect((await ask('GET', `${R}/commits/${strange.headSha}/pulls`)).body).toEqual([]);
  });

  test('and update branch and rebase keep the change and move the base', () => {
    const { state } = github;
    const before = state.listChanges(state.requirePull(1)).map(({ path }) => path);
    state.commitTo('main', { files: { 'later.txt': 'x' } });
    state.updateBranch(1, 'grace');
    expect(state.requireCommit(state.requirePull(1).headSha).committer.login).toBe('web-flow');
    expect(state.listChanges(state.requirePull(1)).map(({ path }) => path)).toEqual(before);
    state.commitTo('main', { files: { 'even-later.txt': 'x' } });
    state.rebase(1);
    expect(state.listChanges(state.requirePull(1)).map(({ path }) => path)).toEqual(before);
    expect(state.listCommits(state.requirePull(1))).toHaveLength(1);
    expect(state.requirePull(1).timeline.at(-1)).toMatchObject({ event: 'head_ref_force_pushed', actor: 'ada' });
  });
});
