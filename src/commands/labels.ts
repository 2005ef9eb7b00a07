/** `labels`: creates or repairs the labels that the policy names. Other labels are never touched. */
import { readFile } from 'node:fs/promises';
import messages from '../../data/messages/commands.json' with { type: 'json' };
import { packagedPolicies } from '../git/packaged-files.ts';
import { ask } from '../github/client.ts';
import { UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { visible } from '../render/escape.ts';
import { type ChosenPolicy, choosePolicy, DEFAULT_POLICY_PATH, readPresets } from '../review/choose-policy.ts';
import { type Command, type Given, optionValue } from './command.ts';
import { type Connected, connectTo, repositoryOption } from './open-connection.ts';
import { type LabelPlan, labelsOf, planLabels } from './policy-labels.ts';
import { remoteFile } from './remote-files.ts';

/** The `labels` command. */
export const labels: Command = {
  name: 'labels',
  connects: true,
  operands: '',
  summary: 'creates or repairs the labels that the policy names (needs issues: write)',
  options: [
    repositoryOption,
    {
      name: 'policy',
      value: '<file>',
      text: `the policy; default: ${DEFAULT_POLICY_PATH} here, else of the default branch, else the built-in one`,
    },
    { name: 'dry-run', text: 'only says what would be done' },
  ],
  async run(given, terminal) {
    const connected = connectTo(given, 'issues: write');
    const chosen = await policyFor(connected, given);
    const there = await ask('create-label', () =>
      connected.client.paginate(connected.client.rest.issues.listLabelsForRepo, {
        ...connected.repository,
        per_page: 100,
      }),
    );
    const dry = given.values['dry-run'] === true;
    const plans = planLabels(labelsOf(chosen.policy), there);
    for (const plan of plans) {
      if (!dry) await carryOut(connected, plan);
      terminal.out(`${lineOf(plan, dry)}\n`);
    }
    const kept = plans.filter(({ kind }) => kind === 'keep').length;
    const done = dry ? 'would be created or repaired' : 'created or repaired';
    const counts = `${plans.length} labels of the policy (${visible(chosen.source)})`;
    terminal.out(`${connected.name}: ${counts}, ${plans.length - kept} ${done}.\n`);
    return 0;
  },
};

async function carryOut({ client, repository }: Connected, plan: LabelPlan): Promise<void> {
  if (plan.kind === 'keep') return;
  const { name, color, description } = plan.wish;
  await ask('create-label', async () => {
    if (plan.kind === 'create') await client.rest.issues.createLabel({ ...repository, name, color, description });
    else {
      const renamed = plan.current === name ? {} : { new_name: name };
      await client.rest.issues.updateLabel({ ...repository, name: plan.current, ...renamed, color, description });
    }
  });
}

function lineOf(plan: LabelPlan, dry: boolean): string {
  const name = visible(plan.wish.name);
  if (plan.kind === 'keep') return `  as it should be  ${name}`;
  if (plan.kind === 'create') return `  ${dry ? 'to be created' : 'created'}  ${name}`;
  return `  ${dry ? 'to be repaired' : 'repaired'}  ${name} (${plan.differs.join(', ')})`;
}

/** The policy that the gate will use, as near as can be told: the file here is usually the one about to be merged. */
async function policyFor(connected: Connected, given: Given): Promise<ChosenPolicy> {
  const presets = readPresets(await packagedPolicies());
  const option = optionValue(given, 'policy');
  const file = option ?? DEFAULT_POLICY_PATH;
  const local = await readFile(file, 'utf8').catch(() => null);
  if (local !== null) return choosePolicy(local, file, presets);
  if (option !== undefined) {
    throw new UsageError('policy-not-found', fill(messages['policy-not-found'], { file: option }));
  }
  const { client, repository } = connected;
  const { data } = await ask('settings', () => client.rest.repos.get(repository));
  const branch = data.default_branch;
  const text = await remoteFile(connected, file, branch);
  return choosePolicy(text, file, presets, branch);
}
