/**
 * As much of Python as settings files need: statements with their positions and the blocks that they are in. Nothing is
 * run. A key in a comment or a doc string is not a setting, because comments and texts are not code.
 */
import type { ParseProblem } from '../../model/document.ts';
import type { Position } from '../../model/source.ts';
import { messages } from '../messages.ts';
import { createPositionFinder } from '../positions.ts';
import { findTextEnd, hasNestedQuotes } from './tokens.ts';

/** One simple statement, or the header of a block (`if x:`). Statements refer to each other by their index in the file. */
export interface PythonStatement {
  readonly index: number;
  /** Its text with spaces in place of comments. Offsets in it count from `at`. */
  readonly code: string;
  /** True if it is in a block or indented, so it may not run. */
  readonly nested: boolean;
  /** The header of the block that it is in. */
  readonly parent: number | null;
  /** Number of headers around it. */
  readonly depth: number;
  /** For `elif`, `else`, `except` and `finally`, the header of the branch before. */
  readonly after: number | null;
  readonly at: Position;
  /** Position of an offset in `code`. */
  toPosition(offset: number): Position;
}

const HEADER = /[ \t\f]*(?:if|elif|else|for|while|try|except|finally|with|def|class|async|match|case)\b/y;
const BRANCH = /^(?:elif|else|except|finally|case)\b/;
const LINE_END = /\r\n|\r|\n/g;

/** Splits a file into statements, in one pass. A text or a bracket that never ends is a problem. */
export function parsePython(
  text: string,
): { readonly statements: readonly PythonStatement[] } | { readonly problem: ParseProblem } {
  const findPosition = createPositionFinder(text);
  const statements: PythonStatement[] = [];
  const blocks: Block[] = [];
  const brackets: number[] = [];
  let comments: Span[] = [];
  let start = 0;
  let lineStart = 0;
  let indent = 0;
  const finish = (end: number, opensBlock: boolean) => {
    const written = replaceWithSpaces(text, start, end, comments);
    const code = written.trim();
    const first = start + (written.length - written.trimStart().length);
    if (code !== '') {
      let former: number | null = null;
      if (start === lineStart) {
        indent = text.slice(lineStart, first).replaceAll('\t', ' '.repeat(8)).length;
        former = leaveBlocks(blocks, indent);
      }
      const index = statements.length;
      const parent = blocks.at(-1)?.header ?? null;
      const nested = parent !== null || indent > 0;
      const after = BRANCH.test(code) ? former : null;
      const toPosition = (offset: number) => findPosition(first + offset);
      statements.push({
        index,
        code,
        nested,
        parent,
        depth: blocks.length,
        after,
        at: findPosition(first),
        toPosition,
      });
      if (opensBlock) blocks.push({ header: index, indent });
    }
    comments = [];
    start = end;
  };
  const interesting = /[#"'\\([{)\]};:\r\n]/g;
  for (let match = interesting.exec(text); match !== null; match = interesting.exec(text)) {
    const at = match.index;
    const unit = match[0];
    if (unit === '#') {
      LINE_END.lastIndex = at;
      interesting.lastIndex = LINE_END.exec(text)?.index ?? text.length;
      comments.push([at, interesting.lastIndex]);
    } else if (unit === '"' || unit === "'") {
      const end = findTextEnd(text, at);
      if (end === null) return { problem: { ...messages.pythonTextOpen(), at: findPosition(at) } };
      if (hasNestedQuotes(text, at, end))
        return { problem: { ...messages.pythonNestedQuotes(), at: findPosition(at) } };
      interesting.lastIndex = end;
    } else if (unit === '\\') {
      const next = text[at + 1];
      if (next !== '\r' && next !== '\n') continue;
      comments.push([at, at + 1]);
      interesting.lastIndex = at + (text.startsWith('\r\n', at + 1) ? 3 : 2);
    } else if (unit === '(' || unit === '[' || unit === '{') brackets.push(at);
    else if (unit === ')' || unit === ']' || unit === '}') brackets.pop();
    else if (brackets.length > 0) continue;
    else if (unit !== ':') {
      finish(at, false);
      start = at + 1;
      if (unit !== ';') lineStart = start;
    } else if (text[at + 1] !== '=') {
      HEADER.lastIndex = start;
      if (HEADER.test(text)) finish(at + 1, true);
    }
  }
  const open = brackets[0];
  if (open !== undefined) return { problem: { ...messages.pythonBracketOpen(), at: findPosition(open) } };
  finish(text.length, false);
  return { statements };
}

/** An open block, with its header and the header's indent. */
interface Block {
  readonly header: number;
  readonly indent: number;
}

/** Ends the blocks that a line with this indent is not in. Returns the header at the same margin, or null. */
function leaveBlocks(blocks: Block[], indent: number): number | null {
  let left: Block | undefined;
  while (blocks.length > 0 && (blocks.at(-1)?.indent ?? 0) >= indent) left = blocks.pop();
  return left?.indent === indent ? left.header : null;
}

/** Start and end, without the end itself. */
type Span = readonly [number, number];

/** A part of the text with spaces in place of the ordered spans. */
function replaceWithSpaces(text: string, from: number, to: number, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = from;
  for (const [start, end] of spans) {
    parts.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return parts.join('') + text.slice(at, to);
}
