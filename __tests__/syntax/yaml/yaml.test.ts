import fc from 'fast-check';
import { dump } from 'js-yaml';
import { entry, parseYaml, parseYamlDocuments, plainValue, type YamlNode } from '../../../src/syntax/yaml/yaml.ts';
import { buildAnyText } from '../../support/any-text.ts';
import { listPlaces } from '../../support/yaml-places.ts';

function rootOf(text: string, options = {}): YamlNode {
  const parsed = parseYaml(text, options);
  if ('problem' in parsed) throw new Error(`${parsed.problem.id}: ${parsed.problem.message}`);
  return parsed.root;
}

function problemOf(text: string): string {
  const parsed = parseYaml(text);
  if ('root' in parsed) return 'read';
  const { id, at } = parsed.problem;
  return `${id} ${at === null ? '?' : `${at.line}:${at.column}`}`;
}

describe('positions', () => {
  const lines = [
    'a: "😀" # 😀',
    'b: [x, {c: 1}]',
    "'d e':",
    '  - f',
    '  -',
    'g: |-',
    '  text',
    'h: &x >',
    '  folded',
    'i: *x',
  ];
  const expected = [
    '/ 1:1',
    '/a key 1:1',
    '/a 1:4',
    '/b key 2:1',
    '/b 2:4',
    '/b/0 2:5',
    '/b/1 2:8',
    '/b/1/c key 2:9',
    '/b/1/c 2:12',
    '/d e key 3:1',
    '/d e 4:3',
    '/d e/0 4:5',
    '/d e/1 4:5',
    '/g key 6:1',
    '/g 6:4',
    '/h key 8:1',
    '/h 8:7',
    '/i key 10:1',
    '/i 10:4',
  ];

  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
  ])('are right with %s', (_, lineBreak) => {
    expect(listPlaces(rootOf(lines.join(lineBreak)))).toEqual(expected);
  });

  it('count UTF-16 units after characters beyond the basic plane', () => {
    expect(listPlaces(rootOf('{"😀😀": x}'))).toEqual(['/ 1:1', '/😀😀 key 1:2', '/😀😀 1:10']);
  });
});

describe('values', () => {
  it.each<[string, unknown]>([
    ['true', true],
    ['yes', 'yes'],
    ['NO', 'NO'],
    ['~', null],
    ['', null],
    ['010', 10],
    ['0o10', 8],
    ['2010-01-01', '2010-01-01'],
    ['"1"', '1'],
    ["'null'", 'null'],
    ['!!str 1', '1'],
    ['! 1', '1'],
    ['!!int "7"', 7],
    ['!<tag:yaml.org,2002:bool> true', true],
    ['1:30', '1:30'],
    ['[a, {b: c}]', ['a', { b: 'c' }]],
    ['{"__proto__": 1}', JSON.parse('{"__proto__": 1}')],
  ])('like %s follow the core schema of YAML 1.2', (text, value) => {
    expect(plainValue(rootOf(text))).toEqual(value);
  });

  it('keep the text of a scalar as written', () => {
    const root = rootOf('a: 1e3\nb: "x\\ty"');
    expect([entry(root, 'a'), entry(root, 'b')]).toMatchObject([{ value: 1000, text: '1e3' }, { text: 'x\ty' }]);
  });

  it('have no entry if there is no map or no such key', () => {
    expect([entry(rootOf('[]'), 'a'), entry(rootOf('b: 1'), 'a'), entry(null, 'a')]).toEqual([null, null, null]);
  });

  it('are shared by an anchor', () => {
    expect(plainValue(rootOf('a: &x [1]\nb: *x'))).toEqual({ a: [1], b: [1] });
  });

  it('are merged only on request, with direct keys first, then the first source', () => {
    const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 0';
    expect(problemOf(text)).toBe('yaml-merge-key 4:3');
    expect(plainValue(entry(rootOf(text, { mergeKeys: 'own-first' }), 'c') ?? rootOf(''))).toEqual({
      x: 0,
      y: 1,
      z: 2,
    });
    expect(plainValue(rootOf('"<<": 1'))).toEqual({ '<<': 1 });
  });

  it('are separate for each document of a stream', () => {
    const parsed = parseYamlDocuments('a: 1\n---\nb: 2\n');
    expect('roots' in parsed ? parsed.roots.map(plainValue) : parsed).toEqual([{ a: 1 }, { b: 2 }]);
  });
});

