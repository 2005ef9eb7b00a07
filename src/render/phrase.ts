/** Sentences with the gate's words and users' text, which stay separate until an output formats each. */
import { makeVisible } from './escape.ts';
import { say, splitSentence, type Values, type WordId } from './words.ts';

/**
 * A piece of a sentence. `words` is the project's own wording. `text` is prose from the report. `value` is a literal (a label,
 * a path, an account) that is set off from the words around it.
 */
export type Part = { readonly words: string } | { readonly text: string } | { readonly value: string };

export type Phrase = readonly Part[];

/** A sentence with phrases in its places: texts are prose out of the report, numbers are the project's own words. */
export function buildPhrase<Id extends WordId>(id: Id, ...values: Values<Id, Phrase | string | number>): Phrase {
  const [places = {}] = values as readonly [Readonly<Record<string, Phrase | string | number>>?];
  return splitSentence(id).flatMap((piece): Phrase => {
    if ('words' in piece) return [piece];
    const value = places[piece.place] ?? '';
    if (typeof value === 'object') return value;
    return [typeof value === 'number' ? { words: String(value) } : { text: value }];
  });
}

/** Values as a sentence lists them: `a`, `b` and `c`. Values beyond `limit` are counted. */
export function listValues(values: readonly string[], limit = 8): Phrase {
  const shown = values.slice(0, limit);
  const hidden = values.length - shown.length;
  const ends = hidden > 0 ? [...shown.map(toValue), { words: say('and-more', { count: hidden }) }] : shown.map(toValue);
  return ends.flatMap((part, index): Phrase => {
    if (index === 0) return [part];
    return [{ words: index === ends.length - 1 ? ' and ' : ', ' }, part];
  });
}

function toValue(text: string): Part {
  return { value: text };
}

/** A phrase as plain text in which every character is seen. */
export function toPlainText(parts: Phrase): string {
  return parts
    .map((part) => ('words' in part ? part.words : makeVisible('text' in part ? part.text : part.value)))
    .join('');
}
