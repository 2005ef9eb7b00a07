/** Labels that no policy knows, and removals by the gate itself, end after two requests; but only where nothing else is to be seen. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  CONTEXT,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  startFabrikam,
} from '../support/fabrikam.ts';
import { answer, answerTo } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const GATE = 'github-actions[bot]';
const EMERGENCY =
  'extends: healthvault\nbreak-glass: { label: emergency, approvers: { role: maintain }, expires-after-hours: 4 }\n';

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(async () => {
  github = await startFabrikam();
  pull = openDescriptionChange(github);
  await answer(github, pull.number);
});
afterEach(() => github.close());

const labelEvent = (action: 'labeled' | 'unlabeled', label: string) =>
  answerTo(github, { event: 'pull_request_target', action, number: pull.number, sender: 'tim', label });

async function addUnknown() {
  github.state.clock.advance(120_000);
  github.state.addLabel(pull.number, 'documentation', 'tim');
  return labelEvent('labeled', 'documentation');
}

async function approve() {
  github.state.addLabel(pull.number, LABEL, 'grace');
  github.state.clock.advance(120_000);
  expect((await labelEvent('labeled', LABEL)).exit).toBe(0);
}

test('a label outside of the policy costs two requests and no status each time', async () => {
  await approve();
  const before = github.state.statuses.length;
  for (const times of [1, 2, 3]) {
    const { exit, report, requests } = await addUnknown();
    expect([times, exit, report, requests.length]).toEqual([times, 0, null, 2]);
    github.state.removeLabel(pull.number, 'documentation', 'tim');
  }
  expect([github.state.statuses.length, findStatus(github, pull)]).toEqual([before, 'success']);
});

test('a label that the gate removes itself starts no evaluation', async () => {
  await approve();
  github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ description: 'Sells your diary' }) } });
  expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  expect(pull.labels).toEqual([]);
  const { report, requests } = await labelEvent('unlabeled', LABEL);
  expect([report, requests.length, findStatus(github, pull)]).toEqual([null, 2, 'failure']);
});

test('within a minute after a label of the policy the run is complete, because the verdict may not include it', async () => {
  github.state.addLabel(pull.number, LABEL, 'tim');
  await labelEvent('labeled', LABEL);
  expect((await addUnknown()).report).not.toBeNull();
});

describe('the run is complete, because this event may have replaced another one', () => {
  const UNSEEN: Readonly<Record<string, () => unknown>> = {
    'that an approval was removed': () => github.state.removeLabel(pull.number, LABEL, 'grace'),
    'that an approval was removed and added again': () => {
      github.state.removeLabel(pull.number, LABEL, 'grace');
      github.state.addLabel(pull.number, LABEL, 'tim');
    },
    'of a push': () =>
      github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ types: ['Height'] }) } }),
    'of a push back': () => {
      const to = pull.headSha;
      github.state.forcePush(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ types: ['Height'] }) } });
      github.state.removeLabel(pull.number, LABEL, 'grace');
      github.state.addLabel(pull.number, LABEL, 'grace');
      github.state.forcePush(pull.number, { to });
    },
    'of another base': () => {
      github.state.branches.set('release', github.state.requireCommit('main').sha);
      github.state.retarget(pull.number, 'ada', 'release');
      github.state.retarget(pull.number, 'ada', 'main');
    },
    'that has only started': () =>
      github.state.addStatus(pull.headSha, GATE, { state: 'pending', context: CONTEXT, targetUrl: 'https://a.test/1' }),
  };
  test.each(Object.keys(UNSEEN))('in place of the event %s', async (what) => {
    await approve();
    UNSEEN[what]?.();
    expect((await addUnknown()).report).not.toBeNull();
    expect(github.state.listStatuses(pull.headSha)[1]?.state).toBe('pending');
  });

  test('when another account has written a status with this name', async () => {
    await approve();
    const [own] = github.state.listStatuses(pull.headSha);
    github.state.removeLabel(pull.number, LABEL, 'grace');
    const targetUrl = (own?.targetUrl ?? '').replace(/read=[^&]*/, 'read=2099-01-01T00:00:00Z');
    github.state.addStatus(pull.headSha, 'ada', { state: 'success', context: CONTEXT.toUpperCase(), targetUrl });
    expect((await addUnknown()).exit).toBe(1);
  });

  test('when reviews approve', async () => {
    const policy = 'extends: healthvault\napprovers: { default: { role: write, by: review } }\n';
    github.state.commitTo('main', { files: { '.github/go-live.yml': policy } });
    await answer(github, pull.number);
    expect((await addUnknown()).report).not.toBeNull();
  });

  test('when the label is one of the policy', async () => {
    github.state.addLabel(pull.number, LABEL, 'tim');
    expect((await labelEvent('labeled', LABEL)).report).not.toBeNull();
  });

  test('in an emergency, which expires by the clock', async () => {
    github.state.commitTo('main', { files: { '.github/go-live.yml': EMERGENCY } });
    await answer(github, pull.number);
    github.state.addLabel(pull.number, 'emergency', 'grace');
    await answer(github, pull.number);
    expect((await addUnknown()).report).not.toBeNull();
  });
});
