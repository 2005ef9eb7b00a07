/**
 * Wording is data: `data/messages/<room>.json` maps a stable id to a sentence with `{name}` places. What fills a place
 * comes from strangers; the sentence stays plain text, and whoever renders it escapes all of it.
 */

/** Fills the places of a sentence. A place without a value stays visible, so that a gap is seen. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{([a-z][A-Za-z]*)\}/g, (place, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : place,
  );
}
