/** Users' text in every place of a report, through every renderer: text stays text. All texts with GO_LIVE_CAMPAIGN. */
import { isDeepStrictEqual } from 'node:util';
import rehypeRaw from 'rehype-raw';
import { unified } from 'unified';
import type { Report } from '../../src/model/report.ts';
import { renderAnnotations } from '../../src/render/annotations.ts';
import { countBytes } from '../../src/render/comment/detail.ts';
import { MAX_COMMENT_BYTES, renderMarkdown, renderShortMarkdown } from '../../src/render/comment/markdown.ts';
import { renderSummary } from '../../src/render/comment/summary.ts';
import { readTicks } from '../../src/render/comment/ticks.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { renderJson } from '../../src/render/json.ts';
import { renderSarif } from '../../src/render/sarif.ts';
import { renderText } from '../../src/render/text/text.ts';
import { say } from '../../src/render/words.ts';
import { selectSample } from '../support/campaign.ts';
import { renderGitHubHtml } from '../support/github-html.ts';
import { hostileStrings } from '../support/hostile-strings.ts';
import { blockedSignUp, context, failed, passed } from './reports.ts';

/** Members that are ours or validated before a report is made: closed words, ids, numbers, dates, addresses. */
const kept = new Set([
  ...['schemaVersion', 'verdict', 'questions', 'categories', 'category', 'also', 'kind', 'effect', 'status', 'side'],
  ...['channel', 'requirement', 'previousRequirement', 'permission', 'typeId', 'unit', 'severity', 'mode', 'state'],
  ...[
    'provenance',
    'environment',
    'fingerprint',
    'from',
    'to',
    'url',
    'mailto',
    'mail',
    'id',
    'base',
    'head',
    'sources',
  ],
]);

function poisoned(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, kept.has(key) ? member : poisoned(member, text)]),
  );
}

/** Every part that a report can have, in one. */
const full: Report = {
  ...blockedSignUp,
  problems: [
    ...blockedSignUp.problems,
    ...failed.problems,
    { id: 'x', severity: 'unreadable', file: 'a', line: 1, column: 1, message: 'm', source: 'R3' },
  ],
  steps: [
    ...blockedSignUp.steps,
    ...passed.steps.filter((step) => step.tick !== undefined).map((step) => ({ ...step, id: 'other' })),
  ],
  breakGlass: { label: 'l', by: 'b', at: 'a', until: 'u', reason: 'r' },
  leadTime: { min: 2, max: 2, unit: 'weeks', sources: ['R10'], unpublished: ['one', 'two'] },
  changes: blockedSignUp.changes.map((change, index) => ({
    ...change,
    detail: 'd',
    note: 'n',
    part: 'p',
    ...(index === 0 ? { enforcement: 'advisory' as const } : {}),
  })),
};
const withReceipts: Report = { ...full, verdict: 'passed', labels: passed.labels };

function reportsOf(text: string): readonly Report[] {
  return [full, withReceipts].map((report) => {
    const made = poisoned(report, text) as Report;
    // One label is missing and one is not counted whatever they are called, as in the harmless report.
    return { ...made, policy: { ...made.policy, consentWidening: report.policy.consentWidening } };
  });
}

interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
  readonly value?: string;
}

const parser = unified().use(rehypeRaw);

function parsed(html: string): Node {
  return parser.runSync({ type: 'root', children: [{ type: 'raw', value: html } as never] }) as Node;
}

/** The tree of elements and attribute names; code spans are transparent, since they may appear around any word. */
function shape(node: Node): readonly unknown[] {
  const inner = (node.children ?? []).flatMap((child) => shape(child));
  if (node.type === 'comment' || node.type === 'doctype') return [node.type];
  if (node.tagName === undefined) return inner;
  if (node.tagName === 'code') return inner;
  return [[node.tagName, Object.keys(node.properties ?? {}).sort(), links(node), inner]];
}

