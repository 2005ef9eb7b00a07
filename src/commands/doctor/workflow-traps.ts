/** The traps in the gate's workflows: their events, their account, and filters that skip them. Pure. */
import { traps as kinds } from './messages.ts';
import { createTrap, type DoctorFacts, mayBeGateWorkflow, type Trap } from './trap.ts';
import type { GateJob, JobPermissions, WorkflowFacts, WorkflowTrigger } from './workflow-facts.ts';

/** The activity types after which a verdict may be another one. */
export const PULL_REQUEST_TYPES: readonly string[] = [
  'opened',
  'synchronize',
  'reopened',
  'closed',
  'ready_for_review',
  'edited',
  'labeled',
  'unlabeled',
];
/** The types of `pull_request_review` that add or remove an approval. */
export const REVIEW_TYPES: readonly string[] = ['submitted', 'dismissed'];
/** Without these an old success stays after a label is removed or the base branch changes. */
const LEAVES_OLD_SUCCESS: ReadonlySet<string> = new Set(['unlabeled', 'edited']);
/** GitHub's default if a workflow names no types. */
const DEFAULT_TYPES: readonly string[] = ['opened', 'synchronize', 'reopened'];
/** The permissions that the gate needs (design: minimum permissions). */
const NEEDED: Readonly<Record<string, 'read' | 'write'>> = {
  contents: 'read',
  'pull-requests': 'write',
  statuses: 'write',
};
/** Harmless permissions in addition to the needed ones. */
const HARMLESS: ReadonlySet<string> = new Set(['read', 'none']);

/** Every trap of the workflows, in the order of the files. */
export function findWorkflowTraps(facts: DoctorFacts): readonly Trap[] {
  if (facts.unread.some(({ id }) => id === 'workflows')) return [];
  const gates = facts.workflows.filter(({ gateJobs }) => gateJobs.length > 0);
  const required = facts.requiredWorkflows.filter(({ path }) => mayBeGateWorkflow(path, facts.workflows));
  return [
    ...facts.workflows.flatMap(findUnreadableTraps),
    ...(gates.length === 0 && required.length === 0
      ? [createTrap(kinds.noWorkflow({ branch: facts.branch }), 'open')]
      : []),
    ...(gates.length === 0 ? [] : [...findEventTraps(gates, facts), ...findScheduleTraps(gates, facts)]),
    ...gates.flatMap((workflow) => findFileTraps(workflow, facts, required.length > 0)),
    ...findRequiredWorkflowTraps(gates, required, facts),
  ];
}

function findUnreadableTraps({ path, problem }: WorkflowFacts): readonly Trap[] {
  return problem === null ? [] : [createTrap(kinds.workflowUnreadable({ why: problem.message }), 'open', path)];
}

/** The events that evaluate pull requests. Several files count together. */
function findEventTraps(gates: readonly WorkflowFacts[], facts: DoctorFacts): readonly Trap[] {
  const { branch } = facts;
  const [first] = gates;
  const file = gates.length === 1 && first !== undefined ? first.path : null;
  const event = ['pull_request_target', 'pull_request'].find((name) => gates.some(({ triggers }) => name in triggers));
  const queue = facts.mergeQueue && !gates.some(({ triggers }) => 'merge_group' in triggers);
  const group = queue ? [createTrap(kinds.missingMergeGroup({ branch }), 'stuck', file)] : [];
  const reviewed = gates.flatMap(({ triggers }) => triggers.pull_request_review?.types ?? REVIEW_TYPES);
  const isReviewed = gates.some(({ triggers }) => 'pull_request_review' in triggers);
  const isMissingReviews = facts.asksReviews && !(isReviewed && REVIEW_TYPES.every((type) => reviewed.includes(type)));
  const review = isMissingReviews
    ? [createTrap(kinds.missingReviewEvent({ types: REVIEW_TYPES.join(', ') }), 'open', file)]
    : [];
  const all = PULL_REQUEST_TYPES.join(', ');
  if (event === undefined)
    return [createTrap(kinds.noPullRequestEvent({ types: all }), 'open', file), ...group, ...review];
  const covered = new Set(gates.flatMap(({ triggers }) => listTypes(triggers[event])));
  const missing = PULL_REQUEST_TYPES.filter((type) => !covered.has(type));
  const effect = missing.some((type) => LEAVES_OLD_SUCCESS.has(type)) ? 'open' : 'stuck';
  return [
    ...(event === 'pull_request' ? [createTrap(kinds.pullRequestOnly(), 'open', file)] : []),
    ...(missing.length === 0
      ? []
      : [createTrap(kinds.missingTypes({ event, types: missing.join(', '), all }), effect, file)]),
    ...group,
    ...review,
  ];
}

