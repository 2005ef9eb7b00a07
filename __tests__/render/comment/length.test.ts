/** What a reader sees of the guide's scenarios before any fold is opened: one screen, and answers to eight questions. */
import { fileURLToPath } from 'node:url';
import { readScenarios, runScenario } from '../../../src/commands/policy/scenario.ts';
import { readBuiltInPolicies } from '../../../src/gate/built-in-policies.ts';
import type { Report } from '../../../src/model/report.ts';
import { renderMarkdown } from '../../../src/render/comment/markdown.ts';
import { renderSummary } from '../../../src/render/comment/summary.ts';
import { groupChanges } from '../../../src/render/rows.ts';
import { renderText } from '../../../src/render/text/text.ts';
import { context } from '../reports.ts';

const MAX_LINES = 35;
const MAX_LINES_PASSED = 25;

const presets = await readBuiltInPolicies();
const folder = fileURLToPath(new URL('../../scenarios', import.meta.url));
const guide = (await readScenarios(folder)).filter(({ name }) => name.startsWith('guide/'));
const reports: (readonly [string, Report])[] = [];
for (const scenario of guide) reports.push([scenario.name, await runScenario(scenario, null, presets)]);

/** Reports whose change is one line for people. */
const short = reports.filter(([, report]) => groupChanges(report).reduce((sum, { count }) => sum + count, 0) <= 1);

/** Every line of the source that no fold hides, including empty ones. */
function visibleLines(body: string): readonly string[] {
  return body
    .trimEnd()
    .replace(/<details>[\s\S]*?<\/details>/g, '<details>')
    .split('\n');
}

test('most scenarios of the guide change one setting', () => expect(short.length).toBeGreaterThanOrEqual(15));

test.each(short)('%s fits on a screen', (_name, report) => {
  const limit = report.verdict === 'passed' ? MAX_LINES_PASSED : MAX_LINES;
  expect(visibleLines(renderMarkdown(report, context)).length).toBeLessThanOrEqual(limit);
  expect(visibleLines(renderSummary(report, context)).length).toBeLessThanOrEqual(limit);
});

const reviewed = reports.filter(
  ([, { changes, labels, problems }]) =>
    changes.some(({ category }) => category === 'configuration') &&
    labels.required.length > 0 &&
    !problems.some(({ severity }) => severity === 'refused'),
);

test.each(reviewed)('%s answers the eight questions of a reader', (_name, report) => {
  const isPassed = report.verdict === 'passed';
  const body = visibleLines(renderMarkdown(report, context)).join('\n');
  const [label = ''] = report.labels.required;
  // Is the merge blocked? What do I do now? Who can help?
  expect(body).toMatch(isPassed ? /: passed, approved by / : /: merge blocked, /);
  expect(body).toMatch(
    isPassed ? /\*\*Next:\*\* merge/ : /\*\*Next:\*\* Author: .*\. Reviewer: when .* has finished its review, add /,
  );
  expect(body).toMatch(/HealthVault go-live team \(`hvgolive|mailto:hvgolive/);
  // When could it be live? What changes for users? Which rule says so?
  expect(body).toMatch(
    isPassed ? /\*\*Go-live:\*\* after the merge\. Author: inform / : /\*\*Earliest go-live:\*\* (between )?\w+day \d/,
  );
  expect(body).toMatch(/#### What changes\n\*\*[^*]+:\*\* [^\n]+\(\[why\]\([^)]*rules\.md#[a-z-]+\)\)\n\n\| Change \|/);
  // May a label count, and what does it state? What if I push again?
  expect(body).toMatch(
    new RegExp(
      `\\| \`${label}\` \\| .*${isPassed ? '✓ valid.*added by' : 'not the authors of this change'}.*Meaning: `,
    ),
  );
  expect(body).toContain('The labels stay valid until a commit changes');
  if (!isPassed)
    expect(body).toMatch(/Add the labels after the review by .* and before the merge\. After the merge: Push/);
});

test.each(reports)('%s shows no setting id, no extra backtick, and no change without a value', (_name, report) => {
  const text = renderText(report, { width: 300, color: false, verbose: true });
  expect(text).not.toMatch(
    /\b(?:rule\.(?:reason|name|display)|access\.o|client\.[a-z]|logo\.(?:large|small))|`|none → none/,
  );
});
