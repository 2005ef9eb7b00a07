/** The verdict, the one next action, the labels and the dates, through the outputs that show them. */
import type { Problem, Report, ReportStep } from '../../src/model/report.ts';
import { renderMarkdown } from '../../src/render/comment/markdown.ts';
import { readTicks } from '../../src/render/comment/ticks.ts';
import { drawAccess } from '../../src/render/html/access-svg.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { describeStatus } from '../../src/render/status.ts';
import { renderText } from '../../src/render/text/text.ts';
import { blockedSignUp, blockedSimple, context, failed, none, passed, secret, unknown } from './reports.ts';

const nothingMissing = { required: [], missing: [], accepted: [], rejected: [] };
const step = (title: string): ReportStep => ({
  ...(blockedSimple.steps[0] as ReportStep),
  id: title.toLowerCase(),
  title,
  text: '',
});
const problem = (severity: Problem['severity'], message: string): Problem => ({
  id: 'x',
  severity,
  message,
  file: 'a.xml',
  line: 3,
});
const cleared: Report = { ...blockedSimple, labels: nothingMissing, steps: [] };
const text = (report: Report): string => renderText(report, { width: 300, color: false });
const whole = (report: Report): string => renderText(report, { width: 300, color: false, verbose: true });
const label = 'go-live/configuration-approved';
const at = '2026-11-23T18:00:00Z';

test.each<[string, Report, string, string]>([
  ['a change without meaning', none, 'passed, 1 file read and equal in meaning', 'merge when ready.'],
  ['no watched file', { ...none, categories: [], files: [] }, 'passed, no watched file changed', 'merge when ready.'],
  [
    'open steps that do not block',
    { ...none, changes: blockedSimple.changes, steps: ['A', 'B', 'C', 'D'].map(step) },
    'passed',
    'A, then merge.',
  ],
  [
    'an approval with an invalid time',
    { ...passed, labels: { ...nothingMissing, required: [label], accepted: [{ label, by: 'ada', at: 'evaluation' }] } },
    'passed, approved by ada on evaluation',
    '',
  ],
  [
    'break-glass',
    { ...none, breakGlass: { label: 'x', by: 'ada', at, until: at, reason: 'y' } },
    'passed, emergency label added by ada',
    '',
  ],
  [
    'a secret without a place',
    { ...secret, changes: secret.changes.map((change) => ({ ...change, location: null })) },
    'merge blocked, a secret must leave the branch',
    'Author: remove the secret from the branch and replace it. No label can approve it.',
  ],
  ['a secret', secret, 'merge blocked, a secret must leave the branch', 'Author: remove the secret in '],
  [
    'refused',
    { ...cleared, problems: [problem('advice', 'z'), problem('refused', 'Too much')] },
    'merge blocked, HealthVault would refuse this configuration',
    'Author: correct a.xml:3: Too much',
  ],
  [
    'unreadable',
    { ...cleared, problems: [problem('unreadable', 'Broken'), problem('unreadable', 'Worse')] },
    'merge blocked, 1 file could not be read',
    'Author: make a.xml:3 readable: Broken',
  ],
  [
    'open steps',
    { ...cleared, steps: [step('A'), step('B')] },
    'merge blocked, 2 steps still open',
    'finish the open steps: A and B.',
  ],
  ['another verdict', cleared, 'merge blocked', 'run the gate again, because it could not decide'],
  [
    'an error',
    { ...failed, problems: [problem('error', 'No answer')] },
    'could not decide',
    'run the gate again when this is fixed: No answer',
  ],
  [
    'an error that is only advice',
    { ...failed, problems: [problem('advice', 'Maybe')] },
    'could not decide',
    'run the gate again when this is fixed: Maybe',
  ],
  [
    'an error without a reason',
    { ...failed, problems: [] },
    'could not decide',
    'run the gate again, because it could not decide',
  ],
  [
    'several labels',
    {
      ...blockedSimple,
      labels: {
        ...nothingMissing,
        required: ['a', 'b', 'c'],
        missing: ['a', 'b', 'c'],
        approvers: { a: 'team x', b: 'team y', c: 'team x' },
      },
    },
    'merge blocked, 3 labels missing',
    "Author: Finalize the configuration, then request the review. Reviewer: when Microsoft's HealthVault go-live team has finished its review, add a, b and c.",
  ],
  [
    'labels without approvers',
    { ...blockedSimple, labels: { ...nothingMissing, required: ['a'], missing: ['a'] } },
    'merge blocked, 1 label missing',
    "Author: Finalize the configuration, then request the review. Reviewer: when Microsoft's HealthVault go-live team has finished its review, add a.",
  ],
  [
    'locally',
    {
      ...blockedSimple,
      labels: { ...nothingMissing, required: ['a'], missing: ['a'] },
      evaluation: { ...blockedSimple.evaluation, provenance: 'none' },
    },
    'merge blocked, 1 label missing',
    "Author: Finalize the configuration, then request the review. Reviewer: when Microsoft's HealthVault go-live team has finished its review, add a on the pull request.",
  ],
])('the verdict is worded for %s', (_name, report, verdict, next) => {
  const [first, second] = text(report).split('\n');
  expect(first).toBe(`HealthVault go-live gate: ${verdict}`);
  expect(second).toContain(next === '' ? 'Next: ' : `Next: ${next}`);
});

