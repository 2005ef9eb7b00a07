import fc from 'fast-check';
import { removePaths } from '../../../src/formats/plain/remove-paths.ts';
import { findAt } from '../../../src/formats/plain/settings.ts';
import { parseJson } from '../../../src/syntax/json.ts';
import { parsePath } from '../../../src/syntax/json-path.ts';
import { canonicalJson, type YamlNode } from '../../../src/syntax/yaml/yaml.ts';

function tree(value: unknown): YamlNode {
  const parsed = parseJson(JSON.stringify(value));
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.root;
}

const TREE = {
  a: [{ m: ['x'], j: 1 }, { m: ['y', 'z'] }, { k: 2 }],
  o: { p: { q: 3 }, r: { q: 4 } },
  s: 'text',
  n: null,
};

test.each([
  ['/a/*/m', ['["x"]', '["y","z"]'], null],
  ['/a/*', ['{"j":1,"m":["x"]}', '{"m":["y","z"]}', '{"k":2}'], null],
  ['/o/*/q', ['3', '4'], null],
  ['/s/*/q', [], '"text"'],
  ['/a/0/j/deep', [], '1'],
  ['/n/q', [], null],
  ['/none/*', [], null],
  ['xs', [], null],
  ['$.a[*].m', ['["x"]', '["y","z"]'], null],
  ["$['a'][1].m[0]", ['"y"'], null],
  ['$.o.*.q', ['3', '4'], null],
  ['$.s.q', [], '"text"'],
  ['$', [canonicalJson(tree(TREE))], null],
  ['$..q', ['3', '4'], null],
  ['$.a[?@.k].k', ['2'], null],
  ['$.a[?@.j == 1].m[*]', ['"x"'], null],
  ['$.a[-1:].k', ['2'], null],
  ['$.a[?@.m && @.j && @.k]', [], null],
  ['$.a[?@.k && @.k == 2 && @.k != 3].k', ['2'], null],
  ['$.a[?@.j && @.m && @.k || @.k && @.k == 2 && !@.m].k', ['2'], null],
  ["$.a[?@.m && (@.k && @['&&)'] || @.j && @.j == 1 && @.j != 2)].j", ['1'], null],
  ["$['s', 'n']", ['"text"', 'null'], null],
])('%s finds %j', (pointer, found, blocker) => {
  const pointed = findAt(tree(TREE), pointer);
  expect(pointed.nodes.map(({ node }) => canonicalJson(node))).toEqual(found);
  expect(pointed.blocker === null ? null : canonicalJson(pointed.blocker)).toBe(blocker);
});

const stepsOf = (text: string): readonly (string | null)[] => {
  const path = parsePath(text);
  return 'problem' in path ? [] : (path.steps ?? []);
};

test.each([
  ['$.a[', 'syntax'],
  ['a.b', 'syntax'],
  ['$..a..b', 'descendants'],
  ['$.a[?@..b]', 'descendants'],
  ["$.a[?match(@.b, 'x.*')]", 'function'],
  ["$.a[?search(@.b, 'x')]", 'function'],
  ['$.a[?length(@.b) > 1]', null],
  ['$..a', null],
])('%s is rejected for %s', (text, problem) => {
  const path = parsePath(text);
  expect('problem' in path ? path.problem : null).toBe(problem);
});

test('a search of all levels takes steps in proportion to the text', () => {
  const wide = tree(Array.from({ length: 20_000 }, (_, index) => ({ a: { b: [index] } })));
  const started = performance.now();
  expect(findAt(wide, '$..b').nodes).toHaveLength(20_000);
  expect(performance.now() - started).toBeLessThan(2000);
});

test.each([
  [['/s', '/n', '/o'], '{"a":[{"j":1,"m":["x"]},{"m":["y","z"]},{"k":2}]}'],
  [['/a/*/m', '/o/*/q', '/s'], '{"a":[{"j":1},{"k":2}],"n":null}'],
  [['/*'], null],
  [[''], null],
  [['', '/s'], null],
  [['/s/below'], canonicalJson(tree(TREE))],
])('the rest without %j is right', (pointers, left) => {
  const node = removePaths(
    tree(TREE),
    pointers.map((pointer) => stepsOf(pointer)),
  );
  expect(node === null ? null : canonicalJson(node)).toBe(left);
});

test('an empty list or map remains, because it has a meaning', () => {
  const node = removePaths(tree({ a: [], b: {}, c: 1 }), [['a', null], ['b', 'x'], ['c']]);
  expect(node === null ? null : canonicalJson(node)).toBe('{"a":[],"b":{}}');
});

test('the rest changes exactly when content without a pointer changes', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(value, value, value, (read, rest, other) => {
      const left = (named: unknown, unnamed: unknown) => {
        const node = removePaths(tree({ named, unnamed }), [['named']]);
        return node === null ? null : canonicalJson(node);
      };
      expect(left(read, rest)).toBe(left(other, rest));
      const same = canonicalJson(tree(rest)) === canonicalJson(tree(other));
      expect(left(read, rest) === left(read, other)).toBe(same);
    }),
  );
});
