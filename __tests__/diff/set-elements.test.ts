/** Sets, element by element: which of them widen, what `all` means against a list, defaults, places; and secrets by kind. */

import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, Setting } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { at, document, of, set, text } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const change = changesOf();
const line = ({ kind, effect, before, after, traits }: Change) =>
  `${kind} ${effect}: ${before} -> ${after} [${traits.join()}]`;
const lines = (base: readonly Setting[], head: readonly Setting[], facts: Partial<ConfigDocument> = {}) =>
  diffDocuments(document(base, facts), document(head, facts)).map(line);

describe('another element', () => {
  const effects = (ids: readonly string[]) =>
    ids.map((id) => [
      id,
      ...lines([set(id, ['a', 'b'])], [set(id, ['a', 'c'])]).map((one) => one.slice(0, one.indexOf(' ['))),
    ]);

  test('widens rights and places of use, and one less narrows them', () => {
    const ids = [
      'methods',
      'attributes',
      'ip-prefixes',
      'instances',
      'locations',
      'vocabularies',
      'meaningful-use-sources',
      'ceilings.methods',
      'ceilings.vocabularies',
      'ceilings.meaningful-use-sources',
    ];
    expect(effects(ids)).toEqual(ids.map((id) => [id, 'removed narrows: b -> null', 'added widens: null -> c']));
  });

  test('has no direction in any other set', () => {
    const ids = [
      'public-keys',
      'client.certificate',
      'client.supported-types',
      'partner-methods',
      'methods-by-name',
      'ceilings',
      'old.ceilings.methods',
    ];
    expect(effects(ids)).toEqual(ids.map((id) => [id, 'removed neutral: b -> null', 'added neutral: null -> c']));
  });

  test('widens if the policy says that the elements are rights, at base or head', () => {
    const rights = (meanings: readonly string[], grants?: boolean): Setting => {
      const { value, ...setting } = set('permissions', meanings);
      return value.kind === 'set' && grants !== undefined
        ? { ...setting, value: { ...value, grants } }
        : { ...setting, value };
    };
    expect(lines([rights(['a'], true)], [rights(['a', 'b'], true)])).toEqual(['added widens: null -> b []']);
    expect(lines([], [rights(['b'], true)])).toEqual(['added widens: null -> b [set-appeared]']);
    expect(lines([rights(['a'], true)], [])).toEqual(['removed narrows: a -> null [last-removed]']);
    expect(lines([rights(['a'], false)], [rights(['a', 'b'], false)])).toEqual(['added neutral: null -> b []']);
  });
});

describe('all values against a list', () => {
  test.each<[string, readonly string[], readonly string[], string[]]>([
    ['instances', ['all'], ['1', '2'], ['modified narrows: all -> 1, 2 []']],
    ['instances', ['2', '1', '2'], ['all'], ['modified widens: 1, 2 -> all []']],
    ['instances', ['1'], ['all'], ['modified widens: 1 -> all [single-to-multi]']],
    ['instances', ['all'], ['1'], ['modified narrows: all -> 1 []']],
    ['instances', [], ['all'], ['added widens: null -> all [set-appeared]']],
    ['instances', ['all'], [], ['removed narrows: all -> null [last-removed]']],
    ['instances', ['1'], ['2'], ['removed narrows: 1 -> null []', 'added widens: null -> 2 []']],
    [
      'instances',
      ['1'],
      ['2', '3'],
      [
        'removed narrows: 1 -> null []',
        'added widens: null -> 2 [single-to-multi]',
        'added widens: null -> 3 [single-to-multi]',
      ],
    ],
    ['instances', [], ['1', '2'], ['added widens: null -> 1 [set-appeared]', 'added widens: null -> 2 [set-appeared]']],
    ['locations', ['1'], ['1', '2'], ['added widens: null -> 2 []']],
    ['locations', ['1'], ['all'], ['modified widens: 1 -> all []']],
    ['public-keys', ['all'], ['1'], ['modified neutral: all -> 1 []']],
  ])('changes %s from %j to %j', (id, before, after, expected) =>
    expect(lines([set(id, before)], [set(id, after)])).toEqual(expected),
  );

  test('have the places of both sets', () =>
    expect(
      diffDocuments(document([set('instances', ['all'], 4)]), document([set('instances', ['1', '2'], 8)])),
    ).toEqual([
      change({
        setting: 'instances',
        kind: 'modified',
        effect: 'narrows',
        before: 'all',
        after: '1, 2',
        ...here(8),
        ...was(4),
      }),
    ]));
});

describe('a default is a set of one', () => {
  const facts = { defaults: { instances: '1', methods: '' } };

  test('that can get an element', () =>
    expect(diffDocuments(document([], facts), document([set('instances', ['1', '2'], 4)], facts))).toEqual([
      change({
        setting: 'instances',
        kind: 'added',
        effect: 'widens',
        after: '2',
        traits: ['single-to-multi'],
        ...here(5),
      }),
    ]));

  test('that can replace the written value', () =>
    expect(diffDocuments(document([set('instances', ['2'], 4)], facts), document([], facts))).toEqual([
      change({ setting: 'instances', kind: 'added', effect: 'widens', after: '1 (default)' }),
      change({ setting: 'instances', kind: 'removed', effect: 'narrows', before: '2', ...gone(4) }),
    ]));

  test('and an empty set or text is none', () => {
    expect(lines([], [set('methods', ['a'])], facts)).toEqual(['added widens: null -> a [set-appeared]']);
    expect(lines([text('methods', '')], [set('methods', ['a'])])).toEqual(['added widens: null -> a [set-appeared]']);
    expect(lines([text('methods', 'b')], [set('methods', ['a'])])).toEqual([
      'removed narrows: b -> null []',
      'added widens: null -> a []',
    ]);
  });
});

