/** The nodes that the parser of TypeScript gives, as the scripts walk them. */

export interface Node {
  readonly type: string;
  /** Offset in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

export function isFunction(node: Node): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
}

/** The nodes directly below one, or in a list under a key. */
export function listChildren(node: Readonly<Record<string, unknown>>): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? value : [],
  );
}
