/** Changes that look alike and mean something else: an approval is bound to their meaning. */
import { diffDocuments } from '../../src/diff/documents.ts';
import { diffFile } from '../../src/diff/file.ts';
import type { ConfigDocument, Setting } from '../../src/model/document.ts';
import {
  APPLICATION,
  access,
  at,
  CUSTOM,
  document,
  OTHER_APPLICATION,
  of,
  on,
  PRESSURE,
  type rule,
  text,
  WEIGHT,
} from './support/documents.ts';

/** What of the changes is hashed into the fingerprint, without the sentences and places that are not. */
function bound(base: ConfigDocument, head: ConfigDocument): string {
  return JSON.stringify(
    diffDocuments(base, head)
      .map(({ setting, kind, effect, access: tuple, before, after, content, meaning, traits }) =>
        JSON.stringify([setting, kind, effect, tuple, before, after, content, meaning, traits]),
      )
      .sort(),
  );
}

const app = (...settings: readonly Setting[]) => document(settings);
const online = (...rules: Parameters<typeof access>[1]) => app(access('online', rules));
const offline = (...rules: Parameters<typeof access>[1]) => app(access('offline', rules));
const optional = (types: readonly string[], more: Parameters<typeof rule>[0] = {}) =>
  on(types, { requirement: 'optional', ...more });
const shown = (id: string, meaning: string) => of(id, { kind: 'text', meaning, shown: 'as before' });
const unresolved = (meaning: string) =>
  of('app-id', { kind: 'unresolved', meaning, shown: '{...}', reason: 'A placeholder.' });
const certificates = (...meanings: readonly string[]) =>
  of('public-keys', { kind: 'set', items: meanings.map((meaning) => ({ meaning, shown: '1234…', at: at(1) })) });
const many = Array.from({ length: 12 }, (_, index) => `11111111-2222-3333-4444-0000000000${10 + index}`);

test.each<[string, ConfigDocument, ConfigDocument, ConfigDocument]>([
  [
    'flags of a rule for one type and of one for all data',
    online(optional([WEIGHT]), optional([])),
    online(optional([WEIGHT], { displayFlags: 1 }), optional([], { displayFlags: 1 })),
    online(optional([WEIGHT], { displayFlags: 1 }), optional([])),
  ],
  [
    'a reason of one type and of another',
    online(on([WEIGHT], { reasons: { '': 'A' } }), on([PRESSURE], { reasons: { '': 'A' } })),
    online(on([WEIGHT], { reasons: { '': 'B' } }), on([PRESSURE], { reasons: { '': 'A' } })),
    online(on([WEIGHT], { reasons: { '': 'A' } }), on([PRESSURE], { reasons: { '': 'B' } })),
  ],
  [
    'a reason of many types and of as many others, where the sentence names the first ones only',
    online(on([...many, WEIGHT, PRESSURE], { reasons: { '': 'A' } })),
    online(on([...many, WEIGHT], { reasons: { '': 'B' } }), on([PRESSURE], { reasons: { '': 'A' } })),
    online(on([...many, PRESSURE], { reasons: { '': 'B' } }), on([WEIGHT], { reasons: { '': 'A' } })),
  ],
  [
    'names of optional rules',
    online(optional([WEIGHT], { name: 'a' }), optional([PRESSURE], { name: 'a' })),
    online(optional([WEIGHT], { name: 'b' }), optional([PRESSURE], { name: 'a' })),
    online(optional([WEIGHT], { name: 'a' }), optional([PRESSURE], { name: 'b' })),
  ],
  ['certificates of which the same digits are shown', app(), app(certificates('one')), app(certificates('other'))],
  ['removed certificates', app(certificates('one', 'other')), app(certificates('one')), app(certificates('other'))],
  [
    'values that are shown shortened',
    app(),
    app(shown('client.runtime.x', 'one')),
    app(shown('client.runtime.x', 'other')),
  ],
  ['unresolved values', app(text('app-id', APPLICATION)), app(unresolved('one')), app(unresolved('other'))],
  [
    'sets beside unread content',
    app(of('public-keys', { kind: 'unresolved', meaning: 'x', shown: 'x', reason: 'Not read.' })),
    app(certificates('one')),
    app(certificates('other')),
  ],
  [
    'exceptions with other dates',
    online(on([])),
    online(
      on([], { exceptions: [{ types: [WEIGHT], dates: [{ from: '2014-01-01', to: null }] }] }),
      optional([WEIGHT]),
    ),
    online(
      on([], { exceptions: [{ types: [WEIGHT], dates: [{ from: '1950-01-01', to: null }] }] }),
      optional([WEIGHT]),
    ),
  ],
  [
    'all elements and another list',
    app(of('instances', { kind: 'text', meaning: 'all', shown: 'all' })),
    app(of('instances', { kind: 'set', items: [{ meaning: '1', shown: 'US', at: at(1) }] })),
    app(of('instances', { kind: 'set', items: [{ meaning: '2', shown: 'US', at: at(1) }] })),
  ],
])('the meaning differs for %s', (_name, base, one, other) => {
  expect(bound(base, one)).not.toBe(bound(base, other));
  expect(bound(base, one)).toBe(bound(structuredClone(base), structuredClone(one)));
});

