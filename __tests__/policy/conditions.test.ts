/** What a condition asks of a change, facet by facet: the changes it meets, and those it nearly meets. */
import type { Policy } from '../../src/model/policy.ts';
import { classifyChange, removeCulture } from '../../src/policy/match.ts';
import { change, type Facts } from './built-in.ts';
import { expectEach, over, problemsOver, SMALL_MEANS } from './small-policies.ts';

const policyWith = (when: string): Policy =>
  over(SMALL_MEANS, `rules: { asked: { when: ${when}, category: quiet, reason: x } }`);
const BLOOD_PRESSURE = 'ca3c57f4-f4c1-4e15-be67-0a3caf5414ed';
const WEIGHT = '3d34d87e-7fc1-4153-800f-f56592cb0d17';

/** A condition -> changes that it meets, and changes that it nearly meets. */
const CONDITIONS: readonly (readonly [when: string, met: readonly Facts[], not: readonly Facts[]])[] = [
  ['{ kind: added }', [{ kind: 'added' }], [{ kind: 'removed' }, { kind: 'modified' }]],
  ['{ kind: [added, removed] }', [{ kind: 'added' }, { kind: 'removed' }], [{ kind: 'modified' }]],
  ['{ effect: widens }', [{ effect: 'widens' }], [{ effect: 'narrows' }, { effect: 'unknown' }]],
  ['{ channel: offline }', [{ access: { channel: 'offline' } }], [{ access: { channel: 'online' } }, {}]],
  ['{ requirement: optional }', [{ access: { requirement: 'optional' } }], [{ access: {} }, {}]],
  [
    '{ permission: [Delete, Update] }',
    [{ access: { permission: 'Update' } }],
    [{ access: { permission: 'Read' } }, {}],
  ],
  [
    '{ type: Weight }',
    [{ access: { typeId: WEIGHT } }],
    [{ access: { typeId: BLOOD_PRESSURE } }, { access: { typeId: '*' } }, {}],
  ],
  ['{ type: "*" }', [{ access: { typeId: '*' } }], [{ access: { typeId: WEIGHT } }, {}]],
  ['{ environment: ppe }', [{ document: { environment: 'ppe' } }], [{ document: { environment: 'mixed' } }]],
  ['{ format: dotnet-config }', [{ document: { format: 'dotnet-config' } }], [{ document: { format: 'dotnet' } }]],
  ['{ role: client }', [{ document: { role: 'client' } }], [{ document: { role: 'registered' } }]],
  ['{ state: [first, removed] }', [{ document: { state: 'removed' } }], [{ document: { state: 'existing' } }]],
  [
    '{ trait: [overridden, unresolved] }',
    [{ traits: ['unresolved'] }, { traits: ['overridden'] }, { traits: ['host-changed', 'overridden'] }],
    [{ traits: [] }, { traits: ['host-changed'] }],
  ],
  [
    '{ without-trait: [overridden, unresolved] }',
    [{ traits: [] }, { traits: ['host-changed'] }],
    [{ traits: ['unresolved'] }, { traits: ['host-changed', 'overridden'] }],
  ],
  [
    '{ before: "a*" }',
    [{ before: 'Abc' }, { before: 'a' }],
    [{ before: 'bac' }, { before: null }, { before: 'b', after: 'a' }],
  ],
  ['{ after: [3, false] }', [{ after: '3' }, { after: 'FALSE' }], [{ after: '33' }, { after: null }, { before: '3' }]],
  ['{ after: [1.10, 0x1f] }', [{ after: '1.10' }, { after: '0x1F' }], [{ after: '1.1' }, { after: '31' }]],
  ['{ before: "" }', [{ before: '' }], [{ before: 'a' }, { before: null }]],
  ['{ file: "src/*.config" }', [{ file: 'SRC/Web.config' }], [{ file: 'src/a/web.config' }, { file: 'web.config' }]],
  [
    '{ setting: [name, logo.*] }',
    [{ setting: 'name@de' }, { setting: 'LOGO.large' }],
    [{ setting: 'names' }, { setting: 'logo' }],
  ],
  ['{ setting: name, kind: added }', [{ setting: 'name', kind: 'added' }], [{ setting: 'name' }, { kind: 'added' }]],
  ['[{ setting: name }, { kind: added }]', [{ setting: 'name' }, { kind: 'added' }], [{}]],
];

