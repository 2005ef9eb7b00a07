/** The comment: what is first, what it links, how it shrinks. */
import type { Report } from '../../../src/model/report.ts';
import { byteLength } from '../../../src/render/comment/detail.ts';
import { MAX_COMMENT_BYTES, renderMarkdown, renderShortMarkdown } from '../../../src/render/comment/markdown.ts';
import { MAX_SUMMARY_BYTES, renderSummary } from '../../../src/render/comment/summary.ts';
import { readTicks } from '../../../src/render/comment/ticks.ts';
import { blockedSignUp, blockedSimple, context, failed, large, none, passed, secret, stories } from '../reports.ts';

const lines = (report: Report): readonly string[] =>
  renderMarkdown(report, context)
    .split('\n')
    .filter((line) => line !== '');

test.each([
  [
    'blocked',
    blockedSignUp,
    '### HealthVault go-live gate: blocked, 2 labels missing',
    '**Next:** You: Finalize the configuration. Reviewer: after the review, add `go-live/workflow-approved`',
  ],
  [
    'secret',
    secret,
    '### HealthVault go-live gate: blocked, a secret must leave the branch',
    '**Next:** take the secret in `certs/production.pem:1:1`',
  ],
  [
    'error',
    failed,
    '### HealthVault go-live gate: could not decide',
    '**Next:** run the gate again once this is solved',
  ],
  [
    'refused',
    {
      ...blockedSimple,
      problems: [{ id: 'x', severity: 'refused', file: 'a.yml', line: 3, message: 'Too long.' }],
    } as Report,
    '### HealthVault go-live gate: blocked, HealthVault would refuse',
    '**Next:** correct `a.yml:3`: Too long.',
  ],
  [
    'steps',
    { ...blockedSimple, labels: { ...blockedSimple.labels, missing: [] } },
    '### HealthVault go-live gate: blocked, 2 steps still open',
    '**Next:** finish the open steps: Finalize the configuration',
  ],
  [
    'passed with a step after the merge',
    passed,
    '### HealthVault go-live gate: passed, approved by `octo-lead` and `octo-ops`',
    '**Next:** You: merge when ready. After the merge: Wait for the push (go-live team).',
  ],
])('%s: marker, verdict, next action, in this order', (_name, report, title, next) => {
  const [marker, first = '', second = ''] = lines(report);
  expect(marker).toBe(context.marker);
  expect(first.startsWith(title)).toBe(true);
  expect(second.startsWith(next)).toBe(true);
});

test('nothing of meaning: two lines', () => {
  expect(lines({ ...none, examined: [] })).toHaveLength(3);
  expect(lines(none)[2]).toContain('<summary>5 files examined: ');
  expect(lines({ ...none, examined: [], categories: [] })[2]).toContain(
    'No HealthVault configuration is touched (1 file compared).',
  );
});

test('all steps done and nothing else to tell: verdict, foot, fold', () => {
  const done = { ...passed, steps: passed.steps.map((step) => ({ ...step, state: 'done' as const })) };
  const [, first, second, third] = lines(done);
  expect([first?.slice(0, 4), second?.slice(0, 5), third?.slice(0, 9)]).toEqual(['### ', '<sub>', '<details>']);
});

test('categories come worst first, steps in the order in which they are taken', () => {
  const body = renderMarkdown(blockedSignUp, context);
  expect(body.indexOf('#### Sign-up workflow')).toBeLessThan(body.indexOf('#### Configuration'));
  expect(Object.keys(readTicks(body)).slice(-2)).toEqual(['update-directory-entry', 'await-push']);
});

test('a place links the exact line at the commit of its own side', () => {
  const change = {
    ...blockedSimple.changes[0],
    location: { side: 'base', line: 7, column: 1 },
  } as Report['changes'][number];
  const renamed = {
    path: 'healthvault.app.yml',
    previousPath: 'old app (1).yml',
    status: 'renamed',
    format: 'application-manifest',
  } as const;
  const body = renderMarkdown({ ...blockedSimple, changes: [change], files: [renamed] }, context);
  expect(body).toContain(
    `[was line 7](https://github.com/fabrikam/boots/blob/${context.base}/old%20app%20%281%29.yml#L7)`,
  );
});

