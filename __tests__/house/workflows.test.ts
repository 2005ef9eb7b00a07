/** The project's own workflows: GitHub takes them, they may do little, and run nothing that is not pinned. */

import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { load } from 'js-yaml';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { listComplaints } from './language-service.ts';
import { listProjectFiles, readProjectFile } from './markdown.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >;
}

const files = listProjectFiles('.github').filter((path) => /^\.github\/workflows\/[^/]+\.yml$/.test(path));
const workflows = files.map((path) => [path, load(readProjectFile(path)) as Workflow] as const);
const jobs = workflows.flatMap(([path, workflow]) =>
  Object.entries(workflow.jobs).map(([id, job]) => [`${path} ${id}`, job] as const),
);
const steps = jobs.flatMap(([place, job]) => job.steps.map((step) => ({ place, step })));

/** Jobs that may write, and what. A new permission is added here, too. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/gate.yml evaluate': ['pull-requests', 'statuses'],
  '.github/workflows/codeql.yml analyze': ['security-events'],
  '.github/workflows/release.yml draft': ['contents', 'id-token', 'attestations'],
  '.github/workflows/release.yml major-tag': ['contents'],
};

test('there are workflows', () => {
  expect(files).toEqual(expect.arrayContaining(['ci', 'gate', 'release', 'codeql'].map(workflowPath)));
});

function workflowPath(name: string): string {
  return `.github/workflows/${name}.yml`;
}

test.each([...files, 'action.yml'])("GitHub's language service accepts %s", async (path) => {
  expect(await listComplaints(path, readProjectFile(path))).toEqual([]);
});

test.each([
  ['.github/workflows/wrong.yml', 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - rn: x\n'],
  ['.github/workflows/wrong.yml', `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: \${{ gthb.sha }}\n`],
  ['action.yml', 'name: x\ndescription: x\nruns:\n  using: node24\n  mai: x\n'],
])("GitHub's language service finds a mistake in %s (%#)", async (path, text) => {
  expect(await listComplaints(path, text)).not.toEqual([]);
});

test.each(files)("GitHub's parser reads %s", (path) => {
  const { context, value } = parseWorkflow(
    { name: path, content: readProjectFile(path) },
    new NoOperationTraceWriter(),
  );
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  expect(value).toBeDefined();
});

test.each(workflows)('%s has no permissions unless a job has them', (_, workflow) => {
  expect(workflow.permissions).toEqual({});
  for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
});

test('jobs have only the known write permissions', () => {
  const writes = jobs.flatMap(([place, { permissions = {} }]) => {
    const names = Object.keys(permissions).filter((permission) => permissions[permission] !== 'read');
    return names.length === 0 ? [] : [[place, names] as const];
  });
  expect(Object.fromEntries(writes)).toEqual(WRITES);
});

test.each([...files])('every action in %s is pinned by its commit, with the version as a comment', (path) => {
  const uses = readProjectFile(path)
    .split('\n')
    .filter((line) => /^\s*(?:- )?uses:/.test(line));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: (?:\.\/|[\w.-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
});

test('each action has one version everywhere', () => {
  const pins = new Map<string, Set<string>>();
  for (const { step } of steps) {
    const [name, commit] = step.uses?.split('@') ?? [];
    const repository = name?.split('/').slice(0, 2).join('/');
    if (repository !== undefined && commit !== undefined)
      pins.set(repository, new Set([...(pins.get(repository) ?? []), commit]));
  }
  expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([]);
});

test('every checkout removes its token', () => {
  const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(2);
  for (const { step } of checkouts) expect(step.with).toMatchObject({ 'persist-credentials': false });
});

test('the gate runs the code of the default branch, never that of a head', () => {
  const own = workflows.filter(([, { jobs: all }]) => JSON.stringify(all).includes('"uses":"./"'));
  expect(own.map(([path]) => path)).toEqual([workflowPath('gate')]);
  const [gate] = own;
  const checkout = gate?.[1].jobs.evaluate?.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkout?.with?.ref).toBe(`\${{ github.event.repository.default_branch }}`);
  expect(readProjectFile(workflowPath('gate'))).not.toMatch(/head[._](?:ref|sha)|pull\/\$/);
});

test('scripts contain no expressions, because values come from the environment', () => {
  const scripts = steps.flatMap(({ place, step }) => (step.run === undefined ? [] : [{ place, run: step.run }]));
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter(({ run }) => run.includes('${{'))).toEqual([]);
});

test('CI runs the command that contributors run, in the one job that branch rules require', () => {
  const ci = workflows.find(([path]) => path === workflowPath('ci'))?.[1];
  expect(Object.keys(ci?.jobs ?? {})).toEqual(['ci-ok']);
  expect(ci?.jobs['ci-ok']?.steps.at(-1)?.run).toBe('bash .ci/run');
});

test('the workflows use only inputs that the gate has', () => {
  const { inputs } = load(readProjectFile('action.yml')) as { readonly inputs: Readonly<Record<string, unknown>> };
  const own = steps.filter(({ step }) => step.uses === './');
  expect(
    own.flatMap(({ step }) => Object.keys(step.with ?? {})).filter((name) => !Object.hasOwn(inputs, name)),
  ).toEqual([]);
});

test('the policy of this repository is valid', async () => {
  const presets = await readBuiltInPolicies();
  expect(readPolicy(readProjectFile('.github/go-live.yml'), '.github/go-live.yml', presets)).toHaveProperty('policy');
});

test('packages and actions are kept up to date', () => {
  const { version, updates } = load(readProjectFile('.github/dependabot.yml')) as {
    readonly version: number;
    readonly updates: readonly { readonly 'package-ecosystem': string }[];
  };
  expect(version).toBe(2);
  expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
});

test('the template requires the wanted push, and the owners own everything', () => {
  expect(readProjectFile('.github/pull_request_template.md')).toMatch(/^Go-live:$/m);
  expect(readProjectFile('.github/CODEOWNERS')).toMatch(/^\*\s+@\S+\/\S+$/m);
});

test.each(listProjectFiles('.github/ISSUE_TEMPLATE').filter((path) => !path.endsWith('config.yml')))(
  'GitHub accepts the form %s',
  (path) => {
    const form = load(readProjectFile(path)) as { name: string; description: string; body: readonly FormPart[] };
    expect(form.name).toBeTruthy();
    expect(form.description).toBeTruthy();
    const ids = form.body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of form.body) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(type === 'markdown' ? attributes.value : attributes.label).toBeTruthy();
    }
  },
);

interface FormPart {
  readonly type: string;
  readonly id?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
