/** The words of Python code without comments, and the values of literals. */

/** `text` is the value of a literal text, `number` its digits, `name` a name or keyword, `mark` an operator or bracket. */
export interface PythonToken {
  readonly kind: 'text' | 'number' | 'name' | 'mark';
  readonly text: string;
  /** True for a text with names in it (`f'{x}'`), because only Python computes its value. */
  readonly computed: boolean;
  /** Its start and end in the code. */
  readonly at: number;
  readonly end: number;
}

/** Spaces, or a number (1), a text's prefix and quotes (2, 3), a name (4), a mark (5). */
const TOKEN =
  /\s+|(-?\d[\w.]*)|([rRbBuUfFtT]{0,2})("""|'''|"|')|([\p{ID_Start}_][\p{ID_Continue}]*)|((?:\*\*|\/\/|>>|<<|[-+*/%&|^@=!<>:])?=|.)/suy;

/** Whole numbers, also those of Python 2. Other numbers are marks. */
const WHOLE = /^-?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|\d[\d_]*)[lL]?$/;

/** The words of a statement or an expression, in order. */
export function tokenizePython(code: string): readonly PythonToken[] {
  const tokens: PythonToken[] = [];
  let at = 0;
  while (at < code.length) {
    TOKEN.lastIndex = at;
    const [, number, prefix = '', quote, name, mark] = TOKEN.exec(code) ?? [];
    const start = at;
    at = TOKEN.lastIndex;
    if (name !== undefined) {
      // Python compares identifiers in this normalized form (PEP 3131).
      tokens.push({ kind: 'name', text: name.normalize('NFKC'), computed: false, at: start, end: at });
    } else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark, computed: false, at: start, end: at });
    else if (number !== undefined) {
      const text = number.replace(/[_lL]/g, '');
      tokens.push({ kind: WHOLE.test(number) ? 'number' : 'mark', text, computed: false, at: start, end: at });
    } else if (quote !== undefined) {
      const inside = at;
      const end = findTextEnd(code, inside - quote.length);
      at = end ?? code.length;
      const inner = code.slice(inside, end === null ? at : at - quote.length);
      const text = /r/i.test(prefix) ? inner : unescapeText(inner);
      tokens.push({ kind: 'text', text, computed: /[ft]/i.test(prefix), at: start, end: at });
    }
  }
  return tokens;
}

/** The offset after a text with quotes that begin at `start`, or null if it is never closed. */
export function findTextEnd(text: string, start: number): number | null {
  const quote = text[start] ?? '';
  const triple = text.startsWith(quote.repeat(3), start);
  const end = triple ? quote.repeat(3) : quote;
  const mark = quote === '"' ? /[\\"\r\n]/g : /[\\'\r\n]/g;
  mark.lastIndex = start + end.length;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const at = match.index;
    if (match[0] === '\\') mark.lastIndex = at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
    else if (text.startsWith(end, at)) return at + end.length;
    else if (!triple && match[0] !== quote) return null;
  }
  return null;
}

/**
 * Whether a formatted text that ends at `end` has a quote of its own within a replacement field. Python 3.12 reads on
 * to the end of the field (PEP 701), but older versions do not. The rest is then code for one and a text or comment for
 * the other.
 */
export function hasNestedQuotes(text: string, start: number, end: number): boolean {
  if (!/(?:^|[^\p{ID_Continue}])(?:r?[ft]|[ft]r)$/iu.test(text.slice(Math.max(0, start - 3), start))) return false;
  const quote = text[start] ?? '';
  const other = quote === '"' ? "'" : '"';
  let depth = 0;
  for (let at = start + 1; at < end; at += 1) {
    const unit = text[at];
    if (unit === '{') {
      if (depth === 0 && text[at + 1] === '{') at += 1;
      else depth += 1;
    } else if (unit === '}' && depth > 0) depth -= 1;
    else if (depth > 0 && unit === '#') return true;
    else if (depth > 0 && unit === other) {
      const close = text.indexOf(other, at + 1);
      if (close < 0 || close >= end) return true;
      at = close;
    }
  }
  return depth > 0;
}

export type PythonLiteral =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: 'True' | 'False' | 'None' };

/**
 * The value of an expression that is literal: texts (side by side, added, in brackets, raw, triple), whole numbers, `True`,
 * `False`, `None`. Null for anything that has to be computed.
 */
export function readPythonLiteral(tokens: readonly PythonToken[]): PythonLiteral | null {
  const parts: PythonLiteral[] = [];
  let depth = 0;
  let wantsMore = true;
  for (const { kind, text, computed } of tokens) {
    if (kind === 'mark') {
      if (text === '(') depth += 1;
      else if (text === ')') depth -= 1;
      else if (text !== '+' || wantsMore) return null;
      else wantsMore = true;
      if (depth < 0) return null;
      continue;
    }
    if (kind === 'number') parts.push({ kind, digits: text });
    else if (kind === 'text' && !computed) parts.push({ kind, text });
    else if (text === 'True' || text === 'False' || text === 'None') parts.push({ kind: 'word', word: text });
    else return null;
    wantsMore = false;
  }
  if (depth !== 0 || wantsMore) return null;
  const [first] = parts;
  if (parts.length <= 1) return first ?? null;
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return texts.length === parts.length ? { kind: 'text', text: texts.join('') } : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function unescapeText(text: string): string {
  return text.replace(
    /\\(?:\r\n|\r|\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([nrtabfv\\'"]))/g,
    (written, byte?: string, unit?: string, point?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? written;
      const hex = byte ?? unit ?? point;
      if (hex === undefined && octal === undefined) return ''; // a line that goes on
      const code = Number.parseInt(hex ?? octal ?? '', hex === undefined ? 8 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : written;
    },
  );
}
