/** The required status is given for protected bases only: a success against any other branch opens none of them. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  CONTEXT,
  findStatus,
  MANIFEST_PATH,
  requireStatus,
  startFabrikam,
} from '../support/fabrikam.ts';
import { answer, runGate } from '../support/run-gate.ts';

const OTHER_CONTEXT = `${CONTEXT} (unprotected base)`;
const NO_RULES = 'extends: healthvault\nignore: ["**"]\n';

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(async () => {
  github = await startFabrikam();
  const { state } = github;
  state.branches.set('ada/any', state.requireCommit('main').sha);
  state.commitTo('ada/any', { files: { '.github/go-live.yml': NO_RULES } });
  pull = state.open({
    author: 'ada',
    base: 'ada/any',
    files: { [MANIFEST_PATH]: buildManifest({ description: 'New' }) },
  });
});
afterEach(() => github.close());

const statesOf = (context: string) =>
  github.state.listStatuses(pull.headSha).flatMap((status) => (status.context === context ? status.state : []));

describe.each(['on', 'off'] as const)('a success against an unprotected branch of the author (GraphQL %s)', (road) => {
  beforeEach(() => {
    github.graphql = road;
  });

  test('does not count for main, with or without another run', async () => {
    expect((await answer(github, pull.number)).exit).toBe(0);
    expect([statesOf(CONTEXT), statesOf(OTHER_CONTEXT)]).toEqual([[], ['success', 'pending']]);
    github.state.retarget(pull.number, 'ada', 'main');
    expect(findStatus(github, pull)).toBeNull();
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect(statesOf(CONTEXT)).toEqual(['failure', 'pending']);
  });
});

describe('the required status is written for a branch', () => {
  const WAYS: Readonly<Record<string, () => void>> = {
    'if a ruleset requires it': () => requireStatus(github, 'ada/any'),
    'if a ruleset requires it in another case': () => requireStatus(github, 'ada/any', CONTEXT.toUpperCase()),
    'if classic protection requires it': () => {
      const checks = { strict: false, contexts: [CONTEXT], checks: [{ context: CONTEXT, app_id: null }] };
      github.state.protection.set('ada/any', { required_status_checks: checks });
    },
  };
  test.each(Object.keys(WAYS))('%s', async (way) => {
    WAYS[way]?.();
    expect((await answer(github, pull.number)).exit).toBe(0);
    expect([statesOf(CONTEXT), statesOf(OTHER_CONTEXT)]).toEqual([['success', 'pending'], []]);
  });

  test('that the workflow names', async () => {
    const event = { event: 'pull_request_target', action: 'opened', number: pull.number, sender: 'ada' } as const;
    await runGate(github, event, { protectedBranches: ['ada/*'] });
    expect(statesOf(CONTEXT)).toEqual(['success', 'pending']);
  });
});

test('rules that the token cannot see protect nothing, and a failure to read them ends the run', async () => {
  requireStatus(github, 'ada/any');
  github.faults.add({ path: /\/rules\/branches\/|\/branches\//, times: 2, answer: { status: 403 } });
  expect((await answer(github, pull.number)).exit).toBe(0);
  expect(statesOf(CONTEXT)).toEqual([]);
  github.faults.add({ path: '/rules/branches/', times: 5, answer: { status: 502 } });
  expect((await answer(github, pull.number, 'edited')).exit).toBe(3);
  expect(statesOf(CONTEXT)).toEqual(['error']);
});
