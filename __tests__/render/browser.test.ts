/** Comment and report in a real browser: nothing overflows, everyone can read it, it prints. Skipped aloud without Chromium. */
import type { Browser, Page } from 'playwright-core';
import type { Report } from '../../src/model/report.ts';
import { renderMarkdown } from '../../src/render/comment/markdown.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { buildCommentPage, findChromium, launch, readAxeSource } from '../support/browser.ts';
import { context, large, stories } from './reports.ts';

const path = findChromium();
if (path === null) {
  // biome-ignore lint/suspicious/noConsole: skipped aloud.
  console.warn('Browser tests are skipped: no Chromium is installed (see CHROMIUM_PATH).');
}

const shown = { ...stories, large: large(20, 2000) };
const pages: readonly (readonly [string, string])[] = Object.entries(shown).flatMap(([story, report]) => [
  [`comment ${story}`, buildCommentPage(renderMarkdown(report, context))] as const,
  [`report ${story}`, renderHtml(report)] as const,
]);
const screens = [
  [1280, 'light'],
  [390, 'dark'],
  [1280, 'dark'],
  [390, 'light'],
] as const;
/** The fullest stories are looked at on all screens, the others on the first two. */
const cases = pages.flatMap(([name, html]) =>
  screens.slice(0, /large|sign-up/.test(name) ? 4 : 2).map(([width, colors]) => [name, width, colors, html] as const),
);

/** What runs inside of the page; the types of a browser are not among the project's. */
interface InPage {
  readonly document: { readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number } };
  readonly axe: {
    run(options: object): Promise<{
      readonly violations: readonly {
        readonly id: string;
        readonly impact: string;
        readonly nodes: readonly { readonly html: string }[];
      }[];
    }>;
  };
}

function findStory(name: string): Report {
  const report = stories[name];
  if (report === undefined) throw new Error(`no story ${name}`);
  return report;
}

(path === null ? describe.skip : describe)('browser', () => {
  let browser: Browser;
  /** One page shows everything in turn: to open one and to load axe-core takes longer than a test. */
  let page: Page;

  beforeAll(async () => {
    browser = await launch(path ?? '');
    page = await browser.newPage({ offline: true });
    await page.evaluate(readAxeSource());
  }, 60_000);

  afterAll(async () => {
    await browser.close();
  });

  async function show(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<void> {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.setContent(html);
  }

  describe('the page on a screen', () => {
    test.each(cases)(
      'shows %s at %d pixels, %s',
      async (_name, width, colors, html) => {
        await show(html, width, colors);
        const size = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = (globalThis as unknown as InPage).document.documentElement;
          return { scrollWidth, clientWidth };
        });
        expect(size.scrollWidth).toBeLessThanOrEqual(size.clientWidth);
        const serious = await page.evaluate(async () => {
          const { violations } = await (globalThis as unknown as InPage).axe.run({ resultTypes: ['violations'] });
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
        });
        // Check boxes, scrolling tables and the underline of links are GitHub's own to make, not the comment's.
        const ours = html.includes('markdown-body')
          ? serious.filter((one) => !/^(label|scrollable-region-focusable|link-in-text-block):/.test(one))
          : serious;
        expect(ours).toEqual([]);
      },
      60_000,
    );
  });

  test.each([
    ['blocked-sign-up', 4],
    ['none', 1],
    ['secret', 2],
  ])(
    '%s prints on %d pages of A4',
    async (story, expected) => {
      await show(renderHtml(findStory(story)), 1280, 'dark');
      const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      const text = printed.toString('latin1');
      expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(expected);
      expect(text).toMatch(/\/MediaBox\s*\[0 0 59[45](\.\d+)? 84[12]/);
    },
    60_000,
  );

  test('every table and picture that can scroll is reached by keyboard', async () => {
    await show(renderHtml(findStory('blocked-sign-up')), 390, 'light');
    const regions = await page.locator('.scroll, .picture').count();
    const focusable = await page
      .locator('.scroll[tabindex="0"][aria-label], .picture[tabindex="0"][aria-label]')
      .count();
    expect(regions).toBeGreaterThan(4);
    expect(focusable).toBe(regions);
  }, 60_000);
});
