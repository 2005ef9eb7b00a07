/**
 * Every scenario against its expected answer, and what the scenarios of a policy have to show together: each rule hit and
 * nearly missed, each update rule and each category covered. A few go through the command line as well.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import {
  buildAnswer,
  compareAnswers,
  readOwnPolicy,
  readScenarios,
  runScenario,
  type Scenario,
} from '../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import type { Report } from '../src/model/report.ts';
import { parseYaml, plainValue } from '../src/syntax/yaml/yaml.ts';
import { runCli } from './support/run-cli.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, '__tests__', 'scenarios');

const presets = await readBuiltInPolicies();
const policyNames = [...presets.keys()];
const scenarios = await readScenarios(FOLDER); // throws when there is none
const reports = new Map<string, Report>();
for (const scenario of scenarios) reports.set(scenario.name, await runScenario(scenario, null, presets));

function reportOf({ name }: Scenario): Report {
  const report = reports.get(name);
  if (report === undefined) throw new Error(`no report of ${name}`);
  return report;
}

/** Ids of the rules that a scenario comes close to and does not hit. */
async function nearMissesOf({ folder }: Scenario): Promise<readonly string[]> {
  const parsed = parseYaml(await readFile(join(folder, 'scenario.yml'), 'utf8'));
  const data = 'root' in parsed ? plainValue(parsed.root) : null;
  const listed = typeof data === 'object' && data !== null && 'near-miss' in data ? data['near-miss'] : [];
  return Array.isArray(listed) ? listed.map(String) : [];
}

const nearMisses = new Map(
  await Promise.all(scenarios.map(async (scenario) => [scenario.name, await nearMissesOf(scenario)] as const)),
);
/** The scenarios of the policy that each says it extends; without a policy of its own, HealthVault's. */
const byPolicy = new Map<string, Scenario[]>();
for (const scenario of scenarios) {
  const { policy } = await readOwnPolicy(scenario, presets);
  byPolicy.set(policy.name, [...(byPolicy.get(policy.name) ?? []), scenario]);
}

function ruleIdsOf(name: string): readonly string[] {
  return presets.get(name)?.rules.map(({ id }) => id) ?? [];
}

function reportsOf(name: string): readonly Report[] {
  return (byPolicy.get(name) ?? []).map(reportOf);
}

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the scenario %s has the expected changes',
  async (_name, scenario) => {
    expect(scenario.expected).not.toBeNull();
    expect(compareAnswers(scenario.expected ?? {}, buildAnswer(reportOf(scenario)))).toEqual([]);
  },
);

describe.each(policyNames)('the scenarios of %s', (name) => {
  const ruleIds = ruleIdsOf(name);

  test('match every rule', () => {
    const hit = new Set(reportsOf(name).flatMap(({ changes }) => changes.map(({ rule }) => rule)));
    expect(ruleIds.length).toBeGreaterThan(0);
    expect(ruleIds.filter((id) => !hit.has(id))).toEqual([]);
  });

  test('nearly match every rule', () => {
    const missed = new Set((byPolicy.get(name) ?? []).flatMap((scenario) => nearMisses.get(scenario.name) ?? []));
    expect(ruleIds.filter((id) => !missed.has(id))).toEqual([]);
  });

  test('name near misses that are rules of the policy and do not match', () => {
    const wrong = (byPolicy.get(name) ?? []).flatMap((scenario) => {
      const hit = new Set(reportOf(scenario).changes.map(({ rule }) => rule));
      const named = nearMisses.get(scenario.name) ?? [];
      return named.filter((id) => !ruleIds.includes(id) || hit.has(id)).map((id) => `${scenario.name}: ${id}`);
    });
    expect(wrong).toEqual([]);
  });

  test('have every category, and one without any', () => {
    const seen = new Set(reportsOf(name).flatMap(({ categories }) => categories));
    const ids = presets.get(name)?.categories.map(({ id }) => id) ?? [];
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    expect(reportsOf(name).some(({ categories }) => categories.length === 0)).toBe(true);
  });
});

