/** Several configurations of one file: which are compared with each other, which count, and what is reported once. */

import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, Environment, Setting } from '../../src/model/document.ts';
import { changesOf, here, was } from './support/changes.ts';
import { at, document, of, set, text } from './support/documents.ts';
import { diffFile } from './support/shown.ts';

type Values = Readonly<Record<string, string>>;
const FILE = 'Web.config';
const settingsOf = (values: Values, file: string) =>
  Object.entries(values).map(([id, value], index) => text(id, value, { at: at(index + 1, file) }));
const config = (part: string | null, environment: Environment, values: Values, more: readonly Setting[] = []) =>
  document([...settingsOf(values, FILE), ...more], {
    part,
    environment,
    file: FILE,
    role: 'client',
    format: 'dotnet-config',
  });
const as = (format: string) => (part: string | null, environment: Environment, values: Values) => ({
  ...config(part, environment, values),
  format,
});
const line = ({ setting, before, after, traits, document: { part, environment, state } }: Change) =>
  `${setting}: ${before} -> ${after} (${part}, ${environment}, ${state}) [${traits.join()}]`;
const lines = (base: readonly ConfigDocument[], head: readonly ConfigDocument[]) => diffFile(base, head).map(line);

test('a file with transforms that changes completely has all its changes', () => {
  const password = (meaning: string): Setting => ({
    ...of('secret', { kind: 'secret', meaning, what: 'a password' }),
    at: at(20, FILE),
  });
  const unread = (raw: string): Setting => ({
    ...of('document', { kind: 'unresolved', meaning: raw, shown: raw, reason: 'not understood' }),
    at: at(21, FILE),
  });
  const shared = { 'client.action-targets.Home': '/home' };
  const base = [
    config(null, 'ppe', { name: 'A', 'client.signup': 'x', ...shared }),
    config('Debug', 'ppe', { name: 'A', 'client.signup': 'd', ...shared }),
    config('Release', 'production', { name: 'A', 'client.signup': 'r', ...shared }),
  ];
  const shop = { 'client.endpoints.shell': 'https://x.example' };
  const head = [
    config('Release', 'production', { name: 'B', 'client.signup': 'r', ...shared }, [unread('k=1')]),
    config('Debug', 'ppe', { name: 'B', 'client.signup': 'd', ...shared }),
    config(null, 'ppe', { name: 'B', 'client.signup': 'y', ...shared, ...shop }, [password('d1'), unread('k=2')]),
  ];
  const about = { format: 'dotnet-config', role: 'client', environment: 'ppe' } as const;
  const plain = changesOf(about, FILE);
  const release = changesOf({ ...about, environment: 'production', part: 'Release' }, FILE);
  expect(diffFile(base, head)).toEqual([
    plain({
      setting: 'client.endpoints.shell',
      kind: 'added',
      effect: 'neutral',
      after: 'https://x.example',
      traits: ['overridden', 'unknown-host'],
      ...here(4),
    }),
    plain({
      setting: 'client.signup',
      kind: 'modified',
      effect: 'neutral',
      before: 'x',
      after: 'y',
      traits: ['overridden'],
      ...here(2),
      ...was(2, FILE),
    }),
    release({
      setting: 'document',
      kind: 'added',
      effect: 'unknown',
      after: 'k=1',
      traits: ['unresolved'],
      detail: 'not understood',
      ...here(21),
    }),
    plain({
      setting: 'document',
      kind: 'added',
      effect: 'unknown',
      after: 'k=2',
      traits: ['unresolved'],
      detail: 'not understood',
      ...here(21),
    }),
    release({
      setting: 'name',
      kind: 'modified',
      effect: 'neutral',
      before: 'A',
      after: 'B',
      ...here(1),
      ...was(1, FILE),
    }),
    plain({ setting: 'secret', kind: 'added', effect: 'neutral', detail: 'a password', ...here(20) }),
  ]);
});

