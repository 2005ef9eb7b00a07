/** How far the set-up can be trusted: the three levels of SECURITY.md. Pure. */
import { type DoctorFacts, isGateWorkflow, listAppTokenJobs, type Trap } from './trap.ts';

/** 0: a pull request can bypass the gate. 1: the job's token. 2: an App as the expected source. 3: an organization's ruleset. */
export type TrustLevel = 0 | 1 | 2 | 3;

/** The level that the facts reach once no trap is open. */
export function findTrustLevel(facts: DoctorFacts, traps: readonly Trap[]): TrustLevel {
  if (traps.some(({ effect }) => effect === 'open') || facts.requirements.length === 0) return 0;
  const { requiredWorkflows, workflows } = facts;
  if (requiredWorkflows.some(({ organization, path }) => organization && isGateWorkflow(path, workflows))) return 3;
  const jobs = listAppTokenJobs(facts);
  // If a workflow of any branch can read the secret, every user with write access can.
  if (jobs.length === 0 || jobs.some(({ inEnvironment }) => !inEnvironment)) return 1;
  const own = facts.requirements.filter(({ appId }) => appId !== null && appId !== facts.actionsAppId);
  if (own.length === 0) return 1;
  return own.some(({ organization }) => organization) ? 3 : 2;
}

/** 1 if there is a trap, 3 if something relevant could not be read, else 0. Advice alone does not fail. */
export function toDoctorExitCode(facts: DoctorFacts, traps: readonly Trap[]): 0 | 1 | 3 {
  if (traps.some(({ effect }) => effect !== 'advice')) return 1;
  return facts.unread.some(({ id }) => id !== 'default-permissions') ? 3 : 0;
}
