/** What no reader could resolve, and content that is known by its digest: a person must look, an approval is bound to it. */

import type { Setting, SettingValue } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { APPLICATION, access, at, document, of, on, set, text, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const [FIRST, SECOND] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];
const change = changesOf();
const unread = (meaning: string, shown = meaning, reason = 'filled in by the build'): SettingValue => ({
  kind: 'unresolved',
  meaning,
  shown,
  reason,
});
const FILLED = { effect: 'unknown', detail: 'filled in by the build' } as const;
const diff = (base: readonly Setting[], head: readonly Setting[]) => diffDocuments(document(base), document(head));

describe('an application id that a build fills in', () => {
  const filled = of('app-id', unread('#{AppId}#'), 2);
  const real = text('app-id', APPLICATION, { at: at(7) });

  test('is unresolved at the head, not removed', () =>
    expect(diff([real], [filled])).toEqual([
      change({
        setting: 'app-id',
        kind: 'modified',
        ...FILLED,
        before: APPLICATION,
        after: '#{AppId}#',
        traits: ['unresolved'],
        ...here(2),
        ...was(7),
      }),
    ]));

  test('and that becomes a real one is the first application', () =>
    expect(diff([filled], [real])).toEqual([
      change({
        setting: 'app-id',
        kind: 'modified',
        ...FILLED,
        before: '#{AppId}#',
        after: APPLICATION,
        traits: ['first-application', 'unresolved'],
        ...here(7),
        ...was(2),
      }),
    ]));

  test('in two ways has the reason of the later one', () =>
    expect(diff([filled], [of('app-id', unread('%ID%', '%ID%', 'a variable of the machine'), 3)])).toEqual([
      change({
        setting: 'app-id',
        kind: 'modified',
        effect: 'unknown',
        detail: 'a variable of the machine',
        before: '#{AppId}#',
        after: '%ID%',
        traits: ['unresolved'],
        ...here(3),
        ...was(2),
      }),
    ]));
});

test('a list that becomes a placeholder, or the reverse, is one change with all elements', () => {
  const list = set('methods', ['putthings', 'getthings'], 4);
  const placeholder = of('methods', unread('${methods}'), 9);
  expect(diff([list], [placeholder])).toEqual([
    change({
      setting: 'methods',
      kind: 'modified',
      ...FILLED,
      before: 'getthings, putthings',
      after: '${methods}',
      traits: ['unresolved'],
      ...here(9),
      ...was(4),
    }),
  ]);
  expect(diff([placeholder], [list])).toMatchObject([
    { kind: 'modified', effect: 'unknown', before: '${methods}', after: 'getthings, putthings' },
  ]);
  expect(diff([of('methods', unread(''))], [set('methods', [])])).toMatchObject([
    { kind: 'modified', effect: 'unknown' },
  ]);
});

test('an unread value is never missing, even as an empty text', () => {
  const empty = of('name', unread(''), 4);
  const facts = { setting: 'name', ...FILLED, traits: ['unresolved' as const] };
  expect(diff([], [empty])).toEqual([change({ ...facts, kind: 'added', after: '', ...here(4) })]);
  expect(diff([empty], [])).toEqual([change({ ...facts, kind: 'removed', before: '', ...gone(4) })]);
  expect(diff([text('name', '')], [empty])).toMatchObject([{ kind: 'modified', effect: 'unknown' }]);
});

describe('a digest', () => {
  test.each<[string, SettingValue | null, SettingValue | null, object | undefined]>([
    ['of added content', null, { kind: 'content', meaning: FIRST, shown: 'x' }, { before: null, after: FIRST }],
    ['of removed content', { kind: 'content', meaning: FIRST, shown: 'x' }, null, { before: FIRST, after: null }],
    [
      'of content that becomes a text',
      { kind: 'content', meaning: FIRST, shown: 'x' },
      { kind: 'text', meaning: 'x', shown: 'x' },
      { before: FIRST, after: null },
    ],
    [
      'of an unread value that is known by its digest',
      unread(FIRST, 'a map'),
      unread(SECOND, 'a map'),
      { before: FIRST, after: SECOND },
    ],
    ['of an unread value that is known by its text', unread('%a%'), unread('%b%'), undefined],
    ['of a text that only starts with a digest', null, { kind: 'text', meaning: `${FIRST}0`, shown: 'x' }, undefined],
    [
      'of a text that only ends with a digest',
      null,
      { kind: 'text', meaning: `sha256:${FIRST}`, shown: 'x' },
      undefined,
    ],
    ['of a text with the same length', null, { kind: 'text', meaning: 'g'.repeat(64), shown: 'x' }, undefined],
    [
      'of a plain text',
      { kind: 'text', meaning: 'x', shown: 'x' },
      { kind: 'text', meaning: 'y', shown: 'y' },
      undefined,
    ],
  ])('%s', (_name, before, after, content) => {
    const side = (value: SettingValue | null) => (value === null ? [] : [of('statement.terms', value)]);
    const changes = diff(side(before), side(after));
    expect(changes).toHaveLength(1);
    expect(changes[0]?.content).toEqual(content);
  });

  test('is never equal to a text with the same letters', () => {
    const [content, word] = [of('x', { kind: 'content', meaning: FIRST, shown: 'x' }), text('x', FIRST)];
    expect(diff([content], [word])).toHaveLength(1);
  });
});