describe('a part is deployed to production', () => {
  const sides = (part: string, environment: Environment, format: string) =>
    ['A', 'B'].map((name) => [
      as(format)(null, 'none', { name }),
      as(format)(part, environment, { name: 'its own' }),
    ]) as [ConfigDocument[], ConfigDocument[]];

  test('by its name, unless its hosts are pre-production, in formats with overriding parts', () => {
    const rows: readonly (readonly [string, Environment, string, string])[] = [
      ['Release', 'none', 'dotnet-config', 'overridden'],
      ['release', 'unknown', 'dotnet-config', 'overridden'],
      ['Production', 'production', 'dotnet-config', 'overridden'],
      ['prod-eu', 'mixed', 'dotnet-config', 'overridden'],
      ['Azure.Live', 'none', 'dotnet-config', 'overridden'],
      ['Azure', 'production', 'dotnet-config', ''],
      ['PreRelease', 'production', 'dotnet-config', ''],
      ['Release', 'ppe', 'dotnet-config', ''],
      ['Production', 'ppe', 'dotnet-config', ''],
      ['Debug', 'production', 'dotnet-config', ''],
      ['Release.QA', 'production', 'dotnet-config', ''],
      ['Release', 'production', 'client-settings', ''],
      ['Release', 'production', 'spring', ''],
    ];
    const found = rows.map(([part, environment, format]) => {
      const [base, head] = sides(part, environment, format);
      return [part, environment, format, ...diffFile(base, head).map(({ traits }) => traits.join())];
    });
    expect(found).toEqual(rows);
  });

  test('and all such parts must override a base value', () => {
    const live = (name: string) => [
      config(null, 'none', { name }),
      { ...config('Live', 'none', {}), settings: [text('name', name, { at: at(4, 'Web.Live.config') })] },
    ];
    const released = (name: string) => [...live(name), config('Release', 'none', { name: 'its own' })];
    for (const side of [live, released]) {
      expect(diffFile(side('A'), side('B')).map(({ file, traits }) => [file, traits])).toEqual([
        ['Web.Live.config', []],
        [FILE, []],
      ]);
    }
  });

  test('and a value that they override still counts for another part', () => {
    const side = (name: string) => [
      config(null, 'none', { name }),
      config('Azure', 'production', { name, 'client.signup': 'its own' }),
      config('Release', 'production', { name: 'its own' }),
    ];
    expect(lines(side('A'), side('B'))).toEqual(['name: A -> B (Azure, production, existing) []']);
  });

  test('and its other values are not overridden', () => {
    const side = (its: string) => [
      config(null, 'none', { name: 'A' }),
      config('Azure', 'production', { name: its }),
      config('Release', 'production', { name: 'its own' }),
    ];
    expect(lines(side('A'), side('B'))).toEqual(['name: A -> B (Azure, production, existing) []']);
  });

  test('and a removed part overrides nothing', () => {
    const [base] = sides('Release', 'production', 'dotnet-config');
    expect(lines(base, [config(null, 'none', { name: 'B' })])).toEqual([
      'name: A -> B (null, none, existing) []',
      'name: its own -> B (null, none, existing) []',
    ]);
  });

  test('and never overrides unread content and secrets', () => {
    const digest = (letter: string) => letter.repeat(64);
    const base = [{ ...config(null, 'none', {}), digest: digest('a') }, config('Release', 'production', { name: 'R' })];
    const head = [{ ...config(null, 'none', {}), digest: digest('b') }, config('Release', 'production', { name: 'R' })];
    expect(lines(base, head)).toEqual(['document: null -> null (null, none, existing) []']);
  });
});

