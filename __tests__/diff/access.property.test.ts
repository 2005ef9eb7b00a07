/** Effective access against an oracle that looks at every single cell, and laws for all documents. */
import fc from 'fast-check';
import { diffDocuments } from '../../src/diff/documents.ts';
import type { Change } from '../../src/model/change.ts';
import type { AccessRule, AccessSet, Permission } from '../../src/model/document.ts';
import { access, CUSTOM, document, PRESSURE, rule, WEIGHT } from './support/documents.ts';

const TYPES = [WEIGHT, PRESSURE, CUSTOM];
const UNNAMED = '99999999-0000-0000-0000-000000000000';
const PERMISSIONS: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
const CHANNELS = ['online', 'offline'] as const;
const BOUNDS = ['2010-01-01', '2012-01-01', '2014-01-01'];
/** Instants before, on, between and after the bounds: no rule of this universe tells any others apart. */
const INSTANTS = ['2009', '2010', '2011', '2012', '2013', '2014', '2015'].map((year) =>
  Date.parse(`${year}-01-01T00:00:00Z`),
);
const NEXT_TO_BOUNDS = BOUNDS.flatMap((bound) => [Date.parse(bound) - 1, Date.parse(bound) + 1]);

const bound = fc.option(fc.constantFrom(...BOUNDS), { nil: null });
const accessSet: fc.Arbitrary<AccessSet> = fc.record({
  types: fc.subarray(TYPES),
  dates: fc.array(fc.record({ from: bound, to: bound }), { maxLength: 2 }),
});
const anyRule: fc.Arbitrary<AccessRule> = fc
  .record({
    requirement: fc.constantFrom('required' as const, 'optional' as const),
    permissions: fc.subarray([...PERMISSIONS], { minLength: 1 }),
    targets: fc.array(accessSet, { maxLength: 2 }),
    exceptions: fc.array(accessSet, { maxLength: 2 }),
    reasons: fc.constantFrom({}, { '': 'A' }, { '': 'B', 'de-DE': 'C' }),
    displayFlags: fc.integer({ min: 0, max: 7 }),
    name: fc.constantFrom(null, 'x', 'y'),
  })
  .map((facts) => rule(facts));
const rules = fc.array(anyRule, { maxLength: 4 });
const channels = fc.record({ online: rules, offline: rules });
type Channels = { readonly online: readonly AccessRule[]; readonly offline: readonly AccessRule[] };
const documentOf = ({ online, offline }: Channels) => document([access('online', online), access('offline', offline)]);

/** 0 none, 1 optional, 2 required: read off the rules one by one, for one type at one instant. */
function cell(list: readonly AccessRule[], permission: Permission, type: string, instant: number): number {
  const within = (sets: readonly AccessSet[]) =>
    sets.some(
      ({ types, dates }) =>
        (types.length === 0 || types.includes(type)) &&
        (dates.length === 0 ||
          dates.some(
            ({ from, to }) =>
              (from === null || Date.parse(from) <= instant) && (to === null || instant <= Date.parse(to)),
          )),
    );
  let found = 0;
  for (const { requirement, permissions, targets, exceptions } of list) {
    if (!permissions.includes(permission)) continue;
    if ((targets.length > 0 && !within(targets)) || within(exceptions)) continue;
    found = Math.max(found, requirement === 'required' ? 2 : 1);
  }
  return found;
}

const column = (list: readonly AccessRule[], permission: Permission, type: string) =>
  [...INSTANTS, ...NEXT_TO_BOUNDS].map((instant) => cell(list, permission, type, instant));
const accessOnly = (changes: readonly Change[]) => changes.filter((change) => change.access !== undefined);

test('every changed cell is reported with kind, requirement and direction, and no other', () => {
  fc.assert(
    fc.property(channels, channels, (base, head) => {
      const changes = accessOnly(diffDocuments(documentOf(base), documentOf(head)));
      for (const channel of CHANNELS) {
        for (const permission of PERMISSIONS) {
          const tuple = (typeId: string) =>
            changes.filter(
              ({ access: found }) =>
                found?.channel === channel && found.permission === permission && found.typeId === typeId,
            );
          const was = (type: string) => column(base[channel], permission, type);
          const is = (type: string) => column(head[channel], permission, type);
          const [everyBefore, everyAfter] = [was(UNNAMED), is(UNNAMED)];
          const [every] = tuple('*');
          expect(tuple('*').length).toBeLessThanOrEqual(1);
          const folded: string[] = [];
          for (const type of TYPES) {
            const [before, after] = [was(type), is(type)];
            const told = tuple(type);
            const differs = before.some((level, index) => level !== after[index]);
            const asEvery = String(before) === String(everyBefore) && String(after) === String(everyAfter);
            if (differs && !asEvery && told.length === 0) folded.push(type);
            if (!differs || asEvery) expect(told).toEqual([]);
            if (told.length > 0) expectTold(told, before, after);
          }
          // A type without a name of its own is an exception from all data, on both sides no stronger than that.
          for (const type of folded) {
            expect(every?.kind).toBe('modified');
            for (const [index, level] of was(type).entries())
              expect(level).toBeLessThanOrEqual(everyBefore[index] ?? 0);
            for (const [index, level] of is(type).entries()) expect(level).toBeLessThanOrEqual(everyAfter[index] ?? 0);
          }
          const changed = everyBefore.some((level, index) => level !== everyAfter[index]);
          expect(every !== undefined).toBe(changed || folded.length > 0);
          if (every !== undefined) {
            const cells = [UNNAMED, ...folded];
            expectTold([every], cells.flatMap(was), cells.flatMap(is), everyBefore, everyAfter);
          }
        }
      }
    }),
    { numRuns: 400 },
  );
});

