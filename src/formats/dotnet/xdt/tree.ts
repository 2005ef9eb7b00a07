/** Elements with their file. A transformed tree mixes two files, and every value must be shown at its place. */
import type { Place } from '../../../model/source.ts';
import type { XmlAttribute, XmlElement } from '../../../syntax/xml.ts';

/** An attribute with its file. */
export interface PlacedAttribute extends XmlAttribute {
  readonly at: Place;
  readonly valueAt: Place;
}

/** An element with its file. */
export interface PlacedElement extends XmlElement {
  readonly attributes: readonly PlacedAttribute[];
  readonly children: readonly PlacedElement[];
  readonly at: Place;
}

/** An element of the working copy that a transform changes. The document itself is the node without a parent. */
export interface XdtNode extends Omit<PlacedElement, 'attributes' | 'children'> {
  attributes: PlacedAttribute[];
  children: XdtNode[];
  parent: XdtNode | null;
}

/** The same tree, every position bound to `file`. */
export function toPlacedElement(file: string, element: XmlElement): PlacedElement {
  return {
    ...element,
    at: { file, ...element.at },
    attributes: element.attributes.map((attribute) => ({
      ...attribute,
      at: { file, ...attribute.at },
      valueAt: { file, ...attribute.valueAt },
    })),
    children: element.children.map((child) => toPlacedElement(file, child)),
  };
}

/** The value of an attribute without prefix, or null. */
export function findPlainAttribute(element: PlacedElement, name: string): PlacedAttribute | null {
  return element.attributes.find((attribute) => attribute.name === name) ?? null;
}

/** An attribute with any prefix (`xdt:Transform`), or null. */
export function findPrefixedAttribute(element: PlacedElement, local: string): PlacedAttribute | null {
  return element.attributes.find((attribute) => attribute.local === local && attribute.prefix !== '') ?? null;
}

/** A working copy below `parent`. */
export function toMutableNode(element: PlacedElement, parent: XdtNode | null): XdtNode {
  const node: XdtNode = { ...element, attributes: [...element.attributes], children: [], parent };
  node.children = element.children.map((child) => toMutableNode(child, node));
  return node;
}

/** The immutable result of a working copy. */
export function toPlacedTree({ parent: _parent, ...node }: XdtNode): PlacedElement {
  return { ...node, children: node.children.map(toPlacedTree) };
}
