/** One file for each story and output, read by people and compared byte by byte. `UPDATE_GOLDEN=1` renews them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/model/report.ts';
import { renderAnnotations } from '../../src/render/annotations.ts';
import { renderMarkdown, renderShortMarkdown } from '../../src/render/comment/markdown.ts';
import { renderSummary } from '../../src/render/comment/summary.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { renderText } from '../../src/render/text/text.ts';
import { context, stories } from './reports.ts';

const folder = join(import.meta.dirname, 'golden');
const update = process.env.UPDATE_GOLDEN === '1' && process.env.CI === undefined;

const outputs: Readonly<Record<string, (report: Report) => string>> = {
  'comment.md': (report) => renderMarkdown(report, context),
  'short.md': (report) => renderShortMarkdown(report, context),
  'summary.md': (report) => renderSummary(report, context),
  'answer.txt': (report) => renderText(report, { width: 100, color: false }),
  'annotations.txt': renderAnnotations,
  'report.sarif': (report) => renderSarif(report, context),
  'report.html': renderHtml,
};

const cases = Object.entries(stories).flatMap(([story, report]) =>
  Object.entries(outputs).map(([output, render]) => [`${story}/${output}`, report, render] as const),
);

test.each(cases)('the output %s is as expected', (name, report, render) => {
  const path = join(folder, name);
  const made = render(report);
  if (update) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, made);
  }
  expect(existsSync(path)).toBe(true);
  expect(made).toBe(readFileSync(path, 'utf8'));
  expect(render(structuredClone(report))).toBe(made);
});
