/** Whether GitHub requires the gate's status before something is merged into a branch. */
import { ask, isHidden } from './client.ts';
import type { RepositoryAccess } from './repository-connection.ts';

/**
 * Whether a ruleset or the branch's protection requires the status. Both are readable with the job's token. If GitHub shows
 * neither, the status counts as not required. @throws PlatformError for any other failure
 */
export async function isStatusRequired(access: RepositoryAccess, branch: string, context: string): Promise<boolean> {
  const { client, repository } = access;
  const [rules, contexts] = await Promise.all([
    readIfVisible(() => client.paginate(client.rest.repos.getBranchRules, { ...repository, branch, per_page: 100 })),
    readIfVisible(async () => {
      const { data } = await client.rest.repos.getBranch({ ...repository, branch });
      return data.protection.required_status_checks?.contexts ?? [];
    }),
  ]);
  const byRules = (rules ?? []).flatMap((rule) =>
    rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const required = [...byRules.map((check) => check.context), ...(contexts ?? [])];
  return required.some((name) => name.toLowerCase() === context.toLowerCase());
}

/** Null if GitHub does not show it to this token. */
async function readIfVisible<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await ask('settings', read);
  } catch (error) {
    if (isHidden(error)) return null;
    throw error;
  }
}
