/** How problems are listed: in the order of the file, each once, not without end, and safe to print. */
import { MAX_POLICY_CHARS, readPolicy } from '../../src/policy/load.ts';
import { expectEach, policyOf, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './small-policies.ts';

const found = (text: string): readonly string[] => problemsOver(SMALL_MEANS, text);
const placesIn = (text: string): readonly string[] => found(text).map((line) => line.split(' ')[0] as string);

test('problems are sorted by line, then by column', () => {
  expect(placesIn('workflow: [/a, b, /c]\nwatch: [/a, /b]\nlabels: { a: b/b }\nignore: [/a]')).toEqual([
    '2:12',
    '2:19',
    '3:9',
    '3:13',
    '4:11',
    '5:10',
  ]);
  expect(placesIn('rules: { rest: { sources: [S1] } }\nsteps: { look: { contact: me } }')).toEqual(['2:28', '3:27']);
  expect(placesIn('rules: { rest: { steps: { without: [a], add: [b] }, category: c, also: [d] } }')).toEqual([
    '2:10',
    '2:37',
    '2:47',
    '2:63',
    '2:73',
  ]);
});

test('a mistake that an alias repeats is reported once', () => {
  const rule = '{ when: { setting: name }, category: revew, reason: x }';
  expect(found(`rules:\n  a: &rule ${rule}\n  b: *rule\n  c: ${rule}`)).toEqual([
    '3:49 policy-unknown-name: There is no category "revew". Expected one of: review, quiet. Did you mean review?',
    '5:43 policy-unknown-name: There is no category "revew". Expected one of: review, quiet. Did you mean review?',
  ]);
});

test('the first fifty problems are listed', () => {
  for (const [count, listed] of [
    [49, 49],
    [50, 50],
    [51, 50],
  ] as const) {
    const globs = Array.from({ length: count }, (_, index) => `  - /${index}`);
    const problems = found(`watch:\n${globs.join('\n')}`);
    expect(problems).toHaveLength(listed);
    expect(problems.at(-1)).toMatch(
      new RegExp(`^${listed + 2}:5 policy-bad-glob: The glob "/${listed - 1}" is not valid`),
    );
  }
});

test('the check ends after five hundred problems', () => {
  const first = (count: number): string | undefined => {
    const labels = Array.from({ length: count }, (_, index) => `  c${index}: a/b`);
    return found(`watch: [/x]\nlabels:\n${labels.join('\n')}`)[0];
  };
  expect(first(499)).toMatch(/^2:9 policy-bad-glob: /);
  expect(first(500)).toMatch(/^4:3 policy-unknown-name: /);
});

const shownAs = (word: string): readonly string[] => [
  `2:19 policy-wrong-form: Found "${word}", expected a GitHub label of 2 to 50 characters without commas.`,
];

test('a word of the file is shown on one line, shortened to sixty characters', () => {
  expectEach<readonly string[]>(
    [
      ['a\\x07b\\nc\\td,', shownAs('a b c d,')],
      ['a\\u200bb\\u2028c\\u2029d\\u202ee,', shownAs('a b c d e,')],
      [`${'x'.repeat(59)},`, shownAs(`${'x'.repeat(59)},`)],
      [`${'x'.repeat(60)},`, shownAs(`${'x'.repeat(60)}...`)],
    ],
    (written) => found(`labels: { review: "${written}" }`),
  );
});

test('a key with invisible characters is found and shown', () => {
  expect(found('approvers: { "a\\u200bb": { role: admin } }')).toEqual([
    '2:14 policy-unknown-name: There is no label "a b". Expected one of: default, ok.',
  ]);
});

test('a policy of the maximum length is read, and one more character is not', () => {
  expect(MAX_POLICY_CHARS).toBe(1_000_000);
  const longest = `${SMALL}#${'x'.repeat(MAX_POLICY_CHARS - SMALL.length - 1)}`;
  expect(policyOf(longest).name).toBe('small');
  expect(problemsIn(`${longest}x`)).toEqual([
    '1:1 policy-too-large: The policy has 1000001 characters, and the gate reads at most 1000000. Remove everything that is not a policy.',
  ]);
});

test('a file that is not a map is not a policy', () => {
  const noMap = (place: string, what: string): readonly string[] => [
    `${place} policy-not-a-map: Found ${what}, expected a map of keys such as extends, watch and rules.`,
  ];
  expectEach(
    [
      ['# no map\n- a', noMap('2:1', 'a list')],
      ['# no map', noMap('1:1', 'nothing')],
      ['\n~', noMap('2:1', 'nothing')],
      ['\n  text', noMap('2:3', 'a single value')],
    ],
    problemsIn,
  );
});

test('a file that is not YAML is reported with its place only', () => {
  const twiceGiven = 'The key "watch" appears twice in the same map. Remove one.';
  expectEach<readonly string[]>(
    [
      ['watch: [/a]\nignore: []\nwatch: []', [`4:1 policy-syntax: ${twiceGiven}`]],
      [
        '---\nname: b',
        ['3:1 policy-syntax: A second YAML document starts here, expected one document. Split the file at ---.'],
      ],
    ],
    found,
  );
});

test('every policy that can be extended is named when none is meant', () => {
  const presets = new Map([
    ['healthvault', SMALL_MEANS],
    ['small', SMALL_MEANS],
  ]);
  const read = (name: string): unknown => readPolicy(`extends: ${name}`, 'own.yml', presets);
  const unknown = (name: string, meant: string): unknown => ({
    problems: [
      {
        id: 'policy-unknown-preset',
        message: `There is no built-in policy "${name}". Expected one of: healthvault, small.${meant}`,
        place: { file: 'own.yml', line: 1, column: 10 },
      },
    ],
  });
  expect(read('smal')).toEqual(unknown('smal', ' Did you mean small?'));
  expect(read('undefined')).toEqual(unknown('undefined', ''));
  expect(read('small')).toMatchObject({ policy: SMALL_MEANS });
});
