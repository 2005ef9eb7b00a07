/** The comment: what is first, what it links, how it shrinks. */
import type { Report } from '../../../src/model/report.ts';
import { countBytes } from '../../../src/render/comment/detail.ts';
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
    '### HealthVault go-live gate: merge blocked, 2 labels missing',
    "**Next:** Author: Finalize the configuration, then request the review. Reviewer: when Microsoft's HealthVault go-live team has finished its review, add `go-live/workflow-approved`",
  ],
  [
    'secret',
    secret,
    '### HealthVault go-live gate: merge blocked, a secret must leave the branch',
    '**Next:** Author: remove the secret in `certs/production.pem:1:1`',
  ],
  [
    'error',
    failed,
    '### HealthVault go-live gate: could not decide',
    '**Next:** run the gate again when this is fixed',
  ],
  [
    'refused',
    {
      ...blockedSimple,
      problems: [{ id: 'x', severity: 'refused', file: 'a.yml', line: 3, message: 'Too long.' }],
    } as Report,
    '### HealthVault go-live gate: merge blocked, HealthVault would refuse',
    '**Next:** Author: correct `a.yml:3`: Too long.',
  ],
  [
    'steps',
    { ...blockedSimple, labels: { ...blockedSimple.labels, missing: [] } },
    '### HealthVault go-live gate: merge blocked, 2 steps still open',
    '**Next:** finish the open steps: Finalize the configuration',
  ],
  [
    'passed with a step after the merge',
    passed,
    '### HealthVault go-live gate: passed, approved by `octo-lead` and `octo-ops`',
    "**Next:** merge when ready. After the merge: Wait for the push (Microsoft's go-live team).",
  ],
])('%s has marker, verdict and next action, in this order', (_name, report, title, next) => {
  const [marker, first = '', second = ''] = lines(report);
  expect(marker).toBe(context.marker);
  expect(first.startsWith(title)).toBe(true);
  expect(second.startsWith(next)).toBe(true);
});

/** What is seen before the fold is opened. */
function outsideFolds(body: string): readonly string[] {
  const lines = body.replace(/<details>[\s\S]*?<\/details>/g, '<details>').split('\n');
  return lines.slice(0, -1);
}

test('a change without meaning has verdict, fold and checked files in the foot', () => {
  const shown = outsideFolds(renderMarkdown(none, context)).filter((line) => line !== '');
  expect(shown).toHaveLength(4);
  expect(shown[3]).toContain('Nothing changed in meaning (1 file compared). 5 files examined: ');
  expect(renderMarkdown({ ...none, examined: [], categories: [] }, context)).toContain(
    '<sub>No watched file changed (1 file compared). · ',
  );
});

test('the order is verdict, next action, date, changes, labels, steps, one fold and foot', () => {
  const body = renderMarkdown(blockedSignUp, context);
  const marks = [
    '### ',
    '**Next:**',
    '**Earliest go-live:**',
    '#### What changes',
    '| Label |',
    '#### Steps',
    '<details>',
    '</details>',
    '<sub>',
  ];
  const places = marks.map((mark) => body.indexOf(mark));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(body.match(/<details>/g)).toHaveLength(1);
});

test('a passed comment has its steps and many changes in the fold', () => {
  const body = renderMarkdown(passed, context);
  expect(body.indexOf('#### What changes')).toBeLessThan(body.indexOf('<details>'));
  expect(body.indexOf('#### Steps')).toBeGreaterThan(body.indexOf('<details>'));
  const [change] = blockedSimple.changes;
  if (change === undefined) throw new Error('no change');
  const changes = Array.from({ length: 7 }, (_, index) => ({ ...change, setting: `client.runtime.${index}` }));
  const long = renderMarkdown({ ...passed, changes }, context);
  expect(long.indexOf('#### What changes')).toBeGreaterThan(long.indexOf('<details>'));
});

test('categories are sorted by severity, and steps by their order', () => {
  const body = renderMarkdown(blockedSignUp, context);
  expect(body.indexOf('**Sign-up workflow:**')).toBeLessThan(body.indexOf('**Configuration:**'));
  expect(Object.keys(readTicks(body)).slice(-2)).toEqual(['update-directory-entry', 'await-push']);
});

describe('the reason', () => {
  const change = blockedSimple.changes[0] as Report['changes'][number];
  const line = (report: Report): string =>
    renderMarkdown(report, context)
      .split('\n')
      .find((one) => one.startsWith('**Configuration:**')) ?? '';

  test('links the rule if the page of the rules explains the policy, without sources', () => {
    const changes = [{ ...change, reason: 'Texts are reviewed [R3], always [advice].' }];
    expect(line({ ...blockedSimple, changes })).toBe(
      '**Configuration:** Texts are reviewed, always. ([why](https://github.com/fabrikam/go-live-gate/blob/v1/docs/rules.md#text-changed))',
    );
  });

  test('links the first published source in another policy, or nothing', () => {
    const other: Report = { ...blockedSimple, policy: { ...blockedSimple.policy, name: 'other' } };
    expect(line({ ...other, changes: [{ ...change, sources: ['R14', 'R3'] }] })).toContain(
      ' ([why](https://docs.example/healthvault/update-your-app))',
    );
    expect(line({ ...other, changes: [{ ...change, sources: ['R14'] }] })).not.toContain('why');
  });
});

