/** From a repository's facts to its traps: what would let a pull request slip past the gate, or keep it waiting. Pure. */
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import { traps as kinds } from './messages.ts';
import { appTokenJobs, type DoctorFacts, type StatusRequirement, type Trap, trap, usesAppToken } from './trap.ts';
import { workflowTraps } from './workflow-traps.ts';

/** Every trap that the facts show, the dangerous ones first. */
export function findTraps(facts: DoctorFacts): readonly Trap[] {
  const found = [...requirementTraps(facts), ...workflowTraps(facts), ...policyTraps(facts), ...labelTraps(facts)];
  const rank = { open: 0, stuck: 1, advice: 2 } as const;
  return [...found].sort((a, b) => rank[a.effect] - rank[b.effect]);
}

function requirementTraps(facts: DoctorFacts): readonly Trap[] {
  const { branch, context, requirements } = facts;
  const settingsUnread = facts.unread.some(({ id }) => id === 'rules' || id === 'protection');
  if (requirements.length === 0) {
    return [
      ...(settingsUnread ? [] : [trap(kinds.statusNotRequired({ context, branch }), 'open')]),
      ...facts.inactiveRulesets.map(({ name, enforcement }) =>
        trap(kinds.rulesetNotActive({ ruleset: name, context, enforcement }), 'advice'),
      ),
    ];
  }
  return [...sourceTraps(facts), ...bypassTraps(requirements), ...baseTraps(facts), ...tokenTraps(facts)];
}

/** What is evaluated is the change since the common ancestor; where the base has moved since, another one may be merged. */
function baseTraps({ requirements, mergeQueue, branch }: DoctorFacts): readonly Trap[] {
  if (mergeQueue || requirements.some(({ upToDate }) => upToDate !== false)) return [];
  return [trap(kinds.baseMayMove({ branch }), 'advice')];
}

function tokenTraps(facts: DoctorFacts): readonly Trap[] {
  return appTokenJobs(facts).flatMap(({ file, job, inEnvironment }) => {
    if (!inEnvironment) return [trap(kinds.tokenOnAnyBranch({ job }), 'advice', file)];
    return facts.mergeQueue ? [trap(kinds.environmentInQueue({ job }), 'advice', file)] : [];
  });
}

function sourceTraps(facts: DoctorFacts): readonly Trap[] {
  const { context, actionsAppId } = facts;
  const sources = facts.requirements.flatMap(({ appId }) => appId ?? []);
  // One requirement with a source is enough; where another one cannot be read, it may be that one.
  const unsure = facts.unread.some(({ id }) => id === 'rules' || id === 'protection');
  if (sources.length === 0) return unsure ? [] : [trap(kinds.anySource({ context }), 'open')];
  if (actionsAppId === null || facts.workflows.every(({ gateJobs }) => gateJobs.length === 0)) return [];
  const own = usesAppToken(facts);
  const wrong = sources.find((appId) => (appId === actionsAppId) === own);
  if (wrong === undefined) return [];
  const token = own ? 'another token than the job’s' : 'the job’s token (GitHub Actions)';
  return [trap(kinds.wrongSource({ context, app: wrong, token }), 'stuck')];
}

/** All requirements apply at once, so one without bypass actors is enough. */
function bypassTraps(requirements: readonly StatusRequirement[]): readonly Trap[] {
  const known = requirements.flatMap(({ place, bypass }) => (bypass === null ? [] : [{ place, bypass }]));
  if (known.length < requirements.length || known.some(({ bypass }) => bypass.length === 0)) return [];
  const who = known.map(({ place, bypass }) => `${place} lets ${bypass.join(', ')} pass`).join('; ');
  return [trap(kinds.bypassAllowed({ who }), 'open')];
}

function policyTraps({ misnamedPolicy: file }: DoctorFacts): readonly Trap[] {
  return file === null ? [] : [trap(kinds.policyMisnamed({ file, expected: DEFAULT_POLICY_PATH }), 'open')];
}

function labelTraps({ labels, invalidPolicy }: DoctorFacts): readonly Trap[] {
  if (invalidPolicy !== null) return [trap(kinds.policyInvalid({ file: invalidPolicy }), 'stuck')];
  const there = new Set((labels?.there ?? []).map((name) => name.toLowerCase()));
  const missing = (labels?.wanted ?? []).filter((name) => !there.has(name.toLowerCase()));
  return missing.length === 0 ? [] : [trap(kinds.labelsMissing({ labels: missing.join(', ') }), 'stuck')];
}
