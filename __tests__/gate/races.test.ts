/**
 * What happens between two requests of a run, at every position: it never says success of what it did not evaluate.
 * GO_LIVE_BUILT=1 runs the built action at every position, too.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { buildEvent } from '../../src/embedded-github/events.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  CONTEXT,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  requireStatus,
  startFabrikam,
} from '../support/fabrikam.ts';
import { type CheckedResult, runAction } from '../support/run-action.ts';
import { type Answer, answerTo, runGate } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const GATE = 'github-actions[bot]';

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(() => start());
afterEach(() => github.close());

async function start(): Promise<void> {
  github = await startFabrikam();
  pull = openDescriptionChange(github);
}

const trigger = (action: 'opened' | 'labeled' | 'edited' | 'synchronize') =>
  ({ event: 'pull_request_target', action, number: pull.number, sender: 'ada' }) as const;
/** A run of the gate in this process, which is another run than the one of the action. */
const quickly = (action: 'opened' | 'labeled' | 'edited' | 'synchronize') => runGate(github, trigger(action));
const built = (action: 'opened' | 'labeled' | 'edited'): Promise<CheckedResult> => runAction(github, trigger(action));

const statesOn = (sha: string) =>
  github.state
    .listStatuses(sha)
    .filter(({ context }) => context === CONTEXT)
    .map(({ state }) => state);
const comments = () => github.state.listComments(pull.number).filter(({ author }) => author === GATE);

/** The approved pull request, before the run that would say so. */
async function approve(): Promise<void> {
  await quickly('opened');
  github.state.addLabel(pull.number, LABEL, 'grace');
}

/** Runs the gate once for each of its request positions, on a fresh repository, with something happening there. */
async function atEveryPosition(
  prepare: () => Promise<void>,
  happens: () => unknown,
  check: (position: number, last: number, result: Answer) => Promise<void> | void,
): Promise<void> {
  await prepare();
  const last = (await answerTo(github, trigger('labeled'))).requests.length;
  expect(last).toBeGreaterThan(5);
  for (let position = 1; position <= last; position += 1) {
    await github.close();
    await start();
    await prepare();
    let done = false;
    github.beforeRequest = async (n) => {
      if (n !== position || done) return;
      done = true;
      github.beforeRequest = null;
      await happens();
    };
    const result = await answerTo(github, trigger('labeled'));
    github.beforeRequest = null;
    expect(done).toBe(true);
    await check(position, last, result);
  }
}

test('a head that moves during the run gets no verdict', async () => {
  let old = '';
  await atEveryPosition(
    approve,
    () => {
      old = pull.headSha;
      github.state.push(pull.number, {
        files: { [MANIFEST_PATH]: buildManifest({ description: 'Sells your diary' }) },
      });
    },
    async (position, last, result) => {
      // Until the pull request itself is read, by the second request, the run sees the new head and evaluates that; once the
      // verdict is on its way to the commit that was evaluated, the push comes after it, and the new head has no status at all.
      const expected =
        position <= 2
          ? [1, ['failure', 'pending'], ['failure', 'pending']]
          : position === last
            ? [0, ['success', 'pending', 'failure', 'pending'], []]
            : [3, ['pending', 'failure', 'pending'], []];
      expect({ position, answer: [result.exit, statesOn(old), statesOn(pull.headSha)] }).toEqual({
        position,
        answer: expected,
      });
      if (expected[0] === 3) expect(result.failure).toBe('head-moved');
      expect((await quickly('synchronize')).exit).toBe(1);
      expect(statesOn(pull.headSha)[0]).toBe('failure');
    },
  );
});

test('an approval that is removed during the run does not count', async () => {
  await atEveryPosition(
    approve,
    () => github.state.removeLabel(pull.number, LABEL, 'tim'),
    async (position, last, result) => {
      // No other run is known to follow, so this one starts again; with its verdict on the way it cannot.
      const expected = position === last ? [0, 'success'] : [1, 'failure'];
      expect({ position, answer: [result.exit, statesOn(pull.headSha)[0]] }).toEqual({ position, answer: expected });
      expect((await quickly('edited')).exit).toBe(1);
    },
  );
});

test('a label that changes with each attempt ends in an error, never in pending', async () => {
  await approve();
  github.beforeRequest = (_n, { equivalent }) => {
    if (equivalent === null) return; // not the comment
    if (pull.labels.includes(LABEL)) github.state.removeLabel(pull.number, LABEL, 'tim');
    else github.state.addLabel(pull.number, LABEL, 'grace');
  };
  const result = await answerTo(github, trigger('labeled'));
  github.beforeRequest = null;
  expect([result.exit, result.failure, statesOn(pull.headSha)[0]]).toEqual([3, 'labels-moved', 'error']);
  expect((await quickly('edited')).exit).toBe(pull.labels.includes(LABEL) ? 0 : 1);
});

