/** The two key questions: which sentence is behind an answer, and what it names. */
import type { Finding } from '../../src/model/finding.ts';
import type { Category, Policy } from '../../src/model/policy.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { category, finding, input, POLICY } from './sample.ts';

const plan = (findings: readonly Finding[], more: Partial<PlanInput> = {}) => makePlan(input({ findings, ...more }));
const inFile = (id: string, file: string) => finding(id, { change: { file } });

describe('an open question', () => {
  const unknown = { configuration: 'unknown', workflow: 'unknown' } as const;
  const withCategory = (more: Partial<Category>): Policy => ({
    ...POLICY,
    categories: [category('odd', { questions: unknown, ...more }), ...POLICY.categories],
  });
  const because = (findings: readonly Finding[], policy = POLICY) => plan(findings, { policy }).because.configuration;

  test('names the label that settles it, and only files that were not recognized', () => {
    expect(because([inFile('unknown', 'web.config'), inFile('deployment', 'other.config')])).toBe(
      'web.config could not be classified. Commit a version that the gate can read, ' +
        'or ask a reviewer to read the change and add go-live/unknown.',
    );
  });
  test('names the label also if the first change has none', () => {
    expect(because([inFile('odd', 'a'), inFile('unknown', 'b')], withCategory({ label: null, blocks: 'never' }))).toBe(
      'a, b could not be classified. Commit a version that the gate can read, ' +
        'or ask a reviewer to read the change and add go-live/unknown.',
    );
    expect(because([inFile('secret', 'a'), inFile('unknown', 'b')])).toMatch(/add go-live\/unknown\.$/);
  });
  test('names no label if none can settle it', () => {
    expect(because([inFile('odd', 'a')], withCategory({ label: null, blocks: 'never' }))).toBe(
      'a could not be classified. Commit a version that the gate can read.',
    );
  });
  test('names content that must leave the branch', () => {
    const sentence = 'Not known while key.pem contains a secret. Remove the secret from the branch.';
    expect(because([inFile('secret', 'key.pem')])).toBe(sentence);
    const odd = withCategory({ label: null, blocks: 'never' });
    expect(because([inFile('secret', 'key.pem'), inFile('odd', 'key.pem')], odd)).toBe(sentence);
  });
  test('includes the workflow', () => {
    expect(plan([inFile('unknown', 'web.config'), inFile('configuration', 'a.xml')]).because).toStrictEqual({
      configuration: 'Microsoft reviews and pushes these changes: Description.',
      workflow:
        'web.config could not be classified. Commit a version that the gate can read, ' +
        'or ask a reviewer to read the change and add go-live/unknown.',
    });
  });
});

test.each([
  [1, 'A'],
  [2, 'A, B'],
  [3, 'A, B, C'],
  [4, 'A, B, C and 1 more'],
  [5, 'A, B, C and 2 more'],
])('of %i settings it names %s', (count, names) => {
  const findings = ['a', 'b', 'c', 'd', 'e']
    .slice(0, count)
    .flatMap((setting) => [1, 2].map(() => finding('configuration', { change: { setting } })));
  expect(plan(findings).because.configuration).toBe(`Microsoft reviews and pushes these changes: ${names}.`);
});

test('a change without review and sign-up has two negative answers', () => {
  expect(plan([finding('governance'), finding('deployment')]).because).toStrictEqual({
    configuration: 'No registered setting changes.',
    workflow: 'No change touches sign-up, sign-in or consent.',
  });
});

/** A file that the policy names as sign-up or consent. */
const hit = (file: string) =>
  finding('signup-workflow', { change: { setting: 'workflow', file }, rule: { about: 'sdk' } });

describe('the reason for the workflow', () => {
  const signup = (reason: string, setting: string) =>
    finding('signup-workflow', { rule: { reason }, change: { setting } });
  test.each<[string, readonly Finding[], string]>([
    ['one change', [signup('Why.', 'a')], 'Why.'],
    ['several changes for the same reason', [signup('Why.', 'a'), signup('Why.', 'b')], 'Why.'],
    [
      'several changes for other reasons',
      [signup('Why.', 'a'), signup('Why.', 'b'), signup('How.', 'c'), signup('When.', 'd')],
      'Why. Further changes that touch it: 2.',
    ],
  ])('is named for %s', (_, findings, reason) => {
    expect(plan(findings).because.workflow).toBe(reason);
  });
  test('comes before a match of the globs, which are named in order', () => {
    const hits = ['d', 'c', 'b', 'a'].map(hit);
    expect(plan([...hits, signup('Why.', 'a')]).because.workflow).toBe('Why.');
    expect(plan(hits).because.workflow).toBe('The policy names a, b, c and 1 more as part of sign-up or consent.');
  });
});

describe('the questions of a policy', () => {
  const questions = {
    configuration: { text: 'More?', yes: '{count}: {names}.', no: 'None.' },
    workflow: { text: 'Again?', yes: '{count}: {names}.', no: 'Nobody.' },
  };
  const policy: Policy = { ...POLICY, questions };
  test.each<[string, readonly Finding[], readonly string[], readonly string[]]>([
    ['yes and no', [finding('configuration')], ['yes', 'no'], ['1: Description.', 'Nobody.']],
    ['no and no', [finding('deployment')], ['no', 'no'], ['None.', 'Nobody.']],
    ['no and a match of the globs', [finding('deployment'), hit('b'), hit('a')], ['no', 'yes'], ['None.', '2: a, b.']],
    [
      'yes and its rule',
      [finding('signup-workflow'), hit('b')],
      ['yes', 'yes'],
      ['1: Description.', 'Reason of signup-workflow-rule.'],
    ],
  ])('are answered with %s', (_, findings, answers, because) => {
    const report = plan(findings, { policy });
    expect(report.questions).toStrictEqual({ configuration: answers[0], workflow: answers[1] });
    expect(report.because).toStrictEqual({ configuration: because[0], workflow: because[1] });
    expect(report.asked).toStrictEqual({ configuration: 'More?', workflow: 'Again?' });
  });
});
