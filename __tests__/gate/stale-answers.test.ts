/** GitHub's answers about one pull request that contradict each other, or are those of an earlier moment: never the smaller one. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  startFabrikam,
} from '../support/fabrikam.ts';
import { answer, answerTo, approve } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const CHANGED = buildManifest({ description: 'Keeps a diary, with boots' });

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam();
});
afterEach(() => github.close());

describe.each(['on', 'off'] as const)('when GitHub lists an older head (GraphQL %s)', (road) => {
  let pull: PullRequest;
  beforeEach(() => {
    github.graphql = road;
    pull = github.state.open({ author: 'ada', files: { 'README.md': 'Other\n' } });
  });

  test("a watched file is found that GitHub's number of files leaves out", async () => {
    const { state } = github;
    pull.listedHead = pull.headSha;
    state.push(pull.number, { files: { [MANIFEST_PATH]: CHANGED } });
    // The list of commits is complete, the number of files is still the old one.
    github.beforeRequest = (_n, { path }) => {
      if (path.includes('/compare/')) pull.listedHead = null;
    };
    const { exit, failure } = await answer(github, pull.number, 'synchronize');
    expect([exit, failure, findStatus(github, pull)]).toEqual([1, null, 'failure']);
  });

  test('the run waits for the commits of this head, whose authors cannot approve', async () => {
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: CHANGED } });
    await answer(github, pull.number);
    pull.listedHead = pull.headSha;
    github.state.push(pull.number, { by: 'grace', files: { 'a.txt': 'a' } });
    const { exit, failure } = await approve(github, pull.number);
    expect([exit, failure, findStatus(github, pull)]).toEqual([3, 'not-settled', 'error']);
    pull.listedHead = null;
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });
});

describe.each(['on', 'off'] as const)('a change that is built on another one (GraphQL %s)', (road) => {
  test('is compared with the present base, also by a run without a push', async () => {
    github.graphql = road;
    const { state } = github;
    // The parent changes a value, and the child on top of it takes the change back: no change, while the parent is open.
    const parent = openDescriptionChange(github);
    const child = state.open({ author: 'ada', title: 'Child', files: { 'a.txt': 'a' } });
    state.forcePush(child.number, { upon: parent.headSha, files: { [MANIFEST_PATH]: buildManifest() } });
    expect((await answer(github, child.number)).exit).toBe(0);
    expect(findStatus(github, child)).toBe('success');
    state.branches.set('main', parent.headSha);
    const nightly = { event: 'schedule', schedule: '0 6 * * *' } as const;
    const { exit, report } = await answerTo(github, nightly, { 'pull-request': String(child.number) });
    expect([exit, report?.labels.missing, findStatus(github, child)]).toEqual([1, [LABEL], 'failure']);
  });
});
