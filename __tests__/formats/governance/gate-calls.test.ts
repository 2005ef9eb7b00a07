import { governance } from '../../../src/formats/governance/governance.ts';
import { readWith } from '../../support/read-context.ts';

const workflow = (job: string) => `on: pull_request_target\njobs:\n  a:\n${job.replace(/^/gm, '    ')}\n`;
const uses = (path: string) => workflow(`steps:\n  - uses: ${path}`);
const action = (path: string) => `runs:\n  using: composite\n  steps:\n    - uses: ${path}\n`;
const GATE = 'acme/healthvault-go-live-gate@v1';
const kindOf = (path: string, text: string, files: Readonly<Record<string, string>> = {}) =>
  readWith(governance, path, text, files).kind;
const OTHER = '.github/workflows/other.yml';

describe('a workflow uses another file of the repository', () => {
  test.each<[string, string, string, Record<string, string>, boolean]>([
    [
      'an action that runs the gate',
      OTHER,
      uses('./.github/actions/gate'),
      { '.github/actions/gate/action.yml': action(GATE) },
      true,
    ],
    ['an action with the other extension', OTHER, uses('./a/'), { 'a/action.yaml': action(GATE) }, true],
    ['an action at the root', OTHER, uses('./'), { 'action.yml': action(GATE) }, true],
    [
      'an action that uses such an action',
      OTHER,
      uses('./a'),
      { 'a/action.yml': action('./b'), 'b/action.yml': action(GATE) },
      true,
    ],
    [
      'a workflow that runs the gate',
      OTHER,
      workflow('uses: ./.github/workflows/gate.yaml'),
      { '.github/workflows/gate.yaml': uses(GATE) },
      true,
    ],
    ['an action that uses an action', 'a/action.yml', action('./b'), { 'b/action.yml': action(GATE) }, true],
    ['an action without the gate', OTHER, uses('./a'), { 'a/action.yml': action('actions/checkout@v4') }, false],
    [
      'actions in a circle',
      OTHER,
      uses('./a'),
      { 'a/action.yml': action('./b'), 'b/action.yml': action('./a') },
      false,
    ],
    ['a missing action', OTHER, uses('./a'), {}, false],
    ['an action outside of the repository', OTHER, uses('./../a'), {}, false],
    ['nothing', 'a/action.yml', 'runs: {using: node24, main: dist/index.js}', {}, false],
  ])('with %s', (_, path, text, files, governs) =>
    expect(kindOf(path, text, files)).toBe(governs ? 'documents' : 'not-configuration'),
  );
});

describe('another workflow can act as the gate', () => {
  const gate = workflow(
    `environment: Go-Live\nsteps:\n  - uses: ${GATE}\n    with:\n      github-token: \${{ secrets.GATE_KEY }}\n      team-token: \${{ secrets.GITHUB_TOKEN }}`,
  );
  const files = { '.github/workflows/gate.yml': gate, '.github/workflows/z.yml': uses('actions/checkout@v4') };

  test.each<[string, string, boolean]>([
    ['names its environment', workflow('environment: go-live'), true],
    ['names it in a map', workflow('environment: {name: go-live, url: x}'), true],
    ['names any environment', workflow('environment: ${{ inputs.where }}'), true],
    ['names its secret', workflow('steps: [{run: x, env: {K: "${{ secrets.gate_key }}"}}]'), true],
    ['names it with brackets', workflow(`steps: [{run: x, env: {K: "\${{ secrets['GATE_KEY'] }}"}}]`), true],
    ['names any secret', workflow('steps: [{run: x, env: {K: "${{ secrets[inputs.name] }}"}}]'), true],
    ['uses all secrets', workflow('steps: [{run: x, env: {K: "${{ toJSON(secrets) }}"}}]'), true],
    ['passes all secrets on', workflow('uses: acme/x/.github/workflows/y.yml@v1\nsecrets: inherit'), true],
    ['cannot be parsed and names its secret', 'a: [\n${{ secrets.GATE_KEY }}', true],
    ['names another environment', workflow('environment: staging'), false],
    ['names another secret', workflow('steps: [{run: x, env: {K: "${{ secrets.NPM_TOKEN }}"}}]'), false],
    ['names the token of every job', workflow('steps: [{run: x, env: {K: "${{ secrets.GITHUB_TOKEN }}"}}]'), false],
    ['names nothing', workflow('steps: [{run: x}]'), false],
  ])('when it %s', (_, text, governs) =>
    expect(kindOf(OTHER, text, files)).toBe(governs ? 'documents' : 'not-configuration'),
  );

  test('only if a workflow runs the gate', () =>
    expect(
      kindOf(OTHER, workflow('environment: go-live'), { '.github/workflows/z.yml': files['.github/workflows/z.yml'] }),
    ).toBe('not-configuration'));
});

describe('a report about a workflow shows', () => {
  const shown = (text: string) => {
    const result = readWith(governance, OTHER, text);
    const settings = result.kind === 'documents' ? result.documents.flatMap((one) => one.settings) : [];
    return settings.flatMap(({ id, value }) =>
      value.kind === 'set'
        ? value.items.map((item) => `${id}: ${item.shown}`)
        : 'shown' in value
          ? [`${id}: ${value.shown}`]
          : [],
    );
  };

  test('events in any form, permissions, conditions, pins and inputs', () =>
    expect(
      shown(
        `on: {pull_request_target: {types: [opened, labeled]}, merge_group: }\npermissions: {statuses: write}\njobs:\n  a:\n    if: github.actor != 'x'\n    steps:\n      - uses: ${GATE}\n        with: {mode: enforce}\n      - run: npx healthvault-go-live-gate check --base origin/main\n`,
      ),
    ).toEqual([
      'gate-workflow.permissions.statuses: write',
      "gate-workflow.jobs.a.if: github.actor != 'x'",
      'gate-workflow.jobs.a.steps.acme/healthvault-go-live-gate.uses: acme/healthvault-go-live-gate@v1',
      'gate-workflow.jobs.a.steps.acme/healthvault-go-live-gate.with.mode: enforce',
      'gate-workflow.jobs.a.steps.2.run: npx healthvault-go-live-gate check --base origin/main',
      'gate-workflow.jobs.a.steps.order: acme/healthvault-go-live-gate, 2',
      'gate-workflow.on.pull_request_target.types: opened',
      'gate-workflow.on.pull_request_target.types: labeled',
      'gate-workflow.on.merge_group: ',
    ]));

  test.each(['pull_request_target', '[pull_request_target]', '{pull_request_target: }'])(
    'the event in on: %s',
    (events) =>
      expect(shown(`on: ${events}\njobs: {a: {uses: ${GATE}}}`)).toContain('gate-workflow.on.pull_request_target: '),
  );

  test.each([
    'env: {TOKEN: hunter2hunter2}',
    'steps: [{run: "curl -u me:hunter2hunter2 https://x.example"}]',
    'steps: [{run: "npx healthvault-go-live-gate --token hunter2hunter2"}]',
    'steps: [{run: "npx healthvault-go-live-gate hunter2hunter2hunter2"}]',
    'steps: [{uses: a/b@v1, with: {password: hunter2hunter2}}]',
    'steps: [{uses: a/b@v1, with: {list: [hunter2hunter2]}}]',
    'steps: [{uses: a/b@v1, with: {github-token: hunter2hunter2}}]',
    'container: {image: x, credentials: {password: hunter2hunter2}}',
  ])('never a value that can contain a secret, as in %s', (part) => {
    const lines = shown(`jobs:\n  gate: {uses: ${GATE}}\n  a:\n    ${part}\n`);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('\n')).not.toContain('hunter2');
  });
});
