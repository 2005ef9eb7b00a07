/**
 * XML document transforms (`xdt:Transform`, `xdt:Locator`) on trees. Base plus transform gives the deployed
 * configuration. The semantics are those of Microsoft's transform engine. A step that it refuses or that is not
 * supported here is a problem. The other steps still apply.
 */
import type { Message } from '../../../model/messages.ts';
import type { Place } from '../../../model/source.ts';
import { Refusal } from '../../../syntax/refusal.ts';
import { messages } from '../messages.ts';
import { type Budget, parsePath, selectNodes, useBudget } from './path.ts';
import {
  type Instruction,
  isXdtElement,
  type Locator,
  type LocatorStep,
  listXdtPrefixes,
  readStep,
  selectContent,
  usesXdtBelow,
  type XdtProblemKind,
} from './step.ts';
import {
  findPrefixedAttribute,
  type PlacedAttribute,
  type PlacedElement,
  toMutableNode,
  toPlacedTree,
  type XdtNode,
} from './tree.ts';

/** Nodes that the transforms of one file may visit. A large web site needs a seventieth of that. */
export const XDT_BUDGET = 3_500_000;

/** A step of a transform that failed, with the reason. */
export interface XdtProblem extends Message {
  /** The transform or locator as written. */
  readonly named: string;
  readonly at: Place;
  /** The transform's element, and the local names from the root to it. */
  readonly element: PlacedElement;
  readonly trail: readonly string[];
  /** True if the element may affect anything, not only elements below its trail. */
  readonly anywhere: boolean;
}

/** The result of a transform. `missed` has the transform elements that found nothing to change, which is not an error. */
export interface XdtResult {
  readonly root: PlacedElement;
  readonly problems: readonly XdtProblem[];
  readonly missed: readonly PlacedElement[];
}

/** Applies a transform to a base without changing either. `budget` bounds the nodes that the file's transforms visit. */
export function applyTransform(
  base: PlacedElement,
  transform: PlacedElement,
  budget: Budget = { left: XDT_BUDGET },
): XdtResult {
  // The document itself, which no path can name.
  const document: XdtNode = { ...base, text: '', attributes: [], children: [], parent: null };
  document.children = [toMutableNode(base, document)];
  const run: Run = { document, budget, problems: [], missed: [] };
  try {
    follow(run, readStep(transform, null));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    report(run, readStep(transform, null), messages.xdtTooMuchWork, { value: 'xdt:Transform', at: transform.at });
  }
  const [root] = document.children;
  if (root === undefined)
    report(run, readStep(transform, null), messages.xdtNoRoot, { value: 'Remove', at: transform.at });
  return { root: root === undefined ? base : toPlacedTree(root), problems: run.problems, missed: run.missed };
}

interface Run {
  readonly document: XdtNode;
  readonly budget: Budget;
  readonly problems: XdtProblem[];
  readonly missed: PlacedElement[];
}

function follow(run: Run, here: LocatorStep): void {
  if (isXdtElement(here)) return;
  if (here.locator.kind === 'broken') {
    // Nothing below it can be located either.
    const { problem, written } = here.locator;
    if (here.transform !== null || usesXdtBelow(here)) report(run, here, problem, written);
    return;
  }
  if (here.transform !== null) {
    const { written } = here.transform;
    const failed = execute(run, here, here.transform);
    if (failed !== null) report(run, here, failed, written);
  }
  for (const child of here.element.children) follow(run, readStep(child, here));
}

/** Executes an element's transform. Returns the problem, or null. */
function execute(run: Run, here: LocatorStep, { name, parameters }: Instruction): XdtProblemKind | null {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) return messages.xdtTransform;
  if (action.parameters !== null && action.parameters !== parameters.length) return messages.xdtArguments;
  if (action.on === 'parent') {
    const [target] = findParents(run, here);
    // The document itself contains only the root.
    if (target === undefined || target === run.document) return messages.xdtNoParent;
    return action.apply({ run, here, target, parameters });
  }
  const targets = findTargets(run, here);
  if (targets.length === 0) run.missed.push(here.element);
  for (const target of action.on === 'all' ? targets : targets.slice(0, 1)) {
    action.apply({ run, here, target, parameters });
  }
  return null;
}

/** One change to the working copy. */
interface Change {
  readonly run: Run;
  readonly here: LocatorStep;
  /** The element that is changed, or that gets another child. */
  readonly target: XdtNode;
  readonly parameters: readonly string[];
}

interface Action {
  /** The changed elements: every target, the first one, or the parent of the targets. */
  readonly on: 'all' | 'first' | 'parent';
  /** Required number of parameters, or null for any number. */
  readonly parameters: number | null;
  readonly apply: (change: Change) => XdtProblemKind | null;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  Replace: { on: 'first', parameters: 0, apply: replace },
  Remove: { on: 'first', parameters: 0, apply: remove },
  RemoveAll: { on: 'all', parameters: 0, apply: remove },
  Insert: { on: 'parent', parameters: 0, apply: insert },
  InsertIfMissing: { on: 'parent', parameters: 0, apply: insertIfMissing },
  InsertBefore: { on: 'parent', parameters: 1, apply: (change) => insertSibling(change, 0) },
  InsertAfter: { on: 'parent', parameters: 1, apply: (change) => insertSibling(change, 1) },
  SetAttributes: { on: 'all', parameters: null, apply: setAttributes },
  RemoveAttributes: { on: 'all', parameters: null, apply: removeAttributes },
};

