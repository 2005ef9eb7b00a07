/** Debian's Chromium by playwright-core, and pages as people see them. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium } from 'playwright-core';
import { renderGitHubHtml } from './github-html.ts';

const require = createRequire(import.meta.url);
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a browser is, or null. `CHROMIUM_PATH` names another place. */
export function findChromium(): string | null {
  return [process.env.CHROMIUM_PATH ?? '', ...places].find((path) => path !== '' && existsSync(path)) ?? null;
}

export function launch(path: string): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  });
}

/** A comment as GitHub's page shows it, with GitHub's own style sheet. */
export function buildCommentPage(markdown: string): string {
  const css = readFileSync(require.resolve('github-markdown-css/github-markdown.css'), 'utf8');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Comment</title><style>${css}
html { background: #f6f8fa; } @media (prefers-color-scheme: dark) { html { background: #010409; } }
main { box-sizing: border-box; max-width: 920px; margin: 24px auto; padding: 16px; border: 1px solid #8886; border-radius: 6px; }
@media (max-width: 640px) { main { margin: 8px; } } .markdown-body { font-size: 14px; }</style></head><body><main class="markdown-body">${renderGitHubHtml(markdown)}</main></body></html>`;
}

/** The source of axe-core, to be run in a page. */
export function readAxeSource(): string {
  return readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
}
