/** Reads a GraphQL query: operations, fields with aliases and arguments, variables, fragments, `@include` and `@skip`. */

export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Value>> };

export type Arguments = Readonly<Record<string, Value>>;

export interface Directive {
  readonly name: string;
  readonly arguments: Arguments;
}

export type Selection =
  | {
      readonly kind: 'field';
      readonly alias: string;
      readonly name: string;
      readonly arguments: Arguments;
      readonly directives: readonly Directive[];
      /** Null: a leaf. */
      readonly selections: readonly Selection[] | null;
    }
  | {
      readonly kind: 'inline';
      /** Null: no condition. */
      readonly on: string | null;
      readonly directives: readonly Directive[];
      readonly selections: readonly Selection[];
    }
  | { readonly kind: 'spread'; readonly name: string; readonly directives: readonly Directive[] };

export interface Query {
  readonly operation: 'query' | 'mutation';
  readonly variables: readonly { readonly name: string; readonly required: boolean; readonly initial: Value | null }[];
  readonly selections: readonly Selection[];
  readonly fragments: ReadonlyMap<string, { readonly on: string; readonly selections: readonly Selection[] }>;
}

/** The text is no query that this reader knows. */
export class QueryError extends Error {}

const TOKEN =
  /[\s,\uFEFF]+|#[^\n]*|(\.\.\.|[!$():=@[\]{}|&])|("""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([_A-Za-z]\w*)/y;

interface Token {
  readonly kind: 'sign' | 'text' | 'number' | 'name' | 'end';
  readonly text: string;
}

function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(query);
    if (match === null) throw new QueryError(`Unexpected character at offset ${at}: ${query.slice(at, at + 10)}`);
    const [, sign, text, number, name] = match;
    if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (text !== undefined) found.push({ kind: 'text', text });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
  }
  return found;
}

/** @throws QueryError for anything but one operation with its fragments. */
export function parseQuery(text: string): Query {
  const reader = new Reader(tokens(text));
  let operation: Omit<Query, 'fragments'> | null = null;
  const fragments = new Map<string, { readonly on: string; readonly selections: readonly Selection[] }>();
  while (!reader.done) {
    if (reader.takeName('fragment')) {
      const name = reader.name();
      reader.needName('on');
      const on = reader.name();
      reader.directives();
      fragments.set(name, { on, selections: reader.selections() });
      continue;
    }
    if (operation !== null) throw new QueryError('Only one operation is known here.');
    operation = reader.operation();
  }
  if (operation === null) throw new QueryError('There is no operation.');
  return { ...operation, fragments };
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'end of the query' };
  }

  #take(kind: Token['kind'], text: string): boolean {
    const found = this.#next.kind === kind && this.#next.text === text;
    if (found) this.#at += 1;
    return found;
  }

  #sign(text: string): boolean {
    return this.#take('sign', text);
  }

  #needSign(text: string): void {
    if (!this.#sign(text)) throw new QueryError(`Expected ${text}, found ${this.#next.text}`);
  }

  takeName(text: string): boolean {
    return this.#take('name', text);
  }

  needName(text: string): void {
    if (!this.takeName(text)) throw new QueryError(`Expected ${text}, found ${this.#next.text}`);
  }

  name(): string {
    const token = this.#next;
    if (token.kind !== 'name') throw new QueryError(`Expected a name, found ${token.text}`);
    this.#at += 1;
    return token.text;
  }

  operation(): Omit<Query, 'fragments'> {
    const mutation = this.takeName('mutation');
    const named = mutation || this.takeName('query');
    if (named && this.#next.kind === 'name') this.name();
    const variables: { name: string; required: boolean; initial: Value | null }[] = [];
    if (named && this.#sign('(')) {
      while (!this.#sign(')')) {
        this.#needSign('$');
        const name = this.name();
        this.#needSign(':');
        const required = this.#type();
        variables.push({ name, required, initial: this.#sign('=') ? this.#value() : null });
      }
    }
    this.directives();
    return { operation: mutation ? 'mutation' : 'query', variables, selections: this.selections() };
  }

  /** A type of a variable; true when a value is required. */
  #type(): boolean {
    if (this.#sign('[')) {
      this.#type();
      this.#needSign(']');
    } else this.name();
    return this.#sign('!');
  }

  selections(): readonly Selection[] {
    this.#needSign('{');
    const found: Selection[] = [];
    while (!this.#sign('}')) found.push(this.#selection());
    return found;
  }

  #selection(): Selection {
    if (this.#sign('...')) {
      if (this.#next.kind === 'name' && this.#next.text !== 'on')
        return { kind: 'spread', name: this.name(), directives: this.directives() };
      const on = this.takeName('on') ? this.name() : null;
      return { kind: 'inline', on, directives: this.directives(), selections: this.selections() };
    }
    const first = this.name();
    const name = this.#sign(':') ? this.name() : first;
    const given = this.#arguments();
    const directives = this.directives();
    const leaf = this.#next.kind !== 'sign' || this.#next.text !== '{';
    return {
      kind: 'field',
      alias: first,
      name,
      arguments: given,
      directives,
      selections: leaf ? null : this.selections(),
    };
  }

  directives(): readonly Directive[] {
    const found: Directive[] = [];
    while (this.#sign('@')) found.push({ name: this.name(), arguments: this.#arguments() });
    return found;
  }

  #arguments(): Arguments {
    const given: Record<string, Value> = {};
    if (!this.#sign('(')) return given;
    while (!this.#sign(')')) {
      const name = this.name();
      this.#needSign(':');
      given[name] = this.#value();
    }
    return given;
  }

  #value(): Value {
    if (this.#sign('$')) return { kind: 'variable', name: this.name() };
    if (this.#sign('[')) {
      const items: Value[] = [];
      while (!this.#sign(']')) items.push(this.#value());
      return { kind: 'list', items };
    }
    if (this.#sign('{')) {
      const fields: Record<string, Value> = {};
      while (!this.#sign('}')) {
        const name = this.name();
        this.#needSign(':');
        fields[name] = this.#value();
      }
      return { kind: 'object', fields };
    }
    const token = this.#next;
    this.#at += 1;
    if (token.kind === 'text') return { kind: 'literal', value: unquote(token.text) };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
    if (token.kind !== 'name') throw new QueryError(`Expected a value, found ${token.text}`);
    if (token.text === 'true' || token.text === 'false') return { kind: 'literal', value: token.text === 'true' };
    return token.text === 'null' ? { kind: 'literal', value: null } : { kind: 'enum', name: token.text };
  }
}

function unquote(text: string): string {
  if (text.startsWith('"""')) return text.slice(3, -3);
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new QueryError(`Not a string: ${text}`);
  }
}
