import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { PlatformError, UsageError } from '../../src/model/errors.ts';
import { readStory } from '../../src/stories/read-story.ts';
import { createStoryIo, playStoryFile, type StoryIo } from '../../src/stories/simulate.ts';
import { findExchangeProblems } from '../support/github-description.ts';

const FAKE_ACTION = fileURLToPath(new URL('./fake-action.mjs', import.meta.url));

const STORY = join(tmpdir(), 'story.yml');

const HEAD = `
story: A test
people: { ada: write, grace: maintain }
repository:
  labels: [ok]
  files: { app.config: "one\\n" }
steps:
`;

async function play(
  steps: string,
  head = HEAD,
): Promise<{ exit: number; told: string; github: EmbeddedGitHub; problems: readonly string[] }> {
  let told = '';
  const problems: string[] = [];
  let github: EmbeddedGitHub | null = null;
  const io: StoryIo = {
    ...createStoryIo(STORY, FAKE_ACTION, (text) => {
      told += text;
    }),
    watch: (started) => {
      github = started;
      started.onExchange = (exchange) => problems.push(...findExchangeProblems(exchange));
    },
  };
  const exit = await playStoryFile(head + steps, STORY, io);
  if (github === null) throw new Error('nothing was started');
  return { exit, told, github, problems };
}

test("a story is printed step by step, with the gate's answer after each", async () => {
  const { exit, told, problems } = await play(`
  - open: { by: ada, title: A change, files: { app.config: "two\\n" } }
    expect: { verdict: blocked, exit: 1, status: failure, description: Label ok, missing: [ok], categories: [configuration], comment: created, summary-has: '# Summ', log-has: evaluated, report-has: pull_request_target, requests-at-most: 6 }
  - say: Grace agrees.
    label: { by: grace, add: ok }
    expect: { verdict: passed, exit: 0, status: success, missing: [], labels: [ok], comment: edited, comment-has: passed, comment-lacks: blocked }
  - push: { by: ada, edit: [{ file: app.config, from: two, to: three }] }
    expect: { comment: unchanged, status: success }
`);
  expect(told).toBe(`A test

1. ada opens pull request 1: A change.
   blocked, exit 1; status failure: Label ok is missing
   categories: configuration
   missing: ok
   comment created

2. Grace agrees.
   passed, exit 0; status success: Approved
   categories: configuration
   comment edited

3. ada pushes to pull request 1: app.config.
   passed, exit 0; status success: Approved
   categories: configuration
   comment unchanged

3 steps, all as expected.
`);
  expect(exit).toBe(0);
  expect(problems).toEqual([]);
});

test('the same story is printed with the same words every time', async () => {
  const steps = `
  - open: { by: ada, files: { app.config: "two\\n" } }
`;
  const [one, two] = [await play(steps), await play(steps)];
  expect(one.told).toBe(two.told);
  expect(one.github.state.requirePull(1).headSha).toBe(two.github.state.requirePull(1).headSha);
});

test('an unexpected answer is reported with the log of the action, and the exit code is 1', async () => {
  const { exit, told } = await play(`
  - open: { by: ada, files: { app.config: "two\\n" } }
    expect: { verdict: passed, status: success, comment-has: [nothing like it], missing: [], requests-at-most: 2 }
`);
  expect(exit).toBe(1);
  expect(told).toContain('NOT AS EXPECTED: verdict: expected passed, found blocked');
  expect(told).toContain('NOT AS EXPECTED: status: expected success, found failure');
  expect(told).toContain('NOT AS EXPECTED: missing labels: expected [], found [ok]');
  expect(told).toContain('NOT AS EXPECTED: comment: expected with "nothing like it"');
  expect(told).toContain('NOT AS EXPECTED: requests: expected at most 2, found 6');
  expect(told).toContain('| evaluated');
  expect(told).toContain('5 of 5 expectations were not met.');
});

