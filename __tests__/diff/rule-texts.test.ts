import type { AccessRule } from '../../src/model/document.ts';
import { access, at, CUSTOM, document, on, PRESSURE, WEIGHT } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const online = (...rules: AccessRule[]) => document([access('online', rules)]);
const brief = (base: AccessRule[], head: AccessRule[]) =>
  diffDocuments(online(...base), online(...head)).map(
    ({ setting, kind, effect, before, after, traits }) =>
      `${kind} ${effect}: ${setting}: ${before} -> ${after} [${traits.join()}]`,
  );
const why = (reason: string, more: Record<string, string> = {}) => ({ reasons: { '': reason, ...more } });
const optional = (name: string | null, facts: Partial<AccessRule> = {}) =>
  on([WEIGHT], { requirement: 'optional', name, ...facts });

describe('a reason', () => {
  test('is one change for all tuples of a rule', () => {
    const types = [WEIGHT, PRESSURE];
    const changes = diffDocuments(
      online(on(types, { ...why('Draws it.'), permissions: ['Read', 'Create'] })),
      online(on(types, { ...why('Draws it well.'), permissions: ['Read', 'Create'], at: at(40) })),
    );
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      setting: 'rule.reason',
      before: 'Draws it.',
      after: 'Draws it well.',
      location: { side: 'head', line: 40 },
      baseLocation: { line: 10 },
      detail: 'online access: Create/Read Blood pressure, Create/Read Weight.',
    });
  });

  test.each([
    ['gets another culture', why('A'), why('A', { 'de-DE': 'B' }), ['added neutral: rule.reason@de-DE: null -> B []']],
    ['loses a culture', why('A', { 'de-DE': 'B' }), why('A'), ['removed neutral: rule.reason@de-DE: B -> null []']],
    [
      'changes in one culture',
      why('A', { fr: 'B' }),
      why('A', { fr: 'C' }),
      ['modified neutral: rule.reason@fr: B -> C []'],
    ],
    ['remains the same', why('A'), why('A'), []],
  ])('%s', (_name, base, head, expected) =>
    expect(brief([on([WEIGHT], base)], [on([WEIGHT], head)])).toEqual(expected),
  );

  test('of a type that moves to another one is reported, but not of a new type', () => {
    const base = [on([WEIGHT, PRESSURE], why('A'))];
    expect(brief(base, [on([WEIGHT], why('A')), on([PRESSURE], why('B'))])).toEqual([
      'modified neutral: rule.reason: A -> B []',
    ]);
    expect(brief([on([WEIGHT], why('A'))], [on([WEIGHT], why('A')), on([CUSTOM], why('B'))])).toHaveLength(1);
  });

  test('with a long list of tuples is shortened and counted', () => {
    const types = Array.from({ length: 12 }, (_, index) => `00000000-0000-4000-8000-0000000000${index + 10}`);
    const [change] = diffDocuments(online(on(types, why('A'))), online(on(types, why('B'))));
    expect(change?.detail).toMatch(/0{10}17 and 4 more\.$/);
  });
});

describe('the name', () => {
  test('of an optional rule is reported, because code can use it', () => {
    expect(brief([optional('bp')], [optional('pressure')])).toEqual(['modified neutral: rule.name: bp -> pressure []']);
    expect(brief([optional('bp')], [optional(null)])).toEqual(['modified neutral: rule.name: bp -> (no name) []']);
  });

  test('of a required rule is reported only when nothing else of it changes', () => {
    const named = (name: string, types = [WEIGHT]) => on(types, { name });
    const changes = diffDocuments(online(named('a')), online(named('b')));
    expect(changes).toMatchObject([{ setting: 'rule.name', before: 'a', after: 'b' }]);
    expect(changes[0]?.detail).toContain('Read Weight');
    expect(brief([named('a', [WEIGHT, PRESSURE])], [named('b'), named('c', [PRESSURE])])).toEqual([]);
    expect(brief([named('a'), named('b', [PRESSURE])], [named('c', [PRESSURE, WEIGHT])])).toEqual([]);
  });
});

describe('display flags', () => {
  test.each([
    [0, 1, ['modified neutral: rule.display: none -> first-time [display-first-time]']],
    [1, 3, ['modified neutral: rule.display: first-time -> first-time, checked-first-time [display-first-time]']],
    [1, 5, ['modified neutral: rule.display: first-time -> first-time, checked-by-default []']],
    [4, 0, ['modified neutral: rule.display: checked-by-default -> none []']],
    [0, 24, ['modified neutral: rule.display: none -> 24 []']],
    [3, 3, []],
  ])('of an optional rule change from %d to %d', (before, after, expected) =>
    expect(brief([optional(null, { displayFlags: before })], [optional(null, { displayFlags: after })])).toEqual(
      expected,
    ),
  );

  test('of a required rule have no effect', () => {
    expect(brief([on([WEIGHT])], [on([WEIGHT], { displayFlags: 1 })])).toEqual([
      'modified neutral: rule.display: none -> first-time [display-required]',
    ]);
  });
});

test('splitting, merging and reordering equal rules is not a change', () => {
  const said = { ...why('A', { 'de-DE': 'B' }), displayFlags: 3, requirement: 'optional', name: 'x' } as const;
  const split = [on([PRESSURE], said), on([WEIGHT], said)];
  expect(brief([on([WEIGHT, PRESSURE], said)], split)).toEqual([]);
  expect(brief(split, [on([WEIGHT, PRESSURE], said)])).toEqual([]);
});

test('many cultures in many rules are compared in time', () => {
  const many = (word: string) =>
    Array.from({ length: 4_000 }, (_, index) =>
      on([`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`], { reasons: { [`x-${index}`]: word } }),
    );
  expect(brief(many('A'), many('B'))).toHaveLength(4_000);
});