test('the channel of a text is part of its meaning', () => {
  const texts = (reason: string) => on([WEIGHT], { reasons: { '': reason } });
  expect(bound(online(texts('A')), online(texts('B')))).not.toBe(bound(offline(texts('A')), offline(texts('B'))));
});

test('two values of one part that look alike remain two', () => {
  const file = (part: string | null, settings: readonly Setting[]) =>
    document(settings, { part, format: 'dotnet-config' });
  const come = diffFile(
    [file(null, []), file('Release', [])],
    [file(null, [shown('client.runtime.x', 'one')]), file('Release', [shown('client.runtime.x', 'other')])],
  );
  expect(come).toHaveLength(2);
});

describe('rules for all data', () => {
  const told = (base: ConfigDocument, head: ConfigDocument) =>
    diffDocuments(base, head).map(({ setting, before, after, traits }) => [setting, before, after, ...traits]);

  test('apply to other types than those of a rule beside them', () => {
    const all = optional([], { reasons: { '': 'Draws a diary.' } });
    const more = optional([WEIGHT], { reasons: { '': 'Shared with insurers.' }, displayFlags: 3 });
    const expected = [
      ['rule.display', 'none', 'first-time, checked-first-time', 'display-first-time'],
      ['rule.reason', 'Draws a diary.', 'Shared with insurers.'],
    ];
    expect(told(online(all), online(all, more))).toEqual(expected);
    expect(told(online(all, more), online(all))).toEqual(
      expected.map(([setting, a, b, ...traits]) => [setting, b, a, ...traits]),
    );
  });

  test('lose their flags for a type that another rule names', () => {
    const changes = told(online(optional([], { displayFlags: 2 })), online(optional([WEIGHT], { displayFlags: 4 })));
    expect(changes).toContainEqual(['rule.display', 'checked-first-time', 'checked-by-default', 'display-first-time']);
  });

  test('with the same text and another name are one change', () => {
    const named = (types: readonly string[], name: string) => optional(types, { name, reasons: { '': 'A' } });
    expect(told(online(named([], 'all')), online(named([], 'all'), named([CUSTOM], 'one')))).toEqual([]);
  });
});

describe('a file that now contains another kind of document', () => {
  const registered = app(text('app-id', APPLICATION), text('name', 'Fabrikam'));
  const request = document([text('name', 'Fabrikam')], { role: 'provisioning', format: 'platform-xml' });

  test('has a removal and an addition', () => {
    const changes = diffFile([registered], [request]).map(({ setting, kind, document: { role, state } }) => [
      setting,
      kind,
      role,
      state,
    ]);
    expect(changes).toEqual([
      ['document', 'removed', 'registered', 'removed'],
      ['name', 'added', 'provisioning', 'first'],
    ]);
  });
});

describe('a new endpoint', () => {
  const endpoints = (...hosts: readonly [string, string][]) =>
    document(
      hosts.map(([id, host]) => text(`client.endpoints.${id}`, `https://${host}`)),
      { role: 'client', format: 'dotnet-config' },
    );
  const traits = (base: ConfigDocument, head: ConfigDocument) =>
    diffDocuments(base, head).find(({ setting }) => setting === 'client.endpoints.shell')?.traits;
  const platform = ['platform', 'platform.healthvault.com'] as const;

  test.each([
    ['can be in the instance of the others', 'account.healthvault.com', []],
    ['can be in another instance', 'account.healthvault.co.uk', ['instance-changed']],
    ['can be in pre-production', 'account.healthvault-ppe.co.uk', []],
    ['can be an unknown host', 'account.healthvault.example', ['unknown-host']],
  ])('%s', (_name, host, expected) => {
    expect(traits(endpoints([...platform]), endpoints([...platform], ['shell', host]))).toEqual(expected);
  });

  test('is not a move without a former one', () => {
    expect(
      traits(
        document([text('app-id', OTHER_APPLICATION)], { role: 'client' }),
        endpoints(['shell', 'account.healthvault.co.uk']),
      ),
    ).toEqual([]);
  });

  test('with an unknown host may have been in any instance', () => {
    const shell = (host: string) => endpoints(['shell', host]);
    expect(traits(shell('test.example'), shell('account.healthvault.co.uk'))).toEqual(['instance-changed']);
  });
});