/** Some changes cause no event on a pull request. Only scheduled runs detect them. */
function findScheduleTraps(gates: readonly WorkflowFacts[], { breakGlass }: DoctorFacts): readonly Trap[] {
  const crons = gates.flatMap((workflow) => workflow.crons);
  if (crons.length === 0) return [createTrap(kinds.noSchedule(), 'advice')];
  const isHourly = crons.some((cron) => /^\S+\s+\*(?:\/1)?\s+\*\s+\*\s+\*$/.test(cron.trim()));
  return breakGlass && !isHourly ? [createTrap(kinds.breakGlassOutlives(), 'advice')] : [];
}

function listTypes(trigger: WorkflowTrigger | undefined): readonly string[] {
  return trigger === undefined ? [] : (trigger.types ?? DEFAULT_TYPES);
}

function findFileTraps(workflow: WorkflowFacts, facts: DoctorFacts, isRequired: boolean): readonly Trap[] {
  const { path, triggers } = workflow;
  const filters = Object.entries(triggers).flatMap(([event, trigger]) =>
    findFilterTraps(path, event, trigger, facts.branch),
  );
  const concurrency = [workflow.concurrency, ...workflow.gateJobs.map((job) => job.concurrency)];
  const cancels = concurrency.some((one) => one !== null && one.cancels !== 'no');
  const withHead = 'pull_request_target' in triggers ? workflow.jobsWithHead : [];
  return [
    ...filters,
    ...(concurrency.some((one) => one !== null && mayReplaceRuns(one.group, triggers))
      ? [createTrap(kinds.editsReplaceRuns(), 'open', path)]
      : []),
    ...(cancels ? [createTrap(kinds.cancelInProgress(), 'open', path)] : []),
    ...(concurrency.every((one) => one === null) ? [createTrap(kinds.noConcurrency(), 'advice', path)] : []),
    ...withHead.map((job) => createTrap(kinds.checksOutHead({ job }), 'open', path)),
    ...workflow.gateJobs.flatMap((job) => findJobTraps(path, job, facts, isRequired)),
  ];
}

/**
 * Whether an edit without effect waits in one group with the other events of a pull request. Any user can cause such an edit.
 */
function mayReplaceRuns(group: string, triggers: WorkflowFacts['triggers']): boolean {
  const hasOwn = /^[^$]*\$\{\{\s*github\.run_id\s*\}\}[^$]*$/.test(group); // another group for each run
  const events = ['pull_request_target', 'pull_request'].filter((name) => name in triggers);
  const edits = events.some((name) => listTypes(triggers[name]).includes('edited')) && !group.includes('changes.base');
  const comments = 'issue_comment' in triggers && events.length > 0 && !group.includes('comment.id');
  return !hasOwn && (edits || comments);
}

/** Filters on the events that evaluate pull requests. `branches` is fine if it includes the branch. */
function findFilterTraps(path: string, event: string, trigger: WorkflowTrigger, branch: string): readonly Trap[] {
  if (!['pull_request_target', 'pull_request', 'merge_group'].includes(event)) return [];
  return Object.entries(trigger.filters).flatMap(([filter, values]) => {
    if (filter.startsWith('paths')) return [createTrap(kinds.pathFilter({ event, filter }), 'stuck', path)];
    const includesBranch = filter === 'branches' && values.some((value) => value === branch || value === '**');
    return includesBranch ? [] : [createTrap(kinds.branchFilter({ event, filter, branch }), 'stuck', path)];
  });
}

