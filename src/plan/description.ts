/** Lines that people write for the gate into a pull request's description: `Go-live: ...`, `Break-glass: ...`. */

/** Code points that move, hide or break text: controls, bidirectional marks, zero-width characters, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/gu;

/** One line of text that is safe to pass on: nothing invisible, blanks folded, cut to `limit` UTF-16 units. */
export function plainLine(text: string, limit = 500): string {
  const line = text.replace(/\s+/gu, ' ').replace(UNSAFE, '').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Leaves out what a reader of the description does not see. */
function withoutHtmlComments(text: string): string {
  let visible = '';
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('<!--', at);
    if (start < 0) return visible + text.slice(at);
    visible += text.slice(at, start);
    const end = text.indexOf('-->', start);
    if (end < 0) return visible;
    at = end + 3;
  }
  return visible;
}

/** What stands after `key:` on the first line that begins with it (any case, list marks and emphasis aside) and says something; else null. */
export function lineOf(description: string, key: string): string | null {
  const prefix = `${key.toLowerCase()}:`;
  for (const line of withoutHtmlComments(description).split(/\r\n|\r|\n/)) {
    const plain = plainLine(line.replace(/[*_`]/g, '')).replace(/^[->+]\s+/, '');
    if (!plain.toLowerCase().startsWith(prefix)) continue;
    const value = plain.slice(prefix.length).trim();
    if (value !== '') return value;
  }
  return null;
}
