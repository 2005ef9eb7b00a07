/** The report as a whole: what is reported beside the verdict, from which facts, and what is left out. */
import type { Policy } from '../../src/model/policy.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { AUTHOR, FINGERPRINT, finding, input, NOW, POLICY, pullRequest, REVIEWER, step } from './sample.ts';

const plan = (more: Partial<PlanInput>) => makePlan(input(more));

test('a change without meaning has a complete report without tasks', () => {
  expect(plan({ pullRequest: null, files: [], changedPaths: [] })).toStrictEqual({
    schemaVersion: 1,
    verdict: 'passed',
    questions: { configuration: 'no', workflow: 'no' },
    because: {
      configuration: 'No registered setting changes.',
      workflow: 'No change touches sign-up, sign-in or consent.',
    },
    categories: [],
    leadTime: null,
    earliestGoLive: null,
    files: [],
    changes: [],
    steps: [],
    labels: { required: [], missing: [], accepted: [], rejected: [], approvers: {} },
    problems: [],
    fingerprint: FINGERPRINT,
    policy: {
      source: 'built-in',
      digest: 'd'.repeat(64),
      name: 'sample',
      consentWidening: 'signup-workflow',
      merge: 'after-review',
    },
    evaluation: { at: NOW, base: 'b1', head: 'h1', mode: 'enforce', provenance: 'none' },
    citations: {},
    titles: {},
    clearance: {},
  });
});

test('the reason that clears a category is shown beside its title', () => {
  const report = plan({ findings: ['secret', 'unknown', 'certificate', 'deployment'].map((id) => finding(id)) });
  expect(report.clearance).toStrictEqual({
    secret: { label: null, blocks: 'always' },
    unknown: { label: 'go-live/unknown', blocks: 'until-label' },
    certificate: { label: 'go-live/certificate', blocks: 'until-label' },
    deployment: { label: null, blocks: 'never' },
  });
});

test('a requested slot is reported, and a missing one is left out', () => {
  const asked = pullRequest([], { description: 'Go-live: 2026-12-15' });
  expect(plan({ pullRequest: asked }).pushSlot?.wanted).toBe('2026-12-15');
  expect(plan({})).not.toHaveProperty('pushSlot');
});

test('an invalid evaluation time is named', () => {
  expect(() => plan({ now: 'noon' })).toThrow(
    'The evaluation time noon is not a valid instant. Write it as 2026-11-23T18:00:00Z, with the offset from UTC.',
  );
});

test('a category that the policy lacks is named with the rule that leads to it', () => {
  expect(() => plan({ findings: [finding('configuration', { also: ['invented'] })] })).toThrow(
    'The rule configuration-rule leads to the category invented, which the policy does not have.',
  );
});

describe('authors without an account', () => {
  const unknown = (...unknownAuthors: readonly string[]) => pullRequest([], { unknownAuthors });
  const problems = (more: Partial<PlanInput>) => plan({ findings: [finding('configuration')], ...more }).problems;

  test('are counted, each once', () => {
    expect(problems({ pullRequest: unknown('a@b.example', 'c', 'a@b.example') })).toStrictEqual([
      {
        id: 'author-without-account',
        severity: 'advice',
        message: 'Commit authors without a GitHub account: 2. Whether they added a label is not known.',
      },
    ]);
  });
  test.each<[string, Partial<PlanInput>]>([
    ['without such authors', { pullRequest: unknown() }],
    ['without a required label', { pullRequest: unknown('c'), findings: [finding('deployment')] }],
    ['when only a secret blocks', { pullRequest: unknown('c'), findings: [finding('secret')] }],
    ['on the command line', { pullRequest: null }],
  ])('are not reported %s', (_, more) => {
    expect(problems(more)).toStrictEqual([]);
  });
});

describe('unpublished waits', () => {
  test('are advice only without a lead time that names them', () => {
    const waits = { rule: { unpublished: ['a committee', 'a signature'] } };
    expect(plan({ findings: [finding('unknown', waits)] }).problems).toStrictEqual([
      {
        id: 'wait-unpublished',
        severity: 'advice',
        message: 'How long this takes is not published: a committee, a signature.',
      },
    ]);
    expect(plan({ findings: [finding('configuration', waits)] }).problems).toStrictEqual([]);
    expect(plan({ findings: [finding('unknown')] }).problems).toStrictEqual([]);
  });
});

