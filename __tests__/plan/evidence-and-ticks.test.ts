/** What closes a step of the checklist, what nearly does, and what a step says of itself. */
import type { Policy, Step } from '../../src/model/policy.ts';
import type { PullRequestState } from '../../src/model/pull-request.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { AUTHOR, account, FINGERPRINT, finding, input, POLICY, pullRequest, REVIEWER, rights, step } from './sample.ts';

/** A policy whose only step is `extra`, as given, asked for by every change of configuration. */
const withStep = (more: Partial<Step>, policy: Partial<Policy> = {}): Policy => ({
  ...POLICY,
  steps: [step('extra', more)],
  categories: POLICY.categories.map((one) => (one.id === 'configuration' ? { ...one, steps: ['extra'] } : one)),
  ...policy,
});

const evidence = (more: Partial<Step['evidence']>) => ({ evidence: { files: [], settings: [], labels: [], ...more } });
const CONFIGURATION = [finding('configuration')];
const only = (policy: Policy, more: Partial<PlanInput> = {}) =>
  makePlan(input({ findings: CONFIGURATION, policy, ...more })).steps;

const PLAIN = {
  id: 'extra',
  title: 'Title of extra',
  text: 'Text of extra',
  who: 'author',
  phase: 'before-review',
  required: true,
  sources: [],
};

describe('a step shows', () => {
  test.each<[string, Policy, object]>([
    ['nothing that the policy leaves out', withStep({}), {}],
    [
      'whom to write to, with the cited sentences',
      withStep({ contact: 'team', sources: ['R5'] }),
      { contact: { name: 'Go-live team', mail: 'golive@team.example' }, sources: ['R5'] },
    ],
    [
      'whom to ask without an address',
      withStep({ contact: 'team' }, { contacts: [{ id: 'team', name: 'Support', mail: null }] }),
      { contact: { name: 'Support' } },
    ],
    ['no contact that the policy does not have', withStep({ contact: 'nobody' }), {}],
    [
      'which document to use',
      withStep({ document: { title: 'Sheet', url: 'https://docs.example/sheet' }, required: false }),
      { document: { title: 'Sheet', url: 'https://docs.example/sheet' }, required: false },
    ],
  ])('%s', (_, policy, more) => {
    expect(only(policy)).toStrictEqual([{ ...PLAIN, ...more, state: 'open' }]);
  });

  test('nothing beside one of those that replace it', () => {
    const steps = [step('extra', { omittedWith: ['absent', 'await-push'] }), step('await-push'), step('absent')];
    const ids = (asked: readonly string[]) =>
      only({
        ...POLICY,
        steps,
        categories: POLICY.categories.map((one) => (one.id === 'configuration' ? { ...one, steps: asked } : one)),
      }).map(({ id }) => id);
    expect(ids(['extra', 'await-push'])).toStrictEqual(['await-push']);
    expect(ids(['extra'])).toStrictEqual(['extra']);
  });
});

