/** Near misses in what rules grant: both sides of every line between widening, narrowing, consent and nothing. */

import type { Change } from '../../src/model/change.ts';
import type { AccessRule, AccessSet, DateRange } from '../../src/model/document.ts';
import { access, document, on, PRESSURE, rule, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const OPTIONAL = { requirement: 'optional' } as const;
const dated = (types: readonly string[], from: string | null, to: string | null = null): AccessSet => ({
  types,
  dates: [{ from, to }],
});
const onDates = (types: readonly string[], from: string | null, facts: Partial<AccessRule> = {}) =>
  rule({ targets: [dated(types, from)], ...facts });
const allBut = (exceptions: readonly AccessSet[], facts: Partial<AccessRule> = {}) => on([], { exceptions, ...facts });
const whole = (...types: readonly string[]): AccessSet => ({ types, dates: [] });

function line({ kind, effect, access: tuple, before, after, traits }: Change): string {
  return `${kind} ${effect} ${tuple?.channel} ${tuple?.typeName ?? tuple?.typeId}: ${before} -> ${after} [${traits.join()}]`;
}
const online = (base: readonly AccessRule[], head: readonly AccessRule[]) =>
  diffDocuments(document([access('online', base)]), document([access('online', head)]))
    .filter(({ setting }) => setting === 'access.online')
    .map(line);

describe('wider access asks', () => {
  test.each<[string, AccessRule[], AccessRule[], string[]]>([
    [
      'no user, when optional access to all data grows',
      [onDates([], '2010-01-01', OPTIONAL)],
      [on([], OPTIONAL)],
      ['modified widens online *: optional, from 2010-01-01 -> optional, all dates []'],
    ],
    [
      'all users, when optional access to all data is new',
      [on([WEIGHT], OPTIONAL)],
      [on([], OPTIONAL)],
      ['added widens online *: null -> optional [asks-for-consent]'],
    ],
    [
      'no new user, when access offered at sign-up becomes required in part',
      [on([WEIGHT], { ...OPTIONAL, displayFlags: 1 })],
      [on([WEIGHT], { ...OPTIONAL, displayFlags: 1 }), onDates([WEIGHT], '2010-01-01')],
      [
        'modified widens online Weight: optional, all dates -> ' +
          'required, from 2010-01-01; optional, before 2010-01-01 [asks-for-consent]',
      ],
    ],
    [
      'new users, when more optional access is offered at sign-up',
      [onDates([WEIGHT], '2010-01-01')],
      [onDates([WEIGHT], '2010-01-01'), on([WEIGHT], { ...OPTIONAL, displayFlags: 1 })],
      [
        'modified widens online Weight: required, from 2010-01-01 -> ' +
          'required, from 2010-01-01; optional, before 2010-01-01 [shown-first-time]',
      ],
    ],
    [
      'no new user, when another type is offered at sign-up',
      [on([WEIGHT], { ...OPTIONAL, displayFlags: 1 })],
      [on([WEIGHT], { ...OPTIONAL, displayFlags: 1 }), on([PRESSURE], { ...OPTIONAL, displayFlags: 6 })],
      ['added widens online Blood pressure: null -> optional []'],
    ],
    [
      'new users for the permission that is offered, not for another one',
      [],
      [on([WEIGHT], OPTIONAL), on([WEIGHT], { ...OPTIONAL, permissions: ['Create'], displayFlags: 1 })],
      [
        'added widens online Weight: null -> optional [shown-first-time]',
        'added widens online Weight: null -> optional []',
      ],
    ],
    [
      'no new user, when a required rule beside it includes the access',
      [on([WEIGHT], { displayFlags: 1, permissions: ['Read'] })],
      [
        on([WEIGHT], { displayFlags: 1, permissions: ['Read'] }),
        on([WEIGHT], { ...OPTIONAL, permissions: ['Create'] }),
      ],
      ['added widens online Weight: null -> optional []'],
    ],
    [
      'new users, when all data is offered',
      [],
      [on([], { ...OPTIONAL, displayFlags: 1 })],
      ['added widens online *: null -> optional [asks-for-consent,shown-first-time]'],
    ],
    [
      'new users, when a type is part of all data that is offered',
      [],
      [on([], { ...OPTIONAL, displayFlags: 1, exceptions: [dated([PRESSURE], '2010-01-01')] })],
      [
        'added widens online *: null -> optional, all data except Blood pressure (optional, before 2010-01-01) ' +
          '[asks-for-consent,shown-first-time]',
        'added widens online Blood pressure: null -> optional, before 2010-01-01 [shown-first-time]',
      ],
    ],
  ])('%s', (_name, base, head, expected) => expect(online(base, head).sort()).toEqual([...expected].sort()));

  test('all users, when a body without the channel moves offline access there', () => {
    const patch = (...settings: ReturnType<typeof access>[]) =>
      document(settings, { role: 'provisioning-patch', completeness: 'patch' });
    const [base, head] = [
      patch(access('offline', [on([WEIGHT])])),
      patch(access('offline', []), access('online', [on([WEIGHT])])),
    ];
    expect(diffDocuments(base, head).map(line)).toEqual([
      'removed narrows offline Weight: required -> null []',
      'added unknown online Weight: null -> required [asks-for-consent]',
    ]);
  });

  test('all users, when offline access grows by what it had in part', () => {
    const side = (...rules: AccessRule[]) => document([access('offline', rules)]);
    expect(
      diffDocuments(side(onDates([WEIGHT], '2010-01-01', OPTIONAL)), side(on([WEIGHT], OPTIONAL))).map(line),
    ).toEqual(['modified widens offline Weight: optional, from 2010-01-01 -> optional, all dates [asks-for-consent]']);
  });
});

describe('a type beside all data', () => {
  test.each<[string, AccessRule[], AccessRule[], string[]]>([
    [
      'is a separate change when all data is added in part',
      [],
      [allBut([dated([WEIGHT], null, '2010-01-01')])],
      [
        'added widens online *: null -> required, all data except Weight (required, after 2010-01-01) [asks-for-consent]',
        'added widens online Weight: null -> required, after 2010-01-01 [asks-for-consent]',
      ],
    ],
    [
      'is a separate change when all data is removed in part',
      [allBut([dated([WEIGHT], '2010-01-01')])],
      [],
      [
        'removed narrows online *: required, all data except Weight (required, before 2010-01-01) -> null []',
        'removed narrows online Weight: required, before 2010-01-01 -> null []',
      ],
    ],
    [
      'is included in it while base and head grant all data',
      [allBut([dated([WEIGHT], '2010-01-01')])],
      [allBut([whole(WEIGHT)])],
      [
        'modified narrows online *: required, all data except Weight (required, before 2010-01-01) -> ' +
          'required, all data except Weight []',
      ],
    ],
    ['is left out by one rule and granted by another similar one', [allBut([whole(WEIGHT)]), on([])], [on([])], []],
    [
      'is left out by both rules that grant all data',
      [allBut([whole(WEIGHT)]), allBut([whole(WEIGHT)])],
      [on([])],
      ['modified widens online *: required, all data except Weight -> required, all data [asks-for-consent]'],
    ],
    [
      'is left out of required access only',
      [on([])],
      [allBut([whole(WEIGHT)]), on([], OPTIONAL)],
      ['modified narrows online *: required, all data -> required, all data except Weight (optional) []'],
    ],
    [
      'is left out of required access in part only',
      [on([])],
      [onDates([], '2010-01-01', { exceptions: [whole(WEIGHT)] }), on([], OPTIONAL)],
      [
        'modified narrows online *: required, all dates, all data -> required, from 2010-01-01; ' +
          'optional, before 2010-01-01, all data except Weight (optional, all dates) []',
      ],
    ],
    [
      'is not left out by a rule that never granted it',
      [on([PRESSURE])],
      [on([PRESSURE], { exceptions: [whole(WEIGHT)] })],
      [],
    ],
    [
      'is left out by a rule that names it and excludes all',
      [on([WEIGHT]), on([PRESSURE])],
      [on([WEIGHT], { exceptions: [whole()] }), on([PRESSURE])],
      ['removed narrows online Weight: required -> null []'],
    ],
  ])('%s', (_name, base, head, expected) => expect(online(base, head).sort()).toEqual([...expected].sort()));
});

describe('a date that cannot be read', () => {
  const range = (from: string | null, to: string | null): DateRange => ({ from, to });
  const target = (...dates: readonly DateRange[]) => [rule({ targets: [{ types: [WEIGHT], dates }] })];
  const exception = (...dates: readonly DateRange[]) => [on([WEIGHT], { exceptions: [{ types: [], dates }] })];

  test.each([
    ['makes a target from such a date unlimited', target(range('soon', null))],
    ['makes a target to such a date unlimited', target(range(null, 'soon'))],
    ['makes an exception from such a date ineffective', exception(range('soon', null))],
    ['makes an exception to such a date ineffective', exception(range('2010-01-01', 'soon'))],
    ['makes an exception without a start to such a date ineffective', exception(range(null, 'soon'))],
    ['makes an exception from such a date to a real one ineffective', exception(range('soon', '2010-01-01'))],
  ])('%s', (_name, head) => expect(online([on([WEIGHT])], head)).toEqual([]));

  test('does not affect an exception that can be read', () =>
    expect(online([on([WEIGHT])], exception(range('soon', null), range(null, '2010-01-01')))).toEqual([
      'modified narrows online Weight: required, all dates -> required, after 2010-01-01 []',
    ]));
});
