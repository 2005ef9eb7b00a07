/** Answers of GitHub that are partial, odd or at a limit: read whole, or refused; never taken for "nothing there". */
import { createHash } from 'node:crypto';
import { compareEarly, listDifferences } from '../../src/github/changed-files.ts';
import type { GitHubClient } from '../../src/github/client.ts';
import { readRevisions } from '../../src/github/comment.ts';
import { listStatuses } from '../../src/github/commit-status.ts';
import { readCurrentStateByGraphQl } from '../../src/github/current-state.ts';
import { findMembers, listGroup } from '../../src/github/merge-group.ts';
import { type PullRequestQuestion, parseAccount } from '../../src/github/pull-request-facts.ts';
import { readPullRequestByGraphQl } from '../../src/github/pull-request-graphql.ts';
import { readPullRequestByRest } from '../../src/github/pull-request-rest.ts';
import type { RepositoryConnection } from '../../src/github/repository-connection.ts';
import { openCommits } from '../../src/github/revision.ts';
import { listTreeFiles } from '../../src/github/tree.ts';
import { MAX_FILE_BYTES } from '../../src/model/source.ts';

const REPOSITORY = { owner: 'fabrikam', repo: 'health' };
const PARTIAL = { id: 'github-partial', exitCode: 3 };

type Parameters = Readonly<Record<string, unknown>>;
type Answerer = (parameters: Parameters) => unknown;

function refused(status: number, message = 'Not Found'): Error {
  return Object.assign(new Error(message), { status });
}

/** A client that knows the named calls (`git.getTree`, `graphql`); an Error among the answers is thrown. */
function clientWith(answers: Readonly<Record<string, Answerer>>): GitHubClient {
  const call = (name: string) => async (parameters: Parameters) => {
    const answer = answers[name]?.(parameters) ?? refused(404, `${name} is not known here`);
    if (answer instanceof Error) throw answer;
    return { data: answer };
  };
  const group = (name: string) => new Proxy({}, { get: (_, method) => call(`${name}.${String(method)}`) });
  return {
    rest: new Proxy({}, { get: (_, name) => group(String(name)) }),
    paginate: async (method: ReturnType<typeof call>, parameters: Parameters) => (await method(parameters)).data,
    graphql: async (query: string, variables: Parameters) => (await call('graphql')({ ...variables, query })).data,
  } as unknown as GitHubClient;
}

const blob = (path: string, sha = path, mode = '100644') => ({ path, sha, mode, type: 'blob' });
const link = (path: string, sha = path) => blob(path, sha, '120000');
const folder = (path: string) => ({ path, sha: path, mode: '040000', type: 'tree' });

describe('the tree of a commit', () => {
  test('is read at once if it is complete', async () => {
    const client = clientWith({
      'git.getTree': () => ({ truncated: false, tree: [blob('a'), folder('b'), blob('b/c')] }),
    });
    expect([...(await listTreeFiles({ client, repository: REPOSITORY }, 'main')).keys()]).toEqual(['a', 'b/c']);
  });

  test('is read folder by folder if it is truncated', async () => {
    const client = clientWith({
      'git.getTree': ({ tree_sha: sha, recursive }) => {
        if (sha === 'b') return { truncated: false, tree: [blob('c')] };
        return recursive === undefined
          ? { truncated: false, tree: [blob('a'), folder('b'), { path: 'module', sha: 'm', type: 'commit' }] }
          : { truncated: true, tree: [blob('a')] };
      },
    });
    expect([...(await listTreeFiles({ client, repository: REPOSITORY }, 'main')).keys()]).toEqual(['a', 'b/c']);
  });

  test('is refused if a folder itself is truncated', async () => {
    const client = clientWith({ 'git.getTree': () => ({ truncated: true, tree: [] }) });
    await expect(listTreeFiles({ client, repository: REPOSITORY }, 'main')).rejects.toMatchObject(PARTIAL);
  });
});