describe('report mode', () => {
  const report: Report = { ...blockedSimple, evaluation: { ...blockedSimple.evaluation, mode: 'report' } };

  test.each([
    ['text', text(report)],
    ['comment', renderMarkdown(report, context)],
    ['page', renderHtml(report)],
  ])('is mentioned in the %s', (_name, shown) =>
    expect(shown).toContain('the gate shows this verdict and does not block the merge.'),
  );
});

describe('labels on the command line', () => {
  const report: Report = {
    ...passed,
    evaluation: { ...passed.evaluation, provenance: 'none' },
    labels: { ...nothingMissing, required: ['a'], accepted: [{ label: 'a', by: 'command line', at }] },
  };

  test.each([
    ['text', text(report)],
    ['comment', renderMarkdown(report, context)],
    ['page', renderHtml(report)],
  ])('are unproven in the %s', (_name, shown) => expect(shown).toContain('come from the command line'));
});

describe('a label that does not count', () => {
  const withLabels = (rejected: Report['labels']['rejected']): string =>
    text({ ...blockedSimple, labels: { ...nothingMissing, required: [label], missing: [label], rejected } });

  test.each([
    [{ label, reason: 'A bot added it.' }, 'not valid', 'A bot added it.'],
    [{ label, by: 'ada', reason: 'She wrote it.' }, 'not valid', 'added by ada, : She wrote it.'],
    [{ label, by: 'ada', at, reason: 'Old.', dropped: true }, 'out of date', '23 November 2026, 10:00 Pacific: Old.'],
    [{ label: 'another', by: 'ada', at, reason: 'Not asked for.' }, 'another', 'Not asked for.'],
  ])('is shown for %j', (rejected, state, why) => {
    const shown = withLabels([rejected]);
    expect(shown).toContain(state);
    expect(shown).toContain(why);
  });
});

describe('dates', () => {
  test.each<[string, Partial<Report>, string]>([
    [
      'one day',
      { leadTime: null, earliestGoLive: { from: '2026-12-07', to: '2026-12-07', calendar: 'c' } },
      'Monday 7 December 2026, if',
    ],
    ['a lead time without a date', { earliestGoLive: null, leadTime: { min: 1, max: 1, unit: 'weeks' } }, '1 week'],
    [
      'an unpublished wait',
      { leadTime: { min: 2, max: 3, unit: 'business-days', unpublished: ['the addendum'] } },
      'the addendum.',
    ],
    ['a possible push', { pushSlot: { wanted: at, possible: true, advice: 'Ask.' } }, ' is possible. Ask.'],
    ['an impossible push', { pushSlot: { wanted: at, possible: false, advice: 'Later.' } }, 'not possible. Later.'],
    [
      'a push at an invalid time',
      { pushSlot: { wanted: 'soon', possible: false, advice: 'Later.' } },
      'soon is not possible',
    ],
  ])('are shown for %s', (_name, facts, expected) => expect(text({ ...blockedSimple, ...facts })).toContain(expected));
});

test('the reading of wider access is shown, with the policy that has it', () => {
  const read = (source: string): string =>
    whole({ ...blockedSignUp, reading: 'As Fabrikam reads it.', policy: { ...blockedSignUp.policy, source } });
  expect(read('built-in')).toContain('How the policy (built-in) reads the guide: As Fabrikam reads it.');
  expect(read('.github/go-live.yml@1234')).toContain(
    'How the policy (.github/go-live.yml@1234) reads the guide: As Fabrikam reads it.',
  );
  const { reading: _reading, ...without } = blockedSignUp;
  expect(whole(without)).not.toContain('reads the guide');
});

