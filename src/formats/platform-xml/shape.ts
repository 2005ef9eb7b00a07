/**
 * Which elements and attributes an XML body may hold. Whatever else stands there is a stranger: reported, never
 * silently ignored, because it may mean something to the platform.
 */

import type { Position } from '../../model/source.ts';
import type { XmlElement } from '../../syntax/xml.ts';
import { cultureOf } from '../registered/values.ts';

/** Without `children` an element holds text only; with them, elements only. Local names throughout. */
export interface Shape {
  readonly attributes?: readonly string[];
  readonly children?: Readonly<Record<string, Shape>>;
  /** How often it may occur within its parent; `by-culture`: once per `xml:lang`. Default: once. */
  readonly occurs?: 'once' | 'by-culture' | 'often';
  /** Whoever reads the element judges what stands in it. */
  readonly judgedElsewhere?: boolean;
}

/** Something a shape does not know. `meaning` is what it says, positions and formatting left out. */
export interface Stranger {
  readonly what: string;
  readonly meaning: string;
  readonly at: Position;
  /** Everything in it that stands behind a name. */
  readonly texts: readonly NamedText[];
}

/** The text of an element or attribute. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
  readonly at: Position;
}

/** All strangers within an element, its own attributes included. */
export function strangersIn(element: XmlElement, shape: Shape): readonly Stranger[] {
  return shape.judgedElsewhere ? [] : [...ownStrangers(element, shape), ...childStrangers(element, shape)];
}

function ownStrangers(element: XmlElement, shape: Shape): Stranger[] {
  const found: Stranger[] = [];
  for (const { name, local, prefix, value, at } of element.attributes) {
    const technical = name === 'xmlns' || prefix === 'xmlns' || prefix === 'xsi';
    if (technical || shape.attributes?.includes(local)) continue;
    const meaning = JSON.stringify([element.local, local, value.trim()]);
    found.push({ what: `${name}="…"`, meaning, at, texts: [{ name: local, text: value.trim(), at }] });
  }
  if (shape.children !== undefined && element.text.trim() !== '') {
    const meaning = JSON.stringify([element.local, collapse(element.text)]);
    const texts = [{ name: element.local, text: element.text.trim(), at: element.at }];
    found.push({ what: `text in <${element.name}>`, meaning, at: element.at, texts });
  }
  return found;
}

function childStrangers(element: XmlElement, shape: Shape): Stranger[] {
  const found: Stranger[] = [];
  const seen = new Set<string>();
  const { children = {} } = shape;
  for (const child of element.children) {
    const childShape = Object.hasOwn(children, child.local) ? children[child.local] : undefined;
    if (childShape === undefined) {
      found.push(strangerOf(child, `<${child.name}>`));
      continue;
    }
    const { occurs } = childShape;
    const key = occurs === 'by-culture' ? `${child.local} ${cultureOf(languageOf(child))}` : child.local;
    if (occurs !== 'often' && seen.has(key)) {
      found.push(strangerOf(child, `a second <${child.name}>`));
    }
    seen.add(key);
    found.push(...strangersIn(child, childShape));
  }
  return found;
}

/** An element that does not belong where it stands. */
export function strangerOf(element: XmlElement, what: string): Stranger {
  return { what, meaning: canonical(element), at: element.at, texts: textsIn(element) };
}

function textsIn({ local, text, at, attributes, children }: XmlElement): readonly NamedText[] {
  const own = { name: local, text: text.trim(), at };
  const inTag = attributes.map((one) => ({ name: one.local, text: one.value.trim(), at: one.valueAt }));
  return [own, ...inTag, ...children.flatMap(textsIn)];
}

/** The `xml:lang` of an element as written, '' without one. */
export function languageOf(element: XmlElement): string {
  return element.attributes.find(({ local }) => local === 'lang')?.value.trim() ?? '';
}

/** What an element says, as one line: positions, prefixes, attribute order and white space left out. */
export function canonical(element: XmlElement): string {
  const attributes = element.attributes
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ local, value }) => `${local}=${JSON.stringify(value.trim())}`)
    .sort();
  const children = element.children.map(canonical);
  return `(${[element.local, ...attributes, JSON.stringify(collapse(element.text)), ...children].join(' ')})`;
}

function collapse(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
