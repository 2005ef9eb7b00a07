/** Conditions on other settings, on what a value is and covers, and on the day of the evaluation. */

import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import { describeCondition } from '../src/policy/conditions/words.ts';
import { readPolicy } from '../src/policy/load.ts';
import { listChanges } from './support/review-files.ts';

const DOCUMENTS = `documents:
  - files: ['**/manifest.json']
    format: json
    settings:
      permissions: { path: $.permissions, type: set, grants: true }
      hosts: { path: $.hosts, type: set, grants: true }
      level: { path: $.level, type: text }
      health: { path: $.health, type: any }
      purpose.*: { path: '$.purpose.*', type: any }
      rest.*: { path: '$.*', type: any }
`;
const policyWith = (rules: string, more = ''): string => `name: own
title: Own
watch: []
categories:
  unknown: { title: Unknown, label: unknown/ok, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  none: { title: None, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: {}
${more}${DOCUMENTS}rules:
${rules}
  rest: { when: anything, category: unknown, reason: Nobody knows. }
`;
const rule = (when: string): string => policyWith(`  meant: { when: ${when}, category: unknown, reason: Meant. }`);
const FILE = 'app/manifest.json';

/** The rules that decide the changes of one file. */
async function rulesOf(policy: string, before: object, after: object, now?: string): Promise<readonly string[]> {
  const [base, head] = [before, after].map((file) => ({ [FILE]: JSON.stringify(file) }));
  const changes = await listChanges(policy, base ?? {}, head ?? {}, now);
  return changes.map((line) => line.split(' ', 1)[0] ?? '');
}

describe('a condition on another setting', () => {
  test('excuses a change that the setting covers at the base', async () => {
    const tabs = rule(
      "{ setting: permissions, kind: added, after: tabs, unless: { setting: [permissions, hosts], at: base, is: '<all_urls>' } }",
    );
    const head = { permissions: ['tabs'], hosts: ['<all_urls>'] };
    expect(await rulesOf(tabs, { hosts: ['<all_urls>'] }, head)).toEqual(['rest']);
    expect(await rulesOf(tabs, { hosts: ['https://a.example/*'] }, head)).toContain('meant');
    expect(await rulesOf(tabs, {}, { permissions: ['tabs'] })).toEqual(['meant']);
  });

  test('can require that a setting is missing at the head', async () => {
    const health = rule(
      '[{ setting: health, after: true, unless: { setting: purpose.share } }, { setting: health, after: true, unless: { setting: purpose.update } }]',
    );
    const ask = (purpose: object) => rulesOf(health, {}, { health: true, purpose });
    expect(await ask({ share: 'x', update: 'y' })).not.toContain('meant');
    expect(await ask({ share: 'x' })).toContain('meant');
    expect(await ask({})).toContain('meant');
  });

  test('can require a setting with all given entries', async () => {
    const pair = rule(
      '{ setting: permissions, after: write, given: [{ setting: permissions, at: base, is: read }, { setting: level, at-least: 3 }] }',
    );
    const ask = (level: unknown, before: string[]) =>
      rulesOf(pair, { level, permissions: before }, { level, permissions: [...before, 'write'] });
    expect(await ask(3, ['read'])).toEqual(['meant']);
    expect(await ask('3', ['read', 'other'])).toEqual(['meant']);
    expect(await ask(2, ['read'])).toEqual(['rest']);
    expect(await ask(3, ['other'])).toEqual(['rest']);
  });

  test('treats an empty list as missing', async () => {
    const first = rule('{ setting: permissions, unless: { setting: permissions, at: base } }');
    expect(await rulesOf(first, { permissions: [] }, { permissions: ['a'] })).toEqual(['meant']);
    expect(await rulesOf(first, { permissions: ['b'] }, { permissions: ['a', 'b'] })).toEqual(['rest']);
  });
});

describe('a condition on all documents of the pull request', () => {
  const moved = rule(
    '{ setting: permissions, kind: added, unless: { setting: permissions, at: base, within: pull-request, covers: value } }',
  );
  const file = (...permissions: string[]): string => JSON.stringify({ permissions });
  const other = 'lib/manifest.json';

  test('finds a value that moved from another file', async () => {
    const base = { [FILE]: file('a', 'b'), [other]: file('c') };
    expect(await listChanges(moved, base, { [FILE]: file('a'), [other]: file('c', 'b') })).toEqual([
      'rest permissions removed -b',
      'rest permissions added +b',
    ]);
    expect(await listChanges(moved, base, { [FILE]: file('a'), [other]: file('c', 'd') })).toContain(
      'meant permissions added +d',
    );
  });

  test('is limited to one document by default', async () => {
    const alone = moved.replace(', within: pull-request', '');
    const base = { [FILE]: file('a', 'b'), [other]: file('c') };
    expect(await listChanges(alone, base, { [FILE]: file('a'), [other]: file('c', 'b') })).toContain(
      'meant permissions added +b',
    );
  });
});