test('a base branch that changes during the run is evaluated again', async () => {
  const pointAt = (branch: string) => {
    pull.baseRef = branch;
    pull.baseSha = github.state.requireCommit(branch).sha;
  };
  await atEveryPosition(
    async () => {
      // Where the change is there already it needs no review.
      github.state.branches.set('release', pull.headSha);
      requireStatus(github, 'release');
      pointAt('release');
      github.state.push(pull.number, { files: { 'README.md': 'Fabrikam, released\n' } });
      await quickly('opened');
      expect(statesOn(pull.headSha)[0]).toBe('success');
    },
    () => pointAt('main'),
    async (position, last, result) => {
      const expected = position === last ? [0, 'success'] : [1, 'failure'];
      expect({ position, answer: [result.exit, statesOn(pull.headSha)[0]] }).toEqual({ position, answer: expected });
      expect((await quickly('edited')).exit).toBe(1);
    },
  );
});

test('a label outside of the policy does not stop the run', async () => {
  await approve();
  github.beforeRequest = (n) => {
    if (n === 4) github.state.addLabel(pull.number, 'documentation', 'labeler[bot]');
  };
  expect((await built('labeled')).exit).toBe(0);
  expect(statesOn(pull.headSha)[0]).toBe('success');
});

test('a complete run in between leaves one comment, and the run that started last decides', async () => {
  await atEveryPosition(
    approve,
    () => quickly('edited'),
    (position, _last, result) => {
      // The other run has ended, so only this one is left to decide, which starts again where it may be the older one.
      expect({ position, exit: result.exit }).toEqual({ position, exit: 0 });
      expect({ position, states: statesOn(pull.headSha)[0], comments: comments().length }).toEqual({
        position,
        states: 'success',
        comments: 1,
      });
    },
  );
});

test('a verdict that took long to write is checked again and corrected', async () => {
  await approve();
  const writes = (method: string, path: string) => method === 'POST' && path.includes('/statuses/');
  let written = 0;
  github.beforeRequest = async (_n, { method, path }) => {
    if (!writes(method, path) || ++written !== 2) return;
    github.beforeRequest = null;
    github.state.setRole('grace', 'read');
    expect((await quickly('edited')).exit).toBe(1);
    await delay(2100);
  };
  const result = await answerTo(github, trigger('labeled'));
  expect([result.exit, statesOn(pull.headSha)[0]]).toEqual([1, 'failure']);
});

test('an older run never writes success after a newer run has refused', async () => {
  await atEveryPosition(
    approve,
    async () => {
      github.state.setRole('grace', 'read');
      expect((await quickly('edited')).exit).toBe(1);
    },
    async (position, last, result) => {
      // At the last position the older verdict is already on its way; the next run takes it back.
      if (position < last)
        expect({ position, state: statesOn(pull.headSha)[0] }).toEqual({ position, state: 'failure' });
      if (position > 2 && position < last) expect([result.exit, position]).toEqual([1, position]);
      expect((await quickly('edited')).exit).toBe(1);
      expect(statesOn(pull.headSha)[0]).toBe('failure');
    },
  );
});

test('two first runs at once leave only the oldest comment', async () => {
  github.beforeRequest = async (_n, { equivalent }) => {
    if (equivalent === null) return; // not the comment
    github.beforeRequest = null;
    await quickly('opened');
  };
  await built('opened');
  expect(comments()).toHaveLength(1);
  const [oldest] = comments();
  await quickly('edited');
  expect(comments().map(({ id }) => id)).toEqual([oldest?.id]);
});

test('the comment that remains of two first runs is the one of the run that decides', async () => {
  const runs: ReturnType<typeof quickly>[] = [];
  let letOlderWrite = () => {};
  const newerWrites = new Promise<void>((resolve) => {
    letOlderWrite = resolve;
  });
  let writes = 0;
  github.beforeRequest = async (_n, { equivalent }) => {
    if (equivalent === null) return; // not the comment
    writes += 1;
    if (writes === 1) {
      const policy = 'extends: healthvault\ncategories: { configuration: { label: agreed } }\n';
      github.state.commitTo('main', { files: { '.github/go-live.yml': policy } });
      runs.push(quickly('edited'));
      await newerWrites;
    } else if (writes === 2) {
      letOlderWrite();
      await runs[0];
    }
  };
  runs.push(quickly('opened'));
  await runs[0];
  const exits = (await Promise.all(runs)).map(({ exit }) => exit);
  expect([exits, comments().length]).toEqual([[3, 1], 1]);
  expect(comments()[0]?.body).toContain('`agreed`');
});

