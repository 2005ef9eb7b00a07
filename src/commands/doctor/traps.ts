/** From a repository's facts to its traps: settings with which a pull request bypasses the gate or waits forever. Pure. */
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import { traps as kinds } from './messages.ts';
import {
  createTrap,
  type DoctorFacts,
  listAppTokenJobs,
  type StatusRequirement,
  type Trap,
  usesAppToken,
} from './trap.ts';
import { findWorkflowTraps } from './workflow-traps.ts';

/** Every trap that the facts show, the dangerous ones first. */
export function findTraps(facts: DoctorFacts): readonly Trap[] {
  const found = [
    ...findRequirementTraps(facts),
    ...findWorkflowTraps(facts),
    ...findPolicyTraps(facts),
    ...findLabelTraps(facts),
  ];
  const rank = { open: 0, stuck: 1, advice: 2 } as const;
  return [...found].sort((a, b) => rank[a.effect] - rank[b.effect]);
}

function findRequirementTraps(facts: DoctorFacts): readonly Trap[] {
  const { branch, context, requirements } = facts;
  const settingsUnread = facts.unread.some(({ id }) => id === 'rules' || id === 'protection');
  if (requirements.length === 0) {
    return [
      ...(settingsUnread ? [] : [createTrap(kinds.statusNotRequired({ context, branch }), 'open')]),
      ...facts.inactiveRulesets.map(({ name, enforcement }) =>
        createTrap(kinds.rulesetNotActive({ ruleset: name, context, enforcement }), 'advice'),
      ),
    ];
  }
  return [
    ...findSourceTraps(facts),
    ...findBypassTraps(requirements),
    ...findBaseTraps(facts),
    ...findTokenTraps(facts),
  ];
}

/** The gate evaluates the change since the common ancestor. After the base has moved, GitHub can merge another change. */
function findBaseTraps({ requirements, mergeQueue, branch }: DoctorFacts): readonly Trap[] {
  if (mergeQueue || requirements.some(({ upToDate }) => upToDate !== false)) return [];
  return [createTrap(kinds.baseMayMove({ branch }), 'advice')];
}

function findTokenTraps(facts: DoctorFacts): readonly Trap[] {
  return listAppTokenJobs(facts).flatMap(({ file, job, inEnvironment }) => {
    if (!inEnvironment) return [createTrap(kinds.tokenOnAnyBranch({ job }), 'advice', file)];
    return facts.mergeQueue ? [createTrap(kinds.environmentInQueue({ job }), 'advice', file)] : [];
  });
}

function findSourceTraps(facts: DoctorFacts): readonly Trap[] {
  const { context, actionsAppId } = facts;
  const sources = facts.requirements.flatMap(({ appId }) => appId ?? []);
  // One requirement with a source is enough. An unreadable requirement may be that one.
  const mayHaveSource = facts.unread.some(({ id }) => id === 'rules' || id === 'protection');
  if (sources.length === 0) return mayHaveSource ? [] : [createTrap(kinds.anySource({ context }), 'open')];
  if (actionsAppId === null || facts.workflows.every(({ gateJobs }) => gateJobs.length === 0)) return [];
  const own = usesAppToken(facts);
  const wrong = sources.find((appId) => (appId === actionsAppId) === own);
  if (wrong === undefined) return [];
  const token = own ? 'another token than the job’s' : 'the job’s token (GitHub Actions)';
  return [createTrap(kinds.wrongSource({ context, app: wrong, token }), 'stuck')];
}

/** All requirements apply at once, so one without bypass actors is enough. */
function findBypassTraps(requirements: readonly StatusRequirement[]): readonly Trap[] {
  const known = requirements.flatMap(({ place, bypass }) => (bypass === null ? [] : [{ place, bypass }]));
  if (known.length < requirements.length || known.some(({ bypass }) => bypass.length === 0)) return [];
  const who = known.map(({ place, bypass }) => `${place} lets ${bypass.join(', ')} pass`).join('; ');
  return [createTrap(kinds.bypassAllowed({ who }), 'open')];
}

function findPolicyTraps({ misnamedPolicy: file }: DoctorFacts): readonly Trap[] {
  return file === null ? [] : [createTrap(kinds.policyMisnamed({ file, expected: DEFAULT_POLICY_PATH }), 'open')];
}

function findLabelTraps({ labels, invalidPolicy }: DoctorFacts): readonly Trap[] {
  if (invalidPolicy !== null) return [createTrap(kinds.policyInvalid({ file: invalidPolicy }), 'stuck')];
  const there = new Set((labels?.there ?? []).map((name) => name.toLowerCase()));
  const missing = (labels?.wanted ?? []).filter((name) => !there.has(name.toLowerCase()));
  return missing.length === 0 ? [] : [createTrap(kinds.labelsMissing({ labels: missing.join(', ') }), 'stuck')];
}
