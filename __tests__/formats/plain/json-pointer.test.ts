import fc from 'fast-check';
import { findNodes, parsePointer, removePaths } from '../../../src/formats/plain/json-pointer.ts';
import { parseJson } from '../../../src/syntax/json.ts';
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
])('%s finds %j', (pointer, found, blocker) => {
  const pointed = findNodes(tree(TREE), pointer);
  expect(pointed.nodes.map(canonicalJson)).toEqual(found);
  expect(pointed.blocker === null ? null : canonicalJson(pointed.blocker)).toBe(blocker);
});

test.each([
  [['/s', '/n', '/o'], '{"a":[{"j":1,"m":["x"]},{"m":["y","z"]},{"k":2}]}'],
  [['/a/*/m', '/o/*/q', '/s'], '{"a":[{"j":1},{"k":2}],"n":null}'],
  [['/*'], null],
  [[''], null],
  [['', '/s'], null],
  [['/s/below'], canonicalJson(tree(TREE))],
])('without %j', (pointers, left) => {
  const node = removePaths(
    tree(TREE),
    pointers.map((pointer) => parsePointer(pointer) ?? []),
  );
  expect(node === null ? null : canonicalJson(node)).toBe(left);
});

test('an empty list or map stays: it says something', () => {
  const node = removePaths(tree({ a: [], b: {}, c: 1 }), [['a', '*'], ['b', 'x'], ['c']]);
  expect(node === null ? null : canonicalJson(node)).toBe('{"a":[],"b":{}}');
});

test('what is left changes exactly when something changes that no pointer names', () => {
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
