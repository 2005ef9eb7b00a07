/** Proof of looking: what the outputs say of every changed file. */
import { renderMarkdown } from '../../src/render/comment/markdown.ts';
import { groupExamined, renderWhy, summarizeExamined } from '../../src/render/examined.ts';
import { renderText } from '../../src/render/text/text.ts';
import { context, none, unknown } from './reports.ts';

const wide = { width: 200, color: false };

test('a summary counts the files of each outcome', () => {
  expect(summarizeExamined(none)).toBe(
    '5 files examined: 1 read and equal in meaning, 1 in an unknown format, searched without a hit, 1 exempt from the search, 1 ignored by the policy and 1 not examined',
  );
  expect(groupExamined({ ...none, examined: [] })).toEqual([]);
});

test('the text lists every file on demand', () => {
  expect(renderText(none, wide)).not.toContain('testdata/Web.config');
  const text = renderText(none, { ...wide, verbose: true });
  expect(text).toContain('    testdata/Web.config (glob **/testdata/**)\n');
  expect(text).toContain('    healthvault.app.yml (format application-manifest)\n');
  expect(text).toContain('    build/logo.bin (It has 9000000 bytes.)\n');
});

test('the comment folds the list and limits it', () => {
  const examined = Array.from({ length: 500 }, (_, index) => ({ path: `src/${index}.js`, outcome: 'swept' as const }));
  const comment = renderMarkdown({ ...none, examined }, context);
  expect(comment).toContain('**500 files examined: 500 in an unknown format, searched without a hit**');
  expect(comment).toContain('`src/19.js`, 480 more');
  expect(comment).not.toContain('src/20.js');
});

test.each([
  ['README.md', 'File README.md: The gate has no reader for this file. It is searched for private keys only'],
  ['testdata/Web.config', 'The policy ignores this file'],
  ['healthvault.app.yml', 'Nothing in it changed in meaning.\n  format application-manifest\n'],
  ['nowhere.txt', 'File nowhere.txt is not among the changed files.\n'],
])('the reason for %s is explained', (path, said) => {
  expect(renderWhy(none, path)).toContain(said);
});

test('a change is named with its rule, and a path with control characters does not reach the terminal', () => {
  expect(renderWhy(unknown, 'web/Web.config')).toMatch(/document modified: unknown, by the rule \S+/);
  expect(renderWhy(none, '\u001b[31m')).not.toContain('\u001b');
});