test("of several comments the gate's oldest remains, its duplicates are deleted, and those of other users remain", async () => {
  await built('opened');
  const [own] = comments();
  const body = own?.body ?? '';
  const stranger = github.state.addComment(pull.number, 'mallory', body);
  github.state.addComment(pull.number, GATE, `${body}\nTwice.`);
  const result = await built('edited');
  expect(result.exit).toBe(1);
  expect(comments().map(({ id, body: now }) => [id, now])).toEqual([[own?.id, body]]);
  expect(stranger).toMatchObject({ body, edits: [] });
});

test("a comment of another user with the marker is not the gate's", async () => {
  const stranger = github.state.addComment(
    pull.number,
    'mallory',
    '<!-- healthvault-go-live-gate:HealthVault-go-live x -->\nPassed!',
  );
  await built('opened');
  expect(stranger).toMatchObject({ body: expect.stringContaining('Passed!'), edits: [] });
  expect(comments()).toHaveLength(1);
});

test('another comment of the same account is left alone, also if it quotes the gate', async () => {
  await built('opened');
  const quoted = comments()[0]?.body ?? '';
  const others = [`> said before\n\n${quoted}`, ` ${quoted}`].map((body) =>
    github.state.addComment(pull.number, GATE, body),
  );
  for (const action of ['edited', 'opened'] as const) await built(action);
  expect(comments()).toHaveLength(3);
  for (const other of others) expect(other).toMatchObject({ edits: [] });
});

test('an edited comment is restored and decides nothing', async () => {
  await built('opened');
  const [own] = comments();
  const body = own?.body ?? '';
  github.state.editComment(own?.id ?? 0, 'ada', body.replaceAll('blocked', 'passed').replace(/\| `go-live.*\n/g, ''));
  const result = await built('edited');
  expect(result.exit).toBe(1);
  const unmarked = (text: string) => text.replace(/^<!--.*-->/, '').replace(/evaluated [^·]*/, '');
  expect(unmarked(comments()[0]?.body ?? '')).toBe(unmarked(body));
});

test('a re-run evaluates the present state, not that of its event', async () => {
  await approve();
  await quickly('labeled');
  const event = buildEvent(github.source, trigger('labeled'));
  github.state.removeLabel(pull.number, LABEL, 'grace');
  github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ description: 'Sells your diary' }) } });
  const result = await runAction(github, event);
  expect([result.exit, statesOn(pull.headSha)[0]]).toEqual([1, 'failure']);
});

test('the previous head in the event of a re-run proves nothing about the present head', async () => {
  const evil = buildManifest({ description: 'Sells your diary' });
  github.state.push(pull.number, { files: { [MANIFEST_PATH]: evil } });
  await quickly('opened');
  const before = pull.headSha;
  github.state.push(pull.number, {
    files: { [MANIFEST_PATH]: buildManifest({ description: 'Keeps a diary, with boots' }) },
  });
  const event = buildEvent(github.source, { ...trigger('synchronize'), before });
  await runGate(github, event);
  github.state.addLabel(pull.number, LABEL, 'grace');
  expect((await quickly('labeled')).exit).toBe(0);
  github.state.push(pull.number, { files: { [MANIFEST_PATH]: evil } });
  const result = await runAction(github, event);
  expect([result.exit, statesOn(pull.headSha)[0]]).toEqual([1, 'failure']);
});

test("a status of another account with the gate's context proves nothing and is replaced", async () => {
  const twin = await startFabrikam();
  const { report } = await runGate(twin, {
    ...trigger('opened'),
    number: openDescriptionChange(twin).number,
  });
  await twin.close();
  const proof = `changes=${'0'.repeat(64)}&base=main&read=2020-01-01T00:00:00Z&since=2020-01-01T00:00:00Z`;
  const record = `https://github.com/?fingerprint=${report?.fingerprint}&pull-request=${pull.number}&${proof}`;
  const spoof = () =>
    github.state.addStatus(pull.headSha, 'mallory', { state: 'success', context: CONTEXT, targetUrl: record });
  spoof();
  github.state.addLabel(pull.number, LABEL, 'grace');
  github.beforeRequest = (n) => {
    if (n > 1) spoof();
  };
  const result = await built('labeled');
  github.beforeRequest = null;
  expect(result.exit).toBe(1);
  expect(statesOn(pull.headSha)[0]).toBe('failure');
});
