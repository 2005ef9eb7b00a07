/** The list of outputs. */
import { loadRenderer, outputFormats } from '../../src/render/formats.ts';
import { blockedSimple, context } from './reports.ts';

const output = { markdown: context, text: { width: 80, color: false } };

test.each([
  ['text', 'HealthVault go-live gate: merge blocked'],
  ['markdown', context.marker],
  ['json', '{\n  "schemaVersion": 1'],
  ['sarif', '{\n  "$schema"'],
  ['html', '<!doctype html>'],
  ['github', '::error file='],
] as const)('%s starts as such a file starts', async (format, start) => {
  expect((await loadRenderer(format))(blockedSimple, output).startsWith(start)).toBe(true);
});

test('the help lists all formats', () => {
  expect(outputFormats).toEqual(['text', 'markdown', 'json', 'sarif', 'html', 'github']);
});

test('a log has the commands first and then the whole answer', async () => {
  const [renderLog, renderText] = [await loadRenderer('github'), await loadRenderer('text')];
  expect(renderLog(blockedSimple, output).endsWith(renderText(blockedSimple, output))).toBe(true);
});
