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
      'of configuration, first',
      [finding('configuration'), advisory('configuration')],
      'blocked',
      ['go-live/configuration'],
    ],
    [
      'of configuration, last',
      [advisory('configuration'), finding('configuration')],
      'blocked',
      ['go-live/configuration'],
    ],
    ['of configuration, none', [advisory('configuration'), advisory('configuration')], 'passed', []],
    ['a secret, first', [finding('secret'), advisory('secret')], 'blocked', []],
    ['a secret, last', [advisory('secret'), finding('secret')], 'blocked', []],
    ['a secret, none', [advisory('secret'), advisory('secret')], 'passed', []],
    [
      'one of another category',
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

describe('a category requires its label', () => {
  const as = (more: Partial<Category>): Policy => ({
    ...POLICY,
    categories: POLICY.categories.map((one) => (one.id === 'configuration' ? { ...one, ...more } : one)),
  });
  test.each<[string, Partial<Category>, Verdict, readonly string[]]>([
    ['one that its label clears', {}, 'blocked', ['go-live/configuration']],
    ['one that only informs asks for none', { blocks: 'never' }, 'passed', []],
    ['one that nothing clears asks for none', { blocks: 'always' }, 'blocked', []],
    ['one that lacks its label is never cleared', { label: null }, 'blocked', []],
    ['one that informs and has no label', { label: null, blocks: 'never' }, 'passed', []],
  ])('for %s', (_, more, verdict, required) => {
    const report = plan([finding('configuration')], { policy: as(more) });
    expect([report.verdict, report.labels.required]).toStrictEqual([verdict, required]);
  });

  test('once if two categories share it', () => {
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
      'one whose findings only inform',
      [finding('deployment'), finding('none')],
      [problem('unreadable', MANIFEST)],
      'blocked',
    ],
    [
      'one with a finding that informs by an advisory rule',
      [advisory('deployment')],
      [problem('unreadable', MANIFEST)],
      'passed',
    ],
    [
      'one with a finding of another file',
      [advisory('configuration')],
      [problem('unreadable', 'other.xml')],
      'blocked',
    ],
    [
      'one that is judged beside one that is not',
      [advisory('unknown')],
      [problem('unreadable', MANIFEST), problem('unreadable', 'b')],
      'blocked',
    ],
    ['one without a name beside a judged file', [advisory('unknown')], [problem('unreadable')], 'blocked'],
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
