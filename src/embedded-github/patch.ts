/** The unified difference that GitHub shows for a changed file. */
import type { FileChange } from './history.ts';
import type { Entry } from './objects.ts';

/** Most lines in a patch that GitHub shows. */
const MAX_PATCH_LINES = 20_000;
/** Lines are compared up to this many pairs. Beyond that, all of them count as replaced. */
const MAX_PAIRS = 4_000_000;
const CONTEXT = 3;

/** A patch and its counts. */
export interface Patch {
  readonly patch: string;
  readonly additions: number;
  readonly deletions: number;
}

/** One hunk over everything between the first and the last difference. Null for binary, equal and long files. */
export function writePatch({ base, head }: FileChange): Patch | null {
  const [before, after] = [readLines(base), readLines(head)];
  if (before === null || after === null) return null;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const rows = compareRows(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const [deletions, additions] = ['-', '+'].map((sign) => rows.filter((row) => row.startsWith(sign)).length);
  if (deletions === undefined || additions === undefined || deletions + additions === 0) return null;
  if (rows.length > MAX_PATCH_LINES) return null;
  const leading = before.slice(Math.max(0, start - CONTEXT), start).map((line) => ` ${line}`);
  const trailing = before
    .slice(before.length - end)
    .slice(0, CONTEXT)
    .map((line) => ` ${line}`);
  const hunk = [...leading, ...rows, ...trailing];
  const writeRange = (sign: string): string => {
    const count = hunk.filter((row) => !row.startsWith(sign)).length;
    return `${count === 0 ? 0 : start - leading.length + 1},${count}`;
  };
  const patch = [`@@ -${writeRange('+')} +${writeRange('-')} @@`, ...hunk].join('\n');
  return { patch, additions, deletions };
}

/** The lines of a text file, or null for a binary one. */
function readLines(entry: Entry | null): readonly string[] | null {
  if (entry === null || entry.bytes.length === 0) return [];
  if (entry.mode === '160000') return [`Subproject commit ${new TextDecoder().decode(entry.bytes).trim()}`];
  if (entry.bytes.subarray(0, 8000).includes(0)) return null;
  const lines = new TextDecoder().decode(entry.bytes).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The longest common subsequence as rows of a hunk. */
function compareRows(before: readonly string[], after: readonly string[]): readonly string[] {
  const removeAll = before.map((line) => `-${line}`);
  const addAll = after.map((line) => `+${line}`);
  if (before.length * after.length > MAX_PAIRS) return [...removeAll, ...addAll];
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const getLength = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        before[i] === after[j] ? getLength(i + 1, j + 1) + 1 : Math.max(getLength(i + 1, j), getLength(i, j + 1));
  const rows: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      rows.push(` ${before[i]}`);
      i++;
      j++;
    } else if (i < before.length && getLength(i + 1, j) >= getLength(i, j + 1)) rows.push(`-${before[i++]}`);
    else if (j < after.length) rows.push(`+${after[j++]}`);
    else rows.push(`-${before[i++]}`);
  }
  return rows;
}
