/** Scripts that run the gate for a workflow: the workflow that calls them, and what changes in them. */
import { type Files, reviewFiles } from '../support/invented-repository.ts';

const workflow = (run: string): string => `on: pull_request\njobs:\n  gate:\n    steps:\n      - run: ${run}\n`;
const PACKAGE = '{ "scripts": { "gate": "npx healthvault-go-live-gate check", "lint": "eslint ." } }';

const seen = async (base: Files, head: Files) =>
  (await reviewFiles(base, head, true)).changes.map(({ file, setting, kind, document, detail }) => ({
    change: `${file} ${setting} ${kind}`,
    role: document.role,
    detail,
  }));

test.each<[name: string, run: string, files: Files]>([
  ['npm', 'npm run gate', { 'package.json': PACKAGE }],
  ['npm in another folder', 'npm --prefix . run gate', { 'package.json': PACKAGE }],
  ['a program', 'node ci/gate.mjs', { 'ci/gate.mjs': 'run("npx healthvault-go-live-gate check");\n' }],
  ['yarn', 'yarn --silent gate', { 'package.json': PACKAGE }],
  ['a script before another one', 'npm test', { 'package.json': PACKAGE.replace('"gate"', '"pretest"') }],
  [
    'a script that runs another one',
    'npm run all',
    { 'package.json': PACKAGE.replace('"lint"', '"all": "npm run lint && npm run gate", "lint"') },
  ],
  ['a shell script', './ci/gate.sh', { 'ci/gate.sh': '#!/bin/sh\nset -e\nnpx healthvault-go-live-gate check\n' }],
  [
    'a shell script that runs another one',
    'bash ci/all.sh',
    { 'ci/all.sh': 'sh ci/gate.sh\n', 'ci/gate.sh': 'node dist/cli.js check\n' },
  ],
  ['make', 'make gate', { Makefile: 'gate:\n\tgo-live-gate check\n' }],
  ['docker', 'docker build .', { Dockerfile: 'FROM node\nRUN npx healthvault-go-live-gate check\n' }],
])('a workflow that runs the gate through %s is one of the gate', async (_, run, files) => {
  const path = '.github/workflows/ci.yml';
  const changes = await seen({ ...files, [path]: workflow(run) }, { ...files, [path]: workflow('echo') });
  expect(changes).toMatchObject([{ role: 'governance' }]);
});

test('a workflow that runs other scripts of the same package is not one of the gate', async () => {
  const path = '.github/workflows/ci.yml';
  const files = { 'package.json': PACKAGE };
  expect(await seen({ ...files, [path]: workflow('npm run lint') }, { ...files, [path]: workflow('echo') })).toEqual(
    [],
  );
});

test.each<[name: string, base: Files, head: Files, changes: readonly string[]]>([
  [
    'a script of a package',
    { 'package.json': PACKAGE },
    { 'package.json': PACKAGE.replace(' check', ' --version') },
    ['package.json gate-workflow.script.gate modified'],
  ],
  [
    'a script that runs before it',
    { 'package.json': PACKAGE },
    { 'package.json': PACKAGE.replace('"lint"', '"pregate": "exit 0", "lint"') },
    ['package.json gate-workflow.script.pregate added'],
  ],
  [
    'the version of a package',
    { 'package.json': PACKAGE.replace(/ }$/, ', "devDependencies": { "healthvault-go-live-gate": "2.0.0" } }') },
    { 'package.json': PACKAGE.replace(/ }$/, ', "devDependencies": { "healthvault-go-live-gate": "2.1.0" } }') },
    ['package.json gate-workflow.devDependencies.healthvault-go-live-gate modified'],
  ],
  [
    'a program',
    { 'ci/gate.py': 'run("go-live-gate check")\n' },
    { 'ci/gate.py': 'pass\n' },
    ['ci/gate.py mention removed'],
  ],
  [
    'a line before the command',
    { 'gate.sh': 'npx healthvault-go-live-gate check\n' },
    { 'gate.sh': 'exit 0\nnpx healthvault-go-live-gate check\n' },
    ['gate.sh gate-workflow.script added'],
  ],
  [
    'the order of lines',
    { 'gate.sh': 'cd a\nnpx healthvault-go-live-gate check\n' },
    { 'gate.sh': 'npx healthvault-go-live-gate check\ncd a\n' },
    ['gate.sh policy modified'],
  ],
  [
    'the image',
    { 'ci/gate.Dockerfile': 'FROM ghcr.io/acme/healthvault-go-live-gate:1\n' },
    { 'ci/gate.Dockerfile': 'FROM ghcr.io/acme/healthvault-go-live-gate:2\n' },
    ['ci/gate.Dockerfile gate-workflow.script removed', 'ci/gate.Dockerfile gate-workflow.script added'],
  ],
  ['a removed file', { 'gate.sh': 'go-live-gate check\n' }, {}, ['gate.sh policy removed']],
  [
    'no comments and no other scripts',
    { 'package.json': PACKAGE, 'gate.sh': '# a\ngo-live-gate check\n', 'other.sh': 'ls\n' },
    {
      'package.json': PACKAGE.replace('eslint', 'biome'),
      'gate.sh': '# b\n  go-live-gate check\n',
      'other.sh': 'ls -l\n',
    },
    [],
  ],
])('the gate depends on %s', async (_, base, head, changes) => {
  const found = await seen(base, head);
  expect(found.map(({ change }) => change)).toEqual(changes);
});

test('a value that may be a secret is not shown', async () => {
  const script = (line: string): Files => ({ 'gate.sh': `${line}\ngo-live-gate check\n` });
  const { changes } = await reviewFiles(script('A=1'), script('export TOKEN=hunter2secret'), true);
  expect(JSON.stringify(changes.map(({ before, after }) => [before, after]))).not.toContain('hunter2');
});

test.each([
  [
    'on: [pull_request_target, merge_group]\npermissions: { contents: read, statuses: write }',
    'It runs on merge_group, pull_request_target, with permissions contents: read, statuses: write.',
  ],
  ['on: push\npermissions: write-all', 'It runs on push, with permissions write-all.'],
  ['on: push', "It runs on push, with the repository's default permissions."],
])('a new workflow shows its events and permissions in %s', async (head, detail) => {
  const jobs = 'jobs:\n  gate:\n    steps:\n      - uses: acme/healthvault-go-live-gate@v2\n';
  const changes = await seen({}, { '.github/workflows/g.yml': `${head}\n${jobs}` });
  expect(changes).toEqual([{ change: '.github/workflows/g.yml policy added', role: 'governance', detail }]);
});
