/** No output of a policy about something else mentions HealthVault: every shipped policy, every scenario, every output. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readScenarios, runScenario } from '../../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import { buildCommentMarker } from '../../src/github/comment.ts';
import { ACTION_REPOSITORY } from '../../src/model/messages.ts';
import { GUIDE_POLICY } from '../../src/model/policy.ts';
import type { Report } from '../../src/model/report.ts';
import { renderShortMarkdown } from '../../src/render/comment/markdown.ts';
import { renderSummary } from '../../src/render/comment/summary.ts';
import { loadRenderer, outputFormats } from '../../src/render/formats.ts';
import { describeStatus } from '../../src/render/status.ts';
import { context as harmless } from '../render/reports.ts';

const presets = await readBuiltInPolicies();
const others = [...presets.values()].filter(({ name }) => name !== GUIDE_POLICY);
const folderOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const shared = await readScenarios(folderOf('__tests__/scenarios'));
const cases: (readonly [string, Report])[] = [];
for (const { name } of others) {
  const own = folderOf(`examples/${name}/scenarios`);
  const scenarios = [
    ...shared.filter((scenario) => scenario.name.startsWith(`${name}/`)),
    ...(existsSync(own) ? await readScenarios(own) : []),
  ];
  for (const scenario of scenarios)
    cases.push([`${name} ${scenario.name}`, await runScenario(scenario, null, presets)]);
}

/** Addresses are not read as words: this project's pages have its name, and the pages of Edge's store are Microsoft's. */
const ADDRESSES = new RegExp(`https://(?:github\\.com/${ACTION_REPOSITORY}|learn\\.microsoft\\.com/)[^\\s"')]*`, 'g');

const renderers = await Promise.all(outputFormats.map(loadRenderer));

function outputsOf(report: Report): readonly string[] {
  const text = { width: 100, color: false, verbose: true };
  const context = { ...harmless, marker: `${buildCommentMarker('Go-live')}x -->` };
  return [
    ...renderers.map((render) => render(report, { markdown: context, text })),
    renderShortMarkdown(report, context),
    renderSummary(report, context),
    describeStatus(report),
  ];
}

test('there are other policies, each with scenarios', () => {
  expect(others.length).toBeGreaterThan(0);
  for (const { name } of others) expect(cases.some(([title]) => title.startsWith(`${name} `))).toBe(true);
});

test.each(cases)('the policy %s has its words in every output', (_name, report) => {
  const labels = {
    ...report.labels,
    missing: [],
    accepted: report.labels.required.map((label) => ({ label, by: 'ada', at: report.evaluation.at })),
  };
  const refused = { id: 'x', severity: 'refused', message: 'Too long.' } as const;
  const variants: readonly Report[] = [
    report,
    { ...report, verdict: 'passed', labels },
    { ...report, verdict: 'blocked', problems: [refused] },
    { ...report, verdict: 'error', problems: [] },
  ];
  for (const output of variants.flatMap(outputsOf)) {
    const words = output.replaceAll(ADDRESSES, '').match(/(?:healthvault|microsoft|walk-?through|pacific).{0,40}/gi);
    expect(words).toBeNull();
  }
});
