/**
 * Strict XML 1.0 as a tree with positions. Only the five built-in entities and character references are expanded, and
 * nothing is fetched. A document type that could change values is a problem.
 */
import { SaxesParser } from 'saxes';
import type { ParseProblem } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { createPositionFinder } from './positions.ts';
import { catchRefusal, Refusal } from './refusal.ts';

/** An attribute. `value` is unescaped and normalized as XML requires. */
export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  /** '' without one. */
  readonly prefix: string;
  readonly value: string;
  readonly at: Position;
  /** Position of the first character within the quotes. */
  readonly valueAt: Position;
}

export interface XmlElement {
  readonly name: string;
  readonly local: string;
  readonly prefix: string;
  /** The namespace of the prefix, '' for none. Null for an undeclared prefix, which every loader refuses. */
  readonly namespace: string | null;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The element's own text and CDATA, untrimmed, line ends as `\n`. */
  readonly text: string;
  /** Of the `<`. */
  readonly at: Position;
}

/** Deepest nesting that is read. Known configurations are far below it. */
export const MAX_XML_DEPTH = 256;

interface OpenElement extends XmlElement {
  readonly attributes: XmlAttribute[];
  readonly children: XmlElement[];
  text: string;
}

/** Prefix -> namespace. The default namespace is at ''. */
type Scope = ReadonlyMap<string, string>;

const NO_NAMESPACES: Scope = new Map([['', '']]);

/** Parses a whole document. Never throws. */
export function parseXml(text: string): { readonly root: XmlElement } | { readonly problem: ParseProblem } {
  const positionAt = createPositionFinder(text);
  const refuse = (what: Message, offset: number): never => {
    throw new Refusal(what, positionAt(offset));
  };
  const refuseForm = (detail: string, offset: number) => refuse(messages.xmlNotWellFormed({ detail }), offset);
  const parser = new SaxesParser({ xmlns: false });
  const open: OpenElement[] = [];
  const scopes: Scope[] = [];
  let root: XmlElement | null = null;
  let startOffset = 0;
  let attributes: XmlAttribute[] = [];

  parser.on('error', ({ message }) => refuseForm(message.replace(/^\d+:\d+: /, ''), parser.position - 1));
  parser.on('xmldecl', (declaration) => {
    if (declaration.version !== '1.0') refuse(messages.xmlVersion(), 0);
  });
  parser.on('doctype', (doctype) => {
    const offset = text.lastIndexOf('<!DOCTYPE', parser.position);
    if (!isDoctype(doctype)) refuseForm('malformed document type.', offset);
    if (declaresValues(doctype)) refuse(messages.xmlDoctypeDeclarations(), offset);
  });
  parser.on('processinginstruction', ({ body }) => {
    // The parser takes `<?a?b?>` for a name with content. (`<?a ?b?>`, which looks the same here, is refused with it.)
    if (body.startsWith('?')) refuseForm('malformed processing instruction.', parser.position - 1);
  });
  parser.on('opentagstart', () => {
    startOffset = text.lastIndexOf('<', parser.position - 1);
    attributes = [];
    if (open.length >= MAX_XML_DEPTH) refuse(messages.xmlTooDeep({ limit: MAX_XML_DEPTH }), startOffset);
  });
  parser.on('attribute', ({ name, value }) => {
    // The event comes right after the closing quote, and a quoted value cannot contain that quote.
    const closing = parser.position - 1;
    const opening = text.lastIndexOf(text.charAt(closing), closing - 1);
    const nameOffset = text.lastIndexOf(name, opening - 1);
    attributes.push({
      name,
      ...splitQualifiedName(name),
      value,
      at: positionAt(nameOffset),
      valueAt: positionAt(opening + 1),
    });
  });
  parser.on('opentag', ({ name }) => {
    const names = splitQualifiedName(name);
    const scope = readScope(attributes, scopes.at(-1) ?? NO_NAMESPACES);
    scopes.push(scope);
    const element: OpenElement = {
      name,
      ...names,
      namespace: scope.get(names.prefix) ?? null,
      attributes,
      children: [],
      text: '',
      at: positionAt(startOffset),
    };
    const parent = open.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
    scopes.pop();
  });
  const append = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', append);
  parser.on('cdata', append);

  return catchRefusal(() => {
    const lone = /[\ud800-\udfff]/u.exec(text);
    if (lone !== null) refuseForm('half of a surrogate pair.', lone.index);
    parser.write(text).close();
    return root === null ? refuseForm('no root element.', 0) : { root };
  });
}

