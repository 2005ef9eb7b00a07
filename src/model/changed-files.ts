/** Differences: files between two listings of a whole tree, lines from a unified diff or between two texts. */
import type { ChangedFile, ChangedLine, Side } from './source.ts';

/**
 * Compares two listings (path -> an id of the content). A file that moved without change is a rename. The order is that of
 * `after`. Removed files follow.
 */
export function compareListings(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly ChangedFile[] {
  const gone = new Map<string, string[]>();
  for (const [path, id] of before) if (!after.has(path)) gone.set(id, [...(gone.get(id) ?? []), path]);
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
  const unmatched = {
    base: listUnmatched('base', texts.base, texts.head),
    head: listUnmatched('head', texts.head, texts.base),
  };
  const matched = { base: removeLines(texts.base, unmatched.base), head: removeLines(texts.head, unmatched.head) };
  const moved = { base: listMoved(matched.base, matched.head), head: listMoved(matched.head, matched.base) };
  const listSide = (side: Side): readonly ChangedLine[] =>
    [...unmatched[side], ...moved[side].map(([line, text]) => buildLine(side, line, text, texts[side][line - 2]))].sort(
      (one, other) => one.line - other.line,
    );
  return [...listSide('base'), ...listSide('head')];
}

/** A line and its number. */
type Numbered = readonly [line: number, text: string];

function removeLines(lines: readonly string[], removed: readonly ChangedLine[]): readonly Numbered[] {
  const numbers = new Set(removed.map(({ line }) => line));
  return lines.flatMap((text, index): readonly Numbered[] => (numbers.has(index + 1) ? [] : [[index + 1, text]]));
}

/** The lines from the first to the last that are in another order on the other side. */
function listMoved(lines: readonly Numbered[], others: readonly Numbered[]): readonly Numbered[] {
  const differs = ([, text]: Numbered, index: number) => text !== others[index]?.[1];
  const first = lines.findIndex(differs);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(differs) + 1);
}

function splitLines(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : text.split(/\r\n|\n|\r/);
}

function listUnmatched(side: Side, lines: readonly string[], others: readonly string[]): readonly ChangedLine[] {
  const counts = new Map<string, number>();
  for (const text of others) counts.set(text, (counts.get(text) ?? 0) + 1);
  return lines.flatMap((text, index): readonly ChangedLine[] => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count > 0 ? [] : [buildLine(side, index + 1, text, lines[index - 1])];
  });
}

function buildLine(side: Side, line: number, text: string, previous: string | undefined): ChangedLine {
  return { side, line, text, ...(previous === undefined ? {} : { previous }) };
}
