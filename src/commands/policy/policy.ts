/** `policy check` validates a policy; `policy test` shows what a policy does to a folder of scenarios. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../model/errors.ts';
import { type Command, type Given, optionValue, type Terminal } from '../command.ts';
import { parseWorkflow } from '../doctor/workflow-facts.ts';
import { readBuiltInPolicies, readPolicyFile, readTeamPolicy, readTextFile } from '../local-files.ts';
import { messages, usage } from '../messages.ts';
import { buildAnswer, differingLines, readOwnPolicy, readScenarios, runScenario } from './scenario.ts';

/** The `policy` command with its two parts. */
export const policy: Command = {
  name: 'policy',
  operands: 'check [<file>] | test <folder>',
  summary: 'check: validates a policy; test: runs a folder of scenarios against a policy',
  options: [
    {
      name: 'policy',
      value: '<file>',
      text: 'the policy to test; default: each scenario’s own, else the built-in one',
    },
  ],
  async run(given, terminal) {
    const [part, operand, ...rest] = given.operands;
    if (rest.length === 0 && part === 'check')
      return check(operand ?? optionValue(given, 'policy') ?? (await readTeamPolicy('.')).path, terminal);
    if (rest.length === 0 && part === 'test' && operand !== undefined) return test(operand, given, terminal);
    throw new UsageError(messages.wrongOption(usage.policy));
  },
};

async function check(file: string, terminal: Terminal): Promise<number> {
  const { policy: found, findWarnings } = await readPolicyFile(file, await readBuiltInPolicies());
  for (const { id, message, place } of findWarnings({ hasTeamToken: await findTeamToken(file) }))
    terminal.out(`${file}:${place.line}:${place.column}: warning: ${message} (${id})\n`);
  terminal.out(`${file} is valid: ${found.rules.length} rules, ${found.categories.length} categories.\n`);
  return 0;
}

/** Whether the gate's workflows beside the policy, or in the current folder, give the action a token for teams. */
async function findTeamToken(policyFile: string): Promise<boolean> {
  const github = dirname(policyFile);
  const folder = join(basename(github) === '.github' ? github : '.github', 'workflows');
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.filter((name) => /\.ya?ml$/i.test(name)).map((name) => readTextFile(join(folder, name))),
  );
  const jobs = texts.flatMap((text) => (text === null ? [] : parseWorkflow('', text).gateJobs));
  return jobs.length > 0 && jobs.every(({ inputs }) => inputs['team-token']);
}

async function test(folder: string, given: Given, terminal: Terminal): Promise<number> {
  const presets = await readBuiltInPolicies();
  const option = optionValue(given, 'policy');
  const tested = option === undefined ? null : (await readPolicyFile(option, presets)).policy;
  // A policy that extends a built-in one keeps its name, so it is compared with that one.
  const builtIn = presets.get(tested?.name ?? '') ?? presets.get('healthvault') ?? null;
  const scenarios = await readScenarios(folder);
  const hit = new Set<string>();
  const rules = new Set<string>();
  let failures = 0;
  for (const scenario of scenarios) {
    const report = await runScenario(scenario, tested, presets);
    const used = tested ?? (await readOwnPolicy(scenario, presets)).policy;
    for (const { id } of used.rules) rules.add(id);
    for (const { rule } of report.changes) hit.add(rule);
    const answer = buildAnswer(report);
    const { expected } = scenario;
    const differing = expected === null ? [] : differingLines(expected, answer);
    if (differing.length > 0) failures += 1;
    const result =
      expected === null ? 'nothing expected' : differing.length === 0 ? 'as expected' : 'DIFFERS from the expected';
    terminal.out(
      `${scenario.name}: ${result} (${report.verdict}; ${report.categories.join(', ') || 'nothing watched'})\n`,
    );
    for (const line of differing) terminal.out(`    ${line}\n`);
    if (tested !== null) {
      const usual = buildAnswer(await runScenario(scenario, builtIn, presets));
      const changed = differingLines(usual, answer);
      if (changed.length > 0)
        terminal.out(`  other than under the built-in policy:\n${changed.map((line) => `    ${line}\n`).join('')}`);
    }
  }
  const dead = [...rules].filter((id) => !hit.has(id));
  terminal.out(`${scenarios.length} scenarios, ${failures} differ from the expected.\n`);
  terminal.out(dead.length === 0 ? 'Every rule is hit.\n' : `Rules that nothing hits: ${dead.join(', ')}\n`);
  return failures === 0 ? 0 : 1;
}