describe('the values', () => {
  const change = blockedSimple.changes[0] as Report['changes'][number];
  const row = (more: Partial<Report['changes'][number]>): string =>
    renderMarkdown({ ...blockedSimple, changes: [{ ...change, ...more }] }, context)
      .split('\n')
      .find((line) => line.startsWith('| **'))
      ?.replace(/^\|[^|]*\|/, '|') ?? '';
  const content = { before: 'ab'.repeat(32), after: 'cd'.repeat(32) };

  test.each<[string, Partial<Report['changes'][number]>, string]>([
    [
      'two pictures of the same size',
      { before: 'PNG', after: 'PNG', content },
      '| `PNG, SHA-256 abababab` | `PNG, SHA-256 cdcdcdcd` |',
    ],
    ['other texts', { before: 'a', after: 'b', content }, '| `a` | `b` |'],
    [
      'contents that are not shown',
      { before: null, after: null, content },
      '| `SHA-256 abababab` | `SHA-256 cdcdcdcd` |',
    ],
    ['a new secret', { kind: 'added', before: null, after: null }, '| none | not shown |'],
    ['a removed file', { kind: 'removed', before: null, after: null }, '| not shown | none |'],
    ['a file that cannot be read', { before: null, after: null }, '| not shown | not shown |'],
    ['an empty text', { before: '', after: 'x' }, '| empty | `x` |'],
    ['a removed setting', { kind: 'removed', before: 'x', after: null }, '| `x` | none |'],
  ])('are shown for %s', (_name, more, expected) => expect(row(more)).toBe(expected));
});

test('a place links the exact line at the base or head commit', () => {
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

test('places are text without a repository, and nothing links into it', () => {
  const body = renderMarkdown(blockedSimple, { ...context, repository: null, documentation: null, report: null });
  expect(body).toContain('`healthvault.app.yml:11:3`');
  expect(body).not.toContain('blob/');
});

test('tuples of one rule are one line', () => {
  const body = renderMarkdown(blockedSignUp, context);
  expect(body).toContain('| **Online access, required**: *Blood pressure measurement*, *Weight measurement*<br>');
  expect(body.match(/Blood pressure measurement\*/g)).toHaveLength(1);
});

test('no checkbox line mentions an issue', () => {
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

describe("the comment within GitHub's limit", () => {
  const huge = large();

  test('has 300 files and 20,000 tuples, and says what is missing', () => {
    const body = renderMarkdown(huge, context);
    expect(countBytes(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(countBytes(body)).toBeGreaterThan(20_000);
    expect(body.startsWith(`${context.marker}\n`)).toBe(true);
    expect(body).toMatch(
      /Left out to stay within GitHub's size of a comment: .*\[job summary and JSON report\]\(https:/,
    );
    expect(body.match(/<details>/g)).toHaveLength(body.match(/<\/details>/g)?.length ?? 0);
    expect(Object.keys(readTicks(body))).toHaveLength(6);
  });

  test('has a summary that fits too', () => {
    expect(countBytes(renderSummary(huge, context))).toBeLessThanOrEqual(MAX_SUMMARY_BYTES);
    expect(countBytes(renderSummary(large(300, 100_000), context))).toBeLessThanOrEqual(MAX_SUMMARY_BYTES);
  });

  test.each([0, 40, 80, 120, 160, 240, 400, 900])(
    'with %d more texts never exceeds the limit, and keeps verdict and ticks',
    (count) => {
      const change = blockedSimple.changes[0] as Report['changes'][number];
      const changes = Array.from({ length: count }, (_, index) => ({
        ...change,
        setting: `client.runtime.key-${index}`,
        before: '日本'.repeat(100),
        detail: '|'.repeat(300),
      }));
      const body = renderMarkdown({ ...blockedSimple, changes }, context);
      expect(countBytes(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
      expect(body).toContain('merge blocked, 1 label missing');
      expect(Object.keys(readTicks(body))).toHaveLength(4);
    },
  );

  test('with texts of any length in every place keeps the ticks', () => {
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
    expect(countBytes(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(Object.keys(readTicks(body))).toHaveLength(30);
  });

  test.each(Object.entries(stories))('is short in the short form of %s', (_name, report) => {
    expect(countBytes(renderShortMarkdown(report, context))).toBeLessThan(4000);
  });
});

test('the same report gives the same bytes', () => {
  for (const report of Object.values(stories))
    expect(renderMarkdown(structuredClone(report), context)).toBe(renderMarkdown(report, context));
});
