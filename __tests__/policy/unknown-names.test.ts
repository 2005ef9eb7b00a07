/** Every place of a policy that names something which must be declared: each misspelt name is found where it is. */
import type { Policy, Rule } from '../../src/model/policy.ts';
import { expectEach, over, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './small-policies.ts';
import { EVERYTHING_MEANS } from './whole-policies.ts';

const KNOWN = {
  category: 'configuration, none',
  'rule category': 'configuration, none, consent-widening',
  step: 'look, ask',
  citation: 'S1, S2, PAPER, SITE',
  contact: 'desk, board',
  rule: 'secret, widened, rest',
} as const;

const unknown = (place: string, what: keyof typeof KNOWN, found: string, meant: string | null): string =>
  `${place} policy-unknown-name: There is no ${what.replace('rule category', 'category')} "${found}". Expected one of: ${KNOWN[what]}.${meant === null ? '' : ` Did you mean ${meant}?`}`;

/** A line over a policy -> place, what it is, the word, and what was meant. */
const CASES: readonly (readonly [
  text: string,
  place: string,
  what: keyof typeof KNOWN,
  found: string,
  meant: string | null,
])[] = [
  ['labels: { configuraton: a/b }', '2:11', 'category', 'configuraton', 'configuration'],
  ['lead-times: { non: { min: 1, max: 1, unit: weeks } }', '2:15', 'category', 'non', 'none'],
  ['lead-times: { none: { min: 1, max: 1, unit: weeks, sources: [S1, S3] } }', '2:66', 'citation', 'S3', 'S1'],
  ['slot-notice: { min: 1, max: 1, unit: weeks, sources: [S] }', '2:55', 'citation', 'S', 'S1'],
  ['categories: { none: { steps: [look, asks] } }', '2:37', 'step', 'asks', 'ask'],
  [
    'categories: { none: { lead-time: { min: 1, max: 1, unit: weeks, sources: [S1, PAPR] } } }',
    '2:79',
    'citation',
    'PAPR',
    'PAPER',
  ],
  ['steps: { look: { contact: disk } }', '2:27', 'contact', 'disk', 'desk'],
  ['steps: { look: { sources: [S1, SITES] } }', '2:32', 'citation', 'SITES', 'SITE'],
  ['steps: { look: { omitted-with: [ask, loook] } }', '2:38', 'step', 'loook', 'look'],
  ['rules: { widened: { category: confguration } }', '2:31', 'rule category', 'confguration', 'configuration'],
  ['rules: { widened: { category: consent-widenin } }', '2:31', 'rule category', 'consent-widenin', 'consent-widening'],
  ['rules: { rest: { also: [none, nones] } }', '2:31', 'rule category', 'nones', 'none'],
  ['rules: { rest: { sources: [S1, elsewhere] } }', '2:32', 'citation', 'elsewhere', null],
  ['rules: { rest: { steps: { add: [ask, lok] } } }', '2:38', 'step', 'lok', 'look'],
  ['rules: { rest: { steps: { without: [ask, lok] } } }', '2:42', 'step', 'lok', 'look'],
  [
    'rules: { rest: { lead-time: { min: 1, max: 1, unit: weeks, sources: [S1, SITS] } } }',
    '2:74',
    'citation',
    'SITS',
    'SITE',
  ],
];

test('an unknown name is reported with its place and a suggestion', () => {
  expectEach<readonly string[]>(
    CASES.map(([text, place, what, found, meant]) => [text, [unknown(place, what, found, meant)]]),
    (text) => problemsOver(EVERYTHING_MEANS, text),
  );
});

test('names in a new entry are checked as well', () => {
  const problems = problemsOver(
    EVERYTHING_MEANS,
    `categories:
  more: { title: M, blocks: never, questions: { configuration: 'no', workflow: 'no' }, before: nine }
rules:
  mine: { when: { setting: name }, category: more, reason: x, before: rests }
`,
  );
  expect(problems).toEqual([
    '3:96 policy-unknown-name: There is no category "nine". Expected one of: configuration, more, none. Did you mean none?',
    '5:71 policy-unknown-name: There is no rule "rests". Expected one of: secret, mine, widened, rest. Did you mean rest?',
  ]);
});

test('the message says when nothing is declared', () => {
  const none = (place: string, what: string): readonly string[] => [
    `${place} policy-unknown-name: There is no ${what}. Expected one of: none is declared.`,
  ];
  expectEach(
    [
      ['steps: { look: { contact: desk } }', none('2:27', 'contact "desk"')],
      ['rules: { rest: { sources: [S1] } }', none('2:28', 'citation "S1"')],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a citation names publications, first of the file, then of the extended policy', () => {
  const text = `citations:
  NEW: { text: So it is., documents: [PAPER, BOOK, S1, BOKO] }
publications:
  BOOK: { title: The book }
`;
  expect(problemsOver(EVERYTHING_MEANS, text)).toEqual([
    '3:56 policy-unknown-name: There is no publication "BOKO". Expected one of: BOOK, S1, S2, PAPER, SITE, NEW. Did you mean BOOK?',
  ]);
  expect(problemsOver(SMALL_MEANS, 'citations: { NEW: { text: So it is., documents: [OLD] } }')).toEqual([
    '2:50 policy-unknown-name: There is no publication "OLD". Expected one of: NEW.',
  ]);
});

describe('the switch consent-widening', () => {
  const mine = (how: string): string => `rules: { mine: { when: { setting: name }, ${how}, reason: x } }`;
  const withSignup = {
    ...SMALL_MEANS,
    consentWidening: 'signup-workflow',
    categories: SMALL_MEANS.categories.map((one) => (one.id === 'quiet' ? one : { ...one, id: 'signup-workflow' })),
    rules: SMALL_MEANS.rules.map((one) => ({ ...one, category: 'signup-workflow' })),
  };

  test('can be named by a rule only if it leads to a category of the policy', () => {
    const unknown = (place: string): readonly string[] => [
      `${place} policy-unknown-name: There is no category "consent-widening". Expected one of: review, quiet.`,
    ];
    expectEach(
      [
        [mine('category: consent-widening'), unknown('2:53')],
        [mine('category: review, also: [quiet, consent-widening]'), unknown('2:75')],
      ],
      (text) => problemsOver(SMALL_MEANS, text),
    );
    expect(problemsOver(withSignup, mine('category: consent-widening, also: [consent-widening]'))).toEqual([]);
  });

  test('must lead to a category if a rule names it', () => {
    const [rest] = withSignup.rules as [Rule];
    const asking = (how: Partial<Rule>): Policy => ({ ...withSignup, rules: [{ ...rest, ...how, id: 'asked' }, rest] });
    for (const base of [asking({ category: 'consent-widening' }), asking({ also: ['quiet', 'consent-widening'] })]) {
      expect(problemsOver(base, '')).toEqual([]);
      expect(problemsOver(base, 'consent-widening: signup-workflow')).toEqual([]);
      expect(problemsOver(base, 'consent-widening: configuration')).toEqual([
        '2:19 policy-unknown-name: There is no category "configuration". Expected one of: signup-workflow, quiet.',
      ]);
    }
    expect(over(asking({}), 'consent-widening: configuration').consentWidening).toBe('configuration');
  });

  test('is not the name of a category', () => {
    expect(problemsIn(SMALL.replaceAll('review', 'consent-widening'))[0]).toBe(
      '5:3 policy-reserved-name: "consent-widening" is reserved and cannot be the id of a category. Use another id.',
    );
  });
});