describe('the coverage', () => {
  const ask = async (kind: string, before: readonly string[], added: string): Promise<boolean> => {
    const policy = rule(`{ setting: hosts, kind: added, unless: { setting: hosts, at: base, covers: ${kind} } }`);
    return (await rulesOf(policy, { hosts: before }, { hosts: [...before, added] })).includes('rest');
  };

  test.each([
    [['*://*.example.com/*'], 'https://a.example.com/*', true],
    [['*://*.example.com/*'], '*://example.com/docs/*', true],
    [['*://*.example.com/*'], '*://*.b.example.com/*', true],
    [['*://*.example.com/*'], 'https://badexample.com/*', false],
    [['https://example.com/*'], '*://example.com/*', false],
    [
      ['https://example.com/*', 'http://example.com/*', 'ws://example.com/*', 'wss://example.com/*'],
      '*://example.com/*',
      true,
    ],
    [['https://example.com/a*'], 'https://example.com/ab', true],
    [['https://example.com/a*'], 'https://example.com/A', false],
    [['https://example.com/*/x'], 'https://example.com/y/x', false],
    [['https://a.example.com/*'], 'https://*.example.com/*', false],
    [['*://*/*'], '<all_urls>', false],
    [['<all_urls>'], 'file:///*', true],
    [['<all_urls>'], '*://*/*', true],
    [['https://localhost/*'], 'https://localhost:8080/*', true],
    [['https://localhost:8080/*'], 'https://localhost/*', false],
    [['<all_urls>'], 'tabs', false],
    [['https://EXAMPLE.com/*'], 'https://example.com/*', true],
  ])('of match patterns %p and %s is %p', async (before, added, expected) =>
    expect(await ask('match-pattern', before, added)).toBe(expected),
  );

  test.each([
    [['https://example.com/a'], '*://example.com/*', true],
    [['*://*/*'], 'ftp://example.com/*', true],
    [['*://*/*'], 'file:///*', false],
    [['https://example.com/*'], 'https://a.example.com/*', false],
    [['system.cpu'], 'downloads.open', false],
  ])('of hosts %p and %s is %p', async (before, added, expected) =>
    expect(await ask('host', before, added)).toBe(expected),
  );
});

describe('a comparison', () => {
  const holds = async (test: string, value: unknown): Promise<boolean> =>
    (await rulesOf(rule(`{ setting: level, value: ${test} }`), {}, { level: value })).includes('meant');

  test.each([
    ['{ below: 36 }', 35, true],
    ['{ below: 36 }', '35', true],
    ['{ below: 36 }', 36, false],
    ['{ below: 36 }', '35.5', true],
    ['{ below: 36 }', 'S', false],
    ['{ at-least: 36 }', 'S', false],
    ['{ at-least: 9007199254740993 }', '9007199254740992', false],
    ['{ at-least: 36 }', '9'.repeat(101), false],
    ['{ at-least: 2.10.0 }', '2.9.1', false],
    ['{ at-least: 2.10.0 }', '2.10', true],
    ['{ at-least: 1.10, as: version }', '1.9', false],
    ['{ at-least: 1.10, as: number }', '1.9', true],
    ["{ below: '2026-08-31' }", '2026-08-30T10:00:00Z', true],
    ["{ below: '2026-08-31' }", '2026-08-31', false],
    ["{ below: '2026-08-31' }", '2025', false],
    ['{ at-least: 30, below: 34 }', 33, true],
    ['{ at-least: 30, below: 34 }', 34, false],
  ])('%s of %p is %p', async (test, value, expected) => expect(await holds(test, value)).toBe(expected));

  test('evaluates a removed value as it was', async () => {
    expect(await rulesOf(rule('{ setting: level, value: { below: 36 } }'), { level: 35 }, {})).toContain('meant');
  });
});

test('the day of the evaluation is a day in the time zone of the office', async () => {
  const policy = policyWith(
    `  late: { when: { setting: level, value: { below: 36 }, from: '2026-08-31' }, category: unknown, reason: Too low. }
  early: { when: { setting: level, value: { below: 36 }, until: '2026-08-30' }, category: none, reason: Still taken. }`,
    "office: { time-zone: America/Los_Angeles, opens: '09:00', closes: '17:00' }\n",
  );
  const ask = (now: string) => rulesOf(policy, { level: 34 }, { level: 35 }, now);
  expect(await ask('2026-08-30T23:00:00Z')).toEqual(['early']);
  expect(await ask('2026-08-31T06:59:00Z')).toEqual(['early']);
  expect(await ask('2026-08-31T07:00:00Z')).toEqual(['late']);
});

