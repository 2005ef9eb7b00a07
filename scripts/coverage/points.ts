/** What coverage counts in a source: statements by their line, and the branches that V8 can tell apart. */
import { parseAst } from 'rolldown/parseAst';
import { isFunction, isNode, listChildren, type Node } from '../syntax-tree.ts';

/** A place in a source, as offsets in UTF-16 units. `end` bounds where a bundle may have moved it to. */
export interface Point {
  readonly start: number;
  readonly end: number;
}

/** A branch is taken as often as its point runs; the other way past an `if` as often as the `if` runs without it. */
export interface Branch {
  readonly point: Point;
  readonly line: number;
  /** Null, or the `then` whose runs are to be taken away. */
  readonly without: Point | null;
}

export interface Statement {
  readonly point: Point;
  readonly line: number;
}

export interface SourcePoints {
  readonly statements: readonly Statement[];
  readonly branches: readonly Branch[];
}

/** Blocks and declarations do nothing by themselves: their parts are counted. */
const NO_STATEMENTS = new Set(['BlockStatement', 'EmptyStatement', 'LabeledStatement', 'VariableDeclaration']);

/** @throws Error when the text is not TypeScript. */
export function findPoints(path: string, text: string): SourcePoints {
  const statements: Statement[] = [];
  const branches: Branch[] = [];
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const findLine = (offset: number): number => lineStarts.findLastIndex((start) => start <= offset) + 1;
  const addStatement = (point: Point): void => {
    statements.push({ point, line: findLine(point.start) });
  };
  /** A function as a branch has the count of its calls at its start, which says nothing about the branch. */
  const addBranch = (given: Node, without: Point | null): void => {
    const node = given.type === 'ParenthesizedExpression' ? (given.expression as Node) : given;
    // An operand that is itself a chain is counted by its own operands.
    if (!isFunction(node) && node.type !== 'LogicalExpression')
      branches.push({ point: node, line: findLine(node.start), without });
  };
  const visit = (node: Node): void => {
    if (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    if (/^(Import|Export(?!Named|Default))/.test(node.type) && node.type !== 'ImportExpression') return;
    if (/Statement$/.test(node.type) && !NO_STATEMENTS.has(node.type)) addStatement(node);
    for (const [way, without] of listBranches(node)) addBranch(way, without);
    if (node.type === 'VariableDeclarator' && isNode(node.init))
      addStatement({ start: (node.id as Node).start, end: node.end });
    if (node.type === 'ArrowFunctionExpression' && isNode(node.body) && node.body.type !== 'BlockStatement') {
      if (!isFunction(node.body)) addStatement(node.body);
    }
    for (const child of listChildren(node)) visit(child);
  };
  visit(parseAst(text, { lang: path.endsWith('.ts') ? 'ts' : 'js' }, path) as unknown as Node);
  return { statements, branches };
}

function listBranches(node: Node): readonly (readonly [Node, Point | null])[] {
  switch (node.type) {
    case 'IfStatement': {
      const then = node.consequent as Node;
      return [[then, null], isNode(node.alternate) ? [node.alternate, null] : [node, then]];
    }
    case 'ConditionalExpression':
      return [
        [node.consequent as Node, null],
        [node.alternate as Node, null],
      ];
    case 'LogicalExpression':
      return [
        [node.left as Node, null],
        [node.right as Node, null],
      ];
    case 'SwitchCase': {
      const first = (node.consequent as readonly Node[])[0];
      return first === undefined ? [] : [[first, null]];
    }
    default:
      return [];
  }
}