describe('the files of a pull request', () => {
  const compared = (files: readonly object[] | undefined) => () => ({ merge_base_commit: { sha: 'base' }, files });
  const file = (filename: string, status = 'modified', more: object = {}) => ({ filename, status, ...more });
  const read = (answers: Readonly<Record<string, Answerer>>, changedFiles: number | null) =>
    listDifferences(
      { client: clientWith(answers), repository: REPOSITORY },
      { base: 'main', head: 'head' },
      changedFiles === null ? null : { number: 7, changedFiles },
    );

  test.each([
    ['for these commits counts', 'main', 'head', ['early.yml']],
    ['with another tip of the base does not count', 'older', 'head', ['asked.yml']],
    ['for another head does not count', 'main', 'other', ['asked.yml']],
  ])('with a comparison that started early %s', async (_, base, head, expected) => {
    const answer = (name: string) => ({
      base_commit: { sha: base },
      merge_base_commit: { sha: 'm' },
      files: [file(name)],
    });
    const asked: string[] = [];
    const client = clientWith({
      'repos.compareCommitsWithBasehead': ({ basehead }) => {
        asked.push(String(basehead));
        return answer(asked.length === 1 ? 'early.yml' : 'asked.yml');
      },
    });
    const access = { client, repository: REPOSITORY };
    const early = compareEarly(access, 'trunk', head);
    const { files } = await listDifferences(
      access,
      { base: 'main', head: 'head' },
      { number: 7, changedFiles: 1 },
      early,
    );
    expect(files.map(({ path }) => path)).toEqual(expected);
    expect(asked).toEqual([`trunk...${head}`, ...(expected[0] === 'asked.yml' ? ['main...head'] : [])]);
  });

  test('are compared again if the early comparison fails', async () => {
    let asked = 0;
    const client = clientWith({
      'repos.compareCommitsWithBasehead': () => {
        asked += 1;
        return asked === 1 ? refused(401)() : compared([file('a')])();
      },
    });
    const access = { client, repository: REPOSITORY };
    const early = compareEarly(access, 'trunk', 'head');
    const { files } = await listDifferences(
      access,
      { base: 'main', head: 'head' },
      { number: 7, changedFiles: 1 },
      early,
    );
    expect([files.length, asked]).toEqual([1, 2]);
  });

  test("have git's lines for a submodule when only the trees are compared", async () => {
    const trees: Readonly<Record<string, readonly object[]>> = {
      m: [
        { path: 'a', sha: '1'.repeat(40), mode: '160000', type: 'commit' },
        { path: 'b', sha: 'x', mode: '100644', type: 'blob' },
      ],
      head: [
        { path: 'a', sha: '2'.repeat(40), mode: '160000', type: 'commit' },
        { path: 'b', sha: 'y', mode: '100644', type: 'blob' },
        { path: 'c', sha: '3'.repeat(40), mode: '160000', type: 'commit' },
      ],
    };
    const answers = {
      'repos.compareCommitsWithBasehead': () => ({ merge_base_commit: { sha: 'm' }, total_commits: 1, files: [] }),
      'git.getTree': ({ tree_sha }: Parameters) => ({ truncated: false, tree: trees[String(tree_sha)] ?? [] }),
    };
    const line = (side: string, digit: string) => ({ side, line: 1, text: `Subproject commit ${digit.repeat(40)}` });
    expect((await read(answers, 3)).files.map(({ contentId: _, ...file }) => file)).toEqual([
      { path: 'a', status: 'modified', lines: [line('base', '1'), line('head', '2')] },
      { path: 'b', status: 'modified' },
      { path: 'c', status: 'added', lines: [line('head', '3')] },
    ]);
  });

  test('have a kind of change for each status', async () => {
    const files = [
      file('a', 'added'),
      file('b', 'copied'),
      file('c', 'removed'),
      file('d', 'changed'),
      file('e', 'unchanged'),
      file('g', 'renamed', { previous_filename: 'f' }),
    ];
    expect((await read({ 'repos.compareCommitsWithBasehead': compared(files) }, 6)).files).toEqual([
      { path: 'a', status: 'added' },
      { path: 'b', status: 'added' },
      { path: 'c', status: 'removed' },
      { path: 'd', status: 'modified' },
      { path: 'e', status: 'modified' },
      { path: 'g', previousPath: 'f', status: 'renamed' },
    ]);
  });

  test('come with changed lines, which are unknown for a truncated or missing patch', async () => {
    const patch = '@@ -1 +1 @@\n-old\n+new';
    const files = [
      file('whole', 'modified', { additions: 1, deletions: 1, patch }),
      file('cut', 'modified', { additions: 2, deletions: 1, patch }),
      file('binary', 'modified', { additions: 0, deletions: 0 }),
      file('copied', 'copied', { additions: 1, deletions: 1, patch }),
      file('moved', 'renamed', { additions: 0, deletions: 0, previous_filename: 'before' }),
    ];
    const linesOf = async (rows: readonly object[]) => {
      const { files: found } = await read({ 'repos.compareCommitsWithBasehead': compared(rows) }, rows.length);
      return Object.fromEntries(found.map(({ path, lines }) => [path, lines?.map(({ text }) => text)]));
    };
    expect(await linesOf(files)).toEqual({
      whole: ['old', 'new'],
      cut: undefined,
      binary: undefined,
      copied: undefined,
      moved: [],
    });
    // In a long list GitHub leaves patches out, so a moved file without one may have changed.
    const long = file('long', 'modified', { additions: 10_000, deletions: 0 });
    expect(await linesOf([...files, long])).toMatchObject({ moved: undefined });
  });

  test.each([
    ['an unknown status', [file('a', 'teleported')]],
    ['a status with the name of a method', [file('a', 'constructor')]],
    ['a rename without a former name', [file('a', 'renamed')]],
  ])('are refused with %s', async (_name, files) => {
    await expect(read({ 'repos.compareCommitsWithBasehead': compared(files) }, 1)).rejects.toMatchObject(PARTIAL);
  });

  test('are none in a comparison without files', async () => {
    expect((await read({ 'repos.compareCommitsWithBasehead': compared(undefined) }, null)).files).toEqual([]);
  });

  test('include a file that became a link as changed', async () => {
    const rows = [file('a', 'removed'), file('b', 'added'), file('a', 'added')];
    const expected = [
      { path: 'b', status: 'added' },
      { path: 'a', status: 'modified' },
    ];
    const whole = { 'repos.compareCommitsWithBasehead': compared(rows) };
    expect((await read(whole, 3)).files).toEqual(expected);
  });

  const refused = (status: number) => () => {
    throw Object.assign(new Error('refused'), { status });
  };
  const withoutFiles = (parameters: Parameters) => (parameters.page === 2 ? compared(undefined)() : refused(500)());
  const many = compared(Array.from({ length: 300 }, (_, index) => file(`${index}`)));

  test.each([
    ['a pull request of 3,000 files', 3000, many],
    ['a pull request that GitHub has not counted yet', 0, compared([file('edited')])],
    ['a pull request with the number of files of an older push', 2, compared([file('edited')])],
    ['a pull request without a listed file', 1, compared([])],
    ['a merge group of 300 files', null, many],
    ['a comparison that is refused only with its files', 7, withoutFiles],
  ])('are compared by trees for %s', async (_name, changedFiles, comparison) => {
    const trees: Readonly<Record<string, readonly object[]>> = {
      base: [
        ...[blob('same'), blob('edited', '1'), blob('old', 'moved'), blob('gone'), blob('gone too', 'gone')],
        blob('linked', 'text'),
      ],
      head: [blob('same'), blob('edited', '2'), blob('new', 'moved'), blob('added'), link('linked', 'text')],
    };
    const answers = {
      'repos.compareCommitsWithBasehead': comparison,
      'git.getTree': ({ tree_sha: sha }: Parameters) => ({ truncated: false, tree: trees[String(sha)] }),
    };
    expect((await read(answers, changedFiles)).files.map(({ contentId: _, ...file }) => file)).toEqual([
      { path: 'edited', status: 'modified' },
      { path: 'new', previousPath: 'old', status: 'renamed', lines: [] },
      { path: 'added', status: 'added' },
      { path: 'linked', status: 'modified' },
      { path: 'gone', status: 'removed' },
      { path: 'gone too', status: 'removed' },
    ]);
  });

  test.each([404, 422, 500, 502, 503, 504])(
    'are compared by trees when GitHub refuses every comparison (%d)',
    async (status) => {
      const answers = {
        'repos.compareCommitsWithBasehead': refused(status),
        'git.getTree': ({ tree_sha: sha }: Parameters) => ({ truncated: false, tree: [blob('file', String(sha))] }),
      };
      const files = [{ path: 'file', status: 'modified', contentId: 'head' }];
      expect(await read(answers, 7)).toEqual({ mergeBase: 'main', commits: null, files });
    },
  );

  test.each([401, 403, 409, 429])(
    'are unknown after an answer without the commits (%d), which ends the run',
    async (status) => {
      await expect(read({ 'repos.compareCommitsWithBasehead': refused(status) }, 7)).rejects.toMatchObject({
        exitCode: 3,
      });
    },
  );
});

