/**
 * The part of XPath 1.0 that transforms of configuration files use: child and descendant steps, `.` and `..`, attributes,
 * predicates by position or by comparison, and a few string functions. Whatever else is written is refused, never guessed.
 */
import type { XdtNode } from './tree.ts';

/** A location path; `attribute` is its last step when that is one. */
export interface XdtPath {
  readonly absolute: boolean;
  readonly steps: readonly Step[];
  readonly attribute: string | null;
}

/** A condition or an operand of one. */
export type XdtExpression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'path'; readonly path: XdtPath }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly XdtExpression[] }
  | {
      readonly kind: 'binary';
      readonly operator: 'or' | 'and' | '=' | '!=';
      readonly left: XdtExpression;
      readonly right: XdtExpression;
    };

type Step =
  | { readonly axis: 'self' }
  | { readonly axis: 'parent' }
  | {
      readonly axis: 'child' | 'descendant';
      /** Local name in no namespace, or `*`. */
      readonly name: string;
      readonly predicates: readonly XdtExpression[];
    };

/** How many nodes may still be looked at. A transform that needs more is refused, so that no file can stall a review. */
export interface Budget {
  left: number;
}

/** Thrown when the budget is used up; `applyTransform` turns it into a problem. */
export class BudgetSpent extends Error {}

/** Longest expression that is parsed, in characters; it also bounds the nesting. */
export const MAX_EXPRESSION_LENGTH = 1_000;

