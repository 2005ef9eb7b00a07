/**
 * As much of Python as settings files need: statements with their positions, and literal values. Nothing is run. Comments
 * and texts are told apart from code, so a key in a comment or a doc string is none.
 */
import type { Position } from '../model/source.ts';
import { positionsIn } from './positions.ts';

/** One simple statement. `code` is its text with comments blanked out; offsets in it are those of `at` onward. */
export interface PythonStatement {
  readonly code: string;
  /** The same with what stands in texts blanked out, so that it can be searched for names. */
  readonly bare: string;
  /** True for a statement that is indented or follows a colon: it may run or not. */
  readonly nested: boolean;
  readonly at: Position;
  /** Position of an offset in `code`. */
  position(offset: number): Position;
}

/** A text or a bracket that never ends. */
export interface PythonProblem {
  readonly kind: 'text-open' | 'bracket-open';
  readonly at: Position;
}

const COMPOUND = /^(?:if|elif|else|for|while|try|except|finally|with|def|class|async|match)\b/;

/** Splits a file into statements, in one pass. */
export function pythonStatements(
  text: string,
): { readonly statements: readonly PythonStatement[] } | { readonly problem: PythonProblem } {
  const positionOf = positionsIn(text);
  const statements: PythonStatement[] = [];
  const brackets: number[] = [];
  let comments: Span[] = [];
  let texts: Span[] = [];
  let start = 0;
  let lineStart = 0;
  let nestedLine = false;
  const finish = (end: number) => {
    const written = blanked(text, start, end, comments);
    const code = written.trim();
    const first = start + (written.length - written.trimStart().length);
    if (code !== '') {
      const bare = blanked(text, first, first + code.length, inOrder(comments, texts));
      if (start === lineStart) nestedLine = first > lineStart;
      const position = (offset: number) => positionOf(first + offset);
      statements.push({ code, bare, nested: nestedLine, at: positionOf(first), position });
      if (COMPOUND.test(bare)) nestedLine = true; // what follows on its line belongs to it
    }
    comments = [];
    texts = [];
    start = end + 1;
  };
  const interesting = /[#"'\\([{)\]};\n]/g;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const at = match.index;
    const unit = match[0];
    if (unit === '#') {
      const end = text.indexOf('\n', at);
      interesting.lastIndex = end < 0 ? text.length : end;
      comments.push([at, interesting.lastIndex]);
    } else if (unit === '"' || unit === "'") {
      const end = endOfText(text, at);
      if (end === null) return { problem: { kind: 'text-open', at: positionOf(at) } };
      texts.push([at, end]);
      interesting.lastIndex = end;
    } else if (unit === '\\') {
      const length = text.startsWith('\r\n', at + 1) ? 3 : 2;
      if (text[at + length - 1] !== '\n') continue;
      comments.push([at, at + 1]);
      interesting.lastIndex = at + length;
    } else if (unit === '(' || unit === '[' || unit === '{') brackets.push(at);
    else if (unit === ')' || unit === ']' || unit === '}') brackets.pop();
    else if (brackets.length === 0) {
      finish(at);
      if (unit === '\n') lineStart = at + 1;
    }
  }
  const open = brackets[0];
  if (open !== undefined) return { problem: { kind: 'bracket-open', at: positionOf(open) } };
  finish(text.length);
  return { statements };
}

/** From and to, to not included. */
type Span = readonly [number, number];

function inOrder(comments: readonly Span[], texts: readonly Span[]): readonly Span[] {
  if (texts.length === 0 || comments.length === 0) return texts.length === 0 ? comments : texts;
  return [...comments, ...texts].sort(([a], [b]) => a - b);
}

/** A part of the text with the spans in it, in order, as blanks. */
function blanked(text: string, from: number, to: number, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = from;
  for (const [start, end] of spans) {
    if (start < at || start >= to) continue;
    parts.push(text.slice(at, start), ' '.repeat(Math.min(end, to) - start));
    at = Math.min(end, to);
  }
  return parts.length === 0 ? text.slice(from, to) : parts.join('') + text.slice(at, to);
}

/** The offset after a text that begins at `start`, or null when it is never closed. */
function endOfText(text: string, start: number): number | null {
  const quote = text[start] ?? '';
  const triple = text.startsWith(quote.repeat(3), start);
  const end = triple ? quote.repeat(3) : quote;
  const mark = quote === '"' ? /[\\"\n]/g : /[\\'\n]/g;
  mark.lastIndex = start + end.length;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const at = match.index;
    if (match[0] === '\\') mark.lastIndex = at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
    else if (text.startsWith(end, at)) return at + end.length;
    else if (!triple && match[0] === '\n') return null;
  }
  return null;
}

export type PythonLiteral =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: 'True' | 'False' | 'None' };

const TOKEN =
  /\s+|(?<number>-?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|\d[\d_]*)[lL]?)(?![\w.])|(?<word>True|False|None)\b|(?<prefix>[rRbBuU]{0,2})(?<quote>"""|'''|"|')|(?<mark>[()+,])/y;

/**
 * The value of an expression that is literal: texts (side by side, added, in brackets, raw, triple), whole numbers, `True`,
 * `False`, `None`. Null for anything that has to be computed.
 */
export function pythonLiteral(code: string): PythonLiteral | null {
  const parts: PythonLiteral[] = [];
  let depth = 0;
  let wantsMore = false;
  let at = 0;
  while (at < code.length) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(code)?.groups;
    if (groups === undefined) return null;
    at = TOKEN.lastIndex;
    const { number, word, prefix, quote, mark } = groups;
    if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
    else if (mark === ',')
      return null; // a tuple
    else if (mark === '+') {
      if (wantsMore || parts.length === 0) return null;
      wantsMore = true;
    } else if (number !== undefined || word !== undefined) {
      const literal: PythonLiteral =
        number === undefined
          ? { kind: 'word', word: word as 'True' | 'False' | 'None' }
          : { kind: 'number', digits: number.replace(/_|[lL]$/g, '') };
      parts.push(literal);
      wantsMore = false;
    } else if (quote !== undefined) {
      const start = at - quote.length;
      const end = endOfText(code, start);
      if (end === null) return null;
      const inner = code.slice(at, end - quote.length);
      parts.push({ kind: 'text', text: /r/i.test(prefix ?? '') ? inner : unescaped(inner) });
      wantsMore = false;
      at = end;
    }
    if (depth < 0) return null;
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

function unescaped(text: string): string {
  return text.replace(
    /\\(?:\r?\n|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([nrtabfv\\'"]))/g,
    (written, byte?: string, unit?: string, point?: string, octal?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? written;
      const hex = byte ?? unit ?? point;
      const code = octal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(octal, 8);
      if (Number.isNaN(code)) return ''; // a line that goes on
      return code <= 0x10ffff ? String.fromCodePoint(code) : written;
    },
  );
}
