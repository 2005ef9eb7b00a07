/** The requirements of a classic branch protection, as far as the token can read them. */
import { ask, getHttpStatus } from '../../github/client.ts';
import type { SettingsReader } from './settings-reader.ts';
import type { StatusRequirement } from './trap.ts';

interface StatusChecks {
  readonly contexts?: readonly string[];
  readonly checks?: readonly { readonly context: string; readonly app_id: number | null }[];
  readonly enforcement_level?: string;
  readonly strict?: boolean;
}

const PLACE = 'the branch protection';

/** Reads the protection, or the summary of the branch if the token lacks permission. @throws PlatformError */
export async function readProtection(
  reader: SettingsReader,
  branch: string,
  context: string,
): Promise<readonly StatusRequirement[]> {
  const { client, repository } = reader.connection;
  try {
    const { data } = await client.rest.repos.getBranchProtection({ ...repository, branch });
    const admins = data.enforce_admins?.enabled === true ? [] : ['administrators'];
    return findRequirement(data.required_status_checks ?? null, context, admins);
  } catch (error) {
    const status = getHttpStatus(error);
    if (status === 404 && error instanceof Error && /branch not protected/i.test(error.message)) return [];
    if (status !== 403 && status !== 404) return await ask('settings', () => Promise.reject(error));
  }
  return readProtectionSummary(reader, branch, context);
}

/** The branch's own summary: which statuses, from which source, and whether administrators are bound. */
async function readProtectionSummary(
  reader: SettingsReader,
  branch: string,
  context: string,
): Promise<readonly StatusRequirement[]> {
  const answer = await reader.ask('protection', ({ repos }, repository) => repos.getBranch({ ...repository, branch }));
  if (answer === null) return [];
  const { enabled, required_status_checks: checks } = answer.data.protection;
  if (enabled === false) return [];
  if (enabled === undefined || checks === undefined) {
    reader.note('protection');
    return [];
  }
  const level = checks.enforcement_level;
  if (level === 'off') return [];
  const bypass = level === 'everyone' ? [] : level === 'non_admins' ? ['administrators'] : null;
  return findRequirement(checks, context, bypass);
}

function findRequirement(
  checks: StatusChecks | null,
  context: string,
  bypass: readonly string[] | null,
): readonly StatusRequirement[] {
  const check = checks?.checks?.find((one) => one.context === context);
  if (check === undefined && checks?.contexts?.includes(context) !== true) return [];
  const appId = check?.app_id ?? null;
  const source = appId !== null && appId < 0 ? null : appId;
  return [{ place: PLACE, organization: false, appId: source, bypass, upToDate: checks?.strict ?? null }];
}
