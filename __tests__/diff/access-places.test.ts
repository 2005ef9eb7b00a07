/** Whole changes of access: what was and is granted, and where each of it is written. */

import type { AccessRule, Permission } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { access, at, CUSTOM, document, on, PRESSURE, rule, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const online = (...rules: readonly AccessRule[]) => document([access('online', rules)]);
const change = changesOf();
const span = (row: number, from: string | null, to: string | null, facts: Partial<AccessRule> = {}) =>
  rule({ targets: [{ types: [WEIGHT], dates: [{ from, to }] }], at: at(row), ...facts });
const written = (row: number, types: readonly string[], facts: Partial<AccessRule> = {}) =>
  on(types, {
    at: at(row),
    typePlaces: Object.fromEntries(types.map((type, index) => [type, at(row + 1 + index)])),
    ...facts,
  });
const weight = (permission: Permission = 'Read') =>
  ({ channel: 'online', typeId: WEIGHT, typeName: 'Weight', permission, requirement: 'required' }) as const;
const OPTIONAL = { requirement: 'optional' } as const;

test('an unpublished type is shown by its id', () =>
  expect(diffDocuments(online(), online(written(10, [WEIGHT, CUSTOM], { permissions: ['Create'] })))).toEqual([
    change({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: weight('Create'),
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(11),
    }),
    change({
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', typeId: CUSTOM, permission: 'Create', requirement: 'required' },
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(12),
    }),
  ]));

test('access for all purposes is four changes, when it is added and when it is removed', () => {
  const all = written(10, [WEIGHT], { permissions: ['Update', 'Delete', 'Read', 'Create'] });
  expect(diffDocuments(online(all), online())).toEqual(
    (['Create', 'Delete', 'Read', 'Update'] as const).map((permission) =>
      change({
        setting: 'access.online',
        kind: 'removed',
        effect: 'narrows',
        access: weight(permission),
        before: 'required',
        ...gone(11),
      }),
    ),
  );
  expect(diffDocuments(online(), online(all)).map(({ access }) => access)).toEqual(
    (['Create', 'Delete', 'Read', 'Update'] as const).map((permission) => weight(permission)),
  );
});

test('access that becomes required shows the former requirement', () =>
  expect(diffDocuments(online(written(10, [WEIGHT], OPTIONAL)), online(written(20, [WEIGHT])))).toEqual([
    change({
      setting: 'access.online',
      kind: 'modified',
      effect: 'widens',
      access: { ...weight(), previousRequirement: 'optional' },
      before: 'optional',
      after: 'required',
      traits: ['asks-for-consent'],
      ...here(21),
      ...was(11),
    }),
  ]));

test('a change that widens and narrows says so, with the place of the new part', () =>
  expect(
    diffDocuments(
      online(span(10, null, '2010-01-01'), span(12, '2012-01-01', '2013-01-01')),
      online(span(20, '2012-01-01', '2013-01-01'), span(22, '2015-01-01', null)),
    ),
  ).toEqual([
    change({
      setting: 'access.online',
      kind: 'modified',
      effect: 'widens',
      access: weight(),
      before: 'required, to 2010-01-01 and from 2012-01-01 to 2013-01-01',
      after: 'required, from 2012-01-01 to 2013-01-01 and from 2015-01-01',
      traits: ['asks-for-consent'],
      detail: 'This widens access in one respect and narrows it in another, so it counts as widening.',
      ...here(22),
      ...was(10),
    }),
  ]));

test('all data with other exceptions than before is widened and narrowed', () => {
  const except = (row: number, ...types: readonly string[]) => ({
    ...written(row, types),
    targets: [],
    exceptions: [{ types, dates: [] }],
  });
  expect(diffDocuments(online(except(10, PRESSURE)), online(except(20, CUSTOM, WEIGHT)))).toEqual([
    change({
      setting: 'access.online',
      kind: 'modified',
      effect: 'widens',
      access: { channel: 'online', typeId: '*', permission: 'Read', requirement: 'required' },
      before: 'required, all data except Blood pressure',
      after: `required, all data except ${CUSTOM}, Weight`,
      traits: ['asks-for-consent'],
      detail: 'This widens access in one respect and narrows it in another, so it counts as widening.',
      ...here(21),
      ...was(10),
    }),
  ]);
  expect(diffDocuments(online(on([])), online(except(20, WEIGHT, CUSTOM)))[0]?.location?.line).toBe(22);
});

describe('the place of access is', () => {
  test.each<[string, AccessRule[], AccessRule[], number | undefined, number | undefined]>([
    ['the type within its rule', [], [written(10, [PRESSURE, WEIGHT])], 12, undefined],
    ['the rule, where the type has no place', [], [span(10, null, null)], 10, undefined],
    ['an optional rule', [], [written(10, [WEIGHT], OPTIONAL)], 11, undefined],
    [
      'the required rule before an optional one',
      [],
      [written(10, [WEIGHT], OPTIONAL), written(20, [WEIGHT])],
      21,
      undefined,
    ],
    [
      'the required rule that brings the dates',
      [span(10, '2015-01-01', null), span(12, null, null, OPTIONAL)],
      [span(20, '2015-01-01', null), span(22, null, null, OPTIONAL), span(24, '2010-01-01', null)],
      24,
      10,
    ],
    [
      'the optional rule that brings the dates',
      [span(10, '2015-01-01', null)],
      [span(20, '2015-01-01', null), span(22, '2010-01-01', null, OPTIONAL)],
      22,
      10,
    ],
    [
      'the rule whose dates are removed, beside one that remains',
      [span(10, null, '2010-01-01'), span(12, '2015-01-01', null)],
      [span(20, null, '2010-01-01')],
      20,
      12,
    ],
    [
      'a rule that names the type before one for all data',
      [on([], { at: at(8), ...OPTIONAL })],
      [
        on([], { at: at(18), ...OPTIONAL }),
        on([], { at: at(19), exceptions: [{ types: [], dates: [] }] }),
        span(20, null, null),
      ],
      20,
      8,
    ],
    [
      'no rule of another permission',
      [],
      [written(10, [WEIGHT], { permissions: [] }), span(20, null, null)],
      20,
      undefined,
    ],
  ])('%s', (_name, base, head, line, former) => {
    const changes = diffDocuments(online(...base), online(...head)).filter(({ access }) => access?.typeId === WEIGHT);
    expect(changes.map(({ location, baseLocation }) => [location?.line, baseLocation?.line])).toEqual([[line, former]]);
  });

  test('not the rule for all data that leaves the type out', () => {
    const dates = [{ from: '2010-01-01', to: null }];
    const head = online(
      on([], { at: at(10), exceptions: [{ types: [WEIGHT], dates: [] }] }),
      rule({ at: at(20), targets: [{ types: [], dates }] }),
    );
    expect(diffDocuments(online(), head).map(({ after, location }) => [after, location?.line])).toEqual([
      ['required, all data except Weight (required, from 2010-01-01)', 10],
      ['required, from 2010-01-01', 20],
    ]);
  });
});
