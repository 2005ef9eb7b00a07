import fc from 'fast-check';
import { parseJson } from '../../src/syntax/json.ts';
import { parseYaml, plainValue } from '../../src/syntax/yaml/yaml.ts';
import { buildAnyText } from '../support/any-text.ts';
import { listPlaces } from '../support/yaml-places.ts';

function problemOf(text: string): string {
  const parsed = parseJson(text);
  if ('root' in parsed) return 'read';
  const { id, at } = parsed.problem;
  return `${id} ${at?.line}:${at?.column}`;
}

describe('strict JSON', () => {
  it.each([
    ['{"a": 1,}', 'json-syntax 1:9'],
    ['{"a": 1, "a": 2}', 'json-duplicate-key 1:10'],
    ["{'a': 1}", 'json-syntax 1:2'],
    ['{a: 1}', 'json-syntax 1:2'],
    ['{"a" 1}', 'json-syntax 1:6'],
    ['[1\n 2]', 'json-syntax 2:2'],
    ['[01]', 'json-syntax 1:3'],
    ['["a\tb"]', 'json-syntax 1:4'],
    ['["\\x"]', 'json-syntax 1:4'],
    ['# no', 'json-syntax 1:1'],
    ['', 'json-syntax 1:1'],
    ['1 2', 'json-syntax 1:3'],
    ['["\\u00"]', 'json-syntax 1:7'],
    ['["a', 'json-syntax 1:4'],
    ['[tru]', 'json-syntax 1:5'],
    ['\ufeff1', 'json-syntax 1:1'],
    [`${'['.repeat(257)}${']'.repeat(257)}`, 'json-too-deep 1:257'],
    ['['.repeat(1000), 'json-too-deep 1:264'],
    [`{"${'k'.repeat(5000)}": 1}`, 'read'],
    ['{"a": [true, null, -1.5e2, "\\u00e9\\n"]}', 'read'],
  ])('%.40j is %s', (text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });

  it('agrees with JSON.parse on every text that it writes, and with the YAML reader on values and places', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const parsed = parseJson(text);
        if ('problem' in parsed) throw new Error(parsed.problem.message);
        expect(plainValue(parsed.root)).toEqual(JSON.parse(text));
        const yaml = parseYaml(text);
        expect('root' in yaml ? listPlaces(yaml.root) : yaml.problem).toEqual(listPlaces(parsed.root));
      }),
    );
  });

  it('rejects what JSON.parse rejects', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '"', '}', ']', '\\', '\u0001', '0'),
        (json, place, change) => {
          const at = place % (json.length + 1);
          const text = json.slice(0, at) + change + json.slice(at + 1);
          let valid = true;
          try {
            JSON.parse(text);
          } catch {
            valid = false;
          }
          const refused = problemOf(text);
          if (!refused.startsWith('json-duplicate-key')) expect(refused === 'read').toBe(valid);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1,}', 'This is not valid JSON: Expected double-quoted property name.'],
    ['["pass", word]', 'This is not valid JSON: Unexpected token.'],
    ['["pass" "word"]', "This is not valid JSON: Expected ',' or ']' after array element."],
    ['1 2', 'This is not valid JSON: Unexpected non-whitespace character after JSON.'],
    ['[', 'This is not valid JSON: Unexpected end of JSON input.'],
    ['{"a": 1, "a": 2}', 'The key "a" appears twice in the same object. Remove one.'],
    ['['.repeat(300), 'Objects and arrays are nested more than 256 levels deep. Remove levels.'],
  ])('words its refusals for people (%#)', (text, message) =>
    expect(parseJson(text)).toMatchObject({ problem: { message } }),
  );

  it('answers any text with a tree or a place', () => {
    fc.assert(
      fc.property(buildAnyText(), (text) => {
        const parsed = parseJson(text);
        if ('problem' in parsed) expect(parsed.problem.at).not.toBeNull();
      }),
    );
  });
});