describe('the next action', () => {
  const next = (report: Report): string => text(report).split('\n')[1] ?? '';
  const [finalize, request, push] = blockedSimple.steps.map((one) => one) as [ReportStep, ReportStep, ReportStep];
  const ticked = (one: ReportStep): ReportStep => ({ ...one, tick: { by: 'ada', at, counts: false, current: true } });
  const add = `add ${label}.`;
  const team = "Microsoft's HealthVault go-live team";
  const classify: ReportStep = { ...finalize, id: 'classify-by-hand', title: 'Classify it', who: 'reviewer' };

  test.each<[string, Partial<Report>, string]>([
    [
      'the first step of the author',
      { steps: [finalize, request, push] },
      `Author: Finalize the configuration, then request the review. Reviewer: when ${team} has finished its review, ${add}`,
    ],
    [
      'the next step, after the first is ticked',
      { steps: [ticked(finalize), request, push] },
      `Author: Request the review. Reviewer: when ${team} has finished its review, ${add}`,
    ],
    [
      'that of the reviewer alone, after both are ticked',
      { steps: [ticked(finalize), ticked(request), push] },
      `Reviewer: when ${team} has finished its review, ${add}`,
    ],
    [
      'after the push, if the policy merges then',
      { steps: [ticked(finalize), ticked(request)], policy: { ...blockedSimple.policy, merge: 'after-push' } },
      `Reviewer: when ${team} has finished its review and the push, ${add}`,
    ],
    ['the step of the reviewer', { steps: [classify] }, `Reviewer: Classify it, then ${add}`],
    ['no review, if none is required', { steps: [finalize] }, `Author: Finalize the configuration. Reviewer: ${add}`],
  ])('is %s', (_name, more, expected) => {
    expect(next({ ...blockedSimple, ...more })).toBe(`Next: ${expected}`);
  });

  test('is the merge in an emergency', () => {
    const breakGlass = { label: 'x', by: 'ada', at, until: at, reason: 'y' };
    expect(next({ ...blockedSimple, verdict: 'passed', breakGlass })).toBe(
      'Next: merge when ready. Still open: Finalize the configuration, Request the review and Wait for the push.',
    );
  });

  test('is named after the merge, with its user', () => {
    expect(next(passed)).toBe("Next: merge when ready. After the merge: Wait for the push (Microsoft's go-live team).");
  });
});

test('a passed pull request shows who attested each step, and no dates from a sent request', () => {
  const shown = text(passed);
  expect(shown).toContain(
    '[x] Request the review (author): confirmed by octo-ops with the label go-live/configuration-approved, 23 November 2026, 11:12 Pacific',
  );
  expect(shown).not.toContain('Earliest go-live');
  expect(shown.indexOf('Merge: every label is valid')).toBeLessThan(
    shown.indexOf("Wait for the push (Microsoft's go-live team)\n"),
  );
});

test('after the review, the comment names who agrees on the day', () => {
  const steps = passed.steps.map((one) =>
    one.phase === 'after-merge' ? { ...one, contact: { name: 'the office', mail: 'office@example.com' } } : one,
  );
  expect(text({ ...passed, steps })).toContain(
    'Go-live: after the merge. Author: inform the office (office@example.com) about the merge, and agree on the day of the go-live.\n',
  );
  const withoutMail = steps.map((one) => (one.contact === undefined ? one : { ...one, contact: { name: 'them' } }));
  expect(text({ ...passed, steps: withoutMail })).toContain(
    'Author: inform them about the merge, and agree on the day of the go-live.\n',
  );
});

describe('the sentence below the labels', () => {
  const push = 'The labels stay valid until a commit changes the configuration in meaning.';
  test.each<[string, Partial<Report>, readonly string[], readonly string[]]>([
    [
      'before the push',
      {},
      [
        "Add the labels after the review by Microsoft's HealthVault go-live team and before the merge.",
        "After the merge: Wait for the push (Microsoft's go-live team).",
        push,
      ],
      [],
    ],
    [
      'after the push',
      { policy: { ...blockedSimple.policy, merge: 'after-push' }, steps: blockedSimple.steps.slice(0, 2) },
      [
        "Add the labels after the review and the push by Microsoft's HealthVault go-live team, and before the merge.",
        push,
      ],
      ['After the merge'],
    ],
    ['without a review', { steps: [] }, ['Add the labels before the merge.', push], ['After the merge']],
    ['approved', passed, [push], ['Add the labels']],
    ['without labels', { labels: nothingMissing }, [], ['Add the labels', push]],
  ])('is right %s', (_name, more, there, absent) => {
    const shown = text({ ...blockedSimple, ...more });
    for (const sentence of there) expect(shown).toContain(sentence);
    for (const sentence of absent) expect(shown).not.toContain(sentence);
  });
});

