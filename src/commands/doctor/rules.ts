/** The requirements of the rulesets for a branch: the gate's status, workflows, a merge queue, and bypass actors. */
import type { GitHubClient } from '../../github/client.ts';
import type { SettingsReader } from './settings-reader.ts';
import type { DoctorFacts, StatusRequirement } from './trap.ts';

/** The answer of the rulesets. */
export interface RuleFacts {
  readonly requirements: readonly StatusRequirement[];
  readonly workflows: DoctorFacts['requiredWorkflows'];
  readonly mergeQueue: boolean;
  readonly inactive: DoctorFacts['inactiveRulesets'];
}

type BranchRules = Awaited<ReturnType<GitHubClient['rest']['repos']['getBranchRules']>>['data'];
type Ruleset = Awaited<ReturnType<GitHubClient['rest']['repos']['getRepoRuleset']>>['data'];

/** Reads the rules that are in force on the branch, and the rulesets behind them. @throws PlatformError */
export async function readBranchRules(reader: SettingsReader, branch: string, context: string): Promise<RuleFacts> {
  const rules: BranchRules =
    (await reader.ask('rules', ({ repos }, repository, client) =>
      client.paginate(repos.getBranchRules, { ...repository, branch, per_page: 100 }),
    )) ?? [];
  const demands = rules.flatMap((rule) => {
    if (rule.type !== 'required_status_checks') return [];
    const checks = rule.parameters?.required_status_checks ?? [];
    return checks
      .filter((check) => check.context === context)
      .map((check) => ({ rule, appId: check.integration_id ?? null }));
  });
  const workflowRules = rules.flatMap((rule) => (rule.type === 'workflows' ? [rule] : []));
  const rulesets = await readRulesets(reader, [...demands.map(({ rule }) => rule), ...workflowRules]);
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

/** The rulesets behind the rules. If nothing requires the status, also the disabled rulesets. */
async function readRulesets(
  reader: SettingsReader,
  rules: readonly { readonly type: string; readonly ruleset_id?: number }[],
): Promise<{ readonly known: ReadonlyMap<number, Ruleset>; readonly others: readonly Ruleset[] }> {
  const read = async (ids: readonly number[]): Promise<readonly Ruleset[]> => {
    const answers = await Promise.all(
      ids.map((id) =>
        reader.ask('rulesets', ({ repos }, repository) => repos.getRepoRuleset({ ...repository, ruleset_id: id })),
      ),
    );
    return answers.flatMap((answer) => answer?.data ?? []);
  };
  const wanted = [...new Set(rules.flatMap(({ ruleset_id: id }) => id ?? []))];
  const known = new Map((await read(wanted)).map((one) => [one.id, one]));
  if (rules.some(({ type }) => type === 'required_status_checks')) return { known, others: [] };
  const all =
    (await reader.ask('rulesets', ({ repos }, repository, client) =>
      client.paginate(repos.getRepoRulesets, { ...repository, per_page: 100 }),
    )) ?? [];
  const switchedOff = all.filter(({ enforcement }) => enforcement !== 'active').map(({ id }) => id);
  return { known, others: await read(switchedOff) };
}

/** GitHub shows bypass actors only to accounts that may edit the ruleset. An answer without them proves nothing. */
function listBypassActors(ruleset: Ruleset | undefined): readonly string[] | null {
  if (ruleset === undefined) return null;
  if (ruleset.bypass_actors !== undefined) {
    return ruleset.bypass_actors.map(({ actor_type: type, actor_id: id, bypass_mode: mode }) => {
      const who = type === 'RepositoryRole' ? `the role ${getRoleName(id ?? null)}` : `${type} ${id ?? ''}`.trim();
      return mode === 'pull_request' ? `${who} (in pull requests)` : who;
    });
  }
  const own = ruleset.current_user_can_bypass;
  return own !== undefined && own !== 'never' ? ['the owner of this token'] : null;
}

/** An organization's or enterprise's: it cannot be changed in the repository. (The typings know two of the three.) */
function isAboveRepository(source: string | undefined): boolean {
  return source === 'Organization' || source === 'Enterprise';
}

/** Ids of GitHub's own repository roles. */
function getRoleName(id: number | null): string {
  return id === 5 ? 'admin' : id === 4 ? 'write' : id === 2 ? 'maintain' : String(id ?? 'unknown');
}

function namesContext(ruleset: Ruleset, context: string): boolean {
  return (ruleset.rules ?? []).some(
    (rule) =>
      rule.type === 'required_status_checks' &&
      (rule.parameters?.required_status_checks ?? []).some((check) => check.context === context),
  );
}
