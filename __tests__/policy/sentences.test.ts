/**
 * Every sentence of the built-in policy's steps, reasons and notes has its source, or says that it is advice. Brackets are the
 * source of their sentence and of the sentences since the brackets before.
 */
import { builtIn } from './built-in.ts';

const ids = new Set(builtIn.citations.map(({ id }) => id));
const texts: readonly (readonly [string, string, readonly string[]])[] = [
  ...builtIn.steps.map(({ id, text, sources }) => [`step ${id}`, text, sources] as const),
  ...builtIn.rules.flatMap(({ id, reason, note, workflowUnknown, sources }) =>
    [reason, note, workflowUnknown].flatMap((text) => (text === null ? [] : [[`rule ${id}`, text, sources] as const])),
  ),
  ...Object.entries(builtIn.consentReadings).map(([id, text]) => [`reading ${id}`, text, ['R3', 'R8']] as const),
];

const BRACKETS = /\[([^\][]+)\]/g;

/** What follows the last brackets: nothing but a mark, or it has no source. */
function findEnd(text: string): string {
  return text.split(BRACKETS).at(-1) ?? text;
}

test.each(texts)('%s: %s', (_place, text, sources) => {
  expect(findEnd(text)).toMatch(/^[.?!)]*$/);
  const named = [...text.matchAll(BRACKETS)].flatMap(([, list]) => String(list).split(', '));
  expect(named).not.toEqual([]);
  for (const id of named) expect([id, id === 'advice' || (ids.has(id) && sources.includes(id))]).toEqual([id, true]);
});

test('the guides do not say that the lead time starts with the mail, nor what the two weeks cover, nor who decides', () => {
  for (const [, text] of texts) expect(text).not.toMatch(/lead time starts|cover all of it|team decides/);
});