test('without a repository places are text, and nothing is linked into it', () => {
  const body = renderMarkdown(blockedSimple, { ...context, repository: null, documentation: null, report: null });
  expect(body).toContain('`healthvault.app.yml:11:3`');
  expect(body).not.toContain('blob/');
});

test('tuples of one rule are one line for people', () => {
  const body = renderMarkdown(blockedSignUp, context);
  expect(body).toContain('| **Online access, required**: *Blood pressure measurement*, *Weight measurement*<br>');
  expect(body.match(/Blood pressure measurement\*/g)).toHaveLength(1);
});

test('no checkbox line refers to an issue', () => {
  const step = {
    ...blockedSimple.steps[0],
    title: 'See #12',
    text: 'https://github.com/o/r/issues/3',
    document: { title: 'x', url: 'https://github.com/o/r/issues/3' },
  } as Report['steps'][number];
  const body = renderMarkdown({ ...blockedSimple, steps: [step] }, context);
  const box = body.split('\n').find((line) => line.startsWith('- [ ]')) ?? '';
  expect(box).toContain('See `#12`');
  expect(box.replace(/`[^`]*`/g, '')).not.toMatch(/#\d|\/issues\//);
});

describe('budget', () => {
  const huge = large();

  test('300 files and 20,000 tuples fit, and the comment tells what is missing and where it is', () => {
    const body = renderMarkdown(huge, context);
    expect(byteLength(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(byteLength(body)).toBeGreaterThan(20_000);
    expect(body.startsWith(`${context.marker}\n`)).toBe(true);
    expect(body).toMatch(
      /Left out to stay within GitHub's size of a comment: .*\[job summary and JSON report\]\(https:/,
    );
    expect(body.match(/<details>/g)).toHaveLength(body.match(/<\/details>/g)?.length ?? 0);
    expect(Object.keys(readTicks(body))).toHaveLength(6);
  });

  test('the summary fits too', () => {
    expect(byteLength(renderSummary(huge, context))).toBeLessThanOrEqual(MAX_SUMMARY_BYTES);
    expect(byteLength(renderSummary(large(300, 100_000), context))).toBeLessThanOrEqual(MAX_SUMMARY_BYTES);
  });

  test.each([0, 40, 80, 120, 160, 240, 400, 900])(
    '%d texts more: never over, never less than verdict and ticks',
    (count) => {
      const change = blockedSimple.changes[0] as Report['changes'][number];
      const changes = Array.from({ length: count }, (_, index) => ({
        ...change,
        setting: `client.runtime.key-${index}`,
        before: '日本'.repeat(100),
        detail: '|'.repeat(300),
      }));
      const body = renderMarkdown({ ...blockedSimple, changes }, context);
      expect(byteLength(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
      expect(body).toContain('blocked, 1 label missing');
      expect(Object.keys(readTicks(body))).toHaveLength(4);
    },
  );

  test('texts of any length in every place end in a comment that still keeps the ticks', () => {
    const long = '|<&'.repeat(5000);
    const steps = Array.from({ length: 30 }, (_, index) => ({
      ...(blockedSimple.steps[0] as Report['steps'][number]),
      id: `step-${index}`,
      title: long,
      text: long,
      who: long,
      evidence: long,
    }));
    const body = renderMarkdown({ ...blockedSimple, steps, because: { configuration: long, workflow: long } }, context);
    expect(byteLength(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(Object.keys(readTicks(body))).toHaveLength(30);
  });

  test.each(Object.entries(stories))('the short form of %s is short', (_name, report) => {
    expect(byteLength(renderShortMarkdown(report, context))).toBeLessThan(4000);
  });
});

test('same report, same bytes', () => {
  for (const report of Object.values(stories))
    expect(renderMarkdown(structuredClone(report), context)).toBe(renderMarkdown(report, context));
});
