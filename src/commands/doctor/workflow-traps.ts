/** The traps in the gate's workflows: when they run, as whom, and what can skip them. Pure. */
import { type DoctorFacts, mayBeGateWorkflow, type Trap, trap } from './trap.ts';
import type { GateJob, Permissions, Trigger, WorkflowFacts } from './workflow-facts.ts';

/** The activity types after which a verdict may be another one. */
export const PULL_REQUEST_TYPES: readonly string[] = [
  'opened',
  'synchronize',
  'reopened',
  'ready_for_review',
  'edited',
  'labeled',
  'unlabeled',
];
/** Without these an old success stays: a label goes, or the base becomes another one. */
const LEAVES_OLD_SUCCESS: ReadonlySet<string> = new Set(['unlabeled', 'edited']);
/** What GitHub takes where no types are named. */
const DEFAULT_TYPES: readonly string[] = ['opened', 'synchronize', 'reopened'];
/** What the gate asks for (design: minimum permissions). */
const NEEDED: Readonly<Record<string, 'read' | 'write'>> = {
  contents: 'read',
  'pull-requests': 'write',
  statuses: 'write',
};
/** Permissions that do no harm beside the needed ones. */
const HARMLESS: ReadonlySet<string> = new Set(['read', 'none']);

/** Every trap of the workflows, in the order of the files. */
export function workflowTraps(facts: DoctorFacts): readonly Trap[] {
  if (facts.unread.some(({ id }) => id === 'workflows')) return [];
  const gates = facts.workflows.filter(({ gateJobs }) => gateJobs.length > 0);
  const required = facts.requiredWorkflows.filter(({ path }) => mayBeGateWorkflow(path, facts.workflows));
  return [
    ...facts.workflows.flatMap(unreadable),
    ...(gates.length === 0 && required.length === 0
      ? [trap('no-workflow', 'open', null, { branch: facts.branch })]
      : []),
    ...(gates.length === 0 ? [] : eventTraps(gates, facts)),
    ...gates.flatMap((workflow) => fileTraps(workflow, facts, required.length > 0)),
    ...requiredWorkflowTraps(gates, required, facts),
  ];
}

function unreadable({ path, problem }: WorkflowFacts): readonly Trap[] {
  return problem === null ? [] : [trap('workflow-unreadable', 'open', path, { why: problem.message })];
}

/** Which event judges pull requests; several files count together. */
function eventTraps(gates: readonly WorkflowFacts[], facts: DoctorFacts): readonly Trap[] {
  const { branch } = facts;
  const [first] = gates;
  const file = gates.length === 1 && first !== undefined ? first.path : null;
  const event = ['pull_request_target', 'pull_request'].find((name) => gates.some(({ triggers }) => name in triggers));
  const queue = facts.mergeQueue && !gates.some(({ triggers }) => 'merge_group' in triggers);
  const group = queue ? [trap('missing-merge-group', 'stuck', file, { branch })] : [];
  const all = PULL_REQUEST_TYPES.join(', ');
  if (event === undefined) return [trap('no-pull-request-event', 'open', file, { types: all }), ...group];
  const covered = new Set(gates.flatMap(({ triggers }) => typesOf(triggers[event])));
  const missing = PULL_REQUEST_TYPES.filter((type) => !covered.has(type));
  const effect = missing.some((type) => LEAVES_OLD_SUCCESS.has(type)) ? 'open' : 'stuck';
  return [
    ...(event === 'pull_request' ? [trap('pull-request-only', 'open', file)] : []),
    ...(missing.length === 0 ? [] : [trap('missing-types', effect, file, { event, types: missing.join(', '), all })]),
    ...group,
  ];
}

function typesOf(trigger: Trigger | undefined): readonly string[] {
  return trigger === undefined ? [] : (trigger.types ?? DEFAULT_TYPES);
}

function fileTraps(workflow: WorkflowFacts, facts: DoctorFacts, isRequired: boolean): readonly Trap[] {
  const { path, triggers } = workflow;
  const filters = Object.entries(triggers).flatMap(([event, trigger]) =>
    filterTraps(path, event, trigger, facts.branch),
  );
  const concurrency = [workflow.concurrency, ...workflow.gateJobs.map((job) => job.concurrency)];
  const cancels = concurrency.some((one) => one !== null && one.cancels !== 'no');
  const withHead = 'pull_request_target' in triggers ? workflow.jobsWithHead : [];
  return [
    ...filters,
    ...(cancels ? [trap('cancel-in-progress', 'open', path)] : []),
    ...(concurrency.every((one) => one === null) ? [trap('no-concurrency', 'advice', path)] : []),
    ...withHead.map((job) => trap('checks-out-head', 'open', path, { job })),
    ...workflow.gateJobs.flatMap((job) => jobTraps(path, job, facts, isRequired)),
  ];
}

