/**
 * The part of XPath 1.0 that transforms of configuration files use. Everything else is refused, never guessed.
 *
 * - Paths: `/a/b`, `a/b`, `//a`, `*`, `.` and `..`, with predicates on names.
 * - Predicates: `[2]`, `[last()]`, or a condition.
 * - Conditions: `and`, `or`, `not(...)` and parentheses around tests. A test is a path or an attribute (`@key`, `a/@key`) that
 *   exists, that is compared to a text (`= 'x'`, `!= 'x'`), or `contains(@key, 'x')` or `starts-with(@key, 'x')`.
 *
 * Not supported: prefixes, axes, other functions, numbers that are not positions, and comparing two paths.
 */
import { catchRefusal, Refusal } from '../../../syntax/refusal.ts';
import type { XdtNode } from './tree.ts';

/** A location path to elements. */
export interface XdtPath {
  readonly isAbsolute: boolean;
  readonly steps: readonly Step[];
}

/** Keeps some of the elements that a step found. Positions count among these. */
export type XdtPredicate = (nodes: readonly XdtNode[], budget: Budget) => readonly XdtNode[];

type Step = (node: XdtNode, budget: Budget) => readonly XdtNode[];
type Condition = (node: XdtNode, budget: Budget) => boolean;
type Values = (node: XdtNode, budget: Budget) => readonly string[];

/** The number of nodes that may still be visited. A transform that needs more is refused, so no file can stall a review. */
export interface Budget {
  left: number;
}

/** Longest expression that is parsed, in characters. It also bounds the nesting. */
export const MAX_EXPRESSION_LENGTH = 1_000;