test('a condition matches what it requires in every facet, and nothing similar', () => {
  for (const [when, met, not] of CONDITIONS) {
    const policy = policyWith(when);
    const ruleOf = (facts: Facts): string => classifyChange(policy, change(facts)).rule.id;
    expect([when, met.map(ruleOf), not.map(ruleOf)]).toEqual([when, met.map(() => 'asked'), not.map(() => 'rest')]);
  }
});

/** The name of a data type -> the types that a condition asks for by it. */
const TYPES: readonly (readonly [name: string, ids: readonly string[]])[] = [
  ['Weight', [WEIGHT]],
  ['WEIGHT v1', [WEIGHT]],
  ['Exercise', ['85a21ddb-db20-4c65-8d30-33c899ccf612']],
  ['exercise v2', ['85a21ddb-db20-4c65-8d30-33c899ccf612']],
  ['Cholesterol', ['98f76958-e34f-459b-a760-83c1699add38', '796c186f-b874-471c-8468-3eeff73bf66e']],
  ['Cholesterol v1', ['796c186f-b874-471c-8468-3eeff73bf66e']],
  [
    'Family history',
    [
      '4a04fcc8-19c1-4d59-a8c7-2031a03f21de',
      '6d39f894-f7ac-4fce-ac78-b22693bf96e6',
      '22826e13-41e1-4ba3-8447-37dadd208fd8',
    ],
  ],
  ['Family history v3', ['4a04fcc8-19c1-4d59-a8c7-2031a03f21de']],
  ['*', ['*']],
  ['01234567-89AB-CDEF-0123-456789abcdef', ['01234567-89ab-cdef-0123-456789abcdef']],
];

test('the name of a data type matches all its versions, the newest first, and a version matches itself', () => {
  expectEach(TYPES, (name) => policyWith(`{ type: "${name}" }`).rules[0]?.when[0]?.type ?? []);
  const names = TYPES.map(([name]) => `"${name}"`).join(', ');
  expect(policyWith(`{ type: [${names}] }`).rules[0]?.when).toEqual([{ type: TYPES.flatMap(([, ids]) => ids) }]);
});

test('a text that is neither the name of a data type nor a GUID is rejected', () => {
  const unknown = (name: string, hint: string): readonly (readonly [string, readonly string[]])[] =>
    [
      [`"${name}"`, '2:34'],
      [`[Weight, "${name}"]`, '2:43'],
    ].map(([type, place]) => [
      `rules: { asked: { when: [{ type: ${type} }], category: quiet, reason: x } }`,
      [`${place} policy-unknown-type: "${name}" is not the name of a published data type or a GUID.${hint}`],
    ]);
  expectEach(
    [
      ...unknown('Exercise v1', ' Did you mean Exercise?'),
      ...unknown('Cholesterol v3', ' Did you mean Cholesterol?'),
      ...unknown('Wieght', ' Did you mean Weight?'),
      ...unknown('01234567-89ab-cdef-0123-456789abcde', ''),
      ...unknown('01234567-89ab-cdef-0123-456789abcdef0', ''),
      ...unknown('0123456789abcdef0123456789abcdef', ''),
      ...unknown('{01234567-89ab-cdef-0123-456789abcdef}', ''),
      ...unknown('g1234567-89ab-cdef-0123-456789abcdef', ''),
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a setting is matched without its culture', () => {
  expectEach(
    [
      ['name', 'name'],
      ['name@de-DE', 'name'],
      ['client.runtime.a@b@c', 'client.runtime.a'],
      ['@de-DE', ''],
    ],
    removeCulture,
  );
});

test('the switch applies to additional categories, and none is named twice', () => {
  const when = 'when: { setting: name }, reason: x';
  const policy = over(
    { ...SMALL_MEANS, consentWidening: 'quiet' },
    `rules:
  asked: { ${when}, category: consent-widening, also: [review, consent-widening, quiet, review] }
  besides: { ${when.replace('name', 'methods')}, category: review, also: [consent-widening, review, quiet] }
`,
  );
  expectEach(
    [
      ['name', 'quiet, review'],
      ['methods', 'review, quiet'],
      ['app-id', 'review'],
    ],
    (setting) => {
      const { category, also } = classifyChange(policy, change({ setting }));
      return [category, ...also].join(', ');
    },
  );
});

test('an unvalidated policy uses its last rule, and is rejected without one', () => {
  const policy = policyWith('{ kind: added }');
  const cut = { ...policy, rules: policy.rules.slice(0, 1) };
  expect(classifyChange(cut, change({ kind: 'removed' })).rule.id).toBe('asked');
  const empty = { ...policy, rules: [] };
  expect(() => classifyChange(empty, change({}))).toThrow('a policy without rules was not validated');
});