describe('the files of a commit', () => {
  const nothing = { files: [], folders: [], paths: false };
  const read = async (
    answers: Readonly<Record<string, Answerer>>,
    wanted: { readonly files?: readonly string[]; readonly folders?: readonly string[] },
    graphQl = true,
  ) => {
    const commits = { base: 'b', head: 'h' };
    const pair = openCommits({ client: clientWith(answers), repository: REPOSITORY, hasGraphQl: graphQl }, commits);
    return (await pair.read({ base: nothing, head: { ...nothing, ...wanted } })).head;
  };
  const gitId = (value: string) =>
    createHash('sha1')
      .update(`blob ${Buffer.byteLength(value)}\0${value}`)
      .digest('hex');
  const text = (value: string, more: object = {}) => ({
    __typename: 'Blob',
    oid: gitId(value),
    byteSize: Buffer.byteLength(value),
    isTruncated: false,
    text: value,
    ...more,
  });
  const tree = { 'git.getTree': () => ({ truncated: false, tree: [blob('a'), blob('b/c'), blob('b/d/e')] }) };
  const objects = (...found: readonly unknown[]) => ({
    graphql: () => ({ repository: Object.fromEntries(found.map((one, index) => [`o${index}`, one])) }),
  });
  const asFile = (object: unknown, mode = 0o100644) => objects({ file: object === null ? null : { mode, object } });
  const bytes = {
    'git.getBlob': () => ({ size: 2, encoding: 'base64', content: Buffer.from([0, 255]).toString('base64') }),
  };

  test.each<[string, unknown, unknown]>([
    ['text', text('hé'), { bytes: new TextEncoder().encode('hé') }],
    ['nothing', null, null],
    ['a folder', { __typename: 'Tree', oid: 'x' }, null],
    [
      'nothing when too large',
      text('', { byteSize: MAX_FILE_BYTES + 1 }),
      { unavailable: expect.stringContaining('bytes'), id: gitId('') },
    ],
    ['truncated text', text('h', { isTruncated: true }), { bytes: Buffer.from([0, 255]) }],
    ['another text', text('h', { oid: gitId('i') }), { bytes: Buffer.from([0, 255]) }],
    [
      'text of a repository with longer ids',
      text('h', { oid: createHash('sha256').update('blob 1\0h').digest('hex') }),
      { bytes: Buffer.from('h') },
    ],
    ['nothing when not text', text('', { text: null }), { bytes: Buffer.from([0, 255]) }],
    ['nothing without text and size', { __typename: 'Blob', oid: 'x' }, { bytes: Buffer.from([0, 255]) }],
  ])('are read by GraphQL as %s', async (_name, object, expected) => {
    expect((await read({ ...asFile(object), ...bytes }, { files: ['a'] })).files.get('a')).toEqual(expected);
  });

  test('are read by GraphQL without following a symbolic link', async () => {
    const found = await read(asFile(text('../b'), 0o120000), { files: ['a'] });
    expect(found.files.get('a')).toEqual({ unavailable: expect.stringContaining('symbolic link'), id: gitId('../b') });
  });

  test('are not read when a blob is too large', async () => {
    const answers = {
      ...asFile(text('', { text: null })),
      'git.getBlob': () => ({ size: MAX_FILE_BYTES + 1, content: '' }),
    };
    expect((await read(answers, { files: ['a'] })).files.get('a')).toMatchObject({ id: gitId('') });
  });

  test('can have a blob that comes as text', async () => {
    const answers = {
      ...asFile(text('', { text: null })),
      'git.getBlob': () => ({ encoding: 'utf-8', content: 'hé' }),
    };
    expect((await read(answers, { files: ['a'] })).files.get('a')).toEqual({ bytes: Buffer.from('hé') });
  });

  test('are the only entries of folders by GraphQL', async () => {
    const entries = [
      { name: 'z', type: 'blob' },
      { name: 'a', type: 'blob' },
      { name: 'd', type: 'tree' },
    ];
    const answers = objects({ __typename: 'Tree', oid: 'x', entries }, null);
    expect((await read(answers, { folders: ['b', 'none'] })).folders).toEqual(
      new Map([
        ['b', ['a', 'z']],
        ['none', []],
      ]),
    );
  });

  test.each([
    ['GraphQL fails', { graphql: () => refused(502) }, true],
    ['GraphQL leaves a file out', objects(), true],
    ['GraphQL does not know the commit', objects(null, {}, {}), true],
    ['GraphQL does not mention a file', objects({}, {}, {}), true],
    ['GraphQL is not available', {}, false],
  ])('are read by REST if %s', async (_name, graphql, graphQl) => {
    const answers = { ...graphql, ...tree, ...bytes };
    const found = await read(answers, { files: ['a'], folders: ['', 'b'] }, graphQl);
    expect(found.files.get('a')).toEqual({ bytes: Buffer.from([0, 255]) });
    expect(found.folders).toEqual(
      new Map([
        ['', ['a']],
        ['b', ['c']],
      ]),
    );
  });

  test.each<[string, readonly object[], unknown]>([
    ['a folder', [folder('a'), blob('a/b')], null],
    ['a submodule', [{ path: 'a', sha: 'm', mode: '160000', type: 'commit' }], null],
    ['a symbolic link', [link('a', 'x')], { unavailable: expect.stringContaining('symbolic link'), id: 'x' }],
    ['nothing', [], null],
  ])('are read by REST as %s', async (_name, listed, expected) => {
    const answers = { ...bytes, 'git.getTree': () => ({ truncated: false, tree: listed }) };
    expect((await read(answers, { files: ['a'] }, false)).files.get('a')).toEqual(expected);
  });

  test('that are in the tree and cannot be read are a failure', async () => {
    for (const [status, id] of [
      [404, 'github-not-found'],
      [500, 'github-unreachable'],
    ] as const) {
      const answers = { ...tree, 'git.getBlob': () => refused(status) };
      await expect(read(answers, { files: ['a'] }, false)).rejects.toMatchObject({ id, exitCode: 3 });
    }
  });
});

