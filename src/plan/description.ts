/** Lines that people write for the gate into a pull request's description: `Go-live: ...`, `Break-glass: ...`. */

/** The keys that are read from a description. An edit to other lines does not change the decision. */
export const descriptionKeys = ['Go-live', 'Break-glass'] as const;

/** Code points that move, hide or break text: controls, bidirectional marks, zero-width characters, lone surrogates; spaces aside. */
const UNSAFE = /(?!\s)[\p{Cc}\p{Cf}\p{Surrogate}]/gu;

/** One line of text that is safe to pass on: nothing invisible, spaces folded, cut to `limit` UTF-16 units. */
export function toPlainLine(text: string, limit = 500): string {
  const line = text.replace(UNSAFE, '').replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Invisible text of a description: HTML comments, also one that is never closed. */
const HTML_COMMENT = /<!(?=--)[\s\S]*?(?:-->|$)/g;

/** The text after `key:` on the first line that begins with it and is not empty, else null. Case, list marks and emphasis are ignored. */
export function findLine(description: string, key: (typeof descriptionKeys)[number]): string | null {
  const prefix = `${key.toLowerCase()}:`;
  for (const line of description.replace(HTML_COMMENT, '').split(/\r\n|\r|\n/)) {
    const plain = toPlainLine(line.replace(/[*_`]/g, '')).replace(/^[->+] /, '');
    if (!plain.toLowerCase().startsWith(prefix)) continue;
    const value = plain.slice(prefix.length).trim();
    if (value !== '') return value;
  }
  return null;
}