function findJobTraps(path: string, job: GateJob, facts: DoctorFacts, isRequired: boolean): readonly Trap[] {
  const { context } = facts;
  const values = { job: job.id, context, action: job.action };
  const skipped = isRequired ? 'open' : 'stuck';
  const own = job.inputs['status-context'] ?? '';
  return [
    ...(isCondition(job.condition) ? [createTrap(kinds.jobCondition(values), skipped, path)] : []),
    ...(isCondition(job.stepCondition) ? [createTrap(kinds.stepCondition(values), 'open', path)] : []),
    ...(job.needs ? [createTrap(kinds.jobNeeds(values), skipped, path)] : []),
    ...(job.matrix ? [createTrap(kinds.matrixJob(values), 'open', path)] : []),
    ...(own.includes('${{') ? [createTrap(kinds.dynamicContext(values), 'open', path)] : []),
    ...(job.name.trim().toLowerCase() === context.toLowerCase()
      ? [createTrap(kinds.jobNamedLikeStatus(values), 'open', path)]
      : []),
    ...(job.ignoresFailure ? [createTrap(kinds.ignoredFailure(values), isRequired ? 'open' : 'advice', path)] : []),
    ...(!['', 'enforce'].includes(job.inputs.mode ?? '') ? [createTrap(kinds.reportOnly(values), 'open', path)] : []),
    ...(/^\.\/|@[0-9a-f]{40}$/i.test(job.action) ? [] : [createTrap(kinds.actionNotPinned(values), 'advice', path)]),
    ...(facts.teams.length > 0 && !job.inputs['team-token']
      ? [createTrap(kinds.teamTokenMissing({ job: job.id, teams: facts.teams.join(', ') }), 'stuck', path)]
      : []),
    ...findPermissionTraps(path, job, facts),
  ];
}

function isCondition(condition: string | null): boolean {
  return condition !== null && !/^(?:\$\{\{\s*)?always\(\)(?:\s*\}\})?$/.test(condition.trim());
}

function findPermissionTraps(path: string, { id: job, permissions }: GateJob, facts: DoctorFacts): readonly Trap[] {
  if (permissions === null) {
    const effect = facts.defaultPermissions === 'write' ? 'advice' : 'stuck';
    return [
      createTrap(kinds.permissionsMissing({ job, standard: facts.defaultPermissions ?? 'unknown' }), effect, path),
    ];
  }
  const missing = Object.entries(NEEDED).filter(([scope, access]) => !grants(permissions, scope, access));
  const extra = listExtraPermissions(permissions);
  const words = missing.map(([scope, access]) => `${scope}: ${access}`).join(', ');
  return [
    ...(missing.length === 0 ? [] : [createTrap(kinds.permissionsTooFew({ job, missing: words }), 'stuck', path)]),
    ...(extra.length === 0
      ? []
      : [createTrap(kinds.permissionsTooMany({ job, extra: extra.join(', ') }), 'advice', path)]),
  ];
}

function grants(permissions: NonNullable<JobPermissions>, scope: string, access: 'read' | 'write'): boolean {
  if (permissions === 'write-all') return true;
  if (permissions === 'read-all') return access === 'read';
  const given = permissions[scope];
  return given === 'write' || given === access;
}

function listExtraPermissions(permissions: NonNullable<JobPermissions>): readonly string[] {
  if (permissions === 'write-all') return ['write-all'];
  if (permissions === 'read-all') return [];
  return Object.entries(permissions).flatMap(([scope, access]) =>
    HARMLESS.has(access) || NEEDED[scope] === access ? [] : [`${scope}: ${access}`],
  );
}

/** A required workflow runs only on the default types, so labels also need the ordinary workflow. */
function findRequiredWorkflowTraps(
  gates: readonly WorkflowFacts[],
  required: DoctorFacts['requiredWorkflows'],
  { context, requirements }: DoctorFacts,
): readonly Trap[] {
  const handlesUnlabeled = gates.some(({ triggers }) => listTypes(triggers.pull_request_target).includes('unlabeled'));
  if (handlesUnlabeled && requirements.length > 0) return [];
  return required.map(({ ruleset }) => createTrap(kinds.rulesetIgnoresTypes({ ruleset, context }), 'open'));
}
