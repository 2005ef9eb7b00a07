/** The literals of a Python expression with their role: a value, a named value, or a lookup. */
import { findHealthVaultHost } from '../../model/environment.ts';
import { parseGuid } from '../../model/guid.ts';
import { type PythonToken, tokenizePython } from '../../syntax/python/tokens.ts';
import { findPrivateKeys } from '../secrets/key-text.ts';

/** A text, a number, or a name that may stand for one. */
export interface PlacedLiteral {
  readonly token: PythonToken;
  /** True if a name on the path to it (a dictionary's key, an argument's name) is a secret's. */
  readonly isSecret: boolean;
  /** True for a name to look up (`os.environ["X"]`, `open("x")`) or a text to compare with, which is not the value. */
  readonly isLookup: boolean;
}

/** The purpose of a bracket. */
interface Frame {
  /** The called or indexed name with dots. Null for a plain bracket or a list, which only continues the outer expression. */
  readonly callee: string | null;
  /** Facts about the bracket as a whole. */
  readonly isSecret: boolean;
  readonly isLookup: boolean;
  /** True before the first comma. */
  isFirst: boolean;
  /** The name of the value at this place. */
  name: string | null;
}

/** Functions that take a name and return its value. */
const FETCHES = /env|config|secret|vault|param|setting|keyring|client|(?:^|\.)get$|\[/i;
/** Arguments of such a function that are still values. */
const VALUES = /default|fallback|value|pass/i;
/** Functions that take parts of a path as arguments. */
const OPENS = /(?:^|[._])(?:open|join|path|read(?:_text|_bytes)?|file)$/i;
/** Methods of texts with arguments that are not values. */
const FORMS = /\.(?:encode|decode|[lr]?strip|r?split|replace)$/;
/** A literal next to a comparison or in a path (`FOLDER / 'app.pem'`) is not a value. */
const NO_VALUE_NEXT_TO: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not', '/']);

/** All literals and names, in order. */
export function findLiterals(
  tokens: readonly PythonToken[],
  isSecretName: (name: string) => boolean,
): readonly PlacedLiteral[] {
  const found: PlacedLiteral[] = [];
  let frame: Frame = { callee: null, isSecret: false, isLookup: false, isFirst: true, name: null };
  const around: Frame[] = [];
  const isSecret = () => frame.isSecret || (frame.name !== null && isSecretName(frame.name));
  for (const [index, token] of tokens.entries()) {
    const [before, next] = [tokens[index - 1], tokens[index + 1]];
    if (token.kind !== 'mark') {
      const isKey = next?.text === ':' || next?.text === '=' || before?.text === '.';
      const isCalled = token.kind === 'name' && (next?.text === '(' || next?.text === '[' || next?.text === '.');
      if (isKey || isCalled) continue;
      found.push({
        token,
        isSecret: isSecret(),
        isLookup: excludesValue(before) || excludesValue(next) || isLookupIn(frame),
      });
    } else if (token.text === '(' || token.text === '[' || token.text === '{') {
      const callee = readCallee(tokens, index);
      const isLookup = excludesValue(before) || isLookupIn(frame);
      around.push(frame);
      frame = { callee, isSecret: isSecret(), isLookup, isFirst: true, name: null };
    } else if (token.text === ')' || token.text === ']' || token.text === '}') {
      frame = around.pop() ?? frame;
    } else if (token.text === ',') {
      frame.isFirst = false;
      frame.name = null;
    } else if (token.text === ':' || token.text === '=') {
      frame.name = (before?.text === ']' ? tokens[index - 2] : before)?.text ?? null;
    }
  }
  return found;
}

function excludesValue(token: PythonToken | undefined): boolean {
  return token !== undefined && token.kind !== 'text' && NO_VALUE_NEXT_TO.has(token.text);
}

/** The name that the bracket at `index` calls or indexes. Null for a bracket that only groups. */
function readCallee(tokens: readonly PythonToken[], index: number): string | null {
  const before = tokens[index - 1];
  if (before?.kind !== 'name' && before?.text !== ')' && before?.text !== ']') return null;
  if (excludesValue(before)) return null;
  let first = index;
  while (tokens[first - 1]?.kind === 'name' || tokens[first - 1]?.text === '.') first -= 1;
  return tokens
    .slice(first, index + 1)
    .map(({ text }) => text)
    .join('')
    .replace('(', '');
}

function isLookupIn({ callee, isFirst, name, isLookup }: Frame): boolean {
  if (name !== null && VALUES.test(name)) return false;
  if (callee === null) return isLookup;
  return OPENS.test(callee) || FORMS.test(callee) || ((isFirst || name !== null) && FETCHES.test(callee));
}

/** Longest expression that is shown, or read as a plain lookup of an environment variable. */
const MAX_SHOWN = 120;

/** Whether an expression only reads the environment: `os.environ["X"]`, `int(env("X"), 16)`. */
export function isEnvironmentLookup(code: string): boolean {
  if (code.length > MAX_SHOWN) return false;
  const inside = /^int\s*\(\s*(.*?)\s*(?:,\s*\d+\s*)?\)$/.exec(code)?.[1] ?? code;
  return ENVIRONMENT.test(inside);
}

const ENVIRONMENT =
  /^(?:os\s*\.\s*)?(?:environ(?:\s*\.\s*get)?|getenv|env(?:\s*\.\s*\w+)?|config)\s*[[(]\s*(['"])\w+\1\s*(?:,\s*(?:None|''|"")\s*)?[\])]$/;

/** Whether a text is a key, or a number or hexadecimal text as long as a key. */
export function looksLikeKey(text: string): boolean {
  return findPrivateKeys(text).length > 0 || /[0-9a-fA-F]{100}/.test(text);
}

/** An expression to show, on one line. It keeps only ids, HealthVault's hosts and literals that are not values. */
export function redactCode(code: string): string {
  let shown = '';
  let end = 0;
  const tokens = tokenizePython(code);
  const literals = new Map(findLiterals(tokens, () => false).map((literal) => [literal.token.at, literal]));
  for (const { kind, text, at, end: next } of tokens) {
    if (at > end) shown += ' ';
    const isValue = kind === 'text' || kind === 'number';
    const mayShow =
      literals.get(at)?.isLookup === true || parseGuid(text) !== null || findHealthVaultHost(text) !== null;
    shown += isValue && (!mayShow || looksLikeKey(text)) ? '…' : code.slice(at, next);
    end = next;
  }
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}