describe('the members of a merge group', () => {
  /** A commit of the queue upon the one before; `merged` is the head that it merges. */
  const commit = (sha: string, before: string, message = 'x', merged?: string) => ({
    ...{ sha, commit: { message } },
    parents: [{ sha: before }, ...(merged === undefined ? [] : [{ sha: merged }])],
  });
  const open = (number: number, head: string, ref = 'main', state = 'open') => ({
    ...{ number, state, base: { ref }, head: { sha: head } },
  });
  const read = (
    answers: Readonly<Record<string, Answerer>>,
    { namedMember = null, hasGraphQl = true }: { namedMember?: number | null; hasGraphQl?: boolean } = {},
  ) => {
    const defaults = {
      'repos.listPullRequestsAssociatedWithCommit': () => [],
      'pulls.list': () => [],
      graphql: () => ({ repository: { mergeQueue: null } }),
    };
    const client = clientWith({ ...defaults, ...answers });
    const group = { base: 'base', head: 'head', baseBranch: 'main', namedMember };
    const connection = { client, repository: REPOSITORY, hasGraphQl } as unknown as RepositoryConnection;
    return listGroup(connection, group).then((listed) => findMembers(connection, group, listed));
  };
  const group = (...commits: readonly object[]) => ({
    'repos.compareCommitsWithBasehead': () => ({ total_commits: commits.length, commits }),
  });
  const queue = (...numbers: readonly (number | null)[]) => {
    const nodes = numbers.map((number, index) => ({ position: index + 1, pullRequest: number && { number } }));
    return { graphql: () => ({ repository: { mergeQueue: { entries: { nodes: [...nodes].reverse() } } } }) };
  };

  test('by merges are those whose head is merged, with any author of the commits', async () => {
    const answers = {
      ...group(commit('1', 'base', 'x', 'h7'), commit('h7', 'fork', 'Change (#8)'), commit('head', '1', 'x', 'h9')),
      'pulls.list': () => [open(7, 'h7'), open(8, 'h8'), open(9, 'h9'), open(10, 'h9'), open(11, 'h9', 'other')],
    };
    expect(await read(answers)).toEqual({ known: [[7], [9, 10]], possible: [] });
  });

  test('by squash or rebase are those that GitHub associates with the commits', async () => {
    const answers = {
      ...group(commit('1', 'base', 'Change (#12)'), commit('head', '1')),
      'pulls.list': () => [open(12, 'h12')],
      'repos.listPullRequestsAssociatedWithCommit': ({ commit_sha: sha }: Parameters) =>
        sha === '1'
          ? [open(7, 'h7'), open(8, 'h8', 'other'), open(9, 'h9', 'main', 'closed')]
          : [open(10, 'head'), open(11, 'built-on-10')],
    };
    expect(await read(answers)).toEqual({ known: [[7], [10]], possible: [] });
  });

  describe('what GitHub associates is asked in one request', () => {
    const associate = (numbers: readonly number[], hasNextPage = false) => ({
      associatedPullRequests: {
        nodes: numbers.map((number) => ({ number, state: 'OPEN', baseRefName: 'main', headRefOid: `h${number}` })),
        pageInfo: { hasNextPage },
      },
    });
    const commits = group(commit('1', 'base', 'Change (#7)'), commit('head', '1', 'Change (#8)'));
    const lists = { 'pulls.list': () => [open(7, 'h7'), open(8, 'h8'), open(9, 'h9')] };
    const refuse = { 'repos.listPullRequestsAssociatedWithCommit': () => refused(500) };

    test('for all commits', async () => {
      const graphql = () => ({ repository: { commit0: associate([9]), commit1: associate([8]) } });
      expect(await read({ ...commits, ...lists, ...refuse, graphql })).toEqual({ known: [[9], [8]], possible: [] });
    });

    test('with the queue, where a commit has no hint', async () => {
      const nodes = [8, 9].map((number, index) => ({ position: index, pullRequest: { number } }));
      let asked = 0;
      const graphql = () => {
        asked += 1;
        return { repository: { commit0: associate([]), commit1: associate([]), mergeQueue: { entries: { nodes } } } };
      };
      const unnamed = group(commit('1', 'base'), commit('head', '1'));
      const found = await read({ ...unnamed, ...lists, ...refuse, graphql }, { namedMember: 9 });
      expect([found, asked]).toEqual([{ known: [], possible: [8, 9] }, 1]);
    });

    test.each([
      ['refused', () => refused(403)],
      ['without a commit', () => ({ repository: { commit0: associate([9]), commit1: null } })],
      [
        'without a list',
        () => ({ repository: { commit0: associate([9]), commit1: { associatedPullRequests: null } } }),
      ],
      [
        'with a list that is not whole',
        () => ({ repository: { commit0: associate([9]), commit1: associate([9], true) } }),
      ],
    ])('an answer that is %s is requested again by REST', async (_name, graphql) => {
      const byRest = ({ commit_sha: sha }: Parameters) => [sha === '1' ? open(7, 'h7') : open(8, 'h8')];
      const answers = { ...commits, ...lists, graphql, 'repos.listPullRequestsAssociatedWithCommit': byRest };
      expect(await read(answers)).toEqual({ known: [[7], [8]], possible: [] });
    });

    test('for more commits than one request takes', async () => {
      const line = Array.from({ length: 60 }, (_, index) =>
        commit(index === 59 ? 'head' : `${index}`, index === 0 ? 'base' : `${index - 1}`, 'Change (#7)'),
      );
      const asked: number[] = [];
      const graphql = ({ query }: Parameters) => {
        const names = [...String(query).matchAll(/commit\d+/g)].map(([name]) => name);
        asked.push(names.length);
        return { repository: Object.fromEntries(names.map((name) => [name, associate([7])])) };
      };
      expect(await read({ ...group(...line), ...lists, ...refuse, graphql })).toEqual({ known: [[7]], possible: [] });
      expect(asked).toEqual([50, 10]);
    });
  });

  test.each([
    ['of merges, exactly', [commit('head', 'base', 'x', 'h9')], [9]],
    ['of numbers behind titles', [commit('1', 'base', 'Change (#7)'), commit('head', '1', 'Change (#8)')], [7, 8]],
    ['of all that are open, where a commit names none', [commit('head', 'base', 'Change (#99)')], [7, 8, 9]],
  ])('hints are those %s', async (_name, commits, hints) => {
    const client = clientWith({
      ...group(...commits),
      'pulls.list': () => [7, 8, 9].map((one) => open(one, `h${one}`)),
    });
    const connection = { client, repository: REPOSITORY, hasGraphQl: true } as unknown as RepositoryConnection;
    const merged = { base: 'base', head: 'head', baseBranch: 'main', namedMember: null };
    expect((await listGroup(connection, merged)).hints).toEqual(hints);
  });

  test('many open pull requests are not read ahead, only the one that the branch is named for', async () => {
    const numbers = Array.from({ length: 11 }, (_, index) => index + 1);
    const client = clientWith({
      ...group(commit('head', 'base')),
      'pulls.list': () => numbers.map((one) => open(one, 'x')),
    });
    const connection = { client, repository: REPOSITORY, hasGraphQl: true } as unknown as RepositoryConnection;
    const merged = { base: 'base', head: 'head', baseBranch: 'main', namedMember: 3 };
    expect((await listGroup(connection, merged)).hints).toEqual([3]);
  });

  test.each([
    ['a number after the title', 'Change (#7)', [8, 7]],
    ['a number elsewhere', 'Merge pull request #7 from a/b\n\n(#7)', [8]],
    ['the number of an issue', 'Change (#99)', [8]],
    ['an invalid number', 'Change (#99999999999999999999)', [8]],
  ])('have only a hint in %s', async (_name, message, possible) => {
    const answers = { ...group(commit('head', 'base', message)), 'pulls.list': () => [open(7, 'h7'), open(8, 'h8')] };
    expect(await read(answers, { namedMember: 8 })).toEqual({ known: [], possible });
  });

  test.each([
    ['the last of the queue up to the one that the branch is named for', 3, true, [2, 3]],
    ['the last of the queue', null, true, [3, 4]],
    ['the one that the branch is named for, without GraphQL', 3, false, [3]],
    ['none of the queue that is not open', 1, true, [1]],
  ])('without an association may be %s', async (_name, namedMember, hasGraphQl, possible) => {
    const answers = {
      ...group(commit('1', 'base'), commit('head', '1')),
      ...queue(null, 9, 1, 2, 3, 4),
      'pulls.list': () => [1, 2, 3, 4].map((number) => open(number, `h${number}`)),
    };
    expect(await read(answers, { namedMember, hasGraphQl })).toEqual({ known: [], possible });
  });

  test('are unknown for a queue that the token cannot see', async () => {
    const answers = {
      ...group(commit('1', 'base'), commit('head', '1')),
      graphql: () => refused(403),
      'pulls.list': () => [open(2, 'h2')],
    };
    expect(await read(answers, { namedMember: 2 })).toEqual({ known: [], possible: [2] });
  });

  test.each<[string, number | null]>([
    ['no name', null],
    ['the name of one that is not open', 7],
  ])('are unknown with %s, which fails the group', async (_name, namedMember) => {
    const answers = { ...group(commit('head', 'base')), 'pulls.list': () => [open(7, 'h7', 'other')] };
    await expect(read(answers, { namedMember })).rejects.toMatchObject({ id: 'member-not-found', exitCode: 3 });
  });

  test.each([
    ['a line that does not lead to the base', [commit('head', 'elsewhere')]],
    ['a line in a circle', [commit('1', 'head'), commit('head', '1')]],
    ['a commit without parents', [{ ...commit('head', ''), parents: [] }]],
  ])('are refused with %s', async (_name, commits) => {
    await expect(read(group(...commits))).rejects.toMatchObject(PARTIAL);
  });

  test('are read page by page, and a list that ends early is refused', async () => {
    const pages = [[commit('1', 'base')], [commit('head', '1')], []];
    const answers = (total: number) => ({
      'repos.compareCommitsWithBasehead': ({ page }: Parameters) => ({
        total_commits: total,
        commits: pages[Number(page) - 1],
      }),
      'repos.listPullRequestsAssociatedWithCommit': ({ commit_sha: sha }: Parameters) => [
        open(sha === '1' ? 1 : 2, String(sha)),
      ],
    });
    expect((await read(answers(2))).known).toEqual([[1], [2]]);
    await expect(read(answers(3))).rejects.toMatchObject(PARTIAL);
  });
});

