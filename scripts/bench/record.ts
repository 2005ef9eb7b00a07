/** Puts what a script has measured into `docs/quality.md`, between the comments that carry the block's name. */
import { readFile, writeFile } from 'node:fs/promises';

const PAGE = new URL('../../docs/quality.md', import.meta.url);

/** Replaces a block of the page. @throws Error when the page has no such block. */
export async function recordBlock(name: string, text: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/quality.md has no block ${name}`);
  await writeFile(PAGE, `${page.slice(0, from + start.length)}\n${text.trim()}\n${page.slice(to)}`);
}
