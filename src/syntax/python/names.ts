/** Finds the names that a Python statement assigns, and everything in its file that their values depend on. No code is run. */
import { groupBy } from '../../model/lists.ts';
import type { PythonStatement } from './python.ts';
import { type PythonToken, tokenizePython } from './tokens.ts';

/** A statement with its tokens, and the names that it assigns. */
export interface PythonCode extends PythonStatement {
  readonly tokens: readonly PythonToken[];
  /** Its text without regard to layout and quotes. */
  readonly text: string;
  /** Names alone on the left of `=`. Each has the value in `value`. */
  readonly plain: readonly string[];
  /** The tokens after the last `=`, or all tokens if it is not an assignment. */
  readonly value: readonly PythonToken[];
  /** Names that it may assign in any other way: imported, counted over, one of several, added to, deleted. */
  readonly others: readonly string[];
}

/** The same statement with distinct names. */
export function readPythonNames(statement: PythonStatement): PythonCode {
  const tokens = tokenizePython(statement.code);
  const { targets, augmented, value } = parseAssignment(tokens);
  const isPlain = (target: readonly PythonToken[]) => !augmented && (target.length === 1 || target[1]?.text === ':');
  const plain = targets.filter(isPlain).flatMap((target) => pickNames(target.slice(0, 1)));
  const others = [...targets.filter((target) => !isPlain(target)).flatMap(pickNames), ...listNamesByKeyword(tokens)];
  for (const [index, { text }] of tokens.entries()) {
    if (text === ':=') others.push(...pickNames(tokens.slice(index - 1, index)));
  }
  const text = `${statement.depth} ${tokens.map(writeCanonical).join(' ')}`;
  return { ...statement, tokens, text, plain, value, others };
}

/** The parts of `a = b = value`. Without an `=` outside of brackets there are no targets. */
function parseAssignment(tokens: readonly PythonToken[]): {
  readonly targets: readonly (readonly PythonToken[])[];
  readonly augmented: boolean;
  readonly value: readonly PythonToken[];
} {
  const targets: (readonly PythonToken[])[] = [];
  let augmented = false;
  let depth = 0;
  let start = 0;
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== 'mark') continue;
    if (text === '(' || text === '[' || text === '{') depth += 1;
    else if (text === ')' || text === ']' || text === '}') depth -= 1;
    if (depth > 0 || !text.endsWith('=') || COMPARISONS.has(text)) continue;
    targets.push(tokens.slice(start, index));
    augmented ||= text !== '=';
    start = index + 1;
  }
  return { targets, augmented, value: tokens.slice(start) };
}

/** Marks that end in `=` and assign nothing, or something within an expression. */
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<=', '>=', ':=']);

/** Names that a statement assigns by its first word (`import`, `for`, `def`). */
function listNamesByKeyword(tokens: readonly PythonToken[]): readonly string[] {
  const [first, ...rest] = tokens[0]?.text === 'async' ? tokens.slice(1) : tokens;
  const findWordIndex = (word: string) => rest.findIndex(({ text }) => text === word);
  switch (first?.text) {
    case 'import':
    case 'from':
      return readImports(tokens).map(({ name }) => name);
    case 'del':
    case 'global':
    case 'nonlocal':
    case 'case':
      return pickNames(rest);
    case 'def':
    case 'class':
      return pickNames(rest.slice(0, 1));
    case 'for':
      return pickNames(rest.slice(0, findWordIndex('in')));
    case 'with':
    case 'except':
      return findWordIndex('as') < 0 ? [] : pickNames(rest.slice(findWordIndex('as') + 1));
    default:
      return [];
  }
}

function pickNames(tokens: readonly PythonToken[]): readonly string[] {
  return tokens.flatMap(({ kind, text }) => (kind === 'name' ? [text] : []));
}

/** One imported name and its origin: `from keys import LIVE as ID` brings `ID` for `keys LIVE`. */
interface PythonImport {
  readonly name: string;
  readonly source: string;
}

/** The names that an import statement brings. A star brings the name `*`. */
function readImports(tokens: readonly PythonToken[]): readonly PythonImport[] {
  const begin = tokens.findIndex(({ text }) => text === 'import');
  const module = tokens.slice(1, begin).map(({ text }) => text);
  const imports: PythonImport[] = [];
  let words: string[] = [];
  for (const { text } of [...tokens.slice(begin + 1), { text: ',' }]) {
    if (text === '(' || text === ')') continue;
    if (text !== ',') {
      words.push(text);
      continue;
    }
    const [first, last] = [words[0], words.at(-1)];
    const name = words.includes('as') ? last : first;
    if (name !== undefined) imports.push({ name, source: [...module, ...words].join(' ') });
    words = [];
  }
  return imports;
}

