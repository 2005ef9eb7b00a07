import fc from 'fast-check';
import { plain } from '../../../src/formats/plain/plain.ts';
import { findAt } from '../../../src/formats/plain/settings.ts';
import type { PlainDocument } from '../../../src/model/policy.ts';
import { parseYaml } from '../../../src/syntax/yaml/yaml.ts';
import { buildAnyText } from '../../support/any-text.ts';
import { getOnlyDocument, readContext } from '../../support/read-context.ts';

const EXTENSION: PlainDocument = {
  files: ['**/manifest.json'],
  format: 'json',
  requires: ['/manifest_version'],
  settings: {
    name: { pointer: '/name', type: 'text' },
    permissions: { pointer: '/permissions', type: 'set' },
    csp: { pointer: '/content_security_policy', type: 'content' },
  },
};
const CHART: PlainDocument = {
  files: ['charts/*.y*ml'],
  format: 'yaml',
  requires: [],
  settings: { image: { pointer: '/image/0', type: 'text' } },
};

function read(path: string, text: string, plainDocuments: readonly PlainDocument[] = [EXTENSION, CHART]) {
  return plain.read({ path, bytes: new TextEncoder().encode(text) }, { ...readContext(), plainDocuments });
}

function values(text: string) {
  return getOnlyDocument(read('manifest.json', text)).settings.map(({ id, value, at }) => ({
    id,
    is:
      value.kind === 'set'
        ? value.items.map(({ meaning }) => meaning)
        : value.kind === 'access'
          ? ''
          : [value.kind, value.meaning],
    at: `${at.line}:${at.column}`,
  }));
}

it.each([
  ['manifest.json', true],
  ['a/b/Manifest.JSON', true],
  ['.hidden/manifest.json', true],
  ['charts/a.yaml', true],
  ['charts/b/a.yaml', false],
  ['manifest.yml', false],
])('claims %s (%s)', (path, claimed) => {
  expect(plain.matchesPath(path, { ...readContext(), plainDocuments: [EXTENSION, CHART] })).toBe(claimed);
});

it.each([
  ['conf/[ab].json', 'conf/[AB].json', true],
  ['conf/[ab].json', 'conf/a.json', false],
  ['conf/{a,b}.json', 'conf/B.json', true],
  ['conf/**', 'conf/x/y.json', true],
])('%s names %s (%s)', (glob, path, named) => {
  const plainDocuments = [{ ...EXTENSION, files: [glob] }];
  expect(plain.matchesPath(path, { ...readContext(), plainDocuments })).toBe(named);
});

it('no file is claimed without a declaration', () => {
  expect(plain.matchesPath('manifest.json', readContext())).toBe(false);
});

