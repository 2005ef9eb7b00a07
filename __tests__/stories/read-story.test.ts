/** What a story file says, read into the model that is played. */
import { UsageError } from '../../src/model/errors.ts';
import { findAction, readStory } from '../../src/stories/read-story.ts';

const step = (yaml: string) => readStory(`story: x\nsteps:\n  - ${yaml}\n`, 'story.yml').steps[0];
const action = (yaml: string) => findAction(step(yaml) ?? {}).given;
const fault = (yaml: string) => step(`{ event: push, faults: [${yaml}] }`)?.faults[0];

test('a story has defaults for everything except the steps', () => {
  expect(readStory('story: x\nsteps: []\n', 'story.yml')).toMatchObject({
    story: 'x',
    repository: { name: 'fabrikam/health', private: true, branch: 'main', files: {}, labels: [] },
    now: '2026-11-23T17:00:00Z',
    people: {},
    teams: {},
    event: 'pull_request_target',
    token: 'job',
    graphql: 'on',
    summary: 'on',
    inputs: {},
  });
});

test('a story can set all of them', () => {
  const text = `story: 1.10
repository: { name: contoso/care, private: false, branch: trunk, folder: app, files: { a: text, b: null, c: { file: d }, e: { base64: AAEC }, f: 1.0 }, labels: one }
now: 2026-01-01T00:00:00Z
people: { ada: write }
teams: { contoso/x: [ada] }
event: pull_request
token: fork
graphql: failing
summary: off
inputs: { mode: report }
steps: []
`;
  expect(readStory(text, 'story.yml')).toMatchObject({
    story: '1.10',
    repository: {
      name: 'contoso/care',
      private: false,
      branch: 'trunk',
      folder: 'app',
      files: { a: 'text', b: null, c: { file: 'd' }, e: { base64: 'AAEC' }, f: '1.0' },
      labels: 'one',
    },
    teams: { 'contoso/x': ['ada'] },
    event: 'pull_request',
    token: 'fork',
    graphql: 'failing',
    summary: 'off',
  });
});

test.each<[string, object]>([
  ['{ status: 502 }', { status: 502 }],
  ['{}', { status: 500, times: 1, after: false, drop: false, cut: false }],
  ['{ status: 403, retry-after: 1 }', { status: 403, 'retry-after': 1 }],
  ['{ at: 3, method: POST, path: /x, times: 2, after: true }', { at: 3, path: '/x', times: 2, after: true }],
  ['{ drop: true, message: No }', { drop: true, message: 'No' }],
])('the fault %s is read', (yaml, expected) => expect(fault(yaml)).toMatchObject(expected));

test.each<[string, object | string]>([
  [
    'open: { by: ada, renames: { a: b }, draft: true }',
    { by: 'ada', renames: { a: 'b' }, files: {}, edit: [], draft: true },
  ],
  ['push: { by: ada, pr: 2, force: true }', { by: 'ada', force: true, pr: 2 }],
  ['label: { by: ada }', { add: [], remove: [] }],
  ['tick: { by: ada, step: s }', { off: false }],
  ['team: { name: a/b }', { members: [] }],
  ['status: { by: ada }', { state: 'success', context: 'HealthVault go-live' }],
  ['base: {}', { files: {}, edit: [] }],
  ['merge-queue: {}', { pulls: [], method: 'merge', stranger: false, files: {} }],
  ['merge-queue: { pulls: 1, method: squash }', { pulls: 1, method: 'squash' }],
  ['merge-queue: { pulls: [1, 2] }', { pulls: [1, 2] }],
  ['schedule: {}', { pulls: 'open' }],
  ['schedule: { pulls: 1 }', { pulls: '1' }],
  ['wait: { days: 1.5 }', { hours: 0, days: 1.5 }],
])('the action %s is read', (yaml, expected) => expect(action(yaml)).toMatchObject(expected));

test('an action during a run is before a request by its number or by its text', () => {
  const found = step('{ event: push, meanwhile: [{ before: 3, event: a }, { before: write, event: b }] }');
  expect(found?.meanwhile.map(({ before }) => before)).toEqual(['3', 'write']);
});

test.each([
  ['story: x\n', '"steps" is missing'],
  ['story: x\nsteps: []\ncolour: red\n', 'story.yml:3:1'],
  ['story: [x]\nsteps: []\n', 'story.yml:1:8'],
  ['- x\n', 'story.yml:1:1'],
  ['story: x\nsteps: [{}]\n', 'story.yml:2:9'],
  ['story: x\nsteps: [{ event: a, clock: b }]\n', 'story.yml:2:9'],
  ['story: x\nsteps: [{ event: a, meanwhile: [{ event: b }] }]\n', 'story.yml:2:33'],
  ['story: x\nsteps: [{ event: a, meanwhile: [{ before: 1 }] }]\n', 'story.yml:2:33'],
  ['story: x\nsteps: [{ event: a, meanwhile: [{ before: 1, event: b, clock: c }] }]\n', 'story.yml:2:33'],
  ['story: x\nsteps: [{ event: a, meanwhile: [{ before: [1], event: b }] }]\n', 'story.yml:2:43'],
  ['story: x\nsteps: [{ merge-queue: { pulls: one } }]\n', 'story.yml:2:33: Expected a whole number or a list here.'],
  ['story: x\nsteps: [{ status: { by: a, state: fine } }]\n', 'story.yml:2:35'],
  ['story: "x\n', 'story.yml'],
  ['story:\nsteps: []\n', 'story.yml:1:1: Expected a text here.'],
  ['story: x\nsteps: [{ open: { by: a, yb: b } }]\n', 'story.yml:2:26: "yb" is not a valid key here.'],
  [
    'story: x\nsteps: [{ event: a, expect: { verdict: } }]\n',
    'story.yml:2:31: "" is not a valid value. Use one of: passed, ',
  ],
  [
    'story: x\nsteps: [{ open: { by: a, files: { a: {} } } }]\n',
    'story.yml:2:38: The key "file" is missing here. Add it.',
  ],
  ['story: x\nsteps: [{ label: { by: a, add: [{}] } }]\n', 'Expected a text here.'],
])('%j is rejected', (text, message) => {
  expect(() => readStory(text, 'story.yml')).toThrow(UsageError);
  expect(() => readStory(text, 'story.yml')).toThrow(message);
});