test('a repeated element has its first place, and a written value the place of its setting', () => {
  const base = [set('public-keys', ['k', 'l', 'k'], 4)];
  expect(diffDocuments(document(base), document([text('public-keys', 'm', { at: at(9) })]))).toEqual([
    change({ setting: 'public-keys', kind: 'removed', effect: 'neutral', before: 'k', ...gone(4) }),
    change({ setting: 'public-keys', kind: 'removed', effect: 'neutral', before: 'l', ...gone(5) }),
    change({ setting: 'public-keys', kind: 'added', effect: 'neutral', after: 'm', ...here(9) }),
  ]);
  expect(
    diffDocuments(document([text('public-keys', 'm', { at: at(9) })]), document([set('public-keys', ['k'], 4)])),
  ).toMatchObject([
    { kind: 'removed', before: 'm', ...gone(9) },
    { kind: 'added', after: 'k', ...here(4) },
  ]);
});

describe('secrets', () => {
  const secret = (row: number, meaning: string, what = 'a password', id = 'secret') =>
    of(id, { kind: 'secret', meaning, what }, row);
  const diff = (base: readonly Setting[], head: readonly Setting[]) => diffDocuments(document(base), document(head));
  const told = { setting: 'secret', effect: 'neutral' } as const;

  test('with the same value are distinguished by kind', () =>
    expect(diff([secret(1, 'd'), secret(2, 'd', 'a cookie key')], [secret(5, 'd', 'a cookie key')])).toEqual([
      change({ ...told, kind: 'removed', detail: 'a password', ...gone(1) }),
    ]));

  test('that remain are not the former place of a new one', () =>
    expect(
      diff(
        [secret(1, 'd1', 'a cookie key'), secret(2, 'd2'), secret(3, 'd3')],
        [secret(5, 'd2'), secret(6, 'd4'), secret(7, 'd5'), secret(8, 'd1', 'a cookie key')],
      ),
    ).toEqual([
      change({ ...told, kind: 'modified', detail: 'a password', ...here(6), ...was(3) }),
      change({ ...told, kind: 'modified', detail: 'a password', ...here(7), ...was(2) }),
    ]));

  test('with another key are the same, and their kind can be new', () =>
    expect(diff([secret(1, 'd1')], [secret(5, 'd1', 'a cookie key'), secret(6, 'd2', 'a token')])).toEqual([
      change({ ...told, kind: 'added', detail: 'a token', ...here(6) }),
    ]));

  test('with the same value are two, and are removed one by one', () => {
    expect(diff([secret(1, 'd')], [secret(5, 'd'), secret(6, 'd')])).toEqual([
      change({ ...told, kind: 'modified', detail: 'a password', ...here(6), ...was(1) }),
    ]);
    expect(diff([secret(1, 'd'), secret(2, 'd'), secret(3, 'd')], [secret(5, 'd')])).toEqual([
      change({ ...told, kind: 'removed', detail: 'a password', ...gone(2) }),
      change({ ...told, kind: 'removed', detail: 'a password', ...gone(3) }),
    ]);
  });

  test('of two settings are two', () =>
    expect(
      diff([secret(1, 'd1'), secret(2, 'd2', 'a password', 'key')], [secret(5, 'd2', 'a password', 'key')]),
    ).toEqual([change({ ...told, kind: 'removed', detail: 'a password', ...gone(1) })]));
});

test('two switches open or close an application, and other settings do not', () => {
  const rows: readonly (readonly [string, string | null, string | null, string])[] = [
    ['restrict-users', 'true', 'false', 'widens'],
    ['restrict-users', 'true', null, 'widens'],
    ['restrict-users', 'false', 'true', 'narrows'],
    ['restrict-users', null, 'true', 'narrows'],
    ['restrict-users', null, 'false', 'neutral'],
    ['persistent-tokens', 'disabled', 'enabled', 'widens'],
    ['persistent-tokens', null, 'enabled, 60 s', 'widens'],
    ['persistent-tokens', 'enabled, 60 s', 'disabled', 'narrows'],
    ['persistent-tokens', 'enabled', null, 'narrows'],
    ['persistent-tokens', 'enabled, 60 s', 'enabled, 90 s', 'neutral'],
    ['persistent-tokens', 'disabled', null, 'neutral'],
    ['persistent-tokens', 'not enabled', 'disabled', 'neutral'],
    ['name', 'enabled', 'disabled', 'neutral'],
    ['name', 'disabled', 'enabled', 'neutral'],
    ['name', 'true', 'false', 'neutral'],
    ['name', null, 'true', 'neutral'],
  ];
  const side = (id: string, value: string | null) => document(value === null ? [] : [text(id, value)]);
  const found = rows.map(([id, before, after]) => [
    id,
    before,
    after,
    ...diffDocuments(side(id, before), side(id, after)).map(({ effect }) => effect),
  ]);
  expect(found).toEqual(rows);
});
