/**
 * Faults at every request position of a run that would pass, and of two runs at once: never a success that was not
 * earned, and the next run heals. Without GO_LIVE_CAMPAIGN each fault strikes at a part of the positions, which together
 * are all of them.
 */
import { buildSecondaryLimit, type FaultAnswer } from '../../src/embedded-github/faults.ts';
import type { EmbeddedGitHub, LoggedRequest } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { selectSample } from '../support/campaign.ts';
import { buildManifest, CONTEXT, findStatus, LABELS, MANIFEST_PATH, startFabrikam } from '../support/fabrikam.ts';
import { runAction } from '../support/run-action.ts';
import { type GateRun, runGate } from '../support/run-gate.ts';

const FAULTS: readonly (readonly [name: string, answer: FaultAnswer])[] = [
  ['401', { status: 401 }],
  ['403', { status: 403 }],
  ['404', { status: 404 }],
  ['409', { status: 409 }],
  ['422', { status: 422 }],
  ['429', { status: 429, headers: { 'retry-after': '1' } }],
  ['a secondary limit', buildSecondaryLimit(1)],
  ['500', { status: 500 }],
  ['502', { status: 502 }],
  ['a dropped connection', 'drop'],
  ['truncated JSON', 'cut'],
];
/** Without GraphQL a run has twice as many positions; one fault of each sort is played there. */
const FAULTS_BY_REST = FAULTS.filter(([name]) => ['404', '409', '502', 'truncated JSON'].includes(name));

/** Of those that strike once: one of each sort, too. */
const FAULTS_ONCE = FAULTS.filter(([name]) => !['401', 'a secondary limit', '500'].includes(name));

/**
 * What passes in spite of a fault, and rightly: GraphQL's facts came by REST, which says the same, and a comparison with the
 * branch that the event names is asked for again by its commits.
 */
const OTHER_ROAD = ['POST /graphql', 'GET /repos/fabrikam/health/compare/main...*'];
/** So does what passes where GitHub refuses to compare two commits, or does not answer: their trees say the same. */
const COMPARISON = 'GET /repos/fabrikam/health/compare/*...*';
const REFUSALS: readonly string[] = ['404', '422', '500', '502', 'a dropped connection'];
/** "Not found" of a person is an answer, not a failure: an unknown account has no rights, so the label does not count. */
const NO_SUCH_PERSON = '404 at GET /repos/fabrikam/health/collaborators/grace/permission';
const SECRETS = /ghs_|bearer /i;

/** A pull request whose next run passes: it reads everything, rewrites the comment and says success. */
class Stage {
  readonly github: EmbeddedGitHub;
  readonly pull: PullRequest;

  constructor(github: EmbeddedGitHub) {
    this.github = github;
    const files = { [MANIFEST_PATH]: buildManifest({ description: 'New' }) };
    this.pull = github.state.open({ author: 'ada', title: 'Change', files });
  }

  static async opened(graphql: 'on' | 'off' = 'on'): Promise<Stage> {
    const stage = new Stage(await startFabrikam());
    stage.github.onExchange = null;
    stage.github.graphql = graphql;
    return stage;
  }

  static async labelled(by: string, graphql: 'on' | 'off' = 'on'): Promise<Stage> {
    const stage = await Stage.opened(graphql);
    await stage.run('opened');
    stage.github.state.addLabel(stage.pull.number, LABELS.configuration, by);
    return stage;
  }

  static approved(graphql: 'on' | 'off'): Promise<Stage> {
    return Stage.labelled('grace', graphql);
  }

  run(action: 'opened' | 'labeled' | 'edited', retries = false): Promise<GateRun> {
    const trigger = { event: 'pull_request_target', action, number: this.pull.number, sender: 'ada' } as const;
    return runGate(this.github, trigger, { retries });
  }

  status(): string | null {
    return findStatus(this.github, this.pull);
  }
}

/** Of a write by GraphQL, the REST request that does the same: its faults strike both. */
const nameOf = ({ equivalent, method, path }: LoggedRequest) => equivalent ?? { method, path };
const pathOf = (request: LoggedRequest) => nameOf(request).path.replace(/\?.*$/, '');
const patternOf = (request: LoggedRequest) =>
  new RegExp(`^${pathOf(request).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\?|$)`);
/** What a request is. The same story has the same commits each time, so a run's requests can be foretold. */
const kindOf = (request: LoggedRequest) => `${nameOf(request).method} ${pathOf(request).replace(/[0-9a-f]{40}/g, '*')}`;

