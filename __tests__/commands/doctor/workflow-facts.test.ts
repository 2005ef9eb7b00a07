import { parseWorkflow, type WorkflowFacts } from '../../../src/commands/doctor/workflow-facts.ts';

const GATE = 'acme/healthvault-go-live-gate@v1';

function factsOf(text: string, anyLocal = false): WorkflowFacts {
  return parseWorkflow('.github/workflows/a.yml', text, anyLocal);
}

const job = (lines: string, steps = `      - uses: ${GATE}\n`): string =>
  `on: push\njobs:\n  gate:\n    runs-on: x\n${lines}    steps:\n${steps}`;

test.each([
  ['on: push', { push: { types: null, filters: {} } }],
  ['on: [push, pull_request]', { push: { types: null, filters: {} }, pull_request: { types: null, filters: {} } }],
  ['on:\n  push:\n', { push: { types: null, filters: {} } }],
  [
    'on:\n  pull_request: { types: [opened, [x]], paths: "a/**", branches-ignore: [b, c] }',
    { pull_request: { types: ['opened'], filters: { paths: ['a/**'], 'branches-ignore': ['b', 'c'] } } },
  ],
  ['on:\n  pull_request: { types: opened }', { pull_request: { types: ['opened'], filters: {} } }],
  ['name: x', {}],
  ['', {}],
])('events are read from %j', (text, triggers) => expect(factsOf(text).triggers).toEqual(triggers));

test.each([
  ['', null],
  ['permissions: read-all\n', 'read-all'],
  ['permissions: write-all\n', 'write-all'],
  ['permissions: {}\n', {}],
  ['permissions: everything\n', {}],
  ['permissions: { contents: read, statuses: }\n', { contents: 'read', statuses: 'none' }],
])('permissions %j are read, inherited and from the job', (line, permissions) => {
  expect(factsOf(`${line}${job('')}`).gateJobs).toMatchObject([{ permissions }]);
  if (line !== '') expect(factsOf(job(`    ${line}`)).gateJobs).toMatchObject([{ permissions }]);
});

test.each([
  ['    concurrency: a\n', { cancels: 'no' }],
  ['    concurrency: { group: a, cancel-in-progress: true }\n', { cancels: 'yes' }],
  ['    concurrency: { group: a, cancel-in-progress: "${{ x }}" }\n', { cancels: 'sometimes' }],
  ['', null],
])('concurrency is read from %j', (line, concurrency) =>
  expect(factsOf(job(line)).gateJobs).toMatchObject([{ concurrency }]),
);

test('a job has all facts that the traps need', () => {
  const lines =
    '    name: Go live\n    if: a\n    needs: b\n    strategy: { matrix: { a: [1] } }\n    continue-on-error: true\n';
  const steps = `      - uses: ${GATE}\n        if: c\n        with: { mode: report, list: [a] }\n`;
  expect(factsOf(job(lines, steps)).gateJobs).toEqual([
    {
      id: 'gate',
      name: 'Go live',
      condition: 'a',
      stepCondition: 'c',
      needs: true,
      matrix: true,
      ignoresFailure: true,
      inEnvironment: false,
      permissions: null,
      action: GATE,
      inputs: { mode: 'report', list: '' },
      concurrency: null,
    },
  ]);
});

test.each([
  [`      - uses: ${GATE}\n        continue-on-error: true\n`, true],
  [`      - uses: ${GATE}\n        continue-on-error: false\n`, false],
])('%j ignores a failure is %s', (steps, ignoresFailure) =>
  expect(factsOf(job('', steps)).gateJobs).toMatchObject([{ ignoresFailure }]),
);

test('a job that calls the gate as a workflow has no step', () => {
  const text = `on: push\njobs:\n  call:\n    uses: acme/healthvault-go-live-gate/.github/workflows/gate.yml@v1\n`;
  expect(factsOf(text).gateJobs).toMatchObject([{ id: 'call', name: 'call', stepCondition: null }]);
});

test.each([
  ['ACME/HealthVault-Go-Live-Gate@v1', false, 1],
  ['acme/healthvault-go-live-gate-two@v1', false, 0],
  ['healthvault-go-live-gate', false, 0],
  ['./', false, 0],
  ['./', true, 1],
  ['.', true, 1],
  ['./other', true, 0],
])('uses %s (local %s) is the gate %i times', (uses, anyLocal, times) => {
  expect(factsOf(job('', `      - run: x\n      - uses: ${uses}\n`), anyLocal).gateJobs).toHaveLength(times);
});

test.each([
  ['- uses: actions/checkout@v6\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }', true],
  [
    '- uses: actions/checkout@v6\n        with: { repository: "${{ github.event.pull_request.head.repo.full_name }}" }',
    true,
  ],
  ['- uses: actions/checkout@v6\n        with: { allow-unsafe-pr-checkout: true }', true],
  ['- uses: actions/checkout@v6\n        with: { ref: main }', false],
  ['- uses: actions/checkout@v6', false],
  ['- run: git fetch origin pull/7/head', true],
  ['- run: gh pr checkout 7', true],
  ['- run: git fetch origin main', false],
  ['- run: echo ${{ github.head_ref }}', false],
  ['- name: nothing', false],
])('%j checks out the head is %s', (step, takes) => {
  expect(factsOf(job('', `      ${step}\n`)).jobsWithHead).toEqual(takes ? ['gate'] : []);
});

test('a workflow that is not YAML is a problem without facts', () => {
  const facts = factsOf('on: [push\njobs: {}');
  expect(facts).toMatchObject({ triggers: {}, gateJobs: [], jobsWithHead: [], concurrency: null });
  expect(facts.problem).not.toBeNull();
});

test('a byte order mark is not part of a workflow', () => {
  expect(factsOf('\uFEFFon: push').triggers).toHaveProperty('push');
});