/** Filters on the events that judge pull requests. `branches` is fine where it takes the branch in. */
function filterTraps(path: string, event: string, trigger: Trigger, branch: string): readonly Trap[] {
  if (!['pull_request_target', 'pull_request', 'merge_group'].includes(event)) return [];
  return Object.entries(trigger.filters).flatMap(([filter, values]) => {
    if (filter.startsWith('paths')) return [trap('path-filter', 'stuck', path, { event, filter })];
    const takesIn = filter === 'branches' && values.some((value) => value === branch || value === '**');
    return takesIn ? [] : [trap('branch-filter', 'stuck', path, { event, filter, branch })];
  });
}

function jobTraps(path: string, job: GateJob, facts: DoctorFacts, isRequired: boolean): readonly Trap[] {
  const { context } = facts;
  const values = { job: job.id, context, action: job.action };
  const skipped = isRequired ? 'open' : 'stuck';
  const own = job.inputs['status-context'] ?? '';
  return [
    ...(isCondition(job.condition) ? [trap('job-condition', skipped, path, values)] : []),
    ...(isCondition(job.stepCondition) ? [trap('step-condition', 'open', path, values)] : []),
    ...(job.needs ? [trap('job-needs', skipped, path, values)] : []),
    ...(job.matrix ? [trap('matrix-job', 'open', path, values)] : []),
    ...(own.includes('${{') ? [trap('dynamic-context', 'open', path, values)] : []),
    ...(job.name.trim().toLowerCase() === context.toLowerCase()
      ? [trap('job-named-like-status', 'open', path, values)]
      : []),
    ...(job.ignoresFailure ? [trap('ignored-failure', isRequired ? 'open' : 'advice', path, values)] : []),
    ...(!['', 'enforce'].includes(job.inputs.mode ?? '') ? [trap('report-only', 'open', path, values)] : []),
    ...(/^\.\/|@[0-9a-f]{40}$/i.test(job.action) ? [] : [trap('action-not-pinned', 'advice', path, values)]),
    ...permissionTraps(path, job, facts),
  ];
}

function isCondition(condition: string | null): boolean {
  return condition !== null && !/^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition.trim());
}

function permissionTraps(path: string, { id: job, permissions }: GateJob, facts: DoctorFacts): readonly Trap[] {
  if (permissions === null) {
    const effect = facts.defaultPermissions === 'write' ? 'advice' : 'stuck';
    return [trap('permissions-missing', effect, path, { job, standard: facts.defaultPermissions ?? 'unknown' })];
  }
  const missing = Object.entries(NEEDED).filter(([scope, access]) => !grants(permissions, scope, access));
  const extra = extras(permissions);
  const words = missing.map(([scope, access]) => `${scope}: ${access}`).join(', ');
  return [
    ...(missing.length === 0 ? [] : [trap('permissions-too-few', 'stuck', path, { job, missing: words })]),
    ...(extra.length === 0 ? [] : [trap('permissions-too-many', 'advice', path, { job, extra: extra.join(', ') })]),
  ];
}

function grants(permissions: NonNullable<Permissions>, scope: string, access: 'read' | 'write'): boolean {
  if (permissions === 'write-all') return true;
  if (permissions === 'read-all') return access === 'read';
  const given = permissions[scope];
  return given === 'write' || given === access;
}

function extras(permissions: NonNullable<Permissions>): readonly string[] {
  if (permissions === 'write-all') return ['write-all'];
  if (permissions === 'read-all') return [];
  return Object.entries(permissions).flatMap(([scope, access]) =>
    HARMLESS.has(access) || NEEDED[scope] === access ? [] : [`${scope}: ${access}`],
  );
}

/** A required workflow runs on the default types only, so labels need the ordinary workflow beside it. */
function requiredWorkflowTraps(
  gates: readonly WorkflowFacts[],
  required: DoctorFacts['requiredWorkflows'],
  { context, requirements }: DoctorFacts,
): readonly Trap[] {
  const hears = gates.some(({ triggers }) => typesOf(triggers.pull_request_target).includes('unlabeled'));
  if (hears && requirements.length > 0) return [];
  return required.map(({ ruleset }) => trap('ruleset-ignores-types', 'open', null, { ruleset, context }));
}
