/**
 * All content of a report is plain text from users. This file is the only way from such text into an output. Its functions
 * return visible characters, without markup, links, mentions, references or invisible text.
 */

/**
 * Characters that hide, reorder or imitate: controls, line separators, odd spaces, joiners, bidi controls, fillers,
 * variation selectors, tags, interlinear marks, lone surrogates. Shown as `⟨U+202E⟩`.
 */
const unseen = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800\ufffe\uffff]/gu;

/** More than four combining marks on one letter paint over the lines around them. */
const STACKED_MARKS = /(\p{M}{4})(\p{M}+)/gu;

function writeCodePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

function showCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (character === '\n') return '⏎';
  if (character === '\t') return '⇥';
  if (point < 0x20) return String.fromCodePoint(0x2400 + point);
  return point === 0x7f ? '␡' : writeCodePoint(character);
}

/**
 * One line of plain text in which every character is seen. `##[` is taken apart too: the Actions runner reads a command
 * out of it anywhere in a line of a log.
 */
export function makeVisible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unseen, showCharacter)
    .replace(STACKED_MARKS, (_all, kept: string, rest: string) => kept + [...rest].map(writeCodePoint).join(''))
    .replace(/##\[/g, '##⟨U+005B⟩');
}

/** At most `limit` code points of a text, with the number of omitted ones. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  if (points.length <= limit) return text;
  return `${points.slice(0, limit).join('')}… (${points.length} characters)`;
}

/** A marker of the gate's own comments must not be readable out of a value, not even in a code span. */
function withoutMarkers(text: string): string {
  return text.replace(/<!--/g, '<⟨U+0021⟩--').replace(/--(!?)>/g, '--$1⟨U+003E⟩');
}

function renderFencedCode(text: string): string {
  if (text === '') return '';
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || (text.startsWith(' ') && text.endsWith(' ')) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/**
 * A Markdown code span, safe in a table's cell too: GitHub makes no mention, reference or link in a code span. Markdown readers
 * disagree on a pipe after a backslash, so the span is interrupted for one character there.
 */
export function toCodeSpan(text: string): string {
  const shown = withoutMarkers(makeVisible(text));
  if (shown.trim() === '') return shown === '' ? '' : renderFencedCode('␠'.repeat([...shown].length));
  const pieces = shown.split(/(?<=\\)\|/);
  return pieces.map((piece) => buildSpan(piece)).join('&#124;');
}

function buildSpan(piece: string): string {
  const span = renderFencedCode(piece.trim() === '' ? piece.replace(/ /g, '␠') : piece);
  return span.replace(/\|/g, '\\|');
}

/** Words with a meaning for GitHub anywhere in running text. Every pattern takes linear time. */
const ACTIVE_PATTERNS = [
  /[@$`]/,
  /#\w/,
  /[a-z][\d+.-]{0,8}:\S/i,
  /:[\w+-]{1,60}:/,
  /:\/\//,
  /www\./i,
  /[a-z]\d{0,8}-\d/i,
  /ghsa-/i,
  /(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/i,
];

const opening = /^["'(]+/;
const closing = /[.,;:!?)"']/;

function escapeWord(word: string): string {
  return word
    .replace(/[\\*_[\]~]/g, '\\$&')
    .replace(/^([-+=#])/, '\\$1')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\|/g, '&#124;');
}

/** A first word must not look like the number of a list. */
function escapeStart(word: string): string {
  return escapeWord(word).replace(/^(\d+)([.)])$/, '$1\\$2');
}

/** Running text as Markdown: words that GitHub would turn into something are in code spans, the rest is escaped. */
export function escapeMarkdown(text: string): string {
  const shown = withoutMarkers(makeVisible(text)).trim();
  if (shown === '') return text === '' ? '' : '␠';
  return shown
    .split(/ +/)
    .map((word, index) => {
      if (!ACTIVE_PATTERNS.some((pattern) => pattern.test(word)))
        return index === 0 ? escapeStart(word) : escapeWord(word);
      const start = opening.exec(word)?.[0].length ?? 0;
      let end = word.length;
      while (end > start && closing.test(word.charAt(end - 1))) end -= 1;
      const core = word.slice(start, end);
      if (!ACTIVE_PATTERNS.some((pattern) => pattern.test(core))) return toCodeSpan(word);
      return `${word.slice(0, start)}${toCodeSpan(core)}${word.slice(end)}`;
    })
    .join(' ');
}

/** Text for HTML, in element content and in double-quoted attributes. */
export function escapeHtml(text: string): string {
  return makeVisible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** An address that may be in a link: https, http or mailto, with everything else percent-encoded; else null. */
export function sanitizeUrl(address: string | null | undefined): string | null {
  if (address === null || address === undefined || !/^(https?:\/\/[^/\s]|mailto:[^\s@]+@)/i.test(address)) return null;
  const encoded = address
    .replace(/\p{Cs}/gu, '')
    .replace(/[^A-Za-z0-9\-._~:/?#@!$&*+,=%]/gu, (character) => encodePercent(character));
  return encoded.replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
}

function encodePercent(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** A repository path as part of an address: every segment encoded, slashes kept. */
export function encodePath(path: string): string {
  return [...path]
    .map((character) => (/[A-Za-z0-9\-._~/]/.test(character) ? character : encodePercent(character)))
    .join('');
}

/** JSON text without invisible characters and without runner commands. It parses to the same data. */
export function escapeJson(json: string): string {
  return json
    .replace(/##\[/g, '##\\u005b')
    .replace(/(?![ \n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
      [...Array(character.length).keys()]
        .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
        .join(''),
    );
}