describe('settings', () => {
  it('are read by pointer, with places', () => {
    const text = '{"manifest_version": 3, "name": "x",\n "permissions": ["tabs", "a", "tabs"]}';
    expect(values(text)).toEqual([
      { id: 'name', is: ['text', '"x"'], at: '1:33' },
      { id: 'permissions', is: ['"tabs"', '"a"'], at: '2:17' },
    ]);
    const { settings, ...document } = getOnlyDocument(read('manifest.json', text));
    expect(document).toEqual({
      file: 'manifest.json',
      part: null,
      format: plain.id,
      declaration: 0,
      role: 'registered',
      completeness: 'complete',
      environment: 'none',
      defaults: {},
      notExpressible: [],
      lints: [],
      digest: null,
    });
    expect(plain.id).toBe('plain');
    expect(settings[1]?.value).toEqual({
      kind: 'set',
      items: [
        { meaning: '"tabs"', shown: 'tabs', at: { file: 'manifest.json', line: 2, column: 18 } },
        { meaning: '"a"', shown: 'a', at: { file: 'manifest.json', line: 2, column: 26 } },
      ],
    });
  });

  it.each([
    ['a map of content', '"content_security_policy": {"a": 1}', /^\/content_security_policy \([0-9a-f]{12}\)$/],
    ['what has another shape', '"name": ["a"]', /^\/name \([0-9a-f]{12}\)$/],
  ])('show %s by its pointer and the start of its digest', (_, line, shown) => {
    const [setting] = getOnlyDocument(read('manifest.json', `{"manifest_version": 3, ${line}}`)).settings;
    expect(setting?.value).toMatchObject({ shown: expect.stringMatching(shown) });
  });

  it('are unresolved when a pointer continues below a single value', () => {
    expect(getOnlyDocument(read('charts/a.yml', 'image: x')).settings).toMatchObject([
      { value: { kind: 'unresolved', reason: 'One value is at /image/0, expected a list or a map.' } },
    ]);
  });

  it('distinguish a number from a text', () => {
    const [number] = values('{"manifest_version": 3, "name": 1}');
    const [text] = values('{"manifest_version": 3, "name": "1"}');
    expect(number?.is).not.toEqual(text?.is);
  });

  it('compare content by meaning', () => {
    const one = values('{"manifest_version": 3, "content_security_policy": {"a": 1, "b": [2]}}');
    const same = values('{"manifest_version": 3, "content_security_policy": {"b":[2],"a":1.0}}');
    const other = values('{"manifest_version": 3, "content_security_policy": {"a": 1, "b": [3]}}');
    expect(one.map(({ is }) => is)).toEqual(same.map(({ is }) => is));
    expect(one.map(({ is }) => is)).not.toEqual(other.map(({ is }) => is));
  });

  it('keep an empty list, which can have another meaning than none', () => {
    const [setting] = getOnlyDocument(read('manifest.json', '{"manifest_version": 3, "permissions": []}')).settings;
    expect(setting?.value).toEqual({ kind: 'set', items: [], isStated: true });
  });

  it.each([
    ['"permissions": {"a": 1}', 'A map is at /permissions, expected a list of plain values.'],
    ['"permissions": [["a"]]', 'A list is at /permissions, expected a list of plain values.'],
    ['"permissions": "a"', 'One value is at /permissions, expected a list of plain values.'],
    ['"name": ["a"]', 'A list is at /name, expected one value.'],
  ])('%s is unresolved', (line, reason) => {
    const [setting] = getOnlyDocument(read('manifest.json', `{"manifest_version": 3, ${line}}`)).settings;
    expect(setting?.value).toMatchObject({ kind: 'unresolved', reason });
  });
});

describe('a pointer with a star', () => {
  const declared: PlainDocument = {
    files: ['**/manifest.json'],
    format: 'json',
    requires: [],
    settings: {
      hosts: { pointer: '/scripts/*/hosts', type: 'set', grants: true },
      'other.*': { pointer: '/*', type: 'any' },
    },
  };
  const settingsOf = (value: unknown) =>
    getOnlyDocument(read('manifest.json', JSON.stringify(value), [declared])).settings.map(({ id, value: found }) => [
      id,
      found.kind === 'set' ? found.items.map(({ shown }) => shown) : found.kind,
    ]);

  it.each([
    ['a union', { scripts: [{ hosts: ['a', 'b'] }, { hosts: ['b', 'c'] }] }, [['hosts', ['a', 'b', 'c']]]],
    ['single values as elements', { scripts: [{ hosts: 'a' }] }, [['hosts', ['a']]]],
    ['values of a map', { scripts: { x: { hosts: ['a'] } } }, [['hosts', ['a']]]],
    ['lists in a list as unresolved', { scripts: [{ hosts: [['a']] }] }, [['hosts', 'unresolved']]],
    [
      'another shape as unresolved, and left over',
      { scripts: 1 },
      [
        ['hosts', 'unresolved'],
        ['other.scripts', 'text'],
      ],
    ],
    [
      'what is left as settings',
      { a: 1, b: { c: 2 } },
      [
        ['other.a', 'text'],
        ['other.b', 'content'],
      ],
    ],
    [
      'the unread part of an entry',
      { scripts: [{ hosts: ['a'], x: 1 }] },
      [
        ['hosts', ['a']],
        ['other.scripts', 'content'],
      ],
    ],
    ['every item of a list', [1], [['other.0', 'text']]],
    [
      'a single value where keys are expected',
      1,
      [
        ['hosts', 'unresolved'],
        ['other', 'unresolved'],
      ],
    ],
  ])('finds %s', (_, value, found) => {
    expect(settingsOf(value)).toEqual(found);
  });

  it('states that the elements are rights, for this list only', () => {
    const [hosts] = getOnlyDocument(read('manifest.json', '{"scripts":[{"hosts":["a"]}]}', [declared])).settings;
    expect(hosts?.value).toMatchObject({ kind: 'set', grants: true });
    const [permissions] = getOnlyDocument(
      read('manifest.json', '{"manifest_version": 3, "permissions": ["a"]}'),
    ).settings;
    expect(permissions?.value).not.toHaveProperty('grants');
  });
});

