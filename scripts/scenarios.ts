/**
 * The project's own scenarios against the built-in policy: `node scripts/scenarios.ts [name...]` prints what differs from
 * expected/answer.json and exits 1 on a difference; `--update name...` writes the answers of the named ones, never of all.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Answer,
  answerOf,
  differingLines,
  readScenarios,
  runScenario,
  type Scenario,
} from '../src/commands/policy/scenario.ts';
import { packagedPolicies } from '../src/git/packaged-files.ts';
import { readPresets } from '../src/review/choose-policy.ts';

const FOLDER = fileURLToPath(new URL('../__tests__/scenarios', import.meta.url));

async function expectedOf(scenario: Scenario): Promise<unknown> {
  const text = await readFile(join(scenario.folder, 'expected', 'answer.json'), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

async function accept(scenario: Scenario, answer: Answer): Promise<void> {
  const file = join(scenario.folder, 'expected', 'answer.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(answer, null, 2)}\n`);
}

function chosen(scenarios: readonly Scenario[], names: readonly string[]): readonly Scenario[] {
  if (names.length === 0) return scenarios;
  const byName = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
  return names.map((name) => {
    const scenario = byName.get(name);
    if (scenario === undefined) throw new Error(`There is no scenario ${name} in ${FOLDER}.`);
    return scenario;
  });
}

const operands = process.argv.slice(2);
const update = operands.includes('--update');
const names = operands.filter((operand) => operand !== '--update');
if (update && names.length === 0) {
  console.error('Name the scenarios whose answers you have reviewed: node scripts/scenarios.ts --update <name>...');
  process.exit(2);
}

const presets = readPresets(await packagedPolicies());
const scenarios = chosen(await readScenarios(FOLDER), names);
let differ = 0;
for (const scenario of scenarios) {
  const answer = answerOf(await runScenario(scenario, null, presets));
  const lines = differingLines(await expectedOf(scenario), answer);
  if (lines.length === 0) continue;
  differ += 1;
  console.log(`${scenario.name}: ${scenario.title}`);
  for (const line of lines) console.log(`    ${line}`);
  if (update) await accept(scenario, answer);
}
const what = update ? 'were written' : 'differ from what is expected';
console.log(`${scenarios.length} scenarios, ${differ} ${what}.`);
process.exitCode = differ > 0 && !update ? 1 : 0;
