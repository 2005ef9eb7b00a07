/** Everything that a policy says about a term, whole. */
import type { Category, Policy, Rule } from '../../src/model/policy.ts';
import { describeCondition } from '../../src/policy/conditions/words.ts';
import { explainTerm } from '../../src/policy/explain.ts';
import { expectEach, over, SMALL_MEANS } from './small-policies.ts';
import { EVERYTHING_MEANS } from './whole-policies.ts';

const [look, ask] = EVERYTHING_MEANS.steps;
const [configuration] = EVERYTHING_MEANS.categories;
const [S1, S2, PAPER, SITE] = EVERYTHING_MEANS.citations;

const WIDENED = {
  id: 'widened',
  when: [
    'the setting is access.*, and the change is added or modified, and the effect is widens, and the access is online, and the access is required',
    'the permission is Delete, and the environment is production, and the format is dotnet-config, and the document is client, and the data type is * or Weight',
    "the document's state is first, and it has the trait unresolved, and the path is src/**, and it does not have the trait overridden, and the value at base is 3, and the value at head is true or text",
  ],
  category: 'configuration',
  categoryTitle: 'Configuration',
  also: [],
  label: 'config/ok',
  reason: 'It may do more.',
  note: 'Tell the desk.',
  enforcement: 'advisory',
  leadTime: { min: 4, max: 5, unit: 'business-days', sources: ['S2'] },
  unpublished: ['board meeting', 'second board meeting'],
  steps: [ask],
  sources: [S1],
};
const SECRET = {
  id: 'secret',
  when: ['the setting is secret'],
  category: 'configuration',
  categoryTitle: 'Configuration',
  also: [],
  label: 'config/ok',
  reason: 'A secret.',
  note: null,
  enforcement: 'required',
  leadTime: { min: 2, max: 3, unit: 'weeks', sources: ['S1', 'S2'], words: 'allow two or three weeks' },
  unpublished: ['board meeting'],
  steps: [look, ask],
  sources: [],
};
const REST = { ...SECRET, id: 'rest', when: ['any change that no earlier rule matches'], reason: 'Nobody knows.' };

test('a rule, a category, a step, a source and a setting are explained completely', () => {
  expectEach<unknown>(
    [
      ['widened', { kind: 'rule', rule: WIDENED }],
      ['secret', { kind: 'rule', rule: SECRET }],
      ['configuration', { kind: 'category', category: configuration, rules: [SECRET, WIDENED, REST] }],
      ['none', { kind: 'category', category: EVERYTHING_MEANS.categories[1], rules: [] }],
      ['look', { kind: 'step', step: look, sources: [S2] }],
      ['ask', { kind: 'step', step: ask, sources: [] }],
      ['s1', { kind: 'source', source: S1, rules: ['widened'], steps: [], leadTimes: ['configuration'] }],
      ['S2', { kind: 'source', source: S2, rules: [], steps: ['look'], leadTimes: ['configuration'] }],
      ['paper', { kind: 'source', source: PAPER, rules: [], steps: [], leadTimes: [] }],
      ['SITE', { kind: 'source', source: SITE, rules: [], steps: [], leadTimes: [] }],
      ['hosts', { kind: 'setting', setting: 'hosts', title: null, rules: [] }],
      [
        'access.online',
        {
          kind: 'setting',
          setting: 'access.online',
          title: 'access to data while the user is signed in',
          rules: [WIDENED],
        },
      ],
      [
        'ACCESS.offline@de',
        { kind: 'setting', setting: 'access.offline', title: 'access to data at any time', rules: [WIDENED] },
      ],
      ['name', { kind: 'setting', setting: 'name', title: 'application name', rules: [] }],
    ],
    (term) => explainTerm(EVERYTHING_MEANS, term),
  );
});