describe('the rest below a place', () => {
  const declared: PlainDocument = {
    files: ['app.yml'],
    format: 'yaml',
    requires: [],
    settings: {
      name: { pointer: '/name', type: 'text' },
      all: { pointer: '/other', type: 'content' },
      own: { pointer: '/other/own', type: 'text' },
      far: { pointer: '/far/kept', type: 'text' },
      'other.*': { pointer: '/other/*', type: 'any' },
    },
  };

  it.each([
    [
      'is not an entry but a setting of its own',
      'name: x\nother:\n  own: 1\n  kept: 2\n  name: 3',
      ['name 1:7', 'all 3:3', 'own 3:8', 'other.kept 4:3', 'other.name 5:3'],
    ],
    ['is absent where the place is missing', 'name: x', ['name 1:7']],
    ['is every item where the place is a list', 'other: [1]', ['all 1:8', 'other.0 1:9']],
    ['is unresolved where the place is a single value', 'other: 1', ['all 1:8', 'own 1:8', 'other 1:8']],
  ])('%s', (_, text, found) => {
    const { settings } = getOnlyDocument(read('app.yml', text, [declared]));
    expect(settings.map(({ id, at }) => `${id} ${at.line}:${at.column}`)).toEqual(found);
    expect(settings.every(({ at }) => at.file === 'app.yml')).toBe(true);
  });
});

describe('a file', () => {
  it.each([
    ['without what is required', 'manifest.json', '{"name": "x"}', 'not-configuration'],
    ['that is not JSON', 'manifest.json', '{"manifest_version": 3,}', 'unreadable'],
    ['with a key that is given twice', 'manifest.json', '{"manifest_version": 3, "a": 1, "a": 2}', 'unreadable'],
    ['without a declaration', 'other.json', '{', 'not-configuration'],
    ['of YAML', 'charts/a.yml', 'image: [x]', 'documents'],
  ])('with %s has in %s the result %s', (_, path, text, kind) => {
    expect(read(path, text).kind).toBe(kind);
  });

  it('that is not text is unreadable for that reason', () => {
    expect(read('manifest.json', '{\0')).toMatchObject({ kind: 'unreadable', problem: { id: 'text-nul' } });
  });

  it('has the first declaration that it satisfies', () => {
    const second: PlainDocument = {
      ...EXTENSION,
      requires: ['/v2'],
      settings: { v2: { pointer: '/v2', type: 'text' } },
    };
    const result = read('manifest.json', '{"v2": 1}', [EXTENSION, second]);
    expect(getOnlyDocument(result).settings).toMatchObject([{ id: 'v2' }]);
  });

  it('gets an answer with any bytes', () => {
    fc.assert(
      fc.property(buildAnyText(), (text) => {
        expect(['documents', 'unreadable', 'not-configuration']).toContain(read('manifest.json', text).kind);
      }),
    );
  });
});

it.each([
  ['', '{'],
  ['/a~1b', '1'],
  ['/m~0n', '2'],
  ['/l/1', 'y'],
  ['/l/01', null],
  ['/l/-', null],
  ['/l/2', null],
  ['/a', null],
  ['/e/', '3'],
  ['x', null],
  ['/a~1b/c', null],
])('the pointer %j finds %j', (pointer, found) => {
  const parsed = parseYaml('{"a/b": 1, "m~n": 2, "l": [x, y], "e": {"": 3}}');
  const node = 'root' in parsed ? (findAt(parsed.root, pointer).nodes[0]?.node ?? null) : null;
  expect(node === null ? null : node.kind === 'scalar' ? node.text : '{').toBe(found);
});