function expectedTags(tree: unknown): ReadonlySet<string> {
  return new Set(JSON.stringify(tree).match(/(?<=\[")[a-z][a-z0-9]*(?=",\[)/g) ?? []);
}

function links(node: Node): unknown {
  const href = node.properties?.href;
  return typeof href === 'string'
    ? href.replace(/(blob\/[0-9a-f]+\/).*#L/, '$1#L').replace(/(rules\.md#).*/, '$1')
    : null;
}

function textsOutsideCode(node: Node): readonly string[] {
  if (node.type === 'text') return [node.value ?? ''];
  if (node.tagName === 'code' || node.tagName === 'pre' || node.tagName === 'style') return [];
  return (node.children ?? []).flatMap((child) => textsOutsideCode(child));
}

const live = /@\w|#\w|\bGH-\d|https?:\/\/|www\.|\b[0-9a-f]{40}\b|:\w+:/i;
const invisible = /(?![ \n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}]/u;

const harmless = reportsOf('harmless');
const named = hostileStrings.map((text, index) => [`${index} ${JSON.stringify(text).slice(0, 60)}`, text] as const);

/** As `toEqual`, which takes ten times as long, and is asked only for the difference. */
function expectSame(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

/** A command of GitHub's runner with the properties of an annotation only. */
function isCommand(line: string): boolean {
  const properties = /^::(?:error|warning|notice) ([^\r\n]*?)::[^\r\n]*$/.exec(line)?.[1]?.split(',') ?? ['none'];
  return properties.every((property) => /^(?:file|line|col|title)(?:=|$)/.test(property));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test('there are enough hostile strings, and all differ', () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(150);
  expect(new Set(hostileStrings).size).toBe(hostileStrings.length);
});

const markdownRenderers = [
  ['comment', (report: Report) => renderMarkdown(report, context)],
  ['short comment', (report: Report) => renderShortMarkdown(report, context)],
  ['summary', (report: Report) => renderSummary(report, context)],
] as const;
// The comment is looked at blocked and passed; what the others have beyond it is in the first report.
const looked = (name: string): number => (name === 'comment' ? 2 : 1);

describe.each(markdownRenderers)('the %s', (name, render) => {
  // The three share their parts: each takes another third of the texts.
  const texts = selectSample(
    named,
    3,
    markdownRenderers.findIndex(([renderer]) => renderer === name),
  );
  const expected = harmless.map((report) => {
    const body = render(report);
    return { shape: shape(parsed(renderGitHubHtml(body))), comments: count(body, '<!--'), ticks: readTicks(body) };
  });

  test('has the same form as with a harmless string', () => {
    expect(JSON.stringify(expected[0]?.shape)).toContain('strong');
  });

  test.each(texts)('is safe with %s', (_label, text) => {
    for (const [index, report] of reportsOf(text).slice(0, looked(name)).entries()) {
      const body = render(report);
      const tree = parsed(renderGitHubHtml(body));
      if (body.includes(say('limit-comment'))) {
        // Long texts use up the budget, so parts are missing: then no element may be new, and the limit applies.
        expect([...expectedTags(expected[index]?.shape)]).toEqual(
          expect.arrayContaining([...expectedTags(shape(tree))]),
        );
        expect(countBytes(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
      } else {
        expectSame(shape(tree), expected[index]?.shape);
        expect(count(body, '<!--')).toBe(expected[index]?.comments);
      }
      expect(readTicks(body)).toEqual(expected[index]?.ticks);
      expect(textsOutsideCode(tree).filter((part) => live.test(part))).toEqual([]);
      expect(body).not.toMatch(invisible);
    }
  });
});

describe('the HTML report', () => {
  const expected = harmless.map((report) => shape(parsed(renderHtml(report))));

  test.each(selectSample(named, 2))('is safe with %s', (_label, text) => {
    for (const [index, report] of reportsOf(text).entries()) {
      const page = renderHtml(report);
      expectSame(shape(parsed(page)), expected[index]);
      expect(page).not.toMatch(invisible);
    }
  });
});

describe('logs and data', () => {
  const annotations = harmless.map((report) => renderAnnotations(report).split('\n').length);

  test.each(named)('are safe with %s', (_label, text) => {
    for (const [index, report] of reportsOf(text).entries()) {
      const shown = renderText(report, { width: 80, color: false });
      expect(shown).not.toMatch(invisible);
      expect(shown).not.toMatch(/^\s*::|##\[/m);

      const lines = renderAnnotations(report).split('\n');
      expect(lines).toHaveLength(annotations[index] ?? 0);
      expect(lines.slice(0, -1).filter((line) => !isCommand(line) || invisible.test(line))).toEqual([]);

      const json = renderJson(report);
      expectSame(JSON.parse(json), JSON.parse(JSON.stringify(report)));
      expect(json).not.toMatch(/##\[/);
      expect(json).not.toMatch(/\p{Cs}/u);
      const sarif = JSON.parse(renderSarif(report, { version: '1.0.0' })) as { runs: { results: unknown[] }[] };
      expect(sarif.runs[0]?.results).toHaveLength(report.changes.length + report.problems.length);
    }
  });
});
