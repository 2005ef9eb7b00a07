/**
 * Parses the literals in Gradle build scripts (Groovy or Kotlin) into the same tree as YAML. Blocks are maps, and
 * assignments and calls are entries. A value that is not a literal is an expression. A repeated name is a list.
 */
import type { ParseProblem } from '../model/document.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';
import { catchRefusal, Refusal } from './refusal.ts';
import { MAX_DEPTH, type YamlEntry, type YamlNode } from './yaml/node.ts';

/** A whole script. Never throws. */
export function parseGradle(text: string): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  return catchRefusal(() => {
    const parser = new ScriptParser(text);
    return { root: parser.parseBlock(0, { line: 1, column: 1 }) };
  });
}

interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign' | 'line' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The value of a string, or null if it has interpolation. */
  readonly value: string | null;
}

const SPACE = /(?:[^\S\n]|\\\r?\n|\/\*[\s\S]*?\*\/|\/\/[^\n]*|#![^\n]*)+/y;
const NAME = /[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*|`[^`\n]+`/y;
const NUMBER = /\d[\w.]*/y;
/** The types of a call, as in `configure<ApplicationExtension> {`. */
const TYPES = /<[\w\s.,?*<>]{1,200}>(?=\s{0,9}[({])/y;
/** In Kotlin, further quotes before the closing ones are part of the text. */
const STRING = /"""[\s\S]*?"{3,}|'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'/y;

/** Words before a name that declare it. */
const DECLARING = new Set(['val', 'var', 'def', 'const', 'private', 'internal', 'public', 'final', 'static', 'by']);

/** Calls that take an element of a container by its name: `create("demo") { ... }` is `demo { ... }`. */
const NAMING = new Set(['create', 'register', 'maybeCreate', 'getByName', 'named']);
/** Such a call with its block, as in `val free = create("free") {`. */
const ELEMENT = /[\w.]{0,200}(?:create|register|maybeCreate|getByName|named)\([^()\n]{1,200}\)\s{0,9}\{/y;
const DELEGATES = new Set(['creating', 'registering', 'getting', 'existing']);

/** Words before a block whose statements apply to the block around it. */
const TRANSPARENT = new Set(['if', 'else', 'apply', 'also', 'run', 'let']);

class ScriptParser {
  readonly #text: string;
  readonly #findPosition: (offset: number) => Position;
  #offset = 0;
  #token: Token;

  constructor(text: string) {
    this.#text = text;
    this.#findPosition = createPositionFinder(text);
    this.#token = this.#read();
  }

  /** The statements up to the closing brace, or to the end of the script. */
  parseBlock(depth: number, at: Position): YamlNode {
    if (depth > MAX_DEPTH) this.#refuse();
    const entries: YamlEntry[] = [];
    for (;;) {
      while (this.#is('line') || this.#is('sign', ';') || this.#is('sign', ',')) this.#readNextToken();
      if (this.#is('end')) {
        if (depth > 0) this.#refuse();
        break;
      }
      if (this.#is('sign', '}')) {
        if (depth === 0) this.#refuse();
        this.#readNextToken();
        break;
      }
      const entry = this.#parseStatement(depth);
      if (entry !== null) entries.push(...(isTransparent(entry) ? entry.value.entries : [entry]));
    }
    return { kind: 'map', entries: mergeEntries(entries), at };
  }

  #parseStatement(depth: number): YamlEntry | null {
    if (depth > MAX_DEPTH) this.#refuse();
    while (this.#is('name') && DECLARING.has(this.#token.text)) this.#readNextToken();
    const { kind, text, value, start } = this.#token;
    if (kind !== 'name' && kind !== 'string') {
      this.#skipExpression();
      return null;
    }
    const at = this.#findPosition(start);
    const key = value ?? text.replaceAll('`', '').replaceAll('?.', '.');
    this.#readNextToken();
    if (this.#is('name', 'by')) {
      this.#readNextToken();
      if (DELEGATES.has(this.#token.text)) this.#readNextToken();
    }
    if (this.#is('sign', '<')) this.#skipTypes();
    if (this.#is('sign', '{')) return nestEntry(key, at, this.#parseNextBlock(depth, at));
    if (key === 'else') return this.#parseStatement(depth + 1);
    if (this.#is('sign', '=')) this.#readNextToken();
    else if (this.#is('sign', ':')) this.#skipType();
    if (this.#isElement()) return this.#parseStatement(depth + 1);
    if (this.#is('line') || this.#is('end') || this.#is('sign', '}') || this.#is('sign', ';')) return null;
    return this.#parseCall(key, at, depth);
  }

  /** Parses the text after a name: `(arguments)`, a value, or arguments without parentheses, and perhaps a block. */
  #parseCall(key: string, at: Position, depth: number): YamlEntry | null {
    const first = this.#getTokenOffset();
    const isCall = this.#is('sign', '(');
    let argument = isCall ? this.#parseArguments() : this.#parseLiteral();
    if (isCall && this.#is('sign', '.')) {
      this.#readNextToken();
      if (TRANSPARENT.has(this.#token.text)) this.#readNextToken();
    }
    if ((isCall || argument !== null) && this.#is('sign', '{')) {
      const block = this.#parseNextBlock(depth, at);
      const name = argument?.kind === 'scalar' ? argument.text : '';
      if (name === '') return nestEntry(key, at, block);
      const path = key.split('.');
      return nestPath([...(isNaming(path) ? path.slice(0, -1) : path), name], at, block);
    }
    if (key === 'if' && isCall) return this.#parseStatement(depth + 1);
    const isWhole = this.#is('line') || this.#is('end') || this.#is('sign', '}') || this.#is('sign', ';');
    if (argument === null || !isWhole) {
      this.#skipExpression();
      argument = buildExpression(this.#text.slice(first, this.#getTokenOffset()).trim(), this.#findPosition(first));
    }
    return nestEntry(key, at, argument);
  }

  #parseNextBlock(depth: number, at: Position): YamlNode {
    this.#readNextToken();
    return this.parseBlock(depth + 1, at);
  }

  /** The only argument in parentheses. Null for any other number of them, and the rest is then skipped. */
  #parseArguments(): YamlNode | null {
    this.#readNextToken();
    const argument = this.#parseLiteral();
    if (argument === null || !this.#is('sign', ')')) {
      this.#skipUntilClosed(')');
      return null;
    }
    this.#readNextToken();
    return argument;
  }

  /** A text, number, truth value, or a list of such. Null for anything else. */
  #parseLiteral(): YamlNode | null {
    const { kind, text, value, start } = this.#token;
    const at = this.#findPosition(start);
    if (kind === 'string' && value !== null) {
      this.#readNextToken();
      return { kind: 'scalar', value, text: value, at };
    }
    if (kind === 'number' && /^\d[\d_]*(?:\.\d+)?[lLfFdD]?$/.test(text)) {
      this.#readNextToken();
      const plain = text.replace(/_|[lLfFdD]$/g, '');
      return { kind: 'scalar', value: Number(plain), text: plain, at };
    }
    if (kind === 'name' && (text === 'true' || text === 'false')) {
      this.#readNextToken();
      return { kind: 'scalar', value: text === 'true', text, at };
    }
    const isKotlinList = kind === 'name' && /^(?:mutable)?(?:listOf|setOf|ListOf|SetOf)$/.test(text);
    if (!isKotlinList && !this.#is('sign', '[')) return null;
    this.#readNextToken();
    if (isKotlinList) {
      if (!this.#is('sign', '(')) return null;
      this.#readNextToken();
    }
    return this.#parseItems(isKotlinList ? ')' : ']', at);
  }

  #parseItems(close: string, at: Position): YamlNode | null {
    const items: YamlNode[] = [];
    for (;;) {
      while (this.#is('line') || this.#is('sign', ',')) this.#readNextToken();
      if (this.#is('sign', close)) {
        this.#readNextToken();
        return { kind: 'list', items, at };
      }
      const item = this.#is('end') ? this.#refuse() : this.#parseLiteral();
      if (item === null) {
        this.#skipUntilClosed(close);
        return null;
      }
      items.push(item);
    }
  }

  /** Skips to the end of the statement. Brackets that open in it also close in it. */
  #skipExpression(): void {
    while (!this.#is('line') && !this.#is('end') && !this.#is('sign', ';') && !this.#is('sign', '}')) {
      const close = this.#token.kind === 'sign' ? CLOSING[this.#token.text] : undefined;
      if (this.#is('sign', ')') || this.#is('sign', ']')) this.#refuse();
      this.#readNextToken();
      if (close !== undefined) this.#skipUntilClosed(close);
    }
  }

  #skipUntilClosed(close: string): void {
    const open = [close];
    while (open.length > 0) {
      if (this.#is('end')) this.#refuse();
      const { kind, text } = this.#token;
      const next = kind === 'sign' ? CLOSING[text] : undefined;
      if (next !== undefined) open.push(next);
      else if (kind === 'sign' && /[)\]}]/.test(text) && open.pop() !== text) this.#refuse();
      this.#readNextToken();
    }
  }

  #skipTypes(): void {
    this.#offset = this.#token.start;
    if (this.#match(TYPES) === null) this.#offset = this.#token.end;
    else this.#readNextToken();
  }

  /** A declared type, as in `val x: Int = 1`. */
  #skipType(): void {
    while (!this.#is('sign', '=') && !this.#is('line') && !this.#is('end') && !this.#is('sign', '}'))
      this.#readNextToken();
    if (this.#is('sign', '=')) this.#readNextToken();
  }

  #is(kind: Token['kind'], text?: string): boolean {
    return this.#token.kind === kind && (text === undefined || this.#token.text === text);
  }

  #isElement(): boolean {
    ELEMENT.lastIndex = this.#token.start;
    return this.#is('name') && isNaming(this.#token.text.split('.')) && ELEMENT.test(this.#text);
  }

  #getTokenOffset(): number {
    return this.#token.start;
  }

  #readNextToken(): void {
    this.#token = this.#read();
  }

  #refuse(): never {
    throw new Refusal(messages.gradleSyntax(), this.#findPosition(this.#token.start));
  }

  #read(): Token {
    this.#match(SPACE);
    const start = this.#offset;
    const createToken = (kind: Token['kind'], text: string, value: string | null = null): Token => ({
      ...{ kind, text, value },
      ...{ start, end: this.#offset },
    });
    if (start >= this.#text.length) return createToken('end', '');
    const string = this.#match(STRING) ?? this.#matchTemplate();
    if (string !== null) return createToken('string', string, readString(string));
    const name = this.#match(NAME);
    if (name !== null) return createToken('name', name);
    const number = this.#match(NUMBER);
    if (number !== null) return createToken('number', number);
    const sign = this.#text.charAt(start);
    this.#offset += 1;
    if (sign === '"' || sign === "'") {
      this.#token = createToken('sign', sign);
      this.#refuse();
    }
    return sign === '\n' ? createToken('line', sign) : createToken('sign', sign);
  }

  /** A text in double quotes. Only its expressions may contain line ends and nested quotes. */
  #matchTemplate(): string | null {
    const start = this.#offset;
    if (this.#text.charAt(start) !== '"') return null;
    // The number of open expression braces in each open text.
    const open = [0];
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at);
      const braces = open.at(-1) ?? 0;
      if (character === '\\') at += 1;
      else if (braces > 0) {
        if (character === '"') open.push(0);
        else if (character === '{' || character === '}') open[open.length - 1] = braces + (character === '{' ? 1 : -1);
      } else if (character === '\n') return null;
      else if (character === '$' && this.#text.charAt(at + 1) === '{') {
        open[open.length - 1] = 1;
        at += 1;
      } else if (character === '"') {
        open.pop();
        if (open.length > 0) continue;
        this.#offset = at + 1;
        return this.#text.slice(start, this.#offset);
      }
    }
    return null;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#offset += found.length;
    return found;
  }
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The value of a quoted text, or null if it contains an expression. */
function readString(written: string): string | null {
  const quotes = /^(?:"""|'''|"|')/.exec(written)?.[0] ?? '';
  const inner = written.slice(quotes.length, written.length - quotes.length);
  if (quotes.startsWith('"') && /(?<!\\)\$[\w{]/.test(inner)) return null;
  return inner.replace(/\\(.)/g, '$1');
}

function buildExpression(text: string, at: Position): YamlNode {
  return { kind: 'scalar', value: text, text, at, isExpression: true };
}

/** `a.b = x` is `a { b = x }`, and `a.apply { ... }` is `a { ... }`. */
function nestEntry(path: string, at: Position, value: YamlNode): YamlEntry {
  const keys = path.split('.');
  const isScope = value.kind === 'map' && keys.length > 1 && TRANSPARENT.has(keys.at(-1) ?? '');
  return nestPath(isScope ? keys.slice(0, -1) : keys, at, value);
}

function nestPath([key = '', ...rest]: readonly string[], at: Position, value: YamlNode): YamlEntry {
  if (rest.length === 0) return { key, keyAt: at, value };
  return { key, keyAt: at, value: { kind: 'map', entries: [nestPath(rest, at, value)], at } };
}

function isNaming(path: readonly string[]): boolean {
  return NAMING.has(path.at(-1) ?? '');
}

function isTransparent(entry: YamlEntry): entry is YamlEntry & { readonly value: { readonly kind: 'map' } } {
  return entry.value.kind === 'map' && TRANSPARENT.has(entry.key);
}

/** Merges blocks with the same name. Values with the same name become a list. */
function mergeEntries(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const groups = new Map<string, YamlEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.key);
    if (group === undefined) groups.set(entry.key, [entry]);
    else group.push(entry);
  }
  return Array.from(groups, ([key, group]): YamlEntry => {
    const [first, second] = group as [YamlEntry, ...YamlEntry[]];
    if (second === undefined) return first;
    const values = group.map(({ value }) => value);
    const isBlock = values.every((value) => value.kind === 'map');
    const { at } = first.value;
    const value: YamlNode = isBlock
      ? { kind: 'map', entries: mergeEntries(values.flatMap((one) => (one.kind === 'map' ? one.entries : []))), at }
      : { kind: 'list', items: values, at };
    return { key, keyAt: first.keyAt, value };
  });
}