describe('all scenarios', () => {
  test.each(Array.from({ length: 19 }, (_, index) => index + 1))('include one that is named after R%i', (number) => {
    const prefix = `guide/r${String(number).padStart(2, '0')}-`;
    const named = scenarios.filter(({ name }) => name.startsWith(prefix));
    expect(named.length).toBeGreaterThan(0);
    for (const { covers } of named) expect(covers).toContain(`R${number}`);
  });

  test('include a whole answer for each category', () => {
    const whole = scenarios.filter(({ expected }) => expected !== null && 'steps' in expected).map(reportOf);
    const missing = presets
      .get('healthvault')
      ?.categories.filter(({ id }) => !whole.some(({ categories }) => categories.includes(id)));
    expect(missing?.map(({ id }) => id)).toEqual([]);
  });

  test('have different titles', () => {
    expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length);
  });

  test('have reports without any secret', () => {
    for (const report of reports.values()) {
      expect(JSON.stringify(report)).not.toMatch(/not-a-real-password|notARealKey|FAKE|123456789012345678901234567890/);
    }
  });
});

describe('the command line', () => {
  const guide = scenarios.filter(({ name }) => name.startsWith('guide/'));
  test.each(guide.map((scenario) => [scenario.name, scenario] as const))(
    'prints the whole text of %s',
    async (_, scenario) => {
      const { folder, now, labels } = scenario;
      const given = [...labels.flatMap((label) => ['--label', label]), '--now', now, '--format', 'text', '--verbose'];
      const sides = ['--base', join(folder, 'base'), '--head', join(folder, 'head')];
      const run = await runCli(ROOT, ['check', ...sides, ...given]);
      // The fingerprint is bound to the whole policy, so it would change with every word of it.
      expect(run.out.replace(/\bfingerprint [0-9a-f]{12}\n/, 'fingerprint ...\n')).toBe(
        await readFile(join(folder, 'expected', 'text.txt'), 'utf8'),
      );
    },
  );

  const check = (name: string, ...options: readonly string[]) => {
    const side = (part: string) => join(FOLDER, name, part);
    const operands = [
      'check',
      '--base',
      side('base'),
      '--head',
      side('head'),
      '--now',
      '2026-11-02T18:00:00Z',
      ...options,
    ];
    return runCli(ROOT, operands);
  };

  test.each([
    ['dotnet/web-config-timeout', 0],
    ['decoys/readme', 0],
    ['manifest/reformatted', 0],
    ['manifest/required-type-added', 1],
    ['dotnet/web-config-broken-at-head', 1],
    ['secrets/private-key-committed', 1],
    ['governance/policy-consent-widening-by-the-letter', 1],
    ['certificates/replaced', 1],
  ])('for %s exits with %i and prints a valid report', async (name, code) => {
    const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const schema: object = JSON.parse(await readFile(join(ROOT, 'schemas', 'report.schema.json'), 'utf8'));
    const { exit, out } = await check(name, '--format', 'json');
    const report: Report = JSON.parse(out);
    expect([exit, ajv.validate(schema, report) ? '' : ajv.errorsText()]).toEqual([code, '']);
    const expected = scenarios.find((scenario) => scenario.name === name)?.expected ?? null;
    expect(expected).not.toBeNull();
    expect(compareAnswers(expected ?? {}, buildAnswer(report))).toEqual([]);
  });

  test('clears a category with a label', async () => {
    expect(
      (await check('platform-xml/dump-baseline-with-label', '--label', 'go-live/new-application-approved')).exit,
    ).toBe(0);
    expect(
      (await check('platform-xml/dump-baseline-with-label', '--label', 'go-live/configuration-approved')).exit,
    ).toBe(1);
  });

  test('gives the same bytes for the same input', async () => {
    const [first, second] = [
      await check('guide/r03-configuration-is-reviewed-and-pushed'),
      await check('guide/r03-configuration-is-reviewed-and-pushed'),
    ];
    expect(first.out).toContain('go-live/certificate-approved');
    expect(first.out).toBe(second.out);
  });

  test('finds no difference and no dead rule with policy test', async () => {
    const run = await runCli(ROOT, ['policy', 'test', FOLDER]);
    expect(run.out).toContain(`${scenarios.length} scenarios, 0 not as expected.`);
    expect([run.exit, run.out.includes('Every rule matches a scenario.')]).toEqual([0, true]);
  });
});