const TOKEN =
  /\s*(?:(\/\/|\/|\.\.|\.(?!\d)|[[\](),@*]|!=|=)|('[^']*'|"[^"]*")|(\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{N}_.-]*))/uy;

/** The functions, each with the number of its parameters. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  contains: 2,
  'starts-with': 2,
  not: 1,
  'local-name': 0,
  name: 0,
  position: 0,
  last: 0,
  translate: 3,
  'normalize-space': 1,
};

/** The path that `text` writes, or null when it is none of the supported forms. */
export function parsePath(text: string): XdtPath | null {
  return parseWith(text, (reader) => reader.path());
}

/** The condition (what stands in the brackets of a predicate) that `text` writes, or null. */
export function parseCondition(text: string): XdtExpression | null {
  return parseWith(text, (reader) => reader.expression());
}

/** The elements that a path leads to from `context`, each once, in the order of the steps. */
export function selectNodes(path: XdtPath, context: XdtNode, budget: Budget): readonly XdtNode[] {
  let nodes: readonly XdtNode[] = [path.absolute ? documentOf(context) : context];
  for (const step of path.steps) {
    const next = new Set<XdtNode>();
    for (const node of nodes) for (const found of along(step, node, budget)) next.add(found);
    nodes = [...next];
  }
  return nodes;
}

/** The nodes for which the condition holds; positions count within `nodes`. */
export function filterNodes(condition: XdtExpression, nodes: readonly XdtNode[], budget: Budget): readonly XdtNode[] {
  return nodes.filter((node, index) => {
    spend(budget, 1);
    const focus = { node, position: index + 1, last: nodes.length, budget };
    const value = evaluate(condition, focus);
    return typeof value === 'number' ? value === focus.position : truth(value);
  });
}

type Value = string | number | boolean | readonly string[];

interface Focus {
  readonly node: XdtNode;
  readonly position: number;
  readonly last: number;
  readonly budget: Budget;
}

class Unsupported extends Error {}

function parseWith<Result>(text: string, parse: (reader: Reader) => Result): Result | null {
  if (text.length > MAX_EXPRESSION_LENGTH) return null;
  try {
    const reader = new Reader(tokensOf(text));
    const result = parse(reader);
    return reader.done() ? result : null;
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  const body = text.trimEnd();
  let at = 0;
  while (at < body.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(body);
    if (match === null) throw new Unsupported();
    tokens.push(match[0].trim());
    at = TOKEN.lastIndex;
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  done(): boolean {
    return this.#next === this.#tokens.length;
  }

  expression(): XdtExpression {
    let left = this.#conjunction();
    while (this.#take('or')) left = { kind: 'binary', operator: 'or', left, right: this.#conjunction() };
    return left;
  }

  path(): XdtPath {
    const steps: Step[] = [];
    let everywhere = this.#take('//');
    const absolute = everywhere || this.#take('/');
    for (;;) {
      const attribute = this.#step(steps, everywhere);
      if (attribute !== null) return { absolute, steps, attribute };
      everywhere = this.#take('//');
      if (!everywhere && !this.#take('/')) return { absolute, steps, attribute: null };
    }
  }

  #conjunction(): XdtExpression {
    let left = this.#comparison();
    while (this.#take('and')) left = { kind: 'binary', operator: 'and', left, right: this.#comparison() };
    return left;
  }

  #comparison(): XdtExpression {
    const left = this.#operand();
    const operator = this.#peek();
    if (operator !== '=' && operator !== '!=') return left;
    this.#next += 1;
    return { kind: 'binary', operator, left, right: this.#operand() };
  }

  #operand(): XdtExpression {
    const token = this.#peek();
    if (this.#take('(')) {
      const inner = this.expression();
      this.#expect(')');
      return inner;
    }
    if (/^['"]/.test(token)) {
      this.#next += 1;
      return { kind: 'literal', value: token.slice(1, -1) };
    }
    if (/^\d/.test(token)) {
      this.#next += 1;
      return { kind: 'literal', value: Number(token) };
    }
    if (this.#tokens[this.#next + 1] === '(') return this.#call(token);
    return { kind: 'path', path: this.path() };
  }

  #call(name: string): XdtExpression {
    this.#next += 2;
    const parameters: XdtExpression[] = [];
    if (!this.#take(')')) {
      do parameters.push(this.expression());
      while (this.#take(','));
      this.#expect(')');
    }
    // What every object inherits is no number, so `toString` is no function here.
    if (parameters.length !== FUNCTIONS[name]) throw new Unsupported();
    return { kind: 'call', name, parameters };
  }

  /** Adds the next step, or answers the attribute that ends the path. */
  #step(steps: Step[], everywhere: boolean): string | null {
    if (this.#take('@')) {
      if (everywhere) throw new Unsupported();
      return this.#name();
    }
    const dots = this.#peek();
    if (dots === '.' || dots === '..') {
      if (everywhere) throw new Unsupported();
      this.#next += 1;
      steps.push(dots === '.' ? { axis: 'self' } : { axis: 'parent' });
      return null;
    }
    const name = this.#name();
    const predicates: XdtExpression[] = [];
    while (this.#take('[')) {
      predicates.push(this.expression());
      this.#expect(']');
    }
    steps.push({ axis: everywhere ? 'descendant' : 'child', name, predicates });
    return null;
  }

  #name(): string {
    const token = this.#peek();
    if (!/^[*\p{L}_]/u.test(token)) throw new Unsupported();
    this.#next += 1;
    return token;
  }

  /** The next token, '' at the end. */
  #peek(): string {
    return this.#tokens[this.#next] ?? '';
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#next += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Unsupported();
  }
}

function along(step: Step, node: XdtNode, budget: Budget): readonly XdtNode[] {
  if (step.axis === 'self') return [node];
  if (step.axis === 'parent') return node.parent === null ? [] : [node.parent];
  // `//name[1]` means the first of that name under each parent, so predicates are applied parent by parent.
  const parents = step.axis === 'child' ? [node] : withDescendants(node, budget);
  return parents.flatMap((parent) => {
    spend(budget, parent.children.length + 1);
    const named = parent.children.filter(
      ({ local, namespace }) => step.name === '*' || (local === step.name && namespace === ''),
    );
    return step.predicates.reduce<readonly XdtNode[]>(
      (nodes, predicate) => filterNodes(predicate, nodes, budget),
      named,
    );
  });
}

function withDescendants(node: XdtNode, budget: Budget): readonly XdtNode[] {
  const all = [node];
  // The loop also meets what it adds.
  for (const found of all) {
    spend(budget, 1);
    for (const child of found.children) all.push(child);
  }
  return all;
}

function evaluate(expression: XdtExpression, focus: Focus): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return stringsOf(expression.path, focus);
    case 'call':
      return call(expression.name, expression.parameters, focus);
    case 'binary': {
      const left = evaluate(expression.left, focus);
      if (expression.operator === 'and') return truth(left) && truth(evaluate(expression.right, focus));
      if (expression.operator === 'or') return truth(left) || truth(evaluate(expression.right, focus));
      return compare(expression.operator === '=', left, evaluate(expression.right, focus), focus.budget);
    }
  }
}

function stringsOf(path: XdtPath, focus: Focus): readonly string[] {
  const nodes = selectNodes(path, focus.node, focus.budget);
  if (path.attribute === null) return nodes.map(({ text }) => text);
  const name = path.attribute;
  return nodes.flatMap(({ attributes }) =>
    attributes.filter((attribute) => name === '*' || attribute.name === name).map(({ value }) => value),
  );
}

function call(name: string, parameters: readonly XdtExpression[], focus: Focus): Value {
  const [first = '', second = '', third = ''] = parameters.map((parameter) => evaluate(parameter, focus));
  switch (name) {
    case 'contains':
      return string(first).includes(string(second));
    case 'starts-with':
      return string(first).startsWith(string(second));
    case 'not':
      return !truth(first);
    case 'position':
      return focus.position;
    case 'last':
      return focus.last;
    case 'local-name':
      return focus.node.local;
    case 'name':
      return focus.node.name;
    case 'normalize-space':
      return string(first).trim().replace(/\s+/g, ' ');
    default:
      return translate(string(first), string(second), string(third));
  }
}

function translate(text: string, from: string, to: string): string {
  return [...text].map((letter) => (from.includes(letter) ? to.charAt(from.indexOf(letter)) : letter)).join('');
}

/** XPath 1.0: a set of nodes equals a value when one of its nodes does; booleans compare by truth, numbers as numbers. */
function compare(equal: boolean, left: Value, right: Value, budget: Budget): boolean {
  if (typeof left === 'boolean' || typeof right === 'boolean') return (truth(left) === truth(right)) === equal;
  const numeric = typeof left === 'number' || typeof right === 'number';
  const lefts = typeof left === 'object' ? left : [String(left)];
  const rights = typeof right === 'object' ? right : [String(right)];
  spend(budget, lefts.length * rights.length);
  return lefts.some((one) =>
    rights.some((other) => (numeric ? Number(one) === Number(other) : one === other) === equal),
  );
}

function truth(value: Value): boolean {
  return typeof value === 'number' ? value !== 0 : typeof value === 'boolean' ? value : value.length > 0;
}

function string(value: Value): string {
  return typeof value === 'object' ? (value[0] ?? '') : String(value);
}

function documentOf(node: XdtNode): XdtNode {
  let top = node;
  while (top.parent !== null) top = top.parent;
  return top;
}

/** Takes `nodes` off the budget; throws when that is more than is left. */
export function spend(budget: Budget, nodes: number): void {
  budget.left -= nodes;
  if (budget.left < 0) throw new BudgetSpent();
}
