import fc from 'fast-check';
import type { GateFiles } from '../../../src/formats/format.ts';
import { governance } from '../../../src/formats/governance/governance.ts';
import { getOnlyDocument, readContext } from '../../support/read-context.ts';

const GATE: GateFiles = { policy: '.github/go-live.yml', workflow: '.github/workflows/gate.yml', action: 'acme/gate' };

function read(path: string, text: string | Uint8Array, gateFiles = GATE) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return governance.read({ path, bytes }, { ...readContext(), gateFiles });
}

function meaning(path: string, text: string | Uint8Array): string {
  const document = getOnlyDocument(read(path, text));
  expect(document).toMatchObject({ role: 'governance', format: 'governance', part: null });
  return document.digest ?? '';
}

/** What a file says, one line for each key or element. */
function keys(path: string, text: string): readonly string[] {
  return getOnlyDocument(read(path, text)).settings.flatMap(({ id, value }) => {
    if (value.kind === 'set') return value.items.map(({ shown }) => `${id}: ${shown}`);
    return 'shown' in value ? [`${id}: ${value.shown}`] : [];
  });
}

const step = (uses: string) => `jobs:\n  a:\n    steps:\n      - uses: ${uses}\n`;

describe('governance files', () => {
  it.each([
    ['.github/go-live.yml', true],
    ['CODEOWNERS', true],
    ['.github/CODEOWNERS', true],
    ['docs/CODEOWNERS', true],
    ['src/CODEOWNERS', false],
    ['.github/workflows/gate.yml', true],
    ['.github/workflows/other.yaml', true],
    ['.github/workflows/other.YML', true],
    ['.github/workflows/deep/other.yaml', false],
    ['.github/workflows/other.yml.txt', false],
    ['sub/.github/workflows/other.yml', false],
    ['action.yml', true],
    ['.github/actions/gate/action.yaml', true],
    ['my-action.yml', false],
    ['other.yml', false],
  ])('include %s is %s', (path, claimed) => {
    expect(governance.matchesPath(path, { gateFiles: GATE, plainDocuments: [] })).toBe(claimed);
  });

  it('are checked with any watch globs', () => {
    expect(governance.id).toBe('governance');
  });

  it.each<readonly [title: string, text: string | Uint8Array, governs: boolean]>([
    ['the action by its name', step('acme/gate@v1'), true],
    ['the action between spaces', step('" acme/gate@v1 "'), true],
    ['the action in a step that is merged', 'x: &x {uses: acme/gate@v1}\njobs: {a: {steps: [{<<: *x}]}}', true],
    ['the action in another case', step('"Acme/Gate@0123"'), true],
    ['a folder of the action', step('acme/gate/sub@v1'), true],
    ['a fork of the action', step('someone/healthvault-go-live-gate@main'), true],
    ['a reusable workflow of the action', 'jobs:\n  a:\n    uses: acme/gate/.github/workflows/x.yml@v1', true],
    ['another action', step('actions/checkout@v4'), false],
    ['an action of another owner', step('other/gate@v1'), false],
    ['the action of the repository itself', step('./'), false],
    ['a container image', step('docker://ghcr.io/acme/healthvault-go-live-gate:1'), true],
    ['a copy in the repository', step('./tools/healthvault-go-live-gate'), true],
    ['the package', 'jobs: {a: {steps: [{run: "npx --yes healthvault-go-live-gate check"}]}}', true],
    ['the command', 'jobs: {a: {steps: [{run: "npm ci && go-live-gate check"}]}}', true],
    ['the file of the command', 'jobs: {a: {steps: [{run: node gate/dist/cli.js check --base a}]}}', true],
    ['the name in a variable', 'env: {GATE: healthvault-go-live-gate}\njobs: {a: {steps: [{run: npx $GATE}]}}', true],
    ['a job in its image', 'jobs: {a: {container: {image: "acme/healthvault-go-live-gate:1"}}}', true],
    ['another command line of that file name', 'jobs: {a: {steps: [{run: node dist/cli.js build}]}}', false],
    ['another command', 'jobs: {a: {steps: [{run: pre-go-live-gate-check}]}}', false],
    ['its name in a comment', `# acme/gate@v1\n${step('actions/checkout@v4')}`, false],
    ['its name elsewhere', 'name: acme/gate@v1', false],
    ['nothing', '', false],
    ['a text that cannot be parsed and names it', 'a: [\n# x/healthvault-go-live-gate', true],
    ['a text that cannot be parsed and names the action', 'a: [\n# Acme/Gate', true],
    ['a text that cannot be parsed and does not', 'a: [', false],
    ['bytes with its name that are not text', Uint8Array.from([0xff, ...new TextEncoder().encode('acme/gate')]), true],
    ['bytes without its name that are not text', Uint8Array.from([0xff]), false],
  ])('include a workflow with %s is %s', (_, text, governs) => {
    expect(read('.github/workflows/other.yml', text).kind).toBe(governs ? 'documents' : 'not-configuration');
  });

  it('include the running workflow with any content', () => {
    expect(read('.github/workflows/gate.yml', step('./')).kind).toBe('documents');
    expect(read('.github/workflows/gate.yml', '').kind).toBe('documents');
  });

  it('are those of any owner if the action is not known', () => {
    const unknown: GateFiles = { ...GATE, action: null };
    expect(read('.github/workflows/other.yml', step('any/healthvault-go-live-gate@v1'), unknown).kind).toBe(
      'documents',
    );
    for (const text of [step('acme/gate@v1'), 'a: [null'])
      expect(read('.github/workflows/other.yml', text, unknown).kind).toBe('not-configuration');
  });
});