/** Most searches for a part of the file. After that, the whole file counts. */
const MAX_SEARCHES = 20;

/**
 * Everything in a file that its statements' values depend on, as a text without layout, quotes and comments: the
 * statements themselves, their conditions, statements that assign a name used in any of these, and statements that may
 * change such a value.
 */
export function trackDependencies(statements: readonly PythonCode[]): (of: readonly PythonCode[]) => string {
  let searches = 0;
  let known: { readonly all: string; readonly binders: ReadonlyMap<string, readonly Line[]> } | null = null;
  return (of) => {
    searches += 1;
    known ??= { all: statements.map(({ text }) => text).join('\n'), binders: indexBinders(statements) };
    if (searches > MAX_SEARCHES) return known.all;
    return reachLines(of, statements, known.binders)
      .sort((a, b) => a.statement.index - b.statement.index)
      .map(({ text }) => text)
      .join('\n');
  };
}

/** A statement or the relevant part of an import, as the compared text. `whole` includes the block below it. */
interface Line {
  readonly statement: PythonCode;
  readonly text: string;
  readonly whole: boolean;
}

/** Every line that is reached from these statements, once. */
function reachLines(
  of: readonly PythonCode[],
  statements: readonly PythonCode[],
  binders: ReadonlyMap<string, readonly Line[]>,
): Line[] {
  const lines = new Map<string, Line>();
  const visited = new Set<string>();
  const names = new Set<string>();
  const queue: Line[] = of.map((statement) => ({ statement, text: statement.text, whole: true }));
  const add = (statement: PythonCode | undefined, whole: boolean) => {
    if (statement !== undefined) queue.push({ statement, text: statement.text, whole });
  };
  for (let line = queue.pop(); line !== undefined; line = queue.pop()) {
    const { statement, text, whole } = line;
    const key = `${statement.index} ${text}`;
    if (visited.has(`${whole} ${key}`)) continue;
    visited.add(`${whole} ${key}`);
    lines.set(key, line);
    add(statements[statement.parent ?? -1], false);
    add(statements[statement.after ?? -1], true);
    const hasBody = WITH_BODY.test(text);
    if (whole && hasBody) {
      for (let next = statement.index + 1; (statements[next]?.depth ?? 0) > statement.depth; next += 1) {
        add(statements[next], false);
      }
    }
    if (isImport(statement)) continue;
    for (const name of findUsedNames(statement)) {
      if (names.has(name) || (hasBody && name === statement.others[0])) continue; // seen, or its own
      names.add(name);
      for (const binder of binders.get(name) ?? []) queue.push(binder);
    }
  }
  return [...lines.values()];
}

/** Blocks with a body that belongs to the header, because a function's value depends on its body. */
const WITH_BODY = /^\d+ (?:async |def |class |try )/;

/** The lines that may assign each name. */
function indexBinders(statements: readonly PythonCode[]): ReadonlyMap<string, readonly Line[]> {
  const named = statements.flatMap((statement) => {
    const { plain, others, tokens, depth, text } = statement;
    const bind = (name: string, part: string) => ({ name, statement, text: part, whole: true });
    if (isImport(statement)) {
      return readImports(tokens).map(({ name, source }) => bind(name, `${depth} import ${source}`));
    }
    const bound = [...plain, ...others];
    // A statement without an assignment or block is a call. It may change everything that it names.
    const isCall = bound.length === 0 && !text.endsWith(' :');
    return [...new Set(isCall ? findUsedNames(statement) : bound)].map((name) => bind(name, text));
  });
  return groupBy(named, ({ name }) => name);
}

function writeCanonical({ kind, text, computed }: PythonToken): string {
  return kind === 'text' ? `${computed ? 'f' : ''}${JSON.stringify(text)}` : text;
}

function isImport({ text }: PythonCode): boolean {
  return /^\d+ (?:import|from) /.test(text);
}

/**
 * The names in a statement and in its texts, because Python can use those too (`f'{x}'`, `globals()['x']`). Attributes
 * do not count.
 */
function findUsedNames({ tokens }: PythonCode): readonly string[] {
  return tokens.flatMap(({ kind, text }, index) => {
    if (kind === 'text') return text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
    return kind === 'name' && tokens[index - 1]?.text !== '.' ? [text] : [];
  });
}
