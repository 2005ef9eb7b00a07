/** `policy new` writes a policy, `policy check` validates it; `policy test` and `policy replay` show its effect. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readBuiltInPolicies } from '../../gate/built-in-policies.ts';
import { readPackaged } from '../../git/packaged-files.ts';
import { UsageError } from '../../model/errors.ts';
import { DOCUMENTATION } from '../../model/messages.ts';
import { DEFAULT_POLICY_PATH } from '../../model/policy.ts';
import { type Command, type Given, getOptionValue, listOptionValues, type Terminal } from '../command.ts';
import { parseWorkflow } from '../doctor/workflow-facts.ts';
import {
  chooseLocalPolicy,
  readNamedPolicy,
  readPolicyFile,
  readTeamPolicy,
  readTextFile,
  writeNamedFile,
} from '../local-files.ts';
import { messages as commandMessages, usage } from '../messages.ts';
import { messages, words } from './messages.ts';
import { differs, type ReplayedCommit, replayHistory } from './replay.ts';
import { renderCommit, renderComparison, renderTimes, renderTotals } from './replay-text.ts';
import { buildAnswer, compareAnswers, readOwnPolicy, readScenarios, runScenario } from './scenario.ts';

interface Part {
  /** The options that it has. */
  readonly options: readonly string[];
  /** Fewest and most operands. */
  readonly operands: readonly [number, number];
  run(operands: readonly string[], given: Given, terminal: Terminal): Promise<number>;
}

const parts: Readonly<Record<string, Part>> = {
  new: { options: [], operands: [0, 1], run: createPolicy },
  check: { options: ['policy'], operands: [0, 1], run: check },
  test: { options: ['policy'], operands: [1, 1], run: test },
  replay: { options: ['repo', 'since', 'paths', 'limit', 'verbose', 'times'], operands: [0, 2], run: replay },
};

/** The `policy` command with its parts. */
export const policy: Command = {
  name: 'policy',
  options: [
    {
      name: 'policy',
      value: '<file>',
      text: 'policy to check or test; default for test: the policy of the scenario, else the built-in policy',
    },
    { name: 'repo', value: '<folder>', text: 'replay: folder of the repository; default: the current folder' },
    { name: 'since', value: '<date>', text: 'replay: only commits after this date, in any form of git' },
    { name: 'paths', value: '<pattern>', multiple: true, text: 'replay: only commits that change a matching path' },
    { name: 'limit', value: '<number>', text: 'replay: only this number of newest commits' },
    { name: 'verbose', text: 'replay: also each change with its values' },
    { name: 'times', text: 'replay: also the time for each commit, and the slowest commits' },
  ],
  async run(given, terminal) {
    const [name = '', ...operands] = given.operands;
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    const [fewest, most] = part?.operands ?? [0, 0];
    if (part === undefined || operands.length < fewest || operands.length > most)
      throw new UsageError(commandMessages.wrongOption(usage.policy));
    const other = Object.keys(given.values).find((option) => !part.options.includes(option));
    if (other !== undefined) throw new UsageError(commandMessages.wrongOption(usage.foreignOption({ name, other })));
    return part.run(operands, given, terminal);
  },
};

/** The packaged policy to start from, under the name of the file. */
async function createPolicy([file]: readonly string[], _: Given, terminal: Terminal): Promise<number> {
  const text = await readPackaged('examples/new-policy.yml');
  if (file === undefined) {
    terminal.writeOut(text);
    return 0;
  }
  await writeNamedFile(file, text.replaceAll(PLACEHOLDER, namePolicy(file)), 'wx');
  terminal.writeOut(words.created({ file, page: `${DOCUMENTATION}/write-a-policy.md` }));
  return 0;
}

const PLACEHOLDER = 'my-platform';

/** Labels begin with the name, and GitHub allows 50 characters for a label. */
const NAME_CHARACTERS = 30;

/** The policy id from the name of a file; the placeholder for the team's own file or if the name gives no id. */
function namePolicy(file: string): string {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
  const id = name
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, NAME_CHARACTERS)
    .replace(/^[-0-9]+|-+$/g, '');
  return id === '' || id === basename(DEFAULT_POLICY_PATH, '.yml') ? PLACEHOLDER : id;
}

