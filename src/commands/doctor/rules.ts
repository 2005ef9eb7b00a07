/** What the rulesets demand of a branch: the gate's status, workflows, a merge queue, and who may bypass them. */
import { ask, type GitHubClient } from '../../github/client.ts';
import type { Connection } from '../open-connection.ts';
import type { Notes } from './notes.ts';
import type { DoctorFacts, Requirement } from './trap.ts';

/** The answer of the rulesets. */
export interface RuleFacts {
  readonly requirements: readonly Requirement[];
  readonly workflows: DoctorFacts['requiredWorkflows'];
  readonly mergeQueue: boolean;
  readonly inactive: DoctorFacts['inactiveRulesets'];
}

type BranchRules = Awaited<ReturnType<GitHubClient['rest']['repos']['getBranchRules']>>['data'];
type Ruleset = Awaited<ReturnType<GitHubClient['rest']['repos']['getRepoRuleset']>>['data'];

/** Reads the rules that are in force on the branch, and the rulesets behind them. @throws PlatformError */
export async function readRules(
  connection: Connection,
  branch: string,
  context: string,
  notes: Notes,
): Promise<RuleFacts> {
  const { client, repository } = connection;
  const rules: BranchRules =
    (await notes.read('rules', () =>
      ask('settings', () =>
        client.paginate(client.rest.repos.getBranchRules, { ...repository, branch, per_page: 100 }),
      ),
    )) ?? [];
  const demands = rules.flatMap((rule) => {
    if (rule.type !== 'required_status_checks') return [];
    const checks = rule.parameters?.required_status_checks ?? [];
    return checks
      .filter((check) => check.context === context)
      .map((check) => ({ rule, appId: check.integration_id ?? null }));
  });
  const workflowRules = rules.flatMap((rule) => (rule.type === 'workflows' ? [rule] : []));
  const rulesets = await readRulesets(connection, [...demands.map(({ rule }) => rule), ...workflowRules], notes);
  const nameRuleset = (id: number | undefined): string =>
    rulesets.known.get(id ?? -1)?.name ?? `number ${id ?? 'unknown'}`;
  return {
    requirements: demands.map(({ rule, appId }) => ({
      place: `the ruleset "${nameRuleset(rule.ruleset_id)}"`,
      organization: isAboveRepository(rule.ruleset_source_type),
      appId: appId !== null && appId < 0 ? null : appId,
      bypass: listBypassActors(rulesets.known.get(rule.ruleset_id ?? -1)),
      upToDate: rule.parameters?.strict_required_status_checks_policy === true,
    })),
    workflows: workflowRules.flatMap((rule) =>
      (rule.parameters?.workflows ?? []).map(({ path }) => ({
        path,
        ruleset: nameRuleset(rule.ruleset_id),
        organization: isAboveRepository(rule.ruleset_source_type),
      })),
    ),
    mergeQueue: rules.some(({ type }) => type === 'merge_queue'),
    inactive: rulesets.others.flatMap((ruleset) =>
      ruleset.enforcement !== 'active' && namesContext(ruleset, context)
        ? [{ name: ruleset.name, enforcement: ruleset.enforcement }]
        : [],
    ),
  };
}

/** The rulesets behind the rules, and where nothing demands the status those that are switched off. */
async function readRulesets(
  { client, repository }: Connection,
  rules: readonly { readonly type: string; readonly ruleset_id?: number }[],
  notes: Notes,
): Promise<{ readonly known: ReadonlyMap<number, Ruleset>; readonly others: readonly Ruleset[] }> {
  const read = (ids: readonly number[]) =>
    Promise.all(
      ids.map(async (id) => {
        const answer = await notes.read('rulesets', () =>
          ask('settings', () => client.rest.repos.getRepoRuleset({ ...repository, ruleset_id: id })),
        );
        return answer === null ? [] : [answer.data];
      }),
    );
  const wanted = [...new Set(rules.flatMap(({ ruleset_id: id }) => id ?? []))];
  const known = (await read(wanted)).flat();
  if (rules.some(({ type }) => type === 'required_status_checks')) {
    return { known: new Map(known.map((one) => [one.id, one])), others: [] };
  }
  const all =
    (await notes.read('rulesets', () =>
      ask('settings', () => client.paginate(client.rest.repos.getRepoRulesets, { ...repository, per_page: 100 })),
    )) ?? [];
  const switchedOff = all.filter(({ enforcement }) => enforcement !== 'active').map(({ id }) => id);
  return { known: new Map(known.map((one) => [one.id, one])), others: (await read(switchedOff)).flat() };
}

/** GitHub shows bypass actors only to who may edit the ruleset; an answer without them says nothing. */
function listBypassActors(ruleset: Ruleset | undefined): readonly string[] | null {
  if (ruleset === undefined) return null;
  if (ruleset.bypass_actors !== undefined) {
    return ruleset.bypass_actors.map(({ actor_type: type, actor_id: id, bypass_mode: mode }) => {
      const who = type === 'RepositoryRole' ? `the role ${roleName(id ?? null)}` : `${type} ${id ?? ''}`.trim();
      return mode === 'pull_request' ? `${who} (in pull requests)` : who;
    });
  }
  const own = ruleset.current_user_can_bypass;
  return own !== undefined && own !== 'never' ? ['the owner of this token'] : null;
}

/** An organization's or enterprise's: nobody in the repository can change it. (The typings know two of the three.) */
function isAboveRepository(source: string | undefined): boolean {
  return source === 'Organization' || source === 'Enterprise';
}

/** Ids of GitHub's own repository roles. */
function roleName(id: number | null): string {
  return id === 5 ? 'admin' : id === 4 ? 'write' : id === 2 ? 'maintain' : String(id ?? 'unknown');
}

function namesContext(ruleset: Ruleset, context: string): boolean {
  return (ruleset.rules ?? []).some(
    (rule) =>
      rule.type === 'required_status_checks' &&
      (rule.parameters?.required_status_checks ?? []).some((check) => check.context === context),
  );
}
