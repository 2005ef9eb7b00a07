/** The facts of a workflow file on which the gate's safety depends. Pure. */
import type { ParseProblem } from '../../model/document.ts';
import { entry, parseYaml, type YamlNode } from '../../syntax/yaml/yaml.ts';

/** One event of `on`. `types` null: the workflow names none. `filters`: `paths`, `branches-ignore`, ... with their values. */
export interface WorkflowTrigger {
  readonly types: readonly string[] | null;
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** `permissions` as written; null: not set. */
export type JobPermissions = 'read-all' | 'write-all' | Readonly<Record<string, string>> | null;

/** A job that runs the gate. */
export interface GateJob {
  readonly id: string;
  /** The name on GitHub: `name`, or the id. */
  readonly name: string;
  readonly condition: string | null;
  readonly stepCondition: string | null;
  readonly needs: boolean;
  readonly matrix: boolean;
  readonly ignoresFailure: boolean;
  /** The job's own, or else the workflow's. */
  readonly permissions: JobPermissions;
  /** As `uses` has it. */
  readonly action: string;
  /** Inputs of the step, as written. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly concurrency: Concurrency | null;
  /** Whether it runs in an environment. Other branches cannot read the secrets of an environment. */
  readonly inEnvironment: boolean;
}

/** `cancels`: the value of `cancel-in-progress`; an expression is `sometimes`. */
export interface Concurrency {
  /** As written, with its expressions. */
  readonly group: string;
  readonly cancels: 'yes' | 'no' | 'sometimes';
}

/** One workflow file. */
export interface WorkflowFacts {
  readonly path: string;
  readonly problem: ParseProblem | null;
  readonly triggers: Readonly<Record<string, WorkflowTrigger>>;
  /** When it runs by the clock. */
  readonly crons: readonly string[];
  readonly concurrency: Concurrency | null;
  readonly gateJobs: readonly GateJob[];
  /** Jobs, gate or not, that check out the head of a pull request. */
  readonly jobsWithHead: readonly string[];
}

/** How a `uses` is known as the gate: the action's repository name, with any owner. */
const ACTION_NAME = 'healthvault-go-live-gate';
const FILTERS = ['paths', 'paths-ignore', 'branches', 'branches-ignore', 'tags', 'tags-ignore'];
const HEAD =
  /github\.event\.pull_request\.head|github\.head_ref|refs\/pull\/|gh\s+pr\s+checkout|\bpull\/\S*\/(?:head|merge)\b/;

/** Reads a workflow. @param anyLocal true if `uses: ./` is the gate, as in the action's own repository */
export function parseWorkflow(path: string, text: string, anyLocal = false): WorkflowFacts {
  const parsed = parseYaml(text.replace(/^\uFEFF/, ''), { mergeKeys: 'own-first' });
  if ('problem' in parsed) {
    return {
      path,
      problem: parsed.problem,
      triggers: {},
      crons: [],
      concurrency: null,
      gateJobs: [],
      jobsWithHead: [],
    };
  }
  const { root } = parsed;
  const jobs = listMapEntries(entry(root, 'jobs'));
  const permissions = parsePermissions(entry(root, 'permissions'));
  return {
    path,
    problem: null,
    triggers: parseTriggers(entry(root, 'on')),
    crons: listItems(entry(entry(root, 'on'), 'schedule')).flatMap((item) => findTextAt(item, 'cron') ?? []),
    concurrency: parseConcurrency(entry(root, 'concurrency')),
    gateJobs: jobs.flatMap(([id, job]) => parseGateJob(id, job, permissions, anyLocal)),
    jobsWithHead: jobs.flatMap(([id, job]) => (checksOutHead(job) ? [id] : [])),
  };
}

function parseGateJob(id: string, job: YamlNode, inherited: JobPermissions, anyLocal: boolean): readonly GateJob[] {
  const step = [job, ...listItems(entry(job, 'steps'))].find((node) =>
    isGate(findTextAt(node, 'uses') ?? '', anyLocal),
  );
  if (step === undefined) return [];
  return [
    {
      id,
      name: findTextAt(job, 'name') ?? id,
      condition: findTextAt(job, 'if'),
      stepCondition: step === job ? null : findTextAt(step, 'if'),
      needs: entry(job, 'needs') !== null,
      matrix: entry(entry(job, 'strategy'), 'matrix') !== null,
      ignoresFailure: [job, step].some((node) => (findTextAt(node, 'continue-on-error') ?? 'false') !== 'false'),
      permissions: entry(job, 'permissions') === null ? inherited : parsePermissions(entry(job, 'permissions')),
      action: findTextAt(step, 'uses') ?? '',
      inputs: Object.fromEntries(
        listMapEntries(entry(step, 'with')).map(([name, value]) => [name, getScalarText(value) ?? '']),
      ),
      concurrency: parseConcurrency(entry(job, 'concurrency')),
      inEnvironment: entry(job, 'environment') !== null,
    },
  ];
}

function isGate(uses: string, anyLocal: boolean): boolean {
  const name = uses.trim().toLowerCase().split('@', 1)[0] ?? '';
  return name.split('/')[1] === ACTION_NAME || (anyLocal && /^\.\/?$/.test(name));
}

function parseTriggers(on: YamlNode | null): Readonly<Record<string, WorkflowTrigger>> {
  const plain = { types: null, filters: {} };
  if (on === null) return {};
  if (on.kind !== 'map') return Object.fromEntries(listScalarTexts(on).map((event) => [event, plain]));
  return Object.fromEntries(
    on.entries.map(({ key, value }) => {
      const types = entry(value, 'types');
      const filters = FILTERS.flatMap((name) => {
        const filter = entry(value, name);
        return filter === null ? [] : [[name, listScalarTexts(filter)] as const];
      });
      return [key, { types: types === null ? null : listScalarTexts(types), filters: Object.fromEntries(filters) }];
    }),
  );
}

function parsePermissions(node: YamlNode | null): JobPermissions {
  if (node === null) return null;
  if (node.kind === 'map')
    return Object.fromEntries(listMapEntries(node).map(([name, value]) => [name, getScalarText(value) ?? 'none']));
  const text = getScalarText(node);
  return text === 'read-all' || text === 'write-all' ? text : {};
}

function parseConcurrency(node: YamlNode | null): Concurrency | null {
  if (node === null) return null;
  const cancels = findTextAt(node, 'cancel-in-progress') ?? 'false';
  const group = getScalarText(node) ?? findTextAt(node, 'group') ?? '';
  return { group, cancels: cancels === 'true' ? 'yes' : cancels === 'false' ? 'no' : 'sometimes' };
}

/** A checkout of the head, by the action or by hand. */
function checksOutHead(job: YamlNode): boolean {
  return listItems(entry(job, 'steps')).some((step) => {
    const checkout = /(?:^|\/)checkout@/.test(findTextAt(step, 'uses') ?? '');
    const inputs = entry(step, 'with');
    const ref = `${findTextAt(inputs, 'ref') ?? ''} ${findTextAt(inputs, 'repository') ?? ''}`;
    const allowed = (findTextAt(inputs, 'allow-unsafe-pr-checkout') ?? 'false') !== 'false';
    if (checkout && (HEAD.test(ref) || allowed)) return true;
    const run = findTextAt(step, 'run') ?? '';
    return /\bgit\s+(?:fetch|checkout|pull|merge|worktree)\b|gh\s+pr\s+checkout/.test(run) && HEAD.test(run);
  });
}

function listMapEntries(node: YamlNode | null): readonly (readonly [string, YamlNode])[] {
  return node?.kind === 'map' ? node.entries.map(({ key, value }) => [key, value] as const) : [];
}

function listItems(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function getScalarText(node: YamlNode | null): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.text : null;
}

/** The scalar under a key as written; null if there is none or the value is not a scalar. */
function findTextAt(node: YamlNode | null, key: string): string | null {
  return getScalarText(entry(node, key));
}

/** One text, or a list of them. */
function listScalarTexts(node: YamlNode): readonly string[] {
  const nodes = node.kind === 'list' ? node.items : [node];
  return nodes.flatMap((one) => getScalarText(one) ?? []);
}
