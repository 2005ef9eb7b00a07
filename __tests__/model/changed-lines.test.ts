/** Changed lines: what a unified diff says, and that a cut one says nothing. */
import fc from 'fast-check';
import { writePatch } from '../../src/embedded-github/patch.ts';
import { compareLines, parsePatch } from '../../src/model/changed-files.ts';
import type { ChangedLine } from '../../src/model/source.ts';

const PATCH =
  '@@ -3,3 +3,4 @@ class A\n same\n-old\n+new\n+another\n same\n@@ -20 +22,0 @@\n-gone\n\\ No newline at end of file';

test('added and removed lines have the numbers of head and base', () => {
  expect(parsePatch(PATCH)).toEqual([
    { side: 'base', line: 4, text: 'old', previous: 'same' },
    { side: 'head', line: 4, text: 'new', previous: 'same' },
    { side: 'head', line: 5, text: 'another', previous: 'new' },
    { side: 'base', line: 20, text: 'gone' },
  ]);
});

test('lines that resemble headers are lines', () => {
  expect(parsePatch('@@ -1 +1,2 @@\n--- a\n+++ b\n+@@ -1 +1 @@')).toEqual([
    { side: 'base', line: 1, text: '-- a' },
    { side: 'head', line: 1, text: '++ b' },
    { side: 'head', line: 2, text: '@@ -1 +1 @@', previous: '++ b' },
  ]);
});

test.each([
  ['a hunk without its last line', '@@ -1,2 +1,2 @@\n same\n-old'],
  ['more lines than the hunk states', '@@ -1 +1 @@\n-old\n+new\n+another'],
  ['something that is not a hunk', 'Binary files differ'],
  ['a line without a sign', '@@ -1 +1 @@\n-old\nnew'],
])('the lines are unknown with %s', (_what, patch) => {
  expect(parsePatch(patch)).toBeNull();
});

test('both texts give the same lines as the patch between them', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '-x', '+y'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [base, head] = [before, after].map((lines) => ({
        mode: '100644' as const,
        bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')),
      }));
      if (base === undefined || head === undefined) throw new Error('two sides');
      const diff = writePatch({ path: 'a', previousPath: null, status: 'modified', base, head });
      const lines = diff === null ? [] : parsePatch(diff.patch);
      const remove = (list: readonly ChangedLine[], side: 'base' | 'head', all: readonly string[]) => {
        const changed = new Set(list.flatMap((one) => (one.side === side ? [one.line] : [])));
        return all.filter((_, index) => !changed.has(index + 1));
      };
      // Without their changed lines, both sides are the same.
      expect(lines).not.toBeNull();
      expect(remove(lines ?? [], 'base', before)).toEqual(remove(lines ?? [], 'head', after));
      const compared = compareLines(before.join('\n'), after.join('\n'));
      const split = (all: readonly string[]) => (all.join('') === '' && all.length < 2 ? [] : all);
      expect(remove(compared, 'base', split(before))).toEqual(remove(compared, 'head', split(after)));
      // Of the lines that the patch does not have, the comparison finds only those that both sides have.
      const found = compared.filter(
        ({ text: line }) => ![before, after].every((all: readonly string[]) => all.includes(line)),
      );
      const shown = (lines ?? []).map(({ side, text: line }) => `${side} ${line}`);
      for (const one of found) if (one.text !== '') expect(shown).toContain(`${one.side} ${one.text}`);
    }),
  );
});
