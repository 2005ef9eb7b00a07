/** What blocks and what does not, one step on both sides of each limit. */
import type { Finding } from '../../src/model/finding.ts';
import type { Category, Policy } from '../../src/model/policy.ts';
import type { Problem, Verdict } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { category, finding, input, POLICY, pullRequest } from './sample.ts';

const advisory = (of: string) => finding(of, { rule: { enforcement: 'advisory' } });

const plan = (findings: readonly Finding[], more: Partial<Parameters<typeof input>[0]> = {}) =>
  makePlan(input({ findings, pullRequest: pullRequest(), ...more }));

describe('one enforced finding among advisory ones is enough to block', () => {
  test.each<[string, readonly Finding[], Verdict, readonly string[]]>([
    [
      'with configuration first',
      [finding('configuration'), advisory('configuration')],
      'blocked',
      ['go-live/configuration'],
    ],
    [
      'with configuration last',
      [advisory('configuration'), finding('configuration')],
      'blocked',
      ['go-live/configuration'],
    ],
    ['without configuration', [advisory('configuration'), advisory('configuration')], 'passed', []],
    ['with a secret first', [finding('secret'), advisory('secret')], 'blocked', []],
    ['with a secret last', [advisory('secret'), finding('secret')], 'blocked', []],
    ['without a secret', [advisory('secret'), advisory('secret')], 'passed', []],
    [
      'with one of another category',
      [advisory('configuration'), finding('certificate')],
      'blocked',
      ['go-live/certificate'],
    ],
  ])('%s', (_, findings, verdict, required) => {
    const report = plan(findings);
    expect(report.verdict).toBe(verdict);
    expect(report.labels.required).toStrictEqual(required);
    expect(report.labels.missing).toStrictEqual(required);
  });
});

describe('the label of a category', () => {
  const as = (more: Partial<Category>): Policy => ({
    ...POLICY,
    categories: POLICY.categories.map((one) => (one.id === 'configuration' ? { ...one, ...more } : one)),
  });
  test.each<[string, Partial<Category>, Verdict, readonly string[]]>([
    ['is required if it clears the category', {}, 'blocked', ['go-live/configuration']],
    ['is not required if the category only informs', { blocks: 'never' }, 'passed', []],
    ['is not required if nothing clears the category', { blocks: 'always' }, 'blocked', []],
    ['is required if the policy lacks it', { label: null }, 'blocked', []],
    ['is not required if the category informs and has no label', { label: null, blocks: 'never' }, 'passed', []],
  ])('%s', (_, more, verdict, required) => {
    const report = plan([finding('configuration')], { policy: as(more) });
    expect([report.verdict, report.labels.required]).toStrictEqual([verdict, required]);
  });

  test('is required once if two categories share it', () => {
    const twin = category('twin', { label: 'go-live/configuration' });
    const policy: Policy = { ...POLICY, categories: [twin, ...POLICY.categories] };
    const findings = [finding('configuration'), finding('twin')];
    expect(plan(findings, { policy }).labels.required).toStrictEqual(['go-live/configuration']);
    const state = pullRequest(['go-live/configuration']);
    expect(plan(findings, { policy, pullRequest: state }).verdict).toBe('passed');
  });
});

describe('a problem blocks as expected', () => {
  const problem = (severity: Problem['severity'], file?: string): Problem => ({
    id: 'sample',
    severity,
    message: 'Sample.',
    ...(file === undefined ? {} : { file }),
  });
  const MANIFEST = 'app/manifest.xml';

  test.each<[string, readonly Finding[], readonly Problem[], Verdict]>([
    ['advice on a file without a finding', [], [problem('advice', 'other.xml')], 'passed'],
    ['advice without a file', [], [problem('advice')], 'passed'],
    ['a refusal without a finding', [], [problem('refused')], 'blocked'],
    ['a failure among others', [], [problem('advice'), problem('refused'), problem('error')], 'error'],
    [
      'a file whose findings only inform',
      [finding('deployment'), finding('none')],
      [problem('unreadable', MANIFEST)],
      'blocked',
    ],
    [
      'a file with an advisory finding that informs',
      [advisory('deployment')],
      [problem('unreadable', MANIFEST)],
      'passed',
    ],
    [
      'a file with a finding of another file',
      [advisory('configuration')],
      [problem('unreadable', 'other.xml')],
      'blocked',
    ],
    [
      'a file with a finding beside one without',
      [advisory('unknown')],
      [problem('unreadable', MANIFEST), problem('unreadable', 'b')],
      'blocked',
    ],
    [
      'a problem without a file beside a file with a finding',
      [advisory('unknown')],
      [problem('unreadable')],
      'blocked',
    ],
  ])('for %s', (_, findings, problems, verdict) => {
    expect(plan(findings, { problems }).verdict).toBe(verdict);
  });
});

test('enforced steps block while a required one is open', () => {
  const policy: Policy = { ...POLICY, requiredSteps: 'enforced' };
  const labels = ['go-live/certificate', 'certificate-sent'];
  const tick = (step: string) => ({
    step,
    by: { login: 'octo-reviewer', id: 2, bot: false },
    at: '2026-11-23T13:00:00Z',
  });
  const verdict = (...steps: readonly string[]) =>
    plan([finding('certificate')], { policy, pullRequest: pullRequest(labels, { ticks: steps.map(tick) }) }).verdict;
  expect(verdict()).toBe('blocked');
  expect(verdict('request-review')).toBe('blocked');
  expect(verdict('await-push')).toBe('blocked');
  expect(verdict('request-review', 'await-push')).toBe('passed');
});