function expectTold(
  told: readonly Change[],
  before: readonly number[],
  after: readonly number[],
  ownBefore = before,
  ownAfter = after,
): void {
  const [change] = told;
  const [was, is] = [Math.max(...ownBefore), Math.max(...ownAfter)];
  const up = after.some((level, index) => level > (before[index] ?? 0));
  expect(told).toHaveLength(1);
  expect(change?.kind).toBe(was === 0 ? 'added' : is === 0 ? 'removed' : 'modified');
  expect(change?.effect).toBe(up ? 'widens' : 'narrows');
  expect(change?.access?.requirement).toBe((is === 0 ? was : is) === 2 ? 'required' : 'optional');
  const previous = was === 0 || is === 0 || was === is ? undefined : was === 2 ? 'required' : 'optional';
  expect(change?.access?.previousRequirement).toBe(previous);
  const gainsRequired = after.some((level, index) => level === 2 && (before[index] ?? 0) < 2);
  if (gainsRequired || (up && change?.access?.channel === 'offline')) {
    expect(
      ['asks-for-consent', 'moved-from-offline'].filter((trait) => change?.traits.includes(trait as never)),
    ).toHaveLength(1);
  }
}

test('access moved from offline was offline before, with equal strength, and is gone', () => {
  fc.assert(
    fc.property(channels, channels, (base, head) => {
      for (const change of accessOnly(diffDocuments(documentOf(base), documentOf(head)))) {
        const tuple = change.access;
        if (tuple === undefined || !change.traits.includes('moved-from-offline')) continue;
        expect(tuple.channel).toBe('online');
        const type = tuple.typeId === '*' ? UNNAMED : tuple.typeId;
        const before = column(base.online, tuple.permission, type);
        const after = column(head.online, tuple.permission, type);
        const offlineBefore = column(base.offline, tuple.permission, type);
        const offlineAfter = column(head.offline, tuple.permission, type);
        for (const [index, level] of after.entries()) {
          if (level <= (before[index] ?? 0)) continue;
          expect(offlineBefore[index]).toBeGreaterThanOrEqual(level);
          expect(offlineAfter[index]).toBe(0);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a document does not differ from itself', () => {
  fc.assert(fc.property(channels, (all) => expect(diffDocuments(documentOf(all), documentOf(all))).toEqual([])));
});

test('the order of rules, permissions, sets, types and dates is not a change', () => {
  const reversed = (list: readonly AccessRule[]) =>
    list.toReversed().map((one) => ({
      ...one,
      permissions: one.permissions.toReversed(),
      targets: one.targets.toReversed().map(turned),
      exceptions: one.exceptions.toReversed().map(turned),
    }));
  const turned = ({ types, dates }: AccessSet) => ({ types: types.toReversed(), dates: dates.toReversed() });
  fc.assert(
    fc.property(channels, ({ online, offline }) => {
      const other = { online: reversed(online), offline: reversed(offline) };
      expect(diffDocuments(documentOf({ online, offline }), documentOf(other))).toEqual([]);
    }),
  );
});

test('splitting and merging rules is not a change', () => {
  // A required rule's name belongs to the rule as a whole, so splits are looked at without names.
  const split = (list: readonly AccessRule[]) =>
    list.flatMap((one) =>
      one.permissions.flatMap((permission) =>
        one.targets.length === 0
          ? [{ ...one, permissions: [permission] }]
          : one.targets.map((target) => ({ ...one, permissions: [permission], targets: [target] })),
      ),
    );
  const nameless = (list: readonly AccessRule[]) => list.map((one) => ({ ...one, name: null }));
  fc.assert(
    fc.property(channels, (all) => {
      const whole = { online: nameless(all.online), offline: nameless(all.offline) };
      const parts = { online: split(whole.online), offline: split(whole.offline) };
      expect(diffDocuments(documentOf(whole), documentOf(parts))).toEqual([]);
      expect(diffDocuments(documentOf(parts), documentOf(whole))).toEqual([]);
    }),
  );
});

test('the reverse change is the mirror image', () => {
  const KIND = { added: 'removed', removed: 'added', modified: 'modified' } as const;
  const brief = (change: Change, mirrored: boolean) => {
    const both = change.detail?.includes('in another') === true;
    const turned = { widens: 'narrows', narrows: 'widens', neutral: 'neutral', unknown: 'unknown' } as const;
    const { access: tuple, before, after } = change;
    return JSON.stringify([
      tuple?.channel,
      tuple?.typeId,
      tuple?.permission,
      mirrored ? KIND[change.kind] : change.kind,
      mirrored && !both ? turned[change.effect] : change.effect,
      mirrored ? [after, before] : [before, after],
    ]);
  };
  fc.assert(
    fc.property(channels, channels, (a, b) => {
      const there = accessOnly(diffDocuments(documentOf(a), documentOf(b))).map((change) => brief(change, false));
      const back = accessOnly(diffDocuments(documentOf(b), documentOf(a))).map((change) => brief(change, true));
      expect(there.sort()).toEqual(back.sort());
    }),
  );
});

test('the same input gives the same bytes', () => {
  fc.assert(
    fc.property(channels, channels, (a, b) => {
      const once = JSON.stringify(diffDocuments(documentOf(a), documentOf(b)));
      expect(JSON.stringify(diffDocuments(documentOf(structuredClone(a)), documentOf(structuredClone(b))))).toBe(once);
    }),
    { numRuns: 50 },
  );
});