test('an attested step has no box in the comment, unless a user ticked it', () => {
  const body = renderMarkdown(passed, context);
  expect(body).toContain('- ✓ **Request the review**');
  expect(readTicks(body)).not.toHaveProperty('request-review');
  const ticked = renderMarkdown(passed, { ...context, ticks: { 'request-review': true } });
  expect(readTicks(ticked)).toHaveProperty('request-review', true);
});

test.each<[string, Report, string]>([
  ['error', failed, 'Could not decide; see the run'],
  ['no watched file', { ...none, files: [] }, 'Passed: no watched file changed.'],
  ['a change without meaning', none, 'Passed: read and equal, nothing changed in meaning.'],
  ['a change without review', { ...none, changes: blockedSimple.changes }, 'Passed: no change that needs a review.'],
  [
    'approved',
    { ...passed, labels: { ...nothingMissing, required: ['a', 'b'], accepted: [{ label: 'a', by: 'x', at }] } },
    'Passed: approved with a, b.',
  ],
  [
    'break-glass',
    { ...none, breakGlass: { label: 'x', by: 'ada', at, until: at, reason: 'y' } },
    'Passed in an emergency: break-glass by ada.',
  ],
  ['one label', blockedSimple, `Blocked: the label ${label} is missing.`],
  [
    'two labels',
    { ...blockedSimple, labels: { ...nothingMissing, missing: ['a', 'b'] } },
    'Blocked: 2 labels are missing: a, b.',
  ],
  [
    'a label that does not count',
    { ...blockedSimple, labels: { ...nothingMissing, missing: ['a'], rejected: [{ label: 'a', reason: 'x' }] } },
    'Blocked: the label a was added, but is not valid.',
  ],
  [
    'two labels, one of which does not count',
    { ...blockedSimple, labels: { ...nothingMissing, missing: ['a', 'b'], rejected: [{ label: 'b', reason: 'x' }] } },
    'Blocked: 2 labels are missing, or were added but are not valid: a, b.',
  ],
  ['no label', { ...unknown, labels: nothingMissing }, 'Merge blocked, 1 file could not be read. Next: Author: make '],
  [
    'report mode',
    { ...failed, evaluation: { ...failed.evaluation, mode: 'report' } },
    'Report only, nothing is blocked. It would say: Could not',
  ],
])('the commit status is right for %s', (_name, report, expected) =>
  expect(describeStatus(report)).toContain(expected),
);

describe('the mark of access', () => {
  const change = blockedSignUp.changes.find(({ access }) => access !== undefined);
  const picture = (
    kind: 'added' | 'removed' | 'modified',
    requirement: 'required' | 'optional',
    previousRequirement?: 'required' | 'optional',
  ): string => {
    if (change?.access === undefined) throw new Error('no access in the report');
    const access = {
      ...change.access,
      requirement,
      ...(previousRequirement === undefined ? {} : { previousRequirement }),
    };
    return drawAccess({ ...blockedSignUp, changes: [{ ...change, kind, access }] }).pictures[0]?.svg.markup ?? '';
  };

  test('exists for each kind', () => {
    const all = [
      picture('added', 'required'),
      picture('added', 'optional'),
      picture('removed', 'required'),
      picture('modified', 'required', 'optional'),
      picture('modified', 'optional', 'required'),
      picture('modified', 'required'),
    ];
    expect(new Set(all).size).toBe(6);
    expect(picture('modified', 'required', 'required')).toBe(all[5]);
  });

  test('is the more severe one of two, in any order', () => {
    if (change?.access === undefined) throw new Error('no access in the report');
    const added = { ...change, kind: 'added' as const };
    const removed = { ...change, kind: 'removed' as const };
    const [one, other] = [
      [added, removed],
      [removed, added],
    ].map((changes) => drawAccess({ ...blockedSignUp, changes }).pictures[0]?.svg.markup.match(/mark-(?:add|remove)/g));
    expect(one).toEqual(other);
  });
});
