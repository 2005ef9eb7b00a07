/** Puts what a script has measured into a page of `docs`, between the comments that carry the block's name. */
import { readFile, writeFile } from 'node:fs/promises';

/** Replaces a block of `docs/development/<page>`. @throws Error when the page has no such block. */
export async function recordBlock(name: string, text: string, page = 'quality.md'): Promise<void> {
  const place = new URL(`../docs/development/${page}`, import.meta.url);
  const whole = await readFile(place, 'utf8');
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = whole.indexOf(start);
  const to = whole.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/development/${page} has no block ${name}`);
  await writeFile(place, `${whole.slice(0, from + start.length)}\n${text.trim()}\n${whole.slice(to)}`);
}
