/** Offsets in a text to lines and columns. */
import type { Position } from '../model/source.ts';

/**
 * Looks up positions in `text` by UTF-16 offset. A line ends at `\n` only, as on GitHub, so CRLF counts once. An offset
 * outside the text means its nearest end.
 */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const target = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= target) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: target - (starts[low] ?? 0) + 1 };
  };
}