describe('one document against several of the same file', () => {
  const body = (part: string | null, id: string | null, name: string) =>
    as('platform-xml')(part, 'none', { name, ...(id === null ? {} : { 'app-id': id }) });
  const told = (base: readonly ConfigDocument[], head: readonly ConfigDocument[]) =>
    diffFile(base, head).map(
      ({ setting, before, after, document: { part, state } }) => `${state} ${part} ${setting}: ${before} -> ${after}`,
    );
  const goneAndCome = (came: readonly string[]) => ['removed null document: null -> null', ...came].sort();

  test('is the one with the same application', () => {
    expect(told([body(null, 'A', 'x')], [body('B', 'B', 'z'), body('A', 'A', 'y')])).toEqual([
      'first B app-id: null -> B',
      'first B name: null -> z',
      'existing A name: x -> y',
    ]);
    expect(told([body('B', 'B', 'z'), body('A', 'A', 'y')], [body(null, 'B', 'q')])).toEqual([
      'removed A document: null -> null',
      'existing B name: z -> q',
    ]);
  });

  test.each<[string, ConfigDocument, ConfigDocument[], string[]]>([
    [
      'is none of them if none has its application',
      body(null, 'C', 'x'),
      [body('A', 'A', 'y'), body('B', 'B', 'z')],
      ['first A app-id: null -> A', 'first A name: null -> y', 'first B app-id: null -> B', 'first B name: null -> z'],
    ],
    [
      'is none of them if two have',
      body(null, 'A', 'x'),
      [body('1', 'A', 'y'), body('2', 'A', 'z')],
      ['first 1 app-id: null -> A', 'first 1 name: null -> y', 'first 2 name: null -> z'],
    ],
    [
      'is none of them if it names no application',
      body(null, null, 'x'),
      [body('1', null, 'y'), body('2', 'B', 'z')],
      ['first 1 name: null -> y', 'first 2 app-id: null -> B', 'first 2 name: null -> z'],
    ],
  ])('%s', (_name, one, several, came) => {
    expect([...told([one], several)].sort()).toEqual(goneAndCome(came));
  });

  test('keeps its name beside an unnamed one', () =>
    expect(told([body(null, 'A', 'x')], [body(null, 'B', 'y'), body('A', 'A', 'x')])).toEqual([
      'first A app-id: null -> A',
      'existing null app-id: A -> B',
      'first A name: null -> x',
      'existing null name: x -> y',
    ]));

  test('has its name', () =>
    expect(told([body('Live', 'A', 'x')], [body('Test', 'A', 'x')])).toEqual([
      'first Test app-id: null -> A',
      'removed Live document: null -> null',
      'first Test name: null -> x',
    ]));

  test('is the only one, and several removed ones are one change', () =>
    expect(told([body(null, 'A', 'x'), body('Old', 'B', 'z')], [body('New', 'A', 'x')])).toEqual([
      'first New app-id: null -> A',
      'removed null document: null -> null',
      'first New name: null -> x',
    ]));
});

describe('a file without one of its parts', () => {
  test.each(['dotnet-config', 'client-settings'])('%s has the values without the part', (format) => {
    const side = as(format);
    const both = [side(null, 'none', { name: 'A' }), side('Live', 'none', { name: 'A' })];
    expect(lines(both.slice(0, 1), both)).toEqual([]);
    expect(lines(both, both.slice(0, 1))).toEqual([]);
  });

  test.each(['dotnet-config', 'client-settings'])('%s lists a part that brings production', (format) => {
    const side = as(format);
    const both = [side(null, 'ppe', { name: 'A' }), side('Live', 'production', { name: 'A' })];
    const listed = 'name: null -> A (Live, production, existing) [starts-in-production]';
    expect(lines(both.slice(0, 1), both)).toEqual([listed]);
    expect(lines(both, both.slice(0, 1))).toEqual([]);
  });

  test.each(['dotnet-config', 'client-settings'])('%s does not list a part of pre-production', (format) => {
    const side = as(format);
    const both = [side(null, 'production', { name: 'A' }), side('Debug', 'ppe', { name: 'A' })];
    expect(lines(both, both.slice(0, 1))).toEqual([]);
  });

  test('has profiles that are added and removed in other formats', () => {
    const side = as('spring');
    const both = [side(null, 'none', { name: 'A' }), side('live', 'none', { name: 'A' })];
    expect(lines(both.slice(0, 1), both)).toEqual(['name: null -> A (live, none, first) []']);
    expect(lines(both, both.slice(0, 1))).toEqual(['document: null -> null (live, none, removed) []']);
  });
});

test('a set that is empty in one part only is a separate change', () => {
  const side = (part: string | null, types: readonly string[]) => config(part, 'none', {}, [set('supported', types)]);
  expect(
    diffFile([side(null, ['a']), side('Azure', ['a'])], [side(null, ['a', 'b']), side('Azure', [])]).map(line),
  ).toEqual([
    'supported: a -> null (Azure, none, existing) [last-removed]',
    'supported: null -> b (null, none, existing) []',
  ]);
});
