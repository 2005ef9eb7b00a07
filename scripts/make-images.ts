/** Makes the pictures of `docs/images/` anew: `node scripts/make-images.ts`. Needs Chromium (see `__tests__/support/browser.ts`). */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { context, stories } from '../__tests__/render/reports.ts';
import { chromiumPath, commentPage, launch } from '../__tests__/support/browser.ts';
import type { Report } from '../src/model/report.ts';
import { renderMarkdown } from '../src/render/comment/markdown.ts';
import { renderHtml } from '../src/render/html/html.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');

interface Picture {
  readonly name: string;
  readonly page: string;
  readonly width: number;
  readonly dark: boolean;
}

function storyOf(name: string): Report {
  const report = stories[name];
  if (report === undefined) throw new Error(`no story ${name}`);
  return report;
}

const comment = (name: string): string => commentPage(renderMarkdown(storyOf(name), context));
const page = (name: string): string => renderHtml(storyOf(name));

const pictures: readonly Picture[] = [
  { name: 'comment-blocked', page: comment('blocked-sign-up'), width: 1000, dark: false },
  { name: 'comment-blocked-dark', page: comment('blocked-sign-up'), width: 1000, dark: true },
  { name: 'comment-blocked-phone', page: comment('blocked-sign-up'), width: 390, dark: false },
  { name: 'comment-passed', page: comment('passed'), width: 1000, dark: false },
  { name: 'comment-none', page: comment('none'), width: 1000, dark: false },
  { name: 'report', page: page('blocked-sign-up'), width: 1280, dark: false },
  { name: 'report-dark', page: page('blocked-sign-up'), width: 1280, dark: true },
  { name: 'report-phone', page: page('blocked-sign-up'), width: 390, dark: false },
];

async function take(browser: Browser, picture: Picture): Promise<void> {
  const colorScheme = picture.dark ? 'dark' : 'light';
  const shown = await browser.newPage({ viewport: { width: picture.width, height: 400 }, colorScheme });
  await shown.setContent(picture.page);
  await shown.screenshot({ path: join(folder, `${picture.name}.png`), fullPage: true });
  await shown.close();
}

const path = chromiumPath();
if (path === null) throw new Error('no Chromium found: install it, or name it in CHROMIUM_PATH');
mkdirSync(folder, { recursive: true });
const browser = await launch(path);
try {
  for (const picture of pictures) await take(browser, picture);
} finally {
  await browser.close();
}
console.log(`${pictures.length} pictures in docs/images`);
