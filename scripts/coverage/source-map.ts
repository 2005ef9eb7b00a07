/** Where places of the sources went in a bundle, from its source map (revision 3, https://tc39.es/ecma426/). */

/** One mapping, as offsets in UTF-16 units. */
export interface Mapping {
  readonly original: number;
  readonly generated: number;
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of one segment: base 64, five bits a digit, the lowest bit of a number is its sign. */
function decodeNumbers(segment: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}

export function listLineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** Mappings by the index of their source, in the order of their originals. `texts` are the sources' texts, null for ones of no interest. */
export function listMappings(
  map: SourceMap,
  bundle: string,
  texts: readonly (string | null)[],
): readonly (readonly Mapping[])[] {
  const found: Mapping[][] = map.sources.map(() => []);
  const originals = texts.map((text) => (text === null ? null : listLineStarts(text)));
  const generatedLines = listLineStarts(bundle);
  let [source, line, column] = [0, 0, 0];
  for (const [index, segments] of map.mappings.split(';').entries()) {
    let generatedColumn = 0;
    for (const segment of segments === '' ? [] : segments.split(',')) {
      const [step = 0, sourceStep = 0, lineStep = 0, columnStep = 0] = decodeNumbers(segment);
      generatedColumn += step;
      source += sourceStep;
      line += lineStep;
      column += columnStep;
      const lineStart = originals[source]?.[line];
      if (lineStart === undefined) continue;
      found[source]?.push({ original: lineStart + column, generated: (generatedLines[index] ?? 0) + generatedColumn });
    }
  }
  for (const list of found) list.sort((one, other) => one.original - other.original || one.generated - other.generated);
  return found;
}