describe('a file closes a step', () => {
  const closed = (files: readonly string[], changedPaths: readonly string[], more: Partial<PlanInput> = {}) =>
    only(withStep(evidence({ files })), { changedPaths, ...more })[0];

  test.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['as the first of several by name', ['docs/**'], ['docs/b.md', 'a.md', 'docs/a.md'], 'docs/a.md'],
    ['by the second glob', ['docs/**', '*.docx'], ['Sheet.DOCX'], 'Sheet.DOCX'],
    ['in a hidden folder', ['**/sheet.md'], ['.github/.drafts/sheet.md'], '.github/.drafts/sheet.md'],
    [
      'with brackets and parentheses in its name',
      ['docs/Sheet [v2] (new).md'],
      ['docs/Sheet [v2] (new).md'],
      'docs/Sheet [v2] (new).md',
    ],
    ['but not with a pattern of brackets', ['docs/[v2].md'], ['docs/v.md', 'docs/2.md'], undefined],
    ['but not with a pattern of parentheses', ['docs/sheet(new).md'], ['docs/sheetnew.md'], undefined],
    ['but not in another folder', ['docs/*.md'], ['docs/old/a.md', 'a.md'], undefined],
    ['but not without globs in the policy', [], ['docs/a.md'], undefined],
  ])('%s', (_, files, paths, found) => {
    expect(closed(files, paths)).toStrictEqual(
      found === undefined
        ? { ...PLAIN, state: 'open' }
        : { ...PLAIN, state: 'done', evidence: `${found} also changes` },
    );
  });

  test('when a watched file changed, but not when it was removed', () => {
    const file = (status: 'modified' | 'added' | 'removed') => ({
      files: [{ path: 'docs/a.md', status, format: 'plain' }],
    });
    expect(closed(['docs/**'], ['docs/a.md'], file('modified'))?.state).toBe('done');
    expect(closed(['docs/**'], ['docs/a.md'], file('added'))?.state).toBe('done');
    expect(closed(['docs/**'], ['docs/a.md'], file('removed'))?.state).toBe('open');
  });

  test('when another one was removed', () => {
    const paths = ['docs/a.md', 'docs/b.md', 'docs/c.md'];
    const files = [{ path: 'docs/a.md', status: 'removed' as const, format: 'plain' }];
    expect(closed(['docs/**'], paths, { files, removedPaths: ['docs/b.md'] })?.evidence).toMatch(/^docs\/c\.md /);
  });
});

describe('a setting closes a step', () => {
  const closed = (settings: readonly string[], setting: string) =>
    only(withStep(evidence({ settings })), {
      findings: [finding('deployment'), finding('configuration', { change: { setting, file: 'b.xml' } })],
    })[0]?.evidence;

  test.each([
    ['by its id', ['logo.large'], 'logo.large', 'Large logo'],
    ['by the second pattern', ['name', 'logo.*'], 'logo.small', 'Small logo'],
    ['in any language', ['logo.large'], 'logo.large@de-DE', 'Large logo (de-DE)'],
    ['in any case of the policy', ['Logo.LARGE'], 'logo.large', 'Large logo'],
    ['with any name in a file', ['client.runtime.*'], 'client.runtime.a/b', 'Runtime setting a/b'],
    ['by a pattern that starts anywhere', ['*.large'], 'logo.large', 'Large logo'],
  ])('%s', (_, settings, setting, named) => {
    expect(closed(settings, setting)).toBe(`${named} also changes in b.xml`);
  });

  test.each([
    ['one with a longer name', ['logo'], 'logo.large'],
    ['one with that name as its end', ['large'], 'logo.large'],
    ['one in that language only', ['de-DE'], 'logo.large@de-DE'],
    ['any without patterns in the policy', [], 'logo.large'],
  ])('but not %s', (_, settings, setting) => {
    expect(closed(settings, setting)).toBeUndefined();
  });

  test('before a label, and after a file', () => {
    const all = withStep(evidence({ files: ['docs/**'], settings: ['description'], labels: ['sent'] }));
    const pull = { pullRequest: pullRequest(['sent']) };
    const findEvidence = (more: Partial<PlanInput>) => only(all, { ...pull, ...more })[0]?.evidence;
    expect(findEvidence({ changedPaths: ['docs/a.md'] })).toBe('docs/a.md also changes');
    expect(findEvidence({})).toBe('Description also changes in app/manifest.xml');
    const setting = [finding('configuration', { change: { setting: 'name' } })];
    expect(findEvidence({ findings: setting })).toBe('octo-reviewer added sent');
  });
});

test('the second of two labels closes a step although the first does not count', () => {
  const state = pullRequest(['first', 'second'], {
    labelEvents: [
      { label: 'first', actor: AUTHOR, at: '2026-11-23T13:00:00Z' },
      { label: 'second', actor: REVIEWER, at: '2026-11-23T13:00:00Z' },
    ],
  });
  const report = makePlan(
    input({
      findings: CONFIGURATION,
      policy: withStep(evidence({ labels: ['absent', 'first', 'second'] })),
      pullRequest: state,
    }),
  );
  expect(report.steps).toStrictEqual([{ ...PLAIN, state: 'done', evidence: 'octo-reviewer added second' }]);
  expect(report.labels.rejected.map(({ label }) => label)).toStrictEqual(['first']);
});

