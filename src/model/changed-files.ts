/** Differences: files between two listings of a whole tree, lines from a unified diff or between two texts. */
import { groupBy } from './lists.ts';
import type { ChangedFile, ChangedLine, Side } from './source.ts';

/**
 * Compares two listings (path -> an id of the content). A file that moved without change is a rename. The order is that of
 * `after`. Removed files follow.
 */
export function compareListings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly ChangedFile[] {
  const removed = [...before].filter(([path]) => !after.has(path));
  const gone = new Map(
    Array.from(
      groupBy(removed, ([, id]) => id),
      ([id, files]) => [id, files.map(([path]) => path)],
    ),
  );
  const files: ChangedFile[] = [];
  for (const [path, id] of after) {
    const old = before.get(path);
    if (old === id) continue;
    const previousPath = old === undefined ? gone.get(id)?.shift() : undefined;
    if (previousPath !== undefined) files.push({ path, previousPath, status: 'renamed', lines: [], contentId: id });
    else files.push({ path, status: old === undefined ? 'added' : 'modified', contentId: id });
  }
  for (const [id, paths] of gone) for (const path of paths) files.push({ path, status: 'removed', contentId: id });
  return files;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The changed lines of one file's unified diff, or null if a hunk has another length than it states: the diff was cut. */
export function parsePatch(patch: string): readonly ChangedLine[] | null {
  const changed: ChangedLine[] = [];
  const next = { base: 0, head: 0 };
  const left = { base: 0, head: 0 };
  let previous: { [side in Side]?: string } = {};
  for (const row of patch.replace(/\n$/, '').split('\n')) {
    if (left.base === 0 && left.head === 0) {
      const [, base, baseCount = '1', head, headCount = '1'] = HUNK.exec(row) ?? [];
      if (base !== undefined) {
        Object.assign(next, { base: Number(base), head: Number(head) });
        Object.assign(left, { base: Number(baseCount), head: Number(headCount) });
        previous = {};
      } else if (!row.startsWith('\\')) return null;
      continue;
    }
    const sign = row[0] ?? ' '; // git may write an empty context line without its space
    if (sign === '\\') continue;
    const revisions: readonly Side[] = sign === '-' ? ['base'] : sign === '+' ? ['head'] : ['base', 'head'];
    if (!'-+ '.includes(sign) || revisions.some((side) => left[side] === 0)) return null;
    const [only] = revisions.length === 1 ? revisions : [];
    if (only !== undefined) changed.push(buildLine(only, next[only], row.slice(1), previous[only]));
    for (const side of revisions) {
      previous[side] = row.slice(1);
      next[side] += 1;
      left[side] -= 1;
    }
  }
  return left.base === 0 && left.head === 0 ? changed : null;
}

/** The lines that one text has more often than the other, and those in another order. Null: there is no file. */
export function compareLines(base: string | null, head: string | null): readonly ChangedLine[] {
  const texts = { base: splitLines(base), head: splitLines(head) };
  const between = removeEqualEnds(texts);
  const unmatched = {
    base: listUnmatched(between.base, between.head),
    head: listUnmatched(between.head, between.base),
  };
  const matched = { base: removeLines(between.base, unmatched.base), head: removeLines(between.head, unmatched.head) };
  const moved = { base: listMoved(matched.base, matched.head), head: listMoved(matched.head, matched.base) };
  return (['base', 'head'] as const).flatMap((side) =>
    [...unmatched[side], ...moved[side]]
      .sort(([one], [other]) => one - other)
      .map(([line, text]) => buildLine(side, line, text, texts[side][line - 2])),
  );
}

/** A line and its number. */
type Numbered = readonly [line: number, text: string];

function splitLines(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split(/\r\n|\n|\r/);
}

/** Both texts without the lines that they begin and end with in common. */
function removeEqualEnds({ base, head }: Readonly<Record<Side, readonly string[]>>): Record<Side, readonly Numbered[]> {
  const length = Math.min(base.length, head.length);
  let start = 0;
  while (start < length && base[start] === head[start]) start += 1;
  let end = 0;
  while (end < length - start && base[base.length - 1 - end] === head[head.length - 1 - end]) end += 1;
  const cut = (lines: readonly string[]) =>
    lines.slice(start, lines.length - end).map((text, index): Numbered => [start + index + 1, text]);
  return { base: cut(base), head: cut(head) };
}

function listUnmatched(lines: readonly Numbered[], others: readonly Numbered[]): readonly Numbered[] {
  const counts = new Map<string, number>();
  for (const [, text] of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return lines.filter(([, text]) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count <= 0;
  });
}

function removeLines(lines: readonly Numbered[], removed: readonly Numbered[]): readonly Numbered[] {
  const numbers = new Set(removed.map(([line]) => line));
  return lines.filter(([line]) => !numbers.has(line));
}

/** The lines from the first to the last that are in another order on the other side. */
function listMoved(lines: readonly Numbered[], others: readonly Numbered[]): readonly Numbered[] {
  const differs = ([, text]: Numbered, index: number) => text !== others[index]?.[1];
  const first = lines.findIndex(differs);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(differs) + 1);
}

function buildLine(side: Side, line: number, text: string, previous: string | undefined): ChangedLine {
  return { side, line, text, ...(previous === undefined ? {} : { previous }) };
}
