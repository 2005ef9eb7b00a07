/** What rules say in addition to what they grant: whole changes of reasons, names and display flags, and what is none of them. */

import type { Change } from '../../src/model/change.ts';
import type { AccessRule, AccessSet } from '../../src/model/document.ts';
import { changesOf, here, was } from './support/changes.ts';
import { access, at, CUSTOM, document, on, PRESSURE, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const diff = (base: readonly AccessRule[], head: readonly AccessRule[]) =>
  diffDocuments(document([access('online', base)]), document([access('online', head)]));
const OPTIONAL = { requirement: 'optional' } as const;
const line = ({ setting, before, after, detail }: Change) => `${setting}: ${before} -> ${after} (${detail})`;

test('all texts of both channels are compared, each with its tuples', () => {
  const drawn = { ...OPTIONAL, permissions: ['Read', 'Create'] } as const;
  const kept = { name: 'all', reasons: { '': 'Keeps all.' }, permissions: ['Update'] } as const;
  const own = { reasons: { '': 'Its own.', fr: 'Le sien.' }, permissions: ['Delete', 'Read'] } as const;
  const base = document([
    access('online', [
      on([WEIGHT, PRESSURE], {
        ...drawn,
        name: 'chart',
        reasons: { '': 'Draws it.', 'de-DE': 'Zeichnet es.' },
        displayFlags: 1,
        at: at(10),
      }),
      on([], { ...kept, at: at(11) }),
      on([CUSTOM], { ...own, name: 'own', at: at(12) }),
    ]),
    access('offline', [on([CUSTOM], { reasons: { '': 'Stores it.' }, at: at(13) })]),
  ]);
  const head = document([
    access('online', [
      on([WEIGHT, PRESSURE], {
        ...drawn,
        name: 'graph',
        reasons: { '': 'Draws it well.', 'de-DE': 'Zeichnet es gut.' },
        displayFlags: 2,
        at: at(30),
      }),
      on([], { ...kept, displayFlags: 4, at: at(31) }),
      on([CUSTOM], { ...own, at: at(32) }),
    ]),
    access('offline', [on([CUSTOM], { reasons: { '': 'Keeps it.' }, at: at(33) })]),
  ]);
  const modified = { kind: 'modified', effect: 'neutral' } as const;
  const both = 'Create/Read Blood pressure, Create/Read Weight';
  const change = changesOf();
  expect(diffDocuments(base, head)).toEqual([
    change({
      setting: 'rule.display',
      ...modified,
      before: 'first-time',
      after: 'checked-first-time',
      traits: ['display-first-time'],
      detail: `Optional online access: ${both}.`,
      ...here(30),
      ...was(10),
    }),
    change({
      setting: 'rule.display',
      ...modified,
      before: 'none',
      after: 'checked-by-default',
      traits: ['display-required'],
      detail: 'Required online access: Update all data. Display flags affect only optional rules.',
      ...here(31),
      ...was(11),
    }),
    change({
      setting: 'rule.name',
      ...modified,
      before: 'chart',
      after: 'graph',
      detail: `Optional online rule for ${both}. Redirects and code can refer to optional rules by name.`,
      ...here(30),
      ...was(10),
    }),
    change({
      setting: 'rule.name',
      ...modified,
      before: 'own',
      after: '(no name)',
      detail: `Required online rule for Delete/Read ${CUSTOM}. Its content does not change.`,
      ...here(32),
      ...was(12),
    }),
    change({
      setting: 'rule.reason',
      ...modified,
      before: 'Draws it.',
      after: 'Draws it well.',
      detail: `online access: ${both}.`,
      ...here(30),
      ...was(10),
    }),
    change({
      setting: 'rule.reason',
      ...modified,
      before: 'Stores it.',
      after: 'Keeps it.',
      detail: `offline access: Read ${CUSTOM}.`,
      ...here(33),
      ...was(13),
    }),
    change({
      setting: 'rule.reason@de-DE',
      ...modified,
      before: 'Zeichnet es.',
      after: 'Zeichnet es gut.',
      detail: `online access: ${both}.`,
      ...here(30),
      ...was(10),
    }),
  ]);
});

describe('several rules for one tuple', () => {
  const why = (...reasons: readonly string[]) => reasons.map((reason) => on([WEIGHT], { reasons: { '': reason } }));

  test('have all their texts, in one order', () => {
    expect(diff(why('B', 'A'), why('A', 'B'))).toEqual([]);
    expect(diff(why('B', 'A'), why('C', 'A')).map(line)).toEqual([
      'rule.reason: A | B -> A | C (online access: Read Weight.)',
    ]);
    expect(diff(why('A'), why('A', 'A'))).toEqual([]);
    expect(diff(why('A', 'B'), why('A')).map(line)).toEqual(['rule.reason: A | B -> A (online access: Read Weight.)']);
  });

  test('have all their names, in one order', () => {
    const named = (...names: readonly (string | null)[]) => names.map((name) => on([WEIGHT], { ...OPTIONAL, name }));
    expect(diff(named('b', 'a'), named('c', null, 'a')).map(({ before, after }) => [before, after])).toEqual([
      ['a | b', '(no name) | a | c'],
    ]);
    expect(diff(named('b', null), named(null, 'b'))).toEqual([]);
    const required = (...names: readonly (string | null)[]) => names.map((name) => on([WEIGHT], { name }));
    expect(diff(required('b', 'a'), required('c', 'b')).map(({ before, after }) => [before, after])).toEqual([
      ['a | b', 'b | c'],
    ]);
  });

  test('that change to the same texts in any order are one change', () => {
    const of = (type: string, ...reasons: readonly string[]) =>
      reasons.map((reason) => on([type], { reasons: { '': reason } }));
    expect(
      diff(
        [...of(WEIGHT, 'A', 'B'), ...of(PRESSURE, 'B', 'A')],
        [...of(WEIGHT, 'D', 'C'), ...of(PRESSURE, 'C', 'D')],
      ).map(line),
    ).toEqual(['rule.reason: A | B -> C | D (online access: Read Blood pressure, Read Weight.)']);
  });

  test('that change to other texts are separate changes', () => {
    const of = (type: string, reason: string) => on([type], { reasons: { '': reason, fr: reason } });
    const changes = (...pairs: readonly (readonly [string, string, string])[]) =>
      diff(
        pairs.map(([type, before]) => of(type, before)),
        pairs.map(([type, , after]) => of(type, after)),
      ).map(line);
    expect(changes([WEIGHT, 'A', 'B'], [PRESSURE, 'A', 'C'])).toEqual([
      'rule.reason: A -> B (online access: Read Weight.)',
      'rule.reason: A -> C (online access: Read Blood pressure.)',
      'rule.reason@fr: A -> B (online access: Read Weight.)',
      'rule.reason@fr: A -> C (online access: Read Blood pressure.)',
    ]);
    expect(changes([WEIGHT, 'A', 'C'], [PRESSURE, 'B', 'C'])).toHaveLength(4);
  });
});

describe('a rule that covers all data', () => {
  const why = (reason: string, targets: readonly AccessSet[]) =>
    on([WEIGHT], { targets, reasons: { '': reason }, permissions: ['Read'] });

  test.each<[string, readonly AccessSet[], string]>([
    ['permanently', [], 'Read all data'],
    ['for some dates', [{ types: [], dates: [{ from: '2010-01-01', to: null }] }], 'Read all data'],
    [
      'beside a type that it names',
      [
        { types: [WEIGHT], dates: [] },
        { types: [], dates: [] },
      ],
      'Read Weight, Read all data',
    ],
  ])('%s has a reason for it', (_name, targets, tuples) =>
    expect(diff([why('A', targets)], [why('B', targets)]).map(line)).toEqual([
      `rule.reason: A -> B (online access: ${tuples}.)`,
    ]),
  );
});

test.each([
  [7, /^online access: (Read \S+, ){6}Read \S+\.$/],
  [8, /^online access: (Read \S+, ){7}Read \S+\.$/],
  [9, /^online access: (Read \S+, ){7}Read \S+ and 1 more\.$/],
])('%d types are named, up to eight', (count, detail) => {
  const types = Array.from({ length: count }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
  const [change] = diff([on(types, { reasons: { '': 'A' } })], [on(types, { reasons: { '': 'B' } })]);
  expect(change?.detail).toMatch(detail);
});

describe('a required rule is only renamed', () => {
  const named = (name: string, facts: Partial<AccessRule> = {}) => [on([WEIGHT, PRESSURE], { name, ...facts })];
  const dates = (...written: readonly (readonly [string | null, string | null])[]) =>
    written.map(([from, to]) => ({ from, to }));
  const target = (types: readonly string[], ...written: readonly (readonly [string | null, string | null])[]) => ({
    types,
    dates: dates(...written),
  });
  const names = (changes: readonly Change[]) => changes.filter(({ setting }) => setting === 'rule.name').length;

  test.each<[string, Partial<AccessRule>, Partial<AccessRule>]>([
    ['its types', { targets: [target([WEIGHT, PRESSURE])] }, { targets: [target([PRESSURE, WEIGHT])] }],
    [
      'its target-sets',
      { targets: [target([WEIGHT]), target([PRESSURE])] },
      { targets: [target([PRESSURE]), target([WEIGHT])] },
    ],
    [
      'its dates',
      { targets: [target([WEIGHT], [null, '2010-01-01'], ['2012-01-01', null])] },
      { targets: [target([WEIGHT], ['2012-01-01', null], [null, '2010-01-01'])] },
    ],
    [
      'the excluded parts',
      { exceptions: [target([WEIGHT, PRESSURE], ['2010-01-01', null]), target([CUSTOM])] },
      { exceptions: [target([CUSTOM]), target([PRESSURE, WEIGHT], ['2010-01-01', null])] },
    ],
    ['its permissions', { permissions: ['Read', 'Create'] }, { permissions: ['Create', 'Read'] }],
    ['its reasons', { reasons: { '': 'A', fr: 'B', de: 'C' } }, { reasons: { de: 'C', '': 'A', fr: 'B' } }],
  ])('when just the order of %s differs', (_name, base, head) =>
    expect(diff(named('a', base), named('b', head)).map(({ setting }) => setting)).toEqual(['rule.name']),
  );

  test.each<[string, Partial<AccessRule>, Partial<AccessRule>]>([
    ['types', {}, { targets: [target([WEIGHT])] }],
    [
      'types of one set',
      { targets: [target([WEIGHT, PRESSURE])] },
      { targets: [target([WEIGHT]), target([PRESSURE])] },
    ],
    [
      'dates',
      { targets: [target([WEIGHT], ['2010-01-01', null])] },
      { targets: [target([WEIGHT], ['2011-01-01', null])] },
    ],
    [
      'the end of dates',
      { targets: [target([WEIGHT], ['2010-01-01', null])] },
      { targets: [target([WEIGHT], ['2010-01-01', '2011-01-01'])] },
    ],
    ['the excluded parts', {}, { exceptions: [target([CUSTOM])] }],
    ['the excluded types', { exceptions: [target([CUSTOM])] }, { exceptions: [target([WEIGHT])] }],
    [
      'the excluded dates',
      { exceptions: [target([CUSTOM])] },
      { exceptions: [target([CUSTOM], ['2010-01-01', null])] },
    ],
    ['permissions', {}, { permissions: ['Read', 'Create'] }],
    ['a reason', { reasons: { '': 'A' } }, { reasons: { '': 'B' } }],
    ['the culture of a reason', { reasons: { fr: 'A' } }, { reasons: { de: 'A' } }],
    ['display flags', {}, { displayFlags: 1 }],
    ['the requirement', {}, OPTIONAL],
  ])('and more when %s change', (_name, base, head) => {
    expect(names(diff(named('a', base), named('b', head)))).toBe(0);
    expect(names(diff(named('a', base), named('b', base)))).toBe(1);
  });
});
