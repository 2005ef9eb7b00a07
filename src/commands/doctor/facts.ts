/** The facts in which `doctor` finds traps, read from GitHub. Requests only read settings. They never write. */

import { readBuiltInPolicies } from '../../gate/built-in-policies.ts';
import { ask } from '../../github/client.ts';
import { UsageError } from '../../model/errors.ts';
import { CODE_OWNERS_PATHS } from '../../model/paths.ts';
import { asksCodeOwners, asksReviews, DEFAULT_POLICY_PATH, listTeams, type Policy } from '../../model/policy.ts';
import { parseCodeOwners } from '../../policy/code-owners.ts';
import { findMisnamedPolicy } from '../../review/choose-policy.ts';
import { chooseLocalPolicy } from '../local-files.ts';
import type { Connection } from '../open-connection.ts';
import { listPolicyLabels } from '../policy-labels.ts';
import { readRemotePolicy } from '../remote-files.ts';
import { readProtection } from './protection.ts';
import { readBranchRules } from './rules.ts';
import { SettingsReader } from './settings-reader.ts';
import { ACTIONS_APP_ID, type DoctorFacts } from './trap.ts';
import { parseWorkflow, type WorkflowFacts } from './workflow-facts.ts';

/** The input of `doctor`. */
export interface DoctorQuestion {
  readonly branch: string | null;
  readonly workflow: string | null;
  readonly context: string | null;
  /** Whether the server is github.com. Only there the id of the Actions app is known. */
  readonly publicServer: boolean;
}

const WORKFLOWS = '.github/workflows';
const DEFAULT_CONTEXT = 'HealthVault go-live';

/** The settings, and the kind of token that read them. */
export interface DoctorReading {
  readonly facts: DoctorFacts;
  /** Scopes of a classic token, or null for every other kind. */
  readonly scopes: string | null;
}

/** Reads everything. @throws PlatformError when the repository itself cannot be read. */
export async function readFacts(connection: Connection, question: DoctorQuestion): Promise<DoctorReading> {
  const { client, repository } = connection;
  const reader = new SettingsReader(connection);
  const { data, headers } = await ask('settings', () => client.rest.repos.get(repository));
  const branch = question.branch ?? data.default_branch;
  const workflows = await readWorkflows(reader, data.default_branch, question.workflow);
  const jobs = workflows.flatMap(({ gateJobs }) => gateJobs);
  const context = question.context ?? findConstantInput(jobs, 'status-context') ?? DEFAULT_CONTEXT;
  const rules = await readBranchRules(reader, branch, context);
  const protection = await readProtection(reader, branch, context);
  const requirements = [...rules.requirements, ...protection];
  if (!requirements.some(({ bypass }) => bypass?.length === 0)) {
    for (const { place, bypass } of requirements) if (bypass === null) reader.note('bypass', place);
  }
  const policyPath = findConstantInput(jobs, 'policy') ?? DEFAULT_POLICY_PATH;
  const { policy, isInvalid, misnamed } = await readPolicyAt(reader, policyPath, data.default_branch);
  const there = await reader.ask('labels', ({ issues }) =>
    client.paginate(issues.listLabelsForRepo, { ...repository, per_page: 100 }),
  );
  const wanted = policy === null ? null : listPolicyLabels(policy).map(({ name }) => name);
  return {
    scopes: headers['x-oauth-scopes'] ?? null,
    facts: {
      branch,
      context,
      requirements,
      inactiveRulesets: rules.inactive,
      requiredWorkflows: rules.workflows,
      mergeQueue: rules.mergeQueue,
      workflows,
      defaultPermissions: jobs.some(({ permissions }) => permissions === null)
        ? await readDefaultPermissions(reader)
        : null,
      labels: there === null || wanted === null ? null : { wanted, there: there.map(({ name }) => name) },
      teams: policy === null ? [] : await readApproverTeams(reader, policy, data.default_branch),
      asksReviews: policy !== null && asksReviews(policy),
      breakGlass: policy !== null && policy.breakGlass !== null,
      invalidPolicy: isInvalid ? policyPath : null,
      misnamedPolicy: misnamed,
      actionsAppId: question.publicServer ? ACTIONS_APP_ID : null,
      unread: reader.unread,
    },
  };
}