describe('the meaning of a governance file', () => {
  const policy = '.github/go-live.yml';

  it.each([
    ['order of keys', 'a: 1\nb: [x, y]', 'b: [x, y]\na: 1'],
    ['comments', 'a: 1 # one', '# two\na: 1'],
    ['style and quotes', 'a: x\nb:\n  - y', '{"a": "x", "b": ["y"]}'],
    ['line ends', 'a: 1\nb: 2\n', 'a: 1\r\nb: 2\r\n'],
    ['merging', 'a: &x {b: 1}\nc: {<<: *x}', 'a: {b: 1}\nc: {b: 1}'],
  ])('does not depend on %s', (_, one, other) => {
    expect(meaning(policy, one)).toBe(meaning(policy, other));
  });

  it.each([
    ['a value', 'a: 1', 'a: 2'],
    ['a type', 'a: 1', 'a: "1"'],
    ['the order of a list', 'a: [x, y]', 'a: [y, x]'],
    ['bytes that cannot be parsed', 'a: [', 'a: [ '],
  ])('depends on %s', (_, one, other) => {
    expect(meaning(policy, one)).not.toBe(meaning(policy, other));
  });

  it('is shown key by key', () => {
    expect(keys(policy, 'rules: {a: {category: none}}\nwatch: [x, y]\nlabels: {}')).toEqual([
      'policy.rules.a.category: none',
      'policy.watch: x',
      'policy.watch: y',
      'policy.labels: {}',
    ]);
    for (const text of ['a: [', '[a]', 'a']) expect(keys(policy, text)).toEqual([`policy: ${policy}`]);
  });

  it('is for CODEOWNERS its rules in their order', () => {
    const owners = '# all\n*  @a   @b\n\n/src/ @c # theirs\n';
    expect(keys('CODEOWNERS', owners)).toEqual(['policy.owners: * @a @b', 'policy.owners: /src/ @c']);
    expect(meaning('CODEOWNERS', owners)).toBe(meaning('.github/CODEOWNERS', '* @a @b\r\n/src/ @c\r\n'));
    expect(meaning('CODEOWNERS', owners)).not.toBe(meaning('CODEOWNERS', '/src/ @c\n* @a @b'));
    for (const other of ['a @c', 'a']) expect(meaning('CODEOWNERS', 'a#b @c')).not.toBe(meaning('CODEOWNERS', other));
    expect(meaning('CODEOWNERS', 'a @c')).not.toBe(meaning('CODEOWNERS', 'a@c'));
    expect(meaning('CODEOWNERS', ' \n  a @c  \n# all\u2028b @d')).toBe(meaning('CODEOWNERS', 'a @c'));
  });

  it('has its place at the start', () => {
    for (const path of ['CODEOWNERS', policy])
      expect(getOnlyDocument(read(path, 'a')).settings[0]?.at).toEqual({ file: path, line: 1, column: 1 });
  });

  it('exists for any bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('.github/go-live.yml', 'CODEOWNERS'),
        (bytes, path) => {
          expect(meaning(path, bytes)).toMatch(/^[0-9a-f]{64}$/);
        },
      ),
    );
  });
});