describe('problems', () => {
  const bomb = (levels: number) => {
    const rows = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < levels; level += 1) {
      rows.push(
        `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
      );
    }
    return rows.join('\n');
  };
  const chain = Array.from(
    { length: 1000 },
    (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}`}]`,
  );

  it.each([
    ['a key that is given twice', 'a: 1\nb: 2\na: 3', 'yaml-duplicate-key 3:1'],
    ['the same key quoted', 'a: 1\n"a": 3', 'yaml-duplicate-key 2:1'],
    ['a tag of its own', 'a:\n  - !ruby/object x', 'yaml-tag 2:5'],
    ['a tag on a map', 'a: !x {b: c}', 'yaml-tag 1:4'],
    ['a tag that does not fit', 'a: !!int x', 'yaml-tag 1:4'],
    ['a list under the tag of a map', 'a: !!map [b]', 'yaml-tag 1:4'],
    ['a tag directive', '%TAG ! tag:x,2000:\n--- !y z', 'yaml-tag 1:1'],
    ['a merge key', 'a:\n  <<: {b: 1}', 'yaml-merge-key 2:3'],
    ['a second document', 'a: 1\n---\nb: 2', 'yaml-several-documents 3:1'],
    ['an alias without an anchor', 'a: *b', 'yaml-unknown-alias 1:4'],
    ['an alias in its own anchor', 'a: &a\n  b: *a', 'yaml-circular-alias 2:6'],
    ['an anchor of another document', 'a: &a 1\n---\nb: *a', 'yaml-unknown-alias 3:4'],
    ['a list as a key', '? [a]\n: b', 'yaml-complex-key 1:3'],
    ['wrong indentation', 'a:\n  - b\n c', 'yaml-syntax 3:2'],
    ['a flow list that is not closed', 'a: [b,\n', 'yaml-syntax 2:1'],
    ['a NUL', 'a: \0', 'yaml-syntax 1:4'],
    ['aliases that multiply', bomb(9), 'yaml-alias-bomb 5:45'],
    ['aliases that nest', chain.join('\n'), 'yaml-too-deep 256:14'],
    ['1,000 levels of lists', '['.repeat(1000), 'yaml-too-deep 1:264'],
    ['257 levels of lists', `${'['.repeat(257)}${']'.repeat(257)}`, 'yaml-too-deep 1:257'],
    [
      '1,000 levels of maps',
      Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
      'yaml-too-deep 264:264',
    ],
  ])('are reported for %s', (_, text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });

  it.each([
    ['a: 1\na: 2', 'The key "a" appears twice in the same map. Remove one.'],
    ['a: [', 'This is not valid YAML: unexpected end of the stream within a flow collection.'],
    [
      'a: *b',
      'This alias refers to an anchor that does not appear above it. Define the anchor, or write the value out.',
    ],
    ['<<: {}', 'Found a merge key (<<), expected plain keys. Write every key out.'],
    ['? {}\n: 1', 'Found a map or a list as a key, expected a plain text.'],
    ['a\n---\nb', 'A second YAML document starts here, expected one document. Split the file at ---.'],
    ['['.repeat(300), 'Maps and lists are nested more than 256 levels deep. Remove levels.'],
    [bomb(9), 'Aliases repeat more than 100000 nodes. Write the values out.'],
    [
      'a: &a [*a]',
      'This alias is inside the anchor that it refers to, so the document would never end. Write the value out.',
    ],
    [
      'a: !b c',
      'Found a YAML tag, expected a plain value. If the value begins with an exclamation mark, put it in quotes.',
    ],
  ])('have sentences for people (%#)', (text, message) => {
    expect(parseYaml(text)).toMatchObject({ problem: { message } });
  });

  it('start beyond 256 levels', () => {
    expect(problemOf(`${'['.repeat(256)}x${']'.repeat(256)}`)).toBe('read');
  });

  it('never repeat a possible password that starts with an exclamation mark', () => {
    for (const text of ['pass: !hunter2', 'pass: !hunter2^ x', 'pass: !hun!ter2', 'pass: !<hunter2']) {
      expect(JSON.stringify(parseYaml(text))).not.toMatch(/hun/);
    }
  });
});

describe('any text', () => {
  const sample = '# c\r\na: &x "q\\u00e9"\nb:\n  - [1, {c: *x}]\n  - |+\n    t\n\n  - ? k\n    : v\n...\n';

  it('that is truncated never makes the reader throw', () => {
    for (let end = 0; end <= sample.length; end += 1) {
      expect(Object.keys(parseYaml(sample.slice(0, end)))).toHaveLength(1);
    }
  });

  it('never makes the reader throw, and a problem has its place', () => {
    const texts = fc.oneof(
      buildAnyText({ maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...'ab:-?[]{},&*!|>\'"#% \n\t\r<~=%'), maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        for (const parsed of [parseYaml(text), parseYaml(text, { mergeKeys: 'own-first' })]) {
          if ('problem' in parsed) expect(parsed.problem.at).not.toBeNull();
          else expect(() => plainValue(parsed.root)).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has the same meaning in block style, flow style and JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        for (const flowLevel of [-1, 0, 1]) {
          expect(plainValue(rootOf(dump(plain, { flowLevel })))).toEqual(plain);
        }
      }),
    );
  });
});

describe('a line end that only YAML 1.1 recognizes', () => {
  test.each([
    ['# note\u2028a: 1\nb: 2', 1, 7],
    ['b: 2 # note\u0085a: 1', 1, 12],
    ['b: |\n  x\u2028  y', 2, 4],
    ['"b": "\u2028"\nc: \u2028d', 2, 4],
  ])('in %j is rejected', (text, line, column) => {
    expect(parseYaml(text)).toMatchObject({ problem: { id: 'yaml-line-end', at: { line, column } } });
  });

  test.each(['b: "x\u2028y"', "b: 'x\u0085y'", '"\u2029": 1'])('in %j is part of a text', (text) => {
    expect(parseYaml(text)).toHaveProperty('root');
  });
});