const question: PullRequestQuestion = {
  repository: REPOSITORY,
  number: 7,
  before: null,
  expectedHead: null,
  pusher: null,
  policyPath: '.github/go-live.yml',
  alternatePolicyPath: null,
  policyRef: 'base',
  expectedBase: null,
};

describe('a pull request by GraphQL', () => {
  const page = (nodes: readonly unknown[], next: string | null = null) => ({
    nodes,
    pageInfo: { hasNextPage: next !== null, endCursor: next },
  });
  const commit = (oid: string, more: object = {}) => ({
    commit: { oid, status: null, parents: page([]), authors: page([]), committer: null, ...more },
  });
  const pullRequest = (more: object = {}) => ({
    title: 'T',
    body: 'B',
    state: 'OPEN',
    changedFiles: 1,
    headRefOid: 'head',
    baseRefOid: 'base',
    baseRefName: 'main',
    baseRef: { target: { oid: 'tip' } },
    headRefName: 'change',
    headRepository: { name: 'health', owner: { login: 'fabrikam' } },
    author: { __typename: 'User', login: 'ada', databaseId: 1 },
    labels: page([]),
    timelineItems: page([]),
    commits: page([]),
    comments: page([]),
    ...more,
  });
  const read = (answer: Answerer, more: Partial<PullRequestQuestion> = {}) =>
    readPullRequestByGraphQl(clientWith({ graphql: answer }), { ...question, ...more });
  const once =
    (more: object, besides: object = {}) =>
    () => ({ repository: { pullRequest: pullRequest(more), open: page([]), ...besides } });

  test('combines pages', async () => {
    const answer = (variables: Parameters) => {
      const next = variables.labels === 'next';
      const more = next ? { labels: page([{ name: 'two' }]) } : { labels: page([{ name: 'one' }], 'next') };
      return { repository: { pullRequest: pullRequest(more), open: page([]) } };
    };
    expect((await read(answer)).labels).toEqual(['one', 'two']);
  });

  test.each<[string, Answerer]>([
    ['no pull request', () => ({ repository: { pullRequest: null } })],
    [
      'no second page',
      ({ labels }) => ({
        repository: { pullRequest: labels === null ? pullRequest({ labels: page([], 'next') }) : null },
      }),
    ],
    ['more authors of a commit than a page', once({ commits: page([commit('a', { authors: page([], 'next') })]) })],
    ['no answer about other pull requests', once({}, { open: undefined })],
    [
      'no second page of other pull requests',
      ({ open }) => ({
        repository: open === null ? { pullRequest: pullRequest(), open: page([], 'next') } : {},
      }),
    ],
  ])('is incomplete with %s', async (_name, answer) => {
    await expect(read(answer)).rejects.toMatchObject(PARTIAL);
  });

  test('reports the purpose of a failed request', async () => {
    await expect(read(() => refused(502))).rejects.toMatchObject({ id: 'github-unreachable' });
  });

  test('lists people without an account by name, each once', async () => {
    const people = page([
      { name: 'Eve', user: null },
      { name: 'Eve', user: null },
      { name: null, user: null },
      { name: 'Grace', user: { login: 'grace', databaseId: 2 } },
      { name: 'Old', user: { login: 'old', databaseId: null } },
    ]);
    const committer = { name: 'Web', user: { login: 'web-flow', databaseId: 3 } };
    const facts = await read(once({ commits: page([commit('a', { authors: people, committer })]) }));
    expect(facts.unknownAuthors).toEqual(['?', 'Eve']);
    expect(facts.authors.map(({ login }) => login)).toEqual(expect.arrayContaining(['ada', 'grace']));
  });

  test('can have a deleted author, bots, and actors without an id', async () => {
    const labeled = (name: string, actor: unknown) => ({
      __typename: 'LabeledEvent',
      label: { name },
      actor,
      createdAt: name,
    });
    const timelineItems = page([
      labeled('a', { __typename: 'Bot', login: 'robot', databaseId: 5 }),
      labeled('b', { __typename: 'Bot', login: 'robot[bot]', databaseId: 5 }),
      labeled('c', { __typename: 'Mannequin', login: 'm' }),
      labeled('d', null),
      { __typename: 'HeadRefForcePushedEvent', createdAt: 'x', beforeCommit: null, afterCommit: null },
    ]);
    const facts = await read(once({ author: null, timelineItems }));
    expect(facts.authors).toEqual([]);
    expect(facts.labelEvents.map(({ actor }) => actor)).toEqual([
      { login: 'robot[bot]', id: 5, bot: true },
      { login: 'robot[bot]', id: 5, bot: true },
      null,
      null,
    ]);
    expect(facts.forcePushes).toEqual([{ at: 'x', actor: null, before: null, after: null }]);
  });

  test.each<[Partial<PullRequestQuestion>, object, object, string]>([
    [{}, {}, {}, 'tip'],
    [{}, { baseRef: null }, {}, 'base'],
    [{}, { baseRef: { target: null } }, {}, 'base'],
    [{ policyRef: 'default-branch' }, {}, { defaultBranchRef: { target: { oid: 'default' } } }, 'default'],
    [{ policyRef: 'default-branch' }, {}, { defaultBranchRef: null }, ''],
  ])('with %j, %j and %j has the policy of %j', async (asked, more, besides, expected) => {
    expect((await read(once(more, besides), asked)).policyCommit).toBe(expected);
  });

  test('lists others with the same head, from every page', async () => {
    const pull = (number: number, headRefOid = 'head') => ({ number, headRefOid, baseRefName: 'main' });
    const answer = ({ open }: Parameters) => ({
      repository: {
        pullRequest: pullRequest(),
        open: open === null ? page([pull(7), pull(8)], 'next') : page([pull(9, 'other'), pull(10)]),
      },
    });
    expect((await read(answer)).withSameHead.map(({ number }) => number)).toEqual([8, 10]);
  });

  test('has no history for a removed label', async () => {
    const event = { __typename: 'LabeledEvent', label: null, actor: null, createdAt: 't' };
    expect((await read(once({ timelineItems: page([event]) }))).labelEvents).toEqual([]);
  });

  test('uses the previous commit only for the head that the event names', async () => {
    const before = {
      oid: 'before',
      status: {
        contexts: [
          { context: 'c', state: 'SUCCESS', description: null, targetUrl: null, createdAt: 't', creator: null },
        ],
      },
    };
    const asked = { before: 'before', expectedHead: 'head' };
    expect((await read(once({}, { before }), asked)).before).toMatchObject({
      sha: 'before',
      statuses: [{ context: 'c', state: 'success', description: '', targetUrl: '', createdAt: 't', creator: null }],
    });
    expect((await read(once({}, { before }), { ...asked, expectedHead: 'another' })).before).toBeNull();
    expect((await read(once({}, { before: null }), asked)).before).toBeNull();
  });

  test('leaves a moment with more than a page to REST', async () => {
    const moment = (more: object) =>
      readCurrentStateByGraphQl({ client: clientWith({ graphql: once(more) }), repository: REPOSITORY }, 7);
    expect(await moment({})).toEqual({
      ...{ headSha: 'head', baseBranch: 'main', labels: [], comments: [], statuses: null, reviews: null },
    });
    expect(await moment({ labels: page([], 'next') })).toBeNull();
    expect(await moment({ comments: page([], 'next') })).toBeNull();
    expect(await moment({ labels: null, comments: null })).toMatchObject({ labels: [], comments: [] });
    expect(await moment({ head: { nodes: [{ commit: { oid: 'head', status: null } }] } })).toMatchObject({
      statuses: [],
    });
    expect(await moment({ head: { nodes: [{ commit: { oid: 'other', status: null } }] } })).toMatchObject({
      statuses: null,
    });
    const gone = clientWith({ graphql: () => ({ repository: { pullRequest: null } }) });
    expect(await readCurrentStateByGraphQl({ client: gone, repository: REPOSITORY }, 7)).toBeNull();
  });

  test('finds edits of a comment on every page', async () => {
    const edit = { editedAt: 't', deletedAt: null, editor: null, diff: 'text' };
    const answer = ({ comments, revisions }: Parameters) => ({
      repository: {
        pullRequest: {
          comments:
            comments === null
              ? page([{ fullDatabaseId: '1', userContentEdits: null }], 'next')
              : page([
                  {
                    fullDatabaseId: '2',
                    userContentEdits:
                      revisions === null ? page([edit], 'more') : page([{ ...edit, deletedAt: 't', diff: null }]),
                  },
                ]),
        },
      },
    });
    const client = clientWith({ graphql: answer });
    expect(await readRevisions({ client, repository: REPOSITORY }, 7, 1)).toEqual([]);
    expect(await readRevisions({ client, repository: REPOSITORY }, 7, 2)).toEqual([
      { at: 't', editor: null, body: 'text' },
      { at: 't', editor: null, body: null },
    ]);
    expect(await readRevisions({ client, repository: REPOSITORY }, 7, 3)).toEqual([]);
    const gone = clientWith({ graphql: () => ({ repository: { pullRequest: null } }) });
    expect(await readRevisions({ client: gone, repository: REPOSITORY }, 7, 1)).toEqual([]);
  });
});

