/** Reads the project's Markdown files as the tests of this folder need them: code blocks, links, headings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block. */
export interface CodeBlock {
  readonly file: string;
  /** 1-based line of the fence. */
  readonly line: number;
  readonly language: string;
  /** What follows the language: `title=Web.config`, `reading`. */
  readonly info: string;
  readonly text: string;
}

export function readProjectFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Every file of the project by its path, without what git ignores and without other people's packages. */
export function listProjectFiles(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !['node_modules', '.git', 'coverage', '.bench'].includes(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? listProjectFiles(path) : [path];
    })
    .sort();
}

/** The Markdown that people read: at the top, in `docs` and in `.github`. Expected answers of tests are not among them. */
export function listMarkdownFiles(): readonly string[] {
  return listProjectFiles().filter((path) => /^([^/]+|docs\/.+|\.github\/.+|examples\/.+)\.md$/.test(path));
}

export function listCodeBlocks(file: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { readonly line: number; readonly header: string; readonly lines: string[] } | null = null;
  for (const [index, line] of readProjectFile(file).split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === null) open = { line: index + 1, header: fence[1]?.trim() ?? '', lines: [] };
    else {
      const [language = '', ...info] = open.header.split(' ');
      blocks.push({ file, line: open.line, language, info: info.join(' '), text: `${open.lines.join('\n')}\n` });
      open = null;
    }
  }
  if (open !== null) throw new Error(`${file}:${open.line}: the block is never closed`);
  return blocks;
}

/** The text without code, where brackets are not links. */
export function readProse(file: string): string {
  return readProjectFile(file)
    .replace(/^\s*```[\s\S]*?^\s*```\s*$/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

/** Anchors that GitHub makes of a file's headings, and those written as `<a id>`. */
export function listAnchors(file: string): ReadonlySet<string> {
  const text = readProjectFile(file).replace(/^\s*```[\s\S]*?^\s*```\s*$/gm, '');
  const seen = new Map<string, number>();
  const found = new Set<string>();
  for (const [, heading = ''] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  for (const [, id = ''] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id);
  return found;
}
