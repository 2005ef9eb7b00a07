/**
 * The project's own scenarios against the built-in policy: `node scripts/scenarios.ts [name...]` prints what differs from
 * what they expect and exits 1 on a difference; `--update name...` writes the answers of the named ones, never of all.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildAnswer,
  compareAnswers,
  readScenarios,
  runScenario,
  type Scenario,
  type ScenarioAnswer,
} from '../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import type { Report } from '../src/model/report.ts';
import { renderText } from '../src/render/text/text.ts';

const FOLDER = fileURLToPath(new URL('../__tests__/scenarios', import.meta.url));

/** Columns of an output that goes to no terminal. */
const WIDTH = 100;

/** The whole text output of a scenario of the guide, and what is kept of it; null for other scenarios. */
async function readText(
  scenario: Scenario,
  report: Report,
): Promise<{ file: string; kept: string; text: string } | null> {
  if (!scenario.name.startsWith('guide/')) return null;
  const file = join(scenario.folder, 'expected', 'text.txt');
  const kept = await readFile(file, 'utf8').catch(() => '');
  // The fingerprint is bound to the whole policy, so it would change with every word of it.
  const text = renderText(report, { width: WIDTH, color: false, verbose: true }).replace(
    /\bfingerprint [0-9a-f]{12}\n/,
    'fingerprint ...\n',
  );
  return { file, kept, text };
}

/** Writes a reviewed answer where the scenario has its expectation: whole, or in `scenario.yml`. */
async function accept(scenario: Scenario, answer: ScenarioAnswer): Promise<void> {
  if (scenario.expected !== null && 'steps' in scenario.expected) {
    const file = join(scenario.folder, 'expected', 'answer.json');
    await writeFile(file, `${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  const file = join(scenario.folder, 'scenario.yml');
  const about = (await readFile(file, 'utf8')).replace(/^expect:\n(?: .*\n)*/m, '');
  const { verdict, changes, problems } = answer;
  const list = (name: string, lines: readonly string[]): string =>
    lines.length === 0
      ? `  ${name}: []`
      : [`  ${name}:`, ...lines.map((line) => `    - ${quoteLine(line)}`)].join('\n');
  const expected = ['expect:', `  verdict: ${verdict}`, list('changes', changes), list('problems', problems)];
  await writeFile(file, `${about}${expected.join('\n')}\n`);
}

/** A line as a YAML scalar. */
function quoteLine(line: string): string {
  return /^[ -~]*$/.test(line) ? `'${line.replaceAll("'", "''")}'` : JSON.stringify(line);
}

function chooseScenarios(scenarios: readonly Scenario[], names: readonly string[]): readonly Scenario[] {
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

const presets = await readBuiltInPolicies();
const scenarios = chooseScenarios(await readScenarios(FOLDER), names);
let differ = 0;
for (const scenario of scenarios) {
  const report = await runScenario(scenario, null, presets);
  const answer = buildAnswer(report);
  const output = await readText(scenario, report);
  const isOther = output !== null && output.text !== output.kept;
  const lines =
    scenario.expected === null ? ['nothing is expected yet'] : [...compareAnswers(scenario.expected, answer)];
  if (lines.length === 0 && !isOther) continue;
  if (isOther) lines.push('~ the text output');
  differ += 1;
  console.log(`${scenario.name}: ${scenario.title}`);
  for (const line of lines) console.log(`    ${line}`);
  if (update) await accept(scenario, answer);
  if (update && output !== null) await writeFile(output.file, output.text);
}
const what = update ? 'were written' : 'differ from what is expected';
console.log(`${scenarios.length} scenarios, ${differ} ${what}.`);
process.exitCode = differ > 0 && !update ? 1 : 0;
