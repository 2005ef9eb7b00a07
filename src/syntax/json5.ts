/** JSON with comments, trailing commas, and the other liberties of JSON5, as the same tree as YAML. Never throws. */
import type { ParseProblem } from '../model/document.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';
import { catchRefusal, Refusal } from './refusal.ts';
import { MAX_DEPTH, type YamlEntry, type YamlNode } from './yaml/node.ts';

/** One value, with or without comments around it. */
export function parseJson5(text: string): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  return catchRefusal(() => ({ root: new Json5Parser(text).parse() }));
}

const SPACE = /(?:[\s\ufeff]|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*"|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*'/y;
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /[+-]?(?:0[xX][\da-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|Infinity|NaN)(?![\w.$])/y;

class Json5Parser {
  readonly #text: string;
  readonly #findPosition: (offset: number) => Position;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
    this.#findPosition = createPositionFinder(text);
  }

  parse(): YamlNode {
    this.#match(SPACE);
    const root = this.#parseValue(0);
    this.#match(SPACE);
    return this.#offset === this.#text.length ? root : this.#refuse();
  }

  #parseValue(depth: number): YamlNode {
    const at = this.#findPosition(this.#offset);
    if (depth > MAX_DEPTH) throw new Refusal(messages.jsonTooDeep({ limit: MAX_DEPTH }), at);
    if (this.#take('{')) return { kind: 'map', entries: this.#parseMembers(depth), at };
    if (this.#take('[')) return { kind: 'list', items: this.#parseElements(depth), at };
    const string = this.#match(STRING);
    if (string !== null) {
      const value = unquote(string);
      return { kind: 'scalar', value, text: value, at };
    }
    const number = this.#match(NUMBER);
    if (number !== null) {
      const value = readNumber(number);
      return { kind: 'scalar', value: Number.isFinite(value) ? value : number, text: number, at };
    }
    const word = this.#match(NAME);
    if (word === 'null') return { kind: 'scalar', value: null, text: word, at };
    if (word === 'true' || word === 'false') return { kind: 'scalar', value: word === 'true', text: word, at };
    this.#offset -= word?.length ?? 0;
    return this.#refuse();
  }

  #parseMembers(depth: number): readonly YamlEntry[] {
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    this.#parseUntil('}', () => {
      const keyAt = this.#findPosition(this.#offset);
      const string = this.#match(STRING);
      const key = string === null ? (this.#match(NAME) ?? this.#refuse()) : unquote(string);
      if (keys.has(key)) throw new Refusal(messages.jsonDuplicateKey({ key }), keyAt);
      keys.add(key);
      this.#match(SPACE);
      if (!this.#take(':')) this.#refuse();
      this.#match(SPACE);
      entries.push({ key, keyAt, value: this.#parseValue(depth + 1) });
    });
    return entries;
  }

  #parseElements(depth: number): readonly YamlNode[] {
    const items: YamlNode[] = [];
    this.#parseUntil(']', () => items.push(this.#parseValue(depth + 1)));
    return items;
  }

  /** Parses items between commas up to a closing bracket. A trailing comma is allowed. */
  #parseUntil(close: string, parseOne: () => void): void {
    for (let isFirst = true; ; isFirst = false) {
      this.#match(SPACE);
      if (this.#take(close)) return;
      if (!isFirst) {
        if (!this.#take(',')) this.#refuse();
        this.#match(SPACE);
        if (this.#take(close)) return;
      }
      parseOne();
    }
  }

  #take(sign: string): boolean {
    if (this.#text.charAt(this.#offset) !== sign) return false;
    this.#offset += 1;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#offset += found.length;
    return found;
  }

  #refuse(): never {
    const isEnd = this.#offset >= this.#text.length;
    const reason = isEnd ? 'it ends too early.' : 'something else belongs here.';
    throw new Refusal(messages.json5Syntax({ reason }), this.#findPosition(this.#offset));
  }
}

function readNumber(text: string): number {
  const isNegative = text.startsWith('-');
  const value = Number(text.replace(/^[+-]/, ''));
  return isNegative ? -value : value;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0' };

function unquote(written: string): string {
  return written
    .slice(1, -1)
    .replace(
      /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([\s\S]))/g,
      (_, unicode, hex, line, other) => {
        if (unicode !== undefined || hex !== undefined) return String.fromCharCode(Number.parseInt(unicode ?? hex, 16));
        return line === undefined ? (ESCAPES[other] ?? other) : '';
      },
    );
}