test('an unknown term gets a suggestion', () => {
  expectEach<unknown>(
    [
      ['widend', { kind: 'unknown', term: 'widend', nearest: 'widened' }],
      ['confguration', { kind: 'unknown', term: 'confguration', nearest: 'configuration' }],
      ['loook', { kind: 'unknown', term: 'loook', nearest: 'look' }],
      ['PAPR', { kind: 'unknown', term: 'PAPR', nearest: 'PAPER' }],
      ['host', { kind: 'unknown', term: 'host', nearest: 'hosts' }],
      ['vocabulary', { kind: 'unknown', term: 'vocabulary', nearest: 'vocabularies' }],
      ['nothing like it', { kind: 'unknown', term: 'nothing like it', nearest: null }],
      ['names', { kind: 'unknown', term: 'names', nearest: 'name' }],
      ['client.runtime.', { kind: 'unknown', term: 'client.runtime.', nearest: 'client.runtime.*' }],
      ['client.runtime', { kind: 'unknown', term: 'client.runtime', nearest: 'client.runtime.*' }],
      ['client.runtim.x', { kind: 'unknown', term: 'client.runtim.x', nearest: 'client.runtime.*' }],
    ],
    (term) => explainTerm(EVERYTHING_MEANS, term),
  );
});

const rulesFor = (of: Policy, term: string): readonly string[] => {
  const answer = explainTerm(of, term);
  return answer.kind === 'setting' ? answer.rules.map((rule) => rule.id) : [answer.kind];
};

test('a setting lists the rules whose conditions name it, with stars or without', () => {
  const made = over(
    EVERYTHING_MEANS,
    `rules:
  one: { when: [{ kind: added }, { setting: [name, client.*] }], category: none, reason: x }
  two: { when: { setting: '*.timeout' }, category: none, reason: x }
documents:
  - { files: [b.json], format: json, settings: { more.*: { pointer: '/*', type: any } } }
`,
  );
  expect(rulesFor(made, 'name')).toEqual(['one']);
  expect(rulesFor(made, 'client.runtime.Timeout')).toEqual(['one', 'two']);
  expect(rulesFor(made, 'more.timeout')).toEqual(['two']);
  expect(rulesFor(made, 'client.runtime.t')).toEqual(['one']);
  expect(rulesFor(made, 'more.')).toEqual(['unknown']);
  expect(rulesFor(made, 'description')).toEqual([]);
});

test('the switch determines the category of a rule, and none is named twice', () => {
  const [rest] = SMALL_MEANS.rules as [Rule];
  const [review, quiet] = SMALL_MEANS.categories as [Category, Category];
  const also = ['quiet', 'signup-workflow', 'quiet'];
  const made = {
    ...SMALL_MEANS,
    consentWidening: 'signup-workflow',
    categories: [{ ...review, id: 'signup-workflow' }, quiet],
    rules: [
      { ...rest, id: 'asked', category: 'consent-widening', also },
      { ...rest, category: 'signup-workflow' },
    ],
  };
  const answer = explainTerm(made, 'signup-workflow');
  expect(answer.kind === 'category' && answer.rules.map(({ id, category, also }) => [id, category, also])).toEqual([
    ['asked', 'signup-workflow', ['quiet']],
    ['rest', 'signup-workflow', []],
  ]);
});

test('an undeclared source is shown by its id', () => {
  const answer = explainTerm({ ...EVERYTHING_MEANS, citations: [] }, 'widened');
  expect(answer.kind === 'rule' && answer.rule.sources).toEqual([{ id: 'S1', text: null, document: null, url: null }]);
});

test('only data types are shown by their names', () => {
  const weight = '3d34d87e-7fc1-4153-800f-f56592cb0d17';
  expect(describeCondition({ type: [weight, '01234567-89ab-cdef-0123-456789abcdef'] })).toBe(
    'the data type is Weight or 01234567-89ab-cdef-0123-456789abcdef',
  );
  expect(describeCondition({ before: [weight], after: ['b'] })).toBe(
    `the value at base is ${weight}, and the value at head is b`,
  );
});
