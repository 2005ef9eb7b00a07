import type { Change } from '../../src/model/change.ts';
import type { AccessRule, ConfigDocument } from '../../src/model/document.ts';
import { access, at, CUSTOM, document, on, PRESSURE, rule, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const APP = document([]);
const online = (...rules: AccessRule[]) => ({ ...APP, settings: [access('online', rules)] });
const both = (first: AccessRule[], second: AccessRule[]) => ({
  ...APP,
  settings: [access('online', first), access('offline', second)],
});
const optional = (types: readonly string[], facts: Partial<AccessRule> = {}) =>
  on(types, { requirement: 'optional', ...facts });
const since = (from: string, types = [WEIGHT]) => rule({ targets: [{ types, dates: [{ from, to: null }] }] });
const except = (types: string[], facts: Partial<AccessRule> = {}) =>
  on([], { exceptions: [{ types, dates: [] }], ...facts });

/** A change in one line: channel, kind, effect, tuple, texts, traits. */
function line(change: Change): string {
  const { access: tuple } = change;
  const what =
    tuple === undefined ? change.setting : `${tuple.channel} ${tuple.permission} ${tuple.typeName ?? tuple.typeId}`;
  const was = tuple?.previousRequirement === undefined ? '' : ` (was ${tuple.previousRequirement})`;
  return `${change.kind} ${change.effect}: ${what}${was}: ${change.before} -> ${change.after} [${change.traits.join()}]`;
}
const lines = (base: ConfigDocument, head: ConfigDocument) => diffDocuments(base, head).map(line);

describe('access is widened or narrowed as in the table for', () => {
  test.each([
    [
      'type added to a required rule',
      online(on([WEIGHT])),
      online(on([WEIGHT, PRESSURE])),
      ['added widens: online Read Blood pressure: null -> required [asks-for-consent]'],
    ],
    [
      'permission added on a required type',
      online(on([WEIGHT])),
      online(on([WEIGHT], { permissions: ['Read', 'Update'] })),
      ['added widens: online Update Weight: null -> required [asks-for-consent]'],
    ],
    [
      'optional to required',
      online(optional([WEIGHT])),
      online(on([WEIGHT])),
      ['modified widens: online Read Weight (was optional): optional -> required [asks-for-consent]'],
    ],
    [
      'required to optional',
      online(on([WEIGHT])),
      online(optional([WEIGHT])),
      ['modified narrows: online Read Weight (was required): required -> optional []'],
    ],
    [
      'type added to an optional rule',
      online(optional([WEIGHT])),
      online(optional([WEIGHT, PRESSURE])),
      ['added widens: online Read Blood pressure: null -> optional []'],
    ],
    [
      'optional rule that is offered at first sign-up',
      online(on([WEIGHT])),
      online(on([WEIGHT]), optional([PRESSURE], { displayFlags: 1 })),
      ['added widens: online Read Blood pressure: null -> optional [shown-first-time]'],
    ],
    [
      'rule removed',
      online(on([WEIGHT]), on([PRESSURE])),
      online(on([WEIGHT])),
      ['removed narrows: online Read Blood pressure: required -> null []'],
    ],
    [
      'offline added, although optional',
      both([on([WEIGHT])], []),
      both([on([WEIGHT])], [optional([WEIGHT])]),
      ['added widens: offline Read Weight: null -> optional [asks-for-consent]'],
    ],
    [
      'online to offline',
      both([on([WEIGHT])], []),
      both([], [on([WEIGHT])]),
      [
        'added widens: offline Read Weight: null -> required [asks-for-consent]',
        'removed narrows: online Read Weight: required -> null []',
      ],
    ],
    [
      'offline to online',
      both([], [on([WEIGHT])]),
      both([on([WEIGHT])], []),
      [
        'removed narrows: offline Read Weight: required -> null []',
        'added widens: online Read Weight: null -> required [moved-from-offline]',
      ],
    ],
    [
      'moved online and newly offered at first sign-up',
      both([], [optional([WEIGHT])]),
      both([optional([WEIGHT], { displayFlags: 1 })], []),
      [
        'removed narrows: offline Read Weight: optional -> null []',
        'added widens: online Read Weight: null -> optional [moved-from-offline,shown-first-time]',
      ],
    ],
    [
      'moved online and offered at first sign-up as before',
      both([], [optional([WEIGHT], { displayFlags: 1 })]),
      both([optional([WEIGHT], { displayFlags: 1 })], []),
      [
        'removed narrows: offline Read Weight: optional -> null []',
        'added widens: online Read Weight: null -> optional [moved-from-offline]',
      ],
    ],
    [
      'optional offline to required online',
      both([], [optional([WEIGHT])]),
      both([on([WEIGHT])], []),
      [
        'removed narrows: offline Read Weight: optional -> null []',
        'added widens: online Read Weight: null -> required [asks-for-consent]',
      ],
    ],
    [
      'online added while offline remains',
      both([], [on([WEIGHT])]),
      both([on([WEIGHT])], [on([WEIGHT])]),
      ['added widens: online Read Weight: null -> required [asks-for-consent]'],
    ],
    [
      'all data offline except one type to all data online',
      both([], [except([WEIGHT])]),
      both([on([])], []),
      [
        'removed narrows: offline Read *: required, all data except Weight -> null []',
        'added widens: online Read *: null -> required [asks-for-consent]',
      ],
    ],
    [
      'target-set removed',
      online(on([WEIGHT])),
      online(on([])),
      ['added widens: online Read *: null -> required [asks-for-consent]'],
    ],
    [
      'all data, optional',
      online(),
      online(optional([])),
      ['added widens: online Read *: null -> optional [asks-for-consent]'],
    ],
    [
      'all data removed while a type remains',
      online(on([])),
      online(on([WEIGHT])),
      ['removed narrows: online Read *: required -> null []'],
    ],
    [
      'exception added',
      online(on([])),
      online(except([PRESSURE])),
      ['modified narrows: online Read *: required, all data -> required, all data except Blood pressure []'],
    ],
    [
      'exception removed',
      online(except([PRESSURE, WEIGHT])),
      online(except([PRESSURE])),
      [
        'modified widens: online Read *: required, all data except Blood pressure, Weight -> ' +
          'required, all data except Blood pressure [asks-for-consent]',
      ],
    ],
    [
      'exceptions exchanged',
      online(except([PRESSURE])),
      online(except([WEIGHT])),
      [
        'modified widens: online Read *: required, all data except Blood pressure -> ' +
          'required, all data except Weight [asks-for-consent]',
      ],
    ],
    [
      'dates narrowed',
      online(on([WEIGHT])),
      online(since('2010-01-01')),
      ['modified narrows: online Read Weight: required, all dates -> required, from 2010-01-01 []'],
    ],
    [
      'dates enlarged',
      online(since('2010-01-01')),
      online(since('2005-01-01T00:00:00Z')),
      [
        'modified widens: online Read Weight: required, from 2010-01-01 -> required, from 2005-01-01 [asks-for-consent]',
      ],
    ],
    [
      'a set with dates only, which is every type in those dates',
      online(on([])),
      online(since('2010-01-01', [])),
      ['modified narrows: online Read *: required, all dates -> required, from 2010-01-01 []'],
    ],
    [
      'part of the dates becomes optional',
      online(on([WEIGHT])),
      online(since('2010-01-01'), optional([WEIGHT])),
      [
        'modified narrows: online Read Weight: required, all dates -> ' +
          'required, from 2010-01-01; optional, before 2010-01-01 []',
      ],
    ],
    [
      'a type changes from named to all data',
      online(optional([WEIGHT])),
      online(on([])),
      [
        'added widens: online Read *: null -> required [asks-for-consent]',
        'modified widens: online Read Weight (was optional): optional -> required [asks-for-consent]',
      ],
    ],
    [
      'an unpublished type',
      online(),
      online(on([CUSTOM])),
      [`added widens: online Read ${CUSTOM}: null -> required [asks-for-consent]`],
    ],
  ])('%s', (_name, base, head, expected) => expect(lines(base, head).sort()).toEqual([...expected].sort()));
});

describe('access does not change with', () => {
  const all = ['Read', 'Create', 'Update', 'Delete'] as const;
  test.each([
    ['order of rules', online(on([WEIGHT]), on([PRESSURE])), online(on([PRESSURE]), on([WEIGHT]))],
    ['split rules', online(on([WEIGHT, PRESSURE])), online(on([WEIGHT]), on([PRESSURE]))],
    [
      'order of permissions',
      online(on([WEIGHT], { permissions: all })),
      online(on([WEIGHT], { permissions: all.toReversed() })),
    ],
    ['optional beside required', online(on([WEIGHT])), online(on([WEIGHT]), optional([WEIGHT]))],
    ['a type beside all data', online(on([])), online(on([]), on([WEIGHT]))],
    [
      'a written span that covers all dates',
      online(on([WEIGHT])),
      online(rule({ targets: [{ types: [WEIGHT], dates: [{ from: null, to: null }] }] })),
    ],
    ['the same instant in another notation', online(since('2010-01-01')), online(since('2010-01-01T01:00:00+01:00'))],
    [
      'the same dates in two spans',
      online(on([WEIGHT])),
      online(
        rule({
          targets: [
            { types: [WEIGHT], dates: [{ from: null, to: '2010-01-01' }] },
            { types: [WEIGHT], dates: [{ from: '2010-01-01', to: null }] },
          ],
        }),
      ),
    ],
  ])('%s', (_name, base, head) => expect(diffDocuments(base, head)).toEqual([]));
});

describe('the place of a change', () => {
  test('is the type in the rule that adds it, with the former place', () => {
    const old = since('2010-01-01');
    const wider = rule({ at: at(30), typePlaces: { [WEIGHT]: at(33) } });
    const [change] = diffDocuments(online({ ...old, at: at(12) }), online({ ...old, at: at(12) }, wider));
    expect(change?.location).toEqual({ side: 'head', line: 33, column: 3 });
    expect(change?.baseLocation).toEqual({ file: 'app.yml', line: 12, column: 3 });
  });

  test('is in the base when access is removed, with the new path of a renamed file', () => {
    const base = online(on([WEIGHT], { typePlaces: { [WEIGHT]: at(7) } }));
    const [change] = diffDocuments(base, { ...online(), file: 'moved.yml' });
    expect(change).toMatchObject({
      file: 'moved.yml',
      location: { side: 'base', line: 7 },
      baseLocation: { file: 'app.yml' },
    });
  });

  test('is the excepted type for a combined exception', () => {
    const head = except([PRESSURE], { typePlaces: { [PRESSURE]: at(21) } });
    expect(diffDocuments(online(on([])), online(head))[0]?.location?.line).toBe(21);
  });
});

describe('a patch', () => {
  const patch = (...settings: ReturnType<typeof access>[]) =>
    document(settings, { role: 'provisioning-patch', completeness: 'patch', format: 'platform-xml' });
  const unknown = 'added unknown: offline Read Weight: null -> optional [asks-for-consent]';

  test('that starts to contain a value has an unknown former value and asks for consent', () => {
    expect(lines(patch(), patch(access('offline', [optional([WEIGHT])])))).toEqual([unknown]);
    expect(diffDocuments(null, patch(access('offline', [optional([WEIGHT])]))).map(line)).toContain(unknown);
    expect(lines(patch(), patch(access('online', [optional([WEIGHT])])))).toEqual([
      'added unknown: online Read Weight: null -> optional []',
    ]);
  });

  test('that leaves a value out does not change it, so no access moved', () => {
    const base = patch(access('offline', [on([WEIGHT])]), access('online', []));
    expect(lines(base, patch(access('online', [])))).toEqual([]);
    expect(lines(base, patch(access('online', [on([WEIGHT])])))).toEqual([
      'added widens: online Read Weight: null -> required [asks-for-consent]',
    ]);
  });

  test('that starts to contain an empty channel is compared', () => {
    expect(diffDocuments(patch(), patch(access('online', [])))).toMatchObject([
      { setting: 'access.online', kind: 'added', effect: 'unknown' },
    ]);
  });

  test('with a channel is compared in full with another one', () => {
    expect(lines(patch(access('online', [on([WEIGHT])])), patch(access('online', [])))).toEqual([
      'removed narrows: online Read Weight: required -> null []',
    ]);
  });
});

describe('unreadable rules', () => {
  const unread = { kind: 'unresolved', meaning: '%rules%', shown: '%rules%', reason: 'a placeholder' } as const;
  const offlineUnread = { id: 'access.offline', value: unread, at: at(5) };

  test('are one unknown change, and no access moved', () => {
    const base = { ...APP, settings: [access('online', []), access('offline', [on([WEIGHT])])] };
    const head = { ...APP, settings: [access('online', [on([WEIGHT])]), offlineUnread] };
    expect(diffDocuments(base, head)).toMatchObject([
      { setting: 'access.offline', effect: 'unknown', traits: ['unresolved'], detail: 'a placeholder' },
      { setting: 'access.online', traits: ['asks-for-consent'] },
    ]);
    expect(diffDocuments(head, head)).toEqual([]);
  });
});

test('a change that widens and narrows reports both', () => {
  const until = rule({ targets: [{ types: [WEIGHT], dates: [{ from: null, to: '2010-01-01' }] }] });
  const [change] = diffDocuments(online(until), online(since('2005-01-01')));
  expect(change?.effect).toBe('widens');
  expect(change?.detail).toMatch(/narrows it/);
});

test('20,000 rules with exceptions from all data are compared in time', () => {
  const types = (index: number) => [`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`];
  const many = Array.from({ length: 20_000 }, (_, index) =>
    index % 4 === 0 ? except(types(index)) : on(types(index), { permissions: ['Read', 'Create', 'Update', 'Delete'] }),
  );
  const changed = many.map((one, index) => (index % 4 === 1 ? { ...one, requirement: 'optional' as const } : one));
  expect(diffDocuments(online(...many), online(...changed)).length).toBe(15_000);
  expect(diffDocuments(null, online(...many)).length).toBeGreaterThan(40_000);
});