test('every action works, and the gate runs for those that start it', async () => {
  const { exit, told, github, problems } = await play(
    `
  - open: { by: ada, title: First, files: { app.config: "two\\n" }, co-authors: [grace], author: 'Nobody <nobody@example.org>' }
  - label: { by: grace, add: ok }
  - tick: { by: grace, step: ask }
    expect: { comment: unchanged, comment-has: '[x] Ask' }
  - tick: { by: grace, step: ask, off: true }
    expect: { comment-has: '[ ] Ask' }
  - edit-comment: { by: grace, from: passed, to: whatever }
    expect: { comment: edited, comment-lacks: whatever }
  - comment: { by: tim, body: Hello }
    expect: { verdict: none }
  - describe: { by: ada, body: Why }
    expect: { verdict: passed }
  - role: { who: tim, role: triage }
  - team: { name: fabrikam/go-live, members: [grace] }
  - base: { by: grace, files: { later.txt: x } }
    expect: { verdict: none }
  - update-branch: { by: ada }
    expect: { verdict: passed }
  - rebase: { by: ada }
    expect: { verdict: passed }
  - push: { by: ada, force: true, files: { app.config: "three\\n" }, date: 2001-01-01T00:00:00Z }
  - push: { by: ada, back: 1 }
  - push: { by: ada, files: { app.config: null, moved.config: "three\\n", bytes.bin: { base64: AAEC } } }
  - wait: { days: 2 }
  - clock: 2027-01-01T00:00:00Z
  - schedule: {}
    expect: { verdict: passed, report-has: schedule }
  - dispatch: { by: grace, pulls: '1' }
    expect: { verdict: passed, report-has: workflow_dispatch }
  - merge-queue: { pulls: [1] }
    expect: { verdict: passed, status: success, report-has: gh-readonly-queue }
  - status: { by: ada, state: error }
    expect: { status: error }
  - rerun: {}
    expect: { report-has: gh-readonly-queue }
  - rename-label: { from: ok, to: fine }
  - dispatch: { by: grace, pulls: '1' }
    expect: { verdict: blocked, labels: [fine] }
  - delete-label: fine
  - delete-comment: { by: grace }
    expect: { comment: none }
  - close: { by: ada }
    gate: false
  - reopen: { by: ada }
    expect: { verdict: blocked, comment: created }
  - label: { by: grace, add: [one, two], gate: true }
  - open: { by: tim, fork: tim, head-of: 1 }
  - comment: { by: tim, body: Hello }
  - edit-comment: { of: tim, by: tim, to: Bye }
  - merge: { by: grace, pr: 1 }
    expect: { report-has: pull_request_target }
`.replace(', gate: true', ''),
  );
  expect(told).not.toContain('NOT AS');
  expect(exit).toBe(0);
  expect(problems).toEqual([]);
  const { state } = github;
  expect(state.requirePull(1).labels).toEqual(['one', 'two']);
  expect(state.findRole('tim')).toBe('triage');
  expect([...state.requireCommit(state.requirePull(1).headSha).tree.keys()].sort()).toEqual([
    'bytes.bin',
    'later.txt',
    'moved.config',
  ]);
});

test('a fork opens a pull request with a token that can only read', async () => {
  const { told } = await play(
    `
  - open: { by: tim, fork: tim, files: { app.config: "two\\n" } }
    expect: { verdict: error, exit: 3, status: none, log-has: '403' }
  - delete-fork: { by: tim }
`,
    HEAD.replace('people:', 'event: pull_request\npeople:'),
  );
  expect(told).not.toContain('NOT AS');
});

test('faults and actions of other users happen during the run', async () => {
  const { told, github } = await play(`
  - open: { by: ada, files: { app.config: "two\\n" } }
    faults: [{ path: /labels, status: 502 }]
    expect: { verdict: error, exit: 3, status: pending }
  - rerun: {}
    expect: { verdict: blocked, exit: 1 }
  - describe: { by: ada, title: New }
    meanwhile:
      - before: GET /repos/fabrikam/health/issues/1/labels
        label: { by: grace, add: ok }
      - before: 4
        push: { by: ada, files: { app.config: "three\\n" } }
    expect: { verdict: passed, status: none }
`);
  expect(told).not.toContain('NOT AS');
  expect(github.state.requirePull(1).title).toBe('New');
});

test('a fault or an action of another user whose request did not come is reported', async () => {
  const { exit, told } = await play(`
  - open: { by: ada, files: { app.config: "two\\n" } }
    faults:
      - { at: 99, status: 502 }
      - { method: PUT, path: /labels, status: 502, times: 0 }
      - { path: /labels, status: 502, times: 2 }
    meanwhile:
      - { before: GET /repos/fabrikam/health/isues/1/labels, label: { by: grace, add: ok } }
      - { before: 1, label: { by: grace, add: other } }
  - label: { by: grace, add: [ok, third] }
    faults: [{ path: /labels, status: 502 }]
    meanwhile: [{ before: '2', comment: { by: grace, body: Hello } }]
`);
  expect(told.match(/NOT USED.*/g)).toEqual([
    'NOT USED: fault at 99: the gate sent no such request',
    'NOT USED: fault at PUT /labels: the gate sent no such request',
    'NOT USED: action before GET /repos/fabrikam/health/isues/1/labels: the gate sent no such request',
  ]);
  // Another version of the gate may send other requests, so the story is not wrong.
  expect(exit).toBe(0);
});

test('files can be beside the story', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'go-live-story-'));
  try {
    await writeFile(join(folder, 'new.config'), 'new\n');
    await writeFile(join(folder, 'story.yml'), '');
    const text = `${HEAD.replace('files:', 'folder: .\n  files:')}
  - open: { by: ada, files: { app.config: { file: new.config } } }
`;
    let github: EmbeddedGitHub | null = null;
    const io: StoryIo = {
      ...createStoryIo(join(folder, 'story.yml'), FAKE_ACTION, () => {}),
      watch: (started) => {
        github = started;
      },
    };
    expect(await playStoryFile(text, join(folder, 'story.yml'), io)).toBe(0);
    const { state } = github as unknown as EmbeddedGitHub;
    expect([...state.requireCommit('main').tree.keys()].sort()).toEqual(['app.config', 'new.config', 'story.yml']);
    expect(
      Buffer.from(state.requireCommit(state.requirePull(1).headSha).tree.get('app.config')?.bytes ?? []).toString(),
    ).toBe('new\n');
  } finally {
    await rm(folder, { recursive: true });
  }
});