describe('a repeated name', () => {
  const keys = (...raw: readonly string[]) =>
    raw.map((meaning, index) => of('document', unread(meaning, `key ${meaning}`, 'not understood'), index + 1));
  const added = (raw: string, row: number) =>
    change({
      setting: 'document',
      kind: 'added',
      effect: 'unknown',
      after: `key ${raw}`,
      traits: ['unresolved'],
      detail: 'not understood',
      ...here(row),
    });

  test('counts once for each occurrence', () => {
    expect(diff([], keys('a', 'a', 'a', 'b'))).toEqual([added('a', 1), added('a', 2), added('a', 3), added('b', 4)]);
    expect(diff(keys('a', 'a', 'b'), keys('a', 'a', 'a', 'b'))).toEqual([added('a', 3)]);
  });

  test('is compared by its content, in any order', () => {
    expect(diff(keys('a', 'b', 'c'), keys('a', 'c', 'b'))).toEqual([]);
    expect(diff(keys('a', 'b', 'c'), keys('a', 'c'))).toMatchObject([{ kind: 'removed', before: 'key b', ...gone(2) }]);
  });

  test('is compared as a text too', () => {
    const names = (...written: readonly string[]) => written.map((meaning) => text('name', meaning));
    expect(diff(names('A', 'B', 'C'), names('A', 'B', 'D'))).toMatchObject([{ before: 'C', after: 'D' }]);
    expect(diff(names('A', 'B'), names('A', 'B', 'C'))).toMatchObject([{ kind: 'added', after: 'C' }]);
    expect(diff(names('A'), names('A', 'B', 'C'))).toMatchObject([{ after: 'B' }, { after: 'C' }]);
  });
});

describe('unread rules', () => {
  const lost = (raw: string) => of('access.offline', unread(raw), 5);
  const rules = access('offline', [
    on([WEIGHT], { at: at(8), reasons: { '': 'Draws it.' }, name: 'chart', requirement: 'optional' }),
  ]);
  const told = { setting: 'access.offline', ...FILLED, traits: ['unresolved' as const] };

  test.each([
    [
      'rules to a placeholder',
      [rules],
      [lost('%a%')],
      change({ ...told, kind: 'modified', after: '%a%', ...here(5), ...was(5) }),
    ],
    [
      'a placeholder to rules',
      [lost('%a%')],
      [rules],
      change({ ...told, kind: 'modified', before: '%a%', ...here(5), ...was(5) }),
    ],
    ['a placeholder to none', [lost('%a%')], [], change({ ...told, kind: 'removed', before: '%a%', ...gone(5) })],
    ['none to a placeholder', [], [lost('%a%')], change({ ...told, kind: 'added', after: '%a%', ...here(5) })],
    [
      'one placeholder to another',
      [lost('%a%')],
      [lost('%b%')],
      change({ ...told, kind: 'modified', before: '%a%', after: '%b%', ...here(5), ...was(5) }),
    ],
  ])('from %s are one change', (_name, base, head, expected) => expect(diff(base, head)).toEqual([expected]));

  test('do not affect the other channel, and no access moved', () => {
    const online = access('online', [on([WEIGHT], { at: at(20), requirement: 'optional' })]);
    for (const [base, head] of [
      [[lost('%a%')], [rules, online]],
      [[lost('%a%')], [online]],
      [[rules], [lost('%a%'), online]],
    ] as const) {
      expect(diff(base, head).map(({ setting, effect, traits }) => `${setting} ${effect} ${traits.join()}`)).toEqual([
        'access.offline unknown unresolved',
        'access.online widens ',
      ]);
    }
  });
});