describe('a pull request by REST', () => {
  const user = (login: string, id: number, type = 'User') => ({ login, id, type });
  const commit = (more: object = {}, message = 'x') => ({
    sha: 'c',
    parents: [],
    author: user('ada', 1),
    committer: null,
    commit: { message, author: { name: 'Ada' } },
    ...more,
  });
  const read = (more: Readonly<Record<string, Answerer>>, asked: Partial<PullRequestQuestion> = {}) =>
    readPullRequestByRest(
      clientWith({
        'pulls.get': () => ({
          title: 'T',
          body: null,
          state: 'open',
          commits: 1,
          changed_files: 1,
          user: user('ada', 1),
          head: { sha: 'head' },
          base: { sha: 'base', ref: 'main', repo: { default_branch: 'trunk' } },
        }),
        'issues.listLabelsOnIssue': () => [{ name: 'l' }],
        'issues.listEventsForTimeline': () => [],
        'issues.listEvents': () => [],
        'pulls.listCommits': () => [commit()],
        'issues.listComments': () => [{ id: 3, body: null, user: null, html_url: 'u' }],
        'pulls.list': () => [],
        'repos.getCommit': ({ ref }) => ({ sha: `tip of ${String(ref)}` }),
        ...more,
      }),
      { ...question, ...asked },
    );

  test('has the same facts', async () => {
    expect(await read({})).toMatchObject({
      description: '',
      open: true,
      labels: ['l'],
      authors: [{ login: 'ada', id: 1, bot: false }],
      unknownAuthors: [],
      comments: [{ id: 3, body: '', author: null, url: 'u' }],
      policyCommit: 'tip of heads/main',
      policy: undefined,
      before: null,
    });
    expect((await read({}, { policyRef: 'default-branch' })).policyCommit).toBe('tip of heads/trunk');
    expect((await read({}, { before: 'b', expectedHead: 'head' })).before).toMatchObject({ sha: 'b', statuses: null });
    expect((await read({}, { before: 'b', expectedHead: 'other' })).before).toBeNull();
  });

  test('is refused with more commits than are listed, because an author could be missing', async () => {
    await expect(read({ 'pulls.listCommits': () => [] })).rejects.toMatchObject({ id: 'authors-incomplete' });
  });

  test.each([
    ['Co-authored-by: Grace <2+grace@users.noreply.github.com>', [{ login: 'grace', id: 2, bot: false }]],
    ['co-authored-by: R <3+robot[bot]@users.noreply.github.com>', [{ login: 'robot[bot]', id: 3, bot: true }]],
    ['Co-authored-by: Grace <grace@users.noreply.github.com>', [{ login: 'grace', id: 0, bot: false }]],
    ['Co-authored-by: nobody', []],
  ])('knows the author of %s', async (trailer, expected) => {
    const facts = await read({ 'pulls.listCommits': () => [commit({}, `x\n\n${trailer}\n`)] });
    expect(facts.authors).toEqual([...expected, { login: 'ada', id: 1, bot: false }].sort((a, b) => a.id - b.id));
    expect(facts.hasUnresolvedCoAuthors).toBe(false);
  });

  test.each(['Grace <grace@fabrikam.example>', 'Grace <>'])(
    'has an unknown account for the co-author %s',
    async (who) => {
      const commits = () => [commit({}, `x\n\nCo-authored-by: ${who}\n`)];
      expect((await read({ 'pulls.listCommits': commits })).hasUnresolvedCoAuthors).toBe(true);
    },
  );

  test.each<[string, object, readonly string[], readonly string[]]>([
    ['an assistant', {}, ['ada'], ['Grace']],
    ['a user with another commit', { author: user('grace', 2) }, ['ada', 'grace'], []],
    ['a user with another commit without an account', { author: null }, ['ada'], ['Grace', 'Other']],
  ])('has a co-author who is %s', async (_name, other, authors, unknownAuthors) => {
    const address = Object.keys(other).length === 0 ? 'no-reply@assistant.example' : 'Grace@fabrikam.example';
    const commits = () => [
      commit({}, `x\n\nCo-authored-by: Grace <${address}>\n`),
      commit({ commit: { message: 'y', author: { name: 'Other', email: 'grace@fabrikam.example' } }, ...other }),
    ];
    const facts = await read({ 'pulls.listCommits': commits });
    expect(facts.authors.map(({ login }) => login)).toEqual(authors);
    expect(facts).toMatchObject({ unknownAuthors, hasUnresolvedCoAuthors: false });
  });

  test('lists authors without an account by name', async () => {
    const commits = () => [commit({ author: null }), commit({ author: {}, commit: { message: '', author: null } })];
    expect((await read({ 'pulls.listCommits': commits })).unknownAuthors).toEqual(['?', 'Ada']);
  });

  test('ignores events with missing facts', async () => {
    const events = [
      null,
      'labeled',
      {},
      { event: 'labeled' },
      { event: 'labeled', label: {}, created_at: 't' },
      { event: 'labeled', label: { name: 'a' } },
      { event: 'labeled', label: { name: 'a' }, created_at: 't', actor: user('robot[bot]', 9, 'Bot') },
      { event: 'head_ref_force_pushed', created_at: 't' },
      { event: 'head_ref_force_pushed' },
    ];
    expect(await read({ 'issues.listEventsForTimeline': () => events })).toMatchObject({
      labelEvents: [{ label: 'a', at: 't', actor: { login: 'robot[bot]', id: 9, bot: true } }],
      forcePushes: [
        { at: 't', before: null, after: null },
        { at: '', before: null, after: null },
      ],
    });
  });

  test('lists others with the same head', async () => {
    const pull = (number: number, sha = 'head') => ({ number, head: { sha }, base: { ref: 'main' } });
    expect(
      (await read({ 'pulls.list': () => [pull(7), pull(8), pull(10, 'x')] })).withSameHead.map(({ number }) => number),
    ).toEqual([8]);
  });

  test.each([null, 'ada', {}, { login: 'ada' }, { login: 1, id: 1 }, { login: 'ada', id: '1' }])(
    'has no account for %j',
    (value) => expect(parseAccount(value)).toBeNull(),
  );

  test('has statuses', async () => {
    const status = {
      context: 'c',
      state: 'failure',
      description: null,
      target_url: null,
      created_at: 't',
      creator: null,
    };
    expect(
      await listStatuses(
        { client: clientWith({ 'repos.listCommitStatusesForRef': () => [status] }), repository: REPOSITORY },
        'x',
      ),
    ).toEqual([{ context: 'c', state: 'failure', description: '', targetUrl: '', createdAt: 't', creator: null }]);
  });
});
