/** A whole registered configuration that changes in all its parts: every change, complete and in order. */

import { changesOf, gone, here, was } from './support/changes.ts';
import { APPLICATION, access, at, document, of, on, PRESSURE, set, text, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const [SMALL, LARGE] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];
const PLATFORM = {
  defaults: { 'restrict-users': 'false', 'persistent-tokens': 'disabled', 'app-type': 'web' },
  notExpressible: ['client-token'],
};
const line = (id: string, meaning: string, row: number, culture?: string) =>
  text(id, meaning, { at: at(row), ...(culture === undefined ? {} : { culture }) });
const logo = (meaning: string, shown: string, row: number) =>
  of('logo.large', { kind: 'content', meaning, shown }, row);

const BASE = document(
  [
    line('app-id', APPLICATION, 2),
    line('name', 'Steps', 3),
    line('name', 'Schritte', 4, 'de-DE'),
    line('action-url', 'https://steps.example/action', 5),
    line('restrict-users', 'true', 6),
    set('methods', ['getthings', 'putthings'], 8),
    set('public-keys', ['key one'], 11),
    logo(SMALL, 'PNG, 60x40', 12),
    access('online', [
      on([WEIGHT], { at: at(20), typePlaces: { [WEIGHT]: at(22) }, reasons: { '': 'Draws it.' } }),
      on([PRESSURE], { at: at(24), requirement: 'optional', permissions: ['Read', 'Create'] }),
    ]),
  ],
  PLATFORM,
);
const HEAD = document(
  [
    line('app-id', APPLICATION, 2),
    line('name', 'Steps', 13),
    line('action-url', 'https://walks.example/action', 14),
    line('persistent-tokens', 'enabled, 1800 s', 15),
    set('methods', ['removethings', 'getthings'], 17),
    logo(LARGE, 'PNG, 120x60', 19),
    access('online', [
      on([WEIGHT], {
        at: at(30),
        typePlaces: { [WEIGHT]: at(32) },
        permissions: ['Read', 'Update'],
        reasons: { '': 'Draws it over time.' },
      }),
      on([PRESSURE], { at: at(34), requirement: 'optional', permissions: ['Read'] }),
    ]),
    access('offline', [on([WEIGHT], { at: at(40), typePlaces: { [WEIGHT]: at(42) } })]),
  ],
  PLATFORM,
);

const change = changesOf();
const weight = { typeId: WEIGHT, typeName: 'Weight', requirement: 'required' } as const;
const pressure = { typeId: PRESSURE, typeName: 'Blood pressure', requirement: 'optional' } as const;

test('every changed setting is reported with both values and both places', () =>
  expect(diffDocuments(BASE, HEAD)).toEqual([
    change({
      setting: 'access.offline',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'offline', ...weight, permission: 'Read' },
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(42),
    }),
    change({
      setting: 'access.online',
      kind: 'removed',
      effect: 'narrows',
      access: { channel: 'online', ...pressure, permission: 'Create' },
      before: 'optional',
      ...gone(24),
    }),
    change({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', ...weight, permission: 'Update' },
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(32),
    }),
    change({
      setting: 'action-url',
      kind: 'modified',
      effect: 'neutral',
      before: 'https://steps.example/action',
      after: 'https://walks.example/action',
      traits: ['host-changed'],
      ...here(14),
      ...was(5),
    }),
    change({
      setting: 'logo.large',
      kind: 'modified',
      effect: 'neutral',
      before: 'PNG, 60x40',
      after: 'PNG, 120x60',
      content: { before: SMALL, after: LARGE },
      ...here(19),
      ...was(12),
    }),
    change({ setting: 'methods', kind: 'removed', effect: 'narrows', before: 'putthings', ...gone(9) }),
    change({ setting: 'methods', kind: 'added', effect: 'widens', after: 'removethings', ...here(17) }),
    change({ setting: 'name@de-DE', kind: 'removed', effect: 'neutral', before: 'Schritte', ...gone(4) }),
    change({
      setting: 'persistent-tokens',
      kind: 'modified',
      effect: 'widens',
      before: 'disabled (default)',
      after: 'enabled, 1800 s',
      ...here(15),
    }),
    change({
      setting: 'public-keys',
      kind: 'removed',
      effect: 'neutral',
      before: 'key one',
      traits: ['last-removed'],
      ...gone(11),
    }),
    change({
      setting: 'restrict-users',
      kind: 'modified',
      effect: 'widens',
      before: 'true',
      after: 'false (default)',
      ...gone(6),
    }),
    change({
      setting: 'rule.reason',
      kind: 'modified',
      effect: 'neutral',
      before: 'Draws it.',
      after: 'Draws it over time.',
      detail: 'online access: Read Weight.',
      ...here(30),
      ...was(20),
    }),
  ]));

test('a first configuration adds its values, and missing ones are not changes', () => {
  const first = changesOf({ state: 'first' });
  expect(diffDocuments(null, BASE)).toEqual([
    first({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', ...weight, permission: 'Read' },
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(22),
    }),
    first({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', ...pressure, permission: 'Create' },
      after: 'optional',
      ...here(24),
    }),
    first({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', ...pressure, permission: 'Read' },
      after: 'optional',
      ...here(24),
    }),
    first({
      setting: 'action-url',
      kind: 'added',
      effect: 'neutral',
      after: 'https://steps.example/action',
      ...here(5),
    }),
    first({
      setting: 'app-id',
      kind: 'added',
      effect: 'neutral',
      after: APPLICATION,
      traits: ['first-application'],
      ...here(2),
    }),
    first({
      setting: 'logo.large',
      kind: 'added',
      effect: 'neutral',
      after: 'PNG, 60x40',
      content: { before: null, after: SMALL },
      ...here(12),
    }),
    first({
      setting: 'methods',
      kind: 'added',
      effect: 'widens',
      after: 'getthings',
      traits: ['set-appeared'],
      ...here(8),
    }),
    first({
      setting: 'methods',
      kind: 'added',
      effect: 'widens',
      after: 'putthings',
      traits: ['set-appeared'],
      ...here(9),
    }),
    first({ setting: 'name', kind: 'added', effect: 'neutral', after: 'Steps', ...here(3) }),
    first({ setting: 'name@de-DE', kind: 'added', effect: 'neutral', after: 'Schritte', ...here(4) }),
    first({
      setting: 'public-keys',
      kind: 'added',
      effect: 'neutral',
      after: 'key one',
      traits: ['set-appeared'],
      ...here(11),
    }),
    first({ setting: 'restrict-users', kind: 'added', effect: 'narrows', after: 'true', ...here(6) }),
  ]);
});

test('a file that is only renamed is not a change', () =>
  expect(diffDocuments(BASE, { ...BASE, file: 'moved.yml' })).toEqual([]));