/** The requests of the run that passes, each path once. */
async function positions(graphql: 'on' | 'off'): Promise<readonly LoggedRequest[]> {
  const stage = await Stage.approved(graphql);
  const healthy = await stage.run('labeled');
  expect([healthy.exit, stage.status()]).toEqual([0, 'success']);
  await stage.github.close();
  return [...new Map(healthy.requests.map((request) => [kindOf(request), request])).values()];
}

/** One run with a fault that lasts, then one without. Answers with the kind of request where the faulty run passed. */
async function faultyRun(graphql: 'on' | 'off', name: string, answer: FaultAnswer, at: LoggedRequest) {
  const stage = await Stage.approved(graphql);
  const { github, pull } = stage;
  try {
    const where = `${name} at ${kindOf(at)}`;
    github.faults.add({ method: nameOf(at).method, path: patternOf(at), answer, times: 99 });
    const faulty = await stage.run('labeled', true);
    github.faults.clear();
    const status = github.state.findStatus(pull.headSha, CONTEXT);
    // Where no status can be written the one of the first evaluation stays: it blocks.
    const blocked = at.method === 'POST' && at.path.includes('/statuses/') ? 'failure' : 'error';
    const expected = faulty.exit === 0 ? [0, 'success'] : where === NO_SUCH_PERSON ? [1, 'failure'] : [3, blocked];
    expect({ where, answer: [faulty.exit, status?.state] }).toEqual({ where, answer: expected });
    if (name === '403' && faulty.exit === 3)
      expect(faulty.failure?.message).toMatch(
        /Add this permission to the token, or to the permissions of the job: [a-z-]+: (read|write)$|Use a token that can read this repository\.$/,
      );
    expect(`${faulty.failure?.message}${status?.description}${JSON.stringify(faulty.report)}`).not.toMatch(SECRETS);

    const healed = await stage.run('labeled');
    const comments = github.state.listComments(pull.number).length;
    expect({ where, healed: [healed.exit, stage.status(), comments] }).toEqual({
      where,
      healed: [0, 'success', 1],
    });
    return faulty.exit === 0 ? [kindOf(at)] : [];
  } finally {
    await github.close();
  }
}

describe.each([
  ['on', FAULTS],
  ['off', FAULTS_BY_REST],
] as const)('a fault at every request with GraphQL %s', (graphql, faults) => {
  let requests: readonly LoggedRequest[] = [];
  beforeAll(async () => {
    requests = await positions(graphql);
  });

  test.each(faults)('%s', async (name, answer) => {
    // Each on a repository of its own, so all at once: such a run mostly waits for its retries.
    const struck = selectSample(
      requests,
      faults.length > 4 ? 4 : 2,
      faults.findIndex(([fault]) => fault === name),
    );
    const passed = await Promise.all(struck.map((at) => faultyRun(graphql, name, answer, at)));
    const mayPass = [...OTHER_ROAD, ...(REFUSALS.includes(name) ? [COMPARISON] : [])];
    expect(passed.flat()).toEqual(struck.map(kindOf).filter((road) => mayPass.includes(road)));
  });
});