/** The attribute of that name without a prefix, or null. A prefix makes it another attribute for every loader. */
export function findAttribute(element: XmlElement, name: string): XmlAttribute | null {
  return element.attributes.find((candidate) => candidate.name === name) ?? null;
}

/** The first child element of that local name, or null. */
export function findChild(element: XmlElement, local: string): XmlElement | null {
  return element.children.find((candidate) => candidate.local === local) ?? null;
}

/** All child elements of that local name, in order. */
export function listChildrenNamed(element: XmlElement, local: string): readonly XmlElement[] {
  return element.children.filter((candidate) => candidate.local === local);
}

function splitQualifiedName(name: string): { readonly local: string; readonly prefix: string } {
  const colon = name.indexOf(':');
  return { local: name.slice(colon + 1), prefix: colon < 0 ? '' : name.slice(0, colon) };
}

/** The namespaces in scope of an element. */
function readScope(attributes: readonly XmlAttribute[], outer: Scope): Scope {
  const declared = attributes.filter(({ name, prefix }) => name === 'xmlns' || prefix === 'xmlns');
  if (declared.length === 0) return outer;
  return new Map([
    ...outer,
    ...declared.map(({ name, local, value }) => [name === 'xmlns' ? '' : local, value] as const),
  ]);
}

/** `NameStartChar` and the other characters of `NameChar` of XML 1.0. */
const NAME_START = String.raw`:A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}`;
const NAME_MORE = String.raw`\-.0-9\u00b7\u0300-\u036f\u203f\u2040`;
/** The characters of a public id except the apostrophe: `PubidChar` of XML 1.0. */
const PUBLIC_ID = String.raw`\x20\r\na-zA-Z0-9\-()+,.\/:=?;!*#@$_%`;

/** Whether it has a name, an optional external id and an optional internal subset. The parser only finds its end. */
function isDoctype(doctype: string): boolean {
  const literal = `(?:"[^"]*"|'[^']*')`;
  const publicLiteral = `(?:"[${PUBLIC_ID}']*"|'[${PUBLIC_ID}]*')`;
  const name = `[${NAME_START}][${NAME_START}${NAME_MORE}]*`;
  const shape = `^\\s+${name}(?:\\s+SYSTEM\\s+${literal}|\\s+PUBLIC\\s+${publicLiteral}\\s+${literal})?\\s*(?:\\[[^]*\\]\\s*)?$`;
  return new RegExp(shape, 'u').test(doctype);
}

/** Entities, default attributes and parameter entities can change values in the document. */
function declaresValues(doctype: string): boolean {
  const subset = doctype.indexOf('[');
  return subset >= 0 && /<!ENTITY|<!ATTLIST|%/.test(doctype.slice(subset));
}

/** An element as one line: positions, attribute order and white space left out, prefixes of elements resolved. */
export function writeCanonicalXml(element: XmlElement): string {
  const attributes = element.attributes
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ name, value }) => `${name}=${JSON.stringify(value.trim())}`)
    .sort();
  const children = element.children.map(writeCanonicalXml);
  const name = element.namespace === '' ? element.local : `{${element.namespace}}${element.local}`;
  return `(${[name, ...attributes, JSON.stringify(collapseSpace(element.text)), ...children].join(' ')})`;
}

/** A text without white space around it, and a single space for every run of it. */
export function collapseSpace(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** The `xml:lang` of an element as written, '' without one. */
export function readLanguage(element: XmlElement): string {
  return findAttribute(element, 'xml:lang')?.value.trim() ?? '';
}