function replace({ here, target }: Change): null {
  const { parent } = target;
  if (parent !== null) parent.children[parent.children.indexOf(target)] = copyContent(here, parent);
  return null;
}

function remove({ target }: Change): null {
  const siblings = target.parent?.children;
  siblings?.splice(siblings.indexOf(target), 1);
  return null;
}

function insert({ here, target }: Change): null {
  target.children.push(copyContent(here, target));
  return null;
}

function insertIfMissing(change: Change): null {
  return findTargets(change.run, change.here).length === 0 ? insert(change) : null;
}

function insertSibling({ run, here, target, parameters }: Change, offset: 0 | 1): XdtProblemKind | null {
  const path = parsePath(parameters[0] ?? '');
  if (path === null) return messages.xdtTransform;
  const [sibling] = selectNodes(path, target, run.budget);
  if (sibling === undefined) return messages.xdtNoSibling;
  const { parent } = sibling;
  if (parent === null || parent === run.document) return messages.xdtNoParent;
  parent.children.splice(parent.children.indexOf(sibling) + offset, 0, copyContent(here, parent));
  return null;
}

function setAttributes({ here, target, parameters }: Change): null {
  for (const attribute of selectContent(here.element, here.prefixes)) {
    if (!isNamed(attribute, parameters)) continue;
    const index = target.attributes.findIndex(({ name }) => name === attribute.name);
    if (index < 0) target.attributes.push(attribute);
    else target.attributes[index] = attribute;
  }
  return null;
}

function removeAttributes({ target, parameters }: Change): null {
  target.attributes = target.attributes.filter((attribute) => !isNamed(attribute, parameters));
  return null;
}

/** Whether a list of attribute names contains this one. An empty list or a `*` means all. */
function isNamed({ name }: PlacedAttribute, names: readonly string[]): boolean {
  return names.length === 0 || names.includes('*') || names.includes(name);
}

/** The elements of the working copy that an element of the transform applies to, in its present state. */
function findTargets(run: Run, here: LocatorStep): readonly XdtNode[] {
  const { locator } = here;
  if (locator.kind === 'path') return followPath(run, here, locator);
  return findAncestors(run, here).flatMap((parent) => {
    useBudget(run.budget, parent.children.length + 1);
    const named = findSameNamed(here, parent);
    // A broken locator never gets here, because neither its element nor elements below it are followed.
    return locator.kind === 'filter' ? locator.filter(named, run.budget) : named;
  });
}

/** The parents of an inserted element. For an XPath locator, the engine uses its path itself. */
function findParents(run: Run, here: LocatorStep): readonly XdtNode[] {
  return here.locator.kind === 'path' ? findTargets(run, here) : findAncestors(run, here);
}

/** The elements to search for those with the same name. */
function findAncestors(run: Run, here: LocatorStep): readonly XdtNode[] {
  return here.outer === null ? [run.document] : findTargets(run, here.outer);
}

type PathLocator = Extract<Locator, { readonly kind: 'path' }>;

function followPath(run: Run, here: LocatorStep, { path, written }: PathLocator): readonly XdtNode[] {
  if (path.isAbsolute) return selectNodes(path, run.document, run.budget);
  const starts = findAncestors(run, here).flatMap((parent) => findSameNamed(here, parent));
  const found = starts.flatMap((start) => selectNodes(path, start, run.budget));
  if (found.length > 0) return found;
  // Paths from the root lack the leading slash in Microsoft's guide. Its engine appends them to the element.
  const documented = selectNodes(path, run.document, run.budget);
  if (documented.length > 0 && !run.problems.some(({ element }) => element === here.element)) {
    report(run, here, messages.xdtRelativePath, written);
  }
  return documented;
}

function findSameNamed(here: LocatorStep, parent: XdtNode): readonly XdtNode[] {
  const { local, namespace } = here.element;
  return parent.children.filter((node) => node.local === local && node.namespace === namespace);
}

/** The transform's element as it goes into the result, without transform instructions. */
function copyContent(here: LocatorStep, parent: XdtNode): XdtNode {
  const scrub = (element: PlacedElement, outer: ReadonlySet<string>): PlacedElement => {
    const prefixes = listXdtPrefixes(element, outer);
    return {
      ...element,
      attributes: [...selectContent(element, prefixes)],
      children: element.children.filter(({ prefix }) => !prefixes.has(prefix)).map((child) => scrub(child, prefixes)),
    };
  };
  return toMutableNode(scrub(here.element, here.outer?.prefixes ?? new Set()), parent);
}

/** `written` is the transform or locator. */
function report(
  run: Run,
  here: LocatorStep,
  kind: XdtProblemKind,
  written: Pick<PlacedAttribute, 'value' | 'at'>,
): void {
  const { element, trail, locator, outer } = here;
  const transform = findPrefixedAttribute(element, 'Transform')?.value ?? 'xdt:Transform';
  const { value: named, at } = written;
  const isPath = locator.kind === 'path' || (locator.kind === 'broken' && /^\s*XPath/.test(locator.written.value));
  const message = kind({ file: at.file, line: at.line, named, transform });
  run.problems.push({ ...message, named, at, element, trail, anywhere: isPath || outer === null });
}
