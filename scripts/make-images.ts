/**
 * Makes the pictures of `docs/images/` from a run of the built action: `npm run images`. Needs Chromium (see
 * `__tests__/support/browser.ts`). `sources.json` contains the digest of the content of each picture; a test compares it with a fresh run.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium, launch } from '../__tests__/support/browser.ts';
import { computeSourceDigests, drawPictures, type Picture } from '../__tests__/support/pictures.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');

async function take(browser: Browser, picture: Picture): Promise<void> {
  const colorScheme = picture.dark ? 'dark' : 'light';
  const shown = await browser.newPage({ viewport: { width: picture.width, height: 400 }, colorScheme });
  await shown.setContent(picture.page);
  await shown.screenshot({ path: join(folder, `${picture.name}.png`), fullPage: true });
  await shown.close();
}

const path = findChromium();
if (path === null) throw new Error('No Chromium found. Install it, or set CHROMIUM_PATH.');
mkdirSync(folder, { recursive: true });
const all = await drawPictures();
const browser = await launch(path);
try {
  for (const picture of all) await take(browser, picture);
} finally {
  await browser.close();
}
writeFileSync(join(folder, 'sources.json'), `${JSON.stringify(computeSourceDigests(all), null, 2)}\n`);
console.log(`${all.length} pictures in docs/images`);
