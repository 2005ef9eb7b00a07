/** JSON with comments and the other liberties of JSON5; an independent parser is the referee. */
import { evaluate, parse } from '@humanwhocodes/momoa';
import fc from 'fast-check';
import { parseJson5 } from '../../src/syntax/json5.ts';
import { canonicalJson, plainValue } from '../../src/syntax/yaml/yaml.ts';

const readValue = (text: string): unknown => {
  const parsed = parseJson5(text);
  return 'problem' in parsed ? parsed.problem.id : plainValue(parsed.root);
};

test.each([
  ['{"a": 1} // the end', { a: 1 }],
  ['/* first */ {a: [1, 2,], \'b\': "x", /* c */ $c: null,}', { a: [1, 2], b: 'x', $c: null }],
  ['[0x1F, +1, -.5, 5., 1e3]', [31, 1, -0.5, 5, 1000]],
  ['"// no comment"', '// no comment'],
  ["'it\\'s \\u0041\\x42\\\nC'", "it's ABC"],
  ['{a: 1, a: 2}', 'json-duplicate-key'],
  ['{a: 1', 'json5-syntax'],
  ['{a 1}', 'json5-syntax'],
  ['{,}', 'json5-syntax'],
  ['[,]', 'json5-syntax'],
  ['[1 2]', 'json5-syntax'],
  ['01', 'json5-syntax'],
  ['', 'json5-syntax'],
  ['/* open', 'json5-syntax'],
  ['{} {}', 'json5-syntax'],
  ['undefined', 'json5-syntax'],
  [`${'['.repeat(300)}${']'.repeat(300)}`, 'json-too-deep'],
])('%s is %j', (text, value) => {
  expect(readValue(text)).toEqual(value);
});

test('every value has its place', () => {
  const parsed = parseJson5('{\n  // why\n  a: [1,\n    "x"],\n}');
  expect('root' in parsed && parsed.root).toMatchObject({
    entries: [
      {
        key: 'a',
        keyAt: { line: 3, column: 3 },
        value: { at: { line: 3, column: 6 }, items: [{}, { at: { line: 4, column: 5 } }] },
      },
    ],
  });
  expect(parseJson5('{a: 1,\n b 2}')).toMatchObject({ problem: { at: { line: 2, column: 4 } } });
});

test('JSON has the same values in JSON5, and in another parser', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\n', '/**/', '// x\n'), (value, space) => {
      const text = JSON.stringify(value, null, 1).replaceAll('\n', `${space}\n`);
      const parsed = parseJson5(text);
      expect('root' in parsed && JSON.parse(canonicalJson(parsed.root))).toEqual(JSON.parse(JSON.stringify(value)));
      expect('root' in parsed && plainValue(parsed.root)).toEqual(evaluate(parse(text, { mode: 'json5' })));
    }),
  );
});

// A reserved word is a name too (ECMAScript's IdentifierName); the other parser refuses it.
test('another parser agrees on the valid texts', () => {
  const pieces = ['{', '}', '[', ']', ':', ',', '"a"', "'b'", 'c', '1', '0x2', '-', ' ', '\n', '//x\n', '/*y*/'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      let other: unknown;
      try {
        other = evaluate(parse(text, { mode: 'json5' }));
      } catch {
        other = undefined;
      }
      const parsed = parseJson5(text);
      if ('root' in parsed) expect(plainValue(parsed.root)).toEqual(other);
      else if (parsed.problem.id !== 'json-duplicate-key') expect(other).toBeUndefined();
    }),
    { numRuns: 5000 },
  );
});
