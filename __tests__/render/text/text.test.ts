/** The terminal's answer and the annotations. */
import type { Report } from '../../../src/model/report.ts';
import { MAX_ANNOTATIONS_PER_KIND, renderAnnotations } from '../../../src/render/annotations.ts';
import { countColumns, wrap } from '../../../src/render/text/paint.ts';
import { renderText } from '../../../src/render/text/text.ts';
import { blockedSignUp, blockedSimple, large, none, passed, stories } from '../reports.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
const escapes = /\u001b\[\d+m/g;

describe('the text', () => {
  test.each([40, 60, 80, 100, 200])('with %d columns has no longer line, except for places', (width) => {
    for (const report of Object.values(stories)) {
      const tooLong = renderText(report, { width, color: false })
        .split('\n')
        .filter((line) => countColumns(line) > width && !/^ +\S+:\d+:\d+$/.test(line));
      expect(tooLong).toEqual([]);
    }
  });

  test('has colors only on request, and the same words', () => {
    const bare = renderText(blockedSignUp, { width: 100, color: false });
    const colored = renderText(blockedSignUp, { width: 100, color: true });
    expect(bare).not.toContain('\u001b');
    expect(colored).toMatch(escapes);
    expect(colored.replace(escapes, '')).toBe(bare);
  });

  test('has the verdict first, the next action second, and a place for every change', () => {
    const [first, second] = renderText(blockedSimple, { width: 200, color: false }).split('\n');
    expect(first).toBe('HealthVault go-live gate: merge blocked, 1 label missing');
    expect(second).toBe(
      "Next: Author: Finalize the configuration, then request the review. Reviewer: when Microsoft's HealthVault go-live team has finished its review, add go-live/configuration-approved.",
    );
    expect(renderText(blockedSimple, { width: 200, color: false })).toContain('\n        healthvault.app.yml:11:3\n');
  });

  test('links places if an address is given', () => {
    const links = (place: { readonly file: string; readonly line: number }): string =>
      `file:///repo/${place.file}#${place.line}`;
    const shown = renderText(blockedSimple, { width: 100, color: false, buildLink: links });
    expect(shown).toContain(
      '\u001b]8;;file:///repo/healthvault.app.yml#11\u001b\\healthvault.app.yml:11:3\u001b]8;;\u001b\\',
    );
  });
});

test.each([
  ['a b c', 3, ['a b', 'c']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  ['日本語', 4, ['日本', '語']],
  ['', 10, ['']],
  ['aa bbbbbb c', 4, ['aa', 'bbbb', 'bb c']],
])('%j is wrapped in %d columns', (text, width, expected) => {
  expect(wrap(text, width)).toEqual(expected);
});

describe('annotations', () => {
  const kinds = (report: Report): readonly string[] =>
    renderAnnotations(report)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => /^::(\w+)/.exec(line)?.[1] ?? line);

  test('are errors while the gate blocks, warnings once it passed, and none for no change', () => {
    expect(kinds(blockedSimple)).toEqual(['error']);
    expect(new Set(kinds(passed))).toEqual(new Set(['warning']));
    expect(renderAnnotations(none)).toBe('');
  });

  test('are at most ten of a kind, sorted by severity, with the rest counted', () => {
    const made = kinds(large(30, 300));
    expect(made.filter((kind) => kind === 'error')).toHaveLength(MAX_ANNOTATIONS_PER_KIND);
    expect(made.at(-1)).toBe('notice');
    expect(renderAnnotations(large(30, 300))).toContain('::Not shown here: 80 errors. The job summary');
    expect(renderAnnotations(large(30, 300)).split('\n')[0]).toContain('title=Sign-up workflow::');
  });

  test('have properties and message escaped as in the toolkit', () => {
    const change = {
      ...(blockedSimple.changes[0] as Report['changes'][number]),
      file: 'a,b:c%.yml',
      reason: '100%\r\nsure: yes, {really}',
    };
    const [line] = renderAnnotations({ ...blockedSimple, changes: [change] }).split('\n');
    expect(line).toBe(
      '::error file=a%2Cb%3Ac%25.yml,line=11,col=3,title=Configuration::Description (changed): 100%25⏎sure: yes, {really} [text-changed]',
    );
  });

  test('for a line of the base are on the file, not on another line', () => {
    const change = {
      ...(blockedSimple.changes[0] as Report['changes'][number]),
      location: { side: 'base', line: 5, column: 1 } as const,
    };
    expect(renderAnnotations({ ...blockedSimple, changes: [change] })).toContain(
      '::error file=healthvault.app.yml,title=',
    );
  });
});
