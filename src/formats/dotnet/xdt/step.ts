/** One element of a transform, read as its instruction, its targets and its content. */
import type { MessageKind } from '../../../model/messages.ts';
import { messages, type XdtValues } from '../messages.ts';
import { parsePath, parsePredicate, type XdtPath, type XdtPredicate } from './path.ts';
import { findPlainAttribute, type PlacedAttribute, type PlacedElement, type XdtNode } from './tree.ts';

/** The namespace that makes a file a transform. */
export const XDT_NAMESPACE = 'http://schemas.microsoft.com/XML-Document-Transform';

/** Kinds of problems with a step. */
export type XdtProblemKind = MessageKind<XdtValues>;

/** Whether the namespace of transforms is declared on the element or below it. */
export function declaresXdt(root: PlacedElement): boolean {
  return (
    root.attributes.some(({ prefix, value }) => prefix === 'xmlns' && value === XDT_NAMESPACE) ||
    root.children.some(declaresXdt)
  );
}

/** Whether any element carries a transform or a locator. */
export function usesXdt(root: PlacedElement): boolean {
  return usesXdtWithin(root, new Set());
}

/** The targets of a transform element. `filter` selects some of the elements with its name. */
export type Locator =
  | { readonly kind: 'filter'; readonly filter: XdtPredicate }
  | { readonly kind: 'path'; readonly path: XdtPath; readonly written: PlacedAttribute }
  | { readonly kind: 'broken'; readonly problem: XdtProblemKind; readonly written: PlacedAttribute };

/** `Name(parameters)` of a transform or a locator. Any other form has no name (''). */
export interface Instruction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly written: PlacedAttribute;
}

/** One element of the transform on its way from the root. */
export interface LocatorStep {
  readonly element: PlacedElement;
  readonly outer: LocatorStep | null;
  readonly prefixes: ReadonlySet<string>;
  readonly trail: readonly string[];
  readonly transform: Instruction | null;
  readonly locator: Locator;
}

/** Reads an element of the transform. */
export function readStep(element: PlacedElement, outer: LocatorStep | null): LocatorStep {
  const prefixes = listXdtPrefixes(element, outer?.prefixes ?? new Set());
  const findWritten = (local: string): PlacedAttribute | null =>
    element.attributes.find((attribute) => attribute.local === local && prefixes.has(attribute.prefix)) ?? null;
  const transformWritten = findWritten('Transform');
  const locatorWritten = findWritten('Locator');
  return {
    element,
    outer,
    prefixes,
    trail: [...(outer?.trail ?? []), element.local],
    transform: transformWritten === null ? null : readInstruction(transformWritten),
    locator:
      locatorWritten === null ? { kind: 'filter', filter: (nodes) => nodes } : readLocator(element, locatorWritten),
  };
}

function readLocator(element: PlacedElement, written: PlacedAttribute): Locator {
  const { name: kind, parameters } = readInstruction(written);
  if (kind === 'Match' && parameters.length > 0) return readMatch(element, parameters, written);
  const [only = '', second] = parameters;
  const filter = kind === 'Condition' && second === undefined ? parsePredicate(only) : null;
  if (filter !== null) return { kind: 'filter', filter };
  const path = kind === 'XPath' && second === undefined ? parsePath(only) : null;
  if (path !== null) return { kind: 'path', path, written };
  return { kind: 'broken', problem: messages.xdtLocator, written };
}

function readMatch(element: PlacedElement, names: readonly string[], written: PlacedAttribute): Locator {
  const wanted = names.flatMap((name) => findPlainAttribute(element, name) ?? []);
  if (wanted.length < names.length) return { kind: 'broken', problem: messages.xdtMatchAttribute, written };
  const hasQuote = wanted.some(({ value }) => value.includes("'"));
  if (hasQuote) return { kind: 'broken', problem: messages.xdtLocator, written };
  const isMatch = ({ attributes }: XdtNode): boolean =>
    wanted.every(({ name, value }) => attributes.some((other) => other.name === name && other.value === value));
  return { kind: 'filter', filter: (nodes) => nodes.filter(isMatch) };
}

/** Reads `Name`, `Name()` or `Name(a, b)`. */
function readInstruction(written: PlacedAttribute): Instruction {
  const match = /^(\w+)(?:\s*\((.*)\))?$/s.exec(written.value.trim());
  const [, name = '', inner = ''] = match ?? [];
  return { name, parameters: splitParameters(inner), written };
}

/** Splits at commas outside of quotes, brackets and parentheses. */
function splitParameters(text: string): readonly string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (const [token] of text.matchAll(/'[^']*'?|"[^"]*"?|[^'"()[\],]+|./gs)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    const isEnd = token === ',' && depth === 0;
    if (isEnd) parts.push(part.trim());
    part = isEnd ? '' : part + token;
  }
  return [...parts, part.trim()];
}

/** Content that an element adds, without namespace declarations and transform attributes. */
export function selectContent(element: PlacedElement, prefixes: ReadonlySet<string>): readonly PlacedAttribute[] {
  return element.attributes.filter(
    ({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns' && !prefixes.has(prefix),
  );
}

/** The prefixes that stand for the transform's namespace within an element. */
export function listXdtPrefixes(element: PlacedElement, outer: ReadonlySet<string>): ReadonlySet<string> {
  const declared = element.attributes.filter(({ prefix }) => prefix === 'xmlns');
  if (declared.length === 0) return outer;
  const prefixes = new Set(outer);
  for (const { local, value } of declared) {
    if (value === XDT_NAMESPACE) prefixes.add(local);
    else prefixes.delete(local);
  }
  return prefixes;
}

function usesXdtWithin(element: PlacedElement, outer: ReadonlySet<string>): boolean {
  const prefixes = listXdtPrefixes(element, outer);
  const isXdtAttribute = ({ prefix, local }: PlacedAttribute): boolean =>
    prefixes.has(prefix) && (local === 'Transform' || local === 'Locator');
  return element.attributes.some(isXdtAttribute) || element.children.some((child) => usesXdtWithin(child, prefixes));
}

/** Whether anything below the element is transformed. */
export function usesXdtBelow(here: LocatorStep): boolean {
  return here.element.children.some((child) => usesXdtWithin(child, here.prefixes));
}

/** Elements of the namespace itself (`xdt:Import`) are not content. */
export function isXdtElement({ element, prefixes }: LocatorStep): boolean {
  return element.prefix !== '' && prefixes.has(element.prefix);
}
