/** What a story file says, read into the model that the simulator plays. */
import { UsageError } from '../../src/model/errors.ts';
import { readStory } from '../../src/stories/read-story.ts';

const step = (yaml: string) => readStory(`story: x\nsteps:\n  - ${yaml}\n`, 'story.yml').steps[0];
const action = (yaml: string) => step(yaml)?.action;
const fault = (yaml: string) => step(`{ event: push, faults: [${yaml}] }`)?.faults[0];

test('everything beside the steps has a default', () => {
  expect(readStory('story: x\nsteps: []\n', 'story.yml')).toMatchObject({
    title: 'x',
    repository: {
      owner: 'fabrikam',
      name: 'health',
      private: true,
      branch: 'main',
      folder: null,
      files: [],
      labels: [],
    },
    people: {},
    teams: {},
    event: 'pull_request_target',
    graphql: 'on',
    inputs: {},
  });
});

test('and may be said', () => {
  const text = `story: x
repository: { name: contoso/care, private: false, branch: trunk, folder: app, files: { a: text, b: null, c: { file: d }, e: { base64: AAEC } }, labels: one }
now: 2026-01-01T00:00:00Z
people: { ada: write }
teams: { contoso/x: [ada] }
event: pull_request
token: fork
graphql: failing
inputs: { mode: report }
steps: []
`;
  expect(readStory(text, 'story.yml')).toMatchObject({
    repository: {
      owner: 'contoso',
      name: 'care',
      private: false,
      branch: 'trunk',
      folder: 'app',
      files: [
        { path: 'a', file: { kind: 'text', text: 'text' } },
        { path: 'b', file: { kind: 'gone' } },
        { path: 'c', file: { kind: 'copy', from: 'd' } },
        { path: 'e', file: { kind: 'bytes', bytes: Buffer.from([0, 1, 2]) } },
      ],
      labels: ['one'],
    },
    teams: { 'contoso/x': ['ada'] },
    event: 'pull_request',
    graphql: 'failing',
  });
});

test.each<[string, object]>([
  ['{ status: 502 }', { answer: { status: 502 } }],
  ['{}', { answer: { status: 500 } }],
  ['{ status: 400, message: No }', { answer: { status: 400, message: 'No' } }],
  ['{ drop: true }', { answer: 'drop' }],
  ['{ cut: true }', { answer: 'cut' }],
  ['{ drop: false, cut: false }', { answer: { status: 500 } }],
  ['{ status: 403, retry-after: 1 }', { answer: { status: 403 } }],
  ['{ status: 429, retry-after: 1 }', { answer: { status: 429 } }],
  ['{ status: 500, retry-after: 1 }', { answer: { status: 500 } }],
  [
    '{ at: 3, method: POST, path: /x, times: 2, after: true }',
    { at: 3, method: 'POST', path: '/x', times: 2, after: true },
  ],
  ['{ times: 0 }', { times: Number.POSITIVE_INFINITY }],
])('the fault %s', (yaml, expected) => expect(fault(yaml)).toMatchObject(expected));

test.each<[string, object]>([
  [
    'open: { by: ada, author: "Nobody <nobody@example.org>" }',
    { commit: { by: { name: 'Nobody', email: 'nobody@example.org' } } },
  ],
  ['open: { by: ada, author: grace, committer: tim }', { commit: { by: 'grace', committer: 'tim' } }],
  [
    'open: { by: ada, renames: { a: b }, co-authors: grace }',
    { commit: { renames: { a: 'b' }, coAuthors: ['grace'] } },
  ],
  [
    'open: { by: ada, edit: [{ file: a, from: b, to: c }] }',
    { commit: { files: [{ path: 'a', file: { kind: 'edit' } }] } },
  ],
  ['push: { by: ada }', { force: false }],
  ['push: { by: ada, back: 1 }', { force: true, back: 1 }],
  ['push: { by: ada, pr: 2, force: true }', { force: true, pull: 2 }],
  ['label: { by: ada }', { add: [], remove: [] }],
  ['label: { by: ada, add: a, remove: [b, c] }', { add: ['a'], remove: ['b', 'c'] }],
  ['tick: { by: ada, step: s }', { off: false }],
  ['team: { name: a/b }', { members: [] }],
  ['status: { by: ada }', { state: 'success', context: 'HealthVault go-live' }],
  ['status: { by: ada, state: error, context: c, description: d, url: u }', { state: 'error', context: 'c', url: 'u' }],
  ['base: {}', { kind: 'base' }],
  ['base: { by: grace }', { by: 'grace' }],
  ['merge-queue: {}', { pulls: [], method: 'merge', stranger: false, extra: [] }],
  [
    'merge-queue: { pulls: 1, method: squash, stranger: true, files: { a: b } }',
    { pulls: [1], method: 'squash', stranger: true },
  ],
  ['merge-queue: { pulls: [1, 2] }', { pulls: [1, 2] }],
  ['schedule: {}', { pulls: 'open' }],
  ['schedule: { pulls: 1 }', { pulls: '1' }],
  ['rerun: {}', { kind: 'rerun' }],
  ['rerun: { by: ada }', { by: 'ada' }],
  ['wait: {}', { hours: 0 }],
  ['wait: { hours: 1, days: 1 }', { hours: 25 }],
])('%s', (yaml, expected) => expect(action(yaml)).toMatchObject(expected));

test('what happens meanwhile is before a request by its number or by what it is', () => {
  const found = step('{ event: push, meanwhile: [{ before: 3, event: a }, { before: write, event: b }] }');
  expect(found?.meanwhile.map(({ before }) => before)).toEqual([3, 'write']);
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
  ['story: x\nsteps: [{ merge-queue: { pulls: one } }]\n', 'A number is expected'],
  ['story: x\nsteps: [{ status: { by: a, state: fine } }]\n', 'story.yml:2:35'],
  ['story: "x\n', 'story.yml'],
])('%j is refused', (text, message) => {
  expect(() => readStory(text, 'story.yml')).toThrow(UsageError);
  expect(() => readStory(text, 'story.yml')).toThrow(message);
});
