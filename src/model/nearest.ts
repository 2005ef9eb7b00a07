/** "Did you mean": the known word that a misspelt one is closest to. */

/** Longer words are cut before they are compared: no typing error is that long. */
const MAX_WORD_CHARS = 80;

/** The closest word by edit distance without regard to case, or null when none is near (a third of its length at most). */
export function findNearestWord(word: string, known: Iterable<string>): string | null {
  const wanted = word.trim().toLowerCase().slice(0, MAX_WORD_CHARS);
  let best: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const text = candidate.toLowerCase();
    if (Math.abs(text.length - wanted.length) >= least) continue;
    const steps = countEdits(wanted, text);
    if (steps < least) {
      least = steps;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function countEdits(from: string, to: string): number {
  let earlier: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let steps = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) steps = Math.min(steps, (earlier[column - 2] ?? 0) + 1);
      current.push(steps);
    }
    earlier = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
}