const TOKEN = /\s*(?:(\/\/|\/|\.\.|\.(?!\d)|[[\](),@*]|!=|=)|('[^']*'|"[^"]*")|(\d+)|([\p{L}_][\p{L}\p{N}_.-]*))/uy;

/** The path in `text`, or null if it is not supported. */
export function parsePath(text: string): XdtPath | null {
  return parseWith(text, (reader) => reader.readPath());
}

/** The predicate in `text` (without brackets), or null if it is not supported. */
export function parsePredicate(text: string): XdtPredicate | null {
  return parseWith(text, (reader) => reader.readPredicate());
}

/** The elements that a path leads to from `context`, each once, in the order of the steps. @throws Refusal */
export function selectNodes({ isAbsolute, steps }: XdtPath, context: XdtNode, budget: Budget): readonly XdtNode[] {
  let nodes: readonly XdtNode[] = [isAbsolute ? findDocument(context) : context];
  for (const step of steps) {
    // A set, because a list with repetitions could be as long as the budget.
    const found = new Set<XdtNode>();
    for (const node of nodes) for (const next of step(node, budget)) found.add(next);
    nodes = [...found];
  }
  return nodes;
}

/** Takes `nodes` off the budget. @throws Refusal when that is more than is left */
export function useBudget(budget: Budget, nodes: number): void {
  budget.left -= nodes;
  if (budget.left < 0) throw new Refusal();
}

function parseWith<Result>(text: string, parse: (reader: Reader) => Result): Result | null {
  if (text.length > MAX_EXPRESSION_LENGTH) return null;
  const parsed = catchRefusal(() => {
    const reader = new Reader(text);
    const result = parse(reader);
    return reader.isAtEnd() ? { result } : refuse();
  });
  return 'result' in parsed ? parsed.result : null;
}

function refuse(): never {
  throw new Refusal();
}

function readTokens(text: string): readonly string[] {
  const tokens: string[] = [];
  const body = text.trimEnd();
  for (let at = 0; at < body.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    tokens.push((TOKEN.exec(body) ?? refuse())[0].trim());
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = readTokens(text);
  }

  isAtEnd(): boolean {
    return this.#next === this.#tokens.length;
  }

  readPath(): XdtPath {
    let isDeep = this.#take('//');
    const isAbsolute = isDeep || this.#take('/');
    const steps: Step[] = [];
    do {
      steps.push(this.#readStep(isDeep));
      isDeep = this.#take('//');
    } while (isDeep || (this.#tokens[this.#next + 1] !== '@' && this.#take('/')));
    return { isAbsolute, steps };
  }

  readPredicate(): XdtPredicate {
    if (/^\d/.test(this.#peek())) {
      const position = Number(this.#advance());
      return (nodes) => nodes.slice(Math.max(position - 1, 0), position);
    }
    if (this.#takeCall('last')) {
      this.#expect(')');
      return (nodes) => nodes.slice(-1);
    }
    const condition = this.#readCondition();
    return (nodes, budget) =>
      nodes.filter((node) => {
        useBudget(budget, 1);
        return condition(node, budget);
      });
  }

  #readCondition(): Condition {
    const conditions = [this.#readConjunction()];
    while (this.#take('or')) conditions.push(this.#readConjunction());
    return (node, budget) => conditions.some((condition) => condition(node, budget));
  }

  #readConjunction(): Condition {
    const conditions = [this.#readTest()];
    while (this.#take('and')) conditions.push(this.#readTest());
    return (node, budget) => conditions.every((condition) => condition(node, budget));
  }

  #readTest(): Condition {
    const isNegated = this.#takeCall('not');
    if (isNegated || this.#take('(')) {
      const condition = this.#readCondition();
      this.#expect(')');
      return (node, budget) => condition(node, budget) !== isNegated;
    }
    for (const name of ['contains', 'starts-with'] as const) if (this.#takeCall(name)) return this.#readCall(name);
    const values = this.#readValues();
    const operator = this.#peek();
    if (operator !== '=' && operator !== '!=') return (node, budget) => values(node, budget).length > 0;
    this.#advance();
    const text = this.#readText();
    return (node, budget) => values(node, budget).some((value) => (value === text) === (operator === '='));
  }

  #readCall(name: 'contains' | 'starts-with'): Condition {
    const values = this.#readValues();
    this.#expect(',');
    const text = this.#readText();
    this.#expect(')');
    return (node, budget) => {
      const [value = ''] = values(node, budget);
      return name === 'contains' ? value.includes(text) : value.startsWith(text);
    };
  }

  /** A path in a test: the texts of its elements, or the values of the attribute that it ends in. */
  #readValues(): Values {
    const path = this.#peek() === '@' ? { isAbsolute: false, steps: [] } : this.readPath();
    if (!this.#take('@') && !this.#take('/', '@')) {
      return (node, budget) => selectNodes(path, node, budget).map(({ text }) => text);
    }
    const name = this.#readName();
    return (node, budget) =>
      selectNodes(path, node, budget).flatMap(({ attributes }) =>
        attributes.filter((attribute) => attribute.name === name).map(({ value }) => value),
      );
  }

  #readStep(isDeep: boolean): Step {
    if (!isDeep && this.#take('.')) return (node) => [node];
    if (!isDeep && this.#take('..')) return ({ parent }) => (parent === null ? [] : [parent]);
    const name = this.#take('*') ? '*' : this.#readName();
    const predicates: XdtPredicate[] = [];
    while (this.#take('[')) {
      predicates.push(this.readPredicate());
      this.#expect(']');
    }
    // `//name[1]` means the first of that name under each parent, so predicates are applied parent by parent.
    return (node, budget) =>
      (isDeep ? listDescendants(node, budget) : [node]).flatMap((parent) =>
        predicates.reduce((nodes, predicate) => predicate(nodes, budget), findChildren(parent, name, budget)),
      );
  }

  #readName(): string {
    return /^[\p{L}_]/u.test(this.#peek()) ? this.#advance() : refuse();
  }

  #readText(): string {
    return /^['"]/.test(this.#peek()) ? this.#advance().slice(1, -1) : refuse();
  }

  /** The next token, '' at the end. */
  #peek(): string {
    return this.#tokens[this.#next] ?? '';
  }

  #advance(): string {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #take(...tokens: readonly string[]): boolean {
    if (tokens.some((token, index) => this.#tokens[this.#next + index] !== token)) return false;
    this.#next += tokens.length;
    return true;
  }

  #takeCall(name: string): boolean {
    return this.#take(name, '(');
  }

  #expect(token: string): void {
    if (!this.#take(token)) refuse();
  }
}

/** The children with a local name in no namespace, or all of them for `*`. */
function findChildren({ children }: XdtNode, name: string, budget: Budget): readonly XdtNode[] {
  useBudget(budget, children.length + 1);
  return name === '*' ? children : children.filter(({ local, namespace }) => local === name && namespace === '');
}

/** The element and everything below it, level by level. */
function listDescendants(node: XdtNode, budget: Budget): readonly XdtNode[] {
  const all = [node];
  // The loop also visits the nodes that it adds.
  for (const found of all) {
    useBudget(budget, 1);
    for (const child of found.children) all.push(child);
  }
  return all;
}

function findDocument(node: XdtNode): XdtNode {
  let top = node;
  while (top.parent !== null) top = top.parent;
  return top;
}
