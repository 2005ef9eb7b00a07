import { readTree } from '../../../src/syntax/yaml/read-tree.ts';
import { canonicalJson } from '../../../src/syntax/yaml/yaml.ts';

function read(path: string, text: string) {
  return readTree({ path, bytes: new TextEncoder().encode(text) });
}

function canonical(text: string): string {
  const tree = read('a.yml', text);
  if ('problem' in tree) throw new Error(tree.problem.message);
  return canonicalJson(tree.root);
}

test.each([
  ['a.yml', true],
  ['a.json', false],
  ['A.JSON', false],
  ['a.json.yml', true],
  ['json', true],
])('%s may contain a comment is %s', (path, isYaml) => {
  expect('root' in read(path, '# one\na: 1')).toBe(isYaml);
  expect('root' in read(path, '{"a": 1}')).toBe(true);
});

test.each([
  ['b: [x, 1, null, true]\na: {d: "1", c: []}', '{"a":{"c":[],"d":"1"},"b":["x",1,null,true]}'],
  ['{c: 3, a: 1, b: 2}', '{"a":1,"b":2,"c":3}'],
  ['', 'null'],
  ['x: .inf', '{"x":null}'],
])('%j has the canonical form %s', (text, json) => expect(canonical(text)).toBe(json));
