/** Whole client configurations, as the SDK reads them: another application, another HealthVault, defaults, secrets. */

import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, Environment, Setting } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { APPLICATION, at, document, OTHER_APPLICATION, of, set, text } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const FILE = 'Web.config';
const CLIENT = { format: 'dotnet-config', role: 'client' } as const;
const DEFAULTS = { 'client.multi-instance': 'true', 'client.multi-record': 'false' };
const client = (environment: Environment, ...settings: readonly Setting[]): ConfigDocument =>
  document(settings, { ...CLIENT, file: FILE, environment, defaults: DEFAULTS });
const line = (id: string, meaning: string, row: number, file = FILE) => text(id, meaning, { at: at(row, file) });
const leak = (meaning: string, what: string, row: number): Setting => ({
  ...of('secret', { kind: 'secret', meaning, what }),
  at: at(row, FILE),
});
const [PPE, LIVE] = ['https://platform.healthvault-ppe.com', 'https://platform.healthvault.com'];

const BASE = client(
  'ppe',
  line('app-id', APPLICATION, 2),
  line('client.endpoints.platform', PPE, 3),
  line('client.multi-instance', 'true', 4),
  line('client.action-targets.Home', '/home.aspx', 5),
  leak('d1', 'a password', 6),
  leak('d2', 'a machine key', 7),
);
const HEAD = client(
  'production',
  line('app-id', OTHER_APPLICATION, 2),
  line('client.endpoints.platform', LIVE, 13),
  line('client.endpoints.shell', 'https://evil-healthvault.com', 14),
  line('client.multi-record', 'true', 15),
  leak('d1', 'a password', 16),
  leak('d3', 'a machine key', 17),
);

test('a configuration that changes to another production application has all its changes', () => {
  const change = changesOf(CLIENT, FILE);
  const traits = ['of-new-application', 'starts-in-production'] as const;
  expect(diffDocuments(BASE, HEAD)).toEqual([
    change({
      setting: 'app-id',
      kind: 'modified',
      effect: 'neutral',
      before: APPLICATION,
      after: OTHER_APPLICATION,
      traits: ['of-new-application', 'other-application', 'starts-in-production'],
      ...here(2),
      ...was(2, FILE),
    }),
    change({
      setting: 'client.action-targets.Home',
      kind: 'removed',
      effect: 'neutral',
      before: '/home.aspx',
      traits,
      ...gone(5),
    }),
    change({
      setting: 'client.endpoints.platform',
      kind: 'modified',
      effect: 'neutral',
      before: PPE,
      after: LIVE,
      traits: ['environment-changed', 'of-new-application', 'starts-in-production'],
      ...here(13),
      ...was(3, FILE),
    }),
    change({
      setting: 'client.endpoints.shell',
      kind: 'added',
      effect: 'neutral',
      after: 'https://evil-healthvault.com',
      traits: ['of-new-application', 'starts-in-production', 'unknown-host'],
      ...here(14),
    }),
    change({
      setting: 'client.multi-record',
      kind: 'modified',
      effect: 'neutral',
      before: 'false (default)',
      after: 'true',
      traits,
      ...here(15),
    }),
    change({
      setting: 'secret',
      kind: 'modified',
      effect: 'neutral',
      detail: 'a machine key',
      traits,
      ...here(17),
      ...was(7, FILE),
    }),
  ]);
});

describe('the documents of a new application', () => {
  const traitsOf = (base: ConfigDocument | null, head: ConfigDocument): Record<string, Change['traits']> =>
    Object.fromEntries(diffDocuments(base, head).map(({ setting, traits }) => [setting, traits]));
  const named = (id: string, environment: Environment = 'production') =>
    client(environment, line('app-id', id, 1), line('name', id, 2));

  test.each<[string, ConfigDocument | null, ConfigDocument, Record<string, string[]>]>([
    [
      'include one with a first id',
      named('placeholder'),
      named(APPLICATION, 'none'),
      { 'app-id': ['first-application', 'of-new-application'], name: ['of-new-application'] },
    ],
    [
      'include one that is new',
      null,
      named(APPLICATION),
      {
        'app-id': ['first-application', 'of-new-application', 'starts-in-production'],
        name: ['of-new-application', 'starts-in-production'],
      },
    ],
    [
      'do not include one against pre-production',
      named('placeholder'),
      named(APPLICATION, 'ppe'),
      { 'app-id': ['first-application'], name: [] },
    ],
    [
      'do not include one that loses its application',
      named(APPLICATION),
      named('placeholder'),
      { 'app-id': ['application-gone'], name: [] },
    ],
    [
      'do not include one with the same application',
      named(APPLICATION),
      client('production', line('app-id', APPLICATION, 1), line('name', 'x', 2)),
      { name: [] },
    ],
    [
      'do not include a registered one',
      { ...named('placeholder'), role: 'registered' },
      { ...named(APPLICATION), role: 'registered' },
      { 'app-id': ['first-application'], name: [] },
    ],
  ])('%s', (_name, base, head, expected) => expect(traitsOf(base, head)).toEqual(expected));
});

describe('a default that is written', () => {
  const says = (multiInstance: string, facts: Partial<ConfigDocument> = {}): ConfigDocument => ({
    ...client('none', line('name', 'x', 1), line('client.multi-instance', multiInstance, 2)),
    ...facts,
  });
  const told = (base: ConfigDocument | null, head: ConfigDocument) =>
    diffDocuments(base, head).map(({ kind, setting, before, after }) => `${kind} ${setting}: ${before} -> ${after}`);

  test.each<[string, ConfigDocument | null, ConfigDocument, string[]]>([
    ['is not a change in a first client document', null, says('true'), ['added name: null -> x']],
    ['counts after another value', says('false'), says('true'), ['modified client.multi-instance: false -> true']],
    [
      'is a change after another value',
      null,
      says('false'),
      ['added client.multi-instance: null -> false', 'added name: null -> x'],
    ],
    [
      'is a change in a registered configuration',
      null,
      says('true', { role: 'registered' }),
      ['added client.multi-instance: null -> true', 'added name: null -> x'],
    ],
    [
      'does not affect other settings',
      null,
      says('true', { defaults: { 'client.multi-record': 'true' } }),
      ['added client.multi-instance: null -> true', 'added name: null -> x'],
    ],
  ])('%s', (_name, base, head, expected) => expect(told(base, head)).toEqual(expected));

  test('is one change in a document without other settings', () =>
    expect(diffDocuments(null, client('none', line('client.multi-instance', 'true', 2)))).toEqual([
      changesOf(
        { ...CLIENT, environment: 'none', state: 'first' },
        FILE,
      )({
        setting: 'document',
        kind: 'added',
        effect: 'neutral',
        detail: 'The base does not contain this document.',
        location: { side: 'head', line: 1, column: 1 },
      }),
    ]));

  test('is not a set and not a placeholder', () =>
    expect(
      diffDocuments(
        null,
        client(
          'none',
          of('client.multi-instance', { kind: 'content', meaning: 'true', shown: 'true' }),
          set('x', ['y']),
        ),
      ),
    ).toHaveLength(2));
});

test('a removed action address moves to no other host', () => {
  const action = line('action-url', 'https://a.example', 3);
  expect(diffDocuments(document([action]), document([]))).toMatchObject([{ kind: 'removed', traits: [] }]);
});