describe('a tick', () => {
  const AT = '2026-11-23T13:00:00Z';
  const ticked = (
    by: PullRequestState['ticks'][number]['by'],
    at: string | null = AT,
    more: Partial<PullRequestState> = {},
    policy = withStep({}),
  ) => only(policy, { pullRequest: pullRequest([], { ticks: [{ step: 'extra', by, at }], ...more }) });
  const was = (since: string, fingerprint = FINGERPRINT) => ({ lastEvaluation: { fingerprint, since, status: 's' } });
  const maintain: Policy['approvers'] = {
    default: { role: 'maintain', users: ['octo-reviewer'], teams: [], notAuthor: true },
  };

  test.each<[string, () => ReturnType<typeof ticked>]>([
    ['by a reviewer after the change was shown', () => ticked(REVIEWER)],
    ['a second after it', () => ticked(REVIEWER, AT, was('2026-11-23T12:59:59.900Z'))],
    ['by a default approver of the policy', () => ticked(REVIEWER, AT, {}, withStep({}, { approvers: maintain }))],
    ['without approvers in the policy', () => ticked(REVIEWER, AT, {}, withStep({}, { approvers: {} }))],
  ])('closes a step %s', (_, steps) => {
    expect(steps()).toStrictEqual([
      {
        ...PLAIN,
        tick: { by: 'octo-reviewer', at: AT, counts: true },
        state: 'done',
        evidence: `octo-reviewer ticked it on ${AT}`,
      },
    ]);
  });

  const others = { rights: { 'octo-other': rights('write'), 'octo-author': rights('admin') } };
  test.each<[string, () => ReturnType<typeof ticked>, string, string]>([
    ['by an unknown user', () => ticked(null), 'unknown', AT],
    ['by an author', () => ticked(AUTHOR), 'octo-author', AT],
    [
      'by a user who is not a default approver',
      () => ticked(account('octo-other', 8), AT, others, withStep({}, { approvers: maintain })),
      'octo-other',
      AT,
    ],
    ['before the change was shown', () => ticked(REVIEWER, AT, { lastEvaluation: null }), 'octo-reviewer', AT],
    [
      'for another version',
      () => ticked(REVIEWER, AT, was('2026-11-23T12:00:00Z', 'b'.repeat(64))),
      'octo-reviewer',
      AT,
    ],
    ['in the second in which the change was shown', () => ticked(REVIEWER, AT, was(AT)), 'octo-reviewer', AT],
    [
      'later in that second',
      () => ticked(REVIEWER, '2026-11-23T13:00:00.900Z', was('2026-11-23T13:00:00.100Z')),
      'octo-reviewer',
      '2026-11-23T13:00:00.900Z',
    ],
    ['with a broken time of the evaluation', () => ticked(REVIEWER, AT, was('')), 'octo-reviewer', AT],
    ['with a broken time', () => ticked(REVIEWER, 'noon'), 'octo-reviewer', 'noon'],
  ])('is a claim %s', (of, steps, by, at) => {
    const tick = { by, at, counts: false, ...(of.startsWith('by ') ? { current: true } : {}) };
    expect(steps()).toStrictEqual([{ ...PLAIN, tick, state: 'open' }]);
  });

  test.each<[string, () => ReturnType<typeof ticked>]>([
    ['without a time', () => ticked(REVIEWER, null)],
    ['of another step', () => ticked(REVIEWER, AT, { ticks: [{ step: 'await-push', by: REVIEWER, at: AT }] })],
    ['on the command line', () => only(withStep({}), { pullRequest: null })],
  ])('is ignored %s', (_, steps) => {
    expect(steps()).toStrictEqual([{ ...PLAIN, state: 'open' }]);
  });
});