/** The gate's workflows on the default branch. A workflow from `--workflow` is always included. */
async function readWorkflows(
  reader: SettingsReader,
  branch: string,
  asked: string | null,
): Promise<readonly WorkflowFacts[]> {
  const paths = asked === null ? await reader.listFolder(WORKFLOWS, branch) : [toWorkflowPath(asked)];
  const files = paths.filter((path) => /\.ya?ml$/i.test(path));
  const own = reader.connection.repository.repo.toLowerCase() === 'healthvault-go-live-gate';
  const read = await Promise.all(
    files.map(async (path) => {
      const text = await reader.readFile(path, branch);
      return text === null ? [] : [parseWorkflow(path, text, own || asked !== null)];
    }),
  );
  const hasGateName = (path: string) => asked !== null || /go-live|healthvault/i.test(path);
  return read
    .flat()
    .filter(({ path, problem, gateJobs }) => gateJobs.length > 0 || (problem !== null && hasGateName(path)));
}

function toWorkflowPath(workflow: string): string {
  return workflow.includes('/') ? workflow.replace(/^\.?\//, '') : `${WORKFLOWS}/${workflow}`;
}

/** The first value of an input that is a constant, not an expression. */
function findConstantInput(jobs: WorkflowFacts['gateJobs'], name: string): string | null {
  return jobs.map(({ inputs }) => inputs[name] ?? '').find((value) => value !== '' && !value.includes('${{')) ?? null;
}

interface PolicyReading {
  /** Null: invalid, or it could not be read. */
  readonly policy: Policy | null;
  readonly isInvalid: boolean;
  /** A file that is not read because its name is not quite the policy's. */
  readonly misnamed: string | null;
}

async function readPolicyAt(reader: SettingsReader, path: string, branch: string): Promise<PolicyReading> {
  const before = reader.unread.length;
  try {
    const found = await readRemotePolicy((name) => reader.readFile(name, branch), path);
    if (reader.unread.length > before) return { policy: null, isInvalid: false, misnamed: null };
    const { policy } = await chooseLocalPolicy(found.content, found.path, await readBuiltInPolicies());
    const isMissing = found.content === null && path === DEFAULT_POLICY_PATH;
    return { policy, isInvalid: false, misnamed: isMissing ? await findMisnamed(reader, branch) : null };
  } catch (error) {
    if (error instanceof UsageError) return { policy: null, isInvalid: true, misnamed: null };
    throw error;
  }
}

async function findMisnamed(reader: SettingsReader, branch: string): Promise<string | null> {
  const [root, github] = await Promise.all(['', '.github'].map((folder) => reader.listFolder(folder, branch)));
  return findMisnamedPolicy([...(github ?? []), ...(root ?? [])]);
}

/** The teams that approve: the teams in the policy, and the code owners if the policy names them. */
async function readApproverTeams(reader: SettingsReader, policy: Policy, branch: string): Promise<readonly string[]> {
  if (!asksCodeOwners(policy)) return listTeams(policy);
  const texts = await Promise.all(CODE_OWNERS_PATHS.map((path) => reader.readFile(path, branch)));
  const owners = parseCodeOwners(texts.find((text) => text !== null) ?? '').flatMap(({ teams }) => teams);
  return [...new Set([...listTeams(policy), ...owners])].sort();
}

async function readDefaultPermissions(reader: SettingsReader): Promise<'read' | 'write' | null> {
  const answer = await reader.ask('default-permissions', ({ actions }, repository) =>
    actions.getGithubActionsDefaultWorkflowPermissionsRepository(repository),
  );
  return answer?.data.default_workflow_permissions ?? null;
}