const wrong: readonly (readonly [string, string, string])[] = [
  ['is not YAML', 'story: [', 'story.yml:'],
  ['has no steps', 'story: x', 'story.yml:1:1: The key "steps" is missing here. Add it.'],
  ['has an unknown key', 'story: x\nstpes: []', 'story.yml:2:1: "stpes" is not a valid key here.'],
  [
    'has a step with two actions',
    'story: x\nsteps:\n  - { open: { by: ada }, wait: { hours: 1 } }',
    'story.yml:3:5: This step does not have exactly one action. Use one of: open, push, ',
  ],
  [
    'has an unknown word',
    'story: x\nevent: push\nsteps: []',
    'story.yml:2:8: "push" is not a valid value. Use one of: pull_request_target, pull_request.',
  ],
  [
    'has a text in place of a number',
    'story: x\nsteps:\n  - wait: { hours: many }',
    'story.yml:3:20: Expected a number here.',
  ],
  ['leaves out the user', 'story: x\nsteps:\n  - open: {}', 'story.yml:3:11: The key "by" is missing here.'],
  ['has a map in place of a list', 'story: x\nsteps: {}', 'story.yml:2:8: Expected a list here.'],
  [
    'has a text in place of a flag',
    'story: x\nsteps:\n  - open: { by: ada, draft: maybe }',
    'story.yml:3:29: Expected true or false here.',
  ],
];

test.each(wrong)('a story that %s is rejected with its place', (_, text, message) => {
  expect(() => readStory(text, 'story.yml')).toThrow(UsageError);
  expect(() => readStory(text, 'story.yml')).toThrow(message);
});

const impossible: readonly (readonly [string, string, string])[] = [
  ['a missing pull request', '  - push: { by: ada }', 'There is no pull request 1'],
  [
    'an edit of a missing text',
    '  - open: { by: ada, edit: [{ file: app.config, from: nothing, to: x }] }',
    'app.config does not contain',
  ],
  [
    'a missing comment',
    '  - { open: { by: ada }, gate: false }\n  - tick: { by: ada, step: ask }',
    'not written a comment',
  ],
  ['a missing step', '  - open: { by: ada }\n  - tick: { by: ada, step: none }', 'does not contain the step none'],
  ['a missing run', '  - rerun: {}', 'no earlier run'],
  ['a missing label', '  - delete-label: nothing', 'there is no label nothing'],
  ['a time in the past', '  - clock: 2001-01-01T00:00:00Z', 'cannot go back'],
  ['a missing file', '  - open: { by: ada, files: { a: { file: nowhere-at-all.txt } } }', 'no readable file'],
];

test.each(impossible)('%s is a mistake of the story', async (_, steps, message) => {
  const error: unknown = await play(steps).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toHaveProperty('message', expect.stringContaining(message));
});

test('a story without an action to run is a failure of the platform', async () => {
  const io = createStoryIo('story.yml', '/nowhere/index.js', () => {});
  await expect(playStoryFile(`${HEAD}  - wait: { hours: 1 }\n`, 'story.yml', io)).rejects.toBeInstanceOf(PlatformError);
});

const NOT_COUNTED = join(import.meta.dirname, '../../examples/stories/label-by-author.yml');
const ACTION = join(import.meta.dirname, '../../dist/index.js');

async function show(mode: NonNullable<StoryIo['show']>): Promise<string> {
  let printed = '';
  const io = createStoryIo(NOT_COUNTED, ACTION, (text) => {
    printed += text;
  });
  expect(await playStoryFile(readFileSync(NOT_COUNTED, 'utf8'), NOT_COUNTED, { ...io, show: mode })).toBe(0);
  return printed;
}

test('a label that does not count is shown with the reason', async () => {
  const printed = await show('status');
  expect(printed).toContain('was added, but is not valid.');
  expect(printed).toContain('not valid: go-live/configuration-approved. ada ');
  expect(printed.match(/^ {3}missing: /gm)).toHaveLength(1);
});

test('the comment, the report and the outcome for programs are printed on request', async () => {
  const [comment, report, json] = [await show('comment'), await show('report'), await show('json')];
  expect(comment.match(/HealthVault go-live gate: merge blocked/g)).toHaveLength(2);
  expect(report.match(/"schemaVersion": 1/g)).toHaveLength(2);
  const outcomes = JSON.parse(json) as readonly Record<string, { readonly change?: string }>[];
  expect(outcomes.map((outcome) => [outcome.step, outcome.verdict, outcome.comment?.change])).toEqual([
    [1, 'blocked', 'created'],
    [2, 'blocked', 'edited'],
  ]);
  expect(outcomes[1]?.['not-counted']).toEqual([expect.objectContaining({ by: 'ada' })]);
});

test('the first story can be read', () => {
  const file = fileURLToPath(new URL('../../examples/first-review.yml', import.meta.url));
  expect(readStory(readFileSync(file, 'utf8'), file).steps).toHaveLength(13);
});