describe('a fault at every request of two runs at once', () => {
  const TICKED = '- [x] **Finalize the configuration**';

  /** A user ticks a step, so that there is something to lose. */
  function tick({ github, pull }: Stage): void {
    const [comment] = github.state.listComments(pull.number);
    const body = comment?.body.replace(TICKED.replace('x', ' '), TICKED) ?? '';
    expect(body).toContain(TICKED);
    github.state.editComment(comment?.id ?? 0, 'grace', body);
  }

  const STORIES = {
    'first runs': { prepare: () => Stage.opened(), answer: [1, 'failure'], ticked: false },
    'runs that pass': {
      prepare: async () => {
        const stage = await Stage.labelled('grace');
        tick(stage);
        return stage;
      },
      answer: [0, 'success'],
      ticked: true,
    },
    'runs that the author would like to pass': {
      prepare: async () => {
        const stage = await Stage.labelled('ada');
        tick(stage);
        return stage;
      },
      answer: [1, 'failure'],
      ticked: true,
    },
  } as const;

  /** Two runs with the faults that `arrange` sets, then one without. True where a fault struck. */
  async function play(
    where: string,
    { prepare, answer, ticked }: (typeof STORIES)[keyof typeof STORIES],
    arrange: (github: EmbeddedGitHub) => void,
  ): Promise<boolean> {
    const stage = await prepare();
    const { github, pull } = stage;
    try {
      github.resetRequests();
      arrange(github);
      const runs = [stage.run('labeled', true), stage.run('edited', true)];
      const exits = (await Promise.all(runs)).map(({ exit }) => exit);
      const struck = !github.faults.pending;
      github.faults.clear();
      const ever = github.state.listStatuses(pull.headSha).map(({ state }) => state);
      if (answer[0] !== 0) expect({ where, ever }).toEqual({ where, ever: expect.not.arrayContaining(['success']) });
      if (!exits.includes(0)) expect({ where, now: stage.status() }).not.toEqual({ where, now: 'success' });

      const healed = await stage.run('labeled');
      const comments = github.state.listComments(pull.number);
      expect({ where, healed: [healed.exit, stage.status()], comments: comments.length }).toEqual({
        where,
        healed: answer,
        comments: 1,
      });
      expect({ where, ticked: comments[0]?.body.includes(TICKED) }).toEqual({ where, ticked });
      return struck;
    } finally {
      await github.close();
    }
  }

  describe.each(Object.entries(STORIES))('with %s', (_story, story) => {
    let requests: readonly LoggedRequest[] = [];
    beforeAll(async () => {
      const stage = await story.prepare();
      stage.github.resetRequests();
      await Promise.all([stage.run('labeled'), stage.run('edited')]);
      requests = stage.github.requests;
      await stage.github.close();
      expect(requests.length).toBeGreaterThan(10);
    });

    test.each(FAULTS)('is %s, permanently', async (name, answer) => {
      const kinds = new Map(requests.map((request) => [kindOf(request), request]));
      const struck = selectSample(
        [...kinds],
        4,
        FAULTS.findIndex(([fault]) => fault === name),
      );
      const played = struck.map(([kind, request]) =>
        play(`${name} at ${kind}`, story, ({ faults }) =>
          faults.add({
            method: nameOf(request).method,
            path: patternOf(request),
            answer,
            times: Number.POSITIVE_INFINITY,
          }),
        ),
      );
      await Promise.all(played);
    });

    test.each(FAULTS_ONCE)('is %s, once', async (name, answer) => {
      // Which run asks first differs from time to time; that some request comes at each position does not.
      const positions = selectSample(
        requests,
        4,
        FAULTS_ONCE.findIndex(([fault]) => fault === name),
      );
      const played = positions.map(({ n }) =>
        play(`${name} at request ${n}`, story, ({ faults }) => faults.add({ at: n, answer })),
      );
      const struck = (await Promise.all(played)).filter((one) => one).length;
      expect(struck).toBeGreaterThanOrEqual(positions.length / 2);
    });
  });
});

test('an answer that is lost after the comment was written leaves one comment', async () => {
  const stage = new Stage(await startFabrikam());
  const { github, pull } = stage;
  github.faults.add({ method: 'POST', path: '/comments', answer: { status: 502 }, after: true });
  const { exit } = await stage.run('opened', true);
  expect([exit, github.state.listComments(pull.number).length]).toEqual([1, 1]);
  await github.close();
});

test('a list of open pull requests that ends in a conflict is not empty', async () => {
  const github = await startFabrikam();
  github.faults.add({ path: '/pulls?', answer: { status: 409 }, times: 99 });
  const result = await runAction(github, { event: 'schedule', schedule: '0 6 * * *' });
  expect([result.exit, result.outputs.verdict]).toEqual([3, 'error']);
  await github.close();
});

describe('a fault in the built action', () => {
  test.each([
    ['403', { status: 403 }, 'POST', '/comments', 'pull-requests: write'],
    ['403', { status: 403 }, 'GET', '/compare/', 'contents: read'],
    ['truncated JSON', 'cut', 'GET', '/compare/', 'not complete'],
  ] as const)('is %s', async (_name, answer, method, path, said) => {
    const { github, pull } = new Stage(await startFabrikam());
    github.faults.add({ method, path, answer, times: 99 });
    const trigger = { event: 'pull_request_target', action: 'opened', number: pull.number, sender: 'ada' } as const;
    const result = await runAction(github, trigger, {}, { as: 'process' });
    expect([result.exit, result.outputs.verdict, findStatus(github, pull)]).toEqual([3, 'error', 'error']);
    expect(result.stdout).toContain(said);
    expect(`${result.stdout}${result.stderr}${result.summary}`).not.toMatch(SECRETS);
    await github.close();
  });
});