async function check([operand]: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const file = operand ?? getOptionValue(given, 'policy') ?? (await readTeamPolicy('.')).path;
  const { policy: found, findWarnings } = await readPolicyFile(file, await readBuiltInPolicies());
  for (const { id, message, place } of findWarnings({ hasTeamToken: await findTeamToken(file) }))
    terminal.writeOut(`${file}:${place.line}:${place.column}: warning: ${message} (${id})\n`);
  terminal.writeOut(`${file} is valid: ${found.rules.length} rules, ${found.categories.length} categories.\n`);
  return 0;
}

/** Whether the gate's workflows beside the policy, or in the current folder, pass a token for teams to the action. */
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

async function test([folder = '']: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const presets = await readBuiltInPolicies();
  const option = getOptionValue(given, 'policy');
  const tested = option === undefined ? null : (await readPolicyFile(option, presets)).policy;
  // A policy that extends a built-in one keeps its name, so it is compared with that one.
  const builtIn = tested === null ? null : (presets.get(tested.name) ?? null);
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
    const differing = expected === null ? [] : compareAnswers(expected, answer);
    if (differing.length > 0) failures += 1;
    const result = expected === null ? 'no expectation' : differing.length === 0 ? 'as expected' : 'NOT AS EXPECTED';
    terminal.writeOut(
      `${scenario.name}: ${result} (${report.verdict}; ${report.categories.join(', ') || 'nothing watched'})\n`,
    );
    for (const line of differing) terminal.writeOut(`    ${line}\n`);
    if (builtIn !== null) {
      const usual = buildAnswer(await runScenario(scenario, builtIn, presets));
      const changed = compareAnswers(usual, answer);
      if (changed.length > 0)
        terminal.writeOut(`  changes from the built-in policy:\n${changed.map((line) => `    ${line}\n`).join('')}`);
    }
  }
  const dead = [...rules].filter((id) => !hit.has(id));
  terminal.writeOut(`${scenarios.length} scenarios, ${failures} not as expected.\n`);
  terminal.writeOut(
    dead.length === 0 ? 'Every rule matches a scenario.\n' : `Rules that match no scenario: ${dead.join(', ')}\n`,
  );
  return failures === 0 ? 0 : 1;
}

/** One policy: a line for each commit. Two: only the commits with different answers. Exit code 3 if a commit has no answer. */
async function replay(operands: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  const repository = resolve(getOptionValue(given, 'repo') ?? '.');
  const presets = await readBuiltInPolicies();
  const team = await readTeamPolicy(repository);
  const policies =
    operands.length === 0
      ? [await chooseLocalPolicy(team.content, team.path, presets)]
      : await Promise.all(operands.map((operand) => readNamedPolicy(operand, presets)));
  const options = { verbose: given.values.verbose === true, times: given.values.times === true };
  const range = {
    since: getOptionValue(given, 'since'),
    paths: listOptionValues(given, 'paths'),
    limit: parseLimit(getOptionValue(given, 'limit')),
  };
  const commits: ReplayedCommit[] = [];
  for await (const commit of replayHistory(repository, policies, range)) {
    commits.push(commit);
    if (policies.length === 1) terminal.writeOut(renderCommit(commit, options));
    else if (differs(commit)) terminal.writeOut(renderComparison(commit, policies, options));
  }
  if (policies.length > 1) terminal.writeOut(`${words.differing(commits.filter(differs).length, commits.length)}\n`);
  for (const [index, one] of policies.entries())
    terminal.writeOut(
      renderTotals(
        commits.flatMap(({ answers }) => answers[index] ?? []),
        one,
      ),
    );
  if (options.times) terminal.writeOut(renderTimes(commits));
  return commits.some(({ answers }) => answers.some(({ verdict }) => verdict === 'error')) ? 3 : 0;
}

function parseLimit(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(messages.badLimit({ text }));
  return Number(text);
}
