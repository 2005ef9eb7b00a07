/** The reader of Java properties, which uses `dot-properties`, against another implementation: real files, damaged ones, corners of the grammar. */
import * as fc from 'fast-check';
import { getProperties } from 'properties-file';
import { parseProperties } from '../../src/syntax/properties.ts';
import { mutate, mutations } from '../fuzz/support/mutation.ts';
import { readSeeds } from '../fuzz/support/seeds.ts';

const seeds = readSeeds().filter(({ path }) => path.endsWith('.properties'));

function named(rows: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rows.filter(([key]) => key !== ''));
}

/** The last value of each key, as both read it. An empty key names nothing: the reader may leave it out. */
function byReader(text: string): Readonly<Record<string, string>> | null {
  const parsed = parseProperties(text);
  return 'problem' in parsed ? null : named(parsed.entries.map(({ key, value }) => [key, value]));
}

function bySecond(text: string): Readonly<Record<string, string>> {
  return named(Object.entries(getProperties(text)));
}

test.each([
  ['separators', 'a=1\nb:2\nc 3\nd\t4\ne = 5\nf : 6\ng  7\n'],
  ['a key alone', 'a\nb=\nc:\n'],
  ['two separators', 'a==1\nb=:2\nc = = 3\nd  :  = 4\n'],
  ['comments and empty lines', '# a=1\n  ! b=2\n\n \t\nc=3\n'],
  ['continued lines', 'a=1\\\n   2\\\n\t3\nb=x\\\\\nc=y\\\\\\\n z\n'],
  ['a comment sign in a continued line', 'a=1\\\n # 2\n! b\nc=3\n'],
  ['escapes', 'a=\\t\\n\\r\\f\\u0041\\u00e4\\q\\"\nb\\ c=1\nd\\=e=2\nf\\:g:3\n'],
  ['spaces at ends', 'a =  1  \n  b = 2\t\n'],
  ['line ends', 'a=1\r\nb=2\rc=3\n'],
  ['a repeated key', 'a=1\na=2\n'],
  ['no line end', 'a=1'],
  ['a continued last line', 'a=1\\'],
])('properties with %s are read as in Java', (_name, text) => {
  expect(byReader(text)).toEqual(bySecond(text));
});

test('files, complete and damaged, are read as in Java', () => {
  expect(seeds.length).toBeGreaterThan(5);
  const damaged = fc.record({ seed: fc.constantFrom(...seeds), done: mutations }).map(({ seed, done }) => {
    const bytes = seed.files[seed.path] ?? new Uint8Array();
    return Buffer.from(mutate(bytes, done, bytes)).toString('latin1');
  });
  const whole = seeds.map(({ files, path }) => Buffer.from(files[path] ?? []).toString('latin1'));
  for (const text of [...whole, ...fc.sample(damaged, { seed: 20_261_123, numRuns: 2000 })]) {
    const found = byReader(text);
    // A malformed escape is an error for Java and for the reader; the second implementation takes it as it is.
    if (found === null) expect(text).toMatch(/\\u(?![0-9a-f]{4})/i);
    else expect([text, found]).toEqual([text, bySecond(text)]);
  }
});
