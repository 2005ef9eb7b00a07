/** Every sentence of the built-in policy's steps, reasons and notes carries its source, or says that it is advice. */
import { builtIn } from './built-in.ts';

const ids = new Set(builtIn.citations.map(({ id }) => id));
const texts: readonly (readonly [string, string, readonly string[]])[] = [
  ...builtIn.steps.map(({ id, text, sources }) => [`step ${id}`, text, sources] as const),
  ...builtIn.rules.flatMap(({ id, reason, note, workflowUnknown, sources }) =>
    [reason, note, workflowUnknown].flatMap((text) => (text === null ? [] : [[`rule ${id}`, text, sources] as const])),
  ),
  ...Object.entries(builtIn.consentReadings).map(([id, text]) => [`reading ${id}`, text, ['R3', 'R8']] as const),
];

/** The brackets of one sentence. */
function sourcesOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\[([^\][]+)\]/g)].flatMap(([, list]) => String(list).split(', '));
}

test.each(texts)('%s quotes a sentence of %s', (_place, text, sources) => {
  // A sentence ends with a mark before a space or the end; an address or a file name has none.
  const sentences = text.split(/(?<=[.?!])\s+/);
  for (const sentence of sentences) {
    const named = sourcesOf(sentence);
    expect([sentence, named.length > 0]).toEqual([sentence, true]);
    for (const id of named) expect([id, id === 'advice' || (ids.has(id) && sources.includes(id))]).toEqual([id, true]);
  }
});

test('the guides do not say when the lead time starts, what the two weeks include, or who decides', () => {
  for (const [, text] of texts) expect(text).not.toMatch(/lead time starts|cover all of it|team decides/);
});
