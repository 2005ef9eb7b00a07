/**
 * The built action is killed, or asked to end, at every request position (without GO_LIVE_CAMPAIGN: at every second one);
 * the run after it finds everything in order.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { WHOLE_CAMPAIGN } from '../support/campaign.ts';
import {
  buildManifest,
  CONTEXT,
  LABELS,
  MANIFEST_PATH,
  openDescriptionChange,
  startFabrikam,
} from '../support/fabrikam.ts';
import { BUILT_ACTION, runAction } from '../support/run-action.ts';
import { runGate } from '../support/run-gate.ts';

const LABEL = LABELS.configuration;
const TICKED = '- [x] **Finalize the configuration**';

let folder: string;
let github: EmbeddedGitHub;
let pull: PullRequest;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-live-kill-'));
  // The action itself, after it has said which process it is.
  const lines = [
    "import { writeFileSync } from 'node:fs';",
    `writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));`,
    `await import(${JSON.stringify(pathToFileURL(BUILT_ACTION).href)});`,
  ];
  writeFileSync(join(folder, 'action.mjs'), lines.join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Occasion = 'opened' | 'labeled' | 'synchronize';
const trigger = (action: Occasion) =>
  ({ event: 'pull_request_target', action, number: pull.number, sender: 'ada' }) as const;
const run = (action: Occasion) => runGate(github, trigger(action));
const status = () => github.state.findStatus(pull.headSha, CONTEXT)?.state ?? null;
const comments = () => github.state.listComments(pull.number);

async function approved(): Promise<void> {
  await run('opened');
  const [comment] = comments();
  github.state.editComment(comment?.id ?? 0, 'grace', comment?.body.replace(TICKED.replace('x', ' '), TICKED) ?? '');
  github.state.addLabel(pull.number, LABEL, 'grace');
}

const STORIES = {
  'in the first run': { prepare: async () => {}, action: 'opened', answer: [1, 'failure'], ticked: false },
  'in a run that passes': { prepare: approved, action: 'labeled', answer: [0, 'success'], ticked: true },
  'in a run that makes an approval stale': {
    prepare: async () => {
      await approved();
      await run('labeled');
      github.state.push(pull.number, {
        files: { [MANIFEST_PATH]: buildManifest({ description: 'Sells your diary' }) },
      });
    },
    action: 'synchronize',
    answer: [1, 'failure'],
    ticked: true,
  },
} as const;

test.each(Object.entries(STORIES))(
  'a run that is killed %s leaves no success',
  async (_name, { prepare, action, answer, ticked }) => {
    let last = Number.POSITIVE_INFINITY;
    for (let position = 0; position <= last; position += position === 0 || WHOLE_CAMPAIGN ? 1 : 2) {
      github = await startFabrikam();
      pull = openDescriptionChange(github);
      await prepare();
      github.beforeRequest = (n) => {
        if (n === position) process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
      };
      const killed = await runAction(github, trigger(action), {}, { actionPath: join(folder, 'action.mjs') });
      github.beforeRequest = null;
      // Position 0 never comes: the undisturbed run shows how many there are.
      if (position === 0) last = killed.requests.length;
      else expect({ position, exit: killed.exit }).toEqual({ position, exit: null });
      const afterKill = position === 0 || position === last ? answer[1] : expect.not.stringMatching('success');
      expect({ position, status: status() ?? 'none' }).toEqual({ position, status: afterKill });

      const next = await run(action);
      expect({ position, next: [next.exit, status()] }).toEqual({ position, next: answer });
      expect(comments()).toHaveLength(1);
      expect(comments()[0]?.body.includes(TICKED)).toBe(ticked);
      expect(pull.labels).toEqual(answer[0] === 0 ? [LABEL] : []);
      await github.close();
    }
  },
);

test.each([
  ['SIGINT', [1, 3, 5, 8]],
  ['SIGTERM', [2, 4, 6, 7]],
] as const)('a run that gets %s leaves an error, never pending', async (signal, positions) => {
  for (const position of positions) {
    github = await startFabrikam();
    pull = openDescriptionChange(github);
    await approved();
    let told = false;
    github.beforeRequest = async (n, { kind }) => {
      if (told ? kind === 'write' : n !== position) return;
      if (!told) process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), signal);
      told = true;
      await new Promise(() => {}); // neither this request nor a read beside it is answered
    };
    const { exit } = await runAction(github, trigger('labeled'), {}, { actionPath: join(folder, 'action.mjs') });
    github.beforeRequest = null;
    // The first two only read: before the first write there is nothing to take back, and what the first run said remains.
    expect({ position, told, exit, status: status() }).toEqual({
      position,
      told: true,
      exit: 3,
      status: position <= 2 ? 'failure' : 'error',
    });
    expect((await run('labeled')).exit).toBe(0);
    await github.close();
  }
});
