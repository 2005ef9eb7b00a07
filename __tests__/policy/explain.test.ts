import { describeCondition } from '../../src/policy/conditions/words.ts';
import { explainTerm } from '../../src/policy/explain.ts';
import { builtIn, teamPolicy } from './built-in.ts';

test('a rule is explained with condition, category, label, steps, time and sentences', () => {
  const answer = explainTerm(builtIn, 'certificate-removed');
  if (answer.kind !== 'rule') throw new Error(answer.kind);
  expect(answer.rule).toMatchObject({
    id: 'certificate-removed',
    when: ['the setting is public-keys or certificate, and the change is removed'],
    category: 'certificate',
    categoryTitle: 'Production certificates',
    also: [],
    label: 'go-live/certificate-approved',
    leadTime: { min: 2, max: 3, unit: 'business-days' },
    enforcement: 'required',
  });
  expect(answer.rule.steps.map((step) => step.id)).not.toContain('send-certificate');
  expect(answer.rule.sources[0]).toMatchObject({
    id: 'R15',
    text: expect.stringContaining('certificate'),
    document: 'OLD, ACC-certs',
  });
  expect(answer.rule.sources.at(-1)).toMatchObject({ id: 'OLD', document: 'OLD', url: null });
});

test('the switch applies before a rule is explained', () => {
  for (const [policy, category, also] of [
    [builtIn, 'configuration', []],
    [teamPolicy('consent-widening: signup-workflow'), 'signup-workflow', ['configuration']],
  ] as const) {
    const answer = explainTerm(policy, 'required-access-widened');
    expect(answer.kind === 'rule' && [answer.rule.category, answer.rule.also]).toEqual([category, also]);
  }
});

test.each([
  ['action-url', 'action-url', ['action-url-changed']],
  ['NAME@de-DE', 'name', ['text-added', 'text-changed']],
  ['client.runtime.timeout', 'client.runtime.timeout', ['runtime-setting-changed']],
  ['client.action-targets.Privacy', 'client.action-targets.privacy', ['legal-page-moved', 'page-moved']],
  ['ceilings.methods', 'ceilings.methods', ['child-ceiling-appeared', 'child-ceiling-changed']],
])('the setting %s is explained', (term, setting, rules) => {
  const answer = explainTerm(builtIn, term);
  if (answer.kind !== 'setting') throw new Error(answer.kind);
  expect([answer.setting, answer.rules.map((rule) => rule.id)]).toEqual([setting, rules]);
  expect(answer.title).not.toBeNull();
});

test('a category, a step and a source are explained', () => {
  const category = explainTerm(builtIn, 'extra-review');
  expect(category.kind === 'category' && category.rules.map((rule) => rule.id)).toEqual([
    'open-query-added',
    'mail-methods-added',
    'meaningful-use-methods-added',
    'ip-prefixes-changed',
  ]);
  const step = explainTerm(builtIn, 'sign-addendum');
  expect(step.kind === 'step' && step.sources.map((source) => source.id)).toEqual(['R17', 'R37', 'NEW', 'ACC-methods']);
  const source = explainTerm(builtIn, 'r39');
  expect(source.kind === 'source' && [source.source.id, source.rules, source.steps]).toEqual([
    'R39',
    ['ip-prefixes-changed'],
    ['contact-developer-support'],
  ]);
});

test.each([
  ['action-url-change', 'action-url-changed'],
  ['acess.online', 'access.online'],
  ['xyzzyxyzzyxyzzy', null],
])('%s is unknown, and %s is suggested', (term, nearest) => {
  expect(explainTerm(builtIn, term)).toEqual({ kind: 'unknown', term, nearest });
});

test('data types are named, and a catch-all is described', () => {
  expect(describeCondition({ type: ['ca3c57f4-f4c1-4e15-be67-0a3caf5414ed', '*'], permission: ['Delete'] })).toBe(
    'the data type is Blood pressure or *, and the permission is Delete',
  );
  expect(describeCondition({})).toBe('any change that no earlier rule matches');
});

test('every condition of the built-in policy has words', () => {
  for (const rule of builtIn.rules)
    for (const condition of rule.when) expect(describeCondition(condition)).not.toMatch(/[{}]|undefined/);
});
