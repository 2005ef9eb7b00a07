/** Strict JSON (RFC 8259) to the tree that YAML becomes, with positions. Duplicate keys are refused. Never throws. */
import sentences from '../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ParseProblem } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import { positionsIn } from './positions.ts';
import { Refusal } from './refusal.ts';
import { MAX_DEPTH, type YamlEntry, type YamlNode } from './yaml/node.ts';

/** One JSON value, with nothing but white space around it. A text without any value is a problem. */
export function parseJson(text: string): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const reader = new JsonReader(text, positionsIn(text));
  try {
    return { root: reader.document() };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    return {
      problem: {
        id: 'json-syntax',
        message: fill(sentences['json-syntax'], { reason: 'it could not be read' }),
        at: null,
      },
    };
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class JsonReader {
  readonly #text: string;
  readonly #positionAt: (offset: number) => Position;
  #offset = 0;
  #depth = 0;

  constructor(text: string, positionAt: (offset: number) => Position) {
    this.#text = text;
    this.#positionAt = positionAt;
  }

  document(): YamlNode {
    const root = this.#value();
    if (this.#peek() !== '') this.#refuse('a value is followed by something else');
    return root;
  }

  #refuse(reason: string, id: 'json-syntax' | 'json-too-deep' | 'json-duplicate-key' = 'json-syntax', key = ''): never {
    const message = fill(sentences[id], { reason, key, limit: MAX_DEPTH });
    throw new Refusal({ id, message }, this.#positionAt(this.#offset));
  }

  /** The next character that is no white space, or '' at the end. */
  #peek(): string {
    while (' \t\r\n'.includes(this.#text.charAt(this.#offset)) && this.#offset < this.#text.length) this.#offset += 1;
    return this.#text.charAt(this.#offset);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null) return null;
    this.#offset += match[0].length;
    return match[0];
  }

  #value(): YamlNode {
    const next = this.#peek();
    const at = this.#positionAt(this.#offset);
    if (next === '{') return { kind: 'map', entries: this.#nested(() => this.#entries()), at };
    if (next === '[') return { kind: 'list', items: this.#nested(() => this.#items()), at };
    if (next === '"') {
      const value = this.#string();
      return { kind: 'scalar', value, text: value, at };
    }
    const number = this.#take(NUMBER);
    if (number !== null) return { kind: 'scalar', value: Number(number), text: number, at };
    const word = this.#take(WORD);
    if (word === null)
      this.#refuse(next === '' ? 'the text ends where a value is expected' : 'a value is expected here');
    return { kind: 'scalar', value: WORDS[word] ?? null, text: word, at };
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#refuse('', 'json-too-deep');
    this.#offset += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #string(): string {
    const start = this.#offset;
    const raw = this.#take(STRING);
    if (raw === null || hasControlCharacter(raw)) {
      this.#offset = start;
      this.#refuse('this text is not closed, or holds a character or an escape that JSON does not allow');
    }
    return raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1);
  }

  #items(): readonly YamlNode[] {
    const items: YamlNode[] = [];
    if (this.#closes(']')) return items;
    do items.push(this.#value());
    while (this.#continues(']'));
    return items;
  }

  #entries(): readonly YamlEntry[] {
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    if (this.#closes('}')) return entries;
    do {
      if (this.#peek() !== '"') this.#refuse('a key in double quotes is expected here');
      const start = this.#offset;
      const keyAt = this.#positionAt(start);
      const key = this.#string();
      if (keys.has(key)) {
        this.#offset = start;
        this.#refuse('', 'json-duplicate-key', key);
      }
      keys.add(key);
      if (this.#peek() !== ':') this.#refuse('a colon is expected after the key');
      this.#offset += 1;
      entries.push({ key, keyAt, value: this.#value() });
    } while (this.#continues('}'));
    return entries;
  }

  #closes(bracket: string): boolean {
    if (this.#peek() !== bracket) return false;
    this.#offset += 1;
    return true;
  }

  #continues(bracket: string): boolean {
    if (this.#closes(bracket)) return false;
    if (this.#peek() !== ',') this.#refuse(`a comma or "${bracket}" is expected here`);
    this.#offset += 1;
    return true;
  }
}

/** JSON wants control characters in texts escaped. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < 32) return true;
  return false;
}
