/** The ways from users' text into an output. */
import fc from 'fast-check';
import { writeSettingTitle } from '../../src/policy/setting-titles.ts';
import { listDays, parseDate, toLocalDate, writeDate, writeInstant } from '../../src/render/dates.ts';
import {
  encodePath,
  escapeHtml,
  escapeJson,
  escapeMarkdown,
  makeVisible,
  sanitizeUrl,
  shorten,
  toCodeSpan,
} from '../../src/render/escape.ts';
import { formatCount, joinWords } from '../../src/render/words.ts';
import { buildAnyText } from '../support/any-text.ts';
import { renderGitHubHtml } from '../support/github-html.ts';

test.each([
  ['a\nb\r\nc\rd', 'a⏎b⏎c⏎d'],
  ['tab\there', 'tab⇥here'],
  ['\u001b[31m', '␛[31m'],
  ['a\u202eb', 'a⟨U+202E⟩b'],
  ['a\u{e0041}b', 'a⟨U+E0041⟩b'],
  ['lone \ud800', 'lone ⟨U+D800⟩'],
  ['no\u00a0break', 'no⟨U+00A0⟩break'],
  ['x ##[error]y', 'x ##⟨U+005B⟩error]y'],
  ['plain 日本語 é', 'plain 日本語 é'],
])('visible characters are shown for %j', (text, expected) => {
  expect(makeVisible(text)).toBe(expected);
});

test.each([
  ['a', '`a`'],
  ['a`b', '``a`b``'],
  ['`a', '`` `a ``'],
  ['a|b', '`a\\|b`'],
  ['a\\|b', '`a\\`&#124;`b`'],
  [' ', '`␠`'],
  [' a ', '`  a  `'],
  ['', ''],
  ['<!-- x -->', '`<⟨U+0021⟩-- x --⟨U+003E⟩`'],
])('a code span is safe for %j', (text, expected) => {
  expect(toCodeSpan(text)).toBe(expected);
});

test.each([
  ['ask @octocat, now', 'ask `@octocat`, now'],
  ['(see #12)', '(see `#12`)'],
  ['at https://x.example.', 'at `https://x.example`.'],
  ['<b>*x*', '&lt;b&gt;\\*x\\*'],
  ['1. first', '1\\. first'],
  ['ends in 160.', 'ends in 160.'],
  ['on 2026-12-07 at 10:00', 'on 2026-12-07 at 10:00'],
  ['a | b', 'a &#124; b'],
  ['GH-1 and CVE-2025-1', '`GH-1` and `CVE-2025-1`'],
])('inline text is safe for %j', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test.each([
  ['https://a.example/x y', 'https://a.example/x%20y'],
  ['https://a.example/(x)"<>', 'https://a.example/%28x%29%22%3C%3E'],
  ['HTTP://a.example', 'HTTP://a.example'],
  ['mailto:a@b.example?subject=x', 'mailto:a@b.example?subject=x'],
  ['100% https', null],
  ['https://a.example/100%', 'https://a.example/100%25'],
  ['javascript:alert(1)', null],
  [' https://a.example', null],
  ['//a.example', null],
  ['https:///x', null],
  ['mailto:', null],
  ['', null],
  [undefined, null],
])('an address is safe for %j', (address, expected) => {
  expect(sanitizeUrl(address)).toBe(expected);
});

test('paths keep their slashes and no other special character', () => {
  expect(encodePath("a b/c#d?e%f(g)'h.xml")).toBe('a%20b/c%23d%3Fe%25f%28g%29%27h.xml');
});

test('shortened text counts the removed code points', () => {
  expect(shorten('👩👩👩', 2)).toBe('👩👩… (3 characters)');
  expect(shorten('ab', 2)).toBe('ab');
});

const text = buildAnyText({ maxLength: 60 });

test('any value in a code span is shown visibly, in a paragraph and in a cell', () => {
  fc.assert(
    fc.property(text, (value) => {
      const span = toCodeSpan(`x${value}x`);
      const said = (markup: string): string => renderGitHubHtml(markup).replace(/<[^>]*>/g, '');
      const expected = escapeHtml(
        makeVisible(`x${value}x`)
          .replace(/<!--/g, '<⟨U+0021⟩--')
          .replace(/--(!?)>/g, '--$1⟨U+003E⟩'),
      );
      const plain = (page: string): string =>
        page.replace(/&#x([0-9A-F]+);/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
      const bare = (page: string): string =>
        page.replace(
          /&(?:amp|lt|gt|quot|#39);/g,
          (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity] ?? entity,
        );
      expect(
        bare(plain(said(`| a |\n| - |\n| ${span} |`)))
          .replace(/\s+/g, ' ')
          .trim(),
      ).toBe(`a ${bare(expected)}`.replace(/\s+/g, ' '));
    }),
    { seed: 20261123, numRuns: 300 },
  );
});

test('JSON keeps the same data with any content', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.stringify(value, null, 2);
      expect(JSON.parse(escapeJson(plain))).toEqual(JSON.parse(plain));
    }),
    { seed: 20261123 },
  );
});

test.each([
  ['2026-12-07', 'Monday 7 December 2026'],
  ['2024-02-29', 'Thursday 29 February 2024'],
  ['soon', 'soon'],
])('the date %s is written', (date, expected) => {
  expect(writeDate(date)).toBe(expected);
});

test.each([
  ['2026-11-23T18:00:00Z', '23 November 2026, 10:00 Pacific', '2026-11-23'],
  ['2026-07-01T06:59:00Z', '30 June 2026, 23:59 Pacific', '2026-06-30'],
  ['2026-11-23T08:00:00Z', '23 November 2026, 00:00 Pacific', '2026-11-23'],
  ['GH-1', 'GH-1', null],
  ['1', '1', null],
])('the instant %s is written', (instant, written, date) => {
  expect(writeInstant(instant, {})).toBe(written);
  expect(toLocalDate(instant, {})).toBe(date);
});

test('another policy has another clock', () => {
  const report = { words: { timeZone: 'Asia/Tokyo' } };
  expect(writeInstant('2026-11-23T18:00:00Z', report)).toBe('24 November 2026, 03:00 Asia/Tokyo');
  expect(toLocalDate('2026-11-23T18:00:00Z', report)).toBe('2026-11-24');
});

test('spans of days have an end', () => {
  expect(listDays(parseDate('2026-01-01') ?? 0, parseDate('2026-01-03') ?? 0)).toHaveLength(3);
  expect(listDays(parseDate('2026-01-01') ?? 0, parseDate('2099-01-01') ?? 0)).toHaveLength(120);
});

test('words include numbers with units, lists and names of settings', () => {
  expect([formatCount(1, 'change'), formatCount(2, 'change'), formatCount(0, 'label')]).toEqual([
    '1 change',
    '2 changes',
    '0 labels',
  ]);
  expect([joinWords([]), joinWords(['a']), joinWords(['a', 'b']), joinWords(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

test.each([
  ['description', 'Description'],
  ['description@de-DE', 'Description (de-DE)'],
  ['client.action-targets.Home', 'Page for Home'],
  ['client.runtime.a@b', 'Runtime setting a@b'],
  ['policy.required-steps', 'Rules of the gate, required-steps'],
  ['deps.@types/node', 'Deps @types/node'],
  ['client.runtime.', 'Client runtime'],
  ['toString', 'ToString'],
  ['x@y', 'X@y'],
  ['---', '---'],
])('the title of the setting %s is %s', (setting, title) => expect(writeSettingTitle(setting)).toBe(title));
