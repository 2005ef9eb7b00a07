/** `labels`: creates or repairs the labels that the policy names. Other labels are never touched. */

import { readBuiltInPolicies } from '../gate/built-in-policies.ts';
import { ask } from '../github/client.ts';
import { DEFAULT_POLICY_PATH } from '../model/policy.ts';
import { makeVisible } from '../render/escape.ts';
import { type ChosenPolicy, choosePolicy } from '../review/choose-policy.ts';
import { type Command, type Given, getOptionValue, type Terminal } from './command.ts';
import { chooseLocalPolicy, readPolicyFile, readTeamPolicy } from './local-files.ts';
import { type Connection, openConnection, readToken, repositoryOption } from './open-connection.ts';
import { compareLabels, type LabelPlan, listPolicyLabels } from './policy-labels.ts';
import { readRemoteFile, readRemotePolicy } from './remote-files.ts';

/** The `labels` command. */
export const labels: Command = {
  name: 'labels',
  connects: true,
  options: [
    repositoryOption,
    {
      name: 'policy',
      value: '<file>',
      text: `policy; default: ${DEFAULT_POLICY_PATH} here, else of the default branch, else the built-in policy`,
    },
    { name: 'dry-run', text: 'prints the changes without making them' },
  ],
  async run(given, terminal) {
    const dry = given.values['dry-run'] === true;
    if (dry && readToken() === null) return listWithoutToken(given, terminal);
    const connection = openConnection(given, 'issues: write');
    const chosen = await findPolicy(connection, given);
    const existing = await ask('create-label', () =>
      connection.client.paginate(connection.client.rest.issues.listLabelsForRepo, {
        ...connection.repository,
        per_page: 100,
      }),
    );
    const plans = compareLabels(listPolicyLabels(chosen.policy), existing);
    for (const plan of plans) {
      if (!dry) await carryOut(connection, plan);
      terminal.writeOut(`${renderPlan(plan, dry)}\n`);
    }
    const kept = plans.filter(({ kind }) => kind === 'keep').length;
    const done = dry ? 'to create or update' : 'created or updated';
    const counts = `${plans.length} labels of the policy (${makeVisible(chosen.source)})`;
    terminal.writeOut(`${connection.name}: ${counts}, ${plans.length - kept} ${done}.\n`);
    return 0;
  },
};

/** Prints the labels of the policy. Without a token, the labels of the repository are not known. */
async function listWithoutToken(given: Given, terminal: Terminal): Promise<number> {
  const { policy, source } =
    (await findLocalPolicy(given)) ?? (await choosePolicy(null, DEFAULT_POLICY_PATH, await readBuiltInPolicies()));
  const wanted = listPolicyLabels(policy);
  for (const { name, description } of wanted)
    terminal.writeOut(`  ${makeVisible(name)}  ${makeVisible(description)}\n`);
  terminal.writeOut(`${wanted.length} labels of the policy (${makeVisible(source)}). `);
  terminal.writeOut('Set GITHUB_TOKEN or GH_TOKEN to see which of them exist.\n');
  return 0;
}

async function carryOut({ client, repository }: Connection, plan: LabelPlan): Promise<void> {
  if (plan.kind === 'keep') return;
  const { name, color, description } = plan.wanted;
  await ask('create-label', async () => {
    if (plan.kind === 'create') await client.rest.issues.createLabel({ ...repository, name, color, description });
    else {
      const renamed = plan.current === name ? {} : { new_name: name };
      await client.rest.issues.updateLabel({ ...repository, name: plan.current, ...renamed, color, description });
    }
  });
}

function renderPlan(plan: LabelPlan, dry: boolean): string {
  const name = makeVisible(plan.wanted.name);
  if (plan.kind === 'keep') return `  unchanged  ${name}`;
  if (plan.kind === 'create') return `  ${dry ? 'to create' : 'created'}  ${name}`;
  return `  ${dry ? 'to update' : 'updated'}  ${name} (${plan.differs.join(', ')})`;
}

/** The policy that the gate will most likely use: a local file is usually the one about to be merged. */
async function findPolicy(connection: Connection, given: Given): Promise<ChosenPolicy> {
  const local = await findLocalPolicy(given);
  if (local !== null) return local;
  const presets = await readBuiltInPolicies();
  const { client, repository } = connection;
  const { data } = await ask('settings', () => client.rest.repos.get(repository));
  const branch = data.default_branch;
  const { path, content } = await readRemotePolicy(
    (name) => readRemoteFile(connection, name, branch),
    DEFAULT_POLICY_PATH,
  );
  return chooseLocalPolicy(content, path, presets, branch);
}

async function findLocalPolicy(given: Given): Promise<ChosenPolicy | null> {
  const presets = await readBuiltInPolicies();
  const option = getOptionValue(given, 'policy');
  if (option !== undefined) return readPolicyFile(option, presets);
  const { path, content } = await readTeamPolicy('.');
  return content === null ? null : chooseLocalPolicy(content, path, presets);
}
