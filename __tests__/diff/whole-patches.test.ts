/** Bodies that change only what they name: what they begin to say has a former value that no file contains. */

import type { ConfigDocument, Setting } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { APPLICATION, access, at, document, OTHER_APPLICATION, on, set, text, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const VALUE_UNSAID =
  'The file does not contain the value before, because it only lists changes and did not list this setting.';
const ACCESS_UNSAID =
  'The file does not contain the access that was granted before, because it only lists changes and did not list this setting.';
const UPDATE = {
  file: 'update.xml',
  format: 'platform-xml',
  role: 'provisioning-patch',
  completeness: 'patch',
  environment: 'none',
} as const;
const change = changesOf({ format: 'platform-xml', role: 'provisioning-patch', environment: 'none' }, 'update.xml');
const first = changesOf(
  { format: 'platform-xml', role: 'provisioning-patch', environment: 'none', state: 'first' },
  'update.xml',
);
const inXml = ({ value, ...setting }: Setting, row: number): Setting => ({
  ...setting,
  value:
    value.kind === 'set'
      ? { ...value, items: value.items.map((item) => ({ ...item, at: at(item.at.line, 'update.xml') })) }
      : value,
  at: at(row, 'update.xml'),
});
const update = (...settings: readonly Setting[]): ConfigDocument => document(settings, UPDATE);
const id = (meaning: string) => inXml(text('app-id', meaning), 2);
const reading = (row: number) =>
  on([WEIGHT], { at: at(row, 'update.xml'), name: 'chart', reasons: { '': 'Draws it.' }, displayFlags: 1 });
const weight = { typeId: WEIGHT, typeName: 'Weight', permission: 'Read', requirement: 'required' } as const;

test('a body with other elements than before is compared', () => {
  const base = update(
    id(APPLICATION),
    inXml(text('name', 'Steps'), 3),
    inXml(set('methods', ['getthings'], 4), 4),
    inXml(access('offline', [reading(5)]), 5),
  );
  const head = update(
    id(OTHER_APPLICATION),
    inXml(text('action-url', 'https://steps.example'), 3),
    inXml(set('methods', ['putthings', 'getthings'], 6), 6),
    inXml(set('public-keys', []), 8),
    inXml(set('vocabularies', ['wc'], 9), 9),
    inXml(access('online', [reading(10)]), 10),
    inXml(access('offline', []), 12),
  );
  expect(diffDocuments(base, head)).toEqual([
    change({
      setting: 'access.offline',
      kind: 'removed',
      effect: 'narrows',
      access: { channel: 'offline', ...weight },
      before: 'required',
      ...gone(5),
    }),
    change({
      setting: 'access.online',
      kind: 'added',
      effect: 'unknown',
      access: { channel: 'online', ...weight },
      after: 'required',
      traits: ['asks-for-consent'],
      detail: ACCESS_UNSAID,
      ...here(10),
    }),
    change({
      setting: 'action-url',
      kind: 'added',
      effect: 'unknown',
      after: 'https://steps.example',
      detail: VALUE_UNSAID,
      ...here(3),
    }),
    change({
      setting: 'app-id',
      kind: 'modified',
      effect: 'neutral',
      before: APPLICATION,
      after: OTHER_APPLICATION,
      ...here(2),
      ...was(2, 'update.xml'),
    }),
    change({ setting: 'methods', kind: 'added', effect: 'widens', after: 'putthings', ...here(6) }),
    change({ setting: 'public-keys', kind: 'added', effect: 'unknown', detail: VALUE_UNSAID, ...here(8) }),
    change({
      setting: 'vocabularies',
      kind: 'added',
      effect: 'unknown',
      after: 'wc',
      traits: ['set-appeared'],
      detail: VALUE_UNSAID,
      ...here(9),
    }),
  ]);
});

test('a first body has no former values and no first application', () => {
  const head = update(id(APPLICATION), inXml(access('online', []), 3), inXml(access('offline', [reading(5)]), 4));
  expect(diffDocuments(null, head)).toEqual([
    first({
      setting: 'access.offline',
      kind: 'added',
      effect: 'unknown',
      access: { channel: 'offline', ...weight },
      after: 'required',
      traits: ['asks-for-consent'],
      detail: ACCESS_UNSAID,
      ...here(5),
    }),
    first({
      setting: 'access.online',
      kind: 'added',
      effect: 'unknown',
      after: '(no rules)',
      detail: ACCESS_UNSAID,
      ...here(3),
    }),
    first({
      setting: 'app-id',
      kind: 'added',
      effect: 'unknown',
      after: APPLICATION,
      detail: VALUE_UNSAID,
      ...here(2),
    }),
  ]);
});

describe('a whole configuration against a body with a part of it', () => {
  const complete = (...settings: readonly Setting[]) =>
    document(settings, { ...UPDATE, role: 'provisioning', completeness: 'complete' });
  const whole = complete(
    inXml(text('name', 'Steps'), 3),
    inXml(set('methods', ['getthings'], 4), 4),
    inXml(access('online', [reading(6)]), 5),
  );

  test('keeps the values that the body leaves out, and its application is not new', () =>
    expect(diffDocuments(whole, update(id(APPLICATION), inXml(text('name', 'Walks'), 3)))).toEqual([
      change({ setting: 'app-id', kind: 'added', effect: 'neutral', after: APPLICATION, ...here(2) }),
      change({
        setting: 'name',
        kind: 'modified',
        effect: 'neutral',
        before: 'Steps',
        after: 'Walks',
        ...here(3),
        ...was(3, 'update.xml'),
      }),
    ]));

  test('has no former value for those that the body did not contain', () => {
    const toWhole = changesOf({ format: 'platform-xml', role: 'provisioning', environment: 'none' }, 'update.xml');
    const head = complete(id(APPLICATION), ...whole.settings);
    expect(diffDocuments(update(inXml(text('name', 'Steps'), 3)), head)).toEqual([
      toWhole({
        setting: 'access.online',
        kind: 'added',
        effect: 'unknown',
        access: { channel: 'online', ...weight },
        after: 'required',
        traits: ['asks-for-consent'],
        detail: ACCESS_UNSAID,
        ...here(6),
      }),
      toWhole({
        setting: 'app-id',
        kind: 'added',
        effect: 'unknown',
        after: APPLICATION,
        detail: VALUE_UNSAID,
        ...here(2),
      }),
      toWhole({
        setting: 'methods',
        kind: 'added',
        effect: 'unknown',
        after: 'getthings',
        traits: ['set-appeared'],
        detail: VALUE_UNSAID,
        ...here(4),
      }),
    ]);
  });
});

test('a value that a format cannot contain is neither removed nor added, at base or head', () => {
  const settings = [
    inXml(text('name', 'Steps'), 3),
    inXml(set('public-keys', ['k'], 4), 4),
    inXml(access('offline', [reading(6)]), 5),
  ];
  const full = document(settings);
  const dump = document(settings.slice(0, 1), { notExpressible: ['public-keys', 'access.offline', 'access.online'] });
  const online = document([...settings, inXml(access('online', [reading(9)]), 8)]);
  expect(diffDocuments(full, dump)).toEqual([]);
  expect(diffDocuments(dump, full)).toEqual([]);
  expect(diffDocuments(dump, online)).toEqual([]);
  expect(diffDocuments(online, dump)).toEqual([]);
});
