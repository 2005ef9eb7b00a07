/** What cannot be told of a .NET configuration: collected while it is read, one setting in the end. */
import sentences from '../../../data/messages/formats-dotnet.json' with { type: 'json' };
import type { Setting } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { type PlacedElement, prefixedAttribute } from './xdt/tree.ts';
import type { XdtProblem } from './xdt/xdt.ts';

/** Something that cannot be told. `meaning` is what is compared between revisions. */
export interface SectionGap {
  readonly meaning: string;
  /** Whether `shown` and `reason` tell all of the meaning. */
  readonly plain: boolean;
  readonly shown: string;
  readonly reason: string;
  readonly at: Place;
}

/** A step of a transform that could not be followed. */
export function gapOf({ id, named, at, element }: XdtProblem): SectionGap {
  const transform = prefixedAttribute(element, 'Transform')?.value ?? 'xdt:Transform';
  const values = { named, transform, file: at.file, line: at.line };
  return {
    meaning: `${id} ${contentOf(element)}`,
    plain: false,
    shown: named,
    reason: fill(sentences[id], values),
    at,
  };
}

/** All that an element says, whatever its layout: good for comparing, not for showing. */
export function contentOf(element: PlacedElement): string {
  return JSON.stringify(canonical(element));
}

/** All that cannot be told is one setting, since a document is readable in full or not. */
export function gapSettings(gaps: readonly SectionGap[], cryptography: Cryptography): readonly Setting[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const joined = (texts: readonly string[], glue: string): string => [...new Set(texts)].sort().join(glue);
  const said = joined(
    gaps.map(({ meaning }) => meaning),
    '\n',
  );
  // What the shown text does not tell in full is compared by digest, so that an approval is bound to all of it.
  const meaning = gaps.every(({ plain }) => plain) ? said : cryptography.sha256(new TextEncoder().encode(said));
  const shown = joined(
    gaps.map((gap) => gap.shown),
    ', ',
  );
  const reason = joined(
    gaps.map((gap) => gap.reason),
    ' ',
  );
  return [{ id: 'document', value: { kind: 'unresolved', meaning, shown, reason }, at: first.at }];
}

type Canonical = readonly [
  name: string,
  attributes: readonly (readonly string[])[],
  text: string,
  children: readonly Canonical[],
];

function canonical({ name, attributes, text, children }: PlacedElement): Canonical {
  const pairs = attributes.map((attribute) => [attribute.name, attribute.value] as const);
  const words = text.trim().replace(/\s+/g, ' ');
  return [name, pairs.sort(([one], [other]) => (one < other ? -1 : 1)), words, children.map(canonical)];
}
