/** Parts of a .NET configuration without a determined meaning. They are collected during reading and become one setting. */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import type { PlacedElement } from './xdt/tree.ts';

/** A value that cannot be determined. `meaning` is compared between revisions. */
export interface Gap {
  readonly meaning: string;
  /** Whether `shown` and `reason` contain all of the meaning. */
  readonly isShownInFull?: boolean;
  readonly shown: string;
  readonly reason: string;
  readonly at: Place;
}

/** The whole content of an element without its layout, for comparing only. */
export function serializeElement(element: PlacedElement): string {
  return JSON.stringify(normalizeElement(element));
}

/** All gaps as one setting, because a document is either fully readable or not. */
export function buildGapSettings(gaps: readonly Gap[]): readonly Setting[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const join = (field: 'meaning' | 'shown' | 'reason', glue: string): string =>
    [...new Set(gaps.map((gap) => gap[field]))].sort().join(glue);
  const meaning = join('meaning', '\n');
  const value = {
    kind: 'unresolved',
    // An approval must cover all gaps, so they are compared by digest unless all are shown.
    meaning: gaps.every(({ isShownInFull }) => isShownInFull)
      ? meaning
      : computeSha256(new TextEncoder().encode(meaning)),
    shown: join('shown', ', '),
    reason: join('reason', ' '),
  } as const;
  return [{ id: 'document', value, at: first.at }];
}

type Normalized = readonly [
  name: string,
  attributes: readonly (readonly string[])[],
  text: string,
  children: readonly Normalized[],
];

function normalizeElement({ name, attributes, text, children }: PlacedElement): Normalized {
  const pairs = attributes.map((attribute) => [attribute.name, attribute.value] as const);
  const words = text.trim().replace(/\s+/g, ' ');
  return [name, pairs.sort(([one], [other]) => (one < other ? -1 : 1)), words, children.map(normalizeElement)];
}
