/** Boxes that people tick in the comment: kept by id, shown with the user who set them, and counted only from approvers. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { Comment, PullRequest } from '../../src/embedded-github/state.ts';
import {
  buildManifest,
  findStatus,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  runFabrikamGate,
  startFabrikam,
} from '../support/fabrikam.ts';
import { answer, answerTo, reportPush } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const STEPS = ['finalize-configuration', 'request-review', 'await-push'];
const ENFORCED = { '.github/go-live.yml': 'extends: healthvault\nrequired-steps: enforced\n' };

let github: EmbeddedGitHub;
let pull: PullRequest;
beforeEach(() => start());
afterEach(async () => github.close());

async function start(files: Readonly<Record<string, string>> = {}): Promise<void> {
  github = await startFabrikam({ files });
  pull = openDescriptionChange(github);
  await answer(github, pull.number);
}

function comment(): Comment {
  const [own] = github.state.listComments(pull.number);
  if (own === undefined) throw new Error('there is no comment');
  return own;
}

const lineOf = (step: string) =>
  comment()
    .body.split(/\r?\n/)
    .find((line) => line.includes(`<!-- step:${step} -->`)) ?? '';
const isTicked = (step: string) => /^- \[[xX]\]/.test(lineOf(step));

function tick(step: string, by: string, on = true): void {
  const line = lineOf(step);
  const ticked = line.replace(/^- \[.\]/, on ? '- [x]' : '- [ ]');
  expect(ticked).not.toBe(line);
  github.state.editComment(
    comment().id,
    by,
    comment().body.replace(line, () => ticked),
  );
}

const stepOf = async (id: string) => {
  const { report } = await answer(github, pull.number, 'edited');
  return report?.steps.find((step) => step.id === id);
};

test('every required step is a box with a stable id, and no box line mentions an issue', () => {
  for (const step of STEPS) expect(lineOf(step)).toMatch(/^- \[ \] /);
  for (const line of comment()
    .body.split('\n')
    .filter((text) => /^- \[.\]/.test(text)))
    expect(line).not.toMatch(/(^|\s)#\d|\/issues\/\d|\/pull\/\d/);
});

test('the action keeps a tick when it edits the comment, and names its user', async () => {
  tick('request-review', 'grace');
  const before = github.state.comments.length;
  github.state.addLabel(pull.number, LABEL, 'grace');
  const result = await runFabrikamGate(github, pull.number, 'labeled');
  expect(result.exit).toBe(0);
  expect(github.state.comments).toHaveLength(before);
  expect([isTicked('request-review'), isTicked('await-push')]).toEqual([true, false]);
  const step = JSON.parse(result.report ?? '').steps.find(({ id }: { id: string }) => id === 'request-review');
  expect(step).toMatchObject({ state: 'done', tick: { by: 'grace', counts: true } });
});

test('ticks remain by id when the change and the steps change, but count for the earlier version only', async () => {
  tick('request-review', 'grace');
  expect(await stepOf('request-review')).toMatchObject({ state: 'done' });
  await reportPush(github, pull, () =>
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ types: ['Weight', 'Height'] }) } }),
  );
  expect(isTicked('request-review')).toBe(true);
  expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { by: 'grace', counts: false } });
});

test('Windows line ends are not a change', async () => {
  tick('request-review', 'grace');
  github.state.editComment(comment().id, 'grace', comment().body.replaceAll('\n', '\r\n'));
  expect(await stepOf('request-review')).toMatchObject({ state: 'done', tick: { by: 'grace' } });
});

test.each([
  ['the author', 'ada'],
  ['a user with the triage role', 'tim'],
  ['a user without a role', 'mallory'],
  ['a bot', 'helper[bot]'],
])('a tick by %s is a claim', async (_who, by) => {
  tick('request-review', by);
  expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { by, counts: false } });
  expect(isTicked('request-review')).toBe(true);
});

test('the last user who ticked counts', async () => {
  tick('request-review', 'grace');
  tick('request-review', 'tim', false);
  tick('request-review', 'tim');
  expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { by: 'tim', counts: false } });
});

test('a tick that a deleted revision may have set belongs to no user', async () => {
  tick('request-review', 'mallory');
  tick('await-push', 'grace');
  github.state.deleteRevision(comment().id, 1);
  const { report } = await answer(github, pull.number, 'edited');
  const asked = report?.steps.filter(({ id }) => STEPS.includes(id));
  const states = asked?.map(({ id, state, tick: by }) => [id, state, by?.by]);
  // Grace's revision contains both ticks, and the one before it is gone.
  expect(states).toEqual(STEPS.map((id) => [id, 'open', undefined]));
  tick('await-push', 'grace', false);
  tick('await-push', 'grace');
  expect(await stepOf('await-push')).toMatchObject({ state: 'done', tick: { by: 'grace', counts: true } });
  expect((await stepOf('request-review'))?.tick).toBeUndefined();
});

test('the revision with the tick is found among more revisions than one page', async () => {
  tick('request-review', 'mallory');
  const ticked = comment().body;
  for (let edit = 0; edit < 120; edit++) github.state.editComment(comment().id, 'grace', `${ticked}\nNote ${edit}`);
  expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { by: 'mallory', counts: false } });
});

test('a tick in an exchanged comment belongs to its editor', async () => {
  tick('request-review', 'grace');
  tick('request-review', 'grace', false);
  github.state.editComment(comment().id, 'mallory', comment().body.replaceAll('- [ ]', '- [x]'));
  expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { by: 'mallory', counts: false } });
});

test('without an edit history no user is named and no tick counts', async () => {
  tick('request-review', 'grace');
  github.graphql = 'off';
  expect((await stepOf('request-review'))?.state).toBe('open');
});

test('the event of a tick starts a run for its pull request', async () => {
  const bodyBefore = comment().body;
  tick('request-review', 'grace');
  const { exit, report } = await answerTo(github, {
    event: 'issue_comment',
    action: 'edited',
    comment: comment().id,
    sender: 'grace',
    bodyBefore,
  });
  expect([exit, report?.steps.find(({ id }) => id === 'request-review')?.state]).toEqual([1, 'done']);
});

describe('with enforced steps', () => {
  beforeEach(async () => {
    await github.close();
    await start(ENFORCED);
    github.state.addLabel(pull.number, LABEL, 'grace');
  });

  test('the label alone does not pass, and ticks by approvers do', async () => {
    expect((await answer(github, pull.number, 'labeled')).exit).toBe(1);
    for (const step of STEPS.slice(1)) tick(step, 'grace');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    tick(STEPS[0] ?? '', 'grace');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
    expect(findStatus(github, pull)).toBe('success');
  });

  test('a tick that the gate restores, because it was removed right before the edit, does not count', async () => {
    for (const step of STEPS) tick(step, 'grace');
    github.beforeRequest = (_n, { equivalent }) => {
      if (equivalent === null) return; // not the comment
      github.beforeRequest = null;
      tick('request-review', 'grace', false);
    };
    await answer(github, pull.number, 'edited');
    expect([isTicked('request-review'), github.beforeRequest]).toEqual([true, null]);
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
    expect(await stepOf('request-review')).toMatchObject({ state: 'open', tick: { counts: false } });
  });

  test('ticks by the author do not pass', async () => {
    for (const step of STEPS) tick(step, 'ada');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });

  test('a new comment by another user with marker and ticks does not pass', async () => {
    const body = comment().body.replaceAll('- [ ]', '- [x]');
    github.state.addComment(pull.number, 'mallory', body);
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });

  test('ticks of a user who loses the role no longer count', async () => {
    github.state.setRole('erin', 'write');
    for (const step of STEPS) tick(step, 'erin');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(0);
    github.state.setRole('erin', 'read');
    expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  });
});