describe('a named list', () => {
  const LISTS = 'lists: { sensitive: [tabs, "*.history"], ours: [1.10] }\n';
  const policy = policyWith(
    '  meant: { when: { setting: permissions, value: { in: sensitive } }, category: unknown, reason: Meant. }',
    LISTS,
  );

  test('can contain the changed value', async () => {
    expect(await rulesOf(policy, {}, { permissions: ['tabs'] })).toEqual(['meant']);
    expect(await rulesOf(policy, {}, { permissions: ['read.history'] })).toEqual(['meant']);
    expect(await rulesOf(policy, {}, { permissions: ['history'] })).toEqual(['rest']);
  });

  test('can contain other settings', async () => {
    const other = policy.replace('value: { in: sensitive }', 'given: { setting: rest.more, in: [sensitive, ours] }');
    expect(await rulesOf(other, {}, { permissions: ['a'], more: 'tabs' })).toContain('meant');
    expect(await rulesOf(other, {}, { permissions: ['a'], more: '1.1' })).not.toContain('meant');
    expect(await rulesOf(other, {}, { permissions: ['a'], more: '1.10' })).toContain('meant');
  });
});

test('conditions are explained as sentences', async () => {
  const written = `[
    { setting: level, value: { below: 36, at-least: 2 }, given: { setting: hosts, at: base, covers: host } },
    { setting: hosts, kind: added, value: { in: few }, unless: [{ setting: level }, { setting: [hosts, permissions], within: pull-request, is: all }] },
    { setting: level, from: '2026-08-31', until: '2026-12-31' }]`;
  const result = readPolicy(
    policyWith(`  meant: { when: ${written}, category: unknown, reason: Meant. }`, 'lists: { few: [a] }\n'),
    'policy.yml',
    new Map(),
  );
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  expect(result.policy.rules[0]?.when.map(describeCondition)).toEqual([
    'the setting is level, and the changed value is below 36 and is at least 2, and hosts has a host that covers the changed value at base',
    'the setting is hosts, and the change is added, and the changed value is in the list few, and unless level has a value at head, and unless hosts or permissions is all at head in any document',
    'the setting is level, and the day is 2026-08-31 or later, and the day is 2026-12-31 or earlier',
  ]);
});

describe('an invalid condition', () => {
  const problemsOf = async (text: string): Promise<readonly string[]> => {
    const result = readPolicy(text, 'policy.yml', await readBuiltInPolicies());
    return 'problems' in result ? result.problems.map(({ id, place }) => `${id} ${place.line}`) : [];
  };

  test.each([
    ['{ setting: level, value: { in: nowhere } }', 'policy-unknown-name'],
    ['{ setting: level, value: { below: 1.10 } }', 'policy-bound-kind'],
    ['{ setting: level, value: { below: many } }', 'policy-bound-kind'],
    ['{ setting: level, value: { below: many, as: version } }', 'policy-bound-form'],
    ['{ setting: level, value: { is: a, as: version } }', 'policy-missing-key'],
    ['{ setting: level, value: {} }', 'policy-empty'],
    ['{ setting: level, given: [] }', 'policy-empty'],
    ['{ setting: level, given: { at: base } }', 'policy-missing-key'],
    ['{ setting: level, given: { setting: levle } }', 'policy-unknown-setting'],
    ['{ setting: level, unless: [{ setting: level, in: none-such }] }', 'policy-unknown-name'],
    ['{ setting: level, unless: { setting: level, covers: url } }', 'policy-wrong-value'],
    ["{ setting: level, from: '2026-02-30' }", 'policy-bad-date'],
    ["{ setting: level, from: '2026-08-31', until: '2026-08-30' }", 'policy-day-order'],
  ])('%s is reported', async (when, id) => expect(await problemsOf(rule(when))).toEqual([`${id} 19`]));

  test('can name a list of the extended policy only in its rules', async () => {
    const presets = new Map(await readBuiltInPolicies());
    const result = readPolicy(policyWith('', 'lists: { harmless: [a] }\n'), 'own.yml', presets);
    if ('problems' in result) throw new Error(result.problems[0]?.message);
    presets.set('own', result.policy);
    const extending = readPolicy('extends: own\nlists: { harmless: ["*"], more: [b] }\n', 'team.yml', presets);
    expect('problems' in extending && extending.problems.map(({ id }) => id)).toEqual(['policy-list-twice']);
  });
});

test('very many changes and values are matched in time', async () => {
  const policy = rule('{ setting: hosts, kind: added, unless: { setting: hosts, at: base, covers: match-pattern } }');
  const hosts = (count: number, name: string): readonly string[] =>
    Array.from({ length: count }, (_, index) => `https://${name}${index}.example/*`);
  const before = hosts(900, 'a');
  const few = await rulesOf(
    policy,
    { hosts: before },
    { hosts: [...before, ...hosts(5000, 'b'), 'https://a1.example/x'] },
  );
  expect([few.length, few.filter((one) => one === 'rest').length]).toEqual([5001, 1]);
  // Too many patterns to compare cover nothing but themselves.
  const many = hosts(1001, 'a');
  expect(await rulesOf(policy, { hosts: many }, { hosts: [...many, 'https://a1.example/x'] })).toEqual(['meant']);
});
