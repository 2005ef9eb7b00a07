/** Offsets in a text to lines and columns. */
import type { Position } from '../model/source.ts';

/**
 * Looks up positions in `text` by UTF-16 offset. A line ends at `\n` only, as on GitHub, so CRLF counts once. An offset
 * outside the text means its nearest end.
 */
export function createPositionFinder(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const findLineStart = (index: number): number => starts[index] ?? Number.POSITIVE_INFINITY;
  let latest = 0; // readers ask in the order of the text: the same line again, or the next one
  return (offset) => {
    const target = Math.max(0, Math.min(offset, text.length));
    if (findLineStart(latest + 1) <= target) latest += 1;
    if (findLineStart(latest) > target || findLineStart(latest + 1) <= target) latest = findLineIndex(starts, target);
    return { line: latest + 1, column: target - findLineStart(latest) + 1 };
  };
}

/** Index of the last line start at or before the offset. */
function findLineIndex(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
