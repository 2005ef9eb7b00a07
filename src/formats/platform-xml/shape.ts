/**
 * The elements and attributes that an XML body may contain. Anything else is reported as unexpected, because it may
 * mean something to the platform.
 */
import type { Position } from '../../model/source.ts';
import { collapseSpace, readLanguage, writeCanonicalXml, type XmlElement } from '../../syntax/xml.ts';
import { parseCulture } from '../registered/values.ts';

/** Without `children`, an element contains only text. With them, it contains only elements. All names are local names. */
export interface ElementShape {
  /** Names as written. Of the platform's attributes, only `xml:lang` has a prefix. */
  readonly attributes?: readonly string[];
  readonly children?: Readonly<Record<string, ElementShape>>;
  /** Occurrences within its parent. `by-culture` means once per `xml:lang`. The default is once. */
  readonly occurs?: 'once' | 'by-culture' | 'often';
  /** The reader of the element checks its content itself. */
  readonly checkedByReader?: boolean;
}

/** An element, an attribute or a text that a shape does not allow. `meaning` leaves positions and formatting out. */
export interface UnexpectedItem {
  readonly what: string;
  readonly meaning: string;
  readonly at: Position;
  /** True for a namespace that is not the platform's. The platform ignores the item. */
  readonly isForeign: boolean;
  /** The texts of all elements and attributes in it. */
  readonly texts: readonly NamedText[];
}

/** The text of an element or attribute. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  readonly at: Position;
}

/** Attributes that XML Schema allows on every element. */
const SCHEMA_INSTANCE = new Set(['xsi:type', 'xsi:nil', 'xsi:schemaLocation', 'xsi:noNamespaceSchemaLocation']);

/** Everything unexpected within an element, its own attributes included. */
export function findUnexpected(element: XmlElement, shape: ElementShape): readonly UnexpectedItem[] {
  return shape.checkedByReader
    ? findForeign(element)
    : [...findUnexpectedOwn(element, shape), ...findUnexpectedChildren(element, shape)];
}

function findUnexpectedOwn(element: XmlElement, shape: ElementShape): UnexpectedItem[] {
  const found: UnexpectedItem[] = [];
  for (const { name, local, prefix, value, at } of element.attributes) {
    const isTechnical = name === 'xmlns' || prefix === 'xmlns' || SCHEMA_INSTANCE.has(name);
    if (isTechnical || shape.attributes?.includes(name)) continue;
    const meaning = JSON.stringify([element.local, name, value.trim()]);
    const texts = [{ name: local, text: value.trim(), at }];
    found.push({ what: `${name}="…"`, meaning, at, isForeign: prefix !== '' && prefix !== 'xml', texts });
  }
  if (shape.children !== undefined && element.text.trim() !== '') {
    const meaning = JSON.stringify([element.local, collapseSpace(element.text)]);
    const texts = [{ name: element.local, text: element.text.trim(), at: element.at }];
    found.push({ what: `text in <${element.name}>`, meaning, at: element.at, isForeign: false, texts });
  }
  return found;
}

function findUnexpectedChildren(element: XmlElement, shape: ElementShape): UnexpectedItem[] {
  const found: UnexpectedItem[] = [];
  const seen = new Set<string>();
  const { children = {} } = shape;
  for (const child of element.children) {
    const childShape = Object.hasOwn(children, child.local) ? children[child.local] : undefined;
    if (childShape === undefined) {
      found.push(createUnexpectedElement(child, `<${child.name}>`));
      continue;
    }
    const { occurs } = childShape;
    const key = occurs === 'by-culture' ? `${child.local} ${parseCulture(readLanguage(child))}` : child.local;
    if (occurs !== 'often' && seen.has(key)) {
      found.push(createUnexpectedElement(child, `a second <${child.name}>`));
    }
    seen.add(key);
    found.push(...findUnexpected(child, childShape));
  }
  return found;
}

/** A whole element as an unexpected item. */
export function createUnexpectedElement(element: XmlElement, what: string): UnexpectedItem {
  const isForeign = isForeignName(element.local);
  return { what, meaning: writeCanonicalXml(element), at: element.at, isForeign, texts: listTexts(element) };
}

/** Every element and attribute of another namespace in an element. The element's reader checks the rest. */
export function findForeign(element: XmlElement): readonly UnexpectedItem[] {
  return [
    ...findUnexpectedOwn(element, {}).filter(({ isForeign }) => isForeign),
    ...element.children.flatMap((entry) =>
      isForeignName(entry.local) ? [createUnexpectedElement(entry, `<${entry.name}>`)] : findForeign(entry),
    ),
  ];
}

/**
 * The element without namesakes. An element in a namespace other than the body's is named with that namespace, because
 * the platform and its SDKs do not treat it as their own.
 */
export function separateForeign(element: XmlElement, own: string | null = element.namespace): XmlElement {
  const children = element.children.map((entry) => separateForeign(entry, own));
  const { namespace, prefix, local } = element;
  if (namespace === own || namespace === '') return { ...element, children };
  const name = prefix === '' ? `${local} xmlns="${namespace}"` : element.name;
  return { ...element, name, local: `{${namespace}}${local}`, children };
}

function isForeignName(local: string): boolean {
  return local.startsWith('{');
}

function listTexts({ local, text, at, attributes, children }: XmlElement): readonly NamedText[] {
  const own = { name: local, text: text.trim(), at };
  const inTag = attributes.map((one) => ({ name: one.local, text: one.value.trim(), at: one.valueAt }));
  return [own, ...inTag, ...children.flatMap(listTexts)];
}
