/** The names that a source declares: functions, types, values, parameters, members. Names that it only uses are declared elsewhere. */
import { parseAst } from 'rolldown/parseAst';
import { isFunction, listChildren, type Node } from '../syntax-tree.ts';

/** One declared name. */
export interface Declaration {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly isFunction: boolean;
}

/** A name, and whether a function has it. */
type Declared = Omit<Declaration, 'line'> & { readonly offset: number };

/** @throws Error when the text is not TypeScript. */
export function listDeclarations(path: string, text: string): readonly Declaration[] {
  const root = parseAst(text, { lang: path.endsWith('.mjs') ? 'js' : 'ts' }, path) as unknown as Node;
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return listDeclared(root).map(({ offset, ...declared }) => ({
    ...declared,
    line: lineStarts.findLastIndex((start) => start <= offset) + 1,
  }));
}

function listDeclared(node: Node): readonly Declared[] {
  return [...readDeclaration(node), ...listChildren(node).flatMap(listDeclared)];
}

/** What a node itself declares. A member of an object literal has the name that its type gives it. */
function readDeclaration(node: Node): readonly Declared[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return [...readName(node.id, true), ...listNodes(node.params).flatMap(readBinding)];
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'TSFunctionType':
      return listNodes(node.params).flatMap(readBinding);
    case 'TSMethodSignature':
      return [...readName(node.key, true), ...listNodes(node.params).flatMap(readBinding)];
    case 'MethodDefinition':
      return node.kind === 'constructor' ? [] : readName(node.key, node.kind === 'method');
    case 'PropertyDefinition':
      return readName(node.key, hasFunction(node.value) || hasFunctionType(node));
    case 'TSPropertySignature':
      return readName(node.key, hasFunctionType(node));
    case 'VariableDeclarator':
      return hasFunction(node.init) ? readName(node.id, true) : readBinding(node.id);
    case 'CatchClause':
      return readBinding(node.param);
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return readName(node.id, false);
    case 'TSTypeParameter':
      return readName(node.name, false);
    default:
      return [];
  }
}

/** The names of a parameter or of a pattern. A property that keeps its name is declared by the type. */
function readBinding(value: unknown): readonly Declared[] {
  const [node] = listNodes([value]);
  switch (node?.type) {
    case 'Identifier':
      return readName(node, hasFunctionType(node));
    case 'AssignmentPattern':
      return readBinding(node.left);
    case 'RestElement':
      return readBinding(node.argument);
    case 'ArrayPattern':
      return listNodes(node.elements).flatMap(readBinding);
    case 'ObjectPattern':
      return listNodes(node.properties).flatMap((property) =>
        property.shorthand === true ? [] : readBinding(property.type === 'RestElement' ? property : property.value),
      );
    default:
      return [];
  }
}

function readName(value: unknown, ofFunction: boolean): readonly Declared[] {
  return listNodes([value]).flatMap(({ type, name, start }) =>
    (type === 'Identifier' || type === 'PrivateIdentifier') && typeof name === 'string'
      ? [{ name, isFunction: ofFunction, offset: start }]
      : [],
  );
}

function hasFunction(value: unknown): boolean {
  return listNodes([value]).some(isFunction);
}

/** Whether the annotation says that the value is a function. */
function hasFunctionType({ typeAnnotation }: Node): boolean {
  const [annotation] = listNodes([typeAnnotation]);
  return listNodes([annotation?.typeAnnotation]).some(({ type }) => type === 'TSFunctionType');
}

function listNodes(values: unknown): readonly Node[] {
  return listChildren({ values });
}