describe('cited sentences', () => {
  const cites = (id: string) => ({ id, text: `Text of ${id}.`, document: 'Guide', url: null });
  const policy: Policy = {
    ...POLICY,
    citations: ['change', 'step', 'time', 'problem', 'nobody'].map(cites),
    steps: [step('request-review', { sources: ['step'] }), step('sign-addendum', { sources: ['nobody'] })],
    categories: POLICY.categories.map((one) =>
      one.id === 'certificate' ? { ...one, leadTime: { min: 1, max: 1, unit: 'weeks', sources: ['time'] } } : one,
    ),
  };
  const cited = (more: Partial<PlanInput>) => Object.keys(plan({ policy, ...more }).citations);

  test('come from changes, steps, the lead time and problems, in the order of the policy', () => {
    const problems = [
      { id: 'x', severity: 'advice' as const, message: 'X.', source: 'problem' },
      { id: 'y', severity: 'advice' as const, message: 'Y.' },
    ];
    const findings = [finding('certificate', { rule: { sources: ['change', 'elsewhere'] } })];
    expect(cited({ findings, problems })).toStrictEqual(['change', 'step', 'time', 'problem']);
    expect(cited({ findings: [finding('deployment')], problems })).toStrictEqual(['problem']);
  });
});

describe('a label with two uses is evaluated once', () => {
  const shared: Policy = {
    ...POLICY,
    steps: POLICY.steps.map((one) =>
      ['finalize-configuration', 'request-review', 'await-push'].includes(one.id)
        ? { ...one, evidence: { files: [], settings: [], labels: ['go-live/configuration', 'sent'] } }
        : one,
    ),
    breakGlass: {
      label: 'sent',
      approvers: { role: 'write', users: [], teams: [], notAuthor: true },
      expiresAfterHours: 6,
    },
  };
  const by = (actor: typeof AUTHOR) => (label: string) => ({ label, actor, at: '2026-11-23T13:00:00Z' });
  const labels = ['sent', 'go-live/configuration'];

  test('and has one reason why it does not count', () => {
    const state = pullRequest(labels, { labelEvents: labels.map(by(AUTHOR)) });
    const report = plan({ findings: [finding('configuration')], policy: shared, pullRequest: state });
    const because =
      'octo-author added it and is an author of this change. ' +
      'Approvers: users with write access or higher; not the authors of this change.';
    expect(report.labels.rejected).toStrictEqual(
      ['go-live/configuration', 'sent'].map((label) => ({
        label,
        by: 'octo-author',
        at: '2026-11-23T13:00:00Z',
        reason: because,
      })),
    );
  });
  test('and closes every step if it counts', () => {
    const state = pullRequest(labels, { labelEvents: labels.map(by(REVIEWER)) });
    const report = plan({ findings: [finding('configuration')], policy: shared, pullRequest: state });
    expect(report.labels.rejected).toStrictEqual([
      expect.objectContaining({ label: 'sent', reason: expect.stringContaining('no line that says why') }),
    ]);
    expect(report.steps.filter(({ state: one }) => one === 'done').map(({ id }) => id)).toStrictEqual([
      'finalize-configuration',
      'request-review',
      'await-push',
    ]);
  });
});

test('a change without meaning has its own category and finding, or none for the watched file', () => {
  const policy: Policy = {
    ...POLICY,
    categories: POLICY.categories.map((one) => (one.nothing ? { ...one, steps: ['extra'] } : one)),
  };
  const steps = (more: Partial<PlanInput>) => {
    const report = plan({ policy, ...more });
    return [report.categories, report.steps.map(({ id }) => id)];
  };
  expect(steps({ findings: [finding('none')] })).toStrictEqual([['none'], ['extra']]);
  expect(steps({ findings: [] })).toStrictEqual([['none'], []]);
  expect(steps({ findings: [], files: [] })).toStrictEqual([[], []]);
  expect(steps({ findings: [finding('none')], files: [] })).toStrictEqual([['none'], ['extra']]);
});
